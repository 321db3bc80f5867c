//! Files with a password: the package inside is read as if it had come without one.

use std::borrow::Cow;

use mingce_ooxml::encrypted::{self, Passwords, Refusal};
use mingce_ooxml::{Limit, Limits};

use crate::error::Error;
use mingce_ooxml::compound::Compound;

/// The package inside an encrypted container; `None` for bytes that are none.
pub(crate) fn open(bytes: &[u8], limits: &Limits, passwords: &Passwords) -> Result<Option<Vec<u8>>, Error> {
    if !bytes.starts_with(&Compound::SIGNATURE) {
        return Ok(None);
    }
    if bytes.len() as u64 > limits.input {
        return Err(Error::LimitExceeded { limit: Limit::Input, allowed: limits.input, at: None });
    }
    // what is wrong with a container that does not say so is found out where it is looked into
    let Ok(container) = Compound::open(bytes) else { return Ok(None) };
    if !container.contains("EncryptedPackage") && !container.contains("EncryptionInfo") {
        return Ok(None);
    }
    match encrypted::open(bytes, passwords, limits) {
        Ok(package) => Ok(Some(package)),
        Err(Refusal::NotEncrypted) => Ok(None),
        Err(source) => Err(Error::Locked { source }),
    }
}

/// The stream of an old workbook, decrypted where it has a password.
pub(crate) fn open_workbook<'s>(stream: Cow<'s, [u8]>, passwords: &Passwords) -> Result<Cow<'s, [u8]>, Error> {
    let mut stream = stream.into_owned();
    encrypted::open_workbook(&mut stream, passwords).map_err(|source| Error::Locked { source })?;
    Ok(Cow::Owned(stream))
}

#[cfg(all(test, feature = "decrypt"))]
mod tests;
