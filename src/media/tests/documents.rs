//! What documents tell.

use proptest::prelude::{any, prop, proptest};

use crate::media::tests::samples::{archive, pdf};
use crate::media::{has_macros, is_locked, office_kind, people};

const CORE: &[u8] = b"<cp:coreProperties><dc:creator>Rowan Example</dc:creator><cp:lastModifiedBy>Ash &amp; Co\
    </cp:lastModifiedBy></cp:coreProperties>";

const NOBODY: [&str; 0] = [];

#[test]
fn authors_are_found() {
    assert_eq!(people(&pdf("/Author (Rowan Example) /Producer (Press 3)", "")), ["Rowan Example"]);
    assert_eq!(people(&pdf("/Producer (Press 3)", "")), NOBODY);
    assert_eq!(people(&pdf("/Author ( )", "")), NOBODY);
    let packet = [&pdf("", "")[..], b"<x:xmpmeta><dc:creator><rdf:li>Rowan</rdf:li></dc:creator></x:xmpmeta>"].concat();
    assert_eq!(people(&packet), ["Rowan"]);
    let docx = archive(&[("word/document.xml", b"<w/>"), ("docProps/core.xml", CORE)]);
    assert_eq!(people(&docx), ["Rowan Example", "Ash & Co"]);
    let odt = archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("meta.xml", CORE)]);
    assert_eq!(people(&odt).len(), 2);
    assert_eq!((office_kind(&docx), office_kind(&odt)), (Some("docx"), Some("odt")));
    assert_eq!(office_kind(&archive(&[("a.txt", b"a")])), None);
}

#[test]
fn macros_and_passwords_are_found_whatever_the_name() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let old = |entry: &str| [b"\xD0\xCF\x11\xE0", &vec![0; 200][..], &utf16(entry)].concat();
    assert!(has_macros(&archive(&[("word/document.xml", b""), ("word/vbaProject.bin", b"x")])));
    assert!(has_macros(&old("_VBA_PROJECT")) && !has_macros(&old("WordDocument")));
    assert!(!has_macros(&archive(&[("word/document.xml", b"")])) && !has_macros(b"%PDF-1.4"));
    assert!(is_locked(&old("EncryptedPackage")) && !is_locked(&old("WordDocument")));
    let encrypt = "/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (00000000000000000000000000000000) \
                   /U (11111111111111111111111111111111) >> /ID [(0123456789abcdef) (0123456789abcdef)]";
    assert!(is_locked(&pdf("", encrypt)));
}

/// A text that would grow to 100 MB is read up to its cap, and an archive that only says so is not believed.
#[test]
fn a_bomb_is_not_inflated() {
    let bomb = archive(&[("docProps/core.xml", &vec![b' '; 20_000_000])]);
    assert!(bomb.len() < 100_000);
    assert_eq!(people(&bomb), NOBODY);
}

proptest! {
    /// Whatever a document has become, it is answered.
    #[test]
    fn damage_is_answered(cut in 0_usize..900, at in prop::collection::vec((0_usize..900, any::<u8>()), 0..6)) {
        for whole in [pdf("/Author (Rowan Example)", ""), archive(&[("docProps/core.xml", CORE)])] {
            let mut bytes = whole[..whole.len() - cut.min(whole.len())].to_vec();
            for (index, value) in &at {
                if let Some(byte) = bytes.get_mut(*index) {
                    *byte = *value;
                }
            }
            let _ = (people(&bytes), is_locked(&bytes), has_macros(&bytes), office_kind(&bytes));
        }
    }
}
