//! What is common to the texts that are written for other programs: labels that differ, and what
//! is left out.

use std::collections::{BTreeMap, BTreeSet};

use super::foreign::model_left_out;
use super::graph_builder::LossWords;
use super::names::plain;
use super::reader::Warning;
use crate::model::{Delay, Document, ElementKind, Id, Look, Records, Size, Strength};

/// A text for another program, with what it does not carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The text.
    pub text: String,
    /// What of the document is not in it, or only in part.
    pub warnings: Vec<Warning>,
}

/// What variables are called where a name is all that tells them apart.
#[derive(Debug)]
pub struct Labels {
    labels: Records<String>,
    unnamed: usize,
    numbered: usize,
}

impl Labels {
    /// Labels that differ by more than case, blanks and underscores, so that they can be read
    /// again: the names, numbered where they are alike.
    #[must_use]
    pub fn distinct(document: &Document) -> Self {
        const UNNAMED: &str = "unnamed";
        let mut taken: BTreeSet<String> = BTreeSet::new();
        let mut result = Self {
            labels: Records::new(),
            unnamed: 0,
            numbered: 0,
        };
        let mut alike = Vec::new();
        for (id, variable) in document.variables() {
            let is_named = !variable.name.trim().is_empty();
            result.unnamed += usize::from(!is_named);
            let name = if is_named { &variable.name } else { UNNAMED };
            if is_named && taken.insert(plain(name)) {
                result.labels.insert(*id, name.to_owned());
            } else {
                alike.push((*id, name));
            }
        }
        // A number that is free for one name may be taken for another; names keep theirs first.
        let mut next: BTreeMap<String, usize> = BTreeMap::new();
        for (id, name) in alike {
            let number = next.entry(plain(name)).or_insert(1);
            let label = loop {
                let label = if *number == 1 {
                    name.to_owned()
                } else {
                    format!("{name} ({number})")
                };
                *number += 1;
                if taken.insert(plain(&label)) {
                    break label;
                }
            };
            result.numbered += usize::from(name != UNNAMED);
            result.labels.insert(id, label);
        }
        result
    }

    /// What a variable is called.
    #[must_use]
    pub fn of(&self, id: Id) -> &str {
        self.labels.get(&id).map_or("", String::as_str)
    }

    /// How many are not called by their names.
    pub fn warnings(&self) -> Vec<Warning> {
        const NUMBERED: LossWords = LossWords(
            "name was given a number, for there are others like it",
            "names were given numbers, for there are others like them",
        );
        let unnamed = UNNAMED.warning(self.unnamed);
        let numbered = NUMBERED.warning(self.numbered);
        unnamed.into_iter().chain(numbered).collect()
    }
}

const UNNAMED: LossWords = LossWords(
    "variable has no name and is called \"unnamed\"",
    "variables have no names and are called \"unnamed\"",
);
const REMARKS: LossWords = LossWords(
    "note on an element is left out",
    "notes on elements are left out",
);
const DELAYS: LossWords = LossWords("delay is left out", "delays are left out");

/// How many variables are called so for want of a name.
pub fn unnamed(document: &Document) -> Option<Warning> {
    let variables = document.variables().values();
    let unnamed = variables.filter(|variable| variable.name.trim().is_empty());
    UNNAMED.warning(unnamed.count())
}

/// How many remarks are left out, if none is carried.
pub fn lost_remarks(document: &Document) -> Option<Warning> {
    let variables = document.variables().values().map(|one| &one.remark);
    let links = document.links().values().map(|one| &one.remark);
    let stations = document.stations().values().map(|one| &one.remark);
    let flows = document.flows().values().map(|one| &one.remark);
    let all = variables.chain(links).chain(stations).chain(flows);
    REMARKS.warning(all.filter(|remark| !remark.is_empty()).count())
}

/// How many delays are left out, if none is carried.
pub fn lost_delays(document: &Document) -> Option<Warning> {
    let links = document.links().values();
    DELAYS.warning(links.filter(|link| link.delay == Delay::Delayed).count())
}

/// What is not carried: stocks as such, and all records of some kinds.
pub fn losses(document: &Document, stocks: usize, kinds: &[ElementKind]) -> Vec<Warning> {
    const STOCKS: LossWords = LossWords(
        "stock is written as a plain variable",
        "stocks are written as plain variables",
    );
    let mut warnings: Vec<Warning> = STOCKS.warning(stocks).into_iter().collect();
    for kind in kinds {
        let (count, losing) = match kind {
            ElementKind::Variable => (
                document.variables().len(),
                LossWords("variable is left out", "variables are left out"),
            ),
            ElementKind::Link => (
                document.links().len(),
                LossWords("link is left out", "links are left out"),
            ),
            ElementKind::Note => (
                document.notes().len(),
                LossWords(
                    "note on the canvas is left out",
                    "notes on the canvas are left out",
                ),
            ),
            ElementKind::LoopLabel => (
                document.loop_labels().len(),
                LossWords("name of a loop is left out", "names of loops are left out"),
            ),
            ElementKind::Station => (
                document.stations().len(),
                LossWords("step is left out", "steps are left out"),
            ),
            ElementKind::Flow => (
                document.flows().len(),
                LossWords("flow is left out", "flows are left out"),
            ),
            ElementKind::FindingReview => (
                document.reviews().len(),
                LossWords(
                    "answer to a finding is left out",
                    "answers to findings are left out",
                ),
            ),
            ElementKind::Frame => (
                document.frames().len(),
                LossWords("frame is left out", "frames are left out"),
            ),
            ElementKind::Comment => (
                document.comments().len(),
                LossWords("comment is left out", "comments are left out"),
            ),
            ElementKind::Image => (
                document.images().len(),
                LossWords("image is left out", "images are left out"),
            ),
            ElementKind::Improvement => (
                document.improvements().len(),
                LossWords("improvement is left out", "improvements are left out"),
            ),
            ElementKind::Scenario => (
                document.scenarios().len(),
                LossWords("scenario is left out", "scenarios are left out"),
            ),
            ElementKind::Story => (
                document.stories().len(),
                LossWords("story is left out", "stories are left out"),
            ),
            ElementKind::StoryStep => (
                document.story_steps().len(),
                LossWords(
                    "step of a story is left out",
                    "steps of stories are left out",
                ),
            ),
            ElementKind::Retrospective => (
                document.retrospectives().len(),
                LossWords("retrospective is left out", "retrospectives are left out"),
            ),
            ElementKind::Fact => (
                document.facts().len(),
                LossWords(
                    "fact of a retrospective is left out",
                    "facts of retrospectives are left out",
                ),
            ),
            ElementKind::Variation => (
                document.variations().len(),
                LossWords(
                    "thing that varied is left out",
                    "things that varied are left out",
                ),
            ),
            ElementKind::Experiment => (
                document.experiments().len(),
                LossWords("experiment is left out", "experiments are left out"),
            ),
        };
        warnings.extend(losing.warning(count));
    }
    warnings.extend(lost_looks(document));
    warnings.extend(lost_models(document));
    warnings
}

/// How much of what makes a document run is left out: equations, tables, units, ranges and settings
/// that people wrote, and the model of another program that the document keeps.
fn lost_models(document: &Document) -> impl Iterator<Item = Warning> {
    const WRITTEN: LossWords = LossWords(
        "equation, table, unit, range or setting of a run is left out",
        "equations, tables, units, ranges and settings of runs are left out",
    );
    let variables = document.variables().values();
    let of_variables = variables.map(|variable| {
        [
            !variable.equation.trim().is_empty(),
            variable.table.is_some(),
            !variable.units.trim().is_empty(),
            variable.range.is_some(),
            variable.non_negative,
        ]
        .into_iter()
        .filter(|is_said| *is_said)
        .count()
    });
    let run = &document.properties().run;
    let settings = [
        run.start.is_some(),
        run.stop.is_some(),
        run.step.is_some(),
        run.save_every.is_some(),
        run.method.is_some(),
        !run.time_unit.trim().is_empty(),
        run.seed != 0,
    ];
    let settings = settings.into_iter().filter(|is_set| *is_set).count();
    let source_text = document.source_text().as_ref();
    let kept = source_text.map(|source| model_left_out(source.format));
    let written = WRITTEN.warning(of_variables.sum::<usize>() + settings);
    written.into_iter().chain(kept)
}

/// How many labels of links, and how many colours and the like, are left out.
fn lost_looks(document: &Document) -> impl Iterator<Item = Warning> {
    const LABELS: LossWords = LossWords(
        "label of a link is left out",
        "labels of links are left out",
    );
    const STYLES: LossWords = LossWords(
        "element loses its colour, size, emphasis or strength",
        "elements lose their colours, sizes, emphasis or strengths",
    );
    let links = document.links().values();
    let labels = links.filter(|link| !link.label.trim().is_empty()).count();
    let is_plain = |look: &Look| {
        look.colour.flatten().is_none()
            && look.size.unwrap_or_default() == Size::Medium
            && look.strength.unwrap_or_default() == Strength::Medium
            && look.emphasis != Some(true)
    };
    let looks = document.ids().filter_map(|id| document.look(id));
    let styled = looks.filter(|look| !is_plain(look)).count();
    LABELS
        .warning(labels)
        .into_iter()
        .chain(STYLES.warning(styled))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Element, Variable};

    #[test]
    fn labels_differ_by_more_than_case_and_blanks() {
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        let names = ["Risk", "risk", "risk (2)", "", " ", "unnamed", "RISK"];
        for (bits, name) in (1..).zip(names) {
            let name = name.to_owned();
            let variable = Variable {
                name,
                ..Variable::default()
            };
            edit.set(Id::from_bits(bits), Some(Element::Variable(variable)));
        }
        let mut document = Document::default();
        document.apply(&edit.finish()).unwrap();
        let labels = Labels::distinct(&document);
        let all: Vec<&str> = (1..8).map(|bits| labels.of(Id::from_bits(bits))).collect();
        assert_eq!(
            all,
            [
                "Risk",
                "risk (3)",
                "risk (2)",
                "unnamed (2)",
                "unnamed (3)",
                "unnamed",
                "RISK (4)"
            ]
        );
        let warnings: Vec<String> = labels.warnings().iter().map(ToString::to_string).collect();
        assert_eq!(
            warnings,
            [
                "2 variables have no names and are called \"unnamed\"",
                "2 names were given numbers, for there are others like them"
            ]
        );
    }
}
