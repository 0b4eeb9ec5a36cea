//! Calls: which function, table or macro a name before brackets is.

use std::collections::HashMap;

use super::build::{Builder, Context, Scope, Symbol};
use super::graph::{Id, Op};
use super::reduce::Reduction;
use crate::equation::{Dialect, Expr, Fault, Name, Node, Problem, Reading, Span, Subscript};

/// How deep macros may call each other.
const DEEPEST: usize = 30;

impl<'s> Builder<'s> {
    pub(super) fn call(
        &mut self,
        name: &Name,
        subscripts: &[Subscript],
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Id, Fault> {
        let dialect = self.source.dialect;
        let source = self.source;
        let is_macro = subscripts.is_empty() && source.macros.iter().any(|one| one.name == *name);
        // A macro of Vensim comes before a function of the same name, one of XMILE after it.
        if is_macro && dialect == Dialect::Vensim {
            return self.call_macro(name, None, arguments, span, context);
        }
        if subscripts.is_empty() {
            if let Some(reduction) = Reduction::named(name.as_str(), arguments.len(), dialect) {
                return self.reduce(reduction, arguments, span, context);
            }
            if let Some(id) = self.look(name.as_str(), arguments, span, context)? {
                return Ok(id);
            }
            if let Some(id) = self.function(name.as_str(), arguments, span, context)? {
                return Ok(id);
            }
        }
        if let Some(table) = self.table_named(name, subscripts, span, context)? {
            let [x] = arguments else {
                return Err(wrong(name.as_str(), "is a table and takes one value", span));
            };
            let x = self.lower(x, context)?;
            let reading = self.tables[table as usize].reading;
            return Ok(self.graph.add(Op::Look(table, reading, x)));
        }
        if is_macro {
            return self.call_macro(name, None, arguments, span, context);
        }
        if let Some(refused) = self.refused_of(name, context) {
            return Ok(self.variable(refused));
        }
        if self.symbol(name, context.scope).is_some() {
            return Err(wrong(
                name.as_str(),
                "is a variable and takes no values",
                span,
            ));
        }
        Err(Fault::at(
            Problem::UnknownFunction(said(name, dialect)),
            span,
        ))
    }

    /// Another result of a call of a macro than its value, by its index.
    pub(super) fn result(
        &mut self,
        call: &Expr,
        place: usize,
        context: &Context,
    ) -> Result<Id, Fault> {
        match &call.node {
            Node::Call(name, _, arguments) => {
                self.call_macro(name, Some(place), arguments, call.span, context)
            }
            _ => Err(Fault::at(Problem::NoEquation, call.span)),
        }
    }

    /// Functions whose first argument is a table.
    fn look(
        &mut self,
        name: &str,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Option<Id>, Fault> {
        let (reading, is_inverted) = match (self.source.dialect, name) {
            (Dialect::Xmile, "lookup") => (None, false),
            (Dialect::Vensim, "lookup_forward") => (Some(Reading::Higher), false),
            (Dialect::Vensim, "lookup_backward") => (Some(Reading::Lower), false),
            (Dialect::Vensim, "lookup_extrapolate" | "tabxl") => (Some(Reading::Beyond), false),
            (_, "lookup_invert" | "lookupinv") => (Some(Reading::Between), true),
            _ => return Ok(None),
        };
        let takes = "takes a table and a value";
        let [first, x] = arguments else {
            return Err(wrong(name, takes, span));
        };
        let Node::Name(table, subscripts) = &first.node else {
            return Err(wrong(name, takes, span));
        };
        let refused = self.refused_of(table, context);
        let mut table = match self.table_named(table, subscripts, first.span, context)? {
            Some(table) => table,
            None => match refused {
                Some(refused) => return Ok(Some(self.variable(refused))),
                None => return Err(wrong(name, takes, first.span)),
            },
        };
        let x = self.lower(x, context)?;
        if is_inverted {
            let inverted = self.tables[table as usize].inverted();
            table = u32::try_from(self.tables.len()).unwrap_or(u32::MAX);
            self.tables.push(inverted);
        }
        let reading = reading.unwrap_or(self.tables[table as usize].reading);
        Ok(Some(self.graph.add(Op::Look(table, reading, x))))
    }

    /// A call of a macro: variables of its own, hidden, for this place and element. It gives the
    /// value of the macro, or one of its other results by its index.
    fn call_macro(
        &mut self,
        name: &Name,
        result: Option<usize>,
        arguments: &[Expr],
        span: Span,
        context: &Context,
    ) -> Result<Id, Fault> {
        let source: &'s _ = self.source;
        let Some(called) = source.macros.iter().find(|one| one.name == *name) else {
            return Err(Fault::at(Problem::UnknownFunction(name.to_string()), span));
        };
        let wanted = match result {
            None => &called.name,
            Some(place) => called.results.get(place).ok_or_else(|| {
                let wanted = format!("is a macro with {} other results", called.results.len());
                wrong(name.as_str(), &wanted, span)
            })?,
        };
        let expr = Expr::name(wanted.clone(), span);
        let within = |scope: usize| Context {
            scope,
            variable: context.variable,
            ..Context::default()
        };
        // All results of a call come from the same variables.
        let call = (context.scope, span, context.bound.clone());
        let is_shared = !called.results.is_empty();
        if let Some(&scope) = self.calls.get(&call).filter(|_| is_shared) {
            return self.lower(&expr, &within(scope));
        }
        let depth = self.scopes[context.scope].depth + 1;
        if depth > DEEPEST {
            let message = format!("the macro {name} calls itself without an end");
            return Err(Fault::at(Problem::TooLarge(message), span));
        }
        if arguments.len() > called.inputs.len() {
            let wanted = format!("is a macro and takes {} values", called.inputs.len());
            return Err(wrong(name.as_str(), &wanted, span));
        }
        let mut names = HashMap::new();
        for (index, (input, default)) in called.inputs.iter().enumerate() {
            let Some(value) = arguments.get(index).or(default.as_ref()) else {
                let wanted = format!("is a macro and takes {} values", called.inputs.len());
                return Err(wrong(name.as_str(), &wanted, span));
            };
            let id = self.lower(value, context)?;
            names.insert(input.clone(), Symbol::Bound(id));
        }
        let scope = self.scopes.len();
        let caller = self
            .vars
            .get(context.variable as usize)
            .map_or("", |var| &var.name);
        let prefix = format!("{caller}: {name}.");
        self.scopes.push(Scope {
            names,
            modules: HashMap::new(),
            prefix,
            is_hidden: true,
            depth,
        });
        if is_shared {
            self.calls.insert(call, scope);
        }
        self.declare_variables(&called.variables, scope, &HashMap::new());
        self.lower(&expr, &within(scope))
    }
}

/// A function's name as its language writes it.
fn said(name: &Name, dialect: Dialect) -> String {
    match dialect {
        Dialect::Vensim => name.as_str().replace('_', " ").to_uppercase(),
        Dialect::Xmile => name.as_str().to_uppercase(),
    }
}

/// A fault of arguments.
pub(super) fn wrong(function: &str, wanted: &str, span: Span) -> Fault {
    Fault::at(
        Problem::Arguments {
            function: function.replace('_', " ").to_uppercase(),
            wanted: wanted.to_owned(),
        },
        span,
    )
}
