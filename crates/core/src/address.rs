//! Cell addresses as a person sees them: rows and columns count from 1, columns have letters.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

/// A column of a sheet, counted from 1 (`A`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Column(u16);

impl Column {
    /// The last column of an Excel sheet, `XFD`.
    pub const LAST: Self = Self(16_384);
    /// The first column, `A`.
    pub const FIRST: Self = Self(1);

    /// The column with this number, counted from 1; `None` outside 1 to 16,384.
    #[must_use]
    pub const fn new(number: u16) -> Option<Self> {
        if number == 0 || number > Self::LAST.0 { None } else { Some(Self(number)) }
    }

    /// The number of the column, counted from 1.
    #[must_use]
    pub const fn number(self) -> u16 {
        self.0
    }

    /// The column `steps` to the right, or `None` beyond the sheet's edge.
    #[must_use]
    pub fn right(self, steps: u16) -> Option<Self> {
        Self::new(self.0.checked_add(steps)?)
    }
}

impl fmt::Display for Column {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut letters = [0u8; 3];
        let mut used = letters.len();
        let mut rest = self.0;
        while rest > 0 {
            used -= 1;
            // the alphabet has 26 letters and no zero: A is 1, Z is 26, AA is 27
            letters[used] = b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0);
            rest = (rest - 1) / 26;
        }
        for letter in &letters[used..] {
            write!(f, "{}", char::from(*letter))?;
        }
        Ok(())
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// One cell of a sheet; orders by row, then column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Address {
    /// The row, counted from 1.
    pub row: u32,
    /// The column.
    pub column: Column,
}

impl Address {
    /// The last row of an Excel sheet.
    pub const LAST_ROW: u32 = 1_048_576;

    /// The cell at this row and column number, both counted from 1; `None` outside an Excel sheet.
    #[must_use]
    pub fn new(row: u32, column: u16) -> Option<Self> {
        if row == 0 || row > Self::LAST_ROW {
            return None;
        }
        Some(Self { row, column: Column::new(column)? })
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.column, self.row)
    }
}

/// A text that is no cell address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a cell address between A1 and XFD1048576")]
pub struct NoAddress;

impl FromStr for Address {
    type Err = NoAddress;

    fn from_str(text: &str) -> Result<Self, NoAddress> {
        let digits = text.find(|c: char| c.is_ascii_digit()).ok_or(NoAddress)?;
        let (letters, digits) = text.split_at(digits);
        if letters.is_empty() || letters.len() > 3 || digits.len() > 7 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(NoAddress);
        }
        let mut number = 0u16;
        for letter in letters.bytes() {
            if !letter.is_ascii_alphabetic() {
                return Err(NoAddress);
            }
            number = number * 26 + u16::from(letter.to_ascii_uppercase() - b'A') + 1;
        }
        let row = digits.parse().map_err(|_| NoAddress)?;
        Self::new(row, number).ok_or(NoAddress)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn edges_of_the_sheet_have_the_letters_excel_shows() {
        for (number, letters) in [(1, "A"), (26, "Z"), (27, "AA"), (702, "ZZ"), (703, "AAA"), (16_384, "XFD")] {
            assert_eq!(Column::new(number).map(|c| c.to_string()).as_deref(), Some(letters));
        }
        assert_eq!(Column::new(0), None);
        assert_eq!(Column::new(16_385), None);
    }

    #[test]
    fn what_lies_outside_the_sheet_is_no_address() {
        for text in ["", "A", "1", "A0", "A1048577", "XFE1", "A4294967297", "ZZZZZZZZZZ1", "A1B", "A-1", "$A$1"] {
            assert_eq!(text.parse::<Address>(), Err(NoAddress), "{text}");
        }
    }

    proptest! {
        #[test]
        fn addresses_are_read_back_as_written(row in 1u32..=Address::LAST_ROW, column in 1u16..=16_384) {
            let address = Address::new(row, column).ok_or_else(|| TestCaseError::fail("in range"))?;
            prop_assert_eq!(address.to_string().parse(), Ok(address));
        }
    }
}
