//! Vensim's functions of vectors: selecting, mapping, sorting.

use super::build::{Builder, Context, Symbol};
use super::call::wrong;
use super::graph::{Id, Op};
use super::space::DimId;
use super::subscript::Pick;
use crate::equation::Dialect::Vensim;
use crate::equation::{Expr, Fault, NOT_AVAILABLE, Node, Problem, Settled, Span, Subscript};
use crate::simulate::arithmetic::{Dyadic, Many, Monadic};
use crate::simulate::source::Body;

/// Along which dimension a vector goes, and the index, from 0, of the element in hand.
#[derive(Clone, Copy, Debug)]
pub(super) struct Along {
    pub dim: DimId,
    pub place: f64,
}

impl Builder<'_> {
    /// Vensim's functions of vectors.
    pub(super) fn vector(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Option<Id>, Fault> {
        match (self.source.dialect, name) {
            (Vensim, "vector_select") => {
                let [selection, values, missing, action, _] = arguments else {
                    return Err(wrong(name, "takes five values", span));
                };
                self.select(selection, values, missing, action, span, context)
                    .map(Some)
            }
            (Vensim, "vector_elm_map") => {
                let [first, offset] = arguments else {
                    return Err(wrong(name, "takes an element and an offset", span));
                };
                self.element_map(first, offset, span, context).map(Some)
            }
            (Vensim, "vector_sort_order" | "vector_rank") => {
                let [vector, direction] = arguments else {
                    return Err(wrong(name, "takes a vector and a direction", span));
                };
                let along = self.along(name, vector, span, context)?;
                let place = self.graph.number(along.place);
                let mut items = self.items_along(along, vector, context)?;
                let direction = self.lower(direction, context)?;
                let mut all = vec![place, direction];
                all.append(&mut items);
                let code = if name == "vector_rank" {
                    Many::Rank
                } else {
                    Many::SortOrder
                };
                Ok(Some(self.graph.many(code, all)))
            }
            (Vensim, "allocate_available" | "allocate_by_priority") => {
                self.allocation(name, arguments, span, context).map(Some)
            }
            (Vensim, "invert_matrix") => {
                let [matrix, size] = arguments else {
                    return Err(wrong(name, "takes a matrix and its size", span));
                };
                self.inverse(matrix, size, span, context).map(Some)
            }
            (Vensim, "elmcount") => match arguments {
                [
                    Expr {
                        node: Node::Name(dim, _),
                        ..
                    },
                ] if self.space.dim(dim).is_some() => {
                    let size = self
                        .space
                        .dim(dim)
                        .map_or(0, |dim| self.space.elements(dim).len());
                    Ok(Some(self.graph.number(f64::from(
                        u32::try_from(size).unwrap_or(u32::MAX),
                    ))))
                }
                _ => Err(wrong(name, "takes a dimension", span)),
            },
            _ => Ok(None),
        }
    }

    /// A number that decides what the model is compiled to, as the text says it; none where it does not.
    /// Of a free variable it cannot be taken: the model is to be compiled anew for each number.
    fn settled(&self, expr: &Expr, what: Settled) -> Result<Option<f64>, Fault> {
        if let Node::Name(name, _) = &expr.node
            && self.free.contains_key(name)
        {
            let by = vec![name.clone()];
            return Err(Fault::at(Problem::Steers { by, what }, expr.span));
        }
        Ok(self.stated(expr))
    }

    /// Checks the size that an allocation or a matrix is said to have: as many as it has elements.
    pub(super) fn check_count(
        &mut self,
        name: &str,
        size: &Expr,
        count: usize,
        context: &Context,
    ) -> Result<(), Fault> {
        let said = match self.settled(size, Settled::Size)? {
            Some(number) => Some(number),
            None => {
                let size = self.lower(size, context)?;
                self.graph.value(size)
            }
        };
        let count = u32::try_from(count).unwrap_or(u32::MAX);
        match said {
            Some(number) if number == f64::from(count) => Ok(()),
            Some(number) => {
                let wanted = format!("is of {count} elements, and its size here is {number}");
                Err(wrong(name, &wanted, size.span))
            }
            None => {
                let what = "the size of an allocation or a matrix".to_owned();
                Err(Fault::at(Problem::NotConstant(what), size.span))
            }
        }
    }

    /// A number that the text says, itself or in the equation of a variable.
    fn stated(&self, expr: &Expr) -> Option<f64> {
        if let Some(number) = expr.literal() {
            return Some(number);
        }
        let Node::Name(name, _) = &expr.node else {
            return None;
        };
        if let Some(number) = self.overrides.get(name) {
            return Some(*number);
        }
        let variables = &self.source.models.first()?.variables;
        let variable = variables.iter().find(|variable| variable.key == *name)?;
        match variable.equations.as_slice() {
            [one] => match &one.body {
                Body::Value(value) => value.literal(),
                _ => None,
            },
            _ => None,
        }
    }

    /// What is selected with a weight other than 0, together; another value where nothing is. The
    /// numbers of the actions are Vensim's.
    fn select(
        &mut self,
        selection: &Expr,
        values: &Expr,
        missing: &Expr,
        action: &Expr,
        span: Span,
        context: &Context,
    ) -> Result<Id, Fault> {
        let stated = self.settled(action, Settled::VectorAction)?;
        let rows = self.items(&[selection, values], span, context)?;
        let missing = self.lower(missing, context)?;
        // Whether the weight counts, what an element that is not selected is, and what is made.
        let (is_weighted, nothing, code) = match stated {
            Some(0.0) => (true, 0.0, Dyadic::Add),
            Some(1.0) => (true, 1.0, Dyadic::Multiply),
            Some(2.0) => (true, f64::INFINITY, Dyadic::Min),
            Some(3.0) => (true, f64::NEG_INFINITY, Dyadic::Max),
            Some(6.0) => (false, 0.0, Dyadic::Add),
            Some(7.0) => (false, 1.0, Dyadic::Multiply),
            Some(8.0) => (false, f64::INFINITY, Dyadic::Min),
            Some(9.0) => (false, f64::NEG_INFINITY, Dyadic::Max),
            Some(number) => {
                let message = format!("the action {number} of VECTOR SELECT cannot run here");
                return Err(Fault::at(Problem::Unsupported(message), action.span));
            }
            None => {
                let what = "the action of VECTOR SELECT".to_owned();
                return Err(Fault::at(Problem::NotConstant(what), action.span));
            }
        };
        let nothing = self.graph.number(nothing);
        let zero = self.graph.number(0.0);
        let mut all = nothing;
        let mut is_any = zero;
        for row in rows {
            let (weight, value) = (row[0], row[1]);
            let value = match is_weighted {
                true => self.graph.binary(Dyadic::Multiply, weight, value),
                false => value,
            };
            let value = self.graph.choose(weight, value, nothing);
            all = self.graph.binary(code, all, value);
            is_any = self.graph.binary(Dyadic::Or, is_any, weight);
        }
        Ok(self.graph.choose(is_any, all, missing))
    }

    /// The element so many places after another; `:NA:` beyond the last and before the first.
    fn element_map(
        &mut self,
        first: &Expr,
        offset: &Expr,
        span: Span,
        context: &Context,
    ) -> Result<Id, Fault> {
        let plain = || {
            wrong(
                "vector_elm_map",
                "begins with an element of a variable",
                span,
            )
        };
        let Node::Name(name, subscripts) = &first.node else {
            return Err(plain());
        };
        let Some(Symbol::Array(array)) = self.symbol(name, context.scope) else {
            return Err(plain());
        };
        if let Some(refused) = self.refused_of(name, context) {
            return Ok(self.variable(refused));
        }
        let along = subscripts.iter().rposition(|subscript| match subscript {
            Subscript::Index(Expr {
                node: Node::Name(name, _),
                ..
            }) => self.space.dim(name).is_none(),
            _ => false,
        });
        let along = along
            .or_else(|| subscripts.len().checked_sub(1))
            .ok_or_else(plain)?;
        let picks = self.picks(array, subscripts, span, context)?;
        let key: Option<Vec<u32>> = picks
            .iter()
            .map(|pick| match pick {
                Pick::One(element) => Some(*element),
                Pick::Computed(..) => None,
            })
            .collect();
        let key = key.ok_or_else(plain)?;
        let mut row: Vec<(u32, u32)> = Vec::new();
        for known in &self.arrays[array].keys {
            let is_of = known
                .iter()
                .zip(&key)
                .enumerate()
                .all(|(at, (a, b))| at == along || a == b);
            if let Some(variable) = self.arrays[array].entries[known].variable
                && is_of
            {
                row.push((known[along], variable));
            }
        }
        let base = row
            .iter()
            .position(|(element, _)| *element == key[along])
            .ok_or_else(plain)?;
        let base = self
            .graph
            .number(f64::from(u32::try_from(base + 1).unwrap_or(u32::MAX)));
        let size = self
            .graph
            .number(f64::from(u32::try_from(row.len()).unwrap_or(u32::MAX)));
        let offset = self.lower(offset, context)?;
        let index = self.graph.binary(Dyadic::Add, base, offset);
        let one = self.graph.number(1.0);
        let mut items = vec![index];
        items.extend(
            row.iter()
                .map(|(_, variable)| self.graph.add(Op::Variable(*variable))),
        );
        let found = self.graph.many(Many::Pick, items);
        let above = self.graph.binary(Dyadic::GreaterOrEqual, index, one);
        let whole = self.graph.unary(Monadic::Floor, index);
        let below = self.graph.binary(Dyadic::LessOrEqual, whole, size);
        let is_there = self.graph.binary(Dyadic::And, above, below);
        let none = self.graph.number(NOT_AVAILABLE);
        Ok(self.graph.choose(is_there, found, none))
    }

    /// The dimension that is the last subscript of a vector, and the place of the element in hand.
    pub(super) fn along(
        &self,
        name: &str,
        vector: &Expr,
        span: Span,
        context: &Context,
    ) -> Result<Along, Fault> {
        let plain = || {
            wrong(
                name,
                "takes a vector whose last subscript is a dimension",
                span,
            )
        };
        let last = match &vector.node {
            Node::Name(_, subscripts) => subscripts.last(),
            _ => None,
        };
        let Some(Subscript::Index(Expr {
            node: Node::Name(dim, _),
            ..
        })) = last
        else {
            return Err(plain());
        };
        let dim = self.space.dim(dim).ok_or_else(plain)?;
        let element = self.space.in_hand(dim, &context.bound).ok_or_else(plain)?;
        let place = self.space.position_in(dim, element).ok_or_else(plain)?;
        let place = f64::from(place - 1);
        Ok(Along { dim, place })
    }

    /// What an expression is for each element of a dimension.
    pub(super) fn items_along(
        &mut self,
        along: Along,
        expr: &Expr,
        context: &Context,
    ) -> Result<Vec<Id>, Fault> {
        let mut items = Vec::new();
        for element in self.space.elements(along.dim).to_vec() {
            let mut within = context.clone();
            within.bound.push((along.dim, element));
            items.push(self.lower(expr, &within)?);
        }
        Ok(items)
    }
}
