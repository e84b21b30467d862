//! Whose rights a schedule of the whole computer runs with.

use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::install::program::{Ran, line, run};
use crate::app::install::scheduler::{Scheduler, owner};
use crate::exit::Exit;
use crate::scheduler::Kind;

/// The account: the one that was named, or whoever owns the project folder. `None` where it runs for the person alone.
///
/// # Errors
/// [`Fault`] where nobody was named and the owner is root: mail needs no such rights.
pub(crate) fn account(app: &App, scheduler: Scheduler, named: Option<&str>) -> Result<Option<String>, Fault> {
    if let Some(named) = named {
        return Ok(Some(named.to_owned()));
    }
    match (scheduler.kind, scheduler.system) {
        // A task belongs to somebody in any case.
        (Kind::Windows, _) => Ok(match run(&line(["whoami"])) {
            Ran::Well(name) => Some(name.trim().to_owned()),
            _ => None,
        }),
        (_, false) => Ok(None),
        (_, true) => match owner(app.project.root()) {
            None | Some(0) => {
                let fault =
                    Fault::new(Exit::Usage, "the project folder belongs to root, and mail needs no such rights");
                Err(fault.help("name whose rights it is to run with: --user NAME (and let the folder be theirs)"))
            }
            Some(owner) => Ok(Some(match run(&line(["id", "-nu", &owner.to_string()])) {
                Ran::Well(name) => name.trim().to_owned(),
                // systemd takes the number too.
                _ => owner.to_string(),
            })),
        },
    }
}
