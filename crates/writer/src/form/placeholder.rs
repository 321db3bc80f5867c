//! Placeholders such as `{{姓名}}`, wherever they stand, in one run or split over several.

use std::ops::Range;

/// Longest name of a placeholder, in bytes.
const LONGEST: usize = 96;

/// One placeholder: what stands between its braces, and the bytes of the XML that hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Placeholder {
    pub(crate) name: String,
    pub(crate) places: Vec<Range<usize>>,
}

impl Placeholder {
    /// The placeholder as written.
    pub(crate) fn label(&self) -> String {
        format!("{{{{{}}}}}", self.name)
    }
}

/// Finds the placeholders in the texts of a part, paragraph by paragraph.
pub(crate) fn find(xml: &str) -> Vec<Placeholder> {
    let mut found = Vec::new();
    if !xml.contains('{') {
        return found;
    }
    let mut text = String::new();
    let mut pieces: Vec<(usize, Range<usize>)> = Vec::new();
    let mut at = 0;
    while let Some(open) = xml[at..].find('<').map(|open| at + open) {
        let Some(end) = xml[open..].find('>').map(|end| open + end + 1) else { break };
        let tag = &xml[open..end];
        at = end;
        if (tag == "<w:t>" || tag.starts_with("<w:t ")) && !tag.ends_with("/>") {
            let close = xml[end..].find('<').map_or(xml.len(), |close| end + close);
            pieces.push((text.len(), end..close));
            text.push_str(&xml[end..close]);
            at = close;
        } else if tag == "</w:p>" {
            in_paragraph(&text, &pieces, &mut found);
            text.clear();
            pieces.clear();
        }
    }
    found
}

fn in_paragraph(text: &str, pieces: &[(usize, Range<usize>)], found: &mut Vec<Placeholder>) {
    let mut at = 0;
    while let Some(open) = text[at..].find("{{").map(|open| at + open) {
        let Some(close) = text[open..].find("}}").map(|close| open + close) else { return };
        let name = text[open + 2..close].trim();
        at = close + 2;
        if name.len() > LONGEST {
            continue;
        }
        let places = pieces.iter().filter_map(|(start, xml)| {
            let from = open.max(*start);
            let to = at.min(start + xml.len());
            (from < to).then(|| xml.start + from - start..xml.start + to - start)
        });
        found.push(Placeholder { name: name.to_owned(), places: places.collect() });
    }
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn a_placeholder_is_found_in_one_run_and_over_several() {
        let xml = "<w:p><w:r><w:t>编号{{姓名}}，{{s</w:t></w:r><w:r><w:t xml:space=\"preserve\">ex}</w:t></w:r><w:r><w:t>}</w:t></w:r></w:p><w:p><w:t>{{开</w:t></w:p>";
        let found = find(xml);
        let shown: Vec<(String, Vec<&str>)> =
            found.iter().map(|one| (one.name.clone(), one.places.iter().map(|place| &xml[place.clone()]).collect())).collect();
        assert_eq!(shown, [("姓名".to_owned(), vec!["{{姓名}}"]), ("sex".to_owned(), vec!["{{s", "ex}", "}"])]);
    }
}
