//! Puts XML of a Word part in the order the schema asks for (ECMA-376-1, `wml.xsd`), and takes out what it forbids.
//!
//! docx-rs writes the children of `w:rPr`, `w:pPr` and their like in an order of its own, adds `w:type` to `w:gridCol`,
//! and leaves empty properties and invented paragraph ids behind. A blank is put in order once, when it is made.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::Error;

/// Children by parent, in the order of the schema.
const ORDERS: [(&str, &[&str]); 10] = [
    (
        "w:rPr",
        &[
            "w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:caps", "w:smallCaps", "w:strike", "w:dstrike", "w:outline",
            "w:shadow", "w:emboss", "w:imprint", "w:noProof", "w:snapToGrid", "w:vanish", "w:webHidden", "w:color", "w:spacing", "w:w",
            "w:kern", "w:position", "w:sz", "w:szCs", "w:highlight", "w:u", "w:effect", "w:bdr", "w:shd", "w:fitText", "w:vertAlign",
            "w:rtl", "w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath",
        ],
    ),
    (
        "w:pPr",
        &[
            "w:pStyle", "w:keepNext", "w:keepLines", "w:pageBreakBefore", "w:framePr", "w:widowControl", "w:numPr",
            "w:suppressLineNumbers", "w:pBdr", "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:kinsoku", "w:wordWrap", "w:overflowPunct",
            "w:topLinePunct", "w:autoSpaceDE", "w:autoSpaceDN", "w:bidi", "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind",
            "w:contextualSpacing", "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
            "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr", "w:pPrChange",
        ],
    ),
    (
        "w:tcPr",
        &[
            "w:cnfStyle", "w:tcW", "w:gridSpan", "w:hMerge", "w:vMerge", "w:tcBorders", "w:shd", "w:noWrap", "w:tcMar", "w:textDirection",
            "w:tcFitText", "w:vAlign", "w:hideMark",
        ],
    ),
    (
        "w:tblPr",
        &[
            "w:tblStyle", "w:tblpPr", "w:tblOverlap", "w:bidiVisual", "w:tblStyleRowBandSize", "w:tblStyleColBandSize", "w:tblW", "w:jc",
            "w:tblCellSpacing", "w:tblInd", "w:tblBorders", "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook",
        ],
    ),
    ("w:tblBorders", &["w:top", "w:left", "w:start", "w:bottom", "w:right", "w:end", "w:insideH", "w:insideV"]),
    ("w:tblCellMar", &["w:top", "w:left", "w:start", "w:bottom", "w:right", "w:end"]),
    (
        "w:sectPr",
        &["w:headerReference", "w:footerReference", "w:type", "w:pgSz", "w:pgMar", "w:pgNumType", "w:cols", "w:titlePg", "w:docGrid"],
    ),
    (
        "w:style",
        &[
            "w:name", "w:aliases", "w:basedOn", "w:next", "w:link", "w:uiPriority", "w:semiHidden", "w:unhideWhenUsed", "w:qFormat",
            "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr",
        ],
    ),
    (
        "w:settings",
        &[
            "w:writeProtection",
            "w:view",
            "w:zoom",
            "w:bordersDoNotSurroundHeader",
            "w:defaultTabStop",
            "w:evenAndOddHeaders",
            "w:characterSpacingControl",
            "w:footnotePr",
            "w:endnotePr",
            "w:compat",
            "w:docVars",
            "w:rsids",
            "w:themeFontLang",
            "w:clrSchemeMapping",
            "w:decimalSymbol",
            "w:listSeparator",
            "w14:docId",
            "w15:docId",
        ],
    ),
    ("w:tcMar", &["w:top", "w:left", "w:start", "w:bottom", "w:right", "w:end"]),
];

/// Properties that say nothing when they are empty.
const EMPTY_IS_NOTHING: [&str; 5] = ["w:rPr", "w:pPr", "w:tcPr", "w:trPr", "w:tblBorders"];

/// Attributes that the schema does not know, or that are invented anew in each document.
const UNWANTED: [(&str, &str); 2] = [("w:gridCol", "w:type"), ("w:p", "w14:paraId")];

/// An element with what is in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    /// Names and values as written, references and all.
    attributes: Vec<(String, String)>,
    children: Vec<Child>,
}

#[derive(Debug)]
enum Child {
    Element(Element),
    /// As written, references and all.
    Text(String),
}

/// The part's XML, put in order.
///
/// # Errors
/// When the XML is malformed.
pub(crate) fn in_order(xml: &str, part: &str) -> Result<String, Error> {
    let mut root = parse(xml, part)?;
    tidy(&mut root);
    let mut out = String::with_capacity(xml.len());
    out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    write(&root, &mut out);
    Ok(out)
}

/// Where a child of this name belongs among the children of a parent; names that are not known come last.
pub(crate) fn rank(parent: &str, child: &str) -> usize {
    let order = ORDERS.iter().find(|(name, _)| *name == parent).map_or(&[][..], |(_, order)| *order);
    order.iter().position(|name| *name == child).unwrap_or(order.len())
}

fn parse(xml: &str, part: &str) -> Result<Element, Error> {
    let fail = |source: Box<dyn std::error::Error + Send + Sync>| Error::Document { part: part.to_owned(), source };
    let mut reader = Reader::from_str(xml);
    reader.config_mut().expand_empty_elements = true;
    let mut stack = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|error| fail(error.into()))? {
            Event::Start(start) => {
                let name = start.name().into_inner().to_owned();
                let mut attributes = Vec::new();
                for attribute in start.attributes() {
                    let attribute = attribute.map_err(|error| fail(error.into()))?;
                    attributes.push((attribute.key.into_inner().to_owned(), Cow::into_owned(attribute.value)));
                }
                stack.push(Element { name, attributes, children: Vec::new() });
            }
            Event::End(_) => {
                if let (Some(element), Some(parent)) = (stack.pop(), stack.last_mut()) {
                    parent.children.push(Child::Element(element));
                }
            }
            Event::Text(text) => push_text(&mut stack, &text),
            Event::GeneralRef(reference) => push_text(&mut stack, &format!("&{};", &*reference)),
            Event::Eof => break,
            _ => {}
        }
    }
    let root = stack.swap_remove(0).children.into_iter().find_map(|child| match child {
        Child::Element(element) => Some(element),
        Child::Text(_) => None,
    });
    root.ok_or_else(|| fail("no root element".into()))
}

fn push_text(stack: &mut [Element], text: &str) {
    if let Some(open) = stack.last_mut() {
        // what stands between elements says nothing, except inside a text
        if matches!(open.name.as_str(), "w:t" | "w:instrText") || !text.trim().is_empty() {
            open.children.push(Child::Text(text.to_owned()));
        }
    }
}

fn tidy(element: &mut Element) {
    let name = element.name.clone();
    element.attributes.retain(|(attribute, _)| !UNWANTED.contains(&(name.as_str(), attribute.as_str())));
    for child in &mut element.children {
        if let Child::Element(child) = child {
            tidy(child);
        }
    }
    element.children.retain(|child| match child {
        Child::Element(child) => !(child.children.is_empty() && EMPTY_IS_NOTHING.contains(&child.name.as_str())),
        Child::Text(_) => true,
    });
    if ORDERS.iter().any(|(known, _)| *known == name) {
        element.children.sort_by_key(|child| match child {
            Child::Element(child) => rank(&name, &child.name),
            Child::Text(_) => 0,
        });
    }
}

fn write(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(&element.name);
    for (name, value) in &element.attributes {
        for piece in [" ", name, "=\"", value, "\""] {
            out.push_str(piece);
        }
    }
    if element.children.is_empty() {
        out.push_str("/>");
        return;
    }
    out.push('>');
    for child in &element.children {
        match child {
            Child::Element(child) => write(child, out),
            Child::Text(text) => out.push_str(text),
        }
    }
    out.push_str("</");
    out.push_str(&element.name);
    out.push('>');
}

#[cfg(test)]
mod tests {
    use super::in_order;

    #[test]
    fn children_are_sorted_and_what_the_schema_forbids_is_gone() {
        let xml = "<w:p w14:paraId=\"00000001\"><w:pPr><w:rPr /><w:jc w:val=\"center\"/><w:spacing w:line=\"300\"/></w:pPr><w:r><w:rPr><w:sz w:val=\"24\" /><w:rFonts/></w:rPr><w:t xml:space=\"preserve\"> a&amp;b </w:t></w:r></w:p>";
        let tidy = in_order(xml, "p").expect("good XML");
        let (_, tidy) = tidy.split_once('\n').expect("a declaration");
        assert_eq!(
            tidy,
            "<w:p><w:pPr><w:spacing w:line=\"300\"/><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr><w:rFonts/><w:sz w:val=\"24\"/></w:rPr><w:t xml:space=\"preserve\"> a&amp;b </w:t></w:r></w:p>"
        );
    }
}
