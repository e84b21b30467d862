//! What an element got from the style sheet, written into its start tag.

use std::ops::Range;

use crate::render::inline::markup::StartTag;
use crate::render::template::sentinel::html;

/// The change of a text that gives a start tag these declarations; its own style stands behind them and so wins, as in a
/// browser.
pub(super) fn edit(text: &str, tag: &StartTag, declarations: &str) -> (Range<usize>, String) {
    let written = html(declarations);
    match tag.attribute("style") {
        None => (tag.name_end..tag.name_end, format!(" style=\"{written}\"")),
        Some(style) if style.mark.is_some() => (style.value.start..style.value.start, written),
        Some(style) => {
            let own = text.get(style.value.clone()).unwrap_or_default();
            (style.whole.clone(), format!("style=\"{written}{}\"", own.replace('"', "&quot;")))
        }
    }
}

/// The declarations of a style attribute as it stands in HTML, without those that are `!important`: in a style attribute
/// classic Outlook drops them, and in the style sheet they win all the same.
pub(super) fn declarations(attribute: &str) -> String {
    let style = attribute
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&");
    let mut out = String::new();
    for declaration in split(&style) {
        let is_important =
            declaration.rsplit_once('!').is_some_and(|(_, word)| word.trim().eq_ignore_ascii_case("important"));
        if let Some((name, value)) = declaration.split_once(':').filter(|_| !is_important) {
            out.push_str(&format!("{}:{};", name.trim(), value.trim()));
        }
    }
    out
}

/// At the semicolons that stand neither in a string nor in brackets.
fn split(style: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0_usize);
    let mut mark: Option<char> = None;
    for (at, character) in style.char_indices() {
        match (mark, character) {
            (Some(open), _) if open == character => mark = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => mark = Some(character),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ';') if depth == 0 => {
                found.extend(style.get(start..at));
                start = at + 1;
            }
            (None, _) => {}
        }
    }
    // The inliner writes "O'Neil" as 'O'Neil'. What is left open would swallow the element's own style behind it.
    if mark.is_some() || depth > 0 {
        return Vec::new();
    }
    found.extend(style.get(start..));
    found
}

#[cfg(test)]
mod tests {
    use super::{declarations, edit};
    use crate::render::inline::markup::{Item, items};

    #[test]
    fn declarations_are_read_without_the_important_ones() {
        let attribute =
            "color: red;font: 1px &quot;A;B&quot; ; top: 1px ! Important;background: url(data:a;b!important)";
        assert_eq!(declarations(attribute), "color:red;font:1px \"A;B\";background:url(data:a;b!important);");
        for nothing in ["", "font-family: 'O'Neil'", "background: url(a"] {
            assert_eq!(declarations(nothing), "", "{nothing}");
        }
    }

    #[test]
    fn an_elements_own_style_stands_last() {
        for (tag, expected) in [
            ("<p>", "<p style=\"a:&quot;;\">"),
            ("<p class=x>", "<p style=\"a:&quot;;\" class=x>"),
            ("<p style='b:c'>", "<p style='a:&quot;;b:c'>"),
            ("<p STYLE = \"b:c\">", "<p STYLE = \"a:&quot;;b:c\">"),
            ("<p style=b:c id=x>", "<p style=\"a:&quot;;b:c\" id=x>"),
            ("<br/>", "<br style=\"a:&quot;;\"/>"),
        ] {
            let Item::Start(found) = &items(tag)[0] else { panic!("{tag}") };
            let (range, new) = edit(tag, found, "a:\";");
            let mut out = tag.to_owned();
            out.replace_range(range, &new);
            assert_eq!(out, expected);
        }
    }
}
