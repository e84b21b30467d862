//! Statements of a layout that open and close: the engine only says where it came to a stop, and not what was left open.

use crate::model::{Finding, Findings, Text};
use crate::render::template::tag::{Tag, TagKind, scan};

/// Words that need an `end…`.
const OPENING: [&str; 5] = ["block", "if", "for", "filter", "component"];

/// Adds a finding for each statement that is not closed, or closes nothing.
pub(crate) fn check(text: &Text, findings: &mut Findings) {
    let tags = scan(text.value()).0;
    let mut open: Vec<(&str, &Tag)> = Vec::new();
    for tag in tags.iter().filter(|tag| tag.kind == TagKind::Statement) {
        let is_set_block = tag.word.starts_with("set") && !tag_text(text, tag).contains('=');
        if OPENING.contains(&tag.word.as_str()) || is_set_block {
            let word = if is_set_block { "set" } else { tag.word.as_str() };
            open.push((word, tag));
        } else if let Some(word) = tag.word.strip_prefix("end") {
            match open.iter().rposition(|(opened, _)| *opened == word) {
                Some(at) => {
                    let left = open.drain(at..).skip(1);
                    findings.extend(left.map(|(word, tag)| unclosed(text, word, tag)));
                }
                None => {
                    let message = format!("\"{{% {} %}}\" closes nothing", tag.word);
                    let finding = Finding::error("template-syntax", text.at(tag.range.clone()), message);
                    findings.push(finding.help("take it out, or put back what it should close"));
                }
            }
        }
    }
    findings.extend(open.into_iter().map(|(word, tag)| unclosed(text, word, tag)));
}

fn tag_text<'t>(text: &'t Text, tag: &Tag) -> &'t str {
    text.value().get(tag.inner.clone()).unwrap_or_default()
}

fn unclosed(text: &Text, word: &str, tag: &Tag) -> Finding {
    let message = format!("\"{{% {} %}}\" is not closed", tag_text(text, tag).trim());
    let finding = Finding::error("template-syntax", text.at(tag.range.clone()), message);
    finding.help(format!("close it with \"{{% end{word} %}}\""))
}
