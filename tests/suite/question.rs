//! The question before a send, on a real terminal.
#![cfg(target_os = "linux")]

use crate::support::small_week::PEOPLE;
use crate::support::smtp_server::SmtpServer;
use crate::support::terminal::Terminal;
use crate::support::workspace::Workspace;

#[test]
fn the_day_must_be_typed_by_its_name() {
    let server = SmtpServer::takes_all();
    let workspace = Workspace::small_week_to(server.port());
    for answer in ["y", "tuesday", ""] {
        let Some(mut terminal) = Terminal::of(&workspace, "send monday --no-wait") else { return };
        terminal.answers("Type the day's name", answer);
        let (shown, status) = terminal.ends();
        assert_eq!(status, 64, "{shown}");
        assert!(shown.contains("Safeguarding Awareness Week: Training and guidance"), "{shown}");
        assert!(shown.contains("6 recipients") && shown.contains("front-line and schools"), "{shown}");
        assert!(shown.contains("nothing was sent"), "{shown}");
    }
    assert!(server.commands().is_empty());
    let Some(mut terminal) = Terminal::of(&workspace, "send monday --no-wait") else { return };
    terminal.answers("Type the day's name", "Monday");
    let (shown, status) = terminal.ends();
    assert_eq!(status, 0, "{shown}");
    assert_eq!(server.journal().recipients(), PEOPLE);
}
