//! The lists of a model to a document.

use std::collections::BTreeMap;

use super::model::{Model, model_of};
use super::relation::{polarity_of, polarity_of_curve};
use crate::format::error::{Fault, ReadError};
use crate::format::graph_builder::{GraphBuilder, LossWords, add_paragraph};
use crate::format::lenient_json::LenientJson;
use crate::format::limits::Limits;
use crate::format::reader::{ImportResult, Warning};
use crate::format::syntax::{Node, Path, Value, shortened};
use crate::model::{Id, IdSource, Link, MAXIMUM_COORDINATE, Point, Polarity, VariableKind};

const ROOT: Path<'static> = Path::Root;
const NODES: Path<'static> = Path::Field(&ROOT, "nodes");
const LINKS: Path<'static> = Path::Field(&ROOT, "links");

/// What is read of a node, and what only SageModeler needs: how it looks and is simulated.
const OF_NODE: &[&str] = &[
    "key",
    "data",
    "title",
    "x",
    "y",
    "isAccumulator",
    "isFlowVariable",
    "codapName",
    "codapID",
    "paletteItem",
    "image",
    "frames",
    "usesDefaultImage",
    "combineMethod",
    "allowNegativeValues",
    "valueDefinedSemiQuantitatively",
    "initialValue",
    "min",
    "max",
];
const OF_LINK: &[&str] = &[
    "key",
    "title",
    "color",
    "sourceNode",
    "sourceNodeKey",
    "sourceTerminal",
    "targetNode",
    "targetNodeKey",
    "targetTerminal",
    "relation",
    "reasoning",
    "transferNode",
];

/// Reads a text.
pub fn read_within(
    text: &str,
    limits: &Limits,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    let other = || {
        let message = "a model of SageModeler has lists of nodes and links".to_owned();
        let position = None;
        ReadError::OtherFormat(Fault { message, position })
    };
    let Model {
        node: root,
        text,
        name,
    } = model_of(text, limits)?.ok_or_else(other)?;
    let mut reader = ModelReader {
        graph: GraphBuilder::new(ids),
        lenient: LenientJson::default(),
        keys: BTreeMap::new(),
        losses: Losses::default(),
    };
    let lenient = &mut reader.lenient;
    let nodes = lenient.items_if_any(&root, ROOT, "nodes");
    let links = lenient.items_if_any(&root, ROOT, "links");
    let (Some(nodes), Some(links)) = (nodes, links) else {
        return Err(other());
    };
    // A transfer is two links.
    if nodes.len() + 2 * links.len() > limits.records {
        let message = format!("there are more than {} records", limits.records);
        let position = None;
        return Err(ReadError::Syntax(Fault { message, position }));
    }
    // A model that was never named has no name; what it is saved in may have one.
    let own = match root.field("filename").map(|field| &field.value) {
        Some(Value::Text(name)) if !name.trim().is_empty() => Some(name),
        _ => None,
    };
    if let Some(name) = own.or(name.as_ref()) {
        reader.graph.entitle(name);
    }
    for (index, node) in nodes.iter().enumerate() {
        reader.node(node, NODES.item(index));
    }
    for (index, node) in links.iter().enumerate() {
        reader.link(node, LINKS.item(index));
    }
    let mut warnings = reader.losses.warnings();
    warnings.extend(reader.lenient.warning());
    let faults = reader.lenient.collector;
    faults.finish(&text).map_err(ReadError::Invalid)?;
    reader.graph.finish(warnings)
}

/// What is read so far.
struct ModelReader<'a> {
    graph: GraphBuilder<'a>,
    lenient: LenientJson,
    /// By the keys of the text.
    keys: BTreeMap<String, Id>,
    losses: Losses,
}

impl ModelReader<'_> {
    fn node(&mut self, node: &Node, path: Path<'_>) {
        let Some(key) = self.lenient.name(node, path, "key") else {
            return;
        };
        let data = node.field("data").unwrap_or(node);
        for node in [node, data] {
            self.lenient.note_fields(node, OF_NODE);
        }
        let title = self.lenient.text_if_any(data, path, "title");
        let title = title.unwrap_or_default().trim();
        let id = self.graph.add_variable(title);
        if self.keys.insert(key.to_owned(), id).is_some() {
            let message = format!(
                "{}: another node has the key \"{}\"",
                path.field("key"),
                shortened(key)
            );
            self.lenient.collector.add(node.at, message);
        }
        if let (Some(x), Some(y)) = (
            self.coordinate(data, path, "x"),
            self.coordinate(data, path, "y"),
        ) {
            self.graph.stand(id, Point::new(x, y));
        }
        let is_true = |name: &str| {
            let value = data.field(name).map(|field| &field.value);
            value == Some(&Value::Truth(true))
        };
        if is_true("isAccumulator")
            && let Some(variable) = self.graph.variable_mut(id)
        {
            variable.kind = VariableKind::Stock;
        }
        self.losses.flows += usize::from(is_true("isFlowVariable"));
    }

    fn coordinate(&mut self, data: &Node, path: Path<'_>, name: &'static str) -> Option<f64> {
        let field = data.field(name)?;
        match field.value {
            Value::Null => None,
            Value::Number(number) if number.abs() <= MAXIMUM_COORDINATE => Some(number),
            Value::Number(_) => {
                let message = format!(
                    "{}: more than {MAXIMUM_COORDINATE} from the origin",
                    path.field(name)
                );
                self.lenient.collector.add(field.at, message);
                None
            }
            _ => {
                let path = path.field(name);
                self.lenient.collector.add_mismatch(field, path, "a number");
                None
            }
        }
    }

    fn link(&mut self, node: &Node, path: Path<'_>) {
        let from = self.end(node, path, ["sourceNode", "sourceNodeKey"]);
        let to = self.end(node, path, ["targetNode", "targetNodeKey"]);
        self.lenient.note_fields(node, OF_LINK);
        let mut remark = String::new();
        for field in ["title", "reasoning"] {
            let text = self.lenient.text_if_any(node, path, field);
            add_paragraph(&mut remark, text.unwrap_or_default().trim_end());
        }
        let relation = node.field("relation");
        let relation = relation.filter(|relation| relation.value != Value::Null);
        let of = path.field("relation");
        let mut word = |name| {
            let text = relation.and_then(|relation| self.lenient.text_if_any(relation, of, name));
            text.unwrap_or_default().trim()
        };
        let (kind, text, formula) = (word("type"), word("text"), word("formula"));
        let curve = relation.and_then(|relation| relation.field("customData"));
        let curve = curve.filter(|curve| is_something(curve));
        self.losses.drawn += usize::from(curve.is_some());
        let transfer = self.lenient.text_if_any(node, path, "transferNode");
        let (Some(from), Some(to)) = (from, to) else {
            self.losses.ends += 1;
            return;
        };
        let valve = transfer.and_then(|key| self.keys.get(key.trim())).copied();
        if let (Some(valve), "transfer") = (valve, kind) {
            self.losses.transfers += 1;
            for (to, polarity) in [(from, Polarity::Negative), (to, Polarity::Positive)] {
                self.graph.add_link(Link {
                    polarity,
                    remark: remark.clone(),
                    ..Link::new(valve, to, 0.0)
                });
            }
            return;
        }
        let mut polarity = polarity_of(formula);
        if let (Polarity::Unknown, Some(curve)) = (polarity, curve) {
            polarity = polarity_of_curve(&points(curve));
        }
        if (polarity == Polarity::Unknown || curve.is_some()) && !text.is_empty() {
            add_paragraph(&mut remark, &format!("Relation: {text}"));
        }
        self.graph.add_link(Link {
            polarity,
            remark,
            ..Link::new(from, to, 0.0)
        });
    }

    /// The node that a link names by one field or, in the first versions, by another.
    fn end(&mut self, node: &Node, path: Path<'_>, fields: [&'static str; 2]) -> Option<Id> {
        let field = fields
            .into_iter()
            .find(|field| node.field(field).is_some())
            .unwrap_or(fields[0]);
        let key = self.lenient.name(node, path, field)?;
        self.keys.get(key).copied()
    }
}

/// The points of a curve; none where one of them is no pair of numbers.
fn points(curve: &Node) -> Vec<[f64; 2]> {
    let Value::List(items) = &curve.value else {
        return Vec::new();
    };
    let points = items.iter().map(|item| match &item.value {
        Value::List(pair) => match pair.as_slice() {
            [
                Node {
                    value: Value::Number(x),
                    ..
                },
                Node {
                    value: Value::Number(y),
                    ..
                },
            ] => Some([*x, *y]),
            _ => None,
        },
        _ => None,
    });
    points.collect::<Option<Vec<_>>>().unwrap_or_default()
}

fn is_something(node: &Node) -> bool {
    node.value != Value::Null
}

/// How often something could not be carried over, or only in part.
#[derive(Debug, Default)]
struct Losses {
    flows: usize,
    ends: usize,
    transfers: usize,
    drawn: usize,
}

impl Losses {
    /// One warning for each kind of loss.
    fn warnings(&self) -> Vec<Warning> {
        let all = [
            LossWords(
                "flow variable became a plain variable",
                "flow variables became plain variables",
            )
            .warning(self.flows),
            LossWords(
                "transfer became two links of its valve: it lowers the one and raises the other",
                "transfers became two links of their valves each: they lower the one and raise the other",
            )
            .warning(self.transfers),
            LossWords(
                "relation is drawn by hand, and its curve was left out",
                "relations are drawn by hand, and their curves were left out",
            )
            .loss(self.drawn),
            LossWords(
                "link led from or to a node that is not there, and was left out",
                "links led from or to nodes that are not there, and were left out",
            )
            .loss(self.ends),
        ];
        all.into_iter().flatten().collect()
    }
}
