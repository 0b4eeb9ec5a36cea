//! What a formula proves of its value: its sides, and with which variables it rises or falls.

use super::functions::of_function;
use super::known::{
    Known, Slopes, added, condition, constant, looked_up, merged, over, power, scaled, times,
    turned, unknown,
};
use super::sides::Sides;
use crate::format::foreign::formula::{Comparison, Factor, Formula, Table, Term, function};
use crate::model::Polarity;

/// What is known of what a formula mentions.
pub trait Surroundings {
    /// On which sides of zero a variable can be; none of what is no variable.
    fn sides(&self, name: &str) -> Option<Sides>;
    /// The table of this name.
    fn table(&self, name: &str) -> Option<&Table>;
}

/// What a formula proves; none where it mentions what is no variable.
pub fn prove(formula: &Formula, surroundings: &dyn Surroundings) -> Option<Known> {
    Prover { surroundings }.of(formula)
}

struct Prover<'p> {
    surroundings: &'p dyn Surroundings,
}

impl Prover<'_> {
    fn of(&self, formula: &Formula) -> Option<Known> {
        match formula {
            Formula::Number(number) => Some(constant(Sides::of(*number))),
            Formula::Anything => Some(constant(Sides::ANY)),
            Formula::Name(name) => Some(Known {
                sides: self.surroundings.sides(name)?,
                slopes: Slopes::from([(name.clone(), Polarity::Positive)]),
            }),
            Formula::Sum(terms) => {
                let mut sum = constant(Sides::ZERO);
                for (term, formula) in terms {
                    let known = self.of(formula)?;
                    sum = added(
                        sum,
                        match term {
                            Term::Added => known,
                            Term::Subtracted => turned(known),
                        },
                    );
                }
                Some(sum)
            }
            Formula::Product(factors) => {
                let mut product = constant(Sides::POSITIVE);
                for (factor, formula) in factors {
                    let known = self.of(formula)?;
                    product = match factor {
                        Factor::Times => times(product, known),
                        Factor::Over => over(product, known),
                        Factor::Remainder => unknown([product, known]),
                    };
                }
                Some(product)
            }
            Formula::Power(both) => {
                let [base, exponent] = &**both;
                Some(power(
                    self.of(base)?,
                    self.of(exponent)?,
                    number_of(base),
                    number_of(exponent),
                ))
            }
            Formula::Compared(comparison, both) => {
                let [first, second] = &**both;
                let (first, second) = (self.of(first)?, self.of(second)?);
                Some(match comparison {
                    Comparison::Greater => condition(added(first, turned(second)).slopes),
                    Comparison::Less => condition(added(second, turned(first)).slopes),
                    Comparison::Same => condition(unknown([first, second]).slopes),
                })
            }
            Formula::Joined(parts) => {
                let mut slopes = Slopes::new();
                for part in parts {
                    // What counts is whether it is zero, which of other values does not follow.
                    let known = self.of(part)?;
                    slopes = merged(slopes, truth(part, known));
                }
                Some(condition(slopes))
            }
            Formula::Not(inside) => {
                let known = self.of(inside)?;
                let slopes = truth(inside, known);
                Some(condition(scaled(slopes, Sides::of(-1.0))))
            }
            Formula::If(parts) => {
                let [asked, holds, fails] = &**parts;
                let of_asked = truth(asked, self.of(asked)?);
                let (holds, fails) = (self.of(holds)?, self.of(fails)?);
                let gain = match (number_of(&parts[1]), number_of(&parts[2])) {
                    (Some(holds), Some(fails)) => Sides::of(holds - fails),
                    _ => holds.sides.sum(fails.sides.turned()),
                };
                Some(Known {
                    sides: holds.sides.or(fails.sides),
                    slopes: merged(merged(holds.slopes, fails.slopes), scaled(of_asked, gain)),
                })
            }
            Formula::Lookup(table, inside) => Some(looked_up(table, self.of(inside)?)),
            Formula::Call(name, arguments) => self.call(name, arguments),
        }
    }

    fn call(&self, name: &str, arguments: &[Formula]) -> Option<Known> {
        if let Some(known) = self.table(name, arguments) {
            return known;
        }
        let initial = function(name).1;
        let mut known = Vec::with_capacity(arguments.len());
        for (index, argument) in arguments.iter().enumerate() {
            let mut argument = self.of(argument)?;
            if initial == Some(index) {
                argument.slopes.clear();
            }
            known.push(argument);
        }
        Some(of_function(name, known, arguments).unwrap_or_else(unknown))
    }

    /// A table that is looked up by its name.
    fn table(&self, name: &str, arguments: &[Formula]) -> Option<Option<Known>> {
        if let [input] = arguments
            && let Some(table) = self.surroundings.table(name)
        {
            return Some(self.of(input).map(|input| looked_up(table, input)));
        }
        const BY_NAME: [&str; 4] = [
            "lookup",
            "lookup extrapolate",
            "lookup forward",
            "lookup backward",
        ];
        if let [Formula::Name(table), input] = arguments
            && BY_NAME.contains(&name)
        {
            let table = self.surroundings.table(table)?;
            let known = self.of(input).map(|input| looked_up(table, input));
            return Some(known.map(|mut known| {
                // Beyond its ends it may have any value.
                if name == "lookup extrapolate" {
                    known.sides = Sides::ANY;
                }
                known
            }));
        }
        None
    }
}

/// The slopes of whether something holds.
pub(super) fn truth(asked: &Formula, known: Known) -> Slopes {
    let is_condition = matches!(
        asked,
        Formula::Compared(..) | Formula::Joined(_) | Formula::Not(_)
    );
    // Of what is never negative, only whether it is zero counts: that rises with it.
    if is_condition || known.sides.is_not_negative() {
        known.slopes
    } else {
        scaled(known.slopes, Sides::ANY)
    }
}

pub(super) fn number_of(formula: &Formula) -> Option<f64> {
    match formula {
        Formula::Number(number) => Some(*number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::foreign::formula::{of_vensim, of_xmile, parse};
    use crate::format::vensim::expression::tokens;

    /// `k` is a positive constant, `n` a negative one, `s` and `t` are never negative, `x` and `y`
    /// anything; `up` and `down` are tables.
    struct Tables {
        up: Table,
        down: Table,
    }

    impl Surroundings for Tables {
        fn sides(&self, name: &str) -> Option<Sides> {
            match name {
                "k" => Some(Sides::of(10.0)),
                "n" => Some(Sides::of(-2.0)),
                "s" | "t" => Some(Sides::NOT_NEGATIVE),
                "x" | "y" => Some(Sides::ANY),
                _ => None,
            }
        }

        fn table(&self, name: &str) -> Option<&Table> {
            match name {
                "up" => Some(&self.up),
                "down" => Some(&self.down),
                _ => None,
            }
        }
    }

    fn said_of(formula: Option<Formula>) -> String {
        let known = Tables {
            up: Table {
                values: vec![-1.0, 0.0, 3.0],
            },
            down: Table {
                values: vec![5.0, 5.0, 1.0],
            },
        };
        let proved = formula.and_then(|formula| prove(&formula, &known));
        let slopes = proved.map(|known| known.slopes).unwrap_or_default();
        let words = slopes.iter().filter_map(|(name, slope)| match slope {
            Polarity::Positive => Some(format!("+{name}")),
            Polarity::Negative => Some(format!("-{name}")),
            Polarity::Unknown => None,
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn said(text: &str) -> String {
        let tokens = tokens(text, 0..text.len());
        said_of(of_vensim(text, &tokens).and_then(|lexemes| parse(&lexemes)))
    }

    #[test]
    fn what_follows_is_proved_and_nothing_else() {
        for (equation, proof) in [
            ("x", "+x"),
            ("(x - y) / k", "+x -y"),
            ("x * 0.1 {a tenth}", "+x"),
            ("x * n", "-x"),
            ("-(x - y) * n / -k", "-x +y"),
            // The other factor may have either sign.
            ("x * y", ""),
            ("x * s", "+x"),
            ("k / s", "+k -s"),
            ("x / s + y", "+x +y"),
            // Across zero a quotient jumps.
            ("k / x", ""),
            ("x - 2*x", ""),
            ("x + 2*x", "+x"),
            ("MAX(0, x) * MIN(s, k)", "+k +s +x"),
            ("SMOOTH(x, k)", "+x"),
            ("EXP(-x)", "-x"),
            // Nothing is known of other functions and operators, nor of names that are none here.
            ("IF THEN ELSE(x > y, x, y)", ""),
            ("x ^ 2", ""),
            ("x + unheard of", ""),
            ("x MOD 3 + x", ""),
            ("x + table(x)", ""),
            ("x +", ""),
            ("(x", ""),
            ("UNHEARD OF(x) + y", "+y"),
        ] {
            assert_eq!(said(equation), proof, "{equation}");
        }
    }

    #[test]
    fn quantities_that_are_never_negative_prove_more() {
        for (equation, proof) in [
            ("s * t / k", "-k +s +t"),
            ("s * (1 - t / k)", "+k -t"),
            ("s ^ 2 + t ^ -1", "+s -t"),
            ("0.5 ^ s * 2 ^ t", "-s +t"),
            ("MAX(s - t, 0) * k", "+k +s -t"),
            ("SUM(s[region!] * t)", "+s +t"),
            ("IF THEN ELSE(x > y, s, 0)", "+s +x -y"),
            ("IF THEN ELSE(s < k :AND: t >= x, 1, 3)", "-k +s -t +x"),
            ("IF THEN ELSE(s = k, t, 2*t)", "+t"),
            ("IF THEN ELSE(x > y, s, -t)", "+s -t +x -y"),
            ("up(x) + down(y)", "+x -y"),
            ("up(s) * t", "+s"),
            ("down(s) * t", "-s +t"),
            ("LOOKUP EXTRAPOLATE(down, s)", "-s"),
            ("WITH LOOKUP(x, ([(0,0)-(9,9)],(0,0),(1,5),(2,5)))", "+x"),
            ("WITH LOOKUP(x, ((0,3),(1,-5),(2,5)))", ""),
            // The time that something takes has no sign, and what it begins with no effect.
            ("DELAY FIXED(x, t, y) + SMOOTH3I(s, 3, k)", "+s +x"),
            ("ACTIVE INITIAL(x, y)", "+x"),
            // At zero they are something else.
            ("ZIDZ(s, t)", "+s"),
            ("XIDZ(s, k, y)", "-k +s"),
            ("XIDZ(s, t, k)", "+k +s"),
            ("ABS(x) + ABS(s)", "+s"),
            ("-s^2", "-s"),
            ("INTEGER(s) - MODULO(t, k)", "+s"),
            ("STEP(s, t) * SQRT(k)", "+k +s"),
        ] {
            assert_eq!(said(equation), proof, "{equation}");
        }
    }

    #[test]
    fn xmile_is_read_with_its_own_words() {
        for (equation, proof) in [
            ("IF x > y AND NOT (s >= k) THEN t ELSE 0", "+k -s +t +x -y"),
            ("s * (IF t <= k THEN 2 ELSE 1)", "+k +s -t"),
            ("SMTH3(x, k, y) + INIT(y)", "+x"),
            ("PREVIOUS(SELF, 3) + s", ""),
            ("s[north] {of it} ^ 2 // 3", ""),
            ("\"if\"", ""),
            ("x MOD 3", ""),
            ("SAFEDIV(s, k) + MAX(t, 1.5e2)", "-k +s +t"),
        ] {
            let formula = of_xmile(equation).and_then(|lexemes| parse(&lexemes));
            assert_eq!(said_of(formula), proof, "{equation}");
        }
    }

    #[test]
    fn deep_formulas_prove_nothing() {
        assert_eq!(said(&format!("{}x{}", "(".repeat(60), ")".repeat(60))), "");
        assert_eq!(said(&format!("x{}", "^x".repeat(5000))), "");
        assert_eq!(said(&format!("x{}", "^-x".repeat(5000))), "");
    }
}
