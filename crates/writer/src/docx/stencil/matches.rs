//! Finding what a piece repeats of itself and of the pieces before it.

use super::code::{LEAST_LENGTH, MOST_DISTANCE, MOST_LENGTH};

/// How many places with the same four bytes are looked at; more make the stream hardly smaller.
const MOST_TRIED: usize = 24;

/// A repetition that is long enough to look no further.
const LONG_ENOUGH: usize = 128;

/// Bits of a table's index.
const INDEX_BITS: u32 = 13;

/// No place.
const NOWHERE: u32 = u32::MAX;

/// What was seen of the pieces that are in every text, by their first four bytes.
#[derive(Debug, Clone, Default)]
pub(super) struct Matches {
    /// The pieces one behind the other.
    seen: Vec<u8>,
    /// Where each of them begins, and its number.
    starts: Vec<(usize, u32)>,
    /// The last place for each index, and for each place the one before it.
    last: Vec<u32>,
    before: Vec<u32>,
    /// Whether the piece at hand is put among what is seen.
    is_constant: bool,
    number: u32,
}

/// A repetition.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) length: usize,
    pub(super) piece: u32,
    /// Where in that piece it begins.
    pub(super) offset: usize,
}

impl Matches {
    /// Turns to the next piece.
    pub(super) fn begin(&mut self, number: u32, bytes: &[u8], is_constant: bool) {
        if self.last.is_empty() {
            self.last = vec![NOWHERE; 1 << INDEX_BITS];
        }
        (self.number, self.is_constant) = (number, is_constant);
        if is_constant {
            self.starts.push((self.seen.len(), number));
            self.seen.extend_from_slice(bytes);
        }
    }

    /// The longest repetition that the piece has here.
    pub(super) fn longest(&self, bytes: &[u8], at: usize) -> Option<Found> {
        let rest = &bytes[at..bytes.len().min(at + MOST_LENGTH)];
        let mut place = self.last[index(rest)?];
        let nearest = self.seen.len().saturating_sub(MOST_DISTANCE);
        let mut best: Option<Found> = None;
        for _ in 0..MOST_TRIED {
            let Some(candidate) = self.seen.get(place as usize..).filter(|_| place as usize >= nearest) else { break };
            let (start, piece, end) = self.piece_at(place as usize);
            let most = if piece == self.number { candidate.len() } else { end - place as usize };
            let length = candidate[..most].iter().zip(rest).take_while(|(a, b)| a == b).count();
            if length > best.map_or(LEAST_LENGTH - 1, |best| best.length) {
                best = Some(Found { length, piece, offset: place as usize - start });
                if length >= LONG_ENOUGH {
                    break;
                }
            }
            place = self.before[place as usize];
        }
        best
    }

    /// Notes that these bytes of the piece are behind us.
    pub(super) fn pass(&mut self, bytes: &[u8], at: usize, count: usize) {
        if !self.is_constant {
            return;
        }
        let start = self.starts.last().map_or(0, |(start, _)| *start);
        for at in at..at + count {
            let Some(index) = index(&bytes[at..]) else {
                self.before.push(NOWHERE);
                continue;
            };
            self.before.push(self.last[index]);
            self.last[index] = u32::try_from(start + at).unwrap_or(NOWHERE);
        }
    }

    /// Start, number and end of the piece that this place is in.
    fn piece_at(&self, place: usize) -> (usize, u32, usize) {
        let next = self.starts.partition_point(|(start, _)| *start <= place);
        let (start, piece) = self.starts[next - 1];
        (start, piece, self.starts.get(next).map_or(self.seen.len(), |(start, _)| *start))
    }
}

/// Where in the table the first four bytes are looked up.
fn index(bytes: &[u8]) -> Option<usize> {
    let four = u32::from_le_bytes(bytes.first_chunk::<4>().copied()?);
    Some((four.wrapping_mul(0x9E37_79B1) >> (32 - INDEX_BITS)) as usize)
}
