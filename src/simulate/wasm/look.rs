//! The functions of a module that read tables.

use wasm_encoder::{BlockType, Function, ValType};

use super::layout::{NUMBER, POINT};
use super::pieces::{Code, number, word};
use crate::equation::Reading;

/// Parameters: x, where the address of the segment that was read last is, and the addresses of the
/// first point and the last. There are two points at least.
const X: u32 = 0;
const LAST: u32 = 1;
const FIRST: u32 = 2;
const END: u32 = 3;
/// Locals: the point at or below x and the one above, and one between.
const LOW: u32 = 4;
const HIGH: u32 = 5;
const MIDDLE: u32 = 6;

/// The types of the parameters; the result is a number.
pub(super) const PARAMETERS: [ValType; 4] =
    [ValType::F64, ValType::I32, ValType::I32, ValType::I32];

/// All ways to read, in the order of their functions.
pub(super) const READINGS: [Reading; 4] = [
    Reading::Between,
    Reading::Beyond,
    Reading::Lower,
    Reading::Higher,
];

/// The function that reads a table one way: `Table::at`, operation by operation.
pub(super) fn function(reading: Reading) -> Function {
    let mut function = Function::new([(3, ValType::I32)]);
    let mut code = Code(function.instructions());
    // Where x lies in the segment of the time before, it is a number within the table.
    code.0.local_get(LAST).i32_load(word(0)).local_set(LOW);
    code.0.block(BlockType::Empty);
    code.x_of(LOW).0.local_get(X).f64_le();
    code.0
        .local_get(X)
        .local_get(LOW)
        .f64_load(number(POINT))
        .f64_lt();
    code.0.i32_and().br_if(0);
    code.outside(reading);
    code.find();
    code.0.end();
    match reading {
        Reading::Lower => {
            code.y_of(LOW);
        }
        Reading::Higher => {
            // The next one, where x is above the lower.
            code.0.local_get(LOW).f64_load(number(POINT + NUMBER));
            code.y_of(LOW);
            code.0.local_get(X);
            code.x_of(LOW).0.f64_gt().select();
        }
        Reading::Between | Reading::Beyond => code.between(),
    }
    code.0.end();
    function
}

impl Code<'_> {
    fn x_of(&mut self, point: u32) -> &mut Self {
        self.0.local_get(point).f64_load(number(0));
        self
    }

    fn y_of(&mut self, point: u32) -> &mut Self {
        self.0.local_get(point).f64_load(number(NUMBER));
        self
    }

    /// Straight between the lower point and the one after it.
    fn between(&mut self) {
        self.y_of(LOW).0.local_get(X);
        self.x_of(LOW).0.f64_sub();
        self.0.local_get(LOW).f64_load(number(POINT + NUMBER));
        self.y_of(LOW).0.f64_sub().f64_mul();
        self.0.local_get(LOW).f64_load(number(POINT));
        self.x_of(LOW).0.f64_sub().f64_div().f64_add();
    }

    /// On the line through the lower point and the one after it; through the nearer alone where they
    /// stand above each other.
    fn beyond(&mut self) {
        self.x_of(LOW).0.local_get(LOW).f64_load(number(POINT));
        self.0.f64_eq().if_(BlockType::Result(ValType::F64));
        self.y_of(LOW);
        self.0.local_get(LOW).f64_load(number(POINT + NUMBER));
        self.0.local_get(X);
        self.x_of(LOW).0.f64_lt().select();
        self.0.else_();
        self.between();
        self.0.end();
    }

    /// Returns what there is for x that is no number, is below the first point, or is not below the
    /// last.
    fn outside(&mut self, reading: Reading) {
        self.0.local_get(X).local_get(X).f64_ne();
        self.0.if_(BlockType::Empty);
        self.constant(f64::NAN).0.return_().end();
        self.0.local_get(X);
        self.x_of(FIRST).0.f64_lt().if_(BlockType::Empty);
        if reading == Reading::Beyond {
            self.0.local_get(FIRST).local_set(LOW);
            self.beyond();
        } else {
            self.y_of(FIRST);
        }
        self.0.return_().end();
        self.0.local_get(X);
        self.x_of(END).0.f64_ge().if_(BlockType::Empty);
        if reading == Reading::Beyond {
            self.0.local_get(END);
            self.address(POINT).0.i32_sub().local_set(LOW);
            self.beyond();
        } else {
            self.y_of(END);
        }
        self.0.return_().end();
    }

    /// Finds the last point at or below x, by halving, and remembers it.
    fn find(&mut self) {
        self.0.local_get(FIRST).local_set(LOW);
        self.0.local_get(END).local_set(HIGH);
        self.0.block(BlockType::Empty).loop_(BlockType::Empty);
        // No point is between them.
        self.0.local_get(HIGH).local_get(LOW).i32_sub();
        self.address(POINT).0.i32_le_u().br_if(1);
        // Half of the points between, and no half of one.
        self.0.local_get(LOW);
        self.0.local_get(HIGH).local_get(LOW).i32_sub();
        self.address(2 * POINT).0.i32_div_u();
        self.address(POINT).0.i32_mul().i32_add().local_set(MIDDLE);
        self.x_of(MIDDLE)
            .0
            .local_get(X)
            .f64_le()
            .if_(BlockType::Empty);
        self.0.local_get(MIDDLE).local_set(LOW);
        self.0.else_();
        self.0.local_get(MIDDLE).local_set(HIGH);
        self.0.end().br(0).end().end();
        self.0.local_get(LAST).local_get(LOW).i32_store(word(0));
    }
}
