//! `check --online`: whether links answer, asked politely of a server on loopback; and nothing is asked without it.

use std::net::TcpListener;

use crate::support::http_server::HttpServer;
use crate::support::workspace::Workspace;

/// A server with one page for each kind of answer.
fn server() -> HttpServer {
    HttpServer::start(&[
        ("", "/gone", 410, ""),
        ("", "/missing", 404, ""),
        ("HEAD", "/no-head", 405, ""),
        ("", "/refused", 403, ""),
        ("", "/broken", 503, ""),
        ("", "/for-now", 302, "Location: /good"),
        ("", "/moved", 301, "Location: /also-moved"),
        ("", "/also-moved", 308, "Location: /new?a=b"),
        ("", "/moved-away", 301, "Location: /missing"),
        ("", "/stroke", 301, "Location: /stroke/"),
        ("", "/circle", 302, "Location: circle"),
    ])
}

/// A week with a list item for each address.
fn project(addresses: &[String]) -> Workspace {
    let links = addresses.iter().enumerate().map(|(index, address)| format!("- [page {index} of ours]({address})\n"));
    let body: String = links.collect();
    Workspace::new()
        .recipients("[lists.all]\nmembers = [{ address = \"asha@board.example\", code = \"secret-7\" }]\n")
        .week(
            "week",
            &format!(
                "[week]\ntitle = \"Week\"\nlists = [\"all\"]\n\n[[broadcast]]\ndate = 2027-03-15\nat = \"08:30\"\ntheme = \
                 \"Training\"\nsummary = \"Where to learn.\"\nbody = '''\n{body}'''\n\n[[allow]]\nrule = \"link-http\"\n\
                 reason = \"loopback\"\n"
            ),
        )
}

/// Line, severity and message of each finding.
fn found(json: &serde_json::Value) -> Vec<String> {
    let findings = json["findings"].as_array().expect("there are findings");
    let text = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let line = |finding: &serde_json::Value| {
        let (rule, severity) = (text(finding, "rule"), text(finding, "severity"));
        format!("{} {severity} {rule}: {} ({})", finding["line"], text(finding, "message"), text(finding, "help"))
    };
    findings.iter().map(line).collect()
}

#[test]
fn every_kind_of_answer_is_told_at_the_link() {
    let server = server();
    let closed = TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a port").port();
    let paths = [
        "/good",
        "/gone",
        "/missing#part",
        "/no-head",
        "/refused",
        "/broken",
        "/for-now",
        "/moved",
        "/moved-away",
        "/stroke",
        "/circle",
    ];
    let mut addresses: Vec<String> = paths.iter().map(|path| server.address(path)).collect();
    addresses.push(format!("http://localhost:{closed}/"));
    let run = project(&addresses).run(["check", "--online", "--format", "json"]).exits(65);
    let there = "the page is not there (look for it on the website, and copy its address again)";
    let moved = server.address("/new?a=b");
    assert_eq!(found(&run.json()), [
        format!("12 error link-dead: {there}"),
        format!("13 error link-dead: {there}"),
        "15 warning link-dead: the website does not let a program look at the page (status 403) (some websites answer \
         people only: open the link once in a browser)"
            .to_owned(),
        "16 warning link-dead: the website answers with an error (status 503) (open the link in a browser, and ask its \
         owner if it stays so)"
            .to_owned(),
        format!("18 warning link-moved: the page has moved for good (write {moved})"),
        format!("19 error link-dead: {there}"),
        "21 warning link-dead: the link leads on and on (open it in a browser and see where it ends)".to_owned(),
        "22 warning link-dead: the website cannot be reached: the connection was refused or broke off (try again later, \
         or open the link in a browser)"
            .to_owned(),
    ]);
    run.complains("12 links asked");
}

#[test]
fn it_asks_politely_and_says_nothing_of_anybody() {
    let server = server();
    let mut addresses: Vec<String> = (0..6).map(|number| server.address(&format!("/page-{number}"))).collect();
    addresses.push(server.address("/page-0"));
    addresses.push(server.address("/of?code={{ recipient.code }}"));
    let run = project(&addresses).run(["check", "--online"]).succeeds();
    run.complains("6 links asked\n1 link not asked: something of the recipient's belongs into the address\n");
    let asked = server.asked();
    let mut lines: Vec<&str> = asked.iter().map(|asked| asked.line.as_str()).collect();
    lines.sort_unstable();
    let expected: Vec<String> = (0..6).map(|number| format!("HEAD /page-{number} HTTP/1.1")).collect();
    assert_eq!(lines, expected);
    assert_eq!(server.busiest(), 1, "one request at a time to a host");
    for asked in &asked {
        let fields = asked.fields.join("\n").to_ascii_lowercase();
        assert!(fields.contains("user-agent: weekcast/"), "{fields}");
        for unwanted in ["cookie", "referer", "authorization", "board.example", "secret-7"] {
            assert!(!fields.contains(unwanted), "{fields}");
        }
    }
}

#[test]
fn without_it_nobody_is_asked() {
    let server = server();
    project(&[server.address("/missing")]).run(["check"]).succeeds();
    assert_eq!(server.asked(), []);
}

#[test]
fn more_links_than_the_limit_are_counted_and_not_asked() {
    let server = server();
    let addresses: Vec<String> = (0..203).map(|number| server.address(&format!("/{number}"))).collect();
    let run = project(&addresses).run(["check", "--online"]).succeeds();
    run.complains("200 links asked\n3 links not asked: a check asks 200 links in three minutes");
    assert_eq!(server.asked().len(), 200);
}

#[test]
fn what_does_not_answer_can_be_allowed() {
    let server = server();
    let allow = "[[allow]]\nrule = \"link-dead\"\nreason = \"the page opens on the day\"\n\n[[allow]]";
    let workspace = project(&[server.address("/missing")]).edited("broadcasts/week.toml", "[[allow]]", allow);
    workspace.run(["check", "--online"]).succeeds().says("allowed: link-dead (1 finding): the page opens on the day");
}
