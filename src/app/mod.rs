//! The wiring: opens clock, settings, ledger and transport, prepares a week along the one straight road, and sends editions.

mod asked;
mod audience;
mod board;
mod connect;
mod context;
mod copies;
mod course;
mod day_clocks;
mod dispatch;
mod doctor;
mod dry_run;
mod fault;
mod gates;
mod hand_over;
mod held;
mod login;
mod mend;
mod online;
mod opt_outs;
mod outcome;
mod over_days;
mod people;
mod planned;
mod prepare;
mod preview_copies;
mod preview_reading;
mod preview_week;
mod progress;
mod question;
mod ready;
mod settle;
mod sign_off;
mod sign_off_day;
mod signals;
mod signing;
mod standing;
mod streams;
mod template_file;
mod unattended;
mod whom;

pub use asked::HandOver;
pub use board::{board_pack, title};
pub use connect::{connector, describe};
pub use context::{App, Format};
pub use copies::DayCopies;
pub use dispatch::{DayEnd, Dispatch, dispatch};
pub use doctor::{DoctorFinding, Point, examine};
pub use fault::Fault;
pub use hand_over::{block_on, hand_over, pick};
pub use held::{held_in_words, held_remedy};
pub use login::login;
pub use mend::{Mended, mend};
pub use online::prepare_online;
pub use opt_outs::{carry_opt_outs, opted_out_of};
pub use outcome::{exit_of, summary};
pub use people::{
    Asked, Changed, DayFor, Held, Imported, ListOverview, ListRow, OldWeek, OptOut, Outcome, Person, Trace, Way,
    acts_about_people, exported_opt_outs, forget, held, import_opt_outs, lift, list_overview, old_rows_in_words,
    person, purge, purgeable, put_export, suppress,
};
pub use planned::{PlannedDay, planned};
pub use prepare::{Prepared, Purpose, exit_for, prepare};
pub use preview_reading::read_for_preview;
pub use preview_week::{Look, preview_week};
pub use progress::{Bar, Quiet};
pub use question::Confirm;
pub use ready::{DayReady, WeekReady};
pub use settle::settle_as_accepted;
pub use sign_off_day::{Signing, sign_off_day};
pub use signals::stop_signal;
pub use standing::{LedgerView, standing};
pub use streams::Streams;
pub use template_file::put_template;
pub use unattended::{Attendance, Told, attend};
pub use whom::Whom;
