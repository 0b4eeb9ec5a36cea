//! The left sides of equations: which elements of a variable they define.

use super::build::Builder;
use super::space::{DimId, ElementId};
use crate::equation::{Dialect, Fault, Name, Problem, Span};
use crate::simulate::source::Equation;

/// The most subscripts of a variable.
const MOST_SUBSCRIPTS: usize = 32;
/// The most elements of a variable.
const MOST: usize = 1_000_000;

/// A subscript of a left side: one element, or all of a dimension.
pub(super) enum Left {
    One(DimId, ElementId),
    All(DimId),
}

impl Builder<'_> {
    /// The subscripts of an equation's left side, for a variable with these dimensions.
    pub(super) fn left(&self, equation: &Equation, dims: &[DimId]) -> Result<Vec<Left>, Fault> {
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
    pub(super) fn keys(&self, left: &[Left], span: Span) -> Result<Vec<Box<[ElementId]>>, Fault> {
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

    /// What the equation leaves out: for each pattern the elements at each subscript.
    pub(super) fn excepted(&self, equation: &Equation) -> Result<Vec<Vec<Vec<ElementId>>>, Fault> {
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

/// Whether a pattern of exceptions holds for an element.
pub(super) fn matches_pattern(pattern: &[Vec<ElementId>], key: &[ElementId]) -> bool {
    pattern.len() == key.len()
        && pattern
            .iter()
            .zip(key)
            .all(|(side, element)| side.contains(element))
}
