//! The way to the mail server, step by step: name, port, greeting, TLS, sign-in, and the sender.

use std::net::IpAddr;

use crate::app::connect::connection_of;
use crate::app::context::App;
use crate::app::doctor::point::Point;
use crate::app::fault::Fault;
use crate::app::hand_over::block_on;
use crate::exit::Exit;
use crate::model::{Address, list_of};
use crate::send;
use crate::settings::Settings;
use crate::transport::{Destination, Failure, Security, SmtpSettings, Stage};

/// The steps behind the name in their order, each with the stages of RFC 5321 that belong to it.
fn steps(smtp: &SmtpSettings) -> Vec<(&'static str, &'static [Stage])> {
    let mut steps: Vec<(&'static str, &'static [Stage])> = vec![("port", &[Stage::Connect])];
    let greeting: (&'static str, &'static [Stage]) = ("greeting", &[Stage::Greeting, Stage::Ehlo]);
    match smtp.security {
        Security::StartTls => steps.extend([greeting, ("encryption", &[Stage::Tls])]),
        Security::Tls => steps.extend([("encryption", &[Stage::Tls][..]), greeting]),
        Security::None => steps.push(greeting),
    }
    if smtp.username.is_some() {
        steps.push(("sign-in", &[Stage::SignIn]));
    }
    steps.push(("sender", &[Stage::Mail]));
    steps
}

pub(crate) fn points(app: &App, settings: &Settings) -> Vec<Point> {
    let Destination::Smtp(smtp) = &settings.transport.destination else {
        return vec![Point::not_looked("mail server", "mail goes to a folder, as the settings say")];
    };
    let mut points = vec![name(smtp)];
    let sender = settings.sender.as_ref().map_or_else(Address::nobody, |sender| sender.address.clone());
    let connector = match connection_of(app, settings) {
        Ok(connector) => connector,
        Err(error) => {
            let next = Fault::help_of(&error).unwrap_or_else(|| "see [transport] in weekcast.toml".to_owned());
            points.push(Point::bad("mail server", Exit::Config, error.to_string(), next));
            return points;
        }
    };
    let (offer, failure) = match block_on(async { Ok(connector.probe(&sender).await) }) {
        Ok(Ok(offer)) => (offer, None),
        Ok(Err(failure)) => (None, Some(failure)),
        Err(error) => {
            points.push(Point::bad("mail server", Exit::Software, error.to_string(), "give the same command again"));
            return points;
        }
    };
    let mut over = false;
    for (step, stages) in steps(smtp) {
        points.push(match &failure {
            _ if over => Point::not_looked(step, "not reached"),
            Some(failure) if stages.contains(&failure.stage) => {
                over = true;
                failed(step, failure)
            }
            _ => Point::good(step, good(step, smtp, &sender)),
        });
    }
    points.extend(offer.map(|offer| Point::good("offer", offer)));
    points
}

/// The name, looked up.
fn name(smtp: &SmtpSettings) -> Point {
    const NAME: &str = "name";
    let host = (smtp.host.clone(), smtp.port);
    let looked = block_on(async { Ok(tokio::net::lookup_host(host).await?.map(|found| found.ip()).collect()) });
    let next = "correct `host` in [transport], or look whether this computer has a way to the network";
    match looked {
        Ok(addresses) => {
            let addresses: Vec<IpAddr> = addresses;
            let shown: Vec<String> = addresses.iter().take(4).map(ToString::to_string).collect();
            if shown.is_empty() {
                return Point::bad(NAME, Exit::Unavailable, format!("{} has no address", smtp.host), next);
            }
            Point::good(NAME, format!("{} is {}", smtp.host, list_of(&shown)))
        }
        Err(error) => {
            let says = format!("{} cannot be looked up: {error}", smtp.host);
            Point::bad(NAME, Exit::Unavailable, says, next)
        }
    }
}

fn good(step: &str, smtp: &SmtpSettings, sender: &Address) -> String {
    match step {
        "port" => format!("{} answers", smtp.port),
        "greeting" => "a mail server greets".to_owned(),
        "encryption" => "TLS 1.2 or later, with a certificate that this computer believes".to_owned(),
        "sign-in" => "accepted".to_owned(),
        _ => format!("messages from @{} are taken", sender.domain()),
    }
}

fn failed(step: &'static str, failure: &Failure) -> Point {
    let next = match step {
        "port" => "look at `host` and `port`, and whether a firewall lets this computer through to that port",
        "greeting" => "look whether this is the port of a mail server for sending (587 or 465), and who may use it",
        "encryption" => {
            "the certificate must be for `host` and from an authority that this computer knows; for one of your own give \
             `ca_file`; there is no switch to do without"
        }
        "sign-in" => "look at `username` and the password or token, and whether the account may send by SMTP",
        _ => "the account must be allowed to send as the address of [sender]",
    };
    Point::bad(step, Exit::Unavailable, send::words(failure), next)
}
