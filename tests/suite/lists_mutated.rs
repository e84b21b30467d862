//! Lists that were damaged: fixtures with bytes changed, cut out and doubled obey the laws of `fuzz/`, without its tools.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::{ProptestConfig, any, proptest};

#[path = "../../fuzz/fuzz_targets/laws.rs"]
mod laws;

/// The fixtures that are small enough to be read often, in the order of their names.
fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lists");
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file() && fs::metadata(path).unwrap().len() < 10_000);
    files.sort();
    files
}

fn mutated(mut bytes: Vec<u8>, changes: &[(u8, u16, u8)]) -> Vec<u8> {
    for (kind, at, byte) in changes {
        let at = usize::from(*at) % (bytes.len() + 1);
        let end = (at + usize::from(*byte)).min(bytes.len());
        match kind % 4 {
            0 if at < bytes.len() => bytes[at] = *byte,
            1 => bytes.insert(at, *byte),
            2 => drop(bytes.drain(at..end)),
            _ => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
        }
    }
    bytes
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_made_up_or_lost_whatever_is_in_a_file(
        which in any::<u16>(),
        changes in proptest::collection::vec(any::<(u8, u16, u8)>(), 1..8),
    ) {
        let files = fixtures();
        let path = &files[usize::from(which) % files.len()];
        let name = path.file_name().unwrap().to_string_lossy();
        laws::hold(&name, &mutated(fs::read(path).unwrap(), &changes));
    }
}
