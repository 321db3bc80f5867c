//! In which order people stand in an output.
//!
//! Pinyin is that of ICU, with what it cannot know: surnames that are read otherwise than the character usually is. Strokes
//! are those of the national standard. Every order is stable: who is equal stays in input order.

#[cfg(feature = "collation")]
mod names;
#[cfg(feature = "collation")]
mod strokes;

use std::cmp::Reverse;
use std::collections::HashMap;

use mingce_core::collection::Checked;
use mingce_core::registration::Registration;

/// In which order people stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Order {
    /// As they were read.
    #[default]
    Input,
    /// By the pinyin of the name, surnames as surnames are read (单 Shàn).
    #[cfg(feature = "collation")]
    Pinyin,
    /// By the strokes of the name 姓氏笔画, as printed lists of people have it.
    #[cfg(feature = "collation")]
    Stroke,
    /// By unit: in the order of the units file, else in that in which units first appear.
    Unit,
    /// By birth, the oldest first; who has none stands last.
    Birth,
}

/// The people whom a roster lists, in this order.
///
/// # Examples
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use mingce::{Collection, Date, Field, Order, RawAnswer, Scheme, listed_in};
///
/// let scheme = Scheme::built_in();
/// let today = Date::new(2014, 4, Some(30)).ok_or("a day of the calendar")?;
/// let mut collection = Collection::new(&scheme, today);
/// for (name, birth) in [("郑甲", "1990.02"), ("郑乙", "1985.06")] {
///     let answers =
///         [(Field::Name, name), (Field::Sex, "男"), (Field::Birth, birth), (Field::Services, "尊老")].map(|(field, text)| RawAnswer::typed(field, text));
///     collection.add_person("表", &[Field::Name, Field::Birth, Field::Services], &answers);
/// }
/// let checked = collection.judge();
/// let names: Vec<&str> = listed_in(&checked, Order::Birth).iter().map(|person| person.name.as_str()).collect();
/// assert_eq!(names, ["郑乙", "郑甲"]);
/// # Ok(())
/// # }
/// ```
#[must_use]
pub fn listed_in(checked: &Checked, order: Order) -> Vec<&Registration> {
    let mut people: Vec<&Registration> = checked.listed().collect();
    match order {
        Order::Input => {}
        #[cfg(feature = "collation")]
        Order::Pinyin => names::sort_by_pinyin(&mut people, |person| &person.name),
        #[cfg(feature = "collation")]
        Order::Stroke => strokes::sort_by_strokes(&mut people, |person| &person.name),
        Order::Unit => sort_by_unit(&mut people, checked),
        Order::Birth => people.sort_by_key(|person| {
            let birth = person.birth.known();
            // a month alone stands before its days
            (Reverse(birth.is_some()), birth.map(|birth| (birth.year(), birth.month(), birth.day().unwrap_or(0))))
        }),
    }
    people
}

fn sort_by_unit(people: &mut [&Registration], checked: &Checked) {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, unit) in checked.units.iter().enumerate() {
        places.entry(&unit.unit).or_insert(place);
    }
    people.sort_by_key(|person| places.get(person.unit.as_str()).copied().unwrap_or(usize::MAX));
}
