//! Whole messages, read back by an independent reader.

mod law;

use chrono::{TimeZone as _, Utc};
use mail_parser::{MessageParser, MimeHeaders as _};

use crate::compose::error::ComposeError;
use crate::compose::header::Header;
use crate::compose::scan;
use crate::compose::{Composer, Stamp};
use crate::model::{
    Address, AttachedFile, Digest, DigestPart, Kind, Material, Merged, Message, Picture, Piece, Place, Recipient,
    Sender, Unsubscribe,
};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

fn sender() -> Sender {
    Sender {
        name: Some("Riverside Safeguarding Children Board".into()),
        address: Address::parse("learning@board.example").unwrap(),
        reply_to: Some((Some("Learning, Board".into()), Address::parse("answers@board.example").unwrap())),
        message_id_domain: "board.example".into(),
        unsubscribe: Some(Unsubscribe { mailto: Some("mailto:stop@board.example?subject=stop".into()), https: None }),
        place: Place::file("weekcast.toml"),
    }
}

fn recipient(name: Option<&str>) -> Recipient {
    Recipient {
        address: Address::parse("asha@school.example").unwrap(),
        lists: [].into(),
        fields: crate::model::Fields::default().with_name(name),
        kind: Kind::Individual,
        place: Place::file("recipients.toml"),
    }
}

fn attachment(name: &str, media_type: &str, bytes: &[u8]) -> AttachedFile {
    AttachedFile { name: name.into(), title: None, media_type: media_type.into(), bytes: bytes.into() }
}

fn material(pictures: usize, attachments: Vec<AttachedFile>) -> Material {
    let picture = |number| Picture {
        content_id: format!("p{number}@board.example"),
        file: format!("picture {number}.png"),
        name: format!("picture {number}.png"),
        media_type: "image/png",
        bytes: PNG.into(),
        width: 1,
        height: 1,
        alt: String::new(),
    };
    Material {
        html: vec!["<p>Dear ".into(), "</p>\n<p>caf\u{e9} = \u{201c}open\u{201d}</p>\n".into()],
        text: vec!["Dear ".into(), ",\n\n.hidden\nFrom here\n-- \nThe Board\n".into()],
        pictures: (0..pictures).map(picture).collect(),
        attachments,
        digest: Digest::over(vec![DigestPart::new("subject", b"s")]),
        lang: "en-GB".into(),
    }
}

fn merged(subject: &str, value: &str) -> Merged {
    let pieces = || vec![Piece::Fixed(0), Piece::Merged(value.into()), Piece::Fixed(1)];
    Merged { subject: subject.into(), html: pieces(), text: pieces() }
}

fn composer(material: &Material, sender: &Sender) -> Result<Composer, ComposeError> {
    Composer::new(material, &Header { sender, week_title: "CSE awareness week, 2027", week_name: "cse-week" })
}

fn compose(material: &Material, merged: &Merged, name: Option<&str>) -> Result<Message, ComposeError> {
    let stamp = Stamp {
        message_id: "abc.20270315@board.example",
        date: Utc.with_ymd_and_hms(2027, 3, 29, 7, 30, 0).unwrap(),
        zone: chrono_tz::Europe::London,
        in_reply_to: None,
    };
    composer(material, &sender())?.compose(merged, &recipient(name), &stamp)
}

fn header_of(message: &Message) -> String {
    let text = String::from_utf8(message.bytes.clone()).unwrap();
    text.split_once("\r\n\r\n").unwrap().0.to_owned()
}

fn assert_clean(message: &Message) {
    scan::octets(&message.bytes).unwrap();
    let text = std::str::from_utf8(&message.bytes).unwrap();
    scan::header(&text.as_bytes()[..text.find("\r\n\r\n").unwrap() + 4]).unwrap();
    assert!(text.lines().all(|line| line.len() <= 78), "{text}");
    assert!(text.ends_with("--\r\n"));
}

#[test]
fn the_header_is_what_it_should_be() {
    let message = compose(&material(0, Vec::new()), &merged("Monday: training", "Asha"), Some("Asha Example")).unwrap();
    let expected = "From: Riverside Safeguarding Children Board <learning@board.example>\r\n\
        Reply-To: \"Learning, Board\" <answers@board.example>\r\n\
        To: Asha Example <asha@school.example>\r\n\
        Subject: Monday: training\r\n\
        Date: Mon, 29 Mar 2027 08:30:00 +0100\r\n\
        Message-ID: <abc.20270315@board.example>\r\n\
        MIME-Version: 1.0\r\n\
        List-Id: \"CSE awareness week, 2027\"\r\n <cse-week.board.example>\r\n\
        List-Unsubscribe: <mailto:stop@board.example?subject=stop>\r\n\
        Precedence: bulk\r\n\
        X-Auto-Response-Suppress: OOF, AutoReply\r\n\
        Content-Type: multipart/alternative;\r\n boundary=\"=_alternative_";
    assert_eq!(&header_of(&message)[..expected.len()], expected);
    assert_eq!(message.envelope.reverse_path.as_str(), "learning@board.example");
    assert_eq!(message.envelope.forward_path.as_str(), "asha@school.example");
}

#[test]
fn a_correction_is_threaded() {
    let material = material(0, Vec::new());
    let stamp = Stamp {
        message_id: "b@board.example",
        date: Utc.with_ymd_and_hms(2027, 1, 4, 8, 0, 0).unwrap(),
        zone: chrono_tz::Europe::London,
        in_reply_to: Some("a@board.example"),
    };
    let composer = composer(&material, &sender()).unwrap();
    let message = composer.compose(&merged("s", "v"), &recipient(None), &stamp).unwrap();
    let header = header_of(&message);
    assert!(header.contains("\r\nDate: Mon, 04 Jan 2027 08:00:00 +0000\r\n"), "{header}");
    assert!(header.contains("\r\nIn-Reply-To: <a@board.example>\r\nReferences: <a@board.example>\r\n"), "{header}");
    let hostile = Stamp { message_id: "b@board.example>\r\nBcc: <c@d.example", ..stamp };
    assert!(matches!(
        composer.compose(&merged("s", "v"), &recipient(None), &hostile),
        Err(ComposeError::Identifier { field: "Message-ID", .. })
    ));
}

#[test]
fn each_shape_reads_back_whole() {
    let long_name = format!("{} \u{2013} plan.pdf", "caf\u{e9}".repeat(20));
    let files = || {
        vec![
            attachment("flow-chart.pdf", "application/pdf", &[7; 1000]),
            attachment(&long_name, "application/pdf", b"%PDF"),
            attachment("day.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n"),
        ]
    };
    for (pictures, attachments, levels) in [
        (0, Vec::new(), &["alternative"][..]),
        (2, Vec::new(), &["alternative", "related"]),
        (0, files(), &["mixed", "alternative"]),
        (2, files(), &["mixed", "alternative", "related"]),
    ] {
        let material = material(pictures, attachments);
        let merged = merged("Caf\u{e9} \u{2013} Tuesday", "Zo\u{eb} & .Co");
        let message = compose(&material, &merged, Some("Zo\u{eb} \"Z\" O'Neill, DSL")).unwrap();
        assert_clean(&message);
        let read = MessageParser::default().parse(&message.bytes).unwrap();
        assert_eq!(read.subject(), Some("Caf\u{e9} \u{2013} Tuesday"));
        let to = read.to().unwrap().first().unwrap();
        assert_eq!(to.name(), Some("Zo\u{eb} \"Z\" O'Neill, DSL"));
        assert_eq!(to.address(), Some("asha@school.example"));
        let lines = |text: &str| text.replace("\r\n", "\n");
        assert_eq!(lines(&read.body_text(0).unwrap()), merged.text(&material));
        assert_eq!(lines(&read.body_html(0).unwrap()), merged.html(&material));
        let kind = |part: &mail_parser::MessagePart<'_>| {
            let kind = part.content_type().filter(|kind| kind.ctype() == "multipart")?;
            kind.subtype().map(str::to_owned)
        };
        assert_eq!(read.parts.iter().filter_map(kind).collect::<Vec<_>>(), levels);
        let inline = read.parts.iter().filter(|part| part.content_id().is_some());
        for (part, picture) in inline.zip(&material.pictures) {
            assert_eq!(part.content_id(), Some(picture.content_id.as_str()));
            assert_eq!((part.attachment_name(), part.contents()), (Some(picture.name.as_str()), PNG));
            assert!(part.content_disposition().unwrap().is_inline());
        }
        assert_eq!(read.parts.iter().filter(|part| part.content_id().is_some()).count(), pictures);
        let attached = read.parts.iter().filter(|part| part.content_disposition().is_some_and(|d| d.is_attachment()));
        let attached: Vec<_> = attached.map(|part| (part.attachment_name().unwrap(), part.contents())).collect();
        let expected: Vec<_> = material.attachments.iter().map(|file| (file.name.as_str(), &file.bytes[..])).collect();
        assert_eq!(attached, expected);
    }
}

#[test]
fn hostile_values_are_refused_and_never_panic() {
    let plain = material(0, Vec::new());
    for (subject, name, field) in [
        ("a\r\nBcc: b@c.example", "n", "subject"),
        ("a\0", "n", "subject"),
        ("s", "a\nb", "recipient's name"),
        ("s", "a\u{202e}b", "recipient's name"),
    ] {
        assert_eq!(compose(&plain, &merged(subject, "v"), Some(name)).err(), Some(ComposeError::Control(field)));
    }
    assert_eq!(compose(&plain, &merged("  ", "v"), None).err(), Some(ComposeError::Empty("subject")));
    let mut astray = merged("s", "v");
    astray.html.push(Piece::Fixed(9));
    assert_eq!(compose(&plain, &astray, None).err(), Some(ComposeError::Piece { part: "HTML", index: 9 }));
    let mut picture = material(1, Vec::new());
    picture.pictures[0].content_id = "p>\r\nBcc: x@y".into();
    assert!(matches!(compose(&picture, &merged("s", "v"), None), Err(ComposeError::Identifier { .. })));
    let mut from = sender();
    from.message_id_domain = "board.example>\r\nBcc: x".into();
    assert!(matches!(composer(&plain, &from), Err(ComposeError::Domain(_))));
    from.message_id_domain = "board.example".into();
    from.unsubscribe =
        Some(Unsubscribe { mailto: None, https: Some(format!("https://b.example/{}", "x".repeat(2000))) });
    assert_eq!(
        composer(&plain, &from).and_then(|c| {
            let stamp = Stamp {
                message_id: "m@b",
                date: Utc.timestamp_opt(0, 0).unwrap(),
                zone: chrono_tz::UTC,
                in_reply_to: None,
            };
            c.compose(&merged("s", "v"), &recipient(None), &stamp)
        }),
        Err(ComposeError::Flaw(scan::Flaw::LongLine))
    );
}

#[test]
fn too_large_is_refused_before_and_after_merging() {
    let large = material(0, vec![attachment("a.pdf", "application/pdf", &vec![0; 15_000_000])]);
    assert!(
        matches!(composer(&large, &sender()).err(), Some(ComposeError::TooLarge { size, .. }) if size > 20_000_000)
    );
    let value = "\u{e9}".repeat(2_000_000);
    let small = material(0, Vec::new());
    assert!(matches!(compose(&small, &merged("s", &value), None), Err(ComposeError::TooLarge { .. })));
}

#[test]
fn the_same_input_gives_the_same_octets() {
    let make = || compose(&material(1, vec![attachment("a.pdf", "application/pdf", b"x")]), &merged("s", "v"), None);
    assert_eq!(make().unwrap().bytes, make().unwrap().bytes);
}

/// Writes real messages below the folder for temporary files, for reading them with other programs:
/// `cargo test --lib writes_samples -- --ignored`.
#[test]
#[ignore = "writes files for other readers"]
fn writes_samples() {
    let folder = std::env::temp_dir().join("weekcast-compose-samples");
    std::fs::create_dir_all(&folder).unwrap();
    let pdf: &[u8] = include_bytes!("../../../../broadcasts/cse-awareness-week/flow-chart.pdf");
    let mut material = material(
        1,
        vec![
            attachment("caf\u{e9} \u{2013} the plan of the whole week for every school.pdf", "application/pdf", pdf),
            attachment("day.csv", "text/csv", "a,caf\u{e9}\r\n".as_bytes()),
        ],
    );
    material.pictures[0].bytes = include_bytes!("../../../../broadcasts/cse-awareness-week/logo.png")[..].into();
    material.html[0] = "<!DOCTYPE html>\n<html lang=\"en-GB\"><title>Caf\u{e9}</title><body><p>Dear ".into();
    material.html[1] = "</p><p><img src=\"cid:p0@board.example\" alt=\"The Board\"></p></body></html>\n".into();
    material.text[1] = ",\n\n[Image: The Board]\n".into();
    for (name, subject, who) in [
        ("plain.eml", "Monday: training and guidance", Some("Asha Example")),
        (
            "accents.eml",
            "Caf\u{e9}, folded over more than one line of the header by its length",
            Some("Zo\u{eb}, \"Z\""),
        ),
    ] {
        let message = compose(&material, &merged(subject, "Zo\u{eb}"), who).unwrap();
        std::fs::write(folder.join(name), message.bytes).unwrap();
    }
}
