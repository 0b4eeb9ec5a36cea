//! What a model is made of for its scores: variables, and between them what no one sees.

use std::collections::HashMap;
use std::sync::Arc;

use thiserror::Error;

use super::code::Code;
use crate::equation::Fault;
use crate::simulate::arithmetic::Many;
use crate::simulate::compile::{Column, Compiled, Grid, Settings, built, state_slot};
use crate::simulate::lower::{Builder, Id, Op};
use crate::simulate::source::{Method, Source};

/// The most instructions of all equations together, each with those of what it hides.
const MOST_INSTRUCTIONS: usize = 20_000_000;

/// Why a run has no scores.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum ScoreError {
    /// The model cannot run.
    #[error("{}", .0.first().map_or_else(String::new, ToString::to_string))]
    Model(Vec<Fault>),
    /// The stocks are not carried by Euler. The formulas take the flows at whole steps, and those of
    /// Runge and Kutta are not what moved the stocks.
    #[error("loops have scores in runs by Euler alone, and this is one of Runge and Kutta")]
    NotEuler(Method),
    /// More than this program takes on.
    #[error("{0}")]
    TooLarge(&'static str),
}

/// Something with a value of its own: a variable, or a hidden stock, kept value or delay.
#[derive(Debug)]
pub(super) struct Part {
    /// Where its value is in a row.
    pub value: u32,
    /// Where in a row is what its equation gives: of a stock its net flow, of others what is kept
    /// next.
    pub result: u32,
    pub code: Code,
    /// Whether what it gives comes later than what it is made of by steps that the formulas do not
    /// know: a delay of whole steps, or a kept value.
    pub is_mixed: bool,
}

/// A model that can be run, with what its scores need.
#[derive(Debug)]
pub struct Wiring {
    /// The model, which saves every step: first the variables, then all else that scores are made of.
    pub(super) compiled: Arc<Compiled>,
    /// The times of the run as a person wants it.
    pub(super) grid: Grid,
    /// First the variables, in the order of the columns of a run; then what is hidden.
    pub(super) parts: Vec<Part>,
    /// How many of them are variables.
    pub(super) visible: usize,
    /// For each part the index of its first input among the inputs of all, and at the end their
    /// number.
    pub(super) first_input: Vec<usize>,
    remarks: Vec<String>,
}

impl Wiring {
    /// What the scores leave out, in sentences.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// How many inputs there are of all equations.
    pub(super) fn input_count(&self) -> usize {
        self.first_input.last().copied().unwrap_or(0)
    }
}

/// Compiles a model, with what its scores need.
///
/// # Errors
/// It cannot run, not by Euler, or is too large.
pub fn wire(source: &Source, settings: &Settings) -> Result<Wiring, ScoreError> {
    let method = settings.method.unwrap_or(source.method);
    if method != Method::Euler {
        return Err(ScoreError::NotEuler(method));
    }
    let (mut compiled, builder) = built(source, settings).map_err(ScoreError::Model)?;
    let numbers = Numbers::of(&builder);
    let slot = |id: Id| compiled.step.slot(id);
    let is_held = |op: &Op| {
        matches!(
            op,
            Op::Clock(_) | Op::Held(_) | Op::Input(_) | Op::Many(Many::Draw(..), _)
        )
    };
    let part_of = |op: &Op| numbers.part_of(op);
    let mut parts: Vec<Part> = Vec::new();
    let mut instructions = 0;
    let mut add = |value: u32, result: Id, is_mixed: bool| {
        let code = Code::new(&builder, result, &part_of, &is_held, &slot);
        instructions += code.cost() as usize;
        if instructions > MOST_INSTRUCTIONS {
            let message = "the model is too large for scores of its loops";
            return Err(ScoreError::TooLarge(message));
        }
        parts.push(Part {
            value,
            result: slot(result),
            code,
            is_mixed,
        });
        Ok(())
    };
    for root in numbers
        .variables
        .iter()
        .filter_map(|&at| builder.vars[at].root)
    {
        add(slot(root), root, false)?;
    }
    // The slots of stocks, kept values and delays stand in this order.
    let mut at = state_slot(0) as u32;
    for state in &builder.states {
        add(at, state.slope, false)?;
        at += 1;
    }
    for held in &builder.helds {
        if let Some(next) = held.next {
            add(at, next, true)?;
        }
        at += 1;
    }
    for pipe in &builder.pipes {
        add(at, pipe.input, true)?;
        at += 1;
    }
    let mut first_input = vec![0];
    let mut count = 0;
    for part in &parts {
        count += part.code.inputs().len();
        first_input.push(count);
    }
    let mut remarks = compiled.remarks().to_vec();
    if !compiled.unknown().is_empty() {
        remarks.push("Loops through what cannot be computed have no scores.".to_owned());
    }
    if !builder.draws.is_empty() {
        remarks.push(
            "Random numbers are taken as they came: what moves their bounds or their mean has no \
             score through them."
                .to_owned(),
        );
    }
    let grid = compiled.grid;
    compiled.grid.save_every = 1;
    put_in_rows(&mut compiled, &mut parts);
    Ok(Wiring {
        visible: numbers.variables.len(),
        grid,
        compiled: Arc::new(compiled),
        parts,
        first_input,
        remarks,
    })
}

/// Adds columns for whatever parts are made of and no variable shows, and has the parts say their
/// places in a row in the stead of slots.
fn put_in_rows(compiled: &mut Compiled, parts: &mut [Part]) {
    let mut places: HashMap<u32, u32> = HashMap::new();
    for (place, column) in (0..).zip(&compiled.columns) {
        places.entry(column.slot).or_insert(place);
    }
    let slots = parts.iter().flat_map(|part| {
        let held = part.code.held_slots();
        [part.value, part.result].into_iter().chain(held)
    });
    for slot in slots {
        places.entry(slot).or_insert_with(|| {
            compiled.columns.push(Column {
                name: String::new(),
                slot,
            });
            compiled.columns.len() as u32 - 1
        });
    }
    let names = compiled.columns.iter().map(|column| column.name.clone());
    compiled.names = names.collect();
    // Each of these slots has its place.
    let place = |slot: u32| places.get(&slot).copied().unwrap_or(0);
    for part in parts {
        part.value = place(part.value);
        part.result = place(part.result);
        part.code.read_held_at(&place);
    }
}

/// Which operation is which part.
struct Numbers {
    /// The variables that are shown.
    variables: Vec<usize>,
    number: HashMap<u32, u32>,
    helds: Vec<Option<u32>>,
    first_state: u32,
    first_pipe: u32,
}

impl Numbers {
    fn of(builder: &Builder<'_>) -> Self {
        let shown = builder.vars.iter().enumerate();
        let shown = shown.filter(|(_, var)| var.is_shown && var.root.is_some());
        let variables: Vec<usize> = shown.map(|(at, _)| at).collect();
        let number: HashMap<u32, u32> = (0..)
            .zip(&variables)
            .map(|(number, at)| (*at as u32, number))
            .collect();
        let first_state = variables.len() as u32;
        let mut next = first_state + builder.states.len() as u32;
        let helds = builder.helds.iter().map(|held| {
            held.next.map(|_| {
                next += 1;
                next - 1
            })
        });
        let helds = helds.collect();
        Self {
            variables,
            number,
            helds,
            first_state,
            first_pipe: next,
        }
    }

    fn part_of(&self, op: &Op) -> Option<u32> {
        match op {
            Op::Variable(at) => self.number.get(at).copied(),
            Op::State(index) => Some(self.first_state + index),
            Op::Held(index) => self.helds.get(*index as usize).copied().flatten(),
            Op::Pipe(index) => Some(self.first_pipe + index),
            _ => None,
        }
    }
}
