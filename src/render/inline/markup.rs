//! Start tags, comments and style elements of an HTML text with their byte ranges; nothing is built and nothing changed.

use std::ops::Range;

/// An attribute of a start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attribute {
    /// In lower case.
    pub(super) name: String,
    /// From the name to the end of the value, marks included.
    pub(super) whole: Range<usize>,
    /// Without its marks; empty at the end of the name where there is none.
    pub(super) value: Range<usize>,
    /// The mark around the value.
    pub(super) mark: Option<char>,
}

/// A start tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct StartTag {
    /// In lower case.
    pub(super) name: String,
    /// From `<` to `>`.
    pub(super) range: Range<usize>,
    /// Where its name ends.
    pub(super) name_end: usize,
    /// In their order.
    pub(super) attributes: Vec<Attribute>,
}

impl StartTag {
    /// The attribute of a name.
    pub(super) fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

/// What a text is made of besides words and end tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Item {
    /// A start tag.
    Start(StartTag),
    /// A comment, conditional ones of Outlook included.
    Comment(Range<usize>),
    /// A style element: its start tag, its rules, and the end of its end tag.
    Style(StartTag, Range<usize>, usize),
}

impl Item {
    /// The bytes of it.
    pub(super) fn range(&self) -> Range<usize> {
        match self {
            Self::Start(tag) => tag.range.clone(),
            Self::Comment(range) => range.clone(),
            Self::Style(tag, _, end) => tag.range.start..*end,
        }
    }
}

/// Elements whose content is no markup.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

/// All items in order; a tag or comment that is not closed ends the search.
pub(super) fn items(text: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut at = 0;
    while let Some(start) = find(text, at, "<") {
        let rest = text.get(start..).unwrap_or_default();
        if rest.starts_with("<!--") {
            let end = find(text, start + 4, "-->").map_or(text.len(), |end| end + 3);
            items.push(Item::Comment(start..end));
            at = end;
        } else if rest.get(1..).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic())) {
            let Some(tag) = start_tag(text, start) else { break };
            at = tag.range.end;
            if RAW.contains(&tag.name.as_str()) {
                let close = end_of_raw(text, at, &tag.name);
                let end = find(text, close, ">").map_or(text.len(), |end| end + 1);
                if tag.name == "style" {
                    items.push(Item::Style(tag, at..close, end));
                }
                at = end;
            } else {
                items.push(Item::Start(tag));
            }
        } else {
            at = start + 1;
        }
    }
    items
}

fn find(text: &str, from: usize, what: &str) -> Option<usize> {
    Some(from + text.get(from..)?.find(what)?)
}

fn end_of_raw(text: &str, from: usize, name: &str) -> usize {
    let close = format!("</{name}");
    let rest = text.get(from..).unwrap_or_default().to_ascii_lowercase();
    rest.find(&close).map_or(text.len(), |end| from + end)
}

fn start_tag(text: &str, start: usize) -> Option<StartTag> {
    let name_end = end_of(text, start + 1, |c| c.is_ascii_whitespace() || c == '/' || c == '>')?;
    let name = text.get(start + 1..name_end)?.to_ascii_lowercase();
    let mut attributes = Vec::new();
    let mut at = name_end;
    loop {
        at = end_of(text, at, |c| !(c.is_ascii_whitespace() || c == '/'))?;
        if text.get(at..)?.starts_with('>') {
            return Some(StartTag { name, range: start..at + 1, name_end, attributes });
        }
        let attribute = attribute(text, at)?;
        at = attribute.whole.end;
        attributes.push(attribute);
    }
}

fn attribute(text: &str, start: usize) -> Option<Attribute> {
    let first = text.get(start..)?.chars().next()?.len_utf8();
    let end = end_of(text, start + first, |c| c.is_ascii_whitespace() || matches!(c, '/' | '>' | '='))?;
    let name = text.get(start..end)?.to_ascii_lowercase();
    let equals = end_of(text, end, |c| !c.is_ascii_whitespace())?;
    if !text.get(equals..)?.starts_with('=') {
        return Some(Attribute { name, whole: start..end, value: end..end, mark: None });
    }
    let begin = end_of(text, equals + 1, |c| !c.is_ascii_whitespace())?;
    match text.get(begin..)?.chars().next()? {
        mark @ ('"' | '\'') => {
            let close = end_of(text, begin + 1, |c| c == mark)?;
            Some(Attribute { name, whole: start..close + 1, value: begin + 1..close, mark: Some(mark) })
        }
        _ => {
            let close = end_of(text, begin, |c| c.is_ascii_whitespace() || c == '>')?;
            Some(Attribute { name, whole: start..close, value: begin..close, mark: None })
        }
    }
}

/// The offset of the first character from `from` on that is one of those.
fn end_of(text: &str, from: usize, is_end: impl Fn(char) -> bool) -> Option<usize> {
    Some(from + text.get(from..)?.find(is_end)?)
}

#[cfg(test)]
mod tests {
    use super::{Item, items};

    #[test]
    fn tags_comments_and_style_elements_are_found_with_their_ranges() {
        let text = "<!DOCTYPE html><!--[if mso]><p><![endif]--><style a>p > b {}</STYLE ><title><b></title><P class=x Style='a>b' hidden/>é</p><br/><a";
        let found: Vec<&str> = items(text).iter().map(|item| &text[item.range()]).collect();
        let expected =
            ["<!--[if mso]><p><![endif]-->", "<style a>p > b {}</STYLE >", "<P class=x Style='a>b' hidden/>", "<br/>"];
        assert_eq!(found, expected);
        let tags = items(text);
        let Item::Start(tag) = &tags[2] else { panic!("{tags:?}") };
        let attributes: Vec<(&str, &str, Option<char>)> =
            tag.attributes.iter().map(|a| (a.name.as_str(), &text[a.value.clone()], a.mark)).collect();
        assert_eq!(attributes, [("class", "x", None), ("style", "a>b", Some('\'')), ("hidden", "", None)]);
        let Item::Style(_, rules, _) = &tags[1] else { panic!("{tags:?}") };
        assert_eq!(&text[rules.clone()], "p > b {}");
    }
}
