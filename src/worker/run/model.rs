//! The model of the document: of its records, or of the text that it was opened with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, OnceLock};

use crate::equation::{Fault, Name};
use crate::format::{model_names, model_text};
use crate::model::{Document, Id, ScenarioValues, VariableKind, in_sentence};
use crate::simulate::wasm::Engine;
use crate::simulate::{
    Body, Compiled, Kind, Run, Settings, Source, StreamFigures, Taken, compile, model_of, read,
    set_run, take_figures,
};

use super::drive::Ran;
use super::view::{RunProblem, Slider};

/// A model that is read, and whose variables are known by their records.
#[derive(Debug)]
pub struct OpenModel {
    /// The model.
    pub source: Arc<Source>,
    /// The record of each name.
    names: ModelNames,
    /// What variables have their numbers of, if these are from the value streams.
    taken: BTreeMap<Id, String>,
    /// The model with all constants free, so that other numbers need no compiling; none where that
    /// cannot be, or was not asked for yet.
    free: OnceLock<Option<FreeModel>>,
}

/// A compiled model whose constants are given to each run.
#[derive(Debug)]
struct FreeModel {
    compiled: Arc<Compiled>,
    /// The numbers of the document.
    numbers: Vec<f64>,
}

/// Why there is no model.
#[derive(Debug)]
pub enum NoModel {
    /// Nothing has an equation.
    Nothing,
    /// Something cannot be read.
    Faulty(Vec<RunProblem>),
}

/// The records of the variables of a model, by their names.
#[derive(Debug)]
pub struct ModelNames(BTreeMap<Name, Id>);

impl From<BTreeMap<Name, Id>> for ModelNames {
    fn from(names: BTreeMap<Name, Id>) -> Self {
        Self(names)
    }
}

impl ModelNames {
    /// Those of a document that keeps a text.
    pub fn of_text(document: &Document) -> Self {
        let mut names = names_of(document);
        for (name, id) in model_names(document) {
            names.insert(Name::new(&name), id);
        }
        Self(names)
    }

    /// The record of a variable of the model, by the name of a column: without its subscripts, and
    /// of one in a module also by its own name.
    pub fn id_of(&self, column: &str) -> Option<Id> {
        let name = column.split('[').next().unwrap_or(column);
        let whole = self.0.get(&Name::new(name));
        whole.copied().or_else(|| {
            let own = name.rsplit_once('.')?.1;
            self.0.get(&Name::new(own)).copied()
        })
    }
}

impl OpenModel {
    /// The model of a document. Of one that was opened with a text it is what would be exported now,
    /// so what is run and what goes out are the same. Variables without an equation take these figures
    /// from the value streams.
    pub fn of(document: &Document, figures: &StreamFigures) -> Result<Self, NoModel> {
        let Some(text) = model_text(document) else {
            let model = model_of(document, figures);
            if model.names.is_empty() {
                return Err(NoModel::Nothing);
            }
            return Ok(Self {
                source: Arc::new(model.source),
                names: model.names.into(),
                taken: words_of(&model.took, figures),
                free: OnceLock::new(),
            });
        };
        let names = ModelNames::of_text(document);
        let mut source = read(&text).map_err(|faults| {
            let faults = faults.iter().map(|fault| problem(fault, &names.0, false));
            NoModel::Faulty(faults.collect())
        })?;
        let took = take_figures(&mut source, |name| names.id_of(name.as_str()), figures);
        let is_empty = source.models.iter().all(|model| {
            let mut equations = model.variables.iter().flat_map(|one| &one.equations);
            equations.all(|equation| matches!(equation.body, Body::Missing))
        });
        if is_empty {
            return Err(NoModel::Nothing);
        }
        set_run(&mut source, &document.properties().run);
        Ok(Self {
            source: Arc::new(source),
            names,
            taken: words_of(&took, figures),
            free: OnceLock::new(),
        })
    }

    /// The record of a variable of the model, by the name of a column.
    pub fn id_of(&self, column: &str) -> Option<Id> {
        self.names.id_of(column)
    }

    /// A fault with the record of its variable.
    pub fn problem(&self, fault: &Fault, document: &Document) -> RunProblem {
        problem(fault, &self.names.0, document.source_text().is_none())
    }

    /// The settings of a run with these numbers.
    pub fn settings(&self, document: &Document, values: &ScenarioValues) -> Settings {
        let variables = document.variables();
        let values = values.iter().filter_map(|value| {
            let variable = variables.get(&value.about)?;
            Some((Name::new(&variable.name), value.value))
        });
        // What is no variable of the model has no part in the run.
        let root = self.source.models.first();
        let is_there = |name: &Name| {
            root.is_some_and(|model| model.variables.iter().any(|one| one.key == *name))
        };
        let seed = document.properties().run.seed;
        Settings {
            values: values.filter(|(name, _)| is_there(name)).collect(),
            seed: u64::from(seed.cast_unsigned()),
            ..Settings::default()
        }
    }

    /// A run with these settings, at its start.
    ///
    /// # Errors
    /// What keeps the model from running.
    pub fn begin(
        &self,
        document: &Document,
        settings: &Settings,
        engine: Option<&dyn Engine>,
    ) -> Result<Ran, Vec<Fault>> {
        if let Some((compiled, numbers)) = self.numbers_of(document, settings) {
            let run = Run::with(compiled.clone(), &numbers).map_err(|fault| vec![fault])?;
            return Ok(Ran::of(compiled, run, engine));
        }
        let compiled = Arc::new(compile(&self.source, settings)?);
        let run = Run::new(compiled.clone()).map_err(|fault| vec![fault])?;
        Ok(Ran::of(compiled, run, engine))
    }

    /// The model with free constants and the numbers for it; none where a value is set that is no
    /// constant, or where the constants decide what is compiled.
    fn numbers_of(
        &self,
        document: &Document,
        settings: &Settings,
    ) -> Option<(Arc<Compiled>, Vec<f64>)> {
        let free = self.free.get_or_init(|| {
            let sliders = self.sliders(document);
            let wanted = Settings {
                values: Vec::new(),
                free: sliders
                    .iter()
                    .map(|slider| Name::new(&slider.name))
                    .collect(),
                ..settings.clone()
            };
            Some(FreeModel {
                compiled: Arc::new(compile(&self.source, &wanted).ok()?),
                numbers: sliders.iter().map(|slider| slider.value).collect(),
            })
        });
        let free = free.as_ref()?;
        let mut numbers = free.numbers.clone();
        for (name, value) in &settings.values {
            let place = free.compiled.free().iter().position(|one| one == name)?;
            numbers[place] = *value;
        }
        Some((free.compiled.clone(), numbers))
    }

    /// The constants of the model that are drawn, in the order of their names.
    pub fn sliders(&self, document: &Document) -> Vec<Slider> {
        let root = self.source.models.first();
        let variables = root.map_or(&[][..], |model| model.variables.as_slice());
        let constants = variables.iter().filter_map(|variable| {
            if !matches!(variable.kind, Kind::Auxiliary) || !variable.dimensions.is_empty() {
                return None;
            }
            let [equation] = variable.equations.as_slice() else {
                return None;
            };
            let Body::Value(expr) = &equation.body else {
                return None;
            };
            let value = expr.literal().filter(|_| equation.left.is_empty())?;
            let id = *self.names.0.get(&variable.key)?;
            let record = document.variables().get(&id)?;
            let is_setting = ["initial_time", "final_time", "time_step", "saveper"];
            if is_setting.contains(&variable.key.as_str()) || record.kind != VariableKind::Plain {
                return None;
            }
            let (least, most) = match record.range {
                Some(range) => (range.least, range.most),
                None => usual_range(value),
            };
            Some(Slider {
                id,
                name: record.name.clone(),
                units: match record.units.as_str() {
                    "" => variable.units.clone(),
                    own => own.to_owned(),
                },
                value,
                least,
                most,
            })
        });
        let mut sliders: Vec<Slider> = constants.collect();
        sliders.sort_by_cached_key(|one| (one.name.to_lowercase(), one.id));
        sliders
    }

    /// What variables of the model take from the value stream, with where it is from, in the order of
    /// their names.
    pub fn taken_from_stream(&self, document: &Document) -> Vec<RunProblem> {
        let row = |(id, words): (&Id, &String)| {
            let name = &document.variables().get(id)?.name;
            let row = RunProblem {
                about: Some(*id),
                words: format!("{}: {words}.", in_sentence(name)),
                span: None,
            };
            Some((name.to_lowercase(), row))
        };
        let mut rows: Vec<(String, RunProblem)> = self.taken.iter().filter_map(row).collect();
        rows.sort_by(|(one, _), (other, _)| one.cmp(other));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// The units of a variable, as the model has them; may be empty.
    pub fn units_of(&self, document: &Document, id: Id) -> String {
        let Some(record) = document.variables().get(&id) else {
            return String::new();
        };
        if !record.units.is_empty() {
            return record.units.clone();
        }
        let key = Name::new(&record.name);
        let mut variables = self.source.models.iter().flat_map(|model| &model.variables);
        let found = variables.find(|variable| variable.key == key);
        found.map_or_else(String::new, |variable| variable.units.clone())
    }
}

/// What these variables take, in words.
fn words_of(took: &BTreeSet<Id>, figures: &StreamFigures) -> BTreeMap<Id, String> {
    let words = took.iter().filter_map(|id| match figures.get(id)? {
        Taken::Known(figure) => Some((*id, figure.words.clone())),
        Taken::Missing(_) => None,
    });
    words.collect()
}

/// The range of a slider while nobody has said one: up to twice the value.
fn usual_range(value: f64) -> (f64, f64) {
    match value {
        _ if value > 0.0 => (0.0, 2.0 * value),
        _ if value < 0.0 => (2.0 * value, 0.0),
        _ => (0.0, 1.0),
    }
}

/// The variables by their names; of two with one name the first by its id.
fn names_of(document: &Document) -> BTreeMap<Name, Id> {
    let mut names = BTreeMap::new();
    for (id, variable) in document.variables() {
        names.entry(Name::new(&variable.name)).or_insert(*id);
    }
    names
}

fn problem(fault: &Fault, names: &BTreeMap<Name, Id>, is_own: bool) -> RunProblem {
    let about = fault.variable.as_ref().and_then(|name| {
        let name = name.split('[').next().unwrap_or(name);
        names.get(&Name::new(name)).copied()
    });
    // A place in another text says nothing of the equation that a person sees.
    let span = fault.span.filter(|_| is_own && about.is_some());
    let span = span.and_then(|span| {
        Some((
            u32::try_from(span.start).ok()?,
            u32::try_from(span.end).ok()?,
        ))
    });
    RunProblem {
        about,
        words: fault.to_string(),
        span,
    }
}
