//! The search of a document for all archetypes, a budget at a time.

use super::found::{Found, Gap, Strength};
use super::kept::{Kept, MOST_MATCHES, MOST_NEAR};
use super::matched::{ArchetypeMatch, Cast, Share};
use super::missing::{Cause, Missing};
use super::plan::{Lack, Opening, Plan};
use super::reach::Reach;
use super::shape::{Archetype, Form};
use super::table::ARCHETYPES;
use super::walk::{Ground, Halt, LONGEST, Walk};
use super::web::{NONE, Web};
use crate::causal::{Completeness, Progress};
use crate::model::{Delay, Document, Id, Polarity};

/// The bounds on the links of a tie with which near matches are looked for in turn.
const NEAR_LENGTHS: [u8; 3] = [1, 2, LONGEST];

/// A search of one state of a document for structures that are consistent with an archetype.
///
/// A tie of an archetype may be a path of up to four links (a loop on one role: up to eight). All
/// archetypes are looked for with ties of one link first, then of two, and so on, so that what is
/// found first is short, and a search that is cut off knows how far it came. Near matches come
/// last: they count only if there is no full match between the same variables.
#[derive(Clone, Debug)]
pub struct ArchetypeSearch {
    web: Web,
    reach: Reach,
    kept: Vec<Kept>,
    /// What is left to do, the next last.
    tasks: Vec<Task>,
    walk: Option<Walk>,
    /// Some archetype has more matches than are kept.
    saturated: bool,
    near: Near,
}

/// Which near matches are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Near {
    /// None: the search takes a tenth of the time.
    None,
    /// Those of which enough is there: a mark is missing, or a link at a variable that is plainly
    /// unfinished, or a link in a structure of which two loops are there.
    Strong,
    /// Any that lack one tie, one polarity or one delay. There are many in every diagram.
    All,
}

/// One form of one archetype, looked for with what it may lack, and ties of so many links.
#[derive(Clone, Copy, Debug)]
struct Task {
    archetype: usize,
    form: &'static Form,
    lack: Lack,
    longest: u8,
}

/// What is known of the archetypes of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct ArchetypeReport {
    /// Full matches: the archetypes with the most ties first, of each the shortest first.
    pub matches: Vec<ArchetypeMatch>,
    /// How many more full matches were found.
    pub more_matches: usize,
    /// Near matches, in the same order.
    pub near: Vec<ArchetypeMatch>,
    /// How many more near matches were found.
    pub more_near: usize,
    /// Whether these are all (`Exact`), the search goes on (`SoFar`), or the search for some
    /// archetype has stopped because there were too many (`Saturated`).
    pub completeness: Completeness,
    /// Every full match whose ties have up to so many links was looked for: 0 to 4.
    pub searched_links: u8,
}

/// How many matches a report lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReportLimits {
    /// Full matches of each archetype.
    pub matches: usize,
    /// Near matches of each archetype.
    pub near: usize,
    /// Near matches of all archetypes.
    pub all_near: usize,
}

impl Default for ReportLimits {
    fn default() -> Self {
        Self {
            matches: 20,
            near: 3,
            all_near: 12,
        }
    }
}

impl ArchetypeSearch {
    /// A search at its start. It copies what it needs of the document.
    #[must_use]
    pub fn new(document: &Document, near: Near) -> Self {
        let mut tasks = Vec::new();
        for longest in 1..=LONGEST {
            add_tasks(&mut tasks, longest, |_| vec![Lack::Nothing]);
        }
        if near != Near::None {
            for longest in NEAR_LENGTHS {
                add_tasks(&mut tasks, longest, lacks);
            }
        }
        tasks.reverse();
        Self {
            web: Web::new(document),
            reach: Reach::default(),
            kept: vec![Kept::default(); ARCHETYPES.len()],
            tasks,
            walk: None,
            saturated: false,
            near,
        }
    }

    /// Searches on for about `budget` visits of a link.
    pub fn advance(&mut self, mut budget: u64) -> Progress {
        while let Some(&task) = self.tasks.last() {
            let archetype = ARCHETYPES[task.archetype];
            let kept = &mut self.kept[task.archetype];
            let is_full = match task.lack {
                Lack::Nothing => kept.matches.len() >= MOST_MATCHES,
                Lack::Mark | Lack::Link(..) => kept.near.len() >= MOST_NEAR,
            };
            self.saturated |= is_full;
            if budget == 0 {
                return Progress::Unfinished;
            }
            let plan = || Plan::new(task.form, task.lack).filter(|_| !is_full);
            let (web, roles) = (&self.web, archetype.roles.len());
            let walk = self.walk.take().filter(|_| !is_full);
            let walk = walk.or_else(|| Some(Walk::new(plan()?, roles, task.longest, web)));
            let Some(walk) = walk else {
                self.drop_task();
                continue;
            };
            let walk = self.walk.insert(walk);
            let mut ground = Ground {
                roles: archetype.roles,
                web,
                reach: &mut self.reach,
                budget: &mut budget,
            };
            match walk.advance(&mut ground) {
                Halt::Spent => {}
                Halt::Found(found) => {
                    if self.near == Near::All || found.strength() == Strength::Strong {
                        budget = budget.saturating_sub(kept.cost());
                        kept.put(found);
                    }
                }
                Halt::Finished => self.drop_task(),
            }
        }
        Progress::Finished
    }

    fn drop_task(&mut self) {
        self.tasks.pop();
        self.walk = None;
    }

    /// Whether everything was looked for.
    #[must_use]
    pub const fn progress(&self) -> Progress {
        if self.tasks.is_empty() {
            Progress::Finished
        } else {
            Progress::Unfinished
        }
    }

    /// What was found so far.
    #[must_use]
    pub fn report(&self, limits: ReportLimits) -> ArchetypeReport {
        let mut order: Vec<usize> = (0..ARCHETYPES.len()).collect();
        order.sort_by_key(|position| usize::MAX - ties(ARCHETYPES[*position]));
        let (mut matches, mut near) = (Vec::new(), Vec::new());
        let (mut all_matches, mut all_near) = (0, 0);
        for position in order {
            let (archetype, kept) = (ARCHETYPES[position], &self.kept[position]);
            all_matches += kept.matches.len();
            all_near += kept.near.len();
            let listed = Kept::sorted(&kept.matches).into_iter();
            let listed = listed.take(limits.matches);
            matches.extend(listed.map(|found| self.archetype_match(archetype, found)));
            let listed = Kept::sorted(&kept.near).into_iter().take(limits.near);
            near.extend(listed.map(|found| self.archetype_match(archetype, found)));
        }
        near.truncate(limits.all_near);
        let next = self.tasks.last();
        ArchetypeReport {
            more_matches: all_matches - matches.len(),
            matches,
            more_near: all_near - near.len(),
            near,
            completeness: match self.progress() {
                Progress::Unfinished => Completeness::SoFar,
                Progress::Finished if self.saturated => Completeness::Saturated,
                Progress::Finished => Completeness::Exact,
            },
            searched_links: match next {
                Some(task) if task.lack == Lack::Nothing => task.longest - 1,
                _ => LONGEST,
            },
        }
    }

    /// A match with ids instead of numbers.
    fn archetype_match(&self, archetype: &'static Archetype, found: &Found) -> ArchetypeMatch {
        let variable = |number: u32| self.web.variables[number as usize];
        let link = |number: u32| self.web.links[number as usize];
        let parts = found.parts.iter();
        let roles = parts.map(|part| Cast {
            role: &archetype.roles[part.role],
            variable: variable(part.variable),
            share: if part.less { Share::Less } else { Share::More },
        });
        let missing = found.gap.map(|gap| match gap {
            Gap::Link {
                tie,
                from,
                to,
                negative,
                delayed,
            } => Missing::Link {
                from: match from {
                    NONE => Cause::New(&archetype.roles[found.form.ties[tie].from]),
                    from => Cause::Variable(variable(from)),
                },
                to: variable(to),
                polarity: sign(negative),
                delay: if delayed { Delay::Delayed } else { Delay::None },
            },
            Gap::Polarity {
                link: number,
                negative,
            } => Missing::Polarity {
                link: link(number),
                polarity: sign(negative),
            },
            Gap::Delay { link: number } => Missing::Delay { link: link(number) },
        });
        let links: Vec<Id> = found.links.iter().map(|number| link(*number)).collect();
        ArchetypeMatch {
            archetype,
            roles: roles.collect(),
            links,
            missing,
        }
    }
}

fn sign(negative: bool) -> Polarity {
    if negative {
        Polarity::Negative
    } else {
        Polarity::Positive
    }
}

/// How much structure an archetype has.
fn ties(archetype: &Archetype) -> usize {
    let forms = archetype.forms.iter();
    forms.map(|form| form.ties.len()).max().unwrap_or(0)
}

fn add_tasks(tasks: &mut Vec<Task>, longest: u8, lacks: impl Fn(&'static Form) -> Vec<Lack>) {
    for (position, archetype) in ARCHETYPES.iter().enumerate() {
        for form in archetype.forms {
            tasks.extend(lacks(form).into_iter().map(|lack| Task {
                archetype: position,
                form,
                lack,
                longest,
            }));
        }
    }
}

/// All that a near match of a form may lack.
fn lacks(form: &'static Form) -> Vec<Lack> {
    let mut lacks = vec![Lack::Mark];
    for tie in 0..form.ties.len() {
        for opening in [Opening::End, Opening::Start, Opening::Whole] {
            lacks.push(Lack::Link(tie, opening));
        }
    }
    lacks
}
