//! Columns that a survey service fills by itself beside a question for the same: 姓名(填写者), 部门（自动）.

use super::columns::Claimed;
use crate::recognize::Target;
use crate::recognize::labels::{Claim, question_and_answer};
use crate::scheme::Field;
use crate::text::fold_label;

/// What services say behind the label of such a column.
const BY: [&str; 14] = [
    "自动", "系统", "填写者", "填写人", "填报人", "填表人", "提交者", "提交人", "答题者", "答题人", "答卷者", "答卷人", "通讯录",
    "登录账号",
];

/// Lets such columns yield to the question for the same, wherever it stands; the only one that holds an answer keeps it.
///
/// Who held the telephone is nobody's name even where the name is blank. Anything else answers where the question was left blank.
pub(super) fn leave(columns: &mut [Claimed]) {
    for place in 0..columns.len() {
        let Some(Claim::Sure(Target::Field(field))) = columns[place].claim else { continue };
        if !is_noted(&columns[place]) {
            continue;
        }
        let mut asked = columns.iter().filter(|column| !is_noted(column));
        columns[place].claim = match asked.find_map(|column| target_for(column, field)) {
            None => continue,
            Some(Target::Field(_)) if field != Field::Name => Some(Claim::Sure(Target::Further(field))),
            Some(_) if field == Field::Name => Some(Claim::Sure(Target::Ignored)),
            Some(_) => None,
        };
    }
}

/// What the column holds, if that is or contains an answer to this field.
fn target_for(column: &Claimed, field: Field) -> Option<Target> {
    match column.claim {
        Some(Claim::Sure(target @ Target::Field(own))) if own == field => Some(target),
        Some(Claim::Sure(target @ Target::Combined(fields))) if fields.contains(&field) => Some(target),
        _ => None,
    }
}

/// Whether the heading says that the service or whoever held the telephone gave what stands below.
fn is_noted(column: &Claimed) -> bool {
    let says_so = |by: &str| BY.contains(&by) || by.starts_with("自动") || by.starts_with("系统自动");
    column.words.last().and_then(|word| question_and_answer(word)).is_some_and(|(_, by)| says_so(&fold_label(&by)))
}
