//! A formula from its words and signs.

use super::lexeme::{Lexeme, Symbol};
use super::{Comparison, Factor, Formula, Table, Term};

/// The formula of these words and signs; none where they are none that is known.
pub fn parse(lexemes: &[Lexeme]) -> Option<Formula> {
    let mut parser = Parser {
        lexemes,
        at: 0,
        depth: 0,
    };
    let formula = parser.any()?;
    (parser.at == lexemes.len()).then_some(formula)
}

/// The values of a table; none where its places do not rise, or a number is missing.
pub fn points(numbers: &[f64], shape: Shape) -> Option<Table> {
    let half = numbers.len() / 2;
    let (inputs, values): (Vec<f64>, Vec<f64>) = match shape {
        Shape::Pairs => {
            let pairs = numbers.chunks_exact(2);
            pairs.map(|pair| (pair[0], pair[1])).unzip()
        }
        Shape::Halves => (numbers[..half].to_vec(), numbers[half..].to_vec()),
    };
    let rises = inputs.windows(2).all(|two| two[0] <= two[1]);
    let is_whole = numbers.len().is_multiple_of(2) && !values.is_empty();
    (rises && is_whole).then_some(Table { values })
}

/// How the numbers of a table stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Each place with its value.
    Pairs,
    /// All places, then all values.
    Halves,
}

/// The table that these words and signs write out: pairs in parentheses, or all places and then all
/// values.
pub fn table(lexemes: &[Lexeme]) -> Option<Table> {
    let mut numbers = Vec::new();
    let mut is_negative = false;
    let mut opened = 0_usize;
    for lexeme in lexemes {
        match lexeme {
            Lexeme::Number(number) => {
                numbers.push(if is_negative { -number } else { *number });
                is_negative = false;
            }
            Lexeme::Symbol(Symbol::Minus) => is_negative = !is_negative,
            Lexeme::Symbol(Symbol::Open) => opened += 1,
            Lexeme::Symbol(Symbol::Plus | Symbol::Close | Symbol::Comma) => {}
            _ => return None,
        }
    }
    let shape = if opened >= numbers.len() / 2 {
        Shape::Pairs
    } else {
        Shape::Halves
    };
    points(&numbers, shape)
}

struct Parser<'p> {
    lexemes: &'p [Lexeme],
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<Symbol> {
        match self.lexemes.get(self.at)? {
            Lexeme::Symbol(symbol) => Some(*symbol),
            _ => None,
        }
    }

    fn takes(&mut self, symbol: Symbol) -> bool {
        let is_there = self.peek() == Some(symbol);
        self.at += usize::from(is_there);
        is_there
    }

    fn take(&mut self, symbol: Symbol) -> Option<()> {
        self.takes(symbol).then_some(())
    }

    /// Anything that has a value.
    fn any(&mut self) -> Option<Formula> {
        const DEEPEST: usize = 40;
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let formula = self.one_of()?;
        self.depth -= 1;
        Some(formula)
    }

    fn one_of(&mut self) -> Option<Formula> {
        let mut parts = vec![self.all_of()?];
        while self.takes(Symbol::Or) {
            parts.push(self.all_of()?);
        }
        joined(parts)
    }

    fn all_of(&mut self) -> Option<Formula> {
        let mut parts = vec![self.condition()?];
        while self.takes(Symbol::And) {
            parts.push(self.condition()?);
        }
        joined(parts)
    }

    fn condition(&mut self) -> Option<Formula> {
        let mut is_turned = false;
        let mut is_negated = false;
        while self.takes(Symbol::Not) {
            is_turned = !is_turned;
            is_negated = true;
        }
        let compared = self.compared()?;
        Some(match (is_negated, is_turned) {
            (false, _) => compared,
            (true, true) => Formula::Not(Box::new(compared)),
            (true, false) => Formula::Not(Box::new(Formula::Not(Box::new(compared)))),
        })
    }

    fn compared(&mut self) -> Option<Formula> {
        let first = self.sum()?;
        let comparison = match self.peek() {
            Some(Symbol::Less) => Comparison::Less,
            Some(Symbol::Greater) => Comparison::Greater,
            Some(Symbol::Same | Symbol::NotSame) => Comparison::Same,
            _ => return Some(first),
        };
        self.at += 1;
        let second = self.sum()?;
        Some(Formula::Compared(comparison, Box::new([first, second])))
    }

    fn sum(&mut self) -> Option<Formula> {
        let mut terms = vec![(Term::Added, self.product()?)];
        loop {
            let term = match self.peek() {
                Some(Symbol::Plus) => Term::Added,
                Some(Symbol::Minus) => Term::Subtracted,
                _ => break,
            };
            self.at += 1;
            terms.push((term, self.product()?));
        }
        Some(match terms.len() {
            1 => terms.pop()?.1,
            _ => Formula::Sum(terms),
        })
    }

    fn product(&mut self) -> Option<Formula> {
        let mut factors = vec![(Factor::Times, self.signed()?)];
        loop {
            let factor = match self.peek() {
                Some(Symbol::Times) => Factor::Times,
                Some(Symbol::Over) => Factor::Over,
                Some(Symbol::Remainder) => Factor::Remainder,
                _ => break,
            };
            self.at += 1;
            factors.push((factor, self.signed()?));
        }
        Some(match factors.len() {
            1 => factors.pop()?.1,
            _ => Formula::Product(factors),
        })
    }

    /// A sign binds less than a power: -2^2 is -4.
    fn signed(&mut self) -> Option<Formula> {
        let mut is_negative = false;
        loop {
            match self.peek() {
                Some(Symbol::Minus) => is_negative = !is_negative,
                Some(Symbol::Plus) => {}
                _ => break,
            }
            self.at += 1;
        }
        let power = self.power()?;
        Some(match (is_negative, power) {
            (false, power) => power,
            (true, Formula::Number(number)) => Formula::Number(-number),
            (true, power) => Formula::Sum(vec![(Term::Subtracted, power)]),
        })
    }

    fn power(&mut self) -> Option<Formula> {
        let base = self.part()?;
        if !self.takes(Symbol::Power) {
            return Some(base);
        }
        self.depth += 1;
        let exponent = if self.depth > 40 { None } else { self.signed() }?;
        self.depth -= 1;
        Some(Formula::Power(Box::new([base, exponent])))
    }

    fn part(&mut self) -> Option<Formula> {
        let lexeme = self.lexemes.get(self.at)?.clone();
        self.at += 1;
        match lexeme {
            Lexeme::Number(number) => Some(Formula::Number(number)),
            Lexeme::Anything => Some(Formula::Anything),
            Lexeme::Name(name) => Some(Formula::Name(name)),
            Lexeme::Call(name) => self.call(name),
            Lexeme::Symbol(Symbol::Open) => {
                let inside = self.any()?;
                self.take(Symbol::Close)?;
                Some(inside)
            }
            Lexeme::Symbol(Symbol::If) => {
                let condition = self.any()?;
                self.take(Symbol::Then)?;
                let holds = self.any()?;
                self.take(Symbol::Else)?;
                let fails = self.any()?;
                Some(Formula::If(Box::new([condition, holds, fails])))
            }
            Lexeme::Symbol(_) => None,
        }
    }

    fn call(&mut self, name: String) -> Option<Formula> {
        self.take(Symbol::Open)?;
        if name == "with lookup" {
            let input = self.any()?;
            self.take(Symbol::Comma)?;
            let start = self.at;
            let mut depth = 0_usize;
            loop {
                match self.lexemes.get(self.at)? {
                    Lexeme::Symbol(Symbol::Open) => depth += 1,
                    Lexeme::Symbol(Symbol::Close) if depth == 0 => break,
                    Lexeme::Symbol(Symbol::Close) => depth -= 1,
                    _ => {}
                }
                self.at += 1;
            }
            let written = table(&self.lexemes[start..self.at]);
            self.at += 1;
            // A table whose places do not rise says nothing of its slope.
            let table = written.unwrap_or_default();
            return Some(Formula::Lookup(table, Box::new(input)));
        }
        let mut arguments = Vec::new();
        if self.takes(Symbol::Close) {
            return Some(Formula::Call(name, arguments));
        }
        loop {
            arguments.push(self.any()?);
            if !self.takes(Symbol::Comma) {
                break;
            }
        }
        self.take(Symbol::Close)?;
        Some(match (name.as_str(), <[Formula; 3]>::try_from(arguments)) {
            ("if then else", Ok(three)) => Formula::If(Box::new(three)),
            (_, Ok(three)) => Formula::Call(name, three.into()),
            (_, Err(arguments)) => Formula::Call(name, arguments),
        })
    }
}

fn joined(mut parts: Vec<Formula>) -> Option<Formula> {
    match parts.len() {
        1 => parts.pop(),
        _ => Some(Formula::Joined(parts)),
    }
}
