//! What holds for any subject, name and value: the message is refused, or everything comes back from it.

use mail_parser::{MessageParser, MimeHeaders as _};
use proptest::prelude::{Strategy, any, prop, proptest};
use proptest::{prop_assert, prop_assert_eq, prop_oneof};

use crate::compose::composer::tests::{assert_clean, attachment, compose, material, merged};
use crate::compose::safe_file_name;

/// Words, quotation marks, brackets, what looks encoded, other scripts and emoji; now and then a control or an override of
/// the reading direction, and up to 10,000 letters.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        8 => "[ -~\u{a1}-\u{2fff}\u{1f300}-\u{1f6ff}]{0,200}",
        4 => "[\"\\\\'%;=?*<>(),@ a\u{e9}\u{1f9d1}\u{200d}]{0,60}",
        2 => "=\\?utf-8\\?[qb]\\?[ -~]{0,40}\\?=",
        2 => "[a-z\u{202e}\u{2066}\u{2028}\u{0}-\u{1f}\u{7f}\u{85}]{0,12}",
        1 => "[a-z]{9000,10000}",
        1 => "[a-z\u{e9}\u{1f300}-\u{1f6ff} ]{4000,5000}",
    ]
}

/// Characters that may stand in no field of the header.
fn hidden(text: &str) -> bool {
    text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
}

proptest! {
    #[test]
    fn any_names_subjects_and_values_round_trip(
        subject in text(),
        name in text(),
        file in text(),
        value in any::<String>(),
        pictures in prop::bool::ANY,
    ) {
        let material = material(usize::from(pictures), vec![attachment(&file, "application/pdf", b"%PDF")]);
        let Ok(message) = compose(&material, &merged(&subject, &value), Some(&name)) else {
            prop_assert!(subject.trim().is_empty() || hidden(subject.trim()) || hidden(name.trim()) || hidden(&file));
            return Ok(());
        };
        assert_clean(&message);
        let read = MessageParser::default().parse(&message.bytes).unwrap();
        prop_assert_eq!(read.subject(), Some(subject.trim()));
        prop_assert_eq!(read.to().unwrap().iter().count(), 1);
        let to = read.to().unwrap().first().unwrap();
        prop_assert_eq!(to.address(), Some("asha@school.example"));
        prop_assert_eq!(to.name().unwrap_or_default(), name.trim());
        let lines = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n");
        prop_assert_eq!(lines(&read.body_text(0).unwrap()), lines(&merged(&subject, &value).text(&material)));
        let attached = read.parts.iter().find(|part| part.content_disposition().is_some_and(|d| d.is_attachment()));
        let expected = safe_file_name(&file);
        prop_assert_eq!(attached.unwrap().attachment_name(), Some(expected.as_str()));
    }
}
