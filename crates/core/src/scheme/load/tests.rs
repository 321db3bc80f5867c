//! The built-in texts, an edited scheme, and every fault with its line.

use super::*;

#[test]
fn the_built_in_scheme_has_no_fault() {
    assert_eq!(Scheme::check(&SchemeText::BUILT_IN), []);
    let scheme = Scheme::built_in();
    assert_eq!(scheme.fields.len(), crate::scheme::Field::known().len());
}
