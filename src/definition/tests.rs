//! Weeks with one or several faults, and the findings that they give.

use std::path::Path;

use crate::definition::{load, weeks};
use crate::document::ProjectFolder;
use crate::model::{Findings, Week};

/// A project folder with one week, `w`.
fn project(bytes: &[u8]) -> (tempfile::TempDir, ProjectFolder) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("broadcasts/w")).unwrap();
    std::fs::write(folder.path().join("broadcasts/w.toml"), bytes).unwrap();
    let project = ProjectFolder::at(folder.path());
    (folder, project)
}

fn read(bytes: &[u8]) -> (Option<Week>, Vec<String>) {
    let (_folder, project) = project(bytes);
    let mut findings = Findings::new();
    let week = load(&project, "w", &mut findings);
    (week, shown(findings))
}

/// `line:column rule message | help` of each finding.
fn shown(findings: Findings) -> Vec<String> {
    let show = |finding: crate::model::Finding| {
        let (line, column) = finding.place.line_column();
        let help = finding.help.map(|help| format!(" | {help}")).unwrap_or_default();
        format!("{line}:{column} {} {}{help}", finding.rule, finding.message)
    };
    findings.sorted().into_iter().map(show).collect()
}

fn shipped() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("broadcasts/cse-awareness-week.toml");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn shows() {
    let w = shipped();
    let r = |a: &str, b: &str| {
        assert!(w.contains(a), "{a}");
        w.replacen(a, b, 1)
    };
    let mut cases: Vec<(&str, Vec<u8>)> = vec![
        ("asis", w.clone().into()),
        ("missing close quote", r("title = \"CSE awareness week\"", "title = \"CSE awareness week").into()),
        ("missing open quote", r("title = \"CSE awareness week\"", "title = CSE awareness week\"").into()),
        ("no quotes", r("theme = \"Training and guidance\"", "theme = Training and guidance").into()),
        ("curly", r("theme = \"Training and guidance\"", "theme = “Training and guidance”").into()),
        ("curly in table", r("label = \"Internal\"", "label = “Internal”").into()),
        ("curly list", r("lists = [\"everyone\"]", "lists = [“everyone”]").into()),
        ("inner quotes", r("theme = \"Training and guidance\"", "theme = \"Training and \"guidance\"\"").into()),
        ("apostrophe", r("theme = \"Training and guidance\"", "theme = 'Children's guidance'").into()),
        ("heading bracket", r("[[broadcast]]\ntheme = \"Training", "[[broadcast]\ntheme = \"Training").into()),
        ("single broadcast", r("[[broadcast]]\ntheme = \"Training", "[broadcast]\ntheme = \"Training").into()),
        ("single first", r("[[broadcast]]", "[broadcast]").into()),
        ("all single", w.replace("[[broadcast]]", "[broadcast]").into()),
        ("week open", r("[week]", "[week").into()),
        ("week closed only", r("[week]", "week]").into()),
        ("heading deleted", r("[[broadcast]]\ntheme = \"Training", "theme = \"Training").into()),
        ("week heading deleted", r("[week]\n", "\n").into()),
        ("heading misspelt", r("[[broadcast]]\ntheme = \"Training", "[[brodcast]]\ntheme = \"Training").into()),
        ("date", r("starts = 2027-03-12", "starts = 12/03/2027").into()),
        ("date words", r("starts = 2027-03-12", "starts = 12 March 2027").into()),
        ("date 30 feb", r("starts = 2027-03-12", "starts = 2027-02-30").into()),
        ("date short", r("starts = 2027-03-12", "starts = 2027-3-12").into()),
        ("date quoted", r("starts = 2027-03-12", "starts = \"12.3.2027\"").into()),
        ("time bare", r("date = 2027-03-18                    #", "at = 8:30 #").into()),
        ("time bare ok", r("date = 2027-03-18                    #", "at = 08:30 #").into()),
        ("time am", r("date = 2027-03-18                    #", "at = \"8.30am\" #").into()),
        ("body never closed", r("not a reason to wait.\n'''\n", "not a reason to wait.\n").into()),
        ("body closed with two", r("not a reason to wait.\n'''\n", "not a reason to wait.\n''\n").into()),
        ("last body never closed", r("\"button\")\n'''", "\"button\")\n").into()),
        ("body closed early", r("## Six signs", "'''\n## Six signs").into()),
        ("body closed in line", r("## Six signs", "## Six '''signs'''").into()),
        ("body not opened", r("body = '''\n## What we mean", "body =\n## What we mean").into()),
        ("body opened with two", r("body = '''\n## What we mean", "body = ''\n## What we mean").into()),
        ("body opened with quote", r("body = '''\n## What we mean", "body = '\n## What we mean").into()),
        ("intro not closed", r("someone who can help.\n'''", "someone who can help.\n").into()),
        (
            "comma links",
            r(
                "practitioners\", note = \"Department for Education\" },",
                "practitioners\", note = \"Department for Education\" }",
            )
            .into(),
        ),
        ("comma in link", r("practitioners\", note = \"Dep", "practitioners\" note = \"Dep").into()),
        ("quote in link", r("text = \"The Children's Society\"", "text = \"The Children's Society").into()),
        ("array open", r("lists = [\"everyone\"]", "lists = [\"everyone\"").into()),
        (
            "links open",
            r(
                "note = \"research and services for young people at risk of exploitation\" },\n]",
                "note = \"research and services for young people at risk of exploitation\" },\n",
            )
            .into(),
        ),
        ("links not opened", r("links = [\n", "links =\n").into()),
        ("brace open", r("note = \"types, signs and effects\" }", "note = \"types, signs and effects\" ").into()),
        ("brace open day", r("date = 2027-03-18 }", "date = 2027-03-18").into()),
        ("duplicate key", r("lang = \"en-GB\"", "lang = \"en-GB\"\ntitle = \"again\"").into()),
        ("missing equals", r("lang = \"en-GB\"", "lang \"en-GB\"").into()),
        ("colon", r("lang = \"en-GB\"", "lang: \"en-GB\"").into()),
        ("no value", r("lang = \"en-GB\"", "lang =").into()),
        ("tabs", r("lang = \"en-GB\"", "\tlang\t=\t\"en-GB\"").into()),
        ("nbsp", r("lang = \"en-GB\"", "lang\u{A0}= \"en-GB\"").into()),
        ("backslash", r("logo = \"logo.png\"", "logo = \"pictures\\logo.png\"").into()),
        ("backslash f", r("logo = \"logo.png\"", "logo = \"pictures\\flogo.png\"").into()),
        ("backslash literal", r("logo = \"logo.png\"", "logo = 'pictures\\logo.png'").into()),
        ("misspelt", r("title = \"CSE", "titel = \"CSE").replace("theme = \"Schools", "them = \"Schools").into()),
        ("comment without #", r("# Monday 15 March", "Monday 15 March").into()),
        (
            "crlf bom",
            [
                b"\xEF\xBB\xBF".as_slice(),
                w.replace('\n', "\r\n")
                    .replacen("theme = \"Training and guidance\"", "theme = \"Training\u{202E} and guidance\"", 1)
                    .as_bytes(),
            ]
            .concat(),
        ),
        (
            "utf16",
            [
                vec![0xFF, 0xFE],
                r("theme = \"Training and guidance\"", "theme = Training")
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect(),
            ]
            .concat(),
        ),
        ("cr only", w.replace('\n', "\r").into()),
        ("latin1", w.bytes().map(|b| if b == b'=' { 0xE9 } else { b }).collect()),
        ("empty", vec![]),
        ("prose", b"Dear all,\nplease send this.\n".to_vec()),
        (
            "crlf broken",
            r("not a reason to wait.\n'''\n", "not a reason to wait.\n")
                .replace("lists = [\"everyone\"]", "lists = [\"everyone\"")
                .replace("[[broadcast]]\ntheme = \"Training", "[[broadcast]\ntheme = \"Training")
                .replace('\n', "\r\n")
                .into(),
        ),
    ];
    cases.push((
        "many",
        r("title = \"CSE awareness week\"", "title = \"CSE awareness week")
            .replace("lang = \"en-GB\"", "lang = en-GB")
            .replace("theme = \"Schools resources\"", "theme = “Schools resources”")
            .replace("someone who can help.\n'''", "someone who can help.\n")
            .replace("[signature]", "[signature")
            .replace("email = ", "mail = ")
            .into(),
    ));
    for (name, text) in cases {
        println!("== {name}");
        let (week, findings) = read(&text);
        println!(
            "   {:?}",
            week.map(|w| w
                .broadcasts
                .iter()
                .map(|b| (b.theme.value().len(), b.body.value().len(), b.links.len()))
                .collect::<Vec<_>>())
        );
        for f in findings {
            println!("   {f}");
        }
    }
}

#[test]
fn fuzz() {
    let w = shipped();
    let mut worst = (std::time::Duration::ZERO, String::new());
    let mut counts = std::collections::BTreeMap::<usize, Vec<String>>::new();
    let mut run = |name: String, text: String| {
        let at = std::time::Instant::now();
        let (_folder, project) = project(text.as_bytes());
        let mut findings = Findings::new();
        load(&project, "w", &mut findings);
        if at.elapsed() > worst.0 {
            worst = (at.elapsed(), name.clone());
        }
        for f in findings.iter() {
            assert!(f.place.source.text.get(f.place.range.clone()).is_some(), "{name} {f:?}");
        }
        counts.entry(findings.len()).or_default().push(format!("{name} {:?}", shown(findings)));
    };
    let mut offset = 0;
    for (n, line) in w.split_inclusive('\n').enumerate() {
        let mut text = w.clone();
        text.replace_range(offset..offset + line.len(), "");
        run(format!("line {}", n + 1), text);
        offset += line.len();
    }
    for (at, c) in w.char_indices().filter(|(_, c)| "\"'[]{}=,\n#".contains(*c)) {
        let mut text = w.clone();
        text.remove(at);
        let l = w[..at].matches('\n').count() + 1;
        run(format!("char {c:?} line {l} at {at}"), text);
    }
    println!("worst {worst:?}");
    for (n, names) in counts {
        println!("{n}: {}", names.len());
        if n > 1 {
            for name in names.iter().take(60) {
                println!("    {name}");
            }
        }
    }
}
