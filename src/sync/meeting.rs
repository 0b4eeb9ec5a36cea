//! What holds in a room for the moment: a timer, quiet writing, a wish that nobody edits, a call to
//! come along.
//!
//! Every page tells all of it with its presence. So it stays when the page that began it is gone, and
//! who comes later hears it from anybody. Of two that differ the later one holds, and of two made at
//! once the same one on every page. Times are told as durations, since clocks of computers differ.

use serde_json::{Value, json};

use crate::model::Id;

/// The longest time of a timer, in milliseconds: a day.
pub const LONGEST_TIMER: u64 = 24 * 60 * 60 * 1_000;
/// For so many milliseconds a call is for who hears it.
const CALLS_FOR: u64 = 15_000;
/// By how much the count of a word may be above the last one. Nobody honest comes near it, and nobody
/// can say the last word for good.
const FARTHEST_AHEAD: u64 = 1 << 32;

/// When something was said, and by whom: the order of all that was said about one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// One above all that were said of it before.
    pub count: u64,
    /// The person.
    pub by: Id,
}

/// The timer of a room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Timer {
    /// There is none.
    Off,
    /// It runs.
    Running {
        /// How long is left, in milliseconds; 0 once it is over.
        left: u64,
    },
    /// It stands.
    Paused {
        /// How long is left, in milliseconds.
        left: u64,
    },
}

/// Whether everybody writes for themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Writing {
    /// What is drawn goes to the others at once.
    Shared,
    /// It stays on the own page until this ends.
    Quiet,
}

/// What who said it asks of the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edits {
    /// To change the diagram as they like.
    Welcome,
    /// Not to change it for now.
    Unwanted,
}

/// A word that holds, and who said it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Holds<T> {
    /// When and by whom it was said.
    pub said: Said,
    /// What was said.
    pub what: T,
}

/// What a page tells of a meeting. What was never said of is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// The timer.
    pub timer: Option<Holds<Timer>>,
    /// How people write.
    pub writing: Option<Holds<Writing>>,
    /// Whether the others are asked not to edit.
    pub edits: Option<Holds<Edits>>,
    /// Somebody asks all to see what they see: who it is said it, so many milliseconds ago.
    pub call: Option<Holds<u64>>,
}

/// What has changed by what another page told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MeetingNews {
    /// The timer, by this person.
    Timer(Id),
    /// How people write, by this person; it may be what held before.
    Writing(Id, Writing),
    /// Whether the others are asked not to edit, by this person; it may be what held before.
    Edits(Id, Edits),
    /// This person asks all to come along.
    Call(Id),
}

/// The meeting as one page knows it. All times are in milliseconds by one clock of this page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Meeting {
    agenda: Agenda,
    /// When the time that is left of the timer was told.
    told: u64,
    /// When the call was heard of.
    called: u64,
}

impl Meeting {
    /// The timer as it is now.
    #[must_use]
    pub fn timer(&self, now: u64) -> Timer {
        match self.agenda.timer.map_or(Timer::Off, |timer| timer.what) {
            Timer::Running { left } => Timer::Running {
                left: left.saturating_sub(now.saturating_sub(self.told)),
            },
            other => other,
        }
    }

    /// How people write.
    #[must_use]
    pub fn writing(&self) -> Writing {
        let writing = self.agenda.writing;
        writing.map_or(Writing::Shared, |writing| writing.what)
    }

    /// Who asks the others not to edit, and when that was said; `None` where nobody does.
    #[must_use]
    pub fn asks_not_to_edit(&self) -> Option<Said> {
        let edits = self.agenda.edits;
        let asks = edits.filter(|edits| edits.what == Edits::Unwanted);
        asks.map(|edits| edits.said)
    }

    /// What a browser keeps for a page that is loaded anew: how people write, since gestures that are
    /// held back are kept too.
    #[must_use]
    pub fn lasting(&self) -> Agenda {
        Agenda {
            writing: self.agenda.writing,
            ..Agenda::default()
        }
    }

    /// What this page tells the others now.
    #[must_use]
    pub fn agenda(&self, now: u64) -> Agenda {
        let timer = self.agenda.timer.map(|holds| Holds {
            what: self.timer(now),
            ..holds
        });
        let call = self.agenda.call.map(|holds| Holds {
            what: holds.what.saturating_add(now.saturating_sub(self.called)),
            ..holds
        });
        Agenda {
            timer,
            call,
            ..self.agenda
        }
    }

    /// The person before this page sets the timer.
    pub fn set_timer(&mut self, timer: Timer, by: Id, now: u64) {
        self.agenda.timer = Some(next(self.agenda.timer, by, bounded(timer)));
        self.told = now;
    }

    /// The person before this page says how people write.
    pub fn set_writing(&mut self, writing: Writing, by: Id) {
        self.agenda.writing = Some(next(self.agenda.writing, by, writing));
    }

    /// The person before this page asks the others not to edit, or lets them.
    pub fn set_edits(&mut self, edits: Edits, by: Id) {
        self.agenda.edits = Some(next(self.agenda.edits, by, edits));
    }

    /// The person before this page asks all to come along.
    pub fn call(&mut self, by: Id, now: u64) {
        self.agenda.call = Some(next(self.agenda.call, by, 0));
        self.called = now;
    }

    /// Hears what another page tells; returns what that changes.
    pub fn hear(&mut self, told: &Agenda, now: u64) -> Vec<MeetingNews> {
        let mut news = Vec::new();
        if let Some(timer) = later(self.agenda.timer, told.timer) {
            self.agenda.timer = Some(Holds {
                what: bounded(timer.what),
                ..timer
            });
            self.told = now;
            news.push(MeetingNews::Timer(timer.said.by));
        }
        if let Some(writing) = later(self.agenda.writing, told.writing) {
            self.agenda.writing = Some(writing);
            news.push(MeetingNews::Writing(writing.said.by, writing.what));
        }
        if let Some(edits) = later(self.agenda.edits, told.edits) {
            self.agenda.edits = Some(edits);
            news.push(MeetingNews::Edits(edits.said.by, edits.what));
        }
        if let Some(call) = later(self.agenda.call, told.call) {
            self.agenda.call = Some(call);
            self.called = now;
            // Who comes later is not called any more.
            if call.what < CALLS_FOR {
                news.push(MeetingNews::Call(call.said.by));
            }
        }
        news
    }
}

impl Agenda {
    /// Whether it has the same words as another, however much time has passed between them.
    #[must_use]
    pub fn says(&self, other: &Self) -> bool {
        let words = |agenda: &Self| {
            let timer = agenda.timer.map(|holds| holds.said);
            let writing = agenda.writing.map(|holds| holds.said);
            let edits = agenda.edits.map(|holds| holds.said);
            (timer, writing, edits, agenda.call.map(|holds| holds.said))
        };
        words(self) == words(other)
    }

    /// As a part of what a page tells of its person; none where nothing was said.
    #[must_use]
    pub fn write(&self) -> Option<Value> {
        let timer = self.timer.map(|Holds { said, what }| {
            let (word, left) = match what {
                Timer::Off => ("off", 0),
                Timer::Running { left } => ("running", left),
                Timer::Paused { left } => ("paused", left),
            };
            json!([said.count, said.by, word, left])
        });
        let writing = self.writing.map(|Holds { said, what }| {
            let word = match what {
                Writing::Shared => "shared",
                Writing::Quiet => "quiet",
            };
            json!([said.count, said.by, word])
        });
        let call = self
            .call
            .map(|Holds { said, what }| json!([said.count, said.by, what]));
        let edits = self.edits.map(|Holds { said, what }| {
            let word = match what {
                Edits::Welcome => "welcome",
                Edits::Unwanted => "unwanted",
            };
            json!([said.count, said.by, word])
        });
        let parts = [
            ("timer", timer),
            ("writing", writing),
            ("edits", edits),
            ("call", call),
        ];
        let told: serde_json::Map<String, Value> = parts
            .into_iter()
            .filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect();
        (!told.is_empty()).then_some(Value::Object(told))
    }

    /// Reads such a part. What has another form is left out, since a newer version may tell more.
    #[must_use]
    pub fn read(value: &Value) -> Self {
        let part = |key: &str| value.get(key).and_then(Value::as_array);
        let timer = part("timer").and_then(|told| {
            let left = told.get(3)?.as_u64()?;
            let what = match told.get(2)?.as_str()? {
                "off" => Timer::Off,
                "running" => Timer::Running { left },
                "paused" => Timer::Paused { left },
                _ => return None,
            };
            let what = bounded(what);
            Some(Holds {
                said: said(told)?,
                what,
            })
        });
        let writing = part("writing").and_then(|told| {
            let what = match told.get(2)?.as_str()? {
                "shared" => Writing::Shared,
                "quiet" => Writing::Quiet,
                _ => return None,
            };
            Some(Holds {
                said: said(told)?,
                what,
            })
        });
        let edits = part("edits").and_then(|told| {
            let what = match told.get(2)?.as_str()? {
                "welcome" => Edits::Welcome,
                "unwanted" => Edits::Unwanted,
                _ => return None,
            };
            Some(Holds {
                said: said(told)?,
                what,
            })
        });
        let call = part("call").and_then(|told| {
            Some(Holds {
                said: said(told)?,
                what: told.get(2)?.as_u64()?,
            })
        });
        Self {
            timer,
            writing,
            edits,
            call,
        }
    }
}

/// When and by whom a word was said that was told as a list.
pub(super) fn said(told: &[Value]) -> Option<Said> {
    Some(Said {
        count: told.first()?.as_u64()?,
        by: told.get(1)?.as_str()?.parse().ok()?,
    })
}

/// A timer within its bounds.
fn bounded(timer: Timer) -> Timer {
    match timer {
        Timer::Off => Timer::Off,
        Timer::Running { left } => Timer::Running {
            left: left.min(LONGEST_TIMER),
        },
        Timer::Paused { left } => Timer::Paused {
            left: left.min(LONGEST_TIMER),
        },
    }
}

/// The next word after what holds.
pub(super) fn next<T>(holds: Option<Holds<T>>, by: Id, what: T) -> Holds<T> {
    let count = holds.map_or(0, |holds| holds.said.count);
    Holds {
        said: Said {
            count: count.saturating_add(1),
            by,
        },
        what,
    }
}

/// What another told, if it comes after what holds.
pub(super) fn later<T>(holds: Option<Holds<T>>, told: Option<Holds<T>>) -> Option<Holds<T>> {
    let last = holds.map(|holds| holds.said);
    let count = last.map_or(0, |said| said.count);
    told.filter(|told| {
        Some(told.said) > last && told.said.count <= count.saturating_add(FARTHEST_AHEAD)
    })
}
