//! Every folder of `fixtures/` gives what stands in its `expected/`.

use std::path::Path;

use mingce_tests::case;

use crate::BINARY;

#[test]
fn every_case_gives_what_is_expected() {
    let cases = case::all();
    assert!(cases.len() >= 8, "only {} cases found", cases.len());
    let faults: Vec<String> = cases.iter().filter_map(|case| case.check(Path::new(BINARY)).err()).collect();
    assert!(faults.is_empty(), "{} of {} cases differ\n\n{}", faults.len(), cases.len(), faults.join("\n\n"));
}
