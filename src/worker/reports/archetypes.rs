//! The report of the archetypes: what the diagram is consistent with, nearly so, and what a person
//! has said of it.

use super::judged;
use super::{Made, ReportWork};
use crate::causal::Completeness;
use crate::causal::Progress;
use crate::causal::archetype::{ArchetypeMatch, ArchetypeSearch, Near, ReportLimits};
use crate::model::{Decision, Document, Id, IdSource};
use crate::worker::report::{Block, Row, RowKind};

/// How many link visits the search may cost; where that is not enough, the report says so.
const MOST_VISITS: u64 = 120_000_000;

/// The report in the making.
#[derive(Debug)]
pub(in crate::worker) struct ArchetypeWork {
    search: ArchetypeSearch,
    spent: u64,
}

impl ArchetypeWork {
    pub(in crate::worker) fn new(document: &Document) -> Self {
        Self {
            search: ArchetypeSearch::new(document, Near::Strong),
            spent: 0,
        }
    }
}

impl ReportWork for ArchetypeWork {
    fn advance(&mut self, budget: u64, document: &Document, ids: &mut IdSource) -> Option<Made> {
        self.spent += budget;
        let progress = self.search.advance(budget);
        if progress == Progress::Unfinished && self.spent < MOST_VISITS {
            return None;
        }
        Some(self.written(document, ids).into())
    }
}

impl ArchetypeWork {
    fn written(&self, document: &Document, ids: &mut IdSource) -> Vec<Block> {
        let report = self.search.report(ReportLimits::default());
        let mut blocks = Vec::new();
        let (mut agreed, mut open, mut dismissed) = (Vec::new(), Vec::new(), Vec::new());
        for found in &report.matches {
            let mut row = row(found, document);
            match judged::decision_on(document, &found.topic(), &found.about()) {
                Some((id, decision)) => {
                    row.actions = vec![judged::take_back(document, id)];
                    match decision {
                        Decision::Agreed => {
                            row.code = "✓".to_owned();
                            agreed.push(Block::Row(row));
                        }
                        Decision::Dismissed => {
                            row.kind = RowKind::Answered;
                            dismissed.push(Block::Row(row));
                        }
                    }
                }
                None => {
                    answers(&mut row, found, ids);
                    open.push(Block::Row(row));
                }
            }
        }
        let mut near = Vec::new();
        for found in &report.near {
            let mut row = row(found, document);
            row.kind = RowKind::Hint;
            match judged::decision_on(document, &found.topic(), &found.about()) {
                Some((id, _)) => {
                    row.kind = RowKind::Answered;
                    row.actions = vec![judged::take_back(document, id)];
                    dismissed.push(Block::Row(row));
                }
                None => {
                    if let Some(missing) = &found.missing {
                        row.text = format!("{} {}", row.text, missing.sentence(document));
                        let patch = missing.patch(document, ids);
                        row.actions = vec![judged::action("Add what is missing", patch)];
                    }
                    row.actions.push(no(found, ids));
                    near.push(Block::Row(row));
                }
            }
        }
        if agreed.is_empty() && open.is_empty() && near.is_empty() {
            blocks.push(Block::Words(
                "No archetype found, and none with just one part missing.".to_owned(),
            ));
        }
        for (heading, mut rows) in [
            ("You said: that's us", agreed),
            ("Consistent with", open),
            ("One part is missing", near),
            ("You said: no", dismissed),
        ] {
            if !rows.is_empty() {
                blocks.push(Block::Heading(heading.to_owned()));
                blocks.append(&mut rows);
            }
        }
        let more = report.more_matches + report.more_near;
        if more > 0 {
            blocks.push(Block::Words(format!("… and {more} more, not listed.")));
        }
        if report.completeness != Completeness::Exact {
            blocks.push(Block::Words(format!(
                "The diagram is too large to be looked through to the end: every structure whose \
                 parts are joined by up to {} links was looked for.",
                report.searched_links
            )));
        }
        blocks
    }
}

fn row(found: &ArchetypeMatch, document: &Document) -> Row {
    let archetype = found.archetype;
    let mut about: Vec<Id> = found.about();
    about.extend(&found.links);
    Row {
        text: found.sentence(document),
        meta: found.question(document),
        detail: format!(
            "{} {} ({})",
            archetype.behaviour,
            archetype.advice,
            archetype.sources.join("; ")
        ),
        about,
        ..Row::new(found.topic(), RowKind::Plain, archetype.title)
    }
}

fn answers(row: &mut Row, found: &ArchetypeMatch, ids: &mut IdSource) {
    let (topic, about) = (found.topic(), found.about());
    row.actions = vec![
        judged::answer("Yes, that's us", &topic, &about, Decision::Agreed, ids),
        no(found, ids),
    ];
}

fn no(found: &ArchetypeMatch, ids: &mut IdSource) -> crate::worker::report::RowAction {
    judged::answer(
        "No",
        &found.topic(),
        &found.about(),
        Decision::Dismissed,
        ids,
    )
}
