//! Agile encryption, of Office 2010 and later and of WPS: described in XML, sealed with an HMAC.
//!
//! Source: MS-OFFCRYPTO 2.3.4.10 to 2.3.4.15.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::Refusal;
use super::cipher::{BLOCK, Hash, decrypt_chained, fitted, package_length};
use crate::limits::Limits;
use crate::xml::{Tag, Token, XmlReader};

/// Bytes that are encrypted as one chain.
const SEGMENT: usize = 4096;
/// Rounds of a key derivation, past which a file is not opened: ten times what Office writes, and half a second. MS-OFFCRYPTO
/// allows ten million, which would make each password of a list take as long as somebody waits for a whole run.
const MOST_SPIN: u32 = 1_000_000;
/// Bytes of a salt; real ones have sixteen.
const MOST_SALT: usize = 1024;

// what the keys for different uses differ by (MS-OFFCRYPTO 2.3.4.13 and 2.3.4.14)
const FOR_VERIFIER: [u8; 8] = [0xFE, 0xA7, 0xD2, 0x76, 0x3B, 0x4B, 0x9E, 0x79];
const FOR_VERIFIER_HASH: [u8; 8] = [0xD7, 0xAA, 0x0F, 0x6D, 0x30, 0x61, 0x34, 0x4E];
const FOR_KEY: [u8; 8] = [0x14, 0x6E, 0x0B, 0xE7, 0xAB, 0xAC, 0xD0, 0xD6];
const FOR_SEAL_KEY: [u8; 8] = [0x5F, 0xB2, 0xAD, 0x01, 0x0C, 0xB9, 0xE1, 0xF6];
const FOR_SEAL: [u8; 8] = [0xA0, 0x67, 0x7F, 0x02, 0xB2, 0x2C, 0x84, 0x33];

/// A cipher with its hash and salt.
struct Scheme {
    hash: Hash,
    key_size: usize,
    salt: Vec<u8>,
}

/// What the password opens: the key of the package, and the means to see that the password is right.
struct Lock {
    scheme: Scheme,
    spin: u32,
    verifier: Vec<u8>,
    verifier_hash: Vec<u8>,
    key: Vec<u8>,
}

/// The seal of the package, encrypted like it.
struct Seal {
    key: Vec<u8>,
    value: Vec<u8>,
}

#[derive(Default)]
struct Found {
    package: Option<Scheme>,
    lock: Option<Lock>,
    seal: Option<Seal>,
}

/// The package, for the first password that fits; the description starts after its version.
pub(super) fn decrypt<'p>(
    description: &[u8],
    mut bytes: Vec<u8>,
    passwords: impl Iterator<Item = &'p str>,
    limits: &Limits,
) -> Result<Option<Vec<u8>>, Refusal> {
    let found = parse(description.get(4..).unwrap_or_default(), limits)?;
    let package = found.package.ok_or(Refusal::Damaged { fault: "加密说明不完整" })?;
    let lock = found.lock.ok_or(Refusal::Unsupported { method: "数字证书" })?;
    let length = package_length(&bytes)?;
    for password in passwords {
        let spun = lock.scheme.hash.spun(&lock.scheme.salt, password, lock.spin);
        if lock.fits(&spun)? {
            let mut key = lock.opened(&spun, FOR_KEY, &lock.key)?;
            key.truncate(package.key_size);
            if let Some(seal) = found.seal {
                seal.check(&package, &key, &bytes)?;
            }
            bytes.drain(..8);
            bytes.truncate(length.next_multiple_of(BLOCK));
            for (index, segment) in (0_u32..).zip(bytes.chunks_mut(SEGMENT)) {
                decrypt_chained(&key, &package.start(&index.to_le_bytes()), segment)?;
            }
            bytes.truncate(length);
            return Ok(Some(bytes));
        }
    }
    Ok(None)
}

impl Scheme {
    /// What the chain of this part of the package starts from.
    fn start(&self, part: &[u8]) -> Vec<u8> {
        fitted(self.hash.of(&self.salt, part), BLOCK)
    }
}

impl Lock {
    fn fits(&self, spun: &[u8]) -> Result<bool, Refusal> {
        let mut verifier = self.opened(spun, FOR_VERIFIER, &self.verifier)?;
        verifier.truncate(self.scheme.salt.len());
        let expected = self.opened(spun, FOR_VERIFIER_HASH, &self.verifier_hash)?;
        Ok(expected.starts_with(&self.scheme.hash.of(&verifier, &[])))
    }

    /// One of its values, decrypted with the key for this use.
    fn opened(&self, spun: &[u8], usage: [u8; 8], value: &[u8]) -> Result<Vec<u8>, Refusal> {
        let key = fitted(self.scheme.hash.of(spun, &usage), self.scheme.key_size);
        let mut value = value.to_vec();
        decrypt_chained(&key, &fitted(self.scheme.salt.clone(), BLOCK), &mut value)?;
        Ok(value)
    }
}

impl Seal {
    fn check(mut self, package: &Scheme, key: &[u8], bytes: &[u8]) -> Result<(), Refusal> {
        decrypt_chained(key, &package.start(&FOR_SEAL_KEY), &mut self.key)?;
        decrypt_chained(key, &package.start(&FOR_SEAL), &mut self.value)?;
        self.key.truncate(package.hash.size());
        self.value.truncate(package.hash.size());
        if package.hash.seals(&self.key, bytes, &self.value) {
            Ok(())
        } else {
            Err(Refusal::Damaged { fault: "内容与加密时的校验值不符，可能被改动过或传输不完整" })
        }
    }
}

fn parse(xml: &[u8], limits: &Limits) -> Result<Found, Refusal> {
    let damaged = |_| Refusal::Damaged { fault: "加密说明不是完好的 XML" };
    let xml = xml.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(xml);
    let mut reader = XmlReader::new(xml, "EncryptionInfo", limits);
    let mut found = Found::default();
    let mut by_password = true;
    loop {
        match reader.next().map_err(damaged)? {
            Token::Start(tag) => match tag.name() {
                "keyData" => found.package = Some(scheme(&tag)?),
                "dataIntegrity" => {
                    found.seal = Some(Seal { key: bytes_of(&tag, "encryptedHmacKey")?, value: bytes_of(&tag, "encryptedHmacValue")? });
                }
                "keyEncryptor" => by_password = tag.attribute("uri").is_none_or(|uri| uri.ends_with("/password")),
                "encryptedKey" if by_password => found.lock = Some(lock(&tag)?),
                _ => {}
            },
            Token::End(_) | Token::Text(_) => {}
            Token::Eof => break,
        }
    }
    // a seal whose tag is damaged must not pass for a package without a seal
    if found.seal.is_none() && memchr::memmem::find(xml, b"encryptedHmac").is_some() {
        return Err(Refusal::Damaged { fault: "加密说明里的数据有误" });
    }
    Ok(found)
}

fn scheme(tag: &Tag<'_>) -> Result<Scheme, Refusal> {
    let unsupported = Refusal::Unsupported { method: "不常用的算法" };
    let text = |name| tag.attribute(name).unwrap_or_default();
    if text("cipherAlgorithm") != "AES" || text("cipherChaining") != "ChainingModeCBC" || text("blockSize") != "16" {
        return Err(unsupported);
    }
    let key_size = match text("keyBits").as_ref() {
        "128" => 16,
        "192" => 24,
        "256" => 32,
        _ => return Err(unsupported),
    };
    let hash = Hash::named(&text("hashAlgorithm")).ok_or(unsupported)?;
    let salt = bytes_of(tag, "saltValue")?;
    if salt.is_empty() || salt.len() > MOST_SALT {
        return Err(Refusal::Damaged { fault: "加密说明里的数据有误" });
    }
    Ok(Scheme { hash, key_size, salt })
}

fn lock(tag: &Tag<'_>) -> Result<Lock, Refusal> {
    let spin = tag.parsed("spinCount");
    let spin = spin.ok_or(Refusal::Damaged { fault: "加密说明里的数据有误" })?;
    if spin > MOST_SPIN {
        return Err(Refusal::Unsupported { method: "迭代次数过多的密码加密" });
    }
    Ok(Lock {
        scheme: scheme(tag)?,
        spin,
        verifier: bytes_of(tag, "encryptedVerifierHashInput")?,
        verifier_hash: bytes_of(tag, "encryptedVerifierHashValue")?,
        key: bytes_of(tag, "encryptedKeyValue")?,
    })
}

fn bytes_of(tag: &Tag<'_>, name: &str) -> Result<Vec<u8>, Refusal> {
    let text = tag.attribute(name).unwrap_or_default();
    STANDARD.decode(text.trim()).map_err(|_| Refusal::Damaged { fault: "加密说明里的数据有误" })
}
