//! The officer's own templates.

use crate::render::tests::sample::{Sample, parts, recipient};

#[test]
fn a_template_of_the_project_replaces_or_extends_the_built_in_one() {
    let own = "{% extends \"builtin/broadcast.html\" %}{% block header %}<tr><td>{{ organisation.name }} {{ recipient.x or \"all\" }}</td></tr>{% endblock header %}";
    let compiled = Sample::new().file("templates/broadcast.html", own.as_bytes()).compiled();
    let (html, _) = parts(&compiled, &recipient(&[("x", "<A>")]));
    assert!(html.contains("<tr><td>Example Board &lt;A&gt;</td></tr>") && html.contains("<h1"), "{html}");
    let whole = "Only {{ body }}{% include \"foot.txt\" %}";
    let sample = Sample::new().file("templates/broadcast.txt", whole.as_bytes()).file("templates/foot.txt", b"Bye.");
    assert_eq!(sample.parts().1, "Only Plain words.\n\nBye.\n");
}

#[test]
fn a_layout_may_put_the_body_into_a_condition_on_the_recipient() {
    let whole = "{% if recipient.x %}{{ body }}{% else %}Nothing.{% endif %}";
    let sample = Sample::new().body("Hi {{ recipient.x }}").file("templates/broadcast.txt", whole.as_bytes());
    assert_eq!(parts(&sample.compiled(), &recipient(&[("x", "Asha")])).1, "Hi Asha\n\n\n");
}

#[test]
fn faults_of_a_template_are_shown_in_its_own_file() {
    for (own, expected) in [
        ("x\n{{ week.titel }}", "2:9: template-field: \"week\" has no \"titel\""),
        ("x\n {{ week.title | uper }}", "2:18: template-syntax: there is no filter \"uper\""),
        ("{{ body }}\n{% if", "2:1: template-syntax:"),
        ("{{ recipient.x or recipient }}{{ week.title | uper }}", "1:47: template-syntax: there is no filter \"uper\""),
        ("a\n{% include \"gone.txt\" %}", "2:1: file-missing: there is no template \"templates/gone.txt\""),
    ] {
        let found = Sample::new().file("templates/broadcast.txt", own.as_bytes()).findings();
        assert!(found.iter().any(|found| found.starts_with(expected)), "{own}: {found:?}");
    }
}
