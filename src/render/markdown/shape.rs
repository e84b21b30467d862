//! Lines as officers type and paste them, in the shape that Markdown wants: list marks and their indents, quotes, rules,
//! boxes. Nothing here looks at more than a line and its neighbours.

use crate::render::markdown::box_line;
use crate::render::markdown::edit::Edit;
use crate::render::markdown::levels::Levels;
use crate::render::markdown::marker::{Near, marker, year};
use crate::render::markdown::signs::{DASHES, columns, is_divider, is_space};
use crate::render::markdown::targets;

/// What is open at a line.
#[derive(Debug, Default)]
pub(crate) struct Shaper {
    /// How many `>` the last line had.
    depth: usize,
    levels: Levels,
    /// Lines of the open paragraph.
    paragraph: usize,
    /// Whether the paragraph is a table.
    table: bool,
    /// The sign of an open ``` block, and how often.
    fence: Option<(char, usize)>,
    /// Whether the last line opened a box and held no words.
    opened: bool,
}

/// A line taken apart.
struct Parts<'l> {
    /// How many `>`.
    depth: usize,
    /// Columns of white space behind them.
    column: usize,
    /// Where the words begin.
    start: usize,
    /// The words.
    words: &'l str,
}

impl Shaper {
    /// What to change in a line, which comes without its line end.
    pub(crate) fn line(&mut self, line: &str, near: Near<'_>) -> Vec<Edit> {
        let mut parts = self.parts(line);
        let end = parts.start + parts.words.len();
        if let Some(open) = self.fence {
            if parts.depth == self.depth {
                self.fence =
                    (fence(parts.words) != Some(open) || !parts.words.chars().all(|c| c == open.0)).then_some(open);
                return Vec::new();
            }
            self.fence = None;
        }
        if parts.words.is_empty() {
            self.leave(parts.depth);
            (self.paragraph, self.table) = (0, false);
            self.opened &= parts.depth > 0;
            return vec![Edit { range: 0..line.len(), with: prefix(parts.depth).trim_end().to_owned() }];
        }
        // Words right below `> [!NOTE]` were meant for it.
        parts.depth += usize::from(std::mem::take(&mut self.opened) && parts.depth == 0);
        let mut edits = self.beginning(&parts, near);
        if end < line.len() {
            edits.push(Edit { range: end..line.len(), with: String::new() });
        }
        edits
    }

    /// What a line of nothing but `{% … %}` begins with: it stands as a paragraph of its own.
    pub(crate) fn steering(&mut self, line: &str) -> String {
        let parts = self.parts(line);
        self.leave(parts.depth);
        self.paragraph = 0;
        let indent = self.levels.indent(parts.column, true);
        format!("{}{}", prefix(parts.depth), " ".repeat(indent))
    }

    fn parts<'l>(&self, line: &'l str) -> Parts<'l> {
        let trimmed = line.trim_end_matches(is_space);
        let (mut depth, mut at) = (0, 0);
        loop {
            let rest = &trimmed[at..];
            let words = rest.trim_start_matches(is_space);
            let spaces = &rest[..rest.len() - words.len()];
            // A quote inside of a list item is left to Markdown.
            if !words.starts_with('>') || depth == 0 && self.levels.holds(columns(spaces)) {
                let spaces = if depth > 0 { spaces.strip_prefix(is_space).unwrap_or(spaces) } else { spaces };
                return Parts { depth, column: columns(spaces), start: trimmed.len() - words.len(), words };
            }
            depth += 1;
            at += spaces.len() + 1;
        }
    }

    /// Another number of `>` ends what was open.
    fn leave(&mut self, depth: usize) {
        if depth != self.depth {
            self.levels.clear();
            self.paragraph = 0;
            self.depth = depth;
        }
    }

    fn beginning(&mut self, parts: &Parts<'_>, near: Near<'_>) -> Vec<Edit> {
        let Parts { depth, column, start, words } = *parts;
        let lead =
            |before: &str, after: &str| Edit { range: 0..start, with: format!("{before}{}{after}", prefix(depth)) };
        let blank = format!("{}\n", prefix(depth).trim_end());
        if depth > 0
            && let Some(opening) = box_line::read(words)
        {
            return self.open_box(parts, &opening);
        }
        if let Some(rule) = self.rule(words, depth) {
            self.leave(depth);
            let before = if self.paragraph > 0 && rule { blank.as_str() } else { "" };
            self.paragraph = 0;
            let indent = " ".repeat(self.levels.indent(column, true));
            let sign = if rule && words.starts_with('=') { "---" } else { words };
            return vec![lead(before, &indent), Edit { range: start..start + words.len(), with: sign.to_owned() }];
        }
        if let Some(marker) = marker(words, near) {
            self.leave(depth);
            let before = if self.paragraph > 0 && self.levels.is_empty() { blank.as_str() } else { "" };
            let item = self.levels.item(column, &marker);
            self.paragraph = 1;
            let edits = vec![Edit { range: 0..start + marker.length, ..lead(before, &item) }];
            return with_targets(edits, &words[marker.length..], start + marker.length);
        }
        let is_head = words.contains('|') && is_divider(near.after) && !is_divider(words);
        // Words without `>` below words with it go on with them: Markdown's lazy lines.
        let goes_on = !is_head && !is_heading(words) && fence(words).is_none();
        let is_lazy = self.paragraph > 0 && depth < self.depth && goes_on;
        if is_lazy {
            self.paragraph += 1;
            return with_targets(vec![Edit { range: 0..start, with: prefix(depth) }], words, start);
        }
        let mut before = if is_head && depth < self.depth { "\n" } else { "" };
        self.leave(depth);
        // A word processor breaks no lines within an item: these are the words below the list. And those below a table
        // are no row of it.
        let in_list = !self.levels.is_empty() && !self.levels.holds(column);
        let below_list = in_list && (self.levels.is_pasted() || is_head);
        if self.paragraph > 0 && (below_list || is_head || self.table && !words.contains('|')) {
            (before, self.paragraph) = (blank.as_str(), 0);
        }
        self.table = self.paragraph > 0 && (self.table || is_divider(words));
        let indent = " ".repeat(self.levels.indent(column, self.paragraph == 0 || is_heading(words)));
        self.fence = fence(words);
        let ends = is_heading(words) || self.fence.is_some();
        let mut edits = vec![lead(before, &indent)];
        edits.extend(self.words(words, start));
        self.paragraph = if ends { 0 } else { self.paragraph + 1 };
        edits
    }

    /// Changes within a line that begins with no sign of a list.
    fn words(&self, words: &str, start: usize) -> Vec<Edit> {
        let mut edits = Vec::new();
        if let Some(at) = year(words) {
            edits.push(Edit::insert(start + at, "\\"));
        }
        if self.paragraph == 0 && is_lost(words) || self.paragraph > 0 && is_short(words) {
            edits.push(Edit::insert(start, "\\"));
        }
        let hashes = words.len() - words.trim_start_matches('#').len();
        if is_heading(words) && words[hashes..].starts_with(is_space) {
            let space = words[hashes..].chars().next().map_or(0, char::len_utf8);
            edits.push(Edit { range: start + hashes..start + hashes + space, with: " ".to_owned() });
        }
        if is_divider(words) {
            // What Word made of the hyphens below the head of a table.
            let dashes = words.char_indices().filter(|(_, c)| *c != '-' && DASHES.contains(c));
            let edit =
                |(at, c): (usize, char)| Edit { range: start + at..start + at + c.len_utf8(), with: "---".into() };
            edits.extend(dashes.map(edit));
            return edits;
        }
        with_targets(edits, words, start)
    }

    fn open_box(&mut self, parts: &Parts<'_>, opening: &box_line::BoxLine) -> Vec<Edit> {
        let Parts { depth, start, words, .. } = *parts;
        // A box right below another quote is one of its own.
        let before = if depth == 1 && self.depth == 1 { "\n" } else { "" };
        self.depth = 0;
        self.leave(depth);
        let mut edits = vec![Edit { range: 0..start, with: format!("{before}{}", prefix(depth)) }];
        if let Some(mended) = &opening.mended {
            edits.push(Edit { range: start..start + opening.mark, with: mended.clone() });
        }
        let (mark, length) = (start + opening.mark, start + opening.length);
        let mut between = String::new();
        if opening.lang.is_some() {
            between.push_str(&format!("\n{}", prefix(depth).trim_end()));
        }
        self.opened = opening.length == words.len();
        if !self.opened {
            between.push_str(&format!("\n{}", prefix(depth)));
            self.paragraph = 1;
        }
        edits.push(Edit { range: mark..length, with: between });
        if !self.opened {
            return with_targets(edits, &words[opening.length..], length);
        }
        edits
    }

    /// Whether a line of one sign is a rule (`true`) or underlines the one line above it as a heading.
    fn rule(&self, words: &str, depth: usize) -> Option<bool> {
        let sign = words.chars().next().filter(|c| "-_*=".contains(*c))?;
        let signs = words.chars().filter(|c| *c == sign).count();
        if signs < 3 || !words.chars().all(|c| c == sign || c == ' ') {
            return None;
        }
        let underlines = sign == '=' || sign == '-' && signs > 3;
        let below = self.paragraph == 1 && depth == self.depth && self.levels.is_empty();
        Some(!(underlines && below && signs == words.len()))
    }
}

fn with_targets(mut edits: Vec<Edit>, words: &str, start: usize) -> Vec<Edit> {
    edits.extend(shifted(targets::edits(words), start));
    edits.extend(shifted(targets::bare(words), start));
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    edits
}

fn shifted(edits: Vec<Edit>, by: usize) -> impl Iterator<Item = Edit> {
    edits.into_iter().map(move |edit| Edit { range: edit.range.start + by..edit.range.end + by, ..edit })
}

fn prefix(depth: usize) -> String {
    "> ".repeat(depth)
}

fn is_heading(words: &str) -> bool {
    let hashes = words.len() - words.trim_start_matches('#').len();
    (1..=6).contains(&hashes) && (words.len() == hashes || words[hashes..].starts_with(is_space))
}

fn fence(words: &str) -> Option<(char, usize)> {
    let sign = words.chars().next().filter(|c| *c == '`' || *c == '~')?;
    let length = words.chars().take_while(|c| *c == sign).count();
    (length >= 3 && !(sign == '`' && words[length..].contains('`'))).then_some((sign, length))
}

/// The `--` above a signature would make a heading of the words before it.
fn is_short(words: &str) -> bool {
    matches!(words, "--" | "=" | "==")
}

/// `[Speaker]: Jane` would be taken for the address of a link, and left out.
fn is_lost(words: &str) -> bool {
    let Some((label, rest)) = words.strip_prefix('[').and_then(|rest| rest.split_once("]:")) else { return false };
    let rest = rest.trim_start_matches(is_space).trim_start_matches('<').to_ascii_lowercase();
    let is_address = ["https://", "http://", "mailto:", "www.", "tel:"].iter().any(|scheme| rest.starts_with(scheme));
    !label.contains(['[', ']']) && !is_address
}
