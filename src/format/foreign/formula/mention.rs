//! Which variables a formula mentions, and how.

use std::collections::BTreeMap;

use super::function::{Follows, function};
use super::{Formula, Table};

/// How a formula mentions a variable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Mentioned {
    /// So that it shows at once.
    pub at_once: bool,
    /// So that it shows later.
    pub later: bool,
    /// As what something begins with.
    pub at_first: bool,
    /// As a variable, and not as a function or a table.
    pub as_variable: bool,
}

impl Mentioned {
    /// Whether the variable causes anything after the beginning.
    pub const fn is_cause(self) -> bool {
        self.at_once || self.later
    }

    /// Whether all that it causes takes time.
    pub const fn is_delayed(self) -> bool {
        self.later && !self.at_once
    }

    /// Both.
    pub const fn and(self, other: Self) -> Self {
        Self {
            at_once: self.at_once || other.at_once,
            later: self.later || other.later,
            at_first: self.at_first || other.at_first,
            as_variable: self.as_variable || other.as_variable,
        }
    }
}

/// When what is mentioned shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    AtOnce,
    Later,
    AtFirst,
}

/// The variables that a formula mentions, in their order; a table that is called is one of them.
pub fn mentioned(formula: &Formula) -> (Vec<String>, BTreeMap<String, Mentioned>) {
    let mut all = All::default();
    all.visit(formula, When::AtOnce);
    (all.order, all.how)
}

#[derive(Default)]
struct All {
    order: Vec<String>,
    how: BTreeMap<String, Mentioned>,
}

impl All {
    fn add(&mut self, name: &str, when: When) -> &mut Mentioned {
        if !self.how.contains_key(name) {
            self.order.push(name.to_owned());
        }
        let how = self.how.entry(name.to_owned()).or_default();
        match when {
            When::AtOnce => how.at_once = true,
            When::Later => how.later = true,
            When::AtFirst => how.at_first = true,
        }
        how
    }

    fn visit(&mut self, formula: &Formula, when: When) {
        match formula {
            Formula::Number(_) | Formula::Anything => {}
            Formula::Name(name) => self.add(name, when).as_variable = true,
            Formula::Sum(terms) => terms.iter().for_each(|(_, term)| self.visit(term, when)),
            Formula::Product(factors) => {
                factors
                    .iter()
                    .for_each(|(_, factor)| self.visit(factor, when));
            }
            Formula::Power(both) | Formula::Compared(_, both) => {
                both.iter().for_each(|part| self.visit(part, when));
            }
            Formula::Joined(parts) => parts.iter().for_each(|part| self.visit(part, when)),
            Formula::Not(inside) => self.visit(inside, when),
            Formula::If(parts) => parts.iter().for_each(|part| self.visit(part, when)),
            Formula::Lookup(Table { .. }, inside) => self.visit(inside, when),
            Formula::Call(name, arguments) => {
                let (follows, initial) = function(name);
                self.add(name, when);
                for (index, argument) in arguments.iter().enumerate() {
                    let when = match (when, index) {
                        (When::AtFirst, _) => When::AtFirst,
                        (_, index) if initial == Some(index) => When::AtFirst,
                        (_, 0) if follows == Some(Follows::Later) => When::Later,
                        (when, _) => when,
                    };
                    self.visit(argument, when);
                }
            }
        }
    }
}
