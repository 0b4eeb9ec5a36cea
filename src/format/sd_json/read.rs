//! The lists of a model to a document.

use std::collections::{BTreeMap, BTreeSet};

use super::loops::LoopReader;
use super::losses::Losses;
use crate::format::error::{Fault, Position, ReadError};
use crate::format::graph_builder::{GraphBuilder, add_paragraph};
use crate::format::lenient_json::LenientJson;
use crate::format::limits::Limits;
use crate::format::names::Named;
use crate::format::reader::ImportResult;
use crate::format::syntax::{Node, Path, Value, parse};
use crate::model::{Id, IdSource, Link, Polarity, VariableKind};

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
    "feedback",
];
const OF_VARIABLE: &[&str] = &[
    "name",
    "type",
    "equation",
    "units",
    "documentation",
    "crossLevelGhostOf",
];
const OF_RELATIONSHIP: &[&str] = &["from", "to", "polarity", "reasoning", "polarityReasoning"];

/// Reads a text.
pub fn read_within(
    text: &str,
    limits: &Limits,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    let root = parse(text, limits)?;
    let other = |node: &Node, message: &str| {
        ReadError::OtherFormat(Fault {
            message: message.to_owned(),
            position: Some(Position::of(text, node.at)),
        })
    };
    // By itself, in a field `model`, or deeper in what an engine answered.
    let has_field = |node: &Node| node.field("relationships").is_some();
    let model = root.find(has_field);
    let model =
        model.ok_or_else(|| other(&root, "an SD-JSON model has a list of relationships"))?;
    let mut reader = ModelReader {
        graph: GraphBuilder::new(ids),
        lenient: LenientJson::default(),
        ghosts: BTreeMap::new(),
        ghosted: BTreeSet::new(),
        losses: Losses::default(),
    };
    let list = |reader: &mut ModelReader<'_>, name: &str, path: Path<'_>| {
        let of = model.field(name).or_else(|| root.field(name));
        // The loops may stand beside the model, in a field of their own.
        let beside = || root.find(|node| node.has_list(name))?.field(name);
        let of = of.or_else(beside).filter(|node| node.value != Value::Null);
        of.map(|node| reader.lenient.collector.items(node, path))
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
    let both = [&root, model].into_iter();
    let both = both.take(if std::ptr::eq(&root, model) { 1 } else { 2 });
    for node in both {
        reader.lenient.note_fields(node, OF_MODEL);
        if let Some(title) = reader.lenient.text_if_any(node, ROOT, "title") {
            reader.graph.entitle(title);
        }
    }
    for (index, node) in variables.unwrap_or_default().iter().enumerate() {
        reader.variable(node, VARIABLES.item(index));
    }
    reader.resolve_ghosts();
    let listed = if variables.is_some() {
        Listed::All
    } else {
        Listed::None
    };
    for (index, node) in relationships.iter().enumerate() {
        reader.relationship(node, RELATIONSHIPS.item(index), listed);
    }
    LoopReader::new(&mut reader).read(loops, LOOPS);
    let mut warnings = reader.losses.warnings();
    warnings.extend(reader.lenient.warning());
    let faults = reader.lenient.collector;
    faults.finish(text).map_err(ReadError::Invalid)?;
    reader.graph.finish(warnings)
}

/// Whether the model has a list of its variables.
#[derive(Clone, Copy, PartialEq)]
enum Listed {
    All,
    None,
}

/// What is read so far, and what is wrong and lost.
pub struct ModelReader<'a> {
    pub graph: GraphBuilder<'a>,
    pub lenient: LenientJson,
    pub losses: Losses,
    /// Names of one module for variables of another, with the names that they have there.
    ghosts: BTreeMap<String, String>,
    /// The variables that have such names.
    ghosted: BTreeSet<Id>,
}

impl ModelReader<'_> {
    fn variable(&mut self, node: &Node, path: Path<'_>) {
        let Some(name) = self.lenient.name(node, path, "name") else {
            return;
        };
        self.lenient.note_fields(node, OF_VARIABLE);
        let ghost = self.lenient.text_if_any(node, path, "crossLevelGhostOf");
        if let Some(of) = ghost.map(str::trim).filter(|of| !of.is_empty()) {
            self.ghosts.insert(name.to_owned(), of.to_owned());
            return;
        }
        // The same name is the same variable; one that is alike may be another.
        let id = match self.graph.find_exactly(name) {
            Some(id) => {
                self.losses.repeated += 1;
                id
            }
            None => self.graph.add_variable(name),
        };
        match self.lenient.text_if_any(node, path, "type") {
            None | Some("" | "variable") => {}
            Some("stock") => {
                if let Some(variable) = self.graph.variable_mut(id) {
                    variable.kind = VariableKind::Stock;
                }
            }
            Some("flow" | "rate") => {
                if let Some(variable) = self.graph.variable_mut(id) {
                    variable.kind = VariableKind::Rate;
                }
            }
            Some(_) => self.losses.types += 1,
        }
        if let Some(text) = self.lenient.text_if_any(node, path, "documentation") {
            self.graph.remark(id, text);
        }
        for (field, label) in [("equation", "Equation: "), ("units", "Units: ")] {
            let text = self.lenient.text_if_any(node, path, field);
            if let Some(text) = text.filter(|text| !text.is_empty()) {
                self.losses.equations += 1;
                self.graph.remark(id, &format!("{label}{text}"));
            }
        }
    }

    /// Gives the variables of one module the names that they have in others.
    fn resolve_ghosts(&mut self) {
        for (name, of) in std::mem::take(&mut self.ghosts) {
            let known = match self.graph.find(&of) {
                Named::Exactly(id) | Named::Nearly(id) => Some(id),
                Named::Several | Named::Nothing => None,
            };
            match known {
                Some(id) => {
                    self.graph.add_name(id, &name);
                    self.ghosted.insert(id);
                    self.losses.ghosts += 1;
                }
                None => {
                    self.graph.add_variable(&name);
                }
            }
        }
    }

    fn relationship(&mut self, node: &Node, path: Path<'_>, listed: Listed) {
        let from = self.lenient.name(node, path, "from");
        let to = self.lenient.name(node, path, "to");
        let polarity = self.lenient.polarity(node, path, "polarity");
        let mut remark = String::new();
        for field in ["reasoning", "polarityReasoning"] {
            let text = self
                .lenient
                .text_if_any(node, path, field)
                .unwrap_or_default();
            add_paragraph(&mut remark, text.trim());
        }
        self.lenient.note_fields(node, OF_RELATIONSHIP);
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        let (Some(from), Some(to)) = (self.end(from, listed), self.end(to, listed)) else {
            self.losses.ambiguous += 1;
            return;
        };
        // That a variable goes into another module is said as a relationship with its ghost.
        if from == to && polarity == Polarity::Unknown && self.ghosted.contains(&from) {
            return;
        }
        self.graph.add_link(Link {
            polarity,
            remark,
            ..Link::new(from, to, 0.0)
        });
    }

    /// The variable that a relationship names; none if the name fits several.
    fn end(&mut self, name: &str, listed: Listed) -> Option<Id> {
        match self.graph.find(name) {
            Named::Exactly(id) | Named::Nearly(id) => Some(id),
            Named::Several => None,
            Named::Nothing => {
                self.losses.unlisted += usize::from(listed == Listed::All);
                Some(self.graph.add_variable(name))
            }
        }
    }
}
