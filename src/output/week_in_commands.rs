//! Commands that a person is told to type, for a project of several weeks: they name the week that is spoken of.

/// What acts on a week, or shows one, and takes it from the calendar where it is not named.
const OF_A_WEEK: [&str; 15] = [
    "check", "preview", "plan", "rehearse", "proof", "sign-off", "send", "resend", "correct", "run", "move", "drop",
    "status", "resolve", "report",
];

/// The text with `--week` in each command that depends on it; behind `weekcast`, so that columns stay columns.
#[must_use]
pub fn naming_week(text: &str, week: &str) -> String {
    const PROGRAM: &str = "weekcast ";
    let name = if week.contains(char::is_whitespace) { format!("\"{week}\"") } else { week.to_owned() };
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(PROGRAM) {
        let own_word = !rest[..at].ends_with(|c: char| c.is_alphanumeric() || "-_/\\.".contains(c));
        let (before, after) = rest.split_at(at + PROGRAM.len());
        out.push_str(before);
        let verb = after.split(|c: char| !(c.is_ascii_lowercase() || c == '-')).next().unwrap_or_default();
        let line = after.lines().next().unwrap_or_default();
        if own_word && OF_A_WEEK.contains(&verb) && !line.contains("--week ") {
            out.push_str(&format!("--week {name} "));
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::naming_week;

    #[test]
    fn commands_that_depend_on_the_week_name_it() {
        let text = "  weekcast send monday --late  send it now\nNext: weekcast check; or weekcast doctor\n";
        let named = "  weekcast --week beta send monday --late  send it now\n\
                     Next: weekcast --week beta check; or weekcast doctor\n";
        assert_eq!(naming_week(text, "beta"), named);
        assert_eq!(naming_week("weekcast drop 1 --undo", "my week"), "weekcast --week \"my week\" drop 1 --undo");
    }

    #[test]
    fn words_and_commands_that_name_one_stay() {
        for text in ["weekcast sends", "weekcast send it --week a", "/opt/weekcast send", "weekcast is", "weekcast "] {
            assert_eq!(naming_week(text, "beta"), text);
        }
    }
}
