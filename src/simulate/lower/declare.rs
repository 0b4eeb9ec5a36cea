//! Declaring variables: their elements, tables, and the work that their equations are.

use std::collections::{HashMap, HashSet};

use super::beside::{Beside, conveyors, limits};
use super::build::{Array, Builder, Context, Entry, Input, Job, Limit, Scope, Symbol, Work};
use super::left::{Left, matches_pattern};
use super::space::ElementId;
use crate::equation::{Fault, Name, Problem, Table};
use crate::simulate::source::{Body, Equation, Kind, Model, Variable};

/// How deep modules may stand in each other.
const DEEPEST: usize = 30;

impl<'s> Builder<'s> {
    pub(super) fn declare_model(&mut self) {
        let Some(root) = self.source.models.first() else {
            return;
        };
        self.scopes.push(Scope::default());
        self.declare_part(root, 0, &HashMap::new(), 0);
    }

    /// Declares the variables of a model in a scope; inputs that are connected have other work.
    fn declare_part(
        &mut self,
        model: &'s Model,
        scope: usize,
        connected: &HashMap<Name, (usize, Name)>,
        depth: usize,
    ) {
        if depth > DEEPEST {
            let message = "modules stand too deep in each other".to_owned();
            return self.fault(Fault::whole(Problem::TooLarge(message)));
        }
        let source = self.source;
        let mut parts = Vec::new();
        for module in &model.modules {
            let Some(part) = source
                .models
                .iter()
                .find(|one| one.name.as_ref() == Some(&module.model))
            else {
                let problem = Problem::UnknownName(module.model.as_str().to_owned());
                self.fault(Fault::at(problem, module.span).of(&module.name));
                continue;
            };
            let inner = self.scopes.len();
            let prefix = format!(
                "{}{}.",
                self.scopes[scope].prefix,
                module.name.replace("\\n", " ")
            );
            self.scopes.push(Scope {
                prefix,
                ..Scope::default()
            });
            let key = Name::new(&module.name);
            self.scopes[scope].modules.insert(key.clone(), inner);
            let mut inputs = HashMap::new();
            for (to, from) in &module.connections {
                // A connection names its input with the module's name before it, or alone.
                let inside = match to.as_str().rsplit_once('.') {
                    Some((before, name)) if Name::new(before) == key => Name::new(name),
                    Some(_) => continue,
                    None => to.clone(),
                };
                inputs.insert(inside, (scope, from.clone()));
            }
            parts.push((part, inner, inputs));
        }
        self.declare_variables(&model.variables, scope, connected);
        for (part, inner, inputs) in parts {
            self.declare_part(part, inner, &inputs, depth + 1);
        }
    }

    pub(super) fn declare_variables(
        &mut self,
        variables: &'s [Variable],
        scope: usize,
        connected: &HashMap<Name, (usize, Name)>,
    ) {
        let limits = limits(variables);
        let conveyors = conveyors(variables);
        for variable in variables {
            if let Kind::Flow {
                multiplier: Some(multiplier),
                ..
            } = &variable.kind
            {
                let flow = (scope, variable.key.clone());
                self.multipliers.insert(flow, multiplier);
            }
        }
        let first = self.arrays.len();
        let mut twice = HashSet::new();
        for (index, variable) in variables.iter().enumerate() {
            let symbol = Symbol::Array(first + index);
            let known = self.scopes[scope]
                .names
                .insert(variable.key.clone(), symbol);
            let prefix = &self.scopes[scope].prefix;
            let name = format!("{prefix}{}", variable.name);
            if let Some(Symbol::Array(other)) = known {
                twice.extend([other, first + index]);
            }
            self.arrays.push(Array {
                name,
                ..Array::default()
            });
        }
        for (index, variable) in variables.iter().enumerate() {
            let limit = limits[index].as_ref().map(|limit| Limit {
                stock: first + limit.stock,
                before: limit.before.iter().map(|before| first + before).collect(),
            });
            let beside = Beside {
                outer: connected.get(&variable.key),
                limit,
                first,
                belt: conveyors.get(&index),
            };
            let declared = if twice.contains(&(first + index)) {
                Err(Fault::at(Problem::DefinedTwice, variable.span))
            } else {
                self.declare(variable, first + index, scope, &beside)
            };
            if let Err(fault) = declared {
                self.refuse_array(first + index, scope, fault.by_default_at(variable.span));
            }
        }
    }

    /// What a variable says cannot be read as a whole: what of it was not declared is unknown.
    fn refuse_array(&mut self, array: usize, scope: usize, fault: Fault) {
        let name = self.arrays[array].name.clone();
        let is_shown = !self.scopes[scope].is_hidden;
        let span = fault.span.unwrap_or_default();
        let variable = self.new_var(name.clone(), is_shown, span);
        self.arrays[array].unsure = Some(variable);
        self.refuse(variable, fault.of(&name));
    }

    fn declare(
        &mut self,
        variable: &'s Variable,
        array: usize,
        scope: usize,
        beside: &Beside<'_, 's>,
    ) -> Result<(), Fault> {
        let mut dims = Vec::new();
        for name in &variable.dimensions {
            let dim = self.space.dim(name);
            dims.push(
                dim.ok_or_else(|| {
                    Fault::at(Problem::UnknownName(name.to_string()), variable.span)
                })?,
            );
        }
        self.arrays[array].dims = dims.clone();
        for equation in &variable.equations {
            let left = self.left(equation, &dims)?;
            let keys = self.keys(&left, equation.span)?;
            let excepted = self.excepted(equation)?;
            let list = match &equation.body {
                Body::List(list) => Some(list),
                _ => None,
            };
            if list.is_some_and(|list| list.len() != keys.len()) {
                let message = format!(
                    "it has {} elements and {} numbers",
                    keys.len(),
                    list.map_or(0, Vec::len)
                );
                return Err(Fault::at(Problem::Subscript(message), equation.span));
            }
            for (index, key) in keys.into_iter().enumerate() {
                if excepted
                    .iter()
                    .any(|pattern| matches_pattern(pattern, &key))
                {
                    continue;
                }
                let bound: Vec<_> = left
                    .iter()
                    .zip(key.iter())
                    .map(|(left, &element)| match left {
                        Left::One(dim, _) | Left::All(dim) => (*dim, element),
                    })
                    .collect();
                let context = Context {
                    scope,
                    left: bound.len(),
                    bound,
                    axes: None,
                    variable: 0,
                };
                let number = list.and_then(|list| list.get(index)).copied();
                let job = Job {
                    context,
                    key,
                    work: Work::Number(number.unwrap_or(f64::NAN)),
                    initial: equation.initial.as_ref(),
                    is_non_negative: matches!(
                        variable.kind,
                        Kind::Flow {
                            is_non_negative: true,
                            ..
                        }
                    ),
                    limit: beside.limit.clone(),
                    room: beside.room(),
                    span: equation.span,
                };
                self.declare_element(variable, equation, array, beside, job)?;
            }
        }
        Ok(())
    }

    /// Declares one element: a variable, a table, or both.
    fn declare_element(
        &mut self,
        variable: &'s Variable,
        equation: &'s Equation,
        array: usize,
        beside: &Beside<'_, 's>,
        mut job: Job<'s>,
    ) -> Result<(), Fault> {
        if let Some(known) = self.arrays[array].entries.get(&job.key).copied() {
            // Which of the two holds nobody can tell.
            let fault = Fault::at(Problem::DefinedTwice, equation.span);
            let name = self.element_name(array, &job.key);
            match known.variable {
                Some(variable) => self.refuse(variable, fault.of(&name)),
                None => return Err(fault),
            }
            return Ok(());
        }
        let mut entry = Entry::default();
        let scope = job.context.scope;
        let set = match scope {
            0 => self.overrides.get(&variable.key).copied(),
            _ => None,
        };
        let free = match scope {
            0 => self.free.get(&variable.key).copied(),
            _ => None,
        };
        let work = match &equation.body {
            _ if free.is_some() => {
                let written = match &equation.body {
                    Body::Value(expr) => expr.literal(),
                    Body::List(_) => match job.work {
                        Work::Number(number) => Some(number),
                        _ => None,
                    },
                    _ => None,
                };
                Some(Work::Input(Input {
                    free: free.unwrap_or_default(),
                    own: set.or(written),
                }))
            }
            _ if set.is_some() => Some(Work::Number(set.unwrap_or_default())),
            body if beside.trouble(body).is_some() => {
                let trouble = beside.trouble(body).unwrap_or_default().to_owned();
                let fault = Fault::at(Problem::Unsupported(trouble), equation.span);
                return self.refused(job, array, fault);
            }
            _ if beside.outer.is_some() => {
                let outer = beside.outer.cloned();
                let (scope, name) = outer.unwrap_or((0, variable.key.clone()));
                job.context.scope = scope;
                Some(Work::Name(name))
            }
            Body::Value(expr) => Some(Work::Value(expr)),
            Body::Result(call, place) => Some(Work::Result(call, *place)),
            Body::List(_) => None,
            Body::Table(table) => {
                entry.table = Some(self.table(table));
                None
            }
            Body::Through(table, expr) => {
                let table = self.table(table);
                entry.table = Some(table);
                Some(Work::Through(table, expr))
            }
            Body::Missing if beside.leaves().is_some() => beside.leaves(),
            body => {
                let problem = match body {
                    Body::Unreadable(fault) => return self.refused(job, array, (**fault).clone()),
                    Body::Refused(reason) => Problem::Unsupported(reason.clone()),
                    _ => Problem::NoEquation,
                };
                return self.refused(job, array, Fault::at(problem, equation.span));
            }
        };
        let work = match (work, &variable.kind) {
            (
                Some(Work::Value(initial)),
                Kind::Stock {
                    inflows,
                    outflows,
                    is_non_negative,
                    ..
                },
            ) => Some(Work::Stock {
                initial,
                inflows,
                outflows,
                is_non_negative: *is_non_negative,
            }),
            (work, _) => work,
        };
        let is_list = matches!(equation.body, Body::List(_));
        if work.is_some() || is_list {
            let name = self.element_name(array, &job.key);
            let is_shown = !self.scopes[scope].is_hidden;
            let index = self.new_var(name, is_shown, equation.span);
            entry.variable = Some(index);
            job.context.variable = index;
            job.work = work.unwrap_or(job.work);
            let key = job.key.clone();
            self.jobs.push_back(job);
            self.insert(array, key, entry);
        } else {
            self.insert(array, job.key, entry);
        }
        Ok(())
    }

    /// An element that cannot be computed.
    fn refused(&mut self, job: Job<'s>, array: usize, fault: Fault) -> Result<(), Fault> {
        let name = self.element_name(array, &job.key);
        let is_shown = !self.scopes[job.context.scope].is_hidden;
        let index = self.new_var(name, is_shown, job.span);
        let entry = Entry {
            variable: Some(index),
            table: None,
        };
        self.insert(array, job.key, entry);
        let of = self.arrays[array].name.clone();
        self.refuse(index, fault.of(&of).by_default_at(job.span));
        Ok(())
    }

    fn insert(&mut self, array: usize, key: Box<[ElementId]>, entry: Entry) {
        let array = &mut self.arrays[array];
        array.keys.push(key.clone());
        array.entries.insert(key, entry);
    }

    fn table(&mut self, table: &Table) -> u32 {
        let index = u32::try_from(self.tables.len()).unwrap_or(u32::MAX);
        self.tables.push(table.clone());
        index
    }

    fn element_name(&self, array: usize, key: &[ElementId]) -> String {
        let name = &self.arrays[array].name;
        if key.is_empty() {
            return name.clone();
        }
        let elements: Vec<_> = key
            .iter()
            .map(|&element| self.space.written(element))
            .collect();
        format!("{name}[{}]", elements.join(","))
    }
}
