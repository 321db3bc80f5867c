use mingce_core::recognize::card;
use mingce_core::registration::{Answer, Registration};
use mingce_core::scheme::{CellContent, Field, Scheme, SchemeText};
use mingce_core::value::Sex;
use mingce_ooxml::{Limits, Package, word};

use super::*;

fn person(scheme: &Scheme) -> Registration {
    let mut person = Registration::default();
    person.name = "欧阳某某".into();
    person.sex = Answer::Known(Sex::Female);
    person.employer = "某某街道<办事处>&社区".into();
    person.experience = "第一行\n第二行".into();
    person.services.chosen = [0, 3].map(|option| scheme.options(Field::Services)[option].choice()).to_vec();
    person.availability.other = "周三晚上".into();
    person
}

fn document(docx: &[u8]) -> String {
    let package = Package::open(docx, &Limits::default()).expect("a package");
    package.xml_text(DOCUMENT).expect("a document")
}

/// The text of a filled slot as the recogniser reads it back, and the labels of ticked options.
fn read_back(docx: &[u8], scheme: &Scheme) -> (Vec<(Field, String)>, Vec<String>) {
    let xml = document(docx);
    let scanned = word::scan(&xml, DOCUMENT, &Limits::default()).expect("good XML");
    let table = &scanned.tables[0];
    let card = card::find(&table.grid, scheme).into_iter().next().expect("a card");
    let (mut texts, mut ticked) = (Vec::new(), Vec::new());
    for slot in &card.slots {
        let field = slot.target.field().expect("a field");
        let text = table.grid.cell(slot.answer_at).map_or("", |cell| cell.text);
        let place = if field.is_choice() { slot.other.clone().map(|(_, place)| place) } else { Some(slot.place.clone()) };
        let answer = place.map_or("", |place| &text[place]).trim();
        if !answer.is_empty() && field != Field::Photo {
            texts.push((field, answer.to_owned()));
        }
        let chosen = slot.marks.iter().filter(|mark| mark.ticked).filter_map(|mark| mark.option);
        ticked.extend(chosen.map(|option| scheme.options(field)[usize::from(option)].label.to_string()));
    }
    (texts, ticked)
}

#[test]
fn what_is_filled_is_read_back_by_the_recogniser_that_located_it() {
    let scheme = Scheme::built_in();
    let template = FormTemplate::built_in(&scheme).expect("a form");
    assert!(template.unclaimed().is_empty(), "{:?}", template.unclaimed());
    for row in &scheme.form.rows {
        for cell in &row.cells {
            if let CellContent::Answer { field } | CellContent::Choice { field, .. } = &cell.content {
                assert!(template.fields().any(|found| found == *field), "{field:?} has no place");
            }
        }
    }
    let mut docx = Vec::new();
    let filled = template.fill(&person(&scheme), &scheme, &mut docx).expect("filled");
    assert_eq!(filled, Filled::default());
    let (texts, ticked) = read_back(&docx, &scheme);
    let expected = [
        (Field::Name, "欧阳某某"),
        (Field::Sex, "女"),
        (Field::Employer, "某某街道<办事处>&社区"),
        (Field::Availability, "周三晚上"),
        (Field::Experience, "第一行\n第二行"),
    ];
    assert_eq!(texts, expected.map(|(field, text)| (field, text.to_owned())));
    assert_eq!(ticked, ["尊老服务", "助残服务"]);
}

#[test]
fn a_blank_of_ours_taken_as_a_file_gives_the_same_forms() {
    let scheme = Scheme::built_in();
    let blank = blank_docx(&scheme).expect("a blank");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    FormTemplate::built_in(&scheme).expect("a form").fill(&person(&scheme), &scheme, &mut ours).expect("filled");
    FormTemplate::from_docx(&blank, &scheme).expect("a form").fill(&person(&scheme), &scheme, &mut theirs).expect("filled");
    assert_eq!(document(&ours), document(&theirs));
    assert!(matches!(FormTemplate::from_docx(b"PK", &scheme), Err(Error::Document { .. })));
}

#[test]
fn the_same_form_has_the_same_bytes_whatever_was_built_before() {
    let scheme = Scheme::built_in();
    let make = || {
        let mut docx = Vec::new();
        FormTemplate::built_in(&scheme).expect("a form").fill(&person(&scheme), &scheme, &mut docx).expect("filled");
        docx
    };
    let first = make();
    let nobody = Registration::default();
    crate::roster::docx(&[&nobody], &scheme).expect("a roster");
    assert_eq!(first, make());
    assert_eq!(crate::roster::blank_docx(&scheme, 3).expect("a roster"), crate::roster::blank_docx(&scheme, 3).expect("a roster"));
}

#[test]
fn a_fifth_service_and_a_new_field_reach_the_form() {
    let built_in = SchemeText::BUILT_IN;
    let scheme_text = built_in.scheme.replacen("{ label = \"助残服务\"", "{ label = \"护绿服务\" },\n  { label = \"助残服务\"", 1)
        + "\n[field.nation]\nlabel = \"民族\"\n";
    let form_text = built_in.form.replacen(
        "{ label = \"specialty\" },\n  { answer = \"specialty\" },",
        "{ label = \"nation\" },\n  { answer = \"nation\" },",
        1,
    );
    let texts = SchemeText { scheme: &scheme_text, form: &form_text, ..built_in };
    let scheme = Scheme::from_texts(&texts).expect("a scheme");
    let mut person = person(&scheme);
    person.own = vec!["汉族".into()];
    person.services.chosen = vec![scheme.options(Field::Services)[3].choice()];
    let mut docx = Vec::new();
    FormTemplate::built_in(&scheme).expect("a form").fill(&person, &scheme, &mut docx).expect("filled");
    let (texts, ticked) = read_back(&docx, &scheme);
    assert!(texts.contains(&(Field::Own(0), "汉族".to_owned())), "{texts:?}");
    assert_eq!(ticked, ["护绿服务"]);
}

#[test]
fn what_was_written_beside_the_options_stands_behind_them() {
    let scheme = Scheme::built_in();
    let mut person = person(&scheme);
    person.services.other = "陪聊".into();
    let mut docx = Vec::new();
    FormTemplate::built_in(&scheme).expect("a form").fill(&person, &scheme, &mut docx).expect("filled");
    let xml = document(&docx);
    let text = word::scan(&xml, DOCUMENT, &Limits::default()).expect("good XML");
    let options = text.tables[0].rows.iter().flat_map(|row| &row.cells).find(|cell| cell.text.contains("助残服务"));
    assert_eq!(options.map(|cell| cell.text.as_str()), Some("尊老服务☑  爱幼志愿服务□  帮农民工服务□  助残服务☑  其他：陪聊"));
}

#[test]
fn an_answer_that_no_size_fits_is_kept_whole_and_told() {
    let scheme = Scheme::built_in();
    let mut person = person(&scheme);
    person.experience = "经历".repeat(5000).into();
    person.name = "张\u{2}三".into();
    let mut docx = Vec::new();
    let filled = FormTemplate::built_in(&scheme).expect("a form").fill(&person, &scheme, &mut docx).expect("filled");
    assert_eq!(filled, Filled { dropped: vec![(Field::Name, '\u{2}')], spilled: vec![Field::Experience], ..Filled::default() });
    let (texts, _) = read_back(&docx, &scheme);
    assert!(texts.contains(&(Field::Experience, person.experience.to_string())));
    assert!(document(&docx).contains("w:hRule=\"atLeast\""));
}

#[test]
fn a_document_of_forms_has_a_form_for_each_and_every_further_one_asks_for_a_page() {
    let scheme = Scheme::built_in();
    let template = FormTemplate::built_in(&scheme).expect("a form");
    let people = vec![person(&scheme); 3];
    let (docx, filled) = merged_docx(&people, &template, &scheme).expect("a document");
    assert_eq!(filled.len(), 3);
    let xml = document(&docx);
    assert_eq!(xml.matches("<w:tbl>").count(), 3);
    assert_eq!(xml.matches("<w:pageBreakBefore/>").count(), 2);
    assert_eq!(xml.matches("<w:sectPr>").count(), 1);
}

#[test]
fn an_office_blank_is_filled_beside_inside_and_in_its_own_face() {
    let cell = |inside: &str| format!("<w:tc><w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr><w:p>{inside}</w:p></w:tc>");
    let text = |words: &str| format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{words}</w:t></w:r>");
    let rows = [
        [cell(&text("姓名")), cell("<w:pPr><w:rPr><w:i/></w:rPr></w:pPr>")],
        [cell(&text("性别")), cell(&text("____"))],
        [cell(&text("学历：")), cell(&text("职业："))],
        [cell(&text("服务意向")), cell(&text("○尊老服务 ○助残服务"))],
    ];
    let rows: String = rows.iter().map(|row| format!("<w:tr>{}</w:tr>", row.concat())).collect();
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl><w:p/></w:body></w:document>"
    );
    let scheme = Scheme::built_in();
    let template = FormTemplate::from_parts([(DOCUMENT.to_owned(), xml.into_bytes())].into_iter(), DOCUMENT, &scheme).expect("a form");
    let mut docx = Vec::new();
    template.fill(&person(&scheme), &scheme, &mut docx).expect("filled");
    let xml = document(&docx);
    assert!(xml.contains("<w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\">欧阳某某</w:t></w:r>"), "{xml}");
    assert!(xml.contains("<w:t>女</w:t>"), "{xml}");
    assert!(xml.contains("●尊老服务 ●助残服务"), "{xml}");
}

#[test]
fn a_content_control_loses_its_hint_and_shrinks_what_it_holds() {
    let control = "<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/><w:text w:multiLine=\"1\"/></w:sdtPr><w:sdtContent><w:r><w:rPr><w:color \
                   w:val=\"808080\"/></w:rPr><w:t>单击此处输入文字。</w:t></w:r></w:sdtContent></w:sdt></w:p>";
    let cell = |inside: &str| format!("<w:tc><w:tcPr><w:tcW w:w=\"2000\" w:type=\"dxa\"/></w:tcPr>{inside}</w:tc>");
    let row = |label: &str| {
        let label = cell(&format!("<w:p><w:r><w:t>{label}</w:t></w:r></w:p>"));
        format!("<w:tr><w:trPr><w:trHeight w:val=\"500\" w:hRule=\"exact\"/></w:trPr>{label}{}</w:tr>", cell(control))
    };
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{}{}{}</w:tbl><w:p/></w:body></w:document>",
        row("姓名"),
        row("工作单位"),
        row("家庭地址")
    );
    let scheme = Scheme::built_in();
    let template = FormTemplate::from_parts([(DOCUMENT.to_owned(), xml.into_bytes())].into_iter(), DOCUMENT, &scheme).expect("a form");
    let mut person = person(&scheme);
    person.employer = "某某街道办事处".repeat(6).into();
    let mut docx = Vec::new();
    template.fill(&person, &scheme, &mut docx).expect("filled");
    let xml = document(&docx);
    let controls: Vec<&str> = xml.split("<w:sdt>").skip(1).filter_map(|control| control.split("</w:sdt>").next()).collect();
    let says = |control: &str, words: [&str; 3]| words.map(|word| control.contains(word));
    let words = ["<w:text ", "808080", "<w:sz "];
    // what fits stays as it is set, what is long is told its size, and what nobody answered stays as the office made it
    assert_eq!(
        controls.iter().map(|control| says(control, words)).collect::<Vec<_>>(),
        [[true, false, false], [false, false, true], [true, true, false],]
    );
}

/// A form of two columns with these rows: what stands in the cell of the label, and in the one beside it.
fn of_rows(rows: &[(&str, &str)]) -> String {
    let rows: String = rows
        .iter()
        .map(|(label, answer)| format!("<w:tr><w:tc><w:p><w:r><w:t>{label}</w:t></w:r></w:p></w:tc><w:tc>{answer}</w:tc></w:tr>"))
        .collect();
    format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{rows}</w:tbl><w:p/></w:body></w:document>"
    )
}

#[test]
fn words_typed_over_a_hint_are_set_as_their_control_or_paragraph_says() {
    let control = |properties: &str| {
        format!(
            "<w:p><w:pPr><w:rPr><w:i/></w:rPr></w:pPr><w:sdt><w:sdtPr>{properties}<w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:rPr>\
             <w:rStyle w:val=\"4\"/></w:rPr><w:t>单击此处输入文字。</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        )
    };
    let (own, none) = (control("<w:rPr><w:b/></w:rPr>"), control(""));
    let xml = of_rows(&[("姓名", &own), ("工作单位", &none), ("性别", "<w:p/>"), ("编号", "<w:p/>")]);
    let scheme = Scheme::built_in();
    let template = FormTemplate::from_parts([(DOCUMENT.to_owned(), xml.into_bytes())].into_iter(), DOCUMENT, &scheme).expect("a form");
    // a number is given by the office, and nothing is written there
    assert_eq!(template.unclaimed(), ["编号"]);
    let mut docx = Vec::new();
    template.fill(&person(&scheme), &scheme, &mut docx).expect("filled");
    let xml = document(&docx);
    assert!(xml.contains("<w:rPr><w:b/></w:rPr><w:t>欧阳某某</w:t>"), "{xml}");
    assert!(xml.contains("<w:rPr><w:i/></w:rPr><w:t>某某街道"), "{xml}");
}

#[test]
fn an_answer_that_a_list_does_not_have_becomes_an_entry_of_it() {
    let list = |entries: &str| {
        format!(
            "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"><w:ffData><w:ddList><w:result w:val=\"1\"/>{entries}</w:ddList></w:ffData></w:fldChar></w:r>\
             <w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
        )
    };
    let entry = |word: &str| format!("<w:listEntry w:val=\"{word}\"/>");
    let row =
        |label: &str, inside: &str| format!("<w:tr><w:tc><w:p><w:r><w:t>{label}</w:t></w:r></w:p></w:tc><w:tc>{inside}</w:tc></w:tr>");
    let full: String = (0..25).map(|number| entry(&format!("街道{number}"))).collect();
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{}{}{}{}</w:tbl><w:p/></w:body></w:document>",
        row("姓名", "<w:p/>"),
        row("性别", &list(&(entry("女") + &entry("男")))),
        row("学历", &list(&(entry("博士") + &entry("硕士")))),
        row("工作单位", &list(&full)),
    );
    let scheme = Scheme::built_in();
    let template = FormTemplate::from_parts([(DOCUMENT.to_owned(), xml.into_bytes())].into_iter(), DOCUMENT, &scheme).expect("a form");
    let mut person = person(&scheme);
    person.education = "大学本科".into();
    person.employer = "\"甲\"\n乙".into();
    let mut docx = Vec::new();
    template.fill(&person, &scheme, &mut docx).expect("filled");
    let xml = document(&docx);
    let lists: Vec<&str> = xml.split("<w:ddList>").skip(1).filter_map(|list| list.split("</w:ddList>").next()).collect();
    assert!(lists[0].starts_with("<w:result w:val=\"0\"/>"), "{}", lists[0]);
    assert_eq!(lists[1], format!("<w:result w:val=\"2\"/>{}{}{}", entry("博士"), entry("硕士"), entry("大学本科")));
    assert!(lists[2].starts_with("<w:result w:val=\"24\"/>") && lists[2].ends_with(&entry("&quot;甲&quot; 乙")), "{}", lists[2]);
    let (answers, _) = read_back(&docx, &scheme);
    assert!(answers.contains(&(Field::Education, "大学本科".to_owned())), "{answers:?}");
}

/// A form with rows of at least this height, and lines below it.
fn template_of(row: &str, lines: &str, scheme: &Scheme) -> FormTemplate {
    let cell = |text: &str, width: u32| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>")
    };
    let row = |label: &str| format!("<w:tr><w:trPr>{row}</w:trPr>{}{}</w:tr>", cell(label, 1500), cell("", 7500));
    let xml = format!(
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl><w:tblGrid><w:gridCol \
         w:w=\"1500\"/><w:gridCol w:w=\"7500\"/></w:tblGrid>{}{}{}</w:tbl>{lines}<w:p/></w:body></w:document>",
        row("姓名"),
        row("手机"),
        if lines.is_empty() { row("志愿服务经历") } else { String::new() }
    );
    FormTemplate::from_parts([(DOCUMENT.to_owned(), xml.into_bytes())].into_iter(), DOCUMENT, scheme).expect("a form")
}

#[test]
fn an_answer_grows_as_far_as_the_page_goes_before_it_shrinks() {
    let scheme = Scheme::built_in();
    let at_least = "<w:trHeight w:val=\"567\" w:hRule=\"atLeast\"/>";
    let line = "<w:p><w:r><w:t>志愿服务经历：________________</w:t></w:r></w:p>";
    // characters, the size in half points that they are set in where it is not the usual one, and whether they need a second page
    for (row, lines) in [(at_least, ""), ("", ""), (at_least, line)] {
        let template = template_of(row, lines, &scheme);
        for (count, sizes, spills) in [(400, 21..=21, false), (3_000, 13..=20, false), (12_000, 12..=12, true)] {
            let mut person = person(&scheme);
            person.experience = "服".repeat(count).into();
            let mut docx = Vec::new();
            let filled = template.fill(&person, &scheme, &mut docx).expect("filled");
            let xml = document(&docx);
            let before = xml.split("服服服").next().unwrap_or("");
            let size = before.rsplit_once("<w:sz w:val=\"").and_then(|(_, size)| size.split('"').next()?.parse::<u32>().ok());
            assert!(sizes.contains(&size.unwrap_or(21)), "{count} characters in {size:?}: {row} {lines}");
            assert!(before.ends_with("</w:rPr><w:t xml:space=\"preserve\">") || before.contains("w:lineRule=\"exact\""), "{before}");
            assert_eq!(!filled.spilled.is_empty(), spills, "{count}: {row} {lines}");
        }
    }
}

/// A document of these parts of a body: a line, or a table of rows, whose cells are parted by `|`.
fn blank_of(scheme: &Scheme, body: &[&str], header: &str) -> Vec<u8> {
    let (mut parts, _) = build::form(scheme).expect("a form");
    let (document, _) = parts.iter().position(|(name, _)| *name == DOCUMENT).map(|at| parts.remove(at)).expect("a document");
    let paragraph = |text: &str| format!("<w:p><w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>");
    let rows = |text: &str| -> String {
        let row = |row: &str| {
            format!("<w:tr>{}</w:tr>", row.split('|').map(|text| format!("<w:tc>{}</w:tc>", paragraph(text))).collect::<String>())
        };
        format!("<w:tbl><w:tblPr/><w:tblGrid/>{}</w:tbl>", text.lines().map(row).collect::<String>())
    };
    let xml: String = body.iter().map(|text| if text.contains('|') { rows(text) } else { paragraph(text) }).collect();
    let names = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";
    parts.push((document, format!("<w:document {names}><w:body>{xml}</w:body></w:document>")));
    parts.push(("word/header9.xml".into(), format!("<w:hdr {names}>{}</w:hdr>", paragraph(header))));
    pack(&parts).expect("packed")
}

#[test]
fn boxes_and_dates_of_nobody_are_named_and_labels_of_two_answers_have_both() {
    let scheme = Scheme::built_in();
    let table = "姓名/性别|      /|出生年月|\n手机||工作单位|\n是否退伍|□是 □否|入伍时间|   年   月\n民族|汉|籍贯|\n身份证号||电子邮箱|\n学历||专业|";
    let template = FormTemplate::from_docx(&blank_of(&scheme, &[table], "第{{血型}}页"), &scheme).expect("a form");
    assert_eq!(template.unclaimed(), ["是否退伍", "入伍时间", "籍贯", "{{血型}}"]);
    assert!(template.places().iter().any(|(label, fields)| label == "姓名/性别" && *fields == [Field::Name, Field::Sex]));
}

#[test]
fn placeholders_beside_the_lines_of_a_roster_are_named() {
    let scheme = Scheme::built_in();
    let table = "序号|姓名|性别|备注\n1|{{姓名}}|{{性别}}|{{备注}}\n2|{{姓名}}|{{性别}}|{{备注}}";
    let blank = blank_of(&scheme, &["{{所在党支部}}名册", table, "填表人：{{姓名}}"], "第{{电话}}页");
    let template = crate::roster::RosterTemplate::from_docx(&blank, &scheme).expect("a roster");
    assert_eq!(template.strays(), ["{{所在党支部}}", "{{备注}}", "{{姓名}}", "{{电话}}"]);
}

#[test]
fn a_placeholder_in_a_line_says_more_than_the_heading_above_it() {
    let scheme = Scheme::built_in();
    let mut person = person(&scheme);
    person.phone = "0519-86310001".into();
    person.mobile = Answer::Known(mingce_core::value::Mobile::parse("13800138000").expect("a mobile"));
    let blank = blank_of(&scheme, &["序号|姓名|电话|号码|性别\n{{序号}}|{{姓名}}|{{手机}}|{{电话}}|{{sex}}"], "");
    let template = crate::roster::RosterTemplate::from_docx(&blank, &scheme).expect("a roster");
    assert_eq!((template.strays().len(), template.unclaimed().len()), (0, 0));
    let (docx, _) = template.fill(&[&person], &scheme).expect("filled");
    let xml = document(&docx);
    let line = xml.rsplit("<w:tr>").next().unwrap_or("");
    let texts: Vec<&str> = line.split("<w:t xml:space=\"preserve\">").skip(1).filter_map(|text| text.split('<').next()).collect();
    assert_eq!(texts, ["1", "欧阳某某", "13800138000", "0519-86310001", "女"]);
}

#[test]
fn blanks_where_a_number_stands_are_no_number() {
    let scheme = Scheme::built_in();
    let template = crate::roster::RosterTemplate::from_docx(&blank_of(&scheme, &["序号|姓名|性别\n  |  |  \n7||"], ""), &scheme);
    let (docx, _) = template.expect("a roster").fill(&[&person(&scheme), &person(&scheme)], &scheme).expect("filled");
    let xml = document(&docx);
    let numbers: Vec<&str> =
        xml.split("<w:tr>").skip(2).filter_map(|line| line.split("preserve\">").nth(1)?.split('<').next()).map(str::trim).collect();
    assert_eq!(numbers, ["1", "7"]);
}

#[test]
fn paragraphs_without_properties_get_them_once_and_first() {
    let scheme = Scheme::built_in();
    let mut person = person(&scheme);
    person.employer = "单位".repeat(400).into();
    person.position = "职务".repeat(400).into();
    person.experience = "服".repeat(9_000).into();
    let cell = |text: &str| format!("<w:tc><w:tcPr><w:tcW w:w=\"1500\" w:type=\"dxa\"/></w:tcPr><w:p>{text}</w:p></w:tc>");
    let words = |text: &str| format!("<w:r><w:t>{text}</w:t></w:r>");
    let row = |label: &str| format!("<w:tr>{}{}</w:tr>", cell(&words(label)), cell(""));
    let line = format!("<w:p>{}</w:p>", words("工作单位：______ 职务：______"));
    let table = format!("<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>{}{}</w:tbl>", row("姓名"), row("志愿服务经历"));
    for body in [format!("{line}{table}<w:p/>"), format!("{table}{line}")] {
        let xml = format!(
            "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>"
        );
        let template = FormTemplate::from_parts([(DOCUMENT.to_owned(), xml.into_bytes())].into_iter(), DOCUMENT, &scheme).expect("a form");
        let (docx, _) = merged_docx([&person, &person], &template, &scheme).expect("filled");
        let xml = document(&docx);
        assert!(xml.contains("<w:p><w:pPr>"), "{xml}");
        for paragraph in xml.split("<w:p>").skip(1) {
            let paragraph = paragraph.split("</w:p>").next().unwrap_or("");
            assert!(paragraph.matches("<w:pPr>").count() <= 1 && !paragraph.contains("</w:r><w:pPr>"), "{paragraph}");
        }
        assert_eq!(xml.matches("w:type=\"page\"").count(), 1, "{xml}");
    }
}

#[test]
fn options_that_a_roster_has_no_column_for_are_told_of() {
    let scheme = Scheme::built_in();
    let person = person(&scheme);
    for (table, expected) in [
        ("序号|姓名|尊老服务|爱幼志愿服务\n1|||", vec![(Field::Services, "助残服务".to_owned())]),
        ("序号|姓名|尊老服务|志愿服务项目\n1|||", vec![]),
    ] {
        let template = crate::roster::RosterTemplate::from_docx(&blank_of(&scheme, &[table], ""), &scheme).expect("a roster");
        let (_, filled) = template.fill(&[&person], &scheme).expect("filled");
        assert_eq!(filled[0].left_out, expected, "{table}");
    }
}

#[test]
fn numbered_words_are_ticked_in_their_list_and_another_answer_stands_behind_it() {
    let scheme = Scheme::built_in();
    let form = |list: &str| {
        let table = format!("姓名|    |手机|  \n学历|{list}|性别|  ");
        FormTemplate::from_docx(&blank_of(&scheme, &[&table], ""), &scheme).expect("a form")
    };
    for (list, education, expected) in [
        ("1.研究生 2.本科 3.大专", "本科", "1.研究生 2.本科√ 3.大专"),
        ("1.研究生 2.本科 3.大专", "研究生（硕士）", "1.研究生（硕士）√ 2.本科 3.大专"),
        ("1.研究生 2.本科 3.大专", "中专", "1.研究生 2.本科 3.大专  中专"),
        ("1.研究生 2.本科 3.大专", "", "1.研究生 2.本科 3.大专"),
        ("□研究生 □本科 □大专", "研究生（硕士）", "☑研究生（硕士） □本科 □大专"),
    ] {
        let (mut docx, mut person) = (Vec::new(), person(&scheme));
        person.education = education.into();
        form(list).fill(&person, &scheme, &mut docx).expect("filled");
        let read = read_back(&docx, &scheme).0.into_iter().find(|(field, _)| *field == Field::Education).map(|(_, said)| said);
        assert_eq!(read.as_deref(), Some(expected));
    }
}
