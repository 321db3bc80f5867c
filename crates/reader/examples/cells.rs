//! Prints what a file holds: one line a cell, of sheet, address, kind and text; then, behind a `#`, pictures and what was left out.
#![expect(clippy::print_stdout, reason = "an example talks to its user")]

use std::error::Error;

use mingce_core::grid::{Grid, Look};
use mingce_reader::{Limits, read};

/// What cells and words look like, for comparison by eye.
fn looks(grid: &Grid) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for row in grid.rows() {
        for cell in row.cells().filter(|cell| cell.look != Look::default()) {
            found.push((format!("{}{}", cell.column, row.number()), format!("{:?}", cell.look)));
        }
    }
    found.extend(grid.underlined.iter().map(|(at, part)| (at.to_string(), format!("underlined {part:?}"))));
    found.extend(grid.emphasised.iter().map(|(at, part)| (at.to_string(), format!("emphasised {part:?}"))));
    found.extend(grid.struck.iter().map(|struck| (struck.at.to_string(), format!("struck out {:?} at {}", struck.words, struck.place))));
    found
}

fn main() -> Result<(), Box<dyn Error>> {
    for path in std::env::args().skip(1) {
        match read(&path, &std::fs::read(&path)?, &Limits::default()) {
            Ok(document) => {
                for grid in &document.grids {
                    let sheet = grid.sheet.as_deref().unwrap_or("-");
                    let sheet = if grid.hidden { format!("{sheet} (hidden)") } else { sheet.to_owned() };
                    for row in grid.rows() {
                        for cell in row.cells() {
                            println!("{sheet}\t{}{}\t{:?}\t{:?}", cell.column, row.number(), cell.kind, cell.text);
                        }
                    }
                    for (at, words) in looks(grid) {
                        println!("# {sheet} {at}: {words}");
                    }
                    for picture in &grid.pictures {
                        let (size, kept) = (picture.file.size, picture.file.bytes.len());
                        println!("# {sheet} {}: a picture of {size} bytes, {kept} kept", picture.at);
                    }
                }
                println!("# {path}: {:?}, {} grids, {:?}", document.format, document.grids.len(), document.findings);
            }
            Err(error) => println!("! {path}: {}: {error}; {}", error.code(), error.hint()),
        }
    }
    Ok(())
}
