//! Who is answered: a browser on this computer that was given the address. Another page that is open in it, a name that
//! was made to lead here (DNS rebinding), and another user of the computer are not.

use axum::http::{HeaderMap, Method, StatusCode, header, request};

/// Why a request is refused, in words for whoever sees the page.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::preview) struct Refusal {
    /// The status.
    pub(in crate::preview) status: StatusCode,
    /// The fact and the next step.
    pub(in crate::preview) words: &'static str,
}

const HOST: Refusal = Refusal {
    status: StatusCode::MISDIRECTED_REQUEST,
    words: "The preview answers only under 127.0.0.1 and its own port. Open the address that weekcast printed.",
};
const METHOD: Refusal = Refusal {
    status: StatusCode::METHOD_NOT_ALLOWED,
    words: "The preview can only be looked at: nothing is changed or sent here.",
};
const ORIGIN: Refusal = Refusal {
    status: StatusCode::FORBIDDEN,
    words: "Another page asked for the preview, which is refused. Open the address that weekcast printed.",
};
const TOKEN: Refusal = Refusal {
    status: StatusCode::FORBIDDEN,
    words: "This is not the address of the preview; it is a new one at each start. Open the one that weekcast printed.",
};

/// The path behind the token, of a request that may be answered.
pub(in crate::preview) fn admitted<'r>(
    request: &'r request::Parts,
    port: u16,
    token: &str,
) -> Result<&'r str, Refusal> {
    let hosts = [format!("127.0.0.1:{port}"), format!("localhost:{port}")];
    let is_ours = |host: &str| hosts.iter().any(|own| own.eq_ignore_ascii_case(host));
    let mut named = request.headers.get_all(header::HOST).iter();
    let host = named.next().and_then(|host| host.to_str().ok()).is_some_and(is_ours) && named.next().is_none();
    if !host || request.uri.authority().is_some_and(|authority| !is_ours(authority.as_str())) {
        return Err(HOST);
    }
    if request.method != Method::GET && request.method != Method::HEAD {
        return Err(METHOD);
    }
    if !is_of_own_origin(&request.headers, &hosts) {
        return Err(ORIGIN);
    }
    let path = request.uri.path().strip_prefix('/').unwrap_or_default();
    match path.split_once('/') {
        Some((given, rest)) if is_same(given, token) => Ok(rest),
        None if is_same(path, token) => Ok(""),
        _ => Err(TOKEN),
    }
}

/// By `Origin`, and by what browsers say of the page that asks; a person who follows a link to here is let in.
fn is_of_own_origin(headers: &HeaderMap, hosts: &[String]) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let of_ours = |origin: &str| origin.strip_prefix("http://").is_some_and(|host| hosts.iter().any(|own| own == host));
    let opened = text("sec-fetch-mode") == Some("navigate") && text("sec-fetch-dest") == Some("document");
    text("origin").is_none_or(of_ours)
        && text("sec-fetch-site").is_none_or(|site| ["same-origin", "none"].contains(&site) || opened)
}

/// Compared to the end, so that the time tells nothing.
fn is_same(given: &str, token: &str) -> bool {
    let differing = given.bytes().zip(token.bytes()).fold(0, |differing, (a, b)| differing | (a ^ b));
    given.len() == token.len() && differing == 0
}

#[cfg(test)]
mod tests {
    use axum::http::{Request, request};

    use super::{HOST, METHOD, ORIGIN, Refusal, TOKEN, admitted};

    fn request(method: &str, target: &str, headers: &[(&str, &str)]) -> request::Parts {
        let request = Request::builder().method(method).uri(target);
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        request.body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_a_browser_on_this_computer_with_the_token_is_answered() {
        const OWN: (&str, &str) = ("host", "127.0.0.1:4080");
        type Case<'a> = (&'a str, &'a str, &'a [(&'a str, &'a str)], Result<&'a str, Refusal>);
        let cases: [Case<'_>; 18] = [
            ("GET", "/secret/a/b", &[OWN], Ok("a/b")),
            ("HEAD", "/secret", &[("host", "LOCALHOST:4080")], Ok("")),
            ("GET", "/secret/", &[OWN, ("origin", "http://127.0.0.1:4080")], Ok("")),
            ("GET", "/secret/", &[OWN, ("sec-fetch-site", "none")], Ok("")),
            ("GET", "/secret/", &[OWN, ("sec-fetch-site", "cross-site")], Err(ORIGIN)),
            (
                "GET",
                "/secret/",
                &[
                    OWN,
                    ("sec-fetch-site", "cross-site"),
                    ("sec-fetch-mode", "navigate"),
                    ("sec-fetch-dest", "document"),
                ],
                Ok(""),
            ),
            ("GET", "/secret/", &[OWN, ("origin", "http://127.0.0.1:4081")], Err(ORIGIN)),
            ("GET", "/secret/", &[OWN, ("origin", "null")], Err(ORIGIN)),
            ("GET", "/secret/", &[("host", "evil.example:4080")], Err(HOST)),
            ("GET", "/secret/", &[("host", "127.0.0.1:4081")], Err(HOST)),
            ("GET", "/secret/", &[("host", "127.0.0.1")], Err(HOST)),
            ("GET", "/secret/", &[OWN, ("host", "evil.example")], Err(HOST)),
            ("GET", "/secret/", &[], Err(HOST)),
            ("GET", "http://evil.example/secret/", &[OWN], Err(HOST)),
            ("POST", "/secret/", &[OWN], Err(METHOD)),
            ("GET", "/secre/", &[OWN], Err(TOKEN)),
            ("GET", "/secretly/", &[OWN], Err(TOKEN)),
            ("GET", "/", &[OWN], Err(TOKEN)),
        ];
        for (method, target, headers, expected) in cases {
            let request = request(method, target, headers);
            assert_eq!(admitted(&request, 4080, "secret"), expected, "{method} {target} {headers:?}");
        }
    }
}
