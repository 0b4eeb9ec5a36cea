//! A match in numbers, and which of two is the better reading of the same structure.

use std::cmp::Ordering;

use super::plan::loops_without;
use super::shape::{Effect, Form, Position};
use super::web::{NONE, Web};
use crate::model::Delay;

/// The links of one tie in the order of travel.
#[derive(Clone, Debug, Default)]
pub(super) struct TiePath {
    pub(super) links: Vec<u32>,
    /// The variables on the path, without those of its roles at the ends.
    pub(super) inner: Vec<u32>,
    /// The net sign.
    pub(super) negative: bool,
}

/// What a match lacks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// A link of the tie at this position.
    Link {
        tie: usize,
        /// None for a variable that is not there yet.
        from: u32,
        to: u32,
        negative: bool,
        delayed: bool,
    },
    /// The polarity of a link.
    Polarity { link: u32, negative: bool },
    /// The delay mark of a link.
    Delay { link: u32 },
}

/// How much a near match says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// Enough to be shown.
    Strong,
    /// Little: many diagrams have as much of the structure by chance.
    Weak,
}

/// A variable in its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Part {
    pub(super) role: usize,
    pub(super) variable: u32,
    /// It is less of it that plays the role.
    pub(super) less: bool,
}

/// A match in numbers.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) form: &'static Form,
    /// Who plays what, by role.
    pub(super) parts: Vec<Part>,
    /// The variables of roles between ties, without those on the path of one, in rising order.
    hubs: Vec<u32>,
    /// The same by role; none for a role on the path, or one that nobody plays.
    cast: Vec<u32>,
    /// All variables, in roles or on the path, in rising order.
    variables: Vec<u32>,
    /// All links, in rising order.
    pub(super) links: Vec<u32>,
    pub(super) gap: Option<Gap>,
    /// The missing link would start at a variable that affects nothing yet, or lead to one that
    /// nothing affects yet.
    joins_unfinished: bool,
    /// How roundabout it is.
    cost: [usize; 3],
}

impl Found {
    pub(super) fn new(
        form: &'static Form,
        cast: &[u32],
        less: &[bool],
        paths: &[TiePath],
        gap: Option<Gap>,
        web: &Web,
    ) -> Self {
        let mut parts = Vec::new();
        for (role, &variable) in cast.iter().enumerate() {
            if variable != NONE {
                let less = less[role];
                parts.push(Part {
                    role,
                    variable,
                    less,
                });
            }
        }
        let mut hubs: Vec<u32> = parts.iter().map(|part| part.variable).collect();
        hubs.sort_unstable();
        for (tie, path) in form.ties.iter().zip(paths) {
            let Some(through) = tie.through else {
                continue;
            };
            let position = match through.position {
                Position::First => 0,
                Position::Last => path.inner.len().saturating_sub(1),
            };
            if let Some(&variable) = path.inner.get(position) {
                // How it stands when the cause acts; behind it, what is left of the net effect.
                let start = less[tie.from];
                let prefix = match through.position {
                    Position::First => start ^ is_negative(path.links.first(), web),
                    Position::Last => {
                        let net = (tie.effect == Effect::Lowers) ^ less[tie.to];
                        net ^ is_negative(path.links.last(), web)
                    }
                };
                parts.push(Part {
                    role: through.role,
                    variable,
                    less: prefix,
                });
            }
        }
        parts.sort_unstable();
        let inner = paths.iter().flat_map(|path| path.inner.iter().copied());
        let mut variables: Vec<u32> = hubs.iter().copied().chain(inner).collect();
        variables.sort_unstable();
        let mut links: Vec<u32> = paths.iter().flat_map(|path| path.links.clone()).collect();
        links.sort_unstable();
        let squares = paths.iter().map(|path| path.links.len() * path.links.len());
        let late = form.delays.iter().copied().flatten().filter(|tie| {
            let last = paths[**tie].links.last();
            last.is_some_and(|link| web.strands[*link as usize].delay == Delay::None)
        });
        let joins_unfinished = match gap {
            Some(Gap::Link { from, to, .. }) => {
                from == NONE || web.onwards(from).is_empty() || web.back(to).is_empty()
            }
            _ => false,
        };
        Self {
            form,
            joins_unfinished,
            cost: [links.len(), squares.sum(), late.count()],
            parts,
            hubs,
            cast: cast.to_vec(),
            variables,
            links,
            gap,
        }
    }

    /// The better of two is the shorter one. Of two of the same length the better has its roles
    /// in the middle between each other, then its delays where its ties arrive, then whatever
    /// comes first.
    pub(super) fn order(&self, other: &Self) -> Ordering {
        self.lack_rank()
            .cmp(&other.lack_rank())
            .then_with(|| self.cost.cmp(&other.cost))
            .then_with(|| self.parts.cmp(&other.parts))
            .then_with(|| self.links.cmp(&other.links))
    }

    /// What is nearer to a full match: a mark that is missing, then a link that something plainly
    /// waits for, then any link.
    fn lack_rank(&self) -> u8 {
        match self.gap {
            None => 0,
            Some(Gap::Polarity { .. }) => 1,
            Some(Gap::Delay { .. }) => 2,
            Some(Gap::Link { .. }) if self.joins_unfinished => 3,
            Some(Gap::Link { .. }) => 4,
        }
    }

    /// How much it says as a near match. Missing marks are strong. A missing link is so if it would
    /// start at a variable that affects nothing yet, or lead to one that nothing affects yet, or
    /// if two loops of the archetype are there without it and no tie is roundabout. What is only
    /// one loop is weak in any case.
    pub(super) fn strength(&self) -> Strength {
        let Some(gap) = self.gap else {
            return Strength::Strong;
        };
        let is_strong = match gap {
            _ if self.form.ties.len() == 1 => false,
            Gap::Polarity { .. } | Gap::Delay { .. } => true,
            Gap::Link { tie, .. } => {
                let parts = self.form.ties.iter();
                let parts: usize = parts.map(|tie| 1 + usize::from(tie.needs_through())).sum();
                let is_direct = self.links.len() <= parts;
                self.joins_unfinished || is_direct && loops_without(self.form, tie) >= 2
            }
        };
        if is_strong {
            Strength::Strong
        } else {
            Strength::Weak
        }
    }

    /// All variables in roles of this one are in the other too, in a role or on the path: the other
    /// is this one, or a longer path round the same.
    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.parts
            .iter()
            .all(|part| other.variables.binary_search(&part.variable).is_ok())
    }

    /// Both are between the same variables, whatever is on the path.
    pub(super) fn has_ends_of(&self, other: &Self) -> bool {
        self.hubs.len() > 1 && self.hubs == other.hubs
    }

    /// The same, in the same roles.
    pub(super) fn has_roles_of(&self, other: &Self) -> bool {
        self.has_ends_of(other) && self.cast == other.cast && self.form == other.form
    }
}

fn is_negative(link: Option<&u32>, web: &Web) -> bool {
    use crate::model::Polarity::Negative;
    link.is_some_and(|link| web.strands[*link as usize].polarity == Negative)
}
