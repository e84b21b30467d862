//! The files of a week's folder that go into its messages: pictures shown inside, and attachments.

pub(crate) mod attachments;
pub(crate) mod gallery;
pub(crate) mod kind;
pub(crate) mod reading;
