//! Invented people, and workbooks that hold them, for tests that need more than the fixtures.

use std::path::Path;

use rust_xlsxwriter::Workbook;

/// The headings of a collection sheet that has every column.
pub const HEADINGS: [&str; 24] = [
    "序号",
    "姓名",
    "性别",
    "出生年月",
    "入党时间",
    "学历",
    "专业",
    "特长",
    "身份证号码",
    "手机",
    "单位电话",
    "电子邮件",
    "QQ",
    "邮编",
    "身高",
    "所在城区",
    "工作单位",
    "职务",
    "家庭地址",
    "交通补贴",
    "服务意向",
    "职业类型",
    "可参加志愿服务时间",
    "志愿服务经历",
];

/// The place of 姓名 among the [`HEADINGS`].
pub const NAME: usize = 1;

/// The place of 手机 among the [`HEADINGS`].
pub const MOBILE: usize = 9;

/// The answers of invented person `number` (1 to 999), complete and without a fault, in the order of the headings.
#[must_use]
pub fn person(number: u32) -> Vec<String> {
    let (year, month, day) = (1960 + number % 30, 1 + number % 12, 1 + number % 28);
    let sex = if number % 2 == 1 { "男" } else { "女" };
    let id = id_number(&format!("329901{year}{month:02}{day:02}{:03}", number % 1000));
    let name: String = [number / 100, number / 10 % 10, number % 10].map(numeral).iter().collect();
    let texts = [
        number.to_string(),
        format!("赵{name}"),
        sex.to_owned(),
        format!("{year}.{month:02}"),
        format!("{}.07", year + 25),
        "本科".to_owned(),
        "会计".to_owned(),
        "书法".to_owned(),
        id,
        format!("138{number:08}"),
        format!("0519-8{number:07}"),
        format!("p{number}@example.com"),
        format!("999{number:08}"),
        "213100".to_owned(),
        "170".to_owned(),
        "西湖街道".to_owned(),
        "长塘村".to_owned(),
        "会计".to_owned(),
        format!("长塘村{number}号"),
        "手机充值".to_owned(),
        "尊老服务".to_owned(),
        String::new(),
        "双休日".to_owned(),
        String::new(),
    ];
    texts.into()
}

fn numeral(digit: u32) -> char {
    ['癸', '甲', '乙', '丙', '丁', '戊', '己', '庚', '辛', '壬'][digit as usize % 10]
}

/// The ID number with these 17 digits and the right check digit (GB 11643-1999).
fn id_number(first: &str) -> String {
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = first.chars().filter_map(|digit| digit.to_digit(10)).zip(weights).map(|(digit, weight)| digit * weight).sum();
    let check = "10X98765432".chars().nth((sum % 11) as usize).unwrap_or('?');
    format!("{first}{check}")
}

/// Writes one sheet with these lines, from the first row on; every cell is text, empty texts make no cell.
///
/// # Panics
/// If the file cannot be written.
pub fn write_workbook(path: &Path, lines: &[Vec<String>]) {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, line) in (0..).zip(lines) {
        for (column, text) in (0..).zip(line).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, text).expect("a cell of the sheet");
        }
    }
    book.save(path).expect("the folder can be written to");
}

/// Writes these sheets, each with its name and its lines, whose texts are parted by spaces; all have the same text above their pages.
///
/// # Panics
/// If the file cannot be written.
pub fn write_sheets(path: &Path, sheets: &[(&str, &[&str])], above: &str) {
    let mut book = Workbook::new();
    for (name, lines) in sheets {
        let sheet = book.add_worksheet().set_name(*name).expect("a name of a sheet");
        for (row, line) in (0..).zip(*lines) {
            for (column, text) in (0..).zip(line.split(' ')) {
                sheet.write_string(row, column, text).expect("a cell of the sheet");
            }
        }
        sheet.set_header(above);
    }
    book.save(path).expect("the folder can be written to");
}

/// The headings as a line.
#[must_use]
pub fn heading_line() -> Vec<String> {
    HEADINGS.map(str::to_owned).into()
}
