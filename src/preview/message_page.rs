//! The HTML part as a page of its own: pictures from files, nothing from the network, no script.

/// The page is shown in a frame; its links open beside it, and learn neither where they were clicked nor by whom.
const TARGET: &str = "<meta name=\"referrer\" content=\"no-referrer\"><base target=\"_blank\">";

/// The page of a message. `pictures` are Content-IDs with the links that replace them; without any the page asks for none.
pub(in crate::preview) fn message_page(html: &str, pictures: &[(String, String)], policy: &str) -> String {
    let (before, after) = html.split_at(head_end(html));
    let policy = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    format!("{before}{policy}{TARGET}{}", with_files(after, pictures))
}

/// The offset behind `<head>`; without one, behind the document type, so that no browser falls into its old ways.
fn head_end(html: &str) -> usize {
    let lower = html.to_ascii_lowercase();
    let tag_end = |name: &str| {
        let start = lower.find(name)?;
        let inside = &lower[start + name.len()..];
        // `<header` is no head.
        let whole = inside.starts_with(|c: char| c == '>' || c.is_ascii_whitespace());
        whole.then(|| inside.find('>').map(|end| start + name.len() + end + 1)).flatten()
    };
    tag_end("<head").or_else(|| tag_end("<!doctype")).unwrap_or(0)
}

/// Replaces each `cid:` address that is the value of an attribute or of `url(…)`.
fn with_files(html: &str, pictures: &[(String, String)]) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("cid:") {
        let (before, address) = rest.split_at(start);
        let id = &address["cid:".len()..];
        let end = id.find(|c: char| "\"'<>()".contains(c) || c.is_whitespace()).unwrap_or(id.len());
        out.push_str(before);
        let file = pictures.iter().find(|(content_id, _)| content_id == &id[..end]).map(|(_, link)| link);
        match file.filter(|_| before.ends_with(['"', '\'', '(', '='])) {
            Some(link) => out.push_str(link),
            None => out.push_str(&address[.."cid:".len() + end]),
        }
        rest = &id[end..];
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{TARGET, message_page};

    fn page(html: &str, pictures: &[(String, String)]) -> String {
        message_page(html, pictures, "P")
    }

    fn added() -> String {
        format!("<meta http-equiv=\"Content-Security-Policy\" content=\"P\">{TARGET}")
    }

    #[test]
    fn pictures_come_from_files_and_prose_stays() {
        let pictures =
            [("p1@b".to_owned(), "files/a.png".to_owned()), ("p1@b.example".to_owned(), "files/b.png".into())];
        for (html, expected) in [
            ("<img src=\"cid:p1@b\">", "<img src=\"files/a.png\">"),
            ("<img src='cid:p1@b.example'>", "<img src='files/b.png'>"),
            ("url(cid:p1@b)", "url(files/a.png)"),
            ("<img src=\"cid:unknown@b\">", "<img src=\"cid:unknown@b\">"),
            ("see cid:p1@b, ok", "see cid:p1@b, ok"),
            ("cid:", "cid:"),
        ] {
            assert_eq!(page(html, &pictures), format!("{}{expected}", added()), "{html}");
        }
    }

    #[test]
    fn the_policy_stands_first_in_the_head() {
        for (html, expected) in [
            ("<!DOCTYPE html><html><HEAD lang=\"x\"><title>", "<!DOCTYPE html><html><HEAD lang=\"x\">|<title>"),
            ("<!doctype html><header>", "<!doctype html>|<header>"),
            ("<p>\u{e9}", "|<p>\u{e9}"),
        ] {
            assert_eq!(page(html, &[]), expected.replace('|', &added()));
        }
    }
}
