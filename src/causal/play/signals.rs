//! The signals of a play: which link carries what, and in which round.

use super::super::diagram::DiagramGraph;
use super::super::trace::product;
use crate::model::{Delay, Id, Polarity};

/// How a variable is pushed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Push {
    /// Up.
    #[default]
    Up,
    /// Down.
    Down,
}

impl Push {
    /// The sign of the change it makes.
    #[must_use]
    pub const fn sign(self) -> Polarity {
        match self {
            Self::Up => Polarity::Positive,
            Self::Down => Polarity::Negative,
        }
    }
}

/// A change that arrives over a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The link.
    pub link: Id,
    /// The variable at which it arrives.
    pub variable: Id,
    /// The round in which it arrives; the push itself is round 0.
    pub round: u32,
    /// A rise, a fall, or unknown.
    pub sign: Polarity,
    /// What it finds there.
    pub meeting: Meeting,
}

/// What a signal finds where it arrives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meeting {
    /// Nothing has come here before: it goes on.
    First,
    /// Something has come here, with another sign: it goes on beside that.
    Opposes,
    /// The same has come here before, and went on.
    Again,
    /// It comes back to a variable it came through, with the sign it had there: the loop amplifies.
    Amplifies,
    /// It comes back with the other sign: the loop answers.
    Answers,
    /// It comes back, and a sign on its way is unknown.
    Returns,
}

/// How a change of one sign has come to a variable.
#[derive(Clone, Copy, Debug)]
enum Arrival {
    /// The variable was pushed.
    Push,
    /// From the variable and sign of this state.
    From(usize),
}

/// All signals of a push, by round, and in a round by the order of the links.
///
/// The search is by rounds over pairs of a variable and a sign, so that each link carries each sign
/// once. A signal that comes back to a variable on its own way closes a loop, and ends.
pub(super) fn signals(diagram: &DiagramGraph, pushed: usize, push: Push) -> Vec<Signal> {
    let links = diagram.graph.links();
    let mut leaving = vec![Vec::new(); diagram.variables.len()];
    for (number, link) in links.iter().enumerate() {
        leaving[link.from as usize].push(number);
    }
    let state = |variable: usize, sign: Polarity| 3 * variable + sign as usize;
    let mut arrivals: Vec<Option<Arrival>> = vec![None; 3 * diagram.variables.len()];
    let mut reached = vec![false; diagram.variables.len()];
    let start = state(pushed, push.sign());
    arrivals[start] = Some(Arrival::Push);
    reached[pushed] = true;
    // What is on its way, by the round in which it arrives: the state it left, and the link.
    let mut travelling: Vec<Vec<(usize, Polarity, usize)>> = Vec::new();
    let mut signals = Vec::new();
    let leave = |travelling: &mut Vec<Vec<_>>, from: usize, sign: Polarity, round: u32| {
        for &number in &leaving[from] {
            let arrives = (round + rounds_of(links[number].delay)) as usize;
            if travelling.len() <= arrives {
                travelling.resize_with(arrives + 1, Vec::new);
            }
            travelling[arrives].push((from, sign, number));
        }
    };
    leave(&mut travelling, pushed, push.sign(), 0);
    let mut round = 0;
    while (round as usize) < travelling.len() {
        let mut arriving = std::mem::take(&mut travelling[round as usize]);
        arriving.sort_by_key(|(_, sign, number)| (*number, *sign as usize));
        for (from, before, number) in arriving {
            let link = links[number];
            let (to, sign) = (link.to as usize, product(before, link.polarity));
            let here = state(to, sign);
            let passed = passed(&arrivals, state(from, before), to);
            let meeting = match passed {
                Some(Polarity::Unknown) => Meeting::Returns,
                Some(_) if sign == Polarity::Unknown => Meeting::Returns,
                Some(then) if then == sign => Meeting::Amplifies,
                Some(_) => Meeting::Answers,
                None if arrivals[here].is_some() => Meeting::Again,
                None if reached[to] => Meeting::Opposes,
                None => Meeting::First,
            };
            if matches!(meeting, Meeting::First | Meeting::Opposes) {
                reached[to] = true;
                arrivals[here] = Some(Arrival::From(state(from, before)));
                leave(&mut travelling, to, sign, round);
            }
            signals.push(Signal {
                link: diagram.links[number],
                variable: diagram.variables[to],
                round,
                sign,
                meeting,
            });
        }
        round += 1;
    }
    signals
}

/// How many rounds a link takes.
pub(super) const fn rounds_of(delay: Delay) -> u32 {
    match delay {
        Delay::None => 1,
        Delay::Delayed => 2,
    }
}

/// The signs of all ways that lead to each variable without coming back to the pushed one. A way may
/// pass other variables twice, so that these are all signs of paths, and perhaps more.
pub(super) fn signs(diagram: &DiagramGraph, pushed: usize, push: Push) -> Vec<[bool; 3]> {
    let links = diagram.graph.links();
    let mut leaving = vec![Vec::new(); diagram.variables.len()];
    for link in links {
        leaving[link.from as usize].push(link);
    }
    let mut signs = vec![[false; 3]; diagram.variables.len()];
    let mut open = vec![(pushed, push.sign())];
    while let Some((from, before)) = open.pop() {
        for link in &leaving[from] {
            let (to, sign) = (link.to as usize, product(before, link.polarity));
            if to != pushed && !std::mem::replace(&mut signs[to][sign as usize], true) {
                open.push((to, sign));
            }
        }
    }
    signs
}

/// The sign with which a variable was passed on the way to a state, if it was.
fn passed(arrivals: &[Option<Arrival>], state: usize, variable: usize) -> Option<Polarity> {
    let mut at = Some(state);
    while let Some(state) = at {
        if state / 3 == variable {
            let signs = [Polarity::Positive, Polarity::Negative, Polarity::Unknown];
            return signs.into_iter().find(|sign| *sign as usize == state % 3);
        }
        at = match arrivals[state] {
            Some(Arrival::From(before)) => Some(before),
            Some(Arrival::Push) | None => None,
        };
    }
    None
}
