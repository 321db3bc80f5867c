//! What finding the fields costs: the labels made ready, a sheet of a thousand lines looked through, its people judged.

use mingce_core::address::Column;
use mingce_core::collection::Collection;
use mingce_core::grid::{Grid, Kind, Origin};
use mingce_core::recognize::Recognizer;
use mingce_core::scheme::Scheme;
use mingce_core::value::Date;

fn main() {
    divan::main();
}

const LINES: u32 = 1000;

const HEADINGS: [&str; 8] = ["序号", "姓名", "性别", "出生年月", "手机", "工作单位", "交通补贴", "服务意向"];

fn sheet() -> Grid {
    let mut grid = Grid::builder(Origin::Sheet);
    let mut row = |number: u32, cells: [&str; 8]| {
        grid.start_row(number, false).expect("room");
        for (column, text) in (1..).zip(cells) {
            grid.push(Column::new(column).expect("a column"), Kind::Text, text).expect("room");
        }
    };
    row(1, HEADINGS);
    for number in 1..=LINES {
        let (name, mobile) = (format!("张{number}"), format!("138{number:08}"));
        let name = name.replace(|c: char| c.is_ascii_digit(), "建");
        row(number + 1, [&number.to_string(), &name, "男", "1985.06", &mobile, "长塘村村民委员会", "自行领取", "尊老服务、助残服务"]);
    }
    grid.finish()
}

#[divan::bench]
fn make_labels_ready(bencher: divan::Bencher<'_, '_>) {
    let scheme = Scheme::built_in();
    bencher.bench(|| Recognizer::new(&scheme));
}

#[divan::bench]
fn recognize_a_thousand_lines(bencher: divan::Bencher<'_, '_>) {
    let scheme = Scheme::built_in();
    let recognizer = Recognizer::new(&scheme);
    let sheet = sheet();
    bencher.bench(|| recognizer.recognize(&sheet));
}

#[divan::bench]
fn judge_a_thousand_people(bencher: divan::Bencher<'_, '_>) {
    let scheme = Scheme::built_in();
    let today = Date::new(2014, 4, Some(30)).expect("a day of the calendar");
    let sheet = [sheet()];
    bencher.bench(|| {
        let mut collection = Collection::new(&scheme, today);
        collection.add_document("长塘村.xlsx", &sheet);
        collection.judge()
    });
}
