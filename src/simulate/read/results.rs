//! Calls of macros with several results, as Vensim writes them: `value = F(inputs : others)`.

use super::dimension::written;
use super::mdl::names;
use crate::equation::Dialect;
use crate::equation::Name;
use crate::equation::lex::{Lexed, Token};
use crate::equation::parse::Parser;
use crate::equation::{Expr, Fault, Node, Problem, Span};
use crate::simulate::source::{Body, Equation, Kind, Variable};

/// The name of a variable that gets a result, with its subscripts.
pub(super) struct Named {
    name: Name,
    left: Vec<Name>,
    span: Span,
}

/// Takes the names of other results out of an equation: what is left is a plain call.
pub(super) fn taken(mut tokens: Vec<Lexed>) -> (Vec<Lexed>, Option<Result<Vec<Named>, Fault>>) {
    let is = |lexed: &Lexed, sign: &str| matches!(lexed.token, Token::Sign(one) if one == sign);
    let equals = tokens.iter().position(|one| is(one, "=") || is(one, "=="));
    let after = equals.and_then(|equals| {
        let mut rest = tokens.iter().skip(equals);
        rest.position(|one| is(one, ":")).map(|at| equals + at)
    });
    let Some(colon) = after else {
        return (tokens, None);
    };
    let close = tokens.iter().skip(colon).position(|one| is(one, ")"));
    let Some(close) = close.map(|at| colon + at) else {
        return (tokens, None);
    };
    let mut inside: Vec<Lexed> = tokens.drain(colon..close).skip(1).collect();
    inside.push(Lexed {
        token: Token::End,
        span: tokens.get(colon).map_or(Span::default(), |one| one.span),
    });
    (tokens, Some(named(inside)))
}

fn named(tokens: Vec<Lexed>) -> Result<Vec<Named>, Fault> {
    let mut parser = Parser::new(tokens, Dialect::Vensim);
    let mut all = Vec::new();
    loop {
        let span = parser.span();
        let name = parser.name()?;
        let left = match parser.take("[") {
            true => names(&mut parser)?,
            false => Vec::new(),
        };
        all.push(Named { name, left, span });
        if !parser.take(",") {
            parser.end()?;
            return Ok(all);
        }
    }
}

/// The variables that get the other results of a call.
pub(super) fn variables(
    text: &str,
    call: &Expr,
    results: Vec<Named>,
) -> Result<Vec<Variable>, Fault> {
    if !matches!(call.node, Node::Call(..)) {
        return Err(misplaced(call.span));
    }
    let all = results
        .into_iter()
        .enumerate()
        .map(|(place, one)| Variable {
            name: written(text, one.span),
            key: one.name,
            kind: Kind::Auxiliary,
            dimensions: Vec::new(),
            equations: vec![Equation {
                left: one.left,
                except: Vec::new(),
                body: Body::Result(call.clone(), place),
                initial: None,
                span: one.span,
            }],
            units: String::new(),
            span: one.span,
        });
    Ok(all.collect())
}

/// A call with several results stands within another expression.
pub(super) fn misplaced(span: Span) -> Fault {
    let message = "a call of a macro with several results stands alone after =".to_owned();
    Fault::at(Problem::Syntax(message), span)
}
