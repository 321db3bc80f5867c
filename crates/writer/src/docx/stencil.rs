//! Deflate for texts that differ in a few words only: what they share is looked through once.
//!
//! A form is thirty kilobytes of XML of which all but some hundred bytes are the same for everybody. The central noun is
//! [`Stencil`]: the pieces that recur, each turned into deflate codes ahead of time. A person's text is then put together
//! from those codes, with the answers as literals between them. What a library spends on finding repetitions and on
//! clearing its tables, nine tenths of a form's cost, is gone. The stream is one block of fixed codes, as a library's
//! fastest level writes it, and not larger.
//!
//! A repetition points backwards by a distance, and answers of different lengths stand in between. So a code says which
//! piece it repeats; the distance is reckoned from where the pieces came to stand in this text.

mod code;
mod matches;

use code::{BitWriter, END, LITERALS, MOST_DISTANCE, distance_code, length_code};
use matches::Matches;

/// The number of a piece that recurs, counted in the order in which the stencil is told of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct PieceId(u32);

impl PieceId {
    /// The piece that is so many after this one.
    pub(crate) fn after(self, count: usize) -> Self {
        Self(self.0.saturating_add(u32::try_from(count).unwrap_or(u32::MAX)))
    }
}

/// A text that is being put together, with a note of where its recurring pieces stand.
#[derive(Debug, Default)]
pub(crate) struct Traced {
    /// The text.
    pub(crate) text: String,
    pieces: Vec<(PieceId, usize)>,
    /// Bytes of the text that are in pieces.
    recurring: usize,
}

impl Traced {
    /// Begins anew and keeps the memory.
    pub(crate) fn clear(&mut self) {
        self.text.clear();
        self.pieces.clear();
        self.recurring = 0;
    }

    /// Adds a piece that recurs, which is these texts together; they are what the stencil was told of it.
    pub(crate) fn push<'t>(&mut self, piece: PieceId, texts: impl IntoIterator<Item = &'t str>) {
        let start = self.text.len();
        self.pieces.push((piece, start));
        self.text.extend(texts);
        self.recurring += self.text.len() - start;
    }

    /// Bytes that are in no piece; in them a stencil finds no repetition.
    pub(crate) fn loose(&self) -> usize {
        self.text.len() - self.recurring
    }
}

/// Pieces in the order of the text, turned into codes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Stencil {
    pieces: Vec<Vec<Code>>,
    matches: Matches,
}

/// Codes of a piece that stand together.
#[derive(Debug, Clone, Copy)]
enum Code {
    /// So many bits, whatever the text: literals, and repetitions within the piece.
    Bits { bits: u64, count: u32, length: u32 },
    /// A repetition of an earlier piece: so many bytes from this byte of it; and the bits that say how many.
    Repeat { length: u16, bits: u16, count: u8, piece: u32, offset: u32 },
}

impl Stencil {
    /// Adds a piece that every text has, behind all those added before.
    pub(crate) fn add(&mut self, text: &str) {
        self.push(text, true);
    }

    /// Adds a piece that a text may have here.
    pub(crate) fn add_optional(&mut self, text: &str) {
        self.push(text, false);
    }

    fn push(&mut self, text: &str, is_constant: bool) {
        let number = u32::try_from(self.pieces.len()).unwrap_or(u32::MAX);
        let mut codes = Codes::default();
        self.matches.begin(number, text.as_bytes(), is_constant);
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let Some(found) = self.matches.longest(bytes, at) else {
                codes.literal(bytes[at]);
                self.matches.pass(bytes, at, 1);
                at += 1;
                continue;
            };
            if found.piece == number {
                codes.near(found.length, at - found.offset);
            } else {
                codes.repeat(found);
            }
            self.matches.pass(bytes, at, found.length);
            at += found.length;
        }
        self.pieces.push(codes.finish());
    }

    /// Deflates a text that was traced with this stencil's pieces.
    pub(crate) fn deflate(&self, traced: &Traced, out: &mut Vec<u8>) {
        let bytes = traced.text.as_bytes();
        let mut writer = BitWriter::new(out);
        // the last block, and one of fixed codes
        writer.push(0b011, 3);
        // where each piece stands; behind the text one that is not in it
        let mut starts = vec![usize::MAX; self.pieces.len()];
        let mut done = 0;
        for (PieceId(number), start) in &traced.pieces {
            let Some(codes) = self.pieces.get(*number as usize) else { continue };
            literals(&bytes[done..*start], &mut writer);
            starts[*number as usize] = *start;
            done = *start;
            for code in codes {
                match *code {
                    Code::Bits { bits, count, length } => {
                        writer.push(bits, count);
                        done += length as usize;
                    }
                    Code::Repeat { length, bits, count, piece, offset } => {
                        let end = done + usize::from(length);
                        let earlier = starts[piece as usize].saturating_add(offset as usize);
                        match done.checked_sub(earlier).filter(|distance| *distance <= MOST_DISTANCE) {
                            Some(distance) => {
                                let (behind, behind_count) = distance_code(distance);
                                writer.push(u64::from(bits) | behind << count, u32::from(count) + behind_count);
                            }
                            // long answers have pushed it out of reach, or it is not in this text
                            None => literals(&bytes[done..end], &mut writer),
                        }
                        done = end;
                    }
                }
            }
        }
        literals(&bytes[done..], &mut writer);
        writer.push(END.0, END.1);
        writer.finish();
    }
}

fn literals(bytes: &[u8], writer: &mut BitWriter<'_>) {
    // the codes of seven bytes, at most nine bits each, are written as one
    for seven in bytes.chunks(7) {
        let (mut all, mut length) = (0, 0);
        for byte in seven {
            let (bits, count) = LITERALS[usize::from(*byte)];
            all |= bits << length;
            length += count;
        }
        writer.push(all, length);
    }
}

/// Codes of a piece while they are gathered.
#[derive(Debug, Default)]
struct Codes {
    done: Vec<Code>,
    bits: u64,
    count: u32,
    length: u32,
}

impl Codes {
    fn literal(&mut self, byte: u8) {
        let (bits, count) = LITERALS[usize::from(byte)];
        self.push(bits, count, 1);
    }

    /// A repetition within the piece.
    fn near(&mut self, length: usize, distance: usize) {
        let (bits, count) = length_code(length);
        let (behind, behind_count) = distance_code(distance);
        self.push(bits | behind << count, count + behind_count, length);
    }

    fn repeat(&mut self, found: matches::Found) {
        self.flush();
        let (bits, count) = length_code(found.length);
        // a length is at most 258, its code 13 bits long
        let (length, bits) = (u16::try_from(found.length).unwrap_or(u16::MAX), u16::try_from(bits).unwrap_or(u16::MAX));
        let (count, offset) = (u8::try_from(count).unwrap_or(u8::MAX), u32::try_from(found.offset).unwrap_or(u32::MAX));
        self.done.push(Code::Repeat { length, bits, count, piece: found.piece, offset });
    }

    fn push(&mut self, bits: u64, count: u32, length: usize) {
        if self.count + count > 64 {
            self.flush();
        }
        self.bits |= bits << self.count;
        self.count += count;
        self.length += u32::try_from(length).unwrap_or(u32::MAX);
    }

    fn flush(&mut self) {
        if self.count > 0 {
            self.done.push(Code::Bits { bits: self.bits, count: self.count, length: self.length });
            (self.bits, self.count, self.length) = (0, 0, 0);
        }
    }

    fn finish(mut self) -> Vec<Code> {
        self.flush();
        self.done
    }
}

#[cfg(test)]
mod tests;
