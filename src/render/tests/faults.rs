//! What the officer is told, and where.

use crate::model::Findings;
use crate::render::tests::sample::{PNG, Sample, located, recipient, shown};

#[test]
fn faults_of_a_body_are_shown_at_their_own_line_and_column() {
    for (body, expected) in [
        (
            "Dear <b>all</b>",
            vec!["3:6: raw-html: HTML is not taken into a message", "3:12: raw-html: HTML is not taken into a message"],
        ),
        ("one\n\n<div>\nx\n</div>", vec!["5:1: raw-html: HTML is not taken into a message"]),
        ("a [x](javascript:alert(1))", vec!["3:3: link-scheme: \"javascript:\" is not followed in mail"]),
        ("a [x](page.html)", vec!["3:3: link-scheme: \"page.html\" leads nowhere from a message"]),
        ("![](poster.png)", vec!["3:1: picture-alt: the picture has no alternative text"]),
        ("é ![a](psoter.png)", vec!["3:3: file-missing: there is no file \"psoter.png\" in broadcasts/w/"]),
        ("![a](../../x.png)", vec!["3:1: file-outside: \"../../x.png\" leads out of the week's folder"]),
        (
            "![a](https://x.example/a.png)",
            vec!["3:1: file-outside: \"https://x.example/a.png\" is on the web, not in the week's folder"],
        ),
        ("![a](chart.pdf)", vec!["3:1: file-type: \"chart.pdf\" is no PNG, JPEG or GIF picture"]),
        ("![a](my poster.png)", vec!["3:1: file-missing: there is no file \"my poster.png\" in broadcasts/w/"]),
        ("> [!URGENT]\n> x", vec!["3:3: leftover-mark: the mark \"[!\" would be shown as it is"]),
        ("a ** b **", vec!["3:3: leftover-mark: the mark \"**\" would be shown as it is"]),
        ("a \\*\\* b", vec![]),
        (":::note\nx", vec!["3:1: leftover-mark: the mark \":::\" would be shown as it is"]),
        ("a }} b", vec!["3:3: leftover-mark: the mark \"}}\" would be shown as it is"]),
        ("one **Note:**two", vec!["3:12: leftover-mark: the mark \"**\" would be shown as it is"]),
        ("##Where", vec!["3:1: leftover-mark: the mark \"##\" would be shown as it is"]),
        ("- a\n\n#What to look for", vec!["5:1: leftover-mark: the mark \"#\" would be shown as it is"]),
        ("[a] (https://x.example)", vec!["3:3: leftover-mark: the mark \"] (\" would be shown as it is"]),
        ("| a | b |", vec!["3:1: leftover-mark: the mark \"|\" would be shown as it is"]),
        (
            "a\n\n[1]: https://x.example",
            vec!["5:1: leftover-mark: no link uses this address, so that \"1\" would be missing"],
        ),
        ("2 * 3 * 4, C#, snake_case__name, a*, #SaferInternetDay, f***, Name: _____", vec![]),
        (
            "•\tone **\u{F0E0}**",
            vec!["3:9: pasted-character: this is a sign of a symbol font, which others see as an empty box"],
        ),
        ("a \u{FFFC}", vec!["3:3: pasted-character: a picture or object was pasted here and did not come along"]),
        ("**Where to go**\n\nx", vec!["3:1: fake-heading: bold words stand here in place of a heading"]),
        ("**Call 999 now.**\n\n**Call** 101", vec![]),
        (
            "  a) x\n  b) y",
            vec!["3:3: lettered-list: a list with letters stays as it is typed: screen readers do not see a list"],
        ),
        ("a\tb\nc\td\ne\tf", vec!["3:2: tab-columns: columns that are set with tabs run together in a message"]),
        ("|a|\n|-|\n|b|c|", vec!["5:3: table-row: the row has 2 cells, the head of the table only 1"]),
        ("> [!NOTE]\n\nx", vec!["3:1: blank: the box is empty"]),
        ("a\n\n##", vec!["5:1: blank: the heading has no words"]),
        ("> [!LANG welsh]\n> x", vec!["3:3: bad-language: \"welsh\" is no language tag"]),
        ("a [x](lang:cy_GB)", vec!["3:3: bad-language: \"cy_GB\" is no language tag"]),
        ("[x](“https://x.example”)", vec!["3:1: link-scheme: curly quotation marks stand in the address"]),
        ("{{ week.titel }}", vec!["3:9: template-field: \"week\" has no \"titel\""]),
        ("{% if week.titel %}x{% endif %}", vec!["3:12: template-field: \"week\" has no \"titel\""]),
        ("{{ previous.theme }}", vec!["3:4: template-field: there is no \"previous\" here"]),
        (
            "{% if next %}a\n\nb{% endif %}",
            vec![
                "3:1: template-block: this \"if\" has its counterpart in another paragraph, item or cell",
                "5:2: template-block: this \"endif\" has its counterpart in another paragraph, item or cell",
            ],
        ),
        (
            "[x]({{ week.title }})",
            vec!["3:5: link-scheme: the value at the beginning of this link's address is no web or e-mail address"],
        ),
        ("[](https://x.example)", vec!["3:1: link-text: the link has no words"]),
    ] {
        let found: Vec<String> = Sample::new().body(body).findings();
        let expected: Vec<String> = expected.into_iter().map(str::to_owned).collect();
        // Repeated reports of one fault (HTML part and text part) are one finding.
        assert_eq!(found, expected, "{body}");
    }
}

#[test]
fn all_faults_are_found_in_one_pass() {
    let mut sample = Sample::new().body("<i>x</i>\n\n{{ week.titel }}").subject("{{ broadcst.theme }}");
    sample.week.intro = Some(located("![](poster.png)"));
    sample.week.broadcasts[0].theme = located("**Signs**");
    let rules: Vec<String> = sample.findings();
    let expected =
        ["picture-alt", "3:4: template-field", "leftover-mark", "5:9: template-field", "3:1: raw", "3:5: raw"];
    assert_eq!(rules.len(), 6, "{rules:?}");
    for rule in expected {
        assert!(rules.iter().any(|found| found.contains(rule)), "{rule}: {rules:?}");
    }
}

#[test]
fn attachments_are_what_they_say() {
    let locked: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let locked = [b"\xD0\xCF\x11\xE0", &locked[..]].concat();
    for (file, bytes, name, rule) in [
        ("a.pdf", &b"%PDF-1.7"[..], None, None),
        ("a.docx", &locked, None, None),
        ("a.doc", b"\xD0\xCF\x11\xE0", None, None),
        ("a.docx", b"\xD0\xCF\x11\xE0", None, Some("file-type")),
        ("a.jpg", PNG, None, Some("file-kind")),
        ("a", b"%PDF-1.7", None, Some("file-kind")),
        ("a.txt", b"%PDF-1.7", None, Some("file-kind")),
        ("a.doc.pdf", b"%PDF-1.7", None, Some("file-endings")),
        ("a.pdf", b"<html>", None, Some("file-type")),
        ("a.pdf", b"", None, Some("file-type")),
        ("a.exe", b"x", None, Some("file-type")),
        ("a.pdf", b"%PDF-1.7", Some("a.pdf.exe"), Some("file-type")),
        ("a.pdf", b"%PDF-1.7", Some("b.docx"), Some("file-name")),
        ("a.pdf", b"%PDF-1.7", Some("a/b.pdf"), Some("file-name")),
    ] {
        let sample = Sample::new().file(&format!("broadcasts/w/{file}"), bytes).attach(file, name);
        let found = sample.findings();
        assert_eq!(found.len(), usize::from(rule.is_some()), "{file} {name:?}: {found:?}");
        assert!(rule.is_none_or(|rule| found[0].contains(rule)), "{found:?}");
    }
    let twice = Sample::new().attach("chart.pdf", None).attach("chart.pdf", None);
    assert!(twice.findings()[0].contains("two attachments"));
    let misnamed = Sample::new().file("broadcasts/w/a.jpg", PNG).body("![a](a.jpg)");
    assert!(misnamed.findings()[0].contains("file-kind"));
}

#[test]
fn a_field_that_somebody_lacks_is_one_finding_with_the_rows() {
    let compiled = Sample::new().body("Hi {{ recipient.first_name }}").compiled();
    let (has, lacks) = (recipient(&[("first_name", "Asha")]), recipient(&[]));
    let mut findings = Findings::new();
    let all = [has.clone(), lacks.clone(), lacks.clone(), lacks.clone(), lacks.clone()];
    compiled.check(&all.into_iter().collect(), &mut findings);
    let found = findings.sorted();
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].message, "4 recipients have no \"first_name\"");
    assert_eq!(found[0].place.line_column(), (3, 17));
    assert_eq!(found[0].labels.len(), 3);
    assert_eq!(found[0].labels[0].place.line_column(), (2, 1));
    assert!(found[0].help.as_ref().unwrap().contains("{{ recipient.first_name or \"colleague\" }}"));
    assert!(compiled.merge(&lacks).is_err() && compiled.merge(&has).is_ok());
}

#[test]
fn a_misspelt_field_is_found_behind_a_default_and_in_a_condition() {
    for body in ["{{ recipient.frist_name or \"you\" }}", "{% if recipient.frist_name %}x{% endif %}"] {
        let mut findings = Findings::new();
        Sample::new()
            .body(body)
            .compiled()
            .check(&std::iter::once(recipient(&[("first_name", "Asha")])).collect(), &mut findings);
        let help = findings.iter().next().and_then(|finding| finding.help.clone());
        assert_eq!(help.as_deref(), Some("did you mean \"first_name\"?"), "{body}");
        assert_eq!(findings.warnings(), 1);
    }
    let mut findings = Findings::new();
    let none = Sample::new().body("{{ recipient.frist_name }}").compiled();
    none.check(&std::iter::once(recipient(&[("first_name", "Asha")])).collect(), &mut findings);
    assert_eq!(shown(findings), ["3:14: merge-field: no recipient has \"frist_name\""]);
    // Beside another fault of the same text, in the same pass.
    let mut findings = Findings::new();
    let torn = Sample::new().body("{{ recipient.frist_name }} {{ week.titel }}").compile_day(0, &mut findings);
    torn.unwrap().check(&std::iter::once(recipient(&[("first_name", "Asha")])).collect(), &mut findings);
    assert_eq!(
        shown(findings),
        ["3:14: merge-field: no recipient has \"frist_name\"", "3:36: template-field: \"week\" has no \"titel\""]
    );
}
