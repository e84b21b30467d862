//! The line that opens a box: `> [!NOTE]`, or `> [!LANG cy]` for a stretch in another language.

use crate::render::markdown::signs::is_space;

/// What such a line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BoxLine {
    /// `[!NOTE]` as Markdown knows it, where the officer wrote it otherwise.
    pub(crate) mended: Option<String>,
    /// The language, for `LANG`.
    pub(crate) lang: Option<String>,
    /// Bytes of the mark itself.
    pub(crate) mark: usize,
    /// Bytes of the mark with all that separates it from words on the same line.
    pub(crate) length: usize,
}

const KINDS: [&str; 5] = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"];

/// Reads a line from its first character behind the `>` on.
pub(crate) fn read(line: &str) -> Option<BoxLine> {
    let inner = line.strip_prefix("[!")?;
    let end = inner.find(']')?;
    let words = inner[..end].trim_matches(is_space);
    let kind = words.trim_end_matches([':', '!']).to_ascii_uppercase();
    let lang = match words.split_once(is_space) {
        Some((word, tag)) if word.eq_ignore_ascii_case("lang") => Some(tag.trim_matches(is_space).to_owned()),
        _ if kind == "LANG" => Some(String::new()),
        _ => None,
    };
    if lang.is_none() && !KINDS.contains(&kind.as_str()) {
        return None;
    }
    let mark = end + 3;
    let rest = line[mark..].trim_start_matches(|c| is_space(c) || c == ':');
    let mended = (lang.is_none() && inner[..end] != kind).then(|| format!("[!{kind}]"));
    Some(BoxLine { mended, lang, mark, length: line.len() - rest.len() })
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn marks_are_read_as_officers_write_them() {
        let line = |line: &str| read(line).map(|found| (found.mended, found.lang, found.length));
        for (text, expected) in [
            ("[!NOTE]", Some((None, None, 7))),
            ("[!note] Bring it", Some((Some("[!NOTE]".to_owned()), None, 8))),
            ("[! Warning]: Do", Some((Some("[!WARNING]".to_owned()), None, 13))),
            ("[!LANG cy]", Some((None, Some("cy".to_owned()), 10))),
            ("[!lang  cy-GB ] Mae", Some((None, Some("cy-GB".to_owned()), 16))),
            ("[!LANG]", Some((None, Some(String::new()), 7))),
            ("[!URGENT]", None),
            ("words", None),
        ] {
            assert_eq!(line(text), expected, "{text}");
        }
    }
}
