//! Tables for the terminal: a head, rows, two spaces between columns, no lines that a screen reader would read out.

use comfy_table::{ContentArrangement, Table, presets};

use crate::output::plain::plain;

/// The table as text, ending with a line end. Cells wrap at `width` columns, if one is given.
#[must_use]
pub fn table(head: &[&str], rows: &[Vec<String>], width: Option<u16>) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(head.to_vec());
    if let Some(width) = width {
        table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    }
    for row in rows {
        table.add_row(row.iter().map(|cell| plain(cell)).collect::<Vec<_>>());
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn columns_stand_below_each_other_without_lines() {
        let rows = [vec!["monday".into(), "12".into()], vec!["tuesday\u{1b}".into(), "3".into()]];
        assert_eq!(table(&["day", "people"], &rows, None), "day       people\nmonday    12\ntuesday\u{fffd}  3\n");
    }
}
