//! What one form costs: locating the blank, filling one person, filling one more page of a document; and what deflating its XML costs
//! with the library alone, which is what the stencil of a form saves. Then a thousand lines of the roster.

use std::io::{Cursor, Read};

use flate2::{Compress, Compression, FlushCompress};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_writer::form::{FormTemplate, MergedForms};
use mingce_writer::xlsx::XlsxOptions;

fn main() {
    divan::main();
}

fn person(scheme: &Scheme) -> Registration {
    let mut person = Registration::default();
    person.name = "欧阳某某".into();
    person.education = "大学本科".into();
    person.major = "计算机科学与技术".into();
    person.address = "常州市武进区某某街道某某社区十二号".into();
    person.employer = "某某街道办事处".into();
    person.experience = "2012年参加社区环境整治；2013年参加敬老院慰问。".into();
    person.services.chosen = vec![scheme.options(Field::Services)[0].choice()];
    person
}

#[divan::bench]
fn locate(bencher: divan::Bencher<'_, '_>) {
    let scheme = Scheme::built_in();
    bencher.bench(|| FormTemplate::built_in(&scheme));
}

#[divan::bench]
fn fill(bencher: divan::Bencher<'_, '_>) {
    let scheme = Scheme::built_in();
    let template = FormTemplate::built_in(&scheme).expect("the built-in form");
    let person = person(&scheme);
    let mut filler = template.filler(&scheme);
    let mut out = Vec::new();
    bencher.bench_local(|| {
        out.clear();
        filler.fill(&person, &mut out)
    });
}

#[divan::bench]
fn merge_a_thousand(bencher: divan::Bencher<'_, '_>) {
    let scheme = Scheme::built_in();
    let template = FormTemplate::built_in(&scheme).expect("the built-in form");
    let person = person(&scheme);
    bencher.bench_local(|| {
        let mut out = Vec::new();
        let mut forms = MergedForms::new(&template, &scheme, &mut out).expect("a document");
        for _ in 0..1000 {
            forms.push(&person).expect("a form");
        }
        forms.finish().map(|()| out.len())
    });
}

#[divan::bench]
fn deflate_by_the_library(bencher: divan::Bencher<'_, '_>) {
    let scheme = Scheme::built_in();
    let template = FormTemplate::built_in(&scheme).expect("the built-in form");
    let mut file = Vec::new();
    template.fill(&person(&scheme), &scheme, &mut file).expect("a form");
    let mut zip = zip::ZipArchive::new(Cursor::new(file)).expect("a zip");
    let mut xml = Vec::new();
    zip.by_name("word/document.xml").expect("the part").read_to_end(&mut xml).expect("deflated");
    let mut stream = Compress::new(Compression::fast(), false);
    let mut out = Vec::with_capacity(xml.len());
    bencher.bench_local(|| {
        stream.reset();
        out.clear();
        stream.compress_vec(&xml, &mut out, FlushCompress::Finish)
    });
}

#[divan::bench]
fn roster_xlsx_of_a_thousand(bencher: divan::Bencher<'_, '_>) {
    let scheme = Scheme::built_in();
    let person = person(&scheme);
    bencher.bench(|| mingce_writer::xlsx::roster(std::iter::repeat_n(&person, 1000), &scheme, &XlsxOptions::default()));
}

#[divan::bench]
fn roster_docx_of_a_thousand(bencher: divan::Bencher<'_, '_>) {
    let scheme = Scheme::built_in();
    let person = person(&scheme);
    let people = vec![&person; 1000];
    bencher.bench(|| mingce_writer::roster::docx(&people, &scheme));
}
