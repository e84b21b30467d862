//! A planned week: the whole of one file in `broadcasts/`.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::model::broadcast::Broadcast;
use crate::model::list_name::ListName;
use crate::model::place::Place;
use crate::model::signature::Signature;
use crate::model::source_file::SourceFile;
use crate::model::text::Text;

/// One week file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Week {
    /// The file's name without `.toml`; the ledger's key for the week.
    pub name: String,
    /// The file.
    pub source: Arc<SourceFile>,
    /// Folder of its pictures and attachments, relative to the project folder: `broadcasts/NAME`.
    pub folder: String,
    /// What the week is called.
    pub title: Text,
    /// The zone of all its times.
    pub timezone: Tz,
    /// Cron expression of the default time of day.
    pub schedule: Option<Text>,
    /// First day.
    pub starts: Option<(NaiveDate, Place)>,
    /// The day that the week leads to.
    pub awareness_day: Option<AwarenessDay>,
    /// Default lists.
    pub lists: Vec<(ListName, Place)>,
    /// Template of the subject lines.
    pub subject: Text,
    /// Markdown before each day's body.
    pub intro: Option<Text>,
    /// Markdown after it.
    pub closing: Option<Text>,
    /// Link to everything.
    pub resources: Option<Resources>,
    /// Language tag (BCP 47), such as `en-GB`.
    pub lang: String,
    /// Later than this and a day is held.
    pub grace: Duration,
    /// How many people sign a day off: 0, 1 or 2.
    pub sign_off: u8,
    /// Percent of the people who may have joined or left since the sign-off without a further question.
    pub audience_change: u8,
    /// The reading age, in years, above which a body is warned of.
    pub reading_age: u8,
    /// The signature block.
    pub signature: Option<Signature>,
    /// The days, in file order.
    pub broadcasts: Vec<Broadcast>,
    /// Rules that the officer allows, with her reasons.
    pub allow: Vec<Allow>,
}

/// `awareness_day`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwarenessDay {
    /// Its name.
    pub name: Text,
    /// Its date.
    pub date: (NaiveDate, Place),
}

/// `resources`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resources {
    /// The words that are the link.
    pub text: Text,
    /// Where it leads.
    pub url: Text,
}

/// `[[allow]]`: a rule that does not count in this week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allow {
    /// The rule's name.
    pub rule: Text,
    /// Why.
    pub reason: Text,
}
