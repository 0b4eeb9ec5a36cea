//! Pipes: the links of a rate to stocks, through which something flows.
//!
//! A link from a rate to a stock is a pipe where its sign is known: into the stock if positive, out
//! of it if negative. So a pipe is no record of its own, loops go through it as through any link, and
//! an end whose stock is removed ends in a cloud.

use super::document::Document;
use super::element::{Link, VariableKind};
use super::id::Id;
use super::polarity::Polarity;

/// Which way something flows at a stock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FlowSide {
    /// Into the stock.
    In,
    /// Out of the stock.
    Out,
}

/// An end of a pipe.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PipeEnd {
    /// The link that says so.
    pub link: Id,
    /// The stock.
    pub stock: Id,
}

/// What flows through a rate: from a stock, or a cloud, to a stock, or a cloud.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pipe {
    /// The stock that it drains; none for a cloud.
    pub from: Option<PipeEnd>,
    /// The stock that it fills; none for a cloud.
    pub to: Option<PipeEnd>,
}

/// Which way a link carries what flows; none for a link that is only a cause.
#[must_use]
pub fn flow_side(document: &Document, link: &Link) -> Option<FlowSide> {
    let kind = |id| document.variables().get(&id).map(|variable| variable.kind);
    let is_pipe =
        kind(link.from) == Some(VariableKind::Rate) && kind(link.to) == Some(VariableKind::Stock);
    match link.polarity {
        Polarity::Positive if is_pipe => Some(FlowSide::In),
        Polarity::Negative if is_pipe => Some(FlowSide::Out),
        _ => None,
    }
}

/// The pipe of a rate. Of several links to one side the first by its id is drawn as the pipe; all of
/// them count in a run.
#[must_use]
pub fn pipe_of(document: &Document, rate: Id) -> Pipe {
    let mut pipe = Pipe::default();
    for id in document.edges_of(rate) {
        let Some(link) = document.links().get(&id).filter(|link| link.from == rate) else {
            continue;
        };
        let end = PipeEnd {
            link: id,
            stock: link.to,
        };
        match flow_side(document, link) {
            Some(FlowSide::In) => {
                pipe.to.get_or_insert(end);
            }
            Some(FlowSide::Out) => {
                pipe.from.get_or_insert(end);
            }
            None => {}
        }
    }
    pipe
}

/// The rates that fill or drain a stock, in the order of their links: of a stock that is never
/// negative, the first outflow takes first.
#[must_use]
pub fn flows_of(document: &Document, stock: Id) -> Vec<(FlowSide, Id)> {
    let links = document.edges_of(stock);
    let links = links.filter_map(|id| document.links().get(&id));
    let links = links.filter(|link| link.to == stock);
    let flows = links.filter_map(|link| Some((flow_side(document, link)?, link.from)));
    let mut flows: Vec<_> = flows.collect();
    // The same rate twice on the same side flows once.
    let mut seen = std::collections::BTreeSet::new();
    flows.retain(|flow| seen.insert(*flow));
    flows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Element, Variable};

    #[test]
    fn signs_say_where_a_pipe_leads() {
        let id = Id::from_bits;
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        let kinds = [
            VariableKind::Stock,
            VariableKind::Rate,
            VariableKind::Stock,
            VariableKind::Plain,
        ];
        for (bits, kind) in (1..).zip(kinds) {
            let variable = Variable {
                kind,
                ..Variable::default()
            };
            edit.set(id(bits), Some(Element::Variable(variable)));
        }
        let link = |from, to, polarity| {
            let link = Link::new(id(from), id(to), 0.0);
            Some(Element::Link(Link { polarity, ..link }))
        };
        edit.set(id(10), link(2, 1, Polarity::Negative));
        edit.set(id(11), link(2, 3, Polarity::Positive));
        edit.set(id(12), link(3, 2, Polarity::Positive));
        edit.set(id(13), link(4, 3, Polarity::Positive));
        edit.set(id(14), link(2, 4, Polarity::Positive));
        let patch = edit.finish();
        let mut document = Document::default();
        document.apply(&patch).unwrap();
        let end = |link, stock| {
            Some(PipeEnd {
                link: id(link),
                stock: id(stock),
            })
        };
        let pipe = pipe_of(&document, id(2));
        assert_eq!(
            pipe,
            Pipe {
                from: end(10, 1),
                to: end(11, 3)
            }
        );
        assert_eq!(flows_of(&document, id(1)), [(FlowSide::Out, id(2))]);
        assert_eq!(flows_of(&document, id(3)), [(FlowSide::In, id(2))]);
        assert!(flows_of(&document, id(4)).is_empty());
    }
}
