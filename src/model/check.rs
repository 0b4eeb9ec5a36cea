//! What is wrong with the fields of a record, or of the document as a whole.

use super::calendar::Calendar;
use super::corner::Corner;
use super::document::{MAXIMUM_NAME, MAXIMUM_TEXT, Properties};
use super::element::{Element, ElementKind, Link, Note, Placement};
use super::equation::{TableFunction, ValueRange};
use super::experiment::Experiment;
use super::finding_review::FindingReview;
use super::flaw::{FieldFlaw, Flaw};
use super::frame::Frame;
use super::geometry::MAXIMUM_COORDINATE;
use super::id::Id;
use super::improvement::Improvement;
use super::measure::{MAXIMUM_AMOUNT, Measures};
use super::measure_kind::MeasureKind;
use super::retrospective::{Fact, Lever, Retrospective, Variation};
use super::sample::Sample;
use super::scenario::Scenario;
use super::station::{Station, StationKind};
use super::story::{Area, StoryStep, StoryView};
use super::tags::Tags;

/// Notes the flaws of fields as it is shown them.
#[derive(Default)]
struct Flaws(Vec<FieldFlaw>);

impl Flaws {
    fn note(&mut self, field: &str, flaw: impl IntoIterator<Item = Flaw>) {
        let flaws = flaw.into_iter().map(|flaw| FieldFlaw::new(field, flaw));
        self.0.extend(flaws);
    }

    fn name(&mut self, field: &str, name: &str) {
        self.note(field, Flaw::of_text(name, MAXIMUM_NAME));
    }

    fn text(&mut self, field: &str, text: &str) {
        self.note(field, Flaw::of_text(text, MAXIMUM_TEXT));
    }

    fn coordinate(&mut self, field: &str, coordinate: f64) {
        let range = -MAXIMUM_COORDINATE..=MAXIMUM_COORDINATE;
        self.note(field, Flaw::of_number(coordinate, &range));
    }

    /// A distance from one place to another along an axis.
    fn distance(&mut self, field: &str, distance: f64) {
        let farthest = 2.0 * MAXIMUM_COORDINATE;
        self.note(field, Flaw::of_number(distance, &(-farthest..=farthest)));
    }

    fn placement(&mut self, placement: &Placement) {
        self.coordinate("x", placement.position.x);
        self.coordinate("y", placement.position.y);
    }

    fn bend(&mut self, bend: f64) {
        let range = -Link::MAXIMUM_BEND..=Link::MAXIMUM_BEND;
        self.note("bend", Flaw::of_number(bend, &range));
    }

    /// Every measure is of a kind that the record may have, and fits it.
    fn measures(&mut self, within: &str, measures: &Measures, kinds: &[MeasureKind]) {
        for (kind, measure) in measures.iter() {
            let name = || format!("{within}measures.{kind}");
            if !kinds.contains(&kind) {
                self.0.push(FieldFlaw::new(name(), Flaw::NoSuchMeasure));
            }
            for (field, flaw) in measure.flaws(kind) {
                let field = format!("{}.{field}", name());
                self.0.push(FieldFlaw::new(field, flaw));
            }
        }
    }

    /// Every change has a number in its range, each measure is changed once, and every step that is put
    /// in has measures of a step.
    fn improvement(&mut self, improvement: &Improvement) {
        self.name("name", &improvement.name);
        for (place, change) in improvement.changes.iter().enumerate() {
            for (field, flaw) in change.change.flaws(change.measure) {
                let field = match field {
                    "" => format!("changes.{place}.change"),
                    field => format!("changes.{place}.change.is.{field}"),
                };
                self.note(&field, [flaw]);
            }
        }
        for (place, step) in improvement.added.iter().enumerate() {
            self.name(&format!("added.{place}.name"), &step.name);
            let kinds = MeasureKind::of_station(StationKind::Step);
            self.measures(&format!("added.{place}."), &step.measures, kinds);
        }
        for (list, place) in [
            ("changes", improvement.changes.out_of_order()),
            ("without", improvement.without.out_of_order()),
            ("added", improvement.added.out_of_order()),
        ] {
            if let Some(place) = place {
                self.note(&format!("{list}.{place}"), [Flaw::Twice]);
            }
        }
    }

    /// Every number is in its range, and there for a variable once.
    fn scenario(&mut self, scenario: &Scenario) {
        self.name("name", &scenario.name);
        let range = -MAXIMUM_AMOUNT..=MAXIMUM_AMOUNT;
        for (place, value) in scenario.values.iter().enumerate() {
            let field = format!("values.{place}.value");
            self.note(&field, Flaw::of_number(value.value, &range));
        }
        if let Some(place) = scenario.values.out_of_order() {
            self.note(&format!("values.{place}"), [Flaw::Twice]);
        }
    }

    /// Every number is in its range, and nothing is mentioned twice. Whether what is mentioned is
    /// there is no matter.
    fn story_step(&mut self, step: &StoryStep) {
        self.name("title", &step.title);
        self.text("words", &step.words);
        self.text("notes", &step.notes);
        if let Some(place) = step.marks.out_of_order() {
            self.note(&format!("marks.{place}"), [Flaw::Twice]);
        }
        for (place, key) in step.loops.iter().enumerate() {
            let field = format!("loops.{place}");
            self.note(&field, key.links().is_empty().then_some(Flaw::NoLinks));
            let is_there = step.loops[..place].contains(key);
            self.note(&field, is_there.then_some(Flaw::Twice));
        }
        for (place, figure) in step.figures.iter().enumerate() {
            let is_there = step.figures[..place].contains(figure);
            let field = format!("figures.{place}");
            self.note(&field, is_there.then_some(Flaw::Twice));
        }
        if let Some(moment) = step.moment {
            let range = -MAXIMUM_AMOUNT..=MAXIMUM_AMOUNT;
            self.note("moment", Flaw::of_number(moment, &range));
        }
        if let StoryView::Area(area) = step.view {
            self.coordinate("view.area.x", area.x);
            self.coordinate("view.area.y", area.y);
            let range = Area::MINIMUM_SIDE..=Area::MAXIMUM_SIDE;
            self.note("view.area.width", Flaw::of_number(area.width, &range));
            self.note("view.area.height", Flaw::of_number(area.height, &range));
        }
    }

    /// Its texts keep to their limits, and a loop that it mentions has links. Whether what is
    /// mentioned is there is no matter.
    fn retrospective(&mut self, sheet: &Retrospective) {
        self.name("event", &sheet.event);
        self.name("when", &sheet.when);
        self.name("people", &sheet.people);
        self.text("why", &sheet.why);
        let no_links = sheet.lever.as_ref().is_some_and(Lever::is_empty);
        self.note("lever.loop", no_links.then_some(Flaw::NoLinks));
    }

    /// The same of an experiment.
    fn experiment(&mut self, experiment: &Experiment) {
        for (field, text) in [
            ("action", &experiment.action),
            ("outcome", &experiment.outcome),
            ("because", &experiment.because),
            ("measured", &experiment.measured),
            ("learned", &experiment.learned),
        ] {
            self.text(field, text);
        }
        self.name("amount", &experiment.amount);
        self.name("owner", &experiment.owner);
        self.name("unit", &experiment.unit);
        for (side, sample) in [("before", &experiment.before), ("after", &experiment.after)] {
            for (field, flaw) in sample.iter().flat_map(Sample::flaws) {
                self.note(&format!("{side}.{field}"), [flaw]);
            }
        }
        for (place, lever) in experiment.changes.iter().enumerate() {
            let field = format!("changes.{place}.loop");
            self.note(&field, lever.is_empty().then_some(Flaw::NoLinks));
        }
    }

    /// Every product has a name of its own, and measures that it may have at such a station.
    fn products(&mut self, station: &Station) {
        let kinds = MeasureKind::of_product(station.kind);
        for (place, product) in station.products.iter().enumerate() {
            let name = format!("products.{place}.name");
            self.name(&name, &product.name);
            self.note(&name, product.name.is_empty().then_some(Flaw::Empty));
            if kinds.is_empty() {
                self.note(&name, [Flaw::NoSuchMeasure]);
            }
            self.measures(&format!("products.{place}."), &product.measures, kinds);
        }
        if let Some(place) = station.products.repeated() {
            self.note(&format!("products.{place}.name"), [Flaw::Twice]);
        }
    }
}

impl Element {
    /// What is wrong with its fields, whatever else the document has.
    #[must_use]
    pub fn flaws(&self) -> Vec<FieldFlaw> {
        let mut flaws = Flaws::default();
        for tag in self.tags().into_iter().flat_map(Tags::iter) {
            flaws.name("tags", tag);
            flaws.note("tags", tag.trim().is_empty().then_some(Flaw::Empty));
        }
        match self {
            Self::Variable(variable) => {
                flaws.name("name", &variable.name);
                flaws.text("remark", &variable.remark);
                flaws.placement(&variable.placement);
                flaws.text("equation", &variable.equation);
                flaws.name("units", &variable.units);
                flaws
                    .0
                    .extend(variable.range.into_iter().flat_map(ValueRange::flaws));
                let table = variable.table.iter();
                flaws.0.extend(table.flat_map(TableFunction::flaws));
            }
            Self::Link(link) => {
                flaws.text("remark", &link.remark);
                flaws.name("label", &link.label);
                flaws.bend(link.bend);
                if let Some(corner) = link.corner {
                    let field = match corner {
                        Corner::Level(_) => "corner.x",
                        Corner::Upright(_) => "corner.y",
                    };
                    flaws.distance(field, corner.distance());
                }
            }
            Self::Note(note) => {
                flaws.text("text", &note.text);
                let range = Note::MINIMUM_WIDTH..=Note::MAXIMUM_WIDTH;
                flaws.note("width", Flaw::of_number(note.width, &range));
                flaws.placement(&note.placement);
                flaws.name("alt", &note.alt);
            }
            Self::LoopLabel(label) => {
                flaws.name("name", &label.name);
                flaws.text("remark", &label.remark);
                let is_empty = label.key.links().is_empty();
                flaws.note("links", is_empty.then_some(Flaw::NoLinks));
                flaws.coordinate("badge.x", label.badge_offset.x);
                flaws.coordinate("badge.y", label.badge_offset.y);
            }
            Self::Station(station) => {
                flaws.name("name", &station.name);
                flaws.text("remark", &station.remark);
                flaws.name("resource", &station.resource);
                flaws.measures("", &station.measures, MeasureKind::of_station(station.kind));
                flaws.products(station);
                flaws.placement(&station.placement);
            }
            Self::Flow(flow) => {
                flaws.text("remark", &flow.remark);
                flaws.bend(flow.bend);
                flaws.measures("", &flow.measures, MeasureKind::of_flow(flow.kind));
            }
            Self::FindingReview(review) => {
                flaws.text("remark", &review.remark);
                let topic = &review.topic;
                flaws.note("topic", topic.is_empty().then_some(Flaw::Empty));
                flaws.note("topic", Flaw::of_text(topic, FindingReview::LONGEST_TOPIC));
                let in_order = review.about.windows(2).all(|pair| pair[0] < pair[1]);
                flaws.note("about", (!in_order).then_some(Flaw::NotInOrder));
            }
            Self::Frame(frame) => {
                flaws.name("title", &frame.title);
                let range = Frame::MINIMUM_SIDE..=Frame::MAXIMUM_SIDE;
                flaws.note("width", Flaw::of_number(frame.width, &range));
                flaws.note("height", Flaw::of_number(frame.height, &range));
                let limit = frame.limit.iter();
                for (field, flaw) in limit.flat_map(|limit| limit.flaws(MeasureKind::Limit)) {
                    flaws.note(&format!("limit.{field}"), [flaw]);
                }
                flaws.placement(&frame.placement);
            }
            Self::Comment(comment) => {
                flaws.text("text", &comment.text);
                let is_empty = comment.text.trim().is_empty();
                flaws.note("text", is_empty.then_some(Flaw::Empty));
                flaws.name("author", &comment.author);
            }
            // Its data is what it has to be, by its type.
            Self::Image(_) => {}
            Self::Improvement(improvement) => flaws.improvement(improvement),
            Self::Scenario(scenario) => flaws.scenario(scenario),
            Self::Story(story) => flaws.name("name", &story.name),
            Self::StoryStep(step) => flaws.story_step(step),
            Self::Retrospective(sheet) => flaws.retrospective(sheet),
            Self::Fact(fact) => {
                flaws.name("when", &fact.when);
                flaws.text("what", &fact.what);
            }
            Self::Variation(variation) => flaws.name("name", &variation.name),
            Self::Experiment(experiment) => flaws.experiment(experiment),
        }
        flaws.0
    }

    /// What it refers to that is not there, where `kind_of` says what each id stands for.
    #[must_use]
    pub fn missing(&self, kind_of: impl Fn(Id) -> Option<ElementKind>) -> Vec<FieldFlaw> {
        let need = |field: &str, what: &'static str, id: Id, fits: fn(ElementKind) -> bool| {
            let is_there = kind_of(id).is_some_and(fits);
            (!is_there).then(|| FieldFlaw::new(field, Flaw::NoRecord { what, id }))
        };
        let ends = |from: Id, to: Id, what: &'static str, fits: fn(ElementKind) -> bool| {
            let ends = [("from", from), ("to", to)].into_iter();
            ends.filter_map(|(field, id)| need(field, what, id, fits))
                .collect()
        };
        match self {
            Self::Variable(_)
            | Self::Note(_)
            | Self::Station(_)
            | Self::Frame(_)
            | Self::Story(_)
            | Self::Retrospective(_)
            | Self::Experiment(_) => Vec::new(),
            Self::Fact(Fact { retrospective, .. })
            | Self::Variation(Variation { retrospective, .. }) => {
                let fits = |kind| kind == ElementKind::Retrospective;
                let flaw = need("retrospective", "retrospective", *retrospective, fits);
                flaw.into_iter().collect()
            }
            Self::Link(link) => ends(link.from, link.to, "variable", |kind| {
                kind == ElementKind::Variable
            }),
            Self::Flow(flow) => ends(flow.from, flow.to, "station", |kind| {
                kind == ElementKind::Station
            }),
            Self::LoopLabel(label) => {
                let is_link = |kind| kind == ElementKind::Link;
                let links = label.key.links().iter();
                links
                    .filter_map(|link| need("links", "link", *link, is_link))
                    .collect()
            }
            Self::Comment(comment) => {
                let fits = ElementKind::can_be_commented;
                let flaw = need("about", "element", comment.about, fits);
                flaw.into_iter().collect()
            }
            Self::Image(image) => {
                let fits = |kind| kind == ElementKind::Note;
                let flaw = need("note", "note", image.note, fits);
                flaw.into_iter().collect()
            }
            Self::StoryStep(step) => {
                let fits = |kind| kind == ElementKind::Story;
                let flaw = need("story", "story", step.story, fits);
                flaw.into_iter().collect()
            }
            Self::Improvement(improvement) => {
                let fits = ElementKind::can_be_improved;
                let changes = improvement.changes.iter().enumerate();
                let changes = changes.filter_map(|(place, change)| {
                    let field = format!("changes.{place}.about");
                    need(&field, "step or flow", change.about, fits)
                });
                let without = improvement.without.iter().enumerate();
                let without = without.filter_map(|(place, one)| {
                    need(&format!("without.{place}"), "step or flow", one.0, fits)
                });
                let added = improvement.added.iter().enumerate();
                let added = added.filter_map(|(place, step)| {
                    let is_flow = |kind| kind == ElementKind::Flow;
                    need(&format!("added.{place}.flow"), "flow", step.flow, is_flow)
                });
                changes.chain(without).chain(added).collect()
            }
            Self::Scenario(scenario) => {
                let fits = |kind| kind == ElementKind::Variable;
                let values = scenario.values.iter().enumerate();
                let flaws = values.filter_map(|(place, value)| {
                    let field = format!("values.{place}.about");
                    need(&field, "variable", value.about, fits)
                });
                flaws.collect()
            }
            Self::FindingReview(review) => {
                let about = review.about.iter();
                let flaws = about.filter_map(|id| match kind_of(*id) {
                    None => Some(Flaw::NoRecord {
                        what: "record",
                        id: *id,
                    }),
                    Some(kind) => (!kind.can_be_judged()).then_some(Flaw::NeverJudged(*id)),
                });
                flaws.map(|flaw| FieldFlaw::new("about", flaw)).collect()
            }
        }
    }
}

impl Properties {
    /// What is wrong with the properties of the document as a whole.
    #[must_use]
    pub fn flaws(&self) -> Vec<FieldFlaw> {
        let mut flaws = Flaws::default();
        flaws.name("title", &self.title);
        flaws.text("purpose", &self.purpose);
        let stream = &self.stream;
        let range = Calendar::SECONDS_PER_DAY;
        let flaw = Flaw::of_number(stream.seconds_per_day, &range);
        flaws.note("stream.secondsPerDay", flaw);
        let flaw = Flaw::of_number(stream.days_per_week, &Calendar::DAYS_PER_WEEK);
        flaws.note("stream.daysPerWeek", flaw);
        for (name, measure, kind) in [
            ("workLimit", &stream.work_limit, MeasureKind::Limit),
            (
                "workInProgress",
                &stream.work_in_progress,
                MeasureKind::WorkInProgress,
            ),
            ("throughput", &stream.throughput, MeasureKind::Demand),
        ] {
            let found = measure.iter().flat_map(|measure| measure.flaws(kind));
            for (field, flaw) in found {
                flaws.note(&format!("stream.{name}.{field}"), [flaw]);
            }
        }
        for (place, path) in stream.paths.iter().enumerate() {
            let name = format!("stream.paths.{place}.name");
            flaws.name(&name, &path.name);
            flaws.note(&name, path.name.is_empty().then_some(Flaw::Empty));
            let is_empty = path.flows.is_empty();
            let flows = format!("stream.paths.{place}.flows");
            flaws.note(&flows, is_empty.then_some(Flaw::Empty));
        }
        if let Some(place) = stream.paths.repeated() {
            flaws.note(&format!("stream.paths.{place}.flows"), [Flaw::Twice]);
        }
        flaws.0.extend(stream.run.flaws());
        flaws.0.extend(self.run.flaws());
        flaws.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Amount, Decision, Estimate, Flow, FlowKind, LoopKey, LoopLabel, Measure, PathNames,
        Product, Products, StationKind, StreamSettings, Unit, Variable, Vector,
    };
    use serde_json::Value;

    /// The path to each flaw of a value leads to a field that its written form has.
    fn assert_named(written: &Value, flaws: &[FieldFlaw], expected: usize) {
        assert_eq!(flaws.len(), expected, "{flaws:?}");
        for FieldFlaw { field, .. } in flaws {
            let pointer = format!("/{}", field.replace('.', "/"));
            assert!(written.pointer(&pointer).is_some(), "{field} in {written}");
        }
    }

    #[test]
    fn flaws_are_told_of_the_fields_that_a_file_has() {
        let (id, far) = (Id::from_bits(1), 1.0e9);
        let long = "x".repeat(MAXIMUM_TEXT + 1);
        let crossed = Amount::Estimated(Estimate {
            low: 3.0,
            likely: 2.0,
            high: -1.0,
        });
        let measures = Measures::new()
            .with(MeasureKind::ProcessTime, Measure::new(crossed, Unit::Hour))
            .with(MeasureKind::Uptime, Measure::measured(200.0, Unit::Percent))
            .with(MeasureKind::Demand, Measure::measured(1.0, Unit::PerDay));
        let mut placement = Placement::default();
        (placement.position.x, placement.position.y) = (far, -far);
        let mut flow = Flow::new(id, id, FlowKind::Push);
        (flow.bend, flow.remark) = (9.0, long.clone());
        let mut label = LoopLabel::new(LoopKey::new([]));
        label.badge_offset = Vector::new(far, far);
        let mut link = Link::new(id, id, -9.0);
        link.remark.clone_from(&long);
        link.label.clone_from(&long);
        let mut review = FindingReview::new("", [id], Decision::Agreed);
        review.remark.clone_from(&long);
        for (element, count) in [
            (
                Element::Variable(Variable {
                    name: long.clone(),
                    remark: long.clone(),
                    placement,
                    ..Variable::default()
                }),
                4,
            ),
            (Element::Link(link), 3),
            (
                Element::Note(Note {
                    width: 1.0,
                    ..Note::new(long.clone(), placement)
                }),
                4,
            ),
            (Element::LoopLabel(label), 3),
            (
                Element::Station(Station {
                    name: long.clone(),
                    remark: long.clone(),
                    resource: long.clone(),
                    placement,
                    measures,
                    ..Station::default()
                }),
                9,
            ),
            (
                // A price that is none, a demand in hours, and a time that no customer has.
                Element::Station(Station {
                    kind: StationKind::Customer,
                    products: Products::new([
                        Product {
                            name: String::new(),
                            measures: Measures::new()
                                .with(MeasureKind::Price, Measure::measured(-1.0, Unit::One))
                                .with(MeasureKind::Demand, Measure::measured(1.0, Unit::Hour)),
                        },
                        Product {
                            name: long.clone(),
                            measures: Measures::new()
                                .with(MeasureKind::ProcessTime, Measure::measured(1.0, Unit::Hour)),
                        },
                    ]),
                    ..Station::default()
                }),
                5,
            ),
            (Element::Flow(flow), 2),
            (Element::FindingReview(review), 2),
        ] {
            let written = serde_json::to_value(&element).unwrap();
            let record = written.as_object().unwrap().values().next().unwrap();
            assert_named(record, &element.flaws(), count);
            let missing = element.missing(|_| None);
            assert_named(record, &missing, missing.len());
        }
        let bad = || Some(Measure::measured(-1.0, Unit::One));
        let properties = Properties {
            run: crate::model::RunSettings::default(),
            title: long.clone(),
            purpose: long,
            stream: StreamSettings {
                seconds_per_day: 0.5,
                days_per_week: 8.0,
                work_limit: bad(),
                work_in_progress: bad(),
                throughput: Some(Measure::measured(-1.0, Unit::PerDay)),
                run: crate::model::StreamRun {
                    replications: 1,
                    days: Some(0.0),
                    schedule: vec![2.0, -1.0],
                    ..crate::model::StreamRun::default()
                },
                paths: {
                    let mut paths = PathNames::default();
                    paths.set(&[], &"x".repeat(MAXIMUM_NAME + 1));
                    paths
                },
                ..StreamSettings::default()
            },
        };
        let written = serde_json::to_value(&properties).unwrap();
        assert_named(&written, &properties.flaws(), 13);
    }
}
