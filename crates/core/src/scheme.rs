//! The scheme 方案: what one notice prescribes, as data.
//!
//! The central noun is [`Scheme`]: the fields with their labels and aliases, the options of each choice, the numbers of
//! the rules, and the two layouts. It is read from three TOML texts (`scheme.toml`, `form.toml`, `roster.toml`); the
//! built-in one is the notice 常西科委发〔2014〕24号. What a scheme may say is described beside each type; anything else is
//! a [`Fault`] with file, key and line. The rules themselves live in [`crate::rules`].

mod field;
mod layout;
mod load;

use compact_str::CompactString;

use crate::text::fold_label;
use crate::value::Choice;

pub use field::Field;
pub use layout::{
    Alignment, Cell, CellContent, Font, FormLayout, FormRow, Millimetres, Page, PageNumbers, Points, RosterColumn, RosterLayout,
};
pub(crate) use load::toml_syntax;
pub use load::{Fault, Faults, SchemeText};

/// What one notice prescribes.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// The notice's document number 发文字号, such as `常西科委发〔2014〕24号`; may be empty.
    pub document_number: String,
    /// The fields, in the scheme's order; every key stands once.
    pub fields: Vec<FieldSpec>,
    /// Columns and labels that hold two fields at once (工作单位及职务).
    pub combined: Vec<CombinedSpec>,
    /// Keys of the text fields the scheme adds, in its order; [`Field::Own`] counts through them.
    pub own_fields: Vec<CompactString>,
    /// The numbers of the rules.
    pub rules: Rules,
    /// Words in a cell that mean nobody answered, for every field; normalised as
    /// [`crate::text::fold_word`] does.
    pub blank_words: Vec<CompactString>,
    /// Words that mean nobody answered in every field except 特长 and 经历, where they are answers; normalised likewise.
    pub none_words: Vec<CompactString>,
    /// Labels that belong to other people or to the office (配偶姓名, 填表人, 备注 …) and never to a field; normalised
    /// as [`crate::text::fold_label`] does.
    pub foreign_labels: Vec<CompactString>,
    /// Beginnings of a label that make it somebody else's (配偶, 父亲, 紧急联系人, 介绍人 …); normalised likewise.
    pub foreign_prefixes: Vec<CompactString>,
    /// Columns that survey services add of their own (提交时间, 来自IP …): they hold no answer and nobody is told of them;
    /// normalised likewise.
    pub survey_labels: Vec<CompactString>,
    /// Annex 1.
    pub form: FormLayout,
    /// Annex 2.
    pub roster: RosterLayout,
}

/// One field as the scheme describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldSpec {
    /// Which field.
    pub field: Field,
    /// The label 标签 as people know it, without the blanks that a form pads it with.
    pub label: CompactString,
    /// Other headings under which collected sheets carry the same thing, normalised as [`crate::text::fold_label`] does.
    pub aliases: Vec<CompactString>,
    /// Look-alikes that must never match, normalised likewise (申请入党时间 is not 入党时间).
    pub not: Vec<CompactString>,
    /// Headings that belong to this field only if what stands below them says so (电话 may hold mobile numbers). Where it
    /// does not, the heading goes to the field whose label or alias it is, else to the first field that names it here.
    pub ambiguous: Vec<CompactString>,
    /// Whether a blank answer returns the row.
    pub required: bool,
    /// For a choice, its options in the order they are printed; empty for every other field.
    pub options: Vec<OptionSpec>,
    /// For a choice, the words that tick all options (全部, 均可, 服从安排); normalised.
    pub all_words: Vec<CompactString>,
    /// For a choice, the label behind which something else may be written (其他时间); `None` if there is none.
    pub other: Option<OptionSpec>,
}

/// A label under which two answers stand together, parted by a blank; the last blank parts them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CombinedSpec {
    /// The two fields, in the order they are written.
    pub fields: [Field; 2],
    /// The label as printed.
    pub label: CompactString,
    /// Other labels for the same, normalised as [`crate::text::fold_label`] does.
    pub aliases: Vec<CompactString>,
}

/// One option 选项 of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OptionSpec {
    /// The label as printed; a chosen option is written in these words.
    pub label: CompactString,
    /// Other words for the same option, normalised.
    pub aliases: Vec<CompactString>,
    /// The label, shared by everybody who chooses it.
    choice: Choice,
    /// The label as words are compared: every answer is held against it.
    folded: CompactString,
}

impl OptionSpec {
    /// An option with this printed label and no aliases.
    #[must_use]
    pub fn new(label: &str) -> Self {
        Self { label: label.into(), aliases: Vec::new(), choice: Choice::of_label(label), folded: fold_label(label) }
    }

    /// Whether these words, folded as by [`fold_label`], name the option: its label or an alias.
    pub(crate) fn is_named(&self, folded: &str) -> bool {
        self.aliases.iter().any(|alias| alias == folded) || self.folded == folded
    }

    /// The choice of this option; choosing it copies no text.
    #[must_use]
    pub fn choice(&self) -> Choice {
        self.choice.clone()
    }
}

/// The numbers of the rules; each says where the notice fixes it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Least share of a unit's members that volunteer, 0 to 1. Source: 四、组建程序 1, "应在50%以上".
    pub participation: f64,
    /// Fewest people of a service team. Source: 四、组建程序 4, "每5-10人".
    pub team_smallest: u32,
    /// Most people of a service team.
    pub team_largest: u32,
    /// Fewest service items a person chooses. Source: 四、组建程序 3, "1个以上服务项目".
    pub services_fewest: u32,
    /// Most options of the transport subsidy a person chooses. Source: annex 1, "仅能限选一项".
    pub subsidy_most: u32,
    /// Youngest plausible age of a volunteer, in years.
    pub age_youngest: u8,
    /// Oldest plausible age.
    pub age_oldest: u8,
    /// Age from which a person can join the party. Source: 党章第一条, "年满十八岁".
    pub joining_age: u8,
}

impl Scheme {
    /// The scheme of the notice 常西科委发〔2014〕24号, built in.
    ///
    /// # Panics
    /// Never: a test loads the built-in texts.
    #[must_use]
    pub fn built_in() -> Self {
        load::built_in()
    }

    /// Reads a scheme from its three texts.
    ///
    /// # Errors
    /// All [`Faults`] found, in the order of the files and lines.
    pub fn from_texts(texts: &SchemeText<'_>) -> Result<Self, Faults> {
        load::from_texts(texts)
    }

    /// Everything that is wrong or odd in the three texts: faults, and notices that do not keep the scheme from being used.
    ///
    /// In the order of the files and lines; empty if there is nothing to say.
    ///
    /// # Examples
    /// ```
    /// use mingce_core::scheme::{Scheme, SchemeText};
    ///
    /// let scheme = SchemeText::BUILT_IN.scheme.replace("participation = 0.5", "participation = 50");
    /// let faults = Scheme::check(&SchemeText { scheme: &scheme, ..SchemeText::BUILT_IN });
    /// assert_eq!(faults[0].key, "rules.participation");
    /// assert_eq!(faults[0].message, "写成了 50，比例应在 0 到 1 之间；50% 写成 0.5");
    /// ```
    #[must_use]
    pub fn check(texts: &SchemeText<'_>) -> Vec<Fault> {
        load::check(texts)
    }

    /// What the scheme says of this field; `None` if it dropped the field.
    #[must_use]
    pub fn spec(&self, field: Field) -> Option<&FieldSpec> {
        self.fields.iter().find(|spec| spec.field == field)
    }

    /// The label of the field as people know it; its key if the scheme dropped the field.
    #[must_use]
    pub fn label(&self, field: Field) -> &str {
        self.spec(field).map_or_else(|| field.key(self), |spec| spec.label.as_str())
    }

    /// Whether the scheme has this field.
    #[must_use]
    pub fn has(&self, field: Field) -> bool {
        self.spec(field).is_some()
    }

    /// The fields that annex 1 or annex 2 prints, in the scheme's order.
    pub fn printed_fields(&self) -> impl Iterator<Item = Field> {
        let is_printed = |field: Field| {
            self.roster.columns.iter().any(|column| column.from.contains(&field))
                || self.form.rows.iter().flat_map(|row| &row.cells).any(|cell| match cell.content {
                    CellContent::Answer { field: printed } | CellContent::Choice { field: printed, .. } => printed == field,
                    CellContent::Label { .. } | CellContent::Photo { .. } | CellContent::Text { .. } => false,
                })
        };
        self.fields.iter().map(|spec| spec.field).filter(move |field| is_printed(*field))
    }

    /// The options of a choice; empty for other fields and for a dropped one.
    #[must_use]
    pub fn options(&self, field: Field) -> &[OptionSpec] {
        self.spec(field).map_or(&[], |spec| spec.options.as_slice())
    }
}
