//! The generation: a number in the ledger that grows with every run, and the highest one that was ever seen, kept in the
//! lock file. A ledger that is behind it is an older copy, or a new one in place of one that was lost: it knows nothing of
//! what was sent since, and would send it again.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};

/// The highest generation seen; 0 where none was noted, or where a crash left something else.
pub(crate) fn seen(mut file: &File) -> std::io::Result<u64> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0))?;
    // A number has at most 20 digits; more is nobody's note.
    file.take(64).read_to_string(&mut text)?;
    Ok(text.trim().parse().unwrap_or_default())
}

/// Notes a generation, durably. Numbers have one width, so that a shorter one leaves no digits of a longer one behind.
pub(crate) fn note(mut file: &File, generation: u64) -> std::io::Result<()> {
    file.seek(SeekFrom::Start(0))?;
    file.write_all(format!("{generation:020}\n").as_bytes())?;
    file.sync_data()
}

#[cfg(test)]
mod tests {
    use super::{note, seen};

    #[test]
    fn the_highest_is_kept_and_anything_else_is_none() {
        let file = tempfile::tempfile().unwrap();
        assert_eq!(seen(&file).unwrap(), 0);
        note(&file, u64::MAX).unwrap();
        assert_eq!(seen(&file).unwrap(), u64::MAX);
        note(&file, 7).unwrap();
        assert_eq!(seen(&file).unwrap(), 7);
        std::io::Write::write_all(&mut &file, &[b'x'; 100]).unwrap();
        assert_eq!(seen(&file).unwrap(), 0);
    }
}
