//! Looks of a blank's cells in other sizes: a long answer wraps and shrinks inside its cell.

use std::collections::BTreeMap;

use mingce_core::scheme::Points;
use mingce_ooxml::sheet::Styles;

use super::attributes::{prefix, value, with, without};
use super::book::Book;

/// Sizes that a long answer shrinks through, in points.
const SIZES: [f64; 16] = [20.0, 18.0, 16.0, 15.0, 14.0, 12.0, 11.0, 10.5, 10.0, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0];

/// The looks of a blank, and those that are added to them.
pub(super) struct Looks<'b> {
    styles: &'b Styles,
    xml: &'b str,
    fonts: Vec<String>,
    looks: Vec<String>,
    known_fonts: BTreeMap<(usize, String), usize>,
    known: BTreeMap<String, usize>,
}

impl<'b> Looks<'b> {
    pub(super) fn of(book: &'b Book) -> Self {
        let xml = book.styles_part.as_deref().map_or("", |part| book.text(part));
        Self { styles: &book.styles, xml, fonts: Vec::new(), looks: Vec::new(), known_fonts: BTreeMap::new(), known: BTreeMap::new() }
    }

    /// The sizes that text in this look can shrink through, from its own down to the smallest, each with a look that wraps.
    pub(super) fn shrinking(&mut self, style: usize, smallest: Points) -> Vec<(Points, usize)> {
        let own = self.styles.look(style).size;
        let smaller = SIZES.into_iter().filter(|size| *size < own && *size >= smallest.0);
        std::iter::once(own).chain(smaller).map(|size| (Points(size), self.wrapping(style, size))).collect()
    }

    /// The look in this size, its text wrapping.
    fn wrapping(&mut self, style: usize, size: f64) -> usize {
        let look = self.styles.look(style);
        let is_own = (size - look.size).abs() < 0.01;
        if look.xml.is_empty() || (is_own && look.wraps) {
            return style;
        }
        let xml = self.xml.get(look.xml.clone()).unwrap_or("");
        let font = if is_own { look.font } else { self.font(look.font, &format!("size {size}"), |font| sized(font, size)) };
        let xml = wrapped(&with_font(xml, font));
        self.add(xml)
    }

    /// The look of a heading as that of the lines below it: neither filled nor bold.
    pub(super) fn plain(&mut self, style: usize) -> usize {
        let look = self.styles.look(style);
        if look.xml.is_empty() {
            return style;
        }
        let font = self.font(look.font, "plain", |font| without_element(font, "b"));
        let xml = with_font(self.xml.get(look.xml.clone()).unwrap_or(""), font);
        let end = xml.find('>').map_or(xml.len(), |end| end + 1);
        let tag = with(&xml[..end], "fillId", "0");
        let xml = wrapped(&format!("{tag}{}", &xml[end..]));
        self.add(xml)
    }

    /// Whether text in this look shrinks to its cell by itself.
    pub(super) fn shrinks(&self, style: usize) -> bool {
        self.styles.look(style).shrinks
    }

    /// A look made of another, in that one's size alone.
    pub(super) fn wrapping_only(&mut self, style: usize, of: usize) -> Vec<(Points, usize)> {
        vec![(Points(self.styles.look(of).size), style)]
    }

    fn font(&mut self, number: usize, key: &str, change: impl Fn(&str) -> String) -> usize {
        let Some(xml) = self.styles.fonts.get(number).and_then(|font| self.xml.get(font.clone())) else { return number };
        let next = self.styles.fonts.len() + self.fonts.len();
        let fonts = &mut self.fonts;
        *self.known_fonts.entry((number, key.to_owned())).or_insert_with(|| {
            fonts.push(in_order(&change(xml)));
            next
        })
    }

    fn add(&mut self, xml: String) -> usize {
        let next = self.styles.len() + self.looks.len();
        let looks = &mut self.looks;
        *self.known.entry(xml).or_insert_with_key(|xml| {
            looks.push(xml.clone());
            next
        })
    }

    /// The styles part with the elements of each font in the order of the format; every place in it stays where it is.
    fn fonts_in_order(&self) -> String {
        let mut xml = self.xml.to_owned();
        for font in &self.styles.fonts {
            let ordered = self.xml.get(font.clone()).map(in_order).filter(|ordered| ordered.len() == font.len());
            ordered.into_iter().for_each(|ordered| xml.replace_range(font.clone(), &ordered));
        }
        xml
    }

    /// The styles part with the looks that were asked for, and its fonts in order; `None` if it stays as it is.
    pub(super) fn finish(self) -> Option<String> {
        if self.looks.is_empty() {
            return Some(self.fonts_in_order()).filter(|ordered| ordered != self.xml);
        }
        let (fonts, looks) = (self.styles.fonts_end, self.styles.looks_end);
        let mut puts = [(fonts, self.fonts.concat()), (looks, self.looks.concat())];
        puts.sort_by_key(|(at, _)| *at);
        let [(first, front), (second, back)] = puts;
        let own = self.fonts_in_order();
        let xml = format!("{}{front}{}{back}{}", &own[..first], &own[first..second], &own[second..]);
        let xml = counted(&xml, "fonts", self.styles.fonts.len() + self.fonts.len());
        Some(counted(&xml, "cellXfs", self.styles.len() + self.looks.len()))
    }
}

/// The XML with this count in the opening tag of a list.
fn counted(xml: &str, list: &str, count: usize) -> String {
    let mut at = 0;
    while let Some(open) = xml[at..].find(list).map(|found| at + found) {
        let is_tag = xml[..open].ends_with('<')
            || (xml[..open].ends_with(':') && !xml[..open].trim_end_matches(|c: char| c == ':' || c.is_alphanumeric()).ends_with('/'));
        let end = xml[open..].find('>').map_or(xml.len(), |end| open + end + 1);
        if is_tag {
            let start = xml[..open].rfind('<').unwrap_or(open);
            return format!("{}{}{}", &xml[..start], with(&xml[start..end], "count", &count.to_string()), &xml[end..]);
        }
        at = end;
    }
    xml.to_owned()
}

fn with_font(xf: &str, font: usize) -> String {
    let end = xf.find('>').map_or(xf.len(), |end| end + 1);
    let tag = with(&xf[..end], "fontId", &font.to_string()).into_owned();
    format!("{}{}", with(&tag, "applyFont", "1"), &xf[end..])
}

/// The look with its text going on in another line.
fn wrapped(xf: &str) -> String {
    let end = xf.find('>').map_or(xf.len(), |end| end + 1);
    let (tag, inside) = xf.split_at(end);
    let prefix = prefix(tag);
    let tag = with(tag, "applyAlignment", "1").into_owned();
    let Some(open) = inside.find(&format!("<{prefix}alignment")) else {
        let alignment = format!("<{prefix}alignment wrapText=\"1\"/>");
        return match tag.strip_suffix("/>") {
            Some(open) => format!("{open}>{alignment}</{prefix}xf>"),
            None => format!("{tag}{alignment}{inside}"),
        };
    };
    let close = inside[open..].find('>').map_or(inside.len(), |close| open + close + 1);
    let alignment = with(&inside[open..close], "wrapText", "1").into_owned();
    format!("{tag}{}{}{}", &inside[..open], without(&alignment, "shrinkToFit"), &inside[close..])
}

fn sized(font: &str, size: f64) -> String {
    let prefix = prefix(font).to_owned();
    let Some(open) = font.find(&format!("<{prefix}sz")) else {
        let end = font.find('>').map_or(font.len(), |end| end + 1);
        return match font[..end].strip_suffix("/>") {
            Some(open) => format!("{open}><{prefix}sz val=\"{size}\"/></{prefix}font>"),
            None => format!("{}<{prefix}sz val=\"{size}\"/>{}", &font[..end], &font[end..]),
        };
    };
    let close = font[open..].find('>').map_or(font.len(), |close| open + close + 1);
    format!("{}{}{}", &font[..open], with(&font[open..close], "val", &size.to_string()), &font[close..])
}

/// The font with its elements in the order of the format, which not every program keeps to.
fn in_order(font: &str) -> String {
    const ORDER: [&str; 15] = [
        "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family", "charset",
        "scheme",
    ];
    let Some((start, inside)) = font.find('>').map(|end| (end + 1, &font[end + 1..])).filter(|(start, _)| !font[..*start].ends_with("/>"))
    else {
        return font.to_owned();
    };
    let end = inside.rfind("</").unwrap_or(inside.len());
    let place = |element: &&str| {
        let name = element.trim_start_matches('<').split([' ', '/', '>']).next().unwrap_or("");
        let local = name.rsplit(':').next().unwrap_or(name);
        ORDER.iter().position(|known| *known == local).unwrap_or(ORDER.len())
    };
    let mut elements: Vec<&str> = inside[..end].split_inclusive("/>").collect();
    // an element that does not close itself is not taken apart
    if elements.iter().any(|element| element.contains("</")) {
        return font.to_owned();
    }
    elements.sort_by_key(place);
    format!("{}{}{}", &font[..start], elements.concat(), &inside[end..])
}

/// The font without an element such as `b`, unless that says that it is off.
fn without_element(font: &str, name: &str) -> String {
    let prefix = prefix(font);
    let is_element = |open: &usize| font[*open..].trim_start_matches(&format!("<{prefix}{name}")).starts_with([' ', '/', '>']);
    let Some(open) = font.match_indices(&format!("<{prefix}{name}")).map(|(open, _)| open).find(is_element) else { return font.to_owned() };
    let close = font[open..].find('>').map_or(font.len(), |close| open + close + 1);
    if value(&font[open..close], "val").is_some_and(|val| val == "0" || val == "false") || !font[open..close].ends_with("/>") {
        return font.to_owned();
    }
    format!("{}{}", &font[..open], &font[close..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_shrinks_and_wraps() {
        let xf = "<xf numFmtId=\"0\" fontId=\"3\" fillId=\"2\" borderId=\"1\"><alignment horizontal=\"center\" shrinkToFit=\"1\"/></xf>";
        assert_eq!(
            wrapped(&with_font(xf, 9)),
            "<xf numFmtId=\"0\" fontId=\"9\" fillId=\"2\" borderId=\"1\" applyFont=\"1\" applyAlignment=\"1\"><alignment horizontal=\"center\" wrapText=\"1\"/></xf>"
        );
        assert_eq!(wrapped("<x:xf fontId=\"3\"/>"), "<x:xf fontId=\"3\" applyAlignment=\"1\"><x:alignment wrapText=\"1\"/></x:xf>");
        assert_eq!(
            sized("<font><b/><sz val=\"12\"/><name val=\"宋体\"/></font>", 10.5),
            "<font><b/><sz val=\"10.5\"/><name val=\"宋体\"/></font>"
        );
        assert_eq!(without_element("<font><b/><sz val=\"12\"/></font>", "b"), "<font><sz val=\"12\"/></font>");
        assert_eq!(counted("<a><fonts count=\"1\" k=\"2\"><font/></fonts>", "fonts", 7), "<a><fonts count=\"7\" k=\"2\"><font/></fonts>");
    }
}
