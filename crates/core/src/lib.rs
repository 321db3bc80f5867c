//! The nouns and the rules of `mingce`: no files, no clock, no environment, no Excel or Word types.
//!
//! Read it in the order data flows: a [`grid::Grid`] is recognised ([`recognize`]), each row or card of it becomes a
//! [`registration::Registration`] ([`register`]), all of them are judged ([`collection`], [`rules`]), and what passed
//! is put into the words of the official documents ([`compose`]). What a notice prescribes is a [`scheme::Scheme`].

pub mod address;
pub mod branch;
pub mod changes;
pub mod collection;
pub mod compose;
pub mod diagnostic;
pub mod grid;
mod hint;
pub mod marks;
pub mod mask;
pub mod members;
pub mod recognize;
pub mod register;
pub mod registration;
pub mod rules;
pub mod scheme;
pub mod statistics;
pub mod teams;
pub mod text;
pub mod units;
pub mod value;
