//! Reads `form.toml`: the layout of annex 1.

use super::layout::{alignment, fonts, page, points, side};
use super::notice::field_in;
use super::source::{Entries, Item, Source};
use crate::scheme::{Alignment, Cell, CellContent, Field, FormLayout, FormRow, Millimetres, Page, Points, Scheme};

/// The layout; `None` if something without which there is none is at fault.
///
/// Without a scheme (its own text is at fault) the keys of fields are not judged, and nothing is returned.
pub(super) fn read(source: &mut Source<'_>, scheme: Option<&Scheme>) -> Option<FormLayout> {
    let table = source.parse()?;
    let scheme = scheme?;
    let mut top = Entries::new(String::new(), 0..0, &table);
    let annex = top.item("annex").and_then(|item| item.text(source)).unwrap_or_default().to_owned();
    let title = top.required(source, "title", "\"党员志愿者登记表\"").and_then(|item| item.words(source)).map(str::to_owned);
    let smallest = top.item("smallest").map_or(Some(Points(6.0)), |item| points(&item, source));
    let page = page(&mut top, source);
    let fonts = fonts(&mut top, source, ["annex", "title", "cell"]);
    let columns = columns(&mut top, source, page);
    let rows = rows(&mut top, source, scheme, columns.len());
    top.finish(source);
    let [annex_font, title_font, cell_font] = fonts?;
    let layout =
        FormLayout { annex, title: title?, page: page?, annex_font, title_font, cell_font, smallest: smallest?, columns, rows: rows? };
    check_height(&layout, source);
    notice_missing(&layout, scheme, source);
    Some(layout)
}

fn columns(top: &mut Entries<'_, '_>, source: &mut Source<'_>, page: Option<Page>) -> Vec<Millimetres> {
    let Some(item) = top.required(source, "column_widths", "[26, 130]") else { return Vec::new() };
    let items = item.items(source);
    let widths: Vec<Millimetres> = items.iter().map(|item| side(item, source).unwrap_or(Millimetres(1.0))).collect();
    if widths.is_empty() {
        source.fault(item.at, item.path, "没有列；至少要有一列的宽度");
    } else if widths.len() > 63 {
        source.fault(item.at, item.path, format!("写了 {} 列，Word 的表格最多 63 列", widths.len()));
    } else if let Some(page) = page {
        let sum: f64 = widths.iter().map(|width| width.0).sum();
        let room = page.width.0 - page.left.0 - page.right.0;
        if sum > room + 0.05 {
            source.fault(item.at, item.path, format!("各列宽度合计 {sum} 毫米，版心只有 {room} 毫米宽；请减小列宽或左右页边距"));
        }
    }
    widths
}

fn rows(top: &mut Entries<'_, '_>, source: &mut Source<'_>, scheme: &Scheme, columns: usize) -> Option<Vec<FormRow>> {
    let items = top.required(source, "row", "…（每行一段 [[row]]）")?.items(source);
    let mut rows = Vec::new();
    // for each column, how many rows a cell from above still covers
    let mut covered = vec![0_u16; columns];
    for (position, item) in items.iter().enumerate() {
        let Some(mut entries) = item.entries(source) else { continue };
        let height = entries.required(source, "height", "10").and_then(|item| side(&item, source));
        let cells_item = entries.required(source, "cells", "[{ label = \"name\" }, { answer = \"name\" }]");
        let cells: Vec<(Cell, Item<'_, '_>)> = cells_item
            .as_ref()
            .map(|item| item.items(source))
            .unwrap_or_default()
            .into_iter()
            .filter_map(|item| cell(&item, source, scheme).map(|cell| (cell, item)))
            .collect();
        entries.finish(source);
        place(&cells, &mut covered, item, source, items.len() - position);
        let cells = cells.into_iter().map(|(cell, _)| cell).collect();
        rows.push(FormRow { height: height.unwrap_or(Millimetres(1.0)), cells });
    }
    Some(rows)
}

/// Lays the cells of a row over the columns that are free, and says if they do not fill them exactly.
fn place(cells: &[(Cell, Item<'_, '_>)], covered: &mut [u16], row: &Item<'_, '_>, source: &mut Source<'_>, rows_left: usize) {
    let free = covered.iter().filter(|rows| **rows == 0).count();
    let wanted: usize = cells.iter().map(|(cell, _)| usize::from(cell.columns)).sum();
    if wanted != free {
        let above = covered.len() - free;
        let because =
            if above == 0 { String::new() } else { format!("（共 {} 列，{above} 列被上面的格子占住）", covered.len()) };
        let message = format!("这一行横跨的格数加起来是 {wanted}，应是 {free}{because}；请改 columns，或增减格子");
        source.fault(row.at.clone(), "row.cells", message);
    }
    let mut spans = covered.to_vec();
    let mut column = 0;
    for (cell, item) in cells {
        if usize::from(cell.rows) > rows_left {
            let message = format!("竖跨 {} 行，下面只剩 {rows_left} 行（连这一行）；请减小 rows", cell.rows);
            source.fault(item.at.clone(), "row.cells.rows", message);
        }
        for _ in 0..cell.columns {
            while covered.get(column).is_some_and(|rows| *rows > 0) {
                column += 1;
            }
            if let Some(span) = spans.get_mut(column) {
                *span = cell.rows;
            }
            column += 1;
        }
    }
    for (covered, span) in covered.iter_mut().zip(spans) {
        *covered = span.saturating_sub(1);
    }
}

fn cell(item: &Item<'_, '_>, source: &mut Source<'_>, scheme: &Scheme) -> Option<Cell> {
    let mut entries = item.entries(source)?;
    let content = content(&mut entries, source, scheme);
    let mut span = |key| entries.item(key).and_then(|item| item.whole(source, 1..=63)).and_then(|n| u16::try_from(n).ok()).unwrap_or(1);
    let (columns, rows) = (span("columns"), span("rows"));
    let written = alignment(&mut entries, source);
    entries.finish(source);
    let content = content.unwrap_or(CellContent::Text { paragraphs: Vec::new(), signature: String::new() });
    let usual = match content {
        CellContent::Label { .. } | CellContent::Answer { .. } | CellContent::Photo { .. } => Alignment::Centre,
        CellContent::Choice { .. } | CellContent::Text { .. } => Alignment::Left,
    };
    Some(Cell { content, columns, rows, alignment: written.unwrap_or(usual) })
}

/// The keys that say what stands in a cell; exactly one of them is written.
const CONTENTS: [&str; 5] = ["label", "answer", "choice", "photo", "paragraphs"];

fn content(entries: &mut Entries<'_, '_>, source: &mut Source<'_>, scheme: &Scheme) -> Option<CellContent> {
    let written: Vec<&str> = CONTENTS.into_iter().filter(|key| entries.has(key)).collect();
    let items = CONTENTS.map(|key| entries.item(key));
    let [label, answer, choice, photo, paragraphs] = items;
    if written.len() != 1 {
        let found = if written.is_empty() { "一样也没写".to_owned() } else { format!("写了 {}", written.join("、")) };
        let message = format!("{found}；每个格子要写、也只能写一样：label、answer、choice、photo 或 paragraphs");
        source.fault(entries.at.clone(), entries.path.as_str(), message);
        return None;
    }
    if let Some(item) = label {
        let field = field_at(&item, source, scheme)?;
        let text = entries.item("text").and_then(|item| item.words(source)).unwrap_or_else(|| scheme.label(field)).to_owned();
        return Some(CellContent::Label { field, text });
    }
    if let Some(item) = answer {
        return answer_at(&item, source, scheme).map(|field| CellContent::Answer { field });
    }
    if let Some(item) = choice {
        let instruction = entries.item("instruction").and_then(|item| item.text(source)).unwrap_or_default().to_owned();
        let field = field_at(&item, source, scheme)?;
        if !field.is_choice() {
            let message = format!("「{}」没有选项；请写成 answer = \"{}\"", scheme.label(field), field.key(scheme));
            source.fault(item.at, item.path, message);
            return None;
        }
        return Some(CellContent::Choice { field, instruction });
    }
    if let Some(item) = photo {
        if !scheme.has(Field::Photo) {
            source.fault(
                item.at.clone(),
                item.path.as_str(),
                "方案删去了字段「photo」；请在 scheme.toml 里加上 [field.photo]，或去掉这个格子",
            );
        }
        return Some(CellContent::Photo { text: item.text(source)?.to_owned() });
    }
    let item = paragraphs?;
    let paragraphs = item.texts(source).into_iter().map(|(text, _)| text.to_owned()).collect();
    let signature = entries.item("signature").and_then(|item| item.text(source)).unwrap_or_default().to_owned();
    Some(CellContent::Text { paragraphs, signature })
}

fn field_at(item: &Item<'_, '_>, source: &mut Source<'_>, scheme: &Scheme) -> Option<Field> {
    let key = item.words(source)?;
    field_in(scheme, key, item.at.clone(), &item.path, source)
}

fn answer_at(item: &Item<'_, '_>, source: &mut Source<'_>, scheme: &Scheme) -> Option<Field> {
    let field = field_at(item, source, scheme)?;
    let advice = match field {
        Field::Photo => "照片的位置请写成 photo = \"照片\"".to_owned(),
        field if field.is_choice() => format!("「{}」是选择项，请写成 choice = \"{}\"", scheme.label(field), field.key(scheme)),
        _ => return Some(field),
    };
    source.fault(item.at.clone(), item.path.as_str(), advice);
    None
}

/// The rows have fixed heights, so the page can be seen to overflow before it is printed.
fn check_height(layout: &FormLayout, source: &mut Source<'_>) {
    let rows: f64 = layout.rows.iter().map(|row| row.height.0).sum();
    let room = layout.page.height.0 - layout.page.top.0 - layout.page.bottom.0;
    if rows > room {
        let message = format!("各行高度合计 {rows} 毫米，版心只有 {room} 毫米高，一页印不下；请减小行高或上下页边距");
        source.fault(0..0, "row.height", message);
    }
}

/// A field whose label or answer stands there without the other, or twice.
fn notice_missing(layout: &FormLayout, scheme: &Scheme, source: &mut Source<'_>) {
    let cells = || layout.rows.iter().flat_map(|row| &row.cells);
    for spec in &scheme.fields {
        let field = spec.field;
        let labels = cells().filter(|cell| matches!(cell.content, CellContent::Label { field: found, .. } if found == field)).count();
        let answers = cells().filter(|cell| matches!(cell.content, CellContent::Answer { field: found } | CellContent::Choice { field: found, .. } if found == field)).count();
        let key = field.key(scheme);
        if answers > 1 {
            source.notice(0..0, "row.cells", format!("「{}」（{key}）有 {answers} 处填写", spec.label));
        } else if labels != answers && field != Field::Photo {
            let message = format!("「{}」（{key}）的名称有 {labels} 处，填写处有 {answers} 处；两样通常成对", spec.label);
            source.notice(0..0, "row.cells", message);
        }
    }
}
