//! Models that are written and read run as they did, to the last bit.

mod kept;
mod native;
mod overrides;

use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::Name;
use loopstream::simulate::{Results, Run, Settings, Source, compile, read};

/// The run of a model, or why it cannot run.
pub fn run_of(source: &Source) -> Result<Results, String> {
    let faults = |faults: Vec<loopstream::equation::Fault>| {
        let said = faults.iter().map(ToString::to_string);
        said.collect::<Vec<_>>().join("; ")
    };
    let compiled = compile(source, &Settings::default()).map_err(faults)?;
    if !compiled.refused().is_empty() {
        return Err(faults(compiled.refused().to_vec()));
    }
    let mut run = Run::new(Arc::new(compiled)).map_err(|fault| fault.to_string())?;
    assert_eq!(run.advance(u64::MAX), Progress::Finished);
    Ok(run.into_results())
}

/// The run of a text, or why it cannot run.
pub fn run_text(text: &str) -> Result<Results, String> {
    let source = read(text).map_err(|faults| {
        let said = faults.iter().map(ToString::to_string);
        said.collect::<Vec<_>>().join("; ")
    })?;
    run_of(&source)
}

/// The bits of a number; what is no number is so whatever its bits, and zero has no sign.
fn bits(number: f64) -> u64 {
    if number.is_nan() {
        f64::NAN.to_bits()
    } else {
        (number + 0.0).to_bits()
    }
}

/// Every column of a run is in another one, under the name that `called` gives it, with the same
/// bits; what differs first, in words.
pub fn differs(one: &Results, other: &Results, called: impl Fn(&str) -> String) -> Option<String> {
    let same = |a: &[f64], b: &[f64]| {
        a.len() == b.len() && a.iter().zip(b).all(|(a, b)| bits(*a) == bits(*b))
    };
    if !same(one.times(), other.times()) {
        return Some(format!("times {:?} {:?}", one.times(), other.times()));
    }
    let mut names = std::collections::BTreeMap::new();
    for (index, name) in other.names().iter().enumerate() {
        names.insert(Name::new(name), index);
    }
    for (index, name) in one.names().iter().enumerate() {
        let Some(at) = names.get(&Name::new(&called(name))) else {
            return Some(format!("{name} ({}) is not there", called(name)));
        };
        let values = [one.column(index), other.column(*at)].map(Iterator::collect::<Vec<_>>);
        if !same(&values[0], &values[1]) {
            return Some(format!("{name}: {:?} {:?}", values[0], values[1]));
        }
    }
    None
}
