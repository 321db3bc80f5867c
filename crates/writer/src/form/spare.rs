//! How much of its page a blank leaves free: rows without a height of their own may grow into it before answers shrink.

use mingce_ooxml::word;

use crate::docx::measure::lines;
use crate::docx::unit::Twips;

/// Size of type where a document does not say: Word's own, in half points.
const USUAL_SIZE: u32 = 21;

/// A4, in twentieths of a point, and Word's own margins, where a section does not say.
const PAGE: u32 = 16_838;
const MARGIN: u32 = 1_440;

/// How much more than reckoned lines may take whose height no blank sets, in hundredths: fonts differ.
const MARGIN_OF_LINES: u32 = 6;

/// Room that the border below a row takes, in twentieths of a point.
const BORDER: u32 = 10;

/// Height of a line as a multiple of the size of its type where nothing sets it: as in the faces that stand in where the
/// document's own are missing, the highest of all.
const NATURAL: f64 = 1.45;

/// How text is set where nothing nearer says otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Defaults {
    /// Size of type in half points.
    pub(super) size: u32,
    /// Room above and below a paragraph.
    spacing: u32,
    /// The lines that the page is ruled in, which lines of text keep to; none where it is not.
    ruled: Option<u32>,
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
        Self { size, spacing: spacing(" w:before=\"") + spacing(" w:after=\""), ruled: None }
    }
}

/// The height of the page that the blank's tables and lines leave free; nothing where it has more than one section.
pub(super) fn spare(xml: &str, document: &word::Document, defaults: Defaults) -> Twips {
    let body = &xml[document.body.clone()];
    if body.contains("<w:sectPr") || body.contains("w:type=\"page\"") || body.contains("<w:pageBreakBefore/>") {
        return Twips(0);
    }
    let section = &xml[document.section.clone()];
    let defaults = Defaults { ruled: ruled(xml, document), ..defaults };
    let page = number(section, " w:h=\"").unwrap_or(PAGE);
    let margins = [" w:top=\"", " w:bottom=\""].map(|name| number(section, name).unwrap_or(MARGIN));
    let room = page.saturating_sub(margins[0] + margins[1]);
    // a table inside another one takes none of its own
    let outer = document.tables.iter().filter(|table| document.tables.iter().all(|other| !holds(other, table)));
    let line = self::line(xml, document);
    let mut taken = 0_u32;
    let mut done = document.body.start;
    for table in outer {
        taken = taken.saturating_add(reckoned(lines_between(&xml[done..table.xml.start.max(done)], line, defaults)));
        // styles of tables set their paragraphs close, and forms are dense
        let within = Defaults { spacing: 0, ..defaults };
        taken = table.rows.iter().map(|row| height(xml, row, document, within)).fold(taken, u32::saturating_add);
        done = table.xml.end.max(done);
    }
    taken = taken.saturating_add(reckoned(lines_between(&xml[done..document.body.end.max(done)], line, defaults)));
    Twips(room.saturating_sub(taken))
}

/// What lines may take that are this high by our reckoning.
fn reckoned(height: u32) -> u32 {
    height.saturating_add(height.saturating_mul(MARGIN_OF_LINES) / 100)
}

fn holds(outer: &word::Table, inner: &word::Table) -> bool {
    outer.xml.start < inner.xml.start && inner.xml.end <= outer.xml.end
}

/// The height of the lines that the page is ruled in; none where it is not.
pub(super) fn ruled(xml: &str, document: &word::Document) -> Option<u32> {
    let tag = xml[document.section.clone()].split_once("<w:docGrid ")?.1.split('>').next()?;
    // w:type="lines", "linesAndChars"
    let is_in_lines = tag.contains("\"lines");
    number(tag, "w:linePitch=\"").filter(|pitch| is_in_lines && *pitch > 0)
}

/// The length of a line outside of tables.
pub(super) fn line(xml: &str, document: &word::Document) -> Twips {
    const WIDTH: u32 = 11_906;
    const SIDE: u32 = 1_800;
    let section = &xml[document.section.clone()];
    let margins = [" w:left=\"", " w:right=\""].map(|name| number(section, name).unwrap_or(SIDE));
    Twips(number(section, " w:w=\"").unwrap_or(WIDTH).saturating_sub(margins[0] + margins[1]))
}

/// The height of paragraphs outside tables.
fn lines_between(xml: &str, line: Twips, defaults: Defaults) -> u32 {
    let paragraphs = xml.split("</w:p>").filter(|part| part.contains("<w:p>") || part.contains("<w:p ") || part.contains("<w:p/>"));
    let height = |part: &str| {
        let empty = u32::try_from(part.matches("<w:p/>").count()).unwrap_or(0) * natural(defaults.size, defaults);
        let size = size(part, defaults);
        let text: String = part.split("<w:t").skip(1).filter_map(|text| text.split_once('>')?.1.split('<').next()).collect();
        let count = lines(&text, line.points() / (f64::from(size) / 2.0)).count.max(1);
        let own = height_of_line(part, size, defaults).saturating_mul(u32::try_from(count).unwrap_or(u32::MAX));
        let around = spacing_of(part, defaults);
        if part.contains("<w:p>") || part.contains("<w:p ") { empty + own + around } else { empty }
    };
    paragraphs.map(height).fold(0, u32::saturating_add)
}

/// The height of a line of this type where the paragraph does not set it.
fn natural(size: u32, defaults: Defaults) -> u32 {
    let height = Twips::from_points(f64::from(size) / 2.0 * NATURAL).0;
    defaults.ruled.map_or(height, |pitch| height.div_ceil(pitch) * pitch)
}

/// The height of a line of this paragraph.
fn height_of_line(paragraph: &str, size: u32, defaults: Defaults) -> u32 {
    let spacing = paragraph.split_once("<w:spacing ").and_then(|(_, tag)| tag.split('>').next()).unwrap_or("");
    let natural = natural(size, defaults);
    match number(spacing, "w:line=\"") {
        Some(line) if spacing.contains("\"exact\"") => line,
        Some(line) if spacing.contains("\"atLeast\"") => line.max(natural),
        // in 240ths of a line
        Some(line) => natural.saturating_mul(line) / 240,
        None => natural,
    }
}

/// The room above and below a paragraph.
fn spacing_of(paragraph: &str, defaults: Defaults) -> u32 {
    let spacing = paragraph.split_once("<w:spacing ").and_then(|(_, tag)| tag.split('>').next()).unwrap_or("");
    let own = [" w:before=\"", " w:after=\""].map(|name| number(&format!(" {spacing}"), name));
    if own == [None, None] { defaults.spacing } else { own.iter().flatten().sum() }
}

fn height(xml: &str, row: &word::Row, document: &word::Document, defaults: Defaults) -> u32 {
    let declared = row.height.as_ref().map_or(0, |height| height.twips);
    let within = |cell: &word::Cell| {
        let inner = document.tables.iter().filter(|table| cell.xml.start < table.xml.start && table.xml.end <= cell.xml.end);
        let rows = inner.flat_map(|table| &table.rows).map(|row| {
            let cells = row.cells.iter().map(|cell| cell_height(xml, cell, defaults));
            cells.fold(row.height.as_ref().map_or(0, |height| height.twips), u32::max)
        });
        rows.fold(0, u32::saturating_add)
    };
    let cells = row.cells.iter().filter(|cell| !cell.is_continued).map(|cell| reckoned(cell_height(xml, cell, defaults) + within(cell)));
    // a height that is set is what the row takes, be there more lines or fewer
    let is_exact = row.height.as_ref().is_some_and(|height| height.exact);
    BORDER + if is_exact { declared } else { cells.fold(declared, u32::max) }
}

fn cell_height(xml: &str, cell: &word::Cell, defaults: Defaults) -> u32 {
    let paragraph = |paragraph: &word::Paragraph| {
        let own = xml.get(paragraph.xml.clone()).unwrap_or("");
        let size = size(own, defaults);
        let text = cell.text.get(paragraph.text.clone()).unwrap_or("");
        let room = cell.width.map_or(f64::MAX, |width| Twips(width).points() / (f64::from(size) / 2.0));
        let count = u32::try_from(lines(text, room).count.max(1)).unwrap_or(u32::MAX);
        height_of_line(own, size, defaults).saturating_mul(count).saturating_add(spacing_of(own, defaults))
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

#[cfg(test)]
mod tests {
    use super::*;
    use mingce_ooxml::Limits;

    #[test]
    fn heights_that_are_set_are_taken_for_what_they_are() {
        let row = |height: u32, rule: &str| {
            format!(
                "<w:tr><w:trPr><w:trHeight w:val=\"{height}\" w:hRule=\"{rule}\"/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"9000\"/></w:tcPr><w:p/></w:tc></w:tr>"
            )
        };
        // 13,958 twips between Word's own margins; a line of 10.5 points in a row of 100 needs more than that
        for (rows, expected) in [
            (row(6000, "exact") + &row(6000, "atLeast"), 1938),
            (row(13_900, "exact"), 48),
            (row(14_000, "exact"), 0),
            (row(100, "exact"), 13_848),
            (row(100, "atLeast"), 13_625),
        ] {
            let xml = format!(
                "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl><w:tblPr/><w:tblGrid/>{rows}</w:tbl></w:body></w:document>"
            );
            let document = mingce_ooxml::word::scan(&xml, "word/document.xml", &Limits::default()).expect("a document");
            assert_eq!(spare(&xml, &document, Defaults::of("")), Twips(expected), "{rows}");
        }
    }
}
