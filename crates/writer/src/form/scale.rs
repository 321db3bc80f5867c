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

/// What stands before a size in the XML.
const SIZES: [(&str, Unit); 3] = [("<w:sz w:val=\"", Unit::Type), ("<w:szCs w:val=\"", Unit::Type), (" w:line=\"", Unit::Line)];

/// Properties of a run that stand behind its size (ECMA-376, CT_RPr).
const BEHIND_SIZE: [&str; 12] = [
    "<w:highlight",
    "<w:u ",
    "<w:u/",
    "<w:effect",
    "<w:bdr",
    "<w:shd",
    "<w:fitText",
    "<w:vertAlign",
    "<w:rtl",
    "<w:cs/",
    "<w:em ",
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
}
