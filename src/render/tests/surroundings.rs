//! What stands around the officer's text: fixed words, the day's place in the week, the awareness day, the colour.

use crate::model::{AwarenessDay, Findings, Place};
use crate::render::tests::sample::{Sample, located, parts, recipient, shown};

fn of_day(sample: &Sample, day: usize) -> (String, String) {
    parts(&sample.compile_day(day, &mut Findings::new()).unwrap(), &recipient(&[]))
}

#[test]
fn fixed_words_of_another_language_are_english_and_say_so() {
    let mut sample = Sample::new().full();
    sample.week.lang = "fr".into();
    let mut findings = Findings::new();
    let compiled = sample.compile_day(0, &mut findings).unwrap();
    assert!(compiled.is_sound());
    let found = shown(findings);
    assert_eq!(found, ["1:1: fixed-words: the fixed words of a message stay English in a week in \"fr\""]);
    let (html, text) = parts(&compiled, &recipient(&[]));
    for words in ["Day 1 of 3", "Links", "E-mail", "You receive this because you are on a distribution list of"] {
        assert!(html.contains(&format!("<span lang=\"en\">{words}</span>")), "{words}: {html}");
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("<span"));
}

#[test]
fn words_of_the_week_s_own_language_are_not_marked() {
    for (lang, words) in [("en-GB", "Links"), ("cy", "Dolenni")] {
        let mut sample = Sample::new().full();
        sample.week.lang = lang.into();
        let (html, text) = sample.parts();
        assert!(html.contains(&format!(">{words}</h2>")) && text.contains(words), "{html}");
        assert!(!html.contains("<span lang="), "{html}");
    }
}

#[test]
fn the_awareness_day_is_named_on_the_day_itself() {
    let mut sample = Sample::new();
    let date = chrono::NaiveDate::from_ymd_opt(2027, 3, 15).unwrap();
    let name = located("Example <Awareness> Day");
    sample.week.awareness_day = Some(AwarenessDay { name, date: (date, Place::file("broadcasts/w.toml")) });
    for (day, is_there) in [(0, false), (1, true), (2, false)] {
        let (html, text) = of_day(&sample, day);
        assert_eq!(html.contains("Today is <strong>Example &lt;Awareness&gt; Day</strong>."), is_there, "{html}");
        assert_eq!(text.contains("\nToday is Example <Awareness> Day.\n"), is_there, "{text}");
    }
}

#[test]
fn the_row_of_days_marks_today() {
    let sample = Sample::new();
    for (day, row) in [
        (0, "[Fri 12]  Mon 15  Tue 16\n\nDay 1 of 3: Friday 12 March 2027\n"),
        (2, "Fri 12  Mon 15  [Tue 16]\n\nDay 3 of 3: Tuesday 16 March 2027\n"),
    ] {
        let (html, text) = of_day(&sample, day);
        assert!(text.contains(row), "{text}");
        // Twice over is once too much aloud.
        assert!(html.contains("<table role=\"presentation\" aria-hidden=\"true\""));
        assert_eq!(html.matches("<td width=\"46\"").count(), 3);
        assert_eq!(html.matches("<td width=\"46\" align=\"center\" bgcolor=").count(), 1);
    }
}

#[test]
fn the_organisation_s_colour_stands_in_the_header_and_what_goes_with_it_elsewhere() {
    let mut sample = Sample::new().body("[Go](https://x.example/ \"button\")");
    sample.organisation.colour = Some("#FFDD00".into());
    sample.organisation.website = Some("https://www.board.example/".into());
    let (html, text) = sample.parts();
    assert!(
        html.contains("bgcolor=\"#ffdd00\" style=\"padding:24px 24px 0 24px;background-color:#ffdd00;color:#000000;")
    );
    // White words on a yellow button could not be read.
    assert!(html.contains("class=\"btn\" bgcolor=\"#1d262b\""), "{html}");
    assert!(text.contains("\nWebsite:\nhttps://www.board.example/\n"), "{text}");
    assert!(html.contains("href=\"https://www.board.example/\""), "{html}");
}

#[test]
fn what_is_wider_than_a_telephone_may_be_broken() {
    let word = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogoch";
    let (html, text) = Sample::new().body(&format!("In {word} and www.x.example/{word}.")).parts();
    assert!(html.contains(&format!("line-break:anywhere;text-decoration:inherit;\">{word}</span>")), "{html}");
    assert!(
        html.contains(&format!(
            "line-break:anywhere;color:#00508f;text-decoration:underline;\">www.x.example/{word}</a>"
        ))
    );
    assert!(text.contains(&format!("\nhttps://www.x.example/{word}\n")), "{text}");
}
