//! Annex 2, empty: the headings and one line, which is repeated for every person.

use docx_rs::{HeightRule, TableCell, TableRow, VAlignType, WidthType};
use mingce_core::scheme::{Alignment, Font, Millimetres, Page, PageNumbers, Points, RosterLayout, Scheme};

use super::{
    Margin, Parts, UNPRINTABLE, cell_paragraph, document, last_paragraph, paragraph, parts, points, run, spacing, table, usize_of,
};
use crate::Error;
use crate::docx::measure::LINE;
use crate::docx::unit::{Twips, half_points};

/// Room between a line's text and its borders, above and below.
const ABOVE: Twips = Twips(34);

/// Size of the page number, how far it stays away from the text, and what its line takes. Source: GB/T 9704-2012, 7.5.
const NUMBER_SIZE: Points = Points(14.0);
const NUMBER_AWAY: Millimetres = Millimetres(7.0);
const NUMBER_LINE: Millimetres = Millimetres(6.5);

/// Room for `— 1234 —` along the edge of the paper.
const NUMBER_LENGTH: Millimetres = Millimetres(32.0);

/// The roster with columns this wide, its lines in this font, and no one in it but an empty line.
pub(crate) fn roster(scheme: &Scheme, widths: &[Twips], cell_font: &Font) -> Result<Parts, Error> {
    let layout = &scheme.roster;
    let row = |cells: Vec<TableCell>, rule| {
        TableRow::new(cells).row_height(points(Twips::from(layout.row_height))).height_rule(rule).cant_split()
    };
    let cell = |width: Twips, words: &str, font: &Font, alignment| {
        let mut line = if words.is_empty() { cell_paragraph(font, alignment) } else { paragraph(font, alignment) };
        if !words.is_empty() {
            line = line.add_run(run(words, font));
        }
        TableCell::new().width(usize_of(width), WidthType::Dxa).vertical_align(VAlignType::Center).add_paragraph(line)
    };
    let columns = || layout.columns.iter().zip(widths);
    let headings = columns().map(|(column, width)| cell(*width, &column.heading, &layout.heading_font, Alignment::Centre)).collect();
    let line = columns().map(|(column, width)| cell(*width, "", cell_font, column.alignment)).collect();
    let grid = table(widths, ABOVE).add_row(row(headings, HeightRule::AtLeast)).add_row(row(line, HeightRule::AtLeast));
    let mut docx = document(&layout.page, cell_font);
    if !layout.annex.is_empty() {
        docx = docx.add_paragraph(paragraph(&layout.annex_font, Alignment::Left).add_run(run(&layout.annex, &layout.annex_font)));
    }
    let title = paragraph(&layout.title_font, Alignment::Centre)
        .line_spacing(spacing(Twips::from_points(layout.title_font.size.0 * LINE)).before(120).after(160));
    docx = docx.add_paragraph(title.add_run(run(&layout.title, &layout.title_font))).add_table(grid).add_paragraph(last_paragraph());
    let faces = [&layout.annex_font, &layout.title_font, &layout.heading_font, &layout.cell_font];
    let page_numbers = page_numbers(layout);
    let mut parts = parts(docx.build(), &faces, &page_numbers)?;
    if let Some((_, document)) = parts.last_mut() {
        // docx-rs has no heading row that is repeated; the first row's properties end before the second row
        *document = document.replacen("</w:trPr>", "<w:tblHeader/></w:trPr>", 1);
    }
    Ok(parts)
}

/// Where the page number stands: in the middle of the foot, or as GB/T 9704-2012 (7.5) has it on a page that is printed across and bound
/// with upright ones: at their foot, which is the left edge, its top towards the table; at the lower end on odd pages, at the upper
/// end on even ones.
fn page_numbers(layout: &RosterLayout) -> Vec<Margin> {
    let font = &layout.cell_font;
    match layout.page_numbers {
        PageNumbers::Centre => vec![centred_page_number(font)],
        PageNumbers::Standard => vec![
            Margin { kind: "header", pages: "default", xml: edge_page_number(&layout.page, Parity::Odd, font) },
            Margin { kind: "header", pages: "even", xml: edge_page_number(&layout.page, Parity::Even, font) },
        ],
    }
}

/// The page number in the middle of the foot of every page.
pub(super) fn centred_page_number(font: &Font) -> Margin {
    let xml = margin_part("ftr", &format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{}</w:p>", page_number(font)));
    Margin { kind: "footer", pages: "default", xml }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Parity {
    Odd,
    Even,
}

/// A header with the page number turned to the left edge, in a table that floats there: text that runs down is a cell's in Word, WPS
/// and LibreOffice alike.
fn edge_page_number(page: &Page, parity: Parity, font: &Font) -> String {
    let one_character = NUMBER_SIZE.0 / 72.0 * 25.4;
    let (down, end) = match parity {
        Parity::Odd => (page.height.0 - page.bottom.0 - one_character - NUMBER_LENGTH.0, "right"),
        Parity::Even => (page.top.0 + one_character, "left"),
    };
    let across = (page.left.0 - NUMBER_AWAY.0 - NUMBER_LINE.0).max(UNPRINTABLE.0);
    let [across, down, width, length] =
        [Millimetres(across), Millimetres(down), NUMBER_LINE, NUMBER_LENGTH].map(|length| Twips::from(length).0);
    let none: String = ["top", "left", "bottom", "right"].iter().map(|side| format!("<w:{side} w:w=\"0\" w:type=\"dxa\"/>")).collect();
    // the paragraph behind the table is as low as one can be: the text below the header keeps its place
    margin_part(
        "hdr",
        &format!(
            "<w:tbl><w:tblPr><w:tblpPr w:leftFromText=\"0\" w:rightFromText=\"0\" w:vertAnchor=\"page\" w:horzAnchor=\"page\" \
             w:tblpX=\"{across}\" w:tblpY=\"{down}\"/><w:tblW w:w=\"{width}\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/>\
             <w:tblCellMar>{none}</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w=\"{width}\"/></w:tblGrid><w:tr><w:trPr>\
             <w:trHeight w:val=\"{length}\" w:hRule=\"exact\"/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>\
             <w:textDirection w:val=\"tbRl\"/><w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:jc w:val=\"{end}\"/></w:pPr>{}</w:p>\
             </w:tc></w:tr></w:tbl><w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/><w:rPr>\
             <w:sz w:val=\"2\"/></w:rPr></w:pPr></w:p>",
            page_number(font)
        ),
    )
}

fn margin_part(element: &str, content: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{element} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">{content}</w:{element}>"
    )
}

/// The runs of `— 1 —`.
fn page_number(font: &Font) -> String {
    let face = format!(
        "<w:rPr><w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"宋体\" w:cs=\"{latin}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>",
        latin = quick_xml::escape::escape(&font.latin),
        size = half_points(NUMBER_SIZE)
    );
    let text = |words: &str| format!("<w:r>{face}<w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let mark = |kind: &str| format!("<w:r>{face}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "{}{}<w:r>{face}<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}{}{}{}",
        text("— "),
        mark("begin"),
        mark("separate"),
        text("1"),
        mark("end"),
        text(" —")
    )
}
