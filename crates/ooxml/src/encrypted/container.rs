//! The two streams of an encrypted container.

use super::Refusal;
use crate::compound::Compound;

/// Bytes of an old workbook in which it says that it is encrypted: its second or third record.
const WORKBOOK_START: usize = 4096;

/// What an encrypted container holds.
pub(super) struct Streams {
    /// How it is encrypted.
    pub(super) info: Vec<u8>,
    /// The length of the package in eight bytes, then the package, encrypted.
    pub(super) package: Vec<u8>,
}

pub(super) fn read(bytes: &[u8]) -> Result<Streams, Refusal> {
    if !bytes.starts_with(&Compound::SIGNATURE) {
        return Err(Refusal::NotEncrypted);
    }
    let container = Compound::open(bytes).map_err(|_| Refusal::Damaged { fault: "文件的外层结构有误" })?;
    // what is wanted of a stream is checked where it is read
    let stream = |name| container.stream_to_its_end(name).map_err(|_| Refusal::Damaged { fault: "文件的内容不完整" });
    match (stream("EncryptionInfo")?, stream("EncryptedPackage")?) {
        (Some(info), Some(package)) => Ok(Streams { info, package }),
        (None, Some(_)) => Err(Refusal::Unsupported { method: "权限管理（授权账号）" }),
        (Some(_), None) => Err(Refusal::Damaged { fault: "缺少加密的内容" }),
        (None, None) => {
            let workbook = stream("Workbook")?.or(stream("Book")?).unwrap_or_default();
            Err(if is_locked(&workbook) { Refusal::Unsupported { method: "旧版 .xls 的打开密码" } } else { Refusal::NotEncrypted })
        }
    }
}

/// Whether an old workbook says near its beginning that the rest is encrypted (the record FILEPASS).
fn is_locked(workbook: &[u8]) -> bool {
    let mut rest = workbook.get(..WORKBOOK_START).unwrap_or(workbook);
    while let [kind_low, kind_high, length_low, length_high, after @ ..] = rest {
        if [*kind_low, *kind_high] == [0x2F, 0] {
            return true;
        }
        rest = after.get(usize::from(u16::from_le_bytes([*length_low, *length_high]))..).unwrap_or_default();
    }
    false
}
