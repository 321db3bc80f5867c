//! The built-in scheme 方案 of `mingce` as text: the notice 常西科委发〔2014〕24号, "邻里守望" party volunteers.
//!
//! A crate of its own, so that the folder of the notice stands at the top of the repository and every crate still
//! packages. What the texts mean is the business of `mingce-core`; here they are only held.

/// `scheme.toml`: the fields, the options of each choice, and the numbers of the rules.
pub const SCHEME: &str = include_str!("../linli-shouwang/scheme.toml");

/// `form.toml`: the layout of annex 1, the form 登记表.
pub const FORM: &str = include_str!("../linli-shouwang/form.toml");

/// `roster.toml`: the layout of annex 2, the roster 名册.
pub const ROSTER: &str = include_str!("../linli-shouwang/roster.toml");

/// The files of a scheme folder with their texts, in the order they are read.
///
/// Written to a folder as they are, they make a scheme that can be edited.
pub const FILES: [(&str, &str); 3] = [("scheme.toml", SCHEME), ("form.toml", FORM), ("roster.toml", ROSTER)];
