//! Sensitivity: many runs with numbers from ranges, their bands, and which numbers matter most.

use std::rc::Rc;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::causal::Progress;
use crate::equation::Name;
use crate::format::chart_svg;
use crate::model::{Colour, Document, Id, ScenarioValues, in_sentence, number_text};
use crate::scene::chart::{RunArea, RunChart, RunLine, run_chart};
use crate::scene::{Dash, Ink, MeasureText, Theme};
use crate::simulate::wasm::Engine;
use crate::simulate::{Ensemble, EnsembleError, Measured, Parameter, Plan, Range, Ranked};

pub use crate::simulate::MOST_RUNS;
use crate::worker::{Picture, ResponseBody, Table};

use super::chart::{shown_rows, time_label};
use super::job::facts_of;
use super::model::OpenModel;
use super::view::{RunFacts, Slider};

/// So many standard deviations to either side of the middle lie 95 % of a bell.
const MIDDLE: f64 = 1.959_963_984_540_054;

/// How likely the numbers of a range are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpreadShape {
    /// All alike.
    #[default]
    Uniform,
    /// The number of the document is the likeliest.
    Triangular,
    /// The bell: the number of the document is the mean, and the ends are two standard deviations
    /// away from the middle.
    Normal,
    /// Skewed, and above 0: the logarithms are of a bell, and 95 % of the numbers lie between the
    /// ends.
    LogNormal,
}

/// A constant whose number is not certain.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpreadRange {
    /// The variable.
    pub about: Id,
    /// The least number.
    pub low: f64,
    /// The greatest number.
    pub high: f64,
}

/// A constant that has one of a few numbers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpreadList {
    /// The variable.
    pub about: Id,
    /// Its numbers, none likelier than another.
    pub numbers: Vec<f64>,
}

/// What is not certain.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SpreadOver {
    /// Constants with ranges, and how likely the numbers of a range are.
    Ranges(SpreadShape, Vec<SpreadRange>),
    /// Constants with a few numbers.
    Lists(Vec<SpreadList>),
}

/// Which numbers are run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SpreadPlan {
    /// A Latin hypercube: so many runs. The same seed gives the same runs.
    LatinHypercube {
        /// How many.
        runs: u32,
        /// What the numbers follow from.
        seed: u32,
    },
    /// All numbers of each with all of the others.
    Grid {
        /// How many numbers a range has.
        levels: u32,
    },
}

/// What a person wants to know of the spread of results.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SpreadWanted {
    /// What is not certain.
    pub over: SpreadOver,
    /// Which numbers are run.
    pub plan: SpreadPlan,
    /// The variable that is looked at.
    pub output: Id,
    /// The width of the chart, in CSS pixels.
    pub width: f64,
    /// The height of its plot, in CSS pixels.
    pub height: f64,
}

/// What many runs spread to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SpreadView {
    /// The bands over time.
    pub picture: Picture,
    /// Which constants the result hangs on most.
    pub ranking: Table,
    /// What is to be known of it, in sentences.
    pub notes: Vec<String>,
}

/// Many runs under way.
#[derive(Debug)]
pub struct SpreadJob {
    wanted: SpreadWanted,
    ensemble: Box<Ensemble>,
    facts: RunFacts,
    /// How often it was told how far it is.
    told: u64,
}

impl SpreadJob {
    /// Begins the runs.
    ///
    /// # Errors
    /// Why there are none, as a sentence.
    pub fn begin(
        document: &Document,
        model: &OpenModel,
        wanted: SpreadWanted,
        engine: Option<Rc<dyn Engine>>,
    ) -> Result<Self, String> {
        let nothing = ScenarioValues::default();
        let settings = model.settings(document, &nothing);
        let first = model.begin(document, &settings, None).map_err(|faults| {
            faults.first().map_or_else(String::new, |fault| {
                format!("The model cannot run: {fault}.")
            })
        })?;
        let parameters = parameters(&wanted.over, &model.sliders(document));
        let columns = first.compiled.columns().iter();
        let outputs = columns.filter(|column| model.id_of(&column.name) == Some(wanted.output));
        let outputs: Vec<String> = outputs.map(|column| column.name.clone()).take(1).collect();
        if outputs.is_empty() {
            let record = document.variables().get(&wanted.output);
            let name = record.map_or("", |record| record.name.as_str());
            return Err(format!("{} cannot be computed.", in_sentence(name)));
        }
        let plan = match wanted.plan {
            SpreadPlan::LatinHypercube { runs, seed } => Plan::LatinHypercube {
                runs: runs as usize,
                seed: u64::from(seed),
            },
            SpreadPlan::Grid { levels } => Plan::Grid {
                levels: levels as usize,
            },
        };
        let source = Arc::clone(&model.source);
        let ensemble = Ensemble::new(source, &settings, &parameters, plan, &outputs);
        let ensemble = ensemble.map_err(|error| sentence(&error))?;
        Ok(Self {
            facts: facts_of(&first.compiled, document),
            ensemble: Box::new(match engine {
                Some(engine) => ensemble.on(engine),
                None => ensemble,
            }),
            wanted,
            told: 0,
        })
    }

    /// Goes on; what there is to tell, and whether that is all.
    pub fn advance(
        &mut self,
        budget: u64,
        document: &Document,
        font: &dyn MeasureText,
    ) -> (Progress, Vec<ResponseBody>) {
        if self.ensemble.advance(budget.saturating_mul(20)) == Progress::Unfinished {
            let done = self.ensemble.done() as u64;
            let hundredths = 100 * done / (self.ensemble.sample().len() as u64).max(1);
            if hundredths == self.told {
                return (Progress::Unfinished, Vec::new());
            }
            self.told = hundredths;
            let body = ResponseBody::Spreading(hundredths);
            return (Progress::Unfinished, vec![body]);
        }
        let view = self.view(document, font);
        (Progress::Finished, vec![ResponseBody::Spread(view)])
    }

    fn view(&self, document: &Document, font: &dyn MeasureText) -> SpreadView {
        let bands = self.ensemble.bands(0);
        let rows = shown_rows(bands.len());
        let record = document.variables().get(&self.wanted.output);
        let name = record.map_or_else(String::new, |record| record.name.clone());
        let known: Vec<(f64, [f64; 5])> = rows
            .iter()
            .filter_map(|row| Some((bands[*row].time, bands[*row].percentiles?)))
            .collect();
        let band = |low: usize, high: usize, words: &str, ink: Ink| RunArea {
            name: words.to_owned(),
            points: known
                .iter()
                .map(|(time, at)| (*time, at[low], at[high]))
                .collect(),
            ink,
            edge: None,
        };
        let median = known
            .iter()
            .map(|(time, at)| crate::model::Point::new(*time, at[2]));
        let chart = RunChart {
            title: name.clone(),
            x_label: time_label(&self.facts),
            span: Some((self.facts.start, self.facts.stop)).filter(|(start, stop)| start < stop),
            areas: vec![
                band(0, 4, "90 % of the runs", Ink::Tint(Colour::Blue)),
                band(1, 3, "50 % of the runs", Ink::AccentWash),
            ],
            lines: vec![RunLine {
                name: "Median".to_owned(),
                group: 0,
                points: median.collect(),
                ink: Ink::Colour(Colour::Blue),
                dash: Dash::Solid,
            }],
            ..RunChart::default()
        };
        let plot = run_chart(&chart, self.wanted.width, self.wanted.height, font).picture;
        let title = format!("Spread of {name}");
        let failures = self.ensemble.failures().len();
        let ranking = self.ensemble.ranking(0, Measured::Last);
        let count = ranking.count;
        let mut notes = vec![match self.wanted.plan {
            SpreadPlan::LatinHypercube { seed, .. } => format!(
                "Simulated: {count} runs by a Latin hypercube, with the seed {seed}. Percentiles and \
                 correlations are those of these runs."
            ),
            SpreadPlan::Grid { .. } => format!(
                "Simulated: {count} runs, all numbers of each constant with all of the others. \
                 Percentiles and correlations are those of these runs."
            ),
        }];
        if failures > 0 {
            notes.push(format!(
                "{failures} runs could not be made and are left out."
            ));
        }
        SpreadView {
            picture: Picture {
                light: chart_svg(&plot, Theme::Light, &title),
                dark: chart_svg(&plot, Theme::Dark, &title),
                summary: plot.summary,
                name: title,
            },
            ranking: Table::new(
                &["Constant", "Rank correlation", "Partial"],
                ranking
                    .parameters
                    .iter()
                    .map(|one| row(document, one))
                    .collect(),
            ),
            notes,
        }
    }
}

/// A row of the ranking: with the value at the end of the run.
fn row(document: &Document, one: &Ranked) -> Vec<String> {
    let mut variables = document.variables().values();
    let record = variables.find(|variable| Name::new(&variable.name) == one.name);
    let number = |value: Option<f64>| value.map_or_else(|| "not known".to_owned(), number_text);
    vec![
        record.map_or_else(|| one.name.to_string(), |record| record.name.clone()),
        number(one.spearman),
        number(one.partial),
    ]
}

/// The constants that are varied, of those that there are.
fn parameters(over: &SpreadOver, sliders: &[Slider]) -> Vec<Parameter> {
    let slider = |about: Id| sliders.iter().find(|slider| slider.id == about);
    let parameter = |slider: &Slider, range: Range| Parameter {
        name: Name::new(&slider.name),
        range,
    };
    match over {
        SpreadOver::Ranges(shape, ranges) => {
            let found = ranges.iter().filter_map(|range| {
                let slider = slider(range.about)?;
                Some(parameter(slider, range_of(*shape, *range, slider.value)))
            });
            found.collect()
        }
        SpreadOver::Lists(lists) => {
            let found = lists.iter().filter_map(|list| {
                Some(parameter(
                    slider(list.about)?,
                    Range::List(list.numbers.clone()),
                ))
            });
            found.collect()
        }
    }
}

fn range_of(shape: SpreadShape, range: SpreadRange, value: f64) -> Range {
    let SpreadRange { low, high, .. } = range;
    match shape {
        SpreadShape::Uniform => Range::Uniform { low, high },
        SpreadShape::Triangular => Range::Triangular {
            low,
            likely: value.clamp(low.min(high), high.max(low)),
            high,
        },
        SpreadShape::Normal => Range::Normal {
            mean: value,
            deviation: (high - low) / 4.0,
            low,
            high,
        },
        SpreadShape::LogNormal => {
            // Of the logarithms; what is not above 0 has none, and is refused as no finite number.
            let (low, high) = (low.ln(), high.ln());
            let (middle, deviation) = ((low + high) / 2.0, (high - low) / (2.0 * MIDDLE));
            let variance = deviation * deviation;
            let mean = (middle + variance / 2.0).exp();
            Range::LogNormal {
                mean,
                deviation: mean * variance.exp_m1().sqrt(),
            }
        }
    }
}

/// An error as a sentence.
fn sentence(error: &EnsembleError) -> String {
    let words = error.to_string();
    let mut characters = words.chars();
    let first = characters.next().into_iter().flat_map(char::to_uppercase);
    format!("{}{}.", first.collect::<String>(), characters.as_str())
}
