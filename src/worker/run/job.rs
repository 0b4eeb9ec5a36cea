//! The work behind one view of runs: a run for each set of numbers, the scores of loops, the charts.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::causal::Progress;
use crate::format::file_name;
use crate::model::{
    Document, Id, RunMethod, ScenarioValues, VariableKind, in_sentence, isolated, number_text,
};
use crate::scene::MeasureText;
use crate::simulate::wasm::Engine;
use crate::simulate::{Because, Compiled, Method, Results, StreamFigures};
use crate::worker::ResponseBody;

use super::chart::{ChartLabels, lines_chart, shown_rows};
use super::drive::{Ran, Scoring};
use super::loops::loops_view;
use super::model::{NoModel, OpenModel};
use super::table::{RunTable, table_text};
use super::view::{
    Frames, ReadLine, RunBecause, RunFacts, RunProblem, RunSet, RunState, RunUnknown, RunVariable,
    RunView, RunWanted,
};

/// The most variables that a chart shows by itself.
const SHOWN_FIRST: usize = 4;
/// The most lines that it shows by itself, unless one variable has more: an array has one for each
/// element.
const LINES_FIRST: usize = 9;
/// The most elements of one variable that a chart shows.
const MOST_ELEMENTS: usize = 12;
/// The most times of which the canvas has values.
const MOST_FRAMES: usize = 200;
/// The most values that go to the canvas.
const MOST_FRAME_VALUES: usize = 400_000;

/// What becomes of runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunFor {
    /// The page shows them.
    Showing,
    /// All their rows become a file.
    Table,
}

/// A view in the making.
#[derive(Debug)]
pub struct RunJob {
    wanted: RunWanted,
    purpose: RunFor,
    model: Arc<OpenModel>,
    runs: Vec<(RunSet, Ran)>,
    scoring: Option<Scoring>,
}

/// A view that is there at once, or the work that makes it.
pub enum Begun {
    /// Nothing runs: the view says why.
    View(Box<RunView>),
    /// It is worked out step by step.
    Job(Box<RunJob>),
}

impl RunJob {
    /// What it is for.
    pub fn into_wanted(self) -> (RunWanted, RunFor) {
        (self.wanted, self.purpose)
    }

    /// Begins what a person wants to see of a document whose variables take these figures from its
    /// value streams; `model` is kept from one view of a document to the next.
    pub fn begin(
        (document, figures): (&Document, &StreamFigures),
        model: &mut Option<Arc<OpenModel>>,
        wanted: RunWanted,
        purpose: RunFor,
        engine: Option<&dyn Engine>,
    ) -> Begun {
        let opened = match model {
            Some(model) => model.clone(),
            None => match OpenModel::of(document, figures) {
                Ok(opened) => model.insert(Arc::new(opened)).clone(),
                Err(NoModel::Nothing) => return Begun::View(Box::default()),
                Err(NoModel::Faulty(problems)) => return faulty(problems),
            },
        };
        let nothing = ScenarioValues::default();
        let mut sets: Vec<(RunSet, ScenarioValues)> = vec![(RunSet::Document, nothing)];
        for id in &wanted.compared {
            if let Some(scenario) = document.scenarios().get(id) {
                sets.push((RunSet::Scenario(*id), scenario.values.clone()));
            }
        }
        if !wanted.tried.is_empty() {
            sets.push((RunSet::Tried, wanted.tried.clone()));
        }
        let mut runs = Vec::with_capacity(sets.len());
        let mut scoring = None;
        for (set, values) in sets {
            let settings = opened.settings(document, &values);
            match opened.begin(document, &settings, engine) {
                Ok(run) => runs.push((set, run)),
                Err(faults) => {
                    let faults = faults.iter();
                    return faulty(
                        faults
                            .map(|fault| opened.problem(fault, document))
                            .collect(),
                    );
                }
            }
            // What is tried is what a person looks at.
            if wanted.loops && matches!(set, RunSet::Document | RunSet::Tried) {
                scoring = Some(Scoring::begin(&opened.source, &settings, engine));
            }
        }
        Begun::Job(Box::new(Self {
            wanted,
            purpose,
            model: opened,
            runs,
            scoring,
        }))
    }

    /// Works on; the view, once it is made.
    pub fn advance(
        &mut self,
        budget: u64,
        document: &Document,
        font: &dyn MeasureText,
    ) -> Option<ResponseBody> {
        // A step of the worker is about as long as this many instructions of a run.
        let budget = budget.saturating_mul(20);
        for (_, run) in &mut self.runs {
            if run.results().is_none() && run.advance(budget) == Progress::Unfinished {
                return None;
            }
        }
        if let Some(scoring) = &mut self.scoring
            && scoring.advance(budget) == Progress::Unfinished
        {
            return None;
        }
        Some(match self.purpose {
            RunFor::Showing => ResponseBody::Run(self.view(document, font)),
            RunFor::Table => self.table(document),
        })
    }

    /// All rows of all variables, those of each set of numbers beside each other.
    fn table(&self, document: &Document) -> ResponseBody {
        let runs = self.runs.iter();
        let tables: Vec<RunTable<'_>> = runs
            .filter_map(|(set, run)| {
                Some(RunTable {
                    name: match set {
                        RunSet::Document => None,
                        set => Some(set_name(document, *set)),
                    },
                    results: run.results()?,
                    unknown: run.compiled.unknown(),
                })
            })
            .collect();
        let title = document.properties().title.trim();
        let title = if title.is_empty() { "Run" } else { title };
        ResponseBody::Download {
            name: file_name(&format!("{title} run"), "csv"),
            text: table_text(&tables),
        }
    }

    fn view(&self, document: &Document, font: &dyn MeasureText) -> RunView {
        let Some((_, first)) = self.runs.first() else {
            return RunView::default();
        };
        let Some(results) = first.results() else {
            return RunView::default();
        };
        let facts = facts_of(&first.compiled, document);
        let columns = columns_of(&self.model, results);
        let unknown = unknown_of(&self.model, &first.compiled, document);
        let variables = self.variables(document, results, &columns, &unknown);
        let shown = self.shown(&variables, &columns);
        let rows = shown_rows(results.times().len());
        let times: Vec<f64> = rows.iter().map(|row| results.times()[*row]).collect();
        let mut lines = Vec::new();
        let mut drawn = shown.clone();
        drawn.extend(self.wanted.chart.against.filter(|id| !shown.contains(id)));
        for (set, run) in &self.runs {
            let Some(results) = run.results() else {
                continue;
            };
            // With other numbers more or less may be known.
            let columns = columns_of(&self.model, results);
            lines.extend(lines_of(document, *set, results, &columns, &drawn, &rows));
        }
        let labels = self.labels(document, &shown);
        let known: Vec<ReadLine> = lines
            .iter()
            .filter(|line| !line.values.is_empty())
            .cloned()
            .collect();
        let chart = (!known.is_empty())
            .then(|| lines_chart(&self.wanted.chart, &facts, &times, &known, &labels, font));
        let (loops, no_loops) = match &self.scoring {
            Some(Scoring::Done(scores)) => {
                let wanted = &self.wanted;
                let view = loops_view(scores, &self.model, document, &facts, wanted, font);
                (Some(view), String::new())
            }
            Some(Scoring::None(why)) => (None, why.clone()),
            Some(Scoring::Links(_) | Scoring::Loops(..)) | None => (None, String::new()),
        };
        let seen = self.runs.iter().rfind(|(set, _)| *set == RunSet::Tried);
        let seen = seen.and_then(|(_, run)| run.results()).unwrap_or(results);
        RunView {
            state: RunState::Done,
            problems: first
                .compiled
                .refused()
                .iter()
                .map(|fault| self.model.problem(fault, document))
                .collect(),
            notes: self.notes(document),
            sliders: self.model.sliders(document),
            frames: self.wanted.frames.then(|| {
                let mut frames = frames_of(seen, &columns_of(&self.model, seen));
                let unknown = variables.iter().filter(|one| !one.is_known);
                frames.unknown = unknown.map(|one| one.id).collect();
                frames
            }),
            unknown,
            facts,
            variables,
            shown,
            chart,
            times,
            lines,
            loops,
            no_loops,
            from_stream: self.model.taken_from_stream(document),
        }
    }

    /// The variables of the model that are drawn, in the order of their names.
    fn variables(
        &self,
        document: &Document,
        results: &Results,
        columns: &[(Id, Vec<usize>)],
        unknown: &[RunUnknown],
    ) -> Vec<RunVariable> {
        let known: BTreeSet<Id> = columns.iter().map(|(id, _)| *id).collect();
        let unknown = unknown.iter().filter_map(|one| one.about);
        let unknown = unknown.filter(|id| !known.contains(id));
        let unknown: Vec<(Id, Vec<usize>)> = unknown.map(|id| (id, Vec::new())).collect();
        let variables = columns.iter().chain(&unknown).filter_map(|(id, columns)| {
            let record = document.variables().get(id)?;
            Some(RunVariable {
                id: *id,
                name: record.name.clone(),
                kind: record.kind,
                units: self.model.units_of(document, *id),
                changes: columns.iter().any(|column| changes(results, *column)),
                is_known: !columns.is_empty(),
            })
        });
        let mut variables: Vec<RunVariable> = variables.collect();
        variables.sort_by_cached_key(|one| (one.name.to_lowercase(), one.id));
        variables
    }

    /// The variables of the chart: those that are wanted, else stocks, else what changes.
    fn shown(&self, variables: &[RunVariable], columns: &[(Id, Vec<usize>)]) -> Vec<Id> {
        let is_there = |id: &Id| variables.iter().any(|one| one.id == *id);
        let wanted = self.wanted.chart.variables.iter().copied();
        let wanted: Vec<Id> = wanted.filter(is_there).collect();
        if !wanted.is_empty() {
            return wanted;
        }
        let first = |keeps: &dyn Fn(&RunVariable) -> bool| {
            let kept = variables.iter().filter(|one| one.is_known && keeps(one));
            let mut lines = 0;
            let few = kept.map(|one| one.id).take(SHOWN_FIRST).take_while(|id| {
                let own = columns.iter().find(|(of, _)| of == id);
                let is_first = lines == 0;
                lines += own.map_or(1, |(_, columns)| columns.len());
                is_first || lines <= LINES_FIRST
            });
            few.collect::<Vec<_>>()
        };
        let is_stock = |one: &RunVariable| one.kind == VariableKind::Stock;
        let choices = [
            first(&|one| is_stock(one) && one.changes),
            first(&is_stock),
            first(&|one| one.changes),
            first(&|_| true),
        ];
        let mut choices = choices.into_iter();
        choices
            .find(|choice| !choice.is_empty())
            .unwrap_or_default()
    }

    fn labels(&self, document: &Document, shown: &[Id]) -> ChartLabels {
        let units: Vec<String> = shown
            .iter()
            .map(|id| self.model.units_of(document, *id))
            .collect();
        let same = units.windows(2).all(|pair| pair[0] == pair[1]);
        let against = self.wanted.chart.against.and_then(|id| {
            let name = &document.variables().get(&id)?.name;
            Some(match self.model.units_of(document, id).as_str() {
                "" => name.clone(),
                units => format!("{name} ({units})"),
            })
        });
        ChartLabels {
            title: String::new(),
            units: units
                .into_iter()
                .next()
                .filter(|_| same)
                .unwrap_or_default(),
            against,
        }
    }

    /// What is to be known of the runs: values that are no numbers, stocks below zero, what was read
    /// otherwise than a person might think.
    fn notes(&self, document: &Document) -> Vec<RunProblem> {
        let mut notes = Vec::new();
        for (set, run) in &self.runs {
            let Some(results) = run.results() else {
                continue;
            };
            let of = match set {
                RunSet::Document => String::new(),
                set => format!("{}: ", set_name(document, *set)),
            };
            if let Some(first) = results.non_finite() {
                notes.push(RunProblem {
                    about: self.model.id_of(&first.variable),
                    words: format!(
                        "{of}from {} on {} is no finite number, and so is what depends on it.",
                        number_text(first.time),
                        isolated(&first.variable)
                    ),
                    span: None,
                });
            }
            for (id, columns) in &columns_of(&self.model, results) {
                let record = document.variables().get(id);
                let Some(record) = record.filter(|one| one.kind == VariableKind::Stock) else {
                    continue;
                };
                if let Some(time) = first_negative(results, columns) {
                    notes.push(RunProblem {
                        about: Some(*id),
                        words: format!(
                            "{of}the stock {} is below zero from {} on.",
                            in_sentence(&record.name),
                            number_text(time)
                        ),
                        span: None,
                    });
                }
            }
        }
        let remarks = self.runs.first().map(|(_, run)| run.compiled.remarks());
        notes.extend(remarks.into_iter().flatten().map(|remark| RunProblem {
            about: None,
            words: remark.clone(),
            span: None,
        }));
        notes
    }
}

fn faulty(problems: Vec<RunProblem>) -> Begun {
    Begun::View(Box::new(RunView {
        state: RunState::Faulty,
        problems,
        ..RunView::default()
    }))
}

pub fn facts_of(compiled: &Compiled, document: &Document) -> RunFacts {
    let grid = compiled.grid();
    RunFacts {
        start: grid.start,
        stop: grid.stop,
        step: grid.step,
        save_every: grid.step * grid.save_every as f64,
        method: match compiled.method() {
            Method::Euler => RunMethod::Euler,
            Method::Rk2 => RunMethod::Rk2,
            Method::Rk4 => RunMethod::Rk4,
        },
        time_unit: document.properties().run.time_unit.clone(),
        steps: grid.steps,
    }
}

/// The columns of each variable that is drawn.
fn columns_of(model: &OpenModel, results: &Results) -> Vec<(Id, Vec<usize>)> {
    let mut columns: Vec<(Id, Vec<usize>)> = Vec::new();
    let mut places = std::collections::BTreeMap::new();
    for (column, name) in results.names().iter().enumerate() {
        if let Some(id) = model.id_of(name) {
            let place = *places.entry(id).or_insert_with(|| {
                columns.push((id, Vec::new()));
                columns.len() - 1
            });
            columns[place].1.push(column);
        }
    }
    columns
}

/// What no values are known of: each variable once, whatever elements it has.
fn unknown_of(model: &OpenModel, compiled: &Compiled, document: &Document) -> Vec<RunUnknown> {
    let mut found: BTreeMap<String, RunUnknown> = BTreeMap::new();
    for one in compiled.unknown() {
        let about = model.id_of(&one.name);
        let record = about.and_then(|id| document.variables().get(&id));
        let written = one.name.split('[').next().unwrap_or(&one.name);
        let name = record.map_or_else(|| written.to_owned(), |one| in_sentence(&one.name));
        let because = match one.because {
            Because::Refused => RunBecause::Refused,
            Because::Hangs => RunBecause::Hangs,
        };
        let known = found.entry(written.to_lowercase()).or_insert(RunUnknown {
            about,
            name,
            because,
        });
        if because == RunBecause::Refused {
            known.because = because;
        }
    }
    found.into_values().collect()
}

/// What a set of numbers is called.
pub fn set_name(document: &Document, set: RunSet) -> String {
    match set {
        RunSet::Document => "As it is".to_owned(),
        RunSet::Tried => "What you try".to_owned(),
        RunSet::Scenario(id) => {
            let name = document.scenarios().get(&id).map(|one| one.name.trim());
            match name {
                Some(name) if !name.is_empty() => name.to_owned(),
                _ => "Scenario without a name".to_owned(),
            }
        }
    }
}

/// The lines of a run.
fn lines_of(
    document: &Document,
    set: RunSet,
    results: &Results,
    columns: &[(Id, Vec<usize>)],
    drawn: &[Id],
    rows: &[usize],
) -> Vec<ReadLine> {
    let mut lines = Vec::new();
    for id in drawn {
        let record = document.variables().get(id);
        let name = record.map(|record| in_sentence(&record.name));
        let Some((_, columns)) = columns.iter().find(|(other, _)| other == id) else {
            let name = name.unwrap_or_default();
            lines.push(ReadLine {
                about: *id,
                set,
                name: match set {
                    RunSet::Document => name,
                    set => format!("{name} · {}", set_name(document, set)),
                },
                values: Vec::new(),
            });
            continue;
        };
        for column in columns.iter().take(MOST_ELEMENTS) {
            let own = match columns.len() {
                1 => name.clone().unwrap_or_default(),
                _ => results.names()[*column].clone(),
            };
            let values = rows.iter().map(|row| results.row(*row)[*column]);
            lines.push(ReadLine {
                about: *id,
                set,
                name: match set {
                    RunSet::Document => own,
                    set => format!("{own} · {}", set_name(document, set)),
                },
                values: values.collect(),
            });
        }
    }
    lines
}

/// Values for the canvas; of a variable with elements their sum would say little, so it has none.
fn frames_of(results: &Results, columns: &[(Id, Vec<usize>)]) -> Frames {
    let single: Vec<(Id, usize)> = columns
        .iter()
        .filter_map(|(id, columns)| match columns.as_slice() {
            [column] => Some((*id, *column)),
            _ => None,
        })
        .collect();
    let count = results.times().len();
    let most = MOST_FRAMES
        .min(MOST_FRAME_VALUES / single.len().max(1))
        .max(2);
    let every = count.div_ceil(most).max(1);
    let mut rows: Vec<usize> = (0..count).step_by(every).collect();
    if let Some(last) = count.checked_sub(1)
        && rows.last() != Some(&last)
    {
        rows.push(last);
    }
    let value = |row: &usize, column: usize| results.row(*row)[column] as f32;
    Frames {
        times: rows.iter().map(|row| results.times()[*row]).collect(),
        values: single
            .into_iter()
            .map(|(id, column)| (id, rows.iter().map(|row| value(row, column)).collect()))
            .collect(),
        unknown: Vec::new(),
    }
}

fn changes(results: &Results, column: usize) -> bool {
    let mut values = results.column(column);
    let first = values.next();
    values.any(|value| Some(value.to_bits()) != first.map(f64::to_bits))
}

/// The first time at which a column is below zero by more than rounding.
fn first_negative(results: &Results, columns: &[usize]) -> Option<f64> {
    let found = columns.iter().filter_map(|column| {
        let largest = results.column(*column).map(f64::abs).fold(0.0, f64::max);
        let mut values = results.column(*column);
        let row = values.position(|value| value < -1e-9 * largest)?;
        Some(results.times()[row])
    });
    found.reduce(f64::min)
}
