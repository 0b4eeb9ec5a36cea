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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signal {
    /// The link.
    pub link: Id,
    /// The variable from which it comes.
    pub cause: Id,
    /// The variable at which it arrives.
    pub variable: Id,
    /// The round in which it left the cause.
    pub left: u32,
    /// The round in which it arrives; the push itself is round 0.
    pub round: u32,
    /// A rise, a fall, or unknown.
    pub sign: Polarity,
    /// What it finds there.
    pub meeting: Meeting,
    /// The links of the loop that it closes, in the order of travel; none if it closes no loop.
    pub circuit: Vec<Id>,
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

impl Meeting {
    /// Whether the signal has closed a loop, and ends.
    #[must_use]
    pub const fn closes(self) -> bool {
        match self {
            Self::Amplifies | Self::Answers | Self::Returns => true,
            Self::First | Self::Opposes | Self::Again => false,
        }
    }
}

/// How a change of one sign has come to a variable.
#[derive(Clone, Copy, Debug)]
enum Arrival {
    /// The variable was pushed.
    Push,
    /// From the variable and sign of this state, over the link of this number.
    From(usize, usize),
}

/// The way on which a change has come from a variable that it now comes back to.
struct Circuit {
    /// The sign with which the variable was passed.
    sign: Polarity,
    /// The numbers of the links, the last one first.
    links: Vec<usize>,
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
            let closed = closed(&arrivals, state(from, before), to);
            let meeting = match &closed {
                Some(_) if sign == Polarity::Unknown => Meeting::Returns,
                Some(circuit) if circuit.sign == sign => Meeting::Amplifies,
                Some(_) => Meeting::Answers,
                None if arrivals[here].is_some() => Meeting::Again,
                None if reached[to] => Meeting::Opposes,
                None => Meeting::First,
            };
            if matches!(meeting, Meeting::First | Meeting::Opposes) {
                reached[to] = true;
                arrivals[here] = Some(Arrival::From(state(from, before), number));
                leave(&mut travelling, to, sign, round);
            }
            let circuit = closed.map(|closed| {
                let links = closed.links.iter().rev().chain([&number]);
                links.map(|number| diagram.links[*number]).collect()
            });
            signals.push(Signal {
                link: diagram.links[number],
                cause: diagram.variables[from],
                variable: diagram.variables[to],
                left: round - rounds_of(link.delay),
                round,
                sign,
                meeting,
                circuit: circuit.unwrap_or_default(),
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

/// The way from a variable to a state, if the change came through it.
fn closed(arrivals: &[Option<Arrival>], state: usize, variable: usize) -> Option<Circuit> {
    let mut links = Vec::new();
    let mut at = state;
    while at / 3 != variable {
        match arrivals[at] {
            Some(Arrival::From(before, link)) => {
                links.push(link);
                at = before;
            }
            Some(Arrival::Push) | None => return None,
        }
    }
    let signs = [Polarity::Positive, Polarity::Negative, Polarity::Unknown];
    let sign = signs.into_iter().find(|sign| *sign as usize == at % 3)?;
    Some(Circuit { sign, links })
}
