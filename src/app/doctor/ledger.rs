//! The ledger: whether it is whole, the last one, and free.

use crate::app::context::App;
use crate::app::doctor::point::Point;
use crate::app::fault::Fault;
use crate::app::people::old_rows_in_words;
use crate::exit::Exit;
use crate::ledger::Lock;
use crate::model::count;
use crate::settings::Settings;

const NAME: &str = "ledger";

pub(crate) fn points(app: &App, settings: &Settings) -> Vec<Point> {
    let bad = |error: anyhow::Error| {
        let next = Fault::help_of(&error).unwrap_or_else(|| "look at the disk, and keep a copy of the file".to_owned());
        let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
        vec![Point::bad(NAME, Exit::Io, causes.join(": "), next)]
    };
    let ledger = match app.existing_ledger(&settings.ledger) {
        Ok(None) => return vec![Point::good(NAME, "there is none yet; the first sending makes it")],
        Ok(Some(ledger)) => ledger,
        Err(error) => return bad(error),
    };
    if let Err(error) = ledger.verify() {
        return bad(error.into());
    }
    let editions = match ledger.editions(None) {
        Ok(editions) => editions,
        Err(error) => return bad(error.into()),
    };
    let at_work = settings.ledger.path(app.project.root()).is_ok_and(|path| Lock::is_held(&path));
    let broadcasts = editions.iter().filter(|(_, record)| record.is_broadcast()).count();
    let mut says = format!("it is whole and holds {}", count(broadcasts, "broadcast"));
    if at_work {
        says.push_str("; another weekcast is sending from it now");
    }
    let mut points = vec![Point::good(NAME, says)];
    let doubts: usize = editions.iter().map(|(_, record)| record.counts.in_doubt).sum();
    if doubts > 0 {
        let says = format!("{} may or may not have arrived", count(doubts, "message"));
        points.push(Point::care("doubts", says, "see whose: weekcast status DAY --recipients; then weekcast resolve"));
    }
    if let Ok(Some(says)) = old_rows_in_words(ledger.as_ref(), app.now()) {
        points.push(Point::care("old recipients", says, "if your rules say so, erase them: weekcast recipients purge"));
    }
    points
}
