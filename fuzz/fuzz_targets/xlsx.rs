#![no_main]
//! Workbooks: the bytes as they are, or, since hardly any bytes are a ZIP file, as the parts of one.

mod laws;

use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

const WORKBOOK: &str = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="L" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const PARTS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((kind, rest)) = bytes.split_first() else { return };
    if *kind == b'P' {
        return laws::hold("people.xlsx", bytes);
    }
    // A NUL parts the sheet from the strings.
    let mut parts = rest.splitn(2, |byte| *byte == 0);
    let (sheet, strings) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, part) in [
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", PARTS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
        ("xl/sharedStrings.xml", strings),
    ] {
        archive.start_file(name, options).unwrap();
        archive.write_all(part).unwrap();
    }
    laws::hold("people.xlsx", archive.finish().unwrap().get_ref());
});
