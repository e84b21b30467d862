//! `check --online`: the week prepared as ever, and its links asked whether they answer.

use std::sync::Arc;

use indicatif::{ProgressBar, ProgressStyle};

use crate::app::context::App;
use crate::app::prepare::{Prepared, Purpose, prepare_asking};
use crate::link_check::{Checked, Limits, check};
use crate::model::{LinkAnswers, count};

/// Prepares a week and asks its links; progress and what was not asked go to standard error.
pub fn prepare_online(app: &mut App, name: &str) -> Prepared {
    let clock = Arc::clone(&app.clock);
    let mut told = String::new();
    let mut ask = |addresses: &[String]| -> LinkAnswers {
        let bar = ProgressBar::new(addresses.len() as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} links asked") {
            bar.set_style(style);
        }
        let checked = check(addresses, &Limits::default(), clock.as_ref(), &|| bar.inc(1));
        bar.finish_and_clear();
        told = in_words(&checked);
        checked.answers
    };
    let prepared = prepare_asking(app, name, Purpose::Look, &mut ask);
    app.streams.err(&told);
    prepared
}

fn in_words(checked: &Checked) -> String {
    let mut out = format!("{} asked\n", count(checked.answers.len(), "link"));
    let mut not_asked = |number: usize, why: &str| {
        if number > 0 {
            out.push_str(&format!("{} not asked: {why}\n", count(number, "link")));
        }
    };
    not_asked(checked.merged, "something of the recipient's belongs into the address");
    not_asked(checked.beyond, "a check asks 200 links in three minutes and no more; look at these in a browser");
    out
}
