//! `colour-contrast`: a pale colour hardly shows on the white page, where it is the bar beside tomorrow's broadcast.

use crate::lint::rule::Rule;
use crate::lint::subject::Subject;
use crate::model::{Finding, Findings, Severity, contrast, luminance};

/// The rule.
pub(crate) const RULE: Rule = Rule {
    id: "colour-contrast",
    severities: &[Severity::Warning],
    allowable: false,
    why: "a pale colour hardly shows on the white page, where it is the bar beside tomorrow's broadcast",
    check,
};

/// What shapes need (WCAG 2.2, 1.4.11).
const SHAPES: f64 = 3.0;

/// Text on the colour is black or white, whichever reads better, and so has 4.5:1 on any colour.
fn check(subject: &Subject<'_>, findings: &mut Findings) {
    let organisation = subject.organisation;
    let (Some(colour), Some(place)) = (&organisation.colour, &organisation.colour_place) else { return };
    let Some(own) = luminance(colour) else { return };
    let (on_page, text) = (contrast(own, 1.0), contrast(own, 0.0).max(contrast(own, 1.0)));
    if on_page < SHAPES {
        let message = format!(
            "{colour} has a contrast of {on_page:.1}:1 against the white page, and shapes need {SHAPES}:1; text on it \
             has {text:.1}:1"
        );
        let help = "take a darker colour of the organisation; the header and the bars will show on every screen";
        findings.push(Finding::warning(RULE.id, place.clone(), message).help(help));
    }
}
