//! Where names are looked up for their units: a model, a part that modules use, a macro.

use std::collections::{HashMap, HashSet};

use super::book::UnitBook;
use super::text::UnitError;
use super::unit::Unit;
use super::words::key;
use crate::equation::Name;
use crate::simulate::source::{Macro, Model, Module, Source, Variable};

/// A model, a part, or a macro.
pub(super) struct Part<'s> {
    pub name: Option<String>,
    pub variables: &'s [Variable],
    modules: &'s [Module],
    by_name: HashMap<&'s Name, usize>,
    /// What its variables are said to be counted in.
    pub units: Vec<Result<Option<Unit>, UnitError>>,
    /// What was found for variables of which nothing is said.
    pub offers: Vec<Option<Unit>>,
    /// The inputs of a macro. One whose name is used as a unit within it is counted in that.
    pub inputs: Vec<(&'s Name, Option<Unit>)>,
    is_macro: bool,
}

/// A model with what is said of its units.
pub(super) struct Known<'s> {
    pub source: &'s Source,
    pub parts: Vec<Part<'s>>,
    /// What time is counted in: of itself, where nobody has said it.
    pub time: Unit,
    pub is_time_said: bool,
    /// Dimensions and their elements, which stand for numbers.
    positions: HashSet<&'s Name>,
}

/// What is known of a name.
pub(super) enum Found<'k> {
    Unit(&'k Unit),
    /// It is there, and nothing is said of it: its name, as it was written.
    Unknown(&'k str),
    Missing,
}

/// Whether units that were found count as those that are said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    Stated,
    Offered,
}

impl<'s> Known<'s> {
    pub(super) fn new(source: &'s Source, book: &UnitBook) -> Self {
        let mut book = book.clone();
        let root = source.models.first();
        if book.time().is_none() {
            // In Vensim the settings of a run are variables.
            let names = ["TIME STEP", "FINAL TIME", "INITIAL TIME"].map(Name::new);
            let variables = root.map_or(&[][..], |model| model.variables.as_slice());
            let of = |name: &Name| variables.iter().find(|variable| variable.key == *name);
            let mut texts = names.iter().filter_map(of).map(|variable| &variable.units);
            let time = texts.find_map(|text| book.read(text).ok().flatten());
            if let Some(time) = time {
                book.time_is(time);
            }
        }
        let models = source
            .models
            .iter()
            .map(|model| Part::of_model(model, &book));
        let macros = source.macros.iter().map(|one| Part::of_macro(one, &book));
        let dimensions = source.dimensions.iter();
        let positions = dimensions.flat_map(|dimension| {
            let elements = dimension.elements.iter().map(|element| &element.name);
            std::iter::once(&dimension.name).chain(elements)
        });
        Self {
            source,
            parts: models.chain(macros).collect(),
            is_time_said: book.time().is_some(),
            time: book.time().cloned().unwrap_or_else(|| book.named("time")),
            positions: positions.collect(),
        }
    }

    /// Whether a name is a dimension or an element of one.
    pub(super) fn is_position(&self, name: &Name) -> bool {
        let of_dimension = name.as_str().split_once('.');
        self.positions.contains(name)
            || of_dimension.is_some_and(|(dim, _)| self.positions.contains(&Name::new(dim)))
    }

    /// A variable by its name, seen from a part: the part that it is in, and its index.
    pub(super) fn variable(&self, part: usize, name: &Name) -> Option<(usize, usize)> {
        if let Some(&at) = self.parts.get(part)?.by_name.get(name) {
            return Some((part, at));
        }
        let text = name.as_str();
        let here = &self.parts[part];
        let mut inside = part;
        let mut rest = text;
        if let Some(outer) = text.strip_suffix('$').filter(|_| here.is_macro) {
            (inside, rest) = (0, outer);
        } else if let Some(whole) = text.strip_prefix('.') {
            (inside, rest) = (0, whole);
        }
        while let Some((module, after)) = rest.split_once('.') {
            let module = Name::new(module);
            let modules = self.parts[inside].modules;
            let Some(module) = modules.iter().find(|one| Name::new(&one.name) == module) else {
                break;
            };
            let mut models = self.source.models.iter();
            inside = models.position(|model| model.name.as_ref() == Some(&module.model))?;
            rest = after;
        }
        if rest == text {
            return None;
        }
        let at = *self.parts[inside].by_name.get(&Name::new(rest))?;
        Some((inside, at))
    }

    /// What is known of the unit of a name, seen from a part.
    pub(super) fn found(&self, part: usize, name: &Name, trust: Trust) -> Found<'_> {
        let inputs = &self.parts[part].inputs;
        if let Some((input, unit)) = inputs.iter().find(|(input, _)| *input == name) {
            return match unit {
                Some(unit) => Found::Unit(unit),
                None => Found::Unknown(input.as_str()),
            };
        }
        let Some((part, at)) = self.variable(part, name) else {
            return Found::Missing;
        };
        let part = &self.parts[part];
        match (&part.units[at], &part.offers[at]) {
            (Ok(Some(unit)), _) => Found::Unit(unit),
            (_, Some(offer)) if trust == Trust::Offered => Found::Unit(offer),
            _ => Found::Unknown(&part.variables[at].name),
        }
    }

    /// A macro by its name: its part.
    pub(super) fn called(&self, name: &Name) -> Option<(&'s Macro, usize)> {
        let mut macros = self.source.macros.iter();
        let at = macros.position(|one| one.name == *name)?;
        Some((&self.source.macros[at], self.source.models.len() + at))
    }
}

impl<'s> Part<'s> {
    fn of_model(model: &'s Model, book: &UnitBook) -> Self {
        let name = model.name.as_ref().map(ToString::to_string);
        Self::of(name, &model.variables, &model.modules, book)
    }

    fn of_macro(one: &'s Macro, book: &UnitBook) -> Self {
        let mut part = Self::of(Some(one.name.to_string()), &one.variables, &[], book);
        part.is_macro = true;
        for (input, _) in &one.inputs {
            let base = key(input.as_str());
            let mut units = part.units.iter().flatten().flatten();
            let is_used = units.any(|unit| unit.powers().any(|(own, _)| own == base));
            let unit = is_used.then(|| Unit::base(&base, input.as_str()));
            part.inputs.push((input, unit));
        }
        part
    }

    fn of(
        name: Option<String>,
        variables: &'s [Variable],
        modules: &'s [Module],
        book: &UnitBook,
    ) -> Self {
        Self {
            name,
            variables,
            modules,
            by_name: (0..)
                .zip(variables)
                .map(|(at, variable)| (&variable.key, at))
                .collect(),
            units: variables
                .iter()
                .map(|variable| book.read(&variable.units))
                .collect(),
            offers: vec![None; variables.len()],
            inputs: Vec::new(),
            is_macro: false,
        }
    }
}
