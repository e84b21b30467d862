//! Values that cannot be written into a scheduler's files, found before anything is written.

use crate::scheduler::kind::Kind;
use crate::scheduler::timetable::Timetable;

/// A value that this scheduler would not understand as it is meant.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// A line break or another control character; neither a line of a unit nor XML 1.0 can hold it.
    #[error("the {0} holds a control character, which the scheduler's files cannot hold")]
    Control(&'static str),
    /// A white space at an end, which systemd cuts off.
    #[error("the {0} begins or ends with a space, which the scheduler would lose")]
    Edge(&'static str),
    /// A backslash at the end, by which systemd joins the next line to this one.
    #[error("the {0} ends with a backslash, which systemd takes for the beginning of a longer line")]
    Joined(&'static str),
    /// Task Scheduler fills in `%NAME%` and `$(Arg0)`, and knows no way to write them as they are.
    #[error("the {0} holds {1}, which Task Scheduler takes for a variable")]
    Variable(&'static str, &'static str),
    /// A path that does not begin at the root, or at a drive.
    #[error("the {0} \"{1}\" is no whole path on that computer")]
    Relative(&'static str, String),
    /// No day to send.
    #[error("the week has no days")]
    Empty,
}

/// Whether the texts of a kind can hold what they are made from.
///
/// # Errors
/// The first [`Unfit`] value.
pub(in crate::scheduler) fn check(timetable: &Timetable, kind: Kind) -> Result<(), Unfit> {
    if timetable.slots.is_empty() {
        return Err(Unfit::Empty);
    }
    let account = timetable.account.as_deref().unwrap_or("nobody");
    for (what, value) in [
        ("program's path", timetable.program.as_str()),
        ("project's path", &timetable.project),
        ("week's name", &timetable.week),
        ("account's name", account),
    ] {
        if value.chars().any(char::is_control) {
            return Err(Unfit::Control(what));
        }
        if value.trim() != value {
            return Err(Unfit::Edge(what));
        }
        // Paths stand in quotation marks, or before a full stop.
        if kind == Kind::Systemd && !what.ends_with("path") && value.ends_with('\\') {
            return Err(Unfit::Joined(what));
        }
        if kind == Kind::Windows && value.matches('%').count() > 1 {
            return Err(Unfit::Variable(what, "two signs of percent"));
        }
        if kind == Kind::Windows && value.contains("$(") {
            return Err(Unfit::Variable(what, "$("));
        }
    }
    for (what, path) in [("program's path", &timetable.program), ("project's path", &timetable.project)] {
        if !is_whole(path, kind) {
            return Err(Unfit::Relative(what, path.clone()));
        }
    }
    Ok(())
}

/// `/srv/x`; on Windows `C:\x` or `\\server\x`.
fn is_whole(path: &str, kind: Kind) -> bool {
    match kind {
        Kind::Systemd | Kind::Launchd => path.starts_with('/'),
        Kind::Windows => {
            let drive = path.get(1..3).is_some_and(|colon| colon == ":\\" || colon == ":/");
            path.starts_with("\\\\") || drive && path.starts_with(|c: char| c.is_ascii_alphabetic())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Unfit, check};
    use crate::scheduler::kind::Kind;
    use crate::scheduler::timetable::sample::timetable;

    #[test]
    fn what_cannot_be_written_is_refused() {
        let with = |project: &str, kind| {
            let program = if kind == Kind::Windows { "C:\\weekcast.exe" } else { "/usr/bin/weekcast" };
            let whole = timetable();
            check(&crate::scheduler::Timetable { program: program.into(), project: project.into(), ..whole }, kind)
        };
        const PROJECT: &str = "project's path";
        assert_eq!(with("/srv/a b%c$d\"e'\\\u{e9}", Kind::Systemd), Ok(()));
        assert_eq!(with("/srv/a\nb", Kind::Systemd), Err(Unfit::Control(PROJECT)));
        assert_eq!(with("/srv/a\u{85}b", Kind::Launchd), Err(Unfit::Control(PROJECT)));
        assert_eq!(with("/srv/a ", Kind::Launchd), Err(Unfit::Edge(PROJECT)));
        assert_eq!(with("C:\\My Week", Kind::Windows), Ok(()));
        assert_eq!(with("\\\\server\\share", Kind::Windows), Ok(()));
        assert_eq!(with("C:\\100% ours", Kind::Windows), Ok(()));
        assert_eq!(with("C:\\%TEMP%", Kind::Windows), Err(Unfit::Variable(PROJECT, "two signs of percent")));
        assert_eq!(with("C:\\$(Arg0)", Kind::Windows), Err(Unfit::Variable(PROJECT, "$(")));
        assert_eq!(with("/srv/x", Kind::Windows), Err(Unfit::Relative(PROJECT, "/srv/x".into())));
        assert_eq!(with("x", Kind::Systemd), Err(Unfit::Relative(PROJECT, "x".into())));
        for (account, is_fit) in [("BOARD\\officer", true), ("officer\\", false)] {
            let whole = crate::scheduler::Timetable { account: Some(account.into()), ..timetable() };
            assert_eq!(check(&whole, Kind::Systemd).is_ok(), is_fit, "{account}");
        }
        let empty = crate::scheduler::Timetable { slots: Vec::new(), ..timetable() };
        assert_eq!(check(&empty, Kind::Systemd), Err(Unfit::Empty));
    }
}
