//! Named improvements in words: what each changes, and what the stream does then beside today.

use crate::model::{
    Adjustment, Aim, Calendar, Document, Id, Improvement, Measure, MeasureChange, StationKind,
    StreamResult, Unit, can_have_steps, improved, isolated, measure_text, number_text, rate_text,
};

use super::figure::{Bound, Figure, FigureDimension, Outcome, Status};
use super::improvement::{Certain, Prospect, prospect};
use super::problem::names;
use super::words::amount_text_like;

/// The columns in which improvements are compared.
pub const IMPROVEMENT_COLUMNS: [&str; 6] = [
    "Throughput",
    "Lead time",
    "Constraint",
    "Queue growth",
    "Activity ratio",
    "Rolled %C&A",
];

/// What is to be known of all of them.
pub const IMPROVEMENT_NOTE: &str = "Waiting times stay as they are stated unless an improvement \
    changes them. Throughput is calculated, also where today's was counted.";

/// One number of one improvement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct ImprovementCell {
    /// What it is then, with its unit; `unknown` where nobody knows.
    pub value: String,
    /// How it differs from today, with an arrow and in words; empty for today.
    pub difference: String,
    /// How far it is to be trusted, in a word.
    pub status: String,
}

impl ImprovementCell {
    /// It on one line.
    #[must_use]
    pub fn text(&self) -> String {
        let Self {
            value,
            difference,
            status,
        } = self;
        let is_said = |words: &&String| !words.is_empty() && *words != value;
        let rest: Vec<&str> = [difference, status]
            .into_iter()
            .filter(is_said)
            .map(String::as_str)
            .collect();
        match rest.is_empty() {
            true => value.clone(),
            false => format!("{value} ({})", rest.join("; ")),
        }
    }
}

/// One improvement beside today.
#[derive(Clone, Debug, PartialEq)]
pub struct ImprovementLine {
    /// What it changes, one sentence for each measure, each step or flow that is left out and each step
    /// that is put in.
    pub changes: Vec<String>,
    /// Its numbers, by column.
    pub cells: Vec<ImprovementCell>,
}

/// What the stream of some of these records does today, and with each of these improvements; none
/// where there is no stream.
#[must_use]
pub fn improvement_lines(
    document: &Document,
    about: &[Id],
    improvements: &[&Improvement],
) -> Option<(ImprovementLine, Vec<ImprovementLine>)> {
    let today = prospect(document, about)?;
    let first = ImprovementLine {
        changes: Vec::new(),
        cells: cells(document, &today, None),
    };
    let line = |improvement: &&Improvement| {
        let then = prospect(&improved(document, improvement), about)?;
        Some(ImprovementLine {
            changes: improvement_words(document, improvement),
            cells: cells(document, &then, Some(&today)),
        })
    };
    Some((first, improvements.iter().filter_map(line).collect()))
}

/// What an improvement is expected to move most, which way, and by how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// The figure: the lead time, or the throughput where the lead time stays or is not known.
    pub result: StreamResult,
    /// Which way.
    pub way: Aim,
    /// By how much, in words: "by 2 d, from 12 d to 10 d".
    pub amount: String,
}

/// What an improvement is expected to move, with the numbers that the table of improvements has;
/// `None` where it moves neither lead time nor throughput, or nobody knows.
#[must_use]
pub fn expectation(
    document: &Document,
    about: &[Id],
    improvement: &Improvement,
) -> Option<Expectation> {
    let today = prospect(document, about)?;
    let then = prospect(&improved(document, improvement), about)?;
    let calendar = &document.calendar();
    let moved = |result: StreamResult, of: fn(&Prospect) -> Option<Figure>| {
        let (before, after) = of(&today).zip(of(&then))?;
        let (from, to) = before.outcome.likely().zip(after.outcome.likely())?;
        // What comes of rounding is no difference.
        if (to - from).abs() <= 1e-9 * to.abs().max(from.abs()) {
            return None;
        }
        let dimension = after.kind.words().dimension;
        let text = |amount: f64| amount_text_like(amount, from, dimension, calendar);
        Some(Expectation {
            result,
            way: match to > from {
                true => Aim::Rise,
                false => Aim::Fall,
            },
            amount: format!(
                "by {}, from {} to {}",
                text((to - from).abs()),
                text(from),
                text(to)
            ),
        })
    };
    moved(StreamResult::LeadTime, |of| of.lead_time)
        .or_else(|| moved(StreamResult::Throughput, |of| of.throughput))
}

/// What an improvement changes: one sentence for each measure, each step or flow that it leaves out and
/// each step that it puts in.
#[must_use]
pub fn improvement_words(document: &Document, improvement: &Improvement) -> Vec<String> {
    let changes = improvement.changes.iter();
    let changes = changes.map(|change| change_words(document, change));
    let without = improvement.without.iter();
    let without = without.map(|one| format!("{}: left out", place_words(document, one.0)));
    let added = improvement.added.iter().map(|step| {
        let name = match step.name.trim() {
            "" => "unnamed step".into(),
            name => isolated(name),
        };
        let measures = step.measures.iter();
        let measures = measures.map(|(kind, measure)| {
            let (name, text) = (kind.name(), measure_text(measure));
            format!(", {name} {text}")
        });
        let measures: String = measures.collect();
        let place = place_words(document, step.flow);
        let flow = document.flows().get(&step.flow);
        match flow.is_some_and(can_have_steps) && !improvement.leaves_out(step.flow) {
            true => format!("{place}: {name} put in{measures}"),
            false => format!("{place}: {name} can't be put in, since no work goes on there"),
        }
    });
    changes.chain(without).chain(added).collect()
}

/// A station by its name, a flow by those of its ends.
fn place_words(document: &Document, id: Id) -> String {
    match document.flows().get(&id) {
        Some(flow) => {
            let name = |id| names(document, &[id]);
            format!("{} \u{2192} {}", name(flow.from), name(flow.to))
        }
        None => names(document, &[id]),
    }
}

/// What one change makes of its measure: `Test: process time 4 h → 2 h`.
#[must_use]
pub fn change_words(document: &Document, change: &MeasureChange) -> String {
    let kind = change.measure;
    let station = document.stations().get(&change.about);
    let flow = document.flows().get(&change.about);
    let measures = station
        .map(|station| &station.measures)
        .or_else(|| flow.map(|flow| &flow.measures));
    let place = place_words(document, change.about);
    let before = measures.and_then(|measures| measures.get(kind));
    let after = change.change.applied(kind, before);
    let is_step = station.is_some_and(|station| station.kind == StationKind::Step);
    let words = match (before, &after) {
        (Some(before), Some(after)) if before.amount.likely().is_some() => {
            let after = measure_text(after);
            format!("{} \u{2192} {after}", measure_text(before))
        }
        (None, Some(after)) if is_step && !kind.convention().is_empty() => {
            format!("{} \u{2192} {}", kind.convention(), measure_text(after))
        }
        (_, Some(after)) if matches!(change.change, Adjustment::To(_) | Adjustment::Is(_)) => {
            format!("unknown \u{2192} {}", measure_text(after))
        }
        _ => format!("{}; today it is unknown", wish(change)),
    };
    format!("{place}: {} {words}", kind.name())
}

/// A change of a number that nobody knows.
fn wish(change: &MeasureChange) -> String {
    match change.change {
        Adjustment::Part(part) => format!("to {} % of what it is", number_text(part * 100.0)),
        Adjustment::More(more) if more < 0.0 => format!("{} fewer", number_text(-more)),
        Adjustment::More(more) => format!("{} more", number_text(more)),
        Adjustment::To(share) => {
            let measure = Measure::measured(share, Unit::Percent);
            format!("to {}", measure_text(&measure))
        }
        Adjustment::Is(stated) => {
            format!("to {}", measure_text(&stated.measure(change.measure)))
        }
    }
}

/// The cells of a line; of today without another to compare with.
fn cells(document: &Document, then: &Prospect, today: Option<&Prospect>) -> Vec<ImprovementCell> {
    let calendar = &document.calendar();
    let figure = |of: fn(&Prospect) -> Option<Figure>, words: Words| {
        figure_cell(of(then), today.map(of), words, calendar)
    };
    vec![
        figure(|of| of.throughput, MORE),
        figure(|of| of.lead_time, LONGER),
        constraint_cell(document, then, today),
        growth_cell(then, today, calendar),
        figure(|of| of.activity_ratio, HIGHER),
        figure(|of| of.rolled, HIGHER),
    ]
}

/// What a number is called that is greater, and one that is less.
type Words = (&'static str, &'static str);
const MORE: Words = ("more", "less");
const LONGER: Words = ("longer", "shorter");
const HIGHER: Words = ("higher", "lower");
const FASTER: Words = ("faster", "slower");

fn figure_cell(
    then: Option<Figure>,
    today: Option<Option<Figure>>,
    words: Words,
    calendar: &Calendar,
) -> ImprovementCell {
    let likely = |figure: Option<Figure>| figure.and_then(|figure| figure.outcome.likely());
    let like = today.and_then(likely).or_else(|| likely(then));
    let Some((figure, like)) = then.zip(like) else {
        return unknown(today.is_some());
    };
    let dimension = figure.kind.words().dimension;
    let difference = today.map(|today| {
        compared(
            likely(Some(figure)),
            likely(today),
            words,
            |difference| match dimension {
                FigureDimension::Share => {
                    let points = number_text(difference * 100.0);
                    format!("{points} points")
                }
                _ => amount_text_like(difference, like, dimension, calendar),
            },
        )
    });
    ImprovementCell {
        value: figure.text_like(like, calendar),
        difference: difference.unwrap_or_default(),
        status: figure.status_word().to_owned(),
    }
}

fn unknown(is_compared: bool) -> ImprovementCell {
    ImprovementCell {
        value: "unknown".to_owned(),
        difference: match is_compared {
            true => "can't be compared".to_owned(),
            false => String::new(),
        },
        status: "unknown".to_owned(),
    }
}

/// A number against that of today, with an arrow and in words.
fn compared(
    then: Option<f64>,
    today: Option<f64>,
    (greater, less): Words,
    text: impl Fn(f64) -> String,
) -> String {
    let Some((then, today)) = then.zip(today) else {
        return "can't be compared".to_owned();
    };
    let difference = then - today;
    // What comes of rounding is no difference.
    if difference.abs() <= 1e-9 * then.abs().max(today.abs()) {
        return "as today".to_owned();
    }
    let (arrow, word) = match difference > 0.0 {
        true => ('\u{2191}', greater),
        false => ('\u{2193}', less),
    };
    format!("{arrow} {} {word}", text(difference.abs()))
}

fn constraint_cell(
    document: &Document,
    then: &Prospect,
    today: Option<&Prospect>,
) -> ImprovementCell {
    let Some((stations, certain)) = &then.constraint else {
        return unknown(today.is_some());
    };
    let difference = today.map(|today| match &today.constraint {
        None => "can't be compared".to_owned(),
        Some((before, _)) if before == stations => "as today".to_owned(),
        Some((before, _)) => format!("\u{2192} today {}", names(document, before)),
    });
    ImprovementCell {
        value: names(document, stations),
        difference: difference.unwrap_or_default(),
        status: match certain {
            Certain::Yes => "exact",
            Certain::No => "so far: another step could be it",
        }
        .to_owned(),
    }
}

fn growth_cell(then: &Prospect, today: Option<&Prospect>, calendar: &Calendar) -> ImprovementCell {
    let Some(growth) = then.queue_growth else {
        return unknown(today.is_some());
    };
    let difference = today.map(|today| {
        let text = |difference| rate_text(difference, calendar);
        compared(Some(growth), today.queue_growth, FASTER, text)
    });
    // The capacity may be less than it seems, so that the queue grows faster.
    let status = match then.throughput {
        Some(figure) if matches!(figure.status, Status::Bound(Bound::Upper)) => "lower bound",
        Some(figure) if matches!(figure.outcome, Outcome::Range(_)) => "exact, from estimates",
        _ if matches!(then.constraint, Some((_, Certain::No))) => "lower bound",
        _ => "exact",
    };
    ImprovementCell {
        value: match growth > 0.0 {
            true => format!("+{}", rate_text(growth, calendar)),
            false => "does not grow".to_owned(),
        },
        difference: difference.unwrap_or_default(),
        status: status.to_owned(),
    }
}

/// The named improvements of a document beside today, as a table for paper and reports: its heads,
/// and a row for each; no rows where there are none.
#[must_use]
pub fn improvement_table(
    document: &Document,
    about: &[Id],
) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let heads = std::iter::once("Improvement").chain(IMPROVEMENT_COLUMNS);
    let heads = heads.collect();
    let kept: Vec<&Improvement> = document
        .improvements_in_order()
        .into_iter()
        .map(|(_, improvement)| improvement)
        .collect();
    let lines = improvement_lines(document, about, &kept).filter(|_| !kept.is_empty());
    let Some((today, lines)) = lines else {
        return (heads, Vec::new());
    };
    let row = |name: String, line: &ImprovementLine| {
        let cells = line.cells.iter().map(ImprovementCell::text);
        std::iter::once(name).chain(cells).collect()
    };
    let mut rows = vec![row("Today".to_owned(), &today)];
    rows.extend(kept.iter().zip(&lines).map(|(improvement, line)| {
        let name = improvement_name(improvement);
        let name = match line.changes.is_empty() {
            true => name,
            false => format!("{name} ({})", line.changes.join("; ")),
        };
        row(name, line)
    }));
    (heads, rows)
}

/// The name of an improvement as people read it.
#[must_use]
pub fn improvement_name(improvement: &Improvement) -> String {
    match improvement.name.trim() {
        "" => "Unnamed improvement".to_owned(),
        name => isolated(name).into_owned(),
    }
}
