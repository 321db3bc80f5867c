//! Workbooks: the roster and the forms as .xlsx, and their blanks. The only folder that names `rust_xlsxwriter`.
