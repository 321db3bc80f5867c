//! How much of its page a blank leaves free: rows without a height of their own may grow into it before answers shrink.

use mingce_ooxml::word;

use super::scale::line_height;
use crate::docx::measure::lines;
use crate::docx::unit::Twips;

/// Size of type where a document does not say: Word's own, in half points.
const USUAL_SIZE: u32 = 21;

/// A4, in twentieths of a point, and Word's own margins, where a section does not say.
const PAGE: u32 = 16_838;
const MARGIN: u32 = 1_440;

/// The part of a page that is reckoned with: fonts differ in the height of their lines.
const RECKONED: f64 = 0.92;

/// How text is set where nothing nearer says otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defaults {
    /// Size of type in half points.
    pub(super) size: u32,
    /// Room above and below a paragraph.
    spacing: u32,
}

impl Defaults {
    /// What the styles of a document say; Word's own where there are none.
    pub(super) fn of(styles: &str) -> Self {
        let part = |start: &str, end: &str| styles.split_once(start).map_or("", |(_, after)| after.split(end).next().unwrap_or(""));
        let run = part("<w:rPrDefault>", "</w:rPrDefault>");
        let paragraph = part("<w:pPrDefault>", "</w:pPrDefault>");
        let normal = part("w:type=\"paragraph\" w:default=\"1\"", "</w:style>");
        let size = number(normal, "<w:sz w:val=\"").or_else(|| number(run, "<w:sz w:val=\"")).unwrap_or(USUAL_SIZE);
        let spacing = |name: &str| number(normal, name).or_else(|| number(paragraph, name)).unwrap_or(0);
        Self { size, spacing: spacing(" w:before=\"") + spacing(" w:after=\"") }
    }
}

/// The height of the page that the blank's tables and lines leave free; nothing where it has more than one section.
pub(super) fn spare(xml: &str, document: &word::Document, defaults: Defaults) -> Twips {
    let body = &xml[document.body.clone()];
    if body.contains("<w:sectPr") || body.contains("w:type=\"page\"") || body.contains("<w:pageBreakBefore/>") {
        return Twips(0);
    }
    let section = &xml[document.section.clone()];
    let page = number(section, " w:h=\"").unwrap_or(PAGE);
    let margins = [" w:top=\"", " w:bottom=\""].map(|name| number(section, name).unwrap_or(MARGIN));
    let room = f64::from(page.saturating_sub(margins[0] + margins[1])) * RECKONED;
    // a table inside another one takes none of its own
    let outer = document.tables.iter().filter(|table| document.tables.iter().all(|other| !holds(other, table)));
    let mut taken = 0_u32;
    let mut done = document.body.start;
    for table in outer {
        taken = taken.saturating_add(lines_between(&xml[done..table.xml.start.max(done)], defaults));
        // styles of tables set their paragraphs close, and forms are dense
        let within = Defaults { spacing: 0, ..defaults };
        taken = table.rows.iter().map(|row| height(xml, row, within)).fold(taken, u32::saturating_add);
        done = table.xml.end.max(done);
    }
    taken = taken.saturating_add(lines_between(&xml[done..document.body.end.max(done)], defaults));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between nothing and a page")]
    let room = room as u32;
    Twips(room.saturating_sub(taken))
}

fn holds(outer: &word::Table, inner: &word::Table) -> bool {
    outer.xml.start < inner.xml.start && inner.xml.end <= outer.xml.end
}

/// The height of paragraphs outside tables.
fn lines_between(xml: &str, defaults: Defaults) -> u32 {
    let paragraphs = xml.split("</w:p>").filter(|part| part.contains("<w:p>") || part.contains("<w:p "));
    paragraphs.map(|part| line_height(size(part, defaults)) + defaults.spacing).fold(0, u32::saturating_add)
}

fn height(xml: &str, row: &word::Row, defaults: Defaults) -> u32 {
    let declared = row.height.as_ref().map_or(0, |height| height.twips);
    let cells = row.cells.iter().filter(|cell| !cell.is_continued).map(|cell| cell_height(xml, cell, defaults));
    cells.fold(declared, u32::max)
}

fn cell_height(xml: &str, cell: &word::Cell, defaults: Defaults) -> u32 {
    let paragraph = |paragraph: &word::Paragraph| {
        let size = size(xml.get(paragraph.xml.clone()).unwrap_or(""), defaults);
        let text = cell.text.get(paragraph.text.clone()).unwrap_or("");
        let room = cell.width.map_or(f64::MAX, |width| Twips(width).points() / (f64::from(size) / 2.0));
        let count = u32::try_from(lines(text, room).count.max(1)).unwrap_or(u32::MAX);
        line_height(size).saturating_mul(count).saturating_add(defaults.spacing)
    };
    cell.paragraphs.iter().map(paragraph).fold(0, u32::saturating_add)
}

/// The largest type in a paragraph, in half points.
fn size(paragraph: &str, defaults: Defaults) -> u32 {
    const SIZE: &str = "<w:sz w:val=\"";
    let sizes = paragraph.match_indices(SIZE).filter_map(|(at, _)| number(&paragraph[at..], SIZE));
    sizes.max().unwrap_or(defaults.size).min(400)
}

/// The number behind these words.
fn number(xml: &str, words: &str) -> Option<u32> {
    let (_, after) = xml.split_once(words)?;
    after.split(['"', '.']).next()?.parse().ok()
}
