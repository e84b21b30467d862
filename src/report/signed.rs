//! Sign-offs: whose word each day had, for what, and whether it was still for what went out.

use crate::model::{DigestPart, SignOff, grouped, list_of};
use crate::report::moments::moment;
use crate::report::pack::{BoardPack, PackDay};
use crate::report::table::{Column, Table};

const WORDS: Column = Column::Words;
/// Characters of a digest; as many as in messages.
const SHORT: usize = 12;

/// All sign-offs of the week; nothing where there were none.
pub(in crate::report) fn sign_offs(pack: &BoardPack) -> Option<Table> {
    let head = [
        ("Day", WORDS),
        ("By", WORDS),
        ("When", WORDS),
        ("Recipients then", Column::Number),
        ("Digest", Column::Code),
        ("Did it count?", WORDS),
    ];
    let mut table = Table::new("Sign-offs", &head);
    for day in &pack.days {
        for (index, sign_off) in day.sign_offs.iter().enumerate() {
            let later = day.sign_offs.iter().skip(index + 1);
            table.row([
                day.short_date(),
                sign_off.by.clone(),
                moment(sign_off.at, pack.timezone),
                grouped(sign_off.people),
                sign_off.digest.chars().take(SHORT).collect(),
                if on_record(pack, sign_off) {
                    counted(day, sign_off, later)
                } else {
                    "not known: the record of acts has no such sign-off".to_owned()
                },
            ]);
        }
    }
    table.filled()
}

/// Whether the chained record has it too: a row beside the record can be changed without a trace.
fn on_record(pack: &BoardPack, sign_off: &SignOff) -> bool {
    let short: String = sign_off.digest.chars().take(SHORT).collect();
    pack.acts().map(|one| &one.act).any(|act| {
        act.kind == "signed-off"
            && act.at == sign_off.at
            && act.key.as_ref() == Some(&sign_off.key)
            && act.detail.starts_with(&format!("by {}, ", sign_off.by))
            && act.detail.ends_with(&format!("digest {short}"))
    })
}

/// Whether it was for the content that went out, or that would go out now.
fn counted<'a>(day: &PackDay, sign_off: &SignOff, mut later: impl Iterator<Item = &'a SignOff>) -> String {
    let Some(first) = day.editions.first() else {
        let now = day.status.digest.as_deref() == Some(sign_off.digest.as_str());
        let words = if now { "not sent so far; it counts" } else { "no longer: the content changed since" };
        return words.to_owned();
    };
    if sign_off.at > first.record.begun_at {
        return "no: it came after sending had begun".to_owned();
    }
    if sign_off.digest != first.record.digest {
        let changed = changed(&sign_off.parts, &first.record.parts);
        return match changed.as_slice() {
            [] => "no: the content changed before it was sent".to_owned(),
            changed => format!("no: {} changed before it was sent", list_of(changed)),
        };
    }
    let again = later.any(|other| other.is_by(&sign_off.by) && other.at <= first.record.begun_at);
    let words =
        if again { "yes; given again later, for the lists as they were then" } else { "yes: this content was sent" };
    words.to_owned()
}

/// The fields that differ. The parts of the message as a whole follow from them, and are named only by themselves.
fn changed(then: &[DigestPart], sent: &[DigestPart]) -> Vec<String> {
    let sent = crate::model::Digest::over(sent.to_vec());
    sent.changed(then)
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;

    use super::sign_offs;
    use crate::model::{DigestPart, SignOff};
    use crate::report::sample::{chain, pack, sign_off, signed_act};

    fn last(pack: &crate::report::pack::BoardPack) -> Vec<String> {
        let table = sign_offs(pack).unwrap();
        table.texts().iter().map(|row| row.last().copied().unwrap_or_default().to_owned()).collect()
    }

    #[test]
    fn a_sign_off_counts_for_its_content_and_its_time_only() {
        let mut pack = pack();
        pack.days.iter_mut().for_each(|day| day.sign_offs.clear());
        assert!(sign_offs(&pack).is_none());
        let day = &mut pack.days[0];
        let record = &mut day.editions[0].record;
        record.parts = vec![DigestPart::new("subject", b"new"), DigestPart::new("HTML part", b"new")];
        let good = sign_off(record, "Rowan Example", -60);
        let mut stale = sign_off(record, "Rowan Example", -120);
        stale.digest = "0".repeat(64);
        stale.parts = vec![DigestPart::new("subject", b"old"), DigestPart::new("HTML part", b"old")];
        let mut late = good.clone();
        late.at = record.begun_at + TimeDelta::minutes(1);
        day.sign_offs = vec![stale, good.clone(), good.clone(), late];
        let acts = day.sign_offs.iter().map(signed_act).collect();
        pack.record = Some(chain(acts));
        assert_eq!(
            last(&pack),
            [
                "no: subject changed before it was sent",
                "yes; given again later, for the lists as they were then",
                "yes: this content was sent",
                "no: it came after sending had begun",
            ]
        );
        pack.days[0].sign_offs = vec![SignOff { by: "Robin Example".to_owned(), ..good }];
        assert_eq!(last(&pack), ["not known: the record of acts has no such sign-off"]);
    }
}
