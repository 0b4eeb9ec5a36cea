//! The report of a trace: causes and uses of a variable, or the ways from one variable to another.

use super::{Made, ReportWork};
use crate::causal::trace::{
    Continuation, Direction, NetEffect, PathSearch, TraceLimits, TraceRow, trace_tree,
};
use crate::causal::{Completeness, Progress, SearchLimits};
use crate::model::{Delay, Document, Id, IdSource, Polarity, in_sentence, isolated};
use crate::worker::report::{Block, Row, RowKind};

/// How many link visits the search for paths may cost.
const MOST_VISITS: u64 = 60_000_000;
/// How many paths are listed.
const PATHS: usize = 60;

/// The report in the making.
#[derive(Debug)]
pub(in crate::worker) struct TraceWork {
    about: Vec<Id>,
    search: Option<PathSearch>,
    spent: u64,
}

impl TraceWork {
    pub(in crate::worker) fn new(document: &Document, about: &[Id]) -> Self {
        let search = match about {
            [from, to, ..] => {
                let limits = SearchLimits {
                    stored: PATHS,
                    longest: None,
                };
                Some(PathSearch::new(document, *from, *to, limits))
            }
            _ => None,
        };
        Self {
            about: about.to_vec(),
            search,
            spent: 0,
        }
    }
}

impl ReportWork for TraceWork {
    fn advance(&mut self, budget: u64, document: &Document, _ids: &mut IdSource) -> Option<Made> {
        if let Some(search) = &mut self.search {
            self.spent += budget;
            let progress = search.advance(budget);
            if progress == Progress::Unfinished && self.spent < MOST_VISITS {
                return None;
            }
            return Some(paths(search, document).into());
        }
        let Some(root) = self.about.first() else {
            let words = vec![Block::Words(
                "Choose a variable, here or on the canvas, to see what it depends on and what it \
                 acts on."
                    .to_owned(),
            )];
            return Some(words.into());
        };
        let mut blocks = tree(document, *root, Direction::Causes);
        blocks.append(&mut tree(document, *root, Direction::Uses));
        Some(blocks.into())
    }
}

/// A name as a person wrote it.
fn name(document: &Document, id: Id) -> String {
    let variable = document.variables().get(&id);
    match variable.map_or("", |variable| variable.name.trim()) {
        "" => in_sentence(""),
        name => isolated(name).into_owned(),
    }
}

fn tree(document: &Document, root: Id, direction: Direction) -> Vec<Block> {
    let Some(tree) = trace_tree(document, root, direction, TraceLimits::default()) else {
        return Vec::new();
    };
    let root_name = name(document, root);
    let (heading, none) = match direction {
        Direction::Causes => (
            format!("What {root_name} depends on"),
            "Nothing in the diagram.",
        ),
        Direction::Uses => (
            format!("What {root_name} acts on"),
            "Nothing in the diagram.",
        ),
    };
    let mut blocks = vec![Block::Heading(heading)];
    if tree.rows.is_empty() {
        blocks.push(Block::Words(none.to_owned()));
    }
    let rows = tree.rows.iter().map(|row| tree_row(document, row));
    blocks.extend(rows.map(Block::Row));
    if tree.cut_off {
        blocks.push(Block::Words("… and more, not shown.".to_owned()));
    }
    blocks
}

fn tree_row(document: &Document, row: &TraceRow) -> Row {
    let after = match row.continuation {
        Continuation::Onward | Continuation::End => "",
        Continuation::LoopsBack => " · closes a loop",
        Continuation::ShownAbove => " · goes on as above",
        Continuation::Deeper => " · goes on",
    };
    // Of the whole way, since the sign in front is that of one link.
    let way = match row.whole_sign {
        Polarity::Positive => "same direction",
        Polarity::Negative => "opposite direction",
        Polarity::Unknown => "no sign yet",
    };
    let delay = match row.delay {
        Delay::Delayed => " · delayed",
        Delay::None => "",
    };
    let links = row.depth;
    let plural = if links == 1 { "" } else { "s" };
    Row {
        code: symbol(row.polarity, row.delay),
        meta: format!("{way}, {links} link{plural} away{delay}{after}"),
        depth: row.depth.saturating_sub(1) as u64,
        about: vec![row.variable, row.link],
        ..Row::new("trace", kind(row.whole_sign), name(document, row.variable))
    }
}

const fn kind(polarity: Polarity) -> RowKind {
    match polarity {
        Polarity::Positive => RowKind::Reinforcing,
        Polarity::Negative => RowKind::Balancing,
        Polarity::Unknown => RowKind::Undetermined,
    }
}

fn symbol(polarity: Polarity, delay: Delay) -> String {
    let delay = if delay == Delay::Delayed { " ‖" } else { "" };
    format!("{}{delay}", polarity.symbol())
}

fn paths(search: &PathSearch, document: &Document) -> Vec<Block> {
    let report = search.report(document);
    let kind = match report.net {
        NetEffect::Raises => RowKind::Reinforcing,
        NetEffect::Lowers => RowKind::Balancing,
        _ => RowKind::Undetermined,
    };
    let reasons = [&report.raising, &report.lowering];
    let about = match report.net {
        NetEffect::Indeterminate => reasons
            .into_iter()
            .flatten()
            .flat_map(|path| path.links.iter().copied())
            .collect(),
        _ => Vec::new(),
    };
    let mut blocks = vec![Block::Row(Row {
        about,
        ..Row::new(
            "net effect",
            kind,
            format!("{}.", report.sentence(document)),
        )
    })];
    if report.completeness != Completeness::Exact {
        blocks.push(Block::Words(
            "There are too many paths to check them all: these are the shortest that were found."
                .to_owned(),
        ));
    }
    if !report.paths.is_empty() {
        blocks.push(Block::Heading("The shortest paths".to_owned()));
    }
    for path in &report.paths {
        let links = path.links.len();
        let plural = if links == 1 { "" } else { "s" };
        blocks.push(Block::Row(Row {
            code: symbol(path.polarity, path.delay),
            meta: format!("{links} link{plural}"),
            about: path.links.clone(),
            ..Row::new("path", self::kind(path.polarity), path.sentence(document))
        }));
    }
    blocks
}
