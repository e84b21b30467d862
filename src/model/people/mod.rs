//! The people of a list, or of several: each as a [`Recipient`](crate::model::Recipient) when asked for. A million of them
//! are one text and eight octets each, so that they take little memory, and give it back whole when they are put on a shelf.

mod builder;
mod packed;
mod record;
mod text;

pub use builder::PeopleBuilder;
pub use packed::People;
pub use text::Shelf;

#[cfg(test)]
mod tests;
