//! `preview --serve`: who is answered and with what, and that saved files show by themselves.

use crate::support::http_client::{Answer, News, ask};
use crate::support::program::Running;
use crate::support::workspace::Workspace;

const MONDAY: &str = "1-monday-2027-03-15";
const TUESDAY: &str = "2-tuesday-2027-03-16";

/// A preview that is served.
struct Served {
    program: Running,
    port: u16,
    /// `/TOKEN/`.
    base: String,
}

impl Served {
    fn of(workspace: &Workspace) -> Self {
        let program = workspace.spawn(["preview", "--serve", "--no-open"]);
        program.waits_to_say("/\n");
        let said = program.said();
        let address = said.trim_end().split("http://127.0.0.1:").nth(1).expect("the address is said");
        let (port, path) = address.split_once('/').expect("the address has a path");
        let token = path.split('/').next().expect("the path begins with the token");
        Self { program, port: port.parse().expect("a port is a number"), base: format!("/{token}/") }
    }

    fn host(&self) -> String {
        format!("Host: 127.0.0.1:{}", self.port)
    }

    fn ask(&self, request_line: &str) -> Answer {
        ask(self.port, request_line, &[&self.host()])
    }

    fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {}{path}", self.base))
    }

    /// The news of a page, after the version that is told at once.
    fn news(&self, page: &str) -> News {
        let mut news = News::at(self.port, &format!("{}live/news/{page}", self.base));
        assert_eq!(news.next().0, "shown");
        news
    }
}

#[test]
fn its_address_is_said_to_scripts() {
    let workspace = Workspace::small_week();
    let program = workspace.spawn(["preview", "--serve", "--no-open", "--format", "json"]);
    program.waits_to_say("}\n");
    let said: serde_json::Value = serde_json::from_str(&program.said()).unwrap();
    assert!(said["url"].as_str().unwrap().starts_with("http://127.0.0.1:"), "{said}");
}

#[test]
fn only_its_own_address_is_answered() {
    let workspace = Workspace::small_week();
    let served = Served::of(&workspace);
    let (host, base) = (served.host(), served.base.clone());
    let get = format!("GET {base}");
    for (line, fields, status, words) in [
        (get.as_str(), vec!["Host: evil.example"], 421, "under 127.0.0.1"),
        (&get, vec!["Host: 127.0.0.1"], 421, "under 127.0.0.1"),
        (&get, vec![&host, "Origin: http://evil.example"], 403, "Another page"),
        (&get, vec![&host, "Sec-Fetch-Site: cross-site"], 403, "Another page"),
        ("GET /", vec![&host], 403, "not the address"),
        ("GET /aaaaaaaaaaaaaaaaaaaaaaaaaa/", vec![&host], 403, "not the address"),
        (&format!("POST {base}"), vec![&host, "Content-Length: 0"], 405, "only be looked at"),
        (&format!("DELETE {base}index.html"), vec![&host], 405, "only be looked at"),
        (&get, vec![&host], 200, "Safeguarding Awareness Week"),
    ] {
        let answer = ask(served.port, line, &fields);
        assert_eq!(answer.status, status, "{line} {fields:?}");
        assert!(answer.text().contains(words), "{line} {fields:?}: {}", answer.text());
        assert_eq!(answer.text().contains("Awareness Week"), status == 200, "{line} {fields:?}");
    }
    let head = served.ask(&format!("HEAD {base}"));
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn every_answer_keeps_its_pages_where_they_belong() {
    let workspace = Workspace::small_week();
    let served = Served::of(&workspace);
    for path in ["", &format!("{MONDAY}/message.html"), &format!("{MONDAY}/message.eml"), "live/live.js", "nothing"] {
        let answer = served.get(path);
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path}: {name}");
        }
        let policy = answer.header("content-security-policy").expect("there is a policy");
        assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'self'"), "{path}: {policy}");
        assert!(!policy.contains("script-src 'unsafe"), "{path}: {policy}");
    }
    let message = served.get(&format!("{MONDAY}/message.html"));
    assert!(!message.header("content-security-policy").unwrap().contains("script-src"));
    let kept = served.get(&format!("{MONDAY}/message.eml"));
    assert_eq!(kept.header("content-disposition"), Some("attachment"));
    let refused = ask(served.port, "GET /", &[&served.host()]);
    assert_eq!(refused.header("cache-control"), Some("no-store"));
}

#[test]
fn nothing_outside_the_preview_is_found() {
    let workspace = Workspace::small_week().file("secret.txt", "a secret");
    let served = Served::of(&workspace);
    for path in [
        "../secret.txt",
        "..%2fsecret.txt",
        "%2e%2e/secret.txt",
        "1-monday-2027-03-15/../../secret.txt",
        "secret.txt",
        "weekcast.toml",
        "%00",
        "//etc/passwd",
        "as/ben@board.example/../../secret.txt",
    ] {
        let answer = served.get(path);
        assert_eq!(answer.status, 404, "{path}");
        assert!(!answer.text().contains("a secret"), "{path}");
    }
}

#[test]
fn what_is_served_is_what_is_sent() {
    let workspace = Workspace::small_week();
    workspace.run(["preview", "--as", "ben@board.example"]).succeeds();
    let served = Served::of(&workspace);
    let eml = served.get(&format!("as/ben@board.example/{MONDAY}/message.eml"));
    assert_eq!(eml.text(), workspace.read(format!("preview/{MONDAY}/message.eml")));
}

#[test]
fn a_day_is_sent_while_it_is_looked_at() {
    let workspace = Workspace::small_week();
    let served = Served::of(&workspace);
    let mut news = served.news("index.html");
    assert!(served.get("").text().contains("planned"));
    workspace.run(["send", "monday", "--yes", "--early"]).succeeds();
    let week = workspace.read("broadcasts/march.toml");
    workspace.write("broadcasts/march.toml", week.replace("Awareness Week\"", "Awareness Days\""));
    // The files are also read once at the start, and what was sent until then is news of its own.
    while !served.get("").text().contains("Awareness Days") {
        news.next();
    }
    let page = served.get(&format!("{MONDAY}/index.html")).text();
    assert!(page.contains("Sending has begun"), "{page}");
}

#[test]
fn anybody_of_the_lists_can_be_looked_at() {
    let workspace = Workspace::small_week();
    let served = Served::of(&workspace);
    let chosen = served.get(&format!("{MONDAY}/index.html?as=BEN%40board.example"));
    assert_eq!(chosen.status, 303);
    let place = chosen.header("location").expect("it leads on").to_owned();
    assert!(place.ends_with(&format!("/as/ben@board.example/{MONDAY}/index.html")), "{place}");
    let page = served.ask(&format!("GET {place}"));
    assert!(page.status == 200 && page.text().contains("Dear Ben,"), "{}", page.status);
    for (path, words) in [
        ("as/zoe@board.example/", "zoe@board.example gets none of these broadcasts"),
        ("index.html?as=zoe", "&quot;zoe&quot; is no e-mail address"),
        ("no-such-page.html", "no such page"),
    ] {
        let answer = served.get(path);
        assert!(answer.status == 404 && answer.text().contains(words), "{path}: {} {}", answer.status, answer.text());
    }
    assert_eq!(served.get("?as=").header("location"), Some(&*format!("{}index.html", served.base)));
}

#[test]
fn a_saved_file_shows_by_itself() {
    let workspace = Workspace::small_week();
    let served = Served::of(&workspace);
    let (mut monday, mut tuesday) =
        (served.news(&format!("{MONDAY}/index.html")), served.news(&format!("{TUESDAY}/index.html")));
    // As many editors do it: another file takes the name.
    let week = workspace.read("broadcasts/march.toml");
    workspace.write("broadcasts/march.toml.new", week.replace("went well today", "made you laugh"));
    let file = |name: &str| workspace.path().join("broadcasts").join(name);
    std::fs::rename(file("march.toml.new"), file("march.toml")).unwrap();
    assert_eq!(tuesday.next().0, "shown");
    assert!(served.get(&format!("{TUESDAY}/message.html")).text().contains("made you laugh"));
    // Monday's page did not change with Tuesday's text, so the first that is told of it is the next change.
    workspace.write("broadcasts/march.toml", week.replace("book early", "book today"));
    let (_, version) = monday.next();
    assert!(served.get(&format!("{MONDAY}/message.html")).text().contains("book today"), "{version}");
    // A list in a folder that was not there before.
    let lists = workspace.read("recipients.toml");
    workspace.write("people/new.csv", "address,first_name\nzoe@board.example,Zoe\n");
    let with_file = format!("{lists}\n[lists.new]\ntitle = \"New\"\nfile = \"people/new.csv\"\n");
    workspace.write("recipients.toml", with_file);
    workspace.write("broadcasts/march.toml", week.replace("\"schools\"]", "\"schools\", \"new\"]"));
    // Three files were saved, and a page may have been made in between.
    while !served.get(&format!("as/zoe@board.example/{MONDAY}/message.html")).text().contains("Dear Zoe,") {
        monday.next();
    }
}

#[test]
fn what_is_broken_keeps_its_last_good_rendering_until_it_is_mended() {
    let workspace = Workspace::small_week();
    let served = Served::of(&workspace);
    let mut news = served.news(&format!("{MONDAY}/index.html"));
    let week = workspace.read("broadcasts/march.toml");
    let broken = week.replace("theme = \"Training and guidance\"", "theme = \"Training and guidance");
    let line = 1 + broken.lines().position(|line| line.starts_with("theme = \"Training")).unwrap();
    workspace.write("broadcasts/march.toml", &broken);
    news.next();
    let page = served.get(&format!("{MONDAY}/index.html")).text();
    for words in [
        "1 mistake to mend",
        &format!("broadcasts/march.toml, line {line}, column"),
        "last good rendering",
        "book early",
    ] {
        assert!(
            page.contains(words) || served.get(&format!("{MONDAY}/message.html")).text().contains(words),
            "{words}"
        );
    }
    assert!(served.get("").text().contains("last good renderings of Monday 15 March 2027"));
    workspace.write("broadcasts/march.toml", week.replace("book early", "book now"));
    news.next();
    let page = served.get(&format!("{MONDAY}/index.html")).text();
    assert!(!page.contains("to mend before") && !page.contains("last good rendering"), "{page}");
    assert!(served.get(&format!("{MONDAY}/message.html")).text().contains("book now"));
}

#[test]
fn a_broken_day_holds_no_other_back() {
    let workspace = Workspace::small_week();
    let served = Served::of(&workspace);
    let mut news = served.news(&format!("{TUESDAY}/index.html"));
    let week = workspace.read("broadcasts/march.toml");
    let broken = week.replace("book early", "book {{ recipient.nothing }}").replace("went well", "was good");
    workspace.write("broadcasts/march.toml", broken);
    news.next();
    assert!(served.get(&format!("{MONDAY}/message.html")).text().contains("book early"));
    assert!(served.get(&format!("{MONDAY}/index.html")).text().contains("last good rendering"));
    assert!(served.get(&format!("{TUESDAY}/message.html")).text().contains("was good"));
    assert!(!served.get(&format!("{TUESDAY}/index.html")).text().contains("last good rendering"));
}

#[test]
fn a_week_that_was_never_good_says_why() {
    let workspace = Workspace::small_week().edited("broadcasts/march.toml", "[week]", "[week");
    let served = Served::of(&workspace);
    let page = served.get("").text();
    assert!(
        page.contains("to mend before anything is sent") && page.contains("broadcasts/march.toml, line 1"),
        "{page}"
    );
}

#[cfg(unix)]
#[test]
fn it_ends_at_once_and_says_so() {
    let workspace = Workspace::small_week();
    let served = Served::of(&workspace);
    let mut news = served.news("index.html");
    served.program.signal("INT");
    let (event, at) = news.next();
    assert_eq!((event.as_str(), at.len()), ("stopped", 5), "{at}");
    served.program.wait().succeeds();
}

#[test]
fn it_opens_at_a_day_of_somebodys_copy() {
    let workspace = Workspace::small_week();
    let program = workspace.spawn(["preview", "tuesday", "--serve", "--no-open", "--as", "dev@board.example"]);
    program.waits_to_say(&format!("/as/dev@board.example/{TUESDAY}/index.html\n"));
}
