//! Tables for Excel: UTF-8 with a byte order mark, CRLF, and no cell that a spreadsheet would run as a formula.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::spreadsheet::visible::visible;

/// Without it Excel takes UTF-8 for the code page of the machine.
const BYTE_ORDER_MARK: &[u8] = "\u{FEFF}".as_bytes();

/// A whole file. Every cell is quoted, so that the text of one cannot end it in another program's idea of CSV.
///
/// # Errors
/// If a row has another width than the head.
pub fn csv_file(head: &[&str], rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .quote_style(QuoteStyle::Always)
        .from_writer(BYTE_ORDER_MARK.to_vec());
    writer.write_record(head)?;
    for row in rows {
        writer.write_record(row.iter().map(|text| cell(text)))?;
    }
    writer.into_inner().map_err(|cause| csv::Error::from(cause.into_error()))
}

/// A text that a spreadsheet shows as it is: where it begins like a formula, an apostrophe stands before it (OWASP, CSV
/// injection); the full-width forms count too, because East Asian input turns them into the plain ones.
fn cell(text: &str) -> String {
    let shown = visible(text);
    let formula = |text: &str| text.starts_with(['=', '+', '-', '@', '\u{FF1D}', '\u{FF0B}', '\u{FF0D}', '\u{FF20}']);
    if formula(&shown) || text.starts_with(['\t', '\r', '\n']) { format!("'{shown}") } else { shown }
}

#[cfg(test)]
mod tests {
    use super::{cell, csv_file};

    #[test]
    fn no_cell_begins_like_a_formula() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a=b", "a=b"),
            ("", ""),
            ("=HYPERLINK(\"https://x.example\")", "'=HYPERLINK(\"https://x.example\")"),
            ("+44 1632 960123", "'+44 1632 960123"),
            ("-1", "'-1"),
            ("@sum", "'@sum"),
            ("\t=1", "'=1"),
            ("\r=1", "'=1"),
            ("\n=1", "'=1"),
            ("  =1", "'=1"),
            ("\u{0}=1", "'=1"),
            ("\u{FF1D}1", "'\u{FF1D}1"),
            ("\t", "'"),
            ("550 5.1.1 no\r\nsuch user", "550 5.1.1 no  such user"),
        ] {
            assert_eq!(cell(text), expected, "{text:?}");
        }
    }

    #[test]
    fn the_file_is_what_excel_reads() {
        let rows = [vec!["caf\u{e9}, \"noir\"".to_owned(), "=1;=2".to_owned()]];
        let bytes = csv_file(&["a", "b"], &rows).unwrap();
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "\u{FEFF}\"a\",\"b\"\r\n\"caf\u{e9}, \"\"noir\"\"\",\"'=1;=2\"\r\n"
        );
        assert!(csv_file(&["a"], &rows).is_err());
    }
}
