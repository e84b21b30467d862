//! Large lists go to the disk while they are sent to: a million people in memory are 100 MB, for hours perhaps.

use std::fs::File;
use std::io::{self, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::app::context::App;
use crate::app::ready::WeekReady;
use crate::model::{ListKind, People, Shelf};

/// From so many people on. Fewer are not worth a file.
const LARGE: usize = 100_000;

/// The folder of the ledger, where large lists may lie.
pub(crate) fn beside_the_ledger(app: &App, week: &WeekReady) -> Option<PathBuf> {
    let ledger = week.settings.ledger.path(app.project.root()).ok()?;
    ledger.parent().map(Path::to_path_buf)
}

/// Puts the large lists of a week into files that have no name, so that nobody else can open them and nothing is left of
/// them, whatever ends the program. Where that fails, they stay in memory. For when everybody is in the ledger: whoever
/// cannot be read any more from then on stops the sending, and is not lost.
pub(crate) fn put_large_lists(week: &WeekReady, folder: &Path) {
    let of_lists = week.lists.iter().filter_map(|list| match &list.kind {
        ListKind::Members(people) | ListKind::File { members: people, .. } => Some(people),
        ListKind::Address(_) | ListKind::Group { .. } => None,
    });
    let of_days = week.days.iter().map(|day| &day.expansion.recipients);
    for people in of_lists.chain(of_days).filter(|people| people.len() >= LARGE) {
        if let Err(error) = put(people, folder) {
            tracing::info!(people = people.len(), %error, "a large list stays in memory");
        }
    }
}

fn put(people: &People, folder: &Path) -> io::Result<()> {
    people.put(|text| {
        let mut file = tempfile::tempfile_in(folder)?;
        file.write_all(text.as_bytes())?;
        file.rewind()?;
        Ok(Box::new(OnDisk { file: BufReader::new(file), at: 0 }))
    })
}

/// A file that is read mostly from its beginning to its end.
struct OnDisk {
    file: BufReader<File>,
    at: u64,
}

impl Shelf for OnDisk {
    fn read(&mut self, at: u64, octets: &mut [u8]) -> io::Result<()> {
        let seek = match i64::try_from(at).ok().zip(i64::try_from(self.at).ok()) {
            // Within what is read ahead, nothing is asked of the disk.
            Some((at, now)) => self.file.seek_relative(at - now),
            None => self.file.seek(SeekFrom::Start(at)).map(drop),
        };
        let read = seek.and_then(|()| self.file.read_exact(octets));
        self.at = match read {
            Ok(()) => at + octets.len() as u64,
            // Wherever it stands after a failure, the next one is looked for from the beginning.
            Err(_) => self.file.seek(SeekFrom::Start(0)).unwrap_or_default(),
        };
        read
    }
}

#[cfg(test)]
mod tests {
    use super::put;
    use crate::model::{Address, Fields, Kind, People, Place, Recipient};

    fn people(count: usize) -> People {
        let person = |number: usize| Recipient {
            address: Address::parse(&format!("person{number}@board.example")).unwrap(),
            lists: [].into(),
            fields: Fields::default().with_name(Some(&"é".repeat(number % 70))),
            kind: Kind::Individual,
            place: Place::file("people.csv"),
        };
        (0..count).map(person).collect()
    }

    #[test]
    fn people_are_read_from_the_disk_in_any_order_and_no_file_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let (shelved, kept) = (people(3000), people(3000));
        put(&shelved, folder.path()).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        assert!(shelved.iter().eq(kept.iter()));
        for position in (0..3000).map(|step| step * 1789 % 3000) {
            assert_eq!(shelved.get(position), kept.get(position));
        }
        assert!(!shelved.is_broken());
    }

    #[test]
    fn where_there_is_no_room_they_stay_in_memory() {
        let folder = tempfile::tempdir().unwrap();
        let people = people(10);
        assert!(put(&people, &folder.path().join("missing")).is_err());
        assert_eq!(people.iter().count(), 10);
    }
}
