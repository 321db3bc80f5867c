//! Photos of a folder find their people, and nobody else.

use std::fs;
use std::io::Read;
use std::path::Path;

use mingce_tests::people::{MOBILE, NAME, heading_line, person, write_workbook};
use mingce_tests::pictures::{Lying, jpeg, png, write_workbook_with_pictures};
use mingce_tests::read_back;

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
fn a_handover_holds_the_same_forms_as_are_written_alone() {
    let folder = Folder::new();
    collected(&folder);
    for (photos, of) in [(" --photos 收集/照片", "有"), ("", "无")] {
        for line in [
            format!("forms 收集/报名.xlsx -o 表{of}"),
            format!("forms 收集/报名.xlsx -o 表{of}.docx"),
            format!("pack 收集/报名.xlsx -o 包{of}"),
        ] {
            assert_eq!(folder.run_today(&format!("{line}{photos}")).status, Some(0), "{line}");
        }
        let bytes = |path: String| fs::read(folder.path().join(path)).expect("written");
        let packed = format!("包{of}/附件1-党员志愿者登记表");
        let packed = folder.path().join(&packed).is_dir().then_some(packed).expect("the forms of the handover");
        assert_eq!(folder.names(&packed), folder.names(&format!("表{of}")));
        for name in folder.names(&packed) {
            assert!(bytes(format!("{packed}/{name}")) == bytes(format!("表{of}/{name}")), "{name}");
        }
        assert!(bytes(format!("{packed}.docx")) == bytes(format!("表{of}.docx")));
    }
}

#[test]
fn a_folder_of_photos_that_is_none_is_refused() {
    let folder = Folder::new();
    collected(&folder);
    assert_eq!(folder.run_today("forms 收集/报名.xlsx -o 表.docx --photos 没有").status, Some(3));
    assert!(!folder.path().join("表.docx").exists());
}

/// The place of 照片, behind the 24 headings.
const PHOTO: u16 = 24;

/// Six people with pictures beside their answers: two lie over the cells, one is in its cell, one of a kind that no form shows, the
/// fifth has none and the sixth has two.
fn collected_with_pictures(folder: &Folder) {
    let mut lines: Vec<Vec<String>> = std::iter::once(heading_line()).chain((1..=6).map(person)).collect();
    lines[0].push("一寸照片".to_owned());
    let pictures = [
        (1, PHOTO, Lying::OverCells, png(300, 420, 90)),
        (2, PHOTO, Lying::OverCells, jpeg(400, 300, 120)),
        (3, PHOTO, Lying::InCell, png(90, 90, 200)),
        (4, PHOTO, Lying::OverCells, [&b"GIF89a\x0A\0\x0A\0"[..], &[0; 90]].concat()),
        (6, PHOTO, Lying::OverCells, png(50, 70, 30)),
        (6, PHOTO + 1, Lying::OverCells, png(50, 70, 60)),
        // an emblem below everybody
        (9, 0, Lying::OverCells, png(20, 20, 10)),
    ];
    fs::create_dir_all(folder.path().join("收集")).expect("made");
    write_workbook_with_pictures(&folder.path().join("收集/报名.xlsx"), &lines, &pictures);
}

/// The photo in each of these forms, if it has one.
fn photos_of(folder: &Folder, forms: &str) -> Vec<Option<Vec<u8>>> {
    let photo = |name: &String| {
        let mut zip = zip::ZipArchive::new(fs::File::open(folder.path().join(forms).join(name)).expect("written")).expect("a zip");
        let mut bytes = Vec::new();
        zip.by_name("word/media/photo1.jpeg").ok()?.read_to_end(&mut bytes).expect("a part");
        Some(bytes)
    };
    folder.names(forms).iter().map(photo).collect()
}

#[test]
fn pictures_beside_the_answers_go_into_the_forms_and_from_form_to_form() {
    let folder = Folder::new();
    collected_with_pictures(&folder);
    let rows = |report: &serde_json::Value, code: &str| {
        let findings = report["diagnostics"].as_array().expect("findings").iter().filter(|finding| finding["code"] == code);
        findings.map(|finding| finding["cell"].as_str().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    for command in ["check 收集", "forms 收集 -o 表"] {
        let outcome = folder.run_today(&format!("{command} --format json"));
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        let report = outcome.report().expect("a report");
        assert_eq!(report["rows"]["accepted"], 6);
        assert_eq!(rows(&report, "photo-missing"), ["Y6"], "{command}");
        assert_eq!(rows(&report, "photo-invalid"), ["Y5"], "{command}");
        assert_eq!(rows(&report, "photo-unused"), ["Z7", "A10"], "{command}");
        assert!(
            report["diagnostics"].as_array().is_some_and(|findings| findings.iter().all(|finding| finding["code"] != "unmapped-column"))
        );
    }
    let first = photos_of(&folder, "表");
    assert_eq!(first.iter().map(Option::is_some).collect::<Vec<_>>(), [true, true, true, false, false, true]);
    // what was written is an input again, and the photos are the same to the byte
    for blank in ["空白.docx", "空白.xlsx"] {
        assert_eq!(folder.run(&format!("blank form -o {blank}")).status, Some(0));
    }
    let blanks = [("表", ""), ("合.docx", ""), ("合.xlsx", ""), ("填.docx", " --template 空白.docx"), ("填.xlsx", " --template 空白.xlsx")];
    for (written, option) in blanks {
        if written != "表" {
            assert_eq!(folder.run_today(&format!("forms 收集 -o {written}{option}")).status, Some(0));
        }
        let again = format!("又{}", written.replace('.', "-"));
        let outcome = folder.run_today(&format!("forms {written} -o {again} --format json"));
        assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
        let report = outcome.report().expect("a report");
        assert!(photos_of(&folder, &again) == first, "{written}");
        let missing =
            report["diagnostics"].as_array().expect("findings").iter().filter(|finding| finding["code"] == "photo-missing").count();
        assert_eq!(missing, 2, "{written}");
    }
    // no roster says anything of photos
    let outcome = folder.run_today("roster 收集 -o 名册.xlsx --format json");
    assert!(outcome.status == Some(0) && !outcome.stdout.contains("photo-"), "{}", outcome.stdout);
}

#[test]
fn files_of_the_folder_come_before_pictures_in_the_inputs() {
    let folder = Folder::new();
    collected_with_pictures(&folder);
    fs::create_dir_all(folder.path().join("照片")).expect("made");
    for number in [1, 5] {
        fs::write(folder.path().join(format!("照片/0{number}-{}照片.JPG", person(number)[NAME])), jpeg(250, 350, 250)).expect("written");
    }
    fs::write(folder.path().join(format!("照片/{}.jpg", person(2)[ID].to_lowercase())), b"RIFF....WEBPVP8 ").expect("written");
    let outcome = folder.run_today("forms 收集 -o 表 --photos 照片 --format json");
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let photos = photos_of(&folder, "表");
    assert_eq!(photos.iter().map(Option::is_some).collect::<Vec<_>>(), [true, true, true, false, true, true]);
    assert!(photos[0] == photos[4]);
    assert!(outcome.stdout.contains("WebP") && outcome.stdout.contains("有 2 个人"), "{}", outcome.stdout);
}

#[test]
fn photos_go_back_with_returned_rows_and_come_in_again_with_the_corrected_ones() {
    let folder = Folder::new();
    let mut lines: Vec<Vec<String>> = std::iter::once(heading_line()).chain((1..=3).map(person)).collect();
    lines[0].push("一寸照片".to_owned());
    for line in &mut lines[2..] {
        line[MOBILE] = "138000".to_owned();
    }
    let photos = [png(300, 420, 90), jpeg(250, 350, 120), [&b"GIF89a\x0A\0\x0A\0"[..], &[0; 90]].concat()];
    let pictures: Vec<_> = (1..).zip(photos).map(|(row, photo)| (row, PHOTO, Lying::OverCells, photo)).collect();
    write_workbook_with_pictures(&folder.path().join("报名.xlsx"), &lines, &pictures);
    assert_eq!(folder.run_today("check 报名.xlsx --returned 退回.xlsx").status, Some(1));
    let media = |file: &str| {
        let zip = zip::ZipArchive::new(fs::File::open(folder.path().join(file)).expect("written")).expect("a zip");
        zip.file_names().filter(|name| name.as_ref().is_ok_and(|name| name.starts_with("xl/media/"))).count()
    };
    assert_eq!(media("退回.xlsx"), 1, "of two returned people one has a photo that a sheet can show");
    let sheets = read_back::workbook(&folder.path().join("退回.xlsx"));
    let said: Vec<bool> = sheets[0].1[1..].iter().map(|line| line.contains("照片在原表里")).collect();
    assert_eq!(said, [false, true]);
    // still wrong, it goes back once more and the photo with it
    let outcome = folder.run_today("check 退回.xlsx --returned 再退回.xlsx");
    assert_eq!((outcome.status, media("再退回.xlsx")), (Some(1), 1));
}

#[test]
fn a_copy_below_the_form_has_the_photo_again() {
    let folder = Folder::new();
    collected(&folder);
    let blank = mingce_tests::repository().join("crates/mingce/tests/blanks/form-photo-copies.xlsx");
    fs::copy(blank, folder.path().join("空白.xlsx")).expect("copied");
    let outcome = folder.run_today("forms 收集 -o 出.xlsx --photos 收集/照片 --template 空白.xlsx");
    assert_eq!(outcome.status, Some(0), "{}", outcome.stderr);
    let parts = read_back::parts(&folder.path().join("出.xlsx"));
    let drawings = parts.iter().filter(|(name, _)| name.starts_with("xl/drawings/drawing"));
    let counts: Vec<usize> = drawings.map(|(_, xml)| String::from_utf8_lossy(xml).matches("<xdr:pic>").count()).collect();
    assert!(!counts.is_empty() && counts.iter().all(|count| *count == 2 || *count == 0), "{counts:?}");
    // read again, the second of them is nobody else's
    let again = folder.run_today("forms 出.xlsx -o 又 --format json");
    assert!(!again.stdout.contains("photo-unused"), "{}", again.stdout);
}
