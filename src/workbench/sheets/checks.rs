//! The sheet of the checks: findings by severity, then those that a person has answered.

use super::judged;
use crate::causal::check::{Finding, GoalStated, Severity, Subject, check};
use crate::causal::{LoopAnalysis, LoopReport, Progress};
use crate::model::{Document, Id, IdSource, Verdict};
use crate::workbench::sheet::{Block, Row, RowKind};

/// How many loops are looked at.
const LOOPS: usize = 1_000;
/// How many link visits the search for them may cost; where that is not enough, checks say nothing
/// that another loop could prove wrong.
const MOST_VISITS: u64 = 20_000_000;

/// The sheet in the making.
#[derive(Debug)]
pub(in crate::workbench) struct CheckSheet {
    analysis: LoopAnalysis,
    spent: u64,
}

/// What the checks come to.
pub(in crate::workbench) struct Checked {
    /// The sheet.
    pub blocks: Vec<Block>,
    /// What is to be marked on the canvas.
    pub marks: Vec<(Id, Severity)>,
}

impl CheckSheet {
    pub(in crate::workbench) fn new(document: &Document) -> Self {
        Self {
            analysis: LoopAnalysis::new(document, LOOPS),
            spent: 0,
        }
    }

    pub(in crate::workbench) fn advance(
        &mut self,
        budget: u64,
        document: &Document,
        ids: &mut IdSource,
    ) -> Option<Checked> {
        self.spent += budget;
        let progress = self.analysis.advance(budget);
        if progress == Progress::Unfinished && self.spent < MOST_VISITS {
            return None;
        }
        let report = self.analysis.report(document);
        Some(written(document, &report, ids))
    }
}

fn written(document: &Document, report: &LoopReport, ids: &mut IdSource) -> Checked {
    let aims = document.variables().iter();
    let aims = aims.filter(|(_, variable)| variable.aim.is_some());
    let aims: Vec<Id> = aims.map(|(id, _)| *id).collect();
    let goal = if document.properties().purpose.trim().is_empty() && aims.is_empty() {
        GoalStated::No
    } else {
        GoalStated::Yes
    };
    let subject = Subject::new(document, report, goal).with_goals(aims);
    let mut blocks = Vec::new();
    let mut marks = Vec::new();
    let mut answered = Vec::new();
    let mut severity = None;
    let mut counts = [0_usize; 3];
    for finding in check(&subject) {
        let topic = finding.check.topic();
        if let Some((id, _)) = judged::verdict_on(document, &topic, &finding.about) {
            let mut row = row(&finding, RowKind::Answered);
            row.actions = vec![judged::take_back(document, id)];
            answered.push(Block::Row(row));
            continue;
        }
        let now = finding.check.severity;
        counts[now as usize] += 1 + finding.unlisted;
        if severity != Some(now) {
            severity = Some(now);
            blocks.push(Block::Heading(heading(now).to_owned()));
        }
        marks.extend(finding.about.iter().map(|id| (*id, now)));
        let kind = match now {
            Severity::Problem => RowKind::Problem,
            Severity::Warning => RowKind::Warning,
            Severity::Hint => RowKind::Hint,
        };
        let mut row = row(&finding, kind);
        if let Some(fix) = &finding.fix {
            row.actions.push(judged::action(&fix.label, &fix.patch));
        }
        row.actions.push(judged::answer(
            "This is meant so",
            &topic,
            &finding.about,
            Verdict::Dismissed,
            ids,
        ));
        blocks.push(Block::Row(row));
        if finding.unlisted > 0 {
            blocks.push(Block::Words(format!(
                "… and {} more of “{}”.",
                finding.unlisted, finding.check.title
            )));
        }
    }
    let summary = if document.variables().is_empty() {
        "Nothing is drawn that could be checked.".to_owned()
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
    if !answered.is_empty() {
        blocks.push(Block::Heading("Meant so".to_owned()));
        blocks.append(&mut answered);
    }
    Checked { blocks, marks }
}

const fn heading(severity: Severity) -> &'static str {
    match severity {
        Severity::Problem => "Problems",
        Severity::Warning => "Warnings",
        Severity::Hint => "Hints: questions worth asking",
    }
}

fn row(finding: &Finding, kind: RowKind) -> Row {
    Row {
        text: finding.words.clone(),
        detail: match finding.check.source {
            "" => finding.check.why.to_owned(),
            source => format!("{} ({source})", finding.check.why),
        },
        about: finding.about.clone(),
        ..Row::new(kind, finding.check.title)
    }
}
