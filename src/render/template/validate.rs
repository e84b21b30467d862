//! Syntax, filters and tests of a text's tags, judged before Markdown: every `{{ … }}` by itself, so that all faults
//! are found in one pass, and then the statements together.

use tera::{Context, Tera};

use crate::model::{Finding, Findings, Text};
use crate::render::template::engine::engine;
use crate::render::template::fault::faults;
use crate::render::template::tag::{Tag, TagKind};

/// The name decides that nothing is escaped.
const NAME: &str = "text.txt";

/// Adds a finding for each fault of a tag; the statements are judged only where their form is known to be sound.
pub(crate) fn validate(text: &Text, tags: &[Tag], statements: bool, findings: &mut Findings) {
    if tags.is_empty() {
        return;
    }
    let mut tera = engine(Context::new());
    let mut whole = text.value().to_owned();
    for tag in tags.iter().filter(|tag| tag.kind == TagKind::Value) {
        let source = &text.value()[tag.range.clone()];
        if judge(&mut tera, text, source, tag.range.start, findings) {
            // The statements are judged without it; as many spaces keep the offsets.
            whole.replace_range(tag.range.clone(), &" ".repeat(source.len()));
        }
    }
    if statements && tags.iter().any(|tag| tag.kind == TagKind::Statement) {
        judge(&mut tera, text, &whole, 0, findings);
    }
}

/// Whether a piece of the text, beginning at `base`, has faults; they are added.
fn judge(tera: &mut Tera, text: &Text, source: &str, base: usize, findings: &mut Findings) -> bool {
    let Err(error) = tera.add_raw_template(NAME, source) else { return false };
    let curly = source.contains(['“', '”', '„', '‘', '’']);
    for fault in faults(&error, |_| Some(source)) {
        let range = base + fault.range.start..base + fault.range.end;
        let range = if range.is_empty() && base > 0 { base..base + source.len() } else { range };
        let finding = Finding::error(fault.rule, text.at(range), fault.message);
        let straight = curly.then(|| "type the quotation marks inside it with the straight key: \"…\"".to_owned());
        findings.push(finding.maybe_help(fault.help.or(straight)));
    }
    true
}

#[cfg(test)]
mod tests {
    use crate::model::{Findings, Place, SourceFile, Text};
    use crate::render::template::script::Script;

    /// `(line, column, message)` of each finding of a text that stands at line 3 of a file.
    fn judge(value: &str) -> Vec<(usize, usize, String)> {
        let file = format!("[week]\nbody = '''\n{value}'''\n");
        let source = SourceFile::new("broadcasts/w.toml", file.as_str());
        let start = file.find("'''\n").unwrap() + 4;
        let text = Text::new(value.to_owned(), Place::new(&source, start - 4..file.len()), vec![(0, start)]);
        let mut findings = Findings::new();
        let usable = Script::read(&text, &mut findings).is_some_and(|script| script.usable);
        assert_eq!(usable, findings.errors() == 0);
        let found = findings.sorted();
        found.iter().map(|f| (f.place.line_column().0, f.place.line_column().1, f.message.clone())).collect()
    }

    #[test]
    fn every_fault_is_found_at_its_own_line_and_column() {
        let found = judge("Hi {{ week.title | uper }},\n\n{{ week.titel }} {{ 1 + }}\n{% if week.title %}\n");
        let expected = [
            (3, 20, "there is no filter \"uper\""),
            (5, 9, "\"week\" has no \"titel\""),
            (5, 25, "\"}}\" does not belong here"),
            (6, 1, "\"{% if … %}\" is not closed"),
        ];
        assert_eq!(found.iter().map(|f| (f.0, f.1, f.2.as_str())).collect::<Vec<_>>(), expected);
        assert_eq!(judge("{{ recipient.x or “colleague” }}").len(), 1);
        assert_eq!(judge("{% include \"x\" %}").len(), 1);
        assert_eq!(judge("{{ x")[0].2, "\"{{\" is opened and not closed");
        assert_eq!(judge("{% set a = recipient.b %}").len(), 1);
        assert_eq!(judge("{% set a = week.title %}{{ a }} {% for l in week.lists %}{{ l }}{% endfor %}"), []);
    }
}
