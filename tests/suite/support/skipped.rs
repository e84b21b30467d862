//! Tests that need what only `./tests/run` installs say so where it is missing.

use std::io::Write as _;
use std::thread;

/// Says that the running test is skipped, past the capture of the test harness, which would swallow it in a test that
/// passes.
pub fn say_skipped(variable: &str, what: &str) {
    let thread = thread::current();
    let test = thread.name().unwrap_or("a test");
    drop(writeln!(std::io::stderr(), "skipped: {test}: {variable} is not set; ./tests/run installs {what}"));
}
