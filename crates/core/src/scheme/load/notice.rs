//! Reads `scheme.toml`: the fields, the options of each choice, and the numbers of the rules.

use std::ops::Range;

use compact_str::CompactString;

use super::claims::{Claims, Owner};
use super::rules;
use super::source::{Entries, Item, Source, nearest};
use crate::scheme::{CombinedSpec, Field, FieldSpec, FormLayout, OptionSpec, RosterLayout, Scheme};
use crate::text::{fold_label, fold_word};

/// Everything but the layouts, and where each field stands; `None` if the text is no TOML at all.
pub(super) fn read(source: &mut Source<'_>) -> Option<(Scheme, Vec<Range<usize>>)> {
    let table = source.parse()?;
    let mut top = Entries::new(String::new(), 0..0, &table);
    let mut scheme = Scheme {
        document_number: top.item("document_number").and_then(|item| item.text(source)).unwrap_or_default().to_owned(),
        fields: Vec::new(),
        combined: Vec::new(),
        own_fields: Vec::new(),
        rules: rules::STAND_IN,
        blank_words: words(top.item("blank_words"), source),
        none_words: words(top.item("none_words"), source),
        foreign_labels: labels(top.item("foreign_labels"), source),
        foreign_prefixes: labels(top.item("foreign_prefixes"), source),
        survey_labels: labels(top.item("survey_labels"), source),
        form: FormLayout::default(),
        roster: RosterLayout::default(),
    };
    let mut claims = Claims::default();
    let mut places = Vec::new();
    if let Some(fields) = top.section(source, "field", "[field.name] 等，每个字段一段").and_then(|item| item.entries(source)) {
        places = read_fields(&fields, source, &mut scheme, &mut claims);
    }
    read_combined(top.item("combined"), source, &mut scheme, &mut claims);
    if let Some(numbers) = top.section(source, "rules", "[rules]").and_then(|item| item.entries(source)) {
        scheme.rules = rules::read(numbers, source, &scheme);
    }
    top.finish(source);
    Some((scheme, places))
}

/// Reads the fields, and returns where each stands.
fn read_fields(fields: &Entries<'_, '_>, source: &mut Source<'_>, scheme: &mut Scheme, claims: &mut Claims) -> Vec<Range<usize>> {
    let mut places = Vec::new();
    for (key, item) in fields.all() {
        let Some(entries) = item.entries(source) else { continue };
        let Some(field) = field_of_key(key, &item, source, scheme) else { continue };
        scheme.fields.push(FieldReader { field, entries, source }.read(claims));
        places.push(item.at);
    }
    if !scheme.has(Field::Name) {
        let message = "没有「姓名」这个字段，它不能删去；请加上 [field.name] 一段，写 label = \"姓名\"";
        source.fault(fields.at.clone(), "field.name", message);
    }
    places
}

/// The known field of this key, or the next of the scheme's own.
fn field_of_key(key: &str, item: &Item<'_, '_>, source: &mut Source<'_>, scheme: &mut Scheme) -> Option<Field> {
    if let Some(field) = Field::from_key(key) {
        return Some(field);
    }
    let ascii = key.starts_with(|c: char| c.is_ascii_lowercase()) && key.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '_'));
    if !ascii {
        let message = "字段的键只能用小写英文字母、数字和下划线，以字母开头，例如 nation；中文名称写在 label 里";
        source.fault(item.at.clone(), item.path.as_str(), message);
        return None;
    }
    let Ok(index) = u16::try_from(scheme.own_fields.len()) else {
        source.fault(item.at.clone(), item.path.as_str(), "新增的字段太多，最多 65535 个");
        return None;
    };
    scheme.own_fields.push(key.into());
    Some(Field::Own(index))
}

/// One `[field.…]` block being read.
struct FieldReader<'f, 'a, 't, 's> {
    field: Field,
    entries: Entries<'a, 't>,
    source: &'f mut Source<'s>,
}

impl FieldReader<'_, '_, '_, '_> {
    fn read(mut self, claims: &mut Claims) -> FieldSpec {
        let label = self.entries.required(self.source, "label", "\"名称\"").and_then(|item| item.words(self.source)).unwrap_or_default();
        let label = without_padding(label);
        let mut spec = FieldSpec {
            field: self.field,
            label,
            aliases: Vec::new(),
            not: labels(self.entries.item("not"), self.source),
            ambiguous: labels(self.entries.item("ambiguous"), self.source),
            required: self.required(),
            options: Vec::new(),
            all_words: Vec::new(),
            other: None,
        };
        self.aliases(&mut spec, claims);
        if self.field.is_choice() {
            self.choice(&mut spec);
        } else {
            self.refuse_choice();
        }
        for key in ["type", "kind", "format", "rule", "pattern"] {
            if self.entries.has(key) {
                let item = self.entries.item(key);
                let (at, path) = item.map_or((0..0, String::new()), |item| (item.at, item.path));
                self.source.fault(at, path, "方案不能规定字段的类型和规则：已知字段的类型是固定的，新增的字段都是文本；请删去这一项");
            }
        }
        self.entries.finish(self.source);
        spec
    }

    fn required(&mut self) -> bool {
        let Some(item) = self.entries.item("required") else { return self.field == Field::Name };
        let Some(required) = item.flag(self.source) else { return false };
        if required && matches!(self.field, Field::Photo | Field::SignedOn | Field::Seq) {
            self.source.fault(item.at, item.path, "照片、签名日期和序号不能设为必填；请删去这一项");
        } else if !required && self.field == Field::Name {
            self.source.fault(item.at, item.path, "「姓名」总是必填；请改成 true，或删去这一项");
        }
        required
    }

    fn aliases(&mut self, spec: &mut FieldSpec, claims: &mut Claims) {
        let owner = Owner::new(&self.entries.at, if spec.label.is_empty() { &self.entries.path } else { &spec.label });
        let label = fold_label(&spec.label);
        if !label.is_empty() {
            let path = format!("{}.label", self.entries.path);
            let at = self.entries.item("label").map_or(0..0, |item| item.at);
            claims.claim(self.source, &label, &owner, at, &path);
        }
        let Some(item) = self.entries.item("aliases") else { return };
        for (alias, at) in item.labels(self.source) {
            if spec.not.contains(&alias) {
                let message = format!("「{alias}」既在 aliases 里又在 not 里，请从其中一处删去");
                self.source.fault(at, item.path.as_str(), message);
                continue;
            }
            // 职务（岗位名称） is the label 职务 once its hint is dropped; its claim was judged above
            if alias == label || spec.aliases.contains(&alias) {
                continue;
            }
            claims.claim(self.source, &alias, &owner, at, &item.path);
            spec.aliases.push(alias);
        }
    }

    fn choice(&mut self, spec: &mut FieldSpec) {
        spec.all_words = labels(self.entries.item("all_words"), self.source);
        let endings = labels(self.entries.item("endings"), self.source);
        let mut claims = Claims::default();
        if let Some(item) = self.entries.item("other") {
            spec.other = read_option(&item, self.source, &mut claims);
        }
        let Some(item) = self.entries.required(self.source, "options", "[{ label = \"选项\" }]") else { return };
        let options = item.items(self.source);
        if options.is_empty() {
            self.source.fault(item.at, item.path, "没有选项；选择项至少要有一个，例如 options = [{ label = \"选项\" }]");
            return;
        }
        let options: Vec<_> = options.iter().filter_map(|item| Some((read_option(item, self.source, &mut claims)?, item))).collect();
        // only now: what an option is called outright counts before what it might be called
        for (mut option, item) in options {
            add_endings(&mut option, &endings, &item.at, &mut claims);
            spec.options.push(option);
        }
    }

    /// Only the four choices of the model have options.
    fn refuse_choice(&mut self) {
        for key in ["options", "endings", "all_words", "other"] {
            if self.entries.has(key)
                && let Some(item) = self.entries.item(key)
            {
                let message =
                    "方案不能新增选择项，只能新增文本字段；有选项的只有 subsidy、services、occupation、availability。请删去这一项";
                self.source.fault(item.at, item.path, message);
            }
        }
    }
}

/// An option, either `{ label = …, aliases = […] }` or its label alone.
fn read_option(item: &Item<'_, '_>, source: &mut Source<'_>, claims: &mut Claims) -> Option<OptionSpec> {
    let (label, aliases) = if item.is_text() {
        (item.words(source)?, Vec::new())
    } else {
        let mut entries = item.entries(source)?;
        let label = entries.required(source, "label", "\"选项\"").and_then(|item| item.words(source));
        let aliases = entries.item("aliases").map(|item| item.labels(source)).unwrap_or_default();
        entries.finish(source);
        (label?, aliases)
    };
    let mut option = OptionSpec::new(label.trim());
    let folded = fold_label(label);
    let owner = Owner::new(&item.at, &option.label);
    claims.claim(source, &folded, &owner, item.at.clone(), &item.path);
    for (alias, at) in aliases {
        claims.claim(source, &alias, &owner, at, &format!("{}.aliases", item.path));
        if alias != folded && !option.aliases.contains(&alias) {
            option.aliases.push(alias);
        }
    }
    Some(option)
}

/// Adds the label's stem, alone and with each ending, wherever no other option claims it.
fn add_endings(option: &mut OptionSpec, endings: &[CompactString], at: &Range<usize>, claims: &mut Claims) {
    let owner = Owner::new(at, &option.label);
    let label = fold_label(&option.label);
    let longest = endings.iter().filter(|ending| label.ends_with(ending.as_str())).max_by_key(|ending| ending.len());
    let Some(stem) = longest.and_then(|ending| label.strip_suffix(ending.as_str())).filter(|stem| !stem.is_empty()) else { return };
    // 爱幼志愿服务 is known as 爱幼 and as 爱幼志愿: it may lose any of its endings
    let bare = std::iter::once(CompactString::from(stem))
        .chain(endings.iter().filter_map(|ending| label.strip_suffix(ending.as_str())).filter(|word| !word.is_empty()).map(Into::into));
    for word in bare.chain(endings.iter().map(|ending| CompactString::from(format!("{stem}{ending}")))) {
        if word != label && !option.aliases.contains(&word) && claims.claim_if_free(&word, &owner) {
            option.aliases.push(word);
        }
    }
}

fn read_combined(item: Option<Item<'_, '_>>, source: &mut Source<'_>, scheme: &mut Scheme, claims: &mut Claims) {
    for item in item.map(|item| item.items(source)).unwrap_or_default() {
        let Some(mut entries) = item.entries(source) else { continue };
        let fields = entries.required(source, "fields", "[\"employer\", \"position\"]");
        let fields = fields.and_then(|item| two_fields(&item, source, scheme));
        let label = entries.required(source, "label", "\"工作单位及职务\"");
        let label = label.and_then(|item| item.words(source).map(|text| (CompactString::from(text.trim()), item)));
        let aliases = entries.item("aliases").map(|item| (item.labels(source), item.path)).unwrap_or_default();
        entries.finish(source);
        let Some((label, label_item)) = label else { continue };
        let owner = Owner::new(&item.at, &label);
        claims.claim(source, &fold_label(&label), &owner, label_item.at, &label_item.path);
        let mut spec = CombinedSpec { fields: fields.unwrap_or([Field::Employer, Field::Position]), label, aliases: Vec::new() };
        for (alias, at) in aliases.0 {
            claims.claim(source, &alias, &owner, at, &aliases.1);
            if !spec.aliases.contains(&alias) {
                spec.aliases.push(alias);
            }
        }
        if fields.is_some() {
            scheme.combined.push(spec);
        }
    }
}

/// Two different text fields of the scheme.
fn two_fields(item: &Item<'_, '_>, source: &mut Source<'_>, scheme: &Scheme) -> Option<[Field; 2]> {
    let keys = item.texts(source);
    let mut fields = Vec::new();
    for (key, at) in &keys {
        fields.push(field_in(scheme, key, at.clone(), &item.path, source)?);
    }
    match fields.as_slice() {
        [first, second] if first != second => Some([*first, *second]),
        _ => {
            source.fault(item.at.clone(), item.path.as_str(), format!("写了 {} 个字段，应是两个不同的字段", keys.len()));
            None
        }
    }
}

/// The scheme's field with this key; a fault that names the nearest if there is none.
pub(super) fn field_in(scheme: &Scheme, key: &str, at: Range<usize>, path: &str, source: &mut Source<'_>) -> Option<Field> {
    let found = scheme.fields.iter().map(|spec| spec.field).find(|field| field.key(scheme) == key);
    if found.is_none() {
        let own = scheme.own_fields.iter().map(CompactString::as_str);
        let advice = match (Field::from_key(key), nearest(key, own), nearest(key, scheme.fields.iter().map(|spec| spec.field.key(scheme))))
        {
            (Some(_), Some(own), _) => format!("scheme.toml 里写成了「{own}」，请改正"),
            (Some(_), None, _) => format!("它被删去了；请在 scheme.toml 里加上 [field.{key}]，或去掉这里的"),
            (None, _, Some(known)) => format!("是不是「{known}」"),
            (None, _, None) => format!("请先在 scheme.toml 里写上 [field.{key}] 一段，或改成已有字段的键"),
        };
        source.fault(at, path, format!("方案里没有字段「{key}」；{advice}"));
    }
    found
}

/// The label without the blanks that pad it on a form (`姓   名`); those between Latin words stay.
fn without_padding(label: &str) -> CompactString {
    let label = label.trim_matches(crate::text::is_blank_character);
    if label.is_ascii() {
        return label.into();
    }
    label.chars().filter(|c| !crate::text::is_blank_character(*c)).collect()
}

/// Words that are compared with whole answers.
fn words(item: Option<Item<'_, '_>>, source: &mut Source<'_>) -> Vec<CompactString> {
    let texts = item.map(|item| item.texts(source)).unwrap_or_default();
    let mut words: Vec<CompactString> = Vec::new();
    for (text, _) in texts {
        let word = fold_word(text);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words
}

fn labels(item: Option<Item<'_, '_>>, source: &mut Source<'_>) -> Vec<CompactString> {
    let mut labels = Vec::new();
    for (label, _) in item.map(|item| item.labels(source)).unwrap_or_default() {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    labels
}
