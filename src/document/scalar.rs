//! The `toml` crate's values to the owned tree of [`crate::document::Node`].

use std::ops::Range;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::document::literal;
use crate::document::node::{Entry, Node, Value};
use crate::document::working::Working;
use crate::model::{Place, SourceFile, Text};

/// A table's entries in file order.
pub(crate) fn entries(source: &Arc<SourceFile>, working: &Working, table: DeTable<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| Entry {
            place: Place::new(source, working.range(key.span())),
            key: key.into_inner().into_owned(),
            node: node(source, working, value),
        })
        .collect();
    entries.sort_by_key(|entry| entry.place.range.start);
    entries
}

fn node(source: &Arc<SourceFile>, working: &Working, value: Spanned<DeValue<'_>>) -> Node {
    let span = value.span();
    let place = Place::new(source, working.range(span.clone()));
    let written = || working.text.get(span.clone()).unwrap_or_default().to_owned();
    let value = match value.into_inner() {
        DeValue::String(string) => Value::Text(text(&string, working, span.clone(), &place)),
        DeValue::Integer(integer) => {
            let digits = integer.as_str().replace('_', "");
            i64::from_str_radix(&digits, integer.radix()).map_or(Value::Float(f64::INFINITY), Value::Integer)
        }
        DeValue::Float(float) => Value::Float(float.as_str().replace('_', "").parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(boolean) => Value::Boolean(boolean),
        DeValue::Datetime(datetime) => match (datetime.date, datetime.time, datetime.offset) {
            (Some(date), None, None) => {
                NaiveDate::from_ymd_opt(i32::from(date.year), u32::from(date.month), u32::from(date.day))
                    .map_or_else(|| Value::DateTime(written()), Value::Date)
            }
            (None, Some(time), None) => {
                let second = u32::from(time.second.unwrap_or(0));
                NaiveTime::from_hms_opt(u32::from(time.hour), u32::from(time.minute), second)
                    .map_or_else(|| Value::DateTime(written()), Value::Time)
            }
            _ => Value::DateTime(written()),
        },
        DeValue::Array(array) => Value::Array(array.into_iter().map(|item| node(source, working, item)).collect()),
        DeValue::Table(table) => Value::Table(entries(source, working, table)),
    };
    Node { value, place }
}

fn text(parsed: &str, working: &Working, span: Range<usize>, place: &Place) -> Text {
    let (value, map) = literal::read(working.text.get(span.clone()).unwrap_or_default(), span.start);
    // Line ends of the file are `\n` in one and as written in the other; those of escapes are alike.
    let parsed = parsed.replace("\r\n", "\n");
    if value == parsed || value.replace("\r\n", "\n") == parsed {
        let map = map.into_iter().map(|(value, file)| (value, working.origin(file))).collect();
        return Text::new(value, place.clone(), map);
    }
    // The parser recovered from a fault inside the literal: its value holds, the places are the whole literal's.
    Text::synthetic(parsed, place.clone())
}
