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
    rules::MESSAGE_SIZE,
    rules::HTML_SIZE,
    rules::PICTURE_WIDTH,
    rules::PICTURE_TURNED,
    rules::PICTURE_PRINT,
    rules::PICTURE_LOCATION,
    rules::FILE_AUTHOR,
    rules::FILE_MACROS,
    rules::FILE_PASSWORD,
];
