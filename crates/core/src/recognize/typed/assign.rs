//! Which part of a line stands in which column: in the order of the columns, by what the parts look like.

use super::is_other;
use super::parts::{Part, Parting};
use crate::recognize::Target;
use crate::register::{is_tick, read_choice};
use crate::scheme::{Field, Scheme};
use crate::text::{is_blank_answer, is_blank_character};
use crate::value::{Date, DateFault, DateSource, Education, Mobile, PartyStatus, PersonName, Sex};

/// Most parts that one cell may have: 张 三, 尊老服务 助残服务.
const MOST_JOINED: usize = 4;
/// Ways that are looked at of parting a line as well as can be.
const MOST_WAYS: usize = 64;
/// Longest name that is taken for one here, in characters.
const LONGEST_NAME: usize = 20;

/// The columns of a table that was typed.
pub(super) struct Columns<'a> {
    pub(super) targets: &'a [Option<Target>],
    pub(super) headings: &'a [Part<'a>],
    pub(super) scheme: &'a Scheme,
}

/// A way of placing the parts: for each column where its parts begin and how many there are.
type Way = Vec<(usize, usize)>;

/// The cells of the line by column, counted from 1; what could stand in several columns stands behind the last one.
///
/// `None` for a line that looks like nobody's.
pub(super) fn assign<'g>(line: &'g str, parts: &[Part<'g>], parting: Parting, columns: &Columns<'_>) -> Option<Vec<(u16, &'g str)>> {
    let filled: Vec<Part<'g>> = parts.iter().copied().filter(|part| !part.text.is_empty()).collect();
    let exact = exact(parts, parting, columns);
    if let Some((cells, true)) = &exact {
        return Some(cells.clone());
    }
    let finest: Vec<Part<'g>> = match parting {
        Parting::Blanks(_) => Parting::Blanks(1).parts(line),
        Parting::Sign(_) => filled,
    };
    // with one blank between them, words of a line stand below each other by chance
    let is_drawn = matches!(parting, Parting::Blanks(2..));
    let search = Search::of(line, &finest, columns, is_drawn);
    let cells = match search.ways() {
        Some(ways) => search.cells(&ways),
        None => exact.map(|(cells, _)| cells)?,
    };
    cells.iter().any(|(column, text)| columns.is_telling(*column, text)).then_some(cells)
}

/// The cells where signs say which is empty and there are as many as columns, and whether each fits its column.
fn exact<'g>(parts: &[Part<'g>], parting: Parting, columns: &Columns<'_>) -> Option<(Vec<(u16, &'g str)>, bool)> {
    let count = columns.headings.len();
    let is_counted = parting.is_sign() && parts.iter().skip(count).all(|part| part.text.is_empty());
    if !is_counted || parts.len() < 2 {
        return None;
    }
    let cells: Vec<(u16, &str)> = (1..).zip(parts.iter().take(count)).map(|(column, part)| (column, part.text)).collect();
    let fits = parts.iter().enumerate().take(count).all(|(column, part)| part.text.is_empty() || columns.fitness(column, part.text) >= 0);
    // one tab more or less shifts a whole line, and says nothing where columns were reached by tabs
    let is_sure = parting != Parting::Sign('\t') && parts.len() >= count;
    Some((cells, fits || is_sure))
}

/// The search for the best way of placing parts in columns, from the last part and column to the first.
struct Search<'a, 'g> {
    line: &'g str,
    parts: &'a [Part<'g>],
    columns: &'a Columns<'a>,
    /// Whether where things stand says in which column they are.
    is_drawn: bool,
    /// By part and column, what the best way of placing all parts from here on is worth; `None` where there is none.
    best: Vec<Vec<Option<i32>>>,
}

impl<'a, 'g> Search<'a, 'g> {
    fn of(line: &'g str, parts: &'a [Part<'g>], columns: &'a Columns<'a>, is_drawn: bool) -> Self {
        let width = columns.headings.len();
        let best = vec![vec![None; width + 1]; parts.len() + 1];
        let mut search = Self { line, parts, columns, is_drawn, best };
        for column in 0..=width {
            search.best[parts.len()][column] = Some(0);
        }
        for part in (0..parts.len()).rev() {
            for column in (0..width).rev() {
                let placed = (1..=MOST_JOINED).filter_map(|count| search.worth(part, column, count));
                let best = placed.max().max(search.best[part][column + 1]);
                search.best[part][column] = best;
            }
        }
        search
    }

    /// What it is worth that the column takes so many parts from this one on, and all after it stand as well as can be.
    fn worth(&self, part: usize, column: usize, count: usize) -> Option<i32> {
        let rest = (*self.best.get(part + count)?.get(column + 1)?)?;
        let text = self.text(part, count);
        let joints = i32::try_from(count).unwrap_or(i32::MAX) - 1;
        let fitness = self.columns.fitness(column, text);
        let seen = (self.parts[part].seen.0, self.parts[part + count - 1].seen.1);
        let head = self.columns.headings[column].seen;
        let is_below = self.is_drawn && seen.0 < head.1 && head.0 < seen.1;
        Some(rest + 4 * fitness - 2 * joints + i32::from(is_below))
    }

    fn text(&self, part: usize, count: usize) -> &'g str {
        let last = self.parts[part + count - 1];
        &self.line[self.parts[part].start..last.start + last.text.len()]
    }

    /// The ways that are worth the most; `None` where no way is worth anything.
    fn ways(&self) -> Option<Vec<Way>> {
        self.best[0][0].filter(|worth| *worth > 0)?;
        let mut ways = Vec::new();
        self.follow(0, 0, &mut Vec::new(), &mut ways);
        Some(ways)
    }

    fn follow(&self, part: usize, column: usize, begun: &mut Way, ways: &mut Vec<Way>) {
        if ways.len() >= MOST_WAYS {
            return;
        }
        if column == self.columns.headings.len() {
            ways.push(begun.clone());
            return;
        }
        let best = self.best[part][column];
        for count in 0..=MOST_JOINED {
            let worth = if count == 0 { self.best[part][column + 1] } else { self.worth(part, column, count) };
            if worth.is_some() && worth == best {
                begun.push((part, count));
                self.follow(part + count, column + 1, begun, ways);
                begun.pop();
            }
        }
    }

    /// The cells that all of the best ways agree on, and behind the last column whatever they do not.
    fn cells(&self, ways: &[Way]) -> Vec<(u16, &'g str)> {
        let Some((first, others)) = ways.split_first() else { return Vec::new() };
        let is_whole = ways.len() < MOST_WAYS;
        let mut cells = Vec::new();
        let mut left = vec![true; self.parts.len()];
        for (column, place) in first.iter().enumerate() {
            let number = u16::try_from(column + 1).unwrap_or(u16::MAX);
            if is_whole && place.1 > 0 && others.iter().all(|way| way.get(column) == Some(place)) {
                cells.push((number, self.text(place.0, place.1)));
                left[place.0..place.0 + place.1].fill(false);
            }
        }
        let behind = u16::try_from(self.columns.headings.len()).unwrap_or(u16::MAX).saturating_add(1);
        let unsure = self.parts.iter().zip(left).filter(|(_, left)| *left).map(|(part, _)| part.text);
        cells.extend((behind..).zip(unsure));
        cells
    }
}

impl Columns<'_> {
    /// Whether the text says by its shape that it stands in this column; two words alone (以上人员，均已核实) may say anything.
    fn is_telling(&self, column: u16, text: &str) -> bool {
        let column = usize::from(column).wrapping_sub(1);
        let is_name = self.targets.get(column) == Some(&Some(Target::Field(Field::Name)));
        !is_name && column < self.headings.len() && self.fitness(column, text) > 1
    }

    /// How well the text fits the column: above 0 it does, below 0 it does not.
    fn fitness(&self, column: usize, text: &str) -> i32 {
        let scheme = self.scheme;
        if is_blank_answer(text, false, &scheme.blank_words, &scheme.none_words) {
            return 1;
        }
        match self.targets.get(column).copied().flatten() {
            Some(Target::Field(field) | Target::Further(field)) => fitness(field, text, scheme),
            Some(Target::Option(field, option)) if !is_other(option) => {
                let option = scheme.spec(field).and_then(|spec| spec.options.get(usize::from(option)));
                if option.is_some_and(|option| is_tick(text, option).is_some()) { 2 } else { -3 }
            }
            _ => free(text),
        }
    }
}

/// How well the text fits this field.
fn fitness(field: Field, text: &str, scheme: &Scheme) -> i32 {
    let choose = |fits: bool, good: i32, bad: i32| if fits { good } else { bad };
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.chars().any(char::is_alphabetic);
    match field {
        Field::Seq => choose(
            digits <= 4 && !letters && !text.contains(['.', '-', '/', '√']) || text.trim_end_matches(['.', '、']).len() <= 3 && digits > 0,
            3,
            -6,
        ),
        Field::Name => choose(is_name(text), 2, -3),
        Field::Sex => choose(is_sex(text), 3, -3),
        Field::Birth | Field::JoinedParty => {
            choose(is_date(text) || field == Field::JoinedParty && PartyStatus::parse(text).is_some(), 3, -3)
        }
        Field::IdNumber => choose(is_id(text), 4, -3),
        Field::Mobile if Mobile::parse(text).is_ok() => 4,
        Field::Mobile | Field::Phone => choose(digits >= 7 && !is_id(text), 2, -3),
        Field::Email => choose(text.contains(['@', '＠']), 4, -3),
        Field::Postcode => choose(digits == 6 && text.len() == 6, 3, -3),
        Field::Qq => choose(digits >= 5 && Mobile::parse(text).is_err() && !is_id(text), 2, -2),
        Field::Height => choose((2..=4).contains(&digits), 2, -3),
        Field::Education => choose(Education::parse(text).is_some(), 3, -1),
        Field::Services | Field::Subsidy | Field::Availability | Field::Occupation => {
            let reading = scheme.spec(field).map(|spec| read_choice(spec, text)).unwrap_or_default();
            match (reading.chosen.is_empty(), reading.unknown.is_empty()) {
                (false, true) => 3,
                (false, false) => 1,
                (true, _) => free(text).min(0),
            }
        }
        _ => free(text),
    }
}

/// How well the text fits a column of free words: what has a shape of its own stands elsewhere.
fn free(text: &str) -> i32 {
    let has_shape = is_sex(text) || is_date(text) || is_id(text) || Mobile::parse(text).is_ok() || text.contains('@');
    match (has_shape, Education::parse(text).is_some()) {
        (true, _) => -2,
        (false, true) => 0,
        (false, false) => 1,
    }
}

fn is_name(text: &str) -> bool {
    !is_sex(text) && text.chars().count() <= LONGEST_NAME && PersonName::parse(text).is_ok()
}

fn is_sex(text: &str) -> bool {
    matches!(text, "男" | "女") || Sex::parse(text).is_some() && text.contains(['男', '女'])
}

fn is_id(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (14..=19).contains(&digits) && text.chars().all(|c| c.is_ascii_alphanumeric() || is_blank_character(c) || c == '-')
}

fn is_date(text: &str) -> bool {
    let Some(latest) = Date::new(2099, 12, None) else { return false };
    text.chars().any(|c| c.is_ascii_digit() || matches!(c, '年' | '月'))
        && matches!(Date::parse(text, DateSource::Typed, latest), Ok(_) | Err(DateFault::Ambiguous(_)))
}
