//! Calibration: the numbers with which a model comes nearest to a table of measurements.

use std::rc::Rc;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::causal::Progress;
use crate::equation::Name;
use crate::format::chart_svg;
use crate::model::{Colour, Document, Point, ScenarioValue, ScenarioValues, isolated, number_text};
use crate::scene::chart::{RunChart, RunLine, run_chart};
use crate::scene::{Dash, Ink, MeasureText, Theme};
use crate::simulate::wasm::Engine;
use crate::simulate::{
    Calibration, Compared, Fit, Fitted, FittedSeries, Sought, Standing, Starts, Stop,
};
use crate::worker::{Picture, ResponseBody, Table};

use super::chart::time_label;
use super::job::facts_of;
use super::measurements::{FitChoice, series_of};
use super::model::OpenModel;
use super::spread::SpreadRange;
use super::view::RunFacts;

/// From how many places the search begins.
const STARTS: usize = 6;
/// The most series that have a chart.
const MOST_PICTURES: usize = 12;
/// How much work a search may take before it is ended, in instructions.
const MOST_WORK: u64 = 20_000_000_000;

/// What a person wants to fit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FitWanted {
    /// The tables: each with a head, and times in the first column. An empty one is passed over.
    pub tables: Vec<String>,
    /// What was chosen for their columns; one without a choice is that of the variable in its head.
    pub choices: Vec<FitChoice>,
    /// The constants that are sought, each between two numbers.
    pub sought: Vec<SpreadRange>,
    /// The width of the chart, in CSS pixels.
    pub width: f64,
    /// The height of its plot, in CSS pixels.
    pub height: f64,
}

/// What a fit came to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct FitView {
    /// The constants: numbers, how sure they are.
    pub numbers: Table,
    /// The series: how near the model comes.
    pub series: Table,
    /// Measurements and model, a chart for each series.
    pub pictures: Vec<Picture>,
    /// What is to be known of it, in sentences.
    pub notes: Vec<String>,
    /// The numbers, to be tried or written into the model.
    pub values: ScenarioValues,
}

/// A search under way.
#[derive(Debug)]
pub struct FitJob {
    wanted: FitWanted,
    /// None once it is done.
    calibration: Option<Box<Calibration>>,
    facts: RunFacts,
    skipped: Vec<String>,
    left: u64,
    told: usize,
}

impl FitJob {
    /// Begins the search.
    ///
    /// # Errors
    /// Why there is none, as a sentence.
    pub fn begin(
        document: &Document,
        model: &OpenModel,
        wanted: FitWanted,
        engine: Option<Rc<dyn Engine>>,
    ) -> Result<Self, String> {
        let settings = model.settings(document, &ScenarioValues::default());
        let first = model.begin(document, &settings, None).map_err(|faults| {
            faults.first().map_or_else(String::new, |fault| {
                format!("The model cannot run: {fault}.")
            })
        })?;
        let columns: Vec<String> = first
            .compiled
            .columns()
            .iter()
            .map(|column| column.name.clone())
            .collect();
        let unknown = first.compiled.unknown().iter();
        let unknown: Vec<Name> = unknown.map(|one| Name::new(&one.name)).collect();
        let (observed, skipped) = series_of(&wanted.tables, &wanted.choices, &columns, &unknown)?;
        let sliders = model.sliders(document);
        let sought = wanted.sought.iter().filter_map(|range| {
            let slider = sliders.iter().find(|slider| slider.id == range.about)?;
            let is_within = (range.low..=range.high).contains(&slider.value);
            Some(Sought {
                name: Name::new(&slider.name),
                low: range.low,
                high: range.high,
                start: is_within.then_some(slider.value),
            })
        });
        let starts = Starts {
            count: STARTS,
            seed: settings.seed,
        };
        let source = Arc::clone(&model.source);
        let calibration = Calibration::new(source, &settings, sought.collect(), &observed, starts);
        let calibration = calibration.map_err(|error| format!("Nothing was fitted: {error}."))?;
        let calibration = match engine {
            Some(engine) => calibration.on(engine),
            None => calibration,
        };
        Ok(Self {
            calibration: Some(Box::new(calibration)),
            facts: facts_of(&first.compiled, document),
            wanted,
            skipped,
            left: MOST_WORK,
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
        let budget = budget.saturating_mul(20);
        self.left = self.left.saturating_sub(budget);
        let Some(calibration) = &mut self.calibration else {
            return (Progress::Finished, Vec::new());
        };
        if self.left == 0 {
            calibration.cut_off();
        }
        if calibration.advance(budget) == Progress::Unfinished {
            let runs = calibration.runs();
            if runs < self.told + 20 {
                return (Progress::Unfinished, Vec::new());
            }
            self.told = runs;
            let words = match calibration.least() {
                Some(least) => format!("{runs} runs; distance {}", number_text(least)),
                None => format!("{runs} runs"),
            };
            return (Progress::Unfinished, vec![ResponseBody::Fitting(words)]);
        }
        (Progress::Finished, vec![self.result(document, font)])
    }

    fn result(&mut self, document: &Document, font: &dyn MeasureText) -> ResponseBody {
        let calibration = self.calibration.take();
        let trouble = calibration
            .as_ref()
            .and_then(|one| one.trouble().map(ToString::to_string));
        match calibration.and_then(|calibration| calibration.into_fit()) {
            Some(fit) => ResponseBody::Fitted(self.view(&fit, document, font)),
            None => ResponseBody::NoFit(match trouble {
                Some(why) => format!("No numbers were found: {why}."),
                None => "No numbers were found: the model gives no finite numbers between the \
                         bounds."
                    .to_owned(),
            }),
        }
    }

    fn view(&self, fit: &Fit, document: &Document, font: &dyn MeasureText) -> FitView {
        let id_of = |name: &Name| {
            let mut variables = document.variables().iter();
            let found = variables.find(|(_, variable)| Name::new(&variable.name) == *name);
            found.map(|(id, variable)| (*id, variable.name.clone()))
        };
        let values = fit.numbers.iter().filter_map(|number| {
            let (about, _) = id_of(&number.name)?;
            Some(ScenarioValue {
                about,
                value: number.value,
            })
        });
        let rows = fit.numbers.iter().map(|number| {
            let name =
                id_of(&number.name).map_or_else(|| number.name.to_string(), |(_, name)| name);
            number_row(name, number)
        });
        let numbers = Table::new(
            &["Constant", "Found", "95 % interval (approximate)"],
            rows.collect(),
        );
        let series = Table::new(
            &[
                "Series",
                "Points",
                "Typical distance",
                "R²",
                "Distances count in parts of",
            ],
            fit.series.iter().map(series_row).collect(),
        );
        FitView {
            numbers,
            series,
            pictures: self.pictures(&fit.series, font),
            notes: self.notes(fit),
            values: ScenarioValues::new(values),
        }
    }

    fn notes(&self, fit: &Fit) -> Vec<String> {
        let mut notes = vec![format!(
            "Least squares over {} points, by Levenberg and Marquardt; {} of {} searches from \
             different places came to the same numbers.",
            fit.points,
            fit.agreeing,
            fit.attempts.len()
        )];
        if fit.stop == Stop::CutOff {
            notes.push("The search was cut off: better numbers may exist.".to_owned());
        }
        let at_bound = fit
            .numbers
            .iter()
            .filter(|one| one.standing != Standing::Within);
        for one in at_bound {
            notes.push(format!(
                "“{}” lies at a bound: beyond it the model might come nearer.",
                one.name
            ));
        }
        notes.extend(fit.confusions.iter().map(ToString::to_string));
        notes.push(
            "The intervals hold if the model is right and what is left is random; they say nothing \
             of whether it is."
                .to_owned(),
        );
        let own = self.wanted.choices.iter().any(|one| one.error.is_some());
        notes.push(match own {
            true => {
                "Distances count in parts of the error of measuring where one is said, else of \
                     the standard deviation of the series: so each point of a series counts alike."
                    .to_owned()
            }
            false => {
                "Distances count in parts of the standard deviation of their series, so series \
                      of any size count alike."
                    .to_owned()
            }
        });
        if fit.series.len() > MOST_PICTURES {
            let more = fit.series.len() - MOST_PICTURES;
            notes.push(format!("{more} more series are fitted and not drawn."));
        }
        notes.extend(fit.series.iter().filter_map(left_out));
        notes.extend(self.skipped.iter().cloned());
        notes
    }

    /// A chart for each series: what was measured as points that are joined, beside the model.
    fn pictures(&self, series: &[FittedSeries], font: &dyn MeasureText) -> Vec<Picture> {
        let drawn = series.iter().take(MOST_PICTURES);
        drawn.map(|one| self.picture(one, font)).collect()
    }

    fn picture(&self, series: &FittedSeries, font: &dyn MeasureText) -> Picture {
        let line = |name: &str, ink: Colour, dash: Dash, value: fn(&Compared) -> f64| {
            let points = series.points.iter();
            let points = points.map(|point| Point::new(point.time, value(point)));
            RunLine {
                name: name.to_owned(),
                group: 0,
                points: points.collect(),
                ink: Ink::Colour(ink),
                dash,
            }
        };
        let chart = RunChart {
            title: series.output.clone(),
            x_label: time_label(&self.facts),
            span: Some((self.facts.start, self.facts.stop)).filter(|(start, stop)| start < stop),
            lines: vec![
                line("model", Colour::Blue, Dash::Solid, |point| point.computed),
                line("measured", Colour::Orange, Dash::Dashed, |point| {
                    point.observed
                }),
            ],
            ..RunChart::default()
        };
        let plot = run_chart(&chart, self.wanted.width, self.wanted.height, font).picture;
        let name = format!("{} and measurements", series.output);
        Picture {
            light: chart_svg(&plot, Theme::Light, &name),
            dark: chart_svg(&plot, Theme::Dark, &name),
            summary: plot.summary,
            name,
        }
    }
}

fn number_row(name: String, number: &Fitted) -> Vec<String> {
    let interval = match number.interval {
        Some((low, high)) => format!("{} to {}", number_text(low), number_text(high)),
        None => "not known".to_owned(),
    };
    vec![name, number_text(number.value), interval]
}

fn series_row(series: &FittedSeries) -> Vec<String> {
    vec![
        series.output.clone(),
        series.points.len().to_string(),
        number_text(series.error),
        series
            .r_squared
            .map_or_else(|| "not known".to_owned(), number_text),
        number_text(1.0 / series.weight),
    ]
}

/// What of a series could not be compared; none where all could.
fn left_out(series: &FittedSeries) -> Option<String> {
    let (missing, outside) = (series.missing, series.outside);
    let values = |count: usize| match count {
        1 => "1 value".to_owned(),
        count => format!("{count} values"),
    };
    let words = match (missing, outside) {
        (0, 0) => return None,
        (missing, 0) => format!("{} that are no numbers", values(missing)),
        (0, outside) => format!("{} before or after the run", values(outside)),
        (missing, outside) => format!(
            "{} that are no numbers, and {} before or after the run",
            values(missing),
            values(outside)
        ),
    };
    let name = isolated(&series.output);
    Some(format!("Of {name} left out: {words}."))
}
