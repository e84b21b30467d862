//! What is known of people: the lists as they are, one person's everything, opt-outs, erasure.

mod forget;
mod import;
mod list_rows;
mod opt_out_changes;
mod opt_out_file;
mod person;
mod purge;
mod traces;
mod ways;

pub use forget::{Held, forget, held};
pub use import::{Imported, exported_opt_outs, import_opt_outs, put_export};
pub use list_rows::{ListOverview, ListRow, list_overview};
pub use opt_out_changes::{Asked, Changed, acts_about_people, lift, suppress};
pub use person::{DayFor, OptOut, Outcome, Person, person};
pub use purge::{OldWeek, old_rows_in_words, purge, purgeable};
pub use traces::Trace;
pub use ways::Way;
