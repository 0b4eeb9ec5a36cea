//! A retrospective: the sheet that leads a team from an event to the structure behind it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::document::Document;
use super::element::{ElementKind, LoopKey};
use super::id::Id;
use super::leverage::LeverageLevel;
use super::record::{Merge, is_default, record};

record! {
    /// The sheet of a retrospective: an event, and where in the structure behind it a team would
    /// act. Its facts and what varied are records of their own, so that what two people write down
    /// at the same time is merged line by line.
    #[derive(Default)]
    pub struct Retrospective {
        /// What happened, in a sentence; may be empty.
        pub event: String,
        /// Its place in the list: lower ones come first, equal ones in the order of their ids.
        #[serde(default, skip_serializing_if = "is_default")]
        pub place: i32,
        /// When it happened, in a person's words, such as "Friday, 27 November".
        #[serde(default, skip_serializing_if = "is_default")]
        pub when: String,
        /// Who takes part, in a person's words.
        #[serde(default, skip_serializing_if = "is_default")]
        pub people: String,
        /// The leverage point that was chosen. It may be gone from the document.
        #[serde(default, skip_serializing_if = "is_default")]
        pub lever: Option<Lever>,
        /// What kind of leverage it is.
        #[serde(default, skip_serializing_if = "is_default")]
        pub level: Option<LeverageLevel>,
        /// Why it was chosen, in a person's words.
        #[serde(default, skip_serializing_if = "is_default")]
        #[merge(words)]
        pub why: String,
    }
}

record! {
    /// A fact of the timeline of a retrospective: what was seen, and when.
    pub struct Fact {
        /// The retrospective.
        pub retrospective: Id,
        /// Its place in the timeline: lower ones come first, equal ones in the order of their ids.
        #[serde(default, skip_serializing_if = "is_default")]
        pub place: i32,
        /// When it was, in a person's words, such as "14:02"; empty where nobody knows.
        #[serde(default, skip_serializing_if = "is_default")]
        pub when: String,
        /// What was seen; may be empty.
        #[serde(default, skip_serializing_if = "is_default")]
        pub what: String,
    }
}

record! {
    /// Something that varied around the event, and how it behaved.
    pub struct Variation {
        /// The retrospective.
        pub retrospective: Id,
        /// Its place in the list: lower ones come first, equal ones in the order of their ids.
        #[serde(default, skip_serializing_if = "is_default")]
        pub place: i32,
        /// What it is called; may be empty.
        #[serde(default, skip_serializing_if = "is_default")]
        pub name: String,
        /// How it behaved; none where nobody knows.
        #[serde(default, skip_serializing_if = "is_default")]
        pub how: Option<Behaviour>,
        /// The variable of the diagram that it is. It may be gone from the document.
        #[serde(default, skip_serializing_if = "is_default")]
        pub variable: Option<Id>,
    }
}

/// How something behaved over time: a shape, without a size.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Behaviour {
    /// It rose.
    Rose,
    /// It fell.
    Fell,
    /// It rose faster and faster.
    Accelerated,
    /// It rose or fell less and less, and came to rest.
    LevelledOff,
    /// It went up and down.
    Swung,
    /// It was another from one moment to the next.
    Jumped,
}

impl Behaviour {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::Rose,
        Self::Fell,
        Self::Accelerated,
        Self::LevelledOff,
        Self::Swung,
        Self::Jumped,
    ];

    /// What people read after the name of what behaved so.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Rose => "rose",
            Self::Fell => "fell",
            Self::Accelerated => "grew faster and faster",
            Self::LevelledOff => "levelled off",
            Self::Swung => "swung",
            Self::Jumped => "jumped",
        }
    }
}

/// What somebody would act on. It may be gone from the document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Lever {
    /// A variable, a link, a station or a flow.
    Record(Id),
    /// A loop.
    Loop(LoopKey),
}

impl ElementKind {
    /// Whether somebody can act on it: it is a part of the system, and no remark about it.
    #[must_use]
    pub const fn can_be_lever(self) -> bool {
        self.can_be_judged()
    }
}

impl Lever {
    /// The same about records that have other ids.
    #[must_use]
    pub fn renamed(&self, now: &mut impl FnMut(Id) -> Id) -> Self {
        match self {
            Self::Record(id) => Self::Record(now(*id)),
            Self::Loop(key) => Self::Loop(LoopKey::new(key.links().iter().map(|link| now(*link)))),
        }
    }

    /// The records that it is made of: itself, or the links of the loop.
    #[must_use]
    pub fn records(&self) -> &[Id] {
        match self {
            Self::Record(id) => std::slice::from_ref(id),
            Self::Loop(key) => key.links(),
        }
    }

    /// A loop without links is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.records().is_empty()
    }
}

/// What somebody would act on, each once; merged one by one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Levers(BTreeSet<Lever>);

impl Levers {
    /// They in their order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Lever> {
        self.0.iter()
    }

    /// There are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it is among them.
    #[must_use]
    pub fn contains(&self, lever: &Lever) -> bool {
        self.0.contains(lever)
    }

    /// The same about records that have other ids.
    #[must_use]
    pub fn renamed(&self, mut now: impl FnMut(Id) -> Id) -> Self {
        self.0.iter().map(|lever| lever.renamed(&mut now)).collect()
    }
}

impl FromIterator<Lever> for Levers {
    fn from_iter<T: IntoIterator<Item = Lever>>(levers: T) -> Self {
        Self(levers.into_iter().collect())
    }
}

impl Merge for Levers {
    /// What one person has added is there, and what one has taken away is not.
    fn merged(before: &Self, after: &Self, current: &Self) -> Self {
        let gone = |lever: &Lever| before.0.contains(lever) && !after.0.contains(lever);
        let kept = current.0.iter().filter(|lever| !gone(lever));
        let added = after.0.difference(&before.0);
        kept.chain(added).cloned().collect()
    }
}

impl Retrospective {
    /// The same where every record that it mentions has another id.
    #[must_use]
    pub fn renamed(mut self, mut now: impl FnMut(Id) -> Id) -> Self {
        self.lever = self.lever.map(|lever| lever.renamed(&mut now));
        self
    }
}

impl Fact {
    /// A fact of this retrospective that says nothing yet.
    #[must_use]
    pub const fn new(retrospective: Id) -> Self {
        Self {
            retrospective,
            place: 0,
            when: String::new(),
            what: String::new(),
        }
    }
}

impl Variation {
    /// Something that varied, without a name yet.
    #[must_use]
    pub const fn new(retrospective: Id) -> Self {
        Self {
            retrospective,
            place: 0,
            name: String::new(),
            how: None,
            variable: None,
        }
    }

    /// The same where every record that it mentions has another id.
    #[must_use]
    pub fn renamed(mut self, mut now: impl FnMut(Id) -> Id) -> Self {
        self.retrospective = now(self.retrospective);
        self.variable = self.variable.map(&mut now);
        self
    }
}

impl Document {
    /// The retrospectives, in the order in which people see them.
    #[must_use]
    pub fn retrospectives_in_order(&self) -> Vec<(Id, &Retrospective)> {
        let sheets = self.retrospectives().iter();
        let mut all: Vec<_> = sheets.map(|(id, one)| (*id, one)).collect();
        all.sort_by_key(|(id, one)| (one.place, *id));
        all
    }

    /// The timeline of a retrospective, in its order.
    #[must_use]
    pub fn facts_of(&self, retrospective: Id) -> Vec<(Id, &Fact)> {
        let mentions = self.mentions_of(retrospective);
        let facts = mentions.filter_map(|id| Some((id, self.facts().get(&id)?)));
        let mut all: Vec<_> = facts.collect();
        all.sort_by_key(|(id, one)| (one.place, *id));
        all
    }

    /// What varied by a retrospective, in its order.
    #[must_use]
    pub fn variations_of(&self, retrospective: Id) -> Vec<(Id, &Variation)> {
        let mentions = self.mentions_of(retrospective);
        let all = mentions.filter_map(|id| Some((id, self.variations().get(&id)?)));
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|(id, one)| (one.place, *id));
        all
    }

    /// The variable of the diagram that varied: the one that is said, or else the first one of the
    /// same name, whatever its case.
    #[must_use]
    pub fn variable_of(&self, variation: &Variation) -> Option<Id> {
        let said = variation.variable;
        let said = said.filter(|id| self.variables().contains_key(id));
        said.or_else(|| self.variable_named(&variation.name))
    }

    /// The first variable of this name, whatever its case and the blanks around it.
    #[must_use]
    pub fn variable_named(&self, name: &str) -> Option<Id> {
        let lower = |text: &str| text.trim().to_lowercase();
        let name = lower(name);
        if name.is_empty() {
            return None;
        }
        let mut variables = self.variables().iter();
        let found = variables.find(|(_, variable)| lower(&variable.name) == name);
        found.map(|(id, _)| *id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_people_add_and_take_away_what_they_would_act_on() {
        let one = |bits| Lever::Record(Id::from_bits(bits));
        let of = |all: &[u64]| all.iter().map(|bits| one(*bits)).collect::<Levers>();
        let merged = Levers::merged(&of(&[1, 2]), &of(&[2, 3]), &of(&[1, 2, 4]));
        assert_eq!(merged, of(&[2, 3, 4]));
    }

    #[test]
    fn what_is_acted_on_is_written_as_a_record_or_as_links() {
        let key = LoopKey::new([Id::from_bits(1), Id::from_bits(2)]);
        for lever in [Lever::Record(Id::from_bits(1)), Lever::Loop(key)] {
            let written = serde_json::to_string(&lever).unwrap();
            assert_eq!(serde_json::from_str::<Lever>(&written).unwrap(), lever);
        }
    }
}
