//! What signs in: the password or token, and how long it is good.

use crate::app::context::App;
use crate::app::doctor::point::Point;
use crate::exit::Exit;
use crate::settings::{self, Settings};
use crate::transport::{Destination, Grant, TokenStore};

pub(crate) fn points(app: &App, settings: &Settings) -> Vec<Point> {
    let Destination::Smtp(smtp) = &settings.transport.destination else { return Vec::new() };
    if let (Some(username), Some(oauth)) = (&smtp.username, &smtp.oauth) {
        return vec![token(app, &TokenStore::new(oauth, username, app.project.root()), oauth.grant)];
    }
    let Some(source) = &smtp.password else { return Vec::new() };
    vec![match settings::resolve(source, app.project.root()) {
        Ok(_) => Point::good("password", "it is where the settings say; it is not shown"),
        Err(error) => {
            let next = "`password` in [transport] says where the password is";
            Point::bad("password", Exit::Config, error.to_string(), next)
        }
    }]
}

fn token(app: &App, store: &TokenStore, grant: Grant) -> Point {
    const NAME: &str = "token";
    let now = app.now();
    match store.load() {
        Err(error) => Point::bad(NAME, Exit::Config, error.to_string(), error.help()),
        Ok(None) if grant == Grant::Client => Point::good(NAME, "there is none yet; the first sending gets it"),
        Ok(None) => Point::bad(NAME, Exit::Unavailable, "nobody has signed in yet", "sign in: weekcast login"),
        Ok(Some(tokens)) => {
            let until = tokens.expires_at.with_timezone(&chrono_tz::Europe::London).format("%-d %B %Y, %H:%M");
            match (tokens.refresh.is_some() || grant == Grant::Client, tokens.is_fresh(now)) {
                (true, _) => Point::good(NAME, format!("good until {until}, and then renewed by itself")),
                (false, true) => {
                    Point::care(NAME, format!("good until {until}, and cannot be renewed"), "then: weekcast login")
                }
                (false, false) => Point::bad(NAME, Exit::Unavailable, "it has ended", "sign in anew: weekcast login"),
            }
        }
    }
}
