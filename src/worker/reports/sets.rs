//! The report of the loop sets: the shortest independent one and a minimum cycle basis, and how they
//! differ.

use crate::causal::{Completeness, LoopCounts};
use crate::causal::{DiagramGraph, ListedLoop, LoopReport, LoopSet, LoopSetKind, Progress};
use crate::import_data::counted;
use crate::model::{Document, Id, IdSource, isolated};
use crate::worker::report::{Block, Row};

use super::goal::kind_of;
use super::{Made, ReportWork};

/// The report in the making.
#[derive(Debug)]
pub(in crate::worker) struct SetWork {
    diagram: DiagramGraph,
    independent: LoopSet,
    basis: LoopSet,
}

impl SetWork {
    pub(in crate::worker) fn new(document: &Document) -> Self {
        let diagram = DiagramGraph::of(document);
        Self {
            independent: LoopSet::new(&diagram.graph, LoopSetKind::ShortestIndependent),
            basis: LoopSet::new(&diagram.graph, LoopSetKind::MinimumBasis),
            diagram,
        }
    }
}

impl ReportWork for SetWork {
    fn advance(&mut self, budget: u64, document: &Document, _ids: &mut IdSource) -> Option<Made> {
        if self.independent.advance(budget) == Progress::Unfinished
            || self.basis.advance(budget) == Progress::Unfinished
        {
            return None;
        }
        let [independent, basis] = [&self.independent, &self.basis].map(|set| {
            let loops: Vec<&ListedLoop> = set.loops().collect();
            (
                loops.len(),
                loops.iter().map(|one| one.links.len()).sum::<usize>(),
            )
        });
        if independent.0 == 0 {
            return Some(vec![Block::Words("There are no loops.".to_owned())].into());
        }
        let mut blocks = vec![
            Block::Words(format!(
                "Each set has {}: links less variables, plus one for every connected part. No \
                 loop of it is made of others, and every loop of the diagram is made of these. The \
                 loop that decides may be long and in neither.",
                counted(independent.0, "loop", "loops")
            )),
            Block::Heading("Shortest independent loop set".to_owned()),
            Block::Words(format!(
                "Short loops that each bring a link no loop before them has, so that they cover \
                 the diagram; completed where that leaves too few (Oliva 2004). {} in all.",
                counted(independent.1, "link", "links")
            )),
        ];
        blocks.extend(self.rows(document, &self.independent));
        blocks.push(Block::Heading("Minimum cycle basis".to_owned()));
        blocks.push(Block::Words(format!(
            "The shortest loops of which none is a sum of shorter ones: no such set has fewer \
             links (Gleiss, Leydold & Stadler 2003). {} in all.",
            counted(basis.1, "link", "links")
        )));
        blocks.extend(self.rows(document, &self.basis));
        Some(blocks.into())
    }
}

impl SetWork {
    fn rows<'a>(
        &'a self,
        document: &'a Document,
        set: &'a LoopSet,
    ) -> impl Iterator<Item = Block> + 'a {
        set.loops().map(move |listed| {
            let links = self.diagram.link_ids(&listed.links);
            let count = links.len();
            Block::Row(Row {
                code: listed.polarity.letter().to_string(),
                meta: counted(count, "link", "links"),
                about: links.clone(),
                ..Row::new("loop", kind_of(listed.polarity), told(document, links))
            })
        })
    }
}

/// The path round a loop as a sentence, after its name if it has one.
fn told(document: &Document, links: Vec<Id>) -> String {
    let loops = [links];
    let report = LoopReport::of(document, LoopCounts::default(), Completeness::SoFar, &loops);
    let Some(named) = report.loops.first() else {
        return String::new();
    };
    let sentence = named.sentence(document);
    match document.label_of(&named.key) {
        Some((_, label)) if !label.name.is_empty() => {
            format!("{}: {sentence}", isolated(&label.name))
        }
        _ => sentence,
    }
}
