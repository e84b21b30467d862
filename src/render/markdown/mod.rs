//! Markdown for officers: one parse to a tree, and two writers of it, for the HTML part and for the text part.

pub(crate) mod address;
pub(crate) mod balance;
pub(crate) mod box_line;
pub(crate) mod edit;
pub(crate) mod html;
pub(crate) mod inlines;
pub(crate) mod leftover;
pub(crate) mod levels;
pub(crate) mod links;
pub(crate) mod marker;
pub(crate) mod marks;
pub(crate) mod out;
pub(crate) mod pasted;
pub(crate) mod prepare;
pub(crate) mod read;
pub(crate) mod shape;
pub(crate) mod signs;
pub(crate) mod suspects;
pub(crate) mod tables;
pub(crate) mod targets;
pub(crate) mod text;
pub(crate) mod tree;
