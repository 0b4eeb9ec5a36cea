//! Models as modules of WebAssembly, run by wasmi: the same bits as the interpreter gives.

use std::cell::Cell;
use std::fmt;
use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::simulate::wasm::{
    Draws, Engine, IMPORTS_FROM, Instance, MEMORY, Module, RUN, Steps, Trap, of_five, of_list,
    of_one, of_two,
};
use loopstream::simulate::{Compiled, Results, Run, Settings, compile, read};
use wasmi::{Caller, Extern, Linker, Memory, MemoryType, Store, TypedFunc};

/// An engine that compiles everything anew, and counts. It takes whatever has so much work.
#[derive(Debug, Default)]
pub struct Wasmi {
    pub instances: Cell<usize>,
    pub from: u64,
}

struct Made {
    store: Store<Draws>,
    memory: Memory,
    run: TypedFunc<(u32, u32, u32, u32), ()>,
}

impl fmt::Debug for Made {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Made")
    }
}

impl Engine for Wasmi {
    fn instance(&self, module: &Module, pages: u32) -> Option<Box<dyn Instance>> {
        self.instances.set(self.instances.get() + 1);
        let engine = wasmi::Engine::default();
        let module = wasmi::Module::new(&engine, module.bytes()).expect("the module is valid");
        let mut store = Store::new(&engine, Draws::default());
        let memory = Memory::new(&mut store, MemoryType::new(pages, None)).unwrap();
        let mut linker = Linker::new(&engine);
        let from = IMPORTS_FROM;
        linker.define(from, MEMORY, memory).unwrap();
        linker
            .func_wrap(from, "one", |n: u32, x: f64| of_one(n, x))
            .unwrap();
        linker
            .func_wrap(from, "two", |n: u32, a: f64, b: f64| of_two(n, a, b))
            .unwrap();
        linker
            .func_wrap(
                from,
                "five",
                |n: u32, a: f64, b: f64, c: f64, d: f64, e: f64| of_five(n, a, b, c, d, e),
            )
            .unwrap();
        linker
            .func_wrap(
                from,
                "draw",
                |mut host: Caller<'_, Draws>,
                 n: u32,
                 step: f64,
                 a: f64,
                 b: f64,
                 c: f64,
                 d: f64,
                 e: f64| { host.data_mut().draw(n, step, [a, b, c, d, e]) },
            )
            .unwrap();
        linker
            .func_wrap(
                from,
                "list",
                move |host: Caller<'_, Draws>, n: u32, at: u32, count: u32| {
                    let values = numbers(memory.data(&host), at, count as usize);
                    of_list(n, &values)
                },
            )
            .unwrap();
        let instance = linker.instantiate_and_start(&mut store, &module).unwrap();
        let Some(Extern::Func(run)) = instance.get_export(&store, RUN) else {
            panic!("there is no run");
        };
        let run = run.typed(&store).unwrap();
        Some(Box::new(Made { store, memory, run }))
    }

    fn is_worth(&self, work: u64, _size: u64) -> bool {
        work >= self.from
    }
}

fn numbers(bytes: &[u8], at: u32, count: usize) -> Vec<f64> {
    let bytes = &bytes[at as usize..at as usize + 8 * count];
    let numbers = bytes.chunks_exact(8);
    numbers
        .map(|eight| f64::from_le_bytes(eight.try_into().unwrap()))
        .collect()
}

impl Instance for Made {
    fn write(&mut self, at: u32, bytes: &[u8]) -> Result<(), Trap> {
        let written = self.memory.write(&mut self.store, at as usize, bytes);
        written.map_err(|_| Trap)
    }

    fn read(&self, at: u32, into: &mut [f64]) -> Result<(), Trap> {
        into.copy_from_slice(&numbers(self.memory.data(&self.store), at, into.len()));
        Ok(())
    }

    fn run(&mut self, steps: Steps, draws: &mut Draws) -> Result<(), Trap> {
        std::mem::swap(self.store.data_mut(), draws);
        let Steps {
            from,
            to,
            save_every,
            end,
        } = steps;
        let done = self.run.call(&mut self.store, (from, to, save_every, end));
        std::mem::swap(self.store.data_mut(), draws);
        done.map_err(|error| panic!("the module stopped: {error}"))
    }
}

/// Ends a run, a budget at a time.
pub fn finish(mut run: Run, budget: u64) -> Results {
    while run.advance(budget) == Progress::Unfinished {}
    run.into_results()
}

/// Where two results differ. What is no number has no bits that all machines agree on.
pub fn difference(module: &Results, plain: &Results) -> Option<String> {
    if module.times() != plain.times() {
        return Some(format!("{:?} {:?}", module.times(), plain.times()));
    }
    if module.non_finite() != plain.non_finite() {
        return Some(format!(
            "{:?} {:?}",
            module.non_finite(),
            plain.non_finite()
        ));
    }
    for (row, time) in plain.times().iter().enumerate() {
        let (module, right) = (module.row(row), plain.row(row));
        assert_eq!(module.len(), right.len());
        for (at, name) in plain.names().iter().enumerate() {
            let (one, other) = (module[at], right[at]);
            if one.to_bits() != other.to_bits() && !(one.is_nan() && other.is_nan()) {
                return Some(format!("{name} at {time}: {one} is not {other}"));
            }
        }
    }
    None
}

/// A run by a module, with any budget, is the run of the interpreter.
pub fn same(model: &Arc<Compiled>) -> Result<(), String> {
    let plain = finish(Run::new(Arc::clone(model)).unwrap(), u64::MAX);
    for budget in [u64::MAX, 1] {
        let run = Run::with_engine(Arc::clone(model), &Wasmi::default()).unwrap();
        if !run.has_module() {
            return Err("there is no module".to_owned());
        }
        if let Some(difference) = difference(&finish(run, budget), &plain) {
            return Err(difference);
        }
    }
    Ok(())
}

/// A model that can run.
pub fn compiled(text: &str, settings: &Settings) -> Arc<Compiled> {
    let source = read(text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    let compiled = compile(&source, settings);
    Arc::new(compiled.unwrap_or_else(|faults| panic!("{faults:?}\n{text}")))
}
