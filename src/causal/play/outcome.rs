//! A play and how it ends for each variable.

use super::signals::{Meeting, Push, Signal, rounds_of, signals, signs};
use crate::causal::diagram::DiagramGraph;
use crate::causal::search::{Progress, SearchLimits};
use crate::causal::trace::{NetEffect, Path, PathReport, PathSearch, product};
use crate::model::{Document, Id, Polarity, Records};

/// How a variable ends, over all paths that lead to it.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// It was pushed itself.
    Pushed,
    /// No path leads there.
    Unreached,
    /// Every path raises it.
    Rises,
    /// Every path lowers it.
    Falls,
    /// Some paths raise it and some lower it; a short one of each, if one is known.
    Depends {
        /// A path that raises it.
        raising: Option<Path>,
        /// A path that lowers it.
        lowering: Option<Path>,
    },
    /// A link of unknown sign is on a path, and those of known sign agree.
    Unsigned {
        /// That link, if it is known.
        link: Option<Id>,
    },
    /// The paths found so far have this sign; there are too many to look at all.
    SoFar(Polarity),
}

/// A push, its signals, and the outcomes as far as they are known.
#[derive(Clone, Debug)]
pub struct Play {
    pushed: Id,
    push: Push,
    signals: Vec<Signal>,
    outcomes: Records<Outcome>,
    /// Variables to which ways of several signs lead, or of unknown sign: their paths are looked at.
    open: Vec<Id>,
    /// The one of them whose paths are being looked at.
    at: Option<Looked>,
}

/// A variable whose paths are looked at.
#[derive(Clone, Debug)]
struct Looked {
    variable: Id,
    search: PathSearch,
    /// How many visits of a link are left for it.
    visits: u64,
}

/// How many of the shortest paths to a variable are kept, for one of each sign to be among them.
const KEPT_PATHS: usize = 200;

/// The most visits of a link for the paths to one variable.
const MOST_VISITS: u64 = 200_000;
/// After so many, it is asked whether a path of each sign is known: more paths change nothing then.
const SLICE: u64 = 2_000;

impl Play {
    /// The push of a variable; `None` if it is not there. Variables to which all ways have one sign are
    /// settled at once.
    #[must_use]
    pub fn new(document: &Document, pushed: Id, push: Push) -> Option<Self> {
        let diagram = DiagramGraph::of(document);
        let index = diagram.variables.binary_search(&pushed).ok()?;
        let signals = signals(&diagram, index, push);
        let signs = signs(&diagram, index, push);
        let mut outcomes = Records::new();
        let mut open = Vec::new();
        for (&variable, signs) in diagram.variables.iter().zip(signs) {
            let outcome = match signs {
                _ if variable == pushed => Outcome::Pushed,
                [false, false, false] => Outcome::Unreached,
                [true, false, false] => Outcome::Rises,
                [false, true, false] => Outcome::Falls,
                _ => {
                    open.push(variable);
                    continue;
                }
            };
            outcomes.insert(variable, outcome);
        }
        open.reverse();
        Some(Self {
            pushed,
            push,
            signals,
            outcomes,
            open,
            at: None,
        })
    }

    /// Looks at the paths to the variables that are still open, for about `budget` visits of a link;
    /// `Finished` when none is.
    pub fn advance(&mut self, document: &Document, mut budget: u64) -> Progress {
        while !self.is_settled() {
            if budget == 0 {
                return Progress::Unfinished;
            }
            let Some(mut at) = self.at.take().or_else(|| self.look_at_next(document)) else {
                break;
            };
            let slice = SLICE.min(at.visits);
            at.visits -= slice;
            let is_done = at.search.knows_both_signs()
                || at.search.advance(slice) == Progress::Finished
                || at.visits == 0;
            budget = budget.saturating_sub(slice);
            if is_done {
                self.settle(document, at.variable, at.search.report(document));
            } else {
                self.at = Some(at);
            }
        }
        Progress::Finished
    }

    /// Begins to look at the paths to the next open variable.
    fn look_at_next(&mut self, document: &Document) -> Option<Looked> {
        let limits = SearchLimits {
            stored: KEPT_PATHS,
            longest: None,
        };
        self.open.pop().map(|variable| Looked {
            variable,
            search: PathSearch::new(document, self.pushed, variable, limits),
            visits: MOST_VISITS,
        })
    }

    /// Takes what the paths to a variable say.
    fn settle(&mut self, document: &Document, variable: Id, report: PathReport) {
        let outcome = self.outcome(report);
        if let Outcome::Depends { raising, lowering } = &outcome {
            for path in [raising, lowering].map(Clone::clone).into_iter().flatten() {
                self.send_along(document, &path);
            }
        }
        self.outcomes.insert(variable, outcome);
    }

    /// Adds the signals of a path that were not there: those that came back to a variable on another
    /// way, and ended, would have gone on by this one.
    fn send_along(&mut self, document: &Document, path: &Path) {
        let (mut round, mut sign) = (0, self.push.sign());
        for link_id in &path.links {
            let Some(link) = document.links().get(link_id) else {
                return;
            };
            let left = round;
            round += rounds_of(link.delay);
            sign = product(sign, link.polarity);
            // One that arrives in this round and closes a loop on another way is told once.
            let is_told = |one: &Signal| {
                let is_same = one.link == *link_id && one.sign == sign;
                is_same && (!one.meeting.closes() || one.round == round)
            };
            if self.signals.iter().any(is_told) {
                continue;
            }
            let at = self.signals.partition_point(|one| one.round <= round);
            let signal = Signal {
                link: *link_id,
                cause: link.from,
                variable: link.to,
                left,
                round,
                sign,
                meeting: Meeting::Opposes,
                circuit: Vec::new(),
            };
            self.signals.insert(at, signal);
        }
    }

    /// What the paths of a rise say for this push.
    fn outcome(&self, report: PathReport) -> Outcome {
        let is_up = self.push == Push::Up;
        let turned = |sign: Polarity| match (sign, is_up) {
            (Polarity::Positive, false) => Polarity::Negative,
            (Polarity::Negative, false) => Polarity::Positive,
            (sign, _) => sign,
        };
        let is_all = report.completeness == crate::causal::Completeness::Exact;
        match report.net {
            NetEffect::Nothing => Outcome::Unreached,
            NetEffect::NothingYet => Outcome::SoFar(Polarity::Unknown),
            NetEffect::Indeterminate => {
                let (raising, lowering) = if is_up {
                    (report.raising, report.lowering)
                } else {
                    (report.lowering, report.raising)
                };
                Outcome::Depends { raising, lowering }
            }
            NetEffect::Undetermined { link } => Outcome::Unsigned { link },
            NetEffect::Raises if !is_all => Outcome::SoFar(turned(Polarity::Positive)),
            NetEffect::Lowers if !is_all => Outcome::SoFar(turned(Polarity::Negative)),
            NetEffect::Raises if is_up => Outcome::Rises,
            NetEffect::Lowers if is_up => Outcome::Falls,
            NetEffect::Raises => Outcome::Falls,
            NetEffect::Lowers => Outcome::Rises,
        }
    }

    /// The variable that was pushed.
    #[must_use]
    pub const fn pushed(&self) -> Id {
        self.pushed
    }

    /// Which way.
    #[must_use]
    pub const fn push(&self) -> Push {
        self.push
    }

    /// The signals, in the order in which they arrive.
    #[must_use]
    pub fn signals(&self) -> &[Signal] {
        &self.signals
    }

    /// The last round in which a signal arrives; 0 if none ever does.
    #[must_use]
    pub fn rounds(&self) -> u32 {
        self.signals.last().map_or(0, |signal| signal.round)
    }

    /// Whether the paths to every variable were looked at.
    #[must_use]
    pub const fn is_settled(&self) -> bool {
        self.open.is_empty() && self.at.is_none()
    }

    /// How each variable ends, as far as it is known.
    #[must_use]
    pub const fn outcomes(&self) -> &Records<Outcome> {
        &self.outcomes
    }

    /// How a variable ends; `None` if it is not there, or its paths were not looked at yet.
    #[must_use]
    pub fn outcome_of(&self, variable: Id) -> Option<&Outcome> {
        self.outcomes.get(&variable)
    }

    /// The signals that close a loop: they come back to a variable on their own way.
    pub fn returns(&self) -> impl Iterator<Item = &Signal> {
        self.signals.iter().filter(|signal| signal.meeting.closes())
    }
}
