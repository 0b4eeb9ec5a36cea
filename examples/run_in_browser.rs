//! What a run costs in a browser: the program of a web worker that `e2e/bench/simulate.bench.mjs`
//! starts. It is told the text of a model and answers with times in milliseconds.
//!
//! On the host it writes the models as files, for whoever else is to run them:
//! `cargo run --example run_in_browser -- FOLDER`

#[cfg(target_arch = "wasm32")]
#[path = "../src/bin/worker/engine.rs"]
mod engine;
#[cfg(target_arch = "wasm32")]
mod in_worker;

fn main() {
    #[cfg(target_arch = "wasm32")]
    in_worker::listen(bench::measured);
    #[cfg(not(target_arch = "wasm32"))]
    write_models();
}

#[cfg(not(target_arch = "wasm32"))]
#[path = "../benches/simulate/models.rs"]
mod models;

#[cfg(not(target_arch = "wasm32"))]
fn write_models() {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("Into which folder? In a browser this measures runs: `./dev bench simulate`");
        std::process::exit(2);
    };
    for (name, text) in models::all() {
        let path = std::path::Path::new(&folder).join(format!("{name}.mdl"));
        if let Err(error) = std::fs::write(&path, text) {
            eprintln!("{}: {error}", path.display());
            std::process::exit(1);
        }
    }
}

#[cfg(target_arch = "wasm32")]
mod bench {
    use std::sync::Arc;

    use js_sys::{Array, Object, Reflect};
    use loopstream::causal::Progress;
    use loopstream::simulate::{
        Compiled, LinkRun, Method, Results, Run, Settings, Which, compile, read, wire,
    };
    use wasm_bindgen::JsValue;
    use web_sys::DedicatedWorkerGlobalScope;

    use crate::engine::Browser;

    /// What a worker does between two looks at the clock, in instructions, as `src/bin/worker.rs`.
    const BUDGET: u64 = 200_000;
    /// How long a value is measured at least, in ms: the clock of a worker has steps of 0.1 ms.
    const LEAST: f64 = 60.0;
    const SAMPLES: usize = 9;

    fn compiled(text: &str) -> Result<Arc<Compiled>, String> {
        let source = read(text).map_err(|faults| format!("{faults:?}"))?;
        let model = compile(&source, &Settings::default());
        model.map(Arc::new).map_err(|faults| format!("{faults:?}"))
    }

    /// A run to its end, and whether a module did it.
    fn run(model: &Arc<Compiled>, engine: Option<&Browser>) -> Result<(Results, bool), String> {
        let model = Arc::clone(model);
        let run = match engine {
            Some(engine) => Run::with_engine(model, engine),
            None => Run::new(model),
        };
        let mut run = run.map_err(|fault| fault.to_string())?;
        while run.advance(BUDGET) == Progress::Unfinished {}
        let has_module = run.has_module();
        Ok((run.into_results(), has_module))
    }

    /// The scoring of the links of a model, at its start.
    fn scoring(text: &str) -> Result<LinkRun, String> {
        let source = read(text).map_err(|faults| format!("{faults:?}"))?;
        let settings = Settings {
            method: Some(Method::Euler),
            ..Settings::default()
        };
        let wiring = wire(&source, &settings).map_err(|error| error.to_string())?;
        LinkRun::new(Arc::new(wiring), Which::OnLoops).map_err(|error| error.to_string())
    }

    /// The bits of results, but of what is no number, which has none that all agree on.
    fn bits(results: &Results) -> Vec<u64> {
        let rows = (0..results.times().len()).flat_map(|row| results.row(row));
        let bits = rows.map(|value| if value.is_nan() { 0 } else { value.to_bits() });
        bits.collect()
    }

    /// How long a model takes.
    pub fn measured(scope: &DedicatedWorkerGlobalScope, text: &str) -> Result<JsValue, String> {
        let clock = scope.performance().ok_or("there is no clock")?;
        let now = || clock.now();
        let answer = Object::new();
        let tell = |name: &str, values: &[f64]| {
            let values: Array = values.iter().copied().map(JsValue::from).collect();
            // Fails only for an object that is frozen.
            let _ = Reflect::set(&answer, &name.into(), &values);
        };
        // From the text to the first result, before anything is known.
        let engine = Browser::default();
        let began = now();
        let model = compiled(text)?;
        let is_compiled = now();
        let (first, has_module) = run(&model, Some(&engine))?;
        let ended = now();
        tell("compile", &[is_compiled - began]);
        tell("first", &[ended - is_compiled]);
        tell("textToFirst", &[ended - began]);
        tell("firstByModule", &[f64::from(u8::from(has_module))]);
        // Until a module has it, and the browser has compiled it a second time, for speed.
        let until = now() + 1_500.0;
        let mut last = run(&model, Some(&engine))?;
        while now() < until {
            last = run(&model, Some(&engine))?;
        }
        if !last.1 {
            return Err("no module was made".to_owned());
        }
        let plain = run(&model, None)?.0;
        if bits(&plain) != bits(&last.0) || bits(&plain) != bits(&first) {
            return Err("the module and the interpreter give different results".to_owned());
        }
        for (name, engine) in [("next", Some(&engine)), ("interpreted", None)] {
            let mut samples = Vec::new();
            while samples.len() < SAMPLES {
                let began = now();
                let mut runs = 0.0;
                while now() - began < LEAST {
                    run(&model, engine)?;
                    runs += 1.0;
                }
                samples.push((now() - began) / runs);
            }
            tell(name, &samples);
        }
        // What a module costs where this program is warm: a model and an engine that are new.
        let mut made = Vec::new();
        while made.len() < SAMPLES {
            let (model, engine) = (compiled(text)?, Browser::default());
            loop {
                let began = now();
                if run(&model, Some(&engine))?.1 {
                    made.push(now() - began);
                    break;
                }
            }
        }
        tell("made", &made);
        for (name, engine) in [("scored", Some(&engine)), ("scoredInterpreted", None)] {
            let mut samples = Vec::new();
            while samples.len() < SAMPLES {
                let mut scores = scoring(text)?;
                if let Some(engine) = engine {
                    scores = scores.on(engine);
                }
                let began = now();
                while scores.advance(BUDGET) == Progress::Unfinished {}
                samples.push(now() - began);
            }
            tell(name, &samples);
        }
        // As sensitivity does.
        let began = now();
        let work = model.instructions() as u64 * model.grid().steps;
        let count = if work <= 100_000 { 10_000 } else { 0 };
        for _ in 0..count {
            run(&model, Some(&engine))?;
        }
        tell(
            "tenThousand",
            &if count > 0 {
                vec![now() - began]
            } else {
                vec![]
            },
        );
        Ok(answer.into())
    }
}
