//! Dimensions, their elements, and which stand for which.

use std::collections::HashMap;

use crate::equation::{Dialect, Fault, Name, Problem};
use crate::simulate::source::Dimension;

/// The index of a dimension.
pub(super) type DimId = usize;
/// The index of an element. In Vensim it may be in several dimensions, in XMILE in one.
pub(super) type ElementId = u32;

/// Elements of one dimension and those of another that they stand for.
type Pairs = Vec<(ElementId, ElementId)>;

/// The most elements of all dimensions together.
const MOST: usize = 1_000_000;

/// A dimension.
#[derive(Debug)]
pub(super) struct Dim {
    pub elements: Vec<ElementId>,
    by_name: HashMap<Name, ElementId>,
    /// The position of each element, from 1.
    places: HashMap<ElementId, u32>,
}

impl Dim {
    fn has(&self, element: ElementId) -> bool {
        self.places.contains_key(&element)
    }
}

/// All dimensions of a model.
#[derive(Debug, Default)]
pub(super) struct Space {
    dims: Vec<Dim>,
    by_name: HashMap<Name, DimId>,
    written: Vec<String>,
    /// Of Vensim: elements by name, whatever the dimension.
    elements: HashMap<Name, ElementId>,
    /// Which elements of one dimension stand for which of another.
    pairs: Vec<(DimId, DimId, Pairs)>,
    /// The position of an element, from 1, in its largest dimension.
    positions: Vec<u32>,
}

impl Space {
    pub(super) fn new(dimensions: &[Dimension], dialect: Dialect) -> Result<Self, Fault> {
        let mut space = Self::default();
        for (index, dimension) in dimensions.iter().enumerate() {
            if space
                .by_name
                .insert(dimension.name.clone(), index)
                .is_some()
            {
                let fault = Fault::at(Problem::DefinedTwice, dimension.span);
                return Err(fault.of(dimension.name.as_str()));
            }
        }
        for index in 0..dimensions.len() {
            let elements = space.elements_of(dimensions, index, dialect, 0)?;
            let by_name = elements
                .iter()
                .map(|(name, id)| (name.clone(), *id))
                .collect();
            let elements: Vec<_> = elements.into_iter().map(|(_, id)| id).collect();
            let places = elements.iter().copied().zip(1..).collect();
            space.dims.push(Dim {
                elements,
                by_name,
                places,
            });
        }
        space.positions = vec![0; space.written.len()];
        let mut sizes = vec![0; space.written.len()];
        for dim in &space.dims {
            for (position, &element) in (1..).zip(&dim.elements) {
                let element = element as usize;
                if sizes[element] < dim.elements.len() {
                    sizes[element] = dim.elements.len();
                    space.positions[element] = position;
                }
            }
        }
        for (from, dimension) in dimensions.iter().enumerate() {
            for map in &dimension.maps {
                let fault = |message: String| {
                    Fault::at(Problem::Subscript(message), dimension.span)
                        .of(dimension.name.as_str())
                };
                let to = space.dim(&map.to);
                let to = to.ok_or_else(|| {
                    fault(format!("it is mapped to {}, which is no dimension", map.to))
                })?;
                let pairs = space.mapped(from, to, &map.entries);
                let pairs = pairs.ok_or_else(|| {
                    fault(format!(
                        "it is mapped to {}, and they have not as many elements",
                        map.to
                    ))
                })?;
                space.pairs.push((from, to, pairs));
            }
        }
        Ok(space)
    }

    fn elements_of(
        &mut self,
        dimensions: &[Dimension],
        index: usize,
        dialect: Dialect,
        depth: usize,
    ) -> Result<Vec<(Name, ElementId)>, Fault> {
        let dimension = &dimensions[index];
        let fault =
            |problem: Problem| Fault::at(problem, dimension.span).of(dimension.name.as_str());
        if depth > 20 {
            return Err(fault(Problem::Subscript(
                "the dimension is a part of itself".to_owned(),
            )));
        }
        let mut elements = Vec::new();
        for element in &dimension.elements {
            let part = self.by_name.get(&element.name).copied();
            match (dialect, part) {
                (Dialect::Vensim, Some(part)) => {
                    elements.extend(self.elements_of(dimensions, part, dialect, depth + 1)?);
                }
                (Dialect::Vensim, None) => {
                    let next = self.written.len();
                    let id = *self
                        .elements
                        .entry(element.name.clone())
                        .or_insert_with(|| {
                            self.written.push(element.written.clone());
                            u32::try_from(next).unwrap_or(u32::MAX)
                        });
                    elements.push((element.name.clone(), id));
                }
                (Dialect::Xmile, _) => {
                    let id = u32::try_from(self.written.len()).unwrap_or(u32::MAX);
                    self.written.push(element.written.clone());
                    elements.push((element.name.clone(), id));
                }
            }
            if self.written.len() > MOST || elements.len() > MOST {
                let message = format!("there are more than {MOST} elements");
                return Err(fault(Problem::TooLarge(message)));
            }
        }
        Ok(elements)
    }

    fn mapped(&self, from: DimId, to: DimId, entries: &[Name]) -> Option<Pairs> {
        let from = &self.dims[from].elements;
        let to = &self.dims[to];
        if entries.is_empty() {
            let pairs = from.iter().copied().zip(to.elements.iter().copied());
            return (from.len() == to.elements.len()).then(|| pairs.collect());
        }
        // An entry is an element or a part; where the parts' elements are as many as ours, they
        // stand for them one by one.
        let parts: Option<Vec<&[ElementId]>> = entries
            .iter()
            .map(|entry| match self.by_name.get(entry) {
                Some(&part) => Some(self.dims[part].elements.as_slice()),
                None => to.by_name.get(entry).map(std::slice::from_ref),
            })
            .collect();
        let parts = parts?;
        if parts.len() == from.len() {
            let pairs = from.iter().zip(parts);
            return Some(
                pairs
                    .flat_map(|(&a, part)| part.iter().map(move |&b| (a, b)))
                    .collect(),
            );
        }
        let flat: Vec<ElementId> = parts.concat();
        (flat.len() == from.len()).then(|| from.iter().copied().zip(flat).collect())
    }

    pub(super) fn dim(&self, name: &Name) -> Option<DimId> {
        self.by_name.get(name).copied()
    }

    pub(super) fn elements(&self, dim: DimId) -> &[ElementId] {
        &self.dims[dim].elements
    }

    /// An element of a dimension, by its name.
    pub(super) fn element_of(&self, dim: DimId, name: &Name) -> Option<ElementId> {
        self.dims[dim].by_name.get(name).copied()
    }

    /// An element of Vensim, whatever its dimension.
    pub(super) fn element(&self, name: &Name) -> Option<ElementId> {
        self.elements.get(name).copied()
    }

    /// The names of so many elements in a row, from one of Vensim on: in the first dimension that has
    /// them.
    pub(super) fn row_from<const N: usize>(&self, first: &Name) -> Option<[Name; N]> {
        let first = self.element(first)?;
        self.dims.iter().find_map(|dim| {
            let at = usize::try_from(*dim.places.get(&first)?).ok()? - 1;
            let row = dim.elements.get(at..at + N)?;
            let name_of = |element: &ElementId| {
                let mut names = dim.by_name.iter();
                names.find_map(|(name, id)| (id == element).then(|| name.clone()))
            };
            let names: Option<Vec<Name>> = row.iter().map(name_of).collect();
            names?.try_into().ok()
        })
    }

    pub(super) fn written(&self, element: ElementId) -> &str {
        &self.written[element as usize]
    }

    /// The position of an element in its largest dimension, from 1.
    pub(super) fn position(&self, element: ElementId) -> u32 {
        self.positions[element as usize]
    }

    /// The position of an element in a dimension, from 1.
    pub(super) fn position_in(&self, dim: DimId, element: ElementId) -> Option<u32> {
        self.dims[dim].places.get(&element).copied()
    }

    /// The element that a dimension stands for, where other dimensions stand for elements: the same,
    /// or one that is mapped, or one that is in both.
    pub(super) fn in_hand(&self, dim: DimId, bound: &[(DimId, ElementId)]) -> Option<ElementId> {
        let mut last_first = bound.iter().rev();
        if let Some(&(_, element)) = last_first.find(|(other, _)| *other == dim) {
            return Some(element);
        }
        for &(other, element) in bound.iter().rev() {
            let is_there = |mapped: &ElementId| self.dims[dim].has(*mapped);
            for (_, to, pairs) in self.pairs.iter().filter(|(from, ..)| *from == dim) {
                let is_of = *to == other || self.dims[*to].has(element);
                let mut found = pairs.iter().filter(|(_, b)| is_of && *b == element);
                if let Some((a, _)) = found.next() {
                    return Some(*a);
                }
            }
            for (_, _, pairs) in self.pairs.iter().filter(|(from, to, _)| {
                *to == dim && (*from == other || self.dims[*from].has(element))
            }) {
                let mut found = pairs.iter().filter(|(a, b)| *a == element && is_there(b));
                if let (Some((_, b)), None) = (found.next(), found.next()) {
                    return Some(*b);
                }
            }
        }
        let mut last_first = bound.iter().rev();
        let (_, element) = last_first.find(|(_, element)| self.dims[dim].has(*element))?;
        Some(*element)
    }
}
