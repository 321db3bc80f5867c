//! Workbooks and documents with a password: the package inside an encrypted container.
//!
//! Excel, Word and WPS put an encrypted `.xlsx` or `.docx` into an old binary container with two streams: how it is encrypted,
//! and the encrypted package. [`open`] gives back the package for the first of the [`Passwords`] that fits, or a [`Refusal`].
//! Old workbooks (`.xls`, `.et`) are encrypted record by record: [`open_workbook`] decrypts their stream.
//! Nothing of a password reaches a message or a `Debug` output. Source: MS-OFFCRYPTO 2.3.4 (ECMA-376 document encryption).

use std::fmt;

use crate::error::Limit;
use crate::limits::Limits;

#[cfg(feature = "decrypt")]
mod agile;
#[cfg(feature = "decrypt")]
mod cipher;
#[cfg(feature = "decrypt")]
mod container;
#[cfg(feature = "decrypt")]
mod standard;
#[cfg(feature = "decrypt")]
mod workbook;

#[cfg(feature = "decrypt")]
pub use workbook::open_workbook;

/// What Excel encrypts a workbook with whose structure is protected; whoever opens it is not asked.
#[cfg(feature = "decrypt")]
const DEFAULT: &str = "VelvetSweatshop";

/// The passwords to try, in order; shown only as a count.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Passwords {
    list: Vec<String>,
}

impl Passwords {
    /// One password a line, as in a password file.
    ///
    /// A byte order mark, blank lines and repetitions are left out. A line with spaces around it is tried as it stands, then
    /// without them.
    #[must_use]
    pub fn from_lines(text: &str) -> Self {
        let mut passwords = Self::default();
        for line in text.trim_start_matches('\u{FEFF}').lines().filter(|line| !line.trim().is_empty()) {
            passwords.push(line);
            passwords.push(line.trim());
        }
        passwords
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    fn push(&mut self, password: &str) {
        if !self.list.iter().any(|known| known == password) {
            self.list.push(password.to_owned());
        }
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Passwords({})", self.list.len())
    }
}

/// Why there is no package to read.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The bytes are no encrypted container; they may still be an old workbook or document without a password.
    #[error("文件没有加密")]
    NotEncrypted,
    /// It is encrypted, but not by a password, or by a method that is not known here.
    #[error("文件已加密，加密方式是{method}，不能用密码打开")]
    Unsupported {
        /// The method, as far as it can be told.
        method: &'static str,
    },
    /// It is encrypted, and no password was given.
    #[error("文件已加密，没有给出密码")]
    NoPassword,
    /// It is encrypted, and none of the passwords opens it.
    #[error("文件已加密，给出的密码都打不开")]
    NoPasswordFits,
    /// The container, the description of the encryption, or the encrypted package is damaged.
    #[error("加密的文件已损坏：{fault}")]
    Damaged {
        /// What is wrong.
        fault: &'static str,
    },
    /// The file exceeds a limit.
    #[error("超过允许的上限：{limit}最多 {}", .limit.amount(*.allowed))]
    LimitExceeded {
        /// Which limit.
        limit: Limit,
        /// What is allowed.
        allowed: u64,
    },
    /// This build leaves decryption out.
    #[error("文件已加密，而本程序编译时去掉了解密功能")]
    SwitchedOff,
}

/// The package inside an encrypted container, whole: the bytes of the `.xlsx` or `.docx` before it was encrypted.
///
/// Opens agile encryption (Office 2010 and later, WPS) and standard encryption (Office 2007) with AES. The password that Excel
/// itself uses for protected workbooks is tried after the given ones, as Excel does. Agile encryption seals the package: an
/// altered one is [`Refusal::Damaged`]. Takes the time of one key derivation for each password.
///
/// # Errors
/// A [`Refusal`] when the bytes are not encrypted, cannot be opened or are damaged.
#[cfg(feature = "decrypt")]
pub fn open(bytes: &[u8], passwords: &Passwords, limits: &Limits) -> Result<Vec<u8>, Refusal> {
    if bytes.len() as u64 > limits.input {
        return Err(Refusal::LimitExceeded { limit: Limit::Input, allowed: limits.input });
    }
    let streams = container::read(bytes)?;
    let tried = passwords.list.iter().map(String::as_str).chain([DEFAULT]);
    let found = match streams.info.get(..4) {
        Some([4, 0, 4, 0]) => agile::decrypt(&streams.info[4..], streams.package, tried, limits)?,
        Some([2..=4, 0, 2, 0]) => standard::decrypt(&streams.info[4..], streams.package, tried)?,
        Some([3 | 4, 0, 3, 0]) => return Err(Refusal::Unsupported { method: "可扩展加密" }),
        Some(_) => return Err(Refusal::Unsupported { method: "未知的一种" }),
        None => return Err(Refusal::Damaged { fault: "加密说明不完整" }),
    };
    found.ok_or(if passwords.is_empty() { Refusal::NoPassword } else { Refusal::NoPasswordFits })
}

/// Decrypts the stream of an old workbook; this build leaves decryption out and opens none.
///
/// # Errors
/// Never: an encrypted stream stays as it is.
#[cfg(not(feature = "decrypt"))]
pub fn open_workbook(_stream: &mut [u8], _passwords: &Passwords) -> Result<bool, Refusal> {
    Ok(false)
}

/// The package inside an encrypted container; this build leaves decryption out and opens none.
///
/// # Errors
/// Always [`Refusal::SwitchedOff`].
#[cfg(not(feature = "decrypt"))]
pub fn open(_bytes: &[u8], _passwords: &Passwords, _limits: &Limits) -> Result<Vec<u8>, Refusal> {
    Err(Refusal::SwitchedOff)
}

#[cfg(all(test, feature = "decrypt"))]
mod tests;
