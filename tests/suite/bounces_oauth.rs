//! `bounces` from a mailbox that wants a token, and from one whose server means harm.

use crate::support::authorization_server::AuthorizationServer;
use crate::support::scripted_imap::ScriptedImap;
use crate::support::small_week::outbox_settings;
use crate::support::workspace::Workspace;

const MAIL: &str = "From: Ben Example <ben@board.example>\r\nSubject: Unsubscribe\r\n\r\n.\r\n";

fn project(provider: &AuthorizationServer, mailbox: &ScriptedImap, more: &str) -> Workspace {
    let oauth = provider.settings(more).replace("[transport.oauth]", "[bounces.oauth]");
    let settings = format!(
        "{}\n[bounces]\nhost = \"127.0.0.1\"\nport = {}\nsecurity = \"none\"\nusername = \"news@board.example\"\n{oauth}",
        outbox_settings(),
        mailbox.port()
    );
    Workspace::small_week().settings(&settings).at("2027-03-15T08:31:00Z")
}

#[test]
fn a_person_signs_in_once_for_the_mailbox_and_the_token_is_renewed() {
    let provider = AuthorizationServer::start();
    let mailbox = ScriptedImap::start(MAIL, provider.knows(), false);
    let mut workspace = project(&provider, &mailbox, "flow = \"device\"");
    workspace.run(["bounces"]).exits(69).complains("nobody has signed in").complains("weekcast login");
    workspace.run(["login", "--bounces"]).succeeds().says("Signed in as news@board.example").says("The mailbox opens");
    assert!(workspace.path().join(".weekcast-mailbox-token.json").exists());
    workspace.run(["bounces"]).succeeds().says("1 mail read").conceals("access-token");
    assert!(
        mailbox.heard().iter().any(|command| command == "UID STORE 7 +FLAGS.SILENT (\\Seen)"),
        "{:?}",
        mailbox.heard()
    );
    assert!(!mailbox.heard().iter().any(|command| command.contains("EXPUNGE") || command.contains("MOVE")));
    workspace.set_now("2027-03-16T08:31:00Z");
    workspace.run(["bounces"]).succeeds().conceals("token");
    assert_eq!(provider.asked().last().map(String::as_str), Some("refresh_token"));
}

#[test]
fn a_token_that_the_mailbox_does_not_take_is_said() {
    let provider = AuthorizationServer::start();
    let mailbox = ScriptedImap::start(MAIL, |_| false, false);
    let workspace = project(&provider, &mailbox, "flow = \"device\"");
    workspace.run(["login", "--bounces"]).exits(69).complains("refused the sign-in").complains("Invalid credentials");
    let refused = workspace.run(["bounces"]).exits(69).complains("refused the sign-in");
    refused.conceals("access-token");
}

#[test]
fn a_server_that_sends_without_end_is_cut_off_and_nothing_is_marked() {
    let provider = AuthorizationServer::start();
    let mailbox = ScriptedImap::start(MAIL, provider.knows(), true);
    let workspace = project(&provider, &mailbox, "flow = \"device\"");
    workspace.run(["login", "--bounces"]).succeeds();
    workspace.run(["bounces"]).exits(69).complains("the server sends more than was asked for");
    assert!(!mailbox.heard().iter().any(|command| command.contains("STORE")), "{:?}", mailbox.heard());
}
