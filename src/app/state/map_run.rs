//! What a person wants to know of runs of the value-stream map, and what they came to.

use crate::worker::{Block, MapQuestion, MapRunView, Showing};

/// What is asked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ask {
    /// How the map does.
    #[default]
    Results,
    /// How an improvement does beside another, or beside today.
    Compare,
    /// Which step is worth improving.
    Pays,
    /// When work is done.
    WhenDone,
    /// How much is done by a day.
    HowMany,
}

impl Ask {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 5] = [
        Self::Results,
        Self::Compare,
        Self::Pays,
        Self::WhenDone,
        Self::HowMany,
    ];

    /// What people read.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Results => "How long it takes",
            Self::Compare => "How two futures differ",
            Self::Pays => "Which change pays",
            Self::WhenDone => "When items are done",
            Self::HowMany => "How many get done",
        }
    }
}

/// What a person has chosen.
#[derive(Clone, Debug, PartialEq)]
pub struct MapChoice {
    /// What is asked.
    pub ask: Ask,
    /// Whose numbers are run.
    pub showing: Showing,
    /// What they are compared with.
    pub against: Showing,
    /// How many items are to be done; none for those in it now.
    pub items: Option<u64>,
    /// In how many working days.
    pub days: f64,
}

impl Default for MapChoice {
    fn default() -> Self {
        Self {
            ask: Ask::default(),
            showing: Showing::Today,
            against: Showing::Today,
            items: Some(20),
            days: 20.0,
        }
    }
}

impl MapChoice {
    /// The question.
    pub fn question(&self) -> MapQuestion {
        let showing = self.showing.clone();
        match self.ask {
            Ask::Results => MapQuestion::Results(showing),
            Ask::Compare => MapQuestion::Compare(self.against.clone(), showing),
            Ask::Pays => MapQuestion::Pays(showing),
            Ask::WhenDone => MapQuestion::WhenDone(showing, self.items),
            Ask::HowMany => MapQuestion::HowMany(showing, self.days),
        }
    }
}

/// Whether what came of runs is of the map as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Freshness {
    /// It is.
    Current,
    /// The map was changed since.
    Outdated,
}

/// How it stands with runs of the map.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum MapRunState {
    /// None were asked for.
    #[default]
    Nothing,
    /// So many hundredths are done.
    Running(u64),
    /// They are done, of the map as it is or as it was.
    Done(MapRunView, Freshness),
    /// They cannot be made, and why.
    Refused(Vec<Block>),
    /// They ended since the map was changed.
    Ended,
}

impl MapRunState {
    /// The map was changed: what came of runs is of the one before.
    pub const fn outdate(&mut self) {
        if let Self::Done(_, freshness) = self {
            *freshness = Freshness::Outdated;
        }
    }
}
