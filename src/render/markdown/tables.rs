//! Tables: their cells, and what Markdown would lose of them.

use std::ops::Range;

use pulldown_cmark::{Alignment, Event, Tag, TagEnd};

use crate::model::count;
use crate::render::markdown::balance;
use crate::render::markdown::read::{Reader, Stream, for_each_until};
use crate::render::markdown::tree::Table;

impl<'s> Reader<'_, '_> {
    /// A table up to its end, which is taken.
    pub(crate) fn table(&mut self, align: &[Alignment], stream: &mut Stream<'s>) -> Table {
        let align = align.iter().map(|align| match align {
            Alignment::Right => "right",
            Alignment::Center => "center",
            _ => "left",
        });
        let mut table = Table { caption: self.heading.clone(), align: align.collect(), ..Table::default() };
        let mut row = Vec::new();
        for_each_until(stream, &TagEnd::Table, |event, range, stream| match event {
            Event::Start(Tag::TableCell) => {
                let cell = self.inlines(stream);
                stream.next();
                balance::check(balance::of_inlines(&cell), self.script, self.findings);
                row.push(cell);
            }
            Event::End(TagEnd::TableHead) => table.head = std::mem::take(&mut row),
            Event::Start(Tag::TableRow) => self.surplus(&range, table.head.len()),
            Event::End(TagEnd::TableRow) => table.rows.push(std::mem::take(&mut row)),
            _ => {}
        });
        table
    }

    /// Markdown drops the cells of a row that the head has no column for.
    fn surplus(&mut self, range: &Range<usize>, columns: usize) {
        let row = self.source.text().get(range.clone()).unwrap_or_default().trim_end();
        let mut starts = bars(row);
        if row.starts_with('|') && !starts.is_empty() {
            starts.remove(0);
        }
        if row.ends_with('|') && starts.last().is_some_and(|last| last + 1 == row.len()) {
            starts.pop();
        }
        let Some(surplus) = columns.checked_sub(1).and_then(|last| starts.get(last)) else { return };
        let at = range.start + surplus;
        let message = format!("the row has {}, the head of the table only {columns}", count(starts.len() + 1, "cell"));
        let help = "give the head as many cells; for a | among the words write \\|";
        self.error("table-row", &(at..range.start + row.len()), message, help);
    }
}

/// Where the bars stand that part cells.
fn bars(row: &str) -> Vec<usize> {
    let escaped = |at: usize| row[..at].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
    row.match_indices('|').map(|(at, _)| at).filter(|at| !escaped(*at)).collect()
}

#[cfg(test)]
mod tests {
    use super::bars;

    #[test]
    fn bars_part_cells_unless_they_are_escaped() {
        assert_eq!(bars(r"| a \| b | c |"), [0, 9, 13]);
        assert_eq!(bars(r"a \\| b"), [4]);
    }
}
