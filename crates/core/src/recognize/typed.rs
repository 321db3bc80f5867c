//! Tables that were typed as lines: a line of labels parted by tabs, bars or blanks, and a line per person below it.
//!
//! Such lines come as a grid of one column. Here each is parted into cells, so that the rest of the recogniser sees a
//! table like any other. A line whose blanks leave open which answer is which keeps what is sure in its column; the rest
//! stands behind the last column, where it is named and fills in nothing.

mod assign;
mod parts;

use crate::address::Column;
use crate::grid::{Grid, GridFull, Kind, Origin};
use crate::text::is_blank_character;

use super::labels::{Claim, Labels, Meaning};
use super::table::footer;
use super::{OTHER, Target};
use crate::scheme::Field;
use parts::{Part, Parting};

/// A heading is looked for in so many lines.
const SEARCHED_LINES: usize = 200;
/// Fewest columns of such a table.
const FEWEST_COLUMNS: usize = 3;
/// Longest line that is looked at, in bytes; longer ones are prose.
const LONGEST_LINE: usize = 2000;

/// A line of labels.
struct Heading<'g> {
    parting: Parting,
    parts: Vec<Part<'g>>,
    targets: Vec<Option<Target>>,
}

/// The lines as the rows of a table; `None` where they are none.
pub(super) fn table(grid: &Grid, labels: &Labels<'_>) -> Option<Grid> {
    if !has_lines(grid) {
        return None;
    }
    let first =
        grid.rows_at(0..SEARCHED_LINES).position(|row| row.cells().next().is_some_and(|cell| heading(cell.text, labels).is_some()))?;
    parted(grid, labels, first).ok().flatten()
}

/// The lines of a text file as rows whose cells are parted by single tabs, for tables whose heading is no single line; `None`
/// where no line has a tab.
pub(super) fn tabbed(grid: &Grid) -> Option<Grid> {
    let has_tabs = || grid.rows().any(|row| row.cells().any(|cell| cell.text.contains('\t')));
    if grid.origin != Origin::TextTable || !has_lines(grid) || !has_tabs() {
        return None;
    }
    let mut builder = Grid::builder(grid.origin);
    for row in grid.rows() {
        builder.start_row(row.number(), row.is_hidden()).ok()?;
        let line = row.cells().next()?;
        for (number, text) in (1..).zip(line.text.split('\t')) {
            builder.push(Column::new(number)?, line.kind, text).ok()?;
        }
    }
    Some(builder.finish())
}

/// Whether the grid holds lines and no cells of a table.
fn has_lines(grid: &Grid) -> bool {
    let are_lines = match grid.origin {
        Origin::Word => grid.number.is_none(),
        Origin::TextTable => grid.sheet.is_none(),
        Origin::Sheet => false,
    };
    are_lines && grid.rows().all(|row| row.cells().all(|cell| cell.column == Column::FIRST))
}

fn parted(grid: &Grid, labels: &Labels<'_>, first: usize) -> Result<Option<Grid>, GridFull> {
    let mut builder = Grid::builder(grid.origin);
    builder.facts().number = grid.number;
    let mut current: Option<Heading<'_>> = None;
    let mut people = 0_usize;
    for (position, row) in grid.rows().enumerate() {
        builder.start_row(row.number(), row.is_hidden())?;
        let Some(cell) = row.cells().next() else { continue };
        let found = if position >= first { heading(cell.text, labels) } else { None };
        let cells = match (&found, &current) {
            (Some(heading), _) => (1..).zip(heading.parts.iter().map(|part| part.text)).collect(),
            (None, Some(heading)) => {
                let (cells, is_person) = cells_of(cell.text, heading, labels);
                people += usize::from(is_person);
                cells
            }
            (None, None) => vec![(1, cell.text)],
        };
        for (number, text) in cells {
            if let Some(column) = Column::new(number).filter(|_| !text.is_empty()) {
                builder.push(column, if cell.kind == Kind::Untyped { Kind::Untyped } else { Kind::Text }, text)?;
            }
        }
        current = found.or(current);
    }
    Ok((people > 0).then(|| builder.finish()))
}

/// The line as a heading, if it is one: parted in some way, it asks for a name and more, and for little that is nobody's.
fn heading<'g>(text: &'g str, labels: &Labels<'_>) -> Option<Heading<'g>> {
    let text = behind_announcement(text);
    if text.len() > LONGEST_LINE || text.contains(['：', ':', '。']) {
        return None;
    }
    let mut best: Option<(usize, Heading<'g>)> = None;
    for parting in Parting::ALL {
        // two tabs between labels: columns were reached by tabs, so that their number says nothing of which answer is which
        if parting == Parting::Sign('\t') && text.trim().contains("\t\t") {
            continue;
        }
        let parts: Vec<Part<'g>> = parting.parts(text).into_iter().filter(|part| !part.text.is_empty()).collect();
        if parts.len() < FEWEST_COLUMNS {
            continue;
        }
        let meanings: Vec<Option<Meaning>> = parts.iter().map(|part| labels.meaning(part.text)).collect();
        let known = meanings.iter().filter(|meaning| meaning.is_some()).count();
        let mut targets = targets_of(&meanings);
        // what stands in the column of an ambiguous label is looked at where the table is read
        targets.resize(parts.len(), None);
        let asked = targets.iter().filter(|target| target.is_some()).count();
        let names = targets.iter().filter(|target| **target == Some(Target::Field(Field::Name))).count();
        let is_heading = names == 1 && asked >= FEWEST_COLUMNS && known * 3 >= parts.len() * 2;
        let score = 2 * known;
        if is_heading && best.as_ref().is_none_or(|(other, heading)| score + heading.parts.len() > other + parts.len()) {
            best = Some((score, Heading { parting, parts, targets }));
        }
    }
    best.map(|(_, heading)| heading)
}

/// The labels behind what announces them, where people sign up one below the other: 报名格式：姓名 性别 手机.
fn behind_announcement(text: &str) -> &str {
    const ANNOUNCING: [&str; 4] = ["格式", "顺序", "填写", "内容"];
    match text.split_once(['：', ':']) {
        Some((before, labels)) if ANNOUNCING.iter().any(|word| before.contains(word)) && !labels.trim().is_empty() => labels,
        _ => text,
    }
}

/// What each label asks for; of what several fields may be, the first that no other label asks for.
fn targets_of(meanings: &[Option<Meaning>]) -> Vec<Option<Target>> {
    let mut given: Vec<Target> = meanings
        .iter()
        .filter_map(|meaning| if let Some(Meaning::Ours(Claim::Sure(target))) = meaning { Some(*target) } else { None })
        .collect();
    let mut targets = Vec::with_capacity(meanings.len());
    for meaning in meanings {
        targets.push(match meaning {
            Some(Meaning::Ours(Claim::Sure(target))) => Some(*target),
            Some(Meaning::Ours(Claim::Ambiguous(fields))) => {
                // a lone 电话 of a list is nearly always the mobile, and both look alike here
                let free = fields.iter().copied().map(Target::Field).find(|target| !given.contains(target));
                given.extend(free);
                free
            }
            Some(Meaning::Foreign(_)) | None => None,
        });
    }
    targets
}

/// The cells of a line below the heading, by column, and whether they look like those of a person.
fn cells_of<'g>(text: &'g str, heading: &Heading<'_>, labels: &Labels<'_>) -> (Vec<(u16, &'g str)>, bool) {
    let whole = || (vec![(1, text.trim_matches(is_blank_character))], false);
    if text.len() > LONGEST_LINE {
        return whole();
    }
    // 1、张三 below 姓名: the number only counts the lines
    let text = if heading.targets.first() == Some(&Some(Target::Field(Field::Name))) { without_number(text) } else { text };
    let in_order = |parts: &[Part<'g>]| (1..).zip(parts.iter().map(|part| part.text)).collect::<Vec<_>>();
    let parts = heading.parting.parts(text);
    let filled: Vec<Part<'g>> = parts.iter().copied().filter(|part| !part.text.is_empty()).collect();
    let Some(lead) = filled.first() else { return (Vec::new(), false) };
    let sheet = assign::Columns { targets: &heading.targets, headings: &heading.parts, scheme: labels.scheme() };
    if let (1, Some(cells)) = (filled.len(), parted_otherwise(text, heading, &sheet)) {
        return (cells, true);
    }
    if filled.len() == 1 && heading.parting.is_sign() || is_footer(lead.text) {
        return (in_order(&filled), false);
    }
    match assign::assign(text, &parts, heading.parting, &sheet) {
        Some(cells) if !cells.is_empty() => (cells, true),
        _ => whole(),
    }
}

/// The cells of a line that somebody parted by another sign than the heading is, with an answer for each column.
fn parted_otherwise<'g>(text: &'g str, heading: &Heading<'_>, sheet: &assign::Columns<'_>) -> Option<Vec<(u16, &'g str)>> {
    let signs = Parting::ALL.into_iter().filter(|parting| parting.is_sign() && *parting != heading.parting);
    let parted = signs.map(|parting| (parting, parting.parts(text))).find(|(_, parts)| parts.len() == heading.parts.len());
    let (parting, parts) = parted?;
    assign::assign(text, &parts, parting, sheet)
}

/// The line without the number that counts it.
fn without_number(line: &str) -> &str {
    let trimmed = line.trim_start_matches(is_blank_character);
    let rest = trimmed.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = (1..=3).contains(&(trimmed.len() - rest.len()));
    match rest.strip_prefix(['、', '.', '．', ')', '）']) {
        Some(rest) if is_number && rest.starts_with(|c: char| !c.is_ascii_digit()) => rest,
        _ => line,
    }
}

/// Whether a line that begins so holds nobody: a total, a note, or a label with a colon.
fn is_footer(lead: &str) -> bool {
    footer::starts_like_a_footer(lead) || lead.contains(['：', ':'])
}

/// Whether the place of an option stands for what is written beside the options.
fn is_other(option: u16) -> bool {
    option == OTHER
}

#[cfg(test)]
mod tests;
