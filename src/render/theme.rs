//! The look of a message in one place: colours with their contrast, and the style of each element.

use std::collections::BTreeMap;

use crate::model::{contrast, luminance};

/// Dark text (13.8:1 on white).
const INK: &str = "#1d262b";
/// Links (7.6:1 on white).
const LINK: &str = "#00508f";
/// Header where the organisation names no colour (11.6:1 under white).
const HEADER: &str = "#0b3c49";
const FONT: &str = "font-family:Arial,Helvetica,sans-serif";

/// Colours and styles, all written inline: mail programs drop most of what stands in a style element.
#[derive(Debug, Clone)]
pub(crate) struct Theme {
    /// Background of the header, `#rrggbb`.
    pub(crate) header: String,
    /// Text on it, at 4.5:1 or better (WCAG 1.4.3).
    pub(crate) on_header: &'static str,
}

impl Theme {
    /// The theme with an organisation's colour; anything but `#rrggbb` is passed over.
    pub(crate) fn new(colour: Option<&str>) -> Self {
        let header = colour.filter(|colour| luminance(colour).is_some()).unwrap_or(HEADER).to_ascii_lowercase();
        let background = luminance(&header).unwrap_or(0.0);
        // One of white and near-black always reaches 4.5:1, since black and white are 21:1 apart.
        let on_header = if contrast(1.0, background) >= 4.5 { "#ffffff" } else { "#000000" };
        Self { header, on_header }
    }

    /// The style of each element, by the name that layouts use: `style.p`, `style.h2`, …
    pub(crate) fn styles(&self) -> BTreeMap<&'static str, String> {
        let body = format!("{FONT};font-size:16px;line-height:24px;color:{INK}");
        let heading = |size: u8, line: u8, margin: &str| {
            format!("margin:{margin};font-size:{size}px;line-height:{line}px;font-weight:bold;color:{INK};")
        };
        BTreeMap::from([
            ("page", "margin:0;padding:0;background-color:#f3f5f6;".to_owned()),
            (
                "header",
                format!(
                    "padding:20px 24px;background-color:{};color:{};{FONT};text-align:left;",
                    self.header, self.on_header
                ),
            ),
            (
                "header_name",
                format!("margin:0;font-size:18px;line-height:24px;font-weight:bold;color:{};", self.on_header),
            ),
            ("header_week", format!("margin:4px 0 0 0;font-size:16px;line-height:22px;color:{};", self.on_header)),
            ("content", format!("padding:24px;background-color:#ffffff;{body};text-align:left;")),
            ("day", "margin:0 0 8px 0;font-size:14px;line-height:20px;color:#47535b;".to_owned()),
            ("h1", heading(28, 34, "0 0 12px 0")),
            ("h2", heading(22, 28, "28px 0 12px 0")),
            ("h3", heading(18, 24, "20px 0 8px 0")),
            ("h4", heading(16, 24, "16px 0 8px 0")),
            ("lead", format!("margin:0 0 20px 0;font-size:18px;line-height:26px;color:{INK};")),
            ("p", "margin:0 0 16px 0;".to_owned()),
            ("last", "margin:0;".to_owned()),
            ("list", "margin:0 0 16px 0;padding:0 0 0 28px;".to_owned()),
            ("item", "margin:0 0 8px 0;".to_owned()),
            ("a", format!("color:{LINK};text-decoration:underline;")),
            ("note", format!("padding:16px;border-left:8px solid #00508f;background-color:#eef4f8;{body};")),
            ("warning", format!("padding:16px;border-left:8px solid #b3261e;background-color:#fdf0ee;{body};")),
            ("quote", format!("padding:4px 0 4px 16px;border-left:4px solid #56626b;{body};")),
            ("box", "border-collapse:separate;margin:0 0 16px 0;".to_owned()),
            ("table", "border-collapse:collapse;margin:0 0 16px 0;".to_owned()),
            ("caption", format!("text-align:left;font-weight:bold;padding:0 0 8px 0;{body};")),
            (
                "th",
                format!(
                    "padding:8px 8px 8px 0;border-bottom:2px solid #56626b;vertical-align:top;{body};font-weight:bold;"
                ),
            ),
            ("td", format!("padding:8px 8px 8px 0;border-bottom:1px solid #b4bec5;vertical-align:top;{body};")),
            ("rule", "border-top:1px solid #b4bec5;font-size:1px;line-height:1px;padding:0;".to_owned()),
            ("code", "font-family:Consolas,'Courier New',monospace;font-size:15px;".to_owned()),
            ("picture", format!("display:block;width:100%;height:auto;border:0;{body};")),
            ("button_box", "border-collapse:separate;margin:8px 0 24px 0;".to_owned()),
            ("button_cell", format!("border-radius:4px;background-color:{LINK};mso-padding-alt:12px 24px;")),
            (
                "button",
                format!(
                    "display:inline-block;padding:12px 24px;mso-padding-alt:0;{FONT};font-size:18px;line-height:24px;font-weight:bold;color:#ffffff;text-decoration:none;border-radius:4px;"
                ),
            ),
            ("teaser", format!("padding:16px;border-left:8px solid {};background-color:#f3f5f6;{body};", self.header)),
            ("signature", format!("padding:16px 0 0 0;border-top:1px solid #b4bec5;{body};")),
            (
                "footer",
                format!(
                    "padding:16px 24px 32px 24px;background-color:#f3f5f6;{FONT};font-size:14px;line-height:20px;color:#47535b;text-align:left;"
                ),
            ),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::Theme;
    use crate::model::{contrast, luminance};

    #[test]
    fn text_on_the_header_is_always_readable() {
        for colour in
            ["#ffffff", "#000000", "#ffdd00", "#808080", "#777777", "#767676", "#0b3c49", "#ff0000", "nonsense", "#ééé"]
        {
            let theme = Theme::new(Some(colour));
            let ratio = contrast(luminance(&theme.header).unwrap(), luminance(theme.on_header).unwrap());
            assert!(ratio >= 4.5, "{colour}: {ratio}");
        }
        assert_eq!(Theme::new(Some("#FFDD00")).on_header, "#000000");
        assert_eq!(Theme::new(None).on_header, "#ffffff");
    }
}
