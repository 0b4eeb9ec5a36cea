//! Loop analysis against determinants written out term by term, against matrices with numbers, and
//! against answers from the literature.

use std::collections::BTreeSet;

use loopstream::causal::press::{PressAnalysis, Response};
use loopstream::model::{Document, Edit, Element, Id, Link, Polarity, Variable, VariableKind};
use proptest::prelude::*;

/// Which of the variables are stocks, and the links.
#[derive(Clone, Debug)]
struct System {
    stocks: Vec<bool>,
    links: Vec<(usize, usize, Polarity)>,
}

fn id(number: usize) -> Id {
    Id::from_bits(number as u64)
}

impl System {
    fn document(&self) -> Document {
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        for (number, is_stock) in self.stocks.iter().enumerate() {
            let kind = if *is_stock {
                VariableKind::Stock
            } else {
                VariableKind::default()
            };
            let variable = Variable {
                kind,
                ..Variable::default()
            };
            edit.set(id(number), Some(Element::Variable(variable)));
        }
        for (bits, &(from, to, polarity)) in (1_000..).zip(&self.links) {
            let link = Link {
                polarity,
                ..Link::new(id(from), id(to), 0.0)
            };
            edit.set(Id::from_bits(bits), Some(Element::Link(link)));
        }
        let mut document = Document::default();
        document.apply(&edit.finish()).unwrap();
        document
    }

    fn analysis(&self) -> PressAnalysis {
        let mut analysis = PressAnalysis::new(&self.document());
        while analysis.advance() {}
        analysis
    }

    fn responses(&self, pressed: usize) -> Vec<Response> {
        let responses = self.analysis().responses(id(pressed)).unwrap();
        responses
            .into_iter()
            .map(|(_, response)| response)
            .collect()
    }

    fn size(&self) -> usize {
        self.stocks.len()
    }

    /// The variables that paths lead to from one, itself among them.
    fn reached(&self, from: usize) -> BTreeSet<usize> {
        let mut reached = BTreeSet::from([from]);
        loop {
            let before = reached.len();
            let onward = self
                .links
                .iter()
                .filter(|(from, ..)| reached.contains(from));
            let onward: Vec<usize> = onward.map(|(_, to, _)| *to).collect();
            reached.extend(onward);
            if reached.len() == before {
                return reached;
            }
        }
    }

    /// The variables on loops with one, itself among them.
    fn knot(&self, of: usize) -> BTreeSet<usize> {
        let reached = self.reached(of).into_iter();
        reached
            .filter(|other| self.reached(*other).contains(&of))
            .collect()
    }

    /// An entry of the negative of the matrix of effects, as counts: above zero, below, unknown.
    fn entry(&self, row: usize, column: usize) -> [f64; 3] {
        let mut entry = [0.0; 3];
        if row == column && !self.stocks[row] {
            entry[0] += 1.0;
        }
        for (from, to, polarity) in &self.links {
            if (*from, *to) == (column, row) {
                entry[match polarity {
                    Polarity::Positive => 1,
                    Polarity::Negative => 0,
                    Polarity::Unknown => 2,
                }] += 1.0;
            }
        }
        entry
    }

    /// The determinant of these variables by the formula of Leibniz: each order of them gives a term.
    fn determinant(&self, of: &[usize]) -> [f64; 3] {
        let mut sum = [0.0; 3];
        for (order, is_odd) in orders(of.len()) {
            let mut term = [1.0, 0.0, 0.0];
            for (row, column) in order.into_iter().enumerate() {
                term = times(term, self.entry(of[row], of[column]));
            }
            if is_odd {
                term.swap(0, 1);
            }
            sum = plus(sum, term);
        }
        sum
    }

    /// The terms of a press: each path's sign by the determinant of the variables of a set that are
    /// not on it.
    fn terms(
        &self,
        pressed: usize,
        observed: usize,
        set: impl Fn(&[usize]) -> BTreeSet<usize>,
    ) -> [f64; 3] {
        let mut sum = [0.0; 3];
        for (path, sign) in self.paths(pressed, observed) {
            let on_path = |variable: &usize| path.contains(variable);
            let rest: Vec<usize> = set(&path).into_iter().filter(|one| !on_path(one)).collect();
            sum = plus(sum, times(sign, self.determinant(&rest)));
        }
        sum
    }

    /// The paths from one variable to another by their variables, each with how many links carry a
    /// rise on, turn it, or are of unknown sign.
    fn paths(&self, from: usize, to: usize) -> Vec<(Vec<usize>, [f64; 3])> {
        let mut open = vec![(vec![from], [1.0, 0.0, 0.0])];
        let mut done = Vec::new();
        while let Some((path, sign)) = open.pop() {
            let here = *path.last().unwrap();
            if here == to {
                done.push((path, sign));
                continue;
            }
            for next in (0..self.size()).filter(|next| !path.contains(next)) {
                let [below, above, unknown] = self.entry(next, here);
                if below + above + unknown > 0.0 {
                    let longer = path.iter().copied().chain([next]).collect();
                    open.push((longer, times(sign, [above, below, unknown])));
                }
            }
        }
        done
    }

    /// The answer by its definition.
    fn expected(&self, pressed: usize, observed: usize) -> Response {
        let reached = self.reached(pressed);
        if !reached.contains(&observed) {
            return Response::Unreached;
        }
        // What moves for ever moves all that hangs on it for ever.
        for variable in reached {
            let knot: Vec<usize> = self.knot(variable).into_iter().collect();
            let rests = self.determinant(&knot)[0] > 0.0 || self.determinant(&knot)[2] > 0.0;
            if !rests && self.reached(variable).contains(&observed) {
                return Response::Unsettled;
            }
        }
        let touched = |path: &[usize]| path.iter().flat_map(|one| self.knot(*one)).collect();
        match self
            .terms(pressed, observed, touched)
            .map(|count| count > 0.0)
        {
            [false, false, false] => Response::Unmoved,
            [true, true, _] => Response::Depends {
                net: self.net(pressed, observed),
            },
            [_, _, true] => Response::Unsigned,
            [true, false, false] => Response::Rises,
            [false, true, false] => Response::Falls,
        }
    }

    fn net(&self, pressed: usize, observed: usize) -> Option<f64> {
        let between: BTreeSet<usize> = self.reached(pressed);
        let between: BTreeSet<usize> = between
            .into_iter()
            .filter(|one| self.reached(*one).contains(&observed))
            .collect();
        let [above, below, unknown] = self.terms(pressed, observed, |_| between.clone());
        (unknown == 0.0).then_some((above - below) / (above + below))
    }
}

fn times(one: [f64; 3], other: [f64; 3]) -> [f64; 3] {
    let total: f64 = other.iter().sum();
    [
        one[0] * other[0] + one[1] * other[1],
        one[0] * other[1] + one[1] * other[0],
        one[2] * total + (one[0] + one[1]) * other[2],
    ]
}

fn plus(one: [f64; 3], other: [f64; 3]) -> [f64; 3] {
    [one[0] + other[0], one[1] + other[1], one[2] + other[2]]
}

/// All orders of the numbers below a count, and whether each is an odd number of swaps away.
fn orders(count: usize) -> Vec<(Vec<usize>, bool)> {
    if count == 0 {
        return vec![(Vec::new(), false)];
    }
    let shorter = orders(count - 1);
    let insert = |(order, is_odd): &(Vec<usize>, bool), at: usize| {
        let mut order = order.clone();
        order.insert(at, count - 1);
        (order, is_odd ^ ((count - 1 - at) % 2 == 1))
    };
    let all = shorter.iter();
    all.flat_map(|order| (0..count).map(move |at| insert(order, at)))
        .collect()
}

fn any_system(largest: usize, unknown: u32) -> impl Strategy<Value = System> {
    let polarity = prop_oneof![
        6 => Just(Polarity::Positive),
        6 => Just(Polarity::Negative),
        unknown => Just(Polarity::Unknown),
    ];
    (1..=largest).prop_flat_map(move |size| {
        let links = prop::collection::vec((0..size, 0..size, polarity.clone()), 0..=2 * size);
        let stocks = prop::collection::vec(prop::bool::weighted(0.3), size);
        (stocks, links).prop_map(|(stocks, links)| System { stocks, links })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn answers_are_those_of_the_terms_written_out(system in any_system(6, 1)) {
        let analysis = system.analysis();
        for pressed in 0..system.size() {
            let found = analysis.responses(id(pressed)).unwrap();
            for (observed, (_, found)) in found.into_iter().enumerate() {
                let expected = system.expected(pressed, observed);
                match (found, expected) {
                    (Response::Depends { net: Some(found) }, Response::Depends { net: Some(net) }) => {
                        prop_assert!((found - net).abs() < 1e-12, "{found} and {net}");
                    }
                    _ => prop_assert_eq!(found, expected, "{} to {}", pressed, observed),
                }
            }
        }
    }

}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 20_000, ..ProptestConfig::with_cases(1_500) })]

    /// Whatever the sizes of the effects: what is certain by signs is so by numbers.
    #[test]
    fn certain_answers_hold_for_every_size_of_the_effects(
        system in any_system(7, 0),
        sizes in prop::collection::vec(0.05_f64..5.0, 14),
    ) {
        let size = system.size();
        let mut matrix = vec![vec![0.0; size]; size];
        for (row, stock) in system.stocks.iter().enumerate() {
            matrix[row][row] = if *stock { 0.0 } else { 1.0 };
        }
        for ((from, to, polarity), effect) in system.links.iter().zip(&sizes) {
            let sign = if *polarity == Polarity::Positive { 1.0 } else { -1.0 };
            matrix[*to][*from] -= sign * effect;
        }
        // Only systems that come to rest: here, each knot by its determinant.
        for variable in 0..size {
            let knot: Vec<usize> = system.knot(variable).into_iter().collect();
            let block: Vec<Vec<f64>> = knot
                .iter()
                .map(|row| knot.iter().map(|column| matrix[*row][*column]).collect())
                .collect();
            prop_assume!(determinant(&block) > 1e-6);
        }
        let analysis = system.analysis();
        for pressed in 0..size {
            let change = solve(&matrix, pressed);
            let found = analysis.responses(id(pressed)).unwrap();
            for (change, (_, found)) in change.into_iter().zip(found) {
                match found {
                    Response::Rises => prop_assert!(change > 0.0, "{change}"),
                    Response::Falls => prop_assert!(change < 0.0, "{change}"),
                    Response::Unmoved | Response::Unreached => {
                        prop_assert!(change.abs() < 1e-7, "{change}");
                    }
                    Response::Depends { .. } => {}
                    other => prop_assert!(false, "{other:?} of a system that comes to rest"),
                }
            }
        }
    }
}

/// Gauss with the largest pivot: the determinant.
fn determinant(matrix: &[Vec<f64>]) -> f64 {
    let mut rows = matrix.to_vec();
    let mut product = 1.0;
    for step in 0..rows.len() {
        let largest = (step..rows.len())
            .max_by(|one, other| rows[*one][step].abs().total_cmp(&rows[*other][step].abs()))
            .unwrap();
        if rows[largest][step] == 0.0 {
            return 0.0;
        }
        if largest != step {
            rows.swap(largest, step);
            product = -product;
        }
        product *= rows[step][step];
        let pivot = rows[step].clone();
        for row in &mut rows[step + 1..] {
            let factor = row[step] / pivot[step];
            for (value, of_pivot) in row.iter_mut().zip(&pivot) {
                *value -= factor * of_pivot;
            }
        }
    }
    product
}

/// By the rule of Cramer: how all change when one is pushed by 1.
fn solve(matrix: &[Vec<f64>], pressed: usize) -> Vec<f64> {
    let whole = determinant(matrix);
    let replaced = |column: usize| {
        let mut matrix = matrix.to_vec();
        for (row, values) in matrix.iter_mut().enumerate() {
            values[column] = f64::from(u8::from(row == pressed));
        }
        determinant(&matrix)
    };
    (0..matrix.len())
        .map(|column| replaced(column) / whole)
        .collect()
}

/// A prey that limits itself and a predator that does not (Puccia and Levins 1985): more food for
/// the prey feeds the predator alone, and a blow to the predator helps the prey.
#[test]
fn prey_and_predator() {
    use Polarity::{Negative, Positive};
    let system = System {
        stocks: vec![false, true],
        links: vec![(0, 1, Positive), (1, 0, Negative)],
    };
    assert_eq!(system.responses(0), [Response::Unmoved, Response::Rises]);
    assert_eq!(system.responses(1), [Response::Falls, Response::Rises]);
}

/// A reinforcing loop of variables that follow may come to rest, and then lifts all on it; one of
/// stocks alone never does.
#[test]
fn growth_comes_to_rest_only_if_something_follows() {
    use Polarity::Positive;
    let links = vec![(0, 1, Positive), (1, 0, Positive)];
    let follows = System {
        stocks: vec![false, false],
        links: links.clone(),
    };
    assert_eq!(follows.responses(0), [Response::Rises, Response::Rises]);
    let stocks = System {
        stocks: vec![true, true],
        links,
    };
    assert_eq!(
        stocks.responses(0),
        [Response::Unsettled, Response::Unsettled]
    );
}

/// Long rings are chains, which cost nothing; a dense knot of many variables is too large.
#[test]
fn size_is_bounded() {
    use Polarity::{Negative, Positive};
    let ring = |size: usize| -> Vec<(usize, usize, Polarity)> {
        (0..size)
            .map(|from| (from, (from + 1) % size, Positive))
            .collect()
    };
    let mut links = ring(200);
    links[17].2 = Negative;
    let long = System {
        stocks: vec![false; 200],
        links,
    };
    assert_eq!(long.responses(5)[17], Response::Rises);
    assert_eq!(long.responses(5)[18], Response::Falls);
    let dense = (0..20).flat_map(|from| (0..20).map(move |to| (from, to, Positive)));
    let dense = System {
        stocks: vec![false; 20],
        links: dense.filter(|(from, to, _)| from != to).collect(),
    };
    assert_eq!(dense.responses(0)[1], Response::TooLarge);
}
