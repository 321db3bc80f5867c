//! The classes of a web page's style sheets: Excel and WPS say by them what each cell and word of a page they save looks like.

use std::collections::BTreeMap;

/// The declarations of each class, by its name.
#[derive(Debug, Default)]
pub(super) struct Classes(BTreeMap<String, String>);

/// Classes beyond so many are not kept; a workbook has no more than 64,000 looks.
const MOST: usize = 65_536;

impl Classes {
    /// The classes of all style sheets in a page. Rules for what stands inside something else, or for a state, are left out.
    pub(super) fn of(page: &str) -> Self {
        let mut classes = Self::default();
        let mut rest = page;
        while let Some(start) = rest.find("<style").or_else(|| rest.find("<STYLE")) {
            let sheet = rest[start..].split_once('>').map_or("", |(_, sheet)| sheet);
            let end = sheet.find("</").unwrap_or(sheet.len());
            classes.take(&sheet[..end]);
            rest = &sheet[end..];
        }
        classes
    }

    fn take(&mut self, sheet: &str) {
        let mut rest = sheet;
        while let Some((selectors, behind)) = rest.split_once('{') {
            let (declarations, next) = behind.split_once('}').unwrap_or((behind, ""));
            // a comment, and the <!-- around the sheet, may stand in front of the first selector
            let selectors = ["<!--", "*/"].iter().fold(selectors, |left, sign| left.rsplit_once(sign).map_or(left, |(_, behind)| behind));
            for name in selectors.split(',').filter_map(class_of) {
                if self.0.len() < MOST || self.0.contains_key(name) {
                    let known = self.0.entry(name.to_ascii_lowercase()).or_default();
                    known.push_str(declarations);
                    known.push(';');
                }
            }
            rest = next;
        }
    }

    /// What the classes of an element declare, in the order they are named.
    pub(super) fn declared(&self, names: &str) -> String {
        names.split_ascii_whitespace().filter_map(|name| self.0.get(&name.to_ascii_lowercase())).map(String::as_str).collect()
    }
}

/// The class that a selector is for, whatever element has it: `.xl65`, `td.xl65`.
fn class_of(selector: &str) -> Option<&str> {
    let (element, class) = selector.trim().split_once('.')?;
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    (is_name(element) && is_name(class) && !class.is_empty()).then_some(class)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_known_by_the_rules_for_them() {
        let page = "<html><style id=a><!--table {a:b}\n.font6\n\t{color:red;\n\tfont-style:italic;}\ntd.xl66, .xl67 {text-decoration:line-through;}\n\
            /* no-one's */ .xl68 { font-weight:700 }\n.a .b {c:d} a:hover{e:f}--></style><body><STYLE>.xl66{color:blue}</STYLE></html>";
        let classes = Classes::of(page);
        let declared = |names: &str| classes.declared(names).split_whitespace().collect::<String>();
        assert_eq!(declared("font6"), "color:red;font-style:italic;;");
        assert_eq!(declared("XL66"), "text-decoration:line-through;;color:blue;");
        assert_eq!(declared("xl67 xl68"), "text-decoration:line-through;;font-weight:700;");
        assert_eq!([declared("a"), declared("b"), declared("hover")], ["", "", ""]);
        assert_eq!(Classes::of("<style>.a{b:c").declared("a"), "b:c;");
    }
}
