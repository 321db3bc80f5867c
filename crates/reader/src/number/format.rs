//! What a number format shows: the little of Excel's format language that changes how a number reads.

/// How a number format shows a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shown {
    /// As it is.
    General,
    /// As a date, with a time of day where there is one.
    Date,
    /// As a time of day.
    Time,
    /// With given decimals and leading zeros.
    Fixed(Fixed),
}

/// Decimals and leading zeros of a number format.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Fixed {
    /// Digits before the point, at least.
    pub(super) least_digits: u8,
    /// Digits after the point, at least.
    pub(super) least_decimals: u8,
    /// Digits after the point, at most.
    pub(super) most_decimals: u8,
    /// Whether hundredths are shown.
    pub(super) percent: bool,
    /// Digits that the format puts in front, such as `0519-`.
    pub(super) lead: Option<Box<str>>,
}

/// More digits than this no format shows (Excel stops at 30).
const MOST_DIGITS: u8 = 30;

impl Shown {
    /// What the built-in format of this number shows; Chinese Excel's own ones (27 to 36, 50 to 58) included.
    ///
    /// Source: ECMA-376 part 1, 18.8.30.
    pub(crate) fn of_builtin(id: u32) -> Self {
        match id {
            14..=17 | 22 | 27..=31 | 36 | 50..=54 | 57 | 58 => Self::Date,
            18..=21 | 32..=35 | 45..=47 | 55 | 56 => Self::Time,
            1 | 3 | 37 | 38 => Self::of_code("0"),
            2 | 4 | 39 | 40 => Self::of_code("0.00"),
            9 => Self::of_code("0%"),
            10 => Self::of_code("0.00%"),
            _ => Self::General,
        }
    }

    /// What the format with this code shows for a positive number.
    pub(crate) fn of_code(code: &str) -> Self {
        let mut scan = Scan::default();
        scan.section(code);
        if scan.general || scan.text || scan.fraction || scan.scientific {
            return Self::General;
        }
        if scan.date || (scan.month && !scan.time) {
            return Self::Date;
        }
        if scan.time {
            return Self::Time;
        }
        if !scan.placeholder {
            return Self::General;
        }
        // digits in front of the number are part of what people read: an area code, the start of an ID
        let lead = scan.lead.bytes().any(|b| b.is_ascii_digit()).then(|| scan.lead.into_boxed_str());
        Self::Fixed(Fixed { lead, ..scan.fixed })
    }
}

#[derive(Default)]
struct Scan {
    fixed: Fixed,
    lead: String,
    general: bool,
    text: bool,
    fraction: bool,
    scientific: bool,
    date: bool,
    month: bool,
    time: bool,
    placeholder: bool,
    point: bool,
}

impl Scan {
    /// Reads the first section, which is the one for positive numbers.
    fn section(&mut self, code: &str) {
        let mut rest = code.chars();
        while let Some(c) = rest.next() {
            match c {
                ';' => return,
                '"' => {
                    let after = rest.as_str();
                    let (literal, after) = after.split_once('"').unwrap_or((after, ""));
                    self.literal(literal);
                    rest = after.chars();
                }
                '\\' | '!' => {
                    let escaped = rest.next();
                    self.literal(
                        escaped.map_or("", |c| &code[code.len() - rest.as_str().len() - c.len_utf8()..code.len() - rest.as_str().len()]),
                    );
                }
                // room as wide as a character, and a character repeated to fill the cell
                '_' | '*' => {
                    rest.next();
                }
                '[' => {
                    let after = rest.as_str();
                    let (bracket, after) = after.split_once(']').unwrap_or((after, ""));
                    self.bracket(bracket);
                    rest = after.chars();
                }
                'G' | 'g' if is_general(rest.as_str()) => {
                    self.general = true;
                    return;
                }
                'E' | 'e' if rest.as_str().starts_with(['+', '-']) => self.scientific = true,
                _ => self.symbol(c),
            }
        }
    }

    fn symbol(&mut self, c: char) {
        match c.to_ascii_lowercase() {
            'y' | 'd' | 'e' => self.date = true,
            'm' => self.month = true,
            'h' | 's' => self.time = true,
            '@' => self.text = true,
            '/' => self.fraction = self.placeholder,
            '%' => self.fixed.percent = true,
            '.' => self.point = true,
            '0' => self.digit(true),
            '#' | '?' => self.digit(false),
            _ => {}
        }
    }

    fn digit(&mut self, always: bool) {
        self.placeholder = true;
        let fixed = &mut self.fixed;
        if self.point {
            fixed.most_decimals = (fixed.most_decimals + 1).min(MOST_DIGITS);
            if always {
                fixed.least_decimals = fixed.most_decimals;
            }
        } else if always {
            fixed.least_digits = (fixed.least_digits + 1).min(MOST_DIGITS);
        }
    }

    fn literal(&mut self, literal: &str) {
        if !self.placeholder {
            self.lead.push_str(literal);
        }
    }

    /// A bracket holds hours, minutes or seconds that run beyond the day; colours, conditions and languages show nothing.
    fn bracket(&mut self, bracket: &str) {
        let lower = bracket.to_ascii_lowercase();
        if ["h", "m", "s"].iter().any(|unit| !lower.is_empty() && lower.replace(unit, "").is_empty()) {
            self.time = true;
        }
    }
}

/// Whether a `G` begins the word for the general format, in English or in Chinese.
fn is_general(after: &str) -> bool {
    after.get(..6).is_some_and(|word| word.eq_ignore_ascii_case("eneral")) || after.starts_with("/通用格式")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_told_apart() {
        for (code, expected) in [
            ("General", Shown::General),
            ("G/通用格式", Shown::General),
            ("G/通用格式\"人\"", Shown::General),
            ("@", Shown::General),
            ("# ?/?", Shown::General),
            ("##0.0E+0", Shown::General),
            ("\"yes\"", Shown::General),
            ("", Shown::General),
            ("yyyy\"年\"m\"月\"", Shown::Date),
            ("e\"年\"m\"月\"", Shown::Date),
            ("m/d/yy h:mm", Shown::Date),
            ("m\"月\"d\"日\"", Shown::Date),
            ("mmmm", Shown::Date),
            ("上午/下午h\"时\"mm\"分\"", Shown::Time),
            ("h:mm AM/PM", Shown::Time),
            ("[h]:mm:ss", Shown::Time),
            ("[Red]0", Shown::of_code("0")),
            ("[>100]0", Shown::of_code("0")),
        ] {
            assert_eq!(Shown::of_code(code), expected, "{code}");
        }
        let accounting = Shown::of_code("_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * \"-\"??_ ;_ @_ ");
        assert_eq!(accounting, Shown::of_code("0.00"));
    }
}
