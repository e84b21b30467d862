//! One text of the officer's with its tags found and named.

use std::sync::Arc;

use crate::model::{Finding, Findings, Text};
use crate::render::template::expression::{Names, of_tag};
use crate::render::template::fields;
use crate::render::template::tag::{Tag, TagKind, scan};
use crate::render::template::validate::validate;

/// A text and its tags.
#[derive(Debug, Clone)]
pub(crate) struct Script {
    /// The officer's text.
    pub(crate) text: Arc<Text>,
    /// Its tags in order.
    pub(crate) tags: Vec<Tag>,
    /// What each tag speaks of.
    pub(crate) names: Vec<Names>,
    /// Whether no tag has a fault; one with faults is read on, so that the faults around them show in the same pass.
    pub(crate) usable: bool,
}

/// How many tags one text may hold; each is judged by itself.
const MOST: usize = 2000;

/// What a text may hold besides `{{ … }}` and comments.
const STATEMENTS: [&str; 9] = ["if", "elif", "else", "endif", "for", "endfor", "set", "break", "continue"];

impl Script {
    /// Finds and judges the tags of a text; `None` when they are no tags at all, or torn apart.
    pub(crate) fn read(text: &Text, findings: &mut Findings) -> Option<Self> {
        let errors = findings.errors();
        let (tags, unclosed) = scan(text.value());
        findings.extend(unclosed.iter().map(|unclosed| unclosed.finding(text)));
        if tags.len() > MOST {
            let message = format!("the text holds {} template tags, more than the {MOST} that are allowed", tags.len());
            findings.push(Finding::error("template-syntax", text.place().clone(), message));
            return None;
        }
        let found = tags.iter().map(|tag| of_tag(text.value(), tag)).collect();
        let mut script = Self { text: Arc::new(text.clone()), tags, names: found, usable: true };
        script.statements(findings);
        script.blocks(findings);
        let sound = findings.errors() == errors;
        script.fields(findings);
        validate(&script.text, &script.tags, sound, findings);
        script.usable = findings.errors() == errors;
        sound.then_some(script)
    }

    /// `{% set x = … %}`, which stands for itself, unlike `{% set x %}…{% endset %}`.
    pub(crate) fn is_set(&self, tag: usize) -> bool {
        self.tags.get(tag).is_some_and(|tag| tag.word == "set")
    }

    fn statements(&self, findings: &mut Findings) {
        for (tag, names) in self.tags.iter().zip(&self.names) {
            let place = || self.text.at(tag.range.clone());
            if tag.kind == TagKind::Statement && !STATEMENTS.contains(&tag.word.as_str()) {
                let message = format!("\"{{% {} %}}\" does not belong into a text", tag.word);
                let help = format!("a text knows {}", STATEMENTS.join(", "));
                findings.push(Finding::error("template-syntax", place(), message).help(help));
            }
            if tag.word == "set" && names.mention_recipient() {
                let message = "a variable is set from the recipient, who differs from message to message";
                let help = "use {{ recipient.… }} at the place where the value is needed";
                findings.push(Finding::error("template-syntax", place(), message).help(help));
            }
            if tag.word == "set" && !self.text.value()[tag.inner.clone()].contains('=') {
                let finding = Finding::error("template-syntax", place(), "this variable is set to a stretch of text");
                findings.push(finding.help("write {% set name = \"value\" %}"));
            }
            let inner = self.text.value()[tag.inner.clone()].trim();
            if tag.kind == TagKind::Value && inner == "recipient" {
                let finding =
                    Finding::error("template-field", place(), "this is everything that is known of a recipient");
                findings.push(finding.help("name one field, such as {{ recipient.first_name }}"));
            }
        }
    }

    /// Every `if` and `for` with its end; the finding points at the one that is alone.
    fn blocks(&self, findings: &mut Findings) {
        let mut open: Vec<&Tag> = Vec::new();
        let mut alone = |tag: &Tag, message: String, help: String| {
            let finding = Finding::error("template-syntax", self.text.at(tag.range.clone()), message);
            findings.push(finding.help(help));
        };
        for tag in self.tags.iter().filter(|tag| tag.kind == TagKind::Statement) {
            match tag.word.as_str() {
                "if" | "for" => open.push(tag),
                end @ ("endif" | "endfor") => match open.last() {
                    Some(last) if end.ends_with(last.word.as_str()) => _ = open.pop(),
                    _ => alone(tag, format!("\"{{% {end} %}}\" ends nothing here"), "remove it".to_owned()),
                },
                word @ ("elif" | "else") if open.is_empty() => {
                    alone(tag, format!("\"{{% {word} %}}\" stands outside of \"if\""), "remove it".to_owned());
                }
                _ => {}
            }
        }
        for tag in open {
            let help = format!("close it with {{% end{} %}}", tag.word);
            alone(tag, format!("\"{{% {} … %}}\" is not closed", tag.word), help);
        }
    }

    fn fields(&self, findings: &mut Findings) {
        let locals: Vec<String> = self.names.iter().flat_map(|names| names.locals.clone()).collect();
        // What stands between curly quotation marks was meant as a text; the validator says so.
        let curly = |tag: &Tag| self.text.value()[tag.range.clone()].contains(['“', '”', '„', '‘', '’']);
        let tags = self.tags.iter().zip(&self.names).filter(|(tag, _)| !curly(tag));
        for path in tags.flat_map(|(_, names)| &names.paths) {
            findings.extend(fields::finding(path, &locals, |range| self.text.at(range)));
        }
    }
}
