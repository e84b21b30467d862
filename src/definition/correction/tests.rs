//! Files of corrections, good and bad.

use crate::definition::{CorrectionFile, load_correction};
use crate::document::{ProjectFolder, sample_week};
use crate::model::{Correction, Findings};

/// What comes of a file of this name, with each finding as `line:column: rule: message`.
fn read(name: &str, text: &str) -> (Option<Correction>, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(folder.path().join("broadcasts/week")).unwrap();
    std::fs::write(folder.path().join("broadcasts/week/more.md"), "More words.\n").unwrap();
    std::fs::write(folder.path().join(name), text).unwrap();
    let project = ProjectFolder::at(folder.path());
    let mut week =
        sample_week("[week]\ntitle = \"A week\"\nlists = [\"a\"]\n[[broadcast]]\ntheme = \"T\"\nbody = \"B\"\n");
    week.folder = "broadcasts/week".into();
    let file = CorrectionFile { folder: project.clone(), path: name.into(), shown: name.into() };
    let mut findings = Findings::new();
    let correction = load_correction(&file, &project, &week, &mut findings);
    let shown = findings.sorted().into_iter().map(|one| {
        let (line, column) = one.place.line_column();
        format!("{line}:{column}: {}: {}", one.rule, one.message)
    });
    (correction, shown.collect())
}

#[test]
fn toml_says_what_was_wrong_and_what_is_right() {
    let text = "wrong = \"The **date**.\"\nright = '22 March.'\nsummary = \"Another date.\"\nbody_file = \"more.md\"\n\
                repeat = true\nlinks = [{ text = \"Courses\", url = \"https://board.example/c\" }]\n\
                [[attachments]]\nfile = \"chart.pdf\"\n";
    let (correction, findings) = read("c.toml", text);
    assert_eq!(findings, Vec::<String>::new());
    let correction = correction.unwrap();
    let value = |text: &Option<crate::model::Text>| text.as_ref().map(|text| text.value().trim().to_owned());
    assert_eq!(value(&correction.wrong).as_deref(), Some("The **date**."));
    assert_eq!(value(&correction.right).as_deref(), Some("22 March."));
    assert_eq!(value(&correction.body).as_deref(), Some("More words."));
    assert_eq!((correction.links.len(), correction.attachments.len(), correction.repeat), (1, 1, true));
}

#[test]
fn markdown_is_the_correction_as_it_stands() {
    let (correction, findings) = read("c.md", "The date was wrong.\r\n\r\nIt is 22 March.\r\n");
    assert_eq!(findings, Vec::<String>::new());
    let correction = correction.unwrap();
    assert!(correction.wrong.is_none() && correction.right.is_none() && !correction.repeat);
    assert_eq!(correction.body.unwrap().value(), "The date was wrong.\n\nIt is 22 March.\n");
}

#[test]
fn every_fault_is_said_at_its_place_in_one_pass() {
    for (name, text, expected) in [
        (
            "c.toml",
            "wrnog = \"a\"\nright = \" \"\nsumary = \"b\"\nrepeat = \"yes\"\n",
            &[
                "1:1: unknown-key: unknown key `wrnog` in the file",
                "2:9: blank: `right` is blank",
                "3:1: unknown-key: unknown key `sumary` in the file",
                "4:10: wrong-type: `repeat` is a string, but should be true or false",
            ][..],
        ),
        ("c.toml", "wrong = \"a\"\n", &["1:1: missing-key: the file has no `right`"]),
        (
            "c.toml",
            "wrong = \"a\"\nright = \"b\"\nbody = \"c\"\nbody_file = \"more.md\"\n",
            &["4:1: body-twice: the correction has both `body` and `body_file`"],
        ),
        (
            "c.toml",
            "wrong = \"a\"\nright = \"b\"\nbody_file = \"../../c.toml\"\n",
            &["3:13: file-outside: \"broadcasts/week/../../c.toml\" leads out of the project folder"],
        ),
        ("c.md", " \n\n", &["1:1: blank: c.md is blank"]),
        ("c.md", "A hidden \u{2028}word\n", &["1:10: hidden-character: `correction` holds a line separator (U+2028)"]),
        ("c.docx", "PK", &["1:1: file-type: \"c.docx\" is neither Markdown (.md, .txt) nor TOML (.toml)"]),
    ] {
        let (correction, findings) = read(name, text);
        assert_eq!(findings, expected, "{text:?}");
        assert!(correction.is_none(), "{text:?}");
    }
}
