//! Subscripts: which element each of them means.

use super::build::{Builder, Context, Symbol};
use super::graph::Id;
use super::space::{DimId, ElementId};
use crate::equation::{Dialect, Expr, Fault, Name, Node, Problem, Span, Subscript};

/// The element of a subscript.
pub(super) enum Pick {
    /// One that is known.
    One(ElementId),
    /// One whose index, from 1, is computed while the model runs; and all that it may be.
    Computed(Id, Vec<ElementId>),
}

impl Builder<'_> {
    /// What stands for all elements of a variable of which nothing is known, not even how many
    /// there are.
    pub(super) fn all_unsure(&self, array: usize) -> Option<u32> {
        let array = &self.arrays[array];
        array.unsure.filter(|_| array.keys.is_empty())
    }

    /// An element of a variable that was refused: it may be a table.
    pub(super) fn refused_of(&self, name: &Name, context: &Context) -> Option<u32> {
        let Some(Symbol::Array(array)) = self.symbol(name, context.scope) else {
            return None;
        };
        let array = &self.arrays[array];
        let entries = array.keys.iter().filter_map(|key| array.entries.get(key));
        let mut variables = entries.filter_map(|entry| entry.variable);
        let refused = variables.find(|variable| self.is_refused_variable(*variable));
        array.unsure.or(refused)
    }

    /// How many subscripts a variable has.
    pub(super) fn arity(&self, array: usize) -> usize {
        let array = &self.arrays[array];
        array.keys.first().map_or(array.dims.len(), |key| key.len())
    }

    /// The elements that subscripts mean. An array without any means the element in hand.
    pub(super) fn picks(
        &mut self,
        array: usize,
        subscripts: &[Subscript],
        span: Span,
        context: &Context,
    ) -> Result<Vec<Pick>, Fault> {
        let arity = self.arity(array);
        let dims = self.arrays[array].dims.clone();
        let implied = vec![Subscript::All; arity];
        let is_bare = subscripts.is_empty() && arity > 0 && self.source.dialect == Dialect::Xmile;
        let subscripts = if is_bare { &implied } else { subscripts };
        if subscripts.len() != arity {
            let name = &self.arrays[array].name;
            let message = format!(
                "“{name}” has {arity} subscripts, and here are {}",
                subscripts.len()
            );
            return Err(Fault::at(Problem::Subscript(message), span));
        }
        let mut picks: Vec<Pick> = Vec::new();
        let mut met: Vec<DimId> = Vec::new();
        for (position, subscript) in subscripts.iter().enumerate() {
            let dim = dims.get(position).copied();
            picks.push(self.pick(subscript, dim, &mut met, span, context)?);
        }
        Ok(picks)
    }

    fn pick(
        &mut self,
        subscript: &Subscript,
        dim: Option<DimId>,
        met: &mut Vec<DimId>,
        span: Span,
        context: &Context,
    ) -> Result<Pick, Fault> {
        let none = |message: String| Fault::at(Problem::Subscript(message), span);
        match (subscript, dim) {
            (Subscript::Each(name), _) => {
                let dim = self.space.dim(name);
                let dim = dim.ok_or_else(|| none(format!("“{name}” is no dimension")))?;
                let element = self.space.in_hand(dim, &context.bound);
                let message = || none(format!("“{name}!” stands only within a sum or the like"));
                Ok(Pick::One(element.ok_or_else(message)?))
            }
            (Subscript::All | Subscript::Range(..), Some(dim)) => {
                let start = match subscript {
                    Subscript::Range(from, to) => self.range(dim, from, to)?.0,
                    _ => 0,
                };
                let nth = met.iter().filter(|known| **known == dim).count();
                met.push(dim);
                let axes = context.axes.as_deref().unwrap_or_default();
                let axis = axes
                    .iter()
                    .find(|(of, number, _)| (*of, *number) == (dim, nth));
                if let Some((_, _, at)) = axis {
                    return Ok(Pick::One(self.space.elements(dim)[start + at]));
                }
                // Of the same dimension twice, the first stands for the first on the left side.
                let left = context.bound.get(..context.left).unwrap_or_default();
                let mut same = left.iter().filter(|(other, _)| *other == dim);
                let element = match same.clone().count() {
                    0 | 1 => self.space.in_hand(dim, &context.bound),
                    _ => same.nth(nth).map(|(_, element)| *element),
                };
                let message = || none("an array stands here where one value is wanted".to_owned());
                Ok(Pick::One(element.ok_or_else(message)?))
            }
            (Subscript::Position(number), Some(dim)) => {
                let left = context.bound.get(..context.left).unwrap_or_default();
                let bound = number.checked_sub(1).and_then(|index| left.get(index));
                let element =
                    bound.and_then(|&(other, element)| self.translated(other, element, dim));
                let message = || none(format!("@{number} is no subscript of the left side"));
                Ok(Pick::One(element.ok_or_else(message)?))
            }
            (Subscript::Index(expr), Some(dim)) => self.index_in(dim, expr, context),
            (Subscript::Index(expr), None) => self.index(expr, context).map(Pick::One),
            (_, None) => Err(none("this subscript cannot run here".to_owned())),
        }
    }

    /// An element of one dimension as one of another: the same, or the one at the same position.
    fn translated(&self, from: DimId, element: ElementId, to: DimId) -> Option<ElementId> {
        if from == to {
            return Some(element);
        }
        let position = usize::try_from(self.space.position_in(from, element)?).ok()?;
        self.space.elements(to).get(position - 1).copied()
    }

    /// A subscript of XMILE: an element, a dimension, a number, or any expression.
    fn index_in(&mut self, dim: DimId, expr: &Expr, context: &Context) -> Result<Pick, Fault> {
        if let Some(element) = self.element_named(dim, expr) {
            return Ok(Pick::One(element));
        }
        if let Node::Name(name, none) = &expr.node
            && none.is_empty()
            && let Some(other) = self.space.dim(name)
        {
            let element = self.space.in_hand(other, &context.bound);
            let element = element.and_then(|element| self.translated(other, element, dim));
            let message = format!("“{name}” stands for no element here");
            let fault = Fault::at(Problem::Subscript(message), expr.span);
            return element.map(Pick::One).ok_or(fault);
        }
        let context = Context {
            axes: None,
            ..context.clone()
        };
        let index = self.lower(expr, &context)?;
        Ok(Pick::Computed(index, self.space.elements(dim).to_vec()))
    }

    /// An element of a dimension that is written as its name or its number.
    fn element_named(&self, dim: DimId, expr: &Expr) -> Option<ElementId> {
        match &expr.node {
            Node::Name(name, none) if none.is_empty() => {
                let own = self.space.element_of(dim, name);
                own.or_else(|| {
                    // `Dim.Element`, as a number.
                    let (before, after) = name.as_str().split_once('.')?;
                    let is_of = self.space.dim(&Name::new(before))? == dim;
                    is_of.then(|| self.space.element_of(dim, &Name::new(after)))?
                })
            }
            Node::Number(number) => self.element_at(dim, &Name::new(&number.to_string())),
            _ => None,
        }
    }

    /// A subscript of Vensim: an element, or a dimension.
    fn index(&self, expr: &Expr, context: &Context) -> Result<ElementId, Fault> {
        let none = |message: String| Fault::at(Problem::Subscript(message), expr.span);
        let Node::Name(name, inner) = &expr.node else {
            return Err(none("a subscript is an element or a dimension".to_owned()));
        };
        if !inner.is_empty() {
            return Err(none("a subscript is an element or a dimension".to_owned()));
        }
        if let Some(dim) = self.space.dim(name) {
            let element = self.space.in_hand(dim, &context.bound);
            return element.ok_or_else(|| none(format!("“{name}” stands for no element here")));
        }
        let element = self.space.element(name);
        element.ok_or_else(|| {
            none(format!(
                "“{name}” is neither a dimension nor an element of one"
            ))
        })
    }

    /// The first index, from 0, and the number of elements of `a:b`.
    pub(super) fn range(
        &self,
        dim: DimId,
        from: &Expr,
        to: &Expr,
    ) -> Result<(usize, usize), Fault> {
        let at = |expr: &Expr| {
            let element = self.element_named(dim, expr);
            let position = element.and_then(|element| self.space.position_in(dim, element));
            let position = position.and_then(|position| usize::try_from(position).ok());
            position.ok_or_else(|| {
                let message =
                    "a range goes from one element of the dimension to another".to_owned();
                Fault::at(Problem::Subscript(message), expr.span)
            })
        };
        let (from, to) = (at(from)?, at(to)?);
        if from > to {
            return Ok((0, 0));
        }
        Ok((from - 1, to + 1 - from))
    }

    /// The table that a name with subscripts means.
    pub(super) fn table_named(
        &mut self,
        name: &Name,
        subscripts: &[Subscript],
        span: Span,
        context: &Context,
    ) -> Result<Option<u32>, Fault> {
        let Some(Symbol::Array(array)) = self.symbol(name, context.scope) else {
            return Ok(None);
        };
        if !self.arrays[array]
            .entries
            .values()
            .any(|entry| entry.table.is_some())
        {
            return Ok(None);
        }
        let picks = self.picks(array, subscripts, span, context)?;
        let key: Option<Vec<ElementId>> = picks
            .iter()
            .map(|pick| match pick {
                Pick::One(element) => Some(*element),
                Pick::Computed(..) => None,
            })
            .collect();
        let Some(key) = key else {
            let message = "a table that is chosen while the model runs cannot run here".to_owned();
            return Err(Fault::at(Problem::Unsupported(message), span));
        };
        let entry = self.arrays[array].entries.get(key.as_slice());
        entry
            .and_then(|entry| entry.table)
            .map(Some)
            .ok_or_else(|| {
                let message = format!(
                    "“{}” has no table for this element",
                    self.arrays[array].name
                );
                Fault::at(Problem::Subscript(message), span)
            })
    }
}
