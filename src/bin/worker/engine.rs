//! Runs modules of WebAssembly in the browser.

use std::cell::{Cell, RefCell};
use std::fmt;
use std::rc::Rc;

use js_sys::{Array, Float64Array, Function, Object, Reflect, Uint8Array, WebAssembly};
use loopstream::simulate::wasm::{
    Draws, Engine, IMPORTS_FROM, Import, Instance, MEMORY, Module, PAGE, RUN, Steps, Trap, of_five,
    of_list, of_one, of_two,
};
use wasm_bindgen::{JsCast, JsValue};

/// How many modules are kept, and how many instances of each that no run has.
const MODULES: usize = 16;
const INSTANCES: usize = 4;
/// The most pages of an instance that is kept.
const PAGES: u32 = 1_024;

thread_local! {
    /// Of the run that is being called: its random numbers, and its memory.
    static RUNNING: RefCell<(Draws, Option<WebAssembly::Memory>)> = RefCell::default();
}

/// The browser as an engine.
#[derive(Default)]
pub struct Browser {
    known: RefCell<Vec<Known>>,
    /// Whether the browser has refused a module: then it refuses all, by its policy.
    refuses: Cell<bool>,
}

impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Browser")
    }
}

/// A module that is compiled, and instances that are free.
struct Known {
    key: u64,
    bytes: Vec<u8>,
    module: WebAssembly::Module,
    free: Rc<RefCell<Vec<Made>>>,
}

/// A module with its memory.
struct Made {
    run: Function,
    memory: WebAssembly::Memory,
    pages: u32,
}

impl Engine for Browser {
    fn instance(&self, module: &Module, pages: u32) -> Option<Box<dyn Instance>> {
        let known = &mut *self.known.borrow_mut();
        let is_it = |one: &Known| one.key == module.key() && one.bytes == module.bytes();
        // The one that was used last is the last.
        let one = match known.iter().position(is_it) {
            Some(at) => known.remove(at),
            None if self.refuses.get() => return None,
            None => {
                let bytes = Uint8Array::from(module.bytes());
                let Ok(compiled) = WebAssembly::Module::new(&bytes) else {
                    self.refuses.set(true);
                    return None;
                };
                Known {
                    key: module.key(),
                    bytes: module.bytes().to_vec(),
                    module: compiled,
                    free: Rc::default(),
                }
            }
        };
        let fits = one
            .free
            .borrow()
            .iter()
            .position(|made| made.pages >= pages);
        let made = match fits {
            Some(at) => Some(one.free.borrow_mut().remove(at)),
            None => Made::new(&one.module, pages).ok(),
        };
        let lent = made.map(|made| Lent {
            made: Some(made),
            free: Rc::clone(&one.free),
        });
        known.push(one);
        if known.len() > MODULES {
            known.remove(0);
        }
        lent.map(|lent| Box::new(lent) as Box<dyn Instance>)
    }
}

impl Made {
    fn new(module: &WebAssembly::Module, pages: u32) -> Result<Self, JsValue> {
        let size = Object::new();
        Reflect::set(&size, &"initial".into(), &pages.into())?;
        let memory = WebAssembly::Memory::new(&size)?;
        let functions = Object::new();
        for import in Import::ALL {
            let function = function(import)?;
            Reflect::set(&functions, &import.name().into(), &function)?;
        }
        Reflect::set(&functions, &MEMORY.into(), &memory)?;
        let imports = Object::new();
        Reflect::set(&imports, &IMPORTS_FROM.into(), &functions)?;
        let instance = WebAssembly::Instance::new(module, &imports)?;
        let run = Reflect::get(&instance.exports(), &RUN.into())?;
        Ok(Self {
            run: run.dyn_into()?,
            memory,
            pages,
        })
    }
}

/// A function of this program, as the module imports it: straight from the table of its functions, so
/// that a call goes from the one program to the other without a script between them.
fn function(import: Import) -> Result<Function, JsValue> {
    let one: extern "C" fn(u32, f64) -> f64 = of_one;
    let two: extern "C" fn(u32, f64, f64) -> f64 = of_two;
    let five: extern "C" fn(u32, f64, f64, f64, f64, f64) -> f64 = of_five;
    let drawing: extern "C" fn(u32, f64, f64, f64, f64, f64, f64) -> f64 = draw;
    let listing: extern "C" fn(u32, u32, u32) -> f64 = list;
    let at = match import {
        Import::One => one as usize,
        Import::Two => two as usize,
        Import::Five => five as usize,
        Import::Draw => drawing as usize,
        Import::List => listing as usize,
    };
    let table: WebAssembly::Table = wasm_bindgen::function_table().unchecked_into();
    table.get(u32::try_from(at).unwrap_or(0))
}

extern "C" fn draw(place: u32, step: f64, a: f64, b: f64, c: f64, d: f64, e: f64) -> f64 {
    RUNNING.with_borrow_mut(|(draws, _)| draws.draw(place, step, [a, b, c, d, e]))
}

extern "C" fn list(number: u32, at: u32, count: u32) -> f64 {
    RUNNING.with_borrow(|(_, memory)| {
        let values = memory
            .as_ref()
            .map(|memory| numbers(memory, at, count).to_vec());
        values.map_or(f64::NAN, |values| of_list(number, &values))
    })
}

fn numbers(memory: &WebAssembly::Memory, at: u32, count: u32) -> Float64Array {
    Float64Array::new_with_byte_offset_and_length(&memory.buffer(), at, count)
}

/// An instance that a run has; it goes back when the run has ended.
struct Lent {
    made: Option<Made>,
    free: Rc<RefCell<Vec<Made>>>,
}

impl fmt::Debug for Lent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Lent")
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let free = &mut *self.free.borrow_mut();
        let made = self.made.take().filter(|made| made.pages <= PAGES);
        if free.len() < INSTANCES {
            free.extend(made);
        }
    }
}

impl Lent {
    /// The instance, if its memory has so many bytes from an address on.
    fn made(&self, at: u32, size: usize) -> Result<&Made, Trap> {
        let made = self.made.as_ref().ok_or(Trap)?;
        let is_there = at as usize + size <= (made.pages * PAGE) as usize;
        is_there.then_some(made).ok_or(Trap)
    }
}

impl Instance for Lent {
    fn write(&mut self, at: u32, bytes: &[u8]) -> Result<(), Trap> {
        let made = self.made(at, bytes.len())?;
        let length = u32::try_from(bytes.len()).map_err(|_| Trap)?;
        let buffer = made.memory.buffer();
        Uint8Array::new_with_byte_offset_and_length(&buffer, at, length).copy_from(bytes);
        Ok(())
    }

    fn read(&self, at: u32, into: &mut [f64]) -> Result<(), Trap> {
        let made = self.made(at, size_of_val(into))?;
        let count = u32::try_from(into.len()).map_err(|_| Trap)?;
        numbers(&made.memory, at, count).copy_to(into);
        Ok(())
    }

    fn run(&mut self, steps: Steps, draws: &mut Draws) -> Result<(), Trap> {
        let made = self.made.as_ref().ok_or(Trap)?;
        let memory = Some(made.memory.clone());
        RUNNING.set((std::mem::take(draws), memory));
        let Steps {
            from,
            to,
            save_every,
            end,
        } = steps;
        let parameters: Array = [from, to, save_every, end]
            .into_iter()
            .map(JsValue::from)
            .collect();
        let done = made.run.apply(&JsValue::UNDEFINED, &parameters);
        *draws = RUNNING.take().0;
        done.map(|_| ()).map_err(|_| Trap)
    }
}
