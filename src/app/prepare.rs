//! The straight road from the officer's files to a week that is ready: definition, recipients, calendar, render, lint.
//! `check`, `preview`, `plan` and the sending commands all walk it, so that they cannot disagree.

use std::sync::Arc;

use crate::app::context::App;
use crate::app::days_off::days_off;
use crate::app::fault::Fault;
use crate::app::other_weeks::same_mornings;
use crate::app::ready::{DayReady, DroppedDay, WeekReady};
use crate::app::signing;
use crate::calendar;
use crate::definition;
use crate::document::ProjectFolder;
use crate::exit::Exit;
use crate::lint::{self, Allowed, DaySubject, Subject};
use crate::model::{
    Address, Day, Finding, Findings, LinkAnswers, ListName, Place, Sender, Severity, Unsubscribe, Week, count,
};
use crate::output::findings_as_text;
use crate::recipients;
use crate::render::{self, Input, Mark};
use crate::settings::{self, SETTINGS_FILE, Settings};

/// What the week is prepared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Looking: the example lists serve where there are no others.
    Look,
    /// Sending: only the real lists.
    Send,
}

/// Asks web addresses whether they answer.
pub type Ask<'a> = dyn FnMut(&[String]) -> LinkAnswers + 'a;

/// What came of it.
pub struct Prepared {
    /// The settings.
    pub settings: Settings,
    /// All findings in file order, without those that the week allows.
    pub findings: Vec<Finding>,
    /// The rules that the week allows, and how often that mattered.
    pub allowed: Vec<Allowed>,
    /// The week, as far as it could be read.
    pub week: Option<WeekReady>,
}

/// Prepares a week; all its faults come back as findings.
pub fn prepare(app: &App, name: &str, purpose: Purpose) -> Prepared {
    prepare_asking(app, name, purpose, &mut |_| LinkAnswers::new())
}

/// The same; `ask` is given the web addresses of the week's links and says what became of asking them.
pub fn prepare_asking(app: &App, name: &str, purpose: Purpose, ask: &mut Ask<'_>) -> Prepared {
    let mut findings = Findings::new();
    let week = definition::load(&app.project, name, &mut findings);
    prepared(app, week, purpose, ask, findings)
}

/// The same for a text that stands in no file yet: what would come of it if the week's file were changed to it.
pub(crate) fn prepare_text(app: &App, name: &str, text: &str, purpose: Purpose) -> Prepared {
    let mut findings = Findings::new();
    let week = definition::load_text(&app.project, name, text, &mut findings);
    prepared(app, week, purpose, &mut |_| LinkAnswers::new(), findings)
}

fn prepared(app: &App, week: Option<Week>, purpose: Purpose, ask: &mut Ask<'_>, mut findings: Findings) -> Prepared {
    let settings = settings::load(&app.project, &mut findings);
    let lists = load_lists(app, purpose, &mut findings);
    let Some(week) = week else {
        return Prepared { settings, findings: findings.sorted(), allowed: Vec::new(), week: None };
    };
    let days = calendar::schedule(&week, &mut findings);
    let sender = sender_of(app, &settings, &week, &mut findings);
    #[cfg(feature = "dkim")]
    let signer = signing::signer(app, &settings, &sender, &mut findings);
    #[cfg(not(feature = "dkim"))]
    signing::refuse(app, &settings, &sender, &mut findings);
    let mut ready = WeekReady {
        settings,
        sender,
        #[cfg(feature = "dkim")]
        signer,
        week,
        lists,
        days: Vec::new(),
        dropped: Vec::new(),
        is_rehearsed: false,
    };
    ready.dropped = calendar::dropped(&ready.week).into_iter().map(|day| dropped_day(&ready, day)).collect();
    for (index, day) in days.iter().enumerate() {
        let own = prepare_day(app, &ready, &days, index, &mut findings);
        ready.days.push(DayReady { day: day.clone(), ..own });
    }
    run_rules(&app.project, &ready, ask, &mut findings);
    // Sending reads the week anew many times; the other weeks are looked at before.
    if purpose == Purpose::Look {
        findings.extend(same_mornings(app, &ready));
    }
    let (findings, allowed) = lint::apply_allowed(&ready.week, findings);
    tracing::info!(days = ready.days.len(), findings = findings.len(), "the week is read");
    Prepared { settings: ready.settings.clone(), findings: findings.sorted(), allowed, week: Some(ready) }
}

impl Prepared {
    /// Takes the week out, whatever its faults, to look at it or at what became of it.
    ///
    /// # Errors
    /// [`Fault`] 65 where no week could be read at all; `name` is the one that was asked for.
    pub fn readable(&mut self, name: &str) -> Result<WeekReady, Fault> {
        self.week.take().ok_or_else(|| {
            Fault::new(Exit::Data, format!("the week \"{name}\" cannot be read")).help("weekcast check shows why")
        })
    }

    /// The week, when it has no errors; warnings and errors are shown on standard error first.
    ///
    /// # Errors
    /// [`Fault`] with 78 where the settings are wrong, 65 where the week or the lists are.
    pub fn ready(self, app: &mut App) -> Result<WeekReady, Fault> {
        let errors: Vec<Finding> =
            self.findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect();
        if errors.is_empty() {
            return self.week.ok_or_else(|| Fault::new(Exit::Data, "the week cannot be read"));
        }
        app.streams.err(&findings_as_text(&errors));
        Err(Fault::new(exit_for(&errors), format!("{}, so nothing is written or sent", count(errors.len(), "error")))
            .help("mend what is said above, then give the command again; weekcast check shows it all again"))
    }
}

/// The status for findings: 66 when week or lists are not there, 78 when all are in the settings, 65 otherwise, 0
/// without errors.
#[must_use]
pub fn exit_for(findings: &[Finding]) -> Exit {
    let errors = || findings.iter().filter(|finding| finding.severity == Severity::Error);
    if errors().next().is_none() {
        Exit::Done
    } else if errors().all(|finding| finding.rule == "file-missing" && finding.place.source.text.is_empty()) {
        // The week or the lists themselves; a missing picture is a fault of the week.
        Exit::NoInput
    } else if errors().all(|finding| finding.place.source.path == SETTINGS_FILE) {
        Exit::Config
    } else {
        Exit::Data
    }
}

pub(crate) fn load_lists(app: &App, purpose: Purpose, findings: &mut Findings) -> Vec<crate::model::DistributionList> {
    const REAL: &str = "recipients.toml";
    const EXAMPLE: &str = "recipients.example.toml";
    if purpose == Purpose::Send || app.project.has(REAL) || !app.project.has(EXAMPLE) {
        return recipients::load(&app.project, findings);
    }
    let message = format!("there is no {REAL} yet, so the example lists are shown");
    let help = format!("copy {EXAMPLE} to {REAL} and put your own people in it");
    findings.push(Finding::warning("example-lists", Place::file(REAL), message).help(help));
    recipients::load_file(&app.project, EXAMPLE, findings)
}

fn prepare_day(app: &App, ready: &WeekReady, days: &[Day], index: usize, findings: &mut Findings) -> DayReady {
    let day = days[index].clone();
    let broadcast = &ready.week.broadcasts[day.index];
    let lists = broadcast.lists.clone().unwrap_or_else(|| ready.week.lists.clone());
    let names: Vec<ListName> = lists.iter().map(|(name, _)| name.clone()).collect();
    // Most weeks go to the same lists every day.
    let same = |day: &&DayReady| day.lists.iter().map(|(name, _)| name).eq(names.iter());
    let known = ready.days.iter().find(same).map(|day| Arc::clone(&day.expansion));
    let expansion = known.unwrap_or_else(|| Arc::new(recipients::expand(&ready.lists, &lists, findings)));
    let input = Input {
        project: &app.project,
        week: &ready.week,
        days,
        day: index,
        organisation: &ready.settings.organisation,
        sender: &ready.sender,
        lists: &names,
        mark: Mark::None,
    };
    let compiled = render::compile(&input, findings);
    if let Some(compiled) = &compiled {
        compiled.check(&expansion.recipients, findings);
    }
    let compiled = compiled.filter(render::Compiled::is_sound).map(Arc::new);
    DayReady { day, lists, expansion, compiled }
}

/// A day that is not sent, and so not made; whom it was for is kept.
fn dropped_day(ready: &WeekReady, day: Day) -> DroppedDay {
    let broadcast = ready.week.broadcasts.get(day.index);
    let reason = broadcast.and_then(|broadcast| broadcast.dropped.as_ref()?.reason.as_ref());
    let reason = reason.map(|reason| reason.value().trim().to_owned());
    let lists = broadcast.and_then(|broadcast| broadcast.lists.clone()).unwrap_or_else(|| ready.week.lists.clone());
    DroppedDay { ready: DayReady { day, lists, expansion: Arc::default(), compiled: None }, reason }
}

fn run_rules(project: &ProjectFolder, ready: &WeekReady, ask: &mut Ask<'_>, findings: &mut Findings) {
    let prose = render::week_prose(&ready.week);
    let answers = ask(&lint::web_addresses(&ready.week, &prose));
    let off = days_off(project, &ready.settings.organisation, findings);
    let subjects: Vec<Option<String>> = ready.days.iter().map(DayReady::subject).collect();
    let days: Vec<DaySubject<'_>> = ready
        .days
        .iter()
        .zip(&subjects)
        .map(|(day, subject)| DaySubject {
            day: &day.day,
            expansion: &day.expansion,
            material: day.compiled.as_ref().map(|compiled| compiled.material()),
            subject: subject.as_deref(),
        })
        .collect();
    let subject = Subject {
        project,
        week: &ready.week,
        lists: &ready.lists,
        days: &days,
        holidays: &off.holidays,
        holidays_until: off.until,
        school_holidays: &off.schools,
        sender: &ready.sender,
        organisation: &ready.settings.organisation,
        prose: &prose,
        answers: &answers,
    };
    lint::run(&subject, findings);
}

/// `[sender]`, or the signature's address, which is enough for the outbox.
fn sender_of(app: &App, settings: &Settings, week: &Week, findings: &mut Findings) -> Sender {
    if let Some(sender) = &settings.sender {
        let reply = sender.reply_to.as_ref().map_or(&sender.address, |(_, address)| address);
        let unsubscribe = sender.unsubscribe.clone().or_else(|| Some(by_mail(reply)));
        return Sender { unsubscribe, ..sender.clone() };
    }
    let email = week.signature.as_ref().and_then(|signature| signature.email.as_ref());
    let parsed = email.and_then(|email| Address::parse(email.value()).ok().map(|address| (address, email)));
    let name = week
        .signature
        .as_ref()
        .map(|signature| signature.organisation.as_ref().unwrap_or(&signature.name).value().to_owned());
    let name = name.or_else(|| Some(week.title.value().to_owned())).filter(|name| !name.is_empty());
    let (address, place) = match parsed {
        Some((address, email)) => (Some(address), email.place().clone()),
        None => (None, Place::new(&week.source, 0..0)),
    };
    // Without settings everything stays in the outbox, and a week alone is complete; with settings it is an oversight.
    if address.is_none() && app.project.has(SETTINGS_FILE) {
        let finding = Finding::warning("no-sender", Place::file(SETTINGS_FILE), "nobody is named as the sender");
        findings.push(finding.help("add [sender] from = \"Name <address>\" to weekcast.toml, or email to [signature]"));
    }
    let address = address.unwrap_or_else(Address::nobody);
    let message_id_domain = address.domain().to_owned();
    let unsubscribe = Some(by_mail(&address));
    Sender { name, address, reply_to: None, message_id_domain, unsubscribe, place }
}

/// Where nothing else is said, people stop the messages by writing to the sender; RFC 2369 wants a way in every message.
fn by_mail(address: &Address) -> Unsubscribe {
    Unsubscribe { mailto: Some(format!("mailto:{address}?subject=Unsubscribe")), https: None }
}
