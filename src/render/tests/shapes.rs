//! What officers type and paste, and what both parts make of it, whole.

use crate::render::tests::dialect::{Both, both};
use crate::render::tests::sample::{PNG, Sample};

/// Each text is shown as this HTML, without styles and line ends, and as this plain text, without a finding.
#[track_caller]
fn shows(cases: &[(&str, &str, &str)]) {
    let sample = Sample::new().file("broadcasts/w/my poster (1).png", PNG);
    for (markdown, html, text) in cases {
        let both = both(&sample, markdown);
        let Both { html: found, text: plain, findings } = both;
        assert_eq!(found.replace(" style=\"\"", "").replace('\n', ""), *html, "{markdown}");
        assert_eq!(plain.trim_end(), *text, "{markdown}");
        assert!(findings.is_empty(), "{markdown}: {:?}", findings.sorted());
    }
}

#[test]
fn bullets_of_word_processors_are_lists() {
    shows(&[
        (
            "Look out for:\n•\tone\no\tinner\n▪\tinmost\n•\ttwo\nPlease call us.",
            "<p>Look out for:</p><ul><li>one<ul><li>inner<ul><li>inmost</li></ul></li></ul></li><li>two</li></ul><p>Please call us.</p>",
            "Look out for:\n\n* one\n\n  * inner\n\n    * inmost\n\n* two\n\nPlease call us.",
        ),
        (
            "\t\u{F0B7}\u{a0}\u{a0}one\n\t\u{F0B7}\u{a0}\u{a0}two\n\t\t–\tinner\n\t\t–\tinner too",
            "<ul><li>one</li><li>two<ul><li>inner</li><li>inner too</li></ul></li></ul>",
            "* one\n\n* two\n\n  * inner\n\n  * inner too",
        ),
        ("-one\n-two", "<ul><li>one</li><li>two</li></ul>", "* one\n\n* two"),
        ("– Jane, a young person", "<p>– Jane, a young person</p>", "– Jane, a young person"),
        ("only o so\n-5 degrees", "<p>only o so<br>-5 degrees</p>", "only o so\n-5 degrees"),
        ("- a\n+ b\n*\u{a0}c\n*", "<ul><li>a</li><li>b</li><li>c</li></ul>", "* a\n\n* b\n\n* c"),
    ]);
}

#[test]
fn numbers_are_lists_and_years_are_not() {
    shows(&[
        ("1.\tone\n2.\ttwo", "<ol><li>one</li><li>two</li></ol>", "1. one\n\n2. two"),
        ("1. one\n1. two\n1. three", "<ol><li>one</li><li>two</li><li>three</li></ol>", "1. one\n\n2. two\n\n3. three"),
        (
            "1) one\n    - inner\n2) two\n   more",
            "<ol><li>one<ul><li>inner</li></ul></li><li>two<br>more</li></ol>",
            "1. one\n\n   * inner\n\n2. two\n   more",
        ),
        ("1.one\n2.two", "<ol><li>one</li><li>two</li></ol>", "1. one\n\n2. two"),
        ("Steps:\n3. three", "<p>Steps:</p><ol start=\"3\"><li>three</li></ol>", "Steps:\n\n3. three"),
        ("2027. A year.\n8.30 am", "<p>2027. A year.<br>8.30 am</p>", "2027. A year.\n8.30 am"),
    ]);
}

#[test]
fn indents_make_no_program_code() {
    shows(&[
        ("    one\n\n\ttwo\n\u{a0}\u{a0}\u{a0}\u{a0}\u{a0}three", "<p>one</p><p>two<br>three</p>", "one\n\ntwo\nthree"),
        ("one\n\u{a0}\n \ntwo \u{a0}", "<p>one</p><p>two</p>", "one\n\ntwo"),
        ("-      one", "<ul><li>one</li></ul>", "* one"),
    ]);
}

#[test]
fn lines_of_signs_are_rules_or_underline_a_heading() {
    const RULE: &str = "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td class=\"line\">&nbsp;</td></tr></table>";
    shows(&[
        ("one\n---\ntwo", &format!("<p>one</p>{RULE}<p>two</p>"), "one\n\n----------\n\ntwo"),
        ("one\ntwo\n--------", &format!("<p>one<br>two</p>{RULE}"), "one\ntwo\n\n----------"),
        ("________", RULE, "----------"),
        ("Title\n=====\none", "<h2>Title</h2><p>one</p>", "Title\n-----\n\none"),
        ("Regards\n-- \nRowan", "<p>Regards<br>--<br>Rowan</p>", "Regards\n--\nRowan"),
    ]);
}

#[test]
fn links_and_addresses_stay_whole() {
    shows(&[
        (
            "**www.x.example/a_b**, (me@x.example).",
            "<p><strong><a class=\"lnk\" href=\"https://www.x.example/a_b\">www.x.example/a_b</a></strong>, (<a class=\"lnk\" href=\"mailto:me@x.example\">me@x.example</a>).</p>",
            "https://www.x.example/a_b, (me@x.example).",
        ),
        (
            "https://x.example/_a_*b `www.x.example`",
            "<p><a class=\"lnk\" href=\"https://x.example/_a_*b\">https://x.example/_a_*b</a> <code>www.x.example</code></p>",
            "https://x.example/_a_*b www.x.example",
        ),
        (
            "me@x.example<mailto:me@x.example> and Map<https://x.example/m>",
            "<p><a class=\"lnk\" href=\"mailto:me@x.example\">me@x.example</a> and Map <a class=\"lnk\" href=\"https://x.example/m\">https://x.example/m</a></p>",
            "me@x.example and Map https://x.example/m",
        ),
        (
            "[Book](https://x.example “button”)",
            "<table role=\"presentation\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td align=\"center\" class=\"btn\" bgcolor=\"\"><a class=\"btn-words\" href=\"https://x.example\">Book</a></td></tr></table>",
            "Book:\nhttps://x.example",
        ),
        (
            "![a plan](my poster (1).png)",
            "<p><img src=\"cid:4ff6ab670a58c142.my-poster--1-.png@board.example\" width=\"1\" height=\"1\" alt=\"a plan\" style=\"max-width:1px;\"></p>",
            "[Image: a plan]",
        ),
        ("[Speaker]: Rowan", "<p>[Speaker]: Rowan</p>", "[Speaker]: Rowan"),
    ]);
}

#[test]
fn boxes_are_read_as_they_are_typed() {
    let note = |kind: &str, inner: &str| {
        let class = kind.to_lowercase();
        format!(
            "<table role=\"presentation\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"><tr><td class=\"{class} txt\"><p><strong>{kind}:</strong></p>{inner}</td></tr></table>"
        )
    };
    shows(&[
        (
            "> [!note] Bring it.\n> - a",
            &note("Note", "<p>Bring it.</p><ul><li>a</li></ul>"),
            "| Note:\n| Bring it.\n|\n| * a",
        ),
        ("> [!Caution]\nCall 999.", &note("Warning", "<p>Call 999.</p>"), "| Warning:\n| Call 999."),
        (
            ">[!TIP]\n>a\n>[!IMPORTANT]\n>b",
            &(note("Note", "<p>a</p>") + &note("Warning", "<p>b</p>")),
            "| Note:\n| a\n\n| Warning:\n| b",
        ),
    ]);
}

#[test]
fn words_in_another_language_are_marked_for_screen_readers() {
    shows(&[(
        "> [!LANG cy]\n> Mae hyn yn **bwysig**.\n\nAnd [diolch](lang:cy) and [سلام](lang:ur).",
        "<div lang=\"cy\"><p>Mae hyn yn <strong>bwysig</strong>.</p></div><p>And <span lang=\"cy\">diolch</span> and <span lang=\"ur\" dir=\"rtl\">سلام</span>.</p>",
        "Mae hyn yn bwysig.\n\nAnd diolch and سلام.",
    )]);
    shows(&[(
        "> [!lang ar] مرحبا",
        "<div lang=\"ar\" dir=\"rtl\" style=\"text-align:right;\"><p>مرحبا</p></div>",
        "مرحبا",
    )]);
}

#[test]
fn tables_keep_all_their_words() {
    const OPEN: &str = "<table class=\"txt\" width=\"100%\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\">";
    let cell = |name: &str, words: &str| {
        format!("<{name} align=\"left\" class=\"cell\" style=\"text-align:left;\">{words}</{}>", &name[..2])
    };
    // The last of a row has no space at its right, so that it ends where the text does.
    let end = |cell: String| cell.replace("class=\"cell\" style=\"", "class=\"cell end\" style=\"padding-right:0;");
    let head = |words: &str| cell("th scope=\"col\"", words);
    let [one, two] = [format!("{OPEN}<thead><tr>{}</tr></thead><tbody></tbody></table>", head("a")), end(head("b"))];
    let table = one.replace("</tr></thead>", &format!("{two}</tr></thead>"));
    shows(&[
        ("- x\na | b\n-|-", &format!("<ul><li>x</li></ul>{table}"), "* x\n\n* a\n* b"),
        ("text\na | b\n-|-", &format!("<p>text</p>{table}"), "text\n\n* a\n* b"),
    ]);
    shows(&[(
        "When\n| Day | Place |\n|—|—|\n| Monday | a \\| b |\n| Tuesday |\nafter",
        &format!(
            "<p>When</p>{OPEN}<thead><tr>{}{}</tr></thead><tbody><tr>{}{}</tr><tr>{}{}</tr></tbody></table><p>after</p>",
            head("Day"),
            end(head("Place")),
            cell("td", "Monday"),
            end(cell("td", "a | b")),
            cell("td", "Tuesday"),
            end(cell("td", ""))
        ),
        "When\n\n* Day: Monday\n  Place: a | b\n\n* Day: Tuesday\n  Place:\n\nafter",
    )]);
}

#[test]
fn invisible_characters_are_left_out() {
    shows(&[(
        "safe\u{ad}guard\u{200b}ing \u{202a}01632 960123\u{202c}&shy;, 👩\u{200d}👧\u{a0}a",
        "<p>safeguarding 01632 960123, 👩\u{200d}👧\u{a0}a</p>",
        "safeguarding 01632 960123, 👩\u{200d}👧 a",
    )]);
}
