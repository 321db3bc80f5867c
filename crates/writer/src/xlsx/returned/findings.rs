//! The sheet 提醒: every finding of the run, a line each.

use mingce_core::diagnostic::{Diagnostic, Severity};
use mingce_core::marks::FINDINGS;
use mingce_core::scheme::Scheme;
use rust_xlsxwriter::{FormatAlign, FormatBorder, Worksheet, XlsxError};

use super::super::page::{list_format, list_height, set_up_list};

/// The sheet's name.
pub(super) const NAME: &str = "提醒";

/// Widths of the columns, in characters.
const WIDTHS: [u16; FINDINGS.len()] = [6, 28, 16, 9, 16, 14, 60, 60];

pub(super) fn write(sheet: &mut Worksheet, diagnostics: &[Diagnostic], scheme: &Scheme) -> Result<(), XlsxError> {
    let heading = list_format().set_bold().set_border(FormatBorder::Thin).set_align(FormatAlign::Center);
    let cell = list_format().set_num_format("@").set_border(FormatBorder::Thin).set_text_wrap();
    for (column, (text, width)) in (0u16..).zip(FINDINGS.into_iter().zip(WIDTHS)) {
        sheet.write_string_with_format(0, column, text, &heading)?.set_column_width(column, width)?;
    }
    for (row, finding) in (1u32..).zip(diagnostics) {
        let line = line(finding, scheme);
        let widths = WIDTHS.map(f64::from);
        sheet.set_row_height(row, list_height(line.iter().map(String::as_str).zip(widths)))?;
        for (column, text) in (0u16..).zip(line) {
            sheet.write_string_with_format(row, column, text, &cell)?;
        }
    }
    let last = u32::try_from(diagnostics.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, u16::try_from(FINDINGS.len()).unwrap_or(1) - 1)?.set_freeze_panes(1, 0)?;
    set_up_list(sheet, 0..=0)
}

fn line(finding: &Diagnostic, scheme: &Scheme) -> [String; FINDINGS.len()] {
    let at = &finding.at;
    let severity = match finding.severity {
        Severity::Error => "错误",
        Severity::Warning => "提醒",
    };
    let place = at.cell.as_ref().map(ToString::to_string).or_else(|| at.row.map(|row| format!("第 {row} 行")));
    let field = at.field.as_deref().map(|key| label(key, scheme));
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    [
        severity.to_owned(),
        text(at.file.as_deref()),
        text(at.sheet.as_deref()),
        place.unwrap_or_default(),
        text(at.unit.as_deref()),
        text(field),
        finding.message.to_string(),
        text(finding.hint.as_deref()),
    ]
}

/// The label of the field with this key.
fn label<'a>(key: &'a str, scheme: &'a Scheme) -> &'a str {
    let known = scheme.fields.iter().find(|spec| spec.field.key(scheme) == key);
    known.map_or(key, |spec| spec.label.as_str())
}
