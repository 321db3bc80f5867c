//! Words that somebody wrote where nothing asks for any: wherever they stand on a form or a list, they come out somewhere.

use std::collections::BTreeSet;

use mingce_core::grid::{Grid, Origin};
use mingce_core::scheme::Scheme;
use proptest::prelude::*;

use crate::forms::{Form, form};
use crate::lists::{List, list};
use crate::page::Page;
use crate::{cases, read};

/// Six characters that no label, option or title has.
fn token() -> impl Strategy<Value = String> {
    const LETTERS: [char; 20] =
        ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬', '癸', '寅', '卯', '辰', '巳', '午', '未', '申', '酉', '戌', '亥'];
    prop::collection::vec(prop::sample::select(LETTERS.to_vec()), 6).prop_map(String::from_iter)
}

/// Where words are put, as shares of the room that a page has with one row and two columns around it.
#[derive(Debug, Clone, Copy)]
struct Spot(prop::sample::Index, prop::sample::Index);

fn spot() -> impl Strategy<Value = Spot> {
    any::<(prop::sample::Index, prop::sample::Index)>().prop_map(|(row, column)| Spot(row, column))
}

impl Spot {
    /// The cell, if nothing stands there.
    fn on(self, page: &Page) -> Option<(u32, u16)> {
        let (rows, columns) = page.size();
        let row = u32::try_from(self.0.index(rows as usize + 2)).unwrap() + 1;
        let column = u16::try_from(self.1.index(usize::from(columns) + 2)).unwrap() + 1;
        page.is_free(row, column).then_some((row, column))
    }
}

fn is_kept(grids: &[Grid], token: &str) -> bool {
    let checked = read(grids, &Scheme::built_in());
    format!("{:?}{:?}{:?}", checked.people, checked.diagnostics, checked.remarks).contains(token)
}

fn check_form(form: &Form, origin: Origin, place: prop::sample::Index, spot: Spot, token: &str) -> Result<(), TestCaseError> {
    let mut pages = form.pages(&Scheme::built_in());
    let place = place.index(pages.len());
    let Some((row, column)) = spot.on(&pages[place]) else { return Ok(()) };
    pages[place].put(row, column, token);
    let shown = format!("{row} {column}\n{}", pages[place]);
    let grids: Vec<Grid> = pages.into_iter().zip(1..).map(|(page, number)| page.grid_of(origin, &format!("第{number}人"))).collect();
    prop_assert!(is_kept(&grids, token), "{}", shown);
    Ok(())
}

fn check_list(list: &List, spot: Spot, token: &str) -> Result<(), TestCaseError> {
    let scheme = Scheme::built_in();
    let laid = list.laid(&scheme);
    let mut page = laid.page;
    let Some((row, column)) = spot.on(&page).filter(|(row, _)| *row > laid.heading) else { return Ok(()) };
    page.put(row, column, token);
    let shown = format!("{row} {column}\n{page}");
    let grids = [page.grid("Sheet1")];
    let skipped: BTreeSet<u32> = read(&grids, &scheme).tables.iter().flat_map(|table| &table.skipped).map(|skipped| skipped.row).collect();
    prop_assert!(skipped.contains(&row) || is_kept(&grids, token), "{}", shown);
    Ok(())
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn words_anywhere_on_a_form_are_kept_or_told(form in form(), place in any::<prop::sample::Index>(), spot in spot(), token in token()) {
        check_form(&form, Origin::Sheet, place, spot, &token)?;
    }

    #[test]
    fn words_anywhere_on_a_form_of_a_document_are_kept_or_told(form in form(), place in any::<prop::sample::Index>(), spot in spot(), token in token()) {
        check_form(&form, Origin::Word, place, spot, &token)?;
    }

    #[test]
    fn words_anywhere_in_a_list_are_kept_or_told(list in list(), spot in spot(), token in token()) {
        check_list(&list, spot, &token)?;
    }
}
