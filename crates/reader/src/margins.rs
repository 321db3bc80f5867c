//! What the headers and footers of a sheet's printed pages say: 填报单位 often stands there and nowhere else.

/// Longest header or footer that is read, in bytes; Excel writes at most 255 characters.
const LONGEST: usize = 4096;

/// The headers and footers of a sheet, as they come in its XML.
#[derive(Debug, Default)]
pub(crate) struct Margins {
    /// The one that is read, if any.
    open: Option<String>,
    found: Vec<Vec<String>>,
}

impl Margins {
    /// An element begins.
    pub(crate) fn start(&mut self, element: &str) {
        if matches!(element, "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter") {
            self.open = Some(String::new());
        }
    }

    /// Words between elements; what is longer than any header is none.
    pub(crate) fn text(&mut self, text: &str) {
        if let Some(open) = self.open.as_mut().filter(|open| open.len() + text.len() <= LONGEST) {
            open.push_str(text);
        }
    }

    /// An element ends.
    pub(crate) fn end(&mut self, sheet: &str) {
        if let Some(text) = self.open.take() {
            self.add(&text, sheet);
        }
    }

    /// Adds what a header or footer of this sheet says, written with its codes; one that says nothing adds nothing. However often a
    /// damaged file repeats them, no more are kept than a sheet can have.
    pub(crate) fn add(&mut self, text: &str, sheet: &str) {
        const MOST: usize = 6;
        let pieces = pieces(text, sheet);
        if !pieces.is_empty() && self.found.len() < MOST && text.len() <= LONGEST {
            self.found.push(pieces);
        }
    }

    /// What they say: of each the pieces from the left, line by line.
    pub(crate) fn into_found(self) -> Vec<Vec<String>> {
        self.found
    }
}

/// The pieces of a header or footer from the left, line by line, without what the codes in it print: fonts, page numbers, dates.
fn pieces(text: &str, sheet: &str) -> Vec<String> {
    /// Stands for a number that differs from page to page.
    const NUMBER: &str = "\u{FFFC}";
    // what stands before any code is centred
    let mut sections = [String::new(), String::new(), String::new()];
    let mut here = 1;
    let mut rest = text;
    while let Some((before, code)) = rest.split_once('&') {
        sections[here].push_str(before);
        let (kind, behind) = code.split_at(code.chars().next().map_or(0, char::len_utf8));
        rest = behind;
        match kind {
            "L" | "l" => here = 0,
            "C" | "c" => here = 1,
            "R" | "r" => here = 2,
            "&" => sections[here].push('&'),
            "A" | "a" => sections[here].push_str(sheet),
            "P" | "p" | "N" | "n" => sections[here].push_str(NUMBER),
            "D" | "d" | "T" | "t" | "F" | "f" | "Z" | "z" => sections[here].push_str("  "),
            _ => rest = behind_look(code),
        }
    }
    sections[here].push_str(rest);
    let lines = sections.iter().flat_map(|section| section.lines()).map(|line| without_numbers(line, NUMBER));
    lines.map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
}

/// What follows a code that says how the words behind it look, or one that nobody knows.
fn behind_look(code: &str) -> &str {
    let (kind, behind) = code.split_at(code.chars().next().map_or(0, char::len_utf8));
    match kind {
        // "宋体,Bold"
        "\"" => behind.split_once('"').map_or("", |(_, behind)| behind),
        // FF0000, or 01+000 for one of the theme
        "K" | "k" => {
            let colour = behind.bytes().take(6).take_while(|byte| byte.is_ascii_hexdigit() || matches!(byte, b'+' | b'-')).count();
            &behind[colour..]
        }
        _ if kind.starts_with(|c: char| c.is_ascii_digit()) => code.trim_start_matches(|c: char| c.is_ascii_digit()),
        _ => behind,
    }
}

/// The line with a wide blank in the place of what counts pages: 第 1 页，共 3 页.
fn without_numbers(line: &str, number: &str) -> String {
    let mut shown = line.to_owned();
    for (before, behind) in [("第", "页"), ("共", "页"), ("第 ", " 页"), ("共 ", " 页"), ("Page ", ""), ("- ", " -"), ("", "")] {
        shown = shown.replace(&format!("{before}{number}{behind}"), "  ");
    }
    let says_something = shown.chars().any(char::is_alphanumeric);
    if says_something { shown } else { String::new() }
}

#[test]
fn pieces_are_what_a_person_reads_without_numbers_of_pages() {
    for (text, expected) in [
        ("&L填报单位：长塘村&R第&P页", &["填报单位：长塘村"][..]),
        (
            "&L&\"宋体,加粗\"&12填报单位：长塘村党总支&C&K01+000党员总数：&KFF000042&R第 &P 页，共 &N 页",
            &["填报单位：长塘村党总支", "党员总数：42"],
        ),
        ("&R&D&C&14&B志愿者名册&B\n填报单位：长塘村&L&G", &["志愿者名册", "填报单位：长塘村"]),
        ("填报单位：&A &P/&N", &["填报单位：一支部   /"]),
        ("&LA&&B&Z&F", &["A&B"]),
        ("第 &P 页 共 &N 页", &[]),
        ("&", &[]),
        ("&\"宋体", &[]),
        ("&K", &[]),
        ("&页", &[]),
    ] {
        assert_eq!(pieces(text, "一支部"), expected, "{text}");
    }
}
