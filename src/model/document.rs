//! What one person or team drew: always valid, changed only by a patch.

use std::collections::{BTreeMap, BTreeSet};

use super::comment::Comment;
use super::element::{
    Edge, Element, ElementKind, Link, LoopKey, LoopLabel, Note, Placement, Variable,
};
use super::experiment::Experiment;
use super::finding_review::FindingReview;
use super::flow::Flow;
use super::frame::Frame;
use super::id::Id;
use super::image::Image;
use super::improvement::Improvement;
use super::patch::{Change, Patch, PatchError};
use super::record::{is_default, record};
use super::records::Records;
use super::retrospective::{Fact, Retrospective, Variation};
use super::run_settings::RunSettings;
use super::scenario::Scenario;
use super::source_text::SharedSource;
use super::station::Station;
use super::story::{Story, StoryStep};
use super::stream_settings::StreamSettings;
use super::tags::Tags;

record! {
    /// What is said of the document as a whole.
    #[derive(Default)]
    pub struct Properties {
        /// Its title; may be empty.
        pub title: String,
        /// What the system is for, in a person's words; may be empty.
        #[serde(default, skip_serializing_if = "is_default")]
        #[merge(words)]
        pub purpose: String,
        /// What is said of its value stream as a whole.
        #[serde(default, skip_serializing_if = "is_default")]
        pub stream: StreamSettings,
        /// What is set for runs of its model.
        #[serde(default, skip_serializing_if = "is_default")]
        pub run: RunSettings,
    }
}

/// A diagram. No link or flow lacks an end, no id stands for two things, every number is finite.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Document {
    properties: Properties,
    source_text: SharedSource,
    variables: Records<Variable>,
    links: Records<Link>,
    notes: Records<Note>,
    loop_labels: Records<LoopLabel>,
    stations: Records<Station>,
    flows: Records<Flow>,
    reviews: Records<FindingReview>,
    frames: Records<Frame>,
    comments: Records<Comment>,
    images: Records<Image>,
    improvements: Records<Improvement>,
    scenarios: Records<Scenario>,
    stories: Records<Story>,
    story_steps: Records<StoryStep>,
    retrospectives: Records<Retrospective>,
    facts: Records<Fact>,
    variations: Records<Variation>,
    experiments: Records<Experiment>,
    // Kept in step by `insert` and `remove`: which links touch a variable and which flows a
    // station, and which labels, reviews, comments, images, improvements and scenarios a record is
    // mentioned in, a story in which steps, and a retrospective in which facts and variations. What
    // is mentioned weakly is not kept here.
    edges_of_node: Records<BTreeSet<Id>>,
    mentions: Records<BTreeSet<Id>>,
}

/// The longest name, title or label, in bytes.
pub const MAXIMUM_NAME: usize = 500;
/// The longest note or remark, in bytes.
pub const MAXIMUM_TEXT: usize = 20_000;

impl Document {
    /// What is said of it as a whole.
    #[must_use]
    pub const fn properties(&self) -> &Properties {
        &self.properties
    }

    /// The text of another program that it was read from, if there is one.
    #[must_use]
    pub const fn source_text(&self) -> &SharedSource {
        &self.source_text
    }

    /// Its variables, by id.
    #[must_use]
    pub const fn variables(&self) -> &Records<Variable> {
        &self.variables
    }

    /// Its links, by id.
    #[must_use]
    pub const fn links(&self) -> &Records<Link> {
        &self.links
    }

    /// Its notes, by id.
    #[must_use]
    pub const fn notes(&self) -> &Records<Note> {
        &self.notes
    }

    /// What people say of its loops, by id.
    #[must_use]
    pub const fn loop_labels(&self) -> &Records<LoopLabel> {
        &self.loop_labels
    }

    /// Its stations, by id.
    #[must_use]
    pub const fn stations(&self) -> &Records<Station> {
        &self.stations
    }

    /// Its flows, by id.
    #[must_use]
    pub const fn flows(&self) -> &Records<Flow> {
        &self.flows
    }

    /// What people answered to findings, by id.
    #[must_use]
    pub const fn reviews(&self) -> &Records<FindingReview> {
        &self.reviews
    }

    /// Its frames, by id.
    #[must_use]
    pub const fn frames(&self) -> &Records<Frame> {
        &self.frames
    }

    /// What people say about elements, by id.
    #[must_use]
    pub const fn comments(&self) -> &Records<Comment> {
        &self.comments
    }

    /// The pictures that its notes show, by id.
    #[must_use]
    pub const fn images(&self) -> &Records<Image> {
        &self.images
    }

    /// The named improvements of its streams, by id.
    #[must_use]
    pub const fn improvements(&self) -> &Records<Improvement> {
        &self.improvements
    }

    /// The scenarios of its model, by id.
    #[must_use]
    pub const fn scenarios(&self) -> &Records<Scenario> {
        &self.scenarios
    }

    /// The stories by which it is told, by id.
    #[must_use]
    pub const fn stories(&self) -> &Records<Story> {
        &self.stories
    }

    /// The steps of its stories, by id.
    #[must_use]
    pub const fn story_steps(&self) -> &Records<StoryStep> {
        &self.story_steps
    }

    /// Its retrospectives, by id.
    #[must_use]
    pub const fn retrospectives(&self) -> &Records<Retrospective> {
        &self.retrospectives
    }

    /// The facts of their timelines, by id.
    #[must_use]
    pub const fn facts(&self) -> &Records<Fact> {
        &self.facts
    }

    /// What varied by them, by id.
    #[must_use]
    pub const fn variations(&self) -> &Records<Variation> {
        &self.variations
    }

    /// Its experiments, by id.
    #[must_use]
    pub const fn experiments(&self) -> &Records<Experiment> {
        &self.experiments
    }

    /// The scenarios, in the order in which people see them.
    #[must_use]
    pub fn scenarios_in_order(&self) -> Vec<(Id, &Scenario)> {
        let scenarios = self.scenarios.iter();
        let mut all: Vec<_> = scenarios.map(|(id, one)| (*id, one)).collect();
        all.sort_by_key(|(id, one)| (one.place, *id));
        all
    }

    /// The named improvements, in the order in which people see them.
    #[must_use]
    pub fn improvements_in_order(&self) -> Vec<(Id, &Improvement)> {
        let improvements = self.improvements.iter();
        let mut all: Vec<_> = improvements.map(|(id, one)| (*id, one)).collect();
        all.sort_by_key(|(id, one)| (one.place, *id));
        all
    }

    /// Where a link or flow leads and how it bends.
    #[must_use]
    pub fn edge(&self, id: Id) -> Option<Edge> {
        let link = self.links.get(&id).map(Link::edge);
        link.or_else(|| self.flows.get(&id).map(Flow::edge))
    }

    /// The links that start or end at a variable, or the flows at a station, each once.
    pub fn edges_of(&self, node: Id) -> impl Iterator<Item = Id> + '_ {
        self.edges_of_node.get(&node).into_iter().flatten().copied()
    }

    /// How many links start or end at a variable, or flows at a station.
    #[must_use]
    pub fn edge_count(&self, node: Id) -> usize {
        self.edges_of_node.get(&node).map_or(0, BTreeSet::len)
    }

    /// The links between two variables, or the flows between two stations, in either direction,
    /// each once.
    pub fn edges_between(&self, one: Id, other: Id) -> impl Iterator<Item = (Id, Edge)> {
        // The end with fewer of them is the quicker to look through.
        let rare = if self.edge_count(one) <= self.edge_count(other) {
            one
        } else {
            other
        };
        self.edges_of(rare).filter_map(move |id| {
            let edge = self.edge(id)?;
            let same = edge.from == one && edge.to == other || edge.from == other && edge.to == one;
            same.then_some((id, edge))
        })
    }

    /// The labels of loops through a link.
    pub fn labels_through(&self, link: Id) -> impl Iterator<Item = Id> + '_ {
        let labels = |id: &Id| self.loop_labels.contains_key(id);
        self.mentions_of(link).filter(labels)
    }

    /// The labels of loops, the reviews, the comments, the images, the improvements and the scenarios
    /// that mention a record, the steps of a story, or the facts and variations of a retrospective.
    /// None of them can be without it.
    pub fn mentions_of(&self, id: Id) -> impl Iterator<Item = Id> + '_ {
        self.mentions.get(&id).into_iter().flatten().copied()
    }

    /// What a person answered to a finding, with the id of the record; `about` in the order of the
    /// ids.
    #[must_use]
    pub fn review_of(&self, topic: &str, about: &[Id]) -> Option<(Id, &FindingReview)> {
        let same = |(_, review): &(Id, &FindingReview)| review.is_about(topic, about);
        match about.first() {
            Some(first) => self
                .mentions_of(*first)
                .filter_map(|id| Some((id, self.reviews.get(&id)?)))
                .find(same),
            None => self
                .reviews
                .iter()
                .map(|(id, review)| (*id, review))
                .find(same),
        }
    }

    /// What a person says of a loop, with the id of the record.
    #[must_use]
    pub fn label_of(&self, key: &LoopKey) -> Option<(Id, &LoopLabel)> {
        let first = key.links().first()?;
        self.labels_through(*first)
            .filter_map(|id| Some((id, self.loop_labels.get(&id)?)))
            .find(|(_, label)| label.key == *key)
    }

    /// The kind of the record with this id.
    #[must_use]
    pub fn kind_of(&self, id: Id) -> Option<ElementKind> {
        if self.variables.contains_key(&id) {
            Some(ElementKind::Variable)
        } else if self.links.contains_key(&id) {
            Some(ElementKind::Link)
        } else if self.notes.contains_key(&id) {
            Some(ElementKind::Note)
        } else if self.loop_labels.contains_key(&id) {
            Some(ElementKind::LoopLabel)
        } else if self.stations.contains_key(&id) {
            Some(ElementKind::Station)
        } else if self.flows.contains_key(&id) {
            Some(ElementKind::Flow)
        } else if self.reviews.contains_key(&id) {
            Some(ElementKind::FindingReview)
        } else if self.frames.contains_key(&id) {
            Some(ElementKind::Frame)
        } else if self.comments.contains_key(&id) {
            Some(ElementKind::Comment)
        } else if self.images.contains_key(&id) {
            Some(ElementKind::Image)
        } else if self.improvements.contains_key(&id) {
            Some(ElementKind::Improvement)
        } else if self.scenarios.contains_key(&id) {
            Some(ElementKind::Scenario)
        } else if self.stories.contains_key(&id) {
            Some(ElementKind::Story)
        } else if self.story_steps.contains_key(&id) {
            Some(ElementKind::StoryStep)
        } else if self.retrospectives.contains_key(&id) {
            Some(ElementKind::Retrospective)
        } else if self.facts.contains_key(&id) {
            Some(ElementKind::Fact)
        } else if self.variations.contains_key(&id) {
            Some(ElementKind::Variation)
        } else if self.experiments.contains_key(&id) {
            Some(ElementKind::Experiment)
        } else {
            None
        }
    }

    /// A copy of the record with this id.
    #[must_use]
    pub fn element(&self, id: Id) -> Option<Element> {
        match self.kind_of(id)? {
            ElementKind::Variable => self.variables.get(&id).cloned().map(Element::Variable),
            ElementKind::Link => self.links.get(&id).cloned().map(Element::Link),
            ElementKind::Note => self.notes.get(&id).cloned().map(Element::Note),
            ElementKind::LoopLabel => self.loop_labels.get(&id).cloned().map(Element::LoopLabel),
            ElementKind::Station => self.stations.get(&id).cloned().map(Element::Station),
            ElementKind::Flow => self.flows.get(&id).cloned().map(Element::Flow),
            ElementKind::FindingReview => {
                self.reviews.get(&id).cloned().map(Element::FindingReview)
            }
            ElementKind::Frame => self.frames.get(&id).cloned().map(Element::Frame),
            ElementKind::Comment => self.comments.get(&id).cloned().map(Element::Comment),
            ElementKind::Image => self.images.get(&id).cloned().map(Element::Image),
            ElementKind::Improvement => {
                let improvement = self.improvements.get(&id).cloned();
                improvement.map(Element::Improvement)
            }
            ElementKind::Scenario => self.scenarios.get(&id).cloned().map(Element::Scenario),
            ElementKind::Story => self.stories.get(&id).cloned().map(Element::Story),
            ElementKind::StoryStep => self.story_steps.get(&id).cloned().map(Element::StoryStep),
            ElementKind::Retrospective => {
                let sheet = self.retrospectives.get(&id).cloned();
                sheet.map(Element::Retrospective)
            }
            ElementKind::Fact => self.facts.get(&id).cloned().map(Element::Fact),
            ElementKind::Variation => self.variations.get(&id).cloned().map(Element::Variation),
            ElementKind::Experiment => self.experiments.get(&id).cloned().map(Element::Experiment),
        }
    }

    /// The tags of a record; `None` for what has no such field.
    #[must_use]
    pub fn tags_of(&self, id: Id) -> Option<&Tags> {
        let variable = self.variables.get(&id).map(|variable| &variable.tags);
        let link = || self.links.get(&id).map(|link| &link.tags);
        let note = || self.notes.get(&id).map(|note| &note.tags);
        let station = || self.stations.get(&id).map(|station| &station.tags);
        variable.or_else(link).or_else(note).or_else(station)
    }

    /// Every tag of the document, with how many records have it, in the order of their letters.
    #[must_use]
    pub fn tags(&self) -> Vec<(&str, usize)> {
        let mut counts = BTreeMap::new();
        for tag in self
            .ids()
            .filter_map(|id| self.tags_of(id))
            .flat_map(Tags::iter)
        {
            *counts.entry(tag).or_insert(0) += 1;
        }
        counts.into_iter().collect()
    }

    /// Where the record stands, if it stands by itself.
    #[must_use]
    pub fn placement(&self, id: Id) -> Option<&Placement> {
        self.variables
            .get(&id)
            .map(|variable| &variable.placement)
            .or_else(|| self.notes.get(&id).map(|note| &note.placement))
            .or_else(|| self.stations.get(&id).map(|station| &station.placement))
            .or_else(|| self.frames.get(&id).map(|frame| &frame.placement))
    }

    /// Every id: variables, links, notes, loop labels, stations, flows, reviews, frames,
    /// comments, images, improvements, scenarios, stories and their steps, retrospectives with their
    /// facts and variations, experiments.
    pub fn ids(&self) -> impl Iterator<Item = Id> + '_ {
        let ids = self.variables.keys().chain(self.links.keys());
        ids.chain(self.notes.keys())
            .chain(self.loop_labels.keys())
            .chain(self.stations.keys())
            .chain(self.flows.keys())
            .chain(self.reviews.keys())
            .chain(self.frames.keys())
            .chain(self.comments.keys())
            .chain(self.images.keys())
            .chain(self.improvements.keys())
            .chain(self.scenarios.keys())
            .chain(self.stories.keys())
            .chain(self.story_steps.keys())
            .chain(self.retrospectives.keys())
            .chain(self.facts.keys())
            .chain(self.variations.keys())
            .chain(self.experiments.keys())
            .copied()
    }

    /// How many records it has.
    #[must_use]
    pub fn len(&self) -> usize {
        let causal = self.variables.len() + self.links.len() + self.loop_labels.len();
        let causal = causal + self.scenarios.len();
        let remarks =
            self.notes.len() + self.reviews.len() + self.comments.len() + self.images.len();
        let stream = self.stations.len() + self.flows.len() + self.improvements.len();
        let told = self.stories.len() + self.story_steps.len();
        let learned = self.retrospectives.len() + self.facts.len();
        let learned = learned + self.variations.len() + self.experiments.len();
        self.frames.len() + causal + remarks + stream + told + learned
    }

    /// It has no records.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Applies a patch whole, or leaves the document as it was.
    ///
    /// # Errors
    /// The patch was made for another state of the document, or would make it invalid.
    pub fn apply(&mut self, patch: &Patch) -> Result<(), PatchError> {
        if let Some((before, _)) = &patch.properties
            && *before != self.properties
        {
            return Err(PatchError::OtherProperties);
        }
        if let Some((before, _)) = &patch.source_text
            && *before != self.source_text
        {
            return Err(PatchError::OtherCarried);
        }
        for (id, change) in &patch.changes {
            if self.element(*id) != change.before {
                return Err(PatchError::OtherState(*id));
            }
            if let (Some(before), Some(after)) = (&change.before, &change.after)
                && before.kind() != after.kind()
            {
                return Err(PatchError::KindChanged(*id));
            }
        }
        self.put(patch, |change| change.after.as_ref());
        if let Err(error) = self.check(patch) {
            self.put(patch, |change| change.before.as_ref());
            return Err(error);
        }
        if let Some((_, after)) = &patch.properties {
            self.properties = after.clone();
        }
        if let Some((_, after)) = &patch.source_text {
            self.source_text = after.clone();
        }
        Ok(())
    }

    /// Sets every changed record to the side that `side` picks.
    ///
    /// All are taken out before any is put in, so that the label of a loop can give way to another
    /// one of the same loop, whichever id comes first.
    fn put(&mut self, patch: &Patch, side: impl Fn(&Change) -> Option<&Element>) {
        for id in patch.changes.keys() {
            self.remove(*id);
        }
        for (id, change) in &patch.changes {
            if let Some(element) = side(change) {
                self.insert(*id, element.clone());
            }
        }
    }

    fn insert(&mut self, id: Id, element: Element) {
        match element {
            Element::Variable(variable) => {
                self.variables.insert(id, variable);
            }
            Element::Link(link) => {
                self.attach(id, link.edge());
                self.links.insert(id, link);
            }
            Element::Note(note) => {
                self.notes.insert(id, note);
            }
            Element::LoopLabel(label) => {
                for link in label.key.links() {
                    self.mentions.entry(*link).or_default().insert(id);
                }
                self.loop_labels.insert(id, label);
            }
            Element::Station(station) => {
                self.stations.insert(id, station);
            }
            Element::Flow(flow) => {
                self.attach(id, flow.edge());
                self.flows.insert(id, flow);
            }
            Element::FindingReview(review) => {
                for other in &review.about {
                    self.mentions.entry(*other).or_default().insert(id);
                }
                self.reviews.insert(id, review);
            }
            Element::Frame(frame) => {
                self.frames.insert(id, frame);
            }
            Element::Comment(comment) => {
                self.mentions.entry(comment.about).or_default().insert(id);
                self.comments.insert(id, comment);
            }
            Element::Image(image) => {
                self.mentions.entry(image.note).or_default().insert(id);
                self.images.insert(id, image);
            }
            Element::Improvement(improvement) => {
                for about in improvement.about() {
                    self.mentions.entry(about).or_default().insert(id);
                }
                self.improvements.insert(id, improvement);
            }
            Element::Scenario(scenario) => {
                for value in scenario.values.iter() {
                    self.mentions.entry(value.about).or_default().insert(id);
                }
                self.scenarios.insert(id, scenario);
            }
            Element::Story(story) => {
                self.stories.insert(id, story);
            }
            Element::StoryStep(step) => {
                self.mentions.entry(step.story).or_default().insert(id);
                self.story_steps.insert(id, step);
            }
            Element::Retrospective(sheet) => {
                self.retrospectives.insert(id, sheet);
            }
            Element::Fact(fact) => {
                let sheet = self.mentions.entry(fact.retrospective);
                sheet.or_default().insert(id);
                self.facts.insert(id, fact);
            }
            Element::Variation(variation) => {
                let sheet = self.mentions.entry(variation.retrospective);
                sheet.or_default().insert(id);
                self.variations.insert(id, variation);
            }
            Element::Experiment(experiment) => {
                self.experiments.insert(id, experiment);
            }
        }
    }

    /// Notes that an edge touches its ends.
    fn attach(&mut self, id: Id, edge: Edge) {
        for end in [edge.from, edge.to] {
            self.edges_of_node.entry(end).or_default().insert(id);
        }
    }

    fn remove(&mut self, id: Id) {
        if let Some(edge) = self.edge(id) {
            for end in [edge.from, edge.to] {
                forget(&mut self.edges_of_node, end, id);
            }
        }
        self.variables.remove(&id);
        self.notes.remove(&id);
        self.stations.remove(&id);
        self.frames.remove(&id);
        self.flows.remove(&id);
        self.links.remove(&id);
        if let Some(label) = self.loop_labels.remove(&id) {
            for link in label.key.links() {
                forget(&mut self.mentions, *link, id);
            }
        }
        if let Some(comment) = self.comments.remove(&id) {
            forget(&mut self.mentions, comment.about, id);
        }
        if let Some(image) = self.images.remove(&id) {
            forget(&mut self.mentions, image.note, id);
        }
        if let Some(improvement) = self.improvements.remove(&id) {
            for about in improvement.about() {
                forget(&mut self.mentions, about, id);
            }
        }
        if let Some(scenario) = self.scenarios.remove(&id) {
            for value in scenario.values.iter() {
                forget(&mut self.mentions, value.about, id);
            }
        }
        self.stories.remove(&id);
        if let Some(step) = self.story_steps.remove(&id) {
            forget(&mut self.mentions, step.story, id);
        }
        self.retrospectives.remove(&id);
        self.experiments.remove(&id);
        if let Some(fact) = self.facts.remove(&id) {
            forget(&mut self.mentions, fact.retrospective, id);
        }
        if let Some(variation) = self.variations.remove(&id) {
            forget(&mut self.mentions, variation.retrospective, id);
        }
        if let Some(review) = self.reviews.remove(&id) {
            for other in &review.about {
                forget(&mut self.mentions, *other, id);
            }
        }
    }
}

fn forget(index: &mut Records<BTreeSet<Id>>, key: Id, value: Id) {
    if let Some(values) = index.get_mut(&key) {
        values.remove(&value);
        if values.is_empty() {
            index.remove(&key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Edit;

    fn labelled(document: &Document, label: u64) -> Patch {
        let mut edit = Edit::new(document);
        let key = LoopKey::new([Id::from_bits(2)]);
        edit.set(
            Id::from_bits(label),
            Some(Element::LoopLabel(LoopLabel::new(key))),
        );
        edit.finish()
    }

    #[test]
    fn a_loop_has_one_label_which_may_be_exchanged() {
        let id = Id::from_bits;
        let mut document = Document::default();
        let mut edit = Edit::new(&document);
        edit.set(id(1), Some(Element::Variable(Variable::default())));
        edit.set(id(2), Some(Element::Link(Link::new(id(1), id(1), 0.0))));
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        document.apply(&labelled(&document, 4)).unwrap();
        for second in [3, 5] {
            let patch = labelled(&document, second);
            let refused = Err(PatchError::LoopLabelledTwice(id(second)));
            assert_eq!(document.apply(&patch), refused);
            let key = LoopKey::new([id(2)]);
            assert_eq!(document.label_of(&key).map(|(label, _)| label), Some(id(4)));

            let mut exchange = patch;
            let before = document.element(id(4));
            let after = None;
            exchange.changes.insert(id(4), Change { before, after });
            document.apply(&exchange).unwrap();
            document.apply(&exchange.inverted()).unwrap();
        }
    }
}
