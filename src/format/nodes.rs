//! The variables and stations of a document as numbered nodes, in the order of their names.

use crate::model::{Delay, Document, Edge, Flow, FlowKind, Id, Link, Polarity, Records};

/// What a graph language needs to have in order.
#[derive(Debug)]
pub struct Nodes<'d> {
    /// The variables with their names, then the stations with theirs; numbered from 1 in this order.
    pub names: Vec<(Id, &'d str)>,
    /// The links with the numbers of their ends.
    pub links: Vec<(usize, usize, &'d Link)>,
    /// The flows with the numbers of their ends.
    pub flows: Vec<(usize, usize, &'d Flow)>,
}

impl<'d> Nodes<'d> {
    /// The nodes of a document, the same for the same document.
    #[must_use]
    pub fn of(document: &'d Document) -> Self {
        let variables = document.variables().iter();
        let mut names: Vec<_> = variables
            .map(|(id, variable)| (*id, variable.name.as_str()))
            .collect();
        let stations = document.stations().iter();
        let mut stations: Vec<_> = stations
            .map(|(id, station)| (*id, station.name.as_str()))
            .collect();
        for names in [&mut names, &mut stations] {
            names.sort_by(|(one, name), (other, others)| (name, one).cmp(&(others, other)));
        }
        names.append(&mut stations);
        let numbers: Records<usize> = names.iter().map(|(id, _)| *id).zip(1..).collect();
        let number = |edge: Edge| {
            let number = |id: &Id| numbers.get(id).copied().unwrap_or_default();
            (number(&edge.from), number(&edge.to))
        };
        let mut links = Vec::with_capacity(document.links().len());
        for link in document.links().values() {
            let (from, to) = number(link.edge());
            links.push((from, to, link));
        }
        let mut flows = Vec::with_capacity(document.flows().len());
        for flow in document.flows().values() {
            let (from, to) = number(flow.edge());
            flows.push((from, to, flow));
        }
        links.sort_by_key(|(from, to, _)| (*from, *to));
        flows.sort_by_key(|(from, to, _)| (*from, *to));
        Self {
            names,
            links,
            flows,
        }
    }
}

/// What stands beside the arrow of a link: its sign, and `//` if it is delayed.
pub fn link_words(link: &Link) -> &'static str {
    match (link.polarity, link.delay) {
        (Polarity::Positive, Delay::None) => "+",
        (Polarity::Positive, Delay::Delayed) => "+ //",
        (Polarity::Negative, Delay::None) => "-",
        (Polarity::Negative, Delay::Delayed) => "- //",
        (Polarity::Unknown, Delay::None) => "?",
        (Polarity::Unknown, Delay::Delayed) => "? //",
    }
}

/// What stands beside the arrow of a flow.
pub const fn flow_words(kind: FlowKind) -> &'static str {
    match kind {
        FlowKind::Push => "push",
        FlowKind::Pull => "pull",
        FlowKind::Fifo => "FIFO",
        FlowKind::Rework => "rework",
        FlowKind::ManualInformation | FlowKind::ElectronicInformation => "information",
    }
}

/// A name as a label: a thing without one is called so.
pub fn label(name: &str) -> &str {
    if name.trim().is_empty() {
        "unnamed"
    } else {
        name
    }
}

/// The characters of a text with every line end as `\n`, and blanks for other control characters,
/// which no graph language has a sign for.
pub fn printable(text: &str) -> impl Iterator<Item = char> {
    let mut after_return = false;
    text.chars().filter_map(move |character| {
        let is_second = after_return && character == '\n';
        after_return = character == '\r';
        match character {
            _ if is_second => None,
            '\r' | '\n' | '\u{2028}' | '\u{2029}' => Some('\n'),
            other if other.is_control() => Some(' '),
            other => Some(other),
        }
    })
}
