//! Lists kept as contact cards (vCard 2.1, 3.0 and 4.0; RFC 2426, RFC 6350), in one file or a folder of files, as
//! address books and telephones export them. Own code, because a finding needs the line of each value, which the
//! parsers that exist do not keep.

mod card;
mod lines;
mod people;
mod property;

pub(crate) use people::{is_one, read};
