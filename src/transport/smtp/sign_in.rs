//! AUTH (RFC 4954): PLAIN (RFC 4616), LOGIN and XOAUTH2. Nothing of it is ever logged, and every copy of the secret that is
//! made here is wiped.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::zeroize::Zeroizing;
use secrecy::{ExposeSecret as _, SecretString};

use crate::model::list_of;
use crate::transport::interface::{Cause, Failure, Stage};
use crate::transport::oauth::OAuthError;
use crate::transport::settings::SignIn;
use crate::transport::smtp::answer::Answer;
use crate::transport::smtp::endpoint::{Credentials, Secret};
use crate::transport::smtp::session::Session;

impl Session {
    /// Signs in by the first mechanism that both sides know.
    ///
    /// # Errors
    /// [`Stage::SignIn`]: [`Cause::Reply`] when it is refused, [`Cause::NoSignIn`] when there is no common mechanism.
    pub(crate) async fn sign_in(&mut self, credentials: &Credentials) -> Result<(), Failure> {
        let secret = secret(credentials).await?;
        let account = (credentials.username.as_str(), &secret);
        let answer = match credentials.mechanism {
            SignIn::Password if self.offer.mechanism("PLAIN") => self.plain(account).await?,
            SignIn::Password if self.offer.mechanism("LOGIN") => self.login(account).await?,
            SignIn::XOAuth2 if self.offer.mechanism("XOAUTH2") => self.xoauth2(account).await?,
            wanted => {
                let cause = Cause::NoSignIn(self.no_common_mechanism(wanted));
                return Err(Failure::before_the_dot(Stage::SignIn, cause));
            }
        };
        answer.expect(Stage::SignIn, &[235], "the sign-in").map(|_| ())
    }

    async fn plain(&mut self, (username, secret): (&str, &SecretString)) -> Result<Answer, Failure> {
        let response = encoded(&Zeroizing::new(format!("\0{username}\0{}", secret.expose_secret())));
        let command = Zeroizing::new(format!("AUTH PLAIN {}\r\n", *response));
        self.command(Stage::SignIn, &command).await
    }

    /// The words of the two challenges are not looked at: servers differ, their order does not.
    async fn login(&mut self, (username, secret): (&str, &SecretString)) -> Result<Answer, Failure> {
        let mut answer = self.command(Stage::SignIn, "AUTH LOGIN\r\n").await?;
        for response in [username, secret.expose_secret()] {
            if answer.code != 334 {
                return Ok(answer);
            }
            let line = Zeroizing::new(format!("{}\r\n", *encoded(response)));
            answer = self.command(Stage::SignIn, &line).await?;
        }
        Ok(answer)
    }

    async fn xoauth2(&mut self, (username, secret): (&str, &SecretString)) -> Result<Answer, Failure> {
        let token = secret.expose_secret();
        let response = encoded(&Zeroizing::new(format!("user={username}\x01auth=Bearer {token}\x01\x01")));
        let command = Zeroizing::new(format!("AUTH XOAUTH2 {}\r\n", *response));
        let answer = self.command(Stage::SignIn, &command).await?;
        // A token that is not taken is answered by a challenge with details; the empty line fetches the real code.
        if answer.code == 334 { self.command(Stage::SignIn, "\r\n").await } else { Ok(answer) }
    }

    fn no_common_mechanism(&self, wanted: SignIn) -> String {
        let wanted = match wanted {
            SignIn::Password => "PLAIN or LOGIN",
            SignIn::XOAuth2 => "XOAUTH2",
        };
        if self.offer.mechanisms.is_empty() {
            return "the server offers no sign-in here".to_owned();
        }
        let offered: String = list_of(&self.offer.mechanisms).chars().take(200).collect();
        let offered = offered.replace(char::is_control, " ");
        format!("the server offers sign-in by {offered}, not by {wanted}")
    }
}

/// What this connection shows; a token may have to be asked for first, off the threads of the connections.
async fn secret(credentials: &Credentials) -> Result<SecretString, Failure> {
    let source = match &credentials.secret {
        Secret::Fixed(secret) => return Ok(secret.clone()),
        Secret::Token(source) => Arc::clone(source),
    };
    let asked = tokio::task::spawn_blocking(move || source.access_token()).await;
    let cause = match asked {
        Ok(Ok(token)) => return Ok(token),
        // The provider may be there again in a while; everything else wants a person.
        Ok(Err(error @ OAuthError::Unreachable { .. })) => Cause::Unreachable(error.to_string()),
        Ok(Err(error)) => Cause::NoToken(format!("{error}; {}", error.help())),
        Err(error) => Cause::NoToken(error.to_string()),
    };
    Err(Failure::before_the_dot(Stage::SignIn, cause))
}

fn encoded(text: &str) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(text))
}
