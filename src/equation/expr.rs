//! The syntax tree of an equation, the same for both languages.

use super::error::Span;
use super::names::Name;
use super::table::Table;

/// Vensim's `:NA:`: the number -2^109, finite and equal to itself.
pub const NOT_AVAILABLE: f64 = -649_037_107_316_853_453_566_312_041_152_512.0;

/// An expression and where it stands. Two are equal if they say the same, wherever they stand.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it says.
    pub node: Node,
    /// Where it stands in the text of the model.
    pub span: Span,
}

impl PartialEq for Expr {
    fn eq(&self, other: &Self) -> bool {
        self.node == other.node
    }
}

/// What an expression says.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// A number without a sign.
    Number(f64),
    /// A variable, perhaps with subscripts; or a dimension or element as a number.
    Name(Name, Vec<Subscript>),
    /// A function, table or macro with its arguments. A table may have subscripts.
    Call(Name, Vec<Subscript>, Vec<Expr>),
    /// An operation on one value.
    Unary(UnaryOp, Box<Expr>),
    /// An operation on two values.
    Binary(BinaryOp, Box<[Expr; 2]>),
    /// Condition, value where it is not 0, value where it is.
    If(Box<[Expr; 3]>),
    /// Points that are written into the equation (`WITH LOOKUP`), and where to read them.
    Inline(Box<Expr>, Table),
}

/// A subscript of a variable.
#[derive(Clone, Debug, PartialEq)]
pub enum Subscript {
    /// `*`: all elements.
    All,
    /// `Dim!` of Vensim: all elements, one after the other.
    Each(Name),
    /// `a:b`: the elements from one to another.
    Range(Expr, Expr),
    /// `@2`: as the second subscript on the left.
    Position(usize),
    /// An element, a dimension, or a number from 1.
    Index(Expr),
}

/// An operation on one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-x`.
    Minus,
    /// `+x`.
    Plus,
    /// 1 where x is 0, else 0.
    Not,
    /// `x'`, an array with its rows as columns.
    Transpose,
}

/// An operation on two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `a + b`.
    Add,
    /// `a - b`.
    Subtract,
    /// `a * b`.
    Multiply,
    /// `a / b`, never a division of whole numbers.
    Divide,
    /// `a ^ b`.
    Power,
    /// `a MOD b`: what is left, with the sign of b.
    Modulo,
    /// `a < b`, 1 or 0, as all comparisons.
    Less,
    /// `a <= b`.
    LessOrEqual,
    /// `a > b`.
    Greater,
    /// `a >= b`.
    GreaterOrEqual,
    /// `a = b`, to the last bit.
    Equal,
    /// `a <> b`.
    NotEqual,
    /// 1 where neither is 0.
    And,
    /// 1 where one is not 0.
    Or,
}

impl BinaryOp {
    /// How tightly it binds: more is tighter. XMILE 1.0, section 3.3.1.
    pub(crate) const fn power(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::NotEqual => 4,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => 5,
            Self::Add | Self::Subtract => 6,
            Self::Multiply | Self::Divide | Self::Modulo => 7,
            Self::Power => 9,
        }
    }
}

/// How tightly a sign binds: less than `^`, so -2^2 is -4.
pub(crate) const SIGN: u8 = 8;
/// How tightly Vensim's `:NOT:` binds: less than comparisons.
pub(crate) const VENSIM_NOT: u8 = 3;

impl Expr {
    /// An expression at a place.
    #[must_use]
    pub const fn new(node: Node, span: Span) -> Self {
        Self { node, span }
    }

    /// A number at a place.
    #[must_use]
    pub const fn number(value: f64, span: Span) -> Self {
        Self::new(Node::Number(value), span)
    }

    /// A variable without subscripts.
    #[must_use]
    pub const fn name(name: Name, span: Span) -> Self {
        Self::new(Node::Name(name, Vec::new()), span)
    }

    /// Two expressions and what joins them.
    #[must_use]
    pub fn binary(op: BinaryOp, left: Self, right: Self) -> Self {
        let span = left.span.to(right.span);
        Self::new(Node::Binary(op, Box::new([left, right])), span)
    }

    /// The number, if it is one, with its sign.
    #[must_use]
    pub fn literal(&self) -> Option<f64> {
        match &self.node {
            Node::Number(value) => Some(*value),
            Node::Unary(UnaryOp::Minus, inside) => inside.literal().map(|value| -value),
            Node::Unary(UnaryOp::Plus, inside) => inside.literal(),
            _ => None,
        }
    }
}
