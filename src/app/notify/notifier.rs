//! What a notice is sent with: the settings, the sender, and the messages for those whom `[notify]` names.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::app::notify::words::Notice;
use crate::app::ready::WeekReady;
use crate::compose::{MessageIds, Notice as NoticeMessage, Stamp};
use crate::model::{Mailing, Message, Sender};
use crate::settings::Settings;

/// What a notice is sent with.
pub(crate) struct Notifier<'a> {
    pub(crate) settings: &'a Settings,
    pub(crate) sender: &'a Sender,
    pub(crate) zone: Tz,
    #[cfg(feature = "dkim")]
    pub(crate) signer: Option<&'a crate::dkim::Signer>,
}

impl<'a> Notifier<'a> {
    pub(crate) fn of(week: &'a WeekReady) -> Self {
        Self {
            settings: &week.settings,
            sender: &week.sender,
            zone: week.week.timezone,
            #[cfg(feature = "dkim")]
            signer: week.signer.as_deref(),
        }
    }

    /// The messages, one for each address, with the same Message-ID at each attempt.
    pub(crate) fn messages(
        &self,
        notice: &Notice,
        secret: &[u8; 32],
        now: DateTime<Utc>,
    ) -> anyhow::Result<Vec<Message>> {
        let ids =
            MessageIds::new(secret, &notice.key, Mailing::Edition(0), &notice.event, &self.sender.message_id_domain);
        let message = |(name, address): &(Option<String>, crate::model::Address)| -> anyhow::Result<Message> {
            let message_id = ids.of(&address.key());
            let stamp = Stamp { message_id: &message_id, date: now, zone: self.zone, in_reply_to: None };
            let (to, subject, text) = ((name.as_deref(), address), &*notice.subject, &*notice.text);
            let message = NoticeMessage { sender: self.sender, to, subject, text, stamp }.message()?;
            #[cfg(feature = "dkim")]
            if let Some(signer) = self.signer {
                let mut bytes = signer.field(&message.bytes, now.timestamp())?.into_bytes();
                bytes.extend_from_slice(&message.bytes);
                return Ok(Message { bytes, ..message });
            }
            Ok(message)
        };
        self.settings.notify.iter().map(message).collect()
    }
}
