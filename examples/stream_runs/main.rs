//! How fast lines run event by event, for `./dev bench events`: natively, and as the program of a
//! web worker that `e2e/bench/events.bench.mjs` starts. Both are asked in the same words and answer
//! in JSON:
//!
//! - `stream_runs list` gives all lines as they are, with their mean lead time in theory.
//! - `stream_runs run NAME SEED` runs a line once.
//! - `stream_runs compare SEED` compares two futures of a map.

#[cfg(target_arch = "wasm32")]
#[path = "../in_worker/mod.rs"]
mod in_worker;
mod lines;
mod measure;

use serde_json::{Value, json};

#[cfg(target_arch = "wasm32")]
fn main() {
    in_worker::listen(|scope, text| {
        let clock = scope.performance().ok_or("there is no clock")?;
        let words: Vec<&str> = text.split(' ').collect();
        let answer = answer(&words, &|| clock.now() / 1_000.0)?;
        js_sys::JSON::parse(&answer.to_string()).map_err(|_| "no JSON was written".to_owned())
    });
}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let start = std::time::Instant::now();
    match answer(&words, &|| start.elapsed().as_secs_f64()) {
        Ok(answer) => {
            println!("{answer}");
            std::process::ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            std::process::ExitCode::FAILURE
        }
    }
}

/// The answer to a question; the clock is in seconds.
fn answer(words: &[&str], clock: &impl Fn() -> f64) -> Result<Value, String> {
    let number = |text: &str| text.parse().map_err(|_| format!("{text} is no seed"));
    match *words {
        ["list"] => {
            let lines = lines::all();
            let described = lines.iter().map(|line| {
                json!({
                    "name": line.name,
                    "gap": line.gap,
                    "work": lines::WORK,
                    "crews": line.crews,
                    "steps": line.steps.iter().map(|step| json!({
                        "crew": step.crew,
                        "back": step.back.map(|(chance, to)| json!({ "chance": chance, "to": to })),
                    })).collect::<Vec<Value>>(),
                    "warmUp": line.warm_up,
                    "minutes": { "simpy": line.simpy, "ciw": line.ciw },
                    "theory": line.mean_lead(),
                })
            });
            Ok(described.collect())
        }
        ["run", name, seed] => {
            let lines = lines::all();
            let line = lines.iter().find(|line| line.name == name);
            let line = line.ok_or_else(|| format!("there is no line {name}"))?;
            measure::run(line, number(seed)?, clock)
        }
        ["compare", seed] => measure::compare_futures(number(seed)?, clock),
        _ => Err("ask: list | run NAME SEED | compare SEED".to_owned()),
    }
}
