//! `run` under a simulated clock, in this process: a whole week with deferrals, a server that is away for an hour.

use weekcast::exit::Exit;

use crate::support::simulation::{Dozing, run_week};
use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{SmtpServer, Stage, at};
use crate::support::workspace::Workspace;

#[test]
fn deferred_ones_get_it_later_the_same_morning_and_nobody_twice() {
    let server = SmtpServer::with(at(Stage::Rcpt).to("ben@*").first_for_each(2).replies("450 4.2.0 greylisted"));
    let workspace = Workspace::small_week().settings(&smtp_settings(server.port(), ""));
    let ran = run_week(&workspace, "march", &Dozing::at("2027-03-15T08:00:00Z"), false, &mut |_| ());
    assert_eq!(ran.exit, Ok(Exit::Done));
    let sent: Vec<String> =
        ran.sent().into_iter().map(|(date, at)| format!("{date} at {}", at.format("%d %R"))).collect();
    let [first, .., third, tuesday] = sent.as_slice() else { panic!("{sent:?}") };
    assert_eq!((sent.len(), first.as_str()), (4, "2027-03-15 at 15 08:30"), "{sent:?}");
    assert!(third.as_str() < "2027-03-15 at 15 09:00", "{sent:?}");
    assert_eq!(tuesday, "2027-03-16 at 16 08:30");
    let mut expected: Vec<String> = PEOPLE.iter().chain(&PEOPLE).map(ToString::to_string).collect();
    expected.sort();
    assert_eq!(server.journal().recipients(), expected);
}
