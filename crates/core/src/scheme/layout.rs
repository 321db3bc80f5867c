//! The layouts of annex 1 and annex 2: what `form.toml` and `roster.toml` say, in millimetres and points.

use compact_str::CompactString;

use super::Field;

/// A length in millimetres.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct Millimetres(pub f64);

/// A size of type in points (磅); 三号 is 16, 小四 is 12.
#[derive(Debug, Clone, Copy, Default, PartialEq, PartialOrd)]
pub struct Points(pub f64);

/// A face and a size. Chinese and Latin letters have faces of their own.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Font {
    /// The face of Chinese characters, such as `仿宋_GB2312`.
    pub east_asian: String,
    /// The face of Latin letters and digits, such as `Times New Roman`.
    pub latin: String,
    /// The size.
    pub size: Points,
}

/// Paper and margins.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Page {
    /// Width of the paper as it is looked at.
    pub width: Millimetres,
    /// Height of the paper as it is looked at.
    pub height: Millimetres,
    /// Upper margin 天头.
    pub top: Millimetres,
    /// Right margin 切口.
    pub right: Millimetres,
    /// Lower margin 地脚.
    pub bottom: Millimetres,
    /// Left margin 订口.
    pub left: Millimetres,
}

/// How a cell's text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// Flush left.
    Left,
    /// Centred.
    Centre,
    /// Flush right.
    Right,
}

/// Annex 1, the form 登记表: a table of merged cells on one page.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FormLayout {
    /// The line above the title, such as `附件1`; empty for none.
    pub annex: String,
    /// The title.
    pub title: String,
    /// Paper and margins.
    pub page: Page,
    /// Face of the annex line.
    pub annex_font: Font,
    /// Face of the title.
    pub title_font: Font,
    /// Face of labels and answers.
    pub cell_font: Font,
    /// Size below which a long answer is not shrunk.
    pub smallest: Points,
    /// Widths of the table's columns, from the left.
    pub columns: Vec<Millimetres>,
    /// The rows from the top.
    pub rows: Vec<FormRow>,
}

/// One row of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormRow {
    /// Its height; a row never grows or shrinks.
    pub height: Millimetres,
    /// Its cells from the left; the columns that a cell from above still covers are not repeated.
    pub cells: Vec<Cell>,
}

/// One cell of the form.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// What stands in it.
    pub content: CellContent,
    /// How many columns it spans; at least 1.
    pub columns: u16,
    /// How many rows it spans; at least 1.
    pub rows: u16,
    /// How its text is set.
    pub alignment: Alignment,
}

/// What stands in a cell of the form.
#[derive(Debug, Clone, PartialEq)]
pub enum CellContent {
    /// The label of a field, with the blanks that pad it, such as `姓   名`; `\n` breaks the line.
    Label {
        /// The field it belongs to.
        field: Field,
        /// The words printed.
        text: String,
    },
    /// The place of an answer in text.
    Answer {
        /// The field answered.
        field: Field,
    },
    /// The options of a choice, each followed by its box.
    Choice {
        /// The field answered.
        field: Field,
        /// A line above the options (请在你所希望的选项后用√选择标注：（仅能限选一项）); empty for none.
        instruction: String,
    },
    /// The place of the photo 照片, with the words printed in the empty place.
    Photo {
        /// The words, such as `照\n\n片`.
        text: String,
    },
    /// Words that are not filled, such as 本人承诺.
    Text {
        /// The paragraphs, set as the cell is aligned.
        paragraphs: Vec<String>,
        /// A last paragraph flush right (签名：        年   月   日); empty for none.
        signature: String,
    },
}

/// Where the page number stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum PageNumbers {
    #[default]
    /// `— 1 —` centred at the foot of the landscape page, as most offices print it.
    Centre,
    /// As GB/T 9704-2012 places it on a table printed across: at the short edge that is the page's foot when it is bound.
    Standard,
}

/// Annex 2, the roster 名册: a table with one line per person.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RosterLayout {
    /// The line above the title, such as `附件2`; empty for none.
    pub annex: String,
    /// The title; also the name of the sheet.
    pub title: String,
    /// Paper and margins.
    pub page: Page,
    /// Where page numbers stand.
    pub page_numbers: PageNumbers,
    /// Face of the annex line.
    pub annex_font: Font,
    /// Face of the title.
    pub title_font: Font,
    /// Face of the headings.
    pub heading_font: Font,
    /// Face of the lines.
    pub cell_font: Font,
    /// Height of an empty line.
    pub row_height: Millimetres,
    /// The columns from the left.
    pub columns: Vec<RosterColumn>,
}

/// One column of the roster: data, not a formula.
#[derive(Debug, Clone, PartialEq)]
pub struct RosterColumn {
    /// The heading printed.
    pub heading: CompactString,
    /// The fields its text comes from, in order; blank ones and repetitions are left out.
    pub from: Vec<Field>,
    /// What joins several of them.
    pub join: CompactString,
    /// The narrowest the column gets; it grows with what is written in it.
    pub least: Millimetres,
    /// The widest the column gets before its text wraps.
    pub most: Millimetres,
    /// How its text is set.
    pub alignment: Alignment,
}
