//! The officer's template language: finding its tags, naming what they look at, judging them, and what they come to.

pub(crate) mod engine;
pub(crate) mod expression;
pub(crate) mod fault;
pub(crate) mod fields;
pub(crate) mod mapped;
pub(crate) mod region;
pub(crate) mod script;
pub(crate) mod sentinel;
pub(crate) mod slot;
pub(crate) mod tag;
pub(crate) mod validate;
