//! The bytes of a module.

use wasm_encoder::{
    CodeSection, EntityType, ExportKind, ExportSection, Function, FunctionSection, ImportSection,
    MemoryType, TypeSection, ValType,
};

use super::layout::Layout;
use super::pieces::{Code, Pieces};
use super::step::{self, Calls, Parts};
use super::value::Values;
use super::{image, look};
use crate::simulate::compile::Compiled;

/// The name of the module from which everything is imported.
pub const IMPORTS_FROM: &str = "run";
/// The name of the memory, which is imported.
pub const MEMORY: &str = "memory";
/// The name of the function that does steps, the only export. Its parameters are those of
/// [`super::Steps`], in their order, as whole numbers of 32 bits. It gives nothing.
pub const RUN: &str = "run";
/// The size of a page of memory, in bytes.
pub const PAGE: u32 = 65_536;

/// The functions that a module imports, in their order. Each gives a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Import {
    /// [`super::of_one`]
    One,
    /// [`super::of_two`]
    Two,
    /// [`super::of_five`]
    Five,
    /// [`super::Draws::draw`]: the place, the step, and five values.
    Draw,
    /// [`super::of_list`]: its number, the address of the first value, and how many there are.
    List,
}

impl Import {
    /// All of them, in their order.
    pub const ALL: [Self; 5] = [Self::One, Self::Two, Self::Five, Self::Draw, Self::List];

    /// Its name in the module.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::One => "one",
            Self::Two => "two",
            Self::Five => "five",
            Self::Draw => "draw",
            Self::List => "list",
        }
    }

    const fn parameters(self) -> &'static [ValType] {
        use ValType::{F64, I32};
        match self {
            Self::One => &[I32, F64],
            Self::Two => &[I32, F64, F64],
            Self::Five => &[I32, F64, F64, F64, F64, F64],
            Self::Draw => &[I32, F64, F64, F64, F64, F64, F64],
            Self::List => &[I32, I32, I32],
        }
    }
}

impl Code<'_> {
    pub(super) fn call(&mut self, import: Import) -> &mut Self {
        self.0.call(import as u32);
        self
    }
}

/// The first of the functions that read tables.
pub(super) const LOOKS: u32 = Import::ALL.len() as u32;
/// The first function after them.
const PIECES: u32 = LOOKS + look::READINGS.len() as u32;

/// A model as a module. Its bytes hang on the structure of the model alone: numbers, the points of
/// tables, times and seeds are in its memory.
#[derive(Debug)]
pub struct Module {
    bytes: Vec<u8>,
    key: u64,
    pub(super) layout: Layout,
    /// What does not change from run to run: tables and lists, at their address.
    pub(super) fixed: (u32, Vec<u8>),
}

impl Module {
    /// None where the memory would be too large.
    pub(super) fn new(model: &Compiled) -> Option<Self> {
        let layout = Layout::new(model)?;
        let mut functions: Vec<Function> = look::READINGS.map(look::function).into();
        let mut add = |write: &dyn Fn(&mut Pieces)| {
            let mut pieces = Pieces::default();
            write(&mut pieces);
            let pieces = pieces.finish();
            // Far fewer than there are instructions, which are bounded.
            let count = |length: usize| u32::try_from(length).unwrap_or(0);
            let calls = Calls {
                first: LOOKS + count(functions.len()),
                count: count(pieces.len()),
            };
            functions.extend(pieces);
            calls
        };
        let values = Values::new(model, &layout);
        let mut parts = Parts {
            evaluate: add(&|pieces| values.all(pieces)),
            keep: add(&|pieces| step::keep(model, &layout, pieces)),
            ..Parts::default()
        };
        for stage in 0..=step::stages(model).len() {
            let set = add(&|pieces| step::set_stocks(model, &layout, stage, pieces));
            parts.stages.push(set);
        }
        parts.put_in = add(&|pieces| step::put_in(model, &layout, pieces));
        let run = step::run(model, &layout, &parts);
        functions.push(run);
        let bytes = bytes(&functions);
        Some(Self {
            key: key(&bytes),
            bytes,
            fixed: image::fixed(model, &layout),
            layout,
        })
    }

    /// The module, as a browser wants it.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A number that two modules share only if they are the same, or by a rare chance.
    #[must_use]
    pub const fn key(&self) -> u64 {
        self.key
    }
}

/// FNV-1a (Fowler, Noll and Vo 1991), of eight bytes at a time.
fn key(bytes: &[u8]) -> u64 {
    bytes.chunks(8).fold(0xcbf2_9ce4_8422_2325, |key, chunk| {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        (key ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// Puts a module together. The last function is the one that does steps.
fn bytes(functions: &[Function]) -> Vec<u8> {
    let mut types = TypeSection::new();
    for import in Import::ALL {
        let parameters = import.parameters().iter().copied();
        types.ty().function(parameters, [ValType::F64]);
    }
    let (look, piece) = (types.len(), types.len() + 1);
    types.ty().function(look::PARAMETERS, [ValType::F64]);
    types.ty().function([], []);
    let run = types.len();
    types.ty().function(step::PARAMETERS, []);

    let mut imports = ImportSection::new();
    for import in Import::ALL {
        let of_type = EntityType::Function(import as u32);
        imports.import(IMPORTS_FROM, import.name(), of_type);
    }
    // Whoever makes an instance gives it as much as the run needs.
    let memory = MemoryType {
        minimum: 1,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    imports.import(IMPORTS_FROM, MEMORY, EntityType::Memory(memory));

    let mut declared = FunctionSection::new();
    let mut code = CodeSection::new();
    let last = LOOKS + u32::try_from(functions.len()).unwrap_or(0) - 1;
    for (index, function) in (LOOKS..).zip(functions) {
        declared.function(match index {
            _ if index == last => run,
            _ if index < PIECES => look,
            _ => piece,
        });
        code.function(function);
    }
    let mut exports = ExportSection::new();
    exports.export(RUN, ExportKind::Func, last);

    let mut module = wasm_encoder::Module::new();
    module.section(&types).section(&imports).section(&declared);
    module.section(&exports).section(&code);
    module.finish()
}
