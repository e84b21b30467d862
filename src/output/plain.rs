//! Text from outside made safe for a terminal, and lengths of time in words.

use std::time::Duration;

use crate::model::count;

/// Replaces control characters (a terminal would obey them) and bidirectional controls (they reorder what is read).
#[must_use]
pub fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\n' | '\t' => ' ',
            c if c.is_control()
                || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}') =>
            {
                '\u{FFFD}'
            }
            c => c,
        })
        .collect()
}

/// `under a second`, `12 seconds`, `3 minutes`, `2 hours 5 minutes`, `3 days 4 hours`.
#[must_use]
pub fn span_in_words(span: Duration) -> String {
    let seconds = span.as_secs_f64().ceil() as usize;
    let pair = |big: usize, word: &str, small: usize, unit: &str| match small {
        0 => count(big, word),
        small => format!("{} {}", count(big, word), count(small, unit)),
    };
    match seconds {
        _ if span < Duration::from_secs(1) => "under a second".to_owned(),
        0..=99 => count(seconds, "second"),
        100..=5_999 => count(seconds.div_ceil(60), "minute"),
        6_000..=172_799 => {
            let minutes = seconds.div_ceil(60);
            pair(minutes / 60, "hour", minutes % 60, "minute")
        }
        _ => {
            let hours = seconds.div_ceil(3_600);
            pair(hours / 24, "day", hours % 24, "hour")
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{plain, span_in_words};

    #[test]
    fn a_terminal_is_not_obeyed() {
        assert_eq!(plain("a\u{1b}[2Jb\u{202e}c\nd"), "a\u{fffd}[2Jb\u{fffd}c d");
    }

    #[test]
    fn spans_read_as_words() {
        for (seconds, words) in [
            (0, "under a second"),
            (1, "1 second"),
            (61, "61 seconds"),
            (180, "3 minutes"),
            (7_500, "2 hours 5 minutes"),
            (7_200, "2 hours"),
            (273_600, "3 days 4 hours"),
        ] {
            assert_eq!(span_in_words(Duration::from_secs(seconds)), words);
        }
    }
}
