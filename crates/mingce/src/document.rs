//! Documents as bytes, for programs that keep no files: the answer of a web server, a column of a database.
//!
//! [`write_roster`](crate::write_roster), [`write_forms`](crate::write_forms) and their like put whole files in their places;
//! these give the same bytes. Who stands in them, and in which order, says [`listed_in`](crate::listed_in). A blank of somebody
//! else's comes as bytes, too: [`FormTemplate`], [`RosterTemplate`], [`FormWorkbook`] and [`RosterWorkbook`] find its places. A
//! picture that was sent becomes a [`Photo`], and [`FormFiller::fill_with`] puts it into a form.
//!
//! # Examples
//! ```
//! use mingce::{Collection, Date, Field, Order, RawAnswer, Scheme, document, listed_in};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let scheme = Scheme::built_in();
//! let today = Date::new(2014, 4, Some(30)).ok_or("a day of the calendar")?;
//! let asked = [Field::Name, Field::IdNumber, Field::Services];
//! let answers = [(Field::Name, "张三"), (Field::IdNumber, "329901198506120013"), (Field::Services, "尊老")];
//! let mut collection = Collection::new(&scheme, today);
//! collection.add_person("网上登记", &asked, &answers.map(|(field, text)| RawAnswer::typed(field, text)));
//! let checked = collection.judge();
//! let people = listed_in(&checked, Order::Input);
//!
//! let roster: Vec<u8> = document::roster_xlsx(people.iter().copied(), &scheme, &document::XlsxOptions::default())?;
//! let template = document::FormTemplate::built_in(&scheme)?;
//! let mut form = Vec::new();
//! template.fill(people[0], &scheme, &mut form)?;
//! assert!(roster.starts_with(b"PK") && form.starts_with(b"PK"));
//! # Ok(())
//! # }
//! ```

pub use mingce_writer::form::{Filled, FormFiller, FormTemplate, blank_docx as blank_form_docx, merged_docx as forms_docx};
pub use mingce_writer::photo::{Fault as PhotoFault, Photo};
pub use mingce_writer::roster::{RosterTemplate, blank_docx as blank_roster_docx, docx as roster_docx};
pub use mingce_writer::summary::{docx as summary_docx, xlsx as summary_xlsx};
pub use mingce_writer::xlsx::{
    FormWorkbook, RosterWorkbook, XlsxOptions, blank_form as blank_form_xlsx, blank_roster as blank_roster_xlsx,
    collection as collection_xlsx, forms as forms_xlsx, roster as roster_xlsx,
};
pub use mingce_writer::{Error, Shares};

#[cfg(test)]
mod tests {
    use std::fs;

    use mingce_core::registration::Registration;

    use super::*;
    use crate::{Checked, Collection, Date, Field, Order, RawAnswer, Scheme, WriteOptions, listed_in, write_forms, write_roster};

    fn two_people(scheme: &Scheme) -> Checked {
        let asked = [Field::Name, Field::Sex, Field::Birth, Field::Services];
        let mut collection = Collection::new(scheme, Date::new(2014, 4, Some(30)).expect("a day"));
        for row in [["张三", "男", "1985.06", "尊老"], ["李四", "女", "1990.02", "助残"]] {
            let answers: Vec<RawAnswer<'_>> = asked.iter().zip(row).map(|(field, text)| RawAnswer::typed(*field, text)).collect();
            collection.add_person("表", &asked, &answers);
        }
        collection.judge()
    }

    #[test]
    #[cfg(feature = "photos")]
    fn a_picture_of_the_callers_own_stands_in_the_form() {
        const GREY_DOT: &[u8] = b"\x89PNG\x0d\x0a\x1a\x0a\x00\x00\x00\x0dIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00:~\x9bU\x00\x00\x00\x0aIDATx\x9cch\x00\x00\x00\x82\x00\x81w\xcdr\xb6\x00\x00\x00\x00IEND\xaeB`\x82";
        let scheme = Scheme::built_in();
        let checked = two_people(&scheme);
        let people = listed_in(&checked, Order::Input);
        let photo = Photo::prepare(GREY_DOT).expect("a photo");
        let template = FormTemplate::built_in(&scheme).expect("a template");
        let (mut with, mut without) = (Vec::new(), Vec::new());
        let mut filler = template.filler(&scheme);
        filler.fill_with(people[0], Some(&photo), &mut with).expect("filled");
        filler.fill_with(people[0], None, &mut without).expect("filled");
        let holds = |form: &[u8]| form.windows(photo.jpeg().len()).any(|part| part == photo.jpeg());
        assert!(holds(&with) && !holds(&without));
        assert_eq!(Photo::prepare(b""), Err(PhotoFault::Empty));
    }

    #[test]
    fn the_bytes_are_those_of_the_files() {
        let scheme = Scheme::built_in();
        let checked = two_people(&scheme);
        let people: Vec<&Registration> = listed_in(&checked, Order::Input);
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let options = WriteOptions::default();
        for name in ["名册.xlsx", "名册.docx"] {
            write_roster(&checked, &scheme, &path(name), &options).expect("written");
        }
        for name in ["登记表.xlsx", "登记表.docx", "登记表"] {
            write_forms(&checked, &scheme, &path(name), &options).expect("written");
        }
        let all = || people.iter().copied();
        let template = FormTemplate::built_in(&scheme).expect("a template");
        let mut form = Vec::new();
        template.fill(people[1], &scheme, &mut form).expect("filled");
        for (name, bytes) in [
            ("名册.xlsx", roster_xlsx(all(), &scheme, &XlsxOptions::default()).expect("a roster")),
            ("名册.docx", roster_docx(&people, &scheme).expect("a roster")),
            ("登记表.xlsx", forms_xlsx(all(), &scheme, &XlsxOptions::default()).expect("forms").0),
            ("登记表.docx", forms_docx(all(), &template, &scheme).expect("forms").0),
            ("登记表/2-李四.docx", form),
        ] {
            assert!(fs::read(path(name)).expect("the file") == bytes, "{name}");
        }
    }
}
