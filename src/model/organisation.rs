//! The public body in whose name the broadcasts go out: `[organisation]` of the settings.

use crate::model::place::Place;
use crate::model::text::Text;

/// Its name and look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Organisation {
    /// Its name.
    pub name: Option<String>,
    /// Its website.
    pub website: Option<String>,
    /// Header colour, `#rrggbb`.
    pub colour: Option<String>,
    /// Where the colour is written.
    pub colour_place: Option<Place>,
    /// Which bank holidays count.
    pub holidays: Option<String>,
    /// The file that changes the table of bank holidays, in the project folder.
    pub holidays_file: Option<Text>,
    /// The file with the holidays of schools.
    pub school_holidays: Option<Text>,
    /// Whether each day must say what to do when a child is in immediate danger, and whom to ask.
    pub require_help_block: bool,
}
