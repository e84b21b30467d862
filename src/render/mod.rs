//! A day of a week to a message: template tags, Markdown to HTML and plain text, layout, pictures and attachments,
//! compiled once a broadcast and merged once a recipient.

mod builtin;
mod check;
mod compile;
mod compiled;
mod context;
mod dates;
mod digest;
mod files;
mod inline;
mod input;
mod layout;
mod layout_context;
mod layout_family;
mod layout_nesting;
mod layout_regions;
mod markdown;
mod marked;
mod mentions;
mod pieces;
mod place_in_week;
mod plain_texts;
mod prose;
mod scripts;
mod template;
#[cfg(test)]
mod tests;
mod theme;
mod words;
mod wrap;

pub use builtin::{Block, BuiltIn, LAYOUTS, Override};
pub use compile::compile;
pub use compiled::{Compiled, MergeFault};
pub use input::{Input, Mark};
pub use prose::week_prose;
