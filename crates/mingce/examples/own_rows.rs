//! Rows of the caller's own (a database, a web form) are judged, and those who pass get a roster and forms. No file is read.
//!
//! ```text
//! cargo run -p mingce --example own_rows -- 输出文件夹
//! ```

use std::error::Error;
use std::path::PathBuf;

use mingce::{Collection, Date, Field, RawAnswer, Scheme, WriteOptions, write_forms, write_roster};

/// What the web form asks for.
const ASKED: [Field; 6] = [Field::Name, Field::IdNumber, Field::Mobile, Field::Subsidy, Field::Services, Field::JoinedParty];

/// What came in; the second person has forgotten what she wants to do.
const ROWS: [[&str; 6]; 2] = [
    ["张三", "329901198506120013", "13800000000", "自行领取", "尊老、助残", "2005.07"],
    ["李四", "329901198506120021", "13900000000", "爱心募捐", "", "2010.06"],
];

#[expect(clippy::print_stdout, reason = "an example shows what it found")]
fn main() -> Result<(), Box<dyn Error>> {
    let output = std::env::args_os().nth(1).map(PathBuf::from).ok_or("用法：own_rows 输出文件夹")?;

    let scheme = Scheme::built_in();
    let today = Date::new(2014, 4, Some(30)).ok_or("not a day of the calendar")?;
    let mut collection = Collection::new(&scheme, today);
    for row in ROWS {
        let answers: Vec<RawAnswer<'_>> = ASKED.iter().zip(row).map(|(field, text)| RawAnswer::typed(*field, text)).collect();
        collection.add_person("网上登记", &ASKED, &answers);
    }
    let checked = collection.judge();
    for finding in &checked.diagnostics {
        println!("第 {} 人：{}（{}）", finding.at.row.unwrap_or_default(), finding.message, finding.code);
    }
    std::fs::create_dir_all(&output)?;
    write_roster(&checked, &scheme, &output.join("名册.xlsx"), &WriteOptions::default())?;
    write_forms(&checked, &scheme, &output.join("登记表"), &WriteOptions::default())?;
    Ok(())
}
