//! A story begun from a retrospective: the event, the facts, what varied, the loops, the leverage
//! point, and the experiments.

use crate::causal::LoopReport;
use crate::model::{
    Document, Experiment, ExperimentState, Id, Lever, Rest, Retrospective, Showing, StoryStep,
    StoryView, Target,
};

use super::draft::{StoryDraft, blank_step, marked};
use super::figures::has_figure;
use super::from_loops::from_loops;
use super::lever::{
    hypothesis, is_there, lever_words, target_words, variation_name, variation_words,
};
use super::markdown::literal;
use super::sheet::varied;

/// How many facts a step tells at most.
const FACTS: usize = 6;

/// The story of a retrospective; `None` where it is gone or there is nothing to tell.
///
/// What is not written down has no step. The loops are told as a story from the loops tells them, if
/// the report has any.
#[must_use]
pub fn from_retrospective(
    document: &Document,
    report: &LoopReport,
    sheet: Id,
) -> Option<StoryDraft> {
    let said = document.retrospectives().get(&sheet)?;
    let mut steps = Vec::new();
    steps.extend(event(said));
    facts(document, sheet, &mut steps);
    steps.extend(what_varied(document, sheet));
    if !report.loops.is_empty()
        && let Some(loops) = from_loops(document, report)
    {
        // The first step of theirs says what the diagram is for, and where it begins: here that is
        // what happened.
        steps.extend(loops.steps.into_iter().skip(1));
    }
    steps.extend(leverage_point(document, report, said));
    let experiments = document.experiments_of(sheet).into_iter();
    steps.extend(experiments.filter_map(|(_, one)| experiment(document, one)));
    let name = match said.event.trim() {
        "" => "Retrospective".to_owned(),
        event => event.to_owned(),
    };
    (!steps.is_empty()).then_some(StoryDraft { name, steps })
}

/// The event, with when it was and who took part.
fn event(said: &Retrospective) -> Option<StoryStep> {
    let line = |word: &str, text: &str| {
        let text = literal(text);
        (!text.is_empty()).then(|| format!("**{word}** {text}"))
    };
    let lines = [line("When:", &said.when), line("With:", &said.people)];
    let words: Vec<String> = lines.into_iter().flatten().collect();
    let title = said.event.trim();
    if title.is_empty() && words.is_empty() {
        return None;
    }
    Some(StoryStep {
        title: title.to_owned(),
        words: words.join("\n\n"),
        rest: Rest::Dimmed,
        ..blank_step()
    })
}

/// The timeline, some facts at a time.
fn facts(document: &Document, sheet: Id, steps: &mut Vec<StoryStep>) {
    let all = document.facts_of(sheet).into_iter();
    let lines: Vec<String> = all
        .filter_map(|(_, fact)| {
            let (when, what) = (literal(&fact.when), literal(&fact.what));
            match (when.as_str(), what.as_str()) {
                ("", "") => None,
                ("", what) => Some(format!("- {what}")),
                (when, what) => Some(format!("- **{when}** {what}").trim_end().to_owned()),
            }
        })
        .collect();
    let count = lines.len().div_ceil(FACTS);
    for (number, part) in (1..).zip(lines.chunks(FACTS)) {
        let title = match count {
            1 => "What happened".to_owned(),
            _ => format!("What happened, {number} of {count}"),
        };
        steps.push(StoryStep {
            title,
            words: part.join("\n"),
            rest: Rest::Dimmed,
            ..blank_step()
        });
    }
}

/// What varied, lit where it is on the canvas.
fn what_varied(document: &Document, sheet: Id) -> Option<StoryStep> {
    let all = document.variations_of(sheet).into_iter();
    let lines: Vec<String> = all
        .filter(|(_, one)| !one.name.trim().is_empty() || document.variable_of(one).is_some())
        .map(|(_, one)| match one.how {
            Some(_) => format!("- {}", literal(&variation_words(document, one))),
            None => format!("- {}", literal(&variation_name(document, one))),
        })
        .collect();
    if lines.is_empty() {
        return None;
    }
    let drawn = varied(document, sheet);
    // A canvas on which nothing is left says less than one that has stepped back.
    let rest = match drawn.is_empty() {
        true => Rest::Dimmed,
        false => Rest::Hidden,
    };
    Some(StoryStep {
        title: "What varied".to_owned(),
        words: lines.join("\n"),
        marks: marked([], drawn, Showing::Lit),
        rest,
        ..blank_step()
    })
}

/// A step with this lit: a loop, or a record with the ends that it needs.
fn lit(document: &Document, levers: &[&Lever]) -> StoryStep {
    let mut records = Vec::new();
    let mut loops = Vec::new();
    for lever in levers.iter().filter(|lever| is_there(document, lever)) {
        match lever {
            Lever::Record(id) => {
                records.push(*id);
                let edge = document.edge(*id);
                records.extend(edge.into_iter().flat_map(|edge| [edge.from, edge.to]));
            }
            Lever::Loop(key) => {
                if !loops.contains(key) {
                    loops.push(key.clone());
                }
            }
        }
    }
    StoryStep {
        marks: marked([], records, Showing::Lit),
        loops: loops.into(),
        rest: Rest::Dimmed,
        view: StoryView::Fit,
        ..blank_step()
    }
}

/// Where the team would act, and why.
fn leverage_point(
    document: &Document,
    report: &LoopReport,
    said: &Retrospective,
) -> Option<StoryStep> {
    let lever = said.lever.as_ref()?;
    let name = lever_words(document, Some(report), lever);
    let level = said.level.map(|level| {
        let number = level.number();
        format!("**Level {number} of 12:** {}", literal(level.name()))
    });
    let why = (!said.why.trim().is_empty()).then(|| lines_of(&said.why));
    let parts: Vec<String> = level.into_iter().chain(why).collect();
    if name.is_none() && parts.is_empty() {
        return None;
    }
    Some(StoryStep {
        title: match name {
            Some(name) => format!("Leverage point: {name}"),
            None => "Leverage point".to_owned(),
        },
        words: parts.join("\n\n"),
        ..lit(document, &[lever])
    })
}

/// What is tried, and what came of it.
fn experiment(document: &Document, one: &Experiment) -> Option<StoryStep> {
    let sentence = hypothesis(one);
    if sentence.is_empty() {
        return None;
    }
    let line = |word: &str, text: &str| {
        let text = lines_of(text);
        (!text.is_empty()).then(|| format!("**{word}** {text}"))
    };
    let days = match (one.begins, one.ends) {
        (None, None) => String::new(),
        (Some(day), None) => format!("from {day}"),
        (None, Some(day)) => format!("until {day}"),
        (Some(from), Some(to)) => format!("{from} to {to}"),
    };
    let verdict = one.verdict.map_or("", |verdict| verdict.words());
    let parts = [
        Some(literal(&sentence)),
        line("It should show:", &target_words(document, one)),
        line("Looks after it:", &one.owner),
        line("When:", &days),
        line("What we saw:", &one.measured),
        line("It went", verdict),
        line("What we learned:", &one.learned),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    let mut levers: Vec<Lever> = one.changes.iter().cloned().collect();
    let mut figures = Vec::new();
    match one.target {
        Some(Target::Variable(id)) => levers.push(Lever::Record(id)),
        Some(Target::Figure(figure)) if has_figure(document, &figure) => figures.push(figure),
        Some(Target::Figure(_)) | None => {}
    }
    let levers: Vec<&Lever> = levers.iter().collect();
    Some(StoryStep {
        title: match one.state {
            ExperimentState::Planned => "What we try".to_owned(),
            ExperimentState::Running => "What we are trying".to_owned(),
            ExperimentState::Ended => "What we tried".to_owned(),
        },
        words: parts.join("\n\n"),
        figures: figures.into(),
        ..lit(document, &levers)
    })
}

/// The lines of a text, each as a paragraph that reads as it was written.
fn lines_of(text: &str) -> String {
    let lines = text.lines().map(literal).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}
