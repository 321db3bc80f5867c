//! What the three texts say together: which field a printed label or heading reads back as, and what is never printed.

use std::ops::Range;

use compact_str::CompactString;

use super::source::{Source, nearest};
use crate::scheme::{CellContent, Field, Scheme, field};
use crate::text::fold_label;

/// Whoever the label belongs to when it is read: its own label, and the fields it answers.
pub(super) fn claimant<'s>(scheme: &'s Scheme, printed: &str) -> Option<(&'s str, Vec<Field>)> {
    let folded = fold_label(printed);
    let is = |label: &CompactString, aliases: &[CompactString]| fold_label(label) == folded || aliases.contains(&folded);
    let field = scheme.fields.iter().find(|spec| is(&spec.label, &spec.aliases)).map(|spec| (spec.label.as_str(), vec![spec.field]));
    let combined = || {
        let spec = scheme.combined.iter().find(|spec| is(&spec.label, &spec.aliases))?;
        Some((spec.label.as_str(), spec.fields.to_vec()))
    };
    field.or_else(combined)
}

/// Makes what the scheme prints an alias of the field it stands for, so that what is written can be read again.
pub(super) fn add_printed_labels(scheme: &mut Scheme) {
    let cells = scheme.form.rows.iter().flat_map(|row| &row.cells);
    let labels = cells.filter_map(|cell| match &cell.content {
        CellContent::Label { field, text } => Some((*field, fold_label(text))),
        CellContent::Answer { .. } | CellContent::Choice { .. } | CellContent::Photo { .. } | CellContent::Text { .. } => None,
    });
    let headings = scheme.roster.columns.iter().filter_map(|column| match column.from.as_slice() {
        [field] => Some((*field, fold_label(&column.heading))),
        _ => None,
    });
    let printed: Vec<(Field, CompactString)> = labels.chain(headings).collect();
    for (field, label) in printed {
        if !label.is_empty()
            && claimant(scheme, &label).is_none()
            && let Some(spec) = scheme.fields.iter_mut().find(|spec| spec.field == field)
        {
            spec.aliases.push(label);
        }
    }
    let claimed: Vec<CompactString> =
        scheme.fields.iter().flat_map(|spec| std::iter::once(fold_label(&spec.label)).chain(spec.aliases.iter().cloned())).collect();
    // what a field claims is no longer anybody's look-alike: a scheme may add 籍贯 or 备注 as a field
    for spec in &mut scheme.fields {
        spec.not.retain(|label| !claimed.contains(label));
    }
    scheme.foreign_labels.retain(|label| !claimed.contains(label));
    scheme.survey_labels.retain(|label| !claimed.contains(label));
}

/// Says of each of the scheme's own fields that is nowhere printed that it is not.
pub(super) fn notice_unprinted(scheme: &Scheme, places: &[Range<usize>], source: &mut Source<'_>) {
    for (spec, place) in scheme.fields.iter().zip(places) {
        if !matches!(spec.field, Field::Own(_)) || is_printed(scheme, spec.field) {
            continue;
        }
        let key = spec.field.key(scheme);
        // a slip in the key of a known field makes a new one
        let slip = nearest(key, field::keys()).map_or_else(String::new, |known| format!("；如果本意是「{known}」，请改正这个键"));
        let message = format!("登记表和名册里都没有「{}」的位置，内容不会印出；请在 form.toml 或 roster.toml 里给它位置{slip}", spec.label);
        source.notice(place.clone(), format!("field.{key}"), message);
    }
}

fn is_printed(scheme: &Scheme, field: Field) -> bool {
    let in_form = scheme.form.rows.iter().flat_map(|row| &row.cells).any(|cell| match cell.content {
        CellContent::Answer { field: found } | CellContent::Choice { field: found, .. } => found == field,
        CellContent::Label { .. } | CellContent::Photo { .. } | CellContent::Text { .. } => false,
    });
    in_form || scheme.roster.columns.iter().any(|column| column.from.contains(&field))
}
