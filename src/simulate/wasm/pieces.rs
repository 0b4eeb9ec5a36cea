//! Functions of a limited length, as many as are needed: engines compile long ones badly, or not.

use wasm_encoder::{Function, InstructionSink, MemArg, MemArgTarget, ValType};

/// How long a function may become before the next one begins, in bytes. A number from memory, an
/// operation and the like have some bytes each.
const LONGEST: usize = 16_000;

/// A list of functions without parameters and results, to be called one after the other. Each has a
/// local, which is a whole number.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    done: Vec<Function>,
}

impl Pieces {
    /// The place to go on: where the last function is full, a new one.
    pub(super) fn room(&mut self) -> Code<'_> {
        let is_full = |last: &Function| last.byte_len() > LONGEST;
        if self.done.last().is_none_or(is_full) {
            self.begin();
        }
        // There is one now.
        let last = self.done.len() - 1;
        Code(self.done[last].instructions())
    }

    /// Goes on with a new function.
    pub(super) fn begin(&mut self) {
        self.end_last();
        self.done.push(Function::new([(1, ValType::I32)]));
    }

    fn end_last(&mut self) {
        if let Some(last) = self.done.last_mut() {
            last.instructions().end();
        }
    }

    /// The functions.
    pub(super) fn finish(mut self) -> Vec<Function> {
        self.end_last();
        self.done
    }
}

/// Writes instructions of WebAssembly.
pub(super) struct Code<'f>(pub InstructionSink<'f>);

/// Eight bytes at an address, or at so many bytes above one.
pub(super) const fn number(offset: u32) -> MemArg {
    MemArg {
        offset: offset as u64,
        align: 3,
        target: MemArgTarget::Memory(0),
        ordering: None,
    }
}

/// Four bytes at an address.
pub(super) const fn word(offset: u32) -> MemArg {
    MemArg {
        offset: offset as u64,
        align: 2,
        target: MemArgTarget::Memory(0),
        ordering: None,
    }
}

impl Code<'_> {
    /// An address as a number that is known.
    pub(super) fn address(&mut self, at: u32) -> &mut Self {
        // WebAssembly reads the same bits without a sign.
        self.0.i32_const(at.cast_signed());
        self
    }

    /// The number at an address.
    pub(super) fn load(&mut self, at: u32) -> &mut Self {
        self.0.i32_const(0).f64_load(number(at));
        self
    }

    /// Puts a number at an address.
    pub(super) fn store(&mut self, at: u32, value: impl FnOnce(&mut Self)) -> &mut Self {
        self.0.i32_const(0);
        value(self);
        self.0.f64_store(number(at));
        self
    }

    /// A number that is known.
    pub(super) fn constant(&mut self, value: f64) -> &mut Self {
        self.0.f64_const(value.into());
        self
    }
}
