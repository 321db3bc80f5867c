//! Annex 2 as .docx: the blank's one line is cut at its cells and spliced for each person.

use std::ops::Range;

use mingce_core::compose;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Font, Millimetres, Points, RosterColumn, RosterLayout, Scheme};
use mingce_ooxml::{Limits, word};

use crate::Error;
use crate::docx::build::{self, CELL_MARGIN, DOCUMENT};
use crate::docx::measure::{text_width, words};
use crate::docx::package::{Deflater, PackageWriter};
use crate::docx::unit::Twips;
use crate::form::{Scalable, push_text};
use crate::roster::numbers;

/// The roster of these people, in this order.
///
/// # Errors
/// When the document outgrows what a file can hold.
///
/// # Examples
/// ```
/// use mingce_core::{registration::Registration, scheme::Scheme};
///
/// let person = Registration::default();
/// let docx = mingce_writer::roster::docx(&[&person], &Scheme::built_in())?;
/// assert!(docx.starts_with(b"PK"));
/// # Ok::<(), mingce_writer::Error>(())
/// ```
pub fn docx(people: &[&Registration], scheme: &Scheme) -> Result<Vec<u8>, Error> {
    let lines = (1..).zip(people.iter().copied()).map(|(seq, person)| compose::roster_line(person, seq, scheme));
    let setting = Setting::of(lines.clone(), scheme);
    write(lines, &setting, scheme)
}

/// An empty roster with so many numbered lines.
///
/// # Errors
/// When the document outgrows what a file can hold.
pub fn blank_docx(scheme: &Scheme, rows: u32) -> Result<Vec<u8>, Error> {
    let nobody = Registration::default();
    let lines = (1..=usize::try_from(rows).unwrap_or(usize::MAX)).map(|seq| compose::roster_line(&nobody, seq, scheme));
    let setting = Setting::of(lines.clone(), scheme);
    write(lines, &setting, scheme)
}

/// The share of a column's answers that decide how wide it is; longer ones wrap.
const MOST_ANSWERS: f64 = 0.95;

/// How much smaller than the layout's size lines are set at most where they are too long for the page, and in what steps, in points.
const SMALLER: [f64; 3] = [0.0, 0.5, 1.0];

/// A column that lacks no more than so many characters gets them: one or two on a line of their own look like a mistake.
const NEARLY: f64 = 2.0;

/// How far a few names or numbers that are longer than the others may be shrunk.
const SHRUNK: f64 = 0.75;

/// What a column of names or numbers is wide enough for at most: two telephone numbers, somewhat smaller.
const TWO_NUMBERS: f64 = 14.0;

/// How the table is set: the widths of its columns, and the font of its lines.
struct Setting {
    widths: Vec<Twips>,
    font: Font,
}

/// What is written in a column, in sizes of its type.
#[derive(Default)]
struct Content {
    /// The width of each answer on one line.
    answers: Vec<f64>,
    /// The widest piece that is not to be broken.
    whole: f64,
}

impl Setting {
    /// Columns as wide as what is written in them, between the least and the most, together as wide as the page.
    fn of(lines: impl Iterator<Item = Vec<String>>, scheme: &Scheme) -> Self {
        let layout = &scheme.roster;
        let contents = contents(lines, &layout.columns);
        let page = &layout.page;
        let page = Twips::from(page.width).0.saturating_sub(Twips::from(page.left).0 + Twips::from(page.right).0);
        let full = layout.cell_font.size.0;
        let sizes = SMALLER.map(|smaller| (full - smaller).max(1.0));
        let at = |size: f64| -> Vec<(u32, u32)> {
            layout.columns.iter().zip(&contents).map(|(column, content)| limits(column, content, layout, size)).collect()
        };
        let size = sizes.into_iter().find(|size| at(*size).iter().map(|(wanted, _)| wanted).sum::<u32>() <= page).unwrap_or(sizes[2]);
        let (mut wanted, least): (Vec<u32>, Vec<u32>) = at(size).into_iter().unzip();
        share(&mut wanted, &least, page);
        keep_names_whole(&mut wanted, &least, &contents, layout, size);
        Self { widths: wanted.into_iter().map(Twips).collect(), font: Font { size: Points(size), ..layout.cell_font.clone() } }
    }
}

fn contents(lines: impl Iterator<Item = Vec<String>>, columns: &[RosterColumn]) -> Vec<Content> {
    let mut contents: Vec<Content> = columns.iter().map(|_| Content::default()).collect();
    for line in lines {
        for ((column, text), content) in columns.iter().zip(&line).zip(&mut contents) {
            let widest = text.split('\n').map(text_width).fold(0.0, f64::max);
            content.answers.push(widest);
            let number = words(text).max_by_key(|word| word.len()).filter(|word| word.starts_with(|c: char| c.is_ascii_digit()));
            let whole = if is_unbroken(column) { widest * SHRUNK } else { number.map_or(0.0, text_width) };
            content.whole = content.whole.max(whole);
        }
    }
    contents
}

/// The width that a column should have at this size of type, and the least that it can do with.
fn limits(column: &RosterColumn, content: &Content, layout: &RosterLayout, size: f64) -> (u32, u32) {
    let most = Twips::from(column.most).0;
    // a heading stays on one line where the column may be that wide
    let heading = heading(column, layout).min(most);
    let empty = Twips::from(Millimetres(column.least.0 * size / layout.cell_font.size.0)).0.max(heading);
    // names, telephone numbers and dates never break, whatever else is short of room
    let (whole, most) = if is_unbroken(column) {
        let usual = usual(&content.answers);
        // a name that is longer than the column may be is rather smaller than that the others give up more room
        let is_too_long = column.from == [Field::Name] && room(usual, size) > most;
        (if is_too_long { content.whole } else { usual.max(content.whole) }, most.max(room(TWO_NUMBERS, size)))
    } else {
        (content.whole, most)
    };
    let least = empty.max(room(whole, size).min(most));
    let widest = if column.from == [Field::Name] { Twips::from(column.most).0 } else { most };
    let wanted = least.max(room(usual(&content.answers), size).min(widest));
    let is_nearly_enough = wanted - least <= Twips::from_points(NEARLY * size).0;
    (wanted, if is_nearly_enough { wanted } else { least })
}

/// The width of a column with room for this on one line.
fn room(widest: f64, size: f64) -> u32 {
    Twips::from_points(widest * size).0 + 2 * CELL_MARGIN.0 + 40
}

/// The width of a column with room for its heading.
fn heading(column: &RosterColumn, layout: &RosterLayout) -> u32 {
    room(column.heading.split('\n').map(text_width).fold(0.0, f64::max), layout.heading_font.size.0)
}

/// Widens the column of names until none is broken that the column may hold: first by what other columns have free beside all
/// that is written in them, then by what they have beyond the least.
fn keep_names_whole(widths: &mut [u32], least: &[u32], contents: &[Content], layout: &RosterLayout, size: f64) {
    let Some(names) = layout.columns.iter().position(|column| column.from == [Field::Name]) else { return };
    let most = Twips::from(layout.columns[names].most).0;
    let wide = contents[names].answers.iter().map(|name| room(*name, size)).filter(|wide| *wide <= most).max().unwrap_or(0);
    let written = layout.columns.iter().zip(contents).map(|(column, content)| {
        let widest = content.answers.iter().copied().fold(content.whole, f64::max);
        heading(column, layout).max(room(widest, size))
    });
    for kept in [written.collect(), least.to_vec()] {
        let lacks = wide.saturating_sub(widths[names]);
        let free = |other: usize| if other == names { 0 } else { widths[other].saturating_sub(kept[other]) };
        let free: Vec<u64> = (0..widths.len()).map(|other| u64::from(free(other))).collect();
        let sum: u64 = free.iter().sum();
        let taken = u64::from(lacks).min(sum);
        for (other, free) in free.iter().enumerate() {
            let part = u32::try_from((taken * free).div_ceil(sum.max(1))).unwrap_or(0).min(widths[other]);
            widths[other] -= part;
            widths[names] += part;
        }
    }
}

/// The width that most answers stay within.
fn usual(answers: &[f64]) -> f64 {
    let mut sorted = answers.to_vec();
    sorted.sort_by(f64::total_cmp);
    #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a length")]
    let place = (sorted.len() as f64 * MOST_ANSWERS).ceil() as usize;
    sorted.get(place.saturating_sub(1)).copied().unwrap_or(0.0)
}

fn is_unbroken(column: &RosterColumn) -> bool {
    let is_whole =
        |field: &Field| matches!(field, Field::Name | Field::Phone | Field::Mobile | Field::Birth | Field::JoinedParty | Field::IdNumber);
    column.from.iter().any(is_whole)
}

/// Takes from, or gives to, each column in the measure in which it may, until together they are as wide as the page.
fn share(wanted: &mut [u32], least: &[u32], page: u32) {
    let total: u32 = wanted.iter().sum();
    if total > page {
        let flexible: Vec<u64> = wanted.iter().zip(least).map(|(want, least)| u64::from(want.saturating_sub(*least))).collect();
        let sum: u64 = flexible.iter().sum();
        let excess = u64::from(total - page).min(sum);
        for (width, flexible) in wanted.iter_mut().zip(&flexible) {
            *width -= u32::try_from((excess * flexible).div_ceil(sum.max(1))).unwrap_or(0).min(*width);
        }
    } else if total > 0 {
        let free = u64::from(page - total);
        for width in wanted {
            *width += u32::try_from(free * u64::from(*width) / u64::from(total)).unwrap_or(0);
        }
    }
}

fn write(mut lines: impl Iterator<Item = Vec<String>>, setting: &Setting, scheme: &Scheme) -> Result<Vec<u8>, Error> {
    let blank = build::roster(scheme, &setting.widths, &setting.font)?;
    let mut deflater = Deflater::new();
    let mut bytes = Vec::new();
    let mut package = PackageWriter::new(&mut bytes);
    for (name, text) in &blank {
        if name != DOCUMENT {
            package.deflate(name, text.as_bytes(), &mut deflater)?;
            continue;
        }
        let line = Line::find(text, setting, &scheme.roster.columns)?;
        let mut part = package.open(DOCUMENT, &mut deflater)?;
        package.push(&mut part, &text.as_bytes()[..line.whole.start], &mut deflater)?;
        let mut row = String::new();
        for answers in lines.by_ref() {
            row.clear();
            line.write(text, &answers, &mut row);
            package.push(&mut part, row.as_bytes(), &mut deflater)?;
        }
        package.push(&mut part, &text.as_bytes()[line.whole.end..], &mut deflater)?;
        package.close(part, &mut deflater)?;
    }
    package.finish()?;
    Ok(bytes)
}

/// The line of the blank that is repeated.
struct Line {
    whole: Range<usize>,
    cells: Vec<Place>,
    size: Points,
}

/// A cell of the line.
struct Place {
    /// Where its run goes.
    end: usize,
    /// The properties of the run.
    face: Scalable,
    /// The room for names or numbers that must not break, in a column of such.
    room: Option<Twips>,
}

impl Line {
    fn find(xml: &str, setting: &Setting, columns: &[RosterColumn]) -> Result<Self, Error> {
        let document = word::scan(xml, DOCUMENT, &Limits::default())
            .map_err(|error| Error::Document { part: DOCUMENT.to_owned(), source: error.into() })?;
        let row = document.tables.first().and_then(|table| table.rows.last()).ok_or(Error::NoForm)?;
        let paragraphs = row.cells.iter().filter_map(|cell| cell.paragraphs.first());
        let cells = paragraphs.zip(columns.iter().zip(&setting.widths)).filter_map(|(paragraph, (column, width))| {
            let face = Scalable::new(paragraph.mark.clone().map_or("", |mark| &xml[mark]));
            let room = Twips(width.0.saturating_sub(2 * CELL_MARGIN.0));
            Some(Place { end: paragraph.end?, face, room: is_unbroken(column).then_some(room) })
        });
        Ok(Self { whole: row.xml.clone(), cells: cells.collect(), size: setting.font.size })
    }

    fn write(&self, xml: &str, answers: &[String], out: &mut String) {
        let mut done = self.whole.start;
        for (Place { end, face, room }, text) in self.cells.iter().zip(answers) {
            if text.is_empty() {
                continue;
            }
            out.push_str(&xml[done..*end]);
            done = *end;
            if let Some(room) = room {
                numbers::push(text, face, self.size, *room, out);
                continue;
            }
            for piece in ["<w:r>", &face.normal, "<w:t xml:space=\"preserve\">"] {
                out.push_str(piece);
            }
            push_text(text, out, |_| {});
            out.push_str("</w:t></w:r>");
        }
        out.push_str(&xml[done..self.whole.end]);
    }
}

#[cfg(test)]
mod tests {
    use mingce_core::scheme::PageNumbers;

    use super::*;

    fn line(employer: &str) -> Vec<String> {
        let cells = ["1", "张三", "男", "1985.06", "2007.07", "硕士研究生", "会计", employer, "0519-86310001", "13800001111", "尊老服务"];
        cells.map(str::to_owned).to_vec()
    }

    #[test]
    fn columns_fill_the_page_and_type_shrinks_only_where_many_answers_are_long() {
        let scheme = Scheme::built_in();
        let full = scheme.roster.cell_font.size.0;
        let long = "长".repeat(30);
        for (employer, outliers, smaller) in [("村委会", 0, 0.0), ("村委会", 1, 0.0), (long.as_str(), 0, SMALLER[2])] {
            let usual = std::iter::repeat_n(line(employer), 99);
            let setting = Setting::of(usual.chain(std::iter::repeat_n(line(&"长".repeat(60)), outliers)), &scheme);
            assert!((setting.font.size.0 - (full - smaller)).abs() < 0.01, "{employer}: {:?}", setting.font.size);
            let total: u32 = setting.widths.iter().map(|width| width.0).sum();
            let page = Twips::from(Millimetres(257.0)).0;
            assert!(total <= page && total + 40 > page, "{total} of {page}");
        }
    }

    #[test]
    fn a_long_name_stays_on_one_line_where_other_columns_have_room() {
        let scheme = Scheme::built_in();
        let columns = &scheme.roster.columns;
        let place = |field| columns.iter().position(|column| column.from == [field]).expect("a column");
        let lines = |long: &str, employer: &str, others: usize| -> Vec<Vec<String>> {
            let named = |name: &str| {
                let text = |column: &RosterColumn| match column.from[..] {
                    [Field::Name] => name.to_owned(),
                    [Field::Employer, ..] => employer.to_owned(),
                    [Field::Mobile] => "13800001111".to_owned(),
                    [Field::Birth] => "1985.06".to_owned(),
                    _ => String::new(),
                };
                columns.iter().map(text).collect()
            };
            std::iter::once(named(long)).chain(std::iter::repeat_n(named("张三"), others)).collect()
        };
        let long = "某某街道办事处党群服务中心与某某社区居民委员会".repeat(2);
        for name in ["诸葛志强丁", "欧阳上官志强", "阿里木·买买提", "阿卜杜热合曼·买买提明·图尔荪"] {
            for (employer, others) in [("村委会", 0), ("村委会", 99), (long.as_str(), 0), (long.as_str(), 4), (long.as_str(), 99)] {
                let setting = Setting::of(lines(name, employer, others).into_iter(), &scheme);
                let width = setting.widths[place(Field::Name)].0;
                // one that is longer than the layout's widest column is set smaller
                let size = if text_width(name) > 10.0 { SHRUNK } else { 1.0 } * setting.font.size.0;
                assert!(width + 2 >= room(text_width(name), size), "{name}, {employer}, {others}: {width}");
                let mobile = setting.widths[place(Field::Mobile)].0;
                assert!(mobile >= room(text_width("13800001111"), setting.font.size.0), "{name}, {employer}, {others}: {mobile}");
                let total: u32 = setting.widths.iter().map(|width| width.0).sum();
                let page = Twips::from(Millimetres(257.0)).0;
                assert!(total <= page && total + 40 > page, "{total} of {page}");
            }
        }
    }

    #[test]
    fn the_page_number_stands_seven_millimetres_below_the_text() {
        let scheme = Scheme::built_in();
        let parts = build::roster(&scheme, &[Twips(500); 11], &scheme.roster.cell_font).expect("a roster");
        let (_, document) = parts.last().expect("a document");
        let said = document.split("w:footer=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse::<u32>().ok());
        // of 26 mm below the text, 7 stay free and 5 are its line
        assert_eq!(said, Some(Twips::from(Millimetres(14.0)).0));
    }

    #[test]
    fn the_standard_page_number_stands_at_the_left_edge_of_odd_and_even_pages() {
        let mut scheme = Scheme::built_in();
        scheme.roster.page_numbers = PageNumbers::Standard;
        let parts = build::roster(&scheme, &[Twips(500); 11], &scheme.roster.cell_font).expect("a roster");
        let headers: Vec<&str> = parts.iter().filter(|(name, _)| name.contains("header")).map(|(_, xml)| xml.as_str()).collect();
        let down = |xml: &str| xml.split("tblpY=\"").nth(1).and_then(|rest| rest.split('"').next()?.parse::<u32>().ok());
        assert!(headers.iter().all(|xml| xml.contains("<w:textDirection w:val=\"tbRl\"/>") && xml.contains(" PAGE ")));
        assert_eq!(headers.len(), 2);
        assert!(down(headers[0]) > down(headers[1]), "below on odd pages, above on even ones");
        assert!(parts.iter().any(|(_, xml)| xml.contains("<w:evenAndOddHeaders/>")));
    }
}
