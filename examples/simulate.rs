//! Runs a model of Vensim or XMILE without a browser:
//! `cargo run --release --example simulate -- MODEL [--set NAME=VALUE] [--method euler|rk2|rk4] > run.csv`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use loopstream::format::decode;
use loopstream::simulate::{Fault, Method, Name, Progress, Results, Run, Settings, compile, read};

const USAGE: &str =
    "usage: simulate MODEL [--set NAME=VALUE]... [--method euler|rk2|rk4] [--seed NUMBER]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let text = match run(&arguments) {
        Ok(text) => text,
        Err(messages) => {
            for message in messages {
                eprintln!("{message}");
            }
            return ExitCode::from(2);
        }
    };
    match std::io::stdout().lock().write_all(text.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the results could not be written: {error}");
            ExitCode::from(2)
        }
    }
}

/// The results as CSV, or what went wrong, a line each.
fn run(arguments: &[String]) -> Result<String, Vec<String>> {
    let (path, settings) = asked(arguments).map_err(|message| vec![message])?;
    let bytes = std::fs::read(&path).map_err(|error| vec![format!("{path}: {error}")])?;
    let text = decode(&bytes).map_err(|error| vec![format!("{path}: {error}")])?;
    let said = |fault: &Fault| match fault.place(&text) {
        Some(place) => format!("{path}:{}:{}: {fault}", place.line, place.column),
        None => format!("{path}: {fault}"),
    };
    let said_all = |faults: Vec<Fault>| faults.iter().map(said).collect::<Vec<_>>();
    let source = read(&text).map_err(said_all)?;
    let compiled = compile(&source, &settings).map_err(said_all)?;
    for remark in compiled.remarks() {
        eprintln!("{path}: {remark}");
    }
    let mut run = Run::new(Arc::new(compiled)).map_err(|fault| vec![said(&fault)])?;
    while run.advance(10_000_000) == Progress::Unfinished {}
    let results = run.into_results();
    if let Some(first) = results.non_finite() {
        eprintln!(
            "{path}: from time {} on “{}” is no finite number, and what depends on it",
            first.time, first.variable
        );
    }
    Ok(csv(&results))
}

fn asked(arguments: &[String]) -> Result<(String, Settings), String> {
    let mut path = None;
    let mut settings = Settings::default();
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--set" => {
                let setting = rest.next().and_then(|text| text.rsplit_once('='));
                let (name, value) = setting.ok_or(USAGE)?;
                let value = value
                    .trim()
                    .parse()
                    .map_err(|_| format!("{value} is no number"))?;
                settings.values.push((Name::new(name), value));
            }
            "--method" => {
                settings.method = Some(match rest.next().map(String::as_str) {
                    Some("euler") => Method::Euler,
                    Some("rk2") => Method::Rk2,
                    Some("rk4") => Method::Rk4,
                    _ => return Err(USAGE.to_owned()),
                });
            }
            "--seed" => {
                let seed = rest.next().and_then(|seed| seed.parse().ok());
                settings.seed = seed.ok_or(USAGE)?;
            }
            option if option.starts_with("--") => return Err(USAGE.to_owned()),
            file if path.is_none() => path = Some(file.to_owned()),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok((path.ok_or(USAGE)?, settings))
}

/// A head with the names, then a row for each saved time.
fn csv(results: &Results) -> String {
    let mut text = String::from("Time");
    for name in results.names() {
        let needs_quotes = name.contains([',', '"', '\n', '\r']);
        if needs_quotes {
            let _ = write!(text, ",\"{}\"", name.replace('"', "\"\""));
        } else {
            let _ = write!(text, ",{name}");
        }
    }
    text.push('\n');
    for (index, time) in results.times().iter().enumerate() {
        let _ = write!(text, "{time}");
        for value in results.row(index) {
            let _ = write!(text, ",{value}");
        }
        text.push('\n');
    }
    text
}
