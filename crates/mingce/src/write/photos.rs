//! Whose photo is which: files of a folder by their names, and the pictures that lay beside people's answers.
//!
//! The central noun is [`Photos`]: for each person the picture that is theirs, if there is one. Nothing is guessed: a name
//! that two people have fits neither of them. Pictures are held as they were stored, files are read, and either is decoded
//! when the form it goes into is written.

mod owner;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use mingce_core::collection::Checked;
use mingce_core::diagnostic::{Code, Diagnostic, Location};
use mingce_core::grid::{PictureFile, PictureFormat};
use mingce_core::mask::mask_digits;
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_writer::photo::{Fault, MOST_BYTES, Photo, glance};

use super::findings;
use crate::order::{Order, listed_in};
use crate::{Error, Input, find_inputs};
use owner::{Identity, Known, Whose, identity};

/// Bytes of all photos of one document: with the forms it stays below what is read again as one input.
const DOCUMENT: usize = 240 << 20;

/// Files that the system puts into folders of pictures by itself.
const LEFTOVERS: [&str; 3] = ["thumbs.db", "desktop.ini", "ehthumbs.db"];

/// The photos of the people whose forms are written.
pub(super) struct Photos<'a> {
    people: Vec<Person<'a>>,
    /// Pictures that are nobody's.
    pub(super) unused: Vec<Diagnostic>,
    /// Bytes that each of them may take.
    share: usize,
}

struct Person<'a> {
    name: &'a str,
    at: Location,
    /// The file that is theirs, in the folder of photos.
    file: Option<Input>,
    /// The picture that lay beside their answers.
    picture: Option<&'a Arc<PictureFile>>,
    /// Whether somebody should hear that they have none.
    is_asked: bool,
}

/// What is wrong with the pictures in the inputs, as far as their beginnings tell: nothing is decoded.
///
/// Who has no photo is told where others have one: in the same file, in a table with a column 照片, on a form.
#[must_use]
pub fn photo_findings(checked: &Checked, scheme: &Scheme) -> Vec<Diagnostic> {
    let people = listed_in(checked, Order::default());
    let photos = Photos::of_inputs(&people, checked, scheme);
    let own = photos.people.iter().filter_map(|person| match person.picture {
        Some(picture) => glance(picture).err().map(|fault| person.invalid(&fault)),
        None => person.is_asked.then(|| person.missing(false)),
    });
    own.chain(photos.unused.iter().cloned()).collect()
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
        let mut photos = Self::of_inputs(people, checked, scheme);
        if let Some(folder) = folder {
            if !folder.is_dir() {
                let why = if folder.exists() { "这不是文件夹" } else { "没有这个文件夹" };
                return Err(Error::ListUnreadable { path: folder.to_owned(), why: why.to_owned() });
            }
            photos.assign(people, checked, find_inputs([folder], &[output]));
            photos.people.iter_mut().for_each(|person| person.is_asked = true);
            photos.report_doubled();
        }
        Ok(photos)
    }

    /// The photos that lay beside the answers.
    fn of_inputs(people: &[&'a Registration], checked: &'a Checked, scheme: &Scheme) -> Self {
        let shown = Shown::of(checked, scheme);
        let person = |person: &&'a Registration| Person {
            name: person.name.as_str(),
            at: findings::place(person, Field::Photo, checked, scheme),
            file: None,
            picture: person.photo.as_ref(),
            is_asked: shown.is_asked(person, checked),
        };
        Self { people: people.iter().map(person).collect(), unused: checked.strays.clone(), share: usize::MAX }
    }

    /// Leaves all photos out, for forms without a place for them.
    pub(super) fn leave_out(&mut self) {
        for person in &mut self.people {
            *person = Person { file: None, picture: None, is_asked: false, name: person.name, at: std::mem::take(&mut person.at) };
        }
    }

    /// Makes room for all of them in one document.
    pub(super) fn go_into_one_document(&mut self) {
        let count = (0..self.people.len()).filter(|position| self.has(*position)).count();
        self.share = DOCUMENT / count.max(1);
    }

    /// Whether nobody has a photo.
    pub(super) fn is_empty(&self) -> bool {
        (0..self.people.len()).all(|position| !self.has(position))
    }

    /// Whether the person at this place has a picture, be it usable or not.
    pub(super) fn has(&self, position: usize) -> bool {
        self.people.get(position).is_some_and(|person| person.file.is_some() || person.picture.is_some())
    }

    /// The photo of the person at this place, and what is to be said of it.
    pub(super) fn prepare(&self, position: usize) -> (Option<Photo>, Option<Diagnostic>) {
        let Some(person) = self.people.get(position) else { return (None, None) };
        let stored = || person.picture.map(|picture| Photo::prepare_stored_within(picture, self.share));
        let Some(file) = &person.file else {
            return match stored() {
                Some(Ok(photo)) => (Some(photo), None),
                Some(Err(fault)) => (None, Some(person.invalid(&fault))),
                None => (None, person.is_asked.then(|| person.missing(true))),
            };
        };
        let prepared = match file.clone().into_bytes(MOST_BYTES as u64) {
            Ok(bytes) => Photo::prepare_within(&bytes, self.share).map_err(|fault| (fault.to_string(), fault.hint())),
            Err(finding) => Err((finding.message.to_string(), Fault::TooLarge { bytes: 0 }.hint())),
        };
        match prepared {
            Ok(photo) => (Some(photo), None),
            Err((why, hint)) => {
                let instead = stored().and_then(Result::ok);
                let so = if instead.is_some() { "，用了表里的图片" } else { "" };
                let message = format!("「{}」的照片「{}」用不了：{why}{so}", person.name, mask_digits(file.name()));
                (instead, Some(Diagnostic::new(Code::PhotoInvalid, person.at.clone(), message).with_hint(hint)))
            }
        }
    }

    /// Gives each file to the one person it is named after.
    fn assign(&mut self, people: &[&Registration], checked: &Checked, files: Vec<Input>) {
        let known = Known::of(checked);
        let mut places: BTreeMap<Identity, usize> = BTreeMap::new();
        for (place, person) in people.iter().enumerate() {
            places.entry(identity(person)).or_insert(place);
        }
        for file in files {
            let Some(stem) = file.path().filter(|path| !is_leftover(path)).and_then(Path::file_stem) else { continue };
            let stem = stem.to_string_lossy();
            let why = match known.whose(&stem) {
                Whose::One(owner) => match places.get(&owner).and_then(|place| self.people.get_mut(*place)) {
                    Some(person) => match person.take(file) {
                        Some(left) => {
                            let used = person.file.as_ref().map_or("", Input::name);
                            self.unused.push(unused(&left, &format!("「{}」的照片用了「{}」", person.name, mask_digits(used))));
                            continue;
                        }
                        None => continue,
                    },
                    None => "这个人的登记被退回，还没有登记表".to_owned(),
                },
                Whose::Several(count) => format!("文件名「{}」可以是 {count} 个人的，分不清是谁的", mask_digits(&stem)),
                Whose::Contradiction => "文件名里的号码和姓名不是同一个人的".to_owned(),
                Whose::Nobody => "没有人的身份证号、手机号或姓名与文件名相同".to_owned(),
            };
            self.unused.push(unused(&file, &why));
        }
    }

    /// Says how many pictures in the inputs gave way to files of the folder.
    fn report_doubled(&mut self) {
        let doubled = self.people.iter().filter(|person| person.file.is_some() && person.picture.is_some());
        let (count, first) = doubled.fold((0, None), |(count, first), person| (count + 1, first.or(Some(person))));
        if let Some(first) = first {
            let message = format!("有 {count} 个人在照片文件夹和收来的表里都有照片，用了文件夹里的（第一个是「{}」）", first.name);
            self.unused.push(
                Diagnostic::new(Code::PhotoUnused, first.at.clone(), message).with_hint("要用表里的图片，请从照片文件夹里去掉这些人的文件"),
            );
        }
    }
}

impl Person<'_> {
    /// Takes a file that is named after the person; gives back the one that is left over. A picture comes before what is none.
    fn take(&mut self, file: Input) -> Option<Input> {
        match &self.file {
            Some(first) if looks_usable(first) || !looks_usable(&file) => Some(file),
            _ => self.file.replace(file),
        }
    }

    fn missing(&self, is_form: bool) -> Diagnostic {
        let left = if is_form { "，登记表的照片处空着" } else { "" };
        Diagnostic::new(Code::PhotoMissing, self.at.clone(), format!("没有找到「{}」的照片{left}", self.name))
            .with_hint("请把照片放进照片文件夹，用身份证号、手机号或姓名作文件名，或插入表里本人的照片格")
    }

    fn invalid(&self, fault: &Fault) -> Diagnostic {
        let message = format!("「{}」在表里的照片用不了：{fault}", self.name);
        Diagnostic::new(Code::PhotoInvalid, self.at.clone(), message).with_hint(fault.hint())
    }
}

/// Where in the inputs people show their photos.
struct Shown<'c> {
    files: BTreeSet<&'c Arc<str>>,
    is_on_forms: bool,
    photo: &'c str,
}

impl<'c> Shown<'c> {
    fn of(checked: &'c Checked, scheme: &'c Scheme) -> Self {
        let tables = checked.people.iter().filter(|person| person.photo.is_some()).filter_map(|person| table_of(person, checked));
        let mut shown = Self { files: BTreeSet::new(), is_on_forms: false, photo: Field::Photo.key(scheme) };
        for table in tables {
            shown.files.insert(&table.file);
            shown.is_on_forms |= table.columns.is_none();
        }
        shown
    }

    /// Whether a photo could be expected of the person.
    fn is_asked(&self, person: &Registration, checked: &Checked) -> bool {
        let Some(table) = table_of(person, checked).filter(|_| !self.files.is_empty()) else { return false };
        self.files.contains(&table.file)
            || match &table.columns {
                Some(columns) => columns.values().flatten().any(|key| key == self.photo),
                None => self.is_on_forms,
            }
    }
}

fn table_of<'c>(person: &Registration, checked: &'c Checked) -> Option<&'c mingce_core::collection::TableReport> {
    checked.tables.get(usize::try_from(person.place.table).ok()?)
}

/// Whether the file begins like a picture that can be used.
fn looks_usable(file: &Input) -> bool {
    let mut head = Vec::new();
    let mut read = |path: &Path| File::open(path)?.take(PictureFile::HEAD as u64).read_to_end(&mut head);
    file.path().is_some_and(|path| read(path).is_ok()) && PictureFormat::of(&head).is_some_and(PictureFormat::is_used)
}

fn unused(file: &Input, why: &str) -> Diagnostic {
    let shown = mask_digits(file.name()).into_owned();
    let message = format!("照片「{shown}」没有用上：{why}");
    Diagnostic::new(Code::PhotoUnused, Location::of_file(shown), message).with_hint("请改用身份证号或手机号作文件名；多余的可以不管")
}

fn is_leftover(path: &Path) -> bool {
    path.file_name().is_some_and(|name| LEFTOVERS.contains(&name.to_string_lossy().to_lowercase().as_str()))
}
