//! What has dots, by its name and where it is: records and loops of the document, and findings of
//! the checks.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::app::state::{App, Core, Counted, DotPlace};
use crate::editor::Editor;
use crate::model::Lever;
use crate::scene::{DotMark, DotsOf};
use crate::story::lever_words;
use crate::sync::{DotTarget, Poll};
use crate::worker::{Block, ReportKind, Row};

/// What is said of a thing that has dots and was deleted.
const GONE: &str = "Something that is gone";
/// What is said of a finding that the checks do not have on this page.
const NO_FINDING: &str = "A finding that is not there any more";
/// What is said of a finding before the checks have told of any.
const UNTOLD: &str = "A finding of the checks";

/// So many dots for each thing.
pub type Tally = BTreeMap<DotTarget, usize>;

/// The finding that a row of a report is, if it is one.
#[must_use]
pub fn target_of(row: &Row) -> Option<DotTarget> {
    let is_finding = row.is_finding();
    is_finding.then(|| DotTarget::of_finding(&row.topic, &row.about))
}

/// The sentence of a finding.
#[must_use]
pub fn sentence_of(row: &Row) -> &str {
    match row.text.as_str() {
        "" => &row.title,
        text => text,
    }
}

/// The own dots as they are drawn.
pub fn own_marks(core: &Core, own: &Tally) -> Vec<DotMark> {
    let levers = levers(core, own);
    let marks = own.iter().filter_map(|(target, dots)| {
        Some(DotMark {
            on: levers.get(target)?.clone(),
            dots: *dots,
            of: DotsOf::Oneself,
        })
    });
    marks.collect()
}

/// The dots of everybody as they are drawn.
pub fn all_marks(results: &[Counted]) -> Vec<DotMark> {
    let marks = results.iter().filter_map(|counted| match &counted.on {
        Some(DotPlace::Lever(on)) => Some(DotMark {
            on: on.clone(),
            dots: counted.dots,
            of: DotsOf::Everybody,
        }),
        Some(DotPlace::Finding(_)) | None => None,
    });
    marks.collect()
}

/// What has dots, the most first; what has as many by name.
pub fn results(app: App, core: &Core, poll: &Poll) -> Vec<Counted> {
    let tally = poll.ballots().tally();
    let mut levers = levers(core, &tally);
    let findings = match tally.keys().any(DotTarget::is_finding) {
        true => findings(app),
        false => None,
    };
    let counted = tally.into_iter().map(|(target, dots)| {
        let (on, name) = match (target, &findings) {
            (DotTarget::Finding(_), None) => (None, UNTOLD.to_owned()),
            (DotTarget::Finding(_), Some(findings)) => match findings.get(&target) {
                Some(row) => {
                    let place = DotPlace::Finding(row.about.clone());
                    (Some(place), sentence_of(row).to_owned())
                }
                None => (None, NO_FINDING.to_owned()),
            },
            (DotTarget::Record(_) | DotTarget::Loop(_), _) => {
                let lever = levers.remove(&target);
                let name = lever.as_ref().and_then(|on| words_of(&core.editor, on));
                (
                    lever.map(DotPlace::Lever),
                    name.unwrap_or_else(|| GONE.to_owned()),
                )
            }
        };
        Counted {
            target,
            on,
            name,
            dots,
        }
    });
    let mut results: Vec<Counted> = counted.collect();
    results.sort_by_cached_key(|one| (std::cmp::Reverse(one.dots), one.name.to_lowercase()));
    results
}

/// The findings that the checks told last, with those that were answered; none where they have told
/// nothing.
fn findings(app: App) -> Option<BTreeMap<DotTarget, Row>> {
    app.reports.with_untracked(|reports| {
        let mut reports = reports.iter();
        let (_, blocks) = reports.find(|(kind, _)| *kind == ReportKind::Checks)?;
        let rows = blocks.iter().flat_map(Block::rows);
        let findings = rows.filter_map(|row| Some((target_of(row)?, row.clone())));
        Some(findings.collect())
    })
}

/// What of these is in the document.
fn levers(core: &Core, tally: &Tally) -> BTreeMap<DotTarget, Lever> {
    let document = core.editor.document();
    let is_loop = |target: &DotTarget| matches!(target, DotTarget::Loop(_));
    let mut levers = BTreeMap::new();
    for target in tally.keys() {
        if let DotTarget::Record(id) = target
            && document.kind_of(*id).is_some()
        {
            levers.insert(*target, Lever::Record(*id));
        }
    }
    if tally.keys().any(is_loop) {
        let loops = core.editor.report().loops.iter();
        for lever in loops.map(|one| Lever::Loop(one.key.clone())) {
            let target = DotTarget::of(&lever);
            if tally.contains_key(&target) {
                levers.insert(target, lever);
            }
        }
    }
    levers
}

/// What a record or a loop is called; none where it is gone.
#[must_use]
pub fn words_of(editor: &Editor, lever: &Lever) -> Option<String> {
    match lever {
        Lever::Record(id) => Some(editor.describe(*id)),
        Lever::Loop(_) => lever_words(editor.document(), Some(editor.report()), lever),
    }
}
