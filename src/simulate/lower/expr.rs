//! Lowering an expression.

use super::build::{Builder, Context, Symbol};
use super::graph::{Clock, Id, Op};
use super::subscript::Pick;
use crate::equation::{
    BinaryOp, Dialect, Expr, Fault, Name, Node, Problem, Span, Subscript, UnaryOp,
};
use crate::simulate::arithmetic::{Dyadic, Many, Monadic};

impl Builder<'_> {
    /// The operation that an expression is.
    pub(super) fn lower(&mut self, expr: &Expr, context: &Context) -> Result<Id, Fault> {
        match &expr.node {
            Node::Number(value) => Ok(self.graph.number(*value)),
            Node::Name(name, subscripts) => self.named(name, subscripts, expr.span, context),
            Node::Call(name, subscripts, arguments) => {
                self.call(name, subscripts, arguments, expr.span, context)
            }
            Node::Unary(op, inside) => {
                let inside = self.lower_unless_transposed(*op, inside, context)?;
                Ok(match op {
                    UnaryOp::Minus => self.graph.unary(Monadic::Minus, inside),
                    UnaryOp::Not => self.graph.unary(Monadic::Not, inside),
                    UnaryOp::Plus | UnaryOp::Transpose => inside,
                })
            }
            Node::Binary(op, sides) => {
                let a = self.lower(&sides[0], context)?;
                let b = self.lower(&sides[1], context)?;
                Ok(self.graph.binary(dyadic(*op), a, b))
            }
            Node::If(parts) => {
                let condition = self.lower(&parts[0], context)?;
                let then = self.lower(&parts[1], context)?;
                let other = self.lower(&parts[2], context)?;
                Ok(self.graph.choose(condition, then, other))
            }
            Node::Inline(input, table) => {
                let x = self.lower(input, context)?;
                let index = u32::try_from(self.tables.len()).unwrap_or(u32::MAX);
                self.tables.push(table.clone());
                Ok(self.graph.add(Op::Look(index, table.reading, x)))
            }
        }
    }

    fn lower_unless_transposed(
        &mut self,
        op: UnaryOp,
        inside: &Expr,
        context: &Context,
    ) -> Result<Id, Fault> {
        if op == UnaryOp::Transpose {
            return self.transposed(inside, context);
        }
        self.lower(inside, context)
    }

    /// An array with its rows as columns. Dimensions are matched by their names, so only one of the
    /// same dimension twice differs from the array itself.
    fn transposed(&mut self, inside: &Expr, context: &Context) -> Result<Id, Fault> {
        let cannot = || {
            let message = "only a name of an array with two subscripts has rows and columns (')";
            Fault::at(Problem::Unsupported(message.to_owned()), inside.span)
        };
        let Node::Name(name, subscripts) = &inside.node else {
            return Err(cannot());
        };
        let Some(Symbol::Array(array)) = self.symbol(name, context.scope) else {
            return self.lower(inside, context);
        };
        if let Some(unsure) = self.all_unsure(array) {
            return Ok(self.variable(unsure));
        }
        let is_whole = subscripts.iter().all(|one| matches!(one, Subscript::All));
        if !is_whole || self.arity(array) != 2 {
            return Err(cannot());
        }
        let mut picks = self.picks(array, subscripts, inside.span, context)?;
        if let [rows, columns] = self.arrays[array].dims.as_slice()
            && rows == columns
        {
            picks.swap(0, 1);
        }
        self.picked(array, &picks, &mut Vec::new(), inside.span)
    }

    /// What a name stands for in a scope. `name$` in a macro of Vensim, and `.name` in XMILE, lead
    /// to the model itself, `module.name` into a module.
    pub(super) fn symbol(&self, name: &Name, scope: usize) -> Option<Symbol> {
        let here = &self.scopes[scope];
        if let Some(symbol) = here.names.get(name) {
            return Some(*symbol);
        }
        let text = name.as_str();
        if here.is_hidden && text.ends_with('$') {
            return self.scopes[0]
                .names
                .get(&Name::new(&text[..text.len() - 1]))
                .copied();
        }
        if let Some(rest) = text.strip_prefix('.') {
            return self.symbol_in(rest, 0);
        }
        self.symbol_in(text, scope)
    }

    fn symbol_in(&self, path: &str, scope: usize) -> Option<Symbol> {
        let mut scope = scope;
        let mut rest = path;
        // A name may have dots itself: the longest module names that fit are taken, one by one.
        while let Some((module, after)) = rest.split_once('.') {
            let Some(&inner) = self.scopes[scope].modules.get(&Name::new(module)) else {
                break;
            };
            scope = inner;
            rest = after;
        }
        self.scopes[scope].names.get(&Name::new(rest)).copied()
    }

    fn named(
        &mut self,
        name: &Name,
        subscripts: &[Subscript],
        span: Span,
        context: &Context,
    ) -> Result<Id, Fault> {
        match self.symbol(name, context.scope) {
            Some(Symbol::Bound(id)) if subscripts.is_empty() => Ok(id),
            Some(Symbol::Bound(_)) => {
                let message = "the input of a macro has no subscripts here".to_owned();
                Err(Fault::at(Problem::Unsupported(message), span))
            }
            Some(Symbol::Array(array)) => {
                if let Some(unsure) = self.all_unsure(array) {
                    return Ok(self.variable(unsure));
                }
                let picks = self.picks(array, subscripts, span, context)?;
                self.picked(array, &picks, &mut Vec::new(), span)
            }
            None if subscripts.is_empty() => {
                let plain = name.as_str().trim_end_matches('$');
                let known = self.positional(name, context);
                let known = match known {
                    Some(position) => Some(self.graph.number(f64::from(position))),
                    None => self.constant(plain, context),
                };
                known.ok_or_else(|| Fault::at(Problem::UnknownName(name.to_string()), span))
            }
            None => Err(Fault::at(Problem::UnknownName(name.to_string()), span)),
        }
    }

    /// The value of an element, or of one that is found while the model runs.
    fn picked(
        &mut self,
        array: usize,
        picks: &[Pick],
        key: &mut Vec<u32>,
        span: Span,
    ) -> Result<Id, Fault> {
        let Some((first, rest)) = picks.split_first() else {
            let known = &self.arrays[array];
            let entry = known.entries.get(key.as_slice()).copied();
            if let (None, Some(unsure)) = (entry, known.unsure) {
                return Ok(self.variable(unsure));
            }
            let message = match entry {
                Some(entry) => match (entry.variable, entry.table) {
                    (Some(variable), _) => return Ok(self.variable(variable)),
                    _ => format!(
                        "“{}” is a table, and needs a value to be read at",
                        known.name
                    ),
                },
                None => {
                    let elements: Vec<_> = key.iter().map(|&one| self.space.written(one)).collect();
                    format!("“{}” has no element [{}]", known.name, elements.join(","))
                }
            };
            return Err(Fault::at(Problem::Subscript(message), span));
        };
        match first {
            Pick::One(element) => {
                key.push(*element);
                let id = self.picked(array, rest, key, span)?;
                key.pop();
                Ok(id)
            }
            Pick::Computed(index, elements) => {
                let mut items = vec![*index];
                for &element in elements {
                    key.push(element);
                    items.push(self.picked(array, rest, key, span)?);
                    key.pop();
                }
                Ok(self.graph.many(Many::Pick, items))
            }
        }
    }

    /// The position of an element or of the element that a dimension stands for, from 1.
    fn positional(&self, name: &Name, context: &Context) -> Option<u32> {
        if let Some(dim) = self.space.dim(name) {
            let element = self.space.in_hand(dim, &context.bound)?;
            return self.space.position_in(dim, element);
        }
        match self.source.dialect {
            Dialect::Vensim => {
                let element = self.space.element(name)?;
                Some(self.space.position(element))
            }
            Dialect::Xmile => {
                let (dim, element) = name.as_str().split_once('.')?;
                let dim = self.space.dim(&Name::new(dim))?;
                let element = self.space.element_of(dim, &Name::new(element))?;
                self.space.position_in(dim, element)
            }
        }
    }

    /// A value of the language itself.
    fn constant(&mut self, name: &str, context: &Context) -> Option<Id> {
        let clock = match (self.source.dialect, name) {
            (_, "time") => Clock::Time,
            (Dialect::Xmile, "dt") => Clock::Step,
            (Dialect::Xmile, "starttime") => Clock::Start,
            (Dialect::Xmile, "stoptime") => Clock::Stop,
            (Dialect::Xmile, "pi") => return Some(self.graph.number(std::f64::consts::PI)),
            (Dialect::Xmile, "inf") => return Some(self.graph.number(f64::INFINITY)),
            (Dialect::Xmile, "nan") => return Some(self.graph.number(f64::NAN)),
            (Dialect::Xmile, "self") => return Some(self.variable(context.variable)),
            _ => return None,
        };
        Some(self.graph.clock(clock))
    }
}

const fn dyadic(op: BinaryOp) -> Dyadic {
    match op {
        BinaryOp::Add => Dyadic::Add,
        BinaryOp::Subtract => Dyadic::Subtract,
        BinaryOp::Multiply => Dyadic::Multiply,
        BinaryOp::Divide => Dyadic::Divide,
        BinaryOp::Power => Dyadic::Power,
        BinaryOp::Modulo => Dyadic::FlooredModulo,
        BinaryOp::Less => Dyadic::Less,
        BinaryOp::LessOrEqual => Dyadic::LessOrEqual,
        BinaryOp::Greater => Dyadic::Greater,
        BinaryOp::GreaterOrEqual => Dyadic::GreaterOrEqual,
        BinaryOp::Equal => Dyadic::Equal,
        BinaryOp::NotEqual => Dyadic::NotEqual,
        BinaryOp::And => Dyadic::And,
        BinaryOp::Or => Dyadic::Or,
    }
}
