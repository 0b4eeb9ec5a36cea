//! A play in words: what happens in a round, and how the variables end.

use super::moment::Standing;
use super::outcome::{Outcome, Play};
use super::signals::{Meeting, Push, Signal};
use crate::causal::analysis::{LoopReport, story_of, story_sentence};
use crate::causal::trace::Path;
use crate::model::{Document, Id, LoopKey, Polarity};

/// What words of a play are about: the document, and its loops as far as they are known.
#[derive(Clone, Copy, Debug)]
pub struct Account<'a> {
    /// The document.
    pub document: &'a Document,
    /// Its loops, for their codes.
    pub loops: &'a LoopReport,
}

/// How variables end that end alike, or one for which paths are opposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeRow {
    /// How they end.
    pub standing: Standing,
    /// In words, with the names of the variables.
    pub words: String,
    /// The opposing paths, or why it is not known; may be empty.
    pub reasons: Vec<String>,
}

impl Account<'_> {
    fn name(&self, id: Id) -> String {
        let variable = self.document.variables().get(&id);
        variable.map_or_else(String::new, |variable| variable.in_sentence())
    }

    /// The code of a loop by its links, such as "R1"; `None` if it is none of those that have one.
    #[must_use]
    pub fn code_of(&self, circuit: &[Id]) -> Option<String> {
        let key = LoopKey::new(circuit.iter().copied());
        let mut loops = self.loops.loops.iter();
        loops
            .find(|named| named.key == key)
            .map(|named| named.code.clone())
    }

    /// What a rise does along these links, in arrows.
    #[must_use]
    pub fn story(&self, links: &[Id]) -> String {
        let first = links.first().and_then(|id| self.document.links().get(id));
        let first = first.map(|link| link.from);
        story_sentence(self.document, &story_of(self.document, first, links))
    }

    /// A loop by its code, such as "loop R1", or "a loop" where it has none.
    fn loop_name(&self, circuit: &[Id]) -> String {
        match self.code_of(circuit) {
            Some(code) => format!("loop {code}"),
            None => "a loop".to_owned(),
        }
    }
}

impl Push {
    /// The word after the name of what is pushed.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }
}

impl Play {
    /// What was done, such as "Batch size pushed up".
    #[must_use]
    pub fn pushed_words(&self, about: Account<'_>) -> String {
        format!(
            "{} pushed {}",
            about.name(self.pushed()),
            self.push().word()
        )
    }

    /// How long it is, such as "3 rounds follow".
    #[must_use]
    pub fn length_words(&self) -> String {
        match self.rounds() {
            0 => "No link leads on".to_owned(),
            1 => "1 round follows".to_owned(),
            rounds => format!("{rounds} rounds follow"),
        }
    }

    /// How far it is, such as "Round 2 of 5".
    #[must_use]
    pub fn round_words(&self, round: u32) -> String {
        match self.rounds() {
            0 => self.length_words(),
            rounds => format!("Round {round} of {rounds}"),
        }
    }

    /// What arrives in a round, a sentence without its full stop for each signal; where all are still
    /// on their way, that.
    #[must_use]
    pub fn arrivals(&self, about: Account<'_>, round: u32) -> Vec<String> {
        match self.arriving(round) {
            [] => vec!["Nothing arrives yet".to_owned()],
            signals => {
                let signals = signals.iter();
                let words = signals.map(|signal| signal.words(about, self.pushed()));
                words.collect()
            }
        }
    }

    /// A round as it is said to who cannot see the canvas: at most a few of its arrivals.
    #[must_use]
    pub fn spoken_round(&self, about: Account<'_>, round: u32) -> String {
        const MOST: usize = 4;
        let mut arrivals = self.arrivals(about, round);
        let more = arrivals.len().saturating_sub(MOST);
        arrivals.truncate(MOST);
        if more > 0 {
            arrivals.push(format!("And {more} more"));
        }
        format!("Round {round}: {}", arrivals.join(". "))
    }

    /// How the variables end. What is not known yet, before all paths were looked at, is not told.
    #[must_use]
    pub fn ends(&self, about: Account<'_>) -> Vec<OutcomeRow> {
        let alike = |outcome: &Outcome, standing: Standing, label: &str| {
            let outcomes = self.outcomes().iter();
            let ids = outcomes.filter(|(_, one)| *one == outcome);
            let mut names: Vec<String> = ids.map(|(id, _)| about.name(*id)).collect();
            names.sort();
            (!names.is_empty()).then(|| OutcomeRow {
                standing,
                words: format!("{label}: {}", names.join(", ")),
                reasons: Vec::new(),
            })
        };
        let certain = [
            alike(&Outcome::Rises, Standing::Rises, "Rises"),
            alike(&Outcome::Falls, Standing::Falls, "Falls"),
        ];
        let unreached = alike(&Outcome::Unreached, Standing::Unreached, "Not reached");
        let mut rows: Vec<OutcomeRow> = certain.into_iter().flatten().collect();
        rows.extend(self.each_end(about));
        rows.extend(unreached);
        rows
    }

    /// The ends that need a reason each, in the order of the names.
    fn each_end(&self, about: Account<'_>) -> Vec<OutcomeRow> {
        let outcomes = self.outcomes().iter();
        let rows = outcomes.filter_map(|(id, outcome)| self.reasoned(about, *id, outcome));
        let mut rows: Vec<OutcomeRow> = rows.collect();
        rows.sort_by(|one, other| one.words.cmp(&other.words));
        rows
    }

    /// How one variable ends; `None` if that is not known yet, or the push was there.
    #[must_use]
    pub fn end_row(&self, about: Account<'_>, variable: Id) -> Option<OutcomeRow> {
        let outcome = self.outcome_of(variable)?;
        let (standing, word) = match outcome {
            Outcome::Rises => (Standing::Rises, "rises"),
            Outcome::Falls => (Standing::Falls, "falls"),
            Outcome::Unreached => (Standing::Unreached, "is not reached"),
            _ => return self.reasoned(about, variable, outcome),
        };
        Some(OutcomeRow {
            standing,
            words: format!("{} {word}", about.name(variable)),
            reasons: Vec::new(),
        })
    }

    /// An end that needs a reason.
    fn reasoned(&self, about: Account<'_>, id: Id, outcome: &Outcome) -> Option<OutcomeRow> {
        let name = about.name(id);
        match outcome {
            Outcome::Depends { raising, lowering } => {
                let paths = [("Up", raising), ("Down", lowering)].into_iter();
                let reasons = paths.map(|(word, path)| match path {
                    Some(path) => format!("{word}: {}", arrows(about, path, self.push())),
                    None => format!("{word}: by a longer path"),
                });
                Some(OutcomeRow {
                    standing: Standing::Depends,
                    words: format!("{name} depends on which is stronger"),
                    reasons: reasons.collect(),
                })
            }
            Outcome::Unsigned { link } => {
                let link = link.and_then(|id| about.document.links().get(&id));
                let which = link.map_or_else(
                    || "A link on the path has no sign yet".to_owned(),
                    |link| {
                        let (from, to) = (about.name(link.from), about.name(link.to));
                        format!("The link from {from} to {to} has no sign yet")
                    },
                );
                Some(OutcomeRow {
                    standing: Standing::Unknown,
                    words: format!("{name} changes, up or down is not known"),
                    reasons: vec![which],
                })
            }
            Outcome::SoFar(sign) => {
                let words = match sign {
                    Polarity::Positive => format!("{name} rises, by the paths found so far"),
                    Polarity::Negative => format!("{name} falls, by the paths found so far"),
                    Polarity::Unknown => format!("{name}: not known"),
                };
                Some(OutcomeRow {
                    standing: Standing::SoFar(*sign),
                    words,
                    reasons: vec!["There are too many paths to look at all of them".to_owned()],
                })
            }
            Outcome::Pushed | Outcome::Unreached | Outcome::Rises | Outcome::Falls => None,
        }
    }

    /// The ends in one sentence: how many variables rise, fall, depend, are not reached.
    #[must_use]
    pub fn spoken_end(&self) -> String {
        let count = |wanted: fn(&Outcome) -> bool| {
            let outcomes = self.outcomes().values();
            outcomes.filter(|outcome| wanted(outcome)).count()
        };
        let parts = [
            (count(|one| matches!(one, Outcome::Rises)), "rises", "rise"),
            (count(|one| matches!(one, Outcome::Falls)), "falls", "fall"),
            (
                count(|one| matches!(one, Outcome::Depends { .. })),
                "depends",
                "depend",
            ),
            (
                count(|one| matches!(one, Outcome::Unsigned { .. } | Outcome::SoFar(_))),
                "is not known",
                "are not known",
            ),
            (
                count(|one| matches!(one, Outcome::Unreached)),
                "is not reached",
                "are not reached",
            ),
        ];
        let told: Vec<String> = parts
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, several)| match count {
                1 => format!("1 {one}"),
                count => format!("{count} {several}"),
            })
            .collect();
        match told.is_empty() {
            true => "The play is over".to_owned(),
            false => format!("The play is over: {}", told.join(", ")),
        }
    }
}

impl Signal {
    /// What it does where it arrives, in a play whose push was at `pushed`: a sentence without its
    /// full stop.
    #[must_use]
    pub fn words(&self, about: Account<'_>, pushed: Id) -> String {
        let (name, cause) = (about.name(self.variable), about.name(self.cause));
        let verb = match self.sign {
            Polarity::Positive => "rises",
            Polarity::Negative => "falls",
            Polarity::Unknown => "changes, up or down is not known",
        };
        let what = match self.meeting {
            Meeting::First => format!("{name} {verb}"),
            Meeting::Opposes => format!("{name} also {verb}"),
            Meeting::Again => format!("{name} {verb} again"),
            Meeting::Amplifies | Meeting::Answers | Meeting::Returns => {
                let what = match self.variable == pushed {
                    true => "the push".to_owned(),
                    false => "the change".to_owned(),
                };
                let which = about.loop_name(&self.circuit);
                let does = match self.meeting {
                    Meeting::Amplifies => format!("{which} amplifies {what}"),
                    Meeting::Answers => format!("{which} answers {what}"),
                    _ => format!("{which} closes, its sign is not known"),
                };
                format!("Back at {name}, {does}")
            }
        };
        format!("{what} (by {cause})")
    }
}

/// A path in arrows, such as "Batch size up → Risk up → (later) Trust down".
fn arrows(about: Account<'_>, path: &Path, push: Push) -> String {
    let first = path.variables.first().copied();
    let mut story = story_of(about.document, first, &path.links);
    if push == Push::Down {
        for step in &mut story {
            step.trend = step.trend.turned();
        }
    }
    story_sentence(about.document, &story)
}
