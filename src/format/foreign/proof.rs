//! The signs of links that an equation proves.
//!
//! An effect rises with a cause where the equation says so whatever the other values are: the terms
//! of a sum, factors whose other factors have a known sign, and functions that never fall. Signs are
//! known of numbers, of constants, and of what a model declares never to be negative. Everything
//! else proves nothing: there is no guess in it.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::format::names::plain;
use crate::format::vensim::expression::{Token, TokenKind, tokens};
use crate::model::Polarity;

/// On which sides of zero a value can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sides {
    /// It can be negative.
    pub below: bool,
    /// It can be positive.
    pub above: bool,
}

impl Sides {
    /// Anything.
    pub const ANY: Self = Self {
        below: true,
        above: true,
    };
    /// Zero or more.
    pub const NOT_NEGATIVE: Self = Self {
        below: false,
        above: true,
    };

    /// The sides of one number.
    pub fn of(number: f64) -> Self {
        Self {
            below: number < 0.0,
            above: number > 0.0,
        }
    }

    const fn turned(self) -> Self {
        Self {
            below: self.above,
            above: self.below,
        }
    }

    const fn sum(self, other: Self) -> Self {
        Self {
            below: self.below || other.below,
            above: self.above || other.above,
        }
    }

    const fn product(self, other: Self) -> Self {
        Self {
            below: self.below && other.above || self.above && other.below,
            above: self.above && other.above || self.below && other.below,
        }
    }
}

/// By name: whether a value rises or falls with it; unknown where that depends.
type Slopes = BTreeMap<String, Polarity>;

/// What is known of a part of an expression.
#[derive(Clone, Debug)]
struct Known {
    sides: Sides,
    slopes: Slopes,
}

/// Functions that never fall with any of their arguments.
const RISING: &[&str] = &["max", "min", "exp", "sqrt", "ln", "log10"];
/// Functions that follow their first argument, later.
const FOLLOWING: &[&str] = &[
    "smooth",
    "smoothi",
    "smooth3",
    "smooth3i",
    "smth1",
    "smth3",
    "delay1",
    "delay1i",
    "delay3",
    "delay3i",
    "delay fixed",
    "delay",
];

/// The number that an expression is, if it is just that.
pub fn number(text: &str) -> Option<f64> {
    let (sign, digits) = match text.trim().strip_prefix('-') {
        Some(rest) => (-1.0, rest.trim()),
        None => (1.0, text.trim()),
    };
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let number = digits
        .parse::<f64>()
        .ok()
        .filter(|number| is_number && number.is_finite())?;
    Some(sign * number)
}

/// The names with which the value of an expression, a range of a text, is proved to rise or to fall.
///
/// `sides` says on which sides of zero a variable can be, and nothing of what is no variable; an
/// expression with such a name proves nothing.
pub fn proved(
    text: &str,
    range: Range<usize>,
    sides: &dyn Fn(&str) -> Option<Sides>,
) -> BTreeMap<String, Polarity> {
    let tokens = tokens(text, range);
    proved_of(text, &tokens, sides)
}

/// As [`proved`], of the parts of an expression.
pub fn proved_of(
    text: &str,
    tokens: &[Token],
    sides: &dyn Fn(&str) -> Option<Sides>,
) -> BTreeMap<String, Polarity> {
    // Longer ones prove little, and every step costs as much as there are names.
    const LONGEST: usize = 200;
    if tokens.len() > LONGEST {
        return BTreeMap::new();
    }
    let mut prover = Prover {
        text,
        tokens,
        at: 0,
        depth: 0,
        sides,
    };
    let known = prover.sum().filter(|_| prover.at == tokens.len());
    let mut slopes = known.map(|known| known.slopes).unwrap_or_default();
    slopes.retain(|_, slope| *slope != Polarity::Unknown);
    slopes
}

struct Prover<'p> {
    text: &'p str,
    tokens: &'p [Token],
    at: usize,
    depth: usize,
    sides: &'p dyn Fn(&str) -> Option<Sides>,
}

impl Prover<'_> {
    fn peek(&self) -> Option<(TokenKind, &str)> {
        let token = self.tokens.get(self.at)?;
        Some((token.kind, &self.text[token.range.clone()]))
    }

    fn take(&mut self, kind: TokenKind) -> Option<()> {
        (self.peek()?.0 == kind).then(|| self.at += 1)
    }

    fn sum(&mut self) -> Option<Known> {
        const DEEPEST: usize = 40;
        self.depth += 1;
        if self.depth > DEEPEST {
            return None;
        }
        let mut sum = self.product()?;
        while let Some((kind, _)) = self.peek() {
            let term = match kind {
                TokenKind::Plus => {
                    self.at += 1;
                    self.product()?
                }
                TokenKind::Minus => {
                    self.at += 1;
                    turned(self.product()?)
                }
                _ => break,
            };
            sum = Known {
                sides: sum.sides.sum(term.sides),
                slopes: merged(sum.slopes, term.slopes),
            };
        }
        self.depth -= 1;
        Some(sum)
    }

    fn product(&mut self) -> Option<Known> {
        let mut product = self.signed()?;
        while let Some((TokenKind::Other, sign @ ("*" | "/"))) = self.peek() {
            let divides = sign == "/";
            self.at += 1;
            let factor = self.signed()?;
            // (a b)' is a' b + a b'; (a / b)' is a' / b - a b' / (b b).
            let of_factor = if divides {
                scaled(factor.slopes, product.sides.turned())
            } else {
                scaled(factor.slopes, product.sides)
            };
            product = Known {
                slopes: merged(scaled(product.slopes, factor.sides), of_factor),
                sides: product.sides.product(factor.sides),
            };
        }
        Some(product)
    }

    fn signed(&mut self) -> Option<Known> {
        let mut is_turned = false;
        loop {
            match self.peek()?.0 {
                TokenKind::Minus => is_turned = !is_turned,
                TokenKind::Plus => {}
                _ => break,
            }
            self.at += 1;
        }
        let known = self.part()?;
        Some(if is_turned { turned(known) } else { known })
    }

    fn part(&mut self) -> Option<Known> {
        let (kind, word) = self.peek()?;
        match kind {
            TokenKind::Open => {
                self.at += 1;
                let inside = self.sum()?;
                self.take(TokenKind::Close)?;
                Some(inside)
            }
            TokenKind::Name => {
                let name = crate::format::vensim::key(word);
                let sides = (self.sides)(&name)?;
                self.at += 1;
                let slopes = Slopes::from([(name, Polarity::Positive)]);
                Some(Known { sides, slopes })
            }
            TokenKind::Call => {
                let function = plain(word);
                self.at += 1;
                self.call(&function)
            }
            TokenKind::Other => {
                let sides = Sides::of(number(word)?);
                self.at += 1;
                let slopes = Slopes::new();
                Some(Known { sides, slopes })
            }
            _ => None,
        }
    }

    fn call(&mut self, function: &str) -> Option<Known> {
        self.take(TokenKind::Open)?;
        let mut arguments = vec![self.sum()?];
        while self.take(TokenKind::Comma).is_some() {
            arguments.push(self.sum()?);
        }
        self.take(TokenKind::Close)?;
        let is_following = FOLLOWING.contains(&function);
        if !is_following && !RISING.contains(&function) {
            return None;
        }
        let is_above = |known: &Known| !known.sides.below;
        let sides = match function {
            "exp" | "sqrt" => Sides::NOT_NEGATIVE,
            "max" if arguments.iter().any(is_above) => Sides::NOT_NEGATIVE,
            "min" if arguments.iter().all(is_above) => Sides::NOT_NEGATIVE,
            _ => Sides::ANY,
        };
        let mut slopes = Slopes::new();
        for (place, argument) in arguments.into_iter().enumerate() {
            let depends = is_following && place > 0;
            let of_argument = if depends {
                scaled(argument.slopes, Sides::ANY)
            } else {
                argument.slopes
            };
            slopes = merged(slopes, of_argument);
        }
        Some(Known { sides, slopes })
    }
}

fn turned(known: Known) -> Known {
    Known {
        sides: known.sides.turned(),
        slopes: scaled(known.slopes, Sides::of(-1.0)),
    }
}

/// The slopes of something times a factor.
fn scaled(mut slopes: Slopes, factor: Sides) -> Slopes {
    for slope in slopes.values_mut() {
        *slope = match (*slope, factor.below, factor.above) {
            (slope, false, _) => slope,
            (Polarity::Positive, true, false) => Polarity::Negative,
            (Polarity::Negative, true, false) => Polarity::Positive,
            _ => Polarity::Unknown,
        };
    }
    slopes
}

/// The slopes of a sum.
fn merged(mut one: Slopes, other: Slopes) -> Slopes {
    for (name, slope) in other {
        let standing = one.entry(name).or_insert(slope);
        if *standing != slope {
            *standing = Polarity::Unknown;
        }
    }
    one
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `k` is a positive constant, `n` a negative one, `s` never negative, `x` and `y` anything.
    fn sides(name: &str) -> Option<Sides> {
        match name {
            "k" => Some(Sides::of(10.0)),
            "n" => Some(Sides::of(-2.0)),
            "s" => Some(Sides::NOT_NEGATIVE),
            "x" | "y" => Some(Sides::ANY),
            _ => None,
        }
    }

    fn said(text: &str) -> String {
        let proved = proved(text, 0..text.len(), &sides);
        let words = proved.iter().map(|(name, slope)| match slope {
            Polarity::Positive => format!("+{name}"),
            _ => format!("-{name}"),
        });
        words.collect::<Vec<_>>().join(" ")
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
        ] {
            assert_eq!(said(equation), proof, "{equation}");
        }
    }

    #[test]
    fn long_and_deep_expressions_prove_nothing() {
        assert_eq!(said(&format!("{}x{}", "(".repeat(60), ")".repeat(60))), "");
        assert_eq!(said(&vec!["x"; 200].join("+")), "");
    }

    #[test]
    fn numbers_are_read_with_their_signs() {
        assert_eq!(number(" - 2.5 "), Some(-2.5));
        assert_eq!(number(".5"), Some(0.5));
        for text in ["", "x", "inf", "1 + 1", "--1"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}
