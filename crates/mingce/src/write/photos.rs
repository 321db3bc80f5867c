//! Whose photo is which: files of a folder by ID number, mobile or name.
//!
//! The central noun is [`Photos`]: for each person the picture that is theirs, if there is one. Nothing is guessed: a name
//! that two people have fits neither of them. Files are read and prepared one by one, when the form they go into is written.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use compact_str::CompactString;
use mingce_core::collection::Checked;
use mingce_core::diagnostic::{Code, Diagnostic, Location};
use mingce_core::mask::mask_digits;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_core::text::fold_word;
use mingce_core::value::PersonName;
use mingce_writer::photo::{Fault, MOST_BYTES, Photo};

use super::findings;
use crate::{Error, Input, find_inputs};

/// Files that the system puts into folders of pictures by itself.
const LEFTOVERS: [&str; 3] = ["thumbs.db", "desktop.ini", "ehthumbs.db"];

/// The photos of the people whose forms are written.
pub(super) struct Photos<'a> {
    people: Vec<Person<'a>>,
    /// Whether a folder of photos was given, so that those without one are told.
    is_asked: bool,
    /// Files that are nobody's.
    pub(super) unused: Vec<Diagnostic>,
}

struct Person<'a> {
    name: &'a str,
    at: Location,
    file: Option<Input>,
}

impl<'a> Photos<'a> {
    /// Finds everybody's photo. What stands at `output` is none.
    pub(super) fn of(
        people: &[&'a Registration],
        checked: &'a Checked,
        scheme: &Scheme,
        folder: Option<&Path>,
        output: &Path,
    ) -> Result<Self, Error> {
        let person = |person: &&'a Registration| Person {
            name: person.name.as_str(),
            at: findings::place(person, Field::Photo, checked, scheme),
            file: None,
        };
        let mut photos = Self { people: people.iter().map(person).collect(), is_asked: folder.is_some(), unused: Vec::new() };
        if let Some(folder) = folder {
            if !folder.is_dir() {
                let why = if folder.exists() { "这不是文件夹" } else { "没有这个文件夹" };
                return Err(Error::ListUnreadable { path: folder.to_owned(), why: why.to_owned() });
            }
            photos.assign(people, checked, find_inputs([folder], &[output]));
        }
        Ok(photos)
    }

    /// Whether nobody has a photo.
    pub(super) fn is_empty(&self) -> bool {
        self.people.iter().all(|person| person.file.is_none())
    }

    /// The photo of the person at this place, and what is to be said of it.
    pub(super) fn prepare(&self, position: usize) -> (Option<Photo>, Option<Diagnostic>) {
        let Some(person) = self.people.get(position) else { return (None, None) };
        let Some(file) = &person.file else {
            let missing = || {
                let message = format!("没有找到「{}」的照片，登记表的照片处空着", person.name);
                Diagnostic::new(Code::PhotoMissing, person.at.clone(), message)
                    .with_hint("请把照片放进照片文件夹，用身份证号、手机号或姓名作文件名")
            };
            return (None, self.is_asked.then(missing));
        };
        let prepared = match file.clone().into_bytes(MOST_BYTES as u64) {
            Ok(bytes) => Photo::prepare(&bytes).map_err(|fault| (fault.to_string(), fault.hint())),
            Err(finding) => Err((finding.message.to_string(), Fault::TooLarge { bytes: 0 }.hint())),
        };
        match prepared {
            Ok(photo) => (Some(photo), None),
            Err((why, hint)) => {
                let message = format!("「{}」的照片「{}」用不了：{why}", person.name, mask_digits(file.name()));
                (None, Some(Diagnostic::new(Code::PhotoInvalid, person.at.clone(), message).with_hint(hint)))
            }
        }
    }

    /// Gives each file to the one person it is named after.
    fn assign(&mut self, people: &[&Registration], checked: &Checked, files: Vec<Input>) {
        let known = Known::of(checked);
        for file in files {
            let Some(stem) = file.path().filter(|path| !is_leftover(path)).and_then(Path::file_stem) else { continue };
            let stem = stem.to_string_lossy();
            let place = match known.whose(&stem) {
                Whose::One(owner) => people.iter().position(|person| identity(person) == *owner),
                Whose::Several(_) | Whose::Nobody => None,
            };
            let why = match (place, known.whose(&stem)) {
                (Some(place), _) => match &mut self.people[place] {
                    Person { name, file: Some(first), .. } => format!("「{name}」已经有照片「{}」", mask_digits(first.name())),
                    person => {
                        person.file = Some(file);
                        continue;
                    }
                },
                (None, Whose::Several(count)) => format!("叫「{stem}」的有 {count} 个人，分不清是谁的"),
                (None, Whose::One(_)) => "这个人的登记被退回，还没有登记表".to_owned(),
                (None, Whose::Nobody) => "没有人的身份证号、手机号或姓名与文件名相同".to_owned(),
            };
            self.unused.push(unused(&file, &why));
        }
    }
}

fn unused(file: &Input, why: &str) -> Diagnostic {
    let shown = mask_digits(file.name()).into_owned();
    let message = format!("照片「{shown}」没有用上：{why}");
    Diagnostic::new(Code::PhotoUnused, Location::of_file(shown), message).with_hint("请改用身份证号或手机号作文件名；多余的可以不管")
}

fn is_leftover(path: &Path) -> bool {
    path.file_name().is_some_and(|name| LEFTOVERS.contains(&name.to_string_lossy().to_lowercase().as_str()))
}

/// What tells a person from others of the same name.
type Identity = [CompactString; 3];

/// Everybody who was read, by what a file may be named after.
struct Known {
    /// ID numbers, mobiles and names, in this order of trust.
    keys: [BTreeMap<CompactString, BTreeSet<Identity>>; 3],
}

/// Whose file it is.
#[derive(Debug, PartialEq, Eq)]
enum Whose<'k> {
    One(&'k Identity),
    Several(usize),
    Nobody,
}

impl Known {
    fn of(checked: &Checked) -> Self {
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

    fn whose(&self, stem: &str) -> Whose<'_> {
        let stem = key(stem);
        for keys in &self.keys {
            match keys.get(&stem) {
                Some(owners) if owners.len() > 1 => return Whose::Several(owners.len()),
                Some(owners) => return owners.first().map_or(Whose::Nobody, Whose::One),
                None => {}
            }
        }
        Whose::Nobody
    }
}

fn id_number(person: &Registration) -> CompactString {
    person.id_number.known().map_or_else(CompactString::default, |id| key(id.as_str()))
}

fn mobile(person: &Registration) -> CompactString {
    person.mobile.known().map_or_else(CompactString::default, |mobile| key(mobile.as_str()))
}

/// One person is one identity, in however many rows they stand: by the ID number, else by name, birth and mobile.
fn identity(person: &Registration) -> Identity {
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
