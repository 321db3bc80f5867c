//! The sheet 填写说明: how the collection workbook is filled in, and lists that are too long for a drop-down itself.

use mingce_core::marks::INSTRUCTIONS;
use mingce_core::scheme::Scheme;
use rust_xlsxwriter::{FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::super::page::{list_format, list_height, set_up_list};
use super::columns::{Check, Column};
use super::{fits_in_place, letters};

/// The sheet's name.
pub(super) const NAME: &str = "填写说明";

/// Widths of the columns 列, 栏目, 必填 and 怎么填.
const WIDTHS: [f64; 4] = [7.0, 32.0, 7.0, 76.0];

/// The first column of the lists; one stays free before it.
const LISTS: u16 = 5;

/// The row in which the lists begin, counted from 0.
const LIST_ROW: u32 = 2;

/// What is to be known before anything is typed.
const RULES: [&str; 6] = [
    "在「收集表」里填写：一人一行，从第 2 行填起，中间不留空行。第 1 行是表头，请不要改动，也不要增加、删除或移动列。",
    "表头带 * 的栏目必填，其他栏目没有的留空。鼠标停在表头上，会显示这一栏怎么填。",
    "有下拉箭头的格子从列表里选。表头带括号的栏目每个选项一列，在要选的选项下面选 √，不选的留空。",
    "身份证号码、手机等各列已设为文本，直接输入。从别的表格复制时，请用「选择性粘贴 → 数值」，以免冲掉格式和检查。",
    "工作表有保护，只为防止误改表头，没有密码；填写的格子不受影响，列宽行高可以调整。行数不够时，接着往下填。",
    "填好后把整个文件交给发表的人，不用打印。表里有个人信息，请只交给负责收集的人。",
];

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, columns: &[Column], scheme: &Scheme) -> Result<(), XlsxError> {
    sheet.set_name(NAME)?;
    let plain = list_format().set_text_wrap();
    let cell = plain.clone().set_border(FormatBorder::Thin);
    let heading = cell.clone().set_bold().set_align(FormatAlign::Center);
    let centred = cell.clone().set_align(FormatAlign::Center);
    for (column, width) in (0u16..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let title = list_format().set_bold().set_font_size(16);
    sheet.write_string_with_format(0, 0, INSTRUCTIONS, &title)?.set_row_height(0, 30)?;
    let source = format!("{} {}", scheme.form.title, scheme.document_number);
    sheet.write_string_with_format(1, 0, source.trim(), &list_format())?;
    let mut row = 2;
    let width: f64 = WIDTHS.iter().sum();
    for (number, rule) in (1..).zip(RULES) {
        let text = format!("{number}. {rule}");
        sheet.merge_range(row, 0, row, 3, &text, &plain)?.set_row_height(row, list_height([(text.as_str(), width)].into_iter()))?;
        row += 1;
    }
    row += 1;
    let first = row;
    for (column, text) in (0u16..).zip(["列", "栏目", "必填", "怎么填"]) {
        sheet.write_string_with_format(row, column, text, &heading)?;
    }
    for (number, column) in (0u16..).zip(columns) {
        row += 1;
        let must = if column.is_required { "是" } else { "" };
        let line = [letters(number), column.heading.clone(), must.to_owned(), column.guide.clone()];
        sheet.set_row_height(row, list_height(line.iter().map(String::as_str).zip(WIDTHS)))?;
        for ((place, text), format) in (0u16..).zip(line).zip([&centred, &cell, &centred, &cell]) {
            sheet.write_string_with_format(row, place, text, format)?;
        }
    }
    write_lists(sheet, columns)?;
    set_up_list(sheet, first..=first)?;
    sheet.set_portrait().set_print_area(0, 0, row, 3)?.protect();
    Ok(())
}

/// The lists that drop-downs refer to, a column each.
fn write_lists(sheet: &mut Worksheet, columns: &[Column]) -> Result<(), XlsxError> {
    for (place, (_, column, choices)) in (LISTS..).zip(lists(columns)) {
        sheet.write_string(LIST_ROW - 1, place, format!("选项：{}", column.label))?;
        for (row, choice) in (LIST_ROW..).zip(choices) {
            sheet.write_string(row, place, choice)?;
        }
    }
    Ok(())
}

/// The columns whose choices cannot stand in their drop-downs.
fn lists(columns: &[Column]) -> impl Iterator<Item = (u16, &Column, &[String])> {
    (0u16..).zip(columns).filter_map(|(number, column)| match &column.check {
        Check::List { choices, .. } if !fits_in_place(choices) => Some((number, column, choices.as_slice())),
        Check::List { .. } | Check::Text | Check::Hint(_) | Check::Id(_) | Check::Mobile => None,
    })
}

/// Where the choices of this column stand, for a drop-down that cannot hold them itself.
pub(super) fn range(columns: &[Column], number: u16) -> Option<String> {
    let (place, (_, _, choices)) = (LISTS..).zip(lists(columns)).find(|(_, (column, ..))| *column == number)?;
    let column = letters(place);
    let last = LIST_ROW.saturating_add(u32::try_from(choices.len()).ok()?);
    Some(format!("='{NAME}'!${column}${}:${column}${last}", LIST_ROW + 1))
}
