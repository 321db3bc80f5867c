//! The lengths of Word: twentieths of a point, and half points for type.

use mingce_core::scheme::{Millimetres, Points};

/// Twentieths of a point in a millimetre: 1440 / 25.4.
const TWIPS_PER_MILLIMETRE: f64 = 1440.0 / 25.4;

/// A length in twentieths of a point; never negative.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(crate) struct Twips(pub(crate) u32);

impl Twips {
    /// The nearest length to these points.
    pub(crate) fn from_points(points: f64) -> Self {
        Self(round(points * 20.0))
    }

    /// The length as Word's signed numbers.
    pub(crate) fn signed(self) -> i32 {
        i32::try_from(self.0).unwrap_or(i32::MAX)
    }

    /// The length in points.
    pub(crate) fn points(self) -> f64 {
        f64::from(self.0) / 20.0
    }
}

impl From<Millimetres> for Twips {
    fn from(length: Millimetres) -> Self {
        Self(round(length.0 * TWIPS_PER_MILLIMETRE))
    }
}

/// A size of type in half points.
pub(crate) fn half_points(size: Points) -> u32 {
    round(size.0 * 2.0).max(2)
}

fn round(value: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before; no paper is longer")]
    let rounded = value.round().clamp(0.0, 1_000_000.0) as u32;
    rounded
}
