//! What the fields of a header are for, in words for somebody who has never looked at one.

/// The purpose of a field.
pub(in crate::preview) fn purpose(field: &str) -> Option<&'static str> {
    const PURPOSES: [(&str, &str); 14] = [
        ("From", "who it comes from"),
        ("Reply-To", "where an answer goes"),
        ("To", "who gets this copy: one address, and nobody sees another"),
        ("Subject", "what it is called"),
        ("Date", "when it was handed over; set anew when it is sent"),
        ("Message-ID", "names this one copy, so that a returned message finds its recipient"),
        ("In-Reply-To", "the message that this one follows"),
        ("References", "the conversation that it belongs to"),
        ("MIME-Version", "says that the message has parts"),
        ("Content-Type", "how the parts are put together"),
        ("List-Id", "names the week, so that people can sort it into a folder"),
        ("List-Unsubscribe", "where to write or click to stop"),
        ("Precedence", "asks automatic answers to stay quiet"),
        ("X-Auto-Response-Suppress", "asks Outlook not to send out-of-office notes back"),
    ];
    PURPOSES.iter().find(|(name, _)| name.eq_ignore_ascii_case(field)).map(|(_, words)| *words)
}
