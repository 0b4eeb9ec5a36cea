//! The lists of a blueprint to a document.

use std::collections::BTreeMap;

use super::flat::flat;
use super::losses::Losses;
use super::positions;
use super::ring::{Step, ring};
use super::sign::kind_of;
use crate::format::error::{Fault, ReadError};
use crate::format::graph_builder::{GraphBuilder, Labelled, LossWords, add_paragraph};
use crate::format::lenient_json::LenientJson;
use crate::format::limits::Limits;
use crate::format::loop_name::without_code;
use crate::format::names::Named;
use crate::format::reader::{ImportResult, Warning};
use crate::format::syntax::{Node, Path, Value, parse, shortened};
use crate::format::words;
use crate::model::{
    Delay, Id, IdSource, Link, LoopKey, LoopLabel, MAXIMUM_NAME, Point, Polarity, Records, Tags,
    VariableKind,
};

const ROOT: Path<'static> = Path::Root;
const ELEMENTS: Path<'static> = Path::Field(&ROOT, "elements");
const CONNECTIONS: Path<'static> = Path::Field(&ROOT, "connections");

const LOOPS: Path<'static> = Path::Field(&ROOT, "loops");
const MAPS: Path<'static> = Path::Field(&ROOT, "maps");

const OF_ROOT: &[&str] = &["elements", "connections", "loops", "maps", "name"];
const OF_ELEMENT: &[&str] = &["id", "label", "type", "description", "tags"];
const OF_CONNECTION: &[&str] = &[
    "id",
    "from",
    "to",
    "type",
    "direction",
    "description",
    "label",
    "tags",
    "polarity",
    "delay",
    "reversed",
];

const OF_LOOP: &[&str] = &["id", "label", "type", "description", "tags", "connections"];

/// Reads a text.
pub fn read_within(
    text: &str,
    limits: &Limits,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    let root = parse(text, limits)?;
    let mut reader = BlueprintReader {
        graph: GraphBuilder::new(ids),
        lenient: LenientJson::default(),
        ids: BTreeMap::new(),
        connections: BTreeMap::new(),
        losses: Losses::default(),
    };
    let lenient = &mut reader.lenient;
    let elements = lenient.items_if_any(&root, ROOT, "elements");
    let connections = lenient.items_if_any(&root, ROOT, "connections");
    if elements.is_none() && connections.is_none() {
        let message = "a blueprint has lists of elements and connections".to_owned();
        let position = None;
        return Err(ReadError::OtherFormat(Fault { message, position }));
    }
    let (elements, connections) = (
        elements.unwrap_or_default(),
        connections.unwrap_or_default(),
    );
    let loops = lenient
        .items_if_any(&root, ROOT, "loops")
        .unwrap_or_default();
    let maps = lenient
        .items_if_any(&root, ROOT, "maps")
        .unwrap_or_default();
    lenient.note_fields(&root, OF_ROOT);
    if let Some(name) = lenient.text_if_any(&root, ROOT, "name") {
        reader.graph.entitle(name);
    }
    // A connection both ways is two links.
    if elements.len() + 2 * connections.len() + loops.len() > limits.records {
        let message = format!("there are more than {} records", limits.records);
        let position = None;
        return Err(ReadError::Syntax(Fault { message, position }));
    }
    for (index, node) in elements.iter().enumerate() {
        reader.element(&flat(node), ELEMENTS.item(index));
    }
    for (index, node) in connections.iter().enumerate() {
        reader.connection(&flat(node), CONNECTIONS.item(index));
    }
    for (index, node) in loops.iter().enumerate() {
        reader.named_loop(&flat(node), LOOPS.item(index));
    }
    let on_map = reader.positions(maps);
    let mut warnings = reader.losses.warnings();
    warnings.extend(on_map);
    warnings.extend(reader.lenient.warning());
    let faults = reader.lenient.collector;
    faults.finish(text).map_err(ReadError::Invalid)?;
    reader.graph.finish(warnings)
}

/// What is read so far.
struct BlueprintReader<'a> {
    graph: GraphBuilder<'a>,
    lenient: LenientJson,
    /// By the ids of the text.
    ids: BTreeMap<String, Id>,
    /// The links of connections, by the ids of the text.
    connections: BTreeMap<String, Vec<Step>>,
    losses: Losses,
}

impl BlueprintReader<'_> {
    fn element(&mut self, node: &Node, path: Path<'_>) {
        let Some(label) = self.lenient.name(node, path, "label") else {
            return;
        };
        self.lenient.note_fields(node, OF_ELEMENT);
        let own = self.key(node, path, "id");
        // Without an id the label is what tells elements apart.
        let known = match own {
            Some(_) => None,
            None => self.graph.find_exactly(label),
        };
        self.losses.repeated += usize::from(known.is_some());
        let id = known.unwrap_or_else(|| self.graph.add_variable(label));
        if let Some(own) = own
            && self.ids.insert(own.clone(), id).is_some()
        {
            let message = format!(
                "{}: another element has the id \"{}\"",
                path.field("id"),
                shortened(&own)
            );
            self.lenient.collector.add(node.at, message);
        }
        if let Some(text) = self.lenient.text_if_any(node, path, "description") {
            self.graph.remark(id, text);
        }
        match self.lenient.text_if_any(node, path, "type") {
            None => {}
            Some(kind) if kind.eq_ignore_ascii_case("stock") => {
                if let Some(variable) = self.graph.variable_mut(id) {
                    variable.kind = VariableKind::Stock;
                }
            }
            Some(kind)
                if ["rate", "flow"]
                    .iter()
                    .any(|word| kind.eq_ignore_ascii_case(word)) =>
            {
                if let Some(variable) = self.graph.variable_mut(id) {
                    variable.kind = VariableKind::Rate;
                }
            }
            Some(kind) if kind.is_empty() || kind.eq_ignore_ascii_case("variable") => {}
            Some(kind) => self.graph.remark(id, &format!("Type: {kind}")),
        }
        let tags = self.tags(node, path);
        if let Some(variable) = self.graph.variable_mut(id) {
            variable.tags = tags;
        }
    }

    fn connection(&mut self, node: &Node, path: Path<'_>) {
        let from = self.end(node, path, "from");
        let to = self.end(node, path, "to");
        self.lenient.note_fields(node, OF_CONNECTION);
        let mut polarity = self.lenient.polarity(node, path, "polarity");
        let mut delay = self.delay(node, path);
        let mut remark = String::new();
        for field in ["description", "label"] {
            let text = self.lenient.text_if_any(node, path, field);
            add_paragraph(&mut remark, text.unwrap_or_default().trim_end());
        }
        match self.lenient.text_if_any(node, path, "type") {
            None | Some("") => {}
            Some(text) => {
                let kind = kind_of(text);
                if kind.delay == Delay::Delayed {
                    delay = Delay::Delayed;
                }
                let agrees = polarity == Polarity::Unknown || polarity == kind.polarity;
                if polarity == Polarity::Unknown {
                    polarity = kind.polarity;
                }
                if kind.has_more_words || !agrees {
                    add_paragraph(&mut remark, &format!("Type: {text}"));
                }
            }
        }
        let tags = self.tags(node, path);
        let direction = self.lenient.text_if_any(node, path, "direction");
        let direction = direction.map(|text| text.trim().to_lowercase());
        let mut is_mutual = false;
        match direction.as_deref() {
            None | Some("" | "directed") => {}
            Some("mutual") => is_mutual = true,
            Some("undirected") => {
                self.losses.undirected += 1;
                add_paragraph(&mut remark, "Without a direction in Kumu.");
            }
            Some(other) => {
                let message = format!(
                    "{}: \"{}\" is not known; it can be directed, undirected or mutual",
                    path.field("direction"),
                    shortened(other)
                );
                self.lenient.collector.add(node.at, message);
            }
        }
        if node.field("reversed").map(|field| &field.value) == Some(&Value::Truth(true)) {
            self.losses.reversed += 1;
            add_paragraph(&mut remark, "Marked as reversed in Kumu.");
        }
        let (Some(from), Some(to)) = (from, to) else {
            return;
        };
        self.losses.mutual += usize::from(is_mutual);
        let back = is_mutual.then_some((to, from));
        let mut steps = Vec::new();
        for (from, to) in [(from, to)].into_iter().chain(back) {
            let link = self.graph.add_link(Link {
                polarity,
                delay,
                remark: remark.clone(),
                tags: tags.clone(),
                ..Link::new(from, to, 0.0)
            });
            steps.push(Step { from, to, link });
        }
        if let Some(id) = self.key(node, path, "id") {
            self.connections.insert(id, steps);
        }
    }

    /// Names a loop; one without a name and a description says nothing.
    fn named_loop(&mut self, node: &Node, path: Path<'_>) {
        self.lenient.note_fields(node, OF_LOOP);
        let label = self.lenient.text_if_any(node, path, "label");
        let label = label.unwrap_or_default().trim();
        let mut remark = String::new();
        let description = self.lenient.text_if_any(node, path, "description");
        add_paragraph(&mut remark, description.unwrap_or_default().trim());
        let tags = self.tags(node, path);
        if !tags.is_empty() {
            // Of a loop nothing but words is kept.
            add_paragraph(&mut remark, &format!("Tags: {}", tags.written()));
        }
        let name = without_code(label);
        if name.is_empty() && remark.is_empty() {
            return;
        }
        let connections = self.lenient.items_if_any(node, path, "connections");
        let steps: Option<Vec<&[Step]>> = connections
            .unwrap_or_default()
            .iter()
            .map(|id| match &id.value {
                Value::Text(id) => self.connections.get(id.trim()).map(Vec::as_slice),
                _ => None,
            })
            .collect();
        let Some(links) = steps.and_then(|steps| ring(&steps)) else {
            self.losses.loops.push(shortened(label));
            return;
        };
        let label = LoopLabel {
            name: name.to_owned(),
            remark,
            ..LoopLabel::new(LoopKey::new(links))
        };
        if self.graph.add_label(label) == Labelled::Twice {
            self.losses.repeated_loops += 1;
        }
    }

    /// Puts the elements where they stand on the map that has the most of them.
    fn positions(&mut self, maps: &[Node]) -> Vec<Warning> {
        let mut fullest: Records<Point> = Records::new();
        let mut with_positions = 0;
        for (index, map) in maps.iter().enumerate() {
            let elements = self.lenient.items_if_any(map, MAPS.item(index), "elements");
            let positions = elements.unwrap_or_default().iter().filter_map(|node| {
                let Value::Text(id) = &node.field("element")?.value else {
                    return None;
                };
                let position = node.field("position")?;
                let coordinate = |name| match position.field(name)?.value {
                    Value::Number(number) => Some(number),
                    _ => None,
                };
                let position = Point::new(coordinate("x")?, coordinate("y")?);
                Some((*self.ids.get(id.trim())?, position))
            });
            let positions: Records<Point> = positions.collect();
            with_positions += usize::from(!positions.is_empty());
            if positions.len() > fullest.len() {
                fullest = positions;
            }
        }
        if fullest.is_empty() {
            return Vec::new();
        }
        const OTHERS: LossWords = LossWords(
            "element is not on the map, and stands below it",
            "elements are not on the map, and stand below it",
        );
        const MAPS_LEFT: LossWords = LossWords(
            "further map was left out: elements stand as on the one that has the most of them",
            "further maps were left out: elements stand as on the one that has the most of them",
        );
        let others = positions::stand(&mut self.graph, &fullest);
        let told = [
            OTHERS.warning(others),
            MAPS_LEFT.warning(with_positions - 1),
        ];
        told.into_iter().flatten().collect()
    }

    /// An id or a label, which may be a number.
    fn key(&mut self, node: &Node, path: Path<'_>, field: &'static str) -> Option<String> {
        let value = node.field(field)?;
        match &value.value {
            Value::Null => None,
            Value::Text(text) => Some(text.trim().to_owned()),
            Value::Number(number) => Some(id_of_number(*number)),
            _ => {
                let path = path.field(field);
                self.lenient.collector.add_mismatch(value, path, "a text");
                None
            }
        }
    }

    /// The element that a connection names, which is added where no element is called so.
    fn end(&mut self, node: &Node, path: Path<'_>, field: &'static str) -> Option<Id> {
        if node.field(field).is_none() {
            return self.lenient.name(node, path, field).and(None);
        }
        let key = self.key(node, path, field)?;
        if key.is_empty() {
            let message = format!("{} is empty", path.field(field));
            self.lenient.collector.add(node.at, message);
            return None;
        }
        if let Some(id) = self.ids.get(&key) {
            return Some(*id);
        }
        match self.graph.find(&key) {
            Named::Exactly(id) | Named::Nearly(id) => Some(id),
            Named::Several => {
                self.losses.ambiguous += 1;
                None
            }
            Named::Nothing => {
                self.losses.unlisted += 1;
                Some(self.graph.add_variable(&key))
            }
        }
    }

    /// Whether a connection is delayed: a word, or true or false.
    fn delay(&mut self, node: &Node, path: Path<'_>) -> Delay {
        let delay = match node.field("delay").map(|field| &field.value) {
            None | Some(Value::Null | Value::Truth(false)) => Some(Delay::None),
            Some(Value::Truth(true)) => Some(Delay::Delayed),
            Some(Value::Text(text)) => words::delay(text),
            Some(_) => None,
        };
        delay.unwrap_or_else(|| {
            let path = path.field("delay");
            let message = format!("{path}: it can be {}", words::DELAY_WORDS);
            self.lenient.collector.add(node.at, message);
            Delay::None
        })
    }

    /// The tags, as far as they are within the limit of a name.
    fn tags(&mut self, node: &Node, path: Path<'_>) -> Tags {
        let items = self.lenient.items_if_any(node, path, "tags");
        let texts = items.unwrap_or_default().iter();
        let tags = texts.filter_map(|item| match &item.value {
            Value::Text(text) if text.len() <= MAXIMUM_NAME => Some(text.clone()),
            _ => None,
        });
        tags.collect()
    }
}

/// An id that is a number: without a point where it is whole, and with an exponent where all its
/// digits would be a long row.
fn id_of_number(number: f64) -> String {
    // Adding zero makes no -0.
    let text = format!("{:?}", number + 0.0);
    text.trim_end_matches(".0").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_a_number_is_short() {
        for (number, id) in [
            (12.0, "12"),
            (-0.0, "0"),
            (100.0, "100"),
            (1.5, "1.5"),
            (1e15, "1000000000000000"),
            (1e300, "1e300"),
            (1e-7, "1e-7"),
        ] {
            assert_eq!(id_of_number(number), id);
        }
    }
}
