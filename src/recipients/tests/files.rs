//! Lists kept as CSV or TSV.

use super::{names, project, read, shown};
use crate::model::{Findings, ListKind, Recipient};
use crate::recipients::{expand, load};

const LIST: &str = "[lists.a]\nfile = \"people.csv\"\n";

fn people(toml: &str, csv: &[u8]) -> (Vec<Recipient>, Vec<String>) {
    let (lists, findings) = read(toml, csv);
    match lists.into_iter().next().map(|list| list.kind) {
        Some(ListKind::File { members, .. }) => (members.iter().collect(), findings),
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_form_of_a_file_is_read() {
    let wide: Vec<u8> =
        "\u{FEFF}Email\tFull name\r\na@b.example\tSiân\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for csv in [
        &b"Email,Full name\na@b.example,Si\xC3\xA2n\n"[..],
        b"Email;Full name\r\na@b.example;Si\xC3\xA2n",
        b"Email\tFull name\na@b.example\tSi\xC3\xA2n\n\n\n",
        b"\xEF\xBB\xBF\"Email\",\"Full name\"\r\n\"a@b.example\",\"Si\xC3\xA2n\"\r\n",
        b"\n\n Email , Full  name ,,\n\n , ,,\n a@b.example , Si\xC3\xA2n ,,\n,,,\n",
        b"sep=;\r\nEmail;Full name\r\na@b.example;Si\xC3\xA2n\r\n",
        b"Email,\"Full\nname\"\na@b.example,\"Si\xC3\xA2n\n\"\n",
        b"Email,Full name\ra@b.example,Si\xC3\xA2n\r",
        &wide,
    ] {
        let (people, findings) = people(LIST, csv);
        let shown = String::from_utf8_lossy(csv);
        assert_eq!(findings, Vec::<String>::new(), "{shown}");
        assert_eq!(people.len(), 1, "{shown}");
        assert_eq!(people[0].name(), Some("Siân"), "{shown}");
        assert_eq!(people[0].address.as_str(), "a@b.example", "{shown}");
        assert_eq!(people[0].fields.iter().collect::<Vec<_>>(), [("Full name", "Siân")], "{shown}");
    }
}

#[test]
fn columns_are_found_by_name() {
    let columns = |columns: &str| format!("{LIST}columns = {columns}\n");
    for (toml, heading, name) in [
        (LIST.to_owned(), "E-mail,Name", Some("N")),
        (LIST.to_owned(), "ADDRESS,name", Some("N")),
        (LIST.to_owned(), "E-mail Address,Full name", Some("N")),
        (columns("{ address = \"Mail\", name = \"Who\" }"), "Mail,Who", Some("N")),
        (columns("{ address = \"Mail\" }"), "Mail;Who, exactly", None),
    ] {
        let delimiter = if heading.contains(';') { ';' } else { ',' };
        let (people, findings) = people(&toml, format!("{heading}\na@b.example{delimiter}N\n").as_bytes());
        assert_eq!(findings, Vec::<String>::new(), "{heading}");
        assert_eq!(people[0].name(), name, "{heading}");
    }
}

#[test]
fn faulty_headings_are_pointed_at() {
    let named = format!("{LIST}columns = {{ address = \"Emial\" }}\n");
    for (toml, csv, expected) in [
        (LIST, "Email:Name\nx:y\n", "people:1:1 csv-delimiter the columns are parted by \":\", which is not read"),
        (LIST, "sep=:\nEmail:Name\n", "people:1:1 csv-delimiter the columns are parted by \":\", which is not read"),
        (LIST, "a;b,c\n", "people:1:1 csv-delimiter it is unclear what parts the columns: the first line is a;b,c"),
        (
            LIST,
            "Post,Name\n",
            "people:1:1 missing-column no column holds the address: none is called \"Email\" or \"address\"",
        ),
        (LIST, "a@b.example,Asha\n", "people:1:1 missing-column the first line holds no headings"),
        (LIST, "Email,x,x\n", "people:1:9 duplicate-column two columns are called \"x\""),
        (
            LIST,
            "Email,\"a,b\",E-mail Address\n",
            "people:1:13 unclear-column \"Email\" and \"E-mail Address\" could both hold the address",
        ),
        (
            LIST,
            "Email,lists\n",
            "people:1:7 reserved-field `lists` cannot be a merge field: recipient.lists is something else",
        ),
        (LIST, "", "people:1:1 csv-empty the file has no headings and no rows"),
        (
            LIST,
            "\"Email,Name\na@b.example,A\n",
            "people:1:1 csv-quote a quotation mark is opened here and not closed in this row",
        ),
        (&named, "Email,Name\n", "recipients:3:23 missing-column the file has no column \"Emial\""),
    ] {
        let (people, findings) = people(toml, csv.as_bytes());
        assert_eq!(findings, [expected], "{csv}");
        assert!(people.is_empty());
    }
}

#[test]
fn faulty_rows_are_pointed_at_and_the_others_kept() {
    for (rows, expected) in [
        ("bad,A\n", "people:2:1 bad-address \"bad\" is not an address: an address has exactly one \"@\""),
        ("\n\"a\nb\",A\n", "people:3:3 bad-address \"a\u{FFFD}b\" is not an address: it holds a line end (U+000A)"),
        ("x@b.example\n", "people:2:1 csv-ragged the row has 1 cell, the heading line 2"),
        ("x@b.example;A\n", "people:2:1 csv-ragged the row has 1 cell, the heading line 2"),
        ("x@b.example,A,B\n", "people:2:1 csv-ragged the row has 3 cells, the heading line 2"),
        (",A\n", "people:2:1 bad-address the address is empty"),
        (
            "x@b.example,\"A \"\"x\"\"\u{202E}\"\n",
            "people:2:21 name-control the name holds an invisible mark that turns the direction of writing (U+202E)",
        ),
        ("x@b.example,A\u{200B}\n", "people:2:14 name-control the name holds an invisible character (U+200B)"),
        ("x@b.example,\"A\n", "people:2:13 csv-quote a quotation mark is opened here and not closed in this row"),
        ("x@b.example,\"A\" B\n", "people:2:16 csv-quote something stands behind the closing quotation mark of a cell"),
        ("ok@b.example,\"Z\"\n", "people:3:1 duplicate-member ok@b.example is in this list already"),
        (
            "x@b.example,\"A\n\nx@council.gov.ukk,B\n",
            "people:2:13 csv-quote a quotation mark is opened here and not closed in this row",
        ),
    ] {
        let (people, findings) = people(LIST, format!("Email,Name\n{rows}ok@b.example,Ok\n").as_bytes());
        assert_eq!(findings.first().map(String::as_str), Some(expected), "{rows}");
        assert!(people.iter().any(|one| one.address.as_str() == "ok@b.example"), "{rows}");
    }
}

#[test]
fn files_that_cannot_be_read_are_one_finding() {
    for (list, expected) in [
        ("file = \"nix.csv\"", "recipients:2:8 file-missing there is no file \"nix.csv\""),
        ("file = \"../people.csv\"", "recipients:2:8 file-outside \"../people.csv\" leads out of the project folder"),
        (
            "file = 'sub\\people.csv'",
            "recipients:2:8 path-escape `file` is written with \\, which leads nowhere but on Windows",
        ),
        ("file = \"people.xlsx\"", "recipients:2:8 xlsx-unreadable \"people.xlsx\" is no Excel workbook, or damaged"),
        (
            "file = \"zip.csv\"\nsheet = \"DSLs\"",
            "recipients:2:8 xlsx-unreadable \"zip.csv\" is no Excel workbook, or damaged",
        ),
        ("file = \"latin1.csv\"", "latin1:2:3 encoding the file is neither UTF-8 nor Windows-1252 from here on"),
        (
            "file = \"people.csv\"\ncolumns = { adress = \"Email\" }",
            "recipients:3:13 unknown-key unknown key `adress` in `columns`",
        ),
    ] {
        let toml = format!("[lists.a]\n{list}\n");
        let project = project(&[
            ("recipients.toml", toml.as_bytes()),
            ("people.csv", b"Email\na@b.example\n"),
            ("people.xlsx", b"x"),
            ("zip.csv", b"PK\x03\x04zip"),
            ("latin1.csv", b"Email\nSi\x81n@b.example\n"),
        ]);
        let mut findings = Findings::new();
        let lists = load(&project.project, &mut findings);
        // What is wrong with the file has been said: that the list is empty is no news.
        expand(&lists, &names(&["a"]), &mut findings);
        assert_eq!(shown(findings), [expected], "{list}");
    }
}

#[test]
fn many_rows_take_no_time_and_bad_ones_do_not_flood() {
    let mut csv = String::from("Email,Name,School\n");
    for number in 0..20_000 {
        csv.push_str(&format!("person{number}@school{}.example,Person {number},\"School, {number}\"\n", number % 700));
        if number % 50 == 0 {
            csv.push_str(&format!("bad{number},x,y\n"));
        }
    }
    let (people, findings) = people(LIST, csv.as_bytes());
    assert_eq!(people.len(), 20_000);
    assert_eq!(findings.len(), 21);
    assert!(
        findings[20].ends_with("bad-address and 380 more of the same kind in people.csv, from here on"),
        "{findings:?}"
    );
    assert_eq!(people[19_999].place.line_column(), (20_401, 1));
}
