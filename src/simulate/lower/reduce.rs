//! Sums and other functions of all elements of an array.

use super::build::{Builder, Context, Symbol};
use super::graph::Id;
use super::space::DimId;
use crate::equation::{Dialect, Expr, Fault, Name, Node, Problem, Span, Subscript};
use crate::simulate::arithmetic::{Dyadic, Monadic};

/// The most elements of one sum.
const MOST: usize = 200_000;

/// What is made of all elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reduction {
    Sum,
    Product,
    Min,
    Max,
    Mean,
    /// Of the elements as a whole population.
    Deviation,
    Size,
}

impl Reduction {
    /// The function of that name, where it works on an array.
    pub(super) fn named(name: &str, arguments: usize, dialect: Dialect) -> Option<Self> {
        Some(match (dialect, name) {
            (_, "sum") => Self::Sum,
            (_, "prod") => Self::Product,
            (Dialect::Vensim, "vmin") => Self::Min,
            (Dialect::Vensim, "vmax") => Self::Max,
            (Dialect::Xmile, "min") if arguments == 1 => Self::Min,
            (Dialect::Xmile, "max") if arguments == 1 => Self::Max,
            (Dialect::Xmile, "mean") if arguments == 1 => Self::Mean,
            (Dialect::Xmile, "stddev") if arguments == 1 => Self::Deviation,
            (Dialect::Xmile, "size") => Self::Size,
            _ => return None,
        })
    }
}

/// A direction in which elements are gone through.
#[derive(Clone, Debug)]
enum Axis {
    /// `Dim!` of Vensim.
    Each(DimId),
    /// `*`, a range, or a bare array of XMILE: dimension, which of its kind, and how many.
    Star(DimId, usize, usize),
}

impl Builder<'_> {
    pub(super) fn reduce(
        &mut self,
        reduction: Reduction,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Id, Fault> {
        let [inside] = arguments else {
            return Err(Fault::at(
                Problem::Arguments {
                    function: "a sum or the like".to_owned(),
                    wanted: "takes one array".to_owned(),
                },
                span,
            ));
        };
        let items = self.items(&[inside], span, context)?;
        let items: Vec<Id> = items.into_iter().map(|row| row[0]).collect();
        Ok(self.reduced(reduction, &items))
    }

    /// Expressions with all elements in turn, the last direction fastest: for each a row.
    pub(super) fn items(
        &mut self,
        inside: &[&Expr],
        span: Span,
        context: &Context,
    ) -> Result<Vec<Vec<Id>>, Fault> {
        let mut axes = Vec::new();
        for one in inside {
            self.axes(one, context, &mut axes)?;
        }
        let size = |axis: &Axis| match axis {
            Axis::Each(dim) => self.space.elements(*dim).len(),
            Axis::Star(_, _, size) => *size,
        };
        let sizes: Vec<usize> = axes.iter().map(size).collect();
        let total = sizes.iter().try_fold(1_usize, |total, size| {
            total.checked_mul(*size).filter(|total| *total <= MOST)
        });
        let Some(total) = total else {
            let message = format!("a sum has more than {MOST} elements");
            return Err(Fault::at(Problem::TooLarge(message), span));
        };
        let mut rows = Vec::with_capacity(total);
        for number in 0..total {
            let mut within = context.clone();
            let mut stars = Vec::new();
            let mut rest = number;
            for (axis, size) in axes.iter().zip(&sizes).rev() {
                let at = rest % size;
                rest /= size;
                match axis {
                    Axis::Each(dim) => {
                        let element = self.space.elements(*dim)[at];
                        within.bound.push((*dim, element));
                    }
                    Axis::Star(dim, nth, _) => stars.push((*dim, *nth, at)),
                }
            }
            if self.source.dialect == Dialect::Xmile {
                within.axes = Some(stars);
            }
            let row: Result<Vec<Id>, Fault> =
                inside.iter().map(|one| self.lower(one, &within)).collect();
            rows.push(row?);
        }
        Ok(rows)
    }

    pub(super) fn reduced(&mut self, reduction: Reduction, items: &[Id]) -> Id {
        let code = match reduction {
            Reduction::Size => {
                let size = u32::try_from(items.len()).unwrap_or(u32::MAX);
                return self.graph.number(f64::from(size));
            }
            Reduction::Mean => {
                let sum = self.reduced(Reduction::Sum, items);
                let size = self.reduced(Reduction::Size, items);
                return self.graph.binary(Dyadic::Divide, sum, size);
            }
            Reduction::Deviation => {
                let mean = self.reduced(Reduction::Mean, items);
                let squares: Vec<Id> = items
                    .iter()
                    .map(|&item| {
                        let off = self.graph.binary(Dyadic::Subtract, item, mean);
                        self.graph.binary(Dyadic::Multiply, off, off)
                    })
                    .collect();
                let variance = self.reduced(Reduction::Mean, &squares);
                return self.graph.unary(Monadic::Sqrt, variance);
            }
            Reduction::Sum => Dyadic::Add,
            Reduction::Product => Dyadic::Multiply,
            Reduction::Min => Dyadic::Min,
            Reduction::Max => Dyadic::Max,
        };
        let nothing = match reduction {
            Reduction::Product => 1.0,
            Reduction::Min => f64::INFINITY,
            Reduction::Max => f64::NEG_INFINITY,
            _ => 0.0,
        };
        let mut items = items.iter();
        let Some(&first) = items.next() else {
            return self.graph.number(nothing);
        };
        items.fold(first, |sum, &item| self.graph.binary(code, sum, item))
    }

    /// The directions in which an expression goes through elements, in the order of the text.
    fn axes(&self, expr: &Expr, context: &Context, axes: &mut Vec<Axis>) -> Result<(), Fault> {
        match &expr.node {
            Node::Number(_) => Ok(()),
            Node::Name(name, subscripts) => {
                self.axes_of(name, subscripts, expr.span, context, axes)
            }
            Node::Call(name, subscripts, arguments) => {
                let dialect = self.source.dialect;
                // What a sum within goes through is its own affair.
                let reduction = Reduction::named(name.as_str(), arguments.len(), dialect);
                if reduction.is_some() && subscripts.is_empty() {
                    return Ok(());
                }
                if !subscripts.is_empty() {
                    self.axes_of(name, subscripts, expr.span, context, axes)?;
                }
                arguments
                    .iter()
                    .try_for_each(|one| self.axes(one, context, axes))
            }
            Node::Unary(_, inside) | Node::Inline(inside, _) => self.axes(inside, context, axes),
            Node::Binary(_, sides) => sides
                .iter()
                .try_for_each(|one| self.axes(one, context, axes)),
            Node::If(parts) => parts
                .iter()
                .try_for_each(|one| self.axes(one, context, axes)),
        }
    }

    fn axes_of(
        &self,
        name: &Name,
        subscripts: &[Subscript],
        span: Span,
        context: &Context,
        axes: &mut Vec<Axis>,
    ) -> Result<(), Fault> {
        if self.source.dialect == Dialect::Vensim {
            for subscript in subscripts {
                if let Subscript::Each(name) = subscript {
                    let Some(dim) = self.space.dim(name) else {
                        let message = format!("“{name}” is no dimension");
                        return Err(Fault::at(Problem::Subscript(message), span));
                    };
                    if !axes
                        .iter()
                        .any(|axis| matches!(axis, Axis::Each(known) if *known == dim))
                    {
                        axes.push(Axis::Each(dim));
                    }
                }
            }
            return Ok(());
        }
        let Some(Symbol::Array(array)) = self.symbol(name, context.scope) else {
            return Ok(());
        };
        let dims = self.arrays[array].dims.clone();
        let mut met: Vec<DimId> = Vec::new();
        for (position, &dim) in dims.iter().enumerate() {
            let size = match subscripts.get(position) {
                None if subscripts.is_empty() => self.space.elements(dim).len(),
                Some(Subscript::All) => self.space.elements(dim).len(),
                Some(Subscript::Range(from, to)) => self.range(dim, from, to)?.1,
                _ => continue,
            };
            let nth = met.iter().filter(|known| **known == dim).count();
            met.push(dim);
            let known = axes.iter().find_map(|axis| match axis {
                Axis::Star(of, number, size) if (*of, *number) == (dim, nth) => Some(*size),
                _ => None,
            });
            match known {
                None => axes.push(Axis::Star(dim, nth, size)),
                Some(known) if known != size => {
                    let message = "arrays of different sizes stand in one sum".to_owned();
                    return Err(Fault::at(Problem::Subscript(message), span));
                }
                Some(_) => {}
            }
        }
        Ok(())
    }
}
