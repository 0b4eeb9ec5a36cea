//! The experiments: what a team tries so as to learn, and what came of it.

use super::markdown::{heading, item, more, paragraphs};
use crate::format::drawing::Drawing;
use crate::model::{Experiment, ExperimentState};
use crate::story::{gone_of_experiment, hypothesis, lever_words, target_words};
use crate::stream::before_after::{Measured, measured};

/// The experiments that belong to no retrospective, by how far they are; nothing where there are none.
/// Those of a retrospective stand in its part.
pub fn experiments(out: &mut String, drawing: &Drawing<'_>) {
    let document = drawing.document();
    let mut all = document.experiments_in_order();
    all.retain(|(_, one)| {
        let sheet = one.retrospective;
        !sheet.is_some_and(|sheet| document.retrospectives().contains_key(&sheet))
    });
    if all.is_empty() {
        return;
    }
    heading(out, "Experiments");
    paragraphs(
        out,
        "What is tried so as to learn about the system. One that went otherwise than expected \
         teaches as much as one that did not.",
    );
    for (state, words) in [
        (ExperimentState::Running, "Running"),
        (ExperimentState::Planned, "Planned"),
        (ExperimentState::Ended, "Ended"),
    ] {
        let mut group = all.iter().filter(|(_, one)| one.state == state).peekable();
        if group.peek().is_none() {
            continue;
        }
        out.push_str("\n### ");
        out.push_str(words);
        out.push_str("\n\n");
        for (_, one) in group {
            experiment(out, drawing, one);
        }
    }
}

/// An experiment: what was expected and why, what it changes, what was measured, and what was learned.
pub(super) fn experiment(out: &mut String, drawing: &Drawing<'_>, one: &Experiment) {
    let document = drawing.document();
    let sentence = match hypothesis(one).as_str() {
        "" => "Nothing is written down yet.".to_owned(),
        words => words.to_owned(),
    };
    let state = match one.verdict {
        Some(verdict) => format!("{}, {}", one.state.words(), verdict.words()),
        None => one.state.words().to_owned(),
    };
    item(out, "", &format!("{sentence} ({state})"));
    let report = (!document.variables().is_empty()).then(|| drawing.loops());
    let changes = one.changes.iter();
    let changes: Vec<String> = changes
        .filter_map(|lever| lever_words(document, report, lever))
        .collect();
    let mut say = |word: &str, text: &str| {
        if !text.trim().is_empty() {
            more(out, format!("{word} {text}").trim_start());
        }
    };
    say("It changes:", &changes.join(", "));
    if let Some(level) = one.level {
        let words = format!("{} of 12, {}", level.number(), level.name());
        say("Level of leverage:", &words);
    }
    say("It should show:", &target_words(document, one));
    say("Looks after it:", &one.owner);
    let day = |day: Option<crate::model::Date>| day.map_or_else(String::new, |day| day.to_string());
    say("Begins:", &day(one.begins));
    say("We look at it:", &day(one.ends));
    say("What we saw:", &one.measured);
    for words in measured(one).iter().flat_map(Measured::sentences) {
        say("", words);
    }
    say("What we learned:", &one.learned);
    say("", &gone_of_experiment(document, one).unwrap_or_default());
}
