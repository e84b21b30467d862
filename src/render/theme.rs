//! The look of a message in one place: colours with their contrast, and the style of each element.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::Colour;

/// Dark text (13.8:1 on white, 12.6:1 on the page).
const INK: &str = "#1d262b";
/// Quieter text (7.9:1 on white, 7.2:1 on the page).
const MUTED: &str = "#47535b";
/// Links (7.9:1 on white, 7.2:1 on the page).
const LINK: &str = "#00508f";
/// Header where the organisation names no colour (11.6:1 under white).
const HEADER: Colour = Colour([0x0b, 0x3c, 0x49]);
const BLACK: Colour = Colour([0; 3]);
const WHITE: Colour = Colour([0xff; 3]);
/// Around the message and behind quiet boxes.
const PAGE: Colour = Colour([0xf3, 0xf5, 0xf6]);
/// The message, and its boxes, where the reader's screen is dark.
const DARK: [Colour; 2] = [Colour([0x15, 0x19, 0x1c]), Colour([0x23, 0x2a, 0x2f])];
const FONT: &str = "font-family:Arial,Helvetica,sans-serif";

/// Colours and styles, all written inline: mail programs drop most of what stands in a style element.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Theme {
    /// Background of the header, `#rrggbb`: the organisation's colour as it is.
    #[serde(rename = "colour")]
    pub(crate) header: String,
    /// Text on it, at 4.5:1 or better (WCAG 1.4.3).
    #[serde(rename = "text")]
    pub(crate) on_header: String,
    /// The organisation's colour for borders and buttons: dark enough for white words on it, and for lines on light.
    pub(crate) accent: String,
    /// The same on a dark screen: bright enough for black words on it, and for lines on dark.
    pub(crate) accent_dark: String,
}

impl Theme {
    /// The theme with an organisation's colour; anything but `#rrggbb` is passed over.
    pub(crate) fn new(colour: Option<&str>) -> Self {
        let header = colour.and_then(Colour::parse).unwrap_or(HEADER);
        // One of black and white always reaches 4.5:1, since they are 21:1 apart.
        let on_header = if WHITE.contrast(header) >= 4.5 { WHITE } else { BLACK };
        Self {
            header: header.hex(),
            on_header: on_header.hex(),
            // A bright colour made dark enough is another colour, and rarely a fine one; ink goes with all of them.
            accent: if header.contrast(WHITE) < 2.5 {
                INK.to_owned()
            } else {
                header.darkened(&[WHITE, PAGE], 4.5).hex()
            },
            accent_dark: header.brightened(&[DARK[0], DARK[1], BLACK], 4.5).hex(),
        }
    }

    /// The style of each element, by the name that layouts use: `style.p`, `style.h2`, …
    pub(crate) fn styles(&self) -> BTreeMap<&'static str, String> {
        let mut styles = self.frame();
        styles.extend(self.blocks());
        styles
    }

    /// What stands around the officer's text.
    fn frame(&self) -> BTreeMap<&'static str, String> {
        let Self { header, on_header, accent, .. } = self;
        let body = body();
        let page = PAGE.hex();
        let day = format!("padding:6px 4px;{FONT};font-size:14px;line-height:18px;text-align:center;");
        BTreeMap::from([
            ("page", format!("margin:0;padding:0;background-color:{page};color:{INK};")),
            (
                "header",
                format!("padding:24px 24px 0 24px;background-color:{header};color:{on_header};{FONT};text-align:left;"),
            ),
            ("header_name", format!("margin:0 0 4px 0;font-size:16px;line-height:22px;color:{on_header};")),
            (
                "header_week",
                format!("margin:0 0 20px 0;font-size:24px;line-height:30px;font-weight:bold;color:{on_header};"),
            ),
            ("day_cell", format!("{day}background-color:{header};color:{on_header};")),
            ("day_today", format!("{day}font-weight:bold;background-color:{on_header};color:{header};")),
            ("today", format!("padding:12px 24px;background-color:{page};border-bottom:3px solid {accent};{body};")),
            ("content", format!("padding:28px 24px 24px 24px;background-color:#ffffff;{body};text-align:left;")),
            ("day", format!("margin:0 0 8px 0;font-size:16px;line-height:22px;color:{MUTED};")),
            ("h1", heading(30, 36, "0 0 12px 0")),
            ("lead", format!("margin:0 0 24px 0;font-size:19px;line-height:28px;color:{INK};")),
            ("teaser", format!("padding:16px;border-left:8px solid {accent};background-color:{page};{body};")),
            ("signature", format!("padding:24px 0 0 0;border-top:1px solid #b4bec5;{body};")),
            (
                "footer",
                format!(
                    "padding:20px 24px 32px 24px;background-color:{page};{FONT};font-size:14px;line-height:22px;color:{MUTED};text-align:left;"
                ),
            ),
            ("end_list", "margin:0 0 28px 0;padding:0 0 0 24px;".to_owned()),
            ("small", "margin:0 0 8px 0;".to_owned()),
        ])
    }

    /// What the officer's Markdown is made of.
    fn blocks(&self) -> BTreeMap<&'static str, String> {
        let body = body();
        let accent = &self.accent;
        let cell = |border: &str| format!("padding:8px 8px 8px 0;border-bottom:{border};vertical-align:top;{body};");
        BTreeMap::from([
            ("h2", heading(22, 28, "32px 0 12px 0")),
            ("h3", heading(18, 24, "24px 0 8px 0")),
            ("h4", heading(16, 24, "20px 0 8px 0")),
            ("p", "margin:0 0 16px 0;".to_owned()),
            ("label", "margin:0 0 4px 0;".to_owned()),
            ("last", "margin:0;".to_owned()),
            ("list", "margin:0 0 16px 0;padding:0 0 0 24px;".to_owned()),
            ("item", "margin:0 0 8px 0;".to_owned()),
            ("a", format!("color:{LINK};text-decoration:underline;")),
            // A long address goes to a line of its own, and is broken only where it fills that.
            ("address", format!("display:inline-block;line-break:anywhere;color:{LINK};text-decoration:underline;")),
            ("long", "display:inline-block;line-break:anywhere;text-decoration:inherit;".to_owned()),
            ("quiet", format!("color:{MUTED};")),
            (
                "note",
                format!("padding:16px 16px 1px 16px;border-left:8px solid #00508f;background-color:#eef4f8;{body};"),
            ),
            (
                "warning",
                format!("padding:16px 16px 1px 16px;border-left:8px solid #b3261e;background-color:#fdf0ee;{body};"),
            ),
            ("quote", format!("padding:4px 0 1px 16px;border-left:4px solid #56626b;{body};")),
            ("box", "border-collapse:separate;margin:0 0 24px 0;".to_owned()),
            ("table", "border-collapse:collapse;margin:0 0 24px 0;".to_owned()),
            ("caption", format!("text-align:left;font-weight:bold;padding:0 0 8px 0;{body};")),
            ("th", format!("{}font-weight:bold;", cell("2px solid #56626b"))),
            ("td", cell("1px solid #b4bec5")),
            ("rule", "border-top:1px solid #b4bec5;font-size:1px;line-height:1px;padding:0;".to_owned()),
            ("code", "font-family:Consolas,'Courier New',monospace;font-size:15px;".to_owned()),
            ("picture", format!("display:block;width:100%;height:auto;border:0;{body};")),
            ("button_box", "border-collapse:separate;margin:8px 0 24px 0;".to_owned()),
            ("button_colour", accent.clone()),
            ("button_cell", format!("border-radius:4px;background-color:{accent};mso-padding-alt:12px 24px;")),
            (
                "button",
                format!(
                    "display:inline-block;padding:12px 24px;mso-padding-alt:0;{FONT};font-size:18px;line-height:24px;font-weight:bold;color:#ffffff;text-decoration:none;border-radius:4px;"
                ),
            ),
        ])
    }
}

fn body() -> String {
    format!("{FONT};font-size:16px;line-height:24px;color:{INK}")
}

fn heading(size: u8, line: u8, margin: &str) -> String {
    format!("margin:{margin};{FONT};font-size:{size}px;line-height:{line}px;font-weight:bold;color:{INK};")
}

#[cfg(test)]
mod tests {
    use super::{BLACK, DARK, HEADER, INK, LINK, MUTED, PAGE, Theme, WHITE};
    use crate::model::Colour;

    #[test]
    fn an_organisation_s_colour_is_readable_wherever_it_stands() {
        let colour = |hex: &str| Colour::parse(hex).unwrap();
        for own in ["#ffffff", "#000000", "#ffdd00", "#808080", "#777777", "#767676", "#ff0000", "#15191c", "#f3f5f6"] {
            let theme = Theme::new(Some(own));
            assert_eq!(theme.header, own);
            let ratios = [
                colour(&theme.header).contrast(colour(&theme.on_header)),
                colour(&theme.accent).contrast(WHITE),
                colour(&theme.accent).contrast(PAGE),
                colour(&theme.accent_dark).contrast(DARK[0]),
                colour(&theme.accent_dark).contrast(DARK[1]),
                colour(&theme.accent_dark).contrast(BLACK),
            ];
            assert!(ratios.iter().all(|ratio| *ratio >= 4.5), "{own}: {ratios:?}");
        }
        assert_eq!(Theme::new(Some("#FFDD00")).on_header, "#000000");
        assert_eq!(Theme::new(Some("nonsense")).header, HEADER.hex());
        assert_eq!(Theme::new(None).on_header, "#ffffff");
    }

    #[test]
    fn words_are_readable_on_every_light_ground() {
        for ink in [INK, MUTED, LINK] {
            for ground in ["#ffffff", "#f3f5f6", "#eef4f8", "#fdf0ee"] {
                let ratio = Colour::parse(ink).unwrap().contrast(Colour::parse(ground).unwrap());
                assert!(ratio >= 4.5, "{ink} on {ground}: {ratio}");
            }
        }
    }
}
