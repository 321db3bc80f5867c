//! Photos of a folder find their people, and nobody else.

use std::fs;
use std::io::Read;
use std::path::Path;

use mingce_tests::people::{MOBILE, NAME, heading_line, person, write_workbook};
use mingce_tests::pictures::{jpeg, png};

use crate::Folder;

/// The place of 身份证号码 among the headings.
const ID: usize = 8;

/// Seven people, the last two of one name, and photos for some of them.
fn collected(folder: &Folder) {
    let mut people: Vec<Vec<String>> = (1..=7).map(person).collect();
    let name = people[5][NAME].clone();
    people[6][NAME].clone_from(&name);
    let files = [
        (format!("{}.JPG", people[0][ID]), jpeg(300, 400, 90)),
        (format!("子/{}.png", people[1][MOBILE]), png(300, 200, 120)),
        (format!("{}.Png", people[2][NAME]), png(50, 70, 150)),
        (format!("{}.jpg", people[3][NAME]), b"GIF89a".to_vec()),
        (format!("{name}.jpg"), jpeg(50, 70, 200)),
        ("13899999999.jpg".to_owned(), jpeg(50, 70, 210)),
        ("Thumbs.db".to_owned(), b"x".to_vec()),
    ];
    fs::create_dir_all(folder.path().join("收集/照片/子")).expect("made");
    for (file, bytes) in files {
        fs::write(folder.path().join("收集/照片").join(file), bytes).expect("written");
    }
    let lines: Vec<Vec<String>> = std::iter::once(heading_line()).chain(people).collect();
    write_workbook(&folder.path().join("收集/报名.xlsx"), &lines);
}

/// How many drawings the document shows, and how many photos its package holds.
fn pictures(docx: &Path) -> (usize, usize) {
    let mut zip = zip::ZipArchive::new(fs::File::open(docx).expect("written")).expect("a zip");
    let photos = zip.file_names().filter(|name| name.as_ref().is_ok_and(|name| name.contains("media/photo"))).count();
    let mut xml = String::new();
    zip.by_name("word/document.xml").expect("a document").read_to_string(&mut xml).expect("UTF-8");
    (xml.matches("<w:drawing>").count(), photos)
}

#[test]
fn photos_are_found_by_id_mobile_and_name_and_the_rest_is_told() {
    let folder = Folder::new();
    collected(&folder);
    let outcome = folder.run_today("forms 收集 -o 表.docx --photos 收集/照片 --format json");
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let report = outcome.report().expect("a report");
    let findings = report["diagnostics"].as_array().expect("findings");
    let about = |code: &str| findings.iter().filter(|finding| finding["code"] == code).collect::<Vec<_>>();
    let rows = |code| about(code).iter().map(|finding| finding["row"].as_u64().unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(rows("photo-missing"), [6, 7, 8]);
    assert_eq!(rows("photo-invalid"), [5]);
    let unused: Vec<&str> = about("photo-unused").iter().filter_map(|finding| finding["file"].as_str()).collect();
    assert_eq!(unused, ["收集/照片/138****9999.jpg", &format!("收集/照片/{}.jpg", person(6)[NAME])]);
    assert!(!outcome.stdout.contains("unreadable-file") && !outcome.stdout.contains("13899999999"));
    assert_eq!(pictures(&folder.path().join("表.docx")), (3, 3));

    // what was written is an input again, of the same people
    let again = folder.run_today("check 表.docx --format json").report().expect("a report");
    assert_eq!(again["rows"]["accepted"], 7);
}

#[test]
fn forms_with_photos_do_not_depend_on_the_threads_and_without_the_option_have_none() {
    let folder = Folder::new();
    collected(&folder);
    for threads in ["1", "2"] {
        let line = format!("forms 收集/报名.xlsx -o 表{threads} --photos 收集/照片 --threads {threads}");
        assert_eq!(folder.run_today(&line).status, Some(0));
        let line = format!("forms 收集/报名.xlsx -o 表{threads}.docx --photos 收集/照片 --threads {threads}");
        assert_eq!(folder.run_today(&line).status, Some(0));
    }
    let names = folder.names("表1");
    assert_eq!(names.len(), 7);
    let bytes = |path: String| fs::read(folder.path().join(path)).expect("written");
    for name in &names {
        assert!(bytes(format!("表1/{name}")) == bytes(format!("表2/{name}")), "{name} differs");
    }
    assert!(bytes("表1.docx".to_owned()) == bytes("表2.docx".to_owned()));
    let with_photo = names.iter().filter(|name| pictures(&folder.path().join("表1").join(name)) == (1, 1)).count();
    assert_eq!(with_photo, 3);
    let outcome = folder.run_today("forms 收集/报名.xlsx -o 无.docx");
    assert!(!outcome.stderr.contains("photo-"), "{}", outcome.stderr);
    assert_eq!(pictures(&folder.path().join("无.docx")), (0, 0));
}

#[test]
fn a_folder_of_photos_that_is_none_and_a_workbook_are_refused() {
    let folder = Folder::new();
    collected(&folder);
    assert_eq!(folder.run_today("forms 收集/报名.xlsx -o 表.docx --photos 没有").status, Some(3));
    assert_eq!(folder.run_today("forms 收集/报名.xlsx -o 表.xlsx --photos 收集/照片").status, Some(2));
    assert!(!folder.path().join("表.docx").exists() && !folder.path().join("表.xlsx").exists());
}
