//! Playing: a variable was pushed, and the change travels. What is shown of it is a moment, which a
//! clock moves on.

use crate::causal::Progress;
use crate::causal::play::{Account, Moment, Play, Push};
use crate::model::{Id, Patch};

use super::action::Action;
use super::change::matters_to_loops;
use super::event::Effect;
use super::state::{Editor, IMMEDIATE_BUDGET};

/// How many visits of a link the search for paths may cost between two ticks.
const TICK_BUDGET: u64 = 60_000;
/// The longest that may pass between two ticks, in milliseconds: a page that was out of sight goes on
/// where it was.
const LONGEST_TICK: f64 = 100.0;

/// Whether the clock moves a play on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// It does.
    Playing,
    /// It stands.
    Paused,
}

/// How fast it plays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Speed {
    /// To talk about each round.
    Slow,
    /// As it begins.
    #[default]
    Normal,
    /// To see the whole.
    Fast,
}

impl Speed {
    /// Every speed, the slowest first.
    pub const ALL: [Self; 3] = [Self::Slow, Self::Normal, Self::Fast];

    /// How long a round takes, in milliseconds.
    #[must_use]
    pub const fn round(self) -> f64 {
        match self {
            Self::Slow => 3_000.0,
            Self::Normal => 1_500.0,
            Self::Fast => 700.0,
        }
    }

    /// What people call it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Slow => "Slow",
            Self::Normal => "Normal",
            Self::Fast => "Fast",
        }
    }
}

/// Whether signals are seen on their way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    /// They are.
    #[default]
    Travelling,
    /// A person wants no motion: a round is over all at once.
    Still,
}

/// What moves a play.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum PlayInput {
    /// The clock shows so many milliseconds; and whether a person wants to see motion.
    Tick(f64, Motion),
    /// Play as fast as this.
    Speed(Speed),
}

/// A play that is shown.
#[derive(Clone, Debug)]
pub struct Playing {
    play: Play,
    moment: Moment,
    pace: Pace,
    speed: Speed,
    motion: Motion,
    /// When the clock last ticked, in milliseconds; none before its first tick since it stood.
    ticked: Option<f64>,
}

impl Playing {
    fn new(play: Play, speed: Speed, motion: Motion) -> Self {
        Self {
            play,
            moment: Moment::default(),
            pace: Pace::Playing,
            speed,
            motion,
            ticked: None,
        }
    }

    /// What is played.
    #[must_use]
    pub const fn play(&self) -> &Play {
        &self.play
    }

    /// The moment that is shown.
    #[must_use]
    pub const fn moment(&self) -> Moment {
        match self.motion {
            Motion::Travelling => self.moment,
            Motion::Still => Moment {
                round: self.moment.round,
                share: 0.0,
            },
        }
    }

    /// Whether the clock moves it on.
    #[must_use]
    pub const fn pace(&self) -> Pace {
        self.pace
    }

    /// How fast.
    #[must_use]
    pub const fn speed(&self) -> Speed {
        self.speed
    }

    /// Whether every tick shows something else.
    #[must_use]
    pub fn moves(&self) -> bool {
        self.pace == Pace::Playing && self.motion == Motion::Travelling
    }

    /// Whether there is anything to do at the next tick.
    #[must_use]
    pub fn wants_ticks(&self) -> bool {
        self.pace == Pace::Playing || !self.play.is_settled()
    }

    /// Whether everything has arrived.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.moment.round >= self.play.rounds()
    }

    fn pause(&mut self) {
        self.pace = Pace::Paused;
        self.ticked = None;
    }

    /// Moves on by what has passed since the last tick; whether a round ended.
    fn pass(&mut self, now: f64) -> bool {
        let before = self.ticked.replace(now);
        let passed = before.map_or(0.0, |before| (now - before).clamp(0.0, LONGEST_TICK));
        self.moment.share += passed / self.speed.round();
        let is_round = self.moment.share >= 1.0;
        if is_round {
            self.end_round();
        }
        is_round
    }

    fn end_round(&mut self) {
        self.moment = Moment {
            round: self.moment.round + 1,
            share: 0.0,
        };
        if self.is_over() {
            self.pause();
        }
    }
}

impl Editor {
    /// The play that is shown.
    #[must_use]
    pub const fn playing(&self) -> Option<&Playing> {
        self.playing.as_ref()
    }

    /// Whether what is played alone is selected: its own bar has what can be done with it.
    #[must_use]
    pub fn plays_selection(&self) -> bool {
        let played = self.playing.as_ref().map(|playing| playing.play.pushed());
        played.is_some() && played == self.overlay.handle_of()
    }

    /// What words of a play are about.
    #[must_use]
    pub const fn account(&self) -> Account<'_> {
        Account {
            document: &self.document,
            loops: &self.report,
        }
    }

    /// Pushes the variable that is selected, or again the one that is played.
    pub(super) fn push(&mut self, push: Push) -> Vec<Effect> {
        let mut selected = self.overlay.selection.iter().copied();
        let selected = selected.find(|id| self.document.variables().contains_key(id));
        let played = self.playing.as_ref().map(|playing| playing.play.pushed());
        match selected.or(played) {
            Some(variable) => self.play_of(variable, push),
            None => vec![Effect::Announce("Select a variable first".to_owned())],
        }
    }

    fn play_of(&mut self, variable: Id, push: Push) -> Vec<Effect> {
        let Some(mut play) = Play::new(&self.document, variable, push) else {
            return Vec::new();
        };
        play.advance(&self.document, IMMEDIATE_BUDGET);
        let before = self.playing.as_ref();
        let (speed, motion) =
            before.map_or_else(Default::default, |playing| (playing.speed, playing.motion));
        let mut playing = Playing::new(play, speed, motion);
        if playing.is_over() {
            playing.pause();
        }
        self.watching = None;
        let words = playing.play.pushed_words(self.account());
        let rounds = playing.play.length_words();
        self.playing = Some(playing);
        self.versions.play += 1;
        vec![Effect::Announce(format!("{words}. {rounds}"))]
    }

    /// Moves the play by what came in.
    pub(super) fn play_on(&mut self, input: PlayInput) -> Vec<Effect> {
        let Some(playing) = &mut self.playing else {
            return Vec::new();
        };
        match input {
            PlayInput::Tick(now, motion) => {
                playing.motion = motion;
                if !playing.play.is_settled()
                    && playing.play.advance(&self.document, TICK_BUDGET) == Progress::Finished
                {
                    self.versions.play += 1;
                }
                if playing.pace == Pace::Playing && playing.pass(now) {
                    return self.tell_round();
                }
                Vec::new()
            }
            PlayInput::Speed(speed) => {
                playing.speed = speed;
                self.versions.play += 1;
                Vec::new()
            }
        }
    }

    /// What the round that has just ended brought, for who cannot see the canvas.
    fn tell_round(&mut self) -> Vec<Effect> {
        self.versions.play += 1;
        let Some(playing) = &self.playing else {
            return Vec::new();
        };
        let mut words = playing
            .play
            .spoken_round(self.account(), playing.moment.round);
        if playing.is_over() {
            words.push_str(". ");
            words.push_str(&playing.play.spoken_end());
        }
        vec![Effect::Announce(words)]
    }

    /// Stops the clock of the play, or lets it go on; at the end it begins again.
    pub(super) fn pause_play(&mut self) -> Vec<Effect> {
        if self.watching.is_some() {
            return self.pause_watch();
        }
        let Some(playing) = &mut self.playing else {
            return Vec::new();
        };
        self.versions.play += 1;
        match playing.pace {
            Pace::Playing => playing.pause(),
            Pace::Paused => {
                if playing.is_over() {
                    playing.moment = Moment::default();
                }
                if !playing.is_over() {
                    playing.pace = Pace::Playing;
                }
            }
        }
        Vec::new()
    }

    /// Brings the present round to its end, and stops there.
    pub(super) fn step_play(&mut self) -> Vec<Effect> {
        if self.watching.is_some() {
            return self.step_watch();
        }
        let Some(playing) = self.playing.as_mut().filter(|playing| !playing.is_over()) else {
            return Vec::new();
        };
        playing.pause();
        playing.end_round();
        self.tell_round()
    }

    /// Goes back to the push, and stops there.
    pub(super) fn rewind_play(&mut self) -> Vec<Effect> {
        if self.watching.is_some() {
            return vec![Effect::App(Action::WatchMap)];
        }
        let Some(playing) = &mut self.playing else {
            return Vec::new();
        };
        playing.moment = Moment::default();
        playing.pause();
        self.versions.play += 1;
        vec![Effect::Announce("Back at the push".to_owned())]
    }

    /// Ends the play, if there is one.
    pub(super) fn end_play(&mut self) -> Vec<Effect> {
        if self.watching.is_some() {
            return self.end_watch();
        }
        if self.playing.take().is_none() {
            return Vec::new();
        }
        self.versions.play += 1;
        vec![Effect::Announce("The play was ended".to_owned())]
    }

    /// Brings the play after a change of the document: where that changes what it plays, it begins
    /// again, and without its variable it ends. A move changes nothing of it.
    pub(super) fn follow_play(&mut self, patch: &Patch) {
        let Some(before) = &self.playing else {
            return;
        };
        if !patch.changes.values().any(matters_to_loops) {
            return;
        }
        let (speed, motion) = (before.speed, before.motion);
        let play = Play::new(&self.document, before.play.pushed(), before.play.push());
        self.playing = play.map(|play| Playing::new(play, speed, motion));
        if let Some(playing) = self.playing.as_mut().filter(|playing| playing.is_over()) {
            playing.pause();
        }
        self.versions.play += 1;
    }
}
