//! A stretch of a message that is merged for each recipient.

use std::sync::Arc;

use tera::{Context, Tera, Value};

use crate::model::{Place, Recipient, Text};
use crate::render::template::fault::{Fault, faults};
use crate::render::template::mapped::Mapped;
use crate::render::template::sentinel::{Mode, REFUSED, REFUSED_HELP, Refused, clean, finish};

/// A slot with what fills it.
#[derive(Debug, Clone)]
pub(crate) struct Slot {
    /// The officer's text that it comes from.
    pub(crate) text: Arc<Text>,
    /// How it is filled.
    pub(crate) filling: Filling,
}

/// How a slot is filled.
#[derive(Debug, Clone)]
pub(crate) enum Filling {
    /// `{{ recipient.field }}` with or without `or "default"`: no template is run.
    Field {
        /// The field.
        name: String,
        /// What stands for a missing one.
        default: Option<String>,
        /// Where it stands.
        mode: Mode,
        /// Byte range of the tag in the text.
        range: std::ops::Range<usize>,
    },
    /// Anything else: a template of its own, with the name that it has in the engine.
    Template {
        /// Name in the engine.
        name: String,
        /// Its source, traced to the officer's text.
        source: Mapped,
    },
}

/// Why a slot cannot be filled for a recipient.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SlotFault {
    /// The officer's place.
    pub(crate) place: Place,
    /// The fact.
    pub(crate) message: String,
    /// The field that is missing, if that is it.
    pub(crate) field: Option<String>,
    /// One remedy.
    pub(crate) help: Option<String>,
}

impl Slot {
    /// Name and source of its template, if it has one.
    pub(crate) fn template(&self) -> Option<(&str, &str)> {
        match &self.filling {
            Filling::Template { name, source } => Some((name, source.text())),
            Filling::Field { .. } => None,
        }
    }

    /// Whether its template belongs to the engine of the HTML layout, which escapes. That of the text layout runs the
    /// regions of the officer's texts, whose values are escaped by [`finish`], for both parts.
    pub(crate) fn is_html(&self) -> bool {
        self.template().is_some_and(|(name, _)| name.ends_with(".html"))
    }

    /// The officer's place of a range of this slot's template, if `template` is its name.
    pub(crate) fn place_in(&self, template: &str, range: std::ops::Range<usize>) -> Option<Place> {
        match &self.filling {
            Filling::Template { name, source } if name == template => Some(self.text.at(source.origin(range))),
            _ => None,
        }
    }

    /// What stands there for a recipient, escaped for its part.
    pub(crate) fn fill(&self, engine: &Tera, recipient: &Recipient, context: &Context) -> Result<String, SlotFault> {
        match &self.filling {
            Filling::Field { name, default, mode, range } => match (field(recipient, name), default.as_deref()) {
                (Some(value), _) | (None, Some(value)) => {
                    mode.escape(&clean(value)).map_err(|Refused| refused(self.text.at(range.clone())))
                }
                (None, None) => Err(missing(self.text.at(range.clone()), name)),
            },
            Filling::Template { name, source } => match engine.render(name, context) {
                Ok(rendered) => finish(&rendered).map_err(|Refused| {
                    let first = source.text().find("{{").unwrap_or(0);
                    refused(self.text.at(source.origin(first..first + 2)))
                }),
                Err(error) => {
                    let first = faults(&error, |_| Some(source.text())).into_iter().next();
                    Err(self.fault(source, first))
                }
            },
        }
    }

    /// Whether it is certain, without filling it, that it can be filled.
    pub(crate) fn is_fillable(&self, recipient: &Recipient) -> bool {
        match &self.filling {
            Filling::Field { name, default, mode, .. } => {
                !mode.can_refuse() && (default.is_some() || field(recipient, name).is_some())
            }
            Filling::Template { .. } => false,
        }
    }

    fn fault(&self, source: &Mapped, fault: Option<Fault>) -> SlotFault {
        let Some(fault) = fault else {
            let message = "this cannot be filled in".to_owned();
            return SlotFault { place: self.text.place().clone(), message, field: None, help: None };
        };
        let place = self.text.at(source.origin(fault.range.clone()));
        let word = source.text().get(fault.range.clone()).unwrap_or_default();
        // The engine points at the field's name where a field of the recipient is missing.
        let before = source.text().get(..fault.range.start).unwrap_or_default();
        if before.ends_with("recipient.") || before.ends_with("recipient?.") {
            return missing(place, word);
        }
        SlotFault { place, message: fault.message, field: None, help: fault.help }
    }
}

fn refused(place: Place) -> SlotFault {
    SlotFault { place, message: REFUSED.to_owned(), field: None, help: Some(REFUSED_HELP.to_owned()) }
}

fn missing(place: Place, name: &str) -> SlotFault {
    let message = format!("the recipient has no \"{name}\"");
    let help = format!("give a default: {{{{ recipient.{name} or \"colleague\" }}}}");
    SlotFault { place, message, field: Some(name.to_owned()), help: Some(help) }
}

/// A field of a recipient that is a plain string.
pub(crate) fn field<'r>(recipient: &'r Recipient, name: &str) -> Option<&'r str> {
    let value = match name {
        "address" => Some(recipient.address.as_str()),
        "name" if recipient.name().is_some() => recipient.name(),
        _ => recipient.fields.get(name),
    };
    value.filter(|value| !value.is_empty())
}

/// What a recipient is in a template.
pub(crate) fn context(recipient: &Recipient) -> Context {
    let mut map = tera::Map::new();
    for (name, value) in recipient.fields.iter() {
        map.insert(name.to_owned().into(), Value::from(&*clean(value)));
    }
    map.insert("address".into(), Value::from(recipient.address.as_str()));
    if let Some(name) = recipient.name() {
        map.insert("name".into(), Value::from(&*clean(name)));
    }
    let lists: Vec<&str> = recipient.lists.iter().map(|list| list.0.as_str()).collect();
    map.insert("lists".into(), Value::from_serializable(&lists));
    let mut context = Context::new();
    context.insert_value("recipient", Value::from(map));
    context
}

/// The field and the default of a tag that needs no template: `recipient.x`, `recipient.x or "…"`.
pub(crate) fn simple(inner: &str) -> Option<(String, Option<String>)> {
    let rest = inner.trim().strip_prefix("recipient.")?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(rest.len());
    let (name, rest) = rest.split_at(end);
    if name.is_empty() || name == "lists" || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let rest = rest.trim();
    if rest.is_empty() {
        return Some((name.to_owned(), None));
    }
    let literal = rest.strip_prefix("or").filter(|rest| rest.starts_with([' ', '\n', '\t', '"', '\'']))?.trim();
    let mark = literal.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let default = literal.strip_prefix(mark)?.strip_suffix(mark)?;
    (!default.contains([mark, '\\'])).then(|| (name.to_owned(), Some(default.to_owned())))
}

#[cfg(test)]
mod tests {
    use super::simple;

    #[test]
    fn simple_tags_need_no_template() {
        let some = |name: &str, default: Option<&str>| Some((name.to_owned(), default.map(str::to_owned)));
        for (inner, expected) in [
            (" recipient.first_name ", some("first_name", None)),
            ("recipient.x or \"colleague\"", some("x", Some("colleague"))),
            ("recipient.x or 'it is'", some("x", Some("it is"))),
            ("recipient.x or \"a\" ~ \"b\"", None),
            ("recipient.x or \"a\\n\"", None),
            ("recipient.x | upper", None),
            ("recipient.x.y", None),
            ("recipient.lists", None),
            ("recipient.x orange", None),
            ("recipient[\"x\"]", None),
        ] {
            assert_eq!(simple(inner), expected, "{inner}");
        }
    }
}
