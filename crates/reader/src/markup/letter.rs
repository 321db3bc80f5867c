//! A web page with its parts in one file (`.mht`): what Excel, Word and WPS save as 单个网页文件, and what report systems send under the
//! name of a workbook. It is built as a letter with attachments is (RFC 2557, RFC 2045); the pages are among the parts.
//!
//! Read by hand and not by a library for mail: of a letter only parts, two encodings and three fields of a head are met here, and depth
//! is bounded.

use std::borrow::Cow;

use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Letters inside letters; deeper ones hold no page.
const MOST_NESTED: usize = 4;

/// The most bytes of a part that its head takes.
const LONGEST_HEAD: usize = 1 << 16;

/// Base64 as letters have it: with its `=` or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent).with_decode_allow_trailing_bits(true),
);

/// Whether the file begins with the head of a letter.
pub(crate) fn is_letter(bytes: &[u8]) -> bool {
    let start = without_mark(&bytes[..bytes.len().min(4096)]);
    let names = |line: &[u8]| line.split(|byte| *byte == b':').next().is_some_and(is_name);
    start.split(|byte| *byte == b'\n').next().is_some_and(names) && field(split_head(start).0, "mime-version").is_some()
}

fn is_name(name: &[u8]) -> bool {
    !name.is_empty() && name.len() < 32 && name.iter().all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-')
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start()
}

/// The web pages of the letter in the order they stand, decoded to the bytes they were before.
pub(super) fn pages(letter: &[u8]) -> Vec<Cow<'_, [u8]>> {
    let mut pages = Vec::new();
    gather(without_mark(letter), MOST_NESTED, &mut pages);
    pages
}

fn gather<'l>(part: &'l [u8], depth: usize, pages: &mut Vec<Cow<'l, [u8]>>) {
    let (head, body) = split_head(part);
    let kind = field(head, "content-type").unwrap_or_default();
    let media = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if media.starts_with("multipart/") {
        let Some(boundary) = parameter(&kind, "boundary").filter(|_| depth > 0) else { return };
        parts(body, &boundary).for_each(|part| gather(part, depth - 1, pages));
    } else if matches!(media.as_str(), "text/html" | "application/xhtml+xml") {
        pages.push(decoded(body, &field(head, "content-transfer-encoding").unwrap_or_default()));
    }
}

/// What stands between the lines that part a letter; the last part ends with the file where no line ends it.
fn parts<'l>(body: &'l [u8], boundary: &str) -> impl Iterator<Item = &'l [u8]> {
    let line = format!("--{boundary}").into_bytes();
    let mut starts = memchr::memmem::find_iter(body, &line).collect::<Vec<_>>();
    starts.retain(|at| *at == 0 || body[at - 1] == b'\n');
    let ends = starts.iter().skip(1).copied().chain([body.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).filter_map(move |(start, end)| {
        let rest = &body[start + line.len()..end];
        let after = memchr::memchr(b'\n', rest)?;
        // the one that ends the letter has two more
        (!rest.starts_with(b"--")).then(|| &rest[after + 1..])
    })
}

/// The head of a part and what comes behind the blank line.
fn split_head(part: &[u8]) -> (&[u8], &[u8]) {
    if let Some(body) = part.strip_prefix(b"\r\n").or_else(|| part.strip_prefix(b"\n")) {
        return (&[], body);
    }
    let search = &part[..part.len().min(LONGEST_HEAD)];
    let end = |line: &[u8]| memchr::memmem::find(search, line).map(|at| (at, at + line.len()));
    match end(b"\n\r\n").into_iter().chain(end(b"\n\n")).min() {
        Some((at, body)) => (&part[..at], &part[body..]),
        None => (search, &[]),
    }
}

/// The value of a field of the head, its further lines included.
fn field(head: &[u8], name: &str) -> Option<String> {
    let head = String::from_utf8_lossy(head);
    let mut lines = head.lines();
    let begins = |line: &&str| line.split_once(':').is_some_and(|(found, _)| found.trim().eq_ignore_ascii_case(name));
    let mut value = lines.find(begins)?.split_once(':')?.1.trim().to_owned();
    lines.take_while(|line| line.starts_with([' ', '\t'])).for_each(|line| value.push_str(line.trim_end()));
    Some(value)
}

/// A parameter of a field's value, such as `boundary="…"`.
fn parameter(value: &str, name: &str) -> Option<String> {
    let is_named = |part: &&str| part.split_once('=').is_some_and(|(found, _)| found.trim().eq_ignore_ascii_case(name));
    let found = value.split(';').find(is_named)?.split_once('=')?.1.trim();
    let found = found.strip_prefix('"').map_or(found, |quoted| quoted.split('"').next().unwrap_or_default());
    Some(found.to_owned()).filter(|found| !found.is_empty())
}

fn decoded<'l>(body: &'l [u8], encoding: &str) -> Cow<'l, [u8]> {
    match encoding.trim().to_ascii_lowercase().as_str() {
        "quoted-printable" => Cow::Owned(unquoted(body)),
        "base64" => {
            let mut letters: Vec<u8> =
                body.iter().copied().filter(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/')).collect();
            // a last letter alone is less than a byte
            letters.truncate(letters.len() - usize::from(letters.len() % 4 == 1));
            BASE64.decode(&letters).map_or_else(|_| Cow::Borrowed(body), Cow::Owned)
        }
        _ => Cow::Borrowed(body),
    }
}

/// Undoes quoted-printable: `=E5` is a byte, and `=` at the end of a line joins it to the next. What is neither stays.
fn unquoted(body: &[u8]) -> Vec<u8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
    let mut bytes = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'=', rest) {
        bytes.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        if let (Some(high), Some(low)) = (digit(rest.first()), digit(rest.get(1))) {
            bytes.push(high * 16 + low);
            rest = &rest[2..];
        } else {
            let line = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\r'));
            match line.filter(|at| rest[*at] == b'\n') {
                Some(at) => rest = &rest[at + 1..],
                None => bytes.push(b'='),
            }
        }
    }
    bytes.extend_from_slice(rest);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_known_by_its_head() {
        for (bytes, expected) in [
            (&b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n\r\n"[..], true),
            (b"From: <Saved by WPS>\r\nSubject: x\r\nMIME-Version: 1.0\r\n\r\n", true),
            ("姓名: 张三\nMIME-Version: 甲".as_bytes(), false),
            (b"a: b\n\nMIME-Version: 1.0\n", false),
            (b"a,b\nMIME-Version: 1.0\n", false),
        ] {
            assert_eq!(is_letter(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn pages_are_found_in_order_and_decoded() {
        let letter = "MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary=\"=_a\"\r\n\r\n单个网页文件\r\n\
            --=_a\r\nContent-Type: text/html; charset=\"utf-8\"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <p a=3D1>=E5=BC=\r\n=A0 =zz 1=\r\n--=_a\r\ncontent-type: TEXT/HTML\r\nContent-Transfer-Encoding:BASE64\r\n\r\nPHA+\r\n5LiJ\r\n\
            --=_a\r\nContent-Type: image/png\r\n\r\nxx\r\n--=_a\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n\
            --b\nContent-Type: text/html\n\n<p>--b\n--b--\r\n--=_a--\r\n";
        let found: Vec<String> = pages(letter.as_bytes()).iter().map(|page| String::from_utf8_lossy(page).into_owned()).collect();
        assert_eq!(found, ["<p a=1>张 =zz 1", "<p>三", "<p>--b\n"]);
        assert_eq!(pages(b"MIME-Version: 1\nContent-Type: text/html\n\n<p>"), [&b"<p>"[..]]);
    }

    #[test]
    fn damaged_letters_end() {
        let nested = "Content-Type: multipart/mixed; boundary=a\n\n--a\n".repeat(10_000);
        for letter in ["", "\n", "Content-Type: multipart/mixed", "Content-Type: multipart/mixed; boundary=\n\n--\n", &nested] {
            assert!(pages(letter.as_bytes()).is_empty(), "{}", &letter[..letter.len().min(60)]);
        }
        assert_eq!(unquoted(b"=E5=B=\n=\r"), b"\xE5=B=\r");
        assert_eq!(decoded(b"PHA+5", "base64").as_ref(), b"<p>");
    }
}
