//! A vote with dots, as one page knows it: the question that holds, and once it is closed the
//! ballots.
//!
//! It has a text of its own beside the presence, the same on every page that knows the same, and
//! nothing of it says who tells it but who said the last word. While the vote is open there are no
//! ballots: each page keeps its own dots for itself.

use serde_json::{Map, Value, json};

use super::ballots::{Ballots, DotTarget, MOST_DOTS};
use super::meeting::{Holds, later, next, said};
use super::presence::one_line;
use crate::model::Id;

/// The longest text of a poll, in bytes. With all ballots it stays below, and sealed below what a
/// relay takes in one message.
pub const LONGEST_POLL: usize = 44 * 1024;
/// How many dots each person has, where nobody says otherwise.
pub const USUAL_DOTS: usize = 3;
/// How many letters a question has at most.
pub const LONGEST_QUESTION: usize = 120;

/// How far a vote is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Everybody gives dots, each for themselves.
    Open,
    /// The ballots are counted.
    Closed,
    /// The result was put away.
    Over,
}

/// A vote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vote {
    /// Random, so that no ballot counts for another vote.
    pub id: Id,
    /// What is asked; may be empty.
    pub question: String,
    /// How many dots each person has: 1 to [`MOST_DOTS`].
    pub dots: usize,
    /// How far it is.
    pub stage: Stage,
}

/// What has changed by what another page told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PollNews {
    /// This person began a vote.
    Began(Id),
    /// This person closed it.
    Closed(Id),
    /// This person put the result away.
    Ended(Id),
    /// There are more ballots.
    Counted,
}

/// Why a text is no poll.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PollError {
    /// It is longer than it may be.
    #[error("what a page tells of the vote is too long")]
    Long,
    /// It is no object in JSON.
    #[error("what a page tells of the vote cannot be read")]
    Form,
}

/// What a page knows of the vote in its room.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Poll {
    holds: Option<Holds<Vote>>,
    ballots: Ballots,
}

impl Poll {
    /// The vote that is open or closed; none where there was none, or its result was put away.
    #[must_use]
    pub fn vote(&self) -> Option<&Vote> {
        let vote = self.holds.as_ref().map(|holds| &holds.what);
        vote.filter(|vote| vote.stage != Stage::Over)
    }

    /// The ballots of the vote; none while it is open.
    #[must_use]
    pub const fn ballots(&self) -> &Ballots {
        &self.ballots
    }

    /// The person before this page begins a vote, with an id that nothing else has.
    pub fn begin(&mut self, id: Id, question: &str, dots: usize, by: Id) {
        let vote = Vote {
            id,
            question: question.to_owned(),
            dots,
            stage: Stage::Open,
        };
        self.say(vote, by);
    }

    /// The person before this page closes the vote.
    pub fn close(&mut self, by: Id) {
        self.go_on(Stage::Open, Stage::Closed, by);
    }

    /// The person before this page puts the result away, or gives up a vote that is open.
    pub fn end(&mut self, by: Id) {
        self.go_on(Stage::Open, Stage::Over, by);
        self.go_on(Stage::Closed, Stage::Over, by);
    }

    fn go_on(&mut self, from: Stage, to: Stage, by: Id) {
        let vote = self.vote().filter(|vote| vote.stage == from).cloned();
        if let Some(vote) = vote {
            self.say(Vote { stage: to, ..vote }, by);
        }
    }

    fn say(&mut self, vote: Vote, by: Id) {
        let word = next(self.holds.clone(), by, vote.within_bounds());
        self.hold(word);
    }

    /// Another word holds: of the ballots those stay that count for it.
    fn hold(&mut self, word: Holds<Vote>) {
        let before = self.holds.replace(word);
        let vote = self.holds.as_ref().map(|holds| &holds.what);
        let is_same = before.map(|before| before.what.id) == vote.map(|vote| vote.id);
        match vote {
            Some(vote) if is_same && vote.stage == Stage::Closed => {
                self.ballots.leave_out_above(vote.dots);
            }
            _ => self.ballots = Ballots::default(),
        }
    }

    /// The ballot of this page, once the vote of this id is closed; says whether it was not there
    /// before.
    pub fn cast(&mut self, vote: Id, ballot: Id, dots: Vec<DotTarget>) -> bool {
        let closed = self.closed().filter(|closed| closed.id == vote);
        closed.is_some_and(|closed| dots.len() <= closed.dots) && self.ballots.add(ballot, dots)
    }

    fn closed(&self) -> Option<&Vote> {
        self.vote().filter(|vote| vote.stage == Stage::Closed)
    }

    /// Hears what another page tells; returns what that changes.
    pub fn hear(&mut self, told: &Self) -> Option<PollNews> {
        let seen = |poll: &Self| poll.vote().map(|vote| (vote.id, vote.stage));
        let before = seen(self);
        let mut news = None;
        if let Some(word) = later(self.holds.clone(), told.holds.clone()) {
            let by = word.said.by;
            self.hold(word);
            news = match seen(self) {
                after if after == before => None,
                None => Some(PollNews::Ended(by)),
                Some((_, Stage::Closed)) => Some(PollNews::Closed(by)),
                Some(_) => Some(PollNews::Began(by)),
            };
        }
        if let (Some(own), Some(other)) = (self.closed(), told.closed())
            && own.id == other.id
        {
            let mut others = told.ballots.clone();
            others.leave_out_above(own.dots);
            if self.ballots.join(&others) {
                news = news.or(Some(PollNews::Counted));
            }
        }
        news
    }

    /// The text of it, an object in JSON of at most [`LONGEST_POLL`] bytes; none where nothing was
    /// ever said.
    #[must_use]
    pub fn write(&self) -> Option<String> {
        let Holds { said, what } = self.holds.as_ref()?;
        let stage = match what.stage {
            Stage::Open => "open",
            Stage::Closed => "closed",
            Stage::Over => "over",
        };
        let vote = json!([
            said.count,
            said.by,
            stage,
            what.id,
            what.dots,
            what.question
        ]);
        let mut told = Map::new();
        told.insert("vote".to_owned(), vote);
        if !self.ballots.is_empty() {
            told.insert("ballots".to_owned(), self.ballots.write());
        }
        Some(Value::Object(told).to_string())
    }

    /// Reads what another page wrote. What has another form or says more than it may is left out,
    /// since a newer version may tell more.
    ///
    /// # Errors
    /// It is no such text, or too long.
    pub fn read(text: &str) -> Result<Self, PollError> {
        if text.len() > LONGEST_POLL {
            return Err(PollError::Long);
        }
        let told: Map<String, Value> = serde_json::from_str(text).map_err(|_| PollError::Form)?;
        let holds = told
            .get("vote")
            .and_then(Value::as_array)
            .and_then(|told| word(told));
        let mut poll = Self::default();
        if let Some(holds) = holds {
            poll.hold(holds);
        }
        if let Some(most) = poll.closed().map(|vote| vote.dots) {
            poll.ballots = told.get("ballots").map(Ballots::read).unwrap_or_default();
            poll.ballots.leave_out_above(most);
        }
        Ok(poll)
    }
}

impl Vote {
    /// The same with no more than may be told.
    fn within_bounds(self) -> Self {
        let question = match self.stage {
            Stage::Over => String::new(),
            Stage::Open | Stage::Closed => one_line(&self.question, LONGEST_QUESTION),
        };
        Self {
            question,
            dots: self.dots.clamp(1, MOST_DOTS),
            ..self
        }
    }
}

/// A word of a vote.
fn word(told: &[Value]) -> Option<Holds<Vote>> {
    let stage = match told.get(2)?.as_str()? {
        "open" => Stage::Open,
        "closed" => Stage::Closed,
        "over" => Stage::Over,
        _ => return None,
    };
    let vote = Vote {
        id: told.get(3)?.as_str()?.parse().ok()?,
        dots: usize::try_from(told.get(4)?.as_u64()?).ok()?,
        question: told.get(5)?.as_str()?.to_owned(),
        stage,
    };
    Some(Holds {
        said: said(told)?,
        what: vote.within_bounds(),
    })
}
