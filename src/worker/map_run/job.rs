//! The work behind a question about runs of a map: studies in portions, and what they tell.

use super::charts::Sheet;
use super::forecasts::{self, Clock, LONGEST_DAYS, RUNS};
use super::results::{self, Studied};
use super::side::{LEVEL, Side, Writing};
use super::wanted::{MapQuestion, MapRunView, MapRunWanted};
use super::{compare, wanted};
use crate::causal::Progress;
use crate::model::{Document, Id};
use crate::scene::MeasureText;
use crate::simulate::events::{
    self, Differences, Forecast, Question, Run, Settings, Steadiness, Study, Until,
};
use crate::worker::ResponseBody;
use crate::worker::report::Block;

/// Events of the engine for one step of the budget.
pub(super) const EVENTS: u64 = 20;
/// Events of a run by which it is told how many the others have, at most.
const PILOT_EVENTS: u64 = 200_000;
/// Events of all studies of which change pays, about; more steps make each of them shorter.
const EVENTS_OF_ALL: f64 = 60.0e6;

/// What is said where it is asked when what is in a stream is done, and nothing is known of that.
const NOTHING_COUNTED: &str = "No step or queue says how many items are there now: fill in their work \
                               in progress, or ask for a number of items.";

/// What is worked out.
#[derive(Debug)]
enum Work {
    /// One side, or two that are compared.
    Studies(Vec<(Side, Study)>),
    /// Today, and the same with each step a tenth quicker.
    Pays(Box<Pays>),
    /// A question about what comes.
    Forecast(Box<Ahead>),
}

/// A question about what comes, and its answers so far.
#[derive(Debug)]
struct Ahead {
    side: Side,
    question: Question,
    forecast: Forecast,
}

/// Which step is worth improving, step by step: of those that are over the difference alone is kept.
#[derive(Debug)]
struct Pays {
    side: Side,
    today: Study,
    /// Those to come, the last one first.
    tried: Vec<(Id, Study)>,
    count: usize,
    found: Vec<(Id, Differences)>,
}

impl Pays {
    /// Whether there is more to do.
    fn advance(&mut self, events: u64) -> bool {
        if self.today.advance(events) {
            return true;
        }
        let Some((step, study)) = self.tried.last_mut() else {
            return false;
        };
        if study.advance(events) {
            return true;
        }
        // Fails where nothing was run, which the table leaves out.
        if let Ok(differences) = events::compare(&self.today, study) {
            self.found.push((*step, differences));
        }
        self.tried.pop();
        !self.tried.is_empty()
    }
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
    pub fn begin(
        document: &Document,
        wanted: MapRunWanted,
        font: &dyn MeasureText,
    ) -> Result<Self, MapRunView> {
        let work = begin(document, &wanted, font).map_err(|blocks| MapRunView {
            question: wanted.question.clone(),
            blocks,
            length: wanted.length,
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
            Work::Pays(pays) => pays.advance(events),
            Work::Forecast(ahead) => ahead.forecast.advance(events),
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
            Work::Pays(pays) => {
                let under_way = pays.tried.last().map_or(0.0, |(_, one)| part(one));
                let over = (pays.count - pays.tried.len()) as f64;
                (part(&pays.today) + over + under_way) / (pays.count + 1) as f64
            }
            Work::Forecast(ahead) => {
                let (done, of) = ahead.forecast.progress();
                f64::from(done) / f64::from(of.max(1))
            }
        }
    }

    fn view(&self, document: &Document, font: &dyn MeasureText, clock: &Clock<'_>) -> MapRunView {
        let writing = Writing::of(document);
        let mut blocks = vec![Block::Heading(self.heading())];
        blocks.extend(match &self.work {
            Work::Studies(studies) => match &studies[..] {
                [(side, study)] => {
                    let results = study.results();
                    results.map_or_else(Vec::new, |results| {
                        let studied = Studied {
                            document: &side.document,
                            about: &self.wanted.about,
                            side,
                            study,
                            results: &results,
                        };
                        results::blocks(&studied, &self.sheet(side, &writing, font))
                    })
                }
                [(first, one), (second, other), ..] => {
                    compare::blocks(document, [first, second], [one, other])
                }
                [] => Vec::new(),
            },
            Work::Pays(pays) => compare::pays(document, (&pays.side, &pays.today), &pays.found),
            Work::Forecast(ahead) => {
                let Ahead {
                    side,
                    question,
                    forecast,
                } = &**ahead;
                forecasts::blocks(
                    forecast,
                    *question,
                    side,
                    &self.sheet(side, &writing, font),
                    clock,
                )
            }
        });
        MapRunView {
            question: self.wanted.question.clone(),
            blocks,
            length: self.wanted.length,
            longer: self.longer(),
        }
    }

    /// What charts of a side are made with.
    fn sheet<'a>(
        &self,
        side: &'a Side,
        writing: &'a Writing,
        font: &'a dyn MeasureText,
    ) -> Sheet<'a> {
        Sheet {
            document: &side.document,
            writing,
            width: self.wanted.width,
            font,
        }
    }

    /// Whose numbers were run.
    fn heading(&self) -> String {
        match &self.work {
            Work::Studies(studies) => {
                let names = studies.iter().rev().map(|(side, _)| side.name.as_str());
                names.collect::<Vec<_>>().join(" beside ")
            }
            Work::Pays(pays) => pays.side.name.clone(),
            Work::Forecast(ahead) => ahead.side.name.clone(),
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
            // How long these are is settled by how long all of them take.
            Work::Pays(_) | Work::Forecast(..) => false,
        };
        match any {
            true => wanted::Longer::Helps,
            false => wanted::Longer::No,
        }
    }
}

fn begin(
    document: &Document,
    wanted: &MapRunWanted,
    font: &dyn MeasureText,
) -> Result<Work, Vec<Block>> {
    let (about, times) = (&wanted.about[..], wanted.length);
    match &wanted.question {
        MapQuestion::Results(showing) => {
            let side = Side::of(document, about, showing, font)?;
            let study = Study::with_waits(side.plan(), side.settings(document, times));
            Ok(Work::Studies(vec![(side, study)]))
        }
        MapQuestion::Compare(first, second) => {
            let first = Side::of(document, about, first, font)?;
            let second = Side::of(document, about, second, font)?;
            let settings = first.settings(document, times);
            let study = |side: Side| {
                let study = Study::new(side.plan(), settings);
                (side, study)
            };
            Ok(Work::Studies(vec![study(first), study(second)]))
        }
        MapQuestion::Pays(showing) => {
            let side = Side::of(document, about, showing, font)?;
            let changes = compare::tried(document, &side);
            let count = changes.len();
            let settings = Settings {
                // So many intervals hold all their true differences in 95 of 100 cases together.
                level: 1.0 - (1.0 - LEVEL) / count.max(1) as f64,
                ..shortened(side.settings(document, times), &side, count + 1)
            };
            let mut tried = Vec::new();
            for (step, changes) in changes {
                let quicker = Side::with(document, about, (String::new(), changes), font)?;
                tried.push((step, Study::new(quicker.plan(), settings)));
            }
            let today = Study::new(side.plan(), settings);
            Ok(Work::Pays(Box::new(Pays {
                side,
                today,
                tried,
                count,
                found: Vec::new(),
            })))
        }
        MapQuestion::WhenDone(showing, items) => {
            let side = Side::of(document, about, showing, font)?;
            let question = items.map_or(Question::WhenStartIsDone, Question::WhenDone);
            if items.is_none() && side.mapped.counted.is_empty() {
                return Err(vec![Block::Words(NOTHING_COUNTED.to_owned())]);
            }
            Ok(forecast(document, side, question))
        }
        MapQuestion::HowMany(showing, days) => {
            let side = Side::of(document, about, showing, font)?;
            let time = days.clamp(0.0, LONGEST_DAYS) * document.calendar().seconds_per_day;
            Ok(forecast(document, side, Question::HowManyBy(time)))
        }
    }
}

/// The settings of each of so many studies, so that all of them together do not take too long.
fn shortened(settings: Settings, side: &Side, studies: usize) -> Settings {
    let plan = side.plan();
    let mut pilot = Run::new(&plan, settings.seed, 0, Until::Time(settings.length));
    let _ = pilot.advance(PILOT_EVENTS);
    let part = pilot.now() / settings.length;
    let of_one = pilot.totals().events as f64 / part.max(f64::MIN_POSITIVE);
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
    Work::Forecast(Box::new(Ahead {
        side,
        question,
        forecast,
    }))
}
