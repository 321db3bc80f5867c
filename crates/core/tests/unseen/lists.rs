//! Lists: a heading of one or two rows somewhere on the sheet, people below it, and whatever else stands on such sheets.

use std::collections::BTreeMap;
use std::fmt;

use mingce_core::address::Column as Letter;
use mingce_core::diagnostic::Code;
use mingce_core::recognize::SkipReason;
use mingce_core::scheme::{Field, Scheme};
use proptest::prelude::*;

use crate::page::Page;
use crate::people::{FIELDS, Person, people};
use crate::{answers, cases, expected, read};

/// Columns that are no field of ours, with what stands in them. None names a relative: whose 单位 it is that follows 配偶姓名 is
/// anybody's guess.
const OTHERS: [[&str; 2]; 16] = [
    ["民族", "汉"],
    ["备注", "周末来"],
    ["户籍地址", "长塘村2组"],
    ["所在网格", "第三网格"],
    ["紧急联系人电话", "13900000001"],
    ["政审结论", "合格"],
    ["宗教信仰", "无"],
    ["转正时间", "2001.05"],
    ["申请入党时间", "1999年3月"],
    ["籍贯", "江苏常州"],
    ["婚姻状况", "已婚"],
    ["健康状况", "良好"],
    ["单位性质", "事业单位"],
    ["党内职务", "委员"],
    ["入党介绍人", "孔德三"],
    ["累计服务时间", "20小时"],
];

#[derive(Debug, Clone)]
enum Column {
    /// 序号, filled in.
    Number,
    /// A field under one of its names.
    Asked(Field, String),
    /// A column for each option, below the name of the field, with this tick.
    Options(Field, &'static str),
    /// One of [`OTHERS`].
    Other(usize),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Line {
    Blank,
    /// A line that waits for somebody: a number and nothing else.
    Numbered,
    Heading,
    Group,
    Example,
    Total,
}

#[derive(Clone)]
pub(crate) struct List {
    /// Row and column of the upper left corner.
    corner: (u32, u16),
    /// Lines above the heading, from the top.
    above: Vec<&'static str>,
    columns: Vec<Column>,
    /// What stands above each person.
    between: Vec<Vec<Line>>,
    /// What stands below the last one.
    below: Vec<&'static str>,
    /// How the answers of each column are typed.
    ways: Vec<usize>,
    people: Vec<Person>,
}

/// A name of the field as a clerk might print it.
fn heading(field: Field) -> impl Strategy<Value = String> {
    let scheme = Scheme::built_in();
    let spec = scheme.spec(field).unwrap();
    let mut names: Vec<String> = spec.aliases.iter().map(ToString::to_string).collect();
    names.push(spec.label.to_string());
    (prop::sample::select(names), 0..10_usize).prop_map(|(name, way)| {
        let letters: Vec<char> = name.chars().collect();
        let is_chinese = letters.iter().all(|letter| ('\u{4e00}'..='\u{9fff}').contains(letter));
        match way {
            0 => format!("*{name}"),
            1 => format!("{name}（必填）"),
            2 => format!("{name}："),
            3 => format!("3、{name}"),
            4 => format!("{name} *"),
            5 if is_chinese && letters.len() == 2 => format!("{}　　{}", letters[0], letters[1]),
            6 | 7 if is_chinese && letters.len() > 3 => {
                let (first, second) = letters.split_at(letters.len() / 2);
                format!("{}\n{}", String::from_iter(first), String::from_iter(second))
            }
            _ => name,
        }
    })
}

fn column(field: Field) -> BoxedStrategy<Column> {
    let asked = heading(field).prop_map(move |name| Column::Asked(field, name));
    if matches!(field, Field::Services | Field::Availability) {
        let ticks = prop::sample::select(vec!["√", "✓", "1", "是", "●", "☑", "Y", "v"]);
        return prop_oneof![3 => asked, 1 => ticks.prop_map(move |tick| Column::Options(field, tick))].boxed();
    }
    asked.boxed()
}

fn columns() -> impl Strategy<Value = Vec<Column>> {
    let always = [Field::Name, Field::IdNumber, Field::Services];
    let fields: Vec<Field> = FIELDS.into_iter().filter(|field| !always.contains(field)).collect();
    let fields = prop::sample::subsequence(fields, 1..12).prop_flat_map(move |fields| {
        let fields: Vec<BoxedStrategy<Column>> = always.into_iter().chain(fields).map(column).collect();
        fields
    });
    let others = prop::sample::subsequence((0..OTHERS.len()).collect::<Vec<_>>(), 0..4);
    (fields, others, any::<bool>()).prop_flat_map(|(fields, others, is_numbered)| {
        let mixed = fields.into_iter().chain(others.into_iter().map(Column::Other)).collect::<Vec<_>>();
        Just(mixed).prop_shuffle().prop_map(move |mut columns| {
            if is_numbered {
                columns.insert(0, Column::Number);
            }
            columns
        })
    })
}

pub(crate) fn list() -> impl Strategy<Value = List> {
    let above = prop::sample::subsequence(
        vec!["长塘村党员志愿者名册", "", "填报单位：长塘村党总支（盖章）      填报日期：2026年5月6日", "说明：请如实填写，5月底前报送"],
        0..=4,
    );
    let lines = vec![Line::Blank, Line::Numbered, Line::Heading, Line::Group, Line::Example, Line::Total];
    let between = prop::collection::vec(prop_oneof![4 => Just(Vec::new()), 1 => prop::sample::subsequence(lines, 1..3)], 16);
    let below = prop::sample::subsequence(
        vec!["", "合计", "填表人：孔德四      审核人：孔德五      联系电话：0519-86310000", "注：本表一式两份"],
        0..=4,
    );
    let ways = prop::collection::vec(0..56_usize, 40);
    ((1..4_u32, 1..4_u16), above, columns(), between, below, ways, people(1..13))
        .prop_map(|(corner, above, columns, between, below, ways, people)| List { corner, above, columns, between, below, ways, people })
}

impl fmt::Debug for List {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.laid(&Scheme::built_in()).page)
    }
}

/// What stands where once a list is laid out.
pub(crate) struct Laid {
    pub(crate) page: Page,
    /// The last row of the heading.
    pub(crate) heading: u32,
    /// The field of each column, by its letter.
    fields: BTreeMap<Letter, Option<Field>>,
    skipped: Vec<(u32, SkipReason)>,
}

impl List {
    fn has_options(&self) -> bool {
        self.columns.iter().any(|column| matches!(column, Column::Options(..)))
    }

    fn is_numbered(&self) -> bool {
        matches!(self.columns[0], Column::Number)
    }

    pub(crate) fn laid(&self, scheme: &Scheme) -> Laid {
        let mut laid = Laid { page: Page::default(), heading: 0, fields: BTreeMap::new(), skipped: Vec::new() };
        let (mut row, first) = self.corner;
        let width = self.width(scheme);
        for text in &self.above {
            laid.page.put(row, first, *text);
            laid.page.merge(row, first, 1, width);
            row += 1;
        }
        row += self.put_heading(&mut laid, row, scheme);
        laid.heading = row - 1;
        for (number, (person, before)) in self.people.iter().zip(&self.between).enumerate() {
            for line in before {
                row += self.put_line(&mut laid, row, *line, scheme);
            }
            self.put_person(&mut laid.page, row, person, &(number + 1).to_string(), scheme);
            row += 1;
        }
        for text in &self.below {
            match *text {
                "" => {}
                "合计" => {
                    self.put_line(&mut laid, row, Line::Total, scheme);
                }
                note => {
                    laid.page.put(row, first, note);
                    laid.page.merge(row, first, 1, width);
                    laid.skipped.push((row, SkipReason::Note));
                }
            }
            row += 1;
        }
        laid
    }

    fn width(&self, scheme: &Scheme) -> u16 {
        self.columns.iter().map(|column| columns_of(column, scheme)).sum()
    }

    /// Puts the heading, of two rows where options have columns of their own; gives how many rows it has.
    fn put_heading(&self, laid: &mut Laid, row: u32, scheme: &Scheme) -> u32 {
        let rows = if self.has_options() { 2 } else { 1 };
        let mut at = self.corner.1;
        for column in &self.columns {
            let (name, field) = match column {
                Column::Number => ("序号", Some(Field::Seq)),
                Column::Asked(field, name) => (name.as_str(), Some(*field)),
                Column::Options(field, _) => (scheme.label(*field), Some(*field)),
                Column::Other(other) => (OTHERS[*other][0], None),
            };
            let wide = columns_of(column, scheme);
            laid.page.put(row, at, name);
            if let Column::Options(field, _) = column {
                for (place, option) in (at..).zip(scheme.options(*field)) {
                    laid.page.put(row + 1, place, option.label.as_str());
                }
                laid.page.merge(row, at, 1, wide);
            } else {
                laid.page.merge(row, at, rows, 1);
            }
            laid.fields.extend((at..at + wide).map(|at| (Letter::new(at).unwrap(), field)));
            at += wide;
        }
        rows
    }

    /// Puts a line that holds nobody; gives how many rows it has.
    fn put_line(&self, laid: &mut Laid, row: u32, line: Line, scheme: &Scheme) -> u32 {
        let first = self.corner.1;
        let reason = match line {
            Line::Blank => return 1,
            Line::Numbered | Line::Example if !self.is_numbered() => return 0,
            Line::Numbered => {
                laid.page.put(row, first, "99");
                return 1;
            }
            Line::Heading => {
                let rows = self.put_heading(laid, row, scheme);
                laid.skipped.extend((row..row + rows).map(|row| (row, SkipReason::Header)));
                return rows;
            }
            Line::Group => {
                laid.page.put(row, first, "第二党支部");
                laid.page.merge(row, first, 1, self.width(scheme));
                SkipReason::Group
            }
            Line::Example => {
                self.put_person(&mut laid.page, row, &self.people[0], "例", scheme);
                SkipReason::Example
            }
            Line::Total => {
                laid.page.put(row, first, "合计");
                laid.page.put(row, first + 1, format!("{}人", self.people.len()));
                SkipReason::Total
            }
        };
        laid.skipped.push((row, reason));
        1
    }

    fn put_person(&self, page: &mut Page, row: u32, person: &Person, number: &str, scheme: &Scheme) {
        let mut at = self.corner.1;
        for (column, way) in self.columns.iter().zip(&self.ways) {
            match column {
                Column::Number => page.put(row, at, number),
                Column::Asked(field, _) => {
                    let (kind, text) = person.typed(*field, *way, scheme);
                    page.put_as(row, at, kind, text);
                }
                Column::Options(field, tick) => {
                    person.chosen(*field).iter().for_each(|option| page.put(row, at + u16::try_from(*option).unwrap(), *tick))
                }
                Column::Other(other) => page.put(row, at, OTHERS[*other][1]),
            }
            at += columns_of(column, scheme);
        }
    }
}

fn columns_of(column: &Column, scheme: &Scheme) -> u16 {
    match column {
        Column::Options(field, _) => u16::try_from(scheme.options(*field).len()).unwrap(),
        Column::Number | Column::Asked(..) | Column::Other(_) => 1,
    }
}

fn check(list: &List) -> Result<(), TestCaseError> {
    let scheme = Scheme::built_in();
    let Laid { page, heading, fields, skipped } = list.laid(&scheme);
    let checked = read(&[page.grid("Sheet1")], &scheme);
    prop_assert_eq!(checked.tables.len(), 1);
    let table = &checked.tables[0];
    prop_assert_eq!(table.header_row, Some(heading));
    let columns: BTreeMap<Letter, Option<String>> =
        table.columns.iter().flatten().map(|(letter, key)| (*letter, key.as_ref().map(ToString::to_string))).collect();
    let keys = fields.iter().map(|(letter, field)| (*letter, field.map(|field| field.key(&scheme).to_owned()))).collect();
    prop_assert_eq!(columns, keys);
    prop_assert_eq!(table.skipped.iter().map(|line| (line.row, line.reason)).collect::<Vec<_>>(), skipped.clone());
    let asked: Vec<Field> = FIELDS.into_iter().filter(|field| fields.values().any(|asked| *asked == Some(*field))).collect();
    prop_assert_eq!(answers(&checked, &asked, &scheme), expected(&list.people, &asked, &scheme));
    let ledger = checked.ledger();
    let counts = [list.people.len() + skipped.len(), list.people.len(), skipped.len()];
    prop_assert_eq!([ledger.read, ledger.accepted, ledger.skipped], counts);
    let told = checked.diagnostics.iter().filter(|finding| !matches!(finding.code, Code::MissingColumn | Code::UnmappedColumn));
    prop_assert_eq!(told.map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new());
    Ok(())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_list_is_read_wherever_and_however_it_stands(list in list()) {
        check(&list)?;
    }
}
