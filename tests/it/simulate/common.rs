//! Small models as texts, and their runs.

use std::sync::Arc;

use loopstream::causal::Progress;
use loopstream::equation::Fault;
use loopstream::simulate::{
    Compiled, LinkRun, LinkScores, LoopScores, LoopSearch, Results, Run, Settings, Which, compile,
    read, wire,
};

/// A model of Vensim from 0 to an end, with a step, saved at every step.
pub fn mdl(equations: &str, end: &str, step: &str) -> String {
    format!(
        "{{UTF-8}}\n{equations}\nINITIAL TIME = 0 ~~|\nFINAL TIME = {end} ~~|\n\
         TIME STEP = {step} ~~|\nSAVEPER = TIME STEP ~~|\n"
    )
}

/// A model of XMILE from 0 to an end, with the inside of `<dt>`'s tag and other parts as they are.
pub fn xmile(specs: &str, before: &str, variables: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<xmile version=\"1.0\" \
         xmlns=\"http://docs.oasis-open.org/xmile/ns/XMILE/v1.0\" \
         xmlns:isee=\"http://iseesystems.com/XMILE\">\n{specs}\n{before}\n<model>\n<variables>\n\
         {variables}\n</variables>\n</model>\n</xmile>\n"
    )
}

/// `<sim_specs>` from 0 to an end.
pub fn specs(end: &str, step: &str, method: &str) -> String {
    format!(
        "<sim_specs method=\"{method}\"><start>0</start><stop>{end}</stop><dt>{step}</dt></sim_specs>"
    )
}

/// An auxiliary of XMILE.
pub fn aux(name: &str, equation: &str) -> String {
    format!("<aux name=\"{name}\"><eqn><![CDATA[{equation}]]></eqn></aux>\n")
}

/// A run with settings, or what cannot run, be it one variable.
pub fn run_with(text: &str, settings: &Settings) -> Result<Results, Vec<Fault>> {
    let compiled = compile(&read(text)?, settings)?;
    match compiled.refused() {
        [] => run_of(compiled),
        faults => Err(faults.to_vec()),
    }
}

/// A run of a model, of what can be computed of it.
pub fn run_of(compiled: Compiled) -> Result<Results, Vec<Fault>> {
    let mut run = Run::new(Arc::new(compiled)).map_err(|fault| vec![fault])?;
    assert_eq!(run.advance(u64::MAX), Progress::Finished);
    Ok(run.into_results())
}

/// A run of a model that can run.
pub fn run(text: &str) -> Results {
    run_with(text, &Settings::default()).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"))
}

/// The values of a variable.
pub fn column(results: &Results, name: &str) -> Vec<f64> {
    let index = results.index_of(name);
    let index = index.unwrap_or_else(|| panic!("{name} is none of {:?}", results.names()));
    results.column(index).collect()
}

/// What a model of Vensim gives for a variable.
pub fn of_mdl(equations: &str, end: &str, step: &str, name: &str) -> Vec<f64> {
    column(&run(&mdl(equations, end, step)), name)
}

/// What an equation of XMILE gives, beside other variables.
pub fn of_xmile(specs: &str, others: &str, equation: &str) -> Vec<f64> {
    let text = xmile(specs, "", &format!("{others}{}", aux("result", equation)));
    column(&run(&text), "result")
}

/// Why a model cannot run, a line for each fault, with line and column.
pub fn refusal(text: &str) -> Vec<String> {
    let faults = run_with(text, &Settings::default()).expect_err("it can run");
    let said = faults.iter().map(|fault| match fault.place(text) {
        Some(place) => format!("{}:{} {fault}", place.line, place.column),
        None => fault.to_string(),
    });
    said.collect()
}

/// The scores of the links of a model.
pub fn links(text: &str, which: Which) -> LinkScores {
    let source = read(text).unwrap_or_else(|faults| panic!("{faults:?}\n{text}"));
    let wiring = wire(&source, &Settings::default()).unwrap();
    let mut run = LinkRun::new(Arc::new(wiring), which).unwrap();
    assert_eq!(run.advance(u64::MAX), Progress::Finished);
    run.into_scores().unwrap()
}

/// The loops of a model with their scores.
pub fn loops(text: &str) -> LoopScores {
    let mut search = LoopSearch::new(Arc::new(links(text, Which::OnLoops)));
    assert_eq!(search.advance(u64::MAX), Progress::Finished);
    search.into_scores().unwrap()
}

/// The scores of a link, by the names of its ends.
pub fn link(links: &LinkScores, from: &str, to: &str) -> Vec<f64> {
    let column = |name: &str| links.names().iter().position(|known| known == name);
    let ends = column(from).zip(column(to)).unwrap();
    let mut known = links.links().iter();
    let at = known.position(|link| (link.from as usize, link.to as usize) == ends);
    let at = at.unwrap_or_else(|| panic!("there is no link {from} → {to}"));
    links.scores(at).to_vec()
}

/// The index of a loop, by its variables in their order, from whichever on.
pub fn loop_of(loops: &LoopScores, variables: &[&str]) -> usize {
    let names = loops.links().names();
    let found = loops.loops().iter().position(|one| {
        let mut own: Vec<&str> = one
            .variables
            .iter()
            .map(|at| names[*at as usize].as_str())
            .collect();
        let first = own.iter().position(|name| *name == variables[0]);
        own.rotate_left(first.unwrap_or(0));
        own == variables
    });
    found.unwrap_or_else(|| {
        let all = (0..loops.loops().len()).map(|at| loops.described(at));
        panic!("{variables:?} is none of {:?}", all.collect::<Vec<_>>())
    })
}
