//! Content security policies: a page's own one, which allows what a file on the disk needs, becomes that of a served page.

/// The element in the pages that holds their policy.
const OPENING: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";
const CLOSING: &str = "\">";

/// Of everything that is not a page: nothing may be loaded, run or sent.
pub(in crate::preview) const FILE: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'";
/// Of a PDF: the reader in some browsers is an object of the page.
pub(in crate::preview) const PDF: &str =
    "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'";
/// Of a message: pictures beside it and its own styles; no script, though it is of the same origin as the pages.
pub(in crate::preview) const MESSAGE: &str = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; \
     form-action 'none'; frame-ancestors 'self'; sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox";

/// What the live part needs: its script and style from here, the stream of news, the form for another copy.
const LIVE: [(&str, &str); 5] = [
    ("script-src", "'self'"),
    ("style-src", "'self'"),
    ("connect-src", "'self'"),
    ("form-action", "'self'"),
    ("frame-ancestors", "'self'"),
];

/// The page without its policy, and the policy for the header. Two policies would both have to allow the live part.
pub(in crate::preview) fn lifted(html: &str) -> (String, String) {
    let found = html.find(OPENING).and_then(|start| {
        let content = start + OPENING.len();
        let end = content + html.get(content..)?.find(CLOSING)?;
        Some((html.get(..start)?, html.get(content..end)?, html.get(end + CLOSING.len()..)?))
    });
    match found {
        Some((before, own, after)) => (format!("{before}{after}"), served(own)),
        None => (html.to_owned(), served("default-src 'none'; img-src 'self'; base-uri 'none'")),
    }
}

fn served(own: &str) -> String {
    let mut directives: Vec<(String, Vec<String>)> = own
        .split(';')
        .filter_map(|directive| {
            let mut words = directive.split_whitespace().map(str::to_owned);
            // Files are the sources of a page on the disk.
            Some((words.next()?, words.filter(|word| word != "file:").collect()))
        })
        .collect();
    for (name, source) in LIVE {
        match directives.iter_mut().find(|(known, _)| known == name) {
            Some((_, sources)) => {
                sources.retain(|known| known != "'none'" && known != source);
                sources.push(source.to_owned());
            }
            None => directives.push((name.to_owned(), vec![source.to_owned()])),
        }
    }
    let directives = directives.into_iter().map(|(name, sources)| format!("{name} {}", sources.join(" ")));
    directives.collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::lifted;

    #[test]
    fn the_policy_moves_to_the_header_and_allows_the_live_part() {
        let page = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src 'self' file:; \
                    script-src 'sha256-x'; form-action 'none'\"><title>";
        let (html, policy) = lifted(page);
        assert_eq!(html, "<head><title>");
        assert_eq!(
            policy,
            "default-src 'none'; img-src 'self'; script-src 'sha256-x' 'self'; form-action 'self'; style-src 'self'; \
             connect-src 'self'; frame-ancestors 'self'"
        );
    }

    #[test]
    fn a_page_without_one_still_gets_one() {
        assert!(lifted("<p>").1.starts_with("default-src 'none'; "));
    }
}
