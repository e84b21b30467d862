//! The first lines of the page: the week in a sentence, and what still needs a person.

use crate::model::{Counts, capitalised, count, grouped};
use crate::report::chain_words::chain_words;
use crate::report::outcomes::sum;
use crate::report::pack::{BoardPack, PackDay};
use crate::report::status::DayState;

/// Every message of every sending that has begun.
pub(in crate::report) fn sent(pack: &BoardPack) -> Counts {
    let editions = pack.days.iter().flat_map(|day| &day.editions);
    sum(editions.map(|edition| &edition.record.counts))
}

/// `4 of 5 broadcasts are complete. Of 412 messages, the mail server accepted 405.`
pub(in crate::report) fn headline(pack: &BoardPack) -> String {
    let complete = pack.days.iter().filter(|day| day.status.state == DayState::Sent).count();
    let days = match (complete, pack.days.len()) {
        (_, 0) => "The week has no broadcasts.".to_owned(),
        (1, 1) => "The broadcast is complete.".to_owned(),
        (complete, 1) => format!("{} of 1 broadcast is complete.", grouped(complete)),
        (complete, all) if complete == all => format!("All {} are complete.", count(all, "broadcast")),
        (1, all) => format!("1 of {} is complete.", count(all, "broadcast")),
        (complete, all) => format!("{} of {} are complete.", grouped(complete), count(all, "broadcast")),
    };
    let counts = sent(pack);
    let to_come = pack.days.iter().any(|day| day.editions.is_empty());
    let wanted = counts.total() - counts.suppressed - counts.skipped;
    let messages = match (wanted, counts.accepted) {
        (0, _) => "Nothing has been sent yet.".to_owned(),
        (1, 1) => "The mail server accepted the only message.".to_owned(),
        (wanted, accepted) if wanted == accepted => {
            format!("The mail server accepted all {}.", count(wanted, "message"))
        }
        // The table of days counts those to come as well; here they would make the share look worse than it is.
        (wanted, accepted) if to_come => {
            let messages = count(wanted, "message");
            format!("Of the {messages} in those begun so far, the mail server accepted {}.", grouped(accepted))
        }
        (wanted, accepted) => {
            format!("Of {}, the mail server accepted {}.", count(wanted, "message"), grouped(accepted))
        }
    };
    format!("{days} {messages}")
}

/// A sentence for each thing that is open, day by day; none if nothing is.
pub(in crate::report) fn open_points(pack: &BoardPack) -> Vec<String> {
    let mut points = Vec::new();
    if let Some(folder) = &pack.outbox {
        points.push(format!(
            "The settings name no mail server: messages were written to the folder {folder}/ on this computer, and nobody \
             has received them. \"Accepted\" below means written there."
        ));
    }
    if let Some(chain) = &pack.record
        && let Some(fault) = chain.fault()
    {
        points.push(format!(
            "The record of acts was changed after it was written: {}. Show this to IT before you rely on this report.",
            chain_words(chain, fault, pack.timezone)
        ));
    }
    for day in &pack.days {
        let counts = sum(&day.counts());
        if let Some(held) = day.status.held.filter(|_| day.status.state == DayState::Held) {
            points.push(format!(
                "{} is held, and nothing was sent: {}. A person decides what becomes of it. {}.",
                day.short_date(),
                held.words(),
                capitalised(&held.in_one_line(&day.status.date))
            ));
        }
        if counts.in_doubt > 0 {
            points.push(format!(
                "{}: {} in doubt. The mail server may have {} or not; nothing is sent again until a person has decided.",
                day.short_date(),
                has(counts.in_doubt),
                if counts.in_doubt == 1 { "it" } else { "them" },
            ));
        }
        points.extend(waiting(day, &counts).map(|point| format!("{}: {point}.", day.short_date())));
        for correction in &day.corrections {
            let (name, number) = (day.short_date(), correction.number);
            let counts = &correction.mailing.record.counts;
            let open = counts.due + counts.deferred;
            let points_of = [
                (counts.in_doubt, "in doubt, until a person has decided"),
                (open, "not sent yet"),
                (counts.expired, "given up, because the server put it off until its time was over"),
            ];
            let open = points_of.into_iter().filter(|(messages, _)| *messages > 0);
            points
                .extend(open.map(|(messages, what)| format!("{name}, correction {number}: {} {what}.", has(messages))));
        }
    }
    points
}

fn has(number: usize) -> String {
    format!("{} {}", count(number, "message"), if number == 1 { "is" } else { "are" })
}

fn waiting(day: &PackDay, counts: &Counts) -> impl Iterator<Item = String> {
    let begun = !day.editions.is_empty();
    let given_up =
        || format!("{} given up, because the server put it off until its time was over", has(counts.expired));
    let points = [
        (counts.due > 0 && begun).then(|| format!("{} not sent yet", has(counts.due))),
        (counts.deferred > 0).then(|| format!("{} refused for now and will be tried again", has(counts.deferred))),
        (counts.expired > 0).then(given_up),
    ];
    points.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::{headline, open_points};
    use crate::model::Counts;
    use crate::report::sample::pack;
    use crate::report::status::DayState;

    #[test]
    fn the_week_in_a_sentence() {
        let mut one = pack();
        one.days.truncate(1);
        one.days[0].editions.truncate(1);
        for (state, counts, expected) in [
            (
                DayState::Sent,
                Counts { accepted: 1, ..Counts::default() },
                "The broadcast is complete. The mail server accepted the only message.",
            ),
            (
                DayState::Sent,
                Counts { accepted: 3, suppressed: 2, ..Counts::default() },
                "The broadcast is complete. The mail server accepted all 3 messages.",
            ),
            (
                DayState::Incomplete,
                Counts { accepted: 1, refused: 1_000, ..Counts::default() },
                "0 of 1 broadcast is complete. Of 1,001 messages, the mail server accepted 1.",
            ),
        ] {
            one.days[0].status.state = state;
            one.days[0].editions[0].record.counts = counts;
            assert_eq!(headline(&one), expected);
        }
        one.days.clear();
        assert_eq!(headline(&one), "The week has no broadcasts. Nothing has been sent yet.");
    }

    #[test]
    fn a_complete_week_has_no_open_points() {
        let mut pack = pack();
        for day in &mut pack.days {
            day.status.state = DayState::Sent;
            for edition in &mut day.editions {
                edition.record.counts = Counts { accepted: 4, suppressed: 1, ..Counts::default() };
            }
        }
        assert_eq!(open_points(&pack), Vec::<String>::new());
        pack.outbox = Some("outbox".to_owned());
        assert!(open_points(&pack)[0].contains("nobody has received them"));
        assert!(headline(&pack).starts_with("All 5 broadcasts are complete."));
    }
}
