//! How well one colour is seen on another (WCAG 2.2).

/// Relative luminance of `#rrggbb`, 0 for black to 1 for white (WCAG 2.2, "relative luminance"); `None` for other forms.
#[must_use]
pub fn luminance(colour: &str) -> Option<f64> {
    let hex = colour.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()?) / 255.0;
        Some(if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}

/// Contrast of two luminances, from 1 to 21 (WCAG 2.2, "contrast ratio").
#[must_use]
pub fn contrast(one: f64, other: f64) -> f64 {
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::{contrast, luminance};

    #[test]
    fn black_on_white_is_21_to_1() {
        let ratio = |one, other| contrast(luminance(one).unwrap(), luminance(other).unwrap());
        assert_eq!(ratio("#000000", "#ffffff").round(), 21.0);
        assert_eq!(format!("{:.2}", ratio("#767676", "#ffffff")), "4.54");
        assert_eq!(luminance("#ééé"), None);
    }
}
