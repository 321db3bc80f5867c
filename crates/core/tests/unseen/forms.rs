//! Forms: labels with their answers beside, below or behind them, a sheet for each person or all on one.

use std::fmt;

use mingce_core::diagnostic::Severity;
use mingce_core::grid::Grid;
use mingce_core::scheme::{Field, Scheme};
use proptest::prelude::*;

use crate::page::Page;
use crate::people::{FIELDS, Person, people};
use crate::{answers, cases, expected, read};

/// Labels that are no field of ours, with what was written there.
const STRANGERS: [[&str; 2]; 6] =
    [["民族", "汉"], ["籍贯", "江苏常州"], ["健康状况", "良好"], ["婚姻状况", "已婚"], ["曾用名", ""], ["宗教信仰", "无"]];

/// How a person ticks: what stands before an option that is chosen and one that is not, and what stands behind it.
const TICKS: [[[&str; 2]; 2]; 20] = [
    [["☑", "□"], ["", ""]],
    [["", ""], ["☑", "□"]],
    [["☒ ", "☐ "], ["", ""]],
    [["", ""], [" ■", " □"]],
    [["√", "□"], ["", ""]],
    [["", ""], ["√", "□"]],
    [["□√", "□"], ["", ""]],
    [["√□", "□"], ["", ""]],
    [["", ""], ["□√", "□"]],
    [["（√）", "（  ）"], ["", ""]],
    [["", ""], ["（√）", "（　）"]],
    [["( V )", "(  )"], ["", ""]],
    [["[x] ", "[ ] "], ["", ""]],
    [["", ""], ["[√]", "[ ]"]],
    [["●", "○"], ["", ""]],
    [["⊙", "○"], ["", ""]],
    [["✔", "□"], ["", ""]],
    [["✅", "⬜"], ["", ""]],
    [["√", ""], ["", ""]],
    [["", ""], ["√", ""]],
];

#[derive(Debug, Clone, Copy, PartialEq)]
enum Place {
    Beside,
    Below,
    /// In the label's own cell.
    Behind,
}

#[derive(Clone)]
pub(crate) struct Form {
    place: Place,
    /// How many labels stand in a row, and how many columns an answer covers.
    labels: usize,
    span: u16,
    /// What ends a label.
    end: &'static str,
    /// What is asked in a row with others: fields, and places among the [`STRANGERS`].
    short: Vec<Result<Field, usize>>,
    /// What is asked in a row of its own.
    long: Vec<Field>,
    /// How choices are ticked, and what parts the options.
    ticks: [[&'static str; 2]; 2],
    joint: &'static str,
    names: Vec<String>,
    ways: Vec<usize>,
    title: &'static str,
    has_photo: bool,
    has_signature: bool,
    /// Empty rows between two forms of one sheet; `None` for a sheet each.
    gap: Option<u32>,
    people: Vec<Person>,
}

/// What the field is called on forms.
fn names(field: Field) -> Vec<&'static str> {
    match field {
        Field::Name => vec!["姓名", "姓  名", "姓　　名", "志愿者姓名"],
        Field::Sex => vec!["性别", "性　别"],
        Field::Birth => vec!["出生年月", "出生\n年月", "出生日期"],
        Field::IdNumber => vec!["身份证号码", "身份证号", "公民身份\n号码"],
        Field::Mobile => vec!["手机", "手机号码", "移动电话", "*手机号"],
        Field::Education => vec!["学历", "文化程度", "学  历"],
        Field::Major => vec!["专业", "所学专业"],
        Field::Specialty => vec!["特长", "个人特长"],
        Field::Employer => vec!["工作单位", "现工作单位"],
        Field::Position => vec!["职务", "职  务"],
        Field::Address => vec!["家庭住址", "现住址", "家庭地址"],
        Field::Email => vec!["电子邮件", "电子邮箱", "E-mail"],
        Field::Qq => vec!["Q Q", "QQ号码"],
        Field::Postcode => vec!["邮编", "邮政编码"],
        Field::Height => vec!["身高", "身高（cm）"],
        Field::District => vec!["所在城区", "所在街道"],
        Field::JoinedParty => vec!["入党时间", "入党\n时间"],
        Field::Branch => vec!["所在党支部", "所属支部"],
        Field::Experience => vec!["志愿服务经历", "志愿服务\n经历"],
        Field::Subsidy => vec!["交通补贴", "交通补贴（仅能限选一项）"],
        Field::Services => vec!["服务意向", "服务意向（可多选）", "志愿服务项目"],
        Field::Availability => vec!["可参加志愿服务时间", "服务时间"],
        _ => Vec::new(),
    }
}

pub(crate) fn form() -> impl Strategy<Value = Form> {
    let places = prop_oneof![3 => Just(Place::Beside), 1 => Just(Place::Below), 1 => Just(Place::Behind)];
    let look = (places, 1..4_usize, 1..4_u16, prop::sample::select(vec!["", "："]));
    let short: Vec<Field> = FIELDS
        .into_iter()
        .filter(|field| !field.is_choice() && !matches!(field, Field::Experience | Field::Name | Field::IdNumber))
        .collect();
    let strangers = prop::sample::subsequence((0..STRANGERS.len()).collect::<Vec<_>>(), 0..3);
    let short = (prop::sample::subsequence(short, 3..10), strangers)
        .prop_flat_map(|(fields, strangers)| {
            let mixed: Vec<Result<Field, usize>> =
                fields.into_iter().chain([Field::IdNumber]).map(Ok).chain(strangers.into_iter().map(Err)).collect();
            (Just(mixed).prop_shuffle(), prop::option::weighted(0.3, any::<prop::sample::Index>()))
        })
        .prop_map(|(mut mixed, at)| {
            // mostly first, as on nearly all forms
            let at = at.map_or(0, |at| at.index(mixed.len()));
            mixed.insert(at, Ok(Field::Name));
            mixed
        });
    let long =
        prop::sample::subsequence(vec![Field::Subsidy, Field::Availability, Field::Experience], 0..=3).prop_flat_map(|mut fields| {
            fields.push(Field::Services);
            Just(fields).prop_shuffle()
        });
    let names: Vec<BoxedStrategy<String>> =
        FIELDS.into_iter().map(|field| prop::sample::select(names(field)).prop_map(str::to_owned).boxed()).collect();
    let ticks = (prop::sample::select(TICKS.to_vec()), prop::sample::select(vec!["  ", "   ", "\n"]));
    let around = (
        prop::sample::select(vec!["党员志愿者登记表", "志愿服务报名表（2026年）", ""]),
        any::<bool>(),
        any::<bool>(),
        prop::option::of(0..3_u32),
    );
    (look, (short, long), names, ticks, prop::collection::vec(0..56_usize, FIELDS.len()), around, people(1..4)).prop_map(
        |((place, labels, span, end), (mut short, long), names, (ticks, joint), ways, (title, has_photo, has_signature, gap), people)| {
            // above their answers, labels that begin with another one or are repeated below are those of a list
            let gap = gap.filter(|_| place != Place::Below);
            if place == Place::Below {
                short.sort_by_key(|asked| (*asked != Ok(Field::Name), asked.is_err()));
            }
            Form { place, labels, span, end, short, long, ticks, joint, names, ways, title, has_photo, has_signature, gap, people }
        },
    )
}

impl fmt::Debug for Form {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pages(&Scheme::built_in()).iter().try_for_each(|page| writeln!(out, "{page}"))
    }
}

impl Form {
    pub(crate) fn pages(&self, scheme: &Scheme) -> Vec<Page> {
        let (mut pages, mut row) = (vec![Page::default()], 1);
        for person in &self.people {
            if let (Some(page), true) = (pages.last_mut(), self.gap.is_some() || row == 1) {
                row = self.put(page, row, person, scheme) + self.gap.unwrap_or(0);
                continue;
            }
            let mut page = Page::default();
            self.put(&mut page, 1, person, scheme);
            pages.push(page);
        }
        pages
    }

    fn width(&self) -> u16 {
        let step = if self.place == Place::Beside { 1 + self.span } else { self.span };
        u16::try_from(self.labels).unwrap() * step
    }

    /// Puts one form; gives the row below it.
    fn put(&self, page: &mut Page, mut row: u32, person: &Person, scheme: &Scheme) -> u32 {
        let width = self.width();
        if !self.title.is_empty() {
            page.put(row, 1, self.title);
            page.merge(row, 1, 1, width);
            row += 1;
        }
        let top = row;
        for asked in self.short.chunks(self.labels) {
            let mut column = 1;
            for asked in asked {
                let (label, answer) = self.said(*asked, person, scheme);
                self.put_one(page, row, column, [self.span, self.span], [label, answer]);
                column += width / u16::try_from(self.labels).unwrap();
            }
            row += self.height();
        }
        let has_photo = self.has_photo && row > top + 1;
        let wide = width + u16::from(has_photo);
        if has_photo {
            page.put(top, width + 1, "照片");
            page.merge(top, width + 1, row - top, 1);
        }
        for field in &self.long {
            let (label, answer) = self.said(Ok(*field), person, scheme);
            let beside = if self.place == Place::Beside { wide - 1 } else { wide };
            self.put_one(page, row, 1, [wide, beside], [label, answer]);
            row += self.height();
        }
        if self.has_signature {
            page.put(row, 1, "本人签名：                  年   月   日");
            page.merge(row, 1, 1, width);
            row += 1;
        }
        row
    }

    /// How many rows a label takes with its answer.
    fn height(&self) -> u32 {
        if self.place == Place::Below { 2 } else { 1 }
    }

    fn put_one(&self, page: &mut Page, row: u32, column: u16, [label_span, answer_span]: [u16; 2], [label, answer]: [String; 2]) {
        match self.place {
            Place::Beside => {
                page.put(row, column, format!("{label}{}", self.end));
                page.put(row, column + 1, answer);
                page.merge(row, column + 1, 1, answer_span);
            }
            Place::Below => {
                page.put(row, column, format!("{label}{}", self.end));
                page.merge(row, column, 1, label_span);
                page.put(row + 1, column, answer);
                page.merge(row + 1, column, 1, answer_span);
            }
            Place::Behind => {
                page.put(row, column, format!("{}：{answer}", label.replace('\n', "")));
                page.merge(row, column, 1, label_span);
            }
        }
    }

    /// Label and answer.
    fn said(&self, asked: Result<Field, usize>, person: &Person, scheme: &Scheme) -> (String, String) {
        let field = match asked {
            Ok(field) => field,
            Err(stranger) => return (STRANGERS[stranger][0].to_owned(), STRANGERS[stranger][1].to_owned()),
        };
        let at = FIELDS.iter().position(|known| *known == field).unwrap();
        let label = self.names[at].clone();
        if !field.is_choice() {
            return (label, person.typed(field, self.ways[at], scheme).1);
        }
        let [before, behind] = self.ticks;
        let chosen = person.chosen(field);
        let option = |(place, label): (usize, &str)| {
            let sign = usize::from(!chosen.contains(&place));
            format!("{}{label}{}", before[sign], behind[sign])
        };
        let options = scheme.options(field).iter().map(|option| option.label.as_str()).enumerate().map(option);
        (label, options.collect::<Vec<_>>().join(self.joint))
    }
}

fn check(form: &Form) -> Result<(), TestCaseError> {
    let scheme = Scheme::built_in();
    let sheets: Vec<Grid> = form.pages(&scheme).into_iter().zip(1..).map(|(page, number)| page.grid(&format!("第{number}人"))).collect();
    let checked = read(&sheets, &scheme);
    let asked: Vec<Field> = form.short.iter().filter_map(|asked| asked.ok()).chain(form.long.iter().copied()).collect();
    let faults = checked.diagnostics.iter().filter(|finding| finding.severity == Severity::Error).map(ToString::to_string);
    let faults: Vec<String> = faults.collect();
    prop_assert_eq!(answers(&checked, &asked, &scheme), expected(&form.people, &asked, &scheme), "{:?}", faults);
    let ledger = checked.ledger();
    prop_assert_eq!([ledger.read, ledger.accepted], [form.people.len(); 2]);
    Ok(())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn a_form_is_read_however_it_is_laid_out(form in form()) {
        check(&form)?;
    }
}
