//! What a module imports, beside its memory: what no instruction of WebAssembly does. It is the same
//! functions that the interpreter calls, so both give the same bits.

use crate::simulate::arithmetic::{Draw, Dyadic, Many, Monadic};
use crate::simulate::compile::Compiled;
use crate::simulate::program::Code;
use crate::simulate::random::Series;

/// The operations that are imported, by their numbers.
pub(super) const ONES: [Monadic; 14] = [
    Monadic::Exp,
    Monadic::Ln,
    Monadic::Log10,
    Monadic::Sin,
    Monadic::Cos,
    Monadic::Tan,
    Monadic::Arcsin,
    Monadic::Arccos,
    Monadic::Arctan,
    Monadic::Sinh,
    Monadic::Cosh,
    Monadic::Tanh,
    Monadic::Round,
    Monadic::GammaLn,
];
pub(super) const TWOS: [Dyadic; 3] = [
    Dyadic::Power,
    Dyadic::FlooredModulo,
    Dyadic::TruncatedModulo,
];
pub(super) const FIVES: [Many; 2] = [Many::PulseTrain, Many::PulseEvery];
pub(super) const LISTS: [Many; 4] = [Many::SortOrder, Many::Rank, Many::Price, Many::Share];

/// The number of an operation; none where it is not imported.
pub(super) fn number_of<T: PartialEq>(operations: &[T], wanted: &T) -> Option<u32> {
    let at = operations.iter().position(|known| known == wanted)?;
    u32::try_from(at).ok()
}

/// Whether an instruction hands its operands over as a list.
pub(super) fn takes_list(code: Code) -> bool {
    matches!(code, Code::Many(many) if LISTS.contains(&many))
}

/// An operation on one value, by its number in the module; not a number where there is none.
#[must_use]
pub extern "C" fn of_one(number: u32, x: f64) -> f64 {
    let code = ONES.get(number as usize);
    code.map_or(f64::NAN, |code| code.of(x))
}

/// An operation on two values.
#[must_use]
pub extern "C" fn of_two(number: u32, a: f64, b: f64) -> f64 {
    let code = TWOS.get(number as usize);
    code.map_or(f64::NAN, |code| code.of(a, b))
}

/// An operation on up to five values; those that it does not need are 0.
#[must_use]
pub extern "C" fn of_five(number: u32, a: f64, b: f64, c: f64, d: f64, e: f64) -> f64 {
    match FIVES.get(number as usize) {
        Some(Many::PulseEvery) => Many::PulseEvery.of(&[a, b, c]),
        Some(code) => code.of(&[a, b, c, d, e]),
        None => f64::NAN,
    }
}

/// An operation on a list of values.
#[must_use]
pub fn of_list(number: u32, values: &[f64]) -> f64 {
    let code = LISTS.get(number as usize);
    code.map_or(f64::NAN, |code| code.of(values))
}

/// A place of the program that draws.
#[derive(Clone, Copy, Debug)]
struct Place {
    draw: Draw,
    /// The index of its series.
    series: usize,
    /// How many values the draw needs.
    takes: usize,
}

/// The random numbers of one run.
#[derive(Clone, Debug, Default)]
pub struct Draws {
    places: Vec<Place>,
    series: Vec<Series>,
    /// Of each series the step it was last drawn in, and the number.
    drawn: Vec<(f64, f64)>,
}

impl Draws {
    pub(super) fn new(model: &Compiled) -> Self {
        let instructions = &model.step.instructions[model.step.constant..];
        let places = instructions.iter().filter_map(|one| match one.code {
            Code::Many(Many::Draw(draw, series)) => Some(Place {
                draw,
                series: series as usize,
                takes: one.b as usize,
            }),
            _ => None,
        });
        Self {
            places: places.collect(),
            series: model.series(),
            drawn: vec![(f64::NAN, 0.0); model.draws.len()],
        }
    }

    /// What a place of the program draws in a step, given five values, of which the draw takes what it
    /// needs. A series is drawn once in a step.
    pub fn draw(&mut self, place: u32, step: f64, values: [f64; 5]) -> f64 {
        let Some(&Place {
            draw,
            series,
            takes,
        }) = self.places.get(place as usize)
        else {
            return f64::NAN;
        };
        let (last, number) = self.drawn[series];
        if last == step {
            return number;
        }
        let number = self.series[series].draw(draw, &values[..takes.min(5)]);
        self.drawn[series] = (step, number);
        number
    }
}
