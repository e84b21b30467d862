//! Whole outputs against files that can be opened. `WEEKCAST_BLESS=1` in the build environment rewrites them.

use crate::render::tests::sample::Sample;

const BODY: &str = "# Three things\n\nFirst line\nsecond line, with a [link](https://x.example/a) and www.x.example/b.\n\n1. One\n2. Two\n   - *inner*\n\n• pasted\n• from Word\n\n> [!WARNING]\n> Call **999**.\n\n#### Deep\n\n| Who | Number |\n|---|--:|\n| Childline | 0800 1111 |\n\n---\n\n[Book a place](https://x.example/book \"button\")\n\n![A poster](poster.png)\n";

fn golden(name: &str, got: &str) {
    let path = format!("{}/src/render/testdata/{name}", env!("CARGO_MANIFEST_DIR"));
    if option_env!("WEEKCAST_BLESS").is_some() {
        std::fs::write(&path, got).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(got == expected, "{name} differs; got:\n{got}");
}

#[test]
fn a_full_day_is_as_in_the_files() {
    let (html, text) = Sample::new().full().attach("chart.pdf", Some("flow-chart.pdf")).body(BODY).parts();
    golden("full.html", &html);
    golden("full.txt", &text);
}

#[test]
fn the_teaser_follows_the_calendar() {
    let sample = Sample::new();
    let text = |day| {
        let compiled = sample.compile_day(day, &mut crate::model::Findings::new()).unwrap();
        compiled.merge(&crate::render::tests::sample::recipient(&[])).unwrap().text(compiled.material())
    };
    assert!(text(0).contains("| Look out for the next broadcast, on Monday 15 March: Training\n| What to learn.\n"));
    assert!(text(1).contains("| Look out for tomorrow's broadcast: Help\n"));
    assert!(!text(2).contains("Look out"));
}

#[test]
fn the_text_part_keeps_its_form() {
    let (_, text) = Sample::new().full().body(BODY).parts();
    for line in text.lines() {
        assert!(line.chars().count() <= 72 || line.contains("https://"), "{line}");
        assert!(line == line.trim_end() && !line.contains(['\t', '\u{a0}']), "{line:?}");
    }
    assert!(!text.contains("\n\n\n\n"));
}

#[test]
fn a_picture_used_twice_is_one_part() {
    let compiled = Sample::new().full().body("![a](poster.png)\n\n![b](poster.png)").compiled();
    let pictures = &compiled.material().pictures;
    assert_eq!(pictures.len(), 1);
    assert!(pictures[0].content_id.ends_with(".poster.png@board.example"));
}
