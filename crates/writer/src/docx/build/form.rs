//! Annex 1, empty: the layout of `form.toml` as a table on one page.

use docx_rs::{HeightRule, Paragraph, TableCell, TableRow, VAlignType, VMergeType, WidthType};
use mingce_core::scheme::{Alignment, Cell, CellContent, Field, Font, FormLayout, FormRow, Scheme};

use super::{
    CELL_MARGIN, Parts, cell_paragraph, document, last_paragraph, own_fonts, paragraph, parts, points, run, run_in, spacing, table,
    usize_of,
};
use crate::Error;
use crate::docx::measure::{LINE, lines, text_width};
use crate::docx::unit::Twips;

/// The box behind an option nobody has chosen yet.
const EMPTY_BOX: &str = "□";

/// What parts two options, and its width in sizes of the type.
const GAP: (&str, f64) = ("  ", 1.0);

/// The line to write something else on, as blanks that are underlined.
const WRITING_LINE: &str = "                ";

/// How far the date of the signature stays away from the border.
const SIGNATURE_INDENT: Twips = Twips(240);

/// The parts of the empty form, and the room its rows may grow into before it needs a second page.
pub(crate) fn form(scheme: &Scheme) -> Result<(Parts, Twips), Error> {
    let layout = &scheme.form;
    let widths: Vec<Twips> = layout.columns.iter().map(|width| Twips::from(*width)).collect();
    let mut grid = table(&widths, Twips(0));
    // for each column, how many rows the cell above still covers, and how many columns that cell spans
    let mut covered: Vec<(u16, u16)> = vec![(0, 1); widths.len()];
    for row in &layout.rows {
        grid = grid.add_row(table_row(row, &widths, &mut covered, scheme));
    }
    let Air { before, after, spare } = air(layout);
    let mut docx = document(&layout.page, &layout.cell_font);
    if !layout.annex.is_empty() {
        docx = docx.add_paragraph(paragraph(&layout.annex_font, Alignment::Left).add_run(run(&layout.annex, &layout.annex_font)));
    }
    let title = paragraph(&layout.title_font, Alignment::Centre)
        .line_spacing(spacing(Twips::from_points(layout.title_font.size.0 * LINE)).before(before.0).after(after.0));
    docx = docx.add_paragraph(title.add_run(run(&layout.title, &layout.title_font))).add_table(grid).add_paragraph(last_paragraph());
    Ok((parts(docx.build(), &[&layout.annex_font, &layout.title_font, &layout.cell_font], &[])?, spare))
}

/// Free room of the page and where it goes.
struct Air {
    before: Twips,
    after: Twips,
    spare: Twips,
}

/// Room above and below the title: as the standard has it where the page is free, less where the rows need it.
fn air(layout: &FormLayout) -> Air {
    let page = &layout.page;
    let annex = if layout.annex.is_empty() { 0.0 } else { layout.annex_font.size.0 };
    let heads = Twips::from_points((annex + layout.title_font.size.0) * LINE).0;
    let rows: u32 = layout.rows.iter().map(|row| Twips::from(row.height).0).sum();
    let body = Twips::from(page.height).0.saturating_sub(Twips::from(page.top).0 + Twips::from(page.bottom).0);
    // a few points stay free for borders and for programs that round up
    let free = body.saturating_sub(heads + rows + 120);
    let (before, after) = ((free / 2).min(400), (free / 3).min(240));
    Air { before: Twips(before), after: Twips(after), spare: Twips(free - before - after) }
}

fn table_row(row: &FormRow, widths: &[Twips], covered: &mut [(u16, u16)], scheme: &Scheme) -> TableRow {
    let mut cells = Vec::new();
    let mut own = row.cells.iter();
    let mut column = 0;
    let mut needed = Twips(0);
    while column < widths.len() {
        let (rows_left, span) = covered[column];
        if rows_left > 0 {
            covered[column].0 -= 1;
            let width = span_width(widths, column, span);
            cells.push(
                cell_of(width, span)
                    .vertical_merge(VMergeType::Continue)
                    .add_paragraph(cell_paragraph(&scheme.form.cell_font, Alignment::Centre)),
            );
            column += usize::from(span.max(1));
            continue;
        }
        let Some(cell) = own.next() else { break };
        let width = span_width(widths, column, cell.columns);
        let mut made = cell_of(width, cell.columns);
        if cell.rows > 1 {
            covered[column] = (cell.rows - 1, cell.columns);
            made = made.vertical_merge(VMergeType::Restart);
        }
        let room = width.0.saturating_sub(2 * CELL_MARGIN.0);
        let (paragraphs, height) = content(cell, Twips(room), scheme);
        if cell.rows == 1 {
            needed = needed.max(height);
        }
        cells.push(paragraphs.into_iter().fold(made, TableCell::add_paragraph));
        column += usize::from(cell.columns.max(1));
    }
    let height = Twips::from(row.height);
    let rule = if needed > height { HeightRule::AtLeast } else { HeightRule::Exact };
    TableRow::new(cells).row_height(points(height)).height_rule(rule).cant_split()
}

fn span_width(widths: &[Twips], first: usize, columns: u16) -> Twips {
    Twips(widths.iter().skip(first).take(usize::from(columns.max(1))).map(|width| width.0).sum())
}

fn cell_of(width: Twips, columns: u16) -> TableCell {
    let cell = TableCell::new().width(usize_of(width), WidthType::Dxa).vertical_align(VAlignType::Center);
    if columns > 1 { cell.grid_span(usize::from(columns)) } else { cell }
}

/// The paragraphs of a cell, and the height they take.
fn content(cell: &Cell, width: Twips, scheme: &Scheme) -> (Vec<Paragraph>, Twips) {
    let font = &scheme.form.cell_font;
    let room = width.points() / font.size.0.max(1.0);
    let one =
        |text: &str, alignment| (vec![cell_paragraph(font, alignment).add_run(run_in(text, font, own_fonts()))], lines(text, room).count);
    let (paragraphs, count) = match &cell.content {
        CellContent::Label { text, .. } | CellContent::Photo { text } => one(text, cell.alignment),
        CellContent::Answer { .. } => (vec![cell_paragraph(font, cell.alignment)], 1),
        CellContent::Choice { field, instruction } => choice(*field, instruction, cell.alignment, room, scheme),
        CellContent::Text { paragraphs, signature } => words(paragraphs, signature, cell.alignment, room, font),
    };
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    (paragraphs, Twips(Twips::from_points(font.size.0 * LINE).0.saturating_mul(count)))
}

fn words(texts: &[String], signature: &str, alignment: Alignment, room: f64, font: &Font) -> (Vec<Paragraph>, usize) {
    let mut made: Vec<Paragraph> =
        texts.iter().map(|text| cell_paragraph(font, alignment).add_run(run_in(text, font, own_fonts()))).collect();
    let mut count = texts.iter().map(|text| lines(text, room).count).sum::<usize>();
    if !signature.is_empty() {
        // an empty line parts the words from the hand that signs them
        made.push(cell_paragraph(font, alignment));
        made.push(cell_paragraph(font, Alignment::Right).indent(None, None, Some(SIGNATURE_INDENT.signed()), None).add_run(run_in(
            signature,
            font,
            own_fonts(),
        )));
        count += 2;
    }
    (made, count)
}

/// The options of a choice, each followed by its box, so many on a line as fit without breaking one.
fn choice(field: Field, instruction: &str, alignment: Alignment, room: f64, scheme: &Scheme) -> (Vec<Paragraph>, usize) {
    let font = &scheme.form.cell_font;
    let mut made = Vec::new();
    let mut count = 0;
    if !instruction.is_empty() {
        made.push(cell_paragraph(font, alignment).add_run(run_in(instruction, font, own_fonts())));
        count += lines(instruction, room).count;
    }
    let other = scheme.spec(field).and_then(|spec| spec.other.as_ref());
    let options = scheme.options(field).iter().map(|option| format!("{}{EMPTY_BOX}", option.label));
    let mut rows: Vec<String> = vec![String::new()];
    for option in options.chain(other.map(|other| other.label.to_string())) {
        let line = if other.is_some_and(|other| option == other.label.as_str()) { text_width(WRITING_LINE) } else { 0.0 };
        if let Some(row) = rows.last_mut() {
            if row.is_empty() {
                row.push_str(&option);
            } else if text_width(row) + GAP.1 + text_width(&option) + line <= room {
                row.push_str(GAP.0);
                row.push_str(&option);
            } else {
                rows.push(option);
            }
        }
    }
    count += rows.len();
    let last = rows.len() - 1;
    for (position, row) in rows.iter().enumerate() {
        let mut line = cell_paragraph(font, alignment).add_run(run_in(row, font, own_fonts()));
        if position == last && other.is_some() {
            line = line.add_run(run_in(WRITING_LINE, font, own_fonts()).underline("single"));
        }
        made.push(line);
    }
    (made, count)
}
