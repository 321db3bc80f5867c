//! Annex 2, empty: the headings and one line, which is repeated for every person.

use docx_rs::{HeightRule, TableCell, TableRow, VAlignType, WidthType};
use mingce_core::scheme::{Alignment, Font, PageNumbers, Scheme};

use super::{Margin, Parts, cell_paragraph, document, last_paragraph, paragraph, parts, points, run, spacing, table, usize_of};
use crate::Error;
use crate::docx::measure::LINE;
use crate::docx::unit::{Twips, half_points};

/// Room between a line's text and its borders, above and below.
const ABOVE: Twips = Twips(34);

/// The roster with columns this wide and no one in it but an empty line.
pub(crate) fn roster(scheme: &Scheme, widths: &[Twips]) -> Result<Parts, Error> {
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
    let line = columns().map(|(column, width)| cell(*width, "", &layout.cell_font, column.alignment)).collect();
    let grid = table(widths, ABOVE).add_row(row(headings, HeightRule::AtLeast)).add_row(row(line, HeightRule::AtLeast));
    let mut docx = document(&layout.page, &layout.cell_font);
    if !layout.annex.is_empty() {
        docx = docx.add_paragraph(paragraph(&layout.annex_font, Alignment::Left).add_run(run(&layout.annex, &layout.annex_font)));
    }
    let title = paragraph(&layout.title_font, Alignment::Centre)
        .line_spacing(spacing(Twips::from_points(layout.title_font.size.0 * LINE)).before(120).after(160));
    docx = docx.add_paragraph(title.add_run(run(&layout.title, &layout.title_font))).add_table(grid).add_paragraph(last_paragraph());
    let faces = [&layout.annex_font, &layout.title_font, &layout.heading_font, &layout.cell_font];
    let page_numbers = page_numbers(layout.page_numbers, &layout.cell_font);
    let mut parts = parts(docx.build(), &faces, &page_numbers)?;
    if let Some((_, document)) = parts.last_mut() {
        // docx-rs has no heading row that is repeated; the first row's properties end before the second row
        *document = document.replacen("</w:trPr>", "<w:tblHeader/></w:trPr>", 1);
    }
    Ok(parts)
}

/// Where the page number stands: in the middle of the foot, or as GB/T 9704-2012 (7.5, tables across the page) has it when
/// the pages are bound: at the left edge, below on odd pages and above on even ones.
pub(super) fn page_numbers(wanted: PageNumbers, font: &Font) -> Vec<Margin> {
    match wanted {
        PageNumbers::Centre => vec![Margin { kind: "footer", pages: "default", xml: page_number("ftr", "center", font) }],
        PageNumbers::Standard => vec![
            Margin { kind: "footer", pages: "default", xml: page_number("ftr", "left", font) },
            Margin { kind: "header", pages: "even", xml: page_number("hdr", "left", font) },
        ],
    }
}

/// `— 1 —`, 14 points as GB/T 9704 has it.
fn page_number(element: &str, alignment: &str, font: &Font) -> String {
    const SIZE: mingce_core::scheme::Points = mingce_core::scheme::Points(14.0);
    let face = format!(
        "<w:rPr><w:rFonts w:ascii=\"{latin}\" w:hAnsi=\"{latin}\" w:eastAsia=\"宋体\" w:cs=\"{latin}\"/><w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/></w:rPr>",
        latin = quick_xml::escape::escape(&font.latin),
        size = half_points(SIZE)
    );
    let text = |words: &str| format!("<w:r>{face}<w:t xml:space=\"preserve\">{words}</w:t></w:r>");
    let mark = |kind: &str| format!("<w:r>{face}<w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:{element} xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:p><w:pPr><w:jc w:val=\"{alignment}\"/></w:pPr>{}{}<w:r>{face}<w:instrText xml:space=\"preserve\"> PAGE </w:instrText></w:r>{}{}{}{}</w:p></w:{element}>",
        text("— "),
        mark("begin"),
        mark("separate"),
        text("1"),
        mark("end"),
        text(" —")
    )
}
