//! Markdown for officers: one parse to a tree, and two writers of it, for the HTML part and for the text part.

pub(crate) mod address;
pub(crate) mod balance;
pub(crate) mod html;
pub(crate) mod inlines;
pub(crate) mod leftover;
pub(crate) mod links;
pub(crate) mod out;
pub(crate) mod prepare;
pub(crate) mod read;
pub(crate) mod text;
pub(crate) mod tree;
