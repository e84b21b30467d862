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

/// `path:line:column: rule: message` of each finding with these files in `templates/`.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let mut sample = Sample::new();
    for (name, text) in files {
        sample = sample.file(&format!("templates/{name}"), text.as_bytes());
    }
    let mut findings = crate::model::Findings::new();
    sample.compile_day(0, &mut findings);
    let show = |finding: crate::model::Finding| {
        let (line, column) = finding.place.line_column();
        let path = finding.place.source.path.trim_start_matches("templates/").to_owned();
        format!("{path}:{line}:{column}: {}: {}", finding.rule, finding.message)
    };
    findings.sorted().into_iter().map(show).collect()
}

const EXTENDS: &str = "{% extends \"builtin/broadcast.html\" %}\n";

#[test]
fn faults_of_an_override_are_shown_in_its_own_file_and_at_its_line() {
    for (own, expected) in [
        ("{% block footer %}{{ 1 + }}{% endblock %}", "2:26: template-syntax: \"}}\" does not belong here"),
        ("{% block footer %}\n{{ week.titel }}{% endblock %}", "3:9: template-field: \"week\" has no \"titel\""),
        ("{% block footer %}{{ wek }}{% endblock %}", "2:22: template-field: there is no \"wek\" here"),
        (
            "{% block fotter %}x{% endblock %}",
            "2:10: template-block-unknown: \"builtin/broadcast.html\" has no block \"fotter\", so this would not be shown",
        ),
        ("\n{% block footer %}x", "3:1: template-syntax: \"{% block footer %}\" is not closed"),
        (
            "{% block footer %}{% for l in links %}{% endblock %}",
            "2:19: template-syntax: \"{% for l in links %}\" is not closed",
        ),
        ("{% block footer %}{% endif %}{% endblock %}", "2:19: template-syntax: \"{% endif %}\" closes nothing"),
        (
            "{% block footer %}x{% endblock header %}",
            "2:32: template-syntax: block was named \"footer\" in the opening tag, found \"header\" as name in the end tag",
        ),
        (
            "{% block footer %}{{ week.title | uper }}{% endblock %}",
            "2:35: template-syntax: there is no filter \"uper\"",
        ),
        (
            "{% block footer %}{{ recipient.x | uper }}{% endblock %}",
            "2:36: template-syntax: there is no filter \"uper\"",
        ),
        (
            "{% block footer %}\n {% include \"gone.html\" %}{% endblock %}",
            "3:2: file-missing: there is no template \"templates/gone.html\"",
        ),
        (
            "{% block footer %}{% include \"broadcast.html\" %}{% endblock %}",
            "2:19: template-cycle: \"broadcast.html\" comes back to itself: \"broadcast.html\" -> \"broadcast.html\"",
        ),
        (
            "lost\nwords\n{% block footer %}x{% endblock %}",
            "2:1: template-syntax: this stands outside of the blocks, so it would not be shown",
        ),
    ] {
        assert_eq!(found(&[("broadcast.html", &format!("{EXTENDS}{own}"))]), [format!("broadcast.html:{expected}")]);
    }
}

#[test]
fn templates_that_lead_back_to_one_another_are_refused() {
    let footer = format!("{EXTENDS}{{% block footer %}}{{% include \"a.html\" %}}{{% endblock %}}");
    let found = found(&[
        ("broadcast.html", &footer),
        ("a.html", "{% if recipient.x %}{% include \"b.html\" %}{% endif %}"),
        ("b.html", "\n{% include \"a.html\" %}"),
    ]);
    let expected =
        "b.html:2:1: template-cycle: \"a.html\" comes back to itself: \"a.html\" -> \"b.html\" -> \"a.html\"";
    assert_eq!(found, [expected]);
}

#[test]
fn an_override_may_have_parents_blocks_in_blocks_and_includes_for_some_recipients() {
    let base =
        format!("{EXTENDS}{{# note #}}{{% block footer %}}{{% block mine %}}one{{% endblock %}}{{% endblock %}}");
    let own = "{% extends \"base.html\" %}{% block mine %}{% if recipient.x %}{% include \"a.html\" %}{% endif %}{% endblock %}";
    let sample = Sample::new()
        .file("templates/base.html", base.as_bytes())
        .file("templates/broadcast.html", own.as_bytes())
        .file("templates/a.html", b"<p>{{ recipient.x }}!</p>");
    assert!(parts(&sample.compiled(), &recipient(&[("x", "<A>")])).0.contains("<p>&lt;A&gt;!</p>"));
}
