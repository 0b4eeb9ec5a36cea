//! A table of measured data that a person is mapping: the form, what it says so far, and the map.

use super::form::{Button, Field, Press};
use super::lead_times::LeadTimes;
use super::measured_form::{items_blocks, steps_blocks};
use super::report::Block;
use super::request::{ReadFor, TableText};
use super::response::ResponseBody;
use crate::format::table::{DateOrder, Table, TableLimits, moment_text, read_stamp};
use crate::format::{OpeningReport, Positions, ReadError};
use crate::import_data::{
    Arrive, Choices, Draft, Figures, Instant, Items, Mapping, Observed, Plan, TableKind, TimeZone,
    Updated, candidates, counted, figures, found_text, items, observed, plan_of_items,
    plan_of_steps, recall, remember, signature, station_by_choice, station_by_name, station_key,
    wall_at,
};
use crate::model::{
    Date, Document, IdSource, StationKind, StreamRun, StreamSettings, TimeBasis, duration_text,
};
use crate::stream::StreamReport;

/// A table, and what was chosen of it.
#[derive(Debug)]
pub(super) struct Measuring {
    table: TableText,
    choices: Choices,
    /// The present.
    now: Instant,
}

/// A table as it is understood now.
struct Understood<'t> {
    table: Table<'t>,
    mapping: Mapping,
    data: Data,
    /// What the zone of the person is called.
    zone: String,
}

/// A pasted table of steps as a part of the open diagram; none where a person is to be asked, since
/// the open map has steps of these names already.
pub(super) fn pasted_steps(
    text: &str,
    document: &Document,
    now: Instant,
    zone: &dyn TimeZone,
    ids: &mut IdSource,
) -> Option<ResponseBody> {
    let table = Table::read(text, &TableLimits::STANDARD).ok()?;
    let stream = &document.properties().stream;
    let mapping = Mapping::of(&table, &Choices::new(), stream.calendar());
    let observed = observed(&table, &mapping);
    let date = moment_text(wall_at(zone, now)).map(|(_, date)| date);
    let plan = plan_of_steps(&observed, &mapping, PASTED, date);
    if !plan.update(document, &Choices::new()).matched.is_empty() {
        return None;
    }
    let measures = plan
        .drafts
        .iter()
        .map(|draft| draft.measures.iter().count());
    // What was lost comes before what went well.
    let mut losses = observed.told;
    losses.extend(mapping.doubts);
    let summary = format!(
        "Pasted as a table of steps: {}, {}.",
        counted(plan.drafts.len(), "step", "steps"),
        counted(measures.sum(), "measure", "measures")
    );
    let report = OpeningReport {
        losses,
        summary,
        notes: Vec::new(),
    };
    Some(ResponseBody::Opened {
        opening: 0,
        name: PASTED.to_owned(),
        document: plan.new_map(stream, ids),
        report,
        // They stand in a row, so that one step is all there is to undo.
        positions: Positions::Given,
        purpose: ReadFor::Pasting,
    })
}

/// What a table without a file is called.
const PASTED: &str = "Pasted table";

fn not_read(error: &ReadError) -> String {
    format!("This cannot be read as a table: {error}.")
}

/// What a table says.
enum Data {
    Steps(Observed),
    Items(Items, Box<Figures>),
}

impl Measuring {
    /// A table; choices that are remembered for its head hold again.
    ///
    /// # Errors
    /// The text is no table; the words say why.
    pub(super) fn new(mut table: TableText, now: Instant) -> Result<Self, String> {
        // What the page calls a text without a file.
        if !table.name.contains('.') {
            table.name = PASTED.to_owned();
        }
        let read = Table::read(&table.text, &TableLimits::STANDARD);
        let choices = read.map(|read| recall(&table.memory, &signature(&read)));
        let choices = choices.map_err(|error| not_read(&error))?;
        Ok(Self {
            table,
            choices,
            now,
        })
    }

    /// The form.
    pub(super) fn form(&self, document: &Document, zone: &dyn TimeZone) -> ResponseBody {
        let blocks = match self.understood(document, zone) {
            Ok(understood) => understood.blocks(&self.table.name, &self.choices, document),
            Err(why) => vec![Block::Words(why)],
        };
        ResponseBody::Form(blocks, self.table.memory.clone())
    }

    /// Takes a choice.
    pub(super) fn fill(
        &mut self,
        key: String,
        value: String,
        document: &Document,
        zone: &dyn TimeZone,
    ) -> ResponseBody {
        self.choices.insert(key, value);
        if let Ok(read) = Table::read(&self.table.text, &TableLimits::STANDARD) {
            let signature = signature(&read);
            self.table.memory = remember(&self.table.memory, &signature, &self.choices);
        }
        self.form(document, zone)
    }

    /// Does what a button says.
    pub(super) fn press(
        &self,
        press: Press,
        document: &Document,
        zone: &dyn TimeZone,
        ids: &mut IdSource,
    ) -> Vec<ResponseBody> {
        let plan = || {
            let understood = self.understood(document, zone);
            understood.map(|understood| understood.plan(&self.table.name))
        };
        let done = match press {
            // The page shows the field for a text in the place of a form without blocks.
            Press::OtherTable => Ok(vec![ResponseBody::Form(
                Vec::new(),
                self.table.memory.clone(),
            )]),
            Press::NewMap => plan().map(|plan| vec![self.opened(&plan, document, ids)]),
            Press::UpdateMap => {
                plan().map(|plan| self.updated(&plan.update(document, &self.choices)))
            }
            Press::LeadTimes => self.lead_times(document, zone),
            Press::NamesAreVariables | Press::NamesAreSteps | Press::NamesAreNote => Ok(Vec::new()),
        };
        done.unwrap_or_else(|why| vec![ResponseBody::Refused(why)])
    }

    /// The lead times for an experiment, and what they are.
    fn lead_times(
        &self,
        document: &Document,
        zone: &dyn TimeZone,
    ) -> Result<Vec<ResponseBody>, String> {
        let understood = self.understood(document, zone)?;
        let Data::Items(_, figures) = &understood.data else {
            return Ok(Vec::new());
        };
        let mapping = &understood.mapping;
        let times = LeadTimes::of(
            document,
            (&**figures, &mapping.clock, mapping.order),
            &self.choices,
        );
        let (patch, told) = times.taken()?;
        Ok(vec![
            ResponseBody::TakenOver(patch),
            ResponseBody::Notice(told),
        ])
    }

    /// The patch, and what it does.
    fn updated(&self, updated: &Updated) -> Vec<ResponseBody> {
        let told = format!(
            "{} updated from {}.",
            counted(updated.matched.len(), "step was", "steps were"),
            self.table.name
        );
        vec![
            ResponseBody::TakenOver(updated.patch.clone()),
            ResponseBody::Notice(told),
        ]
    }

    fn opened(&self, plan: &Plan, document: &Document, ids: &mut IdSource) -> ResponseBody {
        ResponseBody::Opened {
            opening: 0,
            name: self.table.name.clone(),
            document: plan.new_map(&document.properties().stream, ids),
            report: OpeningReport::default(),
            positions: Positions::Missing,
            purpose: ReadFor::Opening,
        }
    }

    fn understood(
        &self,
        document: &Document,
        zone: &dyn TimeZone,
    ) -> Result<Understood<'_>, String> {
        let table = Table::read(&self.table.text, &TableLimits::STANDARD);
        let table = table.map_err(|error| not_read(&error))?;
        let calendar = document.calendar();
        let mapping = Mapping::of(&table, &self.choices, calendar);
        let data = match mapping.kind {
            TableKind::Steps => Data::Steps(observed(&table, &mapping)),
            TableKind::Items | TableKind::Moves => {
                let items = items(&table, &mapping, self.now, zone);
                let figures = figures(&items, &mapping.clock);
                Data::Items(items, Box::new(figures))
            }
        };
        let mut understood = Understood {
            table,
            mapping,
            data,
            zone: zone.name(),
        };
        // The measurement of a table of steps is of the day on which it is read.
        if let (Data::Steps(_), None) = (&understood.data, &understood.mapping.as_of) {
            understood.mapping.as_of =
                moment_text(wall_at(zone, self.now)).map(|(_, date)| date.to_string());
        }
        Ok(understood)
    }
}

impl Understood<'_> {
    /// The day of the measurement or the export.
    fn date(&self) -> Option<Date> {
        let moment = match &self.data {
            Data::Items(items, _) => items.as_of,
            Data::Steps(_) => read_stamp(self.mapping.as_of.as_ref()?, DateOrder::DayFirst)?.wall,
        };
        moment_text(moment).map(|(_, date)| date)
    }

    fn plan(&self, file: &str) -> Plan {
        match &self.data {
            Data::Steps(observed) => plan_of_steps(observed, &self.mapping, file, self.date()),
            Data::Items(_, figures) => {
                let plan = plan_of_items(figures, &self.mapping.clock, file, self.date());
                match self.mapping.arrivals {
                    Arrive::OnTheMean => plan,
                    Arrive::AsTheyCame => plan.with_arrivals(figures),
                }
            }
        }
    }

    /// The form, what the table says with it, and what can be done.
    fn blocks(&self, file: &str, choices: &Choices, document: &Document) -> Vec<Block> {
        let as_of = match &self.data {
            Data::Items(items, _) => items.as_of_text(),
            Data::Steps(_) => String::new(),
        };
        let what = match self.mapping.kind {
            TableKind::Steps => "a table of steps",
            TableKind::Items => "a table of work items",
            TableKind::Moves => "a list of moves of work items",
        };
        let mut blocks = vec![Block::Words(format!(
            "This seems to be {what}: {}. Everything below is a guess that you can change; it is \
             remembered for tables with the same head.",
            counted(self.table.lines.len(), "row", "rows")
        ))];
        for (heading, list) in self.mapping.choices(&self.table, &as_of) {
            blocks.push(Block::Heading(heading.to_owned()));
            blocks.extend(list.into_iter().map(|choice| {
                let note = match choice.key.as_str() {
                    "date" => self.note_of_date(choice.note),
                    _ => choice.note,
                };
                Block::Field(Field {
                    key: choice.key,
                    label: choice.label,
                    note,
                    options: choice.options,
                    chosen: choice.chosen,
                })
            }));
        }
        blocks.push(Block::Heading("What it says".to_owned()));
        let words = self.mapping.doubts.iter().cloned();
        blocks.extend(words.map(Block::Words));
        if self.date().is_none() {
            blocks.push(Block::Words(
                "The date is no date, so the measures will have none; write it like 2026-11-25."
                    .to_owned(),
            ));
        }
        match &self.data {
            Data::Steps(observed) => {
                steps_blocks(observed, &self.mapping.clock.calendar, &mut blocks)
            }
            Data::Items(items, figures) => {
                items_blocks(items, figures, &self.mapping.clock, &mut blocks);
                let came = figures.whole.came.len();
                let is_long = came > StreamRun::MOST_TIMES;
                if is_long && self.mapping.arrivals == Arrive::AsTheyCame {
                    blocks.push(Block::Words(format!(
                        "Of {} the last {} are taken for runs.",
                        counted(came, "arrival", "arrivals"),
                        StreamRun::MOST_TIMES
                    )));
                }
            }
        }
        if let Data::Items(_, figures) = &self.data {
            let mapping = &self.mapping;
            let read = (&**figures, &mapping.clock, mapping.order);
            blocks.extend(LeadTimes::of(document, read, choices).blocks());
        }
        self.actions(file, choices, document, &mut blocks);
        blocks
    }

    /// Whether there is anything to put onto a map: names of steps alone are no measured data.
    fn says_something(&self, plan: &Plan) -> bool {
        match &self.data {
            Data::Steps(observed) => observed.steps.iter().any(|step| !step.measures.is_empty()),
            Data::Items(..) => !plan.drafts.is_empty(),
        }
    }

    /// What helps with the date: by which clock it is, besides.
    fn note_of_date(&self, note: String) -> String {
        let Data::Items(items, _) = &self.data else {
            return note;
        };
        let zone = match self.zone.as_str() {
            "" => String::new(),
            zone => format!(", {zone}"),
        };
        match items.zoned {
            true => format!("times are shown in the zone of this browser{zone}; {note}"),
            false => format!(
                "times are as the table has them, which says no zone, and are taken to be of this \
                 browser's{zone}; {note}"
            ),
        }
    }

    /// The buttons, or why there are none.
    fn actions(&self, file: &str, choices: &Choices, document: &Document, blocks: &mut Vec<Block>) {
        let plan = self.plan(file);
        let button = |press: Press, label: &str| {
            Block::Button(Button {
                press,
                label: label.to_owned(),
            })
        };
        blocks.push(button(Press::OtherTable, "Another table"));
        if !self.says_something(&plan) {
            return;
        }
        if !document.stations().is_empty() {
            let theirs = document.calendar().basis;
            let updated = plan.update(document, choices);
            let fields = stations_fields(&plan, document, choices);
            if theirs == plan.calendar.basis && !fields.is_empty() {
                blocks.push(Block::Heading("Which step it is".to_owned()));
                blocks.extend(fields.into_iter().map(Block::Field));
            }
            if theirs != plan.calendar.basis {
                let basis = match theirs {
                    TimeBasis::Clock => "on the clock",
                    TimeBasis::Working => "in working time",
                };
                blocks.push(Block::Words(format!(
                    "The open map counts times {basis}. Choose the same above to update it."
                )));
            } else if updated.matched.is_empty() {
                blocks.push(Block::Words(
                    "No step on the open map has the name of one in the table. Match them to \
                     update the map."
                        .to_owned(),
                ));
            } else {
                let names = updated.matched.join(", ");
                let mut words = format!("On the open map these get measures: {names}.");
                if !updated.unmatched.is_empty() {
                    let names = updated.unmatched.join(", ");
                    words.push_str(&format!(" Not found on it: {names}."));
                }
                blocks.push(Block::Words(words));
                blocks.push(button(Press::UpdateMap, "Update this map"));
            }
        }
        if let Some(words) = self.lead_time_of(&plan) {
            blocks.push(Block::Words(words));
        }
        blocks.push(button(Press::NewMap, "Make a new map"));
    }

    /// What the lead time of a new map is, where it is another than that of the items.
    fn lead_time_of(&self, plan: &Plan) -> Option<String> {
        let Data::Items(_, figures) = &self.data else {
            return None;
        };
        let map = plan.new_map(&StreamSettings::default(), &mut IdSource::new(0));
        let report = StreamReport::of(&map);
        let of_map = report.streams.first()?.ladder.lead_time()?;
        let of_items = figures.whole.lead_time.mean?;
        if (of_map - of_items.seconds()).abs() <= of_map * 0.01 {
            return None;
        }
        let calendar = &plan.calendar;
        Some(format!(
            "On a new map the means of the states add up to a lead time of {}. That of the items is {} in \
             the mean: they may skip states, or go through some more than once.",
            duration_text(of_map, calendar),
            found_text(Some(of_items), calendar)
        ))
    }
}

/// For what has no station of its name: which one of the open map it is.
fn stations_fields(plan: &Plan, document: &Document, choices: &Choices) -> Vec<Field> {
    let drafts = plan.drafts.iter();
    let drafts = drafts.filter(|draft| {
        draft.kind != StationKind::Customer && station_by_name(document, draft).is_none()
    });
    let field = |draft: &Draft| {
        let stations = candidates(document, draft).into_iter();
        let mut options: Vec<(String, String)> =
            stations.map(|(id, name)| (id.to_string(), name)).collect();
        options.insert(0, (String::new(), "none on the map".to_owned()));
        let chosen = station_by_choice(document, draft, choices);
        (options.len() > 1).then(|| Field {
            key: station_key(&draft.name),
            label: draft.name.clone(),
            note: "no step has this name".to_owned(),
            options,
            chosen: chosen.map_or_else(String::new, |id| id.to_string()),
        })
    };
    drafts.filter_map(field).collect()
}
