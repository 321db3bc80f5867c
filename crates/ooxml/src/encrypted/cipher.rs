//! The hashes and ciphers of both encryptions, with keys and lengths checked before use.

use aes::cipher::array::Array;
use aes::cipher::{Block, BlockCipherDecrypt, BlockModeDecrypt, KeyInit, KeyIvInit};
use aes::{Aes128, Aes192, Aes256};
use hmac::digest::Digest;
use hmac::digest::block_api::BlockSizeUser;
use hmac::{Mac, SimpleHmac};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};

use super::Refusal;

/// Bytes of a block of AES.
pub(super) const BLOCK: usize = 16;

/// A hash that keys are derived with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hash {
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Hash {
    /// The hash of this name in a description of an encryption.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.replace('-', "").to_ascii_uppercase().as_str() {
            "SHA1" => Some(Self::Sha1),
            "SHA256" => Some(Self::Sha256),
            "SHA384" => Some(Self::Sha384),
            "SHA512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// Its length in bytes.
    pub(super) fn size(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// The hash of these bytes, one after the other.
    pub(super) fn of(self, first: &[u8], second: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha1 => hashed::<Sha1>(first, second),
            Self::Sha256 => hashed::<Sha256>(first, second),
            Self::Sha384 => hashed::<Sha384>(first, second),
            Self::Sha512 => hashed::<Sha512>(first, second),
        }
    }

    /// The hash of salt and password, hashed again as often as told: what makes guessing slow.
    pub(super) fn spun(self, salt: &[u8], password: &str, count: u32) -> Vec<u8> {
        let password: Vec<u8> = password.encode_utf16().flat_map(u16::to_le_bytes).collect();
        match self {
            Self::Sha1 => spun::<Sha1>(salt, &password, count),
            Self::Sha256 => spun::<Sha256>(salt, &password, count),
            Self::Sha384 => spun::<Sha384>(salt, &password, count),
            Self::Sha512 => spun::<Sha512>(salt, &password, count),
        }
    }

    /// Whether this seal belongs to this message.
    pub(super) fn seals(self, key: &[u8], message: &[u8], seal: &[u8]) -> bool {
        match self {
            Self::Sha1 => seals::<Sha1>(key, message, seal),
            Self::Sha256 => seals::<Sha256>(key, message, seal),
            Self::Sha384 => seals::<Sha384>(key, message, seal),
            Self::Sha512 => seals::<Sha512>(key, message, seal),
        }
    }
}

fn hashed<D: Digest>(first: &[u8], second: &[u8]) -> Vec<u8> {
    D::new().chain_update(first).chain_update(second).finalize().to_vec()
}

fn spun<D: Digest>(salt: &[u8], password: &[u8], count: u32) -> Vec<u8> {
    let mut hash = D::new().chain_update(salt).chain_update(password).finalize();
    for round in 0..count {
        hash = D::new().chain_update(round.to_le_bytes()).chain_update(&hash).finalize();
    }
    hash.to_vec()
}

fn seals<D: Digest + BlockSizeUser>(key: &[u8], message: &[u8], seal: &[u8]) -> bool {
    <SimpleHmac<D> as KeyInit>::new_from_slice(key).is_ok_and(|mac| mac.chain_update(message).verify_slice(seal).is_ok())
}

/// These bytes cut to a length, or filled up to it as MS-OFFCRYPTO says.
pub(super) fn fitted(mut bytes: Vec<u8>, length: usize) -> Vec<u8> {
    bytes.resize(length, 0x36);
    bytes
}

/// Decrypts whole blocks in place, each chained to the one before it; what is left over at the end stays as it is.
pub(super) fn decrypt_chained(key: &[u8], start: &[u8], bytes: &mut [u8]) -> Result<(), Refusal> {
    match key.len() {
        16 => chained::<Aes128>(key, start, bytes),
        24 => chained::<Aes192>(key, start, bytes),
        32 => chained::<Aes256>(key, start, bytes),
        _ => None,
    }
    .ok_or(Refusal::Damaged { fault: "密钥长度有误" })
}

/// Decrypts whole blocks in place, each by itself; what is left over at the end stays as it is.
pub(super) fn decrypt_blocks(key: &[u8], bytes: &mut [u8]) -> Result<(), Refusal> {
    match key.len() {
        16 => single::<Aes128>(key, bytes),
        24 => single::<Aes192>(key, bytes),
        32 => single::<Aes256>(key, bytes),
        _ => None,
    }
    .ok_or(Refusal::Damaged { fault: "密钥长度有误" })
}

fn chained<C: BlockCipherDecrypt + KeyInit>(key: &[u8], start: &[u8], bytes: &mut [u8]) -> Option<()> {
    let mut cipher = cbc::Decryptor::<C>::new_from_slices(key, start).ok()?;
    let (blocks, _) = Array::slice_as_chunks_mut(bytes);
    cipher.decrypt_blocks(blocks);
    Some(())
}

fn single<C: BlockCipherDecrypt + KeyInit>(key: &[u8], bytes: &mut [u8]) -> Option<()> {
    let cipher = C::new_from_slice(key).ok()?;
    let (blocks, _): (&mut [Block<C>], _) = Array::slice_as_chunks_mut(bytes);
    cipher.decrypt_blocks(blocks);
    Some(())
}

/// The length of the package, and its encrypted bytes to be decrypted in place.
pub(super) fn package_length(package: &[u8]) -> Result<usize, Refusal> {
    let damaged = Refusal::Damaged { fault: "加密的内容不完整" };
    let Some((length, rest)) = package.split_first_chunk::<8>() else { return Err(damaged) };
    let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
    match length.checked_next_multiple_of(BLOCK) {
        Some(encrypted) if encrypted <= rest.len() => Ok(length),
        _ => Err(damaged),
    }
}
