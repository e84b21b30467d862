//! Opened with a double click, a program for the terminal flashes by: on Windows, without arguments, it says what to do and
//! waits for a key.
//!
//! Whether the window is its own cannot be asked without unsafe code, so that somebody who types `weekcast` alone into a
//! window that is open already presses Enter once more, which does no harm.

use std::io::{BufRead as _, IsTerminal as _};
use std::path::Path;

/// Whether the window would close before anything can be read; `arguments` counts the program's own name.
#[must_use]
pub fn may_be_own_window(arguments: usize) -> bool {
    let terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    waits(cfg!(windows), arguments, terminal)
}

fn waits(windows: bool, arguments: usize, terminal: bool) -> bool {
    windows && arguments <= 1 && terminal
}

/// What stands in the window.
#[must_use]
pub fn first_steps(program: &Path) -> String {
    format!(
        "weekcast is typed in a terminal. To begin:\n\n\
         1. Open the Start menu, type PowerShell and press Enter.\n\
         2. Type this line and press Enter. It asks a few questions and writes a first week to Documents:\n\n\
         \u{20}  & \"{program}\" init \"$HOME\\Documents\\broadcasts\"\n\n\
         3. What to type next stands at the end of its answer. For every command there is help:\n\n\
         \u{20}  & \"{program}\" --help\n\n\
         Press Enter to close this window. ",
        program = program.display()
    )
}

/// Waits for Enter.
pub fn wait_for_enter() {
    let mut line = String::new();
    // Whatever comes, the window may close.
    let _ = std::io::stdin().lock().read_line(&mut line);
}

#[cfg(test)]
mod tests {
    use super::{first_steps, waits};

    #[test]
    fn only_a_window_without_arguments_waits_and_only_on_windows() {
        assert!(waits(true, 1, true));
        for (windows, arguments, terminal) in [(false, 1, true), (true, 2, true), (true, 1, false)] {
            assert!(!waits(windows, arguments, terminal));
        }
    }

    #[test]
    fn the_window_says_what_to_type() {
        let text = first_steps(std::path::Path::new("C:\\Tools\\weekcast.exe"));
        assert!(text.contains("\n   & \"C:\\Tools\\weekcast.exe\" init \"$HOME\\Documents\\broadcasts\"\n"), "{text}");
    }
}
