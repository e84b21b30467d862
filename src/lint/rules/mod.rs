//! The rules, one file each; `registry.rs` lists them.

mod awareness_day;
mod bank_holiday;
mod date_outside_week;
mod duplicate_date;
mod holidays_run_out;
mod html_size;
mod message_size;
mod no_lists;
mod picture_width;
mod subject_capitals;
mod subject_length;
mod summary_missing;
mod weekend;

pub(crate) use awareness_day::RULE as AWARENESS_DAY;
pub(crate) use bank_holiday::RULE as BANK_HOLIDAY;
pub(crate) use date_outside_week::RULE as DATE_OUTSIDE_WEEK;
pub(crate) use duplicate_date::RULE as DUPLICATE_DATE;
pub(crate) use holidays_run_out::RULE as HOLIDAYS_RUN_OUT;
pub(crate) use html_size::RULE as HTML_SIZE;
pub(crate) use message_size::RULE as MESSAGE_SIZE;
pub(crate) use no_lists::RULE as NO_LISTS;
pub(crate) use picture_width::RULE as PICTURE_WIDTH;
pub(crate) use subject_capitals::RULE as SUBJECT_CAPITALS;
pub(crate) use subject_length::RULE as SUBJECT_LENGTH;
pub(crate) use summary_missing::RULE as SUMMARY_MISSING;
pub(crate) use weekend::RULE as WEEKEND;
