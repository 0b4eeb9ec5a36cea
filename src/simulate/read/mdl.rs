//! Reading a Vensim model.

use super::dimension::{dimension, written};
use super::entries::entries;
use super::results;
use crate::equation::lex::lex;
use crate::equation::parse::Parser;
use crate::equation::{Dialect, Expr, Fault, Name, Problem, Span};
use crate::simulate::source::{
    Body, Dimension, Equation, Kind, Macro, Method, Model, Source, Times, Variable,
};
use std::collections::HashMap;

/// Where the sketches begin: no equations after it.
const SKETCH: &str = "\\\\\\---///";
const MACRO: &str = ":macro:";
const END_OF_MACRO: &str = ":end of macro:";

/// What one entry says.
enum Said {
    Dimension(Dimension),
    /// A variable; and those that get other results of the macro that it calls.
    Equation(Variable, Vec<Variable>),
    Nothing,
}

/// Reads a model.
pub(super) fn read(text: &str) -> Result<Source, Vec<Fault>> {
    if text.len() > super::LARGEST_TEXT {
        let message = "the text is too large".to_owned();
        return Err(vec![Fault::whole(Problem::TooLarge(message))]);
    }
    let end = text.find(SKETCH).unwrap_or(text.len());
    let mut reader = Reader {
        text,
        dimensions: Vec::new(),
        root: Vars::default(),
        macros: Vec::new(),
        open: None,
        remarks: Vec::new(),
        faults: Vec::new(),
    };
    for entry in entries(&text[..end]) {
        let units = text.get(entry.units).unwrap_or_default().trim();
        if let Err(fault) = reader.entry(entry.equation.start, entry.equation.end, units) {
            reader.faults.push(fault);
        }
    }
    if let Some(open) = &reader.open {
        let message = "a macro begins here and does not end".to_owned();
        reader
            .faults
            .push(Fault::at(Problem::Syntax(message), open.0.span));
    }
    if !reader.faults.is_empty() {
        return Err(reader.faults);
    }
    let name = |name: &str| Expr::name(Name::new(name), Span::default());
    Ok(Source {
        dialect: Dialect::Vensim,
        times: Times {
            start: name("INITIAL TIME"),
            stop: name("FINAL TIME"),
            step: name("TIME STEP"),
            is_reciprocal: false,
            save: reader
                .root
                .by_name
                .contains_key(&Name::new("SAVEPER"))
                .then(|| name("SAVEPER")),
        },
        method: method(&text[end..]),
        dimensions: reader.dimensions,
        models: vec![Model {
            name: None,
            variables: reader.root.variables,
            modules: Vec::new(),
        }],
        macros: reader.macros,
        remarks: reader.remarks,
    })
}

/// The fourth number of the line `15:` after the sketch.
fn method(settings: &str) -> Method {
    let line = settings.lines().find_map(|line| line.strip_prefix("15:"));
    let number = line.and_then(|line| line.split(',').nth(3)).map(str::trim);
    match number {
        Some("1" | "5") => Method::Rk4,
        Some("3" | "4") => Method::Rk2,
        _ => Method::Euler,
    }
}

/// Variables, with the equations of one name together.
#[derive(Default)]
struct Vars {
    variables: Vec<Variable>,
    by_name: HashMap<Name, usize>,
}

impl Vars {
    fn add(&mut self, variable: Variable) {
        if let Some(&index) = self.by_name.get(&variable.key) {
            let known = &mut self.variables[index];
            known.equations.extend(variable.equations);
            if known.units.is_empty() {
                known.units = variable.units;
            }
            return;
        }
        self.by_name
            .insert(variable.key.clone(), self.variables.len());
        self.variables.push(variable);
    }
}

struct Reader<'t> {
    text: &'t str,
    dimensions: Vec<Dimension>,
    root: Vars,
    macros: Vec<Macro>,
    /// The macro that is being read.
    open: Option<(Macro, Vars)>,
    remarks: Vec<String>,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn entry(&mut self, mut start: usize, end: usize, units: &str) -> Result<(), Fault> {
        loop {
            let text = &self.text[start..end];
            start = end
                - text
                    .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
                    .len();
            let text = &self.text[start..end];
            let begins = |word: &str| {
                let head = text.get(..word.len());
                head.is_some_and(|head| head.eq_ignore_ascii_case(word))
            };
            if begins(MACRO) {
                start = self.begin_macro(start + MACRO.len(), end)?;
            } else if begins(END_OF_MACRO) {
                self.end_macro(start)?;
                start += END_OF_MACRO.len();
            } else if text.starts_with("***") || text.is_empty() {
                return Ok(());
            } else if text.starts_with('{') && text.find('}').is_some() {
                start += text.find('}').map_or(0, |index| index + 1);
            } else if begins(":the condition:") || begins(":test input:") {
                self.remarks
                    .push("A reality check was left out.".to_owned());
                return Ok(());
            } else {
                break;
            }
        }
        let equals = left_side(&self.text[start..end]);
        let said = self.said(start, end, units).map_err(|fault| {
            let name = &self.text[start..start + equals];
            let name = name.split(['[', '(']).next().unwrap_or_default();
            let words: Vec<_> = name.split_whitespace().collect();
            fault.of(words.join(" ").trim_matches('"'))
        });
        match said? {
            Said::Dimension(dimension) => self.dimensions.push(dimension),
            Said::Equation(variable, others) => {
                let variables = match &mut self.open {
                    Some((_, variables)) => variables,
                    None => &mut self.root,
                };
                variables.add(variable);
                others.into_iter().for_each(|other| variables.add(other));
            }
            Said::Nothing => {}
        }
        Ok(())
    }

    /// Reads the head of a macro, and says where its first equation begins.
    fn begin_macro(&mut self, start: usize, end: usize) -> Result<usize, Fault> {
        let text = &self.text[start..end];
        let close = text.find(')').map_or(text.len(), |index| index + 1);
        let mut parser = Parser::new(
            lex(&text[..close], start, Dialect::Vensim)?,
            Dialect::Vensim,
        );
        let span = parser.span();
        let name = parser.name()?;
        parser.expect("(")?;
        let mut inputs = Vec::new();
        let mut results = Vec::new();
        let mut is_input = true;
        while !parser.take(")") {
            match is_input {
                true => inputs.push((parser.name()?, None)),
                false => results.push(parser.name()?),
            }
            if is_input && parser.take(":") {
                is_input = false;
            } else if !parser.is(")") {
                parser.expect(",")?;
            }
        }
        if self.open.is_some() {
            let message = "a macro begins within another".to_owned();
            return Err(Fault::at(Problem::Syntax(message), span));
        }
        let begun = Macro {
            name,
            inputs,
            results,
            variables: Vec::new(),
            span,
        };
        self.open = Some((begun, Vars::default()));
        Ok(start + close)
    }

    fn end_macro(&mut self, start: usize) -> Result<(), Fault> {
        let Some((mut done, variables)) = self.open.take() else {
            let message = "no macro ends here".to_owned();
            let span = Span {
                start,
                end: start + END_OF_MACRO.len(),
            };
            return Err(Fault::at(Problem::Syntax(message), span));
        };
        done.variables = variables.variables;
        self.macros.push(done);
        Ok(())
    }

    fn said(&mut self, start: usize, end: usize, units: &str) -> Result<Said, Fault> {
        let text = &self.text[start..end];
        if text.trim().is_empty() {
            return Ok(Said::Nothing);
        }
        let upper = text.to_ascii_uppercase();
        let special = special(&upper);
        // What is special is not made of the words and signs of an expression.
        let head = special.as_ref().map_or(text.len(), |(length, _)| *length);
        // What cannot be read of one variable keeps no other from running, as long as it is clear
        // which variable it is.
        let (tokens, wrong) = match lex(&text[..head], start, Dialect::Vensim) {
            Ok(tokens) => (tokens, None),
            Err(fault) => {
                let equals = left_side(&text[..head]);
                let left = lex(&text[..equals], start, Dialect::Vensim);
                (left.map_err(|_| fault.clone())?, Some(fault))
            }
        };
        let (tokens, results) = results::taken(tokens);
        let mut parser = Parser::new(tokens, Dialect::Vensim);
        let span = parser.span();
        let name = parser.name()?;
        if special.is_none() && (parser.is(":") || parser.is("<->")) {
            let dimension = dimension(&mut parser, name, span, self.text)?;
            return Ok(Said::Dimension(dimension));
        }
        let left = if parser.take("[") {
            names(&mut parser)?
        } else {
            Vec::new()
        };
        let mut except = Vec::new();
        if parser.take("except") {
            loop {
                parser.expect("[")?;
                except.push(names(&mut parser)?);
                if !parser.take(",") {
                    break;
                }
            }
        }
        let body = match (wrong, special) {
            (Some(fault), _) => Err(fault),
            (None, Some((_, Special::Array(range)))) => {
                tabbed(&text[range.clone()], start + range.start)
            }
            (None, Some((_, Special::Refused(reason)))) => Ok(Body::Refused(reason.to_owned())),
            (None, None) => body(&mut parser),
        };
        let (body, others) = match (body, results) {
            (Ok(Body::Value(call)), Some(results)) => {
                let others =
                    results.and_then(|results| results::variables(self.text, &call, results));
                match others {
                    Ok(others) => (Ok(Body::Value(call)), others),
                    Err(fault) => (Err(fault), Vec::new()),
                }
            }
            (Ok(_), Some(_)) => (Err(results::misplaced(span)), Vec::new()),
            (body, _) => (body, Vec::new()),
        };
        let body = match body {
            Err(fault) if matches!(fault.problem, Problem::TooLarge(_)) => return Err(fault),
            body => body.unwrap_or_else(|fault| Body::Unreadable(Box::new(fault))),
        };
        let span = Span {
            start: span.start,
            end: span.end,
        };
        let variable = Variable {
            name: written(self.text, span),
            key: name,
            kind: Kind::Auxiliary,
            dimensions: Vec::new(),
            equations: vec![Equation {
                left,
                except,
                body,
                initial: None,
                span: Span { start, end },
            }],
            units: units.to_owned(),
            span,
        };
        Ok(Said::Equation(variable, others))
    }
}

/// What an equation is made of beside expressions.
enum Special {
    Array(std::ops::Range<usize>),
    Refused(&'static str),
}

/// What is special in an equation in capital letters, and how long its left side is.
fn special(upper: &str) -> Option<(usize, Special)> {
    let data = "it takes its values from data, which are not in the file";
    let data_words = [
        ":INTERPOLATE:",
        ":RAW:",
        ":HOLD BACKWARD:",
        ":LOOK FORWARD:",
    ];
    if let Some(at) = data_words.iter().filter_map(|word| upper.find(word)).min() {
        return Some((at, Special::Refused(data)));
    }
    let equals = left_side(upper);
    let right = &upper[equals..];
    if right.starts_with(":=") {
        return Some((equals, Special::Refused(data)));
    }
    let value = right.trim_start_matches(['=', ' ', '\t', '\r', '\n', '\\']);
    let words = || {
        value
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
    };
    if words().next() == Some("TABBED") && words().nth(1) == Some("ARRAY") {
        let open = upper.len() - value.len() + value.find('(')? + 1;
        let close = open + upper[open..].rfind(')')?;
        return Some((equals, Special::Array(open..close)));
    }
    if words().next() == Some("GET")
        && words()
            .nth(1)
            .is_some_and(|word| matches!(word, "XLS" | "DIRECT" | "123" | "VDF" | "ODBC" | "DATA"))
    {
        return Some((
            equals,
            Special::Refused("it reads another file, which cannot run here"),
        ));
    }
    if value.starts_with("A FUNCTION OF") {
        return Some((equals, Special::Refused("it has no equation yet")));
    }
    None
}

/// Where the left side ends: at `=` or `:=` outside of quotes.
fn left_side(upper: &str) -> usize {
    let mut is_quoted = false;
    let mut before = ' ';
    for (index, character) in upper.char_indices() {
        match character {
            '"' if before != '\\' => is_quoted = !is_quoted,
            '=' if !is_quoted => return if before == ':' { index - 1 } else { index },
            _ => {}
        }
        before = character;
    }
    upper.len()
}

pub(super) fn names(parser: &mut Parser) -> Result<Vec<Name>, Fault> {
    let mut names = vec![parser.name()?];
    while parser.take(",") {
        names.push(parser.name()?);
    }
    parser.expect("]")?;
    Ok(names)
}

fn body(parser: &mut Parser) -> Result<Body, Fault> {
    if parser.take("(") {
        let table = parser.points()?;
        parser.end()?;
        return Ok(Body::Table(table));
    }
    if parser.is_end() {
        return Ok(Body::Refused(
            "it takes its values from data, which are not in the file".to_owned(),
        ));
    }
    if !parser.take("==") {
        parser.expect("=")?;
    }
    if parser.is_end() {
        return Ok(Body::Missing);
    }
    let first = parser.expr()?;
    if parser.is_end() {
        return Ok(Body::Value(first));
    }
    let mut list = vec![constant(&first)?];
    while parser.take(",") || parser.take(";") {
        if !parser.is_end() {
            list.push(constant(&parser.expr()?)?);
        }
    }
    parser.end()?;
    Ok(Body::List(list))
}

fn constant(expr: &Expr) -> Result<f64, Fault> {
    expr.literal().ok_or_else(|| {
        let message = "a list of values is made of numbers".to_owned();
        Fault::at(Problem::Syntax(message), expr.span)
    })
}

/// Numbers between blanks and line breaks.
fn tabbed(text: &str, start: usize) -> Result<Body, Fault> {
    let words = text.split(|c: char| c.is_whitespace() || c == '\\');
    let numbers = words.filter(|word| !word.is_empty()).map(|word| {
        word.parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .ok_or_else(|| {
                let message = format!("{word} in a tabbed array is no number");
                Fault::at(
                    Problem::Syntax(message),
                    Span {
                        start,
                        end: start + text.len(),
                    },
                )
            })
    });
    Ok(Body::List(numbers.collect::<Result<_, _>>()?))
}
