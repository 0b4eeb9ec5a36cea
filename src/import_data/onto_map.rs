//! What a plan makes: a new map, or the patch of an open one.

use super::figures::Figures;
use super::mapping::Choices;
use super::matching::stations_of;
use super::plan::{MARK, Plan, Updated, cut, rounded};
use crate::model::{
    Amount, Change, Document, Edit, Element, Flow, FlowKind, Id, IdSource, MAXIMUM_NAME,
    MAXIMUM_TEXT, Measure, MeasureKind, Measures, Patch, Placement, Point, Properties, Station,
    StationKind, StreamRun, StreamSettings, best_unit,
};

/// How far apart stations stand before they are arranged, in world units.
const APART: f64 = 220.0;

impl Plan {
    /// The plan, with items that come in runs at the times at which they did, as far as it is told;
    /// of more than a run can have the last ones.
    #[must_use]
    pub fn with_arrivals(mut self, figures: &Figures) -> Self {
        let came = &figures.whole.came;
        let last = &came[came.len().saturating_sub(StreamRun::MOST_TIMES)..];
        let first = last.first().copied().unwrap_or_default();
        let hour = 3_600.0 * self.calendar.elapsed_per_working_second();
        let hours = last.iter().map(|seconds| (seconds - first) / hour);
        self.schedule = hours
            .filter(|hours| StreamRun::HOURS.contains(hours))
            .collect();
        self
    }

    /// Has the items of runs come as they did, if that is wanted.
    fn schedule_runs(&self, stream: &mut StreamSettings) {
        if !self.schedule.is_empty() {
            stream.run.schedule.clone_from(&self.schedule);
        }
    }

    /// A new map: the stations in a row, with flows between them. It is to be arranged.
    #[must_use]
    pub fn new_map(&self, settings: &StreamSettings, ids: &mut IdSource) -> Document {
        let mut patch = Patch::default();
        let mut stream = StreamSettings {
            work_limit: None,
            work_in_progress: None,
            throughput: None,
            ..settings.clone()
        };
        stream.set_calendar(self.calendar);
        self.schedule_runs(&mut stream);
        let properties = Properties {
            stream,
            ..Properties::default()
        };
        patch.properties = Some((Properties::default(), properties));
        let mut add = |element: Element| {
            let id = ids.fresh();
            let change = Change {
                before: None,
                after: Some(element),
            };
            patch.changes.insert(id, change);
            id
        };
        let mut stations: Vec<Id> = Vec::new();
        for (index, draft) in self.drafts.iter().enumerate() {
            let position = Point::new(index as f64 * APART, 0.0).on_canvas();
            stations.push(add(Element::Station(Station {
                kind: draft.kind,
                name: draft.name.clone(),
                remark: cut(&draft.remark, MAXIMUM_TEXT),
                resource: draft.resource.clone(),
                measures: draft.measures.clone(),
                placement: Placement {
                    position,
                    ..Placement::default()
                },
                ..Station::default()
            })));
        }
        for pair in stations.windows(2) {
            add(Element::Flow(Flow::new(pair[0], pair[1], FlowKind::Push)));
        }
        for (from, to, share) in &self.rework {
            let measures = Measures::new().with(MeasureKind::Share, share.clone());
            add(Element::Flow(Flow {
                measures,
                bend: 0.4,
                ..Flow::new(stations[*from], stations[*to], FlowKind::Rework)
            }));
        }
        let mut document = Document::default();
        // Nothing here is beyond what a document may have; were it, the map would be empty.
        let _ = document.apply(&patch);
        document
    }

    /// The open map brought up to date. A station gets what was measured of the one of the same name,
    /// whatever its case and blanks; a step without a queue before it gets the waiting time of the
    /// states before it. Where a person has chosen another station, that one. Everything else stays.
    #[must_use]
    pub fn update(&self, document: &Document, choices: &Choices) -> Updated {
        let mut edit = Edit::new(document);
        let found = stations_of(document, &self.drafts, choices);
        let (mut matched, mut unmatched) = (Vec::new(), Vec::new());
        for (index, (draft, id)) in self.drafts.iter().zip(&found).enumerate() {
            let Some(id) = *id else {
                // What waits before a step that is there goes to the step.
                let next = (index + 1..self.drafts.len()).find(|next| {
                    self.drafts[*next].kind != StationKind::Queue || found[*next].is_some()
                });
                let to_step = next.is_some_and(|next| {
                    self.drafts[next].kind == StationKind::Step && found[next].is_some()
                });
                if draft.kind != StationKind::Customer
                    && !(draft.kind == StationKind::Queue && to_step)
                {
                    unmatched.push(draft.name.clone());
                }
                continue;
            };
            let waits = match draft.kind {
                StationKind::Step => self.waits_before(index, &found),
                _ => None,
            };
            edit.change(id, |element| {
                let Element::Station(station) = element else {
                    return;
                };
                matched.push(station.name.clone());
                for (kind, measure) in draft.measures.iter() {
                    // That nobody knows takes nothing away from what somebody has said.
                    let is_news =
                        measure.amount != Amount::Unknown || station.measures.get(kind).is_none();
                    if MeasureKind::of_station(station.kind).contains(&kind) && is_news {
                        station.measures.set(kind, Some(measure.clone()));
                    }
                }
                if let Some(waits) = waits {
                    station.measures.set(MeasureKind::WaitingTime, Some(waits));
                }
                station.remark = with_paragraph(&station.remark, &draft.remark);
            });
        }
        for (from, to, share) in &self.rework {
            let (Some(from), Some(to)) = (found[*from], found[*to]) else {
                continue;
            };
            let flow = document.flows().iter().find(|(_, flow)| {
                flow.kind == FlowKind::Rework && flow.from == from && flow.to == to
            });
            if let Some((id, _)) = flow {
                edit.change(*id, |element| {
                    if let Element::Flow(flow) = element {
                        flow.measures.set(MeasureKind::Share, Some(share.clone()));
                    }
                });
            }
        }
        if !self.schedule.is_empty() {
            let mut properties = document.properties().clone();
            self.schedule_runs(&mut properties.stream);
            edit.set_properties(properties);
        }
        Updated {
            patch: edit.finish(),
            matched,
            unmatched,
        }
    }

    /// The waiting time of the queues directly before a step that no station of the map is.
    fn waits_before(&self, index: usize, found: &[Option<Id>]) -> Option<Measure> {
        let before = (0..index)
            .rev()
            .take_while(|at| self.drafts[*at].kind == StationKind::Queue && found[*at].is_none());
        let waits = before.filter_map(|at| self.drafts[at].measures.get(MeasureKind::WaitingTime));
        let waits: Vec<&Measure> = waits.collect();
        match waits[..] {
            [] => None,
            [one] => Some(one.clone()),
            [first, ..] => {
                let seconds = waits.iter().filter_map(|measure| {
                    Some(
                        self.calendar
                            .seconds(measure.amount.likely()?, measure.unit),
                    )
                });
                let seconds: f64 = seconds.sum();
                let unit = best_unit(seconds, &self.calendar);
                let file = first.source.split(": ").next().unwrap_or_default();
                Some(Measure {
                    amount: Amount::Measured(rounded(seconds / self.calendar.seconds_in(unit))),
                    unit,
                    source: cut(
                        &format!("{file}: sum of the means of {} waits", waits.len()),
                        MAXIMUM_NAME,
                    ),
                    date: first.date,
                    times: None,
                })
            }
        }
    }
}

/// A remark with a paragraph in place of one that was written here before.
fn with_paragraph(remark: &str, paragraph: &str) -> String {
    if paragraph.is_empty() {
        return remark.to_owned();
    }
    let mut parts: Vec<&str> = remark
        .split("\n\n")
        .filter(|part| !part.is_empty())
        .collect();
    parts.retain(|part| !part.starts_with(MARK) && *part != paragraph);
    parts.push(paragraph);
    let whole = parts.join("\n\n");
    // What a person wrote goes first where there is no room for both.
    match whole.len() <= MAXIMUM_TEXT {
        true => whole,
        false => remark.to_owned(),
    }
}
