//! The report of the checks: findings by severity, then those that a person has answered.

use std::collections::BTreeSet;

use super::arrows;
use super::judged;
use super::signs::{Offer, offered_signs};
use super::{Made, ReportWork};
use crate::causal::check::{Finding, GoalStated, Mark, Severity, Subject, check};
use crate::causal::{LoopAnalysis, LoopReport, Progress};
use crate::model::{Decision, Document, Edit, Element, Id, IdSource, LoopKey, Polarity};
use crate::worker::report::{Block, Disclosure, Row, RowAction, RowCommand, RowKind};
use crate::worker::response::ResponseBody;

/// How many loops are looked at.
const LOOPS: usize = 1_000;
/// How many link visits the search for them may cost; where that is not enough, checks say nothing
/// that another loop could prove wrong.
const MOST_VISITS: u64 = 20_000_000;

/// How many findings of one check show before a person asks for more.
const SHOWN: usize = 3;
/// How many hints show in all: what is only worth asking must not hide what is wrong.
const HINTS: usize = 5;
/// The check of links without a sign, and that of loops that have such links.
const UNSIGNED: &str = "unsigned-link";
/// The check of variables without links.
const ORPHAN: &str = "orphan";
/// Once so many variables are linked, one without links is worth a mark.
const LINKED_UP: usize = 3;
const UNDETERMINED: &str = "undetermined-loop";
/// The check of loops without a name.
const UNNAMED: &str = "unnamed-loop";

/// The report in the making.
#[derive(Debug)]
pub(in crate::worker) struct CheckWork {
    analysis: LoopAnalysis,
    spent: u64,
}

impl CheckWork {
    pub(in crate::worker) fn new(document: &Document) -> Self {
        Self {
            analysis: LoopAnalysis::new(document, LOOPS),
            spent: 0,
        }
    }
}

impl ReportWork for CheckWork {
    fn advance(&mut self, budget: u64, document: &Document, ids: &mut IdSource) -> Option<Made> {
        self.spent += budget;
        let progress = self.analysis.advance(budget);
        if progress == Progress::Unfinished && self.spent < MOST_VISITS {
            return None;
        }
        let report = self.analysis.report(document);
        Some(written(document, &report, ids))
    }
}

fn written(document: &Document, report: &LoopReport, ids: &mut IdSource) -> Made {
    let aims = document.variables().iter();
    let aims = aims.filter(|(_, variable)| variable.aim.is_some());
    let aims: Vec<Id> = aims.map(|(id, _)| *id).collect();
    let goal = if document.properties().purpose.trim().is_empty() && aims.is_empty() {
        GoalStated::No
    } else {
        GoalStated::Yes
    };
    let subject = Subject::new(document, report, goal).with_goals(aims);
    let mut findings = check(&subject);
    findings.extend(arrows::findings(document, ids));
    // Those of one severity stay in their order.
    findings.sort_by_key(|finding| finding.check.severity);
    let open = |finding: &&Finding| {
        let topic = finding.check.topic();
        judged::decision_on(document, &topic, &finding.about).is_none()
    };
    let unsigned: BTreeSet<Id> = findings
        .iter()
        .filter(|finding| finding.check.id == UNSIGNED)
        .filter(open)
        .flat_map(|finding| finding.about.iter().copied())
        .collect();
    let mut blocks = Vec::new();
    let mut marks = Vec::new();
    let mut answered = Vec::new();
    let mut severity = None;
    let mut counts = [0_usize; 3];
    let mut hints_left = HINTS;
    for group in findings.chunk_by(|one, other| one.check == other.check) {
        let check = group[0].check;
        let now = check.severity;
        let topic = check.topic();
        let mut rows = Vec::new();
        let mut unlisted = 0;
        for finding in group {
            unlisted += finding.unlisted;
            if let Some((id, _)) = judged::decision_on(document, &topic, &finding.about) {
                let mut row = row(finding, RowKind::Answered);
                row.actions = vec![judged::take_back(document, id)];
                answered.push(row);
                continue;
            }
            // Once its links are signed the loop is: one finding says enough.
            if check.id == UNDETERMINED && finding.about.iter().any(|id| unsigned.contains(id)) {
                continue;
            }
            // The question mark of a link without a sign is on the canvas already.
            let is_marked = match check.id {
                UNSIGNED => false,
                // While one draws, most variables have no links yet.
                ORPHAN => is_linked_up(document),
                _ => true,
            };
            if is_marked {
                let mark = Mark {
                    severity: now,
                    words: finding.words.clone(),
                };
                marks.extend(finding.about.iter().map(|id| (*id, mark.clone())));
            }
            rows.push(open_row(document, finding, ids));
        }
        if rows.is_empty() {
            continue;
        }
        counts[now as usize] += rows.len() + unlisted;
        if severity != Some(now) {
            severity = Some(now);
            blocks.push(Block::Heading(heading(now).to_owned()));
        }
        let shown = match now {
            Severity::Problem | Severity::Warning => SHOWN,
            Severity::Hint => SHOWN.min(hints_left),
        };
        let more = rows.split_off(rows.len().min(shown));
        if now == Severity::Hint {
            hints_left -= rows.len();
        }
        let count = more.len() + unlisted;
        let words = match rows.is_empty() {
            true => format!("{}: {count}", check.title),
            false => format!("{count} more of “{}”", check.title),
        };
        blocks.extend(rows.into_iter().map(Block::Row));
        if !more.is_empty() {
            blocks.push(Block::Disclosure(Disclosure {
                topic: check.topic(),
                words,
                rows: more,
            }));
        }
        if unlisted > 0 {
            blocks.push(Block::Words(format!(
                "… of which {unlisted} are not listed."
            )));
        }
    }
    let summary = if document.variables().is_empty() {
        "Nothing to check yet.".to_owned()
    } else if counts == [0; 3] {
        "Nothing found.".to_owned()
    } else {
        let words = Severity::ALL.map(|severity| {
            let count = counts[severity as usize];
            let plural = if count == 1 { "" } else { "s" };
            (count > 0).then(|| format!("{count} {}{plural}", severity.word()))
        });
        let words: Vec<String> = words.into_iter().flatten().collect();
        format!("{}.", words.join(", "))
    };
    blocks.insert(0, Block::Words(summary));
    match offered_signs(document, report, ids) {
        Some(Offer::Open(row)) => blocks.insert(1, Block::Row(row)),
        Some(Offer::Answered(row)) => answered.push(row),
        None => {}
    }
    if !answered.is_empty() {
        blocks.push(Block::Heading("Intended".to_owned()));
        let more = answered.split_off(answered.len().min(SHOWN));
        blocks.extend(answered.into_iter().map(Block::Row));
        if !more.is_empty() {
            blocks.push(Block::Disclosure(Disclosure {
                topic: "answered".to_owned(),
                words: format!("{} more", more.len()),
                rows: more,
            }));
        }
    }
    Made {
        blocks,
        bodies: vec![ResponseBody::Marks(marks)],
    }
}

/// Whether so much is linked that a variable without links was forgotten, and is not yet to be
/// linked.
fn is_linked_up(document: &Document) -> bool {
    let links = document.links().values();
    let ends: BTreeSet<Id> = links.flat_map(|link| [link.from, link.to]).collect();
    ends.len() >= LINKED_UP
}

const fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Problem => "Problems",
        Severity::Warning => "Warnings",
        Severity::Hint => "Hints: questions worth asking",
    }
}

/// A finding that nobody has answered, with what can be done.
fn open_row(document: &Document, finding: &Finding, ids: &mut IdSource) -> Row {
    let mut row = row(
        finding,
        match finding.check.severity {
            Severity::Problem => RowKind::Problem,
            Severity::Warning => RowKind::Warning,
            Severity::Hint => RowKind::Hint,
        },
    );
    if let Some(fix) = &finding.fix {
        row.actions
            .push(judged::action(&fix.label, fix.patch.clone()));
    }
    if finding.check.id == UNSIGNED {
        for (label, polarity) in [("+", Polarity::Positive), ("\u{2212}", Polarity::Negative)] {
            let mut edit = Edit::new(document);
            for id in &finding.about {
                edit.change(*id, |element| {
                    if let Element::Link(link) = element {
                        link.polarity = polarity;
                    }
                });
            }
            row.actions.push(judged::action(label, edit.finish()));
        }
    }
    if finding.check.id == UNNAMED && !finding.about.is_empty() {
        let key = LoopKey::new(finding.about.iter().copied());
        row.actions
            .push(RowAction::new("Name it", RowCommand::Name(key)));
    }
    let (topic, about) = (finding.check.topic(), &finding.about);
    row.actions.push(judged::answer(
        "Intended",
        &topic,
        about,
        Decision::Dismissed,
        ids,
    ));
    row
}

fn row(finding: &Finding, kind: RowKind) -> Row {
    Row {
        text: finding.words.clone(),
        detail: match finding.check.source {
            "" => finding.check.why.to_owned(),
            source => format!("{} ({source})", finding.check.why),
        },
        about: finding.about.clone(),
        ..Row::new(finding.check.topic(), kind, finding.check.title)
    }
}
