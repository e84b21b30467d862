//! The program: the process's arguments in, the exit status out.

use std::process::ExitCode;

fn main() -> ExitCode {
    weekcast::cli::run(std::env::args_os())
}
