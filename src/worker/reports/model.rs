//! Whether a model can be trusted: its units, half the step, and extreme conditions.

use std::rc::Rc;
use std::sync::Arc;

use crate::causal::Progress;
use crate::equation::Name;
use crate::model::{Document, Id, IdSource, ScenarioValues, isolated, number_text};
use crate::simulate::wasm::Engine;
use crate::simulate::{
    Change, Extremes, Finding, HalfStep, StreamFigures, Trial, VariableUnits, Verdict, extremes_of,
};
use crate::worker::equation::{EquationTable, EquationView, with_units};
use crate::worker::report::{Block, Row, RowAction, RowCommand, RowKind};
use crate::worker::run::{NoModel, OpenModel};

use super::{Made, ReportWork};

/// The most variables that are told of a kind.
const MOST_ROWS: usize = 12;
/// A column that moves by less than this share of its range is well enough computed.
const WELL: f64 = 0.01;

/// The report in the making: units first, then the run with half the step, then the trials.
#[derive(Debug, Default)]
pub struct ModelWork {
    /// What runs models where it is quicker.
    engine: Option<Rc<dyn Engine>>,
    /// What variables take from the value streams.
    figures: Rc<StreamFigures>,
    is_begun: bool,
    model: Option<Arc<OpenModel>>,
    blocks: Vec<Block>,
    half: Option<Box<HalfStep>>,
    extremes: Option<Box<Extremes>>,
}

impl ModelWork {
    /// The report at its start, of a document whose variables take these figures from its value
    /// streams, and whose runs are on an engine if there is one.
    pub fn on(figures: Rc<StreamFigures>, engine: Option<&Rc<dyn Engine>>) -> Self {
        Self {
            engine: engine.map(Rc::clone),
            figures,
            ..Self::default()
        }
    }

    /// Tells the units, and prepares what takes longer.
    fn begin(&mut self, document: &Document, ids: &mut IdSource) {
        let model = match OpenModel::of(document, &self.figures) {
            Ok(model) => Arc::new(model),
            Err(NoModel::Nothing) => {
                self.say("Nothing has an equation yet.");
                return;
            }
            Err(NoModel::Faulty(problems)) => {
                let first = problems
                    .first()
                    .map_or("", |problem| problem.words.as_str());
                self.say(&format!("The model cannot run yet: {first}."));
                // What can be read has units all the same.
                self.units(document, ids);
                return;
            }
        };
        self.units(document, ids);
        let settings = model.settings(document, &ScenarioValues::default());
        match HalfStep::new(&model.source, &settings) {
            Ok(half) => {
                let half = match &self.engine {
                    Some(engine) => half.on(&**engine),
                    None => half,
                };
                self.half = Some(Box::new(half));
                let changes = extremes_of(&model.source);
                let source = Arc::clone(&model.source);
                let extremes = Extremes::new(source, &settings, changes).ok();
                let extremes = extremes.map(|extremes| match &self.engine {
                    Some(engine) => extremes.on(Rc::clone(engine)),
                    None => extremes,
                });
                self.extremes = extremes.map(Box::new);
            }
            Err(faults) => {
                let first = faults
                    .first()
                    .map(|fault| model.problem(fault, document).words);
                self.say(&format!(
                    "The model cannot run yet: {}.",
                    first.unwrap_or_default()
                ));
            }
        }
        self.model = Some(model);
    }

    fn say(&mut self, words: &str) {
        self.blocks.push(Block::Words(words.to_owned()));
    }

    fn units(&mut self, document: &Document, ids: &mut IdSource) {
        let table = EquationTable::of(document, &self.figures);
        let Some(units) = table.units() else {
            return;
        };
        let report = &units.report;
        self.blocks.push(Block::Heading("Units".to_owned()));
        let mut rows = Vec::new();
        let (mut agree, mut unknown) = (0, 0);
        for variable in &report.variables {
            let about = units.names.id_of(&variable.name);
            match &variable.verdict {
                Verdict::Agrees => agree += 1,
                Verdict::NoEquation => {}
                Verdict::Contradicts(clashes) => rows.push(Row {
                    kind: RowKind::Problem,
                    text: clashes
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join(" "),
                    actions: about
                        .map(|id| actions(table.view(document, id, ids)))
                        .unwrap_or_default(),
                    ..unit_row(variable, about, "units do not agree")
                }),
                Verdict::Unreadable(error) => rows.push(Row {
                    kind: RowKind::Problem,
                    text: format!("{error}."),
                    ..unit_row(variable, about, "its units cannot be read")
                }),
                Verdict::Unknown(missing) => {
                    unknown += 1;
                    if let Some(row) = offered(document, variable, about) {
                        rows.push(row);
                    } else if variable.stated.is_none() && rows.len() < MOST_ROWS {
                        rows.push(Row {
                            kind: RowKind::Hint,
                            text: unknown_words(missing),
                            ..unit_row(variable, about, "it has no units")
                        });
                    }
                }
            }
        }
        let clock = match report.time {
            Some(_) => "",
            None => " The unit of time is not said: the settings of runs have a field for it.",
        };
        let unknown = match unknown {
            0 => String::new(),
            unknown => format!("; of {unknown} it is not known"),
        };
        self.say(&format!(
            "The units of {agree} of {} variables agree with their equations{unknown}.{clock}",
            report.variables.len()
        ));
        let more = rows.len().saturating_sub(MOST_ROWS);
        rows.truncate(MOST_ROWS);
        self.blocks.extend(rows.into_iter().map(Block::Row));
        if more > 0 {
            self.say(&format!("{more} more are not listed."));
        }
    }

    fn step(&mut self, half: HalfStep) {
        let Some(report) = half.into_report() else {
            return;
        };
        self.blocks.push(Block::Heading("The step".to_owned()));
        let [whole, halved] = report.steps.map(number_text);
        let most = report.moved.first();
        let words = match most {
            None => format!(
                "With a step of {halved} in the place of {whole} all values are the same, to the last bit."
            ),
            Some(most) => match most.share {
                Some(share) if share < WELL => format!(
                    "With a step of {halved} in the place of {whole} no value moves by more than \
                     {} % of its range: the step is small enough.",
                    number_text(100.0 * share)
                ),
                Some(share) => format!(
                    "With a step of {halved} in the place of {whole} values move by up to {} % of \
                     their range: a smaller step would be nearer to the equations.",
                    number_text(100.0 * share)
                ),
                None => format!("With a step of {halved} in the place of {whole} values move."),
            },
        };
        self.say(&words);
        if report.has_random_numbers {
            self.say("The model draws random numbers, and draws others with another step.");
        }
        let is_much = |share: Option<f64>| share.is_none_or(|share| share >= WELL);
        let rows = report.moved.iter().filter(|one| is_much(one.share)).take(5);
        let rows = rows.map(|one| {
            let about = self.model.as_ref().and_then(|model| model.id_of(&one.name));
            Block::Row(Row {
                topic: "model/step".to_owned(),
                kind: RowKind::Warning,
                title: one.name.clone(),
                text: format!(
                    "It moves by {} at {}.",
                    number_text(one.distance),
                    number_text(one.time)
                ),
                about: about.into_iter().collect(),
                ..Row::default()
            })
        });
        let rows: Vec<Block> = rows.collect();
        self.blocks.extend(rows);
        for name in &report.unknown {
            let words = format!("{} is no finite number in one of the runs.", isolated(name));
            self.blocks.push(Block::Words(words));
        }
    }

    fn trials(&mut self, document: &Document, extremes: &Extremes) {
        self.blocks
            .push(Block::Heading("Extreme conditions".to_owned()));
        let trials = extremes.trials();
        let mut rows = Vec::new();
        for trial in trials {
            let found = match &trial.findings {
                Ok(findings) => findings.iter().map(finding_words).collect::<Vec<_>>(),
                Err(fault) => vec![format!("It cannot run: {fault}.")],
            };
            if found.is_empty() {
                continue;
            }
            rows.push(Row {
                topic: "model/extreme".to_owned(),
                kind: RowKind::Warning,
                title: change_words(document, trial),
                text: found.join(" "),
                about: self.about(trial),
                ..Row::default()
            });
        }
        let fine = trials.len() - rows.len();
        self.say(&format!(
            "Each constant at zero and ten times as large, each stock empty at the start: {} runs, \
             in {fine} of them every value is a finite number, no stock falls below zero, and none \
             grows without an inflow.",
            trials.len()
        ));
        rows.truncate(2 * MOST_ROWS);
        self.blocks.extend(rows.into_iter().map(Block::Row));
    }

    fn about(&self, trial: &Trial) -> Vec<Id> {
        let name = match &trial.change {
            Change::Nothing => None,
            Change::Zero(name) | Change::TenTimes(name) | Change::Emptied(name) => Some(name),
        };
        let id = name.and_then(|name| self.model.as_ref()?.id_of(name.as_str()));
        id.into_iter().collect()
    }
}

impl ReportWork for ModelWork {
    fn advance(&mut self, budget: u64, document: &Document, ids: &mut IdSource) -> Option<Made> {
        if !self.is_begun {
            self.is_begun = true;
            self.begin(document, ids);
            return None;
        }
        let budget = budget.saturating_mul(20);
        if let Some(half) = &mut self.half {
            if half.advance(budget) == Progress::Finished
                && let Some(half) = self.half.take()
            {
                self.step(*half);
            }
            return None;
        }
        if let Some(extremes) = &mut self.extremes {
            if extremes.advance(budget) == Progress::Finished
                && let Some(extremes) = self.extremes.take()
            {
                self.trials(document, &extremes);
            }
            return None;
        }
        Some(std::mem::take(&mut self.blocks).into())
    }
}

fn unit_row(variable: &VariableUnits, about: Option<Id>, what: &str) -> Row {
    Row {
        topic: "model/units".to_owned(),
        title: format!("{}: {what}", isolated(&variable.name)),
        meta: variable
            .stated
            .as_ref()
            .map_or_else(String::new, |unit| format!("in {unit}")),
        about: about.into_iter().collect(),
        ..Row::default()
    }
}

/// What can be done where units do not agree: the place is shown, or they are made to agree.
fn actions(view: EquationView) -> Vec<RowAction> {
    let place = view.clashes.first().map(|clash| clash.place);
    let show = place.map(|place| {
        let command = RowCommand::Equation(view.about, place);
        RowAction::new("Show where", command)
    });
    let offers = view.clashes.into_iter().flat_map(|clash| clash.offers);
    let offers = offers.map(|offer| {
        let patch = RowCommand::Patch(Box::new(offer.patch));
        RowAction::new(offer.button, patch)
    });
    show.into_iter().chain(offers).collect()
}

/// What keeps the units of a variable from being known.
fn unknown_words(missing: &[String]) -> String {
    match missing {
        [] => String::new(),
        [one] => format!("{} has none either.", isolated(one)),
        many => format!("{} others in its equation have none either.", many.len()),
    }
}

/// A row that offers the units that an equation has.
fn offered(document: &Document, variable: &VariableUnits, about: Option<Id>) -> Option<Row> {
    let unit = variable.offered.as_ref()?.to_string();
    let id = about?;
    let patch = with_units(document, id, &unit);
    Some(Row {
        kind: RowKind::Hint,
        text: format!("Its equation is in {unit}."),
        actions: vec![RowAction::new(
            format!("Set {unit}"),
            RowCommand::Patch(Box::new(patch)),
        )],
        ..unit_row(variable, about, "it has no units")
    })
}

/// What was changed, in words.
fn change_words(document: &Document, trial: &Trial) -> String {
    let named = |name: &Name| {
        let mut variables = document.variables().values();
        let found = variables.find(|variable| Name::new(&variable.name) == *name);
        isolated(found.map_or(name.as_str(), |variable| variable.name.as_str())).into_owned()
    };
    match &trial.change {
        Change::Nothing => "As it is".to_owned(),
        Change::Zero(name) => format!("{} at zero", named(name)),
        Change::TenTimes(name) => format!("{} ten times as large", named(name)),
        Change::Emptied(name) => format!("{} empty at the start", named(name)),
    }
}

fn finding_words(finding: &Finding) -> String {
    match finding {
        Finding::NonFinite(first) => format!(
            "{} is no finite number from {} on.",
            isolated(&first.variable),
            number_text(first.time)
        ),
        Finding::Negative { stock, time, value } => format!(
            "{} falls below zero at {}, to {}.",
            isolated(stock),
            number_text(*time),
            number_text(*value)
        ),
        Finding::GrowthWithoutInflow { stock, time } => format!(
            "{} grows from {} on, though nothing flows in.",
            isolated(stock),
            number_text(*time)
        ),
    }
}
