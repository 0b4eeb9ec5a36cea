//! Loop analysis of community matrices of the literature, against tables made by another program:
//! the adjoint of the negative matrix by numerical inversion, and the number of its terms as
//! permanents, with NumPy.
//!
//! A variable that limits itself is one that follows its causes here; one that does not is a stock.

use loopstream::causal::press::{PressAnalysis, Response};
use loopstream::model::{Document, Edit, Element, Id, Link, Polarity, Variable, VariableKind};

/// A community of `N` kinds: the effect of the kind of the column on the kind of the row.
struct Community<const N: usize> {
    effects: [[i32; N]; N],
    /// The adjoint: the terms above zero less those below it.
    net: [[i32; N]; N],
    /// All terms, of either sign.
    terms: [[i32; N]; N],
}

fn id(number: usize) -> Id {
    Id::from_bits(number as u64)
}

impl<const N: usize> Community<N> {
    fn document(&self) -> Document {
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        for number in 0..N {
            let kind = match self.effects[number][number] {
                0 => VariableKind::Stock,
                -1 => VariableKind::default(),
                other => panic!("an effect on itself of {other}"),
            };
            let variable = Variable {
                kind,
                ..Variable::default()
            };
            edit.set(id(number), Some(Element::Variable(variable)));
        }
        for to in 0..N {
            for from in 0..N {
                let polarity = match self.effects[to][from] {
                    _ if to == from => continue,
                    0 => continue,
                    1 => Polarity::Positive,
                    _ => Polarity::Negative,
                };
                let link = Link {
                    polarity,
                    ..Link::new(id(from), id(to), 0.0)
                };
                edit.set(id(1_000 + to * N + from), Some(Element::Link(link)));
            }
        }
        let mut document = Document::default();
        document.apply(&edit.finish()).unwrap();
        document
    }

    /// Every pair of a kind that is pressed and one that is looked at, against the tables.
    fn check(&self) {
        let mut analysis = PressAnalysis::new(&self.document());
        while analysis.advance() {}
        for pressed in 0..N {
            let responses = analysis.responses(id(pressed)).unwrap();
            for (seen, (of, found)) in responses.into_iter().enumerate() {
                assert_eq!(of, id(seen));
                let (net, terms) = (self.net[seen][pressed], self.terms[seen][pressed]);
                let place = format!("{pressed} on {seen}: {found:?}, not {net} of {terms}");
                match found {
                    Response::Rises => assert!(terms > 0 && net == terms, "{place}"),
                    Response::Falls => assert!(terms > 0 && net == -terms, "{place}"),
                    Response::Unmoved => assert_eq!(terms, 0, "{place}"),
                    Response::Depends { net: Some(share) } => {
                        assert!(net.abs() < terms, "{place}");
                        let expected = f64::from(net) / f64::from(terms);
                        assert!((share - expected).abs() < 1e-12, "{place}");
                    }
                    _ => panic!("{place}"),
                }
            }
        }
    }
}

/// Snowshoe hares between plants and predators, where hares do not limit themselves (Dambacher and
/// Ramos-Jiliberto 2007, Quarterly Review of Biology 82:227-250, model A).
#[test]
fn hares_between_plants_and_predators() {
    Community {
        effects: [[-1, -1, 0], [1, 0, -1], [0, 1, -1]],
        net: [[1, -1, 1], [1, 1, -1], [1, 1, 1]],
        terms: [[1, 1, 1], [1, 1, 1], [1, 1, 1]],
    }
    .check();
}

/// The same with predators that gain by the plants too (model B): whether more plants mean more hares
/// depends.
#[test]
fn predators_that_live_on_plants_as_well() {
    Community {
        effects: [[-1, -1, 0], [1, 0, -1], [1, 1, -1]],
        net: [[1, -1, 1], [0, 1, -1], [1, 0, 1]],
        terms: [[1, 1, 1], [2, 1, 1], [1, 2, 1]],
    }
    .check();
}

/// The same, and hares limit themselves (model C).
#[test]
fn hares_that_limit_themselves() {
    Community {
        effects: [[-1, -1, 0], [1, -1, -1], [1, 1, -1]],
        net: [[2, -1, 1], [0, 1, -1], [2, 0, 2]],
        terms: [[2, 1, 1], [2, 1, 1], [2, 2, 2]],
    }
    .check();
}

/// Predators that eat plants (model D).
#[test]
fn predators_that_eat_plants() {
    Community {
        effects: [[-1, -1, -1], [1, 0, -1], [1, 1, -1]],
        net: [[1, -2, 1], [0, 2, -2], [1, 0, 1]],
        terms: [[1, 2, 1], [2, 2, 2], [1, 2, 1]],
    }
    .check();
}

/// Predators that eat plants, and hares that limit themselves (model E).
#[test]
fn predators_that_eat_plants_and_hares_that_limit_themselves() {
    Community {
        effects: [[-1, -1, -1], [1, -1, -1], [1, 1, -1]],
        net: [[2, -2, 0], [0, 2, -2], [2, 0, 2]],
        terms: [[2, 2, 2], [2, 2, 2], [2, 2, 2]],
    }
    .check();
}

/// A straight chain of five kinds, each of which eats the one before (Dambacher, Li and Rossignol 2003,
/// Ecological Modelling 161:79-93).
#[test]
fn a_chain_of_five() {
    Community {
        effects: [
            [-1, -1, 0, 0, 0],
            [1, -1, -1, 0, 0],
            [0, 1, -1, -1, 0],
            [0, 0, 1, -1, -1],
            [0, 0, 0, 1, -1],
        ],
        net: [
            [5, -3, 2, -1, 1],
            [3, 3, -2, 1, -1],
            [2, 2, 4, -2, 2],
            [1, 1, 2, 3, -3],
            [1, 1, 2, 3, 5],
        ],
        terms: [
            [5, 3, 2, 1, 1],
            [3, 3, 2, 1, 1],
            [2, 2, 4, 2, 2],
            [1, 1, 2, 3, 3],
            [1, 1, 2, 3, 5],
        ],
    }
    .check();
}

/// The food web of lakes in tanks, from phosphorus over algae and those that graze them to two kinds of
/// predators (Hulot et al. 2000, Nature 405:340-344). Signs alone decide 8 of the 64 answers.
#[test]
fn a_lake_in_a_tank() {
    Community {
        effects: [
            [-1, -1, -1, -1, 0, 0, 0, 0],
            [1, 0, 0, 0, -1, -1, 0, 0],
            [1, 0, 0, 0, 0, -1, 0, 0],
            [1, 0, 0, -1, 0, 0, 0, 0],
            [0, 1, 0, 0, 0, 0, -1, -1],
            [0, 1, 1, 0, 0, 0, 0, -1],
            [0, 0, 0, 0, 1, 0, 0, -1],
            [0, 0, 0, 0, 1, 1, 1, -1],
        ],
        net: [
            [1, -1, 1, -1, 0, 1, -1, 0],
            [-1, 3, -5, 1, -2, -1, 5, -2],
            [1, -1, 3, -1, 2, -1, -3, 2],
            [1, -1, 1, 1, 0, 1, -1, 0],
            [0, 2, -2, 0, 0, 0, 0, 0],
            [1, -1, 3, -1, 0, 1, -1, 0],
            [-1, 1, -3, 1, 0, -1, 3, -2],
            [0, 2, -2, 0, 0, 0, 2, 0],
        ],
        terms: [
            [1, 7, 9, 1, 2, 1, 5, 2],
            [7, 7, 9, 7, 4, 7, 7, 4],
            [9, 9, 11, 9, 4, 9, 9, 4],
            [1, 7, 9, 17, 2, 1, 5, 2],
            [2, 4, 4, 2, 4, 2, 10, 4],
            [1, 7, 9, 1, 2, 1, 5, 2],
            [5, 7, 9, 5, 10, 5, 11, 8],
            [2, 4, 4, 2, 4, 2, 8, 4],
        ],
    }
    .check();
}
