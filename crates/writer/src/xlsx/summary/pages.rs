//! Where the pages of the report end: sections are kept whole where they can be, signatures never stand alone.
//!
//! Excel ends a page wherever it is full. The heights of all rows are ours, so the ends can be reckoned and set where they
//! part nothing that belongs together.

/// A row of the report.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Line {
    /// Its height in points.
    height: f64,
    /// Whether the next row stands on the same page.
    is_kept: bool,
    /// The height of the heading that stands above it again where it begins a page, in points.
    heading: f64,
}

impl Line {
    pub(super) fn new(height: f64) -> Self {
        Self { height, is_kept: false, heading: 0.0 }
    }

    /// Its height in points.
    pub(super) fn height(self) -> f64 {
        self.height
    }

    /// A line of a table whose heading is so high.
    pub(super) fn goes_under(&mut self, heading: f64) {
        self.heading = heading;
    }

    /// Keeps the row on one page with the next.
    pub(super) fn keep(&mut self) {
        self.is_kept = true;
    }
}

/// What A4 upright has room for between the margins of the report, in points: width and height.
const ROOM: [f64; 2] = [595.0 - 2.0 * 0.8 * 72.0, 842.0 - (0.9 + 0.8) * 72.0];

/// How much of the height is used, so that a printer with other metrics does not end a page before we do.
const USED: f64 = 0.94;

/// Width of a character of the default font in points, and what a column adds.
const CHARACTER: [f64; 2] = [5.25, 3.75];

/// A section is kept on one page if it takes no more of one.
const WHOLE: f64 = 0.5;

/// Rows at either end of a table that are not parted from it.
const ENDS: usize = 4;

/// What a page has room for, in points of the sheet: it is scaled down to the width of the paper, never up.
fn room(columns: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "a sheet has few columns")]
    let width = super::width(columns) * CHARACTER[0] + columns as f64 * CHARACTER[1];
    ROOM[1] * USED * (width / ROOM[0]).max(1.0)
}

/// Keeps a section together: title, heading and first lines, last lines and note; all of it if it is short.
pub(super) fn keep_section(lines: &mut [Line], columns: usize) {
    let is_short = lines.iter().map(|line| line.height).sum::<f64>() <= room(columns) * WHOLE;
    let length = lines.len();
    for (place, line) in lines.iter_mut().enumerate() {
        line.is_kept |= place + 1 < length && (is_short || place < ENDS || place + ENDS >= length);
    }
}

/// Keeps the signatures, which begin at this row, together with what they stand under.
pub(super) fn keep_signatures(lines: &mut [Line], first: usize) {
    let length = lines.len();
    for (place, line) in lines.iter_mut().enumerate() {
        line.is_kept |= place + 1 < length && place + ENDS >= first;
    }
}

/// The lines, counted from 0, that begin a page.
pub(super) fn breaks(lines: &[Line], columns: usize) -> Vec<usize> {
    let room = room(columns);
    let mut breaks = Vec::new();
    let (mut start, mut used) = (0, 0.0);
    let mut row = 0;
    while row < lines.len() {
        used += lines[row].height;
        if used <= room || row == start {
            row += 1;
            continue;
        }
        // back to where rows may be parted; what is longer than a page is parted where that is full
        let end = (start + 1..=row).rev().find(|end| !lines[end - 1].is_kept).unwrap_or(row);
        breaks.push(end);
        (start, row, used) = (end, end, lines[end].heading);
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: usize = 7;

    /// Sections of so many rows of 17 points and the signatures; gives the lines and the row of the first signature.
    fn report(sections: &[usize]) -> (Vec<Line>, usize) {
        let mut lines = vec![Line::new(30.0); 3];
        for rows in sections {
            lines.push(Line::new(15.0));
            let first = lines.len();
            lines.extend(vec![Line::new(17.0); rows + 3]);
            lines[first + 2..first + 2 + rows].iter_mut().for_each(|line| line.goes_under(17.0));
            keep_section(&mut lines[first..], COLUMNS);
        }
        lines.push(Line::new(15.0));
        let signed = lines.len();
        lines.extend([Line::new(26.0); 3]);
        keep_signatures(&mut lines, signed);
        (lines, signed)
    }

    #[test]
    fn signatures_stand_below_something_and_no_title_ends_a_page() {
        for last in 1..200 {
            let (lines, signed) = report(&[last / 2, last]);
            let breaks = breaks(&lines, COLUMNS);
            let last_page = breaks.last().copied().unwrap_or(0);
            assert!(last_page + 3 <= signed, "{last}: {breaks:?}");
            for row in &breaks {
                assert!(!lines[*row - 1].is_kept, "{last}: {breaks:?}");
            }
            let starts: Vec<usize> = std::iter::once(0).chain(breaks.iter().copied()).collect();
            for page in starts.iter().copied().zip(starts.iter().skip(1).copied().chain([lines.len()])).map(|(from, to)| &lines[from..to]) {
                let heading = page.first().map_or(0.0, |line| line.heading);
                assert!(heading + page.iter().map(|line| line.height).sum::<f64>() <= room(COLUMNS), "{last}");
            }
        }
    }

    #[test]
    fn a_short_section_is_not_parted() {
        let (lines, _) = report(&[15, 15, 12]);
        let breaks = breaks(&lines, COLUMNS);
        assert_eq!(breaks, [3 + 19 + 19]);
        assert!(lines[breaks[0]..].iter().map(|line| line.height).sum::<f64>() < room(COLUMNS));
    }
}
