//! The list of the rules: a new one is its file in `rules/`, a line here and a fixture pair in `tests/fixtures/lint/`.

use crate::lint::rule::Rule;
use crate::lint::rules;

/// All rules, in the order in which they run.
pub const RULES: &[Rule] = &[
    rules::DUPLICATE_DATE,
    rules::DATE_OUTSIDE_WEEK,
    rules::WEEKEND,
    rules::BANK_HOLIDAY,
    rules::HOLIDAYS_RUN_OUT,
    rules::AWARENESS_DAY,
    rules::NO_LISTS,
    rules::SUBJECT_LENGTH,
    rules::SUBJECT_CAPITALS,
    rules::SUMMARY_MISSING,
    rules::SUMMARY_LENGTH,
    rules::SUMMARY_THEME,
    rules::READING_AGE,
    rules::CAPITALS,
    rules::HEADING_GAP,
    rules::HEADING_EMPTY,
    rules::TABLE_HEADER,
    rules::ALT_TEXT,
    rules::COLOUR_CONTRAST,
    rules::LINK_WORDS,
    rules::LINK_SAME_WORDS,
    rules::LINK_BARE,
    rules::LINK_HTTP,
    rules::LINK_TRACKING,
    rules::LINK_SHORTENER,
    rules::LINK_MISMATCH,
    rules::LINK_DEAD,
    rules::LINK_MOVED,
    rules::TELEPHONE_FORM,
    rules::DEAD_DOMAIN,
    rules::PERSONAL_DATA,
    rules::HELP_BLOCK,
    rules::MESSAGE_SIZE,
    rules::HTML_SIZE,
    rules::PICTURE_WIDTH,
];
