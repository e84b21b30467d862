//! From `[dkim]` to a signer; what is wrong with it is found before anything is sent.

use crate::app::context::App;
use crate::dkim::DkimSettings;
use crate::model::{Findings, Sender};
use crate::settings::Settings;

/// The signer that the settings ask for; every fault becomes a finding.
#[cfg(feature = "dkim")]
pub(crate) fn signer(
    app: &App,
    settings: &Settings,
    sender: &Sender,
    findings: &mut Findings,
) -> Option<std::sync::Arc<crate::dkim::Signer>> {
    use crate::dkim::{Signer, SigningKey};
    use crate::model::Finding;

    let dkim = settings.dkim.as_ref()?;
    check(dkim, sender, findings);
    let file = &dkim.key_file;
    let read = crate::settings::secret_file(&app.project.root().join(file.value()));
    let key = read.map_err(|error| (error.to_string(), "put the key there, readable by you alone")).and_then(|pem| {
        SigningKey::from_pem(pem.as_bytes()).map_err(|fault| {
            let message = format!("\"{}\" cannot sign: {fault}", file.value());
            (message, "make one: openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out FILE")
        })
    });
    match key {
        Ok(key) => {
            let domain = dkim.domain_for(sender.address.domain());
            Some(std::sync::Arc::new(Signer::new(domain, dkim.selector.value(), key)))
        }
        Err((message, help)) => {
            findings.push(Finding::error("dkim", file.place().clone(), message).help(help));
            None
        }
    }
}

/// A build that cannot sign says so.
#[cfg(not(feature = "dkim"))]
pub(crate) fn refuse(_app: &App, settings: &Settings, sender: &Sender, findings: &mut Findings) {
    use crate::model::Finding;

    let Some(dkim) = settings.dkim.as_ref() else { return };
    check(dkim, sender, findings);
    let finding = Finding::error("dkim", dkim.selector.place().clone(), "this weekcast was built without DKIM signing");
    findings.push(finding.help("take out [dkim], and let the mail server sign; or build with --features dkim"));
}

fn check(dkim: &DkimSettings, sender: &Sender, findings: &mut Findings) {
    dkim.check_alignment(sender.address.domain(), findings);
}
