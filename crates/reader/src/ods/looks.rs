//! What styles make cells and words look like.

use std::collections::BTreeMap;

use mingce_core::grid::{Look, SymbolFont};
use mingce_ooxml::xml::Tag;

use crate::looks::is_bright;

/// The styles of cells and of words that look other than usual, by their names.
#[derive(Debug, Default)]
pub(super) struct Styles {
    /// The kind and the name of the style that is open.
    open: (Family, String),
    looks: BTreeMap<(Family, String), Look>,
}

/// What a style is for; each kind has names of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Family {
    /// Cells.
    Cell,
    /// Words in a cell.
    Words,
    /// Something else.
    #[default]
    Other,
}

impl Styles {
    /// Takes what a tag says of a style.
    pub(super) fn take(&mut self, tag: &Tag<'_>) {
        match tag.name() {
            "style" => self.begin(tag),
            "text-properties" | "table-cell-properties" if self.open.0 != Family::Other => {
                let look = self.looks.get(&self.open).copied().unwrap_or_default();
                let taken = with(look, tag);
                if taken != look {
                    self.looks.insert(self.open.clone(), taken);
                }
            }
            _ => {}
        }
    }

    /// A style looks as the one it is made from, unless it says otherwise.
    fn begin(&mut self, tag: &Tag<'_>) {
        let family = match tag.attribute("family").as_deref() {
            Some("table-cell") => Family::Cell,
            Some("text") => Family::Words,
            _ => Family::Other,
        };
        self.open = (family, tag.attribute("name").unwrap_or_default().into_owned());
        if let Some(look) =
            tag.attribute("parent-style-name").map(|parent| self.look(family, Some(&parent))).filter(|look| *look != Look::default())
        {
            self.looks.insert(self.open.clone(), look);
        }
    }

    /// What the style of this name looks like.
    pub(super) fn look(&self, family: Family, name: Option<&str>) -> Look {
        if self.looks.is_empty() {
            return Look::default();
        }
        name.and_then(|name| self.looks.get(&(family, name.to_owned()))).copied().unwrap_or_default()
    }
}

/// The look with what a tag says of it.
fn with(mut look: Look, tag: &Tag<'_>) -> Look {
    let colour = |value: &str| value.strip_prefix('#').and_then(|value| u32::from_str_radix(value, 16).ok());
    let (mut is_emphasised, mut is_said) = (false, false);
    for (name, value) in tag.attributes() {
        match name {
            "text-line-through-style" | "text-line-through-type" => look.is_crossed = value != "none",
            "font-name" | "font-family" => look.symbols = SymbolFont::of_name(&value),
            "text-underline-style" => look.is_underlined = value != "none",
            "font-weight" => (is_emphasised, is_said) = (is_emphasised || !matches!(&*value, "normal" | "400"), true),
            "font-style" => (is_emphasised, is_said) = (is_emphasised || &*value != "normal", true),
            "color" => is_emphasised |= colour(&value).is_some_and(|colour| colour != 0),
            "background-color" => is_emphasised |= colour(&value).is_some_and(is_bright),
            _ => {}
        }
    }
    look.is_emphasised = is_emphasised || (look.is_emphasised && !is_said);
    look
}
