//! Watching a run of the value-stream map: parts of it come in, and a clock shows them.

use std::collections::VecDeque;

use crate::model::{Id, Patch, Records, isolated, number_text};
use crate::scene::{Happening, Passage, Reel, ReelEnd, ReelEvent, Stand, Whole};
use crate::scene::{WatchDot, WatchMarks};

use super::action::Action;
use super::describe::describe;
use super::event::Effect;
use super::play::{Motion, Pace};
use super::state::Editor;
use super::streams::matters_to_streams;

/// More of the run is asked for when fewer events than this are at hand.
const FEW: usize = 300;
/// How long an item is seen on its way, in milliseconds.
const TRAVEL: f64 = 700.0;
/// How many items are seen on their way at once, at most: where more go, each is hardly seen.
const MOST_DOTS: usize = 80;
/// The longest that may pass between two ticks, in milliseconds.
const LONGEST_TICK: f64 = 100.0;
/// How many moves are to be seen in a second, at the usual speed.
const MOVES: f64 = 1.5;
/// The longest that nothing is seen to happen, in milliseconds: what takes longer goes by faster.
const LONGEST_WAIT: f64 = 1_200.0;

/// How fast a run is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WatchSpeed {
    /// To talk about each move.
    Slow,
    /// As it begins.
    #[default]
    Normal,
    /// To see queues grow.
    Fast,
    /// To see where they stand.
    Fastest,
}

impl WatchSpeed {
    /// Every speed, the slowest first.
    pub const ALL: [Self; 4] = [Self::Slow, Self::Normal, Self::Fast, Self::Fastest];

    /// So many times the usual speed.
    const fn factor(self) -> f64 {
        match self {
            Self::Slow => 0.35,
            Self::Normal => 1.0,
            Self::Fast => 6.0,
            Self::Fastest => 40.0,
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Slow => "Slow",
            Self::Normal => "Normal",
            Self::Fast => "Fast",
            Self::Fastest => "Very fast",
        }
    }
}

/// What moves a run that is watched.
#[derive(Clone, Debug, PartialEq)]
pub enum WatchInput {
    /// A run begins with this part; whose numbers it has, in words.
    Begin(Reel, String),
    /// Its next part.
    More(Reel),
    /// The next part was asked for.
    Asked,
    /// The clock shows so many milliseconds; and whether a person wants to see motion.
    Tick(f64, Motion),
    /// Show it as fast as this.
    Speed(WatchSpeed),
}

/// An item that is seen on its way.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Travel {
    passage: Passage,
    /// When it set out, by the clock of the picture, in milliseconds.
    since: f64,
}

/// A run that is watched.
#[derive(Clone, Debug)]
pub struct Watching {
    name: String,
    events: VecDeque<ReelEvent>,
    end: ReelEnd,
    /// Up to when the run is at hand, in seconds of working time.
    until: f64,
    asked: bool,
    /// The time that is shown, in seconds of working time since the run began.
    now: f64,
    /// When something happened last.
    last: f64,
    /// Milliseconds for which it was shown.
    clock: f64,
    /// Seconds of working time in one of the picture, at the usual speed.
    natural: f64,
    pace: Pace,
    speed: WatchSpeed,
    motion: Motion,
    /// When the clock last ticked, in milliseconds; none before its first tick since it stood.
    ticked: Option<f64>,
    stands: Records<Stand>,
    whole: Whole,
    travels: VecDeque<Travel>,
}

impl Watching {
    fn new(reel: Reel, name: String) -> Self {
        let moves = reel.events.iter().filter(|event| is_move(event));
        let moves: Vec<f64> = moves.map(|event| event.time).collect();
        let mut gaps: Vec<f64> = moves.windows(2).map(|pair| pair[1] - pair[0]).collect();
        gaps.retain(|gap| *gap > 0.0);
        gaps.sort_unstable_by(f64::total_cmp);
        // Work may come seldom and pass quickly: what counts is how it passes.
        let natural = gaps
            .get(gaps.len() / 2)
            .map_or(reel.until, |gap| gap * MOVES);
        Self {
            name,
            events: reel.events.into(),
            end: reel.end,
            until: reel.until,
            asked: false,
            now: 0.0,
            last: 0.0,
            clock: 0.0,
            natural: if natural > 0.0 { natural } else { 1.0 },
            pace: Pace::Playing,
            speed: WatchSpeed::default(),
            motion: Motion::default(),
            ticked: None,
            stands: Records::new(),
            whole: Whole::default(),
            travels: VecDeque::new(),
        }
    }

    /// Whose numbers it has: today, or an improvement.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The time that is shown, in seconds of working time since the run began.
    #[must_use]
    pub const fn now(&self) -> f64 {
        self.now
    }

    /// How the whole stands.
    #[must_use]
    pub const fn whole(&self) -> Whole {
        self.whole
    }

    /// How a station or flow stands.
    #[must_use]
    pub fn stand(&self, id: Id) -> Stand {
        self.stands.get(&id).copied().unwrap_or_default()
    }

    /// Whether the clock moves it on.
    #[must_use]
    pub const fn pace(&self) -> Pace {
        self.pace
    }

    /// How fast.
    #[must_use]
    pub const fn speed(&self) -> WatchSpeed {
        self.speed
    }

    /// Whether everything was shown.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.events.is_empty() && self.end != ReelEnd::GoesOn
    }

    /// Whether nothing moves any more though work is left.
    #[must_use]
    pub fn is_stuck(&self) -> bool {
        self.events.is_empty() && self.end == ReelEnd::Stuck
    }

    /// Whether more of the run is to be asked for.
    #[must_use]
    pub fn wants_more(&self) -> bool {
        !self.asked && self.end == ReelEnd::GoesOn && self.events.len() < FEW
    }

    /// Whether there is anything to do at the next tick.
    #[must_use]
    pub fn wants_ticks(&self) -> bool {
        self.pace == Pace::Playing && !self.is_over()
    }

    /// What is drawn of it.
    #[must_use]
    pub fn marks(&self) -> WatchMarks {
        let mut stands = self.stands.clone();
        let dots = self.travels.iter().map(|travel| {
            // It is at its place when it is seen to arrive.
            if let Some(stand) = travel.passage.to.and_then(|to| stands.get_mut(&to)) {
                *stand = without_one(*stand);
            }
            WatchDot {
                passage: travel.passage,
                along: ((self.clock - travel.since) / TRAVEL).clamp(0.0, 1.0),
            }
        });
        let dots = dots.collect();
        WatchMarks { stands, dots }
    }

    fn take(&mut self, reel: Reel) {
        self.events.extend(reel.events);
        self.end = reel.end;
        self.until = reel.until;
        self.asked = false;
    }

    fn pause(&mut self) {
        self.pace = Pace::Paused;
        self.ticked = None;
    }

    /// Moves on by what has passed since the last tick; whether something happened.
    fn pass(&mut self, now: f64) -> bool {
        let before = self.ticked.replace(now);
        let passed = before.map_or(0.0, |before| (now - before).clamp(0.0, LONGEST_TICK));
        self.clock += passed;
        let usual = self.natural * self.speed.factor() / 1_000.0;
        let rate = match self.events.front() {
            Some(next) => usual.max((next.time - self.last) / LONGEST_WAIT),
            None => usual,
        };
        let to = self.now + passed * rate;
        // What is not at hand yet is waited for.
        self.now = match self.end {
            ReelEnd::GoesOn => to.min(self.until),
            ReelEnd::Done | ReelEnd::Stuck => to,
        };
        let happened = self.show_until(self.now);
        while self
            .travels
            .front()
            .is_some_and(|one| self.clock - one.since >= TRAVEL)
        {
            self.travels.pop_front();
        }
        if self.is_over() && self.travels.is_empty() {
            self.pause();
        }
        happened
    }

    /// Shows what happens up to a time.
    fn show_until(&mut self, time: f64) -> bool {
        let mut happened = false;
        while let Some(event) = self
            .events
            .front()
            .copied()
            .filter(|event| event.time <= time)
        {
            self.events.pop_front();
            self.last = event.time;
            happened = true;
            match event.what {
                Happening::Move(passage) => self.set_out(passage),
                Happening::Stands(id, stand) => {
                    self.stands.insert(id, stand);
                }
                Happening::Whole(whole) => self.whole = whole,
            }
        }
        happened
    }

    fn set_out(&mut self, passage: Passage) {
        if self.motion == Motion::Still || passage.along.is_none() {
            return;
        }
        self.travels.push_back(Travel {
            passage,
            since: self.clock,
        });
        if self.travels.len() > MOST_DOTS {
            self.travels.pop_front();
        }
    }

    /// Goes on to the next move, and stops there; what happened.
    fn step(&mut self) -> Vec<ReelEvent> {
        self.pause();
        let next = self.events.iter().find(|event| is_move(event));
        let Some(time) = next.map(|event| event.time) else {
            return Vec::new();
        };
        let happened = self.events.iter().take_while(|event| event.time <= time);
        let happened: Vec<ReelEvent> = happened.copied().collect();
        self.now = time;
        self.show_until(time);
        // It has arrived.
        self.travels.clear();
        happened
    }
}

const fn is_move(event: &ReelEvent) -> bool {
    matches!(event.what, Happening::Move(_))
}

/// The same with an item less: of those that wait, else of those in work.
const fn without_one(stand: Stand) -> Stand {
    let Stand {
        waiting,
        setting_up,
        working,
        down,
        blocked,
        staying,
    } = stand;
    if waiting > 0 {
        return Stand {
            waiting: waiting - 1,
            ..stand
        };
    }
    if staying > 0 {
        return Stand {
            staying: staying - 1,
            ..stand
        };
    }
    if setting_up > 0 {
        return Stand {
            setting_up: setting_up - 1,
            ..stand
        };
    }
    if working > 0 {
        return Stand {
            working: working - 1,
            ..stand
        };
    }
    let (down, blocked) = match down {
        0 => (0, blocked.saturating_sub(1)),
        _ => (down - 1, blocked),
    };
    Stand {
        down,
        blocked,
        ..stand
    }
}

impl Editor {
    /// The run of the map that is watched.
    #[must_use]
    pub const fn watching(&self) -> Option<&Watching> {
        self.watching.as_ref()
    }

    /// Takes what came in for a run that is watched.
    pub(super) fn watch_on(&mut self, input: WatchInput) -> Vec<Effect> {
        if let WatchInput::Begin(reel, name) = input {
            return self.begin_watch(reel, name);
        }
        let Some(watching) = &mut self.watching else {
            return Vec::new();
        };
        match input {
            WatchInput::Begin(..) => {}
            WatchInput::More(reel) => {
                watching.take(reel);
                self.versions.play += 1;
            }
            WatchInput::Asked => {
                watching.asked = true;
                self.versions.play += 1;
            }
            WatchInput::Speed(speed) => {
                watching.speed = speed;
                self.versions.play += 1;
            }
            WatchInput::Tick(now, motion) => {
                watching.motion = motion;
                if motion == Motion::Still {
                    watching.travels.clear();
                }
                if watching.pace == Pace::Playing {
                    let happened = watching.pass(now);
                    let is_over = watching.pace == Pace::Paused;
                    if happened || is_over {
                        self.versions.play += 1;
                    }
                    if is_over {
                        let words = format!("The run is over. {}", self.watched_words());
                        return vec![Effect::Announce(words)];
                    }
                }
            }
        }
        Vec::new()
    }

    fn begin_watch(&mut self, reel: Reel, name: String) -> Vec<Effect> {
        let before = self.watching.take();
        self.end_play();
        let mut watching = Watching::new(reel, name);
        if let Some(before) = before {
            watching.speed = before.speed;
            watching.motion = before.motion;
        }
        let words = format!("The map runs: {}", isolated(&watching.name));
        self.watching = Some(watching);
        self.versions.play += 1;
        vec![Effect::Announce(words)]
    }

    /// Stops the clock of the run, or lets it go on; at the end it begins again.
    pub(super) fn pause_watch(&mut self) -> Vec<Effect> {
        let Some(watching) = &mut self.watching else {
            return Vec::new();
        };
        self.versions.play += 1;
        match watching.pace {
            Pace::Playing => {
                watching.pause();
                vec![Effect::Announce(format!(
                    "Paused. {}",
                    self.watched_words()
                ))]
            }
            Pace::Paused if watching.is_over() => vec![Effect::App(Action::WatchMap)],
            Pace::Paused => {
                watching.pace = Pace::Playing;
                Vec::new()
            }
        }
    }

    /// Goes on to the next move, and stops there.
    pub(super) fn step_watch(&mut self) -> Vec<Effect> {
        let Some(watching) = &mut self.watching else {
            return Vec::new();
        };
        let happened = watching.step();
        self.versions.play += 1;
        let moves = happened.iter().filter_map(|event| match event.what {
            Happening::Move(passage) => Some(self.passage_words(passage)),
            Happening::Stands(..) | Happening::Whole(_) => None,
        });
        let words: Vec<String> = moves.take(3).collect();
        match words.is_empty() {
            true => vec![Effect::Announce(self.watched_words())],
            false => vec![Effect::Announce(words.join(". "))],
        }
    }

    /// Ends the run that is watched, if there is one.
    pub(super) fn end_watch(&mut self) -> Vec<Effect> {
        if self.watching.take().is_none() {
            return Vec::new();
        }
        self.versions.play += 1;
        vec![Effect::Announce("The run of the map was ended".to_owned())]
    }

    /// A change of what runs ends the run that is watched: it is of another map. A move on the canvas
    /// changes nothing of it.
    pub(super) fn follow_watch(&mut self, patch: &Patch) {
        if self.watching.is_some() && matters_to_streams(patch) {
            self.watching = None;
            self.versions.play += 1;
        }
    }

    /// An item that moves, in words.
    fn passage_words(&self, passage: Passage) -> String {
        let name = |id: Id| describe(&self.document, id);
        match (passage.from, passage.to) {
            (None, Some(to)) => format!("An item comes to {}", name(to)),
            (Some(from), None) => format!("An item is done, at {}", name(from)),
            (Some(from), Some(to)) => format!("From {} to {}", name(from), name(to)),
            (None, None) => String::new(),
        }
    }

    /// How the run stands that is watched, in words.
    #[must_use]
    pub fn watched_words(&self) -> String {
        let Some(watching) = &self.watching else {
            return String::new();
        };
        let calendar = self.document.calendar();
        let Whole {
            inside,
            outside,
            left,
            lead,
        } = watching.whole;
        let day = watching.now / calendar.seconds_per_day;
        let mut words = vec![
            format!("day {}", number_text(day.floor() + 1.0)),
            format!("{inside} in it"),
            format!("{left} done"),
        ];
        if outside > 0 {
            words.insert(2, format!("{outside} outside"));
        }
        if let Some(lead) = lead {
            let time = crate::model::duration_text(
                lead * calendar.elapsed_per_working_second(),
                &calendar,
            );
            words.push(format!("lead time so far {time}"));
        }
        let most = watching
            .stands
            .iter()
            .max_by_key(|(_, stand)| stand.waiting);
        if let Some((id, stand)) = most.filter(|(_, stand)| stand.waiting > 1) {
            words.push(format!(
                "{} wait at {}",
                stand.waiting,
                describe(&self.document, *id)
            ));
        }
        let words = words.join(", ");
        match watching.is_stuck() {
            true => format!("Nothing moves any more, since each waits for another: {words}"),
            false => sentence(&words),
        }
    }
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
