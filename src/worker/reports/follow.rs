//! The report of a change that is followed: which variables a rise reaches, in how many rounds and by
//! which path, which loops come back, and how all stands once it has come to rest.

use super::{Made, ReportWork};
use crate::causal::play::{Account, Meeting, OutcomeRow, Play, Push, Reached, Standing};
use crate::causal::press::{METHOD, PressAnalysis, Response};
use crate::causal::{LoopAnalysis, Progress};
use crate::model::{Document, Id, IdSource, Polarity};
use crate::worker::report::{Block, Row, RowKind};

/// How many loops have codes.
const LOOPS: usize = 1_000;
/// How many visits of a link the search for them may cost.
const MOST_VISITS: u64 = 10_000_000;

/// The report in the making.
#[derive(Debug)]
pub(in crate::worker) struct FollowWork {
    push: Option<Pushed>,
}

/// A push that is followed.
#[derive(Debug)]
struct Pushed {
    variable: Id,
    play: Play,
    loops: LoopAnalysis,
    visits: u64,
    press: PressAnalysis,
}

impl FollowWork {
    pub(in crate::worker) fn new(document: &Document, about: &[Id]) -> Self {
        let push = about.first().and_then(|variable| {
            Some(Pushed {
                variable: *variable,
                play: Play::new(document, *variable, Push::Up)?,
                loops: LoopAnalysis::new(document, LOOPS),
                visits: 0,
                press: PressAnalysis::new(document),
            })
        });
        Self { push }
    }
}

impl ReportWork for FollowWork {
    fn advance(&mut self, budget: u64, document: &Document, _ids: &mut IdSource) -> Option<Made> {
        let Some(push) = &mut self.push else {
            let words =
                "Choose a variable, here or on the canvas, to follow what happens if it rises.";
            return Some(vec![Block::Words(words.to_owned())].into());
        };
        if push.visits < MOST_VISITS {
            push.visits += budget;
            if push.loops.advance(budget) == Progress::Unfinished {
                return None;
            }
            push.visits = MOST_VISITS;
        }
        if push.play.advance(document, budget) == Progress::Unfinished || push.press.advance() {
            return None;
        }
        Some(push.written(document).into())
    }
}

impl Pushed {
    fn written(&self, document: &Document) -> Vec<Block> {
        let loops = self.loops.report(document);
        let about = Account {
            document,
            loops: &loops,
        };
        let mut blocks = self.travel(about);
        blocks.append(&mut self.returns(about));
        blocks.append(&mut self.rest(document));
        blocks
    }

    /// The variables that the change reaches, round by round.
    fn travel(&self, about: Account<'_>) -> Vec<Block> {
        let reached = self.play.reached(about.document);
        if reached.is_empty() {
            let words = "Nothing follows from it: no link leads from it to another variable.";
            return vec![Block::Words(words.to_owned())];
        }
        let mut blocks = vec![
            Block::Heading("What follows, round by round".to_owned()),
            Block::Words(
                "If it rises. A link takes one round, a delayed one two. If it falls, all of it \
                 turns round."
                    .to_owned(),
            ),
        ];
        let rows = reached.iter().map(|one| self.reached_row(about, one));
        blocks.extend(rows.map(Block::Row));
        let all = about.document.variables().len();
        let others = all.saturating_sub(reached.len() + 1);
        blocks.extend((others > 0).then(|| {
            let words = match others {
                1 => "1 variable is not reached.".to_owned(),
                others => format!("{others} variables are not reached."),
            };
            Block::Words(words)
        }));
        blocks
    }

    fn reached_row(&self, about: Account<'_>, one: &Reached) -> Row {
        let end = self.play.end_row(about, one.variable);
        let end = end.unwrap_or(OutcomeRow {
            standing: Standing::SoFar(Polarity::Unknown),
            words: String::new(),
            reasons: Vec::new(),
        });
        let (code, kind) = sign_of(end.standing);
        let round = match one.round {
            1 => "after 1 round".to_owned(),
            round => format!("after {round} rounds"),
        };
        // Where paths are opposed, they say more than the first of them.
        let text = match end.reasons.is_empty() {
            true => about.story(&one.links),
            false => end.reasons.join(". "),
        };
        let mut row = Row::new("follows", kind, end.words);
        row.code = code.to_owned();
        row.text = text;
        row.meta = round;
        row.about = one.links.iter().copied().chain([one.variable]).collect();
        row
    }

    /// The loops by which the change comes back.
    fn returns(&self, about: Account<'_>) -> Vec<Block> {
        let mut blocks = Vec::new();
        let answers = [
            (
                Meeting::Amplifies,
                "Loops that push on",
                RowKind::Reinforcing,
            ),
            (Meeting::Answers, "Loops that push back", RowKind::Balancing),
            (
                Meeting::Returns,
                "Loops of unknown sign",
                RowKind::Undetermined,
            ),
        ];
        for (meeting, heading, kind) in answers {
            let found = self.play.returns().filter(|one| one.meeting == meeting);
            let rows = found.map(|signal| {
                let mut row = Row::new("returns", kind, signal.words(about, self.variable));
                row.code = about.code_of(&signal.circuit).unwrap_or_default();
                row.text = about.story(&signal.circuit);
                row.meta = match signal.round {
                    1 => "after 1 round".to_owned(),
                    round => format!("after {round} rounds"),
                };
                row.about = signal.circuit.clone();
                Block::Row(row)
            });
            let rows: Vec<Block> = rows.collect();
            if !rows.is_empty() {
                blocks.push(Block::Heading(heading.to_owned()));
                blocks.extend(rows);
            }
        }
        blocks
    }

    /// How each variable stands once everything has come to rest.
    fn rest(&self, document: &Document) -> Vec<Block> {
        let responses = self.press.responses(self.variable).unwrap_or_default();
        let reached = responses
            .iter()
            .filter(|(_, response)| *response != Response::Unreached);
        let rows: Vec<Block> = reached
            .map(|(variable, response)| Block::Row(response_row(document, *variable, *response)))
            .collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let mut blocks = vec![
            Block::Heading("Once everything has come to rest".to_owned()),
            Block::Words(METHOD.to_owned()),
        ];
        blocks.extend(rows);
        blocks
    }
}

/// The sign in front of a row, and its colour.
const fn sign_of(standing: Standing) -> (&'static str, RowKind) {
    match standing {
        Standing::Rises | Standing::Pushed(Polarity::Positive) => ("▲", RowKind::Reinforcing),
        Standing::Falls | Standing::Pushed(_) => ("▼", RowKind::Balancing),
        Standing::SoFar(Polarity::Positive) => ("△", RowKind::Undetermined),
        Standing::SoFar(Polarity::Negative) => ("▽", RowKind::Undetermined),
        Standing::Depends => ("▲▼", RowKind::Undetermined),
        Standing::Unknown | Standing::SoFar(Polarity::Unknown) => ("?", RowKind::Undetermined),
        Standing::Unreached => ("–", RowKind::Plain),
    }
}

/// How a variable stands once everything has come to rest.
fn response_row(document: &Document, variable: Id, response: Response) -> Row {
    let name = document
        .variables()
        .get(&variable)
        .map_or_else(String::new, |variable| variable.in_sentence());
    let (code, kind) = match response {
        Response::Rises => ("▲", RowKind::Reinforcing),
        Response::Falls => ("▼", RowKind::Balancing),
        Response::Unmoved => ("=", RowKind::Plain),
        Response::Depends { .. } => ("▲▼", RowKind::Undetermined),
        _ => ("?", RowKind::Undetermined),
    };
    let mut row = Row::new("rest", kind, format!("{name} {}", response.words()));
    row.code = code.to_owned();
    row.text = response.reason().to_owned();
    row.about = vec![variable];
    row
}
