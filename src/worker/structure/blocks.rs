//! The report: charts over the time of the versions, where the constraint moved, the experiments, and
//! a table of the same numbers.

use super::charts::{Axis, Event, charts};
use super::figures::{LoopFigures, StructureFigures};
use super::work::Moment;
use crate::causal::ExactNumber;
use crate::model::{Date, Document, Experiment, duration_text, rate_text};
use crate::scene::MeasureText;
use crate::story::hypothesis;
use crate::worker::list::Table;
use crate::worker::report::{Block, Row, RowKind};

/// What is told of the versions, the oldest first and now last, and of the experiments of now.
pub fn written(
    versions: &[(Moment, StructureFigures)],
    document: &Document,
    font: &dyn MeasureText,
) -> Vec<Block> {
    let words = |words: &str| Block::Words(words.to_owned());
    let mut blocks = vec![words(
        "The figures of each version that is kept, and of now. A line holds its value until the next \
         version: what was between them is not known any more.",
    )];
    let experiments = document.experiments_in_order();
    let first_at = versions.first().map_or(0, |(moment, _)| moment.at);
    let mut codes = Vec::new();
    let mut events = Vec::new();
    for ((_, one), number) in experiments.into_iter().zip(1..) {
        let code = format!("E{number}");
        let day = |day: Option<Date>| Some(on_axis(day_at(day?)?, first_at));
        let (begins, ends) = (day(one.begins), day(one.ends));
        let event = |at: u64, what: &str| Event {
            at,
            label: format!("{code} {what}"),
        };
        events.extend(begins.map(|at| event(at, "begins")));
        events.extend(ends.map(|at| event(at, "ends")));
        codes.push((code, one));
    }
    let span = versions.first().zip(versions.last());
    match span.filter(|(first, last)| first.0.at < last.0.at) {
        Some((first, last)) => {
            let axis = Axis::of(&first.0, last.0.at);
            blocks.extend(charts(versions, &axis, &events, font));
        }
        None => blocks.push(words(
            "There is one version so far. Charts come with the second: versions are taken while you \
             draw.",
        )),
    }
    blocks.extend(moves(versions));
    if !codes.is_empty() {
        blocks.push(Block::Heading("Experiments".to_owned()));
        let is_marked = |day: Option<Date>| {
            let to = versions.last().map_or(0, |(moment, _)| moment.at);
            let at = day.and_then(day_at).map(|at| on_axis(at, first_at));
            at.is_some_and(|at| (first_at..=to).contains(&at))
        };
        for (code, one) in codes {
            let any = is_marked(one.begins) || is_marked(one.ends);
            blocks.push(Block::Row(experiment_row(code, one, any)));
        }
    }
    blocks.push(Block::Heading("All numbers".to_owned()));
    blocks.push(Block::Table(table(versions)));
    blocks
}

/// The start of a day in UTC, in milliseconds since the epoch; none before 1970.
fn day_at(day: Date) -> Option<u64> {
    let at: jiff::Timestamp = format!("{day}T00:00:00Z").parse().ok()?;
    u64::try_from(at.as_millisecond()).ok()
}

/// Where a day is marked: at its start, or at the first version where that is of the same day.
fn on_axis(day: u64, first: u64) -> u64 {
    const DAY: u64 = 86_400_000;
    match (day..day.saturating_add(DAY)).contains(&first) {
        true => first,
        false => day,
    }
}

/// Where the constraint moved, in sentences.
fn moves(versions: &[(Moment, StructureFigures)]) -> Vec<Block> {
    let known = versions.iter().filter_map(|(moment, figures)| {
        let stream = figures.stream.as_ref()?;
        (!stream.constraint.is_empty()).then_some((moment, stream))
    });
    let known: Vec<_> = known.collect();
    let Some((first, rest)) = known.split_first() else {
        return Vec::new();
    };
    let mut blocks = vec![Block::Heading("The constraint".to_owned())];
    let mut say = |words: String| blocks.push(Block::Words(words));
    let so_far = |is_certain: bool| match is_certain {
        true => "",
        false => " (so far: a measure that nobody knows could make it another)",
    };
    let (moment, stream) = first;
    say(format!(
        "{}: the constraint was {}{}.",
        moment.words,
        stream.constraint_name,
        so_far(stream.is_certain)
    ));
    let mut now = stream;
    let mut moved = false;
    for (moment, stream) in rest {
        if stream.constraint != now.constraint {
            moved = true;
            say(format!(
                "{}: the constraint moved from {} to {}{}.",
                moment.words,
                now.constraint_name,
                stream.constraint_name,
                so_far(stream.is_certain)
            ));
        }
        now = stream;
    }
    if !moved && !rest.is_empty() {
        say("It has not moved since.".to_owned());
    }
    blocks
}

fn experiment_row(code: String, one: &Experiment, is_marked: bool) -> Row {
    let title = match hypothesis(one).as_str() {
        "" => "Nothing is written down yet".to_owned(),
        words => words.to_owned(),
    };
    let mut row = Row::new(format!("experiment {code}"), RowKind::Plain, title);
    row.code = code;
    let mut text = vec![one.state.words().to_owned()];
    text.extend(one.begins.map(|day| format!("begins {day}")));
    text.extend(one.ends.map(|day| format!("ends {day}")));
    text.extend(one.verdict.map(|verdict| verdict.words().to_owned()));
    if !is_marked && (one.begins.is_some() || one.ends.is_some()) {
        text.push("outside the time of the versions".to_owned());
    }
    row.text = text.join(" \u{b7} ");
    row.about = one
        .changes
        .iter()
        .flat_map(|lever| lever.records().iter().copied())
        .collect();
    row
}

/// All numbers, a row for each version.
fn table(versions: &[(Moment, StructureFigures)]) -> Table {
    let any_stocks = versions.iter().any(|(_, figures)| figures.stocks > 0);
    let any_loops = versions.iter().any(|(_, figures)| figures.variables > 0);
    let any_stream = versions.iter().any(|(_, figures)| figures.stream.is_some());
    let mut heads = vec!["Version"];
    if any_loops {
        heads.push("Variables");
        heads.extend(any_stocks.then_some("Stocks"));
        heads.extend(["Links", "Delayed", "Loops R", "Loops B", "Loops ?"]);
    }
    if any_stream {
        heads.extend(["Lead time", "Throughput", "Constraint"]);
    }
    let rows = versions.iter().map(|(moment, figures)| {
        let mut cells = vec![match moment.name.trim() {
            "" => moment.words.clone(),
            name => format!("{} ({name})", moment.words),
        }];
        if any_loops {
            cells.push(figures.variables.to_string());
            cells.extend(any_stocks.then(|| figures.stocks.to_string()));
            cells.push(figures.links.to_string());
            cells.push(figures.delayed.to_string());
            let LoopFigures { counts, is_exact } = &figures.loops;
            let count = |number: &ExactNumber| match is_exact {
                true => number.to_string(),
                false => format!("at least {number}"),
            };
            cells.extend([
                count(&counts.reinforcing),
                count(&counts.balancing),
                count(&counts.undetermined),
            ]);
        }
        if any_stream {
            let unknown = || "unknown".to_owned();
            let stream = figures.stream.as_ref();
            let cell = |text: Option<String>| match stream {
                Some(_) => text.unwrap_or_else(unknown),
                None => "no stream".to_owned(),
            };
            cells.push(cell(stream.and_then(|stream| {
                Some(duration_text(stream.lead_time?, &stream.calendar))
            })));
            cells.push(cell(stream.and_then(|stream| {
                Some(rate_text(stream.throughput?, &stream.calendar))
            })));
            cells.push(cell(stream.and_then(|stream| {
                (!stream.constraint.is_empty()).then(|| match stream.is_certain {
                    true => stream.constraint_name.clone(),
                    false => format!("{} (so far)", stream.constraint_name),
                })
            })));
        }
        cells
    });
    Table::new(&heads, rows.collect())
}
