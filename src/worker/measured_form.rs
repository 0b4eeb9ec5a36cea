//! What a table of measured data says, as it is mapped now: sentences and tables.

use super::list::Table as Rows;
use super::report::Block;
use crate::import_data::{
    Class, Clock, Figures, Found, Items, Observed, Spread, Step, counted, found_text,
};
use crate::model::{
    Amount, Calendar, Dimension, Estimate, MeasureKind, TimeBasis, duration_text, isolated,
    number_text, share_text,
};

fn percentile_cells(spread: &Spread, calendar: &Calendar) -> Vec<String> {
    let cells = [spread.p50, spread.p85, spread.p95, spread.mean];
    cells
        .into_iter()
        .map(|found| found_text(found, calendar))
        .collect()
}

/// What the rows of a step say of a measure, as people read it.
fn amount_text(step: &Step, kind: MeasureKind, calendar: &Calendar) -> String {
    let number = |number: f64| match kind.dimension() {
        Dimension::Time => duration_text(number, calendar),
        Dimension::Share => share_text(number / 100.0),
        _ => number_text(number),
    };
    match step.amount(kind) {
        None => "\u{2013}".to_owned(),
        Some(Amount::Unknown) => "?".to_owned(),
        Some(Amount::Guessed(amount)) => format!("~{}", number(amount)),
        Some(Amount::Measured(amount)) => number(amount),
        Some(Amount::Estimated(Estimate { low, likely, high })) => {
            let [low, likely, high] = [low, likely, high].map(number);
            format!("{low} \u{2013} {likely} \u{2013} {high}")
        }
    }
}

/// What a table of steps says.
pub(super) fn steps_blocks(observed: &Observed, calendar: &Calendar, blocks: &mut Vec<Block>) {
    let mut kinds: Vec<MeasureKind> = Vec::new();
    for step in &observed.steps {
        kinds.extend(step.measures.keys());
    }
    kinds.sort_unstable();
    kinds.dedup();
    blocks.extend(observed.told.iter().cloned().map(Block::Words));
    if kinds.is_empty() {
        blocks.push(Block::Words(
            "No column has a measure of the steps, such as a process time, so there is nothing to make a \
             map of. Choose what the columns are above; if each row is a work item or a move of one, say \
             so at the top, under \"Each row is\"."
                .to_owned(),
        ));
        return;
    }
    let repeats = observed.steps.iter().any(|step| step.rows > 1);
    let mut heads = vec!["Step".to_owned()];
    if repeats {
        heads.push("Rows".to_owned());
    }
    for kind in &kinds {
        let name = kind.title(crate::model::Pack::Software).to_owned();
        if repeats && kind.dimension() == Dimension::Time {
            heads.extend(["P50", "P85", "P95", "mean"].map(|part| format!("{name}, {part}")));
        } else {
            heads.push(name);
        }
    }
    let rows = observed.steps.iter().map(|step| {
        let mut row = vec![step.name.clone()];
        if repeats {
            row.push(step.rows.to_string());
        }
        for kind in &kinds {
            if repeats && kind.dimension() == Dimension::Time {
                row.extend(percentile_cells(&step.spread(*kind), calendar));
            } else {
                row.push(amount_text(step, *kind, calendar));
            }
        }
        row
    });
    let rows = rows.collect();
    blocks.push(Block::Table(Rows { heads, rows }));
}

/// What work items say.
pub(super) fn items_blocks(
    items: &Items,
    figures: &Figures,
    clock: &Clock,
    blocks: &mut Vec<Block>,
) {
    let calendar = &clock.calendar;
    let whole = &figures.whole;
    blocks.extend(items.told.iter().cloned().map(Block::Words));
    if whole.items == 0 {
        blocks.push(Block::Words(
            "No item has entered a state: the table must have the times at which items entered their \
             states, each in a column of its own, or a row for each move."
                .to_owned(),
        ));
        return;
    }
    blocks.push(Block::Words(counts(items, figures)));
    blocks.extend(cautions(figures).into_iter().map(Block::Words));
    blocks.push(Block::Table(of_states(figures, calendar)));
    let mut row = vec![
        "First state to the end".to_owned(),
        whole.lead_time.ended.to_string(),
    ];
    row.push((whole.under_way + whole.dropped).to_string());
    row.extend(percentile_cells(&whole.lead_time, calendar));
    let heads = [
        "Lead time",
        "Finished",
        "Not finished",
        "P50",
        "P85",
        "P95",
        "Mean",
    ];
    blocks.push(Block::Table(Rows::new(&heads, vec![row])));
    if !figures.has_work() {
        blocks.push(Block::Words(
            "Nothing was in a state of work, so nothing is known of how long items were worked on and how long \
             they waited: process time, activity ratio and flow efficiency are unknown."
                .to_owned(),
        ));
    } else if let (Some(working), Some(waiting)) = (whole.working, whole.waiting) {
        let efficiency = whole.efficiency().map_or_else(String::new, |part| {
            format!(" Flow efficiency: {}.", share_text(part))
        });
        blocks.push(Block::Words(format!(
            "A finished item was worked on for {} and waited for {} on average.{efficiency}",
            duration_text(working, calendar),
            duration_text(waiting, calendar)
        )));
    }
    let skipped = figures
        .states
        .iter()
        .filter(|state| state.skipped > 0 && state.state.class.is_under_way());
    let skipped: Vec<String> = skipped
        .map(|state| format!("{} by {}", isolated(&state.state.name), state.skipped))
        .collect();
    if !skipped.is_empty() {
        blocks.push(Block::Words(format!(
            "Of {}, some have skipped a state: {}.",
            counted(whole.items, "item", "items"),
            skipped.join(", ")
        )));
    }
    for back in &figures.backs {
        let name = |place: usize| isolated(&figures.states[place].state.name);
        blocks.push(Block::Words(format!(
            "Back from {} to {}: {}.",
            name(back.from),
            name(back.to),
            if back.times == 1 {
                "once".to_owned()
            } else {
                format!("{} times", back.times)
            }
        )));
    }
    blocks.push(Block::Words(how_times_count(clock)));
    blocks.push(Block::Words(
        "Of 100 items 50, 85 or 95 take no longer than P50, P85 or P95 (nearest rank). What is not over \
         counts with its age, by the estimate of Kaplan and Meier; \"over\" says that the items do not \
         reach further. The map gets the mean, since percentiles of steps do not add up. Time in a state \
         is time that passes, not time of touch: it is the most that the process time can be."
            .to_owned(),
    ));
}

fn counts(items: &Items, figures: &Figures) -> String {
    let whole = &figures.whole;
    let mut words = format!(
        "{}: {} finished, {} under way, {} cancelled",
        counted(whole.items, "item", "items"),
        whole.finished,
        whole.under_way,
        whole.dropped
    );
    match items.not_started {
        0 => {}
        1 => words.push_str("; 1 more has entered no state yet"),
        more => words.push_str(&format!("; {more} more have entered no state yet")),
    }
    if let (Some(arrivals), Some(throughput)) = (whole.arrivals(), whole.throughput()) {
        words.push_str(&format!(
            ". In {} up to {}, {} a week arrived and {} a week were finished",
            match number_text(whole.weeks) {
                one if one == "1" => "1 week".to_owned(),
                more => format!("{more} weeks"),
            },
            items.as_of_text(),
            number_text(arrivals),
            number_text(throughput)
        ));
    }
    words.push('.');
    words
}

/// What to be careful with.
fn cautions(figures: &Figures) -> Vec<String> {
    /// With fewer, the longest of all is P95.
    const FEW: usize = 20;
    let whole = &figures.whole;
    let mut words = Vec::new();
    if !figures
        .states
        .iter()
        .any(|state| state.state.class == Class::Done)
    {
        words
            .push("No state is the end: choose which one, or nothing is ever finished.".to_owned());
    }
    if whole.without_start > 0 {
        words.push(format!(
            "Of {} only the time of the end is known: they are left out of the lead times and of how long \
             items were worked on and waited.",
            counted(whole.without_start, "item", "items")
        ));
    }
    if whole.without_end > 0 {
        words.push(format!(
            "Of {} that ended the time of the end is not told: they are left out of the lead times.",
            counted(whole.without_end, "item", "items")
        ));
    }
    if whole.unparted > 0 {
        words.push(format!(
            "{} in a state of which nobody has said whether it is work: left out of how long items were \
             worked on and waited.",
            counted(whole.unparted, "finished item was", "finished items were")
        ));
    }
    if whole.under_way == 0 {
        words.push(
            "No item is under way. If the export has finished items only, times look shorter than they \
             are, and the work in progress is missing."
                .to_owned(),
        );
    }
    if whole.finished > 0 && whole.finished < FEW {
        words.push(format!(
            "Only {} finished: P95 of fewer than {FEW} is the longest of them.",
            if whole.finished == 1 {
                "1 item is".to_owned()
            } else {
                format!("{} items are", whole.finished)
            }
        ));
    }
    words
}

fn of_states(figures: &Figures, calendar: &Calendar) -> Rows {
    let heads = [
        "State",
        "Time is",
        "Stays over",
        "Still in it",
        "P50",
        "P85",
        "P95",
        "Mean",
        "Oldest in it",
        "Back again",
    ];
    let under_way = figures
        .states
        .iter()
        .filter(|state| state.state.class.is_under_way());
    let rows = under_way.map(|state| {
        let mut row = vec![
            state.state.name.clone(),
            match state.state.class {
                Class::Working => "work",
                Class::Unknown => "not known",
                _ => "waiting",
            }
            .to_owned(),
            state.spread.ended.to_string(),
            state.spread.open.to_string(),
        ];
        row.extend(percentile_cells(&state.spread, calendar));
        let oldest = state.spread.oldest.map(Found::Exactly);
        row.push(found_text(oldest, calendar));
        row.push(match state.items {
            0 => "\u{2013}".to_owned(),
            items => format!("{} of {items}", state.again),
        });
        row
    });
    Rows::new(&heads, rows.collect())
}

fn how_times_count(clock: &Clock) -> String {
    match clock.calendar.basis {
        TimeBasis::Clock => "Times count on the clock: nights and weekends pass.".to_owned(),
        TimeBasis::Working => {
            let time = |seconds: f64| {
                let minutes = (seconds / 60.0).round() as u32;
                format!("{}:{:02}", minutes / 60, minutes % 60)
            };
            let (begins, ends) = clock.hours();
            format!(
                "Times count in working time: {} days a week from Monday on, {} to {}, as the calendar of \
                 the map says; a day is {} of work. Holidays are not taken out.",
                number_text(clock.calendar.days_per_week),
                time(begins),
                time(ends),
                duration_text(
                    ends - begins,
                    &Calendar {
                        basis: TimeBasis::Clock,
                        ..clock.calendar
                    }
                )
            )
        }
    }
}
