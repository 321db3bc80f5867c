//! The changes 动态管理 between two rosters: who joined, who left, what changed.

use mingce_core::changes::{Change, Changes, MatchedBy, words};
use mingce_core::compose;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};

use super::XlsxOptions;
use super::frame::{failed, workbook};
use super::list::{self, Line};
use crate::Error;

/// Names of the sheets; the last is there only when somebody's new line has to be corrected first.
const JOINED: &str = "新增";
const LEFT: &str = "退出";
const CHANGED: &str = "变更";
const PENDING: &str = "待改正";

const CHANGED_HEADINGS: [&str; 7] = ["序号", "姓名", "单位", "项目", "原来", "现在", "说明"];
const PENDING_HEADINGS: [&str; 4] = ["序号", "姓名", "单位", "说明"];

/// The changes between these old and new people, whose places they name.
///
/// Joined and left people stand as in a roster, with their unit; of those who changed there is a line per change with the old
/// words and the new. Fields of `left_out` are not shown, as in a publication copy.
///
/// # Errors
/// A workbook that could not be put together.
pub fn changes(
    [old, new]: [&[Registration]; 2],
    changes: &Changes,
    left_out: &[Field],
    scheme: &Scheme,
    options: &XlsxOptions,
) -> Result<Vec<u8>, Error> {
    let mut book = workbook(options)?;
    let mut add = |name: &str, title: &str, headings: &[&str], lines: &[Line]| {
        let sheet = book.add_worksheet();
        sheet.set_name(name).map_err(|error| failed(name, error))?;
        // above each printed page, where an empty list says that nobody was left out of it
        let count = if lines.is_empty() { "没有".to_owned() } else { format!("共 {} 行", lines.len()) };
        list::write(sheet, &format!("{title}（{count}）"), headings, lines).map_err(|error| failed(name, error))
    };
    let roster = Columns::of(scheme, left_out);
    let headings = roster.headings();
    add(JOINED, "党员志愿者新增名单", &headings, &roster.lines(new, &changes.joined, scheme))?;
    add(LEFT, "党员志愿者退出名单", &headings, &roster.lines(old, &changes.left, scheme))?;
    let changed = changes.changed.iter().flat_map(|change| changed_lines([old, new], change, left_out, scheme));
    let changed: Vec<Line> = (1..).zip(changed).map(|(number, line)| numbered(number, line)).collect();
    add(CHANGED, "党员志愿者变更名单", &CHANGED_HEADINGS, &changed)?;
    if !changes.pending.is_empty() {
        let people = changes.pending.iter().filter_map(|(_, place)| new.get(*place));
        let pending = people.map(|person| {
            let reason = "新表里这一行有错误，退回改正后再比较；没有算作退出";
            vec![person.name.to_string(), person.unit.to_string(), reason.to_owned()]
        });
        let pending: Vec<Line> = (1..).zip(pending).map(|(number, line)| numbered(number, line)).collect();
        add(PENDING, "党员志愿者待改正名单", &PENDING_HEADINGS, &pending)?;
    }
    book.save_to_buffer().map_err(|error| failed("xl", error))
}

fn numbered(number: usize, line: Vec<String>) -> Line {
    Line::of(std::iter::once(number.to_string()).chain(line))
}

/// The columns of the roster that are shown, and the unit.
struct Columns<'s>(Vec<&'s mingce_core::scheme::RosterColumn>);

impl<'s> Columns<'s> {
    fn of(scheme: &'s Scheme, left_out: &[Field]) -> Self {
        Self(scheme.roster.columns.iter().filter(|column| !column.from.iter().all(|field| left_out.contains(field))).collect())
    }

    fn headings(&self) -> Vec<&'s str> {
        self.0.iter().map(|column| column.heading.as_str()).chain(["单位"]).collect()
    }

    fn lines(&self, people: &[Registration], places: &[usize], scheme: &Scheme) -> Vec<Line> {
        let people = places.iter().filter_map(|place| people.get(*place));
        (1..)
            .zip(people)
            .map(|(number, person)| {
                let cells = self.0.iter().map(|column| compose::roster_cell(person, column, number, scheme).into_owned());
                Line::of(cells.chain([person.unit.to_string()]))
            })
            .collect()
    }
}

/// A line per change of one person, without its number.
fn changed_lines([old, new]: [&[Registration]; 2], change: &Change, left_out: &[Field], scheme: &Scheme) -> Vec<Vec<String>> {
    let (Some(before), Some(after)) = (old.get(change.old), new.get(change.new)) else { return Vec::new() };
    let shown = change.differences.iter().filter(|difference| !difference.fields.iter().all(|field| left_out.contains(field)));
    shown
        .map(|difference| {
            let [was, is] = [before, after].map(|person| words(person, difference, scheme).into_owned());
            let is_name = difference.fields == [Field::Name];
            let remark = match change.matched_by {
                MatchedBy::IdNumber if is_name => "疑似改名：身份证号码相同",
                MatchedBy::Mobile if is_name => "疑似改名：手机相同，请核实",
                _ if is.is_empty() => "新表里空着",
                _ if was.is_empty() => "补填",
                _ => "",
            };
            let unit = after.unit.to_string();
            vec![after.name.to_string(), unit, difference.label.to_string(), was, is, remark.to_owned()]
        })
        .collect()
}
