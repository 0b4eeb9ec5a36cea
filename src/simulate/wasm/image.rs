//! What the memory of a module holds when a run begins.

use super::layout::{Layout, NUMBER, PIPE};
use crate::simulate::compile::Compiled;
use crate::simulate::program::Code;

/// What is the same in every run of a model: the places of tables, their points, and the lists. It
/// goes to the address that comes with it.
pub(super) fn fixed(model: &Compiled, layout: &Layout) -> (u32, Vec<u8>) {
    let start = layout.looks;
    let mut bytes = Vec::new();
    let program = &model.step;
    // A place that is never read stays 0.
    let mut first = vec![0_u32; program.looks as usize];
    for one in &program.instructions {
        if let Code::Look(_) = one.code {
            first[one.c as usize] = layout.tables[one.b as usize];
        }
    }
    bytes.extend(first.iter().flat_map(|at| at.to_le_bytes()));
    for (table, at) in model.tables.iter().zip(&layout.tables) {
        bytes.resize((at - start) as usize, 0);
        let numbers = table.points().iter().flat_map(|(x, y)| [*x, *y]);
        bytes.extend(numbers.flat_map(f64::to_le_bytes));
    }
    bytes.resize((layout.lists - start) as usize, 0);
    let addresses = program.lists.iter().map(|slot| layout.slot(*slot));
    bytes.extend(addresses.flat_map(u32::to_le_bytes));
    (start, bytes)
}

/// The values of all slots, from address 0, and how many steps a unit of time has.
pub(super) fn slots(model: &Compiled, layout: &Layout, slots: &[f64]) -> Vec<u8> {
    let mut numbers = vec![0.0_f64; (layout.per_unit / NUMBER) as usize + 1];
    for (at, value) in layout.slots.iter().zip(slots) {
        numbers[(at / NUMBER) as usize] = *value;
    }
    if let (Some(last), Some(per_unit)) = (numbers.last_mut(), model.grid.per_unit) {
        *last = per_unit;
    }
    numbers.into_iter().flat_map(f64::to_le_bytes).collect()
}

/// Delays of whole steps, by their first values and lengths: their records, and the values, which go
/// to the end of the layout.
pub(super) fn pipes(layout: &Layout, pipes: &[(f64, usize)]) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut records = Vec::with_capacity(pipes.len() * PIPE as usize);
    let mut values = Vec::new();
    for (initial, length) in pipes {
        let begin = layout.end.checked_add(u32::try_from(values.len()).ok()?)?;
        values.extend(std::iter::repeat_n(initial.to_le_bytes(), *length).flatten());
        let end = layout.end.checked_add(u32::try_from(values.len()).ok()?)?;
        records.extend([begin, begin, end].into_iter().flat_map(u32::to_le_bytes));
    }
    Some((records, values))
}
