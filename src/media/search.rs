//! Finding bytes in bytes.

/// Where a pattern first stands.
pub(in crate::media) fn find(bytes: &[u8], pattern: &[u8]) -> Option<usize> {
    let first = *pattern.first()?;
    let mut from = 0;
    while let Some(at) = bytes.get(from..)?.iter().position(|byte| *byte == first) {
        if bytes.get(from + at..)?.starts_with(pattern) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}

/// Whether ASCII words stand there as UTF-16, as the directories of old Office files have them.
pub(in crate::media) fn holds_utf16(bytes: &[u8], words: &str) -> bool {
    let pattern: Vec<u8> = words.encode_utf16().flat_map(u16::to_le_bytes).collect();
    find(bytes, &pattern).is_some()
}

/// Words for people: one line, trimmed, of at most 80 characters; nothing if nothing is left.
pub(in crate::media) fn words(text: &str) -> Option<String> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(80).collect();
    (!line.trim().is_empty()).then_some(line)
}
