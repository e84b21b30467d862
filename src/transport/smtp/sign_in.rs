//! AUTH (RFC 4954): PLAIN (RFC 4616), LOGIN and XOAUTH2. Nothing of it is ever logged, and every copy of the secret that is
//! made here is wiped.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::ExposeSecret as _;
use secrecy::zeroize::Zeroizing;

use crate::model::list_of;
use crate::transport::interface::{Cause, Failure, Stage};
use crate::transport::settings::SignIn;
use crate::transport::smtp::answer::Answer;
use crate::transport::smtp::endpoint::Credentials;
use crate::transport::smtp::session::Session;

impl Session {
    /// Signs in by the first mechanism that both sides know.
    ///
    /// # Errors
    /// [`Stage::SignIn`]: [`Cause::Reply`] when it is refused, [`Cause::NoSignIn`] when there is no common mechanism.
    pub(crate) async fn sign_in(&mut self, credentials: &Credentials) -> Result<(), Failure> {
        let answer = match credentials.mechanism {
            SignIn::Password if self.offer.mechanism("PLAIN") => self.plain(credentials).await?,
            SignIn::Password if self.offer.mechanism("LOGIN") => self.login(credentials).await?,
            SignIn::XOAuth2 if self.offer.mechanism("XOAUTH2") => self.xoauth2(credentials).await?,
            wanted => {
                let cause = Cause::NoSignIn(self.no_common_mechanism(wanted));
                return Err(Failure::before_the_dot(Stage::SignIn, cause));
            }
        };
        answer.expect(Stage::SignIn, &[235], "the sign-in").map(|_| ())
    }

    async fn plain(&mut self, credentials: &Credentials) -> Result<Answer, Failure> {
        let secret = credentials.secret.expose_secret();
        let response = encoded(&Zeroizing::new(format!("\0{}\0{secret}", credentials.username)));
        let command = Zeroizing::new(format!("AUTH PLAIN {}\r\n", *response));
        self.command(Stage::SignIn, &command).await
    }

    /// The words of the two challenges are not looked at: servers differ, their order does not.
    async fn login(&mut self, credentials: &Credentials) -> Result<Answer, Failure> {
        let mut answer = self.command(Stage::SignIn, "AUTH LOGIN\r\n").await?;
        for response in [credentials.username.as_str(), credentials.secret.expose_secret()] {
            if answer.code != 334 {
                return Ok(answer);
            }
            let line = Zeroizing::new(format!("{}\r\n", *encoded(response)));
            answer = self.command(Stage::SignIn, &line).await?;
        }
        Ok(answer)
    }

    async fn xoauth2(&mut self, credentials: &Credentials) -> Result<Answer, Failure> {
        let token = credentials.secret.expose_secret();
        let response =
            encoded(&Zeroizing::new(format!("user={}\x01auth=Bearer {token}\x01\x01", credentials.username)));
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

fn encoded(text: &str) -> Zeroizing<String> {
    Zeroizing::new(STANDARD.encode(text))
}
