//! The typed answers: one newtype per kind of answer, each with its own parser.
//!
//! A parser takes the text a person typed and says what was understood, or why it was not. It knows its own standard and
//! nothing of sheets, other fields or messages; those are the business of [`crate::register`] and [`crate::rules`].

mod choice;
mod contact;
mod date;
mod education;
pub(crate) mod han;
pub(crate) use han::fold_han_numerals;
mod height;
mod id_number;
mod name;
mod numbers;
mod sex;
mod status;

pub use choice::{Choice, Choices};
pub(crate) use contact::mobile_beside_phones;
pub use contact::{
    email_is_plausible, fold_email, fold_postcode, phone_is_plausible, postcode_is_plausible, qq_is_plausible, restore_area_zero,
};
pub use date::{Date, DateFault, DateSource};
pub use education::Education;
pub use height::{fold_height, height_is_plausible};
pub(crate) use id_number::is_scientific;
pub use id_number::{IdFault, IdKind, IdNumber};
pub use name::{NameFault, PersonName};
pub use numbers::{Mobile, MobileFault};
pub use sex::Sex;
pub use status::PartyStatus;
