//! Two futures of a map under the same chance, and which change pays.

use super::side::{Side, Writing};
use crate::editor::describe;
use crate::model::{
    Adjustment, Document, Id, Improvement, MeasureChange, MeasureChanges, MeasureKind,
    improved_measure, number_text, with_measure,
};
use crate::simulate::events::{Differences, Interval, SHARES, Steadiness, Study, compare};
use crate::worker::list::Table;
use crate::worker::report::{Block, Row, RowKind};

/// How much quicker a step is made to see whether that pays.
pub(super) const QUICKER: f64 = 0.9;

/// What is said of a figure that no run gives.
const UNKNOWN: &str = "not known";

/// Why what is said of a side is not that of a steady state, if it is not.
fn unsteady(name: &str, steadiness: Steadiness) -> Option<Block> {
    let words = match steadiness {
        Steadiness::Steady => return None,
        Steadiness::Grows(_) => {
            "more comes than leaves, so that its lead time has no mean to settle at"
        }
        Steadiness::Stuck => "in some run nothing moves any more, though work is left",
        Steadiness::TooShort => "its runs are too short to tell what is so in the long run",
        Steadiness::TooVague => "its runs are too short, or too few, to tell its lead time well",
    };
    let title = format!("{name}: {words}");
    Some(Block::Row(Row::new("unsteady", RowKind::Warning, title)))
}

/// How the second does beside the first.
pub(super) fn blocks(document: &Document, sides: [&Side; 2], studies: [&Study; 2]) -> Vec<Block> {
    let writing = Writing::of(document);
    let [first, second] = studies;
    let (Some(before), Some(after)) = (first.results(), second.results()) else {
        return Vec::new();
    };
    let differences = match compare(first, second) {
        Ok(differences) => differences,
        Err(why) => return vec![Block::Words(format!("{why}."))],
    };
    let names = sides.map(|side| side.name.as_str());
    let mut blocks = vec![Block::Words(sentence(names, &differences, &writing))];
    for (name, results) in names.into_iter().zip([&before, &after]) {
        blocks.extend(unsteady(name, results.steadiness));
    }
    let like = before.lead.map_or(0.0, |lead| lead.mean);
    let time = |seconds: f64| writing.time_like(seconds, like);
    let rate = |rate: f64| writing.rate_like(rate, before.throughput.mean);
    let items = |items: f64| writing.items(items);
    let mut rows = Vec::new();
    let mut push = |name: String,
                    one: Option<Interval>,
                    other: Option<Interval>,
                    difference: Option<Interval>,
                    as_text: &dyn Fn(f64) -> String| {
        let mean = |interval: Option<Interval>| {
            interval.map_or_else(|| UNKNOWN.to_owned(), |found| as_text(found.mean))
        };
        rows.push(vec![
            name,
            mean(one),
            mean(other),
            difference.map_or_else(
                || UNKNOWN.to_owned(),
                |found| difference_text(&found, as_text),
            ),
        ]);
    };
    push(
        "Lead time, mean".to_owned(),
        before.lead,
        after.lead,
        differences.lead,
        &time,
    );
    for (place, part) in SHARES.into_iter().enumerate() {
        let at = |found: Option<[Interval; 3]>| found.map(|found| found[place]);
        push(
            format!("Lead time, P{:.0}", part * 100.0),
            at(before.percentiles),
            at(after.percentiles),
            at(differences.percentiles),
            &time,
        );
    }
    push(
        "Throughput".to_owned(),
        Some(before.throughput),
        Some(after.throughput),
        Some(differences.throughput),
        &rate,
    );
    push(
        "Items in it and outside".to_owned(),
        Some(sum(before.inside, before.outside)),
        Some(sum(after.inside, after.outside)),
        Some(differences.inside),
        &items,
    );
    blocks.push(Block::Table(Table::new(
        &["Figure", names[0], names[1], "Difference"],
        rows,
    )));
    let settings = first.settings();
    blocks.push(Block::Words(format!(
        "Simulated under the same chance: in run k of both, each item comes at the same time and needs \
         the same work at each step that both have. Differences are of {} pairs of runs of {} working \
         days, with the seed {}; the intervals hold the true difference in 95 of 100 cases.",
        differences.each.len(),
        number_text(writing.days(settings.length)),
        settings.seed
    )));
    blocks.extend(sides[1].assumptions());
    blocks
}

/// The sum of two means whose interval is not known.
fn sum(one: Interval, other: Interval) -> Interval {
    Interval {
        mean: one.mean + other.mean,
        half_width: one.half_width + other.half_width,
        ..one
    }
}

/// A difference with its interval, or that it is within noise.
fn difference_text(difference: &Interval, as_text: &dyn Fn(f64) -> String) -> String {
    if difference.mean == 0.0 && difference.half_width == 0.0 {
        return "no difference".to_owned();
    }
    let signed = |number: f64| {
        let sign = if number < 0.0 { "−" } else { "+" };
        format!("{sign}{}", as_text(number.abs()))
    };
    let range = format!(
        "{} to {}",
        signed(difference.low()),
        signed(difference.high())
    );
    match difference.holds(0.0) {
        true => format!("within noise ({range})"),
        false => format!("{} ({range})", signed(difference.mean)),
    }
}

/// What the comparison says, in a sentence.
fn sentence(names: [&str; 2], differences: &Differences, writing: &Writing) -> String {
    let [_, after] = names;
    if differences
        .each
        .iter()
        .flatten()
        .all(|difference| *difference == 0.0)
    {
        return format!("{after} does exactly as {} in every run.", names[0]);
    }
    let Some(lead) = differences.lead else {
        return "In some run nothing was done, so that lead times cannot be compared.".to_owned();
    };
    if lead.holds(0.0) {
        return format!(
            "With {after}, the lead time differs by no more than chance: within noise."
        );
    }
    let way = if lead.mean < 0.0 { "shorter" } else { "longer" };
    format!(
        "With {after}, the lead time is {} {way} on the mean ({} to {}).",
        writing.time(lead.mean.abs()),
        writing.time(lead.low().abs().min(lead.high().abs())),
        writing.time(lead.low().abs().max(lead.high().abs()))
    )
}

/// The changes that are tried one by one: each step a tenth quicker.
pub(super) fn tried(document: &Document, side: &Side) -> Vec<(Id, Improvement)> {
    let mut steps: Vec<Id> = side
        .mapped
        .crews
        .iter()
        .flat_map(|crew| crew.steps.clone())
        .collect();
    let order = side.document.flow_order();
    steps.sort_by_key(|id| order.iter().position(|one| one == id));
    steps.dedup();
    let (improvement, time) = (&side.improvement, MeasureKind::ProcessTime);
    let changed = |step: Id| {
        let mut changes = improvement.changes.iter();
        let own = changes.find(|change| change.about == step && change.measure == time);
        let own = own.map(|own| own.change);
        let is_added = improvement.added.iter().any(|one| one.id == step);
        if is_added || matches!(own, Some(Adjustment::Is(_))) {
            let stated = improved_measure(document, improvement, (step, time));
            let stated = Adjustment::Part(QUICKER).applied(time, stated.as_ref());
            return (
                step,
                with_measure(document, improvement, (step, time), stated),
            );
        }
        let change = match own {
            Some(Adjustment::Part(part)) => Adjustment::Part(part * QUICKER),
            _ => Adjustment::Part(QUICKER),
        };
        let change = MeasureChange {
            about: step,
            measure: time,
            change,
        };
        let changes = improvement.changes.iter().copied().chain([change]);
        let quicker = Improvement {
            changes: MeasureChanges::new(changes),
            ..improvement.clone()
        };
        (step, quicker)
    };
    steps.into_iter().map(changed).collect()
}

/// Which step is worth improving.
pub(super) fn pays(
    document: &Document,
    (side, today): (&Side, &Study),
    found: &[(Id, Differences)],
) -> Vec<Block> {
    let writing = Writing::of(document);
    let Some(before) = today.results() else {
        return Vec::new();
    };
    let grows = matches!(before.steadiness, Steadiness::Grows(_));
    let mut found: Vec<&(Id, Differences)> = found.iter().collect();
    let gain = |differences: &Differences| match (grows, differences.lead) {
        (true, _) => differences.throughput.mean,
        (false, Some(lead)) => -lead.mean,
        (false, None) => f64::NEG_INFINITY,
    };
    found.sort_by(|one, other| gain(&other.1).total_cmp(&gain(&one.1)));
    let like = before.lead.map_or(0.0, |lead| lead.mean);
    let time = |seconds: f64| writing.time_like(seconds, like);
    let rate = |rate: f64| writing.rate_like(rate, before.throughput.mean);
    let row = |(step, differences): &&(Id, Differences)| {
        vec![
            describe(&side.document, *step),
            differences
                .lead
                .map_or_else(|| UNKNOWN.to_owned(), |lead| difference_text(&lead, &time)),
            difference_text(&differences.throughput, &rate),
        ]
    };
    let mut blocks: Vec<Block> = unsteady(&side.name, before.steadiness)
        .into_iter()
        .collect();
    let helps = |(_, differences): &&&(Id, Differences)| match grows {
        true => differences.throughput.low() > 0.0,
        false => differences.lead.is_some_and(|lead| lead.high() < 0.0),
    };
    // In the order of what they gain.
    let helping: Vec<String> = found
        .iter()
        .filter(helps)
        .map(|(step, _)| describe(&side.document, *step))
        .collect();
    let what = match grows {
        true => "raises the throughput",
        false => "shortens the lead time",
    };
    let words = match &helping[..] {
        [] => "No step moves the whole by more than chance when it is made a tenth quicker."
            .to_owned(),
        [only] => format!(
            "Of all steps only {only} {what} by more than chance when it is made a tenth quicker."
        ),
        [first, ..] => format!("A tenth off {first} {what} most, on the mean."),
    };
    blocks.push(Block::Words(words));
    blocks.push(Block::Table(Table::new(
        &["A tenth quicker", "Lead time", "Throughput"],
        found.iter().map(row).collect(),
    )));
    let settings = today.settings();
    blocks.push(Block::Words(format!(
        "Simulated: each step's process time is a tenth shorter in turn, the rest as it is, under the \
         same chance; {} pairs of runs of {} working days, with the seed {}. The intervals hold all true \
         differences together in 95 of 100 cases; one that holds 0 is within noise.",
        settings.replications,
        number_text(writing.days(settings.length)),
        settings.seed
    )));
    blocks.extend(side.assumptions());
    blocks
}
