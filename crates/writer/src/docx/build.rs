//! Our own blanks, laid out with docx-rs and put in order. The only module that names `docx_rs`.
//!
//! What comes out is a plain document like any that an office makes; how it is filled is told in [`crate::form`].

mod form;
mod roster;
mod summary;

use docx_rs::{
    AlignmentType, BreakType, Docx, LineSpacing, LineSpacingType, PageMargin, Paragraph, Run, RunFonts, Table, TableBorder,
    TableBorderPosition, TableBorders, TableCellMargins, TableLayoutType, WidthType, XMLDocx,
};
use mingce_core::scheme::{Alignment, Font, Millimetres, Page};

use super::measure::LINE;
use super::order::in_order;
use super::unit::{Twips, half_points};
use crate::Error;

pub(crate) use form::form;
pub(crate) use roster::roster;
pub(crate) use summary::summary;

/// The parts of a document, by name, `word/document.xml` the last.
pub(crate) type Parts = Vec<(String, String)>;

/// The name of the part that is filled.
pub(crate) const DOCUMENT: &str = "word/document.xml";

/// Room between a cell's border and its text, left and right.
pub(crate) const CELL_MARGIN: Twips = Twips(57);

/// How far below the text the page number stands, and what its line takes. Source: GB/T 9704-2012, 7.5.
const NUMBER_BELOW_TEXT: Millimetres = Millimetres(7.0);
const NUMBER_LINE: Millimetres = Millimetres(5.0);

/// What a printer leaves blank at the edge of the paper.
const UNPRINTABLE: Millimetres = Millimetres(5.0);

/// Faces that stand in where a face is missing. Windows has had no `_GB2312` faces since Vista, and 小标宋 is not free.
const STAND_INS: [(&str, &str); 4] =
    [("仿宋_GB2312", "仿宋"), ("楷体_GB2312", "楷体"), ("方正小标宋简体", "华文中宋"), ("方正小标宋_GBK", "华文中宋")];

fn fonts(font: &Font) -> RunFonts {
    RunFonts::new().ascii(&font.latin).hi_ansi(&font.latin).cs(&font.latin).east_asia(&font.east_asian).hint("eastAsia")
}

/// A face that is the document's own needs no name in every run; the hint keeps □ and √ in the Chinese face.
fn own_fonts() -> RunFonts {
    RunFonts::new().hint("eastAsia")
}

fn run(text: &str, font: &Font) -> Run {
    run_in(text, font, fonts(font))
}

fn run_in(text: &str, font: &Font, fonts: RunFonts) -> Run {
    let mut run = Run::new().fonts(fonts).size(usize::try_from(half_points(font.size)).unwrap_or(24));
    for (position, line) in text.split('\n').enumerate() {
        if position > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        if !line.is_empty() {
            run = run.add_text(line);
        }
    }
    run
}

/// An empty paragraph in this face, its lines as high as the face needs.
fn paragraph(font: &Font, alignment: Alignment) -> Paragraph {
    paragraph_in(font, alignment, fonts(font))
}

/// A paragraph of a cell: in the document's own face, and where it is flush left a little away from the border.
fn cell_paragraph(font: &Font, alignment: Alignment) -> Paragraph {
    let made = paragraph_in(font, alignment, own_fonts());
    if alignment == Alignment::Left { made.indent(Some(CELL_MARGIN.signed()), None, None, None) } else { made }
}

fn paragraph_in(font: &Font, alignment: Alignment, fonts: RunFonts) -> Paragraph {
    let mark = docx_rs::RunProperty::new().fonts(fonts).size(usize::try_from(half_points(font.size)).unwrap_or(24));
    let alignment = match alignment {
        Alignment::Left => AlignmentType::Left,
        Alignment::Centre => AlignmentType::Center,
        Alignment::Right => AlignmentType::Right,
    };
    Paragraph::new().align(alignment).run_property(mark).snap_to_grid(false).line_spacing(spacing(Twips::from_points(font.size.0 * LINE)))
}

fn spacing(line: Twips) -> LineSpacing {
    LineSpacing::new().before(0).after(0).line(line.signed()).line_rule(LineSpacingType::Exact)
}

/// The paragraph that Word wants after a table, as low as a paragraph can be.
fn last_paragraph() -> Paragraph {
    let mark = docx_rs::RunProperty::new().size(2);
    Paragraph::new().run_property(mark).snap_to_grid(false).line_spacing(spacing(Twips(20)))
}

fn table(widths: &[Twips], above: Twips) -> Table {
    let total: u32 = widths.iter().map(|width| width.0).sum();
    let margin = usize_of(CELL_MARGIN);
    let mut borders = TableBorders::with_empty();
    for position in [
        TableBorderPosition::Top,
        TableBorderPosition::Left,
        TableBorderPosition::Bottom,
        TableBorderPosition::Right,
        TableBorderPosition::InsideH,
        TableBorderPosition::InsideV,
    ] {
        borders = borders.set(TableBorder::new(position).size(6).color("000000"));
    }
    Table::new(Vec::new())
        .set_grid(widths.iter().map(|width| usize_of(*width)).collect())
        .width(usize::try_from(total).unwrap_or(0), WidthType::Dxa)
        .layout(TableLayoutType::Fixed)
        .align(docx_rs::TableAlignmentType::Center)
        .margins(
            TableCellMargins::new()
                .margin_top(usize_of(above), WidthType::Dxa)
                .margin_bottom(usize_of(above), WidthType::Dxa)
                .margin_left(margin, WidthType::Dxa)
                .margin_right(margin, WidthType::Dxa),
        )
        .set_borders(borders)
}

fn usize_of(length: Twips) -> usize {
    usize::try_from(length.0).unwrap_or(usize::MAX)
}

fn points(length: Twips) -> f32 {
    #[expect(clippy::cast_possible_truncation, reason = "docx-rs takes lengths of paper as f32")]
    let points = f64::from(length.0) as f32;
    points
}

fn document(page: &Page, font: &Font) -> Docx {
    let below = (page.bottom.0 - NUMBER_BELOW_TEXT.0 - NUMBER_LINE.0).max(UNPRINTABLE.0);
    let edge = Twips::from(Millimetres(below)).signed();
    let (width, height) = (Twips::from(page.width), Twips::from(page.height));
    let margin = |length| Twips::from(length).signed();
    let mut docx = Docx::new()
        .page_size(width.0, height.0)
        .page_margin(
            PageMargin::new()
                .top(margin(page.top))
                .right(margin(page.right))
                .bottom(margin(page.bottom))
                .left(margin(page.left))
                .header(edge)
                .footer(edge)
                .gutter(0),
        )
        .default_fonts(fonts(font))
        .default_size(usize::try_from(half_points(font.size)).unwrap_or(24));
    if width > height {
        docx = docx.page_orient(docx_rs::PageOrientationType::Landscape);
    }
    docx
}

/// What is printed in the upper or lower margin of pages.
struct Margin {
    /// `header` or `footer`.
    kind: &'static str,
    /// Which pages: `default` (with `even` beside it: the odd ones) or `even`.
    pages: &'static str,
    xml: String,
}

/// How a part begins.
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// What refers to the parts beside the document: their types, and their ids.
#[derive(Default)]
struct References {
    types: String,
    relationships: String,
}

impl References {
    fn add(&mut self, number: u32, part: &str, kind: &str) {
        self.types.push_str(&format!(
            "<Override PartName=\"/word/{part}\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml\"/>"
        ));
        self.relationships.push_str(&format!(
            "<Relationship Id=\"rId{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\" Target=\"{part}\"/>"
        ));
    }

    /// The parts of the package that say what it holds.
    fn into_parts(self) -> Parts {
        let Self { types, relationships } = self;
        vec![
            (
                "[Content_Types].xml".to_owned(),
                format!(
                    "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>{types}</Types>"
                ),
            ),
            (
                "_rels/.rels".to_owned(),
                format!(
                    "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
                ),
            ),
            (
                "word/_rels/document.xml.rels".to_owned(),
                format!(
                    "{HEAD}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relationships}</Relationships>"
                ),
            ),
        ]
    }
}

/// The parts of a finished document: those somebody refers to, put in order.
fn parts(xml: XMLDocx, faces: &[&Font], margins: &[Margin]) -> Result<Parts, Error> {
    let text = |bytes: Vec<u8>, part: &str| {
        let xml = String::from_utf8(bytes).map_err(|error| Error::Document { part: part.to_owned(), source: error.into() })?;
        in_order(&xml, part)
    };
    let mut references = References::default();
    references.add(1, "styles.xml", "styles");
    references.add(2, "settings.xml", "settings");
    references.add(3, "fontTable.xml", "fontTable");
    let mut document = text(xml.document, DOCUMENT)?;
    let mut settings = text(xml.settings, "word/settings.xml")?;
    let mut of_margins = Vec::new();
    let mut in_section = String::new();
    for (number, margin) in (4..).zip(margins) {
        let Margin { kind, pages, xml } = margin;
        let part = format!("{kind}{number}.xml");
        references.add(number, &part, kind);
        in_section.push_str(&format!("<w:{kind}Reference w:type=\"{pages}\" r:id=\"rId{number}\"/>"));
        of_margins.push((format!("word/{part}"), xml.clone()));
    }
    document = document.replacen("<w:sectPr>", &format!("<w:sectPr>{in_section}"), 1);
    if margins.iter().any(|margin| margin.pages == "even") {
        settings = settings.replacen("<w:compat>", "<w:evenAndOddHeaders/><w:compat>", 1);
    }
    let mut all = references.into_parts();
    all.push(("word/styles.xml".to_owned(), chinese(&text(xml.styles, "word/styles.xml")?)));
    all.push(("word/settings.xml".to_owned(), settings));
    all.push(("word/fontTable.xml".to_owned(), format!("{HEAD}{}", font_table(faces))));
    all.append(&mut of_margins);
    all.push((DOCUMENT.to_owned(), document));
    Ok(all)
}

/// The styles of a document in Chinese: where lines may break, and which face stands in for a missing one, goes by the language.
/// docx-rs knows no language, nor which style is that of a paragraph that names none.
fn chinese(styles: &str) -> String {
    styles.replacen("</w:rPr></w:rPrDefault>", "<w:lang w:val=\"en-US\" w:eastAsia=\"zh-CN\"/></w:rPr></w:rPrDefault>", 1).replacen(
        "<w:style w:type=\"paragraph\" w:styleId=\"Normal\">",
        "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\">",
        1,
    )
}

/// The faces of the document with the ones that stand in for them; a Chinese face says so, so that a missing one is replaced by another.
fn font_table(faces: &[&Font]) -> String {
    const CHINESE: &str = "<w:charset w:val=\"86\"/>";
    let named = |pick: fn(&Font) -> &str, charset| {
        faces.iter().map(move |font| (pick(font), charset)).filter(|(name, _)| !name.is_empty()).collect::<Vec<_>>()
    };
    let mut names = [named(|font| &font.latin, ""), named(|font| &font.east_asian, CHINESE)].concat();
    names.sort_unstable();
    names.dedup_by_key(|(name, _)| *name);
    let mut xml = String::from("<w:fonts xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">");
    for (name, charset) in names {
        let stand_in = STAND_INS.iter().find(|(missing, _)| *missing == name);
        let alternative = stand_in.map_or_else(String::new, |(_, other)| format!("<w:altName w:val=\"{other}\"/>"));
        xml.push_str(&format!("<w:font w:name=\"{}\">{alternative}{charset}</w:font>", quick_xml::escape::escape(name)));
    }
    xml + "</w:fonts>"
}
