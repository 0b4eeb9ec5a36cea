//! A graph to a document.

use super::parse::{Direction, Edge, Graph, Node, Text, parse};
use super::texts::Meanings;
use crate::format::arrow_label::arrow_label;
use crate::format::drawn_links::{DrawnLinks, Label};
use crate::format::error::{Fault, Position, ReadError};
use crate::format::graph_builder::{GraphBuilder, LossWords, add_paragraph};
use crate::format::limits::Limits;
use crate::format::reader::{ImportResult, Warning};
use crate::model::{Delay, Id, IdSource, Link, Polarity, VariableKind};

/// What a node became.
#[derive(Clone, Copy)]
enum Became {
    Variable(Id),
    Note,
}

/// Reads a text.
pub fn read_within(
    text: &str,
    limits: &Limits,
    ids: &mut IdSource,
) -> Result<ImportResult, ReadError> {
    if text.len() > limits.bytes {
        return Err(ReadError::TooLarge {
            bytes: text.len(),
            limit: limits.bytes,
        });
    }
    let graph = parse(text, limits).map_err(|bad| {
        ReadError::Syntax(Fault {
            position: Some(Position::of(text, bad.at)),
            message: bad.message,
        })
    })?;
    let mut builder = GraphBuilder::new(ids);
    builder.entitle(graph.title.trim());
    let mut linked = vec![false; graph.nodes.len()];
    for edge in &graph.edges {
        linked[edge.from] = true;
        linked[edge.to] = true;
    }
    let nodes: Vec<Became> = graph
        .nodes
        .iter()
        .zip(&linked)
        .map(|(node, is_linked)| add_node(&mut builder, node, *is_linked))
        .collect();
    let mut links = DrawnLinks::default();
    let mut undirected = 0;
    for edge in &graph.edges {
        if let (Became::Variable(from), Became::Variable(to)) = (nodes[edge.from], nodes[edge.to]) {
            undirected += add_edge(&mut builder, &mut links, edge, [from, to]);
        }
    }
    let mut warnings = warnings(&graph, undirected);
    warnings.extend(links.warnings(&builder));
    builder.finish(warnings)
}

fn add_node(builder: &mut GraphBuilder<'_>, node: &Node, is_linked: bool) -> Became {
    let meanings = Meanings {
        node: &node.id,
        ..Meanings::default()
    };
    let name = match &node.look.label {
        Some(label) => label.label_text(meanings),
        None => node.id.to_string(),
    };
    let shape = node.look.shape.as_deref().unwrap_or_default();
    if shape == "note" && !is_linked {
        builder.add_note(&name, None);
        return Became::Note;
    }
    let id = builder.add_variable(name.trim());
    // A box is a stock where plain words are variables; where all are boxes it means nothing.
    let usual = node.usual_shape.as_deref().unwrap_or_default();
    if shape == "box"
        && matches!(usual, "plaintext" | "plain" | "none")
        && let Some(variable) = builder.variable_mut(id)
    {
        variable.kind = VariableKind::Stock;
    }
    if let Some(tooltip) = &node.look.tooltip {
        builder.remark(id, &tooltip.label_text(meanings));
    }
    Became::Variable(id)
}

/// Adds an edge; how many had no direction.
fn add_edge(
    builder: &mut GraphBuilder<'_>,
    links: &mut DrawnLinks,
    edge: &Edge,
    [from, to]: [Id; 2],
) -> usize {
    let said = |text: &Option<Text>| {
        let text = text.as_ref();
        text.map_or_else(String::new, |text| text.label_text(Meanings::default()))
    };
    let beside = said(&edge.look.label);
    let at_ends = edge.look.at_ends.each_ref().map(said);
    let mut label = arrow_label(&beside);
    for at_end in at_ends.iter().filter(|text| !text.trim().is_empty()) {
        let read = arrow_label(at_end);
        let says_sign = label.polarity == Polarity::Unknown;
        if says_sign {
            label.polarity = read.polarity;
        }
        if read.delay == Delay::Delayed {
            label.delay = read.delay;
        }
        let words = match says_sign || read.polarity == label.polarity {
            true => &read.words,
            false => at_end,
        };
        add_paragraph(&mut label.words, words);
    }
    let tooltip = said(&edge.look.tooltip);
    let has_words = [&beside, &tooltip].into_iter().chain(&at_ends);
    let written = match has_words.into_iter().all(|text| text.trim().is_empty()) {
        true => Label::None,
        false => Label::Written,
    };
    let mut remark = label.words;
    add_paragraph(&mut remark, &tooltip);
    let direction = match edge.look.direction.as_deref() {
        Some("forward") => Direction::Forward,
        Some("back") => Direction::Back,
        Some("both") => Direction::Both,
        Some("none") => Direction::None,
        _ => edge.direction,
    };
    if direction == Direction::None {
        add_paragraph(&mut remark, "Without a direction in the graph.");
    }
    let directions: &[(Id, Id)] = match direction {
        Direction::Forward | Direction::None => &[(from, to)],
        Direction::Back => &[(to, from)],
        Direction::Both => &[(from, to), (to, from)],
    };
    for (from, to) in directions {
        let link = Link {
            polarity: label.polarity,
            delay: label.delay,
            remark: remark.clone(),
            ..Link::new(*from, *to, 0.0)
        };
        links.add(builder, link, written);
    }
    usize::from(direction == Direction::None)
}

fn warnings(graph: &Graph, undirected: usize) -> Vec<Warning> {
    const NAMED: usize = 5;
    let all = [
        (
            undirected,
            "edge has no direction: it is a link in the order in which it is written, and its \
             note says so",
            "edges have no direction: they are links in the order in which they are written, and \
             their notes say so",
        ),
        (
            graph.groups,
            "group was left out; its nodes are there",
            "groups were left out; their nodes are there",
        ),
        (
            graph.html,
            "label is HTML, of which only the words were kept",
            "labels are HTML, of which only the words were kept",
        ),
    ];
    let mut warnings: Vec<Warning> = all
        .into_iter()
        .filter_map(|(count, one, many)| LossWords(one, many).warning(count))
        .collect();
    if !graph.attributes.is_empty() {
        let named: Vec<&str> = graph
            .attributes
            .iter()
            .take(NAMED)
            .map(String::as_str)
            .collect();
        let and_more = match graph.attributes.len() > NAMED {
            true => " and more",
            false => "",
        };
        let message = format!(
            "further attributes were left out: {}{and_more}",
            named.join(", ")
        );
        warnings.push(Warning::note(message));
    }
    warnings
}
