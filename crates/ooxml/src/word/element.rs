//! What an element of the XML means to the scan: its name and attributes become one [`Start`].

use mingce_core::address::Column;

use super::look::{Emphasis, Look};
use crate::symbol;
use crate::xml::Tag;

/// The elements the scanner looks at, with what their attributes say.
pub(super) enum Start {
    Body,
    Section,
    Table,
    GridColumn(u32),
    Row,
    /// The row is deleted, in a document that shows its changes.
    DeletedRow,
    GridBefore(u16),
    Height {
        twips: u32,
        exact: bool,
    },
    Cell,
    GridSpan(u16),
    VerticalMerge {
        restart: bool,
    },
    HorizontalMerge {
        restart: bool,
    },
    CellWidth(Option<u32>),
    Paragraph,
    ParagraphProperties,
    Run,
    RunProperties,
    Text,
    Glyph(char),
    /// A new page begins; a sign in a run, or said of the whole paragraph.
    PageBreak {
        in_run: bool,
    },
    Picture(String),
    Drawing {
        is_floating: bool,
    },
    TextBox,
    Control,
    ControlProperties,
    Placeholder(bool),
    ControlBox,
    FieldBox,
    BoxState {
        checked: bool,
        on: bool,
    },
    FieldList,
    ListEntry(String),
    ListState {
        result: bool,
        entry: usize,
    },
    FieldEdge {
        begins: bool,
    },
    Instruction,
    Look(Look),
    /// The style of a run, or of a paragraph.
    Style {
        of_run: bool,
        id: String,
    },
    /// Whether a cell is shaded with a colour, and not with a grey.
    CellShade(bool),
}

/// Text of a document that is not there for the reader: what was deleted, second versions of a drawing, how words are
/// pronounced, and how things were set before a change.
const UNSEEN: [&str; 11] = [
    "del", "moveFrom", "Fallback", "rt", "rPrChange", "pPrChange", "tcPrChange", "trPrChange", "tblPrChange", "tblPrExChange",
    "sectPrChange",
];

/// Elements that the scan keeps track of while they are open.
const KNOWN: [&str; 18] = [
    "body", "sectPr", "tbl", "tr", "tc", "p", "pPr", "r", "rPr", "t", "trHeight", "txbxContent", "sdt", "sdtPr", "checkbox", "checkBox",
    "ddList", "instrText",
];

/// Whether nobody sees what stands in this element.
pub(super) fn is_unseen(name: &str) -> bool {
    UNSEEN.contains(&name)
}

/// The name, if the scan keeps track of it while it is open.
pub(super) fn known(name: &str) -> Option<&'static str> {
    KNOWN.into_iter().find(|known| *known == name)
}

impl Start {
    /// What this element means; `None` for the many that mean nothing to us. `parent` is the known element around it.
    pub(super) fn of(tag: &Tag<'_>, parent: Option<&str>) -> Option<Self> {
        of_tables(tag)
            .or_else(|| of_text(tag))
            .or_else(|| of_boxes(tag, parent))
            .or_else(|| of_pictures(tag))
            .or_else(|| of_styles(tag, parent))
            .or_else(|| look_of(tag).map(Start::Look))
    }
}

/// The body, its tables, rows and cells.
fn of_tables(tag: &Tag<'_>) -> Option<Start> {
    let restarts = || tag.attribute("val").is_some_and(|value| value == "restart");
    Some(match tag.name() {
        "body" => Start::Body,
        "sectPr" => Start::Section,
        "tbl" => Start::Table,
        "gridCol" => Start::GridColumn(twips(tag, "w").unwrap_or(0)),
        "tr" => Start::Row,
        "gridBefore" => Start::GridBefore(columns(tag)),
        "trHeight" => {
            Start::Height { twips: twips(tag, "val").unwrap_or(0), exact: tag.attribute("hRule").is_some_and(|rule| rule == "exact") }
        }
        "tc" => Start::Cell,
        "gridSpan" => Start::GridSpan(columns(tag).max(1)),
        "vMerge" => Start::VerticalMerge { restart: restarts() },
        "hMerge" => Start::HorizontalMerge { restart: restarts() },
        "tcW" => Start::CellWidth(tag.attribute("type").filter(|kind| kind == "dxa").and_then(|_| twips(tag, "w"))),
        _ => return None,
    })
}

/// Paragraphs, runs and what stands in them.
fn of_text(tag: &Tag<'_>) -> Option<Start> {
    Some(match tag.name() {
        "p" => Start::Paragraph,
        "pPr" => Start::ParagraphProperties,
        "r" => Start::Run,
        "rPr" => Start::RunProperties,
        "t" => Start::Text,
        "br" if tag.attribute("type").is_some_and(|kind| kind == "page") => Start::PageBreak { in_run: true },
        "pageBreakBefore" if is_on(tag) => Start::PageBreak { in_run: false },
        "br" | "cr" => Start::Glyph('\n'),
        "tab" | "ptab" => Start::Glyph('\t'),
        "noBreakHyphen" => Start::Glyph('-'),
        // newer symbols, beside which the sign itself stands for older programs
        "sym" | "symEx" => {
            let value = |name| tag.attribute(name).unwrap_or_default();
            Start::Glyph(symbol::look(&value("font"), &value("char")))
        }
        "txbxContent" => Start::TextBox,
        _ => return None,
    })
}

/// Content controls and form fields.
fn of_boxes(tag: &Tag<'_>, parent: Option<&str>) -> Option<Start> {
    // Word's lists have no more than 25 entries
    let entry = || usize::from(columns(tag));
    Some(match tag.name() {
        "sdt" => Start::Control,
        "sdtPr" => Start::ControlProperties,
        "showingPlcHdr" => Start::Placeholder(is_on(tag)),
        "checkbox" => Start::ControlBox,
        "checkBox" => Start::FieldBox,
        "checked" => Start::BoxState { checked: true, on: is_on(tag) },
        "default" if parent == Some("ddList") => Start::ListState { result: false, entry: entry() },
        "default" => Start::BoxState { checked: false, on: is_on(tag) },
        "ddList" => Start::FieldList,
        "result" => Start::ListState { result: true, entry: entry() },
        "fldChar" => Start::FieldEdge { begins: tag.attribute("fldCharType").is_some_and(|kind| kind == "begin") },
        "instrText" => Start::Instruction,
        "listEntry" => Start::ListEntry(tag.attribute("val").unwrap_or_default().into_owned()),
        _ => return None,
    })
}

/// Drawings, and the pictures in them.
fn of_pictures(tag: &Tag<'_>) -> Option<Start> {
    Some(match tag.name() {
        "blip" => Start::Picture(tag.attribute("embed").or_else(|| tag.attribute("link"))?.into_owned()),
        // pictures of older programs
        "imagedata" => Start::Picture(tag.attribute("id")?.into_owned()),
        "anchor" => Start::Drawing { is_floating: true },
        "inline" => Start::Drawing { is_floating: false },
        "shape" => Start::Drawing { is_floating: tag.attribute("style").is_some_and(|style| style.contains("absolute")) },
        _ => return None,
    })
}

/// What names the style of a run or paragraph, and the shade of a cell.
fn of_styles(tag: &Tag<'_>, parent: Option<&str>) -> Option<Start> {
    let id = || tag.attribute("val").unwrap_or_default().into_owned();
    Some(match (tag.name(), parent) {
        ("rStyle", Some("rPr")) => Start::Style { of_run: true, id: id() },
        ("pStyle", Some("pPr")) => Start::Style { of_run: false, id: id() },
        ("shd", Some("tc")) => Start::CellShade(tag.attribute("fill").is_some_and(|fill| is_colour(&fill))),
        _ => return None,
    })
}

/// Whether the digits are those of a colour, and of no grey.
fn is_colour(digits: &str) -> bool {
    /// How far the strongest part is from the weakest.
    const LEAST: u32 = 64;
    let Some(colour) = u32::from_str_radix(digits, 16).ok().filter(|_| digits.len() == 6) else { return false };
    let parts = [colour >> 16, (colour >> 8) & 0xFF, colour & 0xFF];
    let range = parts.iter().max().zip(parts.iter().min()).map_or(0, |(most, least)| most - least);
    range >= LEAST
}

/// How a run is set.
pub(super) fn look_of(tag: &Tag<'_>) -> Option<Look> {
    let value_is_none_of = |plain: &[&str]| tag.attribute("val").is_some_and(|value| !plain.contains(&&*value));
    Some(match tag.name() {
        "u" => Look::Underlined(value_is_none_of(&["none"])),
        "vanish" => Look::Unseen(is_on(tag)),
        "strike" | "dstrike" => Look::StruckOut(is_on(tag)),
        "b" => Look::Emphasised(Emphasis::Bold, is_on(tag)),
        "i" => Look::Emphasised(Emphasis::Italic, is_on(tag)),
        "outline" | "shadow" | "emboss" | "imprint" => Look::Emphasised(Emphasis::Outlined, is_on(tag)),
        "highlight" => Look::Emphasised(Emphasis::Highlighted, value_is_none_of(&["none"])),
        "em" => Look::Emphasised(Emphasis::Dotted, value_is_none_of(&["none"])),
        "bdr" => Look::Emphasised(Emphasis::Framed, value_is_none_of(&["none", "nil"])),
        "color" => Look::Emphasised(Emphasis::Coloured, value_is_none_of(&["auto", "000000"])),
        "shd" => {
            Look::Emphasised(Emphasis::Shaded, tag.attribute("fill").is_some_and(|fill| !matches!(&*fill, "auto" | "FFFFFF" | "ffffff")))
        }
        "rFonts" => Look::Font(["ascii", "hAnsi"].map(|name| tag.attribute(name).unwrap_or_default().into_owned())),
        _ => return None,
    })
}

/// A switch of Word's: on where it says nothing else.
fn is_on(tag: &Tag<'_>) -> bool {
    tag.attribute("val").is_none_or(|value| !matches!(&*value, "0" | "false" | "off" | "none"))
}

fn number(tag: &Tag<'_>, name: &str) -> Option<f64> {
    tag.attribute(name).and_then(|value| value.trim().parse().ok())
}

/// A length in twentieths of a point; Word's longest is 31,680.
fn twips(tag: &Tag<'_>, name: &str) -> Option<u32> {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    number(tag, name).map(|value| value.clamp(0.0, 1_000_000.0) as u32)
}

/// A number of columns; none where the file gives no number.
fn columns(tag: &Tag<'_>) -> u16 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
    let columns = number(tag, "val").unwrap_or(0.0).clamp(0.0, f64::from(Column::LAST.number())) as u16;
    columns
}
