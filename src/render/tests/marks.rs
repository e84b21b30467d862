//! Corrections and proofs: the mark before the subject, the banner, and what stays away.

use crate::model::{Correction, Findings, Link, Place};
use crate::render::tests::sample::{Sample, located, parts, recipient, shown};

fn correction() -> Correction {
    Correction {
        wrong: Some(located("The course is on **15 March**.")),
        right: Some(located("It is on 22 March, {{ recipient.first_name or \"colleague\" }}.")),
        summary: None,
        body: Some(located("## Why\n\nThe room was changed.")),
        links: vec![Link { text: located("Courses"), url: located("https://x.example/c"), note: None }],
        attachments: Vec::new(),
        repeat: false,
        place: Place::file("correction.toml"),
    }
}

/// The full sample week with a correction of its first day.
fn corrected(correction: Correction) -> Sample {
    let mut sample = Sample::new().full();
    let subject = located("Online safety week: Signs");
    sample.week = correction.in_place_of(&sample.week, 0, subject);
    sample.correction = Some(correction);
    sample
}

#[test]
fn a_correction_says_what_was_wrong_and_what_is_right_and_nothing_else_of_the_day() {
    let compiled = corrected(correction()).compiled();
    let merged = compiled.merge(&recipient(&[("first_name", "Asha")])).unwrap();
    assert_eq!(merged.subject, "Correction: Online safety week: Signs");
    assert_eq!(compiled.preheader(), "Correction: Signs");
    let (html, text) = parts(&compiled, &recipient(&[]));
    for part in [&html, &text] {
        assert!(part.contains("This corrects our message of Friday 12 March 2027."), "{part}");
        assert!(part.contains("It is on 22 March, colleague."), "{part}");
        assert!(part.contains("The room was changed.") && part.contains("https://x.example/c"), "{part}");
        assert!(part.contains("You receive this because you were sent the message that it corrects"), "{part}");
        for gone in ["Plain words.", "Look out for", "Thank you.", "Welcome to", "x.example/all", "Guidance"] {
            assert!(!part.contains(gone), "{gone}: {part}");
        }
    }
    assert!(html.contains("<td class=\"warning txt\"") && html.contains("<strong>15 March</strong>"));
    let banner = text.find("Correction\n==").or_else(|| text.find("Correction\n--")).unwrap();
    assert!(banner < text.find("Signs").unwrap(), "the banner is at the top: {text}");
}

#[test]
fn the_day_s_broadcast_follows_where_it_is_repeated() {
    let (html, text) = corrected(Correction { repeat: true, ..correction() }).parts();
    for part in [html, text] {
        let at = |words: &str| part.find(words).unwrap_or_else(|| panic!("{words}: {part}"));
        assert!(at("The room was changed.") < at("The message as it now stands"));
        assert!(at("The message as it now stands") < at("Welcome to"));
        assert!(at("Welcome to") < at("Plain words.") && at("Plain words.") < at("Thank you."));
        assert!(!part.contains("Look out for"));
    }
}

#[test]
fn lists_and_time_are_no_part_of_a_correction_and_each_of_its_words_is() {
    let sample = corrected(correction());
    let digest = sample.compiled().material().digest.clone();
    let mut later = corrected(correction());
    later.week.lists.clear();
    assert_eq!(later.compiled().material().digest, digest);
    let changed = Correction { wrong: Some(located("The course is on 16 March.")), ..correction() };
    let other = corrected(changed).compiled().material().digest.clone();
    assert_eq!(other.changed(&digest.parts), ["wrong"]);
}

#[test]
fn a_layout_that_does_not_show_it_is_a_finding() {
    let own = "{{ subject }}{% if body %}{{ body }}{% endif %}";
    let sample = corrected(correction()).file("templates/broadcast.txt", own.as_bytes());
    let mut findings = Findings::new();
    assert!(!sample.compile_day(0, &mut findings).unwrap().is_sound());
    assert_eq!(shown(findings), ["1:1: template-mark: this template does not show what a correction says"]);
    let mut sample = Sample::new().file("templates/broadcast.txt", own.as_bytes());
    sample.is_proof = true;
    assert_eq!(sample.findings(), ["1:1: template-mark: this template does not show that a message is a proof"]);
}

#[test]
fn a_proof_is_the_day_with_a_line_at_the_top() {
    let plain = Sample::new().full().parts();
    let mut sample = Sample::new().full();
    sample.is_proof = true;
    let compiled = sample.compiled();
    assert_eq!(compiled.merge(&recipient(&[])).unwrap().subject, "[Proof] Online safety week: Signs");
    let (html, text) = parts(&compiled, &recipient(&[]));
    let line = "This is a proof of the message of Friday 12 March 2027, for you to read. Nobody else got it.";
    assert!(html.contains(line), "{html}");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains(&format!("*** {line} ***")), "{text}");
    assert!(text.contains("Look out for") && plain.1.contains("Look out for"));
    sample.week.lang = "cy-GB".into();
    let merged = sample.compile_day(0, &mut Findings::new()).unwrap().merge(&recipient(&[])).unwrap();
    assert_eq!(merged.subject, "[Proflen] Online safety week: Signs");
}
