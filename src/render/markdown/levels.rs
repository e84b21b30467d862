//! The lists that are open at a line, by their indents as written and as Markdown wants them.

use crate::render::markdown::marker::{Marker, Sign, value};

/// One open list.
#[derive(Debug, Clone)]
struct Level {
    /// Column of its marker as written.
    written: usize,
    sign: Sign,
    /// The bullet that Markdown sees: one for the whole list, since another one would begin another list.
    bullet: char,
    /// Column of its text as Markdown sees it.
    content: usize,
    pasted: bool,
}

/// The open lists, from the outermost.
#[derive(Debug, Clone, Default)]
pub(crate) struct Levels {
    levels: Vec<Level>,
}

impl Levels {
    /// Whether no list is open.
    pub(crate) fn is_empty(&self) -> bool {
        self.levels.is_empty()
    }

    /// Closes all.
    pub(crate) fn clear(&mut self) {
        self.levels.clear();
    }

    /// Whether a word processor wrote the markers; it breaks no lines within an item.
    pub(crate) fn is_pasted(&self) -> bool {
        self.levels.last().is_some_and(|level| level.pasted)
    }

    /// Whether words at a column stand inside of the outermost item.
    pub(crate) fn holds(&self, column: usize) -> bool {
        self.levels.first().is_some_and(|level| level.written < column)
    }

    /// The indent that Markdown wants of words that were written at a column; lists further in are closed if `ends`.
    pub(crate) fn indent(&mut self, column: usize, ends: bool) -> usize {
        let open = self.levels.iter().take_while(|level| level.written < column).count();
        if ends {
            self.levels.truncate(open);
        }
        open.checked_sub(1).and_then(|last| self.levels.get(last)).map_or(0, |level| level.content)
    }

    /// Opens or goes on with the list of a marker at a column; the marker as Markdown wants it, with its indent.
    pub(crate) fn item(&mut self, column: usize, marker: &Marker) -> String {
        while self.levels.len() > 1 && self.levels.last().is_some_and(|level| column < level.written) {
            self.levels.pop();
        }
        let is_child = self.levels.last().is_some_and(|top| {
            column >= top.written + 2 && !(goes_on(&top.sign, &marker.sign) && column < top.written + 4)
                || column + 1 >= top.written && is_deeper(&marker.sign, &top.sign)
        });
        let mut bullet = match marker.sign {
            Sign::Bullet(c @ ('-' | '+'), _) => c,
            _ => '*',
        };
        let mut written = column;
        if !is_child && !self.levels.is_empty() {
            // Word writes its three bullets at one column when they are pasted as plain text.
            let beside = |level: &Level| level.written.abs_diff(column) <= 1;
            let same = |level: &Level| beside(level) && level.sign == marker.sign;
            let at = self.levels.iter().rposition(same).or_else(|| self.levels.iter().position(beside));
            let at = at.unwrap_or(self.levels.len() - 1);
            self.levels.truncate(at + 1);
            if let Some(level) = self.levels.pop() {
                let alike = matches!((&level.sign, &marker.sign), (Sign::Bullet(..), Sign::Bullet(..)));
                bullet = if alike { level.bullet } else { bullet };
                written = column.min(level.written.max(column.saturating_sub(1)));
            }
        }
        let indent = self.levels.last().map_or(0, |level| level.content);
        let shown = match &marker.sign {
            Sign::Bullet(..) => format!("{bullet} "),
            Sign::Number(number) => format!("{number} "),
        };
        let (sign, content) = (marker.sign.clone(), indent + shown.len());
        self.levels.push(Level { written, sign, bullet, content, pasted: marker.pasted });
        format!("{}{shown}", " ".repeat(indent))
    }
}

/// `3.` below `2.` is the next item, however it is indented.
fn goes_on(before: &Sign, sign: &Sign) -> bool {
    match (before, sign) {
        (Sign::Number(before), Sign::Number(number)) => value(number) == value(before) + 1,
        _ => false,
    }
}

fn is_deeper(sign: &Sign, outer: &Sign) -> bool {
    match (sign, outer) {
        (Sign::Bullet(_, inner), Sign::Bullet(_, outer)) => inner > outer,
        (Sign::Bullet(_, inner), Sign::Number(_)) => *inner > 1,
        _ => false,
    }
}
