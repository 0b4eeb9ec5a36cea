//! Reading objects of foreign JSON: a wrong type is a fault, an unknown field is told and left out.

use std::collections::BTreeMap;

use super::graph_builder::LossWords;
use super::reader::Warning;
use super::syntax::{Collector, Node, Path, Value, shortened};
use super::words;
use crate::model::Polarity;

/// The faults and the unknown fields of objects that are being read.
#[derive(Debug, Default)]
pub struct LenientJson {
    pub collector: Collector,
    /// How often each is there.
    fields: BTreeMap<String, usize>,
}

impl LenientJson {
    /// Notes the fields of an object that are not among those that are read; what is empty says
    /// nothing.
    pub fn note_fields(&mut self, node: &Node, known: &[&str]) {
        // A damaged or hostile text may have any number of them.
        const MOST: usize = 100;
        let Value::Object(entries) = &node.value else {
            return;
        };
        for entry in entries {
            if says_nothing(&entry.node.value) || known.contains(&entry.name.as_str()) {
                continue;
            }
            if self.fields.len() < MOST || self.fields.contains_key(&entry.name) {
                *self.fields.entry(entry.name.clone()).or_default() += 1;
            }
        }
    }

    /// The warning that fields were left out, with how often, and the names of the first.
    pub fn warning(&self) -> Option<Warning> {
        const NAMED: usize = 5;
        const LEFT_OUT: LossWords =
            LossWords("further field was left out", "further fields were left out");
        let warning = LEFT_OUT.loss(self.fields.values().sum())?;
        let named = self.fields.iter().take(NAMED);
        let named: Vec<String> = named
            .map(|(name, count)| match count {
                1 => shortened(name),
                count => format!("{} ({count})", shortened(name)),
            })
            .collect();
        let named = named.join(", ");
        let and_more = match self.fields.len() > NAMED {
            true => " and more",
            false => "",
        };
        let message = format!("{warning}: {named}{and_more}");
        Some(Warning::loss(warning.lost, message))
    }

    /// A text that must be there and say something.
    pub fn name<'t>(&mut self, node: &'t Node, path: Path<'_>, field: &str) -> Option<&'t str> {
        if !matches!(node.value, Value::Object(_)) {
            self.collector.add_mismatch(node, path, "an object");
            return None;
        }
        let Some(value) = node.field(field) else {
            let message = format!("{} is missing", path.field(field));
            self.collector.add(node.at, message);
            return None;
        };
        let name = match &value.value {
            Value::Text(text) => text.trim(),
            _ => {
                let path = path.field(field);
                self.collector.add_mismatch(value, path, "a text");
                return None;
            }
        };
        if name.is_empty() {
            let message = format!("{} is empty", path.field(field));
            self.collector.add(value.at, message);
            return None;
        }
        Some(name)
    }

    /// A text that may be left out or null.
    pub fn text_if_any<'t>(
        &mut self,
        node: &'t Node,
        path: Path<'_>,
        field: &str,
    ) -> Option<&'t str> {
        let value = node.field(field)?;
        match &value.value {
            Value::Text(text) => Some(text),
            Value::Null => None,
            _ => {
                let path = path.field(field);
                self.collector.add_mismatch(value, path, "a text");
                None
            }
        }
    }

    /// The polarity that a field says; unknown where it says none.
    pub fn polarity(&mut self, node: &Node, path: Path<'_>, field: &str) -> Polarity {
        let Some(text) = self.text_if_any(node, path, field) else {
            return Polarity::Unknown;
        };
        words::polarity(text).unwrap_or_else(|| {
            let (text, words) = (shortened(text), words::POLARITY_WORDS);
            let at = node.field(field).map_or(node.at, |field| field.at);
            let path = path.field(field);
            let message = format!("{path}: \"{text}\" is not known; it can be {words}");
            self.collector.add(at, message);
            Polarity::Unknown
        })
    }

    /// The items of a list that may be left out or null.
    pub fn items_if_any<'t>(
        &mut self,
        node: &'t Node,
        path: Path<'_>,
        field: &str,
    ) -> Option<&'t [Node]> {
        let list = node.field(field)?;
        match list.value {
            Value::Null => None,
            _ => Some(self.collector.items(list, path.field(field))),
        }
    }
}

fn says_nothing(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Object(entries) => entries.is_empty(),
        Value::Truth(_) | Value::Number(_) => false,
    }
}

/// Whether a text is an object in which a field of this name has a list, even if it is damaged
/// elsewhere.
pub fn has_list(text: &str, field: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    if !rest.starts_with('{') {
        return false;
    }
    while let Some(at) = rest.find(field) {
        let is_quoted = rest[..at].ends_with('"');
        rest = &rest[at + field.len()..];
        let value = rest.strip_prefix('"').map(str::trim_start);
        let value = value.and_then(|value| value.strip_prefix(':'));
        if is_quoted && value.is_some_and(|value| value.trim_start().starts_with('[')) {
            return true;
        }
    }
    false
}
