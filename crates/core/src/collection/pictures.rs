//! Whose photo a picture is that lies beside the answers.
//!
//! The central noun is [`Pictures`]: the pictures of one grid, each of which is somebody's photo at most once. A picture is
//! somebody's by where it lies: in the row of a table, or on the form. Nothing is guessed: what lies under another heading, at
//! a signature or above the people is nobody's photo, and is told where photos are wanted.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::address::{Address, Column};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::grid::{Grid, PictureFile};
use crate::recognize::card::Card;
use crate::recognize::{Table, Target, is_photo_label};
use crate::scheme::Field;
use crate::text::fold_label;

/// Most cells that one finding names.
const MOST_NAMED: usize = 5;

/// The pictures of one grid while they are given to people.
#[derive(Debug)]
pub(super) struct Pictures<'g> {
    grid: &'g Grid,
    taken: Vec<bool>,
    /// Whether somebody on the grid has a photo or is asked for one.
    is_asked: bool,
    /// The rows where people stand.
    rows: Option<(u32, u32)>,
}

/// One person's photo, and the cells of further pictures that could have been it.
#[derive(Debug, Clone, Default)]
pub(super) struct Own {
    pub(super) photo: Option<Arc<PictureFile>>,
    pub(super) at: Option<Address>,
    pub(super) others: Vec<Address>,
}

/// How likely a picture is somebody's photo, the likeliest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// It lies where the photo belongs.
    Placed,
    /// It lies right beside that place, or under a heading for pictures.
    Near,
    /// It lies where nothing else belongs.
    Free,
    /// It was pushed over an answer.
    Over,
}

impl<'g> Pictures<'g> {
    pub(super) fn of(grid: &'g Grid) -> Self {
        Self { grid, taken: vec![false; grid.pictures.len()], is_asked: false, rows: None }
    }

    /// The photos of the people of a table, by their rows.
    pub(super) fn of_table(&mut self, table: &Table) -> BTreeMap<u32, Own> {
        let place = table.columns.iter().find(|column| column.target == Target::Field(Field::Photo)).map(|column| column.column);
        self.is_asked |= place.is_some();
        if self.grid.pictures.is_empty() {
            return BTreeMap::new();
        }
        let rows: BTreeSet<u32> = table.lines.iter().filter_map(|at| self.grid.row_at(*at)).map(|row| row.number()).collect();
        let last = rows.last().copied().unwrap_or(*table.heading.end());
        self.rows = Some(self.rows.map_or((*table.heading.start(), last), |rows| (rows.0.min(*table.heading.start()), rows.1.max(last))));
        let mut found: BTreeMap<u32, Vec<(Likeness, usize)>> = BTreeMap::new();
        for (index, picture) in self.grid.pictures.iter().enumerate() {
            if self.taken[index] || !table.range.contains(&picture.at.column) {
                continue;
            }
            // a person may stand in a row that is merged down over the one where the picture lies
            let row = Some(picture.at.row).filter(|row| rows.contains(row));
            let row = row.or_else(|| self.grid.merge_at(picture.at).map(|merge| merge.first.row).filter(|row| rows.contains(row)));
            if let (Some(row), Some(likeness)) = (row, likeness_in(table, place, picture.at.column, picture.is_floating)) {
                found.entry(row).or_default().push((likeness, index));
            }
        }
        found.into_iter().map(|(row, candidates)| (row, self.take(candidates))).collect()
    }

    /// The photo on a form, whose part in this grid reaches over these rows and columns.
    pub(super) fn of_card(&mut self, card: &Card, rows: Range<u32>, columns: Range<Column>) -> Own {
        let place = card.slot(Field::Photo).map(|slot| slot.answer_at);
        self.is_asked |= place.is_some();
        let indices =
            self.grid.pictures.iter().enumerate().filter(|(index, picture)| !self.taken[*index] && rows.contains(&picture.at.row));
        let indices = indices.filter(|(_, picture)| columns.contains(&picture.at.column));
        let candidates = indices.filter_map(|(index, _)| Some((self.likeness_on(card, place, index)?, index))).collect();
        self.take(candidates)
    }

    /// Gives the likeliest of these pictures to a person.
    fn take(&mut self, mut candidates: Vec<(Likeness, usize)>) -> Own {
        candidates.sort_by_key(|(likeness, index)| (*likeness, *index));
        let Some((_, first)) = candidates.first().copied() else { return Own::default() };
        self.taken[first] = true;
        self.is_asked = true;
        let photo = &self.grid.pictures[first];
        let mut own = Own { photo: Some(Arc::clone(&photo.file)), at: Some(photo.at), others: Vec::new() };
        for (likeness, index) in candidates.into_iter().skip(1) {
            let other = &self.grid.pictures[index];
            let is_same = Arc::ptr_eq(&other.file, &photo.file) || (photo.file.is_whole() && other.file == photo.file);
            if is_same {
                self.taken[index] = true;
            } else if likeness < Likeness::Over {
                self.taken[index] = true;
                own.others.push(other.at);
            }
        }
        own
    }

    fn likeness_on(&self, card: &Card, place: Option<Address>, index: usize) -> Option<Likeness> {
        let picture = &self.grid.pictures[index];
        let at = self.corner(picture.at);
        if let Some(place) = place {
            if at == place {
                return Some(Likeness::Placed);
            }
            let (first, last) = self.grid.merge_at(place).map_or((place, place), |merge| (merge.first, merge.last));
            let beside = |from: u32, to: u32, at: u32| at + 1 >= from && at <= to + 1;
            let column = |column: Column| u32::from(column.number());
            let is_near =
                beside(first.row, last.row, picture.at.row) && beside(column(first.column), column(last.column), column(picture.at.column));
            if is_near && !self.is_signed(at) && (picture.is_floating || self.text(at).is_empty()) {
                return Some(Likeness::Near);
            }
        }
        if self.is_signed(at) {
            return None;
        }
        let is_answer = card.slots.iter().any(|slot| slot.answer_at == at && slot.target != Target::Field(Field::Photo));
        match (self.text(at).is_empty() && !is_answer, picture.is_floating) {
            (true, _) => Some(Likeness::Free),
            (false, true) => Some(Likeness::Over),
            (false, false) => None,
        }
    }

    /// The top left corner of the cell that is merged over this one.
    fn corner(&self, at: Address) -> Address {
        self.grid.merge_at(at).map_or(at, |merge| merge.first)
    }

    fn text(&self, at: Address) -> &'g str {
        self.grid.cell(at).map_or("", |cell| cell.text.trim())
    }

    /// Whether the cell, or the words left of it, ask for a signature or a seal.
    fn is_signed(&self, at: Address) -> bool {
        let left = self.grid.row(at.row).and_then(|row| row.cells().take_while(|cell| cell.column < at.column).last());
        let left = left.map_or("", |cell| cell.text).lines().last().unwrap_or("");
        [self.text(at), left].iter().any(|text| is_signature(text))
    }

    /// What is to be said of the pictures that are nobody's, where photos are wanted.
    pub(super) fn strays(&self, file: &Arc<str>) -> Option<Diagnostic> {
        let is_among_people = |row: u32| self.rows.is_some_and(|(first, last)| (first..=last).contains(&row));
        let left = self.grid.pictures.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|(picture, _)| picture.at);
        // emblems and seals of a sheet that has nothing to do with photos are nobody's concern
        let mut strays: Vec<Address> = left.filter(|at| self.is_asked || is_among_people(at.row)).collect();
        strays.sort_unstable();
        let first = *strays.first()?;
        let named: Vec<String> = strays.iter().take(MOST_NAMED).map(Address::to_string).collect();
        let more = if strays.len() > MOST_NAMED { "等处" } else { "" };
        let message = format!("有 {} 张图片不在任何人的照片格里，没有用作照片（{}{more}）", strays.len(), named.join("、"));
        let at = Location { row: Some(first.row), cell: Some(first.to_string().into()), ..Location::of_file(Arc::clone(file)) };
        let at = at.with_sheet(self.grid.sheet.clone());
        Some(Diagnostic::new(Code::PhotoUnused, at, message).with_hint("是照片的请移到本人那一行的照片格里；徽标、印章可以不管"))
    }
}

/// How likely a picture in this column of a person's row is the photo.
fn likeness_in(table: &Table, place: Option<Column>, column: Column, is_floating: bool) -> Option<Likeness> {
    if place == Some(column) {
        return Some(Likeness::Placed);
    }
    let headed = table.columns.iter().find(|headed| headed.column == column).filter(|headed| !headed.heading.is_empty());
    let is_beside = place.is_some_and(|place| place.number().abs_diff(column.number()) == 1);
    match headed {
        Some(headed) if is_signature(&headed.heading) => None,
        Some(headed) if headed.target == Target::Unclaimed => {
            let words = fold_label(&headed.heading);
            let is_picture = is_photo_label(&words) || matches!(words.as_str(), "头像" | "图片" | "个人头像" | "本人图片" | "形象照");
            if is_picture || (is_beside && is_floating) { Some(Likeness::Near) } else { None }
        }
        // pushed a little too far
        Some(_) if is_floating && is_beside => Some(Likeness::Near),
        Some(_) if is_floating && place.is_none() => Some(Likeness::Over),
        Some(_) => None,
        None => Some(if is_beside { Likeness::Near } else { Likeness::Free }),
    }
}

/// Whether words ask for something that is drawn and no photo.
fn is_signature(text: &str) -> bool {
    ["签名", "签字", "签章", "盖章", "印章", "公章", "手印", "二维码", "身份证"].iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::{Checked, Collection};
    use crate::grid::Picture;
    use crate::recognize::table_tests::drawn;
    use crate::scheme::Scheme;
    use crate::value::Date;

    /// The cells of the photos that people have, and those of the pictures that are told.
    fn judged(lines: &str, pictures: &[(&str, bool)]) -> (Vec<String>, Vec<String>) {
        let mut grid = drawn(lines, &[]);
        for (at, is_floating) in pictures {
            let file = Arc::new(PictureFile { bytes: at.as_bytes().into(), size: at.len() as u64 });
            grid.pictures.push(Picture { at: at.parse().expect("a cell"), is_floating: *is_floating, file });
        }
        let scheme = Scheme::built_in();
        let mut collection = Collection::new(&scheme, Date::new(2014, 4, Some(30)).expect("a day"));
        collection.add_document("甲.xlsx", std::slice::from_ref(&grid));
        let checked: Checked = collection.judge();
        let photo = |photo: &Arc<PictureFile>| String::from_utf8_lossy(&photo.bytes).into_owned();
        let photos = checked.people.iter().map(|person| person.photo.as_ref().map_or_else(String::new, photo));
        (photos.collect(), checked.strays.iter().map(|finding| finding.at.cell.as_deref().unwrap_or_default().to_owned()).collect())
    }

    #[test]
    fn a_picture_is_the_photo_of_whom_it_lies_beside_and_of_nobody_under_other_headings() {
        let lines = "名册\n姓名|性别|出生年月|手机|照片|签名|身份证照片\n郑试一|男|1985.06|13800000001\n郑试二|女|1986.06|13800000002\n填表人：郑试一";
        for (pictures, photos, told) in [
            // an emblem above, a seal below: told only where photos are wanted
            (vec![("E3", true), ("E4", false), ("A1", true), ("C5", true)], ["E3", "E4"], vec!["A1"]),
            (vec![("F3", true), ("G4", false), ("B4", true)], ["", ""], vec!["F3"]),
            // pushed a little to the left; of two, the one in its place
            (vec![("D3", true), ("D4", true), ("E4", true)], ["D3", "E4"], vec!["D4"]),
        ] {
            assert_eq!(
                judged(lines, &pictures),
                (photos.map(str::to_owned).to_vec(), told.into_iter().map(str::to_owned).collect()),
                "{pictures:?}"
            );
        }
        let lines = "名册\n姓名|性别|出生年月|手机|签名\n郑试一|男|1985.06|13800000001\n郑试二|女|1986.06|13800000002";
        assert_eq!(judged(lines, &[("A1", true)]), (vec![String::new(), String::new()], vec![]));
        // without a column for it, beside the table or over it
        let found = judged(lines, &[("G3", true), ("A4", true), ("E4", true)]);
        assert_eq!(found, (vec!["G3".to_owned(), "A4".to_owned()], vec!["E4".to_owned()]));
    }

    #[test]
    fn a_picture_on_a_form_is_its_photo_where_nothing_else_belongs() {
        let form = "姓名|郑试一|性别|男|照片\n出生年月|1985.06|手机|13800000001|\n服务意向|尊老服务|本人签名||";
        for (pictures, photo, told) in [
            (vec![("E1", true)], "E1", vec![]),
            (vec![("E2", true)], "E2", vec![]),
            (vec![("D3", true)], "", vec!["D3"]),
            (vec![("D3", false), ("E1", false), ("E2", true)], "E1", vec!["E2", "D3"]),
        ] {
            let expected = (vec![photo.to_owned()], told.into_iter().map(str::to_owned).collect::<Vec<_>>());
            assert_eq!(judged(form, &pictures), expected, "{pictures:?}");
        }
        // forms beside each other have a photo each
        let beside =
            "姓名|郑试一|性别|男|照片||姓名|郑试二|性别|女|照片\n出生年月|1985.06|手机|13800000001|||出生年月|1986.06|手机|13800000002|";
        assert_eq!(judged(beside, &[("E1", true), ("K1", true)]), (vec!["E1".to_owned(), "K1".to_owned()], vec![]));
        // a filled form has a picture in the place of the words
        let form = form.replace("照片", "");
        assert_eq!(judged(&form, &[("E1", false)]).0, ["E1"]);
    }
}
