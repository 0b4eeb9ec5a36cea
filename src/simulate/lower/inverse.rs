//! Vensim's `INVERT MATRIX`, written out as operations.
//!
//! Gauss and Jordan's elimination. The pivot is the largest of its column against the scale of its row
//! (scaled partial pivoting; Golub & Van Loan 2013, section 3.4), so units do not decide. Rows are
//! exchanged by picking from a list, as it is only known while the model runs which are.

use super::build::{Builder, Context};
use super::call::wrong;
use super::graph::{Graph, Id};
use super::space::{DimId, ElementId};
use crate::equation::{Expr, Fault, Node, Problem, Span, Subscript};
use crate::simulate::arithmetic::{Dyadic, Many, Monadic};

/// The most rows of a matrix: an inverse is some 6 n³ operations.
const MOST_ROWS: usize = 40;

impl Builder<'_> {
    /// The element in hand of the inverse of a matrix.
    pub(super) fn inverse(
        &mut self,
        matrix: &Expr,
        size: &Expr,
        span: Span,
        context: &Context,
    ) -> Result<Id, Fault> {
        const NAME: &str = "invert_matrix";
        let (rows, columns) = self.rows_and_columns(matrix).ok_or_else(|| {
            let wanted = "takes a matrix whose last two subscripts are dimensions, not the same";
            wrong(NAME, wanted, span)
        })?;
        let count = self.space.elements(rows).len();
        self.check_count(NAME, size, count, context)?;
        let left = context.bound.get(..context.left).unwrap_or_default();
        let own = match left {
            [.., row, column] if self.space.elements(columns).len() == count => {
                let place = |&(dim, element): &(DimId, ElementId)| {
                    let is_as_long = self.space.elements(dim).len() == count;
                    let place = self.space.position_in(dim, element)?;
                    is_as_long.then(|| usize::try_from(place - 1).ok())?
                };
                place(row).zip(place(column))
            }
            _ => None,
        };
        let (row, column) = own.ok_or_else(|| {
            let message = "the last two subscripts of a matrix and of its inverse are dimensions \
                           with as many elements";
            Fault::at(Problem::Subscript(message.to_owned()), span)
        })?;
        if count > MOST_ROWS {
            let message = format!("a matrix of more than {MOST_ROWS} rows cannot be inverted here");
            return Err(Fault::at(Problem::Unsupported(message), span));
        }
        let mut entries = Vec::new();
        for one in self.space.elements(rows).to_vec() {
            for other in self.space.elements(columns).to_vec() {
                let mut within = context.clone();
                within.bound.extend([(rows, one), (columns, other)]);
                entries.push(self.lower(matrix, &within)?);
            }
        }
        let at = row * count + column;
        if let Some(known) = self.inverses.get(&entries) {
            return Ok(known[at]);
        }
        let inverse = inverted(&mut self.graph, &entries, count);
        let own = inverse[at];
        self.inverses.insert(entries, inverse);
        Ok(own)
    }

    /// The dimensions that are the last two subscripts of a matrix.
    fn rows_and_columns(&self, matrix: &Expr) -> Option<(DimId, DimId)> {
        let Node::Name(_, subscripts) = &matrix.node else {
            return None;
        };
        let dim = |subscript: &Subscript| match subscript {
            Subscript::Index(Expr {
                node: Node::Name(name, _),
                ..
            }) => self.space.dim(name),
            _ => None,
        };
        let [.., rows, columns] = subscripts.as_slice() else {
            return None;
        };
        let both = dim(rows).zip(dim(columns));
        both.filter(|(rows, columns)| rows != columns)
    }
}

/// The inverse of a matrix, row by row. It is no number where the matrix is singular, or cannot be
/// told from one that is: where all that is left of a column is no more than what was rounded.
fn inverted(graph: &mut Graph, entries: &[Id], count: usize) -> Vec<Id> {
    let zero = graph.number(0.0);
    let one = graph.number(1.0);
    // The matrix, and on its right what becomes the inverse.
    let mut rows: Vec<Vec<Id>> = entries.chunks(count).map(<[Id]>::to_vec).collect();
    for (at, row) in rows.iter_mut().enumerate() {
        row.extend((0..count).map(|column| if column == at { one } else { zero }));
    }
    // Of each entry of the matrix the largest number that it was made of: what was rounded hangs on that.
    let sizes = entries.iter();
    let sizes: Vec<Id> = sizes.map(|&one| graph.unary(Monadic::Abs, one)).collect();
    let mut sizes: Vec<Vec<Id>> = sizes.chunks(count).map(<[Id]>::to_vec).collect();
    let mut scales = scales(graph, &sizes);
    let rounding = index(graph, count);
    let epsilon = graph.number(f64::EPSILON);
    let rounding = graph.binary(Dyadic::Multiply, rounding, epsilon);
    let mut is_regular = one;
    for step in 0..count {
        // Which row has the pivot, and how large that is.
        let mut place = index(graph, step);
        let mut best = zero;
        for row in step..count {
            let size = graph.unary(Monadic::Abs, rows[row][step]);
            let least = graph.binary(Dyadic::Multiply, rounding, sizes[row][step]);
            let is_sure = graph.binary(Dyadic::Greater, size, least);
            let size = graph.binary(Dyadic::Divide, size, scales[row]);
            let size = graph.choose(is_sure, size, zero);
            let is_larger = graph.binary(Dyadic::Greater, size, best);
            let at = index(graph, row);
            place = graph.choose(is_larger, at, place);
            best = graph.choose(is_larger, size, best);
        }
        let is_there = graph.binary(Dyadic::Greater, best, zero);
        is_regular = graph.binary(Dyadic::And, is_regular, is_there);
        for column in step..2 * count {
            exchange(graph, place, step, &mut rows, |row| &mut row[column]);
        }
        for column in step..count {
            exchange(graph, place, step, &mut sizes, |row| &mut row[column]);
        }
        exchange(graph, place, step, &mut scales, |scale| scale);
        // The pivot becomes 1, and all else of its column 0.
        let pivot = rows[step][step];
        for entry in &mut rows[step][step + 1..] {
            *entry = graph.binary(Dyadic::Divide, *entry, pivot);
        }
        for row in (0..count).filter(|row| *row != step) {
            let times = rows[row][step];
            for column in step + 1..2 * count {
                let part = graph.binary(Dyadic::Multiply, times, rows[step][column]);
                rows[row][column] = graph.binary(Dyadic::Subtract, rows[row][column], part);
                if row > step && column < count {
                    let part = graph.unary(Monadic::Abs, part);
                    sizes[row][column] = graph.binary(Dyadic::Max, sizes[row][column], part);
                }
            }
        }
    }
    let none = graph.number(f64::NAN);
    let right: Vec<Id> = rows.iter().flat_map(|row| row[count..].to_vec()).collect();
    let sure = right.iter().map(|&id| graph.choose(is_regular, id, none));
    sure.collect()
}

fn index(graph: &mut Graph, at: usize) -> Id {
    graph.number(u32::try_from(at).map_or(f64::INFINITY, f64::from))
}

fn largest(graph: &mut Graph, of: impl IntoIterator<Item = Id>) -> Id {
    let mut of = of.into_iter();
    let first = of.next().unwrap_or_else(|| graph.number(0.0));
    of.fold(first, |most, one| graph.binary(Dyadic::Max, most, one))
}

/// How large each row is, its entries taken as parts of the largest of their columns.
fn scales(graph: &mut Graph, sizes: &[Vec<Id>]) -> Vec<Id> {
    let mut columns = Vec::new();
    for column in 0..sizes.len() {
        columns.push(largest(graph, sizes.iter().map(|row| row[column])));
    }
    let mut scales = Vec::new();
    for row in sizes {
        let mut parts = Vec::new();
        for (&size, &column) in row.iter().zip(&columns) {
            parts.push(graph.binary(Dyadic::Divide, size, column));
        }
        scales.push(largest(graph, parts));
    }
    scales
}

/// Exchanges a number of one row with that of the row at a place, which is this row or one below.
fn exchange<R>(
    graph: &mut Graph,
    place: Id,
    step: usize,
    rows: &mut [R],
    of: impl Fn(&mut R) -> &mut Id,
) {
    let rows = &mut rows[step..];
    let first = *of(&mut rows[0]);
    let before = index(graph, step);
    let nth = graph.binary(Dyadic::Subtract, place, before);
    let one = graph.number(1.0);
    let mut items = vec![graph.binary(Dyadic::Add, nth, one)];
    items.extend(rows.iter_mut().map(|row| *of(row)));
    let picked = graph.many(Many::Pick, items);
    for (at, row) in (step..).zip(rows.iter_mut()).skip(1) {
        let at = index(graph, at);
        let is_it = graph.binary(Dyadic::Equal, place, at);
        let own = of(row);
        *own = graph.choose(is_it, first, *own);
    }
    *of(&mut rows[0]) = picked;
}
