//! What equations say about causes: which variables they mention, and what flows into stocks.

use std::collections::{BTreeMap, BTreeSet};

use super::equations::{Block, BlockKind, least_of};
use super::expression::{Token, TokenKind, arguments, first_argument, names, terms, tokens};
use super::names::key;
use crate::format::foreign::formula::{
    Formula, Lexeme, Mentioned, Symbol, mentioned, of_vensim, parse, table,
};
use crate::format::foreign::{Assumption, Definition, Sides, Slopes, Stated, System, number, sign};
use crate::model::Polarity;

/// What the equations of a model say.
#[derive(Debug, Default)]
pub struct Causes {
    by_effect: BTreeMap<String, Of>,
    system: System,
    /// What they prove without any assumption.
    slopes: BTreeMap<String, Slopes>,
}

/// What the equations of one variable say.
#[derive(Debug, Default)]
struct Of {
    /// It accumulates: INTEG.
    is_level: bool,
    /// There is an equation that can be worked out, not just a list of causes.
    is_worked_out: bool,
    /// The terms of the rate at which it changes.
    flows: BTreeMap<String, Polarity>,
    /// What is mentioned, in order.
    order: Vec<String>,
    /// How it is mentioned.
    how: BTreeMap<String, Mentioned>,
}

impl Of {
    fn mention(&mut self, name: String, how: Mentioned) {
        match self.how.get_mut(&name) {
            Some(known) => *known = known.and(how),
            None => {
                self.how.insert(name.clone(), how);
                self.order.push(name);
            }
        }
    }
}

impl Causes {
    /// Whether a variable accumulates.
    pub fn is_level(&self, effect: &str) -> bool {
        self.by_effect.get(effect).is_some_and(|of| of.is_level)
    }

    /// Whether a variable has an equation that is more than a list of causes.
    pub fn is_worked_out(&self, effect: &str) -> bool {
        self.by_effect
            .get(effect)
            .is_some_and(|of| of.is_worked_out)
    }

    /// The sign of a flow into or out of a stock, if the stock's equation has it as a term.
    pub fn flow(&self, flow: &str, stock: &str) -> Option<Polarity> {
        self.by_effect.get(stock)?.flows.get(flow).copied()
    }

    /// What equations use as terms of what a stock changes by, and for nothing else.
    pub fn flowing(&self) -> BTreeSet<&str> {
        let mut flowing = BTreeSet::new();
        let mut others = BTreeSet::new();
        for of in self.by_effect.values() {
            for (name, how) in &of.how {
                let flow = of.flows.get(name).copied().unwrap_or_default();
                if flow == Polarity::Unknown || how.at_first {
                    others.insert(name.as_str());
                } else {
                    flowing.insert(name.as_str());
                }
            }
        }
        flowing.retain(|name| !others.contains(name));
        flowing
    }

    /// The sign of a cause that the equations of an effect prove.
    pub fn proof(&self, cause: &str, effect: &str) -> Option<Polarity> {
        self.is_worked_out(effect).then_some(())?;
        sign(&self.slopes, cause, effect)
    }

    /// What the equations prove under an assumption, by effect.
    pub fn slopes(&self, assumption: Assumption) -> BTreeMap<String, Slopes> {
        let mut slopes = self.system.slopes(assumption);
        slopes.retain(|effect, _| self.is_worked_out(effect));
        slopes
    }

    /// How an equation mentions a cause, if it does.
    pub fn mention(&self, cause: &str, effect: &str) -> Option<Mentioned> {
        self.by_effect.get(effect)?.how.get(cause).copied()
    }

    /// What an equation mentions, each once. What a stock begins with causes nothing later, and is
    /// not among it.
    pub fn of(&self, effect: &str) -> Vec<String> {
        let Some(of) = self.by_effect.get(effect) else {
            return Vec::new();
        };
        // A function is no cause; a table is, where it is drawn.
        let is_cause = |name: &&String| {
            let how = of.how.get(*name).copied().unwrap_or_default();
            how.is_cause() && (how.as_variable || self.system.defines(name))
        };
        of.order.iter().filter(is_cause).cloned().collect()
    }
}

/// Reads the equations.
pub fn causes(text: &str, blocks: &[Block]) -> Causes {
    let mut causes = Causes::default();
    let mut definitions = Vec::new();
    for block in blocks {
        let key = key(&text[block.name.clone()]);
        let declared = block.units.clone().and_then(|units| least_of(&text[units]));
        let declared = declared.map_or(Sides::ANY, Sides::at_least);
        let mut define = |stated: Stated| {
            definitions.push(Definition {
                key: key.clone(),
                stated,
                declared,
            });
        };
        match block.kind {
            BlockKind::Lookup => {
                let tokens = tokens(text, block.expression.clone());
                let written = of_vensim(text, &tokens).and_then(|lexemes| table(&lexemes));
                define(Stated::Table(written.unwrap_or_default()));
            }
            BlockKind::Equation => {
                let of = causes.by_effect.entry(key.clone()).or_default();
                let expression = &text[block.expression.clone()];
                match numbers(expression) {
                    Some(numbers) => {
                        of.is_worked_out = true;
                        numbers.into_iter().map(Stated::Constant).for_each(define);
                    }
                    None => {
                        let tokens = tokens(text, block.expression.clone());
                        define(add(of, text, &tokens));
                    }
                }
            }
            BlockKind::Subscripts | BlockKind::Group | BlockKind::Macro => {}
        }
    }
    causes.system = System::new(definitions, &["time".to_owned()]);
    causes.slopes = causes.system.slopes(Assumption::AsStated);
    causes
}

/// The numbers of a constant: one, or those of an array; none where there is something else.
fn numbers(expression: &str) -> Option<Vec<f64>> {
    let expression = expression.trim().trim_end_matches(';');
    let numbers = expression.split([',', ';']).map(number);
    numbers.collect()
}

fn add(of: &mut Of, text: &str, tokens: &[Token]) -> Stated {
    // Longer ones prove little, and every step costs as much as there are names.
    const LONGEST: usize = 200;
    let unread = |tokens: &[Token]| {
        let names = names(text, tokens).map(|(name, _)| name);
        names.collect::<Vec<_>>()
    };
    let mention_all = |of: &mut Of, tokens: &[Token], how: Mentioned| {
        for token in tokens {
            let as_variable = token.kind == TokenKind::Name;
            if as_variable || token.kind == TokenKind::Call {
                let name = key(&text[token.range.clone()]);
                of.mention(name, Mentioned { as_variable, ..how });
            }
        }
    };
    let at_once = Mentioned {
        at_once: true,
        ..Mentioned::default()
    };
    if let Some(inside) = arguments(text, tokens, "a function of") {
        mention_all(of, inside, at_once);
        return Stated::Unread(Vec::new());
    }
    of.is_worked_out |= !tokens.is_empty();
    let mut rate = None;
    if let Some(inside) = arguments(text, tokens, "integ") {
        of.is_level = true;
        let change = first_argument(inside);
        for (name, polarity) in terms(text, change) {
            // Equations of several subscripts may not agree; then nothing is known.
            let flow = of.flows.entry(name).or_insert(polarity);
            if *flow != polarity {
                *flow = Polarity::Unknown;
            }
        }
        let at_first = Mentioned {
            at_first: true,
            ..Mentioned::default()
        };
        mention_all(of, &inside[change.len()..], at_first);
        rate = Some(change);
    }
    let shown = rate.unwrap_or(tokens);
    let formula = formula_of(text, shown);
    match &formula {
        Some(formula) => {
            let (order, how) = mentioned(formula);
            for name in order {
                let how = how.get(&name).copied().unwrap_or_default();
                of.mention(name, how);
            }
        }
        None => mention_all(of, shown, at_once),
    }
    match formula.filter(|_| shown.len() <= LONGEST) {
        Some(formula) if rate.is_some() => Stated::Rate(formula),
        Some(formula) => Stated::Formula(formula),
        None => Stated::Unread(unread(shown)),
    }
}

/// The formula of an expression. A list of causes may stand where a value would.
fn formula_of(text: &str, tokens: &[Token]) -> Option<Formula> {
    let lexemes = of_vensim(text, tokens)?;
    let is_list = |lexeme: &Lexeme| matches!(lexeme, Lexeme::Call(name) if name == "a function of");
    if lexemes.iter().any(is_list) || lexemes.first() == Some(&Lexeme::Symbol(Symbol::Comma)) {
        return None;
    }
    parse(&lexemes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::vensim::equations::blocks;

    fn said(text: &str, effect: &str) -> String {
        let causes = causes(text, &blocks(text, 0..text.len()));
        let words = causes.of(effect).into_iter().map(|cause| {
            let sign = match causes.proof(&cause, effect) {
                Some(Polarity::Positive) => "+",
                Some(Polarity::Negative) => "-",
                _ => "?",
            };
            let is_delayed = causes.mention(&cause, effect).unwrap().is_delayed();
            format!("{sign}{cause}{}", if is_delayed { " later" } else { "" })
        });
        words.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn causes_are_all_that_is_mentioned_but_what_something_begins_with() {
        for (text, causes) in [
            ("e = INTEG(a - b, c) ~~|", "+a, -b"),
            ("e = INTEG(A FUNCTION OF(a, b), c) ~~|", "?a, ?b"),
            ("e = A FUNCTION OF(-a, b \\\n\t\tc) ~~|", "?a, ?b c"),
            ("e = SMOOTHI(a, b, c) + a[x!] {d} ~~|", "+a, ?b"),
            ("e = SMOOTH(a, 3) ~~| a = 1 ~~| ", "+a later"),
            ("e[x] = a ~~| e[y] :EXCEPT: [z] = b ~~|", "+a, +b"),
            ("e[x] = a ~~| e[y] = -a ~~|", "?a"),
            ("e = IF THEN ELSE(a = :NA: :OR: b > 1, 2, 1) ~~|", "?a, +b"),
            ("e := GAME(a ~ b", "?a"),
            (
                "e = a * t[x](b) ~~| t[x]( [(0,0)-(9,9)],(0,0),(1,1)) ~~|",
                "+a, ?t, ?b",
            ),
            ("e = t(b) ~~| t(0,1,2,5,3,-1) ~~|", "?t, -b"),
            ("e = ACTIVE INITIAL(a, b) + INITIAL(c) ~~|", "+a"),
        ] {
            let variables = "\na ~~| b ~~| c ~~| b c ~~|";
            let read = said(&format!("{text}{variables}"), "e");
            assert_eq!(read, causes, "{text}");
        }
    }

    #[test]
    fn what_is_never_negative_is_taken_from_ranges_and_constants() {
        let text = "a ~ kg [0,?] ~ |\nk = 2, 3, 0 ~~| n = -1 ~~|\nb ~~|\n\
            c = a * k ~~| d = c * n * b ~~|\n\
            e = a * b + c * b ~~| f = b * n ~~| g = d * b ~~|";
        assert_eq!(said(text, "e"), "?a, +b, ?c");
        assert_eq!(said(text, "f"), "-b, ?n");
        assert_eq!(said(text, "d"), "?c, -n, -b".replace("-n", "?n"));
        assert_eq!(said(text, "g"), "?d, ?b");
        let causes = causes(text, &blocks(text, 0..text.len()));
        let assumed = causes.slopes(Assumption::NeverNegative);
        assert_eq!(sign(&assumed, "a", "e"), Some(Polarity::Positive));
        assert_eq!(sign(&assumed, "n", "d"), Some(Polarity::Positive));
        assert_eq!(sign(&assumed, "d", "g"), Some(Polarity::Positive));
    }
}
