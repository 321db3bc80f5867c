//! What a telephone, e-mail address, postcode or QQ number plausibly looks like. Their texts stay as typed.

use compact_str::CompactString;

use super::Mobile;
use crate::text::{fold_width, is_blank_character, is_dash, without_text_marks, without_zero_decimals};

/// Most digits of an extension behind a landline.
const LONGEST_EXTENSION: usize = 6;
/// Longest part of an e-mail address before the @. Source: RFC 5321, 4.5.3.1.1.
const LONGEST_LOCAL: usize = 64;

/// Whether this reads as a landline or mobile number, or several of them.
///
/// A landline has 7 or 8 digits that begin with neither 0 nor 1, before them perhaps an area code, behind them perhaps an
/// extension; 400 and 800 numbers are fine too.
#[must_use]
pub fn phone_is_plausible(text: &str) -> bool {
    if is_plain_landline(text) {
        return true;
    }
    let narrow = fold_width(without_text_marks(text));
    let is_end = |c: char| matches!(c, '/' | '、' | ',' | ';' | '\n' | '\r' | '或' | '\\');
    let mut numbers =
        narrow.split(is_end).map(|number| number.trim_matches(is_blank_character)).filter(|number| !number.is_empty()).peekable();
    numbers.peek().is_some() && numbers.all(|number| one_phone_is_plausible(number) || several_mobiles(number))
}

/// The mobile number and the rest of an answer in which one mobile stands beside landlines: `13812345678/0519-86310000`.
///
/// `None` where several mobiles do, or something else stands beside it.
pub(crate) fn mobile_beside_phones(text: &str) -> Option<(Mobile, CompactString)> {
    let narrow = fold_width(without_text_marks(text));
    let is_sign = |c: char| matches!(c, '/' | '、' | ',' | ';' | '\n' | '或' | '\\');
    // a blank parts numbers, or stands within one: 139 1111 3333/0519-86310000
    beside_phones(&narrow, is_sign).or_else(|| beside_phones(&narrow, |c| is_blank_character(c) || is_sign(c)))
}

fn beside_phones(text: &str, is_end: impl Fn(char) -> bool + Copy) -> Option<(Mobile, CompactString)> {
    let mut mobiles = text.split(is_end).filter_map(|part| Some((part, Mobile::parse(part).ok()?)));
    let (part, mobile) = mobiles.next().filter(|_| mobiles.next().is_none())?;
    let (before, behind) = text.split_once(part)?;
    let phones = [before, behind].map(|phone| phone.trim_matches(|c| is_blank_character(c) || is_end(c)));
    let mut phones = phones.into_iter().filter(|phone| !phone.is_empty());
    let phone = phones.next().filter(|phone| phones.next().is_none() && phone_is_plausible(phone))?;
    Some((mobile, phone.into()))
}

/// The way most offices write a landline: `0519-86310000`.
fn is_plain_landline(text: &str) -> bool {
    let Some((area, local)) = text.split_once('-') else { return false };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    matches!(area.len(), 3 | 4)
        && area.starts_with('0')
        && are_digits(area)
        && matches!(local.len(), 7 | 8)
        && !local.starts_with(['0', '1'])
        && are_digits(local)
}

/// Whether whole mobile numbers stand behind one another, parted by blanks.
fn several_mobiles(text: &str) -> bool {
    text.split(is_blank_character).filter(|number| !number.is_empty()).all(one_phone_is_plausible)
}

fn one_phone_is_plausible(text: &str) -> bool {
    if Mobile::parse(text).is_ok() {
        return true;
    }
    let is_sign = |c: char| is_blank_character(c) || is_dash(c) || matches!(c, '(' | ')');
    let lower = text.to_ascii_lowercase();
    for word in ["转", "分机", "*", "#", "ext"] {
        if let Some((number, extension)) = lower.split_once(word) {
            let extension = extension.trim_matches(|c: char| is_sign(c) || matches!(c, '.' | ':' | '分' | '机'));
            return is_extension(extension) && landline(number.trim_end_matches(is_sign), is_sign);
        }
    }
    if landline(text, is_sign) {
        return true;
    }
    // 0519-86310000-801
    let parts = text.rsplit_once(is_dash);
    parts.is_some_and(|(number, extension)| is_extension(extension.trim_matches(is_blank_character)) && landline(number, is_sign))
}

fn is_extension(text: &str) -> bool {
    (1..=LONGEST_EXTENSION).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn landline(text: &str, is_sign: impl Fn(char) -> bool) -> bool {
    let digits: CompactString = without_zero_decimals(text).chars().filter(|c| !is_sign(*c)).collect();
    let abroad = digits.strip_prefix("+86").or_else(|| digits.strip_prefix("0086"));
    let digits = abroad.unwrap_or(&digits);
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let is_local = |local: &str| matches!(local.len(), 7 | 8) && !local.starts_with(['0', '1']);
    match digits.as_bytes() {
        [b'0', b'1'..=b'2', ..] => digits.get(3..).is_some_and(is_local),
        [b'0', b'3'..=b'9', ..] => digits.get(4..).is_some_and(is_local),
        [b'4' | b'8', b'0', b'0', ..] if digits.len() == 10 => true,
        _ if abroad.is_some() => restore_area_zero(digits).is_some(),
        _ => is_local(digits),
    }
}

/// A landline whose area code lost its 0, in a number cell or on the way through one: `51986310000` → `0519-86310000`,
/// `2586310000` → `025-86310000`, `519-86310000` → `0519-86310000`.
///
/// `None` if the number reads otherwise; a mobile number does.
#[must_use]
pub fn restore_area_zero(text: &str) -> Option<CompactString> {
    let narrow = fold_width(without_text_marks(text));
    let digits = without_zero_decimals(narrow.trim_matches(is_blank_character));
    // a sign parts the area code; one further behind parts an extension
    let parted = digits.split_once(|c| is_dash(c) || is_blank_character(c)).filter(|(area, _)| matches!(area.len(), 2 | 3));
    let digits: CompactString = parted.map_or(digits.into(), |(area, local)| compact_str::format_compact!("{area}{local}"));
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let (area, local) = match (digits.as_bytes(), digits.len()) {
        ([b'1', b'0', ..] | [b'2', ..], 10) => digits.split_at(2),
        ([b'3'..=b'9', ..], 10 | 11) => digits.split_at(3),
        _ => return None,
    };
    if local.starts_with(['0', '1']) || (digits.len() == 10 && (area == "400" || area == "800")) {
        return None;
    }
    Some(compact_str::format_compact!("0{area}-{local}"))
}

/// An e-mail address with narrow characters, without blanks and `mailto:`; 。 in it is a dot.
#[must_use]
pub fn fold_email(text: &str) -> CompactString {
    let narrow = fold_width(text);
    let folded: CompactString = narrow.chars().filter(|c| !is_blank_character(*c)).map(|c| if c == '。' { '.' } else { c }).collect();
    match folded.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("mailto:") => folded[7..].into(),
        _ => folded,
    }
}

/// Whether this reads as one e-mail address, once folded as by [`fold_email`].
#[must_use]
pub fn email_is_plausible(text: &str) -> bool {
    let folded = fold_email(text);
    let Some((local, domain)) = folded.split_once('@') else { return false };
    let is_local = (1..=LONGEST_LOCAL).contains(&local.len())
        && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..");
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let top = domain.rsplit_once('.').map_or("", |(_, top)| top);
    is_local && domain.split('.').all(is_label) && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// A postcode of six digits; a number cell of five digits lost the 0 before them. `None` if it is none.
#[must_use]
pub fn fold_postcode(text: &str, is_number_cell: bool) -> Option<CompactString> {
    let narrow = fold_width(without_text_marks(text));
    let folded: CompactString = narrow.chars().filter(|c| !is_blank_character(*c)).collect();
    let digits = if is_number_cell { without_zero_decimals(&folded) } else { folded.as_str() };
    let is_digits = digits.bytes().all(|byte| byte.is_ascii_digit()) && digits.bytes().any(|byte| byte != b'0');
    match digits.len() {
        6 if is_digits => Some(digits.into()),
        5 if is_digits && is_number_cell => Some(compact_str::format_compact!("0{digits}")),
        _ => None,
    }
}

/// Whether this is a postcode of six digits.
#[must_use]
pub fn postcode_is_plausible(text: &str) -> bool {
    fold_postcode(text, false).is_some()
}

/// Whether this is a QQ number, or the address of its mailbox.
#[must_use]
pub fn qq_is_plausible(text: &str) -> bool {
    let folded = fold_email(without_text_marks(text)).to_lowercase();
    let number = without_zero_decimals(folded.strip_suffix("@qq.com").unwrap_or(&folded));
    (5..=11).contains(&number.len()) && !number.starts_with('0') && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_mobile_beside_a_landline_is_the_mobile() {
        let table = [
            ("13812345678/0519-86310000", Some("0519-86310000")),
            ("0519-86310000 13812345678", Some("0519-86310000")),
            ("138 1234 5678/0519-86310001", Some("0519-86310001")),
            ("138 1234 5678/139 1234 5678", None),
            ("１３８１２３４５６７８、86310000", Some("86310000")),
            ("13812345678\n(0519)86310000", Some("(0519)86310000")),
            ("13812345678/13912345678", None),
            ("13812345678", None),
            ("13812345678（家）", None),
            ("86310000/86310001", None),
        ];
        for (text, phone) in table {
            let found = mobile_beside_phones(text);
            assert_eq!(found.as_ref().map(|(_, phone)| phone.as_str()), phone, "{text}");
            assert!(found.is_none_or(|(mobile, _)| mobile.as_str() == "13812345678"), "{text}");
        }
    }

    #[test]
    fn telephones_are_landlines_or_mobiles() {
        for text in [
            "0519-86310000",
            "0519—86310000",
            "0519 86310000",
            "(0519)86310000",
            "（0519）8631 0000",
            "051986310000",
            "86310000",
            "8631000",
            "010-86310000",
            "025-86310000",
            "0519-86310000-801",
            "86310000转801",
            "0519-86310000 转 801",
            "86310000*801",
            "86310000-801",
            "86310000分机801",
            "86310000 ext.801",
            "13812345678",
            "0519-86310000/13812345678",
            "0519-86310000、86310001",
            "86310000 86310001",
            "+86-519-86310000",
            "400-123-4567",
            "０５１９－８６３１００００",
            "86310000\n13812345678",
            "0519-86310000；",
        ] {
            assert!(phone_is_plausible(text), "{text}");
        }
        for text in
            ["", "123", "8631", "无电话", "0519", "0519-0631000", "12345678", "0519-863100001", "张三 86310000", "/", "612345", "转801"]
        {
            assert!(!phone_is_plausible(text), "{text}");
        }
    }

    #[test]
    fn an_area_code_gets_its_zero_back() {
        for (text, restored) in [
            ("51986310000", Some("0519-86310000")),
            ("51986310000.0", Some("0519-86310000")),
            ("5198631000", Some("0519-8631000")),
            ("2586310000", Some("025-86310000")),
            ("1086310000", Some("010-86310000")),
            ("13812345678", None),
            ("4001234567", None),
            ("86310000", None),
            ("51906310000", None),
            ("0519-86310000", None),
            ("519-86310000", Some("0519-86310000")),
            ("519 86310000", Some("0519-86310000")),
            ("５１９８６３１００００", Some("0519-86310000")),
            ("25-86310000", Some("025-86310000")),
            ("85551234-801", None),
            ("138-12345678", None),
            ("400-123-4567", None),
        ] {
            assert_eq!(restore_area_zero(text).as_deref(), restored, "{text}");
        }
    }

    #[test]
    fn addresses_postcodes_and_qq_numbers() {
        for text in ["zhang@example.com", "zhang.san+x@mail.example.com.cn", " ＺＳ＠example．com ", "mailto:a@b.cn", "1234567@qq。com"]
        {
            assert!(email_is_plausible(text), "{text}");
        }
        for text in [
            "", "zhang", "zhang@", "@qq.com", "a@b", "a@b.c", "a@@b.com", "123@qq,com", "a@b..com", "a b@c.com;d@e.com", "张三@qq.com",
            "a@b.123",
        ] {
            assert!(!email_is_plausible(text), "{text}");
        }
        for (text, is_number_cell, expected) in [
            ("213000", false, Some("213000")),
            ("２１３０００", false, Some("213000")),
            ("213 000", false, Some("213000")),
            ("213000.0", true, Some("213000")),
            ("10010", true, Some("010010")),
            ("10010", false, None),
            ("2130000", true, None),
            ("000000", false, None),
            ("常州", false, None),
        ] {
            assert_eq!(fold_postcode(text, is_number_cell).as_deref(), expected, "{text}");
        }
        for text in ["12345", "12345678901", "12345678.0", "１２３４５６", "123456@qq.com", "123456@QQ.com", "123 456"] {
            assert!(qq_is_plausible(text), "{text}");
        }
        for text in ["", "1234", "012345", "123456789012", "wx_zhang", "zhang@qq.com", "123456@163.com"] {
            assert!(!qq_is_plausible(text), "{text}");
        }
    }
}
