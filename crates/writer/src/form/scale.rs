//! Properties whose sizes can be made smaller: the size of type, and the height of lines.

use crate::docx::measure::LINE;

/// How a number follows the size of type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unit {
    /// Half points of type.
    Type,
    /// Height of a line in twentieths of a point.
    Line,
}

/// A piece of properties, cut at its sizes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Scalable {
    /// The whole, at the size it was made in.
    pub(crate) normal: String,
    cuts: Vec<(String, Unit)>,
    rest: String,
}

/// Properties of a paragraph that stand behind its spacing (ECMA-376, CT_PPr).
const BEHIND_SPACING: [&str; 14] = [
    "<w:ind", "<w:contextualSpacing", "<w:mirrorIndents", "<w:suppressOverlap", "<w:jc", "<w:textDirection", "<w:textAlignment",
    "<w:textboxTightWrap", "<w:outlineLvl", "<w:divId", "<w:cnfStyle", "<w:rPr>", "<w:sectPr", "<w:pPrChange",
];

/// What stands before a size in the XML.
const SIZES: [(&str, Unit); 3] = [("<w:sz w:val=\"", Unit::Type), ("<w:szCs w:val=\"", Unit::Type), (" w:line=\"", Unit::Line)];

/// Properties of a run that stand behind its size (ECMA-376, CT_RPr).
const BEHIND_SIZE: [&str; 12] = [
    "<w:highlight", "<w:u ", "<w:u/", "<w:effect", "<w:bdr", "<w:shd", "<w:fitText", "<w:vertAlign", "<w:rtl", "<w:cs/", "<w:em ",
    "<w:lang",
];

impl Scalable {
    pub(crate) fn new(xml: &str) -> Self {
        let mut cuts = Vec::new();
        let mut rest = xml;
        while let Some((at, unit)) =
            SIZES.iter().filter_map(|(mark, unit)| Some((rest.find(mark)? + mark.len(), *unit))).min_by_key(|(at, _)| *at)
        {
            let (before, after) = rest.split_at(at);
            cuts.push((before.to_owned(), unit));
            rest = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '-');
        }
        Self { normal: xml.to_owned(), cuts, rest: rest.to_owned() }
    }

    /// The properties of a paragraph, whose lines are as high as its type asks for once that is not its usual size: neither
    /// the lines that a page is ruled in nor what a font takes for its own make them higher.
    pub(super) fn of_paragraph(xml: &str) -> Self {
        const LINE: &str = " w:line=\"";
        let inside = xml.strip_prefix("<w:pPr>").and_then(|rest| rest.strip_suffix("</w:pPr>")).unwrap_or("");
        let at = |names: &[&str]| names.iter().filter_map(|name| inside.find(name)).min();
        let own = at(&["<w:spacing "]).filter(|own| at(&["<w:rPr>"]).is_none_or(|run| *own < run));
        let (before, spacing, behind) = match own.and_then(|start| Some((start, start + inside[start..].find("/>")?))) {
            Some((start, end)) => (&inside[..start], &inside[start..end], &inside[end..]),
            None => {
                let start = at(&BEHIND_SPACING).unwrap_or(inside.len());
                (&inside[..start], "<w:spacing", "")
            }
        };
        let behind = if behind.is_empty() { format!("/>{}", &inside[before.len()..]) } else { behind.to_owned() };
        let (spacing, rest) = (without_line(spacing), Self::new(&behind));
        let before = without_element(before, "<w:snapToGrid");
        let mut scaled = vec![(format!("<w:pPr>{before}<w:snapToGrid w:val=\"0\"/>{spacing}{LINE}"), Unit::Line)];
        let exact = "\" w:lineRule=\"exact\"";
        let mut cuts = rest.cuts.into_iter();
        match cuts.next() {
            Some((first, unit)) => {
                scaled.push((format!("{exact}{first}"), unit));
                scaled.extend(cuts);
                Self { normal: xml.to_owned(), cuts: scaled, rest: format!("{}</w:pPr>", rest.rest) }
            }
            None => Self { normal: xml.to_owned(), cuts: scaled, rest: format!("{exact}{}</w:pPr>", rest.rest) },
        }
    }

    /// The size of type it sets, in half points.
    pub(crate) fn size(&self) -> Option<u32> {
        let (_, after) = self.normal.split_once(SIZES[0].0)?;
        after.split('"').next()?.parse().ok()
    }

    /// Writes it with this size of type, in half points.
    ///
    /// Properties of a run that set no size are told this one.
    pub(crate) fn write(&self, size: u32, out: &mut String) {
        if self.cuts.is_empty() && (self.rest.is_empty() || self.rest.starts_with("<w:rPr>")) {
            let own = format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
            let inside = self.rest.strip_prefix("<w:rPr>").and_then(|rest| rest.strip_suffix("</w:rPr>")).unwrap_or("");
            // the schema has these behind the size
            let at = BEHIND_SIZE.iter().filter_map(|name| inside.find(name)).min().unwrap_or(inside.len());
            out.push_str(&format!("<w:rPr>{}{own}{}</w:rPr>", &inside[..at], &inside[at..]));
            return;
        }
        for (before, unit) in &self.cuts {
            out.push_str(before);
            let number = match unit {
                Unit::Type => size,
                Unit::Line => line_height(size),
            };
            out.push_str(&number.to_string());
        }
        out.push_str(&self.rest);
    }
}

/// The properties without the element that begins so.
fn without_element(properties: &str, name: &str) -> String {
    let mut properties = properties.to_owned();
    if let Some(start) = properties.find(name)
        && let Some(end) = properties[start..].find("/>")
    {
        properties.replace_range(start..start + end + "/>".len(), "");
    }
    properties
}

/// The tag without what it says of the height of lines.
fn without_line(tag: &str) -> String {
    let mut tag = tag.to_owned();
    for name in [" w:line=\"", " w:lineRule=\""] {
        if let Some(start) = tag.find(name)
            && let Some(end) = tag[start + name.len()..].find('"')
        {
            tag.replace_range(start..start + name.len() + end + 1, "");
        }
    }
    tag
}

/// The height of a line of this type, in twentieths of a point.
pub(super) fn line_height(size: u32) -> u32 {
    crate::docx::unit::Twips::from_points(f64::from(size) / 2.0 * LINE).0
}

#[cfg(test)]
mod tests {
    use super::Scalable;

    #[test]
    fn type_and_lines_shrink_together() {
        let xml =
            "<w:pPr><w:spacing w:line=\"300\" w:lineRule=\"exact\"/><w:rPr><w:sz w:val=\"24\"/><w:szCs w:val=\"24\"/></w:rPr></w:pPr>";
        let scalable = Scalable::new(xml);
        assert_eq!(scalable.size(), Some(24));
        let mut small = String::new();
        scalable.write(12, &mut small);
        assert_eq!(small, xml.replace("300", "150").replace("24", "12"));
    }

    #[test]
    fn lines_of_a_paragraph_are_as_high_as_its_type_asks_for() {
        let free = "<w:snapToGrid w:val=\"0\"/>";
        let exact = "w:line=\"150\" w:lineRule=\"exact\"/>";
        for (xml, expected) in [
            ("", format!("<w:pPr>{free}<w:spacing {exact}</w:pPr>")),
            ("<w:pPr><w:jc w:val=\"left\"/></w:pPr>", format!("<w:pPr>{free}<w:spacing {exact}<w:jc w:val=\"left\"/></w:pPr>")),
            (
                "<w:pPr><w:spacing w:before=\"60\" w:line=\"360\" w:lineRule=\"auto\"/><w:rPr><w:spacing w:val=\"2\"/><w:sz w:val=\"24\"/></w:rPr></w:pPr>",
                format!(
                    "<w:pPr>{free}<w:spacing w:before=\"60\" {exact}<w:rPr><w:spacing w:val=\"2\"/><w:sz w:val=\"12\"/></w:rPr></w:pPr>"
                ),
            ),
        ] {
            let mut small = String::new();
            Scalable::of_paragraph(xml).write(12, &mut small);
            assert_eq!(small, expected, "{xml}");
        }
    }
}
