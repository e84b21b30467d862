//! What the page's template is shown: words and numbers, ready to print.

use serde::Serialize;

use crate::model::{ActChain, Counts, count, grouped};
use crate::report::acts::{record, settled};
use crate::report::chart::{Part, in_words, parts};
use crate::report::corrections::corrections;
use crate::report::day_view::{DayView, day_view};
use crate::report::days_csv::DAYS_CSV;
use crate::report::figures::{by_day, by_domain, by_list, lists, sendings};
use crate::report::open_points::{headline, open_points, sent};
use crate::report::outcomes::Outcome;
use crate::report::pack::{BoardPack, PackDay};
use crate::report::recipients_csv::RECIPIENTS_CSV;
use crate::report::sections::{allowed, doubts, dropped, held, not_accepted, timeline};
use crate::report::signed::sign_offs;
use crate::report::status::DayState;
use crate::report::table::Table;
use crate::report::timeline_chart::{TimelineChart, timeline_chart};
use crate::spreadsheet::visible;

/// The page.
#[derive(Serialize)]
pub(in crate::report) struct PageView {
    organisation: Option<String>,
    title: String,
    span: String,
    made: String,
    timezone: String,
    headline: String,
    open_points: Vec<String>,
    figures: Vec<Figure>,
    timeline: Table,
    times: Option<TimelineChart>,
    /// The patterns of both charts.
    fills: Vec<&'static str>,
    day_chart: Chart,
    list_chart: Chart,
    by_day: Table,
    by_list: Option<Table>,
    by_domain: Option<Table>,
    not_accepted: Option<Table>,
    doubts: Option<Table>,
    settled: Option<Table>,
    corrections: Option<Table>,
    sign_offs: Option<Table>,
    held: Option<Table>,
    dropped: Option<Table>,
    allowed: Option<Table>,
    days: Vec<DayView>,
    record: Option<Table>,
    record_end: Option<EndView>,
    /// How many deliveries are counted whose rows were erased after their time.
    erased: Option<String>,
    days_csv: &'static str,
    recipients_csv: &'static str,
}

/// A number at the top.
#[derive(Serialize)]
struct Figure {
    value: String,
    words: &'static str,
    class: &'static str,
}

/// Bars below each other.
#[derive(Serialize)]
struct Chart {
    /// Tells its elements from those of the other chart.
    id: &'static str,
    bars: Vec<Bar>,
    legend: Vec<Legend>,
}

/// One of them.
#[derive(Serialize)]
struct Bar {
    name: String,
    words: String,
    total: String,
    parts: Vec<Part>,
}

#[derive(Serialize)]
struct Legend {
    class: &'static str,
    words: &'static str,
}

/// Where the record of acts ends.
#[derive(Serialize)]
struct EndView {
    number: u64,
    hash: String,
    ledger: String,
}

impl EndView {
    fn of(chain: &ActChain) -> Self {
        Self { number: chain.head.number, hash: chain.head.hash.clone(), ledger: chain.ledger.clone() }
    }
}

impl PageView {
    /// Everything, in words.
    pub(in crate::report) fn new(pack: &BoardPack) -> Self {
        let day_chart = Chart::of("day", pack.days.iter().flat_map(day_bars).collect());
        let list_chart = Chart::of("list", lists(pack).into_iter().map(|row| bar(row, "")).collect());
        let drawn = |class: &str| day_chart.draws(class) || list_chart.draws(class);
        let fills = Outcome::BARS.iter().map(|outcome| outcome.class).filter(|class| drawn(class)).collect();
        let listed: usize =
            pack.days.iter().flat_map(|day| &day.editions).map(|edition| edition.deliveries.len()).sum();
        let erased = sent(pack).total().saturating_sub(listed);
        Self {
            organisation: pack.organisation.as_deref().map(visible).filter(|name| !name.is_empty()),
            title: visible(&pack.week_title),
            span: span(pack),
            made: pack.made_at.format("%A %-d %B %Y, %H:%M").to_string(),
            timezone: pack.timezone.name().replace('_', " "),
            headline: headline(pack),
            open_points: open_points(pack).iter().map(|point| visible(point)).collect(),
            figures: figures(pack),
            timeline: timeline(pack),
            times: timeline_chart(pack),
            fills,
            day_chart,
            list_chart,
            by_day: by_day(pack),
            by_list: by_list(pack),
            by_domain: by_domain(pack),
            not_accepted: not_accepted(pack),
            doubts: doubts(pack),
            settled: settled(pack),
            corrections: corrections(pack),
            sign_offs: sign_offs(pack),
            held: held(pack),
            dropped: dropped(pack),
            allowed: allowed(pack),
            days: pack.days.iter().enumerate().map(|(index, day)| day_view(index + 1, day)).collect(),
            record: record(pack),
            record_end: pack.record.as_ref().map(EndView::of),
            erased: (erased > 0).then(|| count(erased, "message")),
            days_csv: DAYS_CSV,
            recipients_csv: RECIPIENTS_CSV,
        }
    }
}

fn span(pack: &BoardPack) -> String {
    match (pack.days.first(), pack.days.last()) {
        (Some(first), Some(last)) if pack.days.len() > 1 => format!("{} to {}", first.long_date(), last.long_date()),
        (Some(only), _) => only.long_date(),
        _ => String::new(),
    }
}

fn figures(pack: &BoardPack) -> Vec<Figure> {
    let counts = sent(pack);
    let complete = pack.days.iter().filter(|day| day.status.state == DayState::Sent).count();
    let open = counts.due + counts.deferred + counts.expired;
    let figure = |number: usize, words, class| Figure { value: grouped(number), words, class };
    let mut figures = vec![
        Figure { value: format!("{} of {}", complete, pack.days.len()), words: "broadcasts complete", class: "calm" },
        figure(counts.accepted, "accepted by the mail server", "good"),
        figure(counts.refused, "refused", if counts.refused > 0 { "bad" } else { "calm" }),
        figure(counts.in_doubt, "in doubt", if counts.in_doubt > 0 { "care" } else { "calm" }),
    ];
    let more = [(counts.bounced, "of the accepted, sent back later", "bad"), (open, "waiting, or given up", "care")];
    figures.extend(more.into_iter().filter(|(n, ..)| *n > 0).map(|(n, words, class)| figure(n, words, class)));
    figures
}

impl Chart {
    fn of(id: &'static str, bars: Vec<Bar>) -> Self {
        let mut chart = Self { id, bars, legend: Vec::new() };
        let legend = Outcome::BARS.iter().filter(|outcome| chart.draws(outcome.class));
        chart.legend = legend.map(|outcome| Legend { class: outcome.class, words: outcome.words }).collect();
        chart
    }

    fn draws(&self, class: &str) -> bool {
        self.bars.iter().any(|bar| bar.parts.iter().any(|part| part.class == class))
    }
}

fn day_bars(day: &PackDay) -> Vec<Bar> {
    let planned = if day.editions.is_empty() { " planned" } else { "" };
    sendings(day).into_iter().map(|row| bar(row, planned)).collect()
}

fn bar((name, counts): (String, Counts), planned: &str) -> Bar {
    Bar {
        name: visible(&name),
        words: in_words(&counts),
        total: format!("{}{planned}", count(counts.total(), "message")),
        parts: parts(&counts),
    }
}
