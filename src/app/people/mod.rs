//! What is known of people: the lists as they are, one person's everything, opt-outs, erasure.

mod import;
mod list_rows;
mod opt_out_changes;
mod opt_out_file;
mod person;
mod ways;

pub use import::{Imported, exported_opt_outs, import_opt_outs, put_export};
pub use list_rows::{ListOverview, ListRow, list_overview};
pub use opt_out_changes::{Asked, Changed, lift, suppress};
pub use person::{DayFor, OptOut, Outcome, Person, person};
pub use ways::Way;
