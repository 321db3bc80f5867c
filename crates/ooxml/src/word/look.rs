//! What text looks like, as far as it changes what it says: hidden, struck out, underlined, a letter of a picture font, the
//! placeholder of a content control, the state of a box.

use std::ops::Range;

use super::Holder;

/// A box that is ticked, whatever it looked like.
pub(super) const TICKED: &str = "☑";
/// A box that is empty.
pub(super) const EMPTY: &str = "□";

/// How a run is set.
#[derive(Debug, Clone, Default)]
pub(super) struct RunLook {
    pub(super) is_unseen: bool,
    pub(super) is_struck: bool,
    pub(super) is_underlined: bool,
    /// In which ways it is set apart, a bit for each [`Emphasis`].
    emphasis: u8,
    /// Its font, where it is one of pictures.
    pub(super) font: String,
}

/// One property of a run.
#[derive(Debug, Clone)]
pub(super) enum Look {
    Unseen(bool),
    StruckOut(bool),
    Underlined(bool),
    /// Set apart in this way, or not any more as its style says.
    Emphasised(Emphasis, bool),
    /// The fonts of its Latin letters.
    Font([String; 2]),
}

/// A way to set words apart. A run that takes one of them back from its style may have another all the same.
#[derive(Debug, Clone, Copy)]
pub(super) enum Emphasis {
    Bold,
    Italic,
    Coloured,
    Highlighted,
    Shaded,
    Framed,
    /// By dots, or by 带圈字符.
    Dotted,
    /// Letters of which the outline is drawn, or with a shadow.
    Outlined,
}

impl RunLook {
    /// Whether the run is bold, slanted, coloured, shaded or framed.
    pub(super) fn is_emphasised(&self) -> bool {
        self.emphasis != 0
    }

    fn emphasise(&mut self, by: Emphasis, is_on: bool) {
        let bit = match by {
            Emphasis::Bold => 1,
            Emphasis::Italic => 1 << 1,
            Emphasis::Coloured => 1 << 2,
            Emphasis::Highlighted => 1 << 3,
            Emphasis::Shaded => 1 << 4,
            Emphasis::Framed => 1 << 5,
            Emphasis::Dotted => 1 << 6,
            Emphasis::Outlined => 1 << 7,
        };
        self.emphasis = if is_on { self.emphasis | bit } else { self.emphasis & !bit };
    }

    /// Takes what the style of a run or paragraph says.
    pub(super) fn take_style(&mut self, looks: &[Look]) {
        looks.iter().cloned().for_each(|look| self.take(look));
    }

    pub(super) fn take(&mut self, look: Look) {
        match look {
            // of several reasons not to be seen one is enough
            Look::Unseen(is_unseen) => self.is_unseen |= is_unseen,
            Look::StruckOut(is_struck) => self.is_struck |= is_struck,
            Look::Underlined(is_underlined) => self.is_underlined = is_underlined,
            Look::Emphasised(by, is_on) => self.emphasise(by, is_on),
            Look::Font(fonts) => {
                let mut pictures = fonts.into_iter().filter(|font| crate::symbol::is_picture_font(font));
                self.font = pictures.next().unwrap_or_default();
            }
        }
    }
}

/// A content control.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Control {
    /// Whether it shows words about what to type, and nobody has typed anything.
    pub(super) is_placeholder: bool,
    /// For a check box, its state.
    pub(super) ticked: Option<bool>,
}

/// A piece of text with the bytes that hold it.
#[derive(Debug, Clone)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) xml: Range<usize>,
    pub(super) holder: Holder,
}
