//! The goal against the structure: which loops serve it, which work against it, and which measure
//! would be gamed if people were rewarded for it.
//!
//! That a measure which becomes a target stops measuring is Goodhart's law (Goodhart 1975; Campbell
//! 1979, "Assessing the impact of planned social change"): here it is read off the structure.

use super::analysis::{LoopReport, NamedLoop};
use super::found::LoopPolarity;
use super::signed_path::{SignedPath, SignedPaths};
use crate::model::{Aim, Delay, Document, Id, Polarity, in_sentence};

/// What a loop does to an improvement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Bearing {
    /// It brings an improvement back as more of it, and a decline as more decline: it serves the
    /// goal while it turns that way.
    Serves,
    /// It brings any change back as its opposite: it works against a change of the aim, for better
    /// or worse, and holds it at a level.
    Holds,
    /// It pays for one aim with another.
    TradesOff,
    /// The polarity of a link on the path is unknown.
    Undetermined,
}

/// A loop through a variable that the goal speaks of.
#[derive(Clone, Debug, PartialEq)]
pub struct GoalLoop<'a> {
    /// The loop.
    pub named: &'a NamedLoop,
    /// What it does to an improvement.
    pub bearing: Bearing,
    /// The variables of it that the goal speaks of, in the order of travel.
    pub aims: Vec<Id>,
}

/// A measure that could be moved without, or against, the goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Gaming {
    /// What would be rewarded.
    pub measure: Id,
    /// Which way people would move it.
    pub reward: Aim,
    /// What moves it directly, and harms the goal.
    pub lever: Id,
    /// The link from the lever to the measure.
    pub link: Id,
    /// What the goal asks for.
    pub aim: Id,
    /// The links from the lever to it, past the measure.
    pub harm: Vec<Id>,
    /// Whether the harm comes late.
    pub delay: Delay,
}

/// How many measures are told of.
pub const MOST_GAMED: usize = 12;

/// The variables that the goal speaks of, with what it asks of them.
pub fn aims(document: &Document) -> impl Iterator<Item = (Id, Aim)> + '_ {
    let variables = document.variables().iter();
    variables.filter_map(|(id, variable)| Some((*id, variable.aim?)))
}

/// The loops of a report that bear on the goal, in the order of the report.
#[must_use]
pub fn goal_loops<'a>(document: &Document, report: &'a LoopReport) -> Vec<GoalLoop<'a>> {
    let loops = report.loops.iter();
    loops
        .filter_map(|named| {
            let is_aim = |id: &&Id| aim_of(document, **id).is_some();
            let aims: Vec<Id> = named.variables.iter().filter(is_aim).copied().collect();
            let bearing = bearing(document, named, &aims)?;
            Some(GoalLoop {
                named,
                bearing,
                aims,
            })
        })
        .collect()
}

fn aim_of(document: &Document, id: Id) -> Option<Aim> {
    document.variables().get(&id)?.aim
}

const fn direction(aim: Aim) -> i8 {
    match aim {
        Aim::Rise => 1,
        Aim::Fall => -1,
    }
}

/// What a loop does to an improvement of its aims; `None` without one.
fn bearing(document: &Document, named: &NamedLoop, aims: &[Id]) -> Option<Bearing> {
    let first = aims.first()?;
    match named.polarity {
        LoopPolarity::Undetermined => return Some(Bearing::Undetermined),
        LoopPolarity::Balancing => return Some(Bearing::Holds),
        LoopPolarity::Reinforcing => {}
    }
    // Round once from the first aim: whatever the change meets must be wanted there too.
    let start = named.variables.iter().position(|id| id == first)?;
    let mut change = direction(aim_of(document, *first)?);
    for step in 0..named.links.len() {
        let place = (start + step) % named.links.len();
        let link = document.links().get(&named.links[place])?;
        if link.polarity == Polarity::Negative {
            change = -change;
        }
        if aim_of(document, link.to).is_some_and(|aim| direction(aim) != change) {
            return Some(Bearing::TradesOff);
        }
    }
    Some(Bearing::Serves)
}

/// Measures that would be gamed if people were rewarded for them: something moves the measure the
/// way that serves the goal, and the goal, by another path, against it. The shortest paths first,
/// at most [`MOST_GAMED`].
///
/// Ways of up to [`SignedPaths::LONGEST`] links are looked at.
#[must_use]
pub fn gamed_measures(document: &Document) -> Vec<Gaming> {
    let paths = SignedPaths::new(document);
    let mut found: Vec<Gaming> = Vec::new();
    for (aim, wanted) in aims(document) {
        let wanted = direction(wanted);
        for measure in document.variables().keys() {
            let Some(reward) = reward(&paths, *measure, aim, wanted) else {
                continue;
            };
            found.extend(gaming_of(document, &paths, (aim, wanted), *measure, reward));
        }
    }
    found.sort_by_key(|gaming| (gaming.harm.len(), gaming.measure));
    found.truncate(MOST_GAMED);
    found
}

/// Which way a measure would be rewarded for the sake of an aim: 1 or -1; `None` where it has no
/// certain effect on it.
fn reward(paths: &SignedPaths, measure: Id, aim: Id, wanted: i8) -> Option<i8> {
    if measure == aim {
        return Some(wanted);
    }
    match (
        paths.shortest(measure, aim, 1, &[]),
        paths.shortest(measure, aim, -1, &[]),
    ) {
        (Some(_), None) => Some(wanted),
        (None, Some(_)) => Some(-wanted),
        _ => None,
    }
}

/// The shortest path to game a measure.
fn gaming_of(
    document: &Document,
    paths: &SignedPaths,
    (aim, wanted): (Id, i8),
    measure: Id,
    reward: i8,
) -> Option<Gaming> {
    let into = document.edges_of(measure).filter_map(|id| {
        let link = document.links().get(&id)?;
        let is_cause = link.to == measure && link.from != measure && link.from != aim;
        let sign = match link.polarity {
            Polarity::Positive => 1,
            Polarity::Negative => -1,
            Polarity::Unknown => return None,
        };
        is_cause.then_some((id, link.from, sign))
    });
    let mut best: Option<Gaming> = None;
    for (link, lever, sign) in into {
        let moved = reward * sign;
        // Past the measure; where it is the aim itself, by another path than the direct link.
        let barred = if measure == aim { link } else { measure };
        let Some(SignedPath { links, delay }) =
            paths.shortest(lever, aim, -wanted * moved, &[barred])
        else {
            continue;
        };
        if best
            .as_ref()
            .is_none_or(|best| links.len() < best.harm.len())
        {
            best = Some(Gaming {
                measure,
                reward: if reward > 0 { Aim::Rise } else { Aim::Fall },
                lever,
                link,
                aim,
                harm: links,
                delay,
            });
        }
    }
    best
}

impl Gaming {
    /// What would happen, in one or two sentences.
    #[must_use]
    pub fn sentence(&self, document: &Document) -> String {
        let name = |id: Id| {
            let variable = document.variables().get(&id);
            in_sentence(variable.map_or("", |variable| &variable.name))
        };
        let is_raised = document.links().get(&self.link).is_some_and(|link| {
            (link.polarity == Polarity::Positive) == (self.reward == Aim::Rise)
        });
        let way = |rises: bool| if rises { "up" } else { "down" };
        let (wanted, moved) = (way(self.reward == Aim::Rise), way(is_raised));
        let later = if self.delay == Delay::Delayed {
            "later "
        } else {
            ""
        };
        let harm = match aim_of(document, self.aim) {
            Some(Aim::Fall) => "raises",
            _ => "lowers",
        };
        if self.measure == self.aim {
            return format!(
                "“{}” {moved} → “{}” {wanted} at once, but another path {later}{harm} it.",
                name(self.lever),
                name(self.measure)
            );
        }
        format!(
            "Whoever is rewarded for “{}” {wanted} can get there with “{}” {moved}, which {later}{harm} \
             “{}”.",
            name(self.measure),
            name(self.lever),
            name(self.aim)
        )
    }
}
