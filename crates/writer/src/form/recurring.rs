//! Which pieces of a form recur: they are told to the stencil once and noted in every text they stand in.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::piece::Piece;
use crate::docx::stencil::{PieceId, Stencil};

/// Begins and ends a run around an answer.
pub(super) const RUN: [&str; 3] = ["<w:r>", "<w:t xml:space=\"preserve\">", "</w:t></w:r>"];

/// The pieces of a form by the numbers that the stencil knows them by.
#[derive(Debug, Clone, Default)]
pub(super) struct Recurring {
    /// For each piece of the head, the body and the tail, the number of its first text.
    pub(super) head: Vec<PieceId>,
    pub(super) body: Vec<PieceId>,
    pub(super) tail: Vec<PieceId>,
    stencil: OnceLock<Stencil>,
}

impl Recurring {
    /// Numbers the texts of these pieces.
    pub(super) fn of(head: &[Piece], body: &[Piece], tail: &[Piece]) -> Self {
        let mut next = PieceId::default();
        let mut number = |pieces: &[Piece]| {
            pieces
                .iter()
                .map(|piece| {
                    let first = next;
                    next = next.after(piece.texts().len());
                    first
                })
                .collect()
        };
        Self { head: number(head), body: number(body), tail: number(tail), stencil: OnceLock::new() }
    }

    /// The stencil of these pieces, which are those that were numbered; made when it is first asked for.
    pub(super) fn stencil(&self, pieces: [&[Piece]; 3]) -> &Stencil {
        self.stencil.get_or_init(|| {
            let mut stencil = Stencil::default();
            for piece in pieces.into_iter().flatten() {
                for text in piece.texts() {
                    match piece {
                        Piece::Fixed(_) => stencil.add(&text),
                        _ => stencil.add_optional(&text),
                    };
                }
            }
            stencil
        })
    }
}

impl Piece {
    /// The texts that may stand in the place of the piece and are known beforehand.
    pub(super) fn texts(&self) -> Vec<Cow<'_, str>> {
        match self {
            Self::Fixed(text) | Self::Usual { text, .. } | Self::NewPage(text) | Self::Once(text) => vec![text.into()],
            Self::Answer { blank, .. } | Self::Text { blank, .. } | Self::List { blank, .. } | Self::Photo { blank, .. } => {
                vec![blank.into()]
            }
            Self::Drawing { .. } | Self::Beyond { .. } => Vec::new(),
            Self::Run { properties, .. } => vec![format!("{}{}{}", RUN[0], properties.normal, RUN[1]).into(), RUN[2].into()],
            Self::Hint { blank, properties, .. } => vec![blank.into(), properties.normal.as_str().into()],
            Self::Scaled { properties, .. } => vec![properties.normal.as_str().into()],
            Self::Box { marks, .. } | Self::Boxed { marks, .. } => marks.iter().map(Cow::from).collect(),
            Self::Either { blank, filled, .. } => vec![blank.into(), filled.into()],
            Self::Height { rules, .. } => rules.iter().map(Cow::from).collect(),
        }
    }
}
