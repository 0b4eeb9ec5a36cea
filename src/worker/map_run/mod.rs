//! A value-stream map that runs: what is asked of its runs, the work behind it, and what it tells.

mod bound;
mod bound_figures;
mod charts;
mod compare;
mod film;
mod forecasts;
mod job;
mod results;
mod side;
mod wanted;

pub use wanted::{FilmWanted, Longer, MapQuestion, MapRunView, MapRunWanted};

pub use bound::{BoundNews, BoundRuns};
use film::Film;
pub use forecasts::Clock;
use job::MapJob;
use side::Side;

use super::ResponseBody;
use crate::causal::Progress;
use crate::model::Document;
use crate::scene::{MeasureText, Reel, ReelEnd};

/// What is under way with runs of the map: at most one question, and one run that is shown.
#[derive(Debug, Default)]
pub struct MapRuns {
    job: Option<Box<MapJob>>,
    film: Option<Box<Film>>,
}

impl MapRuns {
    /// Begins the runs for a question.
    pub fn ask(
        &mut self,
        document: &Document,
        wanted: MapRunWanted,
        font: &dyn MeasureText,
    ) -> Vec<ResponseBody> {
        match MapJob::begin(document, wanted, font) {
            Ok(job) => {
                self.job = Some(Box::new(job));
                vec![ResponseBody::MapRunning(0)]
            }
            Err(view) => vec![ResponseBody::MapRun(view)],
        }
    }

    /// Gives the question up.
    pub fn stop(&mut self) {
        self.job = None;
    }

    /// Whether a question is being worked on.
    pub const fn is_busy(&self) -> bool {
        self.job.is_some()
    }

    /// Goes on with the question.
    pub fn advance(
        &mut self,
        budget: u64,
        document: &Document,
        font: &dyn MeasureText,
        clock: &Clock<'_>,
    ) -> Vec<ResponseBody> {
        let Some(job) = &mut self.job else {
            return Vec::new();
        };
        let (progress, bodies) = job.advance(budget, document, font, clock);
        if progress == Progress::Finished {
            self.job = None;
        }
        bodies
    }

    /// Begins a run that is shown, and gives its first part.
    pub fn show(
        &mut self,
        document: &Document,
        wanted: &FilmWanted,
        font: &dyn MeasureText,
    ) -> Vec<ResponseBody> {
        match Side::of(document, &wanted.about, &wanted.showing, font) {
            Ok(side) => {
                let seed = u64::from(document.properties().stream.run.seed);
                let mut film = Box::new(Film::new(&side, seed));
                let first = film.next();
                self.film = Some(film);
                vec![ResponseBody::FilmBegins(side.name, first)]
            }
            Err(blocks) => {
                self.film = None;
                vec![ResponseBody::NoFilm(blocks)]
            }
        }
    }

    /// The next part of the run that is shown.
    pub fn show_on(&mut self) -> Vec<ResponseBody> {
        // Without one it is over.
        let over = || Reel {
            end: ReelEnd::Done,
            ..Reel::default()
        };
        let reel = self.film.as_mut().map_or_else(over, |film| film.next());
        vec![ResponseBody::Film(reel)]
    }

    /// The document is another: the question ends. What is shown goes on, as the page decides. Gives
    /// what is to be said of what was under way.
    pub fn end(&mut self) -> Vec<ResponseBody> {
        let ended = self.job.take().map(|_| ResponseBody::MapRunEnded);
        ended.into_iter().collect()
    }
}
