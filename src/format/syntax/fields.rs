//! Strict reading of an object: every field is known, of its type and in its range.

use std::ops::RangeInclusive;

use super::emit::number_text;
use super::path::{Path, shortened};
use super::tree::{Entry, Node, Value};
use crate::format::error::{Fault, Faults, Position};
use crate::lean;
use crate::model::Id;

/// Everything found wrong so far.
///
/// A reader that meets a fault notes it and goes on with a stand-in, so that people see all faults
/// of a file at once; what it read is used only if none was noted.
#[derive(Debug, Default)]
pub struct Collector {
    faults: Vec<(usize, String)>,
    unlisted: usize,
}

impl Collector {
    /// Notes a fault at a byte of the text.
    pub fn add(&mut self, at: usize, message: String) {
        if self.faults.len() < Faults::LISTED {
            self.faults.push((at, message));
        } else {
            self.unlisted += 1;
        }
    }

    /// Notes that a value is not what is needed there.
    pub fn add_mismatch(&mut self, node: &Node, path: Path<'_>, needed: &str) {
        self.add(
            node.at,
            format!("{path}: {needed} is needed, not {}", node.description()),
        );
    }

    /// The items of a list.
    pub fn items<'t>(&mut self, node: &'t Node, path: Path<'_>) -> &'t [Node] {
        if let Value::List(items) = &node.value {
            return items;
        }
        self.add_mismatch(node, path, "a list");
        &[]
    }

    /// An id.
    pub fn id(&mut self, node: &Node, path: Path<'_>) -> Option<Id> {
        let Value::Text(text) = &node.value else {
            self.add_mismatch(node, path, "an id in quotes");
            return None;
        };
        match text.parse() {
            Ok(id) => Some(id),
            Err(error) => {
                let text = shortened(text);
                self.add(node.at, format!("{path}: \"{text}\" is no id: {error}"));
                None
            }
        }
    }

    /// Whether nothing was found.
    ///
    /// # Errors
    /// What was found, in the order of the text.
    pub fn finish(mut self, text: &str) -> Result<(), Faults> {
        lean::sort_by_key(&mut self.faults, |(at, _)| *at);
        let mut faults = self.faults.into_iter().map(|(at, message)| Fault {
            message,
            position: Some(Position::of(text, at)),
        });
        match faults.next() {
            None => Ok(()),
            Some(first) => Err(Faults {
                first,
                others: faults.collect(),
                unlisted: self.unlisted,
            }),
        }
    }
}

/// An object whose fields are taken one by one; [`Fields::finish`] refuses those left over.
#[derive(Debug)]
pub struct Fields<'t, 'p> {
    entries: &'t [Entry],
    at: usize,
    path: Path<'p>,
    known: Vec<&'static str>,
    collector: &'p mut Collector,
}

impl<'t, 'p> Fields<'t, 'p> {
    /// The fields of a value, if it is an object.
    pub fn of(node: &'t Node, path: Path<'p>, collector: &'p mut Collector) -> Option<Self> {
        let Value::Object(entries) = &node.value else {
            collector.add_mismatch(node, path, "an object");
            return None;
        };
        Some(Self {
            entries,
            at: node.at,
            path,
            known: Vec::new(),
            collector,
        })
    }

    /// Where this object is, and where faults are noted.
    pub fn context(&mut self) -> (Path<'p>, &mut Collector) {
        (self.path, self.collector)
    }

    /// A field that may be left out.
    pub fn optional(&mut self, name: &'static str) -> Option<&'t Node> {
        self.known.push(name);
        let entry = self.entries.iter().find(|entry| entry.name == name)?;
        Some(&entry.node)
    }

    /// A field that must be there.
    pub fn required(&mut self, name: &'static str) -> Option<&'t Node> {
        let node = self.optional(name);
        if node.is_none() {
            let message = format!("{} is missing", self.path.field(name));
            self.collector.add(self.at, message);
        }
        node
    }

    /// A text of at most so many bytes.
    pub fn text(&mut self, name: &'static str, longest: usize) -> String {
        match self.required(name) {
            Some(node) => self.text_of(node, name, longest),
            None => String::new(),
        }
    }

    /// A text of at most so many bytes; empty where it is left out.
    pub fn text_if_any(&mut self, name: &'static str, longest: usize) -> String {
        match self.optional(name) {
            Some(node) => self.text_of(node, name, longest),
            None => String::new(),
        }
    }

    fn text_of(&mut self, node: &Node, name: &'static str, longest: usize) -> String {
        let path = self.path.field(name);
        let Value::Text(text) = &node.value else {
            self.collector.add_mismatch(node, path, "a text");
            return String::new();
        };
        if text.len() > longest {
            let bytes = text.len();
            self.collector.add(
                node.at,
                format!("{path}: the text has {bytes} bytes; at most {longest} are allowed"),
            );
            return String::new();
        }
        text.clone()
    }

    /// A number in a range.
    pub fn number(&mut self, name: &'static str, range: RangeInclusive<f64>) -> f64 {
        match self.required(name) {
            Some(node) => self.number_of(node, name, range),
            None => 0.0,
        }
    }

    /// A number in a range, or the default where it is left out.
    pub fn number_or(
        &mut self,
        name: &'static str,
        range: RangeInclusive<f64>,
        default: f64,
    ) -> f64 {
        match self.optional(name) {
            Some(node) => self.number_of(node, name, range),
            None => default,
        }
    }

    fn number_of(&mut self, node: &Node, name: &'static str, range: RangeInclusive<f64>) -> f64 {
        let path = self.path.field(name);
        let Value::Number(number) = node.value else {
            self.collector.add_mismatch(node, path, "a number");
            return 0.0;
        };
        if !range.contains(&number) {
            let message = format!(
                "{path}: {} is out of range; it goes from {} to {}",
                shown(number),
                shown(*range.start()),
                shown(*range.end())
            );
            self.collector.add(node.at, message);
        }
        number
    }

    /// A whole number; zero where it is left out.
    pub fn whole_number_if_any(&mut self, name: &'static str) -> i32 {
        let range = f64::from(i32::MIN)..=f64::from(i32::MAX);
        let Some(node) = self.optional(name) else {
            return 0;
        };
        let number = self.number_of(node, name, range);
        if number.fract() != 0.0 {
            let message = format!(
                "{}: a whole number is needed, not {}",
                self.path.field(name),
                shown(number)
            );
            self.collector.add(node.at, message);
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "checked above; else not used"
        )]
        let whole = number as i32;
        whole
    }

    /// An object within this one, if it is not left out.
    pub fn object_if_any<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(&mut Fields<'_, '_>) -> T,
    ) -> Option<T> {
        let node = self.optional(name)?;
        let path = self.path;
        let mut inner = Fields::of(node, path.field(name), self.collector)?;
        let value = read(&mut inner);
        inner.finish();
        Some(value)
    }

    /// Notes that a field cannot be what it is.
    pub fn fault(&mut self, name: &'static str, why: &str) {
        let at = self.optional(name).map_or(self.at, |node| node.at);
        let message = format!("{}: {why}", self.path.field(name));
        self.collector.add(at, message);
    }

    /// Notes that the object as a whole is not what is needed.
    pub fn misfit(&mut self, needed: &str) {
        let message = format!("{}: {needed} is needed", self.path);
        self.collector.add(self.at, message);
    }

    /// An id.
    pub fn id(&mut self, name: &'static str) -> Option<Id> {
        let node = self.required(name)?;
        self.collector.id(node, self.path.field(name))
    }

    /// An id, if it is not left out.
    pub fn id_if_any(&mut self, name: &'static str) -> Option<Id> {
        let node = self.optional(name)?;
        self.collector.id(node, self.path.field(name))
    }

    /// One of a few words.
    pub fn choice<T: Copy>(&mut self, name: &'static str, choices: &[(&str, T)]) -> Option<T> {
        let node = self.required(name)?;
        self.choice_of(node, name, choices)
    }

    /// One of a few words, if it is not left out.
    pub fn choice_if_any<T: Copy>(
        &mut self,
        name: &'static str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let node = self.optional(name)?;
        self.choice_of(node, name, choices)
    }

    fn choice_of<T: Copy>(
        &mut self,
        node: &Node,
        name: &'static str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let path = self.path.field(name);
        let Value::Text(text) = &node.value else {
            self.collector.add_mismatch(node, path, "a text");
            return None;
        };
        let chosen = choices.iter().find(|(word, _)| word == text);
        if chosen.is_none() {
            let words: Vec<String> = choices
                .iter()
                .map(|(word, _)| format!("\"{word}\""))
                .collect();
            let message = format!(
                "{path}: \"{}\" is not known; it can be {}",
                shortened(text),
                words.join(", ")
            );
            self.collector.add(node.at, message);
        }
        chosen.map(|(_, choice)| *choice)
    }

    /// `true` or `false`; `false` where it is left out.
    pub fn truth_if_any(&mut self, name: &'static str) -> bool {
        match self.optional(name) {
            None => false,
            Some(Node {
                value: Value::Truth(truth),
                ..
            }) => *truth,
            Some(node) => {
                self.collector
                    .add_mismatch(node, self.path.field(name), "true or false");
                false
            }
        }
    }

    /// Notes every field that was not asked for.
    pub fn finish(self) {
        for entry in self.entries {
            if !self.known.contains(&entry.name.as_str()) {
                let path = self.path.field(&entry.name);
                self.collector
                    .add(entry.at, format!("{path} is not a field of this version"));
            }
        }
    }
}

fn shown(number: f64) -> String {
    let mut text = String::new();
    number_text(&mut text, number);
    text
}
