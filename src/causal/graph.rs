//! The bare graph a loop search reads: variables as numbers, links with polarity and delay.

use thiserror::Error;

use crate::model::{Delay, Polarity};

/// One directed cause between two variables. Its index is its position among the graph's links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GraphLink {
    /// The index of the variable that causes.
    pub from: u32,
    /// The index of the variable that is affected; the same as `from` for a link to itself.
    pub to: u32,
    /// The direction of the effect.
    pub polarity: Polarity,
    /// Whether the link carries a delay mark.
    pub delay: Delay,
}

/// A directed graph of signed links. Parallel links and links from a variable to itself are
/// welcome, and each makes loops of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Graph {
    variables: u32,
    links: Box<[GraphLink]>,
}

/// Why variables and links do not make a graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum GraphError {
    /// A link starts or ends at a variable that is not there.
    #[error("link {link} ends at variable {variable}, but there are only {variables} variables")]
    NoSuchVariable {
        /// The index of the link.
        link: usize,
        /// The index of the missing variable.
        variable: u32,
        /// How many variables there are.
        variables: usize,
    },
    /// More variables or links than a search can number.
    #[error(
        "{count} {what} are more than the {} a loop search can number",
        Graph::LARGEST
    )]
    TooLarge {
        /// What there is too much of: `"variables"` or `"links"`.
        what: &'static str,
        /// How many there are.
        count: usize,
    },
}

impl Graph {
    /// The most variables, and the most links, of a graph. A quarter of what 32 bits can count,
    /// so that the sum of a few loop lengths needs no overflow check.
    pub const LARGEST: usize = 1 << 30;

    /// Makes a graph of `variables` variables, numbered from zero, and of `links`.
    ///
    /// # Errors
    /// When a link refers to a variable that is not there, or the graph is beyond
    /// [`Graph::LARGEST`].
    pub fn new(variables: usize, links: Vec<GraphLink>) -> Result<Self, GraphError> {
        for (what, count) in [("variables", variables), ("links", links.len())] {
            if count > Self::LARGEST {
                return Err(GraphError::TooLarge { what, count });
            }
        }
        for (index, link) in links.iter().enumerate() {
            for variable in [link.from, link.to] {
                if variable as usize >= variables {
                    return Err(GraphError::NoSuchVariable {
                        link: index,
                        variable,
                        variables,
                    });
                }
            }
        }
        // Cannot truncate: `LARGEST` is well below `u32::MAX`.
        Ok(Self {
            variables: variables as u32,
            links: links.into(),
        })
    }

    /// How many variables there are; they are numbered from zero.
    #[must_use]
    pub const fn variables(&self) -> u32 {
        self.variables
    }

    /// The links, each at its index.
    #[must_use]
    pub const fn links(&self) -> &[GraphLink] {
        &self.links
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(from: u32, to: u32) -> GraphLink {
        GraphLink {
            from,
            to,
            polarity: Polarity::Positive,
            delay: Delay::None,
        }
    }

    #[test]
    fn a_link_to_a_missing_variable_is_refused_by_index() {
        assert_eq!(
            Graph::new(2, vec![link(0, 1), link(1, 2)]),
            Err(GraphError::NoSuchVariable {
                link: 1,
                variable: 2,
                variables: 2
            })
        );
    }

    #[test]
    fn parallel_links_and_links_to_oneself_are_kept() {
        let graph = Graph::new(2, vec![link(0, 1), link(0, 1), link(1, 1)]).unwrap();
        assert_eq!((graph.variables(), graph.links().len()), (2, 3));
    }

    #[test]
    fn too_many_variables_are_refused() {
        let count = Graph::LARGEST + 1;
        let refused = GraphError::TooLarge {
            what: "variables",
            count,
        };
        assert_eq!(Graph::new(count, Vec::new()), Err(refused));
        assert!(refused.to_string().contains("1073741824"));
    }
}
