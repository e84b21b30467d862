//! What a picture tells of people, devices and places, and how it is to be turned.

use exif::{Exif, Field, In, Tag};

use crate::media::search::{find, words};
use crate::media::{jpeg, png, xmp};

/// The most bytes of an Exif block that are looked at; in a JPEG it cannot have more.
const EXIF: usize = 65_536;

/// The pictures that every mail program shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PictureFormat {
    /// JPEG.
    Jpeg,
    /// PNG.
    Png,
    /// GIF.
    Gif,
}

impl PictureFormat {
    /// By the first bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [0xFF, 0xD8, 0xFF, ..] => Some(Self::Jpeg),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Self::Gif),
            _ => bytes.starts_with(b"\x89PNG\r\n\x1a\n").then_some(Self::Png),
        }
    }
}

/// What else is in a picture.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PictureTraces {
    /// Who made it.
    pub author: Option<String>,
    /// The camera or telephone, or that its number is in it.
    pub device: Option<String>,
    /// Whether it says where it was taken. Where, is nobody's business here.
    pub location: bool,
    /// How it is to be turned to stand upright, from 1 (it stands) to 8 (Exif tag 274).
    pub orientation: u8,
    /// Whether its colours are those of printing, which mail programs show wrongly or not at all.
    pub cmyk: bool,
}

/// Looks at a picture; of a damaged one, as far as it goes.
#[must_use]
pub fn traces(bytes: &[u8]) -> PictureTraces {
    let mut traces = PictureTraces { orientation: 1, ..PictureTraces::default() };
    let (exif, packets) = match PictureFormat::of(bytes) {
        Some(PictureFormat::Jpeg) => {
            traces.cmyk = jpeg::is_cmyk(bytes);
            traces.author = jpeg::metadata(bytes, b"Photoshop 3.0\0").into_iter().find_map(by_line);
            let packets = jpeg::metadata(bytes, b"http://ns.adobe.com/xap/1.0/\0");
            (jpeg::metadata(bytes, b"Exif\0\0"), packets)
        }
        Some(PictureFormat::Png) => {
            traces.author = png::contents(bytes, b"tEXt").into_iter().find_map(png_author);
            (png::contents(bytes, b"eXIf"), png::contents(bytes, b"iTXt"))
        }
        Some(PictureFormat::Gif) | None => return traces,
    };
    for block in exif {
        let block = block.get(..block.len().min(EXIF)).unwrap_or_default().to_vec();
        let read = exif::Reader::new().continue_on_error(true).read_raw(block);
        if let Ok(exif) = read.or_else(|error| error.distill_partial_result(|_| {})) {
            add_exif(&mut traces, &exif);
        }
    }
    for packet in packets {
        traces.location |= xmp::has_location(packet);
        traces.author = traces.author.or_else(|| xmp::value(packet, "dc:creator"));
        traces.device = traces.device.or_else(|| xmp::value(packet, "tiff:Model"));
    }
    traces
}

fn add_exif(traces: &mut PictureTraces, exif: &Exif) {
    let text = |tag| exif.get_field(tag, In::PRIMARY).and_then(text_of);
    let author = [Tag::Artist, Tag::CameraOwnerName].into_iter().find_map(text);
    traces.author = traces.author.take().or(author);
    let numbered = [Tag::BodySerialNumber, Tag::LensSerialNumber].into_iter().any(|tag| text(tag).is_some());
    let device = text(Tag::Model).or_else(|| text(Tag::Make));
    traces.device = traces.device.take().or(device).or_else(|| numbered.then(|| "a camera's number".to_owned()));
    traces.location |= [Tag::GPSLatitude, Tag::GPSLongitude, Tag::GPSDestLatitude]
        .into_iter()
        .any(|tag| exif.get_field(tag, In::PRIMARY).is_some());
    let orientation = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    if let Some(turned @ 2..=8) = orientation {
        traces.orientation = u8::try_from(turned).unwrap_or(1);
    }
}

fn text_of(field: &Field) -> Option<String> {
    let exif::Value::Ascii(texts) = &field.value else { return None };
    words(&String::from_utf8_lossy(texts.first()?))
}

/// The first by-line of an IPTC block (IIM 4.2, dataset 2:80).
fn by_line(block: &[u8]) -> Option<String> {
    let at = find(block, b"\x1c\x02\x50")?;
    let [high, low] = *block.get(at + 3..at + 5)? else { return None };
    let length = usize::from(u16::from_be_bytes([high, low]));
    words(&String::from_utf8_lossy(block.get(at + 5..at + 5 + length)?))
}

fn png_author(text: &[u8]) -> Option<String> {
    let (keyword, value) = text.split_at(find(text, b"\0")?);
    let tells = [&b"Author"[..], b"Artist", b"Creator"].iter().any(|own| keyword.eq_ignore_ascii_case(own));
    let value: String = value.iter().map(|byte| char::from(*byte)).collect(); // Latin-1
    tells.then(|| words(&value)).flatten()
}

/// Width and height of a picture as people see it: turned, if it is to be turned by a quarter.
#[must_use]
pub fn upright(bytes: &[u8], (width, height): (usize, usize)) -> (usize, usize) {
    if traces(bytes).orientation >= 5 { (height, width) } else { (width, height) }
}

/// Whether the end of a picture is missing, as after a download that broke off.
#[must_use]
pub fn is_cut_off(bytes: &[u8]) -> bool {
    match PictureFormat::of(bytes) {
        Some(PictureFormat::Jpeg) => jpeg::is_cut_off(bytes),
        Some(PictureFormat::Png) => png::chunks(bytes).is_none(),
        Some(PictureFormat::Gif) => !bytes.contains(&0x3B),
        None => false,
    }
}
