//! What a person wants to know of a run of the map.

use serde::{Deserialize, Serialize};

use crate::model::Id;
use crate::worker::improvements::Showing;
use crate::worker::report::Block;

/// A run of the map, or several.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapRunWanted {
    /// Stations or flows of the stream; empty for the main one.
    pub about: Vec<Id>,
    /// What is asked.
    pub question: MapQuestion,
    /// The width of its charts, in CSS pixels.
    pub width: f64,
    /// So many times as long as usual.
    pub length: u32,
}

/// What is asked of runs of the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum MapQuestion {
    /// How it does.
    Results(Showing),
    /// How the second does beside the first, under the same chance.
    Compare(Showing, Showing),
    /// Which step is worth improving: each is made a tenth quicker in turn.
    Pays(Showing),
    /// When so many items are done; when those in it now are done for none.
    WhenDone(Showing, Option<u64>),
    /// How many items are done in so many days of the calendar.
    HowMany(Showing, f64),
}

/// A run that is to be shown on the map, from its start.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilmWanted {
    /// Stations or flows of the stream; empty for the main one.
    pub about: Vec<Id>,
    /// Whose numbers it has.
    pub showing: Showing,
}

/// What comes of runs of the map.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MapRunView {
    /// What was asked.
    pub question: MapQuestion,
    /// What is to be told.
    pub blocks: Vec<Block>,
    /// How many times as long as usual the runs were.
    pub length: u32,
    /// Whether longer runs would tell more.
    pub longer: Longer,
}

/// Whether longer runs would tell more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Longer {
    /// They are long enough, or it would not help.
    No,
    /// They would.
    Helps,
}
