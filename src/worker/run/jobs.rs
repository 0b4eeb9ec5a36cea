//! The model of the document, once it was asked for, and what is under way with it.

use std::rc::Rc;
use std::sync::Arc;

use super::fit::{FitJob, FitWanted};
use super::job::{Begun, RunFor, RunJob};
use super::model::{NoModel, OpenModel};
use super::spread::{SpreadJob, SpreadWanted};
use super::view::RunWanted;
use crate::causal::Progress;
use crate::model::Document;
use crate::scene::MeasureText;
use crate::simulate::StreamFigures;
use crate::simulate::wasm::Engine;
use crate::worker::ResponseBody;

/// At most one job of each kind: a new request of a kind takes the place of the one before.
#[derive(Debug, Default)]
pub struct RunJobs {
    model: Option<Arc<OpenModel>>,
    /// The view of runs that is wanted.
    viewing: Option<Box<RunJob>>,
    /// Many runs.
    spreading: Option<Box<SpreadJob>>,
    /// The search for numbers.
    fitting: Option<Box<FitJob>>,
    /// What runs models as WebAssembly; none on the host.
    engine: Option<Rc<dyn Engine>>,
}

impl RunJobs {
    /// From now on models run on this where it is quicker.
    pub fn set_engine(&mut self, engine: Rc<dyn Engine>) {
        self.engine = Some(engine);
    }

    /// What runs models where it is quicker.
    pub const fn engine(&self) -> Option<&Rc<dyn Engine>> {
        self.engine.as_ref()
    }

    /// The document is another: all of it ends. Gives what is to be said of what took long.
    pub fn end(&mut self) -> Vec<ResponseBody> {
        let engine = self.engine.take();
        let Self {
            spreading, fitting, ..
        } = std::mem::take(self);
        self.engine = engine;
        let why = || "The diagram was changed meanwhile: begin again.".to_owned();
        let spread = spreading.map(|_| ResponseBody::NoSpread(why()));
        let fit = fitting.map(|_| ResponseBody::NoFit(why()));
        spread.into_iter().chain(fit).collect()
    }

    /// Gives up the view that is in the making, and says what it was for.
    pub fn take_view(&mut self) -> Option<(RunWanted, RunFor)> {
        self.viewing.take().map(|job| job.into_wanted())
    }

    /// Begins a view of runs of a document whose variables take these figures from its value streams.
    pub fn view(
        &mut self,
        (document, figures): (&Document, &StreamFigures),
        wanted: RunWanted,
        purpose: RunFor,
    ) -> Vec<ResponseBody> {
        let engine = self.engine.as_deref();
        match RunJob::begin(
            (document, figures),
            &mut self.model,
            wanted,
            purpose,
            engine,
        ) {
            Begun::View(view) => vec![ResponseBody::Run(*view)],
            Begun::Job(job) => {
                self.viewing = Some(job);
                Vec::new()
            }
        }
    }

    /// Begins many runs.
    pub fn spread(
        &mut self,
        (document, figures): (&Document, &StreamFigures),
        wanted: SpreadWanted,
    ) -> Vec<ResponseBody> {
        let engine = self.engine.clone();
        let model = self.opened(document, figures);
        match model.and_then(|model| SpreadJob::begin(document, &model, wanted, engine)) {
            Ok(job) => {
                self.spreading = Some(Box::new(job));
                Vec::new()
            }
            Err(why) => vec![ResponseBody::NoSpread(why)],
        }
    }

    /// Ends the many runs.
    pub fn stop_spread(&mut self) {
        self.spreading = None;
    }

    /// Begins to look for numbers.
    pub fn fit(
        &mut self,
        (document, figures): (&Document, &StreamFigures),
        wanted: FitWanted,
    ) -> Vec<ResponseBody> {
        let engine = self.engine.clone();
        let model = self.opened(document, figures);
        match model.and_then(|model| FitJob::begin(document, &model, wanted, engine)) {
            Ok(job) => {
                self.fitting = Some(Box::new(job));
                Vec::new()
            }
            Err(why) => vec![ResponseBody::NoFit(why)],
        }
    }

    /// Ends looking for numbers.
    pub fn stop_fit(&mut self) {
        self.fitting = None;
    }

    /// The model of the document, read once.
    ///
    /// # Errors
    /// That it cannot run, as a sentence.
    pub fn opened(
        &mut self,
        document: &Document,
        figures: &StreamFigures,
    ) -> Result<Arc<OpenModel>, String> {
        if let Some(model) = &self.model {
            return Ok(model.clone());
        }
        match OpenModel::of(document, figures) {
            Ok(model) => Ok(self.model.insert(Arc::new(model)).clone()),
            Err(NoModel::Nothing | NoModel::Faulty(_)) => {
                Err("The model cannot run yet.".to_owned())
            }
        }
    }

    /// Whether a view is in the making: a person waits for it.
    pub const fn has_view(&self) -> bool {
        self.viewing.is_some()
    }

    /// Whether there is something that takes long, which all else goes before.
    pub const fn has_long(&self) -> bool {
        self.spreading.is_some() || self.fitting.is_some()
    }

    /// Works on at the view.
    pub fn advance_view(
        &mut self,
        budget: u64,
        document: &Document,
        font: &dyn MeasureText,
    ) -> Vec<ResponseBody> {
        let made = self.viewing.as_mut();
        let made = made.and_then(|job| job.advance(budget, document, font));
        if made.is_some() {
            self.viewing = None;
        }
        made.into_iter().collect()
    }

    /// Works on at what takes long: first the many runs, then the search.
    pub fn advance_long(
        &mut self,
        budget: u64,
        document: &Document,
        font: &dyn MeasureText,
    ) -> Vec<ResponseBody> {
        if let Some(spreading) = &mut self.spreading {
            let (progress, bodies) = spreading.advance(budget, document, font);
            if progress == Progress::Finished {
                self.spreading = None;
            }
            return bodies;
        }
        let Some(fitting) = &mut self.fitting else {
            return Vec::new();
        };
        let (progress, bodies) = fitting.advance(budget, document, font);
        if progress == Progress::Finished {
            self.fitting = None;
        }
        bodies
    }
}
