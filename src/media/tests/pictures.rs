//! What pictures tell, and what becomes of them.

use image::{DynamicImage, GenericImageView as _, ImageFormat};
use proptest::prelude::{any, prop, proptest};
use proptest::prop_assert;

use crate::media::tests::samples::{picture, with_chunk, with_exif, with_segment};
use crate::media::{PictureTraces, RewriteFault, Rewritten, Wanted, is_cut_off, traces, upright};

const NONE: PictureTraces = PictureTraces { author: None, device: None, location: false, orientation: 1, cmyk: false };

fn rewrite(bytes: &[u8]) -> Result<Option<Rewritten>, RewriteFault> {
    crate::media::rewrite(bytes, Wanted { narrow: true, upright: true, for_screens: true, clean: true })
}

fn pixels(bytes: &[u8]) -> DynamicImage {
    image::load_from_memory(bytes).unwrap()
}

#[test]
fn what_exif_xmp_and_texts_tell_is_found() {
    let jpeg = picture(40, 20, ImageFormat::Jpeg);
    let png = picture(40, 20, ImageFormat::Png);
    let told = PictureTraces {
        author: Some("Rowan Example".into()),
        device: Some("Phone 7".into()),
        location: true,
        orientation: 6,
        cmyk: false,
    };
    assert_eq!(traces(&jpeg), NONE);
    assert_eq!(traces(&png), NONE);
    assert_eq!(traces(&with_exif(&jpeg, 6)), told);
    assert_eq!(traces(&with_chunk(&png, b"eXIf", &crate::media::tests::samples::exif(6))), told);
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<dc:creator><rdf:li>Rowan</rdf:li></dc:creator><exif:GPSLatitude>";
    let author = Some("Rowan".to_owned());
    assert_eq!(
        traces(&with_segment(&jpeg, 0xE1, xmp)),
        PictureTraces { author: author.clone(), location: true, ..NONE }
    );
    let iptc = b"Photoshop 3.0\08BIM\x04\x04\0\0\0\0\0\x0a\x1c\x02\x50\0\x05Rowan";
    assert_eq!(traces(&with_segment(&jpeg, 0xED, iptc)), PictureTraces { author: author.clone(), ..NONE });
    assert_eq!(traces(&with_chunk(&png, b"tEXt", b"Author\0Rowan")), PictureTraces { author, ..NONE });
    assert_eq!(traces(&with_chunk(&png, b"tEXt", b"Software\0Rowan")), NONE);
}

#[test]
fn metadata_goes_without_a_new_pixel() {
    let jpeg = picture(40, 20, ImageFormat::Jpeg);
    let profile = with_segment(&jpeg, 0xE2, b"ICC_PROFILE\0\x01\x01profile");
    let told = [with_exif(&profile, 1), b"a film behind the picture".to_vec()].concat();
    let expected =
        Rewritten { bytes: profile, narrowed: false, lighter: false, turned: false, recoloured: false, cleaned: true };
    assert_eq!(rewrite(&told), Ok(Some(expected)));
    let png = picture(40, 20, ImageFormat::Png);
    let told = with_chunk(&with_chunk(&png, b"tEXt", b"Author\0Rowan"), b"tIME", b"1234567");
    assert_eq!(rewrite(&told).unwrap().unwrap().bytes, png);
    assert_eq!(rewrite(&png), Ok(None));
    assert_eq!(rewrite(&jpeg), Ok(None));
}

#[test]
fn a_wide_picture_becomes_narrower_and_upright() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png] {
        let narrower = rewrite(&picture(2_400, 600, format)).unwrap().unwrap();
        assert!(narrower.narrowed);
        let pixels = pixels(&narrower.bytes);
        assert_eq!(pixels.dimensions(), (1_200, 300));
        assert!(pixels.get_pixel(10, 10)[0] > 200 && pixels.get_pixel(1_190, 10)[2] > 200);
        assert_eq!(rewrite(&narrower.bytes), Ok(None), "once is enough");
    }
    // Turned clockwise by a quarter, the red half is above the blue one.
    let lying = with_exif(&picture(300, 2_400, ImageFormat::Jpeg), 6);
    assert_eq!(upright(&lying, (300, 2_400)), (2_400, 300));
    let standing = rewrite(&lying).unwrap().unwrap();
    let drawn = pixels(&standing.bytes);
    assert!(standing.turned && standing.cleaned && standing.narrowed);
    assert_eq!(drawn.dimensions(), (1_200, 150));
    assert!(drawn.get_pixel(600, 5)[0] > 200 && drawn.get_pixel(600, 145)[2] > 200);
    assert_eq!(traces(&standing.bytes), NONE);
}

#[test]
fn only_what_is_wanted_is_done() {
    let wide = with_exif(&picture(1_300, 4, ImageFormat::Jpeg), 1);
    let nothing = Wanted { narrow: false, upright: false, for_screens: false, clean: false };
    assert_eq!(crate::media::rewrite(&wide, nothing), Ok(None));
    let cleaned = crate::media::rewrite(&wide, Wanted { clean: true, ..nothing }).unwrap().unwrap();
    assert_eq!((cleaned.narrowed, pixels(&cleaned.bytes).width()), (false, 1_300));
    let lying = with_exif(&picture(4, 1_300, ImageFormat::Jpeg), 8);
    let cleaned = crate::media::rewrite(&lying, Wanted { clean: true, ..nothing }).unwrap().unwrap();
    assert_eq!((cleaned.narrowed, cleaned.turned, pixels(&cleaned.bytes).dimensions()), (false, true, (1_300, 4)));
}

#[test]
fn what_cannot_be_helped_is_left_alone() {
    assert_eq!(rewrite(&picture(1_300, 2, ImageFormat::Gif)), Err(RewriteFault::Gif));
    let jpeg = picture(2_400, 600, ImageFormat::Jpeg);
    assert!(rewrite(&jpeg[..300]).is_err() && rewrite(b"").is_err() && rewrite(b"\xFF\xD8\xFF").is_err());
    // More pixels than a picture may have are refused before any memory is taken.
    let mut bomb = picture(2, 2, ImageFormat::Png);
    bomb[16..24].copy_from_slice(&[0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF]);
    assert_eq!(rewrite(&bomb), Err(RewriteFault::Damaged));
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::Gif] {
        let whole = picture(40, 20, format);
        assert!(!is_cut_off(&whole) && is_cut_off(&whole[..whole.len() - 3]), "{format:?}");
    }
}

proptest! {
    /// Whatever a picture has become, it is answered.
    #[test]
    fn damage_is_answered(cut in 0_usize..2_000, at in prop::collection::vec((0_usize..2_000, any::<u8>()), 0..6)) {
        for whole in [
            with_exif(&picture(1_300, 2, ImageFormat::Jpeg), 6),
            with_chunk(&picture(1_300, 2, ImageFormat::Png), b"tEXt", b"Author\0Rowan"),
        ] {
            let mut bytes = whole[..cut.min(whole.len())].to_vec();
            for (index, value) in &at {
                if let Some(byte) = bytes.get_mut(*index) {
                    *byte = *value;
                }
            }
            let _ = (traces(&bytes), is_cut_off(&bytes), upright(&bytes, (1, 2)));
            if let Ok(Some(rewritten)) = rewrite(&bytes) {
                prop_assert!(!rewritten.bytes.is_empty());
            }
        }
    }
}
