//! `proof`: one marked copy of a day to each of a few readers. Nothing of the day changes, whatever becomes of the copies.

mod readers;
mod send;
mod words;

pub use send::{ProofAsked, proof};
