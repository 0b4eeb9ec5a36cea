//! What a text says of variables, for people to read.

use std::ops::Range;

use super::Writer;
use crate::equation::{Dialect, Node, Table, parse};
use crate::format::foreign::{Told, number, table_function};
use crate::format::stated::{ElementEquation, StatedEquation};
use crate::format::vensim::equations::{BlockKind, comment_text};
use crate::format::vensim::expression::{arguments, first_argument, tokens};
use crate::model::{TableFunction, ValueRange};

impl Writer<'_, '_> {
    /// What the text says, with the names that the variables of the document have.
    pub(super) fn told(&mut self) -> Told {
        self.name_all();
        let mut told = Told::default();
        for (id, name) in &self.naming.names {
            told.names.push((name.clone(), *id));
            let index = self.indices.get(id);
            let blocks = index.map(|index| &self.drawn.variables[*index].blocks);
            if let Some(blocks) = blocks.filter(|blocks| !blocks.is_empty()) {
                told.equations.insert(*id, self.stated(blocks));
            }
        }
        told
    }

    fn stated(&self, blocks: &[usize]) -> StatedEquation {
        let text = self.source.text;
        let mut stated = StatedEquation::default();
        for index in blocks {
            let block = &self.source.blocks[*index];
            let field = |range: &Option<Range<usize>>| {
                let range = range.clone();
                range.map_or("", |range| &text[range]).trim()
            };
            let units = field(&block.units);
            let (units, range) = units.split_once('[').unwrap_or((units, ""));
            if stated.units.is_empty() {
                units.trim().clone_into(&mut stated.units);
            }
            stated.range = stated.range.or_else(|| range_of(range));
            if stated.documentation.is_empty() {
                stated.documentation = comment_text(field(&block.comment));
            }
            let (equation, rate) = if block.kind == BlockKind::Lookup {
                let points = &text[block.expression.clone()];
                let table = table_in(&format!("WITH LOOKUP(0, {points})"));
                stated.table = stated.table.take().or(table);
                (String::new(), String::new())
            } else {
                if stated.table.is_none() {
                    stated.table = table_in(&text[block.expression.clone()]);
                }
                self.sides_of(block.expression.clone())
            };
            if stated.rate.is_empty() {
                stated.rate = rate;
            }
            stated.equations.push(ElementEquation {
                elements: self.elements_of(*index),
                equation,
            });
        }
        stated
    }

    /// The subscripts of the left side of a block.
    fn elements_of(&self, block: usize) -> String {
        let block = &self.source.blocks[block];
        let left = self.source.text[block.name.end..block.expression.start].trim_start();
        let inside = left.strip_prefix('[').and_then(|left| left.split_once(']'));
        let (inside, _) = inside.unwrap_or_default();
        let parts = inside.split(',').map(str::trim);
        parts.collect::<Vec<_>>().join(", ")
    }

    /// An expression without its table; of a stock, what it begins with and by what it changes.
    fn sides_of(&self, expression: Range<usize>) -> (String, String) {
        let text = self.source.text;
        let all = tokens(text, expression.clone());
        if let Some(inside) = arguments(text, &all, "integ") {
            let change = first_argument(inside);
            if let (Some(first), Some(comma)) = (change.first(), inside.get(change.len())) {
                let close = all.get(inside.len() + 2);
                let end = close.map_or(expression.end, |close| close.range.start);
                let start = self.renamed(comma.range.end..end);
                let rate = self.renamed(first.range.start..comma.range.start);
                return (one_line(&start), one_line(&rate));
            }
        }
        // A list of causes is none that can be worked out.
        if arguments(text, &all, "a function of").is_some() {
            return (String::new(), String::new());
        }
        (one_line(&self.without_table(expression)), String::new())
    }
}

/// A text with lines that go on joined.
fn one_line(text: &str) -> String {
    let text = text.replace("\\\r\n", " ").replace("\\\n", " ");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The table that an expression is read through.
fn table_in(expression: &str) -> Option<TableFunction> {
    let expr = parse(expression.trim(), 0, Dialect::Vensim).ok()?;
    let of_table = |table: &Table| table_function(table);
    match &expr.node {
        Node::Inline(_, table) => of_table(table),
        _ => None,
    }
}

/// The range in brackets, the first of which is gone.
fn range_of(range: &str) -> Option<ValueRange> {
    let (inside, _) = range.split_once(']')?;
    let mut numbers = inside.split(',').map(number);
    let (least, most) = (numbers.next()??, numbers.next()??);
    (least <= most).then_some(ValueRange { least, most })
}
