//! Declaring variables: their elements, tables, and the work that their equations are.

use std::collections::HashMap;

use super::build::{Array, Builder, Context, Entry, Input, Job, Limit, Scope, Symbol, Work};
use super::space::{DimId, ElementId};
use crate::equation::{Dialect, Fault, Name, Problem, Span, Table};
use crate::simulate::source::{Body, Equation, Kind, Model, Variable};

/// How deep modules may stand in each other.
const DEEPEST: usize = 30;
/// The most subscripts of a variable.
const MOST_SUBSCRIPTS: usize = 32;
/// The most elements of a variable.
const MOST: usize = 1_000_000;

/// A subscript of a left side: one element, or all of a dimension.
enum Left {
    One(DimId, ElementId),
    All(DimId),
}

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
        let first = self.arrays.len();
        for (index, variable) in variables.iter().enumerate() {
            let symbol = Symbol::Array(first + index);
            let known = self.scopes[scope]
                .names
                .insert(variable.key.clone(), symbol);
            let prefix = &self.scopes[scope].prefix;
            let name = format!("{prefix}{}", variable.name);
            if known.is_some() {
                self.fault(Fault::at(Problem::DefinedTwice, variable.span).of(&name));
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
            let outer = connected.get(&variable.key);
            if let Err(fault) = self.declare(variable, first + index, scope, outer, limit) {
                let name = self.arrays[first + index].name.clone();
                self.fault(fault.of(&name).by_default_at(variable.span));
            }
        }
    }

    fn declare(
        &mut self,
        variable: &'s Variable,
        array: usize,
        scope: usize,
        outer: Option<&(usize, Name)>,
        limit: Option<Limit>,
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
                    is_non_negative: variable.kind
                        == Kind::Flow {
                            is_non_negative: true,
                        },
                    limit: limit.clone(),
                    span: equation.span,
                };
                self.declare_element(variable, equation, array, outer, job)?;
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
        outer: Option<&(usize, Name)>,
        mut job: Job<'s>,
    ) -> Result<(), Fault> {
        if self.arrays[array].entries.contains_key(&job.key) {
            return Err(Fault::at(Problem::DefinedTwice, equation.span));
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
            _ if outer.is_some() => {
                let (scope, name) = outer.cloned().unwrap_or((0, variable.key.clone()));
                job.context.scope = scope;
                Some(Work::Name(name))
            }
            Body::Value(expr) => Some(Work::Value(expr)),
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
            Body::Missing => return Err(Fault::at(Problem::NoEquation, equation.span)),
            Body::Refused(reason) => {
                return Err(Fault::at(
                    Problem::Unsupported(reason.clone()),
                    equation.span,
                ));
            }
        };
        let work = match (work, &variable.kind) {
            (
                Some(Work::Value(initial)),
                Kind::Stock {
                    inflows,
                    outflows,
                    is_non_negative,
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

    fn left(&self, equation: &Equation, dims: &[DimId]) -> Result<Vec<Left>, Fault> {
        if self.source.dialect == Dialect::Xmile && equation.left.len() != dims.len() {
            let message = "it has another number of subscripts than of dimensions".to_owned();
            return Err(Fault::at(Problem::Subscript(message), equation.span));
        }
        if equation.left.len() > MOST_SUBSCRIPTS {
            let message = format!("it has more than {MOST_SUBSCRIPTS} subscripts");
            return Err(Fault::at(Problem::TooLarge(message), equation.span));
        }
        let sides = equation.left.iter().enumerate().map(|(position, name)| {
            if let Some(&dim) = dims.get(position) {
                if let Some(element) = self.element_at(dim, name) {
                    return Ok(Left::One(dim, element));
                }
                if self.space.dim(name) == Some(dim) {
                    return Ok(Left::All(dim));
                }
            } else if let Some(dim) = self.space.dim(name) {
                return Ok(Left::All(dim));
            } else if let Some(element) = self.space.element(name) {
                // An element alone binds no dimension.
                return Ok(Left::One(usize::MAX, element));
            }
            let message = format!("“{name}” is neither a dimension nor an element of one");
            Err(Fault::at(Problem::Subscript(message), equation.span))
        });
        sides.collect()
    }

    /// An element of a dimension by its name, or by its number from 1.
    pub(super) fn element_at(&self, dim: DimId, name: &Name) -> Option<ElementId> {
        self.space.element_of(dim, name).or_else(|| {
            let index: usize = name.as_str().parse().ok()?;
            self.space.elements(dim).get(index.checked_sub(1)?).copied()
        })
    }

    /// All elements of a left side, the last subscript fastest.
    fn keys(&self, left: &[Left], span: Span) -> Result<Vec<Box<[ElementId]>>, Fault> {
        let mut keys: Vec<Vec<ElementId>> = vec![Vec::new()];
        for side in left {
            let elements = match side {
                Left::One(_, element) => std::slice::from_ref(element),
                Left::All(dim) => self.space.elements(*dim),
            };
            if keys.len().saturating_mul(elements.len()) > MOST {
                let message = format!("it has more than {MOST} elements");
                return Err(Fault::at(Problem::TooLarge(message), span));
            }
            keys = keys
                .iter()
                .flat_map(|key| {
                    elements.iter().map(move |&element| {
                        let mut longer = key.clone();
                        longer.push(element);
                        longer
                    })
                })
                .collect();
        }
        Ok(keys.into_iter().map(Vec::into_boxed_slice).collect())
    }

    fn excepted(&self, equation: &Equation) -> Result<Vec<Vec<Vec<ElementId>>>, Fault> {
        let patterns = equation.except.iter().map(|pattern| {
            let sides = pattern.iter().map(|name| {
                if let Some(dim) = self.space.dim(name) {
                    return Ok(self.space.elements(dim).to_vec());
                }
                self.space
                    .element(name)
                    .map(|element| vec![element])
                    .ok_or_else(|| {
                        let message =
                            format!("“{name}” is neither a dimension nor an element of one");
                        Fault::at(Problem::Subscript(message), equation.span)
                    })
            });
            sides.collect::<Result<Vec<_>, _>>()
        });
        patterns.collect()
    }
}

fn matches_pattern(pattern: &[Vec<ElementId>], key: &[ElementId]) -> bool {
    pattern.len() == key.len()
        && pattern
            .iter()
            .zip(key)
            .all(|(side, element)| side.contains(element))
}

/// For each variable the stock that limits it: the only one that it drains, if that one is never
/// below 0. A flow that drains several stocks is no one's alone; then the stock itself stops at 0.
fn limits(variables: &[Variable]) -> Vec<Option<Limit>> {
    let index: HashMap<&Name, usize> = variables
        .iter()
        .enumerate()
        .map(|(at, one)| (&one.key, at))
        .collect();
    let mut limits: Vec<Option<Limit>> = variables.iter().map(|_| None).collect();
    let mut drained = vec![0; variables.len()];
    for (stock, variable) in variables.iter().enumerate() {
        let Kind::Stock {
            outflows,
            is_non_negative,
            ..
        } = &variable.kind
        else {
            continue;
        };
        let mut before = Vec::new();
        for flow in outflows.iter().filter_map(|flow| index.get(flow)) {
            drained[*flow] += 1;
            if *is_non_negative && matches!(variables[*flow].kind, Kind::Flow { .. }) {
                limits[*flow] = Some(Limit {
                    stock,
                    before: before.clone(),
                });
                before.push(*flow);
            }
        }
    }
    for (limit, drained) in limits.iter_mut().zip(drained) {
        if drained > 1 {
            *limit = None;
        }
    }
    limits
}
