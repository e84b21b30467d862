//! Merge fields in every place where one can stand.

use crate::model::Piece;
use crate::render::tests::sample::{Sample, located, parts, recipient};

#[test]
fn values_are_text_wherever_they_stand() {
    let nasty = "<b>\"{{ week.title }}\" [x](https://y.example) **z**";
    let escaped = "&lt;b&gt;&quot;{{ week.title }}&quot; [x](https://y.example) **z**";
    let person = recipient(&[("x", nasty), ("url", "https://y.example/?q=1")]);
    for (body, html, text) in [
        ("Hi {{ recipient.x }}!", format!("Hi {escaped}!"), format!("Hi {nasty}!")),
        ("Hi **{{ recipient.x }}**", format!("<strong>{escaped}</strong>"), format!("Hi {nasty}")),
        ("## {{ recipient.x }}", format!("{escaped}</h2>"), nasty.to_owned()),
        ("- a {{ recipient.x }}", format!("a {escaped}</li>"), format!("* a {nasty}")),
        (
            "{{ recipient.x | upper }}",
            escaped
                .replace("&lt;b", "&lt;B")
                .replace("week.title", "WEEK.TITLE")
                .replace("[x](https://y.example) **z", "[X](HTTPS://Y.EXAMPLE) **Z"),
            nasty.to_uppercase(),
        ),
        ("{{ recipient.x | safe }}", escaped.to_owned(), nasty.to_owned()),
        (
            "[go](https://x.example/?q={{ recipient.url }}&b=1)",
            "href=\"https://x.example/?q=https%3A%2F%2Fy.example%2F%3Fq%3D1&amp;b=1\"".into(),
            "go:\nhttps://x.example/?q=https%3A%2F%2Fy.example%2F%3Fq%3D1&b=1\n".into(),
        ),
        ("[go]({{ recipient.url }})", "href=\"https://y.example/?q=1\"".into(), "go:\nhttps://y.example/?q=1\n".into()),
        (
            "![{{ recipient.x }} poster](poster.png)",
            format!("alt=\"{escaped} poster\""),
            format!("[Image: {nasty} poster]"),
        ),
        (
            "{% if recipient.x %}Hi {{ recipient.x }}{% else %}no{% endif %}",
            format!("Hi {escaped}</p>"),
            format!("Hi {nasty}"),
        ),
        (
            "{% if recipient.x %}See https://x.example/a.{% else %}See https://x.example/b.{% endif %}",
            ">https://x.example/a</a>.</p>".into(),
            "See https://x.example/a".into(),
        ),
        (
            "https://x.example/{% if recipient.x %}a{% endif %}",
            ">https://x.example/a</p>".into(),
            "https://x.example/a".into(),
        ),
        ("| a |\n|---|\n| {{ recipient.x }} |", format!(">{escaped}</td>"), format!("* a: {nasty}")),
    ] {
        let compiled = Sample::new().body(body).compiled();
        let (got_html, got_text) = parts(&compiled, &person);
        assert!(got_html.contains(&html), "{body}\n{html}\n{got_html}");
        assert!(got_text.replace('\n', " ").contains(&text.replace('\n', " ")), "{body}\n{text}\n{got_text}");
        assert!(!got_html.contains('\u{100000}') && !got_html.contains("<b>"));
    }
}

#[test]
fn a_value_that_begins_an_address_cannot_bring_a_script() {
    let compiled = Sample::new().body("[go]({{ recipient.url }})").compiled();
    let fault = compiled.merge(&recipient(&[("url", "javascript:alert(1)")])).unwrap_err();
    assert_eq!(fault.place.line_column(), (3, 19));
}

#[test]
fn conditions_leave_nothing_behind() {
    let body = "one\n\n{% if recipient.x %}\n\nHello {{ recipient.x }}\n\n{% endif %}\n\ntwo\n\n{% if recipient.x %}only{% endif %}";
    let compiled = Sample::new().body(body).compiled();
    let (html, text) = parts(&compiled, &recipient(&[]));
    assert!(!html.contains("<p style=\"margin:0 0 16px 0;\"></p>"), "{html}");
    assert!(text.contains("one\n\ntwo\n\n") && !text.contains("only"), "{text}");
    let (html, text) = parts(&compiled, &recipient(&[("x", "Asha")]));
    assert!(html.contains(">Hello Asha</p>") && html.contains(">only</p>"), "{html}");
    assert!(text.contains("one\n\nHello Asha\n\ntwo\n\nonly\n"), "{text}");
}

#[test]
fn loops_and_variables_work_and_lists_can_be_asked_for() {
    let body = "{% set greeting = \"Hello\" %}\n\n{{ greeting }} {% for list in week.lists %}{{ list }}{% endfor %} {% if \"everyone\" in recipient.lists %}all{% endif %}";
    let (html, _) = Sample::new().body(body).parts();
    assert!(html.contains(">Hello everyone all</p>"), "{html}");
    let (html, _) = Sample::new().body("{% set g = \"Hello\" %}\n\n{{ g }} {{ recipient.x or g }}").parts();
    assert!(html.contains(">Hello Hello</p>"), "{html}");
}

#[test]
fn what_is_the_same_for_all_is_one_piece() {
    let compiled = Sample::new().body("Nothing {{ week.title }}").compiled();
    let merged = compiled.merge(&recipient(&[])).unwrap();
    assert_eq!((merged.html, merged.text), (vec![Piece::Fixed(0)], vec![Piece::Fixed(0)]));
    let compiled = Sample::new().body("Hi {{ recipient.x or \"you\" }}").compiled();
    let merged = compiled.merge(&recipient(&[])).unwrap();
    assert_eq!(merged.html, [Piece::Fixed(0), Piece::Merged("you".into()), Piece::Fixed(1)]);
    assert_eq!(compiled.fields().into_iter().collect::<Vec<_>>(), ["x"]);
}

#[test]
fn a_subject_is_one_line_and_its_title_is_escaped() {
    let sample = Sample::new().subject("{{ recipient.x or \"All\" }} & {{ broadcast.theme }}\n");
    let compiled = sample.compiled();
    let merged = compiled.merge(&recipient(&[("x", "<A>")])).unwrap();
    assert_eq!(merged.subject, "<A> & Signs");
    assert!(merged.html(compiled.material()).contains("<title>&lt;A&gt; &amp; Signs</title>"));
    assert_eq!(compiled.subject_template().trim(), "{{ recipient.x or \"All\" }} & {{ broadcast.theme }}");
    assert_eq!(compiled.preheader(), "What to notice.");
}

#[test]
fn the_quick_way_agrees_with_the_engine() {
    for value in ["Asha", "<b>", "0", "false", " ", "ünï {{ x }}"] {
        let person = recipient(&[("x", value)]);
        let quick = parts(&Sample::new().body("a {{ recipient.x or \"d\" }} b").compiled(), &person);
        let engine = parts(&Sample::new().body("a {{ (recipient.x or \"d\") }} b").compiled(), &person);
        assert_eq!(quick, engine, "{value}");
    }
}

#[test]
fn the_digest_knows_content_and_not_recipients() {
    let digest = |sample: &Sample| sample.compiled().material().digest.clone();
    let one = digest(&Sample::new());
    assert_eq!(one, digest(&Sample::new()));
    let [mut next, mut renamed, mut later] = [Sample::new(), Sample::new(), Sample::new()];
    next.week.broadcasts[1].theme = located("Another");
    renamed.sender.name = Some("Another".into());
    later.dates[0] = 11;
    for (changed, part) in [
        (Sample::new().body("Other words."), vec!["body"]),
        (Sample::new().body("Plain **words**."), vec!["body"]),
        (Sample::new().subject("Other"), vec!["subject"]),
        (Sample::new().body("{{ recipient.x or \"a\" }}"), vec!["body"]),
        (Sample::new().attach("chart.pdf", None), vec!["attachment chart.pdf"]),
        (Sample::new().file("templates/broadcast.html", b"{{ body }}"), vec!["HTML part"]),
        (Sample::new().file("templates/broadcast.txt", b"{{ body }}"), vec!["text part"]),
        (next, vec!["HTML part", "text part"]),
        (renamed, vec!["sender"]),
        (later, vec!["time"]),
    ] {
        assert_eq!(digest(&changed).changed(&one.parts), part);
    }
    let (a, b) = (Sample::new().body("{{ recipient.x or \"a\" }}"), Sample::new().body("{{ recipient.x or \"b\" }}"));
    assert_ne!(digest(&a).hex, digest(&b).hex, "a default is content");
}
