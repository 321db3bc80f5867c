//! Check boxes that lie on a sheet as controls: each is ticked where its words are an option.
//!
//! A control is told in three parts: the old drawing (VML) has its words and its state, the sheet gives it a part of its own, and that
//! part has the state again. A cell that it is linked with says the state, too: formulas count with it.

use std::collections::BTreeMap;
use std::ops::Range;

use mingce_core::address::Address;
use mingce_core::recognize::{Recognizer, Target};
use mingce_core::scheme::Field;
use mingce_core::text::fold_label;
use mingce_ooxml::sheet::{Cell, Sheet};
use mingce_ooxml::xml::resolve_references;

use super::attributes::{prefix, value, with, without};
use super::book::Book;
use super::cutter::{Piece, opened};
use crate::blank::{BoxedWords, Offered};

/// The check boxes of a sheet.
#[derive(Debug, Default)]
pub(super) struct Controls {
    /// Places in each part, with what takes their place.
    pub(super) cuts: BTreeMap<String, Vec<(Range<usize>, Piece)>>,
    /// Cells of the sheet that are linked with a box, with what takes their place.
    pub(super) linked: Vec<(Range<usize>, Piece)>,
    /// Words beside a box of each field that is answered so.
    pub(super) places: Vec<(String, Vec<Field>)>,
}

/// What makes a piece of the two states of a box, empty and ticked.
type Stateful = Box<dyn Fn([String; 2]) -> Piece>;

/// One control: the part of the old drawing that is its shape, its number there, and its words.
struct Control<'d> {
    shape: Range<usize>,
    number: &'d str,
    words: String,
    /// The cell of the sheet that says its state.
    link: Option<Address>,
    /// One of several buttons of which one is pressed; the first of them has the cell that says which.
    is_button: bool,
    is_first: bool,
}

/// Buttons of which one is pressed: the cell that says which, counted from 1, and the answers that they stand for.
type Buttons = (Address, Vec<(usize, Stateful)>);

impl Controls {
    /// The controls of a sheet, whose XML and part are given.
    pub(super) fn of(book: &Book, [xml, part]: [&str; 2], sheet: &Sheet, recognizer: &Recognizer<'_>) -> Self {
        let mut found = Self::default();
        for (name, drawing) in drawings(book, part) {
            let mut buttons: Vec<Buttons> = Vec::new();
            let mut place = 0;
            for control in controls(drawing) {
                place = if control.is_first { 1 } else { place + 1 };
                if let (true, true, Some(link)) = (control.is_button, control.is_first, control.link) {
                    buttons.push((link, Vec::new()));
                }
                let Some((field, piece)) = meant(&control.words, recognizer) else { continue };
                found.cuts.entry(name.to_owned()).or_default().extend(in_drawing(drawing, &control.shape, &piece));
                if let Some(own) = part_of(book, [xml, part], control.number) {
                    found.cuts.entry(own.to_owned()).or_default().extend(in_part(book.text(own), &piece));
                }
                if let (false, Some(cell)) = (control.is_button, control.link.and_then(|at| sheet.cell(at))) {
                    found.linked.extend(in_cell(xml, cell, &piece));
                }
                if !found.has(field) {
                    found.places.push((control.words, vec![field]));
                }
                if let (true, Some((_, answers))) = (control.is_button, buttons.last_mut()) {
                    answers.push((place, piece));
                }
            }
            found.linked.extend(buttons.into_iter().filter_map(|(at, answers)| which(xml, sheet.cell(at)?, answers)));
        }
        found
    }

    /// The cells of a sheet that are linked with its controls.
    pub(super) fn cells(book: &Book, part: &str) -> Vec<Address> {
        drawings(book, part).flat_map(|(_, drawing)| controls(drawing)).filter_map(|control| control.link).collect()
    }

    /// Whether some of them stand for answers to this field.
    pub(super) fn has(&self, field: Field) -> bool {
        self.places.iter().any(|(_, fields)| fields.contains(&field))
    }
}

/// The old drawings of a sheet, by their names.
fn drawings<'b>(book: &'b Book, sheet: &str) -> impl Iterator<Item = (&'b str, &'b str)> {
    let links = book.links(sheet).into_iter().flat_map(|links| links.iter()).filter(|link| link.kind == "vmlDrawing");
    links.filter_map(|link| book.part(link.target.as_deref()?)).map(|part| (part.name.as_str(), book.text(&part.name)))
}

/// The check boxes and option buttons of an old drawing.
fn controls(drawing: &str) -> Vec<Control<'_>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = drawing[at..].find("<v:shape ").map(|start| at + start) {
        let Some(end) = drawing[start..].find("</v:shape>").map(|end| start + end) else { break };
        at = end;
        let shape = &drawing[start..end];
        let is_button = shape.contains("ObjectType=\"Radio\"");
        let is_box = is_button || shape.contains("ObjectType=\"Checkbox\"");
        let tag = &shape[..shape.find('>').unwrap_or(shape.len())];
        let number = ["o:spid", "id"].iter().filter_map(|name| value(tag, name)?.rsplit_once("_s")).map(|(_, number)| number).next();
        let words = shape.split_once("<v:textbox").and_then(|(_, rest)| rest.split_once("</v:textbox>")).map(|(text, _)| words(text));
        if let (true, Some(number), Some(words)) = (is_box, number, words) {
            let is_first = is_button && shape.contains("<x:FirstButton");
            let link = element_text(shape, "x:FmlaLink").and_then(|link| link.replace('$', "").parse().ok());
            found.push(Control { shape: start..end, number, words, link, is_button, is_first });
        }
    }
    found
}

/// What stands in the first element with this name.
fn element_text<'x>(xml: &'x str, name: &str) -> Option<&'x str> {
    xml.split_once(&format!("<{name}>")).and_then(|(_, rest)| rest.split_once(&format!("</{name}>"))).map(|(text, _)| text.trim())
}

/// The words between the tags of a piece of markup that begins inside a tag.
fn words(markup: &str) -> String {
    let texts = markup.split('>').skip(1).map(|piece| piece.split('<').next().unwrap_or(""));
    resolve_references(&texts.collect::<String>()).trim().to_owned()
}

/// What the box beside these words stands for: the field, and what makes a piece of two states.
fn meant(words: &str, recognizer: &Recognizer<'_>) -> Option<(Field, Stateful)> {
    let folded = fold_label(words);
    if matches!(folded.as_str(), "男" | "女") {
        let (target, words): (_, BoxedWords) = (Target::Field(Field::Sex), [folded].into());
        return Some((Field::Sex, Box::new(move |marks| Piece::Boxed { target, words: words.clone(), place: 0, marks })));
    }
    let Target::Option(field, option) = recognizer.target(words)? else { return None };
    Some((field, Box::new(move |marks| Piece::Box { field, option: Some(option), offered: Offered::of([option]), marks })))
}

/// The state of a control in the old drawing.
fn in_drawing(drawing: &str, shape: &Range<usize>, piece: &dyn Fn([String; 2]) -> Piece) -> Option<(Range<usize>, Piece)> {
    const TICKED: &str = "<x:Checked>1</x:Checked>";
    let text = &drawing[shape.clone()];
    let written = text.find("<x:Checked>").and_then(|open| Some(open..text[open..].find("</x:Checked>")? + open + "</x:Checked>".len()));
    let place = match written {
        Some(written) => written,
        None => text.find("</x:ClientData>").map(|end| end..end)?,
    };
    Some((shape.start + place.start..shape.start + place.end, piece([String::new(), TICKED.to_owned()])))
}

/// The state of a box in the cell that is linked with it; a cell with a formula stays.
fn in_cell(xml: &str, cell: &Cell, piece: &dyn Fn([String; 2]) -> Piece) -> Option<(Range<usize>, Piece)> {
    let blank = &xml[cell.xml.clone()];
    let says = |state: &str| value_cell(&with(&xml[cell.tag.clone()], "t", "b"), state);
    let is_ticked = blank.contains("v>1</");
    let empty = if is_ticked { says("0") } else { blank.to_owned() };
    cell.formula.is_none().then(|| (cell.xml.clone(), piece([empty, says("1")])))
}

/// Which button is pressed, in the cell that is linked with them.
fn which(xml: &str, cell: &Cell, answers: Vec<(usize, Stateful)>) -> Option<(Range<usize>, Piece)> {
    let tag = without(&xml[cell.tag.clone()], "t").into_owned();
    let boxes = answers.into_iter().map(|(place, piece)| piece([String::new(), value_cell(&tag, &place.to_string())])).collect();
    let blank = xml[cell.xml.clone()].to_owned();
    cell.formula.is_none().then(|| (cell.xml.clone(), Piece::FirstTicked { boxes, blank }))
}

/// A cell with this opening tag and this value.
fn value_cell(tag: &str, value: &str) -> String {
    let prefix = prefix(tag);
    format!("{}<{prefix}v>{value}</{prefix}v></{prefix}c>", opened(tag))
}

/// The part of the control with this number on the sheet.
fn part_of<'b>(book: &'b Book, [xml, sheet]: [&str; 2], number: &str) -> Option<&'b str> {
    let tags = xml.split('<').filter(|tag| tag.starts_with("control ") || tag.contains(":control ") && !tag.starts_with('/'));
    let tag = tags.into_iter().find(|tag| value(tag, "shapeId") == Some(number))?;
    let target = book.links(sheet)?.by_id(value(tag, "r:id")?)?.target.as_deref()?;
    book.part(target).map(|part| part.name.as_str())
}

/// The state of a control in its own part.
fn in_part(text: &str, piece: &dyn Fn([String; 2]) -> Piece) -> Option<(Range<usize>, Piece)> {
    let start = text.find("formControlPr").and_then(|name| text[..name].rfind('<'))?;
    let end = start + text[start..].find('>')? + 1;
    let empty = without(&text[start..end], "checked").into_owned();
    let ticked = with(&empty, "checked", "Checked").into_owned();
    Some((start..end, piece([empty, ticked])))
}

#[cfg(test)]
mod tests {
    use mingce_core::scheme::Scheme;

    use super::*;

    #[test]
    fn a_control_is_an_option_by_its_words() {
        let drawing = "<xml><v:shapetype id=\"t\"/><v:shape id=\"Check_x0020_Box_x0020_1\" o:spid=\"_x0000_s1025\"><v:textbox style='a'><div><font face=\"宋体\">\
            尊老服务</font></div></v:textbox><x:ClientData ObjectType=\"Checkbox\"><x:Anchor>1</x:Anchor></x:ClientData></v:shape>\
            <v:shape id=\"_x0000_s1026\"><v:textbox><div>女</div></v:textbox><x:ClientData ObjectType=\"Radio\"><x:Checked>1</x:Checked>\
            </x:ClientData></v:shape><v:shape id=\"_x0000_s1027\"><x:ClientData ObjectType=\"Note\"/></v:shape></xml>";
        let scheme = Scheme::built_in();
        let recognizer = Recognizer::new(&scheme);
        let found = controls(drawing);
        let said: Vec<(&str, &str)> = found.iter().map(|control| (control.number, control.words.as_str())).collect();
        assert_eq!(said, [("1025", "尊老服务"), ("1026", "女")]);
        let states: Vec<(Field, String)> = found
            .iter()
            .filter_map(|control| {
                let (field, piece) = meant(&control.words, &recognizer)?;
                let (place, _) = in_drawing(drawing, &control.shape, &piece)?;
                Some((field, format!("{}|{}", &drawing[place.clone()], &drawing[place.end..place.end + 8])))
            })
            .collect();
        assert_eq!(states, [(Field::Services, "|</x:Clie".to_owned()), (Field::Sex, "<x:Checked>1</x:Checked>|</x:Clie".to_owned())]);
        let part = "<?xml version=\"1.0\"?><formControlPr objectType=\"CheckBox\" checked=\"Checked\" lockText=\"1\"/>";
        let (_, piece) = meant("女", &recognizer).expect("an answer");
        let (place, piece) = in_part(part, &piece).expect("a state");
        assert_eq!(&part[place], "<formControlPr objectType=\"CheckBox\" checked=\"Checked\" lockText=\"1\"/>");
        let Piece::Boxed { marks, .. } = piece else { panic!("{piece:?}") };
        assert_eq!(marks[0], "<formControlPr objectType=\"CheckBox\" lockText=\"1\"/>");
        assert!(marks[1].contains("checked=\"Checked\""));
    }
}
