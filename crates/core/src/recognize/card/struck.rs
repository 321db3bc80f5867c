//! Options that are struck out: taken back, or the way the person chose among what is printed (划去不选的).
//!
//! Struck words are no part of a cell's text. Here they are put back, the boxes are found as in any other text, and what was
//! found is told as places of the text without them.

use std::ops::Range;

use super::{Mark, Slot, marks};
use crate::address::Address;
use crate::grid::StruckOut;
use crate::scheme::{Field, Scheme};

/// Finds the boxes in the slot's answer where some of its options are struck out; `false` where none is.
///
/// An option that is struck out is not chosen, ticked or not. Where none of the others is ticked, they are chosen.
pub(super) fn find(slot: &mut Slot, text: &str, struck: &[StruckOut], set_apart: &[Range<usize>], field: Field, scheme: &Scheme) -> bool {
    if struck.is_empty() {
        return false;
    }
    let whole = Whole::of(text, struck);
    let mut found = Slot { place: whole.place(&slot.place), ..slot.clone() };
    let place = whole.text.get(found.place.clone()).unwrap_or_default();
    let printed: Vec<(u16, Range<usize>)> = marks::printed(place, scheme.options(field))
        .into_iter()
        .map(|(option, words)| (option, found.place.start + words.start..found.place.start + words.end))
        .collect();
    let is_struck = |words: &Range<usize>| marks::is_mostly_in(words, &whole.struck);
    if !printed.iter().any(|(_, words)| is_struck(words)) {
        return false;
    }
    let set_apart: Vec<Range<usize>> = set_apart.iter().map(|part| whole.part(part)).collect();
    marks::find(&mut found, &whole.text, &set_apart, field, scheme);
    let has_boxes = found.marks.iter().any(|mark| !mark.glyph.is_empty());
    let taken_back = |mark: &Mark| printed.iter().any(|(option, words)| Some(*option) == mark.option && is_struck(words));
    found.marks.iter_mut().filter(|mark| taken_back(mark)).for_each(|mark| mark.ticked = false);
    if found.unclear.is_empty() && found.marks.iter().all(|mark| !mark.ticked) {
        for (option, words) in printed.iter().filter(|(_, words)| !is_struck(words)) {
            slot.left_unstruck |= has_boxes;
            match found.marks.iter_mut().find(|mark| mark.option == Some(*option)) {
                Some(mark) => mark.ticked = true,
                None => found.marks.push(Mark { option: Some(*option), at: slot.answer_at, glyph: words.end..words.end, ticked: true }),
            }
        }
    }
    let told = |parts: Vec<(Address, Range<usize>)>| parts.into_iter().filter_map(|(at, part)| Some((at, whole.without(&part)?))).collect();
    slot.marks = found.marks.into_iter().filter_map(|mark| Some(Mark { glyph: whole.without(&mark.glyph)?, ..mark })).collect();
    slot.other = found.other.and_then(|(at, part)| Some((at, whole.without(&part)?)));
    (slot.unknown, slot.unclear, slot.said) = (told(found.unknown), told(found.unclear), told(found.said));
    slot.is_left_without_box |= found.is_left_without_box;
    slot.has_lost_boxes |= found.has_lost_boxes;
    true
}

/// A text with the struck words in it.
struct Whole<'s> {
    text: String,
    /// The parts of it that are struck out.
    struck: Vec<Range<usize>>,
    pieces: &'s [StruckOut],
}

impl<'s> Whole<'s> {
    fn of(text: &str, pieces: &'s [StruckOut]) -> Self {
        let mut whole = Self { text: String::with_capacity(text.len()), struck: Vec::new(), pieces };
        let mut done = 0;
        for piece in pieces {
            whole.text.push_str(text.get(done..piece.place).unwrap_or_default());
            done = piece.place.max(done);
            let start = whole.text.len();
            whole.text.push_str(&piece.words);
            whole.struck.push(start..whole.text.len());
        }
        whole.text.push_str(text.get(done..).unwrap_or_default());
        whole
    }

    fn struck_before(&self, is_before: impl Fn(usize) -> bool) -> usize {
        self.pieces.iter().filter(|piece| is_before(piece.place)).map(|piece| piece.words.len()).sum()
    }

    /// A place of the text without struck words, with those at its ends.
    fn place(&self, place: &Range<usize>) -> Range<usize> {
        place.start + self.struck_before(|at| at < place.start)..place.end + self.struck_before(|at| at <= place.end)
    }

    /// A part of the text without struck words, without those at its ends.
    fn part(&self, part: &Range<usize>) -> Range<usize> {
        part.start + self.struck_before(|at| at <= part.start)..part.end + self.struck_before(|at| at < part.end)
    }

    /// The same part in the text without struck words; `None` where it is struck out itself.
    fn without(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let is_out = |at: usize| self.struck.iter().any(|struck| struck.start <= at && at < struck.end);
        let is_gone = if part.is_empty() { part.start > 0 && is_out(part.start - 1) } else { part.clone().any(is_out) };
        let back = |at: usize| at - self.struck.iter().map(|struck| at.min(struck.end).saturating_sub(struck.start)).sum::<usize>();
        (!is_gone).then(|| back(part.start)..back(part.end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::recognize::Target;
    use crate::recognize::card::search::slot_at;

    /// The options chosen in a text whose struck parts stand in `{}`, each with its box in the text without them.
    fn chosen(marked: &str, field: Field) -> Option<(Vec<String>, bool)> {
        let at: Address = "B2".parse().expect("an address");
        let (mut text, mut struck) = (String::new(), Vec::new());
        for (number, piece) in marked.split(['{', '}']).enumerate() {
            match number % 2 {
                0 => text.push_str(piece),
                _ => struck.push(StruckOut { at, place: text.len(), words: piece.to_owned() }),
            }
        }
        let scheme = Scheme::built_in();
        let mut slot = slot_at(Target::Field(field), "label".into(), "A2".parse().expect("an address"), at, 0..text.len());
        find(&mut slot, &text, &struck, &[], field, &scheme).then(|| {
            let ticked = slot.marks.iter().filter(|mark| mark.ticked);
            let word = |mark: &Mark| {
                format!("{} {}", scheme.options(field)[usize::from(mark.option.expect("an option"))].label, &text[mark.glyph.clone()])
            };
            (ticked.map(word).collect(), slot.left_unstruck)
        })
    }

    #[test]
    fn what_is_struck_out_is_not_chosen_and_what_is_left_is_where_nothing_is_ticked() {
        for (text, field, expected, left_unstruck) in [
            ("{手机充值} 自行领取 {爱心募捐}", Field::Subsidy, &["自行领取 "][..], false),
            ("□{手机充值} □自行领取 {□爱心募捐}", Field::Subsidy, &["自行领取 □"], true),
            ("{手机充值}□ 自行领取□ {爱心募捐}□", Field::Subsidy, &["自行领取 □"], true),
            // ticks say what is chosen, and one that is struck out was taken back
            ("☑尊老服务 {□爱幼志愿服务} □帮农民工服务 ☑{助残服务}", Field::Services, &["尊老服务 ☑"], false),
            ("{□尊老服务 □爱幼志愿服务} □帮农民工服务 □助残服务", Field::Services, &["帮农民工服务 □", "助残服务 □"], true),
            ("{尊老服务 爱幼志愿服务 帮农民工服务 助残服务}", Field::Services, &[], false),
        ] {
            let expected: Vec<String> = expected.iter().map(|&word| word.to_owned()).collect();
            assert_eq!(chosen(text, field), Some((expected, left_unstruck)), "{text}");
        }
        assert_eq!(chosen("□手机充值 ☑自行领取 {请打勾}", Field::Subsidy), None, "no option is struck out");
    }
}
