//! Which fields of a recipient a text looks at, wherever: a misspelt one behind a default, or in a condition, is no
//! error to the template engine, and everybody would get the default.

use crate::model::{Place, Text};
use crate::render::template::expression::Names;

/// One look at a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mention {
    /// The field.
    pub(crate) field: String,
    /// Where.
    pub(crate) place: Place,
}

/// All looks of a text's tags.
pub(crate) fn of(text: &Text, names: &[Names]) -> Vec<Mention> {
    let paths = names.iter().flat_map(|names| &names.paths).filter(|path| path.root() == "recipient");
    let fields = paths.filter_map(|path| path.steps.get(1));
    fields.map(|(field, range)| Mention { field: field.clone(), place: text.at(range.clone()) }).collect()
}
