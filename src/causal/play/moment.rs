//! A moment of a play: how far signals are on their links, and how each variable stands.

use super::outcome::{Outcome, Play};
use super::signals::Signal;
use crate::model::{Polarity, Records};

/// A moment of a play.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moment {
    /// The last round that is over; 0 when the variable has just been pushed.
    pub round: u32,
    /// How much of the next round has passed, from 0 to less than 1.
    pub share: f64,
}

/// A signal on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Travelling<'a> {
    /// The signal.
    pub signal: &'a Signal,
    /// How much of its way is behind it, 0 to 1.
    pub along: f64,
}

/// How a variable stands in a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was pushed: a rise or a fall.
    Pushed(Polarity),
    /// A rise has come to it; after the last round, nothing else can.
    Rises,
    /// A fall has come to it; after the last round, nothing else can.
    Falls,
    /// A rise and a fall have come to it, and signs alone do not say which wins.
    Depends,
    /// A change has come over a link of unknown sign, and nothing speaks against its other changes.
    Unknown,
    /// The play is over, there were too many paths to look at all, and those that were have this sign.
    SoFar(Polarity),
    /// The play is over, and no path leads there.
    Unreached,
}

impl Standing {
    /// How a variable stands to which changes of these signs have come.
    fn of(signs: [bool; 3]) -> Self {
        let has = |sign: Polarity| signs[sign as usize];
        match (has(Polarity::Positive), has(Polarity::Negative)) {
            (true, true) => Self::Depends,
            _ if has(Polarity::Unknown) => Self::Unknown,
            (true, false) => Self::Rises,
            (false, true) => Self::Falls,
            (false, false) => Self::Unreached,
        }
    }
}

impl Play {
    /// The signals that are on their way at a moment: each takes the rounds of its link from end to
    /// end, and none is on its way at the moment at which it leaves or arrives.
    pub fn travelling(&self, moment: Moment) -> impl Iterator<Item = Travelling<'_>> {
        let now = f64::from(moment.round) + moment.share;
        self.signals().iter().filter_map(move |signal| {
            let (left, arrives) = (f64::from(signal.left), f64::from(signal.round));
            (left < now && now < arrives).then(|| Travelling {
                signal,
                along: (now - left) / (arrives - left),
            })
        })
    }

    /// The signals that arrive in a round.
    #[must_use]
    pub fn arriving(&self, round: u32) -> &[Signal] {
        let signals = self.signals();
        let from = signals.partition_point(|signal| signal.round < round);
        let to = signals.partition_point(|signal| signal.round <= round);
        signals.get(from..to).unwrap_or_default()
    }

    /// How the variables stand when a round is over. Before the end, those to which nothing has come
    /// are left out: something may still come. After the last round it is how they end.
    #[must_use]
    pub fn standings(&self, round: u32) -> Records<Standing> {
        let mut signs: Records<[bool; 3]> = Records::new();
        let come = self.signals().iter();
        let come = come.take_while(|signal| signal.round <= round);
        // What comes back to a variable on its own way says nothing new of it.
        for signal in come.filter(|signal| !signal.meeting.closes()) {
            signs.entry(signal.variable).or_default()[signal.sign as usize] = true;
        }
        let mut standings: Records<Standing> = signs
            .into_iter()
            .map(|(id, signs)| (id, Standing::of(signs)))
            .collect();
        if round >= self.rounds() {
            let ends = self.outcomes().iter();
            standings.extend(ends.map(|(id, outcome)| (*id, self.end_of(outcome))));
        }
        standings.insert(self.pushed(), Standing::Pushed(self.push().sign()));
        standings
    }

    fn end_of(&self, outcome: &Outcome) -> Standing {
        match outcome {
            Outcome::Pushed => Standing::Pushed(self.push().sign()),
            Outcome::Unreached => Standing::Unreached,
            Outcome::Rises => Standing::Rises,
            Outcome::Falls => Standing::Falls,
            Outcome::Depends { .. } => Standing::Depends,
            Outcome::Unsigned { .. } => Standing::Unknown,
            Outcome::SoFar(sign) => Standing::SoFar(*sign),
        }
    }
}
