//! What an improvement that is shown makes of the map: marks for the canvas, sentences for the page.

use crate::editor::describe;
use crate::model::{
    Document, Element, Id, Improvement, Measure, MeasureKind, Measures, improved_element,
    in_sentence, measure_text,
};
use crate::scene::{Ghost, Marks, Tag, TagKind, short_name};

/// What differs between the map of today and that of an improvement.
#[derive(Debug, Default)]
pub(super) struct Differing {
    tags: Vec<Tag>,
    ghosts: Vec<Ghost>,
    words: Vec<(Id, String)>,
}

impl Differing {
    /// What differs with an improvement that makes a document `then`.
    pub fn of(document: &Document, then: &Document, improvement: &Improvement) -> Self {
        let mut differing = Self::default();
        let flows = document.flows().keys().copied();
        for id in document.flow_order().into_iter().chain(flows) {
            differing.look_at(document, improvement, id);
        }
        for id in document.flows().keys() {
            let steps = improvement.added_on(*id).into_iter();
            // One that is made so already is a step of today.
            let is_new = |id: Id| {
                then.stations().contains_key(&id) && !document.stations().contains_key(&id)
            };
            let steps: Vec<_> = steps.filter(|step| is_new(step.id)).collect();
            let count = steps.len();
            for (number, step) in steps.into_iter().enumerate() {
                let pack = document.properties().stream.pack;
                let name = match step.name.trim() {
                    "" => "unnamed step",
                    name => name,
                };
                let rows = step.measures.iter().map(|(kind, measure)| {
                    format!("{} {}", short_name(kind, pack), measure_text(measure))
                });
                differing.ghosts.push(Ghost {
                    id: step.id,
                    flow: *id,
                    along: (number + 1) as f64 / (count + 1) as f64,
                    lines: std::iter::once(name.to_owned()).chain(rows).collect(),
                });
                let place = describe(document, *id);
                let words = format!("{} is put in: {place}", in_sentence(&step.name));
                differing.words.push((*id, words));
            }
        }
        differing
    }

    fn look_at(&mut self, document: &Document, improvement: &Improvement, id: Id) {
        if improvement.leaves_out(id) {
            self.tags.push(Tag {
                id,
                words: "left out".to_owned(),
                kind: TagKind::LeftOut,
            });
            let words = format!("{}: left out", describe(document, id));
            self.words.push((id, words));
            return;
        }
        let before = document.element(id);
        let after = improved_element(document, improvement, id);
        let (Some(before), Some(after)) = (before, after) else {
            return;
        };
        let (Some(before), Some(after)) = (measures_of(&before), measures_of(&after)) else {
            return;
        };
        let differs = |kind: &MeasureKind| before.get(*kind) != after.get(*kind);
        let kinds: Vec<MeasureKind> = MeasureKind::ALL.into_iter().filter(differs).collect();
        if kinds.is_empty() {
            return;
        }
        let pack = document.properties().stream.pack;
        let line = |name: &str, kind: MeasureKind| {
            format!("{name} {}", now_and_before(before, after, kind))
        };
        let short = kinds
            .iter()
            .map(|kind| line(short_name(*kind, pack), *kind));
        self.tags.push(Tag {
            id,
            words: short.collect::<Vec<_>>().join("\n"),
            kind: TagKind::Differs,
        });
        let long = kinds.iter().map(|kind| line(kind.name(), *kind));
        let long = long.collect::<Vec<_>>().join("; ");
        self.words
            .push((id, format!("{}: {long}", describe(document, id))));
    }

    /// These marks, and those of what differs.
    pub fn marked(&self, mut marks: Marks) -> Marks {
        marks.tags.extend(self.tags.iter().cloned());
        marks.ghosts.clone_from(&self.ghosts);
        marks
    }

    /// What differs in words, by record: a sentence each.
    pub fn words(self) -> Vec<(Id, String)> {
        self.words
    }
}

/// `4 h, was 8 h`.
fn now_and_before(before: &Measures, after: &Measures, kind: MeasureKind) -> String {
    let text = |measure: Option<&Measure>| match (measure, kind.convention()) {
        (Some(measure), _) => measure_text(measure),
        (None, "") => "not stated".to_owned(),
        (None, convention) => convention.to_owned(),
    };
    format!("{}, was {}", text(after.get(kind)), text(before.get(kind)))
}

const fn measures_of(element: &Element) -> Option<&Measures> {
    match element {
        Element::Station(station) => Some(&station.measures),
        Element::Flow(flow) => Some(&flow.measures),
        _ => None,
    }
}
