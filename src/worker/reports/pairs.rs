//! The table of all pairs: how each variable stands once another was pushed up for good.

use super::{Made, ReportWork};
use crate::causal::press::{CELLS, METHOD, PressAnalysis, Response, pair_table};
use crate::model::{Document, Id, IdSource, in_sentence};
use crate::worker::list::Table;
use crate::worker::report::Block;

/// How many variables the table has.
const MOST: usize = 40;

/// The report in the making.
#[derive(Debug)]
pub(in crate::worker) struct PairWork {
    press: PressAnalysis,
}

impl PairWork {
    pub(in crate::worker) fn new(document: &Document) -> Self {
        Self {
            press: PressAnalysis::new(document),
        }
    }
}

impl ReportWork for PairWork {
    fn advance(&mut self, _budget: u64, document: &Document, _ids: &mut IdSource) -> Option<Made> {
        if self.press.advance() {
            return None;
        }
        Some(written(document, &self.press).into())
    }
}

fn written(document: &Document, press: &PressAnalysis) -> Vec<Block> {
    if document.links().is_empty() {
        let words = "Draw links between variables to see how each works on the others.";
        return vec![Block::Words(words.to_owned())];
    }
    let table = pair_table(document, press, MOST);
    let name = |id: &Id| {
        let variable = document.variables().get(id);
        in_sentence(variable.map_or("", |variable| &variable.name))
    };
    let mut heads = vec!["Pushed up".to_owned()];
    heads.extend(table.variables.iter().map(name));
    let rows = table.variables.iter().zip(&table.rows);
    let rows = rows.map(|(pushed, answers)| {
        let cells = answers.iter().copied().map(Response::cell);
        [name(pushed)].into_iter().chain(cells).collect()
    });
    let rows = rows.collect();
    let mut blocks = vec![
        Block::Words(
            "A row is a variable that is pushed up, a column is how another one stands then."
                .to_owned(),
        ),
        Block::Words(METHOD.to_owned()),
        Block::Table(Table { heads, rows }),
        Block::Words(CELLS.to_owned()),
    ];
    if table.left_out > 0 {
        blocks.push(Block::Words(format!(
            "The table has the {MOST} variables with most links; {} more are not in it.",
            table.left_out
        )));
    }
    blocks
}
