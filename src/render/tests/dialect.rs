//! Whatever an officer types or pastes, both parts say the same words in the same order, in good form.

use std::collections::BTreeMap;

use proptest::prelude::{Just, ProptestConfig, Strategy, prop_oneof, proptest};

use crate::model::{Findings, Place, Text};
use crate::render::files::gallery::Gallery;
use crate::render::markdown::html::HtmlWriter;
use crate::render::markdown::read::read;
use crate::render::markdown::text::TextWriter;
use crate::render::template::region::Run;
use crate::render::template::script::Script;
use crate::render::tests::sample::{PNG, Sample};
use crate::render::words::Words;
use crate::render::wrap::{WIDTH, tidy, wrap};

/// What became of a text without template tags.
pub(crate) struct Both {
    pub(crate) html: String,
    pub(crate) text: String,
    pub(crate) findings: Findings,
}

fn literals(runs: Vec<Run>) -> String {
    let literal = |run| if let Run::Literal(text) = run { text } else { String::new() };
    runs.into_iter().map(literal).collect()
}

pub(crate) fn both(sample: &Sample, markdown: &str) -> Both {
    let project = sample.project();
    let mut findings = Findings::new();
    let text = Text::synthetic(markdown, Place::file("w.toml"));
    let mut gallery = Gallery::new(&project, &sample.week, "board.example");
    let script = Script::read(&text, &mut findings).unwrap();
    let blocks = read(&script, &mut gallery, &mut findings);
    let html = literals(HtmlWriter::write(&blocks, &BTreeMap::new(), &gallery.pictures, Words::of("en")));
    let text = wrap(&tidy(&literals(TextWriter::write(&blocks, Words::of("en")))));
    Both { html, text, findings }
}

/// Numbered words (`w7`) of a text, each once, in order.
fn numbered(text: &str, sign: char) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices(sign) {
        let rest = &text[at + 1..];
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if let Ok(number) = rest[..digits].parse()
            && !found.contains(&number)
        {
            found.push(number);
        }
    }
    found
}

/// The words of some HTML with alternative texts, without captions that only repeat a heading; and those of the heads of tables.
fn words_of(html: &str) -> (String, String) {
    let (mut words, mut heads, mut open) = (String::new(), String::new(), Vec::new());
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        // A caption that is no heading repeats the one further up.
        let aside = open.contains(&"caption") && !open.iter().any(|name| ["h2", "h3", "h4"].contains(name));
        let target = if open.contains(&"th") { &mut heads } else { &mut words };
        if !aside {
            target.push_str(&rest[..at]);
        }
        let end = at + rest[at..].find('>').expect("every < of the HTML is a tag's");
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if ["h2", "h3", "h4", "li", "p"].contains(&tag.split([' ', '\n']).next().unwrap()) {
            words.push(' '); // A word ends where a block begins.
        }
        match tag.split([' ', '\n']).next().unwrap() {
            "br" => {}
            "img" => words.push_str(tag.split("alt=\"").nth(1).unwrap().split('"').next().unwrap()),
            name => match name.strip_prefix('/') {
                Some(name) => assert_eq!(open.pop(), Some(name), "{html}"),
                None => open.push(name),
            },
        }
    }
    words.push_str(rest);
    assert!(open.is_empty(), "{open:?} stay open in {html}");
    (words, heads)
}

fn holds(markdown: &str, Both { html, text, findings }: &Both) {
    let (words, heads) = words_of(html);
    let heads = numbered(&heads, 'w');
    let without_heads =
        |text: &str| -> Vec<usize> { numbered(text, 'w').into_iter().filter(|word| !heads.contains(word)).collect() };
    assert_eq!(without_heads(&words), without_heads(text), "{markdown:?}\n{html}\n{text}");
    let shown = numbered(text, 'w');
    assert!(heads.iter().all(|head| shown.contains(head)), "{markdown:?}\n{text}");
    if findings.errors() == 0 {
        let mut all = numbered(markdown, 'w');
        let mut there = [numbered(&words, 'w'), heads].concat();
        all.sort_unstable();
        there.sort_unstable();
        there.dedup();
        assert_eq!(all, there, "words were lost: {markdown:?}\n{html}");
        for address in numbered(markdown, 'u') {
            let address = format!("u{address}.");
            assert!(html.contains(&address) && text.contains(&address), "{address} was lost: {markdown:?}\n{text}");
        }
    }
    for line in text.lines() {
        let alone = line.trim_start_matches(|c: char| " |*.".contains(c) || c.is_ascii_digit());
        assert!(line.chars().count() <= WIDTH || !alone.contains(' '), "{line:?} of {markdown:?}");
        assert_eq!(line, line.trim_end(), "{markdown:?}");
    }
    assert!(!text.contains(['\u{ad}', '\u{200b}', '\u{a0}', '\t', '\u{200d}', '\u{feff}']), "{text:?}");
}

/// Words in all the company they keep: `W` becomes a numbered word, `U` a numbered address.
fn inline() -> impl Strategy<Value = String> {
    proptest::sample::select(vec![
        "W",
        "W W W",
        "W, W; W.",
        "**W W**",
        "**W:**",
        "*W*",
        "***W***",
        "[W W](https://U.example/a_b)",
        "https://U.example/",
        "(www.U.example/a).",
        "me@U.example",
        "<https://U.example>",
        "W<https://U.example>",
        "[W](lang:cy)",
        "[W](lang:ur)",
        "![W](poster.png)",
        "![W W](my poster.png)",
        "“W”",
        "W’s",
        "\u{a0}W",
        "W\u{ad}W",
        "\u{200b}W",
        "W\\",
        "**",
        "*",
        "_",
        "W_W",
        "`W`",
        "\\*W",
        "&amp;",
        "&#8203;W",
        "W – W",
        "W\tW",
        "(W)",
        "[W]",
        "[W",
        "W]",
        "<",
        ">",
        "W|W",
        "#W",
        "W:",
        "1",
        "W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W W",
        "[W](https://U.example “button”)",
    ])
    .prop_map(str::to_owned)
}

fn line() -> impl Strategy<Value = String> {
    let indent = proptest::sample::select(vec![
        "",
        "",
        "",
        "",
        " ",
        "  ",
        "   ",
        "    ",
        "      ",
        "\t",
        "\t\t",
        "\u{a0}\u{a0}",
    ]);
    let quote = proptest::sample::select(vec!["", "", "", "", "", "> ", ">", "> > ", ">\u{a0}"]);
    let mark = proptest::sample::select(vec![
        "",
        "",
        "",
        "",
        "",
        "- ",
        "* ",
        "+ ",
        "• ",
        "•\t",
        "o\t",
        "▪\t",
        "\u{f0b7}\t",
        "·\u{a0}",
        "– ",
        "1. ",
        "2. ",
        "7) ",
        "1.\t",
        "a) ",
        "(i) ",
        "2027. ",
        "# ",
        "## ",
        "### ",
        "###### ",
        "##",
        "#",
        "[!NOTE] ",
        "[!warning]\n> ",
        "[!LANG cy]\n> ",
        "| ",
        "-",
        "[W]: ",
    ]);
    (quote, indent, mark, proptest::collection::vec(inline(), 0..5))
        .prop_map(|(quote, indent, mark, words)| format!("{quote}{indent}{mark}{}", words.join(" ")))
}

pub(crate) fn body() -> impl Strategy<Value = String> {
    let table = proptest::sample::select(vec![
        "| W | W |\n|---|---|\n| W | W |\n| W |\n|  | W |\n",
        "W | W\n:--|--:\nW | W\\|W\n",
        "| W |\n|—|\n",
        "| [W](https://U.example) | **W** |\n| - | - |\n| ![W](poster.png) | me@U.example |\n",
    ]);
    let block = prop_oneof![
        6 => line(),
        1 => table.prop_map(str::to_owned),
        1 => proptest::sample::select(vec!["---", "***", "====", "------", "```", "", "_____"]).prop_map(str::to_owned),
    ];
    let end = prop_oneof![3 => Just("\n"), 1 => Just("\n\n"), 1 => Just("\n \u{a0}\n")];
    proptest::collection::vec((block, end), 1..9).prop_map(|blocks| {
        let markdown: String = blocks.into_iter().flat_map(|(block, end)| [block, end.to_owned()]).collect();
        let mut number = 0;
        let count = |c: char| match c {
            'W' | 'U' => {
                number += 1;
                format!("{}{number}", c.to_ascii_lowercase())
            }
            c => c.to_string(),
        };
        markdown.chars().map(count).collect()
    })
}

pub(crate) fn sample() -> Sample {
    Sample::new().file("broadcasts/w/my poster.png", PNG)
}

/// What was lost once: the mark of the inner quote was taken for that of the outer one.
#[test]
fn a_language_within_a_quote_ends_with_it() {
    let sample = sample();
    for body in ["> > [!LANG cy]\n> > w1\n- w2\n", "> [!LANG cy]\n> w1\n- w2\n", "> > [!LANG cy]\n> w1\n\nw2\n"] {
        holds(body, &both(&sample, body));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn both_parts_say_the_same_in_good_form(body in body()) {
        thread_local! {
            static SAMPLE: Sample = sample();
        }
        SAMPLE.with(|sample| holds(&body, &both(sample, &body)));
    }
}
