//! The leverage report: the goal, where people see leverage, and an order of variables and links by
//! what the structure shows.

use std::collections::BTreeSet;

use super::goal::goal;
use super::{Made, ReportWork};
use crate::causal::leverage::{LeverageInput, LeverageRow, leverage, loops_through};
use crate::causal::{
    Completeness, DiagramGraph, LoopAnalysis, LoopCounts, LoopReport, LoopsThrough, Progress,
};
use crate::model::{
    Document, Id, IdSource, LeverageLevel, Records, grouped, in_sentence, isolated,
};
use crate::stream::{StreamReport, is_active_limit};
use crate::worker::report::{Block, Row, RowKind};

/// How many loops are looked at for the goal.
const LOOPS: usize = 1_000;
/// How many link visits the search for them may cost.
const MOST_VISITS: u64 = 20_000_000;
/// How many steps the exact count of loops through everything may cost; where that is not enough,
/// the loops that were found count.
const MOST_STEPS: u64 = 400_000_000;
/// How many variables, and how many links, are listed.
const LISTED: usize = 15;

/// The report in the making.
#[derive(Debug)]
pub(in crate::worker) struct LeverageWork {
    diagram: DiagramGraph,
    analysis: LoopAnalysis,
    through: LoopsThrough,
    visits: u64,
    steps: u64,
}

impl LeverageWork {
    pub(in crate::worker) fn new(document: &Document) -> Self {
        let diagram = DiagramGraph::of(document);
        Self {
            analysis: LoopAnalysis::new(document, LOOPS),
            through: LoopsThrough::new(&diagram.graph),
            diagram,
            visits: 0,
            steps: 0,
        }
    }
}

impl ReportWork for LeverageWork {
    fn advance(&mut self, budget: u64, document: &Document, _ids: &mut IdSource) -> Option<Made> {
        if self.visits < MOST_VISITS {
            self.visits += budget;
            if self.analysis.advance(budget) == Progress::Unfinished {
                return None;
            }
            self.visits = MOST_VISITS;
        }
        self.steps += budget;
        let progress = self.through.advance(budget);
        if progress == Progress::Unfinished && self.steps < MOST_STEPS {
            return None;
        }
        let report = self.analysis.report(document);
        let (loops, completeness) = self.exact().unwrap_or_else(|| loops_through(&report));
        Some(written(document, &report, &loops, completeness).into())
    }
}

impl LeverageWork {
    /// The loops through everything, to the last; `None` where that was too much.
    fn exact(&self) -> Option<(Records<LoopCounts>, Completeness)> {
        let mut loops = Records::new();
        for (number, id) in self.diagram.variables.iter().enumerate() {
            loops.insert(*id, self.through.variable(number)?.saturated());
        }
        for (number, id) in self.diagram.links.iter().enumerate() {
            loops.insert(*id, self.through.link(number)?.saturated());
        }
        Some((loops, Completeness::Exact))
    }
}

fn written(
    document: &Document,
    report: &LoopReport,
    loops: &Records<LoopCounts>,
    completeness: Completeness,
) -> Vec<Block> {
    let mut blocks = goal(document, report);
    blocks.append(&mut tagged(document));
    if document.links().is_empty() {
        return blocks;
    }
    let stream = StreamReport::of(document);
    let bound = document.variables().iter().filter(|(_, variable)| {
        let binding = variable.binding.as_ref();
        binding.is_some_and(|binding| is_active_limit(&stream, binding))
    });
    let at_constraint: BTreeSet<Id> = bound.map(|(id, _)| *id).collect();
    let input = LeverageInput {
        loops,
        completeness,
        at_constraint: &at_constraint,
    };
    let ranked = leverage(document, &input);
    for (heading, rows) in [
        ("Variables, by what the structure shows", &ranked.variables),
        ("Links", &ranked.links),
    ] {
        blocks.push(Block::Heading(heading.to_owned()));
        if heading != "Links" {
            blocks.push(Block::Words(
                "A place to start, not a measure of impact: loops through it count most, then how \
                 much it can influence, the constraint of the value stream, and delays. Of equal \
                 scores the one on more loops comes first, then the one with more reach, then by name."
                    .to_owned(),
            ));
        }
        let shown = rows.iter().take(LISTED);
        blocks.extend(shown.map(|row| {
            let same = rows.iter().filter(|other| other.rank == row.rank);
            let place = match same.count() {
                1 => String::new(),
                _ => equal_place(row.rank),
            };
            Block::Row(leverage_row(document, row, place))
        }));
        let more = rows.len().saturating_sub(LISTED);
        if more > 0 {
            blocks.push(Block::Words(format!("… and {more} more.")));
        }
    }
    blocks
}

/// A place that several share: `equal first`, `equal 4th`.
fn equal_place(rank: usize) -> String {
    match (rank, rank % 10, rank % 100) {
        (1, ..) => "equal first".to_owned(),
        (_, _, 11..=13) => format!("equal {rank}th"),
        (_, 1, _) => format!("equal {rank}st"),
        (_, 2, _) => format!("equal {rank}nd"),
        (_, 3, _) => format!("equal {rank}rd"),
        _ => format!("equal {rank}th"),
    }
}

/// A row, with the place that it shares with others; empty where it shares none.
fn leverage_row(document: &Document, row: &LeverageRow, place: String) -> Row {
    let tag = level_of(document, row.id).map_or_else(String::new, |level| {
        format!("level {} ({})", level.number(), level.name())
    });
    let points = row.points;
    Row {
        share: Some(points.total().into()),
        text: strongest_reason(row),
        meta: match (place.is_empty(), tag.is_empty()) {
            (false, false) => format!("{place} \u{b7} {tag}"),
            (false, true) => place,
            (true, _) => tag,
        },
        detail: format!(
            "{}. {} points of 100, a heuristic: {} of 50 for loops, {} of 20 for reach, {} of 20 for \
             the constraint of the stream, {} of 10 for delays.",
            row.reason,
            points.total(),
            points.loops,
            points.reach,
            points.constraint,
            points.delay
        ),
        about: vec![row.id],
        ..Row::new("leverage", RowKind::Plain, name_of(document, row.id))
    }
}

/// What most of the points of a row are for, in a few words.
fn strongest_reason(row: &LeverageRow) -> String {
    let points = row.points;
    let parts = [points.loops, points.constraint, points.reach, points.delay];
    let most = parts.into_iter().max().unwrap_or_default();
    if most == 0 {
        return "On no loop, and nothing follows from it".to_owned();
    }
    let loops = row.loops.total();
    let words = match parts.into_iter().position(|part| part == most) {
        Some(0) if loops == 1 => return "On 1 loop: a change here feeds back".to_owned(),
        Some(0) => {
            return format!(
                "On {} loops: a change here feeds back on each",
                grouped(loops)
            );
        }
        Some(1) => "At the constraint of the stream",
        Some(2) if row.reach == 1 => "Influences 1 variable",
        Some(2) => return format!("Influences {} variables", grouped(row.reach)),
        _ => "Its loops are delayed",
    };
    words.to_owned()
}

/// What people tagged, the strongest level first.
fn tagged(document: &Document) -> Vec<Block> {
    let ids = document.variables().keys().chain(document.links().keys());
    let tagged = ids.filter_map(|id| Some((level_of(document, *id)?, *id)));
    let mut tagged: Vec<(LeverageLevel, Id)> = tagged.collect();
    if tagged.is_empty() {
        return Vec::new();
    }
    tagged.sort_unstable();
    let mut blocks = vec![
        Block::Heading("Where you see leverage".to_owned()),
        Block::Words(
            "By Meadows' twelve places to intervene (1999): 12, parameters, is the weakest, 1, \
             transcending paradigms, the strongest."
                .to_owned(),
        ),
    ];
    blocks.extend(tagged.into_iter().map(|(level, id)| {
        Block::Row(Row {
            code: level.number().to_string(),
            meta: level.name().to_owned(),
            about: vec![id],
            ..Row::new("tagged", RowKind::Plain, name_of(document, id))
        })
    }));
    blocks
}

fn level_of(document: &Document, id: Id) -> Option<LeverageLevel> {
    match document.variables().get(&id) {
        Some(variable) => variable.leverage,
        None => document.links().get(&id)?.leverage,
    }
}

/// The name of a variable, or a link as its ends.
fn name_of(document: &Document, id: Id) -> String {
    let name = |id: Id| {
        let variable = document.variables().get(&id);
        variable.map_or_else(String::new, |variable| match variable.name.trim() {
            "" => in_sentence(""),
            name => isolated(name).into_owned(),
        })
    };
    match document.links().get(&id) {
        Some(link) => format!("{} → {}", name(link.from), name(link.to)),
        None => name(id),
    }
}
