//! From the terms of each knot to the answer for each variable.

use super::terms::{Agreement, Terms};
use super::{PressAnalysis, Response};

/// What has come to a variable.
#[derive(Clone, Copy, Debug, Default)]
struct Arrival {
    is_reached: bool,
    terms: Terms,
    trouble: Trouble,
}

/// Why there are no terms; the worse comes later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Trouble {
    #[default]
    None,
    TooLarge,
    Unsettled,
}

impl PressAnalysis {
    /// The answers for a press at the variable of this index.
    pub(super) fn responses_to(&self, pressed: usize) -> Vec<Response> {
        let mut arrivals = vec![Arrival::default(); self.ids.len()];
        arrivals[pressed] = Arrival {
            is_reached: true,
            terms: Terms::ONE,
            trouble: Trouble::None,
        };
        let (first, _) = self.component[pressed];
        for number in (0..=first).rev() {
            let left = self.cross(number, &arrivals);
            for (&variable, left) in self.members[number].iter().zip(left) {
                arrivals[variable as usize] = left;
                for link in self.links_of(variable) {
                    if self.component[link.to as usize].0 == number || !left.is_reached {
                        continue;
                    }
                    let next = &mut arrivals[link.to as usize];
                    next.is_reached = true;
                    next.trouble = next.trouble.max(left.trouble);
                    next.terms = next.terms + left.terms * Terms::of(link.polarity);
                }
            }
        }
        let answers = arrivals.iter().enumerate();
        answers
            .map(|(variable, arrival)| self.answer(pressed, variable, *arrival))
            .collect()
    }

    /// What leaves each variable of a component, from what has come to it.
    ///
    /// A system that comes to rest has a positive determinant, knot by knot, so that dividing by it
    /// changes no sign. A determinant without a positive term belongs to none that does.
    fn cross(&self, number: usize, arrivals: &[Arrival]) -> Vec<Arrival> {
        let members = &self.members[number];
        let arrived = |variable: &u32| arrivals[*variable as usize];
        let is_reached = members.iter().any(|variable| arrived(variable).is_reached);
        if !is_reached {
            return vec![Arrival::default(); members.len()];
        }
        let mut trouble = members
            .iter()
            .map(|variable| arrived(variable).trouble)
            .max();
        let knot = self.knots.get(number).and_then(Option::as_ref);
        let own = match knot.map(|knot| knot.determinant().agreement()) {
            None => Trouble::TooLarge,
            Some(Agreement::None | Agreement::Negative) => Trouble::Unsettled,
            Some(Agreement::Positive | Agreement::Opposed | Agreement::Unknown) => Trouble::None,
        };
        trouble = trouble.max(Some(own));
        let trouble = trouble.unwrap_or_default();
        let left = |observed: usize| {
            let mut terms = Terms::default();
            if let (Trouble::None, Some(knot)) = (trouble, knot) {
                for (entry, variable) in members.iter().enumerate() {
                    let here = arrived(variable).terms;
                    if here != Terms::default() {
                        terms = terms + here * knot.press(entry, observed);
                    }
                }
            }
            Arrival {
                is_reached,
                terms,
                trouble,
            }
        };
        (0..members.len()).map(left).collect()
    }

    fn answer(&self, pressed: usize, variable: usize, arrival: Arrival) -> Response {
        if !arrival.is_reached {
            return Response::Unreached;
        }
        match (arrival.trouble, arrival.terms.agreement()) {
            (Trouble::TooLarge, _) => Response::TooLarge,
            (Trouble::Unsettled, _) => Response::Unsettled,
            (Trouble::None, Agreement::None) => Response::Unmoved,
            (Trouble::None, Agreement::Positive) => Response::Rises,
            (Trouble::None, Agreement::Negative) => Response::Falls,
            (Trouble::None, Agreement::Unknown) => Response::Unsigned,
            (Trouble::None, Agreement::Opposed) => Response::Depends {
                net: self.between(pressed, variable).net(),
            },
        }
    }

    /// The terms of the adjoint for all that lies between two variables: other than those of
    /// [`Self::responses_to`], all have the same denominator, so that they may be weighed.
    fn between(&self, pressed: usize, observed: usize) -> Terms {
        let (first, _) = self.component[pressed];
        let (last, end) = self.component[observed];
        let leads_on = self.leading_to(last);
        let mut arrived = vec![Terms::default(); self.ids.len()];
        arrived[pressed] = Terms::ONE;
        for number in (last..=first).rev().filter(|number| leads_on[*number]) {
            let members = &self.members[number];
            let is_reached = |variable: &u32| arrived[*variable as usize] != Terms::default();
            let Some(knot) = self.knots.get(number).and_then(Option::as_ref) else {
                continue;
            };
            if !members.iter().any(is_reached) {
                continue;
            }
            let left = |observed: usize| {
                let entries = members.iter().enumerate();
                entries.fold(Terms::default(), |terms, (entry, variable)| {
                    terms + arrived[*variable as usize] * knot.press(entry, observed)
                })
            };
            let left: Vec<Terms> = (0..members.len()).map(left).collect();
            if number == last {
                return left[end];
            }
            // Whatever goes past this knot leaves all of it standing by itself.
            let determinant = knot.determinant();
            let later = arrived.iter_mut().enumerate();
            for (_, terms) in later.filter(|(next, _)| self.component[*next].0 < number) {
                *terms = *terms * determinant;
            }
            for (&variable, left) in members.iter().zip(left) {
                for link in self.links_of(variable) {
                    let next = link.to as usize;
                    if self.component[next].0 < number {
                        arrived[next] = arrived[next] + left * Terms::of(link.polarity);
                    }
                }
            }
        }
        Terms::default()
    }

    /// The components from which a path leads to one.
    fn leading_to(&self, last: usize) -> Vec<bool> {
        let mut leads = vec![false; self.members.len()];
        leads[last] = true;
        for number in last + 1..self.members.len() {
            let onward = self.members[number].iter();
            let mut onward = onward.flat_map(|variable| self.links_of(*variable));
            leads[number] = onward.any(|link| leads[self.component[link.to as usize].0]);
        }
        leads
    }
}
