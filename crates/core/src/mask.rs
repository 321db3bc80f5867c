//! Masking of numbers that belong to a person, for messages and publication copies.
