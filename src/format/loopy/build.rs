//! The lists of LOOPY's JSON to a document.

use super::arcs::{Arc, Bend, bend_between, bend_of_ring};
use super::text::in_sentence;
use super::{HUE, INITIAL};
use crate::format::error::{Fault, Position, ReadError};
use crate::format::fan_out::FanOut;
use crate::format::graph_builder::LossWords;
use crate::format::limits::Limits;
use crate::format::reader::{ImportResult, Positions, Warning};
use crate::format::syntax::{Collector, Node, Path, Value, parse};
use crate::model::{
    Change, Document, Element, Id, IdSource, Link, MAXIMUM_COORDINATE, MAXIMUM_NAME, MAXIMUM_TEXT,
    Note, Patch, Placement, Point, Polarity, Records, Variable,
};

const ROOT: Path<'static> = Path::Root;
const NODES: Path<'static> = Path::Field(&ROOT, "nodes");
const EDGES: Path<'static> = Path::Field(&ROOT, "edges");
const LABELS: Path<'static> = Path::Field(&ROOT, "labels");
/// The arc of an edge that says none.
const DEFAULT_ARC: f64 = 100.0;

/// Builds the document of a JSON text.
pub fn build(json: &str, limits: &Limits, ids: &mut IdSource) -> Result<ImportResult, ReadError> {
    let root = parse(json, limits)?;
    let [nodes, edges, labels] = lists(&root, json)?;
    let records = nodes.len() + edges.len() + labels.len();
    if records > limits.records {
        let message = format!("there are more than {} records", limits.records);
        return Err(ReadError::Syntax(Fault {
            message,
            position: None,
        }));
    }
    let mut builder = Builder {
        ids,
        collector: Collector::default(),
        losses: Losses::default(),
        patch: Patch::default(),
        variables: Records::new(),
        fan_out: FanOut::default(),
    };
    for (index, node) in nodes.iter().enumerate() {
        builder.variable(node, NODES.item(index));
    }
    for (index, edge) in edges.iter().enumerate() {
        builder.link(edge, EDGES.item(index));
    }
    for (index, label) in labels.iter().enumerate() {
        builder.note(label, LABELS.item(index));
    }
    builder.collector.finish(json).map_err(ReadError::Invalid)?;
    let mut document = Document::default();
    document.apply(&builder.patch).map_err(|error| {
        let fault = Fault {
            message: error.to_string(),
            position: None,
        };
        ReadError::Invalid(fault.into())
    })?;
    Ok(ImportResult {
        document,
        warnings: builder.losses.warnings(),
        positions: Positions::Given,
    })
}

/// The nodes, edges and labels of the text; early texts have no labels.
fn lists<'t>(root: &'t Node, json: &str) -> Result<[&'t [Node]; 3], ReadError> {
    let other = |node: &Node, message: &str| {
        ReadError::OtherFormat(Fault {
            message: message.to_owned(),
            position: Some(Position::of(json, node.at)),
        })
    };
    let list = |node: &'t Node| match &node.value {
        Value::List(items) => Ok(items.as_slice()),
        _ => Err(other(
            node,
            "LOOPY's text is a list of lists; this is not one",
        )),
    };
    match list(root)? {
        [nodes, edges, labels, ..] => Ok([list(nodes)?, list(edges)?, list(labels)?]),
        [nodes, edges] => Ok([list(nodes)?, list(edges)?, &[]]),
        _ => Err(other(
            root,
            "LOOPY's text has a list of nodes and one of edges",
        )),
    }
}

struct Builder<'a> {
    ids: &'a mut IdSource,
    collector: Collector,
    losses: Losses,
    patch: Patch,
    // By the bits of LOOPY's own number.
    variables: Records<(Id, Point)>,
    fan_out: FanOut,
}

impl Builder<'_> {
    fn variable(&mut self, node: &Node, path: Path<'_>) {
        let items = self.collector.items(node, path);
        let number = self.number(node, items, 0, path.field("id"));
        let position = self.point(node, items, 1, path);
        let name = self.string(node, items, 4, path.field("label"));
        if matches!(items.get(3), Some(Node { value: Value::Number(value), .. }) if *value != 0.0 && *value != INITIAL)
        {
            self.losses.initial_values += 1;
        }
        let hue = items.get(5).map(|item| &item.value);
        self.losses.colours += usize::from(hue.is_some_and(|hue| *hue != Value::Number(HUE)));
        self.losses.further_fields += usize::from(items.len() > 6);
        let variable = Variable {
            name: self.shortened(in_one_line(&name), MAXIMUM_NAME),
            placement: Placement {
                position,
                ..Placement::default()
            },
            ..Variable::default()
        };
        let id = self.add(Element::Variable(variable));
        if self
            .variables
            .insert(number_key(number), (id, position))
            .is_some()
        {
            let path = path.field("id");
            self.collector
                .add(node.at, format!("{path}: another node has the same id"));
        }
    }

    fn link(&mut self, edge: &Node, path: Path<'_>) {
        let items = self.collector.items(edge, path);
        let from = self.number(edge, items, 0, path.field("from"));
        let to = self.number(edge, items, 1, path.field("to"));
        let arc = Arc {
            height: self.number_or(items, 2, path.field("arc"), DEFAULT_ARC),
            rotation: self.number_or(items, 4, path.field("rotation"), 0.0),
        };
        let strength = self.number_or(items, 3, path.field("strength"), 1.0);
        self.losses.strengths += usize::from(strength != 0.0 && strength.abs() != 1.0);
        self.losses.further_fields += usize::from(items.len() > 5);
        let end = |number: f64| self.variables.get(&number_key(number)).copied();
        let (Some((from, start)), Some((to, goal))) = (end(from), end(to)) else {
            self.losses.edges += 1;
            return;
        };
        let bend = if from == to {
            bend_of_ring(arc)
        } else {
            bend_between(start, goal, arc)
        };
        self.losses.arcs += usize::from(matches!(bend, Bend::Limited(_)));
        let bend = self.fan_out.bend(from, to, bend.number());
        let polarity = if strength > 0.0 {
            Polarity::Positive
        } else if strength < 0.0 {
            Polarity::Negative
        } else {
            Polarity::Unknown
        };
        self.add(Element::Link(Link {
            polarity,
            ..Link::new(from, to, bend)
        }));
    }

    fn note(&mut self, label: &Node, path: Path<'_>) {
        let items = self.collector.items(label, path);
        let position = self.point(label, items, 0, path);
        let text = self.string(label, items, 2, path.field("text"));
        self.losses.further_fields += usize::from(items.len() > 3);
        let text = self.shortened(text.replace("\r\n", "\n").replace('\r', "\n"), MAXIMUM_TEXT);
        let placement = Placement {
            position,
            ..Placement::default()
        };
        self.add(Element::Note(Note {
            width: width_of(&text),
            ..Note::new(text, placement)
        }));
    }

    fn add(&mut self, element: Element) -> Id {
        let id = self.ids.fresh();
        let change = Change {
            before: None,
            after: Some(element),
        };
        self.patch.changes.insert(id, change);
        id
    }

    fn point(&mut self, node: &Node, items: &[Node], first: usize, path: Path<'_>) -> Point {
        let mut coordinate = |index: usize, name: &str| {
            let path = path.field(name);
            let number = self.number(node, items, index, path);
            if number.abs() > MAXIMUM_COORDINATE {
                self.collector.add(
                    node.at,
                    format!("{path}: more than {MAXIMUM_COORDINATE} from the origin"),
                );
            }
            number
        };
        Point::new(coordinate(first, "x"), coordinate(first + 1, "y"))
    }

    /// An item that must be there; `of` is the list that lacks it if it is not.
    fn item<'t>(
        &mut self,
        of: &Node,
        items: &'t [Node],
        index: usize,
        path: Path<'_>,
    ) -> Option<&'t Node> {
        let item = items.get(index);
        if item.is_none() && matches!(of.value, Value::List(_)) {
            self.collector.add(of.at, format!("{path} is missing"));
        }
        item
    }

    fn number(&mut self, of: &Node, items: &[Node], index: usize, path: Path<'_>) -> f64 {
        match self.item(of, items, index, path) {
            Some(_) => self.number_or(items, index, path, 0.0),
            None => 0.0,
        }
    }

    fn number_or(&mut self, items: &[Node], index: usize, path: Path<'_>, default: f64) -> f64 {
        match items.get(index) {
            None => default,
            Some(Node {
                value: Value::Number(number),
                ..
            }) => *number,
            Some(node) => {
                self.collector.add_mismatch(node, path, "a number");
                default
            }
        }
    }

    fn string(&mut self, of: &Node, items: &[Node], index: usize, path: Path<'_>) -> String {
        match self.item(of, items, index, path) {
            Some(Node {
                value: Value::Text(text),
                ..
            }) => in_sentence(text),
            Some(node) => {
                self.collector.add_mismatch(node, path, "a text");
                String::new()
            }
            None => String::new(),
        }
    }

    /// The text, cut where it is longer than a document may have it.
    fn shortened(&mut self, mut text: String, longest: usize) -> String {
        if text.len() > longest {
            let mut end = longest;
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            text.truncate(end);
            self.losses.long_texts += 1;
        }
        text
    }
}

/// Line breaks, with the blanks around them, become one blank.
fn in_one_line(name: &str) -> String {
    let lines: Vec<&str> = name
        .split(['\n', '\r'])
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    lines.join(" ")
}

/// A width in which no line of the label breaks, as LOOPY breaks none.
fn width_of(text: &str) -> f64 {
    const OF_A_CHARACTER: f64 = 9.0;
    const AROUND: f64 = 20.0;
    let longest = text.lines().map(|line| line.chars().count()).max();
    let characters = u32::try_from(longest.unwrap_or(0)).unwrap_or(u32::MAX);
    (f64::from(characters) * OF_A_CHARACTER + AROUND)
        .clamp(Note::MINIMUM_WIDTH, Note::MAXIMUM_WIDTH)
}

/// How often something could not be carried over.
#[derive(Debug, Default)]
struct Losses {
    colours: usize,
    initial_values: usize,
    strengths: usize,
    arcs: usize,
    edges: usize,
    long_texts: usize,
    further_fields: usize,
}

impl Losses {
    /// One warning for each kind; what only LOOPY needs to draw and to play is no loss.
    fn warnings(&self) -> Vec<Warning> {
        let all = [
            LossWords(
                "variable had a colour, which was left out",
                "variables had colours, which were left out",
            )
            .warning(self.colours),
            LossWords(
                "variable had an initial value, which was left out",
                "variables had initial values, which were left out",
            )
            .warning(self.initial_values),
            LossWords(
                "link had a strength, of which only the sign was kept",
                "links had strengths, of which only the signs were kept",
            )
            .loss(self.strengths),
            LossWords(
                "link was bent more than a link can be, and is bent less",
                "links were bent more than a link can be, and are bent less",
            )
            .warning(self.arcs),
            LossWords(
                "link led from or to a variable that is not there, and was left out",
                "links led from or to variables that are not there, and were left out",
            )
            .loss(self.edges),
            LossWords(
                "name or text was too long and was cut",
                "names or texts were too long and were cut",
            )
            .loss(self.long_texts),
            LossWords(
                "record had fields that LOOPY itself does not have, which were left out",
                "records had fields that LOOPY itself does not have, which were left out",
            )
            .loss(self.further_fields),
        ];
        all.into_iter().flatten().collect()
    }
}

/// The number of a node as a key: zero has one, whatever its sign.
fn number_key(number: f64) -> Id {
    Id::from_bits((number + 0.0).to_bits())
}
