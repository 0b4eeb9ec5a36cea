//! Lead times of work items as the numbers of an experiment: those of before it, and those of after.

use super::form::{Button, Field, Press};
use super::report::Block;
use crate::editor::{change_experiment, describe};
use crate::format::table::{DateOrder, Moment, read_stamp};
use crate::import_data::{Choices, Clock, Ended, Figures, counted};
use crate::model::{Document, Experiment, Id, Patch, Sample, Unit, best_unit, unit_suffix};

/// The key of the choice of an experiment.
pub(super) const EXPERIMENT: &str = "experiment";

/// The key of the day that divides before from after, of an experiment.
fn day_key(experiment: Id) -> String {
    format!("divide-{experiment}")
}

/// What the finished items of a table say of both sides of an experiment.
#[derive(Debug)]
pub(super) struct LeadTimes<'a> {
    document: &'a Document,
    figures: &'a Figures,
    clock: &'a Clock,
    choices: &'a Choices,
    order: DateOrder,
}

/// The lead times of both sides.
struct Sides {
    before: Vec<f64>,
    after: Vec<f64>,
    unit: Unit,
    /// How many of those after had begun before.
    astride: usize,
    /// How many are left out, since a side would have too many.
    left_out: usize,
}

/// Why there are no numbers to take.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum NoNumbers {
    /// No finished item has a beginning and an end.
    #[error(
        "No item of this table has both the time at which it began and the time at which it was \
         finished, so there are no lead times to take"
    )]
    NoTimes,
    /// The day is not said.
    #[error("Say from which day on items count as after, such as 2026-11-25")]
    NoDay,
    /// The day is none.
    #[error("This is no day; write it like 2026-11-25")]
    BadDay,
}

impl<'a> LeadTimes<'a> {
    /// Those of a table as it is understood.
    pub(super) const fn of(
        document: &'a Document,
        (figures, clock, order): (&'a Figures, &'a Clock, DateOrder),
        choices: &'a Choices,
    ) -> Self {
        Self {
            document,
            figures,
            clock,
            choices,
            order,
        }
    }

    /// The part of the form; nothing where there is no experiment.
    pub(super) fn blocks(&self) -> Vec<Block> {
        let experiments = self.document.experiments_in_order();
        if experiments.is_empty() {
            return Vec::new();
        }
        let chosen = self.chosen();
        let options = experiments.iter();
        let options = options.map(|(id, _)| (id.to_string(), describe(self.document, *id)));
        let none = (String::new(), "none".to_owned());
        let mut blocks = vec![
            Block::Heading("Lead times of an experiment".to_owned()),
            Block::Field(Field {
                key: EXPERIMENT.to_owned(),
                label: "Experiment".to_owned(),
                note: "it gets the lead times of the items before and after".to_owned(),
                options: std::iter::once(none).chain(options).collect(),
                chosen: chosen.map_or_else(String::new, |(id, _)| id.to_string()),
            }),
        ];
        let Some((id, experiment)) = chosen else {
            return blocks;
        };
        blocks.push(Block::Field(Field {
            key: day_key(id),
            label: "After, from this day on".to_owned(),
            note: "items that were finished earlier are before; such as 2026-11-25".to_owned(),
            options: Vec::new(),
            chosen: self.day_text(id, experiment),
        }));
        match self.sides(id, experiment) {
            Err(why) => blocks.push(Block::Words(format!("{why}."))),
            Ok(sides) => {
                blocks.push(Block::Words(sides.words()));
                blocks.push(Block::Button(Button {
                    press: Press::LeadTimes,
                    label: "Take the lead times".to_owned(),
                }));
            }
        }
        blocks
    }

    /// The patch that gives them to the experiment, and what it does.
    ///
    /// # Errors
    /// Why there are none, as a sentence.
    pub(super) fn taken(&self) -> Result<(Patch, String), String> {
        let Some((id, experiment)) = self.chosen() else {
            return Err("Choose an experiment first.".to_owned());
        };
        let sides = self
            .sides(id, experiment)
            .map_err(|why| format!("{why}."))?;
        let words = sides.words();
        let sample = |numbers: Vec<f64>| {
            (!numbers.is_empty()).then(|| Sample::Numbers(numbers.into_boxed_slice()))
        };
        let unit = unit_suffix(sides.unit).trim().to_owned();
        let (before, after) = (sample(sides.before), sample(sides.after));
        let patch = change_experiment(self.document, id, |one| {
            (one.before, one.after, one.unit) = (before, after, unit);
        });
        Ok((patch, words))
    }

    fn chosen(&self) -> Option<(Id, &'a Experiment)> {
        let id: Id = self.choices.get(EXPERIMENT)?.parse().ok()?;
        let experiment = self.document.experiments().get(&id)?;
        Some((id, experiment))
    }

    /// The day as it was typed, else that on which the experiment begins.
    fn day_text(&self, id: Id, experiment: &Experiment) -> String {
        let typed = self.choices.get(&day_key(id)).cloned();
        let begins = || experiment.begins.map(|day| day.to_string());
        typed.or_else(begins).unwrap_or_default()
    }

    fn sides(&self, id: Id, experiment: &Experiment) -> Result<Sides, NoNumbers> {
        let ended = &self.figures.whole.ended;
        if ended.is_empty() {
            return Err(NoNumbers::NoTimes);
        }
        let day = self.day_text(id, experiment);
        let day: Moment = match day.trim() {
            "" => return Err(NoNumbers::NoDay),
            day => read_stamp(day, self.order).ok_or(NoNumbers::BadDay)?.wall,
        };
        let middle = ended.partition_point(|one| one.ended < day);
        let (before, after) = ended.split_at(middle);
        // Those nearest to the day.
        let before = &before[before.len().saturating_sub(Sample::MOST)..];
        let after = &after[..after.len().min(Sample::MOST)];
        let calendar = &self.clock.calendar;
        let mut times: Vec<f64> = ended.iter().map(|one| one.seconds).collect();
        times.sort_by(f64::total_cmp);
        let typical = times[times.len() / 2];
        let unit = match best_unit(typical, calendar) {
            Unit::Week => Unit::Day,
            unit => unit,
        };
        // As exact as people read them.
        let rounded =
            |one: &Ended| (one.seconds / calendar.seconds_in(unit) * 1_000.0).round() / 1_000.0;
        Ok(Sides {
            astride: after.iter().filter(|one| one.arrived < day).count(),
            left_out: ended.len() - before.len() - after.len(),
            before: before.iter().map(rounded).collect(),
            after: after.iter().map(rounded).collect(),
            unit,
        })
    }
}

impl Sides {
    /// How many there are of each, and what is to be known of them.
    fn words(&self) -> String {
        let mut words = format!(
            "Lead times, in {}: {} before, {} after.",
            unit_suffix(self.unit).trim(),
            counted(self.before.len(), "item", "items"),
            counted(self.after.len(), "item", "items")
        );
        if self.astride > 0 {
            words.push_str(&format!(
                " {} of those after had begun before.",
                self.astride
            ));
        }
        if self.left_out > 0 {
            words.push_str(&format!(
                " {} farthest from the day are left out.",
                counted(self.left_out, "item", "items")
            ));
        }
        words
    }
}
