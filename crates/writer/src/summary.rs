//! The summary for a leader: the same tables as a workbook with charts and as a document.
//!
//! The central noun is `Section`, a heading with a table or a sentence. Here is decided what stands in it; how it looks is
//! decided in [`crate::xlsx`] and in the module that lays out documents.

mod docx;

use mingce_core::statistics::{Breakdown, Summary};
use mingce_core::value::Date;

#[cfg(test)]
mod tests;

pub use crate::xlsx::summary as xlsx;
pub use docx::docx;

/// The title of the report.
pub(crate) const TITLE: &str = "党员志愿者登记情况汇总";

/// What is left to be written by hand below the report.
pub(crate) const SIGNATURES: [&str; 3] = ["填报单位（盖章）：", "填报人：　　　　　　　　审核人：", "　　　　年　　月　　日"];

/// Most units that the first sentences name; the table below them names all.
const MOST_NAMED: usize = 12;

/// One part of the report.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Section {
    /// Its heading, such as `一、各单位参与情况`.
    pub(crate) title: String,
    /// The headings of its table; a section without is a sentence.
    pub(crate) headings: Vec<String>,
    /// The lines of its table.
    pub(crate) rows: Vec<Vec<Cell>>,
    /// Whether the last line is a sum.
    pub(crate) has_total: bool,
    /// A sentence below the table.
    pub(crate) note: String,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Cell {
    /// Words.
    Text(String),
    /// How many.
    Count(usize),
    /// A share between 0 and 1, already cut to tenths of a per cent.
    Share(f64),
    /// Not known.
    Unknown,
}

impl Cell {
    fn text(words: &str) -> Self {
        Self::Text(words.to_owned())
    }

    /// The share of the parts in the whole; unknown of nothing.
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52 people")]
    fn share(part: usize, whole: usize) -> Self {
        if whole == 0 { Self::Unknown } else { Self::Share(cut(part as f64 / whole as f64)) }
    }

    /// The words of the cell.
    pub(crate) fn words(&self) -> String {
        match self {
            Self::Text(words) => words.clone(),
            Self::Count(count) => count.to_string(),
            Self::Share(share) => percent(*share),
            Self::Unknown => "—".to_owned(),
        }
    }
}

/// Cut and not rounded: 49.96 % is not half.
fn cut(share: f64) -> f64 {
    (share * 1000.0 + 1e-6).floor() / 1000.0
}

fn percent(share: f64) -> String {
    format!("{}%", (share * 1000.0).round() / 10.0)
}

/// `截至2026年6月1日`.
pub(crate) fn day_line(day: Date) -> String {
    let of_month = day.day().map_or_else(String::new, |day| format!("{day}日"));
    format!("截至{}年{}月{of_month}", day.year(), day.month())
}

/// The sentences that the report begins with.
pub(crate) fn lead(summary: &Summary) -> String {
    let people = summary.people;
    let mut text = format!("共登记 {} 人，其中党员志愿者 {} 人，入党积极分子 {} 人", people.all(), people.members, people.activists);
    if people.others > 0 {
        text += &format!("，政治面貌不符合要求的 {} 人", people.others);
    }
    text.push('。');
    let Some((members, volunteers, met, units)) = summary.participation_total() else { return text };
    let needed = percent(summary.participation);
    let share = Cell::share(volunteers, usize::try_from(members).unwrap_or(usize::MAX)).words();
    text += &format!("已知党员总数的 {units} 个单位共有党员 {members} 人，报名 {volunteers} 人，占 {share}；");
    let short: Vec<String> = summary
        .units
        .iter()
        .filter_map(|unit| Some((unit, unit.shortfall.filter(|shortfall| *shortfall > 0)?)))
        .map(|(unit, shortfall)| format!("{}（还差 {shortfall} 人）", unit.unit))
        .collect();
    text += &if short.is_empty() {
        format!("全部达到 {needed}。")
    } else if short.len() > MOST_NAMED {
        format!("达到 {needed} 的 {met} 个，没有达到的 {} 个（见下表）。", short.len())
    } else {
        format!("达到 {needed} 的 {met} 个，没有达到的 {} 个：{}。", short.len(), short.join("、"))
    };
    text
}

/// The parts of the report, in their order.
pub(crate) fn sections(summary: &Summary) -> Vec<Section> {
    let mut sections = vec![participation(summary), services(summary), people(summary)];
    if let Some(unregistered) = &summary.unregistered {
        let (known, count) = (unregistered.known, unregistered.count);
        let mut note = match count {
            0 => format!("党员花名册共 {known} 人，都已登记"),
            count => format!("党员花名册共 {known} 人，还没有登记的 {count} 人"),
        };
        if !unregistered.names.is_empty() {
            note = format!("{note}：{}", unregistered.names.join("、"));
        }
        sections.push(Section {
            title: "四、尚未登记的党员".to_owned(),
            headings: Vec::new(),
            rows: Vec::new(),
            has_total: false,
            note: note + "。",
        });
    }
    sections
}

fn participation(summary: &Summary) -> Section {
    let count = |count: Option<usize>| count.map_or(Cell::Unknown, Cell::Count);
    let members = |members: Option<u32>| count(members.and_then(|members| usize::try_from(members).ok()));
    let mut rows: Vec<Vec<Cell>> = summary
        .units
        .iter()
        .map(|unit| {
            vec![
                Cell::text(&unit.unit),
                members(unit.members),
                Cell::Count(unit.volunteers),
                Cell::Count(unit.activists),
                unit.ratio.map_or(Cell::Unknown, |ratio| Cell::Share(cut(ratio))),
                unit.met.map_or(Cell::Unknown, |met| Cell::text(if met { "达到" } else { "未达到" })),
                count(unit.shortfall),
            ]
        })
        .collect();
    let volunteers = summary.units.iter().map(|unit| unit.volunteers).sum();
    let all_known = summary.participation_total().filter(|(.., units)| *units == summary.units.len());
    rows.push(vec![
        Cell::text("合计"),
        members(all_known.map(|(members, ..)| members)),
        Cell::Count(volunteers),
        Cell::Count(summary.units.iter().map(|unit| unit.activists).sum()),
        all_known
            .map_or(Cell::Unknown, |(members, volunteers, ..)| Cell::share(volunteers, usize::try_from(members).unwrap_or(usize::MAX))),
        all_known.map_or(Cell::Unknown, |(_, _, met, units)| Cell::Text(format!("{met}/{units}"))),
        Cell::Count(summary.units.iter().filter_map(|unit| unit.shortfall).sum()),
    ]);
    let needed = percent(summary.participation);
    Section {
        title: "一、各单位参与情况".to_owned(),
        headings: ["单位", "党员总数", "党员志愿者", "入党积极分子", "参与比例", "是否达到", "还差人数"].map(str::to_owned).to_vec(),
        rows,
        has_total: true,
        note: format!(
            "参与比例＝党员志愿者÷党员总数，应在 {needed} 以上（含 {needed}）；入党积极分子不计入。在两个单位都登记的人，各单位分别计。"
        ),
    }
}

fn services(summary: &Summary) -> Section {
    let services = &summary.services;
    let line = |unit: &str, line: &mingce_core::statistics::ServiceLine| {
        let counts = std::iter::once(line.people).chain(line.chosen.iter().copied()).chain([line.attendances()]);
        std::iter::once(Cell::text(unit)).chain(counts.map(Cell::Count)).collect::<Vec<Cell>>()
    };
    let mut rows: Vec<Vec<Cell>> = services.units.iter().map(|unit| line(&unit.unit, unit)).collect();
    rows.push(line("合计", &services.total));
    let headings = ["单位", "人数"].into_iter().chain(services.items.iter().map(|item| item.as_str())).chain(["人次"]);
    Section {
        title: "二、志愿服务项目".to_owned(),
        headings: headings.map(str::to_owned).collect(),
        rows,
        has_total: true,
        note: "人数：每人计一次；人次：一人选几项计几次。在两个单位都登记的人，各单位分别计，合计里只计一次。".to_owned(),
    }
}

fn people(summary: &Summary) -> Section {
    let rows = summary.breakdowns.iter().flat_map(|breakdown| {
        let share = |count| Cell::share(count, breakdown.people);
        breakdown
            .lines
            .iter()
            .map(move |(name, count)| vec![Cell::text(breakdown.title), Cell::text(name), Cell::Count(*count), share(*count)])
    });
    let multiple: Vec<&str> =
        summary.breakdowns.iter().filter(|breakdown| breakdown.is_multiple).map(|breakdown| breakdown.title).collect();
    Section {
        title: "三、人员构成".to_owned(),
        headings: ["类别", "项目", "人数", "占比"].map(str::to_owned).to_vec(),
        rows: rows.collect(),
        has_total: false,
        note: format!("每人计一次；{}可以多选，占比相加可以超过 100%。", multiple.join("、")),
    }
}

/// The rows of the section 人员构成 that belong to each breakdown, counted from 0.
pub(crate) fn breakdown_rows(breakdowns: &[Breakdown]) -> Vec<std::ops::Range<usize>> {
    let mut start = 0;
    breakdowns
        .iter()
        .map(|breakdown| {
            let rows = start..start + breakdown.lines.len();
            start = rows.end;
            rows
        })
        .collect()
}
