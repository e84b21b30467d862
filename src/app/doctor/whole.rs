//! The points in their order.

use crate::app::context::App;
use crate::app::doctor::point::Point;
use crate::app::doctor::{account, ledger, place, schedule, server};
use crate::model::Findings;
use crate::settings;

/// Looks at everything; a point that is bad keeps none of the later ones from being looked at, where they do not rest on it.
pub fn examine(app: &App) -> Vec<Point> {
    let mut findings = Findings::new();
    let settings = settings::load(&app.project, &mut findings);
    let mut points = vec![place::settings(app, findings)];
    points.extend(place::week(app));
    points.push(place::lists(app));
    points.push(place::free_space(app));
    points.push(place::clock(app, &settings));
    points.extend(ledger::points(app, &settings));
    points.extend(schedule::point(app));
    points.extend(account::points(app, &settings));
    points.extend(server::points(app, &settings));
    points
}
