//! Values of the model as columns: times as milliseconds, states as words, replies as a code and a text of bounded length.

use chrono::{DateTime, Utc};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

use crate::model::{Reply, State};

/// The most characters that are kept of a server's text or of a note: a hostile server must not fill the disk.
const LONGEST_TEXT: usize = 1000;

/// Milliseconds since 1970.
pub(crate) fn millis(instant: DateTime<Utc>) -> i64 {
    instant.timestamp_millis()
}

/// A number for LIMIT.
pub(crate) fn limit(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// A column with a count.
pub(crate) struct Number(pub(crate) usize);

impl FromSql for Number {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        usize::try_from(number).map(Self).map_err(|_| FromSqlError::OutOfRange(number))
    }
}

/// A column of milliseconds.
pub(crate) struct Instant(pub(crate) DateTime<Utc>);

impl FromSql for Instant {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let number = value.as_i64()?;
        DateTime::from_timestamp_millis(number).map(Self).ok_or(FromSqlError::OutOfRange(number))
    }
}

/// A column with the word of a state.
pub(crate) struct Word(pub(crate) State);

impl FromSql for Word {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        State::from_word(word).map(Self).ok_or_else(|| FromSqlError::Other("unknown state in the ledger".into()))
    }
}

/// A reply from its two columns.
pub(crate) fn reply(code: Option<u16>, text: Option<String>) -> Option<Reply> {
    code.map(|code| Reply::new(code, &text.unwrap_or_default()))
}

/// The beginning of a text.
pub(crate) fn bounded(text: &str) -> &str {
    text.char_indices().nth(LONGEST_TEXT).map_or(text, |(end, _)| &text[..end])
}

/// States as a list for `IN`; the words come from the model, never from outside.
pub(crate) fn words(states: &[State]) -> String {
    let words: Vec<String> = states.iter().map(|state| format!("'{state}'")).collect();
    words.join(", ")
}

#[cfg(test)]
mod tests {
    use super::bounded;

    #[test]
    fn long_texts_are_cut_between_characters() {
        assert_eq!(bounded("short"), "short");
        assert_eq!(bounded(&"é".repeat(1001)), "é".repeat(1000));
        assert_eq!(bounded(&"é".repeat(1000)), "é".repeat(1000));
    }
}
