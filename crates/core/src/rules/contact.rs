//! 手机, 电话, 电子邮件, QQ, 邮编: a mobile must be one; the others are kept as typed, with a warning where they look like none.

use compact_str::CompactString;

use crate::diagnostic::Code;
use crate::grid::Kind;
use crate::mask::mask_digits;
use crate::register::Reading;
use crate::registration::Answer;
use crate::scheme::Field;
use crate::value::{
    Mobile, MobileFault, email_is_plausible, fold_email, fold_postcode, is_scientific, mobile_beside_phones, phone_is_plausible,
    postcode_is_plausible, qq_is_plausible, restore_area_zero,
};

/// An answer that is kept as typed whatever it is, with a warning where it is not plausible.
struct Kept {
    field: Field,
    code: Code,
    is_plausible: fn(&str) -> bool,
    /// What it is held as, where that differs from what was typed.
    fold: fn(&str, Kind) -> Option<CompactString>,
    fault: &'static str,
    /// What to do about it, where it was not Excel that shortened a number.
    hint: fn(&str) -> &'static str,
}

/// What to do about a number that Excel has destroyed.
const ASK_AGAIN: &str = "请向本人重新要号码；先把这一列设成「文本」格式再填";

const PHONE: Kept = Kept {
    field: Field::Phone,
    code: Code::PhoneInvalid,
    is_plausible: phone_is_plausible,
    fold: phone_of_number,
    fault: "不像电话号码",
    hint: |_| "座机请写区号，区号和号码之间加「-」",
};
const EMAIL: Kept = Kept {
    field: Field::Email,
    code: Code::EmailInvalid,
    is_plausible: email_is_plausible,
    fold: email_of,
    fault: "不像邮件地址",
    hint: email_hint,
};
const POSTCODE: Kept = Kept {
    field: Field::Postcode,
    code: Code::PostcodeInvalid,
    is_plausible: postcode_is_plausible,
    fold: postcode_of,
    fault: "不是 6 位数字",
    hint: |_| "邮编应为 6 位数字，如「213164」",
};
const QQ: Kept = Kept {
    field: Field::Qq,
    code: Code::QqInvalid,
    is_plausible: qq_is_plausible,
    fold: as_typed,
    fault: "不像 QQ 号",
    hint: |_| "QQ 号是 5 至 11 位数字，请核对；没有的请空着",
};

pub(crate) fn read(reading: &mut Reading<'_>) {
    let beside = read_mobile(reading);
    if takes_mobile_of_any_phone(reading) {
        read_others(reading);
        return;
    }
    let phone = read_kept(reading, &PHONE);
    reading.person.phone = if phone.is_empty() && reading.scheme().has(Field::Phone) { beside } else { phone };
    read_others(reading);
}

/// Takes the mobile that stands under 联系方式 among landlines, where nothing else asks for mobiles.
fn takes_mobile_of_any_phone(reading: &mut Reading<'_>) -> bool {
    let is_open = reading.context().any_phone.is_some() && reading.scheme().has(Field::Mobile) && !reading.is_asked(Field::Mobile);
    let given = if is_open { reading.given(Field::Phone) } else { None };
    let Some((given, mobile)) = given.and_then(|given| Mobile::parse(&given.text).ok().map(|mobile| (given, mobile))) else { return false };
    reading.keep_written(Field::Mobile, &given.text, mobile.as_str());
    reading.person.mobile = Answer::Known(mobile);
    true
}

fn read_others(reading: &mut Reading<'_>) {
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
            report_missing(reading, &spec.label);
        }
        return CompactString::default();
    };
    if let Some((fault, hint)) = given.failed_formula() {
        reading.report(Code::MobileInvalid, Field::Mobile, format!("「{}」{fault}", spec.label), hint);
        reading.person.mobile = Answer::Typed(given.text.as_ref().into());
        return CompactString::default();
    }
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
        Err(_) if reading.context().any_phone.is_some() && !spec.required && is_landline(&given.text) => {
            return take_landline(reading, &given.text);
        }
        Err(fault) => {
            report_invalid(reading, &given.text, fault);
            reading.person.mobile = Answer::Typed(given.text.as_ref().into());
        }
    }
    beside
}

/// Says that nobody gave a mobile; where one stands under 单位电话, that it may be the person's own.
fn report_missing(reading: &mut Reading<'_>, label: &str) {
    let under_phone = reading.given(Field::Phone).is_some_and(|phone| Mobile::parse(&phone.text).is_ok());
    let (message, hint) = if under_phone {
        let phone = reading.label(Some(Field::Phone));
        (
            format!("没有填「{label}」，「{phone}」里写的却是手机号"),
            format!("如果是本人的手机，请改填到「{label}」；名册的「{label}」先空着"),
        )
    } else {
        (format!("没有填「{label}」"), "请补上手机号，便于联系".to_owned())
    };
    reading.find(Code::MobileMissing, Some(Field::Mobile), message, Some(hint));
}

/// Takes a landline that stands under 联系方式 for what it is: the person has no mobile, and nothing is wrong.
fn take_landline(reading: &mut Reading<'_>, text: &str) -> CompactString {
    let landline = phone_of_number(text, Kind::Text).unwrap_or_else(|| text.into());
    // 联系电话1 and 联系电话2
    if let Some(mobile) = reading.given_further(Field::Mobile).and_then(|further| Mobile::parse(&further.text).ok()) {
        reading.person.mobile = Answer::Known(mobile);
        return landline;
    }
    let asked = reading.context().any_phone.unwrap_or_default();
    let [label, phone] = [Field::Mobile, Field::Phone].map(|field| reading.label(Some(field)));
    let has_phone = reading.given(Field::Phone).is_some();
    let becomes = if has_phone { format!("「{phone}」另有号码，这个照原样保留") } else { format!("记作「{phone}」") };
    let message = format!("「{asked}」填的是座机「{}」，{becomes}；没有「{label}」", mask_digits(text));
    reading.report(Code::MobileMissing, Field::Mobile, message, "有手机的请补上手机号");
    reading.note_written(Field::Mobile, text);
    landline
}

/// Whether this is a landline with its area code, or a local one, and no mobile that lost or gained a digit.
fn is_landline(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    phone_is_plausible(text) && (digits <= 8 || !text.trim_start().starts_with(['1', '１']))
}

/// Whether a mobile stands in the text among words: 13800000001（本人）.
fn holds_mobile(text: &str) -> bool {
    let narrow = crate::text::fold_width(text);
    narrow.split(|c: char| !c.is_ascii_digit()).any(|number| Mobile::parse(number).is_ok())
}

fn report_invalid(reading: &mut Reading<'_>, text: &str, fault: MobileFault) {
    let label = reading.label(Some(Field::Phone));
    let message = format!("手机号「{}」{}，应为 1 开头的 11 位数字", mask_digits(text), in_words(fault));
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let hint = match fault {
        _ if digits == 0 => "请填手机号；没有手机的请空着".to_owned(),
        _ if is_landline(text) => format!("这像是座机号码，请写到「{label}」列，这里改填手机号；没有手机的请空着"),
        MobileFault::Length(length) if length < 7 && length == digits => "像是集团短号，请改填 11 位的长号".to_owned(),
        MobileFault::Several => "请只留一个手机号，另一个写到备注".to_owned(),
        MobileFault::DigitsLost => ASK_AGAIN.to_owned(),
        MobileFault::Length(length) if length < 11 => "像是少打了数字，请向本人核对后改正".to_owned(),
        MobileFault::Length(_) => "像是多打了数字，请向本人核对后改正".to_owned(),
        MobileFault::Characters(_) if holds_mobile(text) => "请只留 11 位号码，其余的字写到备注".to_owned(),
        MobileFault::Characters(_) | MobileFault::Prefix => "请向本人核对后改正".to_owned(),
    };
    reading.find(Code::MobileInvalid, Some(Field::Mobile), message, Some(hint));
}

fn read_kept(reading: &mut Reading<'_>, kept: &Kept) -> CompactString {
    if !reading.scheme().has(kept.field) {
        return CompactString::default();
    }
    let Some(given) = reading.given_text(kept.field, kept.code) else { return CompactString::default() };
    let held = (kept.fold)(&given.text, given.kind).unwrap_or_else(|| given.text.as_ref().into());
    reading.keep_written(kept.field, &given.text, &held);
    if !(kept.is_plausible)(&held) {
        let label = reading.label(Some(kept.field));
        let message = format!("{label}「{}」{}，照原样保留", mask_digits(&given.text), kept.fault);
        let hint = if is_scientific(given.text.trim()) { ASK_AGAIN } else { (kept.hint)(&given.text) };
        reading.report(kept.code, kept.field, message, hint);
    }
    held
}

fn email_hint(text: &str) -> &'static str {
    let is_comma = |c: char| matches!(c, ',' | '，' | '、' | ' ');
    if text.matches(['@', '＠']).count() > 1 {
        "请只留一个邮件地址，里面只有一个「@」"
    } else if email_is_plausible(&text.replace(is_comma, ".")) {
        "像是把「.」打成了逗号或空格，请核对后改正"
    } else if text.contains(['@', '＠']) {
        "请核对后改成「name@example.com」的样子"
    } else {
        "应有一个「@」，如「name@example.com」"
    }
}

fn as_typed(_text: &str, _kind: Kind) -> Option<CompactString> {
    None
}

/// Excel drops the zero in front of an area code; the number may have become text since.
fn phone_of_number(text: &str, _kind: Kind) -> Option<CompactString> {
    restore_area_zero(text)
}

/// An address that is one once its full-width signs are narrow is held so; what is none stays as typed.
fn email_of(text: &str, _kind: Kind) -> Option<CompactString> {
    email_is_plausible(text).then(|| fold_email(text))
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
