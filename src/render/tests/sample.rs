//! A project with a week of three days, a picture and a PDF; each test changes what it is about.

use std::sync::Arc;
use std::time::Duration;

use chrono::{NaiveDate, TimeZone as _};
use chrono_tz::Europe::London;

use crate::document::ProjectFolder;
use crate::model::{
    Address, Attachment, Broadcast, Correction, Day, Findings, Kind, Link, ListName, Organisation, Phone, Place,
    Recipient, Resources, Sender, Signature, SourceFile, Text, Unsubscribe, Week,
};
use crate::render::{Compiled, Input, Mark, compile};

/// A 1 × 1 PNG.
pub(crate) const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

/// The project and everything that compiling takes.
pub(crate) struct Sample {
    folder: tempfile::TempDir,
    pub(crate) week: Week,
    pub(crate) organisation: Organisation,
    pub(crate) correction: Option<Correction>,
    pub(crate) is_proof: bool,
    pub(crate) sender: Sender,
    pub(crate) dates: [u32; 3],
}

/// A text that stands in `broadcasts/w.toml` from line 3 on, so that columns are those of the value.
pub(crate) fn located(value: &str) -> Text {
    let file = format!("[week]\nx = '''\n{value}'''\n");
    let source = SourceFile::new("broadcasts/w.toml", file.as_str());
    let start = file.find("'''\n").unwrap() + 4;
    Text::new(value.to_owned(), Place::new(&source, start - 4..file.len() - 1), vec![(0, start)])
}

impl Sample {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let own = folder.path().join("broadcasts/w");
        std::fs::create_dir_all(&own).unwrap();
        std::fs::write(own.join("poster.png"), PNG).unwrap();
        std::fs::write(own.join("chart.pdf"), b"%PDF-1.4\n").unwrap();
        let day = |theme: &str, summary: &str| Broadcast {
            date: None,
            at: None,
            theme: located(theme),
            summary: Some(located(summary)),
            subject: None,
            body: located("Plain words."),
            links: Vec::new(),
            attachments: Vec::new(),
            lists: None,
            dropped: None,
            place: Place::file("broadcasts/w.toml"),
        };
        let week = Week {
            name: "w".into(),
            source: SourceFile::new("broadcasts/w.toml", ""),
            folder: "broadcasts/w".into(),
            title: located("Online safety week"),
            timezone: London,
            schedule: None,
            starts: None,
            awareness_day: None,
            lists: vec![(ListName("everyone".into()), Place::file("broadcasts/w.toml"))],
            subject: located("{{ week.title }}: {{ broadcast.theme }}"),
            intro: None,
            closing: None,
            resources: None,
            lang: "en-GB".into(),
            grace: Duration::from_secs(10_800),
            sign_off: 0,
            audience_change: 20,
            reading_age: 16,
            signature: None,
            broadcasts: vec![
                day("Signs", "What to notice."),
                day("Training", "What to learn."),
                day("Help", "Who helps."),
            ],
            allow: Vec::new(),
        };
        let organisation = Organisation { name: Some("Example Board".into()), ..Organisation::default() };
        Self { folder, week, organisation, correction: None, is_proof: false, sender: sender(), dates: [12, 15, 16] }
    }

    fn mark(&self) -> Mark<'_> {
        match &self.correction {
            Some(correction) => Mark::Correction(correction),
            None if self.is_proof => Mark::Proof,
            None => Mark::None,
        }
    }

    pub(crate) fn project(&self) -> ProjectFolder {
        ProjectFolder::at(self.folder.path())
    }

    pub(crate) fn body(mut self, markdown: &str) -> Self {
        self.week.broadcasts[0].body = located(markdown);
        self
    }

    pub(crate) fn subject(mut self, subject: &str) -> Self {
        self.week.subject = located(subject);
        self
    }

    pub(crate) fn file(self, path: &str, bytes: &[u8]) -> Self {
        let path = self.folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
        self
    }

    pub(crate) fn attach(mut self, file: &str, name: Option<&str>) -> Self {
        let attachment =
            Attachment { file: located(file), name: name.map(located), title: Some(located("Flow chart")) };
        self.week.broadcasts[0].attachments.push(attachment);
        self
    }

    /// Links, resources and a signature as well.
    pub(crate) fn full(mut self) -> Self {
        let link = |text: &str, url: &str, note: Option<&str>| Link {
            text: located(text),
            url: located(url),
            note: note.map(located),
        };
        self.week.broadcasts[0].links = vec![
            link("Guidance", "https://x.example/g?a=1&b=2", Some("current edition")),
            link("Ask us", "ask@x.example", None),
        ];
        self.week.resources = Some(Resources { text: located("All resources"), url: located("www.x.example/all") });
        self.week.intro = Some(located("Welcome to **{{ week.title }}**."));
        self.week.closing = Some(located("Thank you."));
        self.week.signature = Some(Signature {
            name: located("Rowan Example"),
            role: Some(located("Learning officer")),
            organisation: Some(located("Example Board")),
            location: None,
            phones: vec![Phone { label: Some(located("External")), number: located("01632 960123") }],
            email: Some(located("rowan@board.example")),
            logo: Some(located("poster.png")),
            logo_alt: Some(located("Example Board")),
            place: Place::file("broadcasts/w.toml"),
        });
        self
    }

    pub(crate) fn compile_day(&self, day: usize, findings: &mut Findings) -> Option<Compiled> {
        let project = self.project();
        let days: Vec<Day> = self.dates.iter().enumerate().map(|(index, day)| scheduled(index, *day)).collect();
        let lists = [ListName("everyone".into())];
        let input = Input {
            project: &project,
            week: &self.week,
            days: &days,
            day,
            organisation: &self.organisation,
            sender: &self.sender,
            lists: &lists,
            mark: self.mark(),
        };
        compile(&input, findings)
    }

    /// The first day, which must be free of findings.
    pub(crate) fn compiled(&self) -> Compiled {
        let mut findings = Findings::new();
        let compiled = self.compile_day(0, &mut findings);
        assert!(findings.is_empty(), "{:?}", findings.sorted());
        compiled.unwrap()
    }

    /// HTML and text of the first day for a recipient without fields.
    pub(crate) fn parts(&self) -> (String, String) {
        parts(&self.compiled(), &recipient(&[]))
    }

    /// `line:column: rule: message` of each finding of the first day.
    pub(crate) fn findings(&self) -> Vec<String> {
        let mut findings = Findings::new();
        let compiled = self.compile_day(0, &mut findings);
        assert_eq!(compiled.is_some_and(|compiled| compiled.is_sound()), findings.errors() == 0);
        shown(findings)
    }
}

pub(crate) fn shown(findings: Findings) -> Vec<String> {
    let show = |finding: crate::model::Finding| {
        let (line, column) = finding.place.line_column();
        format!("{line}:{column}: {}: {}", finding.rule, finding.message)
    };
    findings.sorted().into_iter().map(show).collect()
}

pub(crate) fn parts(compiled: &Compiled, recipient: &Recipient) -> (String, String) {
    let merged = compiled.merge(recipient).unwrap();
    (merged.html(compiled.material()), merged.text(compiled.material()))
}

pub(crate) fn recipient(fields: &[(&str, &str)]) -> Recipient {
    let source: Arc<SourceFile> = SourceFile::new("recipients.toml", "one\ntwo\n");
    Recipient {
        address: Address::parse("asha@board.example").unwrap(),
        lists: [ListName("everyone".into())].into(),
        fields: fields.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect(),
        kind: Kind::Individual,
        place: Place::new(&source, 4..7),
    }
}

fn sender() -> Sender {
    Sender {
        name: Some("Example Board".into()),
        address: Address::parse("news@board.example").unwrap(),
        reply_to: None,
        message_id_domain: "board.example".into(),
        unsubscribe: Some(Unsubscribe { mailto: Some("mailto:stop@board.example?subject=stop".into()), https: None }),
        place: Place::file("weekcast.toml"),
    }
}

fn scheduled(index: usize, day: u32) -> Day {
    let date = NaiveDate::from_ymd_opt(2027, 3, day).unwrap();
    let at = London.from_local_datetime(&date.and_hms_opt(8, 30, 0).unwrap()).unwrap();
    Day { number: index + 1, index, date, at }
}
