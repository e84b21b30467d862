//! The wiring: opens clock, settings, ledger and transport, prepares a week along the one straight road, and sends editions.

mod ask;
mod asked;
mod audience;
mod board;
mod bounces;
mod connect;
mod context;
mod copies;
mod correction;
mod countdown;
mod course;
mod day_clocks;
mod days_off;
mod dispatch;
mod doctor;
mod dropped;
mod dry_run;
mod enrolled;
mod fault;
mod gates;
mod hand_over;
mod held;
mod install;
mod log;
mod login;
mod mend;
mod missing;
mod notify;
mod on_the_lists;
mod online;
mod opt_outs;
mod other_weeks;
mod outcome;
mod over_days;
mod own_window;
mod pdf;
mod people;
mod planned;
mod prepare;
mod prepared_dates;
mod preview_copies;
mod preview_reading;
mod preview_week;
mod progress;
mod proof;
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
mod waits;
mod week_change;
mod whom;

pub use ask::Question;
pub use asked::HandOver;
pub use board::{board_pack, title};
#[cfg(feature = "imap")]
pub use bounces::login_to_mailbox;
pub use bounces::{BounceOrder, read_bounces};
pub use connect::{connector, describe};
pub use context::{App, Format};
pub use copies::DayCopies;
pub use correction::{Again, CorrectionAsked, Source, Which, correct};
pub use days_off::{DaysOff, days_off};
pub use dispatch::{DayEnd, Dispatch, dispatch};
pub use doctor::{DoctorFinding, Point, examine};
pub use dropped::{DroppedRow, dropped_rows};
pub use fault::Fault;
pub use hand_over::{block_on, hand_over, pick};
pub use held::held_in_words;
pub use install::{
    Active, Elsewhere, Installed, Removed, ScheduleFile, Scheduler, dry_run as dry_run_install, schedule_files, set_up,
    shown, take_down, times_in_words, timetable,
};
pub use log::begin_log;
pub use login::login;
pub use mend::{Mended, mend};
pub use notify::{tell_of_failure, tell_of_other_times, tell_what_is_left};
pub use online::prepare_online;
pub use opt_outs::{carry_opt_outs, opted_out_of};
pub use other_weeks::same_mornings;
pub use outcome::{exit_of, summary};
pub use own_window::{first_steps, may_be_own_window, wait_for_enter};
pub use pdf::{Pdf, pdf};
pub use people::{
    Asked, Changed, DayFor, Held, Imported, ListOverview, ListRow, OldWeek, OptOut, Outcome, Person, Trace, Way,
    acts_about_people, exported_opt_outs, forget, held, import_opt_outs, lift, list_overview, old_rows_in_words,
    person, purge, purgeable, put_export, suppress,
};
pub use planned::{PlannedDay, planned};
pub use prepare::{Prepared, Purpose, exit_for, prepare};
pub use prepared_dates::prepared_dates;
pub use preview_reading::read_for_preview;
pub use preview_week::{Look, preview_week};
pub use progress::{Bar, Quiet};
pub use proof::{ProofAsked, proof};
pub use question::Confirm;
pub use ready::{DayReady, DroppedDay, WeekReady};
pub use settle::settle_as_accepted;
pub use sign_off_day::{Signing, sign_off_day};
pub use signals::stop_signal;
pub use standing::{LedgerView, standing};
pub use streams::Streams;
pub use template_file::put_template;
pub use unattended::{Attendance, Told, attend};
pub use week_change::{Change, DayChange, change_day};
pub use whom::{Risk, Whom};
