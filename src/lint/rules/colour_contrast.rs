//! `colour-contrast`: a pale colour hardly shows on the white page, so that lines and buttons are drawn in another shade.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Colour, Finding, Findings, Severity};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "colour-contrast",
    severities: &[Severity::Warning],
    allowable: false,
    why: "a pale colour hardly shows on the white page, so that lines and buttons are drawn in another shade",
    check,
};

/// What shapes need (WCAG 2.2, 1.4.11).
const SHAPES: f64 = 3.0;

/// Text on the colour is black or white, whichever reads better, and so has 4.5:1 on any colour.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let organisation = subject.organisation;
    let (Some(colour), Some(place)) = (&organisation.colour, &organisation.colour_place) else { return };
    let Some(own) = Colour::parse(colour) else { return };
    let (white, black) = (Colour([255; 3]), Colour([0; 3]));
    let (on_page, text) = (own.contrast(white), own.contrast(black).max(own.contrast(white)));
    if on_page < SHAPES {
        let message = format!(
            "{colour} has a contrast of {on_page:.1}:1 against the white page, and shapes need {SHAPES}:1, so lines and \
             buttons get a darker shade; text on it has {text:.1}:1"
        );
        let help = "take a darker colour of the organisation, or allow this if the preview looks right";
        findings.push(Finding::warning(RULE.id, place.clone(), message).help(help));
    }
}
