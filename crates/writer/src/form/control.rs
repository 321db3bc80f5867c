//! Check boxes that are content controls (`w14:checkbox`): their state stands apart from the sign they show.

use std::ops::Range;

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
