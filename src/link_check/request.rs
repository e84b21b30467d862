//! One address asked: HEAD, and GET where a server does not take HEAD; sent on from page to page within a bound.

use ureq::http::{Response, Uri};
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};
use ureq::{Agent, Body, Error};

use crate::link_check::gates::Gates;
use crate::link_check::limits::Limits;
use crate::link_check::location::{asked, is_same, resolved};
use crate::model::LinkAnswer;

/// Who asks, so that the owner of a website can tell.
const NAME: &str = concat!("weekcast/", env!("CARGO_PKG_VERSION"), " (looks whether the links of a message answer)");

/// What asks, without cookies and without following anything by itself.
pub(crate) fn agent(limits: &Limits) -> Agent {
    let tls = TlsConfig::builder().provider(TlsProvider::Rustls).root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .user_agent(NAME)
        .tls_config(tls)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_idle_connections_per_host(1)
        .timeout_connect(Some(limits.connect))
        .timeout_global(Some(limits.request));
    config.build().into()
}

/// The host of an address.
pub(crate) fn host(address: &str) -> Option<String> {
    asked(address).parse::<Uri>().ok()?.host().map(str::to_ascii_lowercase)
}

/// Asks an address.
pub(crate) fn ask(agent: &Agent, gates: &Gates, address: &str, limits: &Limits) -> LinkAnswer {
    let mut page = asked(address);
    let mut moved: Option<String> = None;
    let mut for_good = true;
    for _ in 0..=limits.redirects {
        let Some(host) = host(&page) else { return unreachable("the address cannot be read") };
        let (status, location) = match gates.alone(&host, || one(agent, &page)) {
            Ok(answer) => answer,
            Err(error) => return failed(&error, limits),
        };
        match (status, location) {
            (301 | 302 | 303 | 307 | 308, Some(location)) => {
                let Some(next) = resolved(&page, &location) else { return LinkAnswer::Good };
                for_good &= matches!(status, 301 | 308);
                if for_good {
                    moved = Some(next.clone());
                }
                page = next;
            }
            (200..=299 | 304, _) => {
                let moved = moved.filter(|to| !is_same(to, &asked(address)));
                return moved.map_or(LinkAnswer::Good, LinkAnswer::Moved);
            }
            (status, _) => return LinkAnswer::Status(status),
        }
    }
    LinkAnswer::Circle
}

/// Status and `Location` of a page. A server that has no good word for HEAD is asked with GET, whose body is not read.
fn one(agent: &Agent, page: &str) -> Result<(u16, Option<String>), Error> {
    let head = agent.head(page).call();
    let answer = match head {
        Ok(answer) if answer.status().as_u16() < 400 || answer.status().as_u16() == 429 => answer,
        Err(error) if !matches!(error, Error::Protocol(_) | Error::Io(_)) => return Err(error),
        Ok(_) | Err(_) => agent.get(page).call()?,
    };
    Ok((answer.status().as_u16(), location(&answer)))
}

fn location(answer: &Response<Body>) -> Option<String> {
    let value = answer.headers().get("location")?;
    Some(String::from_utf8_lossy(value.as_bytes()).into_owned())
}

fn unreachable(why: &str) -> LinkAnswer {
    LinkAnswer::Unreachable(why.to_owned())
}

fn failed(error: &Error, limits: &Limits) -> LinkAnswer {
    match error {
        Error::HostNotFound => LinkAnswer::NoHost,
        Error::Timeout(_) => unreachable(&format!("no answer within {} seconds", limits.request.as_secs())),
        Error::BadUri(_) | Error::Http(_) => unreachable("the address cannot be read"),
        Error::Tls(_) | Error::Rustls(_) => unreachable("its certificate is not in order"),
        Error::Io(error) if error.get_ref().is_some_and(|inner| inner.is::<rustls::Error>()) => {
            unreachable("its certificate is not in order")
        }
        Error::ConnectionFailed | Error::Io(_) => unreachable("the connection was refused or broke off"),
        _ => unreachable("the answer cannot be understood"),
    }
}
