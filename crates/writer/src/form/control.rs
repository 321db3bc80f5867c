//! What is no text but shows a choice: check boxes that are content controls (`w14:checkbox`), symbols of picture fonts, and
//! the lists of form fields.

use std::ops::Range;

use compact_str::CompactString;
use mingce_core::text::fold_label;

/// The control around a sign.
pub(super) struct Control {
    /// The bytes of its `w14:checked` element.
    pub(super) checked: Range<usize>,
    /// The signs it shows when it is empty and when it is ticked.
    pub(super) signs: [String; 2],
}

impl Control {
    /// The element that says so.
    pub(super) fn states(&self) -> [String; 2] {
        [0, 1].map(|on| format!("<w14:checked w14:val=\"{on}\"/>"))
    }
}

/// The check box around this byte of the XML; `None` if there is none.
pub(super) fn around(xml: &str, at: usize) -> Option<Control> {
    let start = xml.get(..at)?.rfind("<w:sdt>")?;
    let properties = &xml[start..at];
    if properties.contains("</w:sdt>") || !properties.contains("<w14:checkbox>") {
        return None;
    }
    let checked = start + properties.find("<w14:checked ")?;
    let end = checked + xml[checked..at].find("/>")? + 2;
    let sign = |state: &str, usual: char| {
        let tag = properties.split_once(&format!("<w14:{state} ")).and_then(|(_, tag)| tag.split('>').next()).unwrap_or("");
        let code =
            tag.split_once("w14:val=\"").and_then(|(_, code)| code.split('"').next()).and_then(|code| u32::from_str_radix(code, 16).ok());
        code.and_then(char::from_u32).filter(|sign| !sign.is_control()).unwrap_or(usual).to_string()
    };
    Some(Control { checked: checked..end, signs: [sign("uncheckedState", '☐'), sign("checkedState", '☒')] })
}

/// A symbol of a picture font with its tick; `None` for another symbol, and for fonts that have none.
pub(super) fn ticked_symbol(symbol: &str) -> Option<String> {
    const TICKED: [(&str, &str); 2] = [("w:font=\"Wingdings\"", "00FE"), ("w:font=\"Wingdings 2\"", "0052")];
    let (_, code) = TICKED.iter().find(|(font, _)| symbol.contains(font))?;
    let start = symbol.find("w:char=\"")? + "w:char=\"".len();
    let end = start + symbol[start..].find('"')?;
    Some(format!("{}{code}{}", &symbol[..start], &symbol[end..]))
}

/// The list of a form field with one entry more, which is shown: what stands before and behind the entry.
///
/// An answer that is none of the entries has no other way into the field, and the entry that the blank shows is not the answer.
/// A list that is full loses its last entry for it.
pub(super) fn list_with_another(list: &str) -> [String; 2] {
    const MOST: usize = 25;
    const END: &str = "</w:ddList>";
    let mut starts: Vec<usize> = list.match_indices("<w:listEntry ").map(|(at, _)| at).collect();
    let end = if starts.len() < MOST { None } else { starts.pop() };
    let kept = &list[..end.unwrap_or(list.len())];
    let kept = kept.strip_suffix(END).unwrap_or(kept);
    let (head, rest) = without_result(kept);
    [format!("{head}<w:result w:val=\"{}\"/>{rest}<w:listEntry w:val=\"", starts.len()), format!("\"/>{END}")]
}

/// The start tag of a list, and what is in it but the number of the entry that is shown.
fn without_result(list: &str) -> (&'static str, String) {
    const HEAD: &str = "<w:ddList>";
    let start = list.strip_prefix(HEAD).map_or(0, |_| HEAD.len());
    let rest = match super::locate::element(list, 0..list.len(), "<w:result") {
        Some(result) => format!("{}{}", &list[start..result.start], &list[result.end..]),
        None => list[start..].to_owned(),
    };
    (HEAD, rest)
}

/// The entries of a form field's list, folded, each with the list that shows it.
pub(super) fn list_entries(list: &str) -> Vec<(CompactString, String)> {
    let (head, rest) = without_result(list);
    let entries = list.match_indices("<w:listEntry ").filter_map(|(at, _)| list[at..].split('>').next()?.split('"').nth(1));
    let shown = |(number, entry)| (fold_label(entry), format!("{head}<w:result w:val=\"{number}\"/>{rest}"));
    entries.enumerate().map(shown).collect()
}
