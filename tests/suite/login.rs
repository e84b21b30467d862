//! Sign-in by OAuth against a real authorization server and a server that wants its tokens.

use crate::support::authorization_server::{AuthorizationServer, CLIENT_SECRET};
use crate::support::run::Run;
use crate::support::small_week::{PEOPLE, smtp_settings};
use crate::support::smtp_server::{Script, SmtpServer};
use crate::support::workspace::Workspace;

const MONDAY_MORNING: &str = "2027-03-15T08:31:00Z";
const TOKEN_FILE: &str = ".weekcast-token.json";

fn servers() -> (AuthorizationServer, SmtpServer) {
    let provider = AuthorizationServer::start();
    let mail = Script::new().tokens(provider.knows()).start();
    (provider, mail)
}

fn project(provider: &AuthorizationServer, mail: &SmtpServer, more: &str) -> Workspace {
    let settings = smtp_settings(mail.port(), "username = \"news@board.example\"") + &provider.settings(more);
    Workspace::small_week().settings(&settings).at(MONDAY_MORNING)
}

/// Plays the browser: opens the page that `login` names, and follows where it leads.
fn signs_in(workspace: &Workspace) {
    let login = signed_in(workspace, &["login", "--no-open"]).succeeds();
    login.says("Signed in as news@board.example").says("takes the sign-in").conceals("access-token");
}

fn signed_in(workspace: &Workspace, arguments: &[&str]) -> Run {
    let login = workspace.spawn(arguments.iter());
    login.waits_to_complain("code_challenge=");
    login.waits_to_complain("\n");
    let stderr = login.stderr_so_far();
    let page = stderr.lines().find(|line| line.starts_with("http://")).expect("a page is named");
    // An answer that belongs to another sign-in is turned away, and does not end the waiting.
    let redirect = page.split("redirect_uri=").nth(1).and_then(|rest| rest.split('&').next()).unwrap();
    let redirect = redirect.replace("%3A", ":").replace("%2F", "/");
    assert!(ureq::get(format!("{redirect}?code=stolen&state=other")).call().is_err());
    let arrived = ureq::get(page).call().unwrap().body_mut().read_to_string().unwrap();
    assert!(arrived.contains("came back to weekcast"), "{arrived}");
    login.wait()
}

#[test]
fn a_sign_in_is_told_to_scripts_without_its_tokens() {
    let (provider, mail) = servers();
    let workspace = project(&provider, &mail, "");
    let run = signed_in(&workspace, &["login", "--no-open", "--format", "json"]).succeeds().conceals("access-token");
    let json = run.json();
    assert_eq!((&json["account"], &json["renewed"]), (&"news@board.example".into(), &true.into()), "{json}");
    assert!(json["taken_by"].as_str().unwrap().contains("127.0.0.1"), "{json}");
    workspace.run(["login", "--bounces", "--format", "json"]).exits(64).json();
}

#[test]
fn a_person_signs_in_once_and_the_token_is_kept_and_renewed() {
    let (provider, mail) = servers();
    let mut workspace = project(&provider, &mail, "");
    workspace.run(["send", "monday", "--yes"]).exits(69).says("nobody has signed in").says("weekcast login");
    signs_in(&workspace);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let file = std::fs::metadata(workspace.path().join(TOKEN_FILE)).unwrap();
        assert_eq!(file.permissions().mode() & 0o777, 0o600);
    }
    workspace.run(["send", "monday", "--yes"]).succeeds().says("accepted 6 of 6");
    assert_eq!(mail.journal().recipients(), PEOPLE);
    assert_eq!(provider.asked(), ["authorization_code"], "the kept token was good");
    // An hour later it is not, and is renewed without a person.
    workspace.set_now("2027-03-16T08:31:00Z");
    workspace.run(["send", "tuesday", "--yes"]).succeeds().conceals("token");
    assert_eq!(provider.asked(), ["authorization_code", "refresh_token"]);
    assert!(workspace.read(TOKEN_FILE).contains(&provider.last_token()));
}

#[test]
fn a_sign_in_that_was_withdrawn_stops_the_run_and_touches_nobody() {
    let (provider, mail) = servers();
    let mut workspace = project(&provider, &mail, "");
    signs_in(&workspace);
    provider.refuses("invalid_grant", "AADSTS700082: The refresh token has expired due to inactivity.");
    workspace.set_now("2027-03-16T08:31:00Z");
    let run = workspace.run(["send", "tuesday", "--yes"]).exits(69);
    run.says("because it was not used for a long time").says("weekcast login").says("6 still to be sent");
    assert!(mail.journal().recipients().is_empty());
    // The provider away is not the provider saying no.
    drop(provider);
    let run = workspace.run(["login", "--device"]).exits(69);
    run.complains("cannot be reached");
}

#[test]
fn another_device_and_the_application_itself_sign_in_too() {
    let (provider, mail) = servers();
    let device = project(&provider, &mail, "flow = \"device\"");
    let login = device.run(["login"]).succeeds().says("Signed in as news@board.example");
    login.complains("https://login.example/device").complains("WXYZ-1234");
    device.run(["send", "monday", "--yes"]).succeeds();

    let (provider, mail) = servers();
    let secret = "flow = \"client\"\nclient_secret = { env = \"WEEKCAST_CLIENT_SECRET\" }";
    let application = project(&provider, &mail, secret);
    let run =
        |secret: &str| application.invoke(["send", "monday", "--yes"]).env("WEEKCAST_CLIENT_SECRET", secret).run();
    run("wrong").exits(69).says("no longer good").conceals("wrong\"");
    run(CLIENT_SECRET).succeeds().says("accepted 6 of 6").conceals(CLIENT_SECRET);
    assert_eq!(mail.journal().recipients(), PEOPLE);
}

#[test]
fn a_token_that_the_mail_server_does_not_take_is_no_fault_of_the_recipients() {
    let provider = AuthorizationServer::start();
    let mail = Script::new().tokens(|_| false).start();
    let workspace = project(&provider, &mail, "flow = \"device\"");
    workspace.run(["login"]).exits(69).complains("did not take the sign-in").complains("535");
    workspace.run(["send", "monday", "--yes"]).exits(69).says("6 still to be sent").conceals("access-token");
}

#[test]
fn settings_that_cannot_work_are_findings() {
    let (provider, mail) = servers();
    let oauth = |more: &str| {
        smtp_settings(mail.port(), "username = \"news@board.example\"")
            + "[transport.oauth]\nclient_id = \"x\"\n"
            + more
    };
    for (more, expected) in [
        ("provider = \"microsoft\"\n", "tenant = "),
        ("provider = \"hotmail\"\n", "cannot be \"hotmail\""),
        ("provider = \"google\"\nflow = \"device\"\n", "gives out no codes"),
        ("provider = \"google\"\nflow = \"client\"\n", "the application's secret"),
        ("client_secret = \"abc\"\nprovider = \"google\"\n", "is written out"),
        (
            "authorize_url = \"http://login.example/a\"\ntoken_url = \"https://login.example/t\"\nscopes = \"s\"\n",
            "no https",
        ),
        ("flow = \"fax\"\nprovider = \"google\"\n", "\"browser\", \"device\" or \"client\""),
        ("", "who gives out the tokens"),
    ] {
        let workspace = Workspace::small_week().settings(&oauth(more)).at(MONDAY_MORNING);
        workspace.run(["check"]).exits(78).says(expected).conceals("abc");
        workspace.run(["login"]).exits(78);
    }
    drop(provider);
    Workspace::small_week().run(["login"]).exits(64).complains("needs no sign-in");
}
