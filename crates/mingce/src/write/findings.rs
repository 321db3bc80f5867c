//! What somebody should hear about the forms that were filled.

use std::path::Path;
use std::sync::Arc;

use compact_str::ToCompactString;
use mingce_core::address::Address;
use mingce_core::collection::Checked;
use mingce_core::diagnostic::{Code, Diagnostic, Location};
use mingce_core::registration::Registration;
use mingce_core::scheme::{Field, Scheme};
use mingce_writer::form::Filled;

/// The findings about one person's form, at the cells where the answers came from.
pub(super) fn of_form(person: &Registration, filled: &Filled, checked: &Checked, scheme: &Scheme) -> Vec<Diagnostic> {
    let shrunk = filled.spilled.iter().map(|field| {
        let message = format!("「{}」太长，用最小的字号也放不下一格，这份登记表可能排成两页", scheme.label(*field));
        Diagnostic::new(Code::AnswerShrunk, place(person, *field, checked, scheme), message)
            .with_hint("内容没有删减；要排在一页里，请把它写短些")
    });
    let dropped = filled.dropped.iter().map(|(field, character)| {
        let message = format!("「{}」里有一个不能写进文档的字符（U+{:04X}），已经去掉", scheme.label(*field), u32::from(*character));
        Diagnostic::new(Code::CharacterDropped, place(person, *field, checked, scheme), message)
            .with_hint("请核对这一格，多半是复制时带进来的")
    });
    let left_out = filled.left_out.iter().map(|(field, words)| {
        let (label, name) = (scheme.label(*field), &person.name);
        let message = format!("空白表的「{label}」没有地方写「{words}」，「{name}」填的这一项没有写进去");
        Diagnostic::new(Code::SlotMissing, place(person, *field, checked, scheme), message)
            .with_hint(format!("请在空白表的「{label}」里加上这一项，或加上「其他：」和空白；合并的格子要拆开"))
    });
    shrunk.chain(dropped).chain(left_out).collect()
}

/// A blank without a place for photos, where there are some.
pub(super) fn no_photo_place(template: &Path, scheme: &Scheme) -> Diagnostic {
    let label = scheme.label(Field::Photo);
    let at = Location { field: Some(Field::Photo.key(scheme).into()), ..Location::of_file(template.to_string_lossy()) };
    Diagnostic::new(Code::PhotoUnused, at, format!("空白表里没有「{label}」这一格，照片都没有放进去"))
        .with_hint(format!("请在空白表贴照片的格子里写上「{label}」"))
}

/// The cell that a person's answer came from.
pub(super) fn place(person: &Registration, field: Field, checked: &Checked, scheme: &Scheme) -> Location {
    let key = field.key(scheme);
    let mut at = Location { field: Some(key.into()), row: Some(person.place.row), ..Location::default() };
    let Some(table) = usize::try_from(person.place.table).ok().and_then(|table| checked.tables.get(table)) else { return at };
    at.file = Some(Arc::clone(&table.file));
    at.sheet.clone_from(&table.sheet);
    let column = table.columns.iter().flatten().find(|(_, claimed)| claimed.as_deref() == Some(key)).map(|(column, _)| *column);
    at.cell = column.and_then(|column| Address::new(person.place.row, column.number())).map(|cell| cell.to_compact_string());
    at
}
