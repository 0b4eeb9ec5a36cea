//! The work behind a question about runs of a map: studies in portions, and what they tell.

use std::collections::BTreeSet;

use super::charts::Sheet;
use super::forecasts::{self, Clock, LONGEST_DAYS, RUNS};
use super::results::{self, Studied};
use super::side::{Side, Writing};
use super::wanted::{MapQuestion, MapRunView, MapRunWanted};
use super::{compare, wanted};
use crate::causal::Progress;
use crate::model::{Document, Id};
use crate::scene::MeasureText;
use crate::simulate::events::{Forecast, Question, Settings, Steadiness, Study};
use crate::worker::ResponseBody;
use crate::worker::report::Block;

/// Events of the engine for one step of the budget.
const EVENTS: u64 = 20;
/// Events of all studies of which change pays, about; more steps make each of them shorter.
const EVENTS_OF_ALL: f64 = 60.0e6;

/// What is worked out.
#[derive(Debug)]
enum Work {
    /// One side, or two that are compared.
    Studies(Vec<(Side, Study)>),
    /// Today, and the same with each step a tenth quicker.
    Pays(Side, Study, Vec<(Id, Study)>),
    /// A question about what comes.
    Forecast(Side, Question, Forecast),
}

/// Runs of a map under way.
#[derive(Debug)]
pub struct MapJob {
    wanted: MapRunWanted,
    work: Work,
    /// The hundredths that were told last.
    told: u64,
}

impl MapJob {
    /// Begins the runs.
    ///
    /// # Errors
    /// What keeps the map from running, as a view.
    pub fn begin(document: &Document, wanted: MapRunWanted) -> Result<Self, MapRunView> {
        let work = begin(document, &wanted).map_err(|blocks| MapRunView {
            question: wanted.question.clone(),
            blocks,
            longer: wanted::Longer::No,
        })?;
        Ok(Self {
            wanted,
            work,
            told: 0,
        })
    }

    /// Goes on; what there is to tell, and whether that is all.
    pub fn advance(
        &mut self,
        budget: u64,
        document: &Document,
        font: &dyn MeasureText,
        clock: &Clock<'_>,
    ) -> (Progress, Vec<ResponseBody>) {
        if self.go_on(budget.saturating_mul(EVENTS)) {
            let hundredths = (self.done() * 100.0) as u64;
            if hundredths == self.told {
                return (Progress::Unfinished, Vec::new());
            }
            self.told = hundredths;
            return (
                Progress::Unfinished,
                vec![ResponseBody::MapRunning(hundredths)],
            );
        }
        let view = self.view(document, font, clock);
        (Progress::Finished, vec![ResponseBody::MapRun(view)])
    }

    /// Whether there is more to do.
    fn go_on(&mut self, events: u64) -> bool {
        let study = |study: &mut Study| study.advance(events);
        match &mut self.work {
            Work::Studies(studies) => studies.iter_mut().any(|(_, one)| study(one)),
            Work::Pays(_, today, tried) => {
                study(today) || tried.iter_mut().any(|(_, one)| study(one))
            }
            Work::Forecast(_, _, forecast) => forecast.advance(events),
        }
    }

    /// The part that is done, 0 to 1.
    fn done(&self) -> f64 {
        let part = |study: &Study| {
            let progress = study.progress();
            (f64::from(progress.done) + progress.part.min(1.0)) / f64::from(progress.of.max(1))
        };
        let mean = |parts: Vec<f64>| parts.iter().sum::<f64>() / parts.len().max(1) as f64;
        match &self.work {
            Work::Studies(studies) => mean(studies.iter().map(|(_, one)| part(one)).collect()),
            Work::Pays(_, today, tried) => {
                let tried = tried.iter().map(|(_, one)| part(one));
                mean(std::iter::once(part(today)).chain(tried).collect())
            }
            Work::Forecast(_, _, forecast) => {
                let (done, of) = forecast.progress();
                f64::from(done) / f64::from(of.max(1))
            }
        }
    }

    fn view(&self, document: &Document, font: &dyn MeasureText, clock: &Clock<'_>) -> MapRunView {
        let writing = Writing::of(document);
        let sheet = Sheet {
            document,
            writing: &writing,
            width: self.wanted.width,
            font,
        };
        let blocks = match &self.work {
            Work::Studies(studies) => match &studies[..] {
                [(side, study)] => {
                    let results = study.results();
                    results.map_or_else(Vec::new, |results| {
                        let studied = Studied {
                            document,
                            about: &self.wanted.about,
                            side,
                            study,
                            results: &results,
                        };
                        results::blocks(&studied, &sheet)
                    })
                }
                [(first, one), (second, other), ..] => {
                    compare::blocks(document, [first, second], [one, other])
                }
                [] => Vec::new(),
            },
            Work::Pays(side, today, tried) => {
                let tried: Vec<(Id, &Study)> = tried.iter().map(|(id, one)| (*id, one)).collect();
                compare::pays(document, (side, today), &tried)
            }
            Work::Forecast(side, question, forecast) => {
                forecasts::blocks(forecast, *question, side, &sheet, clock)
            }
        };
        MapRunView {
            question: self.wanted.question.clone(),
            blocks,
            longer: self.longer(),
        }
    }

    /// Whether it is worth while to let the runs go on for longer.
    fn longer(&self) -> wanted::Longer {
        let is_short = |study: &Study| {
            let steadiness = study.results().map(|results| results.steadiness);
            matches!(
                steadiness,
                Some(Steadiness::TooShort | Steadiness::TooVague)
            )
        };
        let any = match &self.work {
            Work::Studies(studies) => studies.iter().any(|(_, one)| is_short(one)),
            Work::Pays(_, today, _) => is_short(today),
            Work::Forecast(..) => false,
        };
        match any {
            true => wanted::Longer::Helps,
            false => wanted::Longer::No,
        }
    }
}

fn begin(document: &Document, wanted: &MapRunWanted) -> Result<Work, Vec<Block>> {
    let (about, times) = (&wanted.about[..], wanted.length);
    match &wanted.question {
        MapQuestion::Results(showing) => {
            let side = Side::of(document, about, showing)?;
            let study = Study::new(side.plan(), side.settings(document, times));
            Ok(Work::Studies(vec![(side, study)]))
        }
        MapQuestion::Compare(first, second) => {
            let first = Side::of(document, about, first)?;
            let second = Side::of(document, about, second)?;
            let settings = first.settings(document, times);
            let study = |side: Side| {
                let study = Study::new(side.plan(), settings);
                (side, study)
            };
            Ok(Work::Studies(vec![study(first), study(second)]))
        }
        MapQuestion::Pays(showing) => {
            let side = Side::of(document, about, showing)?;
            let tried = compare::tried(document, &side);
            let settings = shortened(side.settings(document, times), &side, tried.len() + 1);
            let mut studies = Vec::new();
            let mut seen = BTreeSet::new();
            for (step, changes) in tried {
                if seen.insert(step) {
                    let quicker = Side::with(document, about, String::new(), changes)?;
                    studies.push((step, Study::new(quicker.plan(), settings)));
                }
            }
            let study = Study::new(side.plan(), settings);
            Ok(Work::Pays(side, study, studies))
        }
        MapQuestion::WhenDone(showing, items) => {
            let side = Side::of(document, about, showing)?;
            let question = items.map_or(Question::WhenStartIsDone, Question::WhenDone);
            Ok(forecast(document, side, question))
        }
        MapQuestion::HowMany(showing, days) => {
            let side = Side::of(document, about, showing)?;
            let time = days.max(0.0) * document.calendar().seconds_per_day;
            Ok(forecast(document, side, Question::HowManyBy(time)))
        }
    }
}

/// The settings of each of so many studies, so that all of them together do not take too long.
fn shortened(settings: Settings, side: &Side, studies: usize) -> Settings {
    let mut pilot = Study::new(
        side.plan(),
        Settings {
            length: settings.length / 20.0,
            ..settings
        },
    );
    while pilot.progress().done == 0 && pilot.advance(1 << 16) {}
    let of_one = pilot.progress().events as f64 * 20.0;
    let all = of_one * f64::from(settings.replications) * studies as f64;
    let part = (EVENTS_OF_ALL / all.max(1.0)).min(1.0);
    Settings {
        length: settings.length * part,
        ..settings
    }
}

fn forecast(document: &Document, side: Side, question: Question) -> Work {
    let seed = u64::from(document.properties().stream.run.seed);
    let longest = LONGEST_DAYS * document.calendar().seconds_per_day;
    let plan = side.mapped.with_work_waiting().plan;
    let forecast = Forecast::new(plan, question, seed, RUNS, longest);
    Work::Forecast(side, question, forecast)
}
