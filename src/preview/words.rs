//! Words and classes that several views of the preview share.

use crate::model::count;

/// A size in words, in decimal units as mail systems count.
pub(in crate::preview) fn octets(size: usize) -> String {
    match size {
        0..1_000 => count(size, "byte"),
        1_000..1_000_000 => format!("{} kB", size.div_ceil(1_000)),
        _ => format!("{}.{} MB", size / 1_000_000, size % 1_000_000 / 100_000),
    }
}

/// The class of a day's state.
pub(in crate::preview) fn state_class(state: &str) -> &'static str {
    match state {
        "sent" | "signed_off" => "good",
        "held" | "incomplete" => "bad",
        _ => "calm",
    }
}

/// What a day's state means for the officer; `weekday` is what she types. Nothing where the word says it all.
pub(in crate::preview) fn state_words(state: &str, weekday: &str) -> Option<[String; 3]> {
    let (before, command, after) = match state {
        "planned" | "signed_off" => ("It goes at its time by ", "weekcast run".to_owned(), ", or when you send it."),
        "correction" => ("It goes when you give ", "weekcast correct".to_owned(), " without --dry-run."),
        "held" => (
            "Its time has come and nothing was sent: it waits for you. Why, and the ways out of it: ",
            format!("weekcast status {weekday}"),
            "",
        ),
        "incomplete" => {
            ("Something is open. Who, and what to do: ", format!("weekcast status {weekday} --recipients"), "")
        }
        _ => return None,
    };
    Some([before.to_owned(), command, after.to_owned()])
}

/// Where the sign-off of a day stands; `needed` are the people who must sign.
pub(in crate::preview) fn sign_off(needed: u8, state: &str) -> String {
    match (needed, state) {
        (0, _) => "not asked for in this week".to_owned(),
        (_, "signed_off") => "done".to_owned(),
        (_, "planned" | "held") => format!("waits for {}", count(usize::from(needed), "person")),
        _ => "passed before sending began".to_owned(),
    }
}

/// What stands in a sender's round picture: the first letter of the name.
pub(in crate::preview) fn initial(name: &str) -> String {
    name.chars().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{initial, octets, sign_off, state_words};

    #[test]
    fn sizes_and_sign_offs_read_as_english() {
        assert_eq!(octets(1), "1 byte");
        assert_eq!(octets(1_001), "2 kB");
        assert_eq!(octets(8_400_000), "8.4 MB");
        assert_eq!(sign_off(0, "planned"), "not asked for in this week");
        assert_eq!(sign_off(2, "planned"), "waits for 2 people");
        assert_eq!(sign_off(1, "signed_off"), "done");
        let held = state_words("held", "monday").unwrap().concat();
        assert!(held.ends_with("weekcast status monday"), "{held}");
        assert_eq!(state_words("sent", "monday"), None);
        assert_eq!(initial("\"élan\""), "É");
    }
}
