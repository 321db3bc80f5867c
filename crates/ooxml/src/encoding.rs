//! XML in UTF-16 becomes UTF-8: legal, rare, and refused by most readers.

use crate::error::Error;

/// The order of the two bytes of a UTF-16 unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Order {
    Little,
    Big,
}

/// Whether XML that starts so is UTF-16: by its byte order mark, or by `<` in two bytes.
pub(crate) fn utf16_order(start: &[u8]) -> Option<Order> {
    match start {
        [0xFF, 0xFE, ..] | [b'<', 0, ..] => Some(Order::Little),
        [0xFE, 0xFF, ..] | [0, b'<', ..] => Some(Order::Big),
        _ => None,
    }
}

/// The XML in UTF-8, its declaration without the old encoding.
pub(crate) fn utf8_from(bytes: &[u8], order: Order, part: &str) -> Result<Vec<u8>, Error> {
    let fault = || Error::damaged(part, "UTF-16 编码有误");
    if !bytes.len().is_multiple_of(2) {
        return Err(fault());
    }
    let units = bytes.chunks_exact(2).map(|pair| match order {
        Order::Little => u16::from_le_bytes([pair[0], pair[1]]),
        Order::Big => u16::from_be_bytes([pair[0], pair[1]]),
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    for unit in char::decode_utf16(units) {
        text.push(unit.map_err(|_| fault())?);
    }
    let body = text.strip_prefix('\u{FEFF}').unwrap_or(&text);
    // the declaration names the encoding the part no longer has; without one, XML is UTF-8
    let body = match body.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest,
        None => body,
    };
    Ok(body.as_bytes().to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf16_in_both_orders_reads_as_utf8_without_its_declaration() {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>张𠮷</a>";
        for (order, mark) in [(Order::Little, true), (Order::Big, true), (Order::Little, false), (Order::Big, false)] {
            let mut units: Vec<u16> = text.encode_utf16().collect();
            if mark {
                units.insert(0, 0xFEFF);
            }
            let bytes: Vec<u8> =
                units.iter().flat_map(|unit| if order == Order::Little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
            assert_eq!(utf16_order(&bytes), Some(order));
            assert_eq!(utf8_from(&bytes, order, "p").expect("good UTF-16"), "<a>张𠮷</a>".as_bytes());
        }
        assert_eq!(utf16_order(b"<?xml"), None);
        assert_eq!(utf16_order("\u{FEFF}<a/>".as_bytes()), None);
    }

    #[test]
    fn half_a_unit_or_half_a_pair_is_damage() {
        for bytes in [&[b'<', 0, 0][..], &[b'<', 0, 0x00, 0xD8, b'<', 0]] {
            assert!(matches!(utf8_from(bytes, Order::Little, "p"), Err(Error::DamagedPart { .. })));
        }
    }
}
