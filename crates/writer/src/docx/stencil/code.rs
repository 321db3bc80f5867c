//! The fixed codes of deflate. Source: RFC 1951, 3.2.5 and 3.2.6.

/// The longest repetition.
pub(super) const MOST_LENGTH: usize = 258;

/// The shortest repetition that is worth a code.
pub(super) const LEAST_LENGTH: usize = 4;

/// How far back a repetition may point.
pub(super) const MOST_DISTANCE: usize = 32_768;

/// The code that ends a block.
pub(super) const END: (u64, u32) = literal(256);

/// The codes of bytes: bits, the first to be written the lowest, and how many.
pub(super) const LITERALS: [(u64, u32); 256] = {
    let mut codes = [(0, 0); 256];
    let mut byte = 0;
    while byte < 256 {
        codes[byte as usize] = literal(byte);
        byte += 1;
    }
    codes
};

/// The code of a byte, of the end (256) or of a kind of length (257 to 285).
const fn literal(symbol: u32) -> (u64, u32) {
    match symbol {
        0..=143 => reversed(0b0011_0000 + symbol, 8),
        144..=255 => reversed(0b1_1001_0000 + symbol - 144, 9),
        256..=279 => reversed(symbol - 256, 7),
        _ => reversed(0b1100_0000 + symbol - 280, 8),
    }
}

/// Codes are written with their highest bit first, everything else with its lowest.
const fn reversed(code: u32, count: u32) -> (u64, u32) {
    ((code.reverse_bits() >> (32 - count)) as u64, count)
}

/// The bits of a repetition that say how long it is, at most 13.
pub(super) fn length_code(length: usize) -> (u64, u32) {
    let (symbol, extra, extra_bits) = length_symbol(length);
    let (bits, count) = literal(symbol);
    (bits | extra << count, count + extra_bits)
}

/// The bits of a repetition that say how far back it points, at most 18; they follow those of its length.
#[inline]
pub(super) fn distance_code(distance: usize) -> (u64, u32) {
    let (symbol, extra, extra_bits) = distance_symbol(distance);
    let (bits, count) = DISTANCES[symbol as usize];
    (bits | extra << count, count + extra_bits)
}

/// The codes of the kinds of distances.
const DISTANCES: [(u64, u32); 30] = {
    let mut codes = [(0, 0); 30];
    let mut symbol = 0;
    while symbol < 30 {
        codes[symbol as usize] = reversed(symbol, 5);
        symbol += 1;
    }
    codes
};

/// The kind of a length from 3 to 258, and the bits that tell it from others of its kind.
fn length_symbol(length: usize) -> (u32, u64, u32) {
    let number = narrow(length) - 3;
    if length == MOST_LENGTH {
        return (285, 0, 0);
    }
    if number < 8 {
        return (257 + number, 0, 0);
    }
    let bits = number.ilog2() - 2;
    (257 + 4 * bits + (number >> bits), u64::from(number & ((1 << bits) - 1)), bits)
}

/// The kind of a distance from 1 to 32,768, and the bits that tell it from others of its kind.
#[inline]
fn distance_symbol(distance: usize) -> (u32, u64, u32) {
    let number = narrow(distance) - 1;
    if number < 4 {
        return (number, 0, 0);
    }
    let bits = number.ilog2() - 1;
    (2 * bits + (number >> bits), u64::from(number & ((1 << bits) - 1)), bits)
}

#[inline]
fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// Gathers bits into bytes.
pub(super) struct BitWriter<'a> {
    out: &'a mut Vec<u8>,
    held: u64,
    count: u32,
}

impl<'a> BitWriter<'a> {
    pub(super) fn new(out: &'a mut Vec<u8>) -> Self {
        Self { out, held: 0, count: 0 }
    }

    /// Writes so many bits, at most 64, the lowest first; the others are 0.
    #[inline]
    pub(super) fn push(&mut self, bits: u64, count: u32) {
        self.held |= bits << self.count;
        let total = self.count + count;
        if total < 64 {
            self.count = total;
            return;
        }
        self.out.extend_from_slice(&self.held.to_le_bytes());
        self.held = bits.checked_shr(64 - self.count).unwrap_or(0);
        self.count = total - 64;
    }

    /// Writes what is left.
    pub(super) fn finish(self) {
        let bytes = self.count.div_ceil(8) as usize;
        self.out.extend_from_slice(&self.held.to_le_bytes()[..bytes]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_those_of_the_tables_of_rfc_1951() {
        for (length, expected) in [(3, (257, 0, 0)), (10, (264, 0, 0)), (11, (265, 0, 1)), (12, (265, 1, 1)), (18, (268, 1, 1))] {
            assert_eq!(length_symbol(length), expected, "{length}");
        }
        for (length, expected) in [(19, (269, 0, 2)), (66, (276, 7, 3)), (227, (284, 0, 5)), (257, (284, 30, 5)), (258, (285, 0, 0))] {
            assert_eq!(length_symbol(length), expected, "{length}");
        }
        for (distance, expected) in [(1, (0, 0, 0)), (4, (3, 0, 0)), (5, (4, 0, 1)), (8, (5, 1, 1)), (9, (6, 0, 2)), (17, (8, 0, 3))] {
            assert_eq!(distance_symbol(distance), expected, "{distance}");
        }
        assert_eq!(distance_symbol(24_577), (29, 0, 13));
        assert_eq!(distance_symbol(32_768), (29, 8191, 13));
    }
}
