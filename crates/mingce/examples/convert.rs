//! A collected workbook (or a folder of them) → the roster and a folder of forms.
//!
//! ```text
//! cargo run -p mingce --example convert -- 收集.xlsx 输出文件夹
//! ```

use std::error::Error;
use std::path::PathBuf;

use mingce::{CollectOptions, Date, Scheme, WriteOptions, collect, find_inputs, write_forms, write_roster};

#[expect(clippy::print_stdout, reason = "an example shows what it found")]
fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1).map(PathBuf::from);
    let (Some(input), Some(output)) = (arguments.next(), arguments.next()) else {
        return Err("用法：convert 输入 输出文件夹".into());
    };

    let scheme = Scheme::built_in();
    let today = Date::new(2014, 4, Some(30)).ok_or("not a day of the calendar")?;
    let checked = collect(find_inputs([input], &[]), &scheme, today, &CollectOptions::default())?;
    for finding in &checked.diagnostics {
        println!("{finding}");
    }
    std::fs::create_dir_all(&output)?;
    write_roster(&checked, &scheme, &output.join("名册.xlsx"), &WriteOptions::default())?;
    write_forms(&checked, &scheme, &output.join("登记表"), &WriteOptions::default())?;
    println!("{:?}", checked.ledger());
    Ok(())
}
