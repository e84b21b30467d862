//! Makes each recipient's copy of one mailing of a day: the one place where merging and composing meet, used by preview and by
//! sending, so that both produce the same bytes.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::app::on_the_lists::OnTheLists;
use crate::app::ready::{DayReady, WeekReady};
use crate::compose::{Composer, Header, MessageIds, Stamp};
use crate::ledger::Claim;
use crate::model::{AddressKey, BroadcastKey, Mailing, Message, Recipient, Sender};
use crate::plan::OptOuts;
use crate::render::Compiled;
use crate::send::{Copies, Copy};

/// The copies of one mailing of one day.
pub struct DayCopies {
    compiled: Arc<Compiled>,
    composer: Composer,
    recipients: OnTheLists,
    opted_out: OptOuts,
    ids: MessageIds,
    zone: Tz,
    /// Whose fields are filled in, where it is not the reader's own.
    shown_as: Option<Recipient>,
    #[cfg(feature = "dkim")]
    signer: Option<Arc<crate::dkim::Signer>>,
}

impl DayCopies {
    /// Encodes what all copies share.
    ///
    /// # Errors
    /// When the message cannot be composed, for example because it is too large.
    pub fn new(week: &WeekReady, day: &DayReady, mailing: Mailing, secret: &[u8; 32]) -> anyhow::Result<Self> {
        Self::from(week, day, (mailing, secret), &week.sender)
    }

    /// Copies for readers, each with the fields of one recipient, and without a way to unsubscribe in the header: a reader's
    /// mail program must not offer to take somebody off a list for whom nothing was sent.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub(crate) fn of_proof(
        week: &WeekReady,
        day: &DayReady,
        secret: &[u8; 32],
        shown_as: Recipient,
    ) -> anyhow::Result<Self> {
        let sender = Sender { unsubscribe: None, ..week.sender.clone() };
        let copies = Self::from(week, day, (Mailing::Edition(1), secret), &sender)?;
        Ok(Self { shown_as: Some(shown_as), ..copies })
    }

    fn from(
        week: &WeekReady,
        day: &DayReady,
        (mailing, secret): (Mailing, &[u8; 32]),
        sender: &Sender,
    ) -> anyhow::Result<Self> {
        let compiled = day.compiled.clone().ok_or_else(|| anyhow::anyhow!("the day cannot be rendered"))?;
        let header = Header { sender, week_title: week.week.title.value(), week_name: &week.week.name };
        let digest = compiled.material().digest.hex.clone();
        let domain = &week.sender.message_id_domain;
        let composer = Composer::new(compiled.material(), &header)?;
        Ok(Self {
            composer,
            opted_out: OptOuts::none(),
            compiled,
            recipients: OnTheLists::new(&day.expansion),
            ids: MessageIds::new(secret, &key_of(week, day), mailing, &digest, domain),
            zone: week.week.timezone,
            shown_as: None,
            #[cfg(feature = "dkim")]
            signer: week.signer.clone(),
        })
    }

    /// Leaves out people who opted out since the audience was frozen.
    #[must_use]
    pub fn without(mut self, opted_out: OptOuts) -> Self {
        self.opted_out = opted_out;
        self
    }

    /// The digest of the content, hex.
    #[must_use]
    pub fn digest(&self) -> &str {
        &self.compiled.material().digest.hex
    }

    /// One recipient's message.
    ///
    /// # Errors
    /// When a field is missing, or a value cannot stand in a message.
    pub fn message(&self, recipient: &Recipient, message_id: &str, date: DateTime<Utc>) -> anyhow::Result<Message> {
        self.message_into(Vec::new(), recipient, &self.stamp(message_id, date, None))
    }

    /// One recipient's correction, threaded to the copy that it corrects.
    ///
    /// # Errors
    /// As [`Self::message`].
    pub(crate) fn reply(
        &self,
        recipient: &Recipient,
        (message_id, date): (&str, DateTime<Utc>),
        in_reply_to: Option<&str>,
    ) -> anyhow::Result<Message> {
        self.message_into(Vec::new(), recipient, &self.stamp(message_id, date, in_reply_to))
    }

    fn stamp<'s>(&self, message_id: &'s str, date: DateTime<Utc>, in_reply_to: Option<&'s str>) -> Stamp<'s> {
        Stamp { message_id, date, zone: self.zone, in_reply_to }
    }

    fn message_into(&self, buffer: Vec<u8>, recipient: &Recipient, stamp: &Stamp<'_>) -> anyhow::Result<Message> {
        let merged = match &self.shown_as {
            // Whatever of the recipient is shown, the address is the reader's.
            Some(shown) => self.compiled.merge(&Recipient { address: recipient.address.clone(), ..shown.clone() })?,
            None => self.compiled.merge(recipient)?,
        };
        let message = self.composer.compose_into(buffer, &merged, recipient, stamp)?;
        #[cfg(feature = "dkim")]
        if let Some(signer) = &self.signer {
            let mut bytes = signer.field(&message.bytes, stamp.date.timestamp())?.into_bytes();
            bytes.extend_from_slice(&message.bytes);
            return Ok(Message { bytes, ..message });
        }
        Ok(message)
    }
}

/// The ledger's name for a day.
#[must_use]
pub(crate) fn key_of(week: &WeekReady, day: &DayReady) -> BroadcastKey {
    BroadcastKey { week: week.week.name.clone(), date: day.day.date.to_string() }
}

impl Copies for DayCopies {
    fn message_id(&self, who: &AddressKey) -> String {
        self.ids.of(who)
    }

    fn copy(&self, claim: &Claim, buffer: Vec<u8>) -> Copy {
        if self.opted_out.of(&claim.key).is_some() {
            return Copy::Gone("opted out since sending began".to_owned());
        }
        let Some(recipient) = self.recipients.recipient(&claim.key, claim.id) else {
            if self.recipients.is_broken() {
                return Copy::Faulty("the people of the lists cannot be read any more from the disk".to_owned());
            }
            return Copy::Gone("no longer on the lists when the turn came".to_owned());
        };
        let stamp = self.stamp(&claim.message_id, claim.date, claim.in_reply_to.as_deref());
        match self.message_into(buffer, &recipient, &stamp) {
            Ok(message) => Copy::Message(message),
            Err(error) => Copy::Faulty(format!("delivery {}: {error:#}", claim.id)),
        }
    }
}
