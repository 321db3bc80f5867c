//! Another deflate library reads what the stencil wrote.

use std::io::Read;

use super::*;

fn inflated(bytes: &[u8]) -> String {
    let mut text = String::new();
    flate2::read::DeflateDecoder::new(bytes).read_to_string(&mut text).expect("a deflate stream of UTF-8");
    text
}

/// A text of the pieces with answers between them, deflated; and whether the optional pieces are there.
fn stencilled(pieces: &[&str], optional: &str, answers: &[&str], has_optional: bool) -> (Vec<u8>, String) {
    let mut stencil = Stencil::default();
    let mut traced = Traced::default();
    for ((number, piece), answer) in pieces.iter().enumerate().zip(answers.iter().cycle()) {
        stencil.add(piece);
        stencil.add_optional(optional);
        let id = PieceId::default().after(2 * number);
        traced.push(id, [*piece]);
        if has_optional {
            traced.push(id.after(1), [optional]);
        }
        traced.text.push_str(answer);
    }
    let mut out = Vec::new();
    stencil.deflate(&traced, &mut out);
    (out, traced.text)
}

const CELL: &str = "<w:tc><w:tcPr><w:tcW w:w=\"1428\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:jc/></w:pPr>";

#[test]
fn any_text_comes_out_as_it_went_in() {
    let long = "长".repeat(20_000);
    let cells: Vec<String> = (0..40).map(|number| format!("{CELL}{}{number}", "字".repeat(number))).collect();
    let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
    let runs = ["a".repeat(1000), "ab".repeat(700), String::new(), "a".repeat(3)];
    let runs: Vec<&str> = runs.iter().map(String::as_str).collect();
    for pieces in [cells.as_slice(), runs.as_slice(), &[], &[""]] {
        for answers in [&[""][..], &["张三", "", "a<b&c>"], &[long.as_str(), "x"]] {
            for has_optional in [false, true] {
                let (bytes, text) = stencilled(pieces, "<w:r><w:t xml:space=\"preserve\">", answers, has_optional);
                assert_eq!(inflated(&bytes), text);
            }
        }
    }
}

#[test]
fn what_pieces_repeat_costs_little() {
    let cells = [CELL; 100];
    let (bytes, text) = stencilled(&cells, "", &["张三"], false);
    // a cell is one repetition and two characters of 27 bits
    assert!(bytes.len() < CELL.len() + 100 * 12, "{} of {}", bytes.len(), text.len());
}

#[test]
fn a_piece_that_is_not_in_the_text_is_not_repeated() {
    let mut stencil = Stencil::default();
    stencil.add(CELL);
    stencil.add(CELL);
    let mut traced = Traced::default();
    traced.push(PieceId::default().after(1), [CELL]);
    let mut out = Vec::new();
    stencil.deflate(&traced, &mut out);
    assert_eq!(inflated(&out), CELL);
}
