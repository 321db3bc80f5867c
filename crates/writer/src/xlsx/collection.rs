//! The collection workbook 收集表: what is handed out so that it comes back without a fault.
//!
//! A heading with notes, a line for each person: drop-downs where the answer is a choice, a √ column for each option where several
//! may be chosen, numbers as text, checks on entry, and a sheet of instructions. Every field of both annexes has its column,
//! under a heading that the recogniser knows; what each column is stands in [`columns`].

mod columns;
mod instructions;

#[cfg(test)]
mod tests;

use mingce_core::scheme::Scheme;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, Format, FormatAlign, FormatBorder, Formula, IgnoreError, Note,
    ProtectionOptions, Worksheet, XlsxError,
};

use super::XlsxOptions;
use super::frame::{failed, workbook};
use super::page::{list_format, set_up_list};
use crate::Error;
use columns::{Check, Column};

/// The sheet's name.
const NAME: &str = "收集表";

/// The most lines that a sheet holds below its heading.
const MOST_ROWS: u32 = 1_048_575;

/// So many lines are written cell by cell, for programs that fill the sheet; below them the columns' own style holds, and people see no
/// difference.
const WRITTEN_ROWS: u32 = 2_000;

/// Heights of the heading and of a line, in points.
const HEADING_HEIGHT: f64 = 48.0;
const LINE_HEIGHT: f64 = 20.0;

/// Fill of the heading: of a field that must be answered, and of one that need not.
const REQUIRED: Color = Color::RGB(0xFC_E4_D6);
const OPTIONAL: Color = Color::RGB(0xDD_EB_F7);

/// Size of a note, in pixels.
const NOTE: [u32; 2] = [260, 96];

/// The most characters that the choices of a drop-down have together. Source: Excel's limit for a list typed in.
const LONGEST_LIST: usize = 255;

/// The empty workbook in which a unit collects its people, with so many lines to fill in.
///
/// # Errors
/// More lines than a sheet holds, or a workbook that could not be put together.
pub fn collection(scheme: &Scheme, rows: usize, options: &XlsxOptions) -> Result<Vec<u8>, Error> {
    let lines = u32::try_from(rows).ok().filter(|lines| *lines <= MOST_ROWS).ok_or_else(|| Error::TooMany {
        part: NAME.to_owned(),
        wanted: rows,
        most: usize::try_from(MOST_ROWS).unwrap_or(usize::MAX),
    })?;
    let columns = columns::of(scheme);
    let mut book = workbook(options)?;
    let sheet = book.add_worksheet();
    write(sheet, &columns, lines.max(1)).map_err(|error| failed(NAME, error))?;
    let sheet = book.add_worksheet();
    instructions::write(sheet, &columns, scheme).map_err(|error| failed(instructions::NAME, error))?;
    book.save_to_buffer().map_err(|error| failed("xl", error))
}

fn write(sheet: &mut Worksheet, columns: &[Column], lines: u32) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?;
    let heading = list_format().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center).set_text_wrap();
    let entry = list_format().set_border(FormatBorder::Thin).set_num_format("@").set_unlocked();
    sheet.set_default_row_height(LINE_HEIGHT).set_row_height(0, HEADING_HEIGHT)?;
    let written = lines.min(WRITTEN_ROWS);
    for (number, column) in (0u16..).zip(columns) {
        let fill = if column.is_required { REQUIRED } else { OPTIONAL };
        sheet.write_string_with_format(0, number, &column.heading, &heading.clone().set_background_color(fill))?;
        let note = Note::new(&column.guide).add_author_prefix(false).set_width(NOTE[0]).set_height(NOTE[1]);
        sheet.insert_note(0, number, &note)?;
        let format = aligned(&entry, column);
        sheet.set_column_width(number, column.width)?.set_column_format(number, &format)?;
        for row in 1..=written {
            sheet.write_blank(row, number, &format)?;
        }
        if let Some(check) = validation(columns, number)? {
            sheet.add_data_validation(1, number, lines, number, &check)?;
        }
    }
    let last = u16::try_from(columns.len()).unwrap_or(u16::MAX).saturating_sub(1);
    sheet.ignore_error_range(1, 0, lines, last, IgnoreError::NumberStoredAsText)?;
    sheet.set_freeze_panes(1, 1)?.set_print_area(0, 0, lines, last)?;
    set_up_list(sheet, 0..=0)?;
    sheet.set_print_fit_to_pages(2, 0).set_repeat_columns(0, 0)?.set_footer("&C第 &P 页  共 &N 页");
    // no password: it keeps the heading from slips of the hand, and everybody can take it off
    let allowed = ProtectionOptions { format_columns: true, format_rows: true, sort: true, ..ProtectionOptions::default() };
    sheet.protect_with_options(&allowed);
    Ok(())
}

fn aligned(entry: &Format, column: &Column) -> Format {
    match column.check {
        Check::Text | Check::Hint(_) => entry.clone(),
        Check::List { .. } | Check::Id(_) | Check::Mobile => entry.clone().set_align(FormatAlign::Center),
    }
}

/// What may be typed into the column with this number, and what is said when it is something else.
fn validation(columns: &[Column], number: u16) -> Result<Option<DataValidation>, XlsxError> {
    let Some(column) = columns.get(usize::from(number)) else { return Ok(None) };
    let told = |check: DataValidation, message: &str| check.set_error_title("填写有误")?.set_error_message(message);
    let check = match &column.check {
        Check::Text => return Ok(None),
        Check::Hint(hint) => DataValidation::new().allow_any_value().set_input_title(&column.label)?.set_input_message(*hint)?,
        Check::List { choices, is_open } => {
            let list = DataValidation::new();
            let list = match instructions::range(columns, number) {
                Some(range) => list.allow_list_formula(Formula::new(range)),
                None => list.allow_list_strings(choices)?,
            };
            if *is_open {
                told(list, "列表里没有这一项。确实如此可以照填，否则请从下拉列表里选")?.set_error_style(DataValidationErrorStyle::Warning)
            } else {
                told(list, "请从下拉列表里选；不选的留空")?
            }
        }
        Check::Id(length) => {
            let rule = DataValidationRule::EqualTo(*length);
            let message = format!("身份证号码应为 {length} 位，请核对后重填；最后一位是 X 的，填大写 X");
            told(DataValidation::new().allow_text_length(rule), &message)?
                .set_input_title(&column.label)?
                .set_input_message("18 位，逐位核对；最后一位是 X 的，填大写 X")?
        }
        Check::Mobile => {
            let cell = format!("{}2", letters(number));
            let rule = format!("=AND(LEN({cell})=11,LEFT({cell},1)=\"1\",MID({cell},2,1)>=\"3\",ISNUMBER(VALUE({cell})))");
            told(DataValidation::new().allow_custom(Formula::new(rule)), "手机号码应为 11 位数字，以 13 至 19 开头，请核对后重填")?
        }
    };
    Ok(Some(check))
}

/// The letters of the column with this number, counted from 0.
fn letters(number: u16) -> String {
    mingce_core::address::Column::new(number.saturating_add(1)).map(|column| column.to_string()).unwrap_or_default()
}

/// Whether the choices can stand in the drop-down itself.
fn fits_in_place(choices: &[String]) -> bool {
    let length: usize = choices.iter().map(|choice| choice.encode_utf16().count() + 1).sum();
    length <= LONGEST_LIST && choices.iter().all(|choice| !choice.contains([',', '"']))
}
