//! The steps of a retrospective: what each asks, how long it takes, and what has come of it.

use crate::causal::LoopReport;
use crate::model::{Document, Id, counted};

use super::lever::is_there;

/// A step of a retrospective. They may be taken in any order; none waits for another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SheetStep {
    /// The event, and the timeline of facts.
    Happened,
    /// What rose, fell or swung around it.
    Varied,
    /// Causes and effects.
    Draw,
    /// The loops among them.
    Loops,
    /// What the loops are called.
    Name,
    /// Where to act.
    Lever,
    /// What to try.
    Experiment,
    /// The story and the report.
    Tell,
}

/// What a step asks of the people in the room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// Its title.
    pub title: &'static str,
    /// How many minutes it takes in an hour.
    pub minutes: u32,
    /// The question to ask the room.
    pub question: &'static str,
    /// How to go about it.
    pub words: &'static str,
    /// What to avoid; empty where there is nothing.
    pub avoid: &'static str,
}

impl SheetStep {
    /// All of them, in the order of an hour.
    pub const ALL: [Self; 8] = [
        Self::Happened,
        Self::Varied,
        Self::Draw,
        Self::Loops,
        Self::Name,
        Self::Lever,
        Self::Experiment,
        Self::Tell,
    ];

    /// Its number, from 1.
    #[must_use]
    pub const fn number(self) -> usize {
        self as usize + 1
    }

    /// The step after it, if there is one.
    #[must_use]
    pub fn next(self) -> Option<Self> {
        Self::ALL.get(self as usize + 1).copied()
    }

    /// The step before it, if there is one.
    #[must_use]
    pub fn back(self) -> Option<Self> {
        let before = (self as usize).checked_sub(1)?;
        Self::ALL.get(before).copied()
    }

    /// What it asks.
    #[must_use]
    pub const fn prompt(self) -> Prompt {
        match self {
            Self::Happened => Prompt {
                title: "What happened",
                minutes: 10,
                question: "What happened, and who saw what, when?",
                words: "Write down what a camera would have seen: times, numbers, messages. \
                        Whether it was right has no place here.",
                avoid: "No names of people as causes. If one comes up, ask: what made that the \
                        sensible thing to do?",
            },
            Self::Varied => Prompt {
                title: "What varied",
                minutes: 8,
                question: "What was more than usual, what was less, and since when?",
                words: "Look at the weeks before as well. Name things that can rise and fall, such \
                        as open reviews, time to test, trust.",
                avoid: "Not \u{201c}nobody checked\u{201d}, but \u{201c}time to check a \
                        change\u{201d}.",
            },
            Self::Draw => Prompt {
                title: "Draw",
                minutes: 15,
                question: "What made it rise or fall? And what made that?",
                words: "Draw each cause with an arrow. Go on until an effect comes back to one of \
                        its causes.",
                avoid: "Do not stop at a person or a team. Ask what they saw, and what pressed \
                        them.",
            },
            Self::Loops => Prompt {
                title: "Find the loops",
                minutes: 8,
                question: "Where does an effect come back to its own cause?",
                words: "Read each loop aloud and ask: when have we seen it go round before?",
                avoid: "A loop is a guess. Keep one that somebody has seen, and mend the arrows of \
                        one that nobody has.",
            },
            Self::Name => Prompt {
                title: "Name them",
                minutes: 5,
                question: "What would we call this among ourselves?",
                words: "A good name tells what goes round, such as \u{201c}Fear of \
                        deploying\u{201d}. It will be used long after today.",
                avoid: "No name of a person or a team.",
            },
            Self::Lever => Prompt {
                title: "Leverage point",
                minutes: 7,
                question: "Where would a small change matter again and again?",
                words: "Look for a place that several loops pass. It is seldom where the event was \
                        seen.",
                avoid: "\u{201c}Be more careful\u{201d} changes no structure. What would make the \
                        careful way the easy one?",
            },
            Self::Experiment => Prompt {
                title: "Experiment",
                minutes: 7,
                question: "What do we try first, and how shall we see what it does?",
                words: "Something small that begins soon and can be undone. Say beforehand what \
                        you expect, so that you can be surprised.",
                avoid: "An experiment is no penalty. Who looks after it is not who was on duty, \
                        but who wants to know.",
            },
            Self::Tell => Prompt {
                title: "Tell it",
                minutes: 0,
                question: "Who was not here, and should know?",
                words: "The diagram, its story and the report are what is left of this hour.",
                avoid: "",
            },
        }
    }

    /// Whether something has come of it, by what the document has.
    #[must_use]
    pub fn is_done(self, document: &Document, report: &LoopReport, sheet: Id) -> bool {
        let Some(said) = document.retrospectives().get(&sheet) else {
            return false;
        };
        match self {
            Self::Happened => !said.event.trim().is_empty() && !document.facts_of(sheet).is_empty(),
            Self::Varied => !document.variations_of(sheet).is_empty(),
            Self::Draw => {
                let drawn = varied(document, sheet);
                let is_linked = |id: &Id| document.edge_count(*id) > 0;
                !drawn.is_empty() && drawn.iter().all(is_linked)
            }
            Self::Loops => !report.loops.is_empty(),
            Self::Name => report.loops.iter().any(|one| {
                let label = document.label_of(&one.key);
                label.is_some_and(|(_, label)| !label.name.trim().is_empty())
            }),
            Self::Lever => {
                let lever = said.lever.as_ref();
                lever.is_some_and(|lever| is_there(document, lever))
            }
            Self::Experiment => document
                .experiments_of(sheet)
                .iter()
                .any(|(_, one)| !one.action.trim().is_empty() && !one.outcome.trim().is_empty()),
            Self::Tell => !document.stories().is_empty(),
        }
    }

    /// What has come of it, in few words; empty where nothing has.
    #[must_use]
    pub fn summary(self, document: &Document, report: &LoopReport, sheet: Id) -> String {
        let many = |count: usize, one: &str, more: &str| match count {
            0 => String::new(),
            count => counted(count as u64, one, more),
        };
        match self {
            Self::Happened => many(document.facts_of(sheet).len(), "fact", "facts"),
            Self::Varied => {
                let all = document.variations_of(sheet);
                let open = all.iter().filter(|(_, one)| {
                    !one.name.trim().is_empty() && document.variable_of(one).is_none()
                });
                let words = many(all.len(), "thing", "things");
                match open.count() {
                    0 => words,
                    open => format!("{words}, {open} not drawn yet"),
                }
            }
            Self::Draw => {
                let drawn = varied(document, sheet);
                let alone = drawn.iter().filter(|id| document.edge_count(**id) == 0);
                match alone.count() {
                    0 => many(document.links().len(), "link", "links"),
                    count => format!("{count} without a link"),
                }
            }
            Self::Loops => many(report.loops.len(), "loop", "loops"),
            Self::Name => {
                let named = document.loop_labels().values();
                let named = named.filter(|label| !label.name.trim().is_empty());
                many(named.count(), "name", "names")
            }
            Self::Experiment => {
                let all = document.experiments_of(sheet);
                many(all.len(), "experiment", "experiments")
            }
            Self::Tell => many(document.stories().len(), "story", "stories"),
            Self::Lever => {
                let said = document.retrospectives().get(&sheet);
                let lever = said.and_then(|said| said.lever.as_ref());
                lever.map_or_else(String::new, |lever| {
                    let words = super::lever::lever_words(document, Some(report), lever);
                    words.unwrap_or_else(|| "gone".to_owned())
                })
            }
        }
    }
}

/// The variables of the diagram that varied, each once, in the order of the sheet.
#[must_use]
pub fn varied(document: &Document, sheet: Id) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    for (_, variation) in document.variations_of(sheet) {
        if let Some(id) = document.variable_of(variation)
            && !found.contains(&id)
        {
            found.push(id);
        }
    }
    found
}

/// The variables of the diagram that a retrospective is about: those that varied, then those that
/// are linked to them over however many links, the nearest first. At most `most` of them.
#[must_use]
pub fn around(document: &Document, sheet: Id, most: usize) -> Vec<Id> {
    let mut found = varied(document, sheet);
    let mut at = 0;
    while let Some(id) = found.get(at).copied().filter(|_| found.len() < most) {
        at += 1;
        for edge in document.edges_of(id).filter_map(|edge| document.edge(edge)) {
            for end in [edge.from, edge.to] {
                if !found.contains(&end) {
                    found.push(end);
                }
            }
        }
    }
    found.truncate(most);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_steps_fill_an_hour_and_lead_from_one_to_the_next() {
        let minutes = SheetStep::ALL.iter().map(|step| step.prompt().minutes);
        assert_eq!(minutes.sum::<u32>(), 60);
        let mut step = SheetStep::Happened;
        for (number, expected) in (1..).zip(SheetStep::ALL) {
            assert_eq!((step, step.number()), (expected, number));
            let Some(next) = step.next() else {
                assert_eq!(step, SheetStep::Tell);
                break;
            };
            assert_eq!(next.back(), Some(step));
            step = next;
        }
        assert_eq!(SheetStep::Happened.back(), None);
    }
}
