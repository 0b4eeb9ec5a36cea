//! A reversible change of a document: the only way to change one.

use std::collections::BTreeSet;

use super::document::{Document, Properties};
use super::element::Element;
use super::id::Id;
use super::records::Records;
use super::source_text::SharedSource;

/// One record before and after; `None` where it does not exist.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// As it was.
    pub before: Option<Element>,
    /// As it becomes.
    pub after: Option<Element>,
}

/// A set of records before and after. It inverts by swapping the sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Patch {
    /// What is said of the document as a whole, before and after, if that changes.
    pub properties: Option<(Properties, Properties)>,
    /// The text of another program that is kept, before and after, if that changes.
    pub source_text: Option<(SharedSource, SharedSource)>,
    /// The records that change.
    pub changes: Records<Change>,
}

/// Why a patch cannot be applied.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PatchError {
    /// The title, the purpose or the settings of the stream are not what the patch was made for.
    #[error("the patch was made for another title, purpose or stream of the document")]
    OtherProperties,
    /// The text of another program is not what the patch was made for.
    #[error("the patch was made for another text that is kept with the document")]
    OtherCarried,
    /// The text of another program is over its limit.
    #[error("the text that is kept with the document is too long")]
    CarriedTooLong,
    /// A record is not what the patch was made for.
    #[error("the patch was made for another state of {0}")]
    OtherState(Id),
    /// A record would become another kind of thing.
    #[error("{0} would become another kind of thing")]
    KindChanged(Id),
    /// A link or a flow would lack an end.
    #[error("{edge} has no {end} to start or end at")]
    MissingEnd {
        /// The link or flow.
        edge: Id,
        /// The variable or station that is not there.
        end: Id,
    },
    /// A loop label would speak of a link that is not there.
    #[error("loop {label} has no link {link}")]
    MissingLoopLink {
        /// The loop label.
        label: Id,
        /// The link that is not there.
        link: Id,
    },
    /// A loop label without links.
    #[error("loop {0} has no links")]
    EmptyLoop(Id),
    /// A review, a comment, an image, an improvement, a scenario, a step of a story, a fact or a
    /// variation would speak of a record that is not there.
    #[error("{review} is about {record}, which is not there")]
    MissingSubject {
        /// The review, comment, image, improvement, scenario, step of a story, fact or variation.
        review: Id,
        /// The record that is not there.
        record: Id,
    },
    /// A review about records of a kind that no finding is about, or that are not in order, or
    /// with a topic that is empty or too long.
    #[error("{0} is no judgement about a finding")]
    BadReview(Id),
    /// Two reviews of one finding.
    #[error("{0} answers to a finding that has an answer in the document")]
    JudgedTwice(Id),
    /// A comment that says nothing.
    #[error("{0} is a comment without a text")]
    EmptyComment(Id),
    /// An improvement with a number out of range, with a measure that does not fit, or with parts that
    /// are out of order or there twice.
    #[error("{0} is an improvement with a number out of range, or says something twice")]
    BadImprovement(Id),
    /// A scenario with a number out of range, or with two numbers for one variable.
    #[error("{0} is a scenario with a number out of range, or with a variable twice")]
    BadScenario(Id),
    /// A step of a story with a number out of range, or with marks, loops or figures that are out of
    /// order or there twice.
    #[error("{0} is a step of a story with a number out of range, or mentions something twice")]
    BadStoryStep(Id),
    /// A retrospective or an experiment that mentions a loop without links.
    #[error("{0} is a retrospective or experiment that mentions a loop without links")]
    BadRetrospective(Id),
    /// A table with too few or too many points, with points out of order or a number out of range.
    #[error("{0} has a table with points that are too few, too many, out of order or out of range")]
    BadTable(Id),
    /// Two labels of one loop.
    #[error("loop {0} has the links of another loop in the document")]
    LoopLabelledTwice(Id),
    /// A number that is not finite or out of its range.
    #[error("{0} has a number out of range")]
    BadNumber(Id),
    /// A name or text over its limit.
    #[error("{0} has a text that is too long")]
    TextTooLong(Id),
    /// A measure that this kind of station or flow cannot have, or with a unit of another kind.
    #[error("{0} has a measure that does not fit it")]
    BadMeasure(Id),
    /// A product without a name of its own, or with a measure that does not fit.
    #[error("\"{0}\" has a product without a name of its own, or with a measure that does not fit")]
    BadProduct(Id),
    /// The calendar or the WIP limit is out of range.
    #[error("the settings of the stream are out of range")]
    BadStreamSettings,
    /// Settings of runs with a number out of range, or with a unit of time that is too long.
    #[error("the settings of runs are out of range")]
    BadRunSettings,
    /// The title is over its limit.
    #[error("the title is too long")]
    TitleTooLong,
    /// What the system is for is over its limit.
    #[error("the purpose is too long")]
    PurposeTooLong,
}

impl Patch {
    /// The patch that makes, changes or removes one record; empty where both sides are alike.
    #[must_use]
    pub fn of(id: Id, before: Option<Element>, after: Option<Element>) -> Self {
        let mut patch = Self::default();
        if before != after {
            patch.changes.insert(id, Change { before, after });
        }
        patch
    }

    /// The patch that undoes this one.
    #[must_use]
    pub fn inverted(&self) -> Self {
        let swap = |change: &Change| Change {
            before: change.after.clone(),
            after: change.before.clone(),
        };
        Self {
            properties: self
                .properties
                .clone()
                .map(|(before, after)| (after, before)),
            source_text: self
                .source_text
                .clone()
                .map(|(before, after)| (after, before)),
            changes: self
                .changes
                .iter()
                .map(|(id, change)| (*id, swap(change)))
                .collect(),
        }
    }

    /// The patch that does what this one does and then what `next` does.
    ///
    /// `next` must be made for the document that this one leads to.
    #[must_use]
    pub fn then(mut self, next: Self) -> Self {
        self.properties = in_turn(self.properties, next.properties);
        self.source_text = in_turn(self.source_text, next.source_text);
        for (id, change) in next.changes {
            let before = match self.changes.remove(&id) {
                Some(earlier) => earlier.before,
                None => change.before,
            };
            if before != change.after {
                self.changes.insert(
                    id,
                    Change {
                        before,
                        after: change.after,
                    },
                );
            }
        }
        self
    }

    /// The records it makes, changes or removes.
    pub fn touched(&self) -> impl Iterator<Item = Id> + '_ {
        self.changes.keys().copied()
    }

    /// It changes nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.properties.is_none() && self.source_text.is_none() && self.changes.is_empty()
    }

    /// The patch that leads from one document to another.
    #[must_use]
    pub fn between(from: &Document, to: &Document) -> Self {
        let mut edit = Edit::new(from);
        for id in from.ids().chain(to.ids()) {
            edit.set(id, to.element(id));
        }
        edit.set_properties(to.properties().clone());
        edit.set_source_text(to.source_text().clone());
        edit.finish()
    }
}

/// Both sides of one change and then the next; none where they are alike.
fn in_turn<T: PartialEq>(one: Option<(T, T)>, next: Option<(T, T)>) -> Option<(T, T)> {
    match (one, next) {
        (Some((before, _)), Some((_, after))) => (before != after).then_some((before, after)),
        (one, None) => one,
        (None, other) => other,
    }
}

/// A patch in the making, on top of a document.
///
/// Removing a variable removes its links, removing a station its flows, removing a link the labels
/// of its loops, removing a note its images, removing a story its steps, removing a retrospective its
/// facts and variations (its experiments outlive it), and removing anything the
/// comments on it, what was answered to findings about it and its part of improvements, so that what
/// comes out can be applied. What a step of a story mentions besides may go: the step stays as it is.
#[derive(Clone, Debug)]
pub struct Edit<'a> {
    document: &'a Document,
    properties: Properties,
    source_text: SharedSource,
    after: Records<Option<Element>>,
}

impl<'a> Edit<'a> {
    /// A patch that changes nothing yet.
    #[must_use]
    pub fn new(document: &'a Document) -> Self {
        Self {
            document,
            properties: document.properties().clone(),
            source_text: document.source_text().clone(),
            after: Records::new(),
        }
    }

    /// The document underneath, as it was before the changes.
    #[must_use]
    pub const fn document(&self) -> &'a Document {
        self.document
    }

    /// The record as it is with the changes so far.
    #[must_use]
    pub fn element(&self, id: Id) -> Option<Element> {
        match self.after.get(&id) {
            Some(after) => after.clone(),
            None => self.document.element(id),
        }
    }

    /// Sets or removes a record, with nothing else.
    pub fn set(&mut self, id: Id, element: Option<Element>) {
        self.after.insert(id, element);
    }

    /// Changes a record where it is, if there is one.
    pub fn change(&mut self, id: Id, change: impl FnOnce(&mut Element)) {
        if let Some(mut element) = self.element(id) {
            change(&mut element);
            self.after.insert(id, Some(element));
        }
    }

    /// The links and flows at a record with the changes so far, in the order of their ids.
    #[must_use]
    pub fn edges_of(&self, id: Id) -> BTreeSet<Id> {
        let touches = |element: &Element| {
            let edge = element.edge();
            edge.is_some_and(|edge| edge.from == id || edge.to == id)
        };
        let made = self.after.iter();
        let made = made.filter(|(_, after)| after.as_ref().is_some_and(touches));
        let standing = self.document.edges_of(id);
        let standing = standing.filter(|edge| !self.after.contains_key(edge));
        made.map(|(edge, _)| *edge).chain(standing).collect()
    }

    /// Removes a record with everything that cannot be without it.
    pub fn remove(&mut self, id: Id) {
        // One that the edit has already led elsewhere stays.
        for edge in self.edges_of(id) {
            self.remove(edge);
        }
        let mentions: Vec<Id> = self
            .document
            .mentions_of(id)
            .chain(self.after.iter().filter_map(|(other, after)| match after {
                Some(Element::LoopLabel(label)) if label.key.links().contains(&id) => Some(*other),
                Some(Element::FindingReview(review)) if review.about.contains(&id) => Some(*other),
                Some(Element::Comment(comment)) if comment.about == id => Some(*other),
                Some(Element::Image(image)) if image.note == id => Some(*other),
                Some(Element::StoryStep(step)) if step.story == id => Some(*other),
                Some(Element::Fact(fact)) if fact.retrospective == id => Some(*other),
                Some(Element::Variation(one)) if one.retrospective == id => Some(*other),
                Some(Element::Improvement(_) | Element::Scenario(_)) => Some(*other),
                _ => None,
            }))
            .collect();
        for mention in mentions {
            match self.element(mention) {
                // An improvement of several steps is one of the others.
                Some(Element::Improvement(improvement)) => {
                    let improvement = improvement.of(|about| about != id);
                    self.set(mention, Some(Element::Improvement(improvement)));
                }
                Some(Element::Scenario(mut scenario)) => {
                    scenario.values = scenario.values.of(|about| about != id);
                    self.set(mention, Some(Element::Scenario(scenario)));
                }
                _ => self.set(mention, None),
            }
        }
        self.after.insert(id, None);
    }

    /// What is said of the document as a whole, with the changes so far.
    #[must_use]
    pub const fn properties(&self) -> &Properties {
        &self.properties
    }

    /// Sets the properties of the document as a whole.
    pub fn set_properties(&mut self, properties: Properties) {
        self.properties = properties;
    }

    /// Sets the text of another program that is kept with the document.
    pub fn set_source_text(&mut self, source_text: SharedSource) {
        self.source_text = source_text;
    }

    /// The patch: only what differs from the document.
    #[must_use]
    pub fn finish(self) -> Patch {
        let mut patch = Patch::default();
        if self.properties != *self.document.properties() {
            patch.properties = Some((self.document.properties().clone(), self.properties));
        }
        if self.source_text != *self.document.source_text() {
            patch.source_text = Some((self.document.source_text().clone(), self.source_text));
        }
        for (id, after) in self.after {
            let before = self.document.element(id);
            if before != after {
                patch.changes.insert(id, Change { before, after });
            }
        }
        patch
    }
}
