//! An expression as a text of either language, such that parsing it gives the same expression.

use std::fmt::Write as _;

use super::expr::{BinaryOp, Expr, NOT_AVAILABLE, Node, SIGN, Subscript, UnaryOp, VENSIM_NOT};
use super::lex::{Dialect, Token, lex};
use super::names::Name;
use super::table::Table;

/// How tightly values, names and calls bind.
const WHOLE: u8 = 10;

/// An expression as text.
#[must_use]
pub fn print(expr: &Expr, dialect: Dialect) -> String {
    print_as(expr, dialect, &|name, _| print_name(name, dialect))
}

/// What a name in an expression is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A variable, a dimension or an element.
    Variable,
    /// A function, a table or a macro: brackets follow.
    Function,
}

/// An expression as text, with names written as `name` says.
#[must_use]
pub fn print_as(expr: &Expr, dialect: Dialect, name: &dyn Fn(&Name, Named) -> String) -> String {
    let mut printer = Printer {
        out: String::new(),
        dialect,
        name,
    };
    printer.expr(expr, 0);
    printer.out
}

/// A name as it may stand in an equation, in quotes where it must.
#[must_use]
pub fn print_name(name: &Name, dialect: Dialect) -> String {
    let plain = match dialect {
        Dialect::Vensim => name.as_str().replace('_', " "),
        Dialect::Xmile => name.as_str().to_owned(),
    };
    let is_plain = match lex(&plain, 0, dialect) {
        Ok(tokens) => {
            matches!(tokens.as_slice(), [first, end] if first.token == Token::Name(name.clone())
                && end.token == Token::End && first.span.end == plain.len())
        }
        Err(_) => false,
    };
    // In an XMILE text a bare dot leads into another model.
    if is_plain {
        return plain;
    }
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

struct Printer<'n> {
    out: String,
    dialect: Dialect,
    name: &'n dyn Fn(&Name, Named) -> String,
}

impl Printer<'_> {
    /// Writes an expression, in brackets where it binds less than its place asks for.
    fn expr(&mut self, expr: &Expr, least: u8) {
        let power = self.power(&expr.node);
        if power < least {
            self.out.push('(');
        }
        self.node(&expr.node);
        if power < least {
            self.out.push(')');
        }
    }

    fn power(&self, node: &Node) -> u8 {
        match node {
            Node::Binary(op, _) => self.known(*op).map_or(WHOLE, BinaryOp::power),
            Node::Unary(UnaryOp::Transpose, _) => WHOLE,
            Node::Unary(UnaryOp::Not, _) if self.dialect == Dialect::Vensim => VENSIM_NOT,
            Node::Unary(..) => SIGN,
            // It reaches as far to the right as it can.
            Node::If(_) if self.dialect == Dialect::Xmile => 0,
            _ => WHOLE,
        }
    }

    /// An operation that this language writes as an operator.
    fn known(&self, op: BinaryOp) -> Option<BinaryOp> {
        (op != BinaryOp::Modulo || self.dialect == Dialect::Xmile).then_some(op)
    }

    fn list(&mut self, items: &[Expr]) {
        self.out.push('(');
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.out.push_str(", ");
            }
            self.expr(item, 0);
        }
        self.out.push(')');
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Number(number) => self.number(*number),
            Node::Name(name, subscripts) => {
                self.out.push_str(&(self.name)(name, Named::Variable));
                self.subscripts(subscripts);
            }
            Node::Call(name, subscripts, arguments) => {
                self.out.push_str(&(self.name)(name, Named::Function));
                self.subscripts(subscripts);
                self.list(arguments);
            }
            Node::Unary(op, inside) => self.unary(*op, inside),
            Node::Binary(op, sides) => self.binary(*op, sides),
            Node::If(parts) if self.dialect == Dialect::Vensim => {
                self.out.push_str("IF THEN ELSE");
                self.list(parts.as_slice());
            }
            Node::If(parts) => {
                for (word, part) in ["IF ", " THEN ", " ELSE "].iter().zip(parts.iter()) {
                    self.out.push_str(word);
                    self.expr(part, 1);
                }
            }
            Node::Inline(input, table) => {
                self.out.push_str("WITH LOOKUP(");
                self.expr(input, 0);
                self.out.push_str(", (");
                self.points(table);
                self.out.push_str("))");
            }
        }
    }

    fn points(&mut self, table: &Table) {
        for (index, (x, y)) in table.points().iter().enumerate() {
            let comma = if index > 0 { "," } else { "" };
            // Writing into a string cannot fail.
            let _ = write!(self.out, "{comma}({x:?},{y:?})");
        }
    }

    fn number(&mut self, number: f64) {
        if number == NOT_AVAILABLE && self.dialect == Dialect::Vensim {
            self.out.push_str(":NA:");
        } else {
            // With an exponent where it is long.
            let text = format!("{number:?}");
            self.out.push_str(text.strip_suffix(".0").unwrap_or(&text));
        }
    }

    fn unary(&mut self, op: UnaryOp, inside: &Expr) {
        let sign = match (op, self.dialect) {
            (UnaryOp::Transpose, _) => {
                self.expr(inside, WHOLE);
                self.out.push('\'');
                return;
            }
            (UnaryOp::Minus, _) => "-",
            (UnaryOp::Plus, _) => "+",
            (UnaryOp::Not, Dialect::Vensim) => {
                self.out.push_str(":NOT: ");
                return self.expr(inside, VENSIM_NOT);
            }
            (UnaryOp::Not, Dialect::Xmile) => "NOT ",
        };
        self.out.push_str(sign);
        self.expr(inside, SIGN);
    }

    fn binary(&mut self, op: BinaryOp, sides: &[Expr; 2]) {
        let [left, right] = sides;
        if self.known(op).is_none() {
            // Vensim's MODULO has the sign of the other side: this is the one that is meant.
            self.out.push_str("MOD");
            return self.list(sides);
        }
        let sign = match (op, self.dialect) {
            (BinaryOp::Add, _) => "+",
            (BinaryOp::Subtract, _) => "-",
            (BinaryOp::Multiply, _) => "*",
            (BinaryOp::Divide, _) => "/",
            (BinaryOp::Power, _) => "^",
            (BinaryOp::Modulo, _) => "MOD",
            (BinaryOp::Less, _) => "<",
            (BinaryOp::LessOrEqual, _) => "<=",
            (BinaryOp::Greater, _) => ">",
            (BinaryOp::GreaterOrEqual, _) => ">=",
            (BinaryOp::Equal, _) => "=",
            (BinaryOp::NotEqual, _) => "<>",
            (BinaryOp::And, Dialect::Vensim) => ":AND:",
            (BinaryOp::And, Dialect::Xmile) => "AND",
            (BinaryOp::Or, Dialect::Vensim) => ":OR:",
            (BinaryOp::Or, Dialect::Xmile) => "OR",
        };
        let is_power = op == BinaryOp::Power;
        self.expr(left, op.power() + u8::from(is_power));
        let _ = write!(self.out, " {sign} ");
        self.expr(right, op.power() + u8::from(!is_power));
    }

    fn subscripts(&mut self, subscripts: &[Subscript]) {
        for (index, subscript) in subscripts.iter().enumerate() {
            self.out.push_str(if index == 0 { "[" } else { ", " });
            match subscript {
                Subscript::All => self.out.push('*'),
                Subscript::Each(name) => {
                    self.out.push_str(&(self.name)(name, Named::Variable));
                    self.out.push('!');
                }
                Subscript::Range(from, to) => {
                    self.expr(from, 0);
                    self.out.push(':');
                    self.expr(to, 0);
                }
                Subscript::Position(number) => {
                    let _ = write!(self.out, "@{number}");
                }
                Subscript::Index(expr) => self.expr(expr, 0),
            }
        }
        if !subscripts.is_empty() {
            self.out.push(']');
        }
    }
}
