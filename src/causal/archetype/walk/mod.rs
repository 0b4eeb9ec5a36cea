//! The search for one form in one way: backtracking over links, halted and resumed at will.

mod ground;
mod lacking;

use crate::causal::archetype::found::Found;
use crate::causal::archetype::plan::{Course, Lack, Plan, Step};
use crate::causal::archetype::shape::{Effect, Span, Tie};
use crate::causal::archetype::web::{NONE, Web};
use crate::model::{Delay, Polarity};

pub(in crate::causal::archetype) use ground::Ground;

/// The most links of a tie. A tie that leads back to its own role may have twice as many.
pub(in crate::causal::archetype) const LONGEST: u8 = 4;

/// Why the walk halted.
pub(in crate::causal::archetype) enum Halt {
    /// The budget is spent.
    Spent,
    /// Here is a match; there may be more.
    Found(Found),
    /// There are no more.
    Finished,
}

/// What is left to be tried at a frame.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// To end the tie here, the role played by more of the variable.
    EndMore,
    /// To end the tie here, the role played by less of it.
    EndLess,
    /// To go on along the next link.
    GoOn,
}

/// One variable on the path of one tie.
#[derive(Clone, Copy, Debug)]
struct Frame {
    step: usize,
    variable: u32,
    /// The link that led here; none at the start of the path.
    link: u32,
    /// The next arc to try.
    cursor: usize,
    depth: u8,
    /// The net sign of the path so far, and whether a link of it is delayed.
    negative: bool,
    delayed: bool,
    /// The link of unknown sign on the path so far.
    unknown: u32,
    turn: Turn,
    /// The tie ends here for now: the frames above are of later ties.
    ended: bool,
}

/// A search for a plan's matches with ties of at most so many links.
#[derive(Clone, Debug)]
pub(in crate::causal::archetype) struct Walk {
    plan: Plan,
    longest: u8,
    next_root: u32,
    /// The variable of each role that is known, and whether it is less of it that plays.
    cast: Vec<u32>,
    less: Vec<bool>,
    /// The variables in use, as roles or on the path.
    used: Vec<bool>,
    /// Of each tie that is found, whether it is delayed.
    delayed: Vec<Option<bool>>,
    /// The link whose polarity is missing.
    unknown: u32,
    frames: Vec<Frame>,
}

impl Walk {
    pub(in crate::causal::archetype) fn new(
        plan: Plan,
        roles: usize,
        longest: u8,
        web: &Web,
    ) -> Self {
        Self {
            longest,
            next_root: 0,
            cast: vec![NONE; roles],
            less: vec![false; roles],
            used: vec![false; web.variables.len()],
            delayed: vec![None; plan.form.ties.len()],
            unknown: NONE,
            frames: Vec::new(),
            plan,
        }
    }

    /// Searches on until a match, the end, or the end of the budget in visits of a link.
    pub(in crate::causal::archetype) fn advance(&mut self, ground: &mut Ground<'_>) -> Halt {
        while *ground.budget > 0 {
            *ground.budget -= 1;
            let Some(top) = self.frames.last_mut() else {
                if self.begin_root(ground) {
                    continue;
                }
                return Halt::Finished;
            };
            if top.ended {
                self.reopen();
                continue;
            }
            let turn = top.turn;
            match turn {
                Turn::EndMore => top.turn = Turn::EndLess,
                Turn::EndLess => top.turn = Turn::GoOn,
                Turn::GoOn => {
                    self.go_on(ground);
                    continue;
                }
            }
            if self.end(ground, turn) {
                if let Some(step) = self.plan.steps.get(self.step()) {
                    let start = self.start_of(*step);
                    self.begin_step(start);
                } else if let Some(found) = self.found(ground.web) {
                    return Halt::Found(found);
                }
            }
        }
        Halt::Spent
    }

    /// The position of the step that comes next.
    fn step(&self) -> usize {
        let top = self.frames.last();
        top.map_or(0, |frame| frame.step + usize::from(frame.ended))
    }

    fn tie(&self, step: Step) -> Tie {
        self.plan.form.ties[step.tie]
    }

    /// The variable that the path of a step starts at.
    fn start_of(&self, step: Step) -> u32 {
        let tie = self.tie(step);
        let role = match step.course {
            Course::Joining | Course::Onwards | Course::ToDeadEnd => tie.from,
            Course::Backwards | Course::ToDriver => tie.to,
        };
        self.cast[role]
    }

    /// Takes the next variable, or the same one faced the other way, for the first role.
    fn begin_root(&mut self, ground: &Ground<'_>) -> bool {
        let role = self.plan.root;
        let standing = self.cast[role];
        if standing != NONE && ground.may_face(role) && !self.less[role] {
            self.less[role] = true;
            self.begin_step(standing);
            return true;
        }
        if standing != NONE {
            self.used[standing as usize] = false;
        }
        self.cast[role] = NONE;
        self.less[role] = false;
        let root = self.next_root;
        if root as usize >= ground.web.variables.len() {
            return false;
        }
        self.next_root += 1;
        self.cast[role] = root;
        self.used[root as usize] = true;
        self.begin_step(root);
        true
    }

    fn begin_step(&mut self, variable: u32) {
        let step = self.step();
        self.frames.push(Frame {
            step,
            variable,
            link: NONE,
            cursor: 0,
            depth: 0,
            negative: false,
            delayed: false,
            unknown: NONE,
            turn: Turn::GoOn,
            ended: false,
        });
    }

    /// The most links of the path of a step.
    fn longest(&self, step: Step) -> u8 {
        let tie = self.tie(step);
        let longest = match (tie.span, tie.is_loop()) {
            (Span::Link, _) => 1,
            (Span::Path, false) => self.longest,
            (Span::Path, true) => 2 * self.longest,
        };
        match step.course {
            Course::Joining | Course::Onwards | Course::Backwards => longest,
            // One link of the tie is missing.
            Course::ToDeadEnd | Course::ToDriver => longest - 1,
        }
    }

    /// Whether the net effect between the ends of a tie is to be negative, as things stand.
    fn is_negative(&self, tie: Tie) -> bool {
        (tie.effect == Effect::Lowers) ^ self.less[tie.from] ^ self.less[tie.to]
    }

    /// Goes on along the next link, or takes the last frame back if there is none.
    fn go_on(&mut self, ground: &mut Ground<'_>) {
        let web = ground.web;
        let Some(frame) = self.frames.last().copied() else {
            return;
        };
        let step = self.plan.steps[frame.step];
        let tie = self.tie(step);
        let target = match step.course {
            Course::Joining => self.cast[tie.to],
            _ => NONE,
        };
        let arrived = frame.depth > 0 && frame.variable == target;
        let longest = self.longest(step);
        let arcs = match step.course {
            Course::Backwards | Course::ToDriver => web.back(frame.variable),
            _ => web.onwards(frame.variable),
        };
        let arc = arcs.get(frame.cursor).copied();
        let arc = arc.filter(|_| !arrived && frame.depth < longest);
        let Some(arc) = arc else {
            self.frames.pop();
            if frame.depth > 0 && !arrived {
                self.used[frame.variable as usize] = false;
            }
            return;
        };
        if let Some(top) = self.frames.last_mut() {
            top.cursor += 1;
        }
        let next = arc.next;
        let component = |variable: u32| web.component[variable as usize];
        if next != target && self.used[next as usize]
            || step.keeps_component && component(next) != component(frame.variable)
        {
            return;
        }
        let strand = web.strands[arc.link as usize];
        let is_unknown = strand.polarity == Polarity::Unknown;
        let may_lack = self.plan.lack == Lack::Mark;
        if is_unknown && !(may_lack && self.unknown == NONE && frame.unknown == NONE) {
            return;
        }
        let pushed = Frame {
            variable: next,
            link: arc.link,
            cursor: 0,
            depth: frame.depth + 1,
            negative: frame.negative ^ (strand.polarity == Polarity::Negative),
            delayed: frame.delayed || strand.delay == Delay::Delayed,
            unknown: if is_unknown { arc.link } else { frame.unknown },
            turn: Turn::EndMore,
            ended: false,
            ..frame
        };
        if target != NONE {
            let left = longest - pushed.depth;
            let lacks = self.is_negative(tie) ^ pushed.negative;
            let nearest = match pushed.unknown {
                NONE => ground.nearest(next, target, lacks),
                _ => {
                    let other = ground.nearest(next, target, !lacks);
                    other.min(ground.nearest(next, target, lacks))
                }
            };
            if nearest > left || next == target && lacks && pushed.unknown == NONE {
                return;
            }
        }
        if next != target {
            self.used[next as usize] = true;
        }
        self.frames.push(pushed);
    }

    /// Ends the tie at the last frame, if it may end there.
    fn end(&mut self, ground: &mut Ground<'_>, turn: Turn) -> bool {
        let web = ground.web;
        let Some(frame) = self.frames.last().copied() else {
            return false;
        };
        let step = self.plan.steps[frame.step];
        let tie = self.tie(step);
        let new_role = match step.course {
            Course::Onwards => Some(tie.to),
            Course::Backwards => Some(tie.from),
            _ => None,
        };
        let may_face = match (new_role, turn) {
            (_, Turn::EndMore) => true,
            (Some(role), _) => ground.may_face(role),
            (None, _) => false,
        };
        let is_complete = match step.course {
            Course::Joining => frame.variable == self.cast[tie.to],
            Course::Onwards | Course::Backwards => true,
            Course::ToDeadEnd => web.onwards(frame.variable).is_empty(),
            Course::ToDriver => web.back(frame.variable).is_empty(),
        };
        let is_open = matches!(step.course, Course::ToDeadEnd | Course::ToDriver);
        let is_long = is_open || !tie.needs_through() || frame.depth > 1;
        if !(may_face && is_complete && is_long) {
            return false;
        }
        if let Some(role) = new_role {
            self.cast[role] = frame.variable;
            self.less[role] = turn == Turn::EndLess;
        }
        self.delayed[step.tie] = Some(frame.delayed);
        if frame.unknown != NONE {
            self.unknown = frame.unknown;
        }
        let is_signed = is_open || frame.unknown != NONE || self.is_negative(tie) == frame.negative;
        if let Some(top) = self.frames.last_mut() {
            top.ended = true;
        }
        if is_signed
            && self.is_in_order()
            && self.may_be_delayed()
            && new_role.is_none_or(|role| self.is_within_reach(role, frame.step, ground))
        {
            return true;
        }
        self.reopen();
        false
    }

    /// Whether the ties that are still to be found between a role and others that are known can
    /// be as short as they must.
    fn is_within_reach(&self, role: usize, done: usize, ground: &mut Ground<'_>) -> bool {
        self.plan.steps[done + 1..].iter().all(|step| {
            let tie = self.tie(*step);
            let (from, to) = (self.cast[tie.from], self.cast[tie.to]);
            let is_between = (tie.from == role) != (tie.to == role) && from != NONE && to != NONE;
            let negative = self.is_negative(tie);
            step.course != Course::Joining
                || !is_between
                || ground.nearest(from, to, negative) <= self.longest(*step)
        })
    }

    /// Takes back that the tie ends at the last frame.
    fn reopen(&mut self) {
        let Some(top) = self.frames.last_mut() else {
            return;
        };
        top.ended = false;
        let frame = *top;
        let step = self.plan.steps[frame.step];
        let tie = self.tie(step);
        let role = match step.course {
            Course::Onwards => Some(tie.to),
            Course::Backwards => Some(tie.from),
            _ => None,
        };
        if let Some(role) = role {
            self.cast[role] = NONE;
            self.less[role] = false;
        }
        self.delayed[step.tie] = None;
        if frame.unknown != NONE {
            self.unknown = NONE;
        }
    }

    /// Of two ways to give the roles of twins, only one is looked at.
    fn is_in_order(&self) -> bool {
        match (self.plan.form.twins, self.plan.lack) {
            (Some((one, other)), Lack::Nothing | Lack::Mark) => {
                let (one, other) = (self.cast[one], self.cast[other]);
                one == NONE || other == NONE || one < other
            }
            _ => true,
        }
    }

    /// No group of ties that must be delayed is sure not to be.
    fn may_be_delayed(&self) -> bool {
        self.plan.lack == Lack::Mark || self.prompt_groups().all(|group| self.has_open(group))
    }

    /// The groups of which no tie that is found is delayed.
    fn prompt_groups(&self) -> impl Iterator<Item = &'static [usize]> + '_ {
        let groups = self.plan.form.delays.iter().copied();
        groups.filter(|group| group.iter().all(|tie| self.delayed[*tie] != Some(true)))
    }

    /// Some tie of a group is not found yet, or is the one with a missing link.
    fn has_open(&self, group: &[usize]) -> bool {
        group.iter().any(|tie| {
            let lacks = matches!(self.plan.lack, Lack::Link(lacking, _) if lacking == *tie);
            lacks || self.delayed[*tie].is_none()
        })
    }
}
