//! Whose a file is by its name: an ID number, a mobile or a name, alone or with words and numbers around it.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use mingce_core::collection::Checked;
use mingce_core::registration::Registration;
use mingce_core::text::{fold_word, is_blank_character};
use mingce_core::value::PersonName;

/// What tells a person from others of the same name.
pub(super) type Identity = [CompactString; 3];

/// Everybody who was read, by what a file may be named after.
pub(super) struct Known {
    /// ID numbers, mobiles and names, in this order of trust.
    keys: [BTreeMap<CompactString, BTreeSet<Identity>>; 3],
}

/// Whose file it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Whose {
    One(Identity),
    /// The name of so many people.
    Several(usize),
    /// The number of one person and the name of another.
    Contradiction,
    Nobody,
}

impl Known {
    pub(super) fn of(checked: &Checked) -> Self {
        let mut keys: [BTreeMap<CompactString, BTreeSet<Identity>>; 3] = Default::default();
        for person in &checked.people {
            let own = [id_number(person), mobile(person), key(&person.name)];
            for (keys, key) in keys.iter_mut().zip(own) {
                if !key.is_empty() {
                    keys.entry(key).or_default().insert(identity(person));
                }
            }
        }
        Self { keys }
    }

    /// Whose file has this name, without its ending.
    pub(super) fn whose(&self, stem: &str) -> Whose {
        let whole = key(stem);
        if let Some(owners) = self.keys.iter().find_map(|keys| keys.get(&whole)) {
            return one_of(owners);
        }
        let words = words(stem);
        let found = |keys: &BTreeMap<CompactString, BTreeSet<Identity>>| {
            let owners = words.iter().filter_map(|word| keys.get(word)).flatten();
            owners.cloned().collect::<BTreeSet<Identity>>()
        };
        let [ids, mobiles, names] = [0, 1, 2].map(|place| found(&self.keys[place]));
        // what is surest says who it is; the rest must not say otherwise
        let Some(surest) = [&ids, &mobiles, &names].into_iter().find(|owners| !owners.is_empty()) else { return Whose::Nobody };
        let agreed: BTreeSet<Identity> = surest
            .iter()
            .filter(|owner| [&ids, &mobiles, &names].iter().all(|others| others.is_empty() || others.contains(*owner)))
            .cloned()
            .collect();
        if agreed.is_empty() { Whose::Contradiction } else { one_of(&agreed) }
    }
}

fn one_of(owners: &BTreeSet<Identity>) -> Whose {
    match owners.first() {
        Some(owner) if owners.len() == 1 => Whose::One(owner.clone()),
        Some(_) => Whose::Several(owners.len()),
        None => Whose::Nobody,
    }
}

/// The words and numbers of a file's name, without those that say that it is a photo: `01-张三 照片(1)` is 张三.
fn words(stem: &str) -> BTreeSet<CompactString> {
    const OF_PHOTOS: [&str; 20] = [
        "个人照片", "本人照片", "免冠照片", "近期照片", "登记照片", "一寸照片", "二寸照片", "1寸照片", "2寸照片", "电子照片", "照片",
        "相片", "一寸照", "二寸照", "1寸照", "2寸照", "证件照", "免冠照", "登记照", "近照",
    ];
    let folded = fold_word(stem);
    let mut found = BTreeSet::new();
    let is_parting = |c: char| !c.is_alphanumeric() && c != '·';
    for part in folded.split(is_parting).map(|part| part.trim_matches('·')).filter(|part| !part.is_empty()) {
        found.insert(key(part));
        let mut rest = part.to_owned();
        OF_PHOTOS.iter().for_each(|words| rest = rest.replace(words, " "));
        // numbers stick to names on either side
        for number in rest.split(|c: char| !(c.is_ascii_digit() || c == 'x')).filter(|number| number.len() > 10) {
            found.insert(key(number));
        }
        for name in rest.split(|c: char| c.is_ascii_digit() || is_blank_character(c)).filter(|name| !name.is_empty()) {
            found.insert(key(name));
            // what is left of a number that ends in X
            found.insert(key(name.trim_start_matches('x')));
        }
    }
    found.remove("");
    found
}

pub(super) fn id_number(person: &Registration) -> CompactString {
    person.id_number.known().map_or_else(CompactString::default, |id| key(id.as_str()))
}

fn mobile(person: &Registration) -> CompactString {
    person.mobile.known().map_or_else(CompactString::default, |mobile| key(mobile.as_str()))
}

/// One person is one identity, in however many rows they stand: by the ID number, else by name, birth and mobile.
pub(super) fn identity(person: &Registration) -> Identity {
    let id = id_number(person);
    if !id.is_empty() {
        return [id, CompactString::default(), CompactString::default()];
    }
    let birth = person.birth.known().map_or_else(CompactString::default, |birth| compact_str::format_compact!("{birth:?}"));
    [key(&person.name), birth, mobile(person)]
}

/// How names are compared: width, blanks, case and look-alikes of the dot in names do not matter.
fn key(text: &str) -> CompactString {
    let text = text.trim();
    PersonName::parse(text).map_or_else(|_| fold_word(text), |name| fold_word(name.as_str()))
}

#[cfg(test)]
mod tests {
    use mingce_core::collection::Collection;
    use mingce_core::register::RawAnswer;
    use mingce_core::scheme::{Field, Scheme};
    use mingce_core::value::Date;

    use super::*;

    #[test]
    fn a_file_is_named_after_its_person_with_anything_around_it() {
        let scheme = Scheme::built_in();
        let mut collection = Collection::new(&scheme, Date::new(2014, 4, Some(30)).expect("a day"));
        let people = [
            ("张三", "329901198506120013", "13800000001"),
            ("李四", "32990119580612002X", "13800000002"),
            ("王五", "", "13800000003"),
            ("王五", "", "13800000004"),
            ("阿不都·热合曼", "", ""),
            ("张三丰", "", ""),
        ];
        for (name, id, mobile) in people {
            let answers =
                [(Field::Name, name), (Field::IdNumber, id), (Field::Mobile, mobile)].map(|(field, text)| RawAnswer::typed(field, text));
            collection.add_person("甲", &[Field::Name, Field::IdNumber, Field::Mobile], &answers);
        }
        let checked = collection.judge();
        let known = Known::of(&checked);
        let name = |stem: &str| match known.whose(stem) {
            Whose::One(owner) => {
                checked.people.iter().find(|person| identity(person) == owner).map_or("?", |person| person.name.as_str()).to_owned()
            }
            other => format!("{other:?}"),
        };
        for (stem, expected) in [
            ("张三", "张三"),
            ("张　三", "张三"),
            ("01-张三", "张三"),
            ("12张三", "张三"),
            ("张三-照片", "张三"),
            ("张三照片", "张三"),
            ("张三 一寸照（1）", "张三"),
            ("长塘村_张三_20140430", "张三"),
            ("张三329901198506120013", "张三"),
            ("329901198506120013张三", "张三"),
            ("32990119580612002x", "李四"),
            ("32990119580612002X李四", "李四"),
            ("李四+13800000002", "李四"),
            ("阿不都•热合曼", "阿不都·热合曼"),
            ("3、阿不都·热合曼", "阿不都·热合曼"),
            ("张三丰", "张三丰"),
            ("王五", "Several(2)"),
            ("王五-13800000004", "王五"),
            ("张三-13800000002", "Contradiction"),
            ("张三和李四", "Nobody"),
            ("张三、李四", "Several(2)"),
            ("照片", "Nobody"),
            ("IMG_20140430", "Nobody"),
        ] {
            assert_eq!(name(stem), expected, "{stem}");
        }
    }
}
