//! A run and the scoring of its loops as one thing that goes on a budget at a time.

use std::sync::Arc;

use crate::causal::Progress;
use crate::simulate::wasm::Engine;
use crate::simulate::{
    Compiled, Extent, LinkRun, LoopScores, LoopSearch, Results, Run, ScoreError, Settings, Source,
    Which, wire,
};

/// How much of a search for loops is done before it is cut off, in links that are tried.
const MOST_TRIED: u64 = 400_000_000;

/// A run with these settings.
#[derive(Debug)]
pub enum Running {
    /// Under way.
    Under(Box<Run>),
    /// Done.
    Done(Results),
}

/// A run that can be shown.
#[derive(Debug)]
pub struct Ran {
    /// The model as it ran.
    pub compiled: Arc<Compiled>,
    /// How far it is.
    pub running: Running,
}

impl Ran {
    /// A run that is at its start, on an engine if there is one.
    pub fn of(compiled: Arc<Compiled>, run: Run, engine: Option<&dyn Engine>) -> Self {
        let run = match engine {
            Some(engine) => run.on(engine),
            None => run,
        };
        Self {
            compiled,
            running: Running::Under(Box::new(run)),
        }
    }

    /// Goes on.
    pub fn advance(&mut self, budget: u64) -> Progress {
        let Running::Under(run) = &mut self.running else {
            return Progress::Finished;
        };
        if run.advance(budget) == Progress::Unfinished {
            return Progress::Unfinished;
        }
        let run = std::mem::replace(&mut self.running, Running::Done(Results::default()));
        if let Running::Under(run) = run {
            self.running = Running::Done(run.into_results());
        }
        Progress::Finished
    }

    /// What it gave, once it is done.
    pub fn results(&self) -> Option<&Results> {
        match &self.running {
            Running::Done(results) => Some(results),
            Running::Under(_) => None,
        }
    }
}

/// The scoring of the loops of a run.
#[derive(Debug)]
pub enum Scoring {
    /// Links get their scores.
    Links(Box<LinkRun>),
    /// Loops are searched; how many links may still be tried.
    Loops(Box<LoopSearch>, u64),
    /// Done.
    Done(Box<LoopScores>),
    /// There are none, and why.
    None(String),
}

impl Scoring {
    /// The scoring of a model with these settings, at its start.
    pub fn begin(source: &Source, settings: &Settings, engine: Option<&dyn Engine>) -> Self {
        let wired = wire(source, settings).map(Arc::new);
        let run = wired.and_then(|wiring| LinkRun::new(wiring, Which::OnLoops));
        match run {
            Ok(run) => Self::Links(Box::new(match engine {
                Some(engine) => run.on(engine),
                None => run,
            })),
            Err(error) => Self::None(why(&error)),
        }
    }

    /// Goes on.
    pub fn advance(&mut self, budget: u64) -> Progress {
        match self {
            Self::Links(run) => {
                if run.advance(budget) == Progress::Finished {
                    let done = std::mem::replace(self, Self::None(String::new()));
                    if let Self::Links(run) = done {
                        let links = run.into_scores().unwrap_or_default();
                        let search = LoopSearch::new(Arc::new(links));
                        *self = Self::Loops(Box::new(search), MOST_TRIED);
                    }
                }
                Progress::Unfinished
            }
            Self::Loops(search, left) => {
                let mut progress = search.advance(budget);
                *left = left.saturating_sub(budget);
                if progress == Progress::Unfinished && *left == 0 {
                    search.cut_off();
                    progress = search.advance(budget);
                }
                if progress == Progress::Finished {
                    let done = std::mem::replace(self, Self::None(String::new()));
                    if let Self::Loops(search, _) = done {
                        *self = match search.into_scores() {
                            Some(scores) => Self::Done(Box::new(scores)),
                            None => Self::None("The search for loops did not end.".to_owned()),
                        };
                    }
                    return Progress::Finished;
                }
                Progress::Unfinished
            }
            Self::Done(_) | Self::None(_) => Progress::Finished,
        }
    }
}

/// Why there are no scores, as a sentence.
fn why(error: &ScoreError) -> String {
    match error {
        ScoreError::NotEuler(_) => "Loops have scores in runs by Euler alone: choose Euler in the \
                                    settings of runs, with a step that is small enough."
            .to_owned(),
        other => format!("Loops have no scores: {other}."),
    }
}

/// What is to be said of how many loops were found.
pub fn extent_words(scores: &LoopScores) -> String {
    let (found, kept) = (scores.found(), scores.loops().len());
    if kept == 0 && found > 0 {
        return format!(
            "The shares of all {found} loops are not known: values of the run are no finite numbers."
        );
    }
    match scores.extent() {
        Extent::Complete if found == kept => {
            format!("Exact: all {found} loops that are ever active.")
        }
        Extent::Complete => format!(
            "Exact: {found} loops are active at some time; the {kept} that ever matter are listed."
        ),
        Extent::CutOff => format!(
            "The search was cut off at {found} loops: there are more, and the shares shown are too \
             large."
        ),
    }
}
