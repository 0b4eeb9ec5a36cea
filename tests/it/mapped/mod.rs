//! Maps that become lines of events: what is read, what is asked, and that a run does what the
//! figures say.

mod exact;
mod formulas;
mod futures;
mod groups;
mod random;
mod readings;
mod templates;
mod times;

use std::sync::Arc;

use loopstream::model::{Document, Id};
use loopstream::scene::{EstimatedText, stations_in_frames};
use loopstream::simulate::events::{LeftOut, Results, Settings, Study};
use loopstream::simulate::mapped::{Gap, Mapped, NotReady};
use loopstream::stream::Stream;

const HOUR: f64 = 3_600.0;

/// The main stream of a document, read.
fn read(document: &Document) -> Result<Mapped, NotReady> {
    let streams = Stream::all(document);
    let inside = stations_in_frames(document, &EstimatedText);
    Mapped::of(document, &streams[0].stations, &inside)
}

#[track_caller]
fn ready(document: &Document) -> Mapped {
    read(document).unwrap_or_else(|error| panic!("{:#?}", error.gaps))
}

#[track_caller]
fn gaps(document: &Document) -> Vec<Gap> {
    read(document).expect_err("something is missing").gaps
}

/// The stations of the line that stand for a record.
fn at(mapped: &Mapped, record: Id) -> Vec<usize> {
    let places = mapped.places.iter().enumerate();
    let found = places.filter(|(_, place)| place.record == record);
    found.map(|(at, _)| at).collect()
}

fn says(mapped: &Mapped, part: &str) -> bool {
    mapped
        .assumptions
        .iter()
        .any(|one| one.words.contains(part))
}

/// Some replications of a length in seconds.
fn study(mapped: &Mapped, length: f64, replications: u32) -> Study {
    let settings = Settings {
        seed: 1,
        length,
        replications,
        most: replications,
        precision: 0.0,
        warm_up: LeftOut::Time(length / 10.0),
        level: 0.99,
    };
    let mut study = Study::new(Arc::clone(&mapped.plan), settings);
    study.finish();
    study
}

fn results(mapped: &Mapped, length: f64, replications: u32) -> Results {
    study(mapped, length, replications).results().unwrap()
}
