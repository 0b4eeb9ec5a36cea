//! When work will be done, and how much by when.

use super::charts::Sheet;
use super::side::{Side, Writing};
use crate::import_data::TimeZone;
use crate::model::{counted, grouped, number_text};
use crate::simulate::events::{Forecast, Percentile, Question, WorkingTime};
use crate::worker::archive::TellTime;
use crate::worker::list::Table;
use crate::worker::report::Block;

/// How many runs a forecast has.
pub(super) const RUNS: u32 = 1_000;
/// The longest that a run of it may last, in working days.
pub(super) const LONGEST_DAYS: f64 = 20_000.0;
/// How sure one can be of the answers.
const SURE: [f64; 3] = [0.5, 0.85, 0.95];
/// When work begins on a day, in seconds after midnight: no map says so.
const MORNING: u32 = 9 * 3_600;
const DAY: f64 = 86_400.0;
/// The first day of 1970 was a Thursday: days after the Monday before it.
const THURSDAY: f64 = 3.0;

/// What tells dates.
pub struct Clock<'a> {
    /// Seconds since 1970 UTC.
    pub now: f64,
    /// Where the person is.
    pub zone: &'a dyn TimeZone,
    /// Writes times.
    pub words: &'a dyn TellTime,
}

/// The answers to a question.
pub(super) fn blocks(
    forecast: &Forecast,
    question: Question,
    side: &Side,
    sheet: &Sheet<'_>,
    clock: &Clock<'_>,
) -> Vec<Block> {
    let writing = sheet.writing;
    let sure: Vec<(f64, Percentile)> = SURE
        .into_iter()
        .filter_map(|share| Some((share, forecast.sure(share)?)))
        .collect();
    let percent = |share: f64| format!("{:.0} %", share * 100.0);
    let (head, rows): (String, Vec<Vec<String>>) = match question {
        Question::HowManyBy(time) => {
            let row = |(share, found): &(f64, Percentile)| {
                let number = |items: f64| grouped(items.max(0.0) as u64);
                vec![
                    percent(*share),
                    number(found.answer),
                    format!("{} to {}", number(found.low), number(found.high)),
                ]
            };
            let days = number_text(writing.days(time));
            let until = date(time, writing, clock)
                .map_or_else(String::new, |date| format!(", until {date}"));
            (
                format!("Done in {days} working days{until}"),
                sure.iter().map(row).collect(),
            )
        }
        Question::WhenDone(_) | Question::WhenStartIsDone => {
            let row = |(share, found): &(f64, Percentile)| {
                let days = |time: f64| match time.is_finite() {
                    true => number_text(writing.days(time)),
                    false => "not in sight".to_owned(),
                };
                vec![
                    percent(*share),
                    days(found.answer),
                    format!("{} to {}", days(found.low), days(found.high)),
                    date(found.answer, writing, clock).unwrap_or_default(),
                ]
            };
            let what = match question {
                Question::WhenDone(items) => counted(items, "item is done", "items are done"),
                _ => "All that is in it now is done".to_owned(),
            };
            (what, sure.iter().map(row).collect())
        }
    };
    let heads: &[&str] = match question {
        Question::HowManyBy(_) => &["Chance", "At least so many items", "Of that, 95 % interval"],
        _ => &[
            "Chance",
            "After working days",
            "Of that, 95 % interval",
            "On",
        ],
    };
    let mut blocks = vec![Block::Heading(head), Block::Table(Table::new(heads, rows))];
    blocks.extend(side.assumptions());
    let (runs, _) = forecast.progress();
    let waiting = side.mapped.counted.iter();
    let waiting = waiting
        .map(|waiting| waiting.ages.len() as u64)
        .sum::<u64>();
    blocks.push(Block::Words(format!(
        "Simulated: {} runs from now on, {}. Dates take working days to begin at 9:00, or at midnight \
         where they are longer than 15 hours, {} days a week from Monday on; holidays are not known.",
        grouped(u64::from(runs)),
        match waiting {
            0 => "from an empty stream, since the map counts no items".to_owned(),
            count => format!("with the {} that the map counts", counted(count, "item", "items")),
        },
        days_of(writing)
    )));
    blocks
}

/// Working days in a week, as dates take them: whole ones.
fn days_of(writing: &Writing) -> usize {
    writing.calendar.days_per_week.ceil() as usize
}

/// The date after so much working time from now, in words.
fn date(seconds: f64, writing: &Writing, clock: &Clock<'_>) -> Option<String> {
    let calendar = &writing.calendar;
    let length = calendar.seconds_per_day.round() as u32;
    let from = if f64::from(MORNING + length) > DAY {
        0
    } else {
        MORNING
    };
    let days = days_of(writing);
    let work = WorkingTime::regular(from, length, days).ok()?;
    let ahead = clock.zone.ahead(clock.now);
    // Days of the week count from a Monday.
    let shift = THURSDAY * DAY;
    let local = clock.now + ahead + shift;
    let at = work.after(local as i64, seconds)? - shift;
    // Clocks may have been put forward or back until then.
    let at = at - clock.zone.ahead(at - ahead);
    (at >= 0.0).then(|| clock.words.words((at * 1_000.0) as u64))
}
