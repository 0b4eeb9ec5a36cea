//! What is to be known of a variable beside its own equations: what stocks and conveyors ask of the
//! flows at them.

use std::collections::{HashMap, HashSet};

use super::build::{Limit, Room, Work};
use crate::equation::{Expr, Name};
use crate::simulate::source::{Body, Conveyor, Kind, StockForm, Variable};

/// What is to be known of a variable beside its own equations.
pub(super) struct Beside<'a, 's> {
    /// What a module's input is connected to.
    pub(super) outer: Option<&'a (usize, Name)>,
    pub(super) limit: Option<Limit>,
    /// The first of the arrays that are declared with it.
    pub(super) first: usize,
    /// The conveyor or the like that it fills or drains.
    pub(super) belt: Option<&'a Belt<'s>>,
}

impl<'s> Beside<'_, 's> {
    /// The conveyor that it fills, where that holds only so much.
    pub(super) fn room(&self) -> Option<Room<'s>> {
        match self.belt? {
            Belt::Fills {
                stock,
                outflow,
                capacity,
                before,
            } => Some(Room {
                stock: self.first + stock,
                outflow: self.first + outflow,
                capacity,
                before: before.iter().map(|other| self.first + other).collect(),
            }),
            _ => None,
        }
    }

    /// What it is where it has no equation: what comes off a conveyor. What comes out of anything
    /// else of the kind hangs on that, which is refused.
    pub(super) fn leaves(&self) -> Option<Work<'s>> {
        match self.belt? {
            Belt::Drains {
                stock,
                conveyor,
                inflows,
            } => Some(Work::Leaving {
                stock: self.first + stock,
                conveyor,
                inflows,
            }),
            Belt::DrainsOther { stock } => Some(Work::Name(stock.clone())),
            Belt::Fills { .. } | Belt::Between => None,
        }
    }

    /// Why it cannot run, beside what its equation says.
    pub(super) fn trouble(&self, body: &Body) -> Option<&'static str> {
        match (self.belt?, body) {
            (Belt::Between, _) => {
                Some("a flow from a conveyor to one that holds only so much cannot run here")
            }
            (Belt::Drains { .. }, Body::Value(_) | Body::Through(..)) => {
                Some("what comes off a conveyor has no equation of its own")
            }
            _ => None,
        }
    }
}

/// A flow at a conveyor or the like: variables by their index among those of its model.
pub(super) enum Belt<'s> {
    Fills {
        stock: usize,
        outflow: usize,
        capacity: &'s Expr,
        before: Vec<usize>,
    },
    Drains {
        stock: usize,
        conveyor: &'s Conveyor,
        inflows: &'s [Name],
    },
    DrainsOther {
        stock: Name,
    },
    /// It leads from a conveyor to one that holds only so much.
    Between,
}

/// The flows at conveyors and the like.
pub(super) fn conveyors(variables: &[Variable]) -> HashMap<usize, Belt<'_>> {
    let mut belts = HashMap::new();
    let is_plain = |variable: &Variable| match &variable.kind {
        Kind::Stock { form, .. } => *form == StockForm::Plain,
        _ => true,
    };
    if variables.iter().all(is_plain) {
        return belts;
    }
    let places = variables.iter().enumerate();
    let index: HashMap<&Name, usize> = places.map(|(at, one)| (&one.key, at)).collect();
    // What comes off conveyors.
    let mut drained = HashSet::new();
    for variable in variables.iter().filter(|one| !is_plain(one)) {
        if let Kind::Stock { outflows, .. } = &variable.kind {
            drained.extend(outflows.iter().filter_map(|flow| index.get(flow).copied()));
        }
    }
    for (stock, variable) in variables.iter().enumerate() {
        let Kind::Stock {
            inflows,
            outflows,
            form,
            ..
        } = &variable.kind
        else {
            continue;
        };
        let mut leaving = outflows.iter().filter_map(|flow| index.get(flow).copied());
        match form {
            StockForm::Plain => {}
            StockForm::Other => belts.extend(leaving.map(|flow| {
                let stock = variable.key.clone();
                (flow, Belt::DrainsOther { stock })
            })),
            StockForm::Conveyor(conveyor) => {
                let Some(outflow) = leaving.next() else {
                    continue;
                };
                let drains = Belt::Drains {
                    stock,
                    conveyor,
                    inflows,
                };
                belts.entry(outflow).or_insert(drains);
                let Some(capacity) = &conveyor.capacity else {
                    continue;
                };
                let mut before = Vec::new();
                for flow in inflows.iter().filter_map(|flow| index.get(flow).copied()) {
                    let fills = Belt::Fills {
                        stock,
                        outflow,
                        capacity,
                        before: before.clone(),
                    };
                    match drained.contains(&flow) {
                        true => belts.insert(flow, Belt::Between),
                        false => belts.insert(flow, fills),
                    };
                    before.push(flow);
                }
            }
        }
    }
    belts
}

/// For each variable the stock that limits it: the only one that it drains, if that one is never
/// below 0. A flow that drains several stocks is no one's alone; then the stock itself stops at 0.
pub(super) fn limits(variables: &[Variable]) -> Vec<Option<Limit>> {
    let index: HashMap<&Name, usize> = variables
        .iter()
        .enumerate()
        .map(|(at, one)| (&one.key, at))
        .collect();
    let mut limits: Vec<Option<Limit>> = variables.iter().map(|_| None).collect();
    let mut drained = vec![0; variables.len()];
    for (stock, variable) in variables.iter().enumerate() {
        let Kind::Stock {
            outflows,
            is_non_negative,
            form: StockForm::Plain,
            ..
        } = &variable.kind
        else {
            continue;
        };
        let mut before = Vec::new();
        for flow in outflows.iter().filter_map(|flow| index.get(flow)) {
            drained[*flow] += 1;
            if *is_non_negative && matches!(variables[*flow].kind, Kind::Flow { .. }) {
                limits[*flow] = Some(Limit {
                    stock,
                    before: before.clone(),
                });
                before.push(*flow);
            }
        }
    }
    for (limit, drained) in limits.iter_mut().zip(drained) {
        if drained > 1 {
            *limit = None;
        }
    }
    limits
}
