//! Reads a workbook with this crate, or streams it with calamine: the floor our speed is told against.
//!
//! `speed ours|calamine FILE.xlsx` prints how many cells hold something and how many bytes their texts have; measure it from
//! outside, for example with `/usr/bin/time -v`.
#![expect(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};
use mingce_reader::{Limits, read};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let (Some(how), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err("speed ours|calamine FILE.xlsx".into());
    };
    let bytes = std::fs::read(&path)?;
    let (cells, text) = if how == "ours" { ours(&path, &bytes)? } else { streamed(bytes)? };
    println!("{cells} cells, {text} bytes of text");
    Ok(())
}

fn ours(path: &str, bytes: &[u8]) -> Result<(usize, usize), Box<dyn Error>> {
    let document = read(path, bytes, &Limits::default())?;
    let texts = document.grids.iter().flat_map(|grid| grid.rows()).flat_map(|row| row.cells().map(|cell| cell.text.len()));
    Ok(texts.fold((0, 0), |(cells, text), length| (cells + 1, text + length)))
}

fn streamed(bytes: Vec<u8>) -> Result<(usize, usize), Box<dyn Error>> {
    let mut book = Xlsx::new(Cursor::new(bytes))?;
    let (mut cells, mut text) = (0, 0);
    for sheet in book.sheet_names() {
        let mut reader = book.worksheet_cells_reader(&sheet)?;
        while let Some((cell, _style)) = reader.next_cell_with_style_id()? {
            match cell.get_value() {
                DataRef::Empty => {}
                DataRef::SharedString(shared) => (cells, text) = (cells + 1, text + shared.len()),
                DataRef::String(string) => (cells, text) = (cells + 1, text + string.len()),
                _ => cells += 1,
            }
        }
    }
    Ok((cells, text))
}
