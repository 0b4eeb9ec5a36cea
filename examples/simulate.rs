//! Runs a model of Vensim or XMILE without a browser:
//! `cargo run --release --example simulate -- MODEL [--set NAME=VALUE] [--method euler|rk2|rk4] [--loops] > run.csv`.

use std::fmt::Write as _;
use std::io::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::{Fault, Name};
use loopstream::format::decode;
use loopstream::simulate::{
    Because, Extent, LinkRun, LoopScores, LoopSearch, Method, Results, Run, ScoreError, Settings,
    Source, Unknown, Which, compile, read, wire,
};

const USAGE: &str = "usage: simulate MODEL [--set NAME=VALUE]... [--method euler|rk2|rk4] [--seed NUMBER] [--loops]";

/// How much of a search for loops is done before it is cut off, in links that are tried.
const MOST_TRIED: u64 = 20_000_000_000;

/// What is written of a run.
#[derive(Clone, Copy)]
enum Wanted {
    /// The values of all variables.
    Values,
    /// The relative scores of loops.
    Loops,
}

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
    let (path, settings, wanted) = asked(arguments).map_err(|message| vec![message])?;
    let bytes = std::fs::read(&path).map_err(|error| vec![format!("{path}: {error}")])?;
    let text = decode(&bytes).map_err(|error| vec![format!("{path}: {error}")])?;
    let said = |fault: &Fault| match fault.place(&text) {
        Some(place) => format!("{path}:{}:{}: {fault}", place.line, place.column),
        None => format!("{path}: {fault}"),
    };
    let said_all = |faults: Vec<Fault>| faults.iter().map(said).collect::<Vec<_>>();
    let source = read(&text).map_err(said_all)?;
    if matches!(wanted, Wanted::Loops) {
        let loops = loops(&path, &source, &settings).map_err(|error| match error {
            ScoreError::Model(faults) => said_all(faults),
            other => vec![format!("{path}: {other}")],
        })?;
        return Ok(loops_csv(&loops));
    }
    let compiled = compile(&source, &settings).map_err(said_all)?;
    for remark in compiled.remarks() {
        eprintln!("{path}: {remark}");
    }
    let unknown = compiled.unknown().to_vec();
    for fault in compiled.refused() {
        eprintln!("{}", said(fault));
    }
    for one in unknown.iter().filter(|one| one.because == Because::Hangs) {
        eprintln!(
            "{path}: “{}”: it hangs on what cannot be computed",
            one.name
        );
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
    Ok(csv(&results, &unknown))
}

/// The loops of a run, and what there is to say of them on the other output.
fn loops(path: &str, source: &Source, settings: &Settings) -> Result<LoopScores, ScoreError> {
    let mut run = LinkRun::new(Arc::new(wire(source, settings)?), Which::OnLoops)?;
    while run.advance(10_000_000) == Progress::Unfinished {}
    // The run is done, so there are scores.
    let links = Arc::new(run.into_scores().unwrap_or_default());
    for remark in links.remarks() {
        eprintln!("{path}: {remark}");
    }
    let mut search = LoopSearch::new(links);
    let mut left = MOST_TRIED;
    while search.advance(10_000_000) == Progress::Unfinished {
        left = left.saturating_sub(10_000_000);
        if left == 0 {
            search.cut_off();
        }
    }
    let found = search.found();
    let Some(loops) = search.into_scores() else {
        let message = "the search for loops did not end";
        return Err(ScoreError::TooLarge(message));
    };
    let (kept, links) = (loops.loops().len(), loops.links().links().len());
    eprintln!(
        "{path}: {found} loops of {links} links are active at a saved time, {kept} are listed"
    );
    if loops.extent() == Extent::CutOff {
        eprintln!("{path}: the search was cut off: there are more loops, and shares are too large");
    }
    for (at, one) in loops.loops().iter().enumerate() {
        if one.is_mixed {
            let ring = loops.described(at);
            eprintln!("{path}: its times are not exact, because of a delay of whole steps: {ring}");
        }
    }
    Ok(loops)
}

fn asked(arguments: &[String]) -> Result<(String, Settings, Wanted), String> {
    let mut wanted = Wanted::Values;
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
            "--loops" => wanted = Wanted::Loops,
            option if option.starts_with("--") => return Err(USAGE.to_owned()),
            file if path.is_none() => path = Some(file.to_owned()),
            _ => return Err(USAGE.to_owned()),
        }
    }
    Ok((path.ok_or(USAGE)?, settings, wanted))
}

/// A head with the names, then a row for each saved time. What is unknown has no values.
fn csv(results: &Results, unknown: &[Unknown]) -> String {
    let mut columns: Vec<(&str, Option<usize>)> = Vec::new();
    let mut unknown = unknown.iter().peekable();
    for column in 0..=results.names().len() {
        while let Some(one) = unknown.next_if(|one| one.before == column) {
            columns.push((&one.name, None));
        }
        let name = results.names().get(column);
        columns.extend(name.map(|name| (name.as_str(), Some(column))));
    }
    let names = columns.iter().map(|(name, _)| *name);
    let rows = results.times().iter().enumerate();
    table(
        names,
        rows.map(|(at, time)| {
            let row = results.row(at);
            let values = columns.iter();
            (
                *time,
                values.map(move |(_, column)| column.map(|column| row[column])),
            )
        }),
    )
}

/// A head with the loops, each with the letters of its sign over the run, then a row for each saved
/// time with the share of each.
fn loops_csv(loops: &LoopScores) -> String {
    let all = 0..loops.loops().len();
    let names = all
        .clone()
        .map(|at| format!("{}: {}", loops.polarity(at).letters(), loops.described(at)));
    let names: Vec<String> = names.collect();
    let relative: Vec<Vec<f64>> = all.map(|at| loops.relative(at)).collect();
    let rows = loops.links().times().iter().enumerate();
    table(
        names.iter().map(String::as_str),
        rows.map(|(row, time)| (*time, relative.iter().map(move |shares| Some(shares[row])))),
    )
}

fn table<'n, Row: Iterator<Item = Option<f64>>>(
    names: impl Iterator<Item = &'n str>,
    rows: impl Iterator<Item = (f64, Row)>,
) -> String {
    let mut text = String::from("Time");
    for name in names {
        let needs_quotes = name.contains([',', '"', '\n', '\r']);
        if needs_quotes {
            let _ = write!(text, ",\"{}\"", name.replace('"', "\"\""));
        } else {
            let _ = write!(text, ",{name}");
        }
    }
    text.push('\n');
    for (time, row) in rows {
        let _ = write!(text, "{time}");
        for value in row {
            text.push(',');
            if let Some(value) = value {
                let _ = write!(text, "{value}");
            }
        }
        text.push('\n');
    }
    text
}
