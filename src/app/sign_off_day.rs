//! `sign-off`: a person says that a day may go out as it is; the content and the people are recorded with it.

use chrono::SecondsFormat;
use serde::Serialize;

use crate::app::audience;
use crate::app::context::{App, Format};
use crate::app::copies::key_of;
use crate::app::fault::Fault;
use crate::app::gates::written;
use crate::app::hand_over::pick;
use crate::app::question::{Confirm, ask_for_day};
use crate::app::ready::{DayReady, WeekReady};
use crate::app::sign_off::{SIGNED_OFF, SignOffs, audience as people, name_of_person};
use crate::exit::Exit;
use crate::model::{Act, DayName, SignOff, count, list_of};
use crate::output::plain;

/// What was asked.
pub struct Signing<'a> {
    /// The day.
    pub day: &'a DayName,
    /// Who signs.
    pub by: &'a str,
    /// `--yes`, or ask.
    pub confirm: Confirm,
}

/// `sign-off --format json`.
#[derive(Serialize)]
struct Signed<'a> {
    week: &'a str,
    day: &'a str,
    date: String,
    digest: &'a str,
    recipients: usize,
    /// Whose word counts for this content.
    signed_by: Vec<Signature<'a>>,
    /// How many people the week asks for.
    needed: u8,
    /// Whether nobody has to sign any more.
    signed_off: bool,
}

#[derive(Serialize)]
struct Signature<'a> {
    by: &'a str,
    at: String,
}

/// Signs a day off.
///
/// # Errors
/// [`Fault`] when it has gone out already, or the same person has signed; the ledger's errors.
pub fn sign_off_day(app: &mut App, week: &WeekReady, how: &Signing<'_>) -> anyhow::Result<Exit> {
    let by = name_of_person(how.by)?;
    let (_lock, mut ledger) = app.locked_ledger(&week.settings.ledger)?;
    let day = pick(app, week, how.day, Some(ledger.as_ref()))?;
    let weekday = day.day.weekday();
    if audience::begun(ledger.as_ref(), week, day)?.is_some() {
        let fault = Fault::new(Exit::Usage, format!("{weekday}'s broadcast has already been sent, or is being sent"));
        return Err(fault.help("a sign-off comes before that; weekcast status shows how it stands").into());
    }
    written(week, day)?;
    let Some(compiled) = &day.compiled else { anyhow::bail!("the day cannot be rendered") };
    let digest = compiled.material().digest.clone();
    let signed = SignOffs::of(Some(ledger.as_ref()), week, day)?;
    let unchanged = signed.drift(ledger.as_ref(), day)?.is_none_or(|drift| drift.is_none());
    if unchanged && signed.good.iter().any(|sign_off| sign_off.is_by(&by)) {
        let fault = Fault::new(Exit::Usage, format!("{} has signed {weekday}'s broadcast off already", plain(&by)));
        return Err(fault.help("nothing changed since; a second sign-off must be another person's").into());
    }
    show(app, day, &by, digest.short());
    // Nothing goes out by it and another sign-off replaces it, so that a name is enough where nobody can be asked.
    if how.confirm == Confirm::Ask && app.streams.interactive {
        ask_for_day(app, weekday, "sign it off", "nothing was signed off")?;
    }
    let now = app.now();
    let audience = people(day);
    let sign_off = SignOff {
        id: 0,
        key: key_of(week, day),
        by: by.clone(),
        at: now,
        digest: digest.hex,
        parts: digest.parts,
        people: audience.len(),
    };
    ledger.sign_off(&sign_off, &audience)?;
    ledger.record(&Act {
        at: now,
        key: Some(key_of(week, day)),
        kind: SIGNED_OFF.to_owned(),
        detail: format!("by {by}, for {}, digest {}", count(audience.len(), "recipient"), &sign_off.digest[..12]),
    })?;
    let signed = SignOffs::of(Some(ledger.as_ref()), week, day)?;
    told(app, week, day, (&sign_off, &signed))?;
    Ok(Exit::Done)
}

fn told(
    app: &mut App,
    week: &WeekReady,
    day: &DayReady,
    (sign_off, signed): (&SignOff, &SignOffs),
) -> std::io::Result<()> {
    let weekday = day.day.weekday();
    if app.format == Format::Json {
        let signature = |one: &'_ SignOff| one.at.to_rfc3339_opts(SecondsFormat::Secs, true);
        return app.streams.json(&Signed {
            week: &week.week.name,
            day: weekday,
            date: day.day.date.to_string(),
            digest: &sign_off.digest,
            recipients: sign_off.people,
            signed_by: signed.good.iter().map(|one| Signature { by: &one.by, at: signature(one) }).collect(),
            needed: week.week.sign_off,
            signed_off: signed.is_enough(),
        });
    }
    let next = match (week.week.sign_off, signed.is_enough()) {
        (0, _) => "This week asks for no sign-off; it is kept for the record.".to_owned(),
        (_, true) => "It goes out at its time by weekcast run, or by weekcast send.".to_owned(),
        (_, false) => format!("A second person has to sign: weekcast sign-off {weekday} --by NAME"),
    };
    let names = list_of(&signed.names(week.week.timezone));
    app.streams.out(&format!("{weekday}: signed off by {}. {next}\n", plain(&names)))
}

fn show(app: &mut App, day: &DayReady, by: &str, digest: &str) {
    let lists: Vec<String> = day.lists.iter().map(|(name, _)| name.to_string()).collect();
    app.streams.err(&format!(
        "  day:      {}, {}\n  subject:  {}\n  lists:    {}\n  to:       {}\n  digest:   {digest}\n  by:       {}\n",
        day.day.weekday(),
        day.day.at.format("%-d %B %Y, %H:%M"),
        plain(&day.subject().unwrap_or_default()),
        list_of(&lists),
        count(day.expansion.recipients.len(), "recipient"),
        plain(by)
    ));
}
