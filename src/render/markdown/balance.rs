//! A `{% … %}` that opens in one place of the Markdown and closes in another would tear the message apart.

use crate::model::{Finding, Findings};
use crate::render::markdown::tree::{Block, Inline};
use crate::render::template::region::BLOCK_HELP;
use crate::render::template::script::Script;

/// Adds a finding for each statement of one place that has no counterpart there.
pub(crate) fn check(statements: impl Iterator<Item = usize>, script: &Script, findings: &mut Findings) {
    let mut open: Vec<usize> = Vec::new();
    let mut alone: Vec<usize> = Vec::new();
    for tag in statements {
        match script.tags[tag].word.as_str() {
            "if" | "for" => open.push(tag),
            "endif" | "endfor" => alone.extend(open.pop().is_none().then_some(tag)),
            "elif" | "else" if open.is_empty() => alone.push(tag),
            _ => {}
        }
    }
    for tag in open.into_iter().chain(alone) {
        let place = script.text.at(script.tags[tag].range.clone());
        let message =
            format!("this \"{}\" has its counterpart in another paragraph, item or cell", script.tags[tag].word);
        findings.push(Finding::error("template-block", place, message).help(BLOCK_HELP));
    }
}

/// The statements among some inlines, not those further in.
pub(crate) fn of_inlines(inlines: &[Inline]) -> impl Iterator<Item = usize> {
    inlines.iter().filter_map(|inline| if let Inline::Statement(tag) = inline { Some(*tag) } else { None })
}

/// The statements among some blocks.
pub(crate) fn of_blocks(blocks: &[Block]) -> impl Iterator<Item = usize> {
    blocks.iter().filter_map(|block| if let Block::Statement(tag) = block { Some(*tag) } else { None })
}

/// A paragraph as blocks: one that is nothing but steering leaves no paragraph behind, and one that is wholly inside an
/// `if` is inside of it with all that it is.
pub(crate) fn hoist(
    inlines: Vec<Inline>,
    script: &Script,
    wrap: fn(Vec<Inline>) -> Block,
    findings: &mut Findings,
) -> Vec<Block> {
    let silent = |inline: &Inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Break | Inline::Statement(_) => true,
        _ => false,
    };
    if inlines.iter().all(silent) {
        return of_inlines(&inlines).map(Block::Statement).collect();
    }
    check(of_inlines(&inlines), script, findings);
    if !encloses(&inlines, script) {
        return vec![wrap(inlines)];
    }
    let mut blocks = Vec::new();
    let mut rest = Vec::new();
    let mut depth = 0_usize;
    for inline in inlines {
        let Inline::Statement(tag) = inline else {
            rest.push(inline);
            continue;
        };
        let word = script.tags[tag].word.as_str();
        let closes = word.starts_with("end");
        depth -= usize::from(closes && depth > 0);
        let outer = depth == 0 || depth == 1 && matches!(word, "elif" | "else");
        depth += usize::from(matches!(word, "if" | "for"));
        if outer {
            push(&mut blocks, std::mem::take(&mut rest), wrap);
            blocks.push(Block::Statement(tag));
        } else {
            rest.push(Inline::Statement(tag));
        }
    }
    push(&mut blocks, rest, wrap);
    blocks
}

fn push(blocks: &mut Vec<Block>, mut inlines: Vec<Inline>, wrap: fn(Vec<Inline>) -> Block) {
    while matches!(inlines.first(), Some(Inline::Break)) {
        inlines.remove(0);
    }
    while matches!(inlines.last(), Some(Inline::Break)) {
        inlines.pop();
    }
    if !inlines.is_empty() {
        blocks.push(wrap(inlines));
    }
}

/// Whether the first statement opens what the last one closes, with nothing outside.
fn encloses(inlines: &[Inline], script: &Script) -> bool {
    let mut depth = 0_i32;
    for (at, inline) in inlines.iter().enumerate() {
        if let Inline::Statement(tag) = inline {
            match script.tags[*tag].word.as_str() {
                "if" | "for" => depth += 1,
                "endif" | "endfor" => depth -= 1,
                _ => {}
            }
        }
        if depth <= 0 {
            return depth == 0 && at > 0 && at + 1 == inlines.len();
        }
    }
    false
}
