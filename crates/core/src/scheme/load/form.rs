//! Reads `form.toml`: the layout of annex 1.

use std::ops::Range;

use super::layout::{alignment, fonts, page, points, side};
use super::link::claimant;
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
    let heading = fonts.as_ref().map_or(0.0, |[annex, title, _]| (annex.size.0 + title.size.0) * HEADING_LINE * 25.4 / 72.0);
    let room = page.map_or(f64::MAX, |page| page.height.0 - page.top.0 - page.bottom.0 - heading);
    let rows = rows(&mut top, source, scheme, columns.len(), room);
    top.finish(source);
    let [annex_font, title_font, cell_font] = fonts?;
    Some(FormLayout { annex, title: title?, page: page?, annex_font, title_font, cell_font, smallest: smallest?, columns, rows: rows? })
}

/// Height of the annex line and of the title, with the least space around them, for each point of their sizes.
const HEADING_LINE: f64 = 1.5;

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
        if room > 0.0 && sum > room + 0.05 {
            source.fault(item.at, item.path, format!("各列宽度合计 {sum} 毫米，版心只有 {room} 毫米宽；请减小列宽或左右页边距"));
        }
    }
    widths
}

/// A cell with the place it is written at.
type Placed = (Cell, Range<usize>);

fn rows(top: &mut Entries<'_, '_>, source: &mut Source<'_>, scheme: &Scheme, columns: usize, room: f64) -> Option<Vec<FormRow>> {
    let items = top.section(source, "row", "[[row]]，每行一段")?.items(source);
    let mut grid = Grid { covered: vec![0; columns], is_known: columns > 0 };
    let (mut rows, mut placed) = (Vec::new(), Vec::new());
    let mut sum = 0.0;
    for (position, item) in items.iter().enumerate() {
        let Some(mut entries) = item.entries(source) else { continue };
        let height_item = entries.required(source, "height", "10");
        let height = height_item.as_ref().and_then(|item| side(item, source)).unwrap_or(Millimetres(1.0));
        let cells_item = entries.required(source, "cells", "[{ label = \"name\" }, { answer = \"name\" }]");
        let items_of_row = cells_item.map(|item| item.items(source)).unwrap_or_default();
        let cells: Vec<Placed> =
            items_of_row.iter().filter_map(|item| cell(item, source, scheme).map(|cell| (cell, item.at.clone()))).collect();
        entries.finish(source);
        // the rows have fixed heights, so the page can be seen to overflow before it is printed
        if let Some(item) = height_item.filter(|_| sum <= room && sum + height.0 > room) {
            let message = format!("各行高度加到这里有 {} 毫米，版心只有 {room} 毫米高，一页印不下；请减小行高或上下页边距", sum + height.0);
            source.fault(item.at, item.path, message);
        }
        sum += height.0;
        grid.is_known &= cells.len() == items_of_row.len();
        grid.place(&cells, item, source, items.len() - position);
        rows.push(FormRow { height, cells: cells.iter().map(|(cell, _)| cell.clone()).collect() });
        placed.extend(cells);
    }
    notice_unpaired(&placed, scheme, source);
    Some(rows)
}

/// The columns of the table as the rows are laid over them from the top.
struct Grid {
    /// For each column, how many of the following rows a cell from above still covers.
    covered: Vec<u16>,
    /// Whether that is known; after a fault in a span it is not, and rows are judged no more.
    is_known: bool,
}

impl Grid {
    /// Lays the cells of a row over the columns that are free, and says if they do not fill them exactly.
    fn place(&mut self, cells: &[Placed], row: &Item<'_, '_>, source: &mut Source<'_>, rows_left: usize) {
        if !self.is_known {
            return;
        }
        let free = self.covered.iter().filter(|rows| **rows == 0).count();
        let wanted: usize = cells.iter().map(|(cell, _)| usize::from(cell.columns)).sum();
        if wanted != free {
            let (all, above) = (self.covered.len(), self.covered.len() - free);
            let because = if above == 0 { String::new() } else { format!("（共 {all} 列，{above} 列被上面的格子占住）") };
            let message = format!("这一行横跨的格数加起来是 {wanted}，应是 {free}{because}；请改 columns，或增减格子");
            source.fault(row.at.clone(), "row.cells", message);
        }
        for (cell, at) in cells {
            if usize::from(cell.rows) > rows_left {
                let message = format!("竖跨 {} 行，连这一行在内只剩 {rows_left} 行；请减小 rows", cell.rows);
                source.fault(at.clone(), "row.cells.rows", message);
                self.is_known = false;
            }
        }
        let mut spans = cells.iter().flat_map(|(cell, _)| std::iter::repeat_n(cell.rows, usize::from(cell.columns)));
        for covered in &mut self.covered {
            let rows = if *covered > 0 { *covered } else { spans.next().unwrap_or(1) };
            *covered = rows.saturating_sub(1);
        }
    }
}

fn cell(item: &Item<'_, '_>, source: &mut Source<'_>, scheme: &Scheme) -> Option<Cell> {
    let mut entries = item.entries(source)?;
    let content = content(&mut entries, source, scheme);
    let mut span = |key| match entries.item(key) {
        Some(item) => item.whole(source, 1..=63).and_then(|span| u16::try_from(span).ok()),
        None => Some(1),
    };
    let (columns, rows) = (span("columns"), span("rows"));
    let written = alignment(&mut entries, source);
    entries.finish(source);
    let content = content.unwrap_or(CellContent::Text { paragraphs: Vec::new(), signature: String::new() });
    let usual = match content {
        CellContent::Label { .. } | CellContent::Answer { .. } | CellContent::Photo { .. } => Alignment::Centre,
        CellContent::Choice { .. } | CellContent::Text { .. } => Alignment::Left,
    };
    Some(Cell { content, columns: columns?, rows: rows?, alignment: written.unwrap_or(usual) })
}

/// The keys that say what stands in a cell; exactly one of them is written.
const CONTENTS: [&str; 5] = ["label", "answer", "choice", "photo", "paragraphs"];

fn content(entries: &mut Entries<'_, '_>, source: &mut Source<'_>, scheme: &Scheme) -> Option<CellContent> {
    let written: Vec<&str> = CONTENTS.into_iter().filter(|key| entries.has(key)).collect();
    let [label, answer, choice, photo, paragraphs] = CONTENTS.map(|key| entries.item(key));
    if written.len() != 1 {
        let found = if written.is_empty() { "一样也没写".to_owned() } else { format!("写了 {}", written.join("、")) };
        let message = format!("{found}；每个格子要写、也只能写一样：label、answer、choice、photo 或 paragraphs");
        source.fault(entries.at.clone(), entries.path.as_str(), message);
        for key in ["text", "instruction", "signature"] {
            entries.item(key);
        }
        return None;
    }
    let label = label.and_then(|item| label_cell(&item, entries.item("text"), source, scheme));
    let answer = answer.and_then(|item| answer_at(&item, source, scheme)).map(|field| CellContent::Answer { field });
    let choice = choice.and_then(|item| choice_cell(&item, entries.item("instruction"), source, scheme));
    let photo = photo.and_then(|item| photo_cell(&item, source, scheme));
    let paragraphs = paragraphs.map(|item| CellContent::Text {
        paragraphs: item.texts(source).into_iter().map(|(text, _)| text.to_owned()).collect(),
        signature: words_of(entries.item("signature"), source),
    });
    label.or(answer).or(choice).or(photo).or(paragraphs)
}

fn words_of(item: Option<Item<'_, '_>>, source: &mut Source<'_>) -> String {
    item.and_then(|item| item.text(source).map(str::to_owned)).unwrap_or_default()
}

fn label_cell(item: &Item<'_, '_>, text: Option<Item<'_, '_>>, source: &mut Source<'_>, scheme: &Scheme) -> Option<CellContent> {
    let field = field_at(item, source, scheme)?;
    let text = text.and_then(|item| item.words(source).map(str::to_owned)).unwrap_or_else(|| scheme.label(field).to_owned());
    if let Some((label, fields)) = claimant(scheme, &text)
        && !fields.contains(&field)
    {
        let message = format!("印出的「{text}」读回来时会认成「{label}」，不是「{}」；请换一种印法", scheme.label(field));
        source.notice(item.at.clone(), item.path.as_str(), message);
    }
    Some(CellContent::Label { field, text })
}

fn choice_cell(item: &Item<'_, '_>, instruction: Option<Item<'_, '_>>, source: &mut Source<'_>, scheme: &Scheme) -> Option<CellContent> {
    let field = field_at(item, source, scheme)?;
    if !field.is_choice() {
        let message = format!("「{}」没有选项；请写成 answer = \"{}\"", scheme.label(field), field.key(scheme));
        source.fault(item.at.clone(), item.path.as_str(), message);
        return None;
    }
    Some(CellContent::Choice { field, instruction: words_of(instruction, source) })
}

fn photo_cell(item: &Item<'_, '_>, source: &mut Source<'_>, scheme: &Scheme) -> Option<CellContent> {
    if !scheme.has(Field::Photo) {
        let message = "方案删去了字段「photo」；请在 scheme.toml 里加上 [field.photo]，或去掉这个格子";
        source.fault(item.at.clone(), item.path.as_str(), message);
    }
    Some(CellContent::Photo { text: item.text(source)?.to_owned() })
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

/// Says of a field that is answered twice, or whose label stands there without an answer or the other way round.
fn notice_unpaired(cells: &[Placed], scheme: &Scheme, source: &mut Source<'_>) {
    for spec in &scheme.fields {
        let field = spec.field;
        let is_label = |cell: &Cell| matches!(cell.content, CellContent::Label { field: found, .. } if found == field);
        let is_answer = |cell: &Cell| matches!(cell.content, CellContent::Answer { field: found } | CellContent::Choice { field: found, .. } if found == field);
        let labels: Vec<&Placed> = cells.iter().filter(|(cell, _)| is_label(cell)).collect();
        let answers: Vec<&Placed> = cells.iter().filter(|(cell, _)| is_answer(cell)).collect();
        let (label, key) = (&spec.label, field.key(scheme));
        let (at, message) = match (labels.as_slice(), answers.as_slice()) {
            ([(_, at)], []) => (at, format!("「{label}」（{key}）只有名称，没有填写处；请加一个 answer 或 choice 格子")),
            ([], [(_, at)]) => (at, format!("「{label}」（{key}）只有填写处，没有名称；请加一个 label 格子")),
            ([_, (_, at), ..], _) => (at, format!("「{label}」（{key}）的名称有 {} 处", labels.len())),
            (_, [_, (_, at), ..]) => (at, format!("「{label}」（{key}）的填写处有 {} 处", answers.len())),
            ([], []) | ([_], [_]) => continue,
        };
        source.notice(at.clone(), "row.cells", message);
    }
}
