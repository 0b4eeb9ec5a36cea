//! Where everything is in the memory of a module. All addresses and sizes are in bytes.

use super::host::takes_list;
use crate::equation::Table;
use crate::simulate::compile::{Compiled, state_slot};
use crate::simulate::program::Program;

/// The size of a number.
pub(super) const NUMBER: u32 = 8;
/// The size of an address.
pub(super) const ADDRESS: u32 = 4;
/// The size of a point of a table: x, then y.
pub(super) const POINT: u32 = 16;
/// The size of what the module keeps of a delay of whole steps: where its oldest value is, where its
/// values begin, and where they end.
pub(super) const PIPE: u32 = 3 * ADDRESS;
/// The most bytes before the values of delays and the rows.
const MOST: u64 = 256 << 20;
/// How large the room for rows is, if a row is not larger: little enough to stay in the cache of a
/// processor until the host has taken them.
const ROWS: u64 = 1 << 18;

/// The addresses of everything whose size does not hang on the numbers of a run.
#[derive(Debug)]
pub(super) struct Layout {
    /// Of each slot. Those of columns come first and in their order: so they are a row.
    pub slots: Vec<u32>,
    /// Slots that are columns twice: the address of the first, and of the other.
    pub copies: Vec<(u32, u32)>,
    /// How long a row is.
    pub row: u32,
    /// How many steps a unit of time has, where the model says that.
    pub per_unit: u32,
    /// Of each place where a table is read: the address of the segment that was read last.
    pub looks: u32,
    /// Of each table: its first point.
    pub tables: Vec<u32>,
    /// Addresses, one for each entry of the lists of the program.
    pub lists: u32,
    /// Stocks at the start of a step.
    pub begin: u32,
    /// Their slopes, as often as the method takes them.
    pub slopes: u32,
    /// What is kept of the start of a step for its end.
    pub kept: u32,
    /// Room for the operands of a function that is handed a list.
    pub scratch: u32,
    /// Of each delay of whole steps a record.
    pub pipes: u32,
    /// The rows that were saved since the host took them.
    pub rows: u32,
    /// How many rows there is room for; one more may follow.
    pub row_count: u32,
    /// Where the values of delays begin.
    pub end: u32,
}

impl Layout {
    /// None where it would be too large.
    pub(super) fn new(model: &Compiled) -> Option<Self> {
        let program = &model.step;
        let mut next = 0_u64;
        let mut room = |count: usize, size: u32| {
            let at = next;
            next += count as u64 * u64::from(size);
            // What comes next is a number or an address of one.
            next = next.next_multiple_of(u64::from(NUMBER));
            u32::try_from(at).unwrap_or(u32::MAX)
        };
        const NONE: u32 = u32::MAX;
        let mut slots = vec![NONE; program.slots as usize];
        let mut copies = Vec::new();
        for column in &model.columns {
            let at = room(1, NUMBER);
            let slot = &mut slots[column.slot as usize];
            if *slot == NONE {
                *slot = at;
            } else {
                copies.push((*slot, at));
            }
        }
        for slot in slots.iter_mut().filter(|slot| **slot == NONE) {
            *slot = room(1, NUMBER);
        }
        let row = u32::try_from(model.columns.len())
            .ok()?
            .checked_mul(NUMBER)?;
        let row_count = (ROWS / u64::from(row.max(NUMBER))).max(1);
        let per_unit = room(1, NUMBER);
        let looks = room(program.looks as usize, ADDRESS);
        let points = |table: &Table| table.points().len();
        let tables = model.tables.iter().map(|table| room(points(table), POINT));
        let tables = tables.collect();
        let layout = Self {
            slots,
            copies,
            row,
            per_unit,
            looks,
            tables,
            lists: room(program.lists.len(), ADDRESS),
            begin: room(model.states.len(), NUMBER),
            slopes: room(4 * model.states.len(), NUMBER),
            kept: room(model.helds.len(), NUMBER),
            scratch: room(longest_list(program), NUMBER),
            pipes: room(model.pipes.len(), PIPE),
            rows: room(row_count as usize + 1, row),
            row_count: u32::try_from(row_count).ok()?,
            end: room(0, NUMBER),
        };
        (next <= MOST).then_some(layout)
    }

    /// The address of a slot.
    pub(super) fn slot(&self, slot: u32) -> u32 {
        self.slots[slot as usize]
    }

    /// The address of a stock.
    pub(super) fn stock(&self, index: usize) -> u32 {
        self.slots[state_slot(index)]
    }

    /// The address of the number at a place of a row of numbers.
    pub(super) fn number(base: u32, index: usize) -> u32 {
        // Whoever made the layout saw that all of it has an address.
        base + NUMBER * u32::try_from(index).unwrap_or(0)
    }
}

/// The most operands of a function that is handed a list.
fn longest_list(program: &Program) -> usize {
    let lengths = program
        .instructions
        .iter()
        .filter(|one| takes_list(one.code))
        .map(|one| one.b as usize);
    lengths.max().unwrap_or(0)
}
