//! Whatever a recipient's value is, it is text, and nothing else changes.

use proptest::prelude::{ProptestConfig, Strategy, prop_oneof, proptest};

use crate::render::Compiled;
use crate::render::tests::sample::{Sample, parts, recipient};

fn value() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "[a-zA-Z0-9 ]{1,8}",
        "[<>&\"'/{}%#*_\\[\\]()!|~`.:;-]{1,6}",
        "\\PC{1,4}",
        proptest::sample::select(vec![
            "{{ week.title }}",
            "{% if x %}",
            "</p><script>",
            "![a](b.png)",
            "&amp;",
            "https://y.example/",
            "\u{10F000}",
            "\u{100000}",
            "\u{F0000}",
            "\u{a0}",
            "-->",
            "]]>",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(pieces, 1..12).prop_map(|pieces| pieces.concat())
}

/// What the law says of the HTML part: the value escaped, line breaks and our own characters apart.
fn escaped(value: &str) -> String {
    let own = |c: char| if c as u32 >= 0xF_0000 { '\u{FFFD}' } else { c };
    let text: String = value.chars().map(own).collect();
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn holds(compiled: &Compiled, value: &str) {
    let marked = parts(compiled, &recipient(&[("x", "QQQ")]));
    let (html, text) = parts(compiled, &recipient(&[("x", value)]));
    assert_eq!(html, marked.0.replace("QQQ", &escaped(value)));
    assert!(text.lines().all(|line| line == line.trim_end()));
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown: String = value.chars().map(|c| if c as u32 >= 0xF_0000 { '\u{FFFD}' } else { c }).collect();
    assert_eq!(words(&text), words(&marked.1.replace("QQQ", &shown)));
}

const BODY: &str =
    "Dear **{{ recipient.x }}**,\n\n- one {{ recipient.x }}\n\n{% if recipient.x %}so {{ recipient.x }}{% endif %}";

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn a_value_is_only_ever_text(value in value()) {
        if !value.chars().any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')) {
            thread_local! {
                static COMPILED: Compiled = Sample::new().body(BODY).compiled();
            }
            COMPILED.with(|compiled| holds(compiled, &value));
        }
    }
}

/// Bodies made of everything that means something, in any order.
fn body() -> impl Strategy<Value = String> {
    let pieces = prop_oneof![
        "[a-z é]{1,6}",
        "\\PC{1,3}",
        proptest::sample::select(vec![
            "\n",
            "\n\n",
            "\n\n    ",
            "> ",
            "> [!NOTE]\n> ",
            "- ",
            "1. ",
            "• ",
            "\n| a | b |\n|---|---|\n| ",
            " | ",
            "**",
            "*",
            "`",
            "```\n",
            "# ",
            "[x](",
            "](",
            ")",
            "![a](poster.png)",
            "<b>",
            "<!--",
            "www.x.example",
            "https://x.example/",
            "a@b.example",
            "{{ week.title }}",
            "{{ recipient.x or \"d\" }}",
            "{{",
            "}}",
            "{%",
            "%}",
            "{% if recipient.x %}",
            "{% if next %}",
            "{% else %}",
            "{% endif %}",
            "{% for l in week.lists %}",
            "{{ l }}",
            "{% endfor %}",
            "{# c #}",
            "{% raw %}",
            "{% endraw %}",
            "{%- ",
            " -%}",
            "\u{a0}",
            "\u{F0000}",
            "\u{10F000}",
            "\u{100000}",
            "“",
            "'",
            "\"",
            "\\",
            "\t",
            "---\n",
            "[r]: https://x.example\n",
        ])
        .prop_map(str::to_owned),
    ];
    proptest::collection::vec(pieces, 0..14).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]
    /// Whatever the officer writes is compiled or refused with a finding in her file, and merges for everybody.
    #[test]
    fn any_body_is_compiled_or_refused(body in body()) {
        let sample = Sample::new().body(&body);
        let mut findings = crate::model::Findings::new();
        let compiled = sample.compile_day(0, &mut findings);
        let sound = compiled.as_ref().is_some_and(|compiled| compiled.is_sound());
        assert_eq!(sound, findings.errors() == 0, "{:?}", findings.clone().sorted());
        for finding in findings.iter() {
            assert!(finding.place.source.text.get(finding.place.range.clone()).is_some(), "{finding:?}");
        }
        if let Some(compiled) = compiled.filter(|compiled| compiled.is_sound()) {
            let fields = [("x", "<i>v</i>")];
            for fields in [&fields[..], &[]] {
                let (html, text) = parts(&compiled, &recipient(fields));
                assert!(!html.contains("<i>") && !html.contains(|c: char| c as u32 >= 0xF_0000), "{html}");
                assert!(!text.contains(|c: char| c as u32 >= 0xF_0000), "{text}");
            }
        }
    }
}

#[test]
fn a_very_long_value_is_only_ever_text() {
    let compiled = Sample::new().body(BODY).compiled();
    holds(&compiled, &"x".repeat(10_000));
    holds(&compiled, "word ".repeat(2_000).trim_end());
}

#[test]
fn nothing_is_too_deep_or_too_many() {
    for body in [
        "> ".repeat(20_000),
        "- ".repeat(20_000),
        "*a ".repeat(20_000),
        "[".repeat(20_000),
        "![".repeat(20_000),
        "{{ week.title }}".repeat(2_001),
        "{{ week.title }}".repeat(500),
        format!("{{{{ {}1{} }}}}", "(".repeat(20_000), ")".repeat(20_000)),
        format!("{{{{ {}1 }}}}", "not ".repeat(20_000)),
        "{% if next %}".repeat(300) + &"{% endif %}".repeat(300),
        "www.".repeat(20_000),
        "a@".repeat(20_000),
        "](".repeat(20_000),
        "![a](b c".repeat(20_000),
        "[a] (".repeat(20_000),
        "[^".repeat(20_000),
        "• a\n".repeat(5_000),
        "**".repeat(20_000),
        "\u{FFFC}".repeat(5_000),
        "| a ".repeat(5_000) + "|\n" + &"|---".repeat(5_000) + "|\n",
    ] {
        Sample::new().body(&body).compile_day(0, &mut crate::model::Findings::new());
    }
}
