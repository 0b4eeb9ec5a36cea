//! The lists of a model to a document.

use super::loops::LoopReader;
use super::lost::Lost;
use crate::format::error::{Fault, Position, ReadError};
use crate::format::limits::Limits;
use crate::format::loose::Loose;
use crate::format::names::Named;
use crate::format::reader::Opened;
use crate::format::syntax::{Node, Path, Value, parse};
use crate::format::unplaced::{Unplaced, add_paragraph};
use crate::model::{Id, IdSource, Link, VariableKind};

const ROOT: Path<'static> = Path::Root;
const VARIABLES: Path<'static> = Path::Field(&ROOT, "variables");
const RELATIONSHIPS: Path<'static> = Path::Field(&ROOT, "relationships");
const LOOPS: Path<'static> = Path::Field(&ROOT, "feedbackLoops");

/// The fields of the model itself, of what it may stand in, and of its records.
const OF_MODEL: &[&str] = &[
    "variables",
    "relationships",
    "feedbackLoops",
    "title",
    "model",
];
const OF_VARIABLE: &[&str] = &["name", "type", "equation", "units", "documentation"];
const OF_RELATIONSHIP: &[&str] = &["from", "to", "polarity", "reasoning", "polarityReasoning"];

/// Reads a text.
pub fn read_within(text: &str, limits: &Limits, ids: &mut IdSource) -> Result<Opened, ReadError> {
    let root = parse(text, limits)?;
    let other = |node: &Node, message: &str| {
        ReadError::OtherFormat(Fault {
            message: message.to_owned(),
            position: Some(Position::of(text, node.at)),
        })
    };
    let inner = root.field("model");
    let inner = inner.filter(|model| model.field("relationships").is_some());
    let model = match root.field("relationships") {
        Some(_) => &root,
        None => {
            inner.ok_or_else(|| other(&root, "an SD-JSON model has a list of relationships"))?
        }
    };
    let mut reader = ModelReader {
        unplaced: Unplaced::new(ids),
        loose: Loose::default(),
        lost: Lost::default(),
    };
    let list = |reader: &mut ModelReader<'_>, name: &str, path: Path<'_>| {
        let of = model.field(name).or_else(|| root.field(name));
        let of = of.filter(|node| node.value != Value::Null);
        of.map(|node| reader.loose.collector.items(node, path))
    };
    let variables = list(&mut reader, "variables", VARIABLES);
    let relationships = list(&mut reader, "relationships", RELATIONSHIPS).unwrap_or_default();
    let loops = list(&mut reader, "feedbackLoops", LOOPS).unwrap_or_default();
    let records = variables.unwrap_or_default().len() + relationships.len() + loops.len();
    if records > limits.records {
        let message = format!("there are more than {} records", limits.records);
        let position = None;
        return Err(ReadError::Syntax(Fault { message, position }));
    }
    for node in [&root, model] {
        reader.loose.note_fields(node, OF_MODEL);
        if let Some(title) = reader.loose.text_if_any(node, ROOT, "title") {
            reader.unplaced.entitle(title);
        }
    }
    for (index, node) in variables.unwrap_or_default().iter().enumerate() {
        reader.variable(node, VARIABLES.item(index));
    }
    let listed = if variables.is_some() {
        Listed::All
    } else {
        Listed::None
    };
    for (index, node) in relationships.iter().enumerate() {
        reader.relationship(node, RELATIONSHIPS.item(index), listed);
    }
    LoopReader::new(&mut reader).read(loops, LOOPS);
    let mut warnings = reader.lost.warnings();
    warnings.extend(reader.loose.warning());
    let faults = reader.loose.collector;
    faults.finish(text).map_err(ReadError::Invalid)?;
    reader.unplaced.finish(warnings)
}

/// Whether the model has a list of its variables.
#[derive(Clone, Copy, PartialEq)]
enum Listed {
    All,
    None,
}

/// What is read so far, and what is wrong and lost.
pub struct ModelReader<'a> {
    pub unplaced: Unplaced<'a>,
    pub loose: Loose,
    pub lost: Lost,
}

impl ModelReader<'_> {
    fn variable(&mut self, node: &Node, path: Path<'_>) {
        let Some(name) = self.loose.name(node, path, "name") else {
            return;
        };
        self.loose.note_fields(node, OF_VARIABLE);
        // The same name is the same variable; one that is alike may be another.
        let id = match self.unplaced.find_exactly(name) {
            Some(id) => {
                self.lost.repeated += 1;
                id
            }
            None => self.unplaced.add_variable(name),
        };
        match self.loose.text_if_any(node, path, "type") {
            None | Some("" | "variable") => {}
            Some("stock") => {
                if let Some(variable) = self.unplaced.variable_mut(id) {
                    variable.kind = VariableKind::Stock;
                }
            }
            Some(_) => self.lost.types += 1,
        }
        if let Some(text) = self.loose.text_if_any(node, path, "documentation") {
            self.unplaced.remark(id, text);
        }
        for (field, label) in [("equation", "Equation: "), ("units", "Units: ")] {
            let text = self.loose.text_if_any(node, path, field);
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                self.lost.equations += 1;
                self.unplaced.remark(id, &format!("{label}{text}"));
            }
        }
    }

    fn relationship(&mut self, node: &Node, path: Path<'_>, listed: Listed) {
        let from = self.loose.name(node, path, "from");
        let to = self.loose.name(node, path, "to");
        let polarity = self.loose.polarity(node, path, "polarity");
        let mut remark = String::new();
        for field in ["reasoning", "polarityReasoning"] {
            let text = self
                .loose
                .text_if_any(node, path, field)
                .unwrap_or_default();
            add_paragraph(&mut remark, text.trim());
        }
        self.loose.note_fields(node, OF_RELATIONSHIP);
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        let (Some(from), Some(to)) = (self.end(from, listed), self.end(to, listed)) else {
            self.lost.ambiguous += 1;
            return;
        };
        self.unplaced.add_link(Link {
            polarity,
            remark,
            ..Link::new(from, to, 0.0)
        });
    }

    /// The variable that a relationship names; none if the name fits several.
    fn end(&mut self, name: &str, listed: Listed) -> Option<Id> {
        match self.unplaced.find(name) {
            Named::Exactly(id) | Named::Nearly(id) => Some(id),
            Named::Several => None,
            Named::Nothing => {
                self.lost.unlisted += usize::from(listed == Listed::All);
                Some(self.unplaced.add_variable(name))
            }
        }
    }
}
