//! The little of XMP (ISO 16684-1) that tells of people and places, read as text: the packet is anybody's, and no XML
//! parser need meet it.

use crate::media::search::{find, words};

/// The most bytes of a packet that are looked at.
const MOST: usize = 1_000_000;

/// Whether the packet says where a picture was taken.
pub(in crate::media) fn has_location(packet: &[u8]) -> bool {
    let packet = &packet[..packet.len().min(MOST)];
    [&b"GPSLatitude"[..], b"GPSLongitude", b"Iptc4xmpExt:LocationCreated"]
        .iter()
        .any(|name| find(packet, name).is_some())
}

/// The first value of an element such as `dc:creator`, alone or in a list, or of an attribute of that name.
pub(in crate::media) fn value(packet: &[u8], name: &str) -> Option<String> {
    let packet = &packet[..packet.len().min(MOST)];
    let element = find(packet, format!("<{name}").as_bytes()).and_then(|at| {
        let inside = packet.get(at + 1 + name.len()..)?;
        let inside = inside.get(..find(inside, format!("</{name}>").as_bytes())?)?;
        // The text between the last tag that opens and the first that closes.
        let text = inside.split(|byte| *byte == b'<').map(|piece| piece.rsplit(|byte| *byte == b'>').next());
        let mut text = text.flatten().map(String::from_utf8_lossy);
        text.find_map(|text| words(&unescaped(&text)))
    });
    element.or_else(|| {
        let from = find(packet, format!("{name}=\"").as_bytes())? + name.len() + 2;
        let value = packet.get(from..)?;
        words(&unescaped(&String::from_utf8_lossy(value.get(..find(value, b"\"")?)?)))
    })
}

fn unescaped(text: &str) -> String {
    let mut text = text.to_owned();
    for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")] {
        text = text.replace(entity, character);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{has_location, value};

    #[test]
    fn values_stand_alone_in_lists_and_in_attributes() {
        let list =
            b"<rdf:Description><dc:creator><rdf:Seq>\n<rdf:li>R. &amp; S. Example</rdf:li></rdf:Seq></dc:creator>";
        let alone = b"<dc:creator>Rowan</dc:creator>";
        let attribute = b"<rdf:Description tiff:Model=\"Phone 7\" exif:GPSLatitude=\"51,30N\"/>";
        assert_eq!(value(list, "dc:creator").as_deref(), Some("R. & S. Example"));
        assert_eq!(value(alone, "dc:creator").as_deref(), Some("Rowan"));
        assert_eq!(value(attribute, "tiff:Model").as_deref(), Some("Phone 7"));
        for broken in [&b"<dc:creator>"[..], b"<dc:creator/>", b"<dc:creator> </dc:creator>", b"dc:creator=\"", b""] {
            assert_eq!(value(broken, "dc:creator"), None);
        }
        assert!(has_location(attribute) && !has_location(list));
    }
}
