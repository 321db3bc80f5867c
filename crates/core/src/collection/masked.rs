//! A run as a publication copy may show it.

use std::collections::BTreeMap;
use std::sync::Arc;

use compact_str::CompactString;

use super::{Checked, Remark, TableReport, UnitReport};
use crate::diagnostic::{Code, Diagnostic, Location};
use crate::mask::{LEFT_OUT_FIELDS, mask_text, masked_person};
use crate::members::MembersReport;
use crate::recognize::Skipped;
use crate::scheme::Scheme;

/// What stands in the place of a quotation that is left out.
const QUOTED: &str = "「***」";

impl Checked {
    /// The same run rebuilt for publication: people as [`masked_person`] shows them, and no full ID number, mobile, address,
    /// e-mail or QQ in the names of files, sheets and units or in what findings say.
    #[must_use]
    pub fn masked(&self, scheme: &Scheme) -> Self {
        Self {
            people: self.people.iter().map(masked_person).collect(),
            fates: self.fates.clone(),
            repeats: self.repeats.clone(),
            tables: self.tables.iter().map(table).collect(),
            remarks: self
                .remarks
                .iter()
                .map(|remark| Remark { file: shared(&remark.file), text: mask_text(&remark.text).into_owned() })
                .collect(),
            units: self.units.iter().map(|unit| UnitReport { unit: shared(&unit.unit), ..unit.clone() }).collect(),
            diagnostics: self.diagnostics.iter().map(|finding| diagnostic(finding, scheme)).collect(),
            members: self.members.as_ref().map(members),
            strays: self.strays.iter().map(|finding| diagnostic(finding, scheme)).collect(),
            origins: BTreeMap::new(),
        }
    }
}

fn shared(text: &Arc<str>) -> Arc<str> {
    mask_text(text).as_ref().into()
}

fn members(members: &MembersReport) -> MembersReport {
    let unregistered = members.unregistered.iter().map(|name| mask_text(name).as_ref().into()).collect();
    MembersReport { unregistered, ..members.clone() }
}

/// What was skipped, and what was no heading after all, may be anything: their words are left out.
fn table(table: &TableReport) -> TableReport {
    let skipped = table.skipped.iter().map(|skipped| Skipped { text: CompactString::default(), ..*skipped }).collect();
    let (file, sheet) = (shared(&table.file), table.sheet.as_ref().map(shared));
    TableReport { file, sheet, skipped, headings: BTreeMap::new(), ..table.clone() }
}

fn diagnostic(finding: &Diagnostic, scheme: &Scheme) -> Diagnostic {
    let at = &finding.at;
    let is_left_out = at.field.as_deref().is_some_and(|key| LEFT_OUT_FIELDS.iter().any(|field| field.key(scheme) == key))
        // a file that is no table may show anything in its first row
        || matches!(finding.code, Code::NoTable | Code::UnmappedColumn);
    let words = |text: &str| if is_left_out { mask_text(&without_quotations(text)).into_owned() } else { mask_text(text).into_owned() };
    Diagnostic {
        code: finding.code,
        severity: finding.severity,
        at: Location {
            file: at.file.as_ref().map(shared),
            sheet: at.sheet.as_ref().map(shared),
            unit: at.unit.as_ref().map(shared),
            cell: at.cell.as_deref().map(|cell| CompactString::from(mask_text(cell).as_ref())),
            ..at.clone()
        },
        message: words(&finding.message).into(),
        hint: finding.hint.as_deref().map(|hint| words(hint).into()),
    }
}

/// The text with everything between 「 and 」 left out.
fn without_quotations(text: &str) -> String {
    let mut rest = text;
    let mut kept = String::with_capacity(text.len());
    while let Some((before, quoted)) = rest.split_once('「') {
        kept.push_str(before);
        kept.push_str(QUOTED);
        // a quotation may hold brackets of its own; what follows the first end is kept only if no further end follows it
        // before the next beginning
        rest = match quoted.split_once('」') {
            Some((_, after)) => {
                let next = after.find('「').unwrap_or(after.len());
                after[..next].rfind('」').map_or(after, |end| &after[end + '」'.len_utf8()..])
            }
            None => "",
        };
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collection::Collection;
    use crate::recognize::table_tests::drawn;
    use crate::value::Date;

    #[test]
    fn quotations_are_left_out_whole() {
        for (text, expected) in [
            ("电子邮件「zhang」不像", "电子邮件「***」不像"),
            ("「a」和「b」", "「***」和「***」"),
            ("「a「b」c」完", "「***」完"),
            ("没有", "没有"),
            ("「半句", "「***」"),
        ] {
            assert_eq!(without_quotations(text), expected);
        }
    }

    #[test]
    fn nothing_that_was_typed_as_a_number_or_address_is_left() {
        let scheme = Scheme::built_in();
        let secrets =
            ["329901198506120013", "13800000001", "0519-86310000", "zhang@example.com", "54321", "常州市长塘路3号", "不是邮箱", "qq-abc"];
        let rows = "姓名|性别|身份证号码|手机|电话|电子邮件|QQ|家庭地址|志愿服务经历|服务意向\n\
            郑试一|男|329901198506120013|13800000001|0519-86310000|zhang@example.com|54321|常州市长塘路3号|\
            找我请打13800000001、05198631 0000或写zhang@example.com，短号54321，来常州市长塘路3号|尊老\n\
            郑试二|女|329901198506120021|1380000|86310000|不是邮箱|qq-abc|常州市长塘路3号||唱歌\n";
        let mut collection = Collection::new(&scheme, Date::new(2026, 11, Some(23)).expect("a date"));
        collection.add_document("收集/13800000001郑试一.xlsx", &[drawn(rows, &[])]);
        let masked = collection.judge().masked(&scheme);
        let mut seen = format!("{:?}{:?}", masked.tables, masked.units);
        for finding in &masked.diagnostics {
            seen += &format!("{finding:?}\n");
        }
        for person in &masked.people {
            seen += &format!("{person:?}\n");
        }
        for secret in secrets {
            assert!(!seen.contains(secret), "{secret} in\n{seen}");
        }
        assert!(seen.contains("3299**********0013") && seen.contains("138****0001") && seen.contains("郑试一"));
    }
}
