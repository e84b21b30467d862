//! Requests to the provider: over TLS with the operating system's authorities, bounded in time and size, never redirected.

use std::time::Duration;

use oauth2::{HttpRequest, HttpResponse};
use ureq::tls::{RootCerts, TlsConfig};

/// How long the provider may take in all.
const LIMIT: Duration = Duration::from_secs(30);

/// Octets of an answer; tokens have a few thousand.
const LARGEST: u64 = 256 * 1024;

/// Why there is no answer, in words.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(crate) struct HttpFault(String);

/// Asks a provider. Answers with an error status are answers.
pub(crate) fn ask(request: HttpRequest) -> Result<HttpResponse, HttpFault> {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(LIMIT))
        .http_status_as_error(false)
        // A redirect could lead a secret elsewhere.
        .max_redirects(0)
        .user_agent(concat!("weekcast/", env!("CARGO_PKG_VERSION")))
        .tls_config(tls)
        .build()
        .into();
    let fault = |error: ureq::Error| HttpFault(error.to_string());
    let (parts, mut body) = agent.run(request).map_err(fault)?.into_parts();
    let bytes = body.with_config().limit(LARGEST).read_to_vec().map_err(fault)?;
    let mut response = HttpResponse::new(bytes);
    *response.status_mut() = parts.status;
    *response.headers_mut() = parts.headers;
    Ok(response)
}

/// As [`ask`], off the threads of the connections.
pub(crate) async fn ask_beside(request: HttpRequest) -> Result<HttpResponse, HttpFault> {
    let asked = tokio::task::spawn_blocking(move || ask(request)).await;
    asked.unwrap_or_else(|error| Err(HttpFault(error.to_string())))
}
