//! What comes of runs of a map, in words, tables and charts.

use super::charts;
use super::side::{Side, Writing};
use crate::editor::describe;
use crate::model::{Document, Id, counted, grouped, in_sentence, number_text};
use crate::simulate::events::{
    self, Cause, Interval, Onwards, Results, Run, SHARES, Station, StationResults, Steadiness,
    Study, Until,
};
use crate::simulate::mapped::{Mapped, Place, PlacePart};
use crate::stream::{FigureDimension, FigureKind, StreamReport, StreamResults};
use crate::worker::list::Table;
use crate::worker::report::{Block, Row, RowKind};

/// Events of the run by which ages are told, at most.
const MOST_EVENTS: u64 = 1_000_000;

/// A side that was studied.
pub(super) struct Studied<'a> {
    pub(super) document: &'a Document,
    pub(super) about: &'a [Id],
    pub(super) side: &'a Side,
    pub(super) study: &'a Study,
    pub(super) results: &'a Results,
}

/// Everything that runs of one side tell.
pub(super) fn blocks(studied: &Studied<'_>, sheet: &charts::Sheet<'_>) -> Vec<Block> {
    let Studied {
        about,
        side,
        study,
        results,
        ..
    } = studied;
    let writing = sheet.writing;
    let report = side.report();
    let formulas = report.about(about.iter().copied());
    let mut blocks: Vec<Block> = steadiness(results, writing).into_iter().collect();
    blocks.push(Block::Table(figures(
        results,
        Parts::of(&side.mapped),
        formulas,
        writing,
    )));
    blocks.extend(why(results, formulas).into_iter().map(Block::Words));
    blocks.extend(charts::histogram(sheet, study, results));
    blocks.extend(charts::scatter(sheet, study, results));
    blocks.extend(charts::flow(sheet, study, results, &side.mapped));
    blocks.push(Block::Heading("Where the time goes".to_owned()));
    blocks.push(Block::Table(causes(studied, writing)));
    blocks.push(Block::Table(by_step(studied, writing)));
    blocks.push(Block::Heading("People and machines".to_owned()));
    blocks.push(Block::Table(crews(studied, &report, writing)));
    blocks.extend(ages(studied, sheet));
    blocks.extend(side.assumptions());
    blocks.push(Block::Words(basis(study, results, writing)));
    blocks
}

/// Whether the numbers can be trusted as those of a steady state, where that is not so.
fn steadiness(results: &Results, writing: &Writing) -> Option<Block> {
    let (title, text) = match results.steadiness {
        Steadiness::Steady => return None,
        Steadiness::Grows(growth) => {
            let day = writing.calendar.seconds_per_day;
            let title = "More comes than leaves".to_owned();
            let text = format!(
                "The number of items grows by {} a day ({} to {}), so that there is no lead time to \
                 settle at: what is said of it is of the time that was run.",
                writing.items(growth.mean * day),
                writing.items(growth.low() * day),
                writing.items(growth.high() * day),
            );
            (title, text)
        }
        Steadiness::TooShort => (
            "The runs are too short".to_owned(),
            "The start would have to be left out for more than half of each. Let them go on for \
             longer."
                .to_owned(),
        ),
        Steadiness::TooVague => (
            "The runs are too short, or too few".to_owned(),
            "The interval of the lead time is wider than a quarter of it to either side. Let them \
             go on for longer."
                .to_owned(),
        ),
        Steadiness::Stuck => (
            "Nothing moves any more".to_owned(),
            "In a run work is left, and each waits for another: a limit lets nothing through, or \
             work goes round without taking time."
                .to_owned(),
        ),
    };
    let mut row = Row::new("steadiness", RowKind::Warning, title);
    row.text = text;
    Some(Block::Row(row))
}

/// Whether an item can be at several places at once, or units are made for a stock meanwhile: then what
/// is counted at places is more than the items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Parts {
    None,
    Some,
}

impl Parts {
    fn of(mapped: &Mapped) -> Self {
        let line = mapped.plan.line();
        let divides = |station: &Station| {
            let all = matches!(&station.route.onwards, Onwards::All(ways) if ways.len() > 1);
            all || matches!(station.place, events::Place::Store(_))
        };
        let any = line.stations.iter().any(divides)
            || line.sources.iter().any(|source| source.entries.len() > 1);
        if any { Self::Some } else { Self::None }
    }
}

/// The figures of the whole, each beside its formula.
fn figures(
    results: &Results,
    parts: Parts,
    formulas: Option<&StreamResults>,
    writing: &Writing,
) -> Table {
    let none = || "none".to_owned();
    let like = results.percentiles.map_or_else(
        || results.lead.map_or(0.0, |lead| lead.mean),
        |found| found[2].mean,
    );
    let formula = |kind: FigureKind| {
        let figure = formulas.and_then(|formulas| formulas.figure(kind));
        figure.map_or_else(String::new, |figure| {
            let like = match figure.kind.words().dimension {
                FigureDimension::Time => writing.elapsed(like),
                _ => figure.outcome.likely().unwrap_or_default(),
            };
            figure.text_like(like, &writing.calendar)
        })
    };
    let time = |seconds: f64| writing.time_like(seconds, like);
    let rate = |rate: f64| writing.rate_like(rate, results.throughput.mean);
    let items = |items: f64| writing.items(items);
    let share = |share: f64| writing.share(share);
    let mut rows = Vec::new();
    let mut push =
        |name: String, interval: Option<Interval>, as_text: &dyn Fn(f64) -> String, by: String| {
            let value = interval.map_or_else(none, |interval| as_text(interval.mean));
            let range =
                interval.map_or_else(String::new, |interval| range_text(&interval, as_text));
            rows.push(vec![name, value, range, by]);
        };
    push(
        "Lead time, mean".to_owned(),
        results.lead,
        &time,
        formula(FigureKind::ExpectedLeadTime),
    );
    for (place, part) in SHARES.into_iter().enumerate() {
        let found = results.percentiles.map(|found| found[place]);
        push(
            format!("Lead time, P{:.0}", part * 100.0),
            found,
            &time,
            String::new(),
        );
    }
    push(
        "Throughput".to_owned(),
        Some(results.throughput),
        &rate,
        formula(FigureKind::Throughput),
    );
    push(
        "Items in it".to_owned(),
        Some(results.inside),
        &items,
        formula(FigureKind::WorkInProgress),
    );
    if results.outside.mean > 0.0 {
        push(
            "Items that wait outside".to_owned(),
            Some(results.outside),
            &items,
            String::new(),
        );
    }
    if results.turned_away.mean > 0.0 {
        push(
            "Turned away".to_owned(),
            Some(results.turned_away),
            &share,
            String::new(),
        );
    }
    // Parts of one item that are worked on at once would count several times.
    let working = results.working_part.filter(|_| parts == Parts::None);
    if working.is_some() {
        push(
            "Work in the lead time".to_owned(),
            working,
            &share,
            formula(FigureKind::ActivityRatio),
        );
    }
    Table::new(
        &["Figure", "Simulated", "95 % interval", "By formula"],
        rows,
    )
}

/// An interval in words; nothing where it has no width.
fn range_text(interval: &Interval, as_text: &dyn Fn(f64) -> String) -> String {
    match interval.half_width {
        0.0 => "no spread".to_owned(),
        width if !width.is_finite() => "not known".to_owned(),
        _ => format!(
            "{} to {}",
            as_text(interval.low()),
            as_text(interval.high())
        ),
    }
}

/// Why simulated figures and those by formula differ, if they do.
fn why(results: &Results, formulas: Option<&StreamResults>) -> Option<String> {
    let formula = formulas?.likely(FigureKind::ExpectedLeadTime)?;
    let lead = results.lead?;
    if lead.holds(formula) {
        return None;
    }
    Some(
        "The formula adds up the waits that the map states, and knows no queues beside them. A run \
         leaves waits before steps out and finds them: they follow from load, chance, batches and \
         limits. Where the two are far apart, look at the waits that are stated, at what varies, and \
         at whether work is let in as it comes."
            .to_owned(),
    )
}

/// How long an item is at each kind of thing, on the mean.
fn causes(studied: &Studied<'_>, writing: &Writing) -> Table {
    let Studied { side, results, .. } = studied;
    let through = results.throughput.mean;
    let mut found: Vec<(Cause, f64)> = Cause::AT_STATION.map(|cause| (cause, 0.0)).into();
    for (place, station) in side.mapped.places.iter().zip(&results.stations) {
        for (cause, items) in Cause::AT_STATION.into_iter().zip(&station.items) {
            let at = cause_at(place.part, cause) as usize;
            found[at].1 += items.mean;
        }
    }
    found.push((Cause::Admission, results.outside.mean));
    found.retain(|(_, items)| *items > 0.0);
    found.sort_by(|one, other| other.1.total_cmp(&one.1));
    let all: f64 = found.iter().map(|(_, items)| items).sum();
    let row = |(cause, items): (Cause, f64)| {
        let time = match through > 0.0 {
            true => writing.time_like(items / through, all / through),
            false => "without end".to_owned(),
        };
        vec![
            sentence_case(cause.name()),
            time,
            writing.share(items / all),
        ]
    };
    Table::new(
        &[
            "What an item does",
            match Parts::of(&side.mapped) {
                Parts::None => "Time for each item done",
                Parts::Some => "Time of all parts for each item done",
            },
            "Share",
        ],
        found.into_iter().map(row).collect(),
    )
}

/// What an item waits for at a part of a place: where nothing is done, what is held up waits for who
/// is free further on.
fn cause_at(part: PlacePart, cause: Cause) -> Cause {
    match cause {
        Cause::Blocked if part.is_for_waiting() => Cause::Queue,
        cause => cause,
    }
}

/// Words with a capital at their start.
fn sentence_case(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// Each step and place, in the order of flow.
fn by_step(studied: &Studied<'_>, writing: &Writing) -> Table {
    let Studied {
        document,
        side,
        results,
        ..
    } = studied;
    let waits = Cause::WAITS;
    let held = [Cause::Blocked, Cause::Transfer];
    let work = [Cause::SetUp, Cause::Work, Cause::Outage, Cause::Delay];
    let sum = |(place, station): (&Place, &StationResults), causes: &[Cause]| -> f64 {
        let items = Cause::AT_STATION.into_iter().zip(&station.items);
        let own = items.filter(|(cause, _)| causes.contains(&cause_at(place.part, *cause)));
        own.map(|(_, items)| items.mean).sum()
    };
    // One unit for all rows, that of the longest.
    let stations = side.mapped.places.iter().zip(&results.stations);
    let longest = stations.map(|(_, station)| station.all.mean / station.throughput.mean);
    let longest = longest.filter(|time| time.is_finite()).fold(0.0, f64::max);
    let order = document.flow_order();
    let places = side.mapped.places.iter().zip(&results.stations);
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    // A flow on which something stays comes after the place that it leads from.
    let position = |record: Id| {
        let (at, after) = match document.flows().get(&record) {
            Some(flow) => (flow.from, 1),
            None => (record, 0),
        };
        order
            .iter()
            .position(|id| *id == at)
            .map(|at| 2 * at + after)
    };
    let is_told = |place: &Place| match place.part {
        PlacePart::Way | PlacePart::Pack => document.stations().contains_key(&place.record),
        PlacePart::Step
        | PlacePart::Queue
        | PlacePart::Store
        | PlacePart::Wait
        | PlacePart::Lane => true,
    };
    for (place, station) in places.filter(|(place, _)| is_told(place)) {
        let time = |items: f64| match station.throughput.mean {
            rate if rate > 0.0 => writing.time_like(items / rate, longest),
            _ => "none".to_owned(),
        };
        let at = position(place.record);
        rows.push((
            at.unwrap_or(usize::MAX),
            vec![
                describe(document, place.record),
                writing.items(sum((place, station), &waits)),
                time(sum((place, station), &waits)),
                station.wait_85.map_or_else(
                    || "none".to_owned(),
                    |wait| writing.time_like(wait, longest),
                ),
                time(sum((place, station), &work)),
                time(sum((place, station), &held)),
            ],
        ));
    }
    rows.sort_by_key(|(at, _)| *at);
    let heads = [
        "Step",
        "Items waiting",
        "Wait, mean",
        "Wait, P85",
        "Set-up, work, outages",
        "Held up after",
    ];
    let rows = rows.into_iter().map(|(_, row)| row).collect();
    without_empty(Table::new(&heads, rows), &[5])
}

/// What people and machines do with their time, beside the utilisation by formula.
fn crews(studied: &Studied<'_>, report: &StreamReport, writing: &Writing) -> Table {
    let Studied { side, results, .. } = studied;
    let rows = side
        .mapped
        .crews
        .iter()
        .zip(&results.crews)
        .map(|(crew, time)| {
            let formula = crew
                .steps
                .first()
                .and_then(|step| report.station_figure(*step, FigureKind::Utilisation));
            let share = |interval: &Interval| writing.share(interval.mean);
            vec![
                in_sentence(&crew.name),
                share(&time.work),
                share(&time.set_up),
                share(&time.blocked),
                share(&time.starved),
                share(&time.down),
                formula.map_or_else(String::new, |figure| figure.text(&writing.calendar)),
            ]
        });
    let heads = [
        "Who",
        "Working",
        "Set-up",
        "Blocked",
        "Without work",
        "Down",
        "By formula",
    ];
    without_empty(Table::new(&heads, rows.collect()), &[2, 3, 5])
}

/// The table without those of some columns in which nothing is but zeros.
fn without_empty(table: Table, columns: &[usize]) -> Table {
    let is_empty = |column: &usize| {
        let mut cells = table.rows.iter().map(|row| row[*column].as_str());
        cells.all(|cell| cell.starts_with("0 ") || cell == "0")
    };
    let left_out: Vec<usize> = columns.iter().copied().filter(is_empty).collect();
    let kept = |cells: Vec<String>| {
        let cells = cells.into_iter().enumerate();
        let cells = cells.filter(|(column, _)| !left_out.contains(column));
        cells.map(|(_, cell)| cell).collect()
    };
    Table {
        heads: kept(table.heads),
        rows: table.rows.into_iter().map(kept).collect(),
    }
}

/// How old what is in work is at the end of a run, beside P85.
fn ages(studied: &Studied<'_>, sheet: &charts::Sheet<'_>) -> Vec<Block> {
    let Studied {
        study,
        side,
        results,
        ..
    } = studied;
    let Some([_, most, _]) = results.percentiles else {
        return Vec::new();
    };
    let settings = study.settings();
    let mut run = Run::new(study.plan(), settings.seed, 0, Until::Time(settings.length));
    let _ = run.advance(MOST_EVENTS);
    let ages: Vec<(Option<usize>, f64)> =
        run.in_work().map(|item| (item.station, item.age)).collect();
    let older = ages.iter().filter(|(_, age)| *age > most.mean).count();
    let mut blocks = vec![Block::Heading("What is in work at the end".to_owned())];
    blocks.push(Block::Words(format!(
        "At the end of the first run: {} in work or waiting outside, {} of them older than P85, {}.",
        match Parts::of(&side.mapped) {
            Parts::None => counted(ages.len() as u64, "item", "items"),
            Parts::Some => counted(ages.len() as u64, "part of an item", "parts of items"),
        },
        grouped(older as u64),
        sheet.writing.time(most.mean)
    )));
    blocks.extend(charts::ages(sheet, &ages, most.mean, &side.mapped));
    blocks
}

/// What the numbers rest on.
fn basis(study: &Study, results: &Results, writing: &Writing) -> String {
    let settings = study.settings();
    let days = writing.days(settings.length);
    format!(
        "Simulated: {} runs of {} working days each, of which the first {} % are left out, with the \
         seed {}; {} events. Intervals hold the true mean in 95 of 100 cases.",
        results.replications,
        number_text(days),
        results.left_out * 5,
        settings.seed,
        grouped(results.events)
    )
}
