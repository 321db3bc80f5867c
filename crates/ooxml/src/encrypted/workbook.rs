//! Encryption of workbooks of Excel 97 to 2003 and of WPS (`.xls`, `.et`): the records of one stream, each byte for itself.
//!
//! Three methods: a keystream of RC4 with a key from MD5 or from SHA-1, which begins anew every 1,024 bytes of the stream, and an
//! obfuscation by sixteen bytes. Heads of records stay as they are, and so do the few records that a reader needs beforehand.
//!
//! Source: MS-OFFCRYPTO 2.3.5, 2.3.6 and 2.3.7; MS-XLS 2.2.10.

use md5::Md5;
use sha1::{Digest, Sha1};

use super::{DEFAULT, Passwords, Refusal};

/// The record that says how the rest is encrypted.
const FILE_PASS: u16 = 0x2F;
const BOUND_SHEET: u16 = 0x85;
/// No record has this number.
const NOTHING: u16 = 0x0FFF;
/// Records that are never encrypted: the beginnings of streams, who has the file open, and what is said of revisions.
const PLAIN: [u16; 7] = [0x809, FILE_PASS, 0xE1, 0x138, 0x194, 0x195, 0x196];
/// Bytes of the stream that have one key.
const BLOCK: usize = 1024;

/// A method with its key, found to be right.
enum Key {
    /// What the keys of blocks are made of, by MD5.
    Md5([u8; 5]),
    /// What the keys of blocks are made of, by SHA-1, and how many bytes they have.
    Sha1([u8; 20], usize),
    /// The bytes of the obfuscation.
    Xor([u8; 16]),
}

/// Decrypts the stream of an old workbook; `false` for one that is not encrypted, which stays as it is.
///
/// The password that Excel itself uses for workbooks whose structure is protected is tried after the given ones.
///
/// # Errors
/// A [`Refusal`] when no password fits, or for a method that is not known.
pub fn open_workbook(stream: &mut [u8], passwords: &Passwords) -> Result<bool, Refusal> {
    let Some(description) = Records { stream, at: 0 }.find(|record| record.id == FILE_PASS) else { return Ok(false) };
    let file_pass = description.start - 4;
    let description = stream.get(description.start..description.end).unwrap_or_default().to_vec();
    let mut found = None;
    for password in passwords.list.iter().map(String::as_str).chain([DEFAULT]) {
        found = key(&description, password)?;
        if found.is_some() {
            break;
        }
    }
    let key = found.ok_or(if passwords.is_empty() { Refusal::NoPassword } else { Refusal::NoPasswordFits })?;
    let records: Vec<Record> = Records { stream, at: 0 }.filter(|record| !PLAIN.contains(&record.id)).collect();
    let mut keystream = Keystream::new(&key);
    for record in records {
        // where a sheet begins stays readable
        let start = if record.id == BOUND_SHEET { (record.start + 4).min(record.end) } else { record.start };
        let length = record.end - record.start;
        for (place, byte) in (start..).zip(stream.get_mut(start..record.end).unwrap_or_default()) {
            *byte = match &key {
                Key::Xor(bytes) => (*byte ^ bytes[(place + length) % 16]).rotate_right(5),
                Key::Md5(_) | Key::Sha1(..) => *byte ^ keystream.at(place),
            };
        }
    }
    // what said that the stream is encrypted says nothing more
    stream[file_pass..file_pass + 2].copy_from_slice(&NOTHING.to_le_bytes());
    Ok(true)
}

/// A record by the places of its content.
struct Record {
    id: u16,
    start: usize,
    end: usize,
}

/// The records of a stream, as far as they are whole.
struct Records<'a> {
    stream: &'a [u8],
    at: usize,
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let head = self.stream.get(self.at..)?.first_chunk::<4>()?;
        let (id, length) = (u16::from_le_bytes([head[0], head[1]]), usize::from(u16::from_le_bytes([head[2], head[3]])));
        let start = self.at + 4;
        let end = (start + length).min(self.stream.len());
        self.at = end;
        Some(Record { id, start, end })
    }
}

/// The key, if the password fits.
fn key(description: &[u8], password: &str) -> Result<Option<Key>, Refusal> {
    let damaged = || Refusal::Damaged { fault: "加密说明不完整" };
    let word = |at: usize| description.get(at..).and_then(|rest| rest.first_chunk()).map(|two| u16::from_le_bytes(*two));
    // Excel 5 and 95 have one method, which they do not name
    if let (Some(key), Some(verifier), None) = (word(0), word(2), word(4)) {
        return Ok(xor_key(password, key, verifier).map(Key::Xor));
    }
    match (word(0).ok_or_else(damaged)?, word(2).ok_or_else(damaged)?, word(4).ok_or_else(damaged)?) {
        (0, key, verifier) => Ok(xor_key(password, key, verifier).map(Key::Xor)),
        (1, 1, 1) => md5_key(description.get(6..).ok_or_else(damaged)?, password).ok_or_else(damaged),
        (1, 2..=4, 2) => sha1_key(description.get(6..).ok_or_else(damaged)?, password).ok_or_else(damaged),
        _ => Err(Refusal::Unsupported { method: "不常用的算法" }),
    }
}

fn in_utf16(password: &str) -> Vec<u8> {
    password.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// Salt, encrypted verifier and encrypted hash of it, of 16 bytes each.
fn md5_key(description: &[u8], password: &str) -> Option<Option<Key>> {
    let (salt, rest) = description.split_at_checked(16)?;
    let mut verifier = rest.get(..32)?.to_vec();
    let hashed = Md5::digest(in_utf16(password));
    let salted = [&hashed[..5], salt].concat().repeat(16);
    let of_blocks: [u8; 5] = *Md5::digest(salted).first_chunk()?;
    let key = Key::Md5(of_blocks);
    let mut keystream = Keystream::new(&key);
    verifier.iter_mut().zip(0..).for_each(|(byte, place)| *byte ^= keystream.at(place));
    let fits = Md5::digest(&verifier[..16])[..] == verifier[16..];
    Some(fits.then_some(key))
}

/// A header whose length stands in front, then salt, encrypted verifier and encrypted hash of it, with the lengths of the first and last.
fn sha1_key(description: &[u8], password: &str) -> Option<Option<Key>> {
    let number = |at: usize| description.get(at..).and_then(|rest| rest.first_chunk()).map(|four| u32::from_le_bytes(*four));
    let header = usize::try_from(number(4)?).ok()?;
    let bits = usize::try_from(number(8 + 16)?).ok()?;
    let bytes = if bits == 0 { 5 } else { bits / 8 };
    if !(5..=16).contains(&bytes) {
        return None;
    }
    let rest = description.get(8usize.checked_add(header)?..)?;
    let salt = rest.get(4..20)?;
    let mut verifier = rest.get(20..36)?.to_vec();
    verifier.extend_from_slice(rest.get(40..60)?);
    let of_blocks: [u8; 20] = Sha1::new().chain_update(salt).chain_update(in_utf16(password)).finalize().into();
    let key = Key::Sha1(of_blocks, bytes);
    let mut keystream = Keystream::new(&key);
    verifier.iter_mut().zip(0..).for_each(|(byte, place)| *byte ^= keystream.at(place));
    let fits = Sha1::digest(&verifier[..16])[..] == verifier[16..];
    Some(fits.then_some(key))
}

/// The sixteen bytes of the obfuscation, if the password has this key and verifier.
fn xor_key(password: &str, key: u16, verifier: u16) -> Option<[u8; 16]> {
    const PADDING: [u8; 15] = [0xBB, 0xFF, 0xFF, 0xBA, 0xFF, 0xFF, 0xB9, 0x80, 0x00, 0xBE, 0x0F, 0x00, 0xBF, 0x0F, 0x00];
    // of each character the low byte, unless that is zero
    let low = |unit: u16| unit.to_le_bytes().into_iter().find(|byte| *byte != 0).unwrap_or(0);
    let letters: Vec<u8> = password.encode_utf16().take(15).map(low).collect();
    let count = u8::try_from(letters.len()).ok()?;
    let sum = letters.iter().rev().chain([&count]).fold(0u16, |sum, letter| {
        let turned = (sum >> 14 & 1) | (sum << 1 & 0x7FFF);
        turned ^ u16::from(*letter)
    });
    if sum ^ 0xCE4B != verifier {
        return None;
    }
    let mut bytes = [0; 16];
    for (place, byte) in letters.iter().chain(&PADDING).take(16).enumerate() {
        bytes[place] = (byte ^ key.to_le_bytes()[place % 2]).rotate_right(1);
    }
    Some(bytes)
}

/// The bytes of RC4, block by block.
struct Keystream<'k> {
    key: &'k Key,
    block: Option<usize>,
    bytes: [u8; BLOCK],
}

impl<'k> Keystream<'k> {
    fn new(key: &'k Key) -> Self {
        Self { key, block: None, bytes: [0; BLOCK] }
    }

    /// The byte at this place of the stream.
    fn at(&mut self, place: usize) -> u8 {
        let block = place / BLOCK;
        if self.block != Some(block) {
            self.block = Some(block);
            let number = u32::try_from(block).unwrap_or(u32::MAX).to_le_bytes();
            match self.key {
                Key::Md5(of_blocks) => rc4(&Md5::new().chain_update(of_blocks).chain_update(number).finalize(), &mut self.bytes),
                Key::Sha1(of_blocks, length) => {
                    let hash = Sha1::new().chain_update(of_blocks).chain_update(number).finalize();
                    let mut key = [0; 16];
                    key[..*length].copy_from_slice(&hash[..*length]);
                    // keys of 40 bits are filled up with zeros
                    rc4(if *length == 5 { &key } else { &key[..*length] }, &mut self.bytes);
                }
                Key::Xor(_) => {}
            }
        }
        self.bytes[place % BLOCK]
    }
}

/// Fills the bytes with the keystream of RC4: fifteen lines, where a crate would bring types for each length of key.
fn rc4(key: &[u8], bytes: &mut [u8]) {
    let mut state: [u8; 256] = std::array::from_fn(|place| u8::try_from(place).unwrap_or(0));
    let mut other = 0u8;
    for place in 0..256 {
        other = other.wrapping_add(state[place]).wrapping_add(key[place % key.len()]);
        state.swap(place, usize::from(other));
    }
    let (mut one, mut other) = (0u8, 0u8);
    for byte in bytes {
        one = one.wrapping_add(1);
        other = other.wrapping_add(state[usize::from(one)]);
        state.swap(usize::from(one), usize::from(other));
        *byte = state[usize::from(state[usize::from(one)].wrapping_add(state[usize::from(other)]))];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keystream_is_that_of_the_published_examples() {
        // RFC 6229, a key of 40 bits, at offset 0
        let mut bytes = [0; 16];
        rc4(&[1, 2, 3, 4, 5], &mut bytes);
        assert_eq!(bytes, [0xB2, 0x39, 0x63, 0x05, 0xF0, 0x3D, 0xC0, 0x27, 0xCC, 0xC3, 0x52, 0x4A, 0x0A, 0x11, 0x18, 0xA8]);
    }
}
