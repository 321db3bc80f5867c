//! 身份证号码 after GB 11643-1999: length, characters, birth date and check digit, in this order and one finding each.

use crate::diagnostic::Code;
use crate::grid::Kind;
use crate::register::{Given, Reading};
use crate::registration::Answer;
use crate::scheme::Field;
use crate::text::is_dash;
use crate::value::{IdFault, IdKind, IdNumber};

pub(crate) fn read(reading: &mut Reading<'_>) {
    if !reading.scheme().has(Field::IdNumber) {
        return;
    }
    let Some(given) = reading.given_whole(Field::IdNumber) else { return };
    match IdNumber::parse(&given.text, given.kind == Kind::Number, reading.context().today) {
        Ok(number) => {
            reading.keep_written(Field::IdNumber, &given.text, number.as_str());
            warn(reading, &number);
            reading.person.id_number = Answer::Known(number);
        }
        Err(fault) => {
            let suggestion = IdNumber::suggestion(&given.text, reading.context().today);
            report(reading, &given, fault, suggestion.is_some());
            reading.person.id_number = Answer::Typed(given.text.as_ref().into());
        }
    }
}

fn report(reading: &mut Reading<'_>, given: &Given<'_>, fault: IdFault, has_look_alikes: bool) {
    let text = given.text.as_ref();
    if let Some((failure, hint)) = given.failed_formula() {
        reading.report(Code::IdLength, Field::IdNumber, format!("「身份证号码」{failure}"), hint);
        return;
    }
    let shown = crate::mask::mask_digits(text);
    let check = "请对照身份证原件改正";
    let (code, message, hint) = match fault {
        IdFault::DigitsLost => (
            Code::IdDigitsLost,
            format!("身份证号码「{shown}」的末几位已被 Excel 变成 0，找不回来了"),
            "请向本人重新要号码；先把这一列设成「文本」格式再填",
        ),
        IdFault::Length(_) | IdFault::Characters(_) if has_dashes(text, reading) => {
            (Code::IdLength, format!("身份证号码「{shown}」里有横线，应为连着写的 18 位"), "请去掉横线，再对照身份证原件核对")
        }
        IdFault::Length(_) | IdFault::Characters(_) if !text.chars().any(char::is_numeric) => {
            (Code::IdLength, format!("身份证号码「{shown}」不是号码，应为 18 位"), "请填身份证号码；还没有的请空着")
        }
        IdFault::Length(length) => (Code::IdLength, format!("身份证号码「{shown}」有 {length} 位，应为 18 位"), check),
        IdFault::Characters(_) if has_look_alikes => {
            (Code::IdCharacters, format!("身份证号码「{shown}」里混进了字母，像是把 0 打成了 O 或把 1 打成了 l"), check)
        }
        IdFault::Characters(c) => (Code::IdCharacters, format!("身份证号码「{shown}」里有「{c}」，只能是数字，最后一位可以是 X"), check),
        IdFault::Date => (Code::IdDate, format!("身份证号码「{shown}」里的出生日期不存在，或在今天之后"), check),
        IdFault::Checksum(expected) => (
            Code::IdChecksum,
            format!("身份证号码「{shown}」的校验码不对：按前 17 位，最后一位应为「{expected}」，一定有一位打错了"),
            "请对照身份证原件逐位核对，不要只改最后一位",
        ),
    };
    reading.report(code, Field::IdNumber, message, hint);
}

/// Whether the number would be right without the dashes between its parts.
fn has_dashes(text: &str, reading: &Reading<'_>) -> bool {
    let bare: String = text.chars().filter(|c| !is_dash(*c)).collect();
    bare.len() < text.len() && IdNumber::parse(&bare, false, reading.context().today).is_ok()
}

fn warn(reading: &mut Reading<'_>, number: &IdNumber) {
    let shown = number.masked();
    match number.kind() {
        IdKind::Legacy => {
            let message = format!("身份证号码「{shown}」是 15 位的旧号码，2013 年起已经停用");
            reading.report(Code::IdLegacy, Field::IdNumber, message, "请换成现在的 18 位号码");
        }
        IdKind::OtherDocument => {
            let message = format!("「{shown}」不是居民身份证，是居住证或外国人证件的号码");
            reading.report(Code::IdOtherDocument, Field::IdNumber, message, "请核对证件；确实如此的可以不改");
        }
        IdKind::Citizen => {}
    }
    if number.kind() != IdKind::OtherDocument && !number.region_is_known() {
        let message = format!("身份证号码「{shown}」开头两位不是已知的省份代码");
        reading.report(Code::IdRegion, Field::IdNumber, message, "请对照身份证原件核对");
    }
}
