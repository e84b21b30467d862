//! Root's own schedule is hardly ever meant: it starts while root is signed in, and nobody signs in as root.

use crate::app::context::App;
use crate::app::fault::Fault;
use crate::app::install::program::{Ran, line, run};
use crate::app::install::scheduler::{Scheduler, owner};
use crate::exit::Exit;
use crate::scheduler::Kind;
use crate::settings;

/// Refuses a schedule for root alone where somebody has root's rights for this command only, or works in another's folder.
/// Root in a folder of its own may have one: so it is in a container.
///
/// # Errors
/// [`Fault`] 64, which names the two ways.
pub(crate) fn refuse_for_root(app: &App, scheduler: Scheduler) -> Result<(), Fault> {
    if scheduler.system || scheduler.kind == Kind::Windows {
        return Ok(());
    }
    let person = settings::behind_root();
    let of_another = owner(app.project.root()).is_some_and(|owner| owner != 0);
    if !(person.is_some() || of_another) || !is_root() {
        return Ok(());
    }
    let message = "you have root's rights, so this would send for root alone, and only while root is signed in";
    let user = person.unwrap_or_else(|| "NAME".to_owned());
    Err(Fault::new(Exit::Usage, message).help(format!(
        "for the whole computer: sudo weekcast install --system --user {user}; for yourself alone: weekcast install, without \
         sudo"
    )))
}

fn is_root() -> bool {
    matches!(run(&line(["id", "-u"])), Ran::Well(said) if said.trim() == "0")
}
