//! Fields that the scheme requires: a blank one returns the row, whatever the sheet asks for.

use crate::compose;
use crate::diagnostic::Code;
use crate::register::Reading;
use crate::scheme::Field;

/// Fields whose absence has a code of its own.
const NAMED_ELSEWHERE: [Field; 7] = [Field::Name, Field::Sex, Field::Birth, Field::Services, Field::Subsidy, Field::Photo, Field::SignedOn];

pub(crate) fn judge(reading: &mut Reading<'_>) {
    let scheme = reading.scheme();
    for spec in scheme.fields.iter().filter(|spec| spec.required && !NAMED_ELSEWHERE.contains(&spec.field)) {
        if spec.field == Field::Seq || !compose::text(&reading.person, spec.field, scheme).is_empty() {
            continue;
        }
        let message = if reading.is_asked(spec.field) {
            format!("没有填「{}」，方案要求必填", spec.label)
        } else {
            format!("表里没有「{}」这一列，方案要求必填", spec.label)
        };
        reading.report(Code::FieldMissing, spec.field, message, "请补填后重报");
    }
}
