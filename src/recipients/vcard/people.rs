//! From cards to people.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use crate::document::decode_list;
use crate::model::{
    BadRow, Fields, FileReading, Finding, Findings, Kind, Place, Recipient, SourceFile, count, list_of,
};
use crate::recipients::fields::{self, Written, printable};
use crate::recipients::file::FileRead;
use crate::recipients::mailbox;
use crate::recipients::roll::{Roll, twice};
use crate::recipients::tally::Tally;
use crate::recipients::vcard::card::{Card, cards};

/// Whether a file holds cards, by its name or its first bytes.
pub(crate) fn is_one(path: &str, bytes: &[u8]) -> bool {
    let start: Vec<u8> =
        bytes.iter().copied().filter(|byte| !matches!(byte, 0 | 0xEF | 0xBB | 0xBF | 0xFF | 0xFE)).take(11).collect();
    let lower = path.to_lowercase();
    lower.ends_with(".vcf") || lower.ends_with(".vcard") || start.eq_ignore_ascii_case(b"BEGIN:VCARD")
}

/// Reads the cards of all files; `path` is the file or the folder.
pub(crate) fn read(
    path: &str,
    files: Vec<(String, Vec<u8>)>,
    (whole, each): (&mut Tally, &mut Tally),
) -> Option<FileRead> {
    let mut reader = Reader { roll: Roll::default(), rows: 0, several: 0, bad: Vec::new(), versions: BTreeSet::new() };
    let mut encodings = BTreeSet::new();
    let many = files.len();
    for (file, bytes) in files {
        let mut faults = Findings::new();
        let decoded = decode_list(&file, bytes, &mut faults);
        whole.extend(faults);
        let Some(decoded) = decoded else { continue };
        encodings.insert(decoded.encoding);
        let cards = cards(&decoded.source.text);
        if cards.is_empty() {
            let finding = Finding::error("vcard-empty", Place::new(&decoded.source, 0..0), "the file has no card");
            whole.push(finding.help("export the contacts again as vCard, or take the file away"));
        }
        cards.iter().for_each(|card| reader.add(&decoded.source, card, each));
    }
    let mut notes = Vec::new();
    if many > 1 {
        notes.push(count(many, "file"));
    }
    if reader.several > 0 {
        let several = count(reader.several, "card");
        notes.push(format!("{several} with several addresses, of which the preferred or first is used"));
    }
    let versions: Vec<String> = reader.versions.iter().map(|version| format!("vCard {version}")).collect();
    if !versions.is_empty() {
        notes.insert(0, list_of(&versions));
    }
    let reading = FileReading {
        path: path.to_owned(),
        unit: "card",
        rows: reader.rows,
        bad: reader.bad.len(),
        encoding: if encodings.len() == 1 { encodings.pop_first() } else { None },
        columns: vec![("address", "EMAIL".to_owned()), ("name", "FN".to_owned())],
        notes,
        ..FileReading::default()
    };
    Some(FileRead { members: reader.roll.finish(), reading: Some(reading), bad: reader.bad })
}

struct Reader {
    roll: Roll,
    rows: usize,
    several: usize,
    bad: Vec<BadRow>,
    versions: BTreeSet<String>,
}

impl Reader {
    fn add(&mut self, file: &Arc<SourceFile>, card: &Card, tally: &mut Tally) {
        // A group names other cards and has no address of its own.
        if card.first("KIND").is_some_and(|(kind, _)| kind.value.trim().eq_ignore_ascii_case("group")) {
            return;
        }
        self.rows += 1;
        if let Some((version, _)) = card.first("VERSION") {
            self.versions.insert(printable(version.value.trim()));
        }
        let member = Member { file, card }.read(tally);
        if let Some(reason) = tally.take_reason() {
            let shown = card.email().or_else(|| Some((card.first("FN")?, 1)));
            let shown = shown.map_or("a card".to_owned(), |((property, _), _)| printable(&property.text()));
            let (line, _) = file.line_column(card.range.start);
            self.bad.push(BadRow { shown, file: Arc::clone(file), line, reason });
            return;
        }
        let Some((recipient, at)) = member else { return };
        self.several += usize::from(card.email().is_some_and(|(_, count)| count > 1));
        let place = Place::new(file, at);
        let written = recipient.address.to_string();
        let shown = Written { value: &written, at: &|_| place.clone() };
        tally.extend(self.roll.meant(&recipient.address).map(|meant| fields::typo(&shown, &meant)));
        tally.extend(fields::machine(&shown));
        if let Some(first) = self.roll.add(&recipient) {
            tally.push(twice(&written, place, first));
        }
    }
}

struct Member<'a> {
    file: &'a Arc<SourceFile>,
    card: &'a Card,
}

impl Member<'_> {
    fn place(&self, range: &Range<usize>) -> Place {
        Place::new(self.file, range.clone())
    }

    /// The person with the place of the address; the tally has what is wrong.
    fn read(&self, tally: &mut Tally) -> Option<(Recipient, Range<usize>)> {
        let card = self.card;
        if !card.closed {
            let finding = Finding::error("vcard-open", self.place(&card.range), "the card has no END:VCARD");
            tally.push(finding.help("export the contacts again; the file may have been cut off"));
            return None;
        }
        let Some(((email, at), _)) = card.email() else {
            let whose =
                card.first("FN").map(|(name, _)| format!(" of {}", printable(&name.text()))).unwrap_or_default();
            let message = format!("the card{whose} has no e-mail address");
            let finding = Finding::error("bad-address", self.place(&card.range), message);
            tally.push(finding.help("add one in the address book, or take the card out of the list"));
            return None;
        };
        let text = email.text();
        let value = &text[mailbox::tidied(&text, 0..text.len())];
        let address = fields::address(&Written { value, at: &|_| self.place(at) });
        let address = address.map_err(|finding| tally.push(*finding)).ok();
        let name = self.name(tally);
        let fields = Fields::from(self.fields(tally)).with_name(name.as_deref());
        let place = self.place(&card.range);
        let kind = Kind::Individual;
        Some((Recipient { address: address?, lists: [].into(), fields, kind, place }, at.clone()))
    }

    fn name(&self, tally: &mut Tally) -> Option<String> {
        let (value, at) = match self.card.first("FN") {
            Some((property, at)) => (property.text(), at),
            None => {
                let (property, at) = self.card.first("N")?;
                let parts = property.parts();
                let part = |index: usize| parts.get(index).map(String::as_str).unwrap_or_default();
                (format!("{} {}", part(1), part(0)).trim().to_owned(), at)
            }
        };
        let place = |_: Range<usize>| self.place(at);
        fields::name(&Written { value: &value, at: &place }).map_err(|finding| tally.push(*finding)).ok()?
    }

    fn fields(&self, tally: &mut Tally) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        for (field, property, part) in [
            ("first_name", "N", Some(1)),
            ("last_name", "N", Some(0)),
            ("organisation", "ORG", Some(0)),
            ("role", "TITLE", None),
            ("role", "ROLE", None),
        ] {
            let Some((property, at)) = self.card.first(property) else { continue };
            let value = match part {
                Some(part) => property.parts().into_iter().nth(part).unwrap_or_default(),
                None => property.text(),
            };
            let place = |_: Range<usize>| self.place(at);
            match fields::value(field, &Written { value: &value, at: &place }) {
                Ok(Some(value)) => drop(found.entry(field.to_owned()).or_insert(value)),
                Ok(None) => {}
                Err(finding) => tally.push(*finding),
            }
        }
        found
    }
}
