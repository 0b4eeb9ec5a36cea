//! What people wrote to be computed: equations, tables, units and ranges, as Vensim writes them.

use std::collections::BTreeSet;

use super::Writer;
use crate::equation::{Dialect, Expr, Name, Node, parse};
use crate::format::foreign::{NamedLoss, has_equation, number_text};
use crate::format::reader::Warning;
use crate::format::vensim::names::written;
use crate::format::vensim::translate::{Language, Lookup, Untranslated, spelled};
use crate::model::{
    Document, FlowSide, ForeignFormat, Id, TableFunction, TableKind, ValueRange, Variable,
    VariableKind, flows_of,
};

/// What of equations and tables a Vensim text cannot say, by name.
#[derive(Debug, Default)]
pub struct Unsaid {
    /// Equations with something that Vensim has no word for.
    words: NamedLoss,
    /// Equations that cannot be read.
    unread: NamedLoss,
    /// Stocks that are never negative.
    non_negative: NamedLoss,
    /// Tables of stocks, and tables of the text that are not straight between and flat beyond their
    /// points.
    pub tables: NamedLoss,
}

impl Unsaid {
    /// One warning for each kind.
    pub fn warnings(&self) -> impl Iterator<Item = Warning> {
        let all = [
            self.words.loss(
                "equation has something that Vensim has no word for, and is left out",
                "equations have something that Vensim has no word for, and are left out",
            ),
            self.unread.loss(
                "equation cannot be read and is left out",
                "equations cannot be read and are left out",
            ),
            self.non_negative.loss(
                "stock is never negative here, which a stock in Vensim cannot be told to be",
                "stocks are never negative here, which stocks in Vensim cannot be told to be",
            ),
            self.tables.loss(
                "table is left out, or is written as one that is straight between its points and flat beyond them",
                "tables are left out, or are written as ones that are straight between their points and flat beyond them",
            ),
        ];
        all.into_iter().flatten()
    }
}

/// The language of the equations that people wrote in a document.
pub fn dialect_of(document: &Document) -> Dialect {
    match document.source_text() {
        Some(source) if source.format == ForeignFormat::Vensim => Dialect::Vensim,
        _ => Dialect::Xmile,
    }
}

impl Writer<'_, '_> {
    /// Gives the tables that equations read names of their own, where a variable is more than its
    /// table.
    pub(super) fn name_lookups(&mut self) {
        let document = self.document;
        let read = self.tables_read();
        for (id, variable) in document.variables() {
            let Some(table) = &variable.table else {
                continue;
            };
            let name = self.naming.names.get(id).cloned().unwrap_or_default();
            let is_apart = table.kind != TableKind::Continuous
                || variable.non_negative && variable.kind == VariableKind::Rate
                || read.contains(id);
            let name = match (has_equation(variable) || self.has_value(*id), is_apart) {
                (false, _) => name,
                (true, true) => self.labels.give(&format!("{name} table")),
                (true, false) => continue,
            };
            let kind = table.kind;
            self.lookups.insert(*id, Lookup { name, kind });
        }
        self.spelled = spelled(&self.naming, &self.lookups);
    }

    /// Whether the text has an equation for a variable.
    fn has_value(&self, id: Id) -> bool {
        use crate::format::vensim::equations::BlockKind;
        let index = self.indices.get(&id);
        let blocks = index.map(|index| &self.drawn.variables[*index].blocks);
        let mut blocks = blocks.into_iter().flatten();
        blocks.any(|block| self.source.blocks[*block].kind == BlockKind::Equation)
    }

    /// The variables whose tables others read.
    fn tables_read(&self) -> BTreeSet<Id> {
        let dialect = dialect_of(self.document);
        let mut names = Vec::new();
        for variable in self.document.variables().values() {
            if let Ok(expr) = parse(&variable.equation, 0, dialect) {
                tables_in(&expr, &mut names);
            }
        }
        names
            .iter()
            .filter_map(|name| self.rewording.id(name))
            .collect()
    }

    /// The equation that somebody wrote for a variable, as Vensim says it; none where there is none,
    /// or it cannot be said.
    fn value(&mut self, id: Id, variable: &Variable) -> Option<String> {
        if !has_equation(variable) {
            return None;
        }
        if dialect_of(self.document) == Dialect::Vensim {
            let equation = self.rewording.equation(&variable.equation, Dialect::Vensim);
            return Some(one_equation(&equation));
        }
        let language = Language {
            rewording: &self.rewording,
            naming: &self.naming,
            lookups: &self.lookups,
            spelled: &self.spelled,
        };
        match language.equation(id, &variable.equation) {
            Ok(equation) => Some(equation),
            Err(Untranslated::NoWord(word)) => {
                self.unsaid
                    .words
                    .add(format!("{} ({word})", variable.in_sentence()));
                None
            }
            Err(Untranslated::Unread) => {
                self.unsaid.unread.add(variable.in_sentence());
                None
            }
        }
    }

    /// The right side of a stock: what flows, and what it begins with.
    pub(super) fn level(&self, id: Id, start: &str) -> String {
        let mut rate = String::new();
        // What fills comes before what drains, as a run of the document adds it up.
        let mut flows = flows_of(self.document, id);
        flows.sort_by_key(|(side, _)| *side);
        for (side, flow) in flows {
            let sign = match side {
                FlowSide::In if rate.is_empty() => "",
                FlowSide::In => " + ",
                FlowSide::Out if rate.is_empty() => "-",
                FlowSide::Out => " - ",
            };
            rate.push_str(sign);
            rate.push_str(&self.name(flow));
        }
        if rate.is_empty() {
            rate.push('0');
        }
        let newline = self.newline;
        format!("INTEG (\\{newline}\t\t{rate},{newline}\t\t{start})")
    }

    /// What stands right of the name of a variable, and the blocks of tables that it needs; none
    /// where nobody wrote an equation or a table, or it cannot be said.
    pub(super) fn right_side(&mut self, id: Id, variable: &Variable) -> Option<(String, String)> {
        let value = self.value(id, variable);
        if variable.kind == VariableKind::Stock {
            if variable.non_negative && value.is_some() {
                self.unsaid.non_negative.add(variable.in_sentence());
            }
            if variable.table.is_some() {
                self.unsaid.tables.add(variable.in_sentence());
            }
            let level = self.level(id, &value?);
            return Some((format!(" = {level}"), String::new()));
        }
        let (value, apart) = match (value, &variable.table) {
            (Some(value), Some(table)) => self.through(id, variable, &value, table),
            (Some(value), None) => (value, String::new()),
            // An equation that cannot be said has no place for its table.
            (None, Some(_)) if has_equation(variable) => return None,
            (None, Some(table)) => return Some((points(table), String::new())),
            (None, None) => return None,
        };
        let is_limited = variable.non_negative && variable.kind == VariableKind::Rate;
        let value = if is_limited {
            format!("MAX(0, {value})")
        } else {
            value
        };
        Some((format!(" = {value}"), apart))
    }

    /// An equation through a table, and the block of the table where it stands apart.
    pub(super) fn through(
        &self,
        id: Id,
        variable: &Variable,
        value: &str,
        table: &TableFunction,
    ) -> (String, String) {
        let Some(lookup) = self.lookups.get(&id) else {
            let value = format!("WITH LOOKUP ({value}, {})", points(table));
            return (value, String::new());
        };
        let name = written(&lookup.name);
        let newline = self.newline;
        let said = format!("The table of {}.", variable.in_sentence());
        let block = format!(
            "{name}{}{newline}\t~\t{newline}\t~\t{}{newline}\t|{newline}{newline}",
            points(table),
            plain(&said),
        );
        let value = match table.kind {
            TableKind::Continuous => format!("{name}({value})"),
            TableKind::Extrapolated => format!("LOOKUP EXTRAPOLATE({name}, {value})"),
            TableKind::Steps => format!("LOOKUP BACKWARD({name}, {value})"),
        };
        (value, block)
    }
}

/// Units and range as they stand between `~` and `~`.
pub(super) fn units_text(units: &str, range: Option<ValueRange>) -> String {
    let units = plain(units).replace('[', "(").replace(']', ")");
    let range = range.map(|range| {
        let [least, most] = [range.least, range.most].map(number_text);
        format!("[{least},{most}]")
    });
    let parts = [Some(units), range].into_iter().flatten();
    let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// A text in one line, without the signs that end a part of a block.
fn plain(text: &str) -> String {
    let text = text.replace('~', "-").replace(['|', '\\'], "/");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An equation that somebody wrote, without what would end its block: signs of that kind stand in
/// quotes and remarks only.
fn one_equation(equation: &str) -> String {
    let mut quoted = false;
    let equation = equation.trim().chars().map(|character| {
        quoted ^= character == '"';
        match character {
            '~' | '|' if !quoted => ' ',
            other => other,
        }
    });
    equation.collect()
}

/// The points of a table, with the part of the plane that they are drawn in.
pub(super) fn points(table: &TableFunction) -> String {
    let all = table.points.iter();
    let bound = |pick: fn(&(f64, f64)) -> f64, best: fn(f64, f64) -> f64| {
        let bound = all.clone().map(pick).reduce(best);
        number_text(bound.unwrap_or_default())
    };
    let low = (bound(|p| p.0, f64::min), bound(|p| p.1, f64::min));
    let high = (bound(|p| p.0, f64::max), bound(|p| p.1, f64::max));
    let listed = all
        .clone()
        .map(|(x, y)| format!("({},{})", number_text(*x), number_text(*y)));
    let listed: Vec<String> = listed.collect();
    format!(
        "([({},{})-({},{})],{})",
        low.0,
        low.1,
        high.0,
        high.1,
        listed.join(",")
    )
}

/// The names that an expression reads as tables.
fn tables_in(expr: &Expr, names: &mut Vec<Name>) {
    match &expr.node {
        Node::Call(name, _, arguments) => {
            names.push(name.clone());
            if let ("lookup" | "lookupinv", Some(Node::Name(table, _))) =
                (name.as_str(), arguments.first().map(|first| &first.node))
            {
                names.push(table.clone());
            }
            arguments.iter().for_each(|one| tables_in(one, names));
        }
        Node::Unary(_, inside) | Node::Inline(inside, _) => tables_in(inside, names),
        Node::Binary(_, sides) => sides.iter().for_each(|one| tables_in(one, names)),
        Node::If(parts) => parts.iter().for_each(|one| tables_in(one, names)),
        Node::Number(_) | Node::Name(..) => {}
    }
}
