//! A picture written anew: narrower, upright, in the colours of screens, without metadata. What needs no new pixels gets
//! none.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits, imageops};

use crate::media::picture::{PictureFormat, traces, upright};
use crate::media::{jpeg, png};

/// Pixels: twice the width of the message, for fine screens.
pub const WIDEST: u32 = 1_200;
/// The most bytes of a picture in a message.
pub const HEAVIEST: usize = 5_000_000;
/// The most bytes that decoding may take: the 100 million pixels of the largest telephones.
const MEMORY: u64 = 400_000_000;
/// Bytes that no mail program feels; a drawing in few colours may grow to so many.
const SMALL: usize = 50_000;
/// Of 100; more is larger and looks no better.
const QUALITY: u8 = 88;

/// A picture as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rewritten {
    /// The file.
    pub bytes: Vec<u8>,
    /// Whether it is [`WIDEST`] wide now.
    pub narrowed: bool,
    /// Whether it was written anew because it had more bytes than [`HEAVIEST`].
    pub lighter: bool,
    /// Whether it was turned upright.
    pub turned: bool,
    /// Whether its colours were changed from those of printing.
    pub recoloured: bool,
    /// Whether metadata was removed.
    pub cleaned: bool,
}

/// Why a picture is left as it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RewriteFault {
    /// A GIF may move, and loses its colours when it is made smaller.
    #[error("it is a GIF, which is never changed; save it as PNG or JPEG")]
    Gif,
    /// No picture that can be read.
    #[error("it is damaged; save it again in the program that made it")]
    Damaged,
    /// The copy would be larger.
    #[error("a copy would have more bytes; save it again in the program that made it")]
    NoGain,
}

/// What is to be done to a picture, if it needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// No wider than [`WIDEST`], no heavier than [`HEAVIEST`].
    pub narrow: bool,
    /// Upright.
    pub upright: bool,
    /// In the colours of screens.
    pub for_screens: bool,
    /// Without metadata. A picture that gets new pixels loses it in any case.
    pub clean: bool,
}

/// Writes a picture anew, as far as it is wanted and needed; nothing if there is nothing to do.
///
/// # Errors
/// [`RewriteFault`].
pub fn rewrite(bytes: &[u8], wanted: Wanted) -> Result<Option<Rewritten>, RewriteFault> {
    let format = PictureFormat::of(bytes).ok_or(RewriteFault::Damaged)?;
    let found = traces(bytes);
    let size = imagesize::blob_size(bytes).map_err(|_| RewriteFault::Damaged)?;
    let (width, _) = upright(bytes, (size.width, size.height));
    let wide = wanted.narrow && width > WIDEST as usize;
    let heavy = wanted.narrow && bytes.len() > HEAVIEST;
    let turned = wanted.upright && found.orientation != 1;
    let recoloured = wanted.for_screens && found.cmyk;
    let tells = found.author.is_some() || found.device.is_some() || found.location;
    let needed = wide || heavy || turned || recoloured || (wanted.clean && tells);
    if !needed {
        return Ok(None);
    }
    let stripped = match format {
        PictureFormat::Gif => return Err(RewriteFault::Gif),
        PictureFormat::Jpeg => jpeg::stripped(bytes),
        PictureFormat::Png => png::stripped(bytes),
    };
    // Exif also says how a picture is turned, so that one that is not upright cannot lose it and keep its pixels.
    let same_pixels = !wide && !heavy && !recoloured && found.orientation == 1;
    let bytes = match stripped.ok_or(RewriteFault::Damaged)? {
        stripped if same_pixels => stripped,
        stripped => {
            let drawn = redrawn(bytes, format, (found.orientation, wanted.narrow), found.cmyk)?;
            if (wide || heavy) && !turned && !recoloured && drawn.len() > stripped.len().max(SMALL) {
                return Err(RewriteFault::NoGain);
            }
            drawn
        }
    };
    let (turned, recoloured) = (!same_pixels && found.orientation != 1, !same_pixels && found.cmyk);
    Ok(Some(Rewritten { bytes, narrowed: wide, lighter: heavy, turned, recoloured, cleaned: tells }))
}

fn redrawn(
    bytes: &[u8],
    format: PictureFormat,
    (orientation, narrow): (u8, bool),
    cmyk: bool,
) -> Result<Vec<u8>, RewriteFault> {
    let damaged = |_| RewriteFault::Damaged;
    let file_format = if format == PictureFormat::Jpeg { ImageFormat::Jpeg } else { ImageFormat::Png };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), file_format);
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(damaged)?;
    // The profile of printing colours would be wrong for those of the screen.
    let profile = decoder.icc_profile().ok().flatten().filter(|_| !cmyk);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(damaged)?;
    picture.apply_orientation(Orientation::from_exif(orientation).unwrap_or(Orientation::NoTransforms));
    if narrow && picture.width() > WIDEST {
        let height = u64::from(picture.height()) * u64::from(WIDEST) / u64::from(picture.width());
        let height = u32::try_from(height).unwrap_or(u32::MAX).max(1);
        picture = picture.resize_exact(WIDEST, height, imageops::FilterType::Lanczos3);
    }
    let mut out = Vec::new();
    match format {
        PictureFormat::Jpeg => {
            let mut encoder = JpegEncoder::new_with_quality(&mut out, QUALITY);
            // A picture without its profile is still a picture.
            let _ = profile.map(|profile| encoder.set_icc_profile(profile));
            eight_bits(picture, false).write_with_encoder(encoder).map_err(damaged)?;
        }
        _ => {
            let mut encoder = PngEncoder::new_with_quality(&mut out, CompressionType::Best, FilterType::Adaptive);
            let _ = profile.map(|profile| encoder.set_icc_profile(profile));
            eight_bits(picture, true).write_with_encoder(encoder).map_err(damaged)?;
        }
    }
    Ok(out)
}

/// Eight bits a colour, which is all that a screen shows; grey stays grey.
fn eight_bits(picture: DynamicImage, alpha: bool) -> DynamicImage {
    let grey = matches!(picture.color().channel_count(), 1 | 2);
    match (grey, alpha && picture.color().has_alpha()) {
        (true, false) => DynamicImage::ImageLuma8(picture.into_luma8()),
        (true, true) => DynamicImage::ImageLumaA8(picture.into_luma_alpha8()),
        (false, false) => DynamicImage::ImageRgb8(picture.into_rgb8()),
        (false, true) => DynamicImage::ImageRgba8(picture.into_rgba8()),
    }
}
