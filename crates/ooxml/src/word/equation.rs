//! Characters that Word draws over each other by a field: 带圈字符 writes a ticked box as `EQ \o\ac(□,√)`, a ring around a word
//! as `EQ \o\ac(○,男)`. Such a field has no text of its own.

use super::look::TICKED;

/// Longest instruction that is looked at, in bytes.
const LONGEST: usize = 400;

/// The instruction of the field that is open.
#[derive(Debug, Default)]
pub(super) struct Instruction(String);

/// What a field of characters over each other shows.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Overlay {
    pub(super) text: String,
    /// Whether a ring or box is drawn around words.
    pub(super) is_ringed: bool,
}

impl Instruction {
    /// A field begins.
    pub(super) fn begin(&mut self) {
        self.0.clear();
    }

    /// Takes a part of its instruction.
    pub(super) fn take(&mut self, part: &str) {
        if self.0.len() + part.len() <= LONGEST {
            self.0.push_str(part);
        }
    }

    /// What the field shows that ends here, or whose result begins.
    pub(super) fn end(&mut self) -> Option<Overlay> {
        overlay(&std::mem::take(&mut self.0))
    }
}

/// Reads `EQ \o(…)`; `None` for any other field.
fn overlay(instruction: &str) -> Option<Overlay> {
    let bare = instruction.trim_start();
    let switches = bare.get(..2).filter(|name| name.eq_ignore_ascii_case("eq")).and(bare.get(2..))?;
    let (switches, inside) = switches.split_once(['(', '（'])?;
    if !switches.to_ascii_lowercase().contains("\\o") {
        return None;
    }
    let inside = inside.trim_end().trim_end_matches([')', '）']);
    let parts: Vec<&str> = inside.split([',', ';', '，']).map(str::trim).filter(|part| !part.is_empty()).collect();
    // what is raised or lowered beside plain words says how they are pronounced
    let plain: Vec<&str> = parts.iter().copied().filter(|part| !part.starts_with('\\')).collect();
    let is_ring = |part: &&str| matches!(*part, "□" | "☐" | "○" | "◯" | "〇" | "△" | "◇");
    let is_tick = |part: &&str| matches!(*part, "√" | "✓" | "✔" | "×" | "∨" | "V" | "v");
    if plain.iter().any(is_ring) && plain.iter().any(is_tick) {
        return Some(Overlay { text: TICKED.to_owned(), is_ringed: false });
    }
    let words: String = plain.iter().copied().filter(|part| !is_ring(part)).collect();
    if words.is_empty() {
        return plain.first().map(|ring| Overlay { text: (*ring).to_owned(), is_ringed: false });
    }
    Some(Overlay { text: words, is_ringed: plain.iter().any(is_ring) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_over_each_other_is_a_tick_a_ring_or_words() {
        for (instruction, expected) in [
            (" eq \\o\\ac(□,√) ", Some(("☑", false))),
            ("EQ \\o\\ac(○,男)", Some(("男", true))),
            ("EQ \\o(□,)", Some(("□", false))),
            ("EQ \\* jc2 \\* \"Font:宋体\" \\o\\ad(\\s\\up 9(yǎn),䶮)", Some(("䶮", false))),
            ("EQ \\f(1,2)", None),
            ("FORMCHECKBOX", None),
            ("eq", None),
            ("", None),
        ] {
            let shown = overlay(instruction).map(|overlay| (overlay.text, overlay.is_ringed));
            assert_eq!(shown.as_ref().map(|(text, ringed)| (text.as_str(), *ringed)), expected, "{instruction}");
        }
    }
}
