//! How much of an input is read before it counts as hostile.

const MIB: u64 = 1 << 20;

/// The limits an input is read within.
///
/// The defaults leave room for anything a clerk sends: of three thousand real packages the largest unpacked to 60 MB, and one
/// honest part was packed 121:1. They end bombs long before memory does.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one input file.
    pub input: u64,
    /// Bytes of one old binary workbook (`.xls`, `.et`), which cannot be streamed.
    pub legacy_input: u64,
    /// Unpacked bytes of a package in all.
    pub unpacked: u64,
    /// Unpacked bytes of one part of a package.
    pub part: u64,
    /// Unpacked bytes of the shared strings, and of the styles, of a workbook.
    pub shared: u64,
    /// Unpacked bytes of a part for each packed byte, past [`Limits::ratio_free`].
    pub ratio: u64,
    /// Unpacked bytes of a part up to which its ratio does not matter.
    pub ratio_free: u64,
    /// Entries of a package, but for its [leaves](Limits::leaves).
    pub entries: u64,
    /// Entries of a package that come with each sheet and picture: those in folders named `worksheets`, `drawings`, `media`.
    pub leaves: u64,
    /// Elements inside each other.
    pub depth: u64,
    /// Bytes of one tag or one run of text in XML.
    pub token: u64,
    /// Bytes of the text of one cell; far above what Excel lets anybody type, so that an answer that is merely too long is
    /// still read and returned to whoever wrote it.
    pub cell: u64,
    /// Cells of one document that hold something.
    pub cells: u64,
    /// Bytes of the text of all cells of one document, each counted as often as it is shown.
    pub text: u64,
    /// Sheets of a workbook.
    pub sheets: u64,
    /// Bytes of a picture that lies in a sheet or document; of a larger one only the beginning is kept. With 0 none is kept,
    /// for a run that needs no photos.
    pub picture: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input: 256 * MIB,
            legacy_input: 64 * MIB,
            unpacked: 2048 * MIB,
            part: 1024 * MIB,
            shared: 256 * MIB,
            ratio: 200,
            ratio_free: 10 * MIB,
            entries: 4096,
            // as many as a package without zip64 can have
            leaves: 65_535,
            depth: 1000,
            token: 16 * MIB,
            cell: MIB,
            cells: 25_000_000,
            text: 256 * MIB,
            // LibreOffice opens no more
            sheets: 10_000,
            picture: 20 * MIB,
        }
    }
}

impl Limits {
    /// With another limit for one input file, in bytes.
    #[must_use]
    pub fn with_input(mut self, bytes: u64) -> Self {
        self.input = bytes;
        self
    }

    /// With another limit for one old binary workbook, in bytes.
    #[must_use]
    pub fn with_legacy_input(mut self, bytes: u64) -> Self {
        self.legacy_input = bytes;
        self
    }

    /// With another limit for a package, in unpacked bytes.
    #[must_use]
    pub fn with_unpacked(mut self, bytes: u64) -> Self {
        self.unpacked = bytes;
        self
    }

    /// With another limit for one part, in unpacked bytes.
    #[must_use]
    pub fn with_part(mut self, bytes: u64) -> Self {
        self.part = bytes;
        self
    }

    /// With another limit for shared strings and styles, in unpacked bytes each.
    #[must_use]
    pub fn with_shared(mut self, bytes: u64) -> Self {
        self.shared = bytes;
        self
    }

    /// With another ratio of unpacked to packed bytes, and the unpacked size up to which none is asked for.
    #[must_use]
    pub fn with_ratio(mut self, ratio: u64, free: u64) -> Self {
        self.ratio = ratio;
        self.ratio_free = free;
        self
    }

    /// With another limit for the entries of a package.
    #[must_use]
    pub fn with_entries(mut self, entries: u64) -> Self {
        self.entries = entries;
        self
    }

    /// With another limit for the entries that come with each sheet and picture.
    #[must_use]
    pub fn with_leaves(mut self, leaves: u64) -> Self {
        self.leaves = leaves;
        self
    }

    /// With another limit for elements inside each other.
    #[must_use]
    pub fn with_depth(mut self, depth: u64) -> Self {
        self.depth = depth;
        self
    }

    /// With another limit for one tag or run of text, in bytes.
    #[must_use]
    pub fn with_token(mut self, bytes: u64) -> Self {
        self.token = bytes;
        self
    }

    /// With another limit for the text of one cell, in bytes.
    #[must_use]
    pub fn with_cell(mut self, bytes: u64) -> Self {
        self.cell = bytes;
        self
    }

    /// With another limit for the cells of one document.
    #[must_use]
    pub fn with_cells(mut self, cells: u64) -> Self {
        self.cells = cells;
        self
    }

    /// With another limit for the text of all cells of one document, in bytes.
    #[must_use]
    pub fn with_text(mut self, bytes: u64) -> Self {
        self.text = bytes;
        self
    }

    /// With another limit for one picture in a sheet or document, in bytes.
    #[must_use]
    pub fn with_picture(mut self, bytes: u64) -> Self {
        self.picture = bytes;
        self
    }

    /// With another limit for the sheets of a workbook.
    #[must_use]
    pub fn with_sheets(mut self, sheets: u64) -> Self {
        self.sheets = sheets;
        self
    }
}
