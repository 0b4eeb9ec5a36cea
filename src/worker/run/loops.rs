//! Which loops drive a run, as the page shows it.

use std::collections::BTreeSet;

use crate::model::{
    Document, Id, LoopKey, Polarity as LinkPolarity, VariableKind, isolated, number_text,
    time_words,
};
use crate::scene::MeasureText;
use crate::simulate::{LoopScores, Polarity};

use super::chart::{SharedLoop, loops_chart, shown_rows};
use super::drive::extent_words;
use super::model::OpenModel;
use super::view::{DrivingLoop, DrivingPart, DrivingPeriod, LoopsView, RunFacts, RunWanted};

/// The most loops that are listed.
const MOST_LISTED: usize = 50;
/// The most sentences of a story.
const MOST_SENTENCES: usize = 8;
/// The most parts of a model that have a chart.
const MOST_PARTS: usize = 12;
/// How many variables the name of a part has.
const NAMED: usize = 3;
/// The height of the chart of shares, in CSS pixels.
const HEIGHT: f64 = 150.0;

/// What there is to show of scores.
pub fn loops_view(
    scores: &LoopScores,
    model: &OpenModel,
    document: &Document,
    facts: &RunFacts,
    wanted: &RunWanted,
    font: &dyn MeasureText,
) -> LoopsView {
    let all_times = scores.links().times();
    let rows = shown_rows(all_times.len());
    let times: Vec<f64> = rows.iter().map(|row| all_times[*row]).collect();
    let listed = scores.loops().len().min(MOST_LISTED);
    let mut loops: Vec<DrivingLoop> = Vec::with_capacity(listed);
    for (at, one) in scores.loops().iter().take(listed).enumerate() {
        let links = drawn_links(scores, at, model, document);
        let name = name_of(&links, wanted);
        let relative = scores.relative(at);
        let polarity = scores.polarity(at);
        let mut remark = polarity_words(polarity, &scores.flips(at));
        if let Some(drawn) = disagreement(polarity, &links, document) {
            remark.push_str(drawn);
        }
        if one.is_mixed {
            remark
                .push_str(" It has a delay of whole steps: its sign is right, its times are not.");
        }
        loops.push(DrivingLoop {
            ring: if name.is_some() {
                scores.described(at)
            } else {
                String::new()
            },
            name: name.unwrap_or_else(|| scores.described(at)),
            letters: polarity.letters().to_owned(),
            remark: remark.trim().to_owned(),
            links,
            share: scores.mean_share(at),
            partition: one.partition,
            shares: rows.iter().map(|row| relative[*row] as f32).collect(),
        });
    }
    let mut periods = Vec::new();
    for partition in 0..scores.partitions() {
        let partition = u32::try_from(partition).unwrap_or(u32::MAX);
        for period in scores.periods(partition) {
            let known = period.loops.iter().all(|at| *at < listed);
            let number = |at: &usize| u32::try_from(*at).unwrap_or(u32::MAX);
            periods.push(DrivingPeriod {
                from: period.from,
                to: period.to,
                partition,
                loops: match known {
                    true => period.loops.iter().map(number).collect(),
                    false => Vec::new(),
                },
            });
        }
    }
    let mut partitions: Vec<u32> = Vec::new();
    for one in &loops {
        if !partitions.contains(&one.partition) {
            partitions.push(one.partition);
        }
    }
    let drawn = partitions.iter().take(MOST_PARTS);
    let size = (wanted.chart.width, HEIGHT);
    let parts = drawn.map(|partition| {
        let own = loops.iter().enumerate();
        let own = own.filter(|(_, one)| one.partition == *partition);
        let shared = own.map(|(at, one)| SharedLoop {
            name: format!("{} {}", one.letters, one.name),
            polarity: scores.polarity(at),
            shares: &one.shares,
        });
        let shared: Vec<SharedLoop<'_>> = shared.collect();
        let periods = periods.iter().filter(|one| one.partition == *partition);
        let periods: Vec<&DrivingPeriod> = periods.collect();
        DrivingPart {
            partition: *partition,
            name: part_name(scores, *partition, model, document),
            story: story(&periods, &loops, &times, facts),
            chart: loops_chart(facts, &times, &shared, size, font),
        }
    });
    let parts: Vec<DrivingPart> = parts.collect();
    let mut notes = vec![extent_words(scores)];
    let more = scores.partitions().saturating_sub(parts.len());
    if more > 0 {
        notes.push(match more {
            1 => "1 more part of the model has loops, and no chart.".to_owned(),
            more => format!("{more} more parts of the model have loops, and no chart."),
        });
    }
    notes.extend(scores.links().remarks().iter().cloned());
    LoopsView {
        times,
        loops,
        periods,
        parts,
        notes,
    }
}

/// What a part is called: its stocks, or else its variables, the first few by name.
fn part_name(
    scores: &LoopScores,
    partition: u32,
    model: &OpenModel,
    document: &Document,
) -> String {
    let names = scores.links().names();
    let own = scores.loops().iter();
    let own = own.filter(|one| one.partition == partition);
    let columns: BTreeSet<u32> = own.flat_map(|one| one.variables.iter().copied()).collect();
    let columns = columns
        .iter()
        .filter_map(|column| names.get(*column as usize));
    let columns: Vec<&String> = columns.collect();
    let is_stock = |name: &&&String| {
        let variable = model
            .id_of(name)
            .and_then(|id| document.variables().get(&id));
        variable.is_some_and(|variable| variable.kind == VariableKind::Stock)
    };
    let stocks: Vec<&String> = columns.iter().filter(is_stock).copied().collect();
    let named = if stocks.is_empty() { columns } else { stocks };
    let first: Vec<_> = named
        .iter()
        .take(NAMED)
        .map(|name| isolated(name))
        .collect();
    let first = first.join(", ");
    match named.len().saturating_sub(NAMED) {
        0 => first,
        more => format!("{first} and {more} more"),
    }
}

/// The links of a loop that are drawn; none where one of them is not.
fn drawn_links(scores: &LoopScores, at: usize, model: &OpenModel, document: &Document) -> Vec<Id> {
    let names = scores.links().names();
    let variables = scores.loops()[at].variables.iter();
    let ids: Option<Vec<Id>> = variables
        .map(|column| model.id_of(names.get(*column as usize)?))
        .collect();
    let Some(mut ids) = ids else {
        return Vec::new();
    };
    // Elements of one variable are one on the canvas.
    ids.dedup();
    let ends = ids.iter().zip(ids.iter().cycle().skip(1));
    let links: Option<Vec<Id>> = ends
        .map(|(from, to)| {
            let mut edges = document.edges_of(*from);
            edges.find(|id| {
                let link = document.links().get(id);
                link.is_some_and(|link| link.from == *from && link.to == *to)
            })
        })
        .collect();
    links.unwrap_or_default()
}

/// What the page calls the loop of these links, if it knows it.
fn name_of(links: &[Id], wanted: &RunWanted) -> Option<String> {
    if links.is_empty() {
        return None;
    }
    let key = LoopKey::new(links.iter().copied());
    let mut names = wanted.loop_names.iter();
    names
        .find(|(other, _)| *other == key)
        .map(|(_, name)| name.clone())
}

/// What is to be said where a loop has another sign in the run than its links as they are drawn;
/// nothing where one of them has none.
fn disagreement(polarity: Polarity, links: &[Id], document: &Document) -> Option<&'static str> {
    let signs = links
        .iter()
        .map(|id| document.links().get(id).map(|link| link.polarity));
    let negative = signs.map(|sign| match sign {
        Some(LinkPolarity::Positive) => Some(0),
        Some(LinkPolarity::Negative) => Some(1),
        Some(LinkPolarity::Unknown) | None => None,
    });
    let count = negative
        .sum::<Option<usize>>()
        .filter(|_| !links.is_empty())?;
    match polarity {
        Polarity::Reinforcing if !count.is_multiple_of(2) => Some(" It is drawn as balancing."),
        Polarity::Balancing if count.is_multiple_of(2) => Some(" It is drawn as reinforcing."),
        _ => None,
    }
}

/// What the letters say, and when the sign changes.
fn polarity_words(polarity: Polarity, flips: &[f64]) -> String {
    let meaning = match polarity {
        Polarity::Reinforcing | Polarity::Balancing => "",
        Polarity::MostlyReinforcing => "Reinforcing nearly all of the time.",
        Polarity::MostlyBalancing => "Balancing nearly all of the time.",
        Polarity::Undetermined => "Reinforcing at some times, balancing at others.",
        Polarity::Inactive => "It is never active.",
    };
    let times: Vec<String> = flips
        .iter()
        .take(3)
        .map(|time| number_text(*time))
        .collect();
    let more = if flips.len() > times.len() {
        ", …"
    } else {
        ""
    };
    match times.is_empty() {
        true => meaning.to_owned(),
        false => format!("{meaning} Its sign changes at {}{more}.", times.join(", ")),
    }
}

/// A loop in a sentence: its name, with its letters where the name does not say them.
fn told(one: &DrivingLoop) -> String {
    let code = one.name.strip_prefix(one.letters.as_str()).unwrap_or("");
    let is_code = !code.is_empty() && code.chars().all(|digit| digit.is_ascii_digit());
    match is_code {
        true => one.name.clone(),
        false => format!("{} ({})", isolated(&one.name), one.letters),
    }
}

/// A loop in the sentence of a period; of one whose sign changes over the run, the sign in the period.
fn driver(one: &DrivingLoop, period: &DrivingPeriod, times: &[f64]) -> String {
    if matches!(one.letters.as_str(), "R" | "B") {
        return told(one);
    }
    let within = times.iter().zip(&one.shares);
    let within = within.filter(|(time, _)| (period.from..=period.to).contains(*time));
    let (mut above, mut below) = (false, false);
    for (_, share) in within {
        above |= *share > 0.0;
        below |= *share < 0.0;
    }
    let sign = match (above, below) {
        (true, false) => "reinforcing",
        (false, true) => "balancing",
        _ => "now reinforcing, now balancing",
    };
    format!("{}, {sign},", isolated(&one.name))
}

/// When which loops drive, in sentences.
fn story(
    periods: &[&DrivingPeriod],
    loops: &[DrivingLoop],
    times: &[f64],
    facts: &RunFacts,
) -> Vec<String> {
    let unit = facts.time_unit.as_str();
    // The longest periods tell most; what is told stays in the order of time.
    let mut longest: Vec<usize> = (0..periods.len()).collect();
    longest.sort_by(|a, b| {
        let length = |at: &usize| periods[*at].to - periods[*at].from;
        length(b).total_cmp(&length(a))
    });
    longest.truncate(MOST_SENTENCES);
    longest.sort_unstable();
    let sentences = longest.iter().map(|at| {
        let period = periods[*at];
        let time = match period.from < period.to {
            true => format!(
                "From {} to {},",
                number_text(period.from),
                time_words(period.to, unit)
            ),
            false => format!("At {},", time_words(period.from, unit)),
        };
        let names = period.loops.iter().filter_map(|at| loops.get(*at as usize));
        let names: Vec<String> = names.map(|one| driver(one, period, times)).collect();
        match names.as_slice() {
            [] => format!("{time} no few loops drive, or nothing changes."),
            [one] => format!("{time} {one} drives."),
            [most @ .., last] => {
                let most: Vec<&str> = most.iter().map(|name| name.trim_end_matches(',')).collect();
                format!("{time} {} and {last} drive together.", most.join(", "))
            }
        }
    });
    let mut sentences: Vec<String> = sentences.collect();
    if periods.len() > longest.len() {
        let more = periods.len() - longest.len();
        sentences.push(format!("{more} shorter periods are not told."));
    }
    sentences
}
