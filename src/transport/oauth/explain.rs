//! Answers of the providers in plain words. Microsoft's numbers are those of its page "Microsoft Entra authentication and
//! authorization error codes"; the words of RFC 6749 §5.2 and RFC 8628 §3.5 serve for all others.

/// Part of the description, and what it means for somebody who runs a mail list.
const NUMBERS: [(&str, &str); 17] = [
    ("AADSTS50034", "there is no such account in this organisation"),
    ("AADSTS50053", "the account is locked after too many wrong passwords, or the network is blocked"),
    ("AADSTS50055", "the account's password has expired"),
    ("AADSTS50057", "the account is switched off"),
    ("AADSTS50076", "the organisation wants a second factor; sign in with the browser: weekcast login"),
    ("AADSTS50079", "the organisation wants a second factor to be set up for this account"),
    ("AADSTS50126", "user name or password is wrong"),
    (
        "AADSTS53003",
        "a Conditional Access policy of the organisation forbids this way to sign in; device codes are often blocked, the browser is not",
    ),
    ("AADSTS65001", "an administrator has not yet allowed the application to send mail (consent for SMTP.Send)"),
    ("AADSTS70000", "the sign-in that was kept is no longer good"),
    ("AADSTS700016", "the organisation does not know the application: client_id or tenant is wrong"),
    ("AADSTS700082", "the sign-in that was kept has expired, because it was not used for a long time"),
    ("AADSTS7000215", "the client secret is wrong; often its number was copied in place of its value"),
    (
        "AADSTS7000218",
        "the application is not set up as a public client: allow public client flows, or give a client secret",
    ),
    ("AADSTS7000222", "the client secret has expired"),
    ("AADSTS90002", "there is no organisation of this name: the tenant is wrong"),
    ("AADSTS9002331", "the application is not for work accounts: the tenant is wrong"),
];

const WORDS: [(&str, &str); 8] = [
    ("invalid_client", "the provider does not know the application, or its secret is wrong"),
    ("invalid_grant", "the sign-in that was kept is no longer good: it has expired or was withdrawn"),
    ("invalid_request", "the settings do not fit this provider"),
    ("invalid_scope", "the application may not ask for sending mail"),
    ("unauthorized_client", "the application is not allowed this way to sign in"),
    ("unsupported_grant_type", "the provider does not know this way to sign in"),
    ("access_denied", "the sign-in was declined in the browser"),
    ("expired_token", "nobody entered the code in time"),
];

/// The meaning, and the provider's own words behind it.
pub(crate) fn explain(code: &str, description: &str) -> String {
    // AADSTS70000 also begins AADSTS700016: the number ends where its digits do.
    let has = |number: &str| {
        description.match_indices(number).any(|(at, _)| {
            !description.get(at + number.len()..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        })
    };
    let number = NUMBERS.iter().find(|(number, _)| has(number)).map(|(_, meaning)| *meaning);
    let word = WORDS.iter().find(|(word, _)| *word == code).map(|(_, meaning)| *meaning);
    let meaning = number.or(word).unwrap_or("the provider gave a reason that is not known here");
    // One line of it: the rest is numbers for the provider's own support.
    let first = description.lines().next().unwrap_or_default().trim();
    let first: String = first.chars().filter(|c| !c.is_control()).take(200).collect();
    if first.is_empty() { format!("{meaning} ({code})") } else { format!("{meaning} ({code}: {first})") }
}

#[cfg(test)]
mod tests {
    use super::explain;

    #[test]
    fn numbers_are_whole_and_words_serve_for_the_rest() {
        for (code, description, expected) in [
            (
                "unauthorized_client",
                "AADSTS700016: Application not found.\r\nTrace ID: 1",
                "the organisation does not know the application: client_id or tenant is wrong (unauthorized_client: \
                 AADSTS700016: Application not found.)",
            ),
            (
                "invalid_grant",
                "",
                "the sign-in that was kept is no longer good: it has expired or was withdrawn (invalid_grant)",
            ),
            ("odd", "x\u{1b}[31my", "the provider gave a reason that is not known here (odd: x[31my)"),
        ] {
            assert_eq!(explain(code, description), expected);
        }
        assert!(
            explain("invalid_grant", "AADSTS70000: x").starts_with("the sign-in that was kept is no longer good (")
        );
    }
}
