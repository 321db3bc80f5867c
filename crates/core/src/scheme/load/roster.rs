//! Reads `roster.toml`: the layout of annex 2.

use super::layout::{alignment, fonts, length, page, side};
use super::link::claimant;
use super::notice::field_in;
use super::source::{Entries, Item, Source};
use crate::scheme::{Alignment, Field, Millimetres, PageNumbers, Points, RosterColumn, RosterLayout, Scheme};

/// The layout; `None` if something without which there is none is at fault.
pub(super) fn read(source: &mut Source<'_>, scheme: Option<&Scheme>) -> Option<RosterLayout> {
    let table = source.parse()?;
    let scheme = scheme?;
    let mut top = Entries::new(String::new(), 0..0, &table);
    let annex = top.item("annex").and_then(|item| item.text(source)).unwrap_or_default().to_owned();
    let title = top.required(source, "title", "\"党员志愿者名册\"").and_then(|item| item.words(source)).map(str::to_owned);
    let page = page(&mut top, source);
    let page_numbers = page_numbers(&mut top, source);
    let fonts = fonts(&mut top, source, ["annex", "title", "heading", "cell"]);
    let row_height = top.required(source, "row_height", "9").and_then(|item| side(&item, source));
    let columns_item = top.required(source, "columns", "[{ heading = \"姓名\", from = [\"name\"] }]");
    top.finish(source);
    let columns_item = columns_item?;
    let size = fonts.as_ref().map_or(USUAL_SIZE, |[_, _, heading, _]| heading.size);
    let columns: Vec<RosterColumn> = columns_item.items(source).iter().filter_map(|item| column(item, source, scheme, size)).collect();
    if columns.is_empty() {
        source.fault(columns_item.at.clone(), "columns", "没有列；名册至少要有一列");
    }
    let [annex_font, title_font, heading_font, cell_font] = fonts?;
    let layout = RosterLayout {
        annex,
        title: title?,
        page: page?,
        page_numbers,
        annex_font,
        title_font,
        heading_font,
        cell_font,
        row_height: row_height?,
        columns,
    };
    check_width(&layout, &columns_item, source);
    Some(layout)
}

/// Stands in for the size of the headings where the font is at fault: 五号.
const USUAL_SIZE: Points = Points(10.5);

/// The widest a column gets where the scheme does not say, in millimetres.
const USUAL_MOST: f64 = 60.0;

/// The narrowest column that holds the heading on one line: a Chinese character is as wide as the type is high.
fn room_for(heading: &str, size: Points) -> Millimetres {
    /// What Word keeps free at the left and right of a cell's text, both together, and a little reserve.
    const PADDING: f64 = 4.5;
    let halves: u32 = heading.chars().map(|c| if c.is_ascii() { 1 } else { 2 }).sum();
    Millimetres((f64::from(halves) / 2.0).mul_add(size.0 * 25.4 / 72.0, PADDING).min(USUAL_MOST))
}

fn page_numbers(top: &mut Entries<'_, '_>, source: &mut Source<'_>) -> PageNumbers {
    let Some(item) = top.item("page_numbers") else { return PageNumbers::Centre };
    match item.text(source) {
        Some("standard") => PageNumbers::Standard,
        Some("centre" | "center") | None => PageNumbers::Centre,
        Some(other) => {
            let message = format!("写成了「{other}」，应是 \"centre\"（页脚居中）或 \"standard\"（国家标准的横排页码）");
            source.fault(item.at, item.path, message);
            PageNumbers::Centre
        }
    }
}

fn column(item: &Item<'_, '_>, source: &mut Source<'_>, scheme: &Scheme, size: Points) -> Option<RosterColumn> {
    let mut entries = item.entries(source)?;
    let heading = entries.required(source, "heading", "\"姓名\"").and_then(|item| item.words(source));
    let from = entries.required(source, "from", "[\"name\"]").map(|item| fields(&item, source, scheme)).unwrap_or_default();
    let join = entries.item("join").and_then(|item| item.text(source)).unwrap_or("、");
    let width = |item: &Item<'_, '_>, source: &mut Source<'_>| length(item, source, 3.0..=400.0);
    let least = match entries.item("least") {
        Some(item) => width(&item, source),
        None => heading.map(|heading| room_for(heading, size)),
    };
    let most = match entries.item("most") {
        Some(item) => width(&item, source),
        None => least.map(|least| Millimetres(least.0.max(USUAL_MOST))),
    };
    let alignment = alignment(&mut entries, source).unwrap_or(Alignment::Centre);
    let (at, path) = (entries.at.clone(), entries.path.clone());
    entries.finish(source);
    let (heading, least, most) = (heading?, least?, most?);
    if least > most {
        source.fault(at, format!("{path}.least"), format!("下限 {} 大于上限 {}；请对调或改正", least.0, most.0));
    }
    notice_heading(heading, &from, scheme, item, source);
    Some(RosterColumn { heading: heading.into(), from, join: join.into(), least, most, alignment })
}

fn fields(item: &Item<'_, '_>, source: &mut Source<'_>, scheme: &Scheme) -> Vec<Field> {
    let keys = item.texts(source);
    if keys.is_empty() {
        source.fault(item.at.clone(), item.path.as_str(), "没有写字段；至少要有一个字段的键，例如 from = [\"name\"]");
    }
    keys.into_iter()
        .filter_map(|(key, at)| {
            let field = field_in(scheme, key, at.clone(), &item.path, source)?;
            if matches!(field, Field::Photo | Field::SignedOn) {
                source.fault(at, item.path.as_str(), format!("「{}」不能列入名册；请去掉", scheme.label(field)));
                return None;
            }
            Some(field)
        })
        .collect()
}

/// A heading under which a roster of ours would not be read back as it was written.
fn notice_heading(heading: &str, from: &[Field], scheme: &Scheme, item: &Item<'_, '_>, source: &mut Source<'_>) {
    let message = match claimant(scheme, heading) {
        Some((_, fields)) if fields.iter().any(|field| from.contains(field)) => return,
        Some((label, _)) => format!("表头「{heading}」读回来时会认成「{label}」，内容却取自别的字段；请换一个表头"),
        // the heading of a single field becomes an alias of it
        None if from.len() < 2 => return,
        None => format!("表头「{heading}」读回来时不认得；请把它写进 scheme.toml 里 [[combined]] 或其中一个字段的 aliases"),
    };
    source.notice(item.at.clone(), item.path.as_str(), message);
}

fn check_width(layout: &RosterLayout, columns: &Item<'_, '_>, source: &mut Source<'_>) {
    let sum: f64 = layout.columns.iter().map(|column| column.least.0).sum();
    let room = layout.page.width.0 - layout.page.left.0 - layout.page.right.0;
    if room > 0.0 && sum > room + 0.05 {
        let message = format!("各列宽度的下限合计 {sum:.1} 毫米，版心只有 {room} 毫米宽；请减小 least 或左右页边距");
        source.fault(columns.at.clone(), "columns.least", message);
    }
}
