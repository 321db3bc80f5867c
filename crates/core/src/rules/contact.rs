//! 手机, 电话, 电子邮件, QQ, 邮编: a mobile must be one; the others are kept as typed with a warning.

use compact_str::CompactString;

use crate::diagnostic::Code;
use crate::grid::Kind;
use crate::mask::mask_digits;
use crate::register::Reading;
use crate::registration::Answer;
use crate::scheme::Field;
use crate::value::{
    Mobile, MobileFault, email_is_plausible, fold_postcode, mobile_beside_phones, phone_is_plausible, postcode_is_plausible,
    qq_is_plausible, restore_area_zero,
};

/// An answer that is kept as typed whatever it is, with a warning where it is not plausible.
struct Kept {
    field: Field,
    code: Code,
    is_plausible: fn(&str) -> bool,
    /// What it is held as, where that differs from what was typed.
    fold: fn(&str, Kind) -> Option<CompactString>,
    fault: &'static str,
    hint: &'static str,
}

const PHONE: Kept = Kept {
    field: Field::Phone,
    code: Code::PhoneInvalid,
    is_plausible: phone_is_plausible,
    fold: phone_of_number,
    fault: "不像电话号码",
    hint: "座机请写区号，区号和号码之间加「-」",
};
const EMAIL: Kept = Kept {
    field: Field::Email,
    code: Code::EmailInvalid,
    is_plausible: email_is_plausible,
    fold: as_typed,
    fault: "不像邮件地址",
    hint: "应有一个「@」，如「name@example.com」",
};
const POSTCODE: Kept = Kept {
    field: Field::Postcode,
    code: Code::PostcodeInvalid,
    is_plausible: postcode_is_plausible,
    fold: postcode_of,
    fault: "不是 6 位数字",
    hint: "邮编应为 6 位数字，如「213164」",
};
const QQ: Kept = Kept {
    field: Field::Qq,
    code: Code::QqInvalid,
    is_plausible: qq_is_plausible,
    fold: as_typed,
    fault: "不像 QQ 号",
    hint: "QQ 号是 5 至 11 位数字",
};

pub(crate) fn read(reading: &mut Reading<'_>) {
    let beside = read_mobile(reading);
    let phone = read_kept(reading, &PHONE);
    reading.person.phone = if phone.is_empty() && reading.scheme().has(Field::Phone) { beside } else { phone };
    reading.person.email = read_kept(reading, &EMAIL);
    reading.person.postcode = read_kept(reading, &POSTCODE);
    reading.person.qq = read_kept(reading, &QQ);
}

/// Reads the mobile number, and returns the landline that stands in the same answer.
fn read_mobile(reading: &mut Reading<'_>) -> CompactString {
    let Some(spec) = reading.scheme().spec(Field::Mobile) else { return CompactString::default() };
    let Some(given) = reading.given(Field::Mobile) else {
        // where the scheme requires it, `field-missing` says so
        if reading.is_asked(Field::Mobile) && !spec.required {
            reading.report(Code::MobileMissing, Field::Mobile, format!("没有填「{}」", spec.label), "请补上手机号，便于联系");
        }
        return CompactString::default();
    };
    let mut beside = CompactString::default();
    let read = Mobile::parse(&given.text).or_else(|fault| {
        let (mobile, phone) =
            mobile_beside_phones(&given.text).filter(|_| matches!(fault, MobileFault::Several | MobileFault::Length(_))).ok_or(fault)?;
        beside = phone;
        Ok(mobile)
    });
    match read {
        Ok(mobile) => {
            reading.keep_written(Field::Mobile, &given.text, mobile.as_str());
            reading.person.mobile = Answer::Known(mobile);
        }
        Err(fault) => {
            let message = format!("手机号「{}」{}，应为 1 开头的 11 位数字", mask_digits(&given.text), in_words(fault));
            reading.report(Code::MobileInvalid, Field::Mobile, message, "请向本人核对后改正；座机请写到「电话」列");
            reading.person.mobile = Answer::Typed(given.text.as_ref().into());
        }
    }
    beside
}

fn read_kept(reading: &mut Reading<'_>, kept: &Kept) -> CompactString {
    if !reading.scheme().has(kept.field) {
        return CompactString::default();
    }
    let Some(given) = reading.given(kept.field) else { return CompactString::default() };
    let held = (kept.fold)(&given.text, given.kind).unwrap_or_else(|| given.text.as_ref().into());
    reading.keep_written(kept.field, &given.text, &held);
    if !(kept.is_plausible)(&held) {
        let label = reading.label(Some(kept.field));
        reading.report(kept.code, kept.field, format!("{label}「{}」{}，照原样保留", mask_digits(&given.text), kept.fault), kept.hint);
    }
    held
}

fn as_typed(_text: &str, _kind: Kind) -> Option<CompactString> {
    None
}

/// Excel drops the zero in front of an area code; the number may have become text since.
fn phone_of_number(text: &str, _kind: Kind) -> Option<CompactString> {
    restore_area_zero(text)
}

fn postcode_of(text: &str, kind: Kind) -> Option<CompactString> {
    fold_postcode(text, kind == Kind::Number)
}

fn in_words(fault: MobileFault) -> String {
    match fault {
        MobileFault::Several => "写了不止一个号码".to_owned(),
        MobileFault::DigitsLost => "的末几位已被 Excel 丢掉".to_owned(),
        MobileFault::Characters(c) => format!("里有「{c}」"),
        MobileFault::Length(length) => format!("有 {length} 位"),
        MobileFault::Prefix => "不是 13 至 19 开头".to_owned(),
    }
}
