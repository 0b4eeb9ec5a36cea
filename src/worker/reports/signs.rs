//! The offer to say that no quantity of a model is ever negative, from which more signs follow.

use super::judged;
use crate::causal::{Completeness, LoopAnalysis, LoopReport, Progress};
use crate::format::{OfferedSigns, signs_if_never_negative};
use crate::model::{Decision, Document, IdSource, Patch, Polarity};
use crate::worker::report::{Row, RowKind};

/// What the answer to the offer is about.
const TOPIC: &str = "signs/never-negative";
/// How many link visits counting the loops with the new signs may cost.
const MOST_VISITS: u64 = 2_000_000;

/// The offer, or what a person has answered to it.
pub(super) enum Offer {
    /// It is open.
    Open(Row),
    /// A person has said that some quantities may be negative.
    Answered(Row),
}

/// The offer of signs that follow if no quantity is ever negative; none where nothing more follows.
pub(super) fn offered_signs(
    document: &Document,
    report: &LoopReport,
    ids: &mut IdSource,
) -> Option<Offer> {
    let offered = signs_if_never_negative(document)?;
    let mut row = Row {
        text: words(document, report, &offered),
        detail:
            "The equations of the model prove more signs if no quantity is negative: a product or \
             a ratio rises with a factor only while the others are not. People, stocks, times and \
             amounts never are; balances, net changes and temperatures may be. The note on each \
             link says that its sign rests on this. Signs that are stated stay."
                .to_owned(),
        about: offered.links,
        ..Row::new(
            TOPIC,
            RowKind::Hint,
            "Is any quantity of this model ever negative?",
        )
    };
    if let Some((id, _)) = judged::decision_on(document, TOPIC, &[]) {
        row.kind = RowKind::Answered;
        row.actions = vec![judged::take_back(document, id)];
        return Some(Offer::Answered(row));
    }
    row.actions = vec![
        judged::action("None is ever negative", offered.patch.clone()),
        judged::answer("Some may be", TOPIC, &[], Decision::Dismissed, ids),
    ];
    Some(Offer::Open(row))
}

/// How many links get a sign, and of how many loops the sign is known then.
fn words(document: &Document, report: &LoopReport, offered: &OfferedSigns) -> String {
    let links = document.links().values();
    let unsigned = links.filter(|link| link.polarity == Polarity::Unknown);
    let (some, all) = (offered.links.len(), unsigned.count());
    let one = if all == 1 { "link" } else { "links" };
    let mut words = format!("If none is, {some} of {all} {one} without a sign get one");
    let is_exact = report.completeness == Completeness::Exact;
    match after(document, &offered.patch).filter(|_| is_exact) {
        Some(undetermined) => {
            let before = report.counts.undetermined;
            words.push_str(&format!(
                ", and unsigned loops go from {before} to {undetermined}."
            ));
        }
        None => words.push('.'),
    }
    words
}

/// How many loops have no sign after a change; none where there are too many to count.
fn after(document: &Document, patch: &Patch) -> Option<u64> {
    let mut changed = document.clone();
    changed.apply(patch).ok()?;
    let mut analysis = LoopAnalysis::new(&changed, 1);
    let progress = analysis.advance(MOST_VISITS);
    let report = analysis.report(&changed);
    (progress == Progress::Finished).then_some(report.counts.undetermined)
}
