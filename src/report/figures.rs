//! The tables of numbers: by day, by list, by mail domain. Columns that would hold nothing but zeros are left out.

use std::collections::BTreeMap;

use crate::model::{Counts, ListName, count, grouped};
use crate::report::outcomes::{Outcome, sum};
use crate::report::pack::{BoardPack, PackDay};
use crate::report::table::{Column, Table};

/// A board has no use for hundreds of domains; those beyond this are summed up, unless something went wrong there.
const MOST_DOMAINS: usize = 20;

/// What each day came to.
pub(in crate::report) fn by_day(pack: &BoardPack) -> Table {
    let mut rows = Vec::new();
    for day in &pack.days {
        rows.extend(sendings(day));
    }
    let all = sum(rows.iter().map(|(_, counts)| counts));
    let mut table = table("Messages by day", "Day", &rows);
    if rows.len() > 1 {
        table.total(row("The whole week", &all, &columns(&rows)));
    }
    table
}

/// The sendings of a day with their names: `Monday 15 March`, `Monday 15 March, edition 2`.
pub(in crate::report) fn sendings(day: &PackDay) -> Vec<(String, Counts)> {
    let name = day.short_date();
    match day.editions.as_slice() {
        [] => vec![(name, day.status.counts)],
        editions => editions
            .iter()
            .enumerate()
            .map(|(index, edition)| {
                let again = if index == 0 { String::new() } else { format!(", edition {}", edition.record.edition) };
                (format!("{name}{again}"), edition.record.counts)
            })
            .collect(),
    }
}

/// What each list came to over the days that have begun.
pub(in crate::report) fn by_list(pack: &BoardPack) -> Option<Table> {
    table("Messages by list", "List", &lists(pack)).filled()
}

/// The lists with what they came to, in the order in which they first appear.
pub(in crate::report) fn lists(pack: &BoardPack) -> Vec<(String, Counts)> {
    let mut order: Vec<(&ListName, &str)> = Vec::new();
    let mut sums: BTreeMap<&ListName, Counts> = BTreeMap::new();
    for list in pack.days.iter().filter(|day| !day.editions.is_empty()).flat_map(|day| &day.lists) {
        if !sums.contains_key(&list.name) {
            order.push((&list.name, &list.title));
        }
        let so_far = sums.entry(&list.name).or_default();
        *so_far = sum([&*so_far, &list.counts]);
    }
    let named = |(name, title): (&ListName, &str)| {
        let title = if title.trim().is_empty() { name.0.clone() } else { title.to_owned() };
        (title, sums.get(name).copied().unwrap_or_default())
    };
    order.into_iter().map(named).collect()
}

/// What each mail domain came to, the largest first.
pub(in crate::report) fn by_domain(pack: &BoardPack) -> Option<Table> {
    let mut sums: BTreeMap<String, Counts> = BTreeMap::new();
    for edition in pack.days.iter().flat_map(|day| &day.editions) {
        for delivery in &edition.deliveries {
            let domain = delivery.address.rsplit_once('@').map_or("(no domain)", |(_, domain)| domain).to_lowercase();
            let counts = sums.entry(domain).or_default();
            counts.add(delivery.state, 1);
            counts.bounced += usize::from(delivery.bounced_at.is_some());
        }
    }
    let mut rows: Vec<(String, Counts)> = sums.into_iter().collect();
    rows.sort_by_key(|(_, counts)| usize::MAX - counts.total());
    let small = rows.split_off(rows.len().min(MOST_DOMAINS));
    let fine = |counts: &Counts| counts.bounced == 0 && counts.refused + counts.in_doubt + counts.expired == 0;
    let (others, troubled): (Vec<_>, Vec<_>) = small.into_iter().partition(|(_, counts)| fine(counts));
    rows.extend(troubled);
    if !others.is_empty() {
        rows.push((count(others.len(), "other domain"), sum(others.iter().map(|(_, counts)| counts))));
    }
    table("Messages by mail domain", "Mail domain", &rows).filled()
}

fn table(caption: &str, first: &str, rows: &[(String, Counts)]) -> Table {
    let columns = columns(rows);
    let mut head = vec![(first, Column::Words), ("Messages", Column::Number)];
    let kind = |outcome: &Outcome| if outcome.always { Column::Number } else { Column::Spare };
    head.extend(columns.iter().map(|outcome| (outcome.head, kind(outcome))));
    let mut table = Table::new(caption, &head);
    for (name, counts) in rows {
        table.row(row(name, counts, &columns));
    }
    table
}

fn columns(rows: &[(String, Counts)]) -> Vec<Outcome> {
    let used = |outcome: &Outcome| outcome.always || rows.iter().any(|(_, counts)| outcome.of(counts) > 0);
    Outcome::COLUMNS.into_iter().filter(used).collect()
}

fn row(name: &str, counts: &Counts, columns: &[Outcome]) -> Vec<String> {
    let mut row = vec![name.to_owned(), grouped(counts.total())];
    row.extend(columns.iter().map(|outcome| grouped(outcome.of(counts))));
    row
}

#[cfg(test)]
mod tests {
    use super::{by_day, by_domain, by_list};
    use crate::model::State;
    use crate::report::sample::{delivery, pack};

    #[test]
    fn the_week_is_the_sum_of_its_days() {
        let pack = pack();
        let table = by_day(&pack);
        let texts = table.texts();
        let number = |row: &[&str], column: usize| row[column].replace(',', "").parse::<usize>().unwrap();
        let (total, days) = texts.split_last().unwrap();
        assert_eq!(days.len(), 6, "five days, one of them twice");
        for column in 1..total.len() {
            assert_eq!(number(total, column), days.iter().map(|row| number(row, column)).sum::<usize>(), "{column}");
        }
    }

    #[test]
    fn lists_are_named_by_their_titles_and_only_begun_days_count() {
        let mut pack = pack();
        pack.days[0].lists[0].title = " ".to_owned();
        let table = by_list(&pack).unwrap();
        let texts = table.texts();
        assert_eq!(texts[0][0], pack.days[0].lists[0].name.0);
        pack.days.iter_mut().for_each(|day| day.editions.clear());
        assert!(by_list(&pack).is_none());
    }

    #[test]
    fn small_domains_without_trouble_are_summed_up() {
        let mut pack = pack();
        let edition = &mut pack.days[0].editions[0];
        edition.deliveries = (0..30).map(|n| delivery(n, &format!("a@School{n}.example"), State::Accepted)).collect();
        edition.deliveries.push(delivery(30, "b@troubled.example", State::Refused));
        edition.deliveries.push(delivery(31, "c@school0.example", State::Accepted));
        pack.days.truncate(1);
        let table = by_domain(&pack).unwrap();
        let texts = table.texts();
        assert_eq!(texts.len(), 22);
        assert_eq!(texts[0][..2], ["school0.example", "2"]);
        assert_eq!(texts[20][0], "troubled.example");
        assert_eq!(texts[21][..2], ["10 other domains", "10"]);
    }
}
