//! The places of an expression, moved from one text to another.

use super::error::Span;
use super::expr::{Expr, Node, Subscript};

/// Gives an expression and all its parts other places.
pub(crate) fn shift(expr: &mut Expr, to: &impl Fn(Span) -> Span) {
    expr.span = to(expr.span);
    match &mut expr.node {
        Node::Number(_) => {}
        Node::Name(_, subscripts) => shift_all(subscripts, to),
        Node::Call(_, subscripts, arguments) => {
            shift_all(subscripts, to);
            arguments.iter_mut().for_each(|one| shift(one, to));
        }
        Node::Unary(_, inside) | Node::Inline(inside, _) => shift(inside, to),
        Node::Binary(_, sides) => sides.iter_mut().for_each(|one| shift(one, to)),
        Node::If(parts) => parts.iter_mut().for_each(|one| shift(one, to)),
    }
}

fn shift_all(subscripts: &mut [Subscript], to: &impl Fn(Span) -> Span) {
    for subscript in subscripts {
        match subscript {
            Subscript::Index(expr) => shift(expr, to),
            Subscript::Range(from, end) => {
                shift(from, to);
                shift(end, to);
            }
            Subscript::All | Subscript::Each(_) | Subscript::Position(_) => {}
        }
    }
}
