//! Words on a form that head what stands below or beside them and ask for nothing themselves: 二、联系方式, 以下由社区填写.

use super::{Search, asks_for_name};
use crate::address::{Address, Column};
use crate::grid::Row;
use crate::recognize::Target;
use crate::recognize::card::label::Meaning;
use crate::recognize::card::marks;
use crate::scheme::Field;
use crate::text::{fold_label, is_blank_character};

impl Search<'_> {
    /// Whether the words are those of a title above the first label of the grid, and so the title of another form: 党员志愿者登记表.
    pub(super) fn is_title_again(&self, at: Address, text: &str) -> bool {
        const ENDINGS: [char; 5] = ['表', '卡', '册', '单', '书'];
        const LONGEST: usize = 30;
        let title = text.trim_matches(is_blank_character);
        if !title.ends_with(ENDINGS) || title.chars().count() > LONGEST {
            return false;
        }
        let first = self.cells.keys().next().map_or(at.row, |label| label.row);
        let mut above = self.grid.rows().take_while(|row| row.number() < first);
        above.any(|row| row.cells().any(|cell| fold_label(cell.text) == fold_label(title)))
    }

    /// Whether these words, which read like a label, head what stands beside or below them. A photo may lie beside labels, and a
    /// choice beside a table of its options.
    pub(super) fn is_heading(&self, at: Address, text: &str, meanings: &[Meaning]) -> bool {
        let [Meaning::Label { targets, rest, .. }] = meanings else { return self.is_over_labels(at) };
        if targets.contains(&Target::Field(Field::Photo)) {
            return false;
        }
        if self.is_over_labels(at) {
            return !self.asks_the_same_beside(at, targets);
        }
        rest.is_none() && (self.heads_rows_below(at, text) || self.heads_labels_beside(at, targets))
    }

    /// Whether the label beside this one asks for the same choice: 服务意向 | 服务项目 | 是否参加.
    fn asks_the_same_beside(&self, at: Address, targets: &[Target]) -> bool {
        let is_choice = |target: &&Target| target.field().is_some_and(Field::is_choice);
        // 意向 | 服务意向 | □… heads a label with its options; 是否参加（打√） offers none
        let fields = || targets.iter().filter_map(|target| target.field()).filter(|field| field.is_choice());
        let has_options = |offer: Address| fields().any(|field| self.offered(offer, 0..self.text(offer).len(), field) > 0);
        let has_boxes = |text: &str| text.contains(marks::is_box) || marks::has_empty(text);
        let is_offered = |label: &Address| self.beside(*label).is_some_and(|offer| has_boxes(self.text(offer)) && has_options(offer));
        let beside = self.beside(at).filter(|beside| !is_offered(beside) && !self.asks_for_more_below(at, *beside));
        let beside = beside.and_then(|beside| self.cells.get(&beside));
        let asked = beside.into_iter().flatten().filter_map(|meaning| match meaning {
            Meaning::Label { targets, .. } => Some(targets),
            Meaning::Unclaimed(..) | Meaning::Foreign(_) | Meaning::ForeignWith(..) => None,
        });
        asked.flatten().any(|target| targets.iter().filter(is_choice).any(|own| own == target))
    }

    /// Whether a label of another field stands below this one in the rows of its heading: 志愿意向 | 服务项目 over 补贴方式.
    fn asks_for_more_below(&self, heading: Address, label: Address) -> bool {
        let fields = |at: Address| {
            let labels = self.cells.get(&at).into_iter().flatten();
            let targets = labels.filter_map(|meaning| if let Meaning::Label { targets, .. } = meaning { Some(targets) } else { None });
            targets.flatten().filter_map(|target| target.field()).collect::<Vec<Field>>()
        };
        let own = fields(label);
        let below = label.row + 1..=self.covered(heading).last.row;
        below.flat_map(|row| fields(Address { row, ..label })).any(|field| !own.contains(&field))
    }

    /// Where a table of its options stands beside the label of a choice, the first cell of its heading.
    pub(super) fn table_of_options(&self, at: Address, target: Target) -> Option<Address> {
        self.beside(at).filter(|_| self.is_over_labels(at) && self.asks_the_same_beside(at, &[target]))
    }

    /// Whether the words stand alone in their row, without room behind them, above a row of labels with their answers.
    fn heads_rows_below(&self, at: Address, text: &str) -> bool {
        let is_open = text.ends_with(|c: char| is_blank_character(c) || matches!(c, '：' | ':' | '_' | '＿'));
        let is_alone = || self.covered(at).first.column == Column::FIRST && self.beside(at).is_none();
        let below = self.covered(at).last.row + 1;
        let labels = || self.row_of(below).filter(|(_, meanings)| matches!(meanings.first(), Some(Meaning::Label { .. })));
        !is_open && !self.is_text() && is_alone() && labels().any(|(label, _)| self.beside(*label).is_some())
    }

    /// Whether words that may ask for several things stand before labels with their answers in their own cells: 联系方式 | 手机：
    fn heads_labels_beside(&self, at: Address, targets: &[Target]) -> bool {
        // in a row of labels that all end in a colon, each asks for what stands below it
        let is_bare = targets.len() > 1 && !self.ends_in_colon(at);
        is_bare && self.beside(at).is_some_and(|beside| self.is_label(beside) && self.has_own_place(beside))
    }

    /// The rows below a line that says that the office fills them in, up to the next name.
    pub(super) fn rows_of_the_office(&self) -> impl Iterator<Item = u32> + use<> {
        const OFFICES: [&str; 14] =
            ["社区", "村", "街道", "单位", "组织", "支部", "党委", "工作人员", "管理", "审核", "受理", "办公室", "负责", "此栏"];
        const OWN: [&str; 7] = ["本人", "志愿者填", "申请人", "报名", "个人", "党员填", "所有人"];
        let says = |text: &str| {
            let is_told = text.contains('由') && text.contains('填');
            is_told && OFFICES.iter().any(|word| text.contains(word)) && OWN.iter().all(|word| !text.contains(word))
        };
        let names: Vec<u32> = self.cells.iter().filter(|(_, meanings)| asks_for_name(meanings)).map(|(at, _)| at.row).collect();
        let last = self.grid.rows().map(|row| row.number()).max().unwrap_or(0);
        let mut found: Vec<u32> = Vec::new();
        for row in self.grid.rows() {
            let mut cells = row.cells().filter(|cell| !cell.text.chars().all(is_blank_character));
            let (Some(cell), None) = (cells.next(), cells.next()) else { continue };
            if says(cell.text) && names.iter().any(|name| *name < row.number()) {
                let end = names.iter().find(|name| **name > row.number()).map_or(last, |name| name - 1);
                found.extend(row.number() + 1..=end);
            }
        }
        found.into_iter()
    }

    /// The cells that head a list of stretches of a life, such as schools: 起止时间 | 学校 | 专业. What their rows name is asked for
    /// below.
    pub(super) fn spans(&self) -> Vec<Address> {
        const SPANS: [&str; 5] = ["起止时间", "起止年月", "起止日期", "起止年月日", "自何年何月至何年何月"];
        let is_span = |text: &str| SPANS.contains(&fold_label(text).as_str());
        let span = |row: Row<'_>| {
            let cell = row.cells().find(|cell| is_span(cell.text))?;
            Some(Address { row: row.number(), column: cell.column })
        };
        // where our own question has such rows, they are its answer
        let is_own = |row: u32| {
            self.row_of(row).any(|(_, meanings)| matches!(meanings.first(), Some(Meaning::Label { targets, .. }) if targets.contains(&Target::Field(Field::Experience))))
        };
        self.grid.rows().filter_map(span).filter(|at| !is_own(at.row)).collect()
    }

    fn row_of(&self, row: u32) -> impl Iterator<Item = (&Address, &Vec<Meaning>)> {
        self.cells.range(Address { row, column: Column::FIRST }..=Address { row, column: Column::LAST })
    }
}
