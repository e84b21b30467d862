//! Reading the officer's files: safe access inside the project folder, decoding, TOML with every fault at once, and the
//! typed, span-keeping reader that refuses unknown keys with the nearest name.

mod broken;
mod charset;
mod decode;
mod faults;
mod folder;
mod headings;
mod hidden;
mod lines;
mod literal;
mod masked;
mod nearest;
mod node;
mod outline;
mod outline_value;
mod parse;
mod project_folder;
mod recovery;
mod replace;
#[cfg(test)]
mod sample_week;
mod scalar;
mod syntax;
mod table;
mod typed;
mod unknown;
mod working;

pub use charset::{ListText, decode_list};
pub use decode::{decode, encode_like};
pub use hidden::Hidden;
pub use masked::masked;
pub use nearest::nearest;
pub use node::{Entry, Node, Value};
pub use parse::parse;
pub use project_folder::{FileFault, ProjectFolder};
pub use replace::ReplaceFault;
#[cfg(test)]
pub(crate) use sample_week::sample_week;
pub use table::Table;
