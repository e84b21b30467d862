//! The style sheet of a template's author, written into the elements, because many mail programs drop it from the head.
//!
//! The document itself never goes through a parser: a copy of it is inlined, and what the copy's elements got is written
//! into the start tags of the original. So every other byte stays: conditional comments, the meta elements and their
//! order, the characters that stand for merged values.

mod apply;
mod edit;
mod marked;
mod markup;

pub(crate) use apply::inline;
