//! Attributes in the text of a tag: what is not touched stays byte for byte as it was.

use std::borrow::Cow;
use std::ops::Range;

/// The bytes of an attribute's value in a tag; the name is given with its prefix, if it has one.
pub(crate) fn value_range(tag: &str, name: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(found) = tag[at..].find(name).map(|found| at + found) {
        at = found + name.len();
        let is_whole = tag[..found].ends_with(char::is_whitespace);
        let rest = tag[at..].trim_start();
        let Some(quoted) = rest.strip_prefix('=').map(str::trim_start).filter(|_| is_whole) else { continue };
        let quote = quoted.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        let start = tag.len() - quoted.len() + 1;
        let end = start + tag[start..].find(quote)?;
        return Some(start..end);
    }
    None
}

/// The value of an attribute as it stands in the tag.
pub(crate) fn value<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    value_range(tag, name).map(|range| &tag[range])
}

/// The tag with this value for the attribute, which is added where the tag has none.
pub(crate) fn with<'t>(tag: &'t str, name: &str, value: &str) -> Cow<'t, str> {
    match value_range(tag, name) {
        Some(range) if &tag[range.clone()] == value => Cow::Borrowed(tag),
        Some(range) => Cow::Owned(format!("{}{value}{}", &tag[..range.start], &tag[range.end..])),
        None => {
            let end = tag.len() - if tag.ends_with("/>") { 2 } else { 1 };
            Cow::Owned(format!("{} {name}=\"{value}\"{}", tag[..end].trim_end(), &tag[end..]))
        }
    }
}

/// The tag without the attribute.
pub(crate) fn without<'t>(tag: &'t str, name: &str) -> Cow<'t, str> {
    let Some(range) = value_range(tag, name) else { return Cow::Borrowed(tag) };
    let before = &tag[..range.start];
    let start = before.rfind(name).unwrap_or(range.start);
    Cow::Owned(format!("{}{}", before[..start].trim_end(), &tag[range.end + 1..]))
}

/// What stands before the element's name in its tag, such as `x:`; mostly nothing.
pub(crate) fn prefix(tag: &str) -> &str {
    let name = tag.trim_start_matches('<').split([' ', '/', '>']).next().unwrap_or("");
    name.rfind(':').map_or("", |colon| &name[..=colon])
}

/// A text as the value of an attribute.
pub(crate) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attribute_is_found_by_its_whole_name_and_the_rest_stays() {
        let tag = "<x:c  rr=\"1\" r = 'B2' s=\"3\"/>";
        assert_eq!(value(tag, "r"), Some("B2"));
        assert_eq!(with(tag, "r", "C9"), "<x:c  rr=\"1\" r = 'C9' s=\"3\"/>");
        assert_eq!(with(tag, "t", "inlineStr"), "<x:c  rr=\"1\" r = 'B2' s=\"3\" t=\"inlineStr\"/>");
        assert_eq!(without(tag, "r"), "<x:c  rr=\"1\" s=\"3\"/>");
        assert_eq!(without(tag, "zz"), tag);
    }
}
