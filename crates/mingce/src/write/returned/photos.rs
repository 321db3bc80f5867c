//! The photos that go back with returned rows.
//!
//! Who returns rows need not have kept pictures while they were judged. An input in which a returned person has a photo is read
//! once more with its pictures; whose photo is which is told by the same rules as at first.

use std::collections::BTreeMap;
use std::sync::Arc;

use mingce_core::collection::{Checked, Collection};
use mingce_core::grid::PictureFile;
use mingce_core::registration::Place;
use mingce_core::value::Date;
use mingce_reader::Limits;
use mingce_writer::photo::Photo;

use super::Returned;
use crate::Input;
use crate::collect::{CollectOptions, read};

/// The photos of this file's returned people, by table and then by row and column of their places, ready for a sheet. Those
/// that cannot be shown stay in the file.
pub(super) fn of(
    returned: &Returned<'_>,
    file: &str,
    inputs: &[Input],
    reading: &CollectOptions<'_>,
) -> BTreeMap<usize, BTreeMap<(u32, u16), Photo>> {
    let mut tables = returned.checked.tables.iter().enumerate().filter(|(_, table)| &*table.file == file).map(|(table, _)| table);
    let Some(first) = tables.next() else { return BTreeMap::new() };
    let of_file = std::iter::once(first).chain(tables).filter_map(|table| Some((table, returned.people.get(&table)?)));
    let wanted: Vec<(usize, Place)> = of_file
        .flat_map(|(table, people)| people.iter().filter(|person| person.photo.is_some()).map(move |person| (table, person.place)))
        .collect();
    let mut photos: BTreeMap<usize, BTreeMap<(u32, u16), Photo>> = BTreeMap::new();
    if wanted.is_empty() {
        return photos;
    }
    let again = judged_again(returned, file, inputs, reading);
    let mut found: BTreeMap<Place, Arc<PictureFile>> =
        again.people.into_iter().filter_map(|person| Some((person.place, person.photo?))).collect();
    for (table, place) in wanted {
        let Ok(own) = u32::try_from(table - first) else { continue };
        let photo = found.remove(&Place { table: own, ..place }).map(|picture| Photo::prepare_stored(&picture));
        if let Some(Ok(photo)) = photo {
            photos.entry(table).or_default().insert((place.row, place.column), photo);
        }
    }
    photos
}

/// The people of this file alone, with their pictures whole.
fn judged_again(returned: &Returned<'_>, file: &str, inputs: &[Input], reading: &CollectOptions<'_>) -> Checked {
    let limits = reading.limits.clone().with_picture(Limits::default().picture);
    let reading = CollectOptions { limits, ..reading.clone() };
    // the day decides what is wrong with a row, not whose its photo is
    let any_day = Date::new(2014, 4, Some(30)).expect("a day of the calendar");
    let mut collection = Collection::new(returned.scheme, any_day);
    for input in inputs.iter().filter(|input| input.name() == file) {
        if let Ok(document) = read(input.clone(), &reading) {
            collection.add_document(file, &document.grids);
        }
    }
    collection.judge()
}
