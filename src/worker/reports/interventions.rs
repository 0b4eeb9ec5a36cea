//! The report of what could be done about a link, and what it would change.

use super::{Made, ReportWork, judged};
use crate::causal::archetype::ArchetypeMatch;
use crate::causal::intervention::{
    ArrivalChange, Changes, Intervention, InterventionSearch, LoopChange, Prediction,
};
use crate::causal::{Completeness, LoopCounts, LoopPolarity, NamedLoop, Progress};
use crate::model::{Delay, Document, Id, IdSource, Polarity, grouped, in_sentence};
use crate::worker::report::{Block, Disclosure, Row, RowKind};

/// How many loops, and how many answers, are listed.
const LISTED: usize = 40;

/// The report in the making.
#[derive(Debug)]
pub(in crate::worker) struct InterventionWork {
    search: Option<InterventionSearch>,
}

impl InterventionWork {
    pub(in crate::worker) fn new(document: &Document, about: &[Id]) -> Self {
        let link = about.first();
        Self {
            search: link.and_then(|link| InterventionSearch::new(document, *link)),
        }
    }
}

impl ReportWork for InterventionWork {
    fn advance(&mut self, budget: u64, document: &Document, _ids: &mut IdSource) -> Option<Made> {
        let Some(search) = &mut self.search else {
            let words = "Select a link on the canvas to see what would change if it were cut, if its \
                         sign were turned, or with another delay.";
            return Some(vec![Block::Words(words.to_owned())].into());
        };
        if search.advance(budget) == Progress::Unfinished {
            return None;
        }
        Some(written(document, search).into())
    }
}

fn written(document: &Document, search: &InterventionSearch) -> Vec<Block> {
    let link = search.link();
    let title = document
        .links()
        .get(&link)
        .map_or_else(String::new, |found| {
            format!(
                "{} → {}",
                name(document, found.from),
                name(document, found.to)
            )
        });
    let mut blocks = vec![Block::Words(format!(
        "What would change about {title}. Nothing is changed until you say so."
    ))];
    for (what, changes) in search.changes(document) {
        blocks.push(Block::Heading(heading(what).to_owned()));
        let mut row = Row::new(label(what), RowKind::Plain, loops_words(&changes));
        row.text = other_words(document, &changes);
        row.about = vec![link];
        row.actions = vec![judged::action(label(what), what.patch(document, link))];
        blocks.push(Block::Row(row));
        blocks.extend(details(document, what, &changes));
    }
    blocks
}

fn name(document: &Document, id: Id) -> String {
    let variable = document.variables().get(&id);
    in_sentence(variable.map_or("", |variable| &variable.name))
}

const fn heading(what: Intervention) -> &'static str {
    match what {
        Intervention::Cut => "If it is cut",
        Intervention::Sign(Polarity::Positive) => "If its sign is +",
        Intervention::Sign(Polarity::Negative) => "If its sign is −",
        Intervention::Sign(Polarity::Unknown) => "If it has no sign",
        Intervention::Delay(Delay::None) => "If it works at once",
        Intervention::Delay(Delay::Delayed) => "If it is delayed",
    }
}

const fn label(what: Intervention) -> &'static str {
    match what {
        Intervention::Cut => "Cut it",
        Intervention::Sign(_) => "Turn its sign",
        Intervention::Delay(Delay::None) => "Take the delay away",
        Intervention::Delay(Delay::Delayed) => "Delay it",
    }
}

/// How many loops there are then.
fn loops_words(changes: &Changes) -> String {
    let (before, after) = (changes.counts_before, changes.counts_after);
    if before == after && changes.loops.is_empty() {
        return match changes.completeness {
            Completeness::Exact => "No loop changes.".to_owned(),
            _ => "No loop changes of those that were found; there are more.".to_owned(),
        };
    }
    let least = match changes.completeness {
        Completeness::Exact => "",
        Completeness::SoFar | Completeness::Saturated => "at least ",
    };
    format!(
        "Loops: {least}{} instead of {least}{}.",
        counted(after),
        counted(before)
    )
}

/// Loops as "3 (2 reinforcing, 1 balancing)".
fn counted(counts: LoopCounts) -> String {
    let kinds = [
        (counts.reinforcing, "reinforcing"),
        (counts.balancing, "balancing"),
        (counts.undetermined, "undetermined"),
    ];
    let kinds = kinds.iter().filter(|(count, _)| *count > 0);
    let kinds: Vec<String> = kinds
        .map(|(count, kind)| format!("{} {kind}", grouped(*count)))
        .collect();
    match kinds.is_empty() {
        true => "none".to_owned(),
        false => kinds.join(", "),
    }
}

/// What else changes, in sentences.
fn other_words(document: &Document, changes: &Changes) -> String {
    let mut sentences = Vec::new();
    let titles = |found: &[ArchetypeMatch]| {
        let mut titles: Vec<&str> = found.iter().map(|one| one.archetype.title).collect();
        titles.dedup();
        titles.join(", ")
    };
    if !changes.archetypes_lost.is_empty() {
        let titles = titles(&changes.archetypes_lost);
        sentences.push(format!("No longer consistent with: {titles}."));
    }
    if !changes.archetypes_new.is_empty() {
        let titles = titles(&changes.archetypes_new);
        sentences.push(format!("Newly consistent with: {titles}."));
    }
    if changes.archetypes_searched != Completeness::Exact {
        sentences.push("Not all archetypes were looked for.".to_owned());
    }
    sentences.push(answers_words(document, changes));
    sentences.join(" ")
}

/// How many answers of loop analysis become others.
fn answers_words(document: &Document, changes: &Changes) -> String {
    let whose = match changes.pushed.as_slice() {
        [only] => format!(" of a push at {}", name(document, *only)),
        _ => String::new(),
    };
    match (changes.predictions.len(), changes.asked) {
        (0, _) => format!("Once all is at rest, every answer{whose} stays, weights aside."),
        (1, all) => format!(
            "Once all is at rest, 1 of {} answers{whose} is another.",
            grouped(all as u64)
        ),
        (some, all) => format!(
            "Once all is at rest, {} of {} answers{whose} are others.",
            grouped(some as u64),
            grouped(all as u64)
        ),
    }
}

/// What can be unfolded below an intervention.
fn details(document: &Document, what: Intervention, changes: &Changes) -> Vec<Block> {
    let loops = changes
        .loops
        .iter()
        .map(|change| loop_row(document, change));
    let arrivals = changes
        .arrivals
        .iter()
        .map(|one| arrival_row(document, one));
    let answers = changes
        .predictions
        .iter()
        .map(|one| answer_row(document, one));
    [
        ("Loops that change", disclosed(loops)),
        ("When a push arrives", disclosed(arrivals)),
        ("Answers that change", disclosed(answers)),
    ]
    .into_iter()
    .filter(|(_, rows)| !rows.is_empty())
    .map(|(words, rows)| {
        Block::Disclosure(Disclosure {
            topic: format!("{}: {words}", heading(what)),
            words: words.to_owned(),
            rows,
        })
    })
    .collect()
}

/// The first of these rows, and how many more there are.
fn disclosed(rows: impl Iterator<Item = Row>) -> Vec<Row> {
    let mut rows: Vec<Row> = rows.collect();
    let more = rows.len().saturating_sub(LISTED);
    if more > 0 {
        rows.truncate(LISTED);
        rows.push(Row::new(
            "more",
            RowKind::Plain,
            format!("… and {more} more"),
        ));
    }
    rows
}

fn loop_row(document: &Document, change: &LoopChange) -> Row {
    let becomes = match &change.after {
        None => "is cut".to_owned(),
        Some(after) if after.polarity != change.before.polarity => {
            format!("becomes {}", polarity_word(after.polarity))
        }
        Some(after) => match after.delay {
            Delay::None => "has no delay any more".to_owned(),
            Delay::Delayed => "becomes delayed".to_owned(),
        },
    };
    let kind = change.after.as_ref().unwrap_or(&change.before).polarity;
    let mut row = Row::new(
        "loop",
        row_kind(kind),
        format!("{} {becomes}", change.before.code),
    );
    row.text = round_trip(document, &change.before);
    row.about = change.before.links.clone();
    row
}

const fn polarity_word(polarity: LoopPolarity) -> &'static str {
    match polarity {
        LoopPolarity::Reinforcing => "reinforcing",
        LoopPolarity::Balancing => "balancing",
        LoopPolarity::Undetermined => "undetermined",
    }
}

const fn row_kind(polarity: LoopPolarity) -> RowKind {
    match polarity {
        LoopPolarity::Reinforcing => RowKind::Reinforcing,
        LoopPolarity::Balancing => RowKind::Balancing,
        LoopPolarity::Undetermined => RowKind::Undetermined,
    }
}

/// The variables of a loop, once round.
fn round_trip(document: &Document, named: &NamedLoop) -> String {
    let names = named.variables.iter().chain(named.variables.first());
    let names: Vec<String> = names.map(|id| name(document, *id)).collect();
    names.join(" → ")
}

fn arrival_row(document: &Document, one: &ArrivalChange) -> Row {
    let rounds = |round: u32| match round {
        1 => "1 round".to_owned(),
        round => format!("{round} rounds"),
    };
    let name = name(document, one.variable);
    let words = match (one.before, one.after) {
        (Some(before), Some(after)) => format!(
            "{name} is reached after {} instead of {}",
            rounds(after),
            rounds(before)
        ),
        (_, None) => format!("{name} is no longer reached"),
        (None, Some(after)) => format!("{name} is reached after {}", rounds(after)),
    };
    let mut row = Row::new("arrival", RowKind::Plain, words);
    row.about = vec![one.variable];
    row
}

fn answer_row(document: &Document, one: &Prediction) -> Row {
    let words = format!(
        "If {} is pushed up, {} {}",
        name(document, one.pushed),
        name(document, one.observed),
        one.after.words()
    );
    let mut row = Row::new("answer", RowKind::Plain, words);
    row.text = format!("As it is drawn, it {}.", one.before.words());
    row.about = vec![one.pushed, one.observed];
    row
}
