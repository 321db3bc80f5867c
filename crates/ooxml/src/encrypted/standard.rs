//! Standard encryption, of Office 2007: AES without chaining, a key from SHA-1.
//!
//! Source: MS-OFFCRYPTO 2.3.4.5 to 2.3.4.9.

use super::Refusal;
use super::cipher::{Hash, decrypt_blocks, package_length};

const SPIN: u32 = 50_000;
const SALT: usize = 16;
/// The flag that says the cipher is AES.
const IS_AES: u32 = 0x20;

/// How the package is encrypted.
struct Info {
    key_size: usize,
    salt: Vec<u8>,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
}

/// The package, for the first password that fits; the description starts after its version.
pub(super) fn decrypt<'p>(
    description: &[u8],
    mut package: Vec<u8>,
    passwords: impl Iterator<Item = &'p str>,
) -> Result<Option<Vec<u8>>, Refusal> {
    let info = parse(description)?;
    let length = package_length(&package)?;
    for password in passwords {
        let key = key(&info, password);
        if fits(&info, &key)? {
            package.drain(..8);
            package.truncate(length.next_multiple_of(super::cipher::BLOCK));
            decrypt_blocks(&key, &mut package)?;
            package.truncate(length);
            return Ok(Some(package));
        }
    }
    Ok(None)
}

fn parse(description: &[u8]) -> Result<Info, Refusal> {
    let damaged = || Refusal::Damaged { fault: "加密说明不完整" };
    let header_size = usize::try_from(number(description, 4).ok_or_else(damaged)?).map_err(|_| damaged())?;
    let after = description.get(8..).ok_or_else(damaged)?;
    let (header, verifier) = after.split_at_checked(header_size).ok_or_else(damaged)?;
    let field = |at| number(header, at).ok_or_else(damaged);
    let (flags, cipher, hash, bits) = (field(0)?, field(8)?, field(12)?, field(16)?);
    let key_size = match (cipher, bits) {
        (0x660E, _) | (0, 0 | 128) => 16,
        (0x660F, _) | (0, 192) => 24,
        (0x6610, _) | (0, 256) => 32,
        _ => return Err(Refusal::Unsupported { method: "不常用的算法" }),
    };
    if flags & IS_AES == 0 || !matches!(hash, 0 | 0x8004) {
        return Err(Refusal::Unsupported { method: "不常用的算法" });
    }
    let part = |from: usize, size: usize| verifier.get(from..from + size).map(<[u8]>::to_vec).ok_or_else(damaged);
    if number(verifier, 0) != Some(16) {
        return Err(damaged());
    }
    Ok(Info { key_size, salt: part(4, SALT)?, verifier: part(20, 16)?, verifier_hash: part(40, 32)? })
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|four| u32::from_le_bytes(*four))
}

fn key(info: &Info, password: &str) -> Vec<u8> {
    let spun = Hash::Sha1.spun(&info.salt, password, SPIN);
    let block = Hash::Sha1.of(&spun, &0_u32.to_le_bytes());
    let half = |pad: u8| {
        let mut padded = [pad; 64];
        padded.iter_mut().zip(&block).for_each(|(byte, hash)| *byte ^= hash);
        Hash::Sha1.of(&padded, &[])
    };
    let mut key = [half(0x36), half(0x5C)].concat();
    key.truncate(info.key_size);
    key
}

fn fits(info: &Info, key: &[u8]) -> Result<bool, Refusal> {
    let (mut verifier, mut expected) = (info.verifier.clone(), info.verifier_hash.clone());
    decrypt_blocks(key, &mut verifier)?;
    decrypt_blocks(key, &mut expected)?;
    Ok(expected.starts_with(&Hash::Sha1.of(&verifier, &[])))
}
