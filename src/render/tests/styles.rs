//! The style sheet of a template's author: written into the elements, and nothing else of the message changes.

use crate::render::Compiled;
use crate::render::tests::sample::{Sample, parts, recipient};

/// An override with one more style sheet, the attribute of which is given, and a footer.
fn own(attribute: &str, rules: &str, footer: &str) -> String {
    format!(
        "{{% extends \"builtin/broadcast.html\" %}}\n{{% block head %}}{{{{ super() }}}}<style{attribute}>{rules}</style>{{% endblock %}}\n{{% block footer %}}{footer}{{% endblock %}}"
    )
}

fn compiled(own: &str, body: &str) -> Compiled {
    Sample::new().full().body(body).file("templates/broadcast.html", own.as_bytes()).compiled()
}

const RULES: &str = "p { letter-spacing: 1px } .mine > a { color: #a00 !important; top: 2px } td.mine { font-family: \"A;B\", x }\n.mine:hover { left: 3px } @media (max-width: 9px) { p { right: 4px } }";
const FOOTER: &str = "<tr><td class=\"mine\" style='margin:0'><!--[if mso]><p><![endif]-->\n<a title=\"For {{ recipient.x }}\" href=\"https://x.example/?q={{ recipient.x | upper }}\">{{ recipient.x or \"all\" }}</a>{% if recipient.x %}<p class=mine>{{ recipient.x }}</p>{% else %}<p style=\"{{ style.p }}\">no</p>{% endif %}</td></tr>";
const BODY: &str = "One {{ recipient.x }}\n\n{% if recipient.x %}\n\nTwo {{ recipient.x }}\n\n{% endif %}";

#[test]
fn the_elements_get_the_styles_and_every_other_byte_stays() {
    let kept = compiled(&own(" data-css-inline=\"keep\"", RULES, FOOTER), BODY);
    let inlined = compiled(&own("", RULES, FOOTER), BODY);
    for value in ["Asha", "<i>\"{{ x }}\" ]]> style='' \u{100000}\u{10F010}"] {
        let person = recipient(&[("x", value)]);
        let (kept, inlined) = (parts(&kept, &person), parts(&inlined, &person));
        let without = |html: &str| {
            html.replace(" style=\"letter-spacing:1px;\"", "")
                .replace("letter-spacing:1px;", "")
                .replace(" style=\"top:2px;\"", "")
                .replace("font-family:&#39;A;B&#39;, x;", "")
        };
        assert_eq!(without(&inlined.0), kept.0.replace(" data-css-inline=\"keep\"", ""));
        assert_eq!(inlined.1, kept.1);
        assert!(!kept.0.contains("letter-spacing:1px"), "{}", kept.0);
    }
    let html = parts(&inlined, &recipient(&[("x", "Asha")])).0;
    for expected in [
        "<p style=\"letter-spacing:1px;margin:0 0 16px 0;\">One Asha</p>",
        "<p style=\"letter-spacing:1px;margin:0 0 16px 0;\">Two Asha</p>",
        "<td class=\"mine\" style='font-family:&#39;A;B&#39;, x;margin:0'><!--[if mso]><p><![endif]-->\n<a style=\"top:2px;\" title=\"For Asha\" href=\"https://x.example/?q=ASHA\">Asha</a><p style=\"letter-spacing:1px;\" class=mine>Asha</p>",
    ] {
        assert!(html.contains(expected), "{expected}\n{html}");
    }
    assert!(html.starts_with("<!DOCTYPE html>\n<html lang=\"en-GB\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n"));
    let none = parts(&compiled(&own("", RULES, "{{ recipient.x or \"-\" }}{% if recipient.x %}<p>y</p>{% else %}<p style=\"{{ style.p }}\">no</p>{% endif %}"), "-"), &recipient(&[])).0;
    assert!(none.contains("<p style=\"letter-spacing:1px;margin:0 0 16px 0;\">no</p>"), "{none}");
}

#[test]
fn what_cannot_be_known_once_for_all_is_left_to_the_style_sheet() {
    let footer = "<tr><td><p {% if recipient.x %}class=\"mine\"{% endif %}>a</p>{% if recipient.x %}<b {% if recipient.y %}class=\"mine\"{% endif %}>b</b>{% endif %}</td></tr>";
    let compiled = compiled(&own("", ".mine { left: 1px } b { top: 2px }", footer), "-");
    let html = parts(&compiled, &recipient(&[("x", "1"), ("y", "1")])).0;
    assert!(html.contains("<p class=\"mine\">a</p><b class=\"mine\">b</b>"), "{html}");
}

#[test]
fn a_style_sheet_that_is_broken_or_empty_does_no_harm() {
    let plain = compiled(&own(" data-css-inline=\"keep\"", "", "x"), "-");
    let plain = parts(&plain, &recipient(&[])).0.replace(" data-css-inline=\"keep\"", "");
    for rules in
        ["", "}}} p { ", "p { color }", "@import url(https://x.example/a.css);", "<!-- p { } -->", "p::before { a: b }"]
    {
        let html = parts(&compiled(&own("", rules, "x"), "-"), &recipient(&[])).0;
        assert_eq!(html.replace(&format!("<style>{rules}</style>"), "<style></style>"), plain, "{rules}");
    }
}

#[test]
fn faults_point_at_the_template_also_when_styles_were_written_into_it() {
    let footer = "<p>a</p>\n{% if recipient.x %}<p>b</p><p>{{ recipient.gone }}</p>{% endif %}";
    let compiled = compiled(&own("", "p { left: 1px }", footer), "-");
    let fault = compiled.merge(&recipient(&[("x", "1")])).unwrap_err();
    assert_eq!((fault.place.source.path.as_str(), fault.place.line_column()), ("templates/broadcast.html", (4, 45)));
}
