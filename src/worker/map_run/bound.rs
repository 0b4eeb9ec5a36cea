//! Runs of the map for what is bound to them: by themselves, in portions, whenever the map that runs is
//! another.

use std::collections::BTreeSet;

use super::side::{Side, first_gap};
use crate::model::{Binding, Document, StoryFigure, Target};
use crate::scene::{MeasureText, stations_in_frames};
use crate::simulate::events::{Line, Results, Settings, Study};
use crate::simulate::mapped::Mapped;
use crate::stream::{NoMean, SimulatedFigure, SimulatedFigures, Stream};

use super::bound_figures::{Studied, figure};
use super::job::EVENTS;

/// The runs for what is bound, one study for each stream that something is bound to.
#[derive(Debug, Default)]
pub struct BoundRuns {
    runs: Vec<BoundRun>,
    figures: SimulatedFigures,
    /// The figures that were told last.
    told: SimulatedFigures,
    standing: Standing,
}

/// How the runs stand to the document.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Standing {
    /// Nobody has asked for anything of them.
    #[default]
    Unasked,
    /// They are those of the document.
    Current,
    /// The document has changed since.
    Old,
}

/// Whether the figures are others than those that were told last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoundNews {
    /// They are the same.
    None,
    /// They are to be told.
    Changed,
}

/// The runs of one stream.
#[derive(Debug)]
struct BoundRun {
    /// What is bound to it.
    bindings: Vec<Binding>,
    work: Work,
}

/// How far it is.
#[derive(Debug)]
enum Work {
    /// The map cannot run; what is missing first.
    CannotRun(String),
    /// It can.
    Runs(Box<Runs>),
}

/// A stream that runs.
#[derive(Debug)]
struct Runs {
    side: Side,
    wanted: Wanted,
    stage: Stage,
}

/// How far the runs of a stream are.
#[derive(Debug)]
enum Stage {
    /// They have not begun.
    Waiting,
    /// They are under way.
    UnderWay(Box<Study>),
    /// This came of them.
    Done(Settings, Option<Box<Results>>),
}

/// What decides what runs say beside the line itself.
#[derive(Clone, Debug, PartialEq)]
struct Wanted {
    seed: u32,
    replications: u32,
    days: Option<f64>,
    has_schedule: bool,
    seconds_per_day: f64,
}

impl Wanted {
    fn of(document: &Document) -> Self {
        let run = &document.properties().stream.run;
        Self {
            seed: run.seed,
            replications: run.replications,
            days: run.days,
            has_schedule: !run.schedule.is_empty(),
            seconds_per_day: document.calendar().seconds_per_day,
        }
    }
}

impl BoundRun {
    /// Whether it runs this line, so often and so long.
    fn runs(&self, line: &Line, wanted: &Wanted) -> bool {
        match &self.work {
            Work::CannotRun(_) => false,
            Work::Runs(runs) => runs.wanted == *wanted && runs.side.mapped.plan.line() == line,
        }
    }

    /// What it says of a binding.
    fn figure(&self, document: &Document, binding: &Binding) -> SimulatedFigure {
        let runs = match &self.work {
            Work::CannotRun(gap) => {
                return SimulatedFigure::None(NoMean::CannotRun(gap.clone()));
            }
            Work::Runs(runs) => runs,
        };
        match &runs.stage {
            Stage::Waiting | Stage::UnderWay(_) => SimulatedFigure::Running,
            Stage::Done(_, None) => SimulatedFigure::None(NoMean::NothingCame),
            Stage::Done(settings, Some(results)) => {
                let studied = Studied {
                    mapped: &runs.side.mapped,
                    settings,
                    results,
                    seed: runs.wanted.seed,
                };
                figure(&studied, &document.calendar(), binding)
            }
        }
    }
}

impl BoundRuns {
    /// The document is another. What was run stays, and is compared when the figures are wanted.
    pub fn document_changed(&mut self) {
        if self.standing == Standing::Current {
            self.standing = Standing::Old;
        }
    }

    /// What the runs say of what is bound in the document.
    pub fn figures(&mut self, document: &Document, font: &dyn MeasureText) -> SimulatedFigures {
        self.look(document, font);
        self.figures.clone()
    }

    /// What the runs say, which whoever asks for it tells.
    pub fn tell(&mut self, document: &Document, font: &dyn MeasureText) -> SimulatedFigures {
        self.look(document, font);
        self.told.clone_from(&self.figures);
        self.figures.clone()
    }

    /// Whether there is something to run, or to look whether there is.
    pub fn is_busy(&self) -> bool {
        match self.standing {
            Standing::Unasked => false,
            Standing::Old => !self.runs.is_empty(),
            Standing::Current => self.runs.iter().any(|run| match &run.work {
                Work::CannotRun(_) => false,
                Work::Runs(runs) => !matches!(runs.stage, Stage::Done(..)),
            }),
        }
    }

    /// Goes on with the runs.
    pub fn advance(
        &mut self,
        budget: u64,
        document: &Document,
        font: &dyn MeasureText,
    ) -> BoundNews {
        self.look(document, font);
        let runs = self.runs.iter_mut().filter_map(|run| match &mut run.work {
            Work::CannotRun(_) => None,
            Work::Runs(runs) => Some(runs),
        });
        let mut open = runs.filter(|runs| !matches!(runs.stage, Stage::Done(..)));
        if let Some(runs) = open.next()
            && runs.advance(budget.saturating_mul(EVENTS), document)
        {
            self.figures = self.read(document);
        }
        match self.figures == self.told {
            true => BoundNews::None,
            false => BoundNews::Changed,
        }
    }

    /// Looks what is bound now and what of it has been run: of a line that is as it was, with the same
    /// seed, length and number of runs, what was run stays.
    fn look(&mut self, document: &Document, font: &dyn MeasureText) {
        if self.standing == Standing::Current {
            return;
        }
        self.standing = Standing::Current;
        let mut before = std::mem::take(&mut self.runs);
        let bound = bound(document);
        let streams = match bound.is_empty() {
            true => Vec::new(),
            false => Stream::all(document),
        };
        let wanted = Wanted::of(document);
        let inside = stations_in_frames(document, font);
        let mut left: BTreeSet<Binding> = bound;
        for (place, stream) in streams.iter().enumerate() {
            let is_of_this = |binding: &Binding| match binding.record() {
                None => place == 0,
                Some(station) => stream.stations.contains(&station),
            };
            let bindings: Vec<Binding> = left.iter().copied().filter(is_of_this).collect();
            if bindings.is_empty() {
                continue;
            }
            left.retain(|binding| !bindings.contains(binding));
            let work = match Mapped::of(document, &stream.stations, &inside) {
                Err(why) => Work::CannotRun(first_gap(document, &why)),
                Ok(mapped) => {
                    let line = mapped.plan.line();
                    let same = before.iter().position(|run| run.runs(line, &wanted));
                    let same = same.map(|at| before.swap_remove(at).work);
                    let stage = match same {
                        Some(Work::Runs(runs)) => runs.stage,
                        Some(Work::CannotRun(_)) | None => Stage::Waiting,
                    };
                    Work::Runs(Box::new(Runs {
                        side: Side::today(document, mapped),
                        wanted: wanted.clone(),
                        stage,
                    }))
                }
            };
            self.runs.push(BoundRun { bindings, work });
        }
        self.figures = self.read(document);
    }

    fn read(&self, document: &Document) -> SimulatedFigures {
        let mut figures = SimulatedFigures::default();
        for run in &self.runs {
            for binding in &run.bindings {
                figures.set(*binding, run.figure(document, binding));
            }
        }
        figures
    }
}

impl Runs {
    /// Goes on; whether that was all.
    fn advance(&mut self, events: u64, document: &Document) -> bool {
        let study = match &mut self.stage {
            Stage::Done(..) => return true,
            Stage::UnderWay(study) => study,
            Stage::Waiting => {
                let settings = self.side.settings(document, 1);
                self.stage = Stage::UnderWay(Box::new(Study::new(self.side.plan(), settings)));
                return false;
            }
        };
        if study.advance(events) {
            return false;
        }
        let results = study.results().map(Box::new);
        self.stage = Stage::Done(*study.settings(), results);
        true
    }
}

/// What of runs is shown somewhere: by variables, steps of stories and experiments.
fn bound(document: &Document) -> BTreeSet<Binding> {
    let of_figure = |figure: StoryFigure| match figure {
        StoryFigure::Bound(binding) => Some(binding),
        StoryFigure::OfStream { .. } => None,
    };
    let variables = document.variables().values();
    let variables = variables.filter_map(|variable| variable.binding);
    let steps = document.story_steps().values();
    let told = steps.flat_map(|step| step.figures.iter().copied().filter_map(of_figure));
    let experiments = document.experiments().values();
    let expected = experiments.filter_map(|one| match one.target {
        Some(Target::Figure(figure)) => of_figure(figure),
        Some(Target::Variable(_)) | None => None,
    });
    let all = variables.chain(told).chain(expected);
    all.filter(Binding::is_simulated).collect()
}
