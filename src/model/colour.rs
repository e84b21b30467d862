//! Colours and their contrast, by the formulas of WCAG 2.2.

/// How many shades are tried on the way to black, white or the full hue.
const STEPS: u32 = 20;

/// A colour as red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// `#rrggbb`; nothing else is a colour here.
    #[must_use]
    pub fn parse(written: &str) -> Option<Self> {
        let hex =
            written.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
        let number = u32::from_str_radix(hex, 16).ok()?;
        let [_, red, green, blue] = number.to_be_bytes();
        Some(Self([red, green, blue]))
    }

    /// `#rrggbb` in lower case.
    #[must_use]
    pub fn hex(self) -> String {
        let [red, green, blue] = self.0;
        format!("#{red:02x}{green:02x}{blue:02x}")
    }

    /// The contrast with another colour, from 1 to 21.
    #[must_use]
    pub fn contrast(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// This colour, or the nearest darker one that reaches `ratio` against all of `grounds`.
    #[must_use]
    pub fn darkened(self, grounds: &[Self], ratio: f64) -> Self {
        let black = Self([0; 3]);
        Self::nearest((0..=STEPS).map(|step| self.mixed(black, step)), grounds, ratio).unwrap_or(black)
    }

    /// This colour, or the nearest brighter one that reaches `ratio` against all of `grounds`: its own hue as far as that
    /// goes, then paler.
    #[must_use]
    pub fn brightened(self, grounds: &[Self], ratio: f64) -> Self {
        let white = Self([255; 3]);
        let most = self.0.into_iter().max().unwrap_or(0).max(1);
        let full = Self(self.0.map(|part| u8::try_from(u32::from(part) * 255 / u32::from(most)).unwrap_or(u8::MAX)));
        let shades = (0..=STEPS).map(|step| self.mixed(full, step));
        Self::nearest(shades.chain((0..=STEPS).map(|step| full.mixed(white, step))), grounds, ratio).unwrap_or(white)
    }

    fn nearest(mut shades: impl Iterator<Item = Self>, grounds: &[Self], ratio: f64) -> Option<Self> {
        shades.find(|shade| grounds.iter().all(|ground| shade.contrast(*ground) >= ratio))
    }

    /// `step` steps of the way to another colour.
    fn mixed(self, end: Self, step: u32) -> Self {
        let part = |from: u8, to: u8| (u32::from(from) * (STEPS - step) + u32::from(to) * step) / STEPS;
        let ([red, green, blue], [to_red, to_green, to_blue]) = (self.0, end.0);
        let parts = [part(red, to_red), part(green, to_green), part(blue, to_blue)];
        Self(parts.map(|part| u8::try_from(part).unwrap_or(u8::MAX)))
    }

    /// Relative luminance.
    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|value| {
            let value = f64::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

#[cfg(test)]
mod tests {
    use super::Colour;

    #[test]
    fn contrast_is_that_of_the_standard() {
        let (white, black) = (Colour([255; 3]), Colour([0; 3]));
        assert!((white.contrast(black) - 21.0).abs() < 1e-9);
        // The grey that stands in every textbook: the last that passes on white.
        assert!(Colour::parse("#767676").unwrap().contrast(white) >= 4.5);
        assert!(Colour::parse("#777777").unwrap().contrast(white) < 4.5);
        assert_eq!(Colour::parse("#FFDD00").unwrap().hex(), "#ffdd00");
        for written in ["", "#fff", "0b3c49", "#ggg000", "#ééé", "#0b3c49 "] {
            assert_eq!(Colour::parse(written), None, "{written}");
        }
        let yellow = Colour::parse("#ffdd00").unwrap();
        assert!(yellow.darkened(&[white], 4.5).contrast(white) >= 4.5);
        let teal = Colour::parse("#0b3c49").unwrap();
        // The same hue, and not paler than it must be.
        assert_eq!(teal.brightened(&[black], 6.0).hex(), "#1b95b6");
        assert!(black.brightened(&[black], 4.5).contrast(black) >= 4.5);
        assert_eq!(yellow.brightened(&[black], 4.5), yellow);
    }
}
