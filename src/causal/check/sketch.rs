//! Small documents for the tests of the checks, written as lines such as "a + b ||".

use std::f64::consts::TAU;

use super::{Finding, GoalStated, Subject, check};
use crate::causal::{LoopAnalysis, LoopReport, Progress};
use crate::model::{
    Delay, Document, Edit, Element, Id, Link, LoopKey, LoopLabel, Point, Polarity, Variable,
};

/// A document with its loops.
#[derive(Clone)]
pub struct Sketch {
    pub document: Document,
    pub report: LoopReport,
}

impl Sketch {
    /// The links, such as "work done - gap ||", and variables besides. Variables stand in a ring
    /// in the order in which they are named; links bend.
    pub fn of(links: &[&str], alone: &[&str]) -> Self {
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        let mut names: Vec<String> = Vec::new();
        let mut ends = Vec::new();
        for line in links {
            let (words, delay) = match line.strip_suffix(" ||") {
                Some(words) => (words, Delay::Delayed),
                None => (*line, Delay::None),
            };
            let (from, polarity, to) = [
                (" + ", Polarity::Positive),
                (" - ", Polarity::Negative),
                (" ? ", Polarity::Unknown),
            ]
            .into_iter()
            .find_map(|(sign, polarity)| {
                let (from, to) = words.split_once(sign)?;
                Some((from, polarity, to))
            })
            .unwrap();
            let mut end = |name: &str| {
                let name = name.to_owned();
                let index = names.iter().position(|other| *other == name);
                index.unwrap_or_else(|| {
                    names.push(name);
                    names.len() - 1
                })
            };
            ends.push((end(from), end(to), polarity, delay));
        }
        names.extend(alone.iter().map(|name| (*name).to_owned()));
        for (index, name) in names.iter().enumerate() {
            let angle = TAU * index as f64 / names.len() as f64;
            let mut variable = Variable {
                name: name.clone(),
                ..Variable::default()
            };
            variable.placement.position = Point::new(300.0 * angle.cos(), 300.0 * angle.sin());
            edit.set(node(index), Some(Element::Variable(variable)));
        }
        for (index, (from, to, polarity, delay)) in ends.into_iter().enumerate() {
            let link = Link {
                polarity,
                delay,
                ..Link::new(node(from), node(to), 0.2)
            };
            edit.set(arc(index), Some(Element::Link(link)));
        }
        let mut document = Document::default();
        document.apply(&edit.finish()).unwrap();
        Self::new(document)
    }

    /// A document with all its loops.
    pub fn new(document: Document) -> Self {
        let mut analysis = LoopAnalysis::new(&document, 1_000);
        while analysis.advance(100_000) == Progress::Unfinished {}
        let report = analysis.report(&document);
        Self { document, report }
    }

    /// The same with one variable for each of these names, and no links.
    pub fn named(names: &[&str]) -> Self {
        Self::of(&[], names)
    }

    /// The same with a name for the loop of these links, by their indices among the lines.
    pub fn labelled(&self, lines: &[&str], name: &str) -> Self {
        let links = (0..lines.len()).map(arc);
        let label = LoopLabel {
            name: name.to_owned(),
            ..LoopLabel::new(LoopKey::new(links))
        };
        self.changed(|edit| edit.set(Id::from_bits(9_000), Some(Element::LoopLabel(label))))
    }

    /// The same after an edit.
    pub fn changed(&self, change: impl FnOnce(&mut Edit<'_>)) -> Self {
        let mut edit = Edit::new(&self.document);
        change(&mut edit);
        let patch = edit.finish();
        let mut document = self.document.clone();
        document.apply(&patch).unwrap();
        Self::new(document)
    }

    /// The id of the first variable with a name.
    pub fn variable(&self, name: &str) -> Id {
        let mut variables = self.document.variables().iter();
        *variables.find(|(_, other)| other.name == name).unwrap().0
    }

    pub fn subject(&self) -> Subject<'_> {
        Subject::new(&self.document, &self.report, GoalStated::Yes)
    }

    /// What one check finds.
    pub fn found(&self, id: &str) -> Vec<Finding> {
        let findings = check(&self.subject());
        findings
            .into_iter()
            .filter(|finding| finding.check.id == id)
            .collect()
    }

    /// The only thing that a check finds, and the document with its fix.
    pub fn fixed(&self, id: &str) -> (Finding, Self) {
        let mut found = self.found(id);
        assert_eq!(found.len(), 1, "{found:?}");
        let finding = found.remove(0);
        let mut document = self.document.clone();
        document
            .apply(&finding.fix.as_ref().unwrap().patch)
            .unwrap();
        (finding, Self::new(document))
    }
}

/// The id of a variable by its index.
pub fn node(index: usize) -> Id {
    Id::from_bits(1 + index as u64)
}

/// The id of a link by its index.
pub fn arc(index: usize) -> Id {
    Id::from_bits(1_001 + index as u64)
}

/// Each of these names makes the check fire, and none of the others does.
pub fn assert_names(id: &str, bad: &[&str], good: &[&str]) {
    for (names, count) in [(bad, 1), (good, 0)] {
        for name in names {
            let found = Sketch::named(&[name]).found(id);
            assert_eq!(found.len(), count, "{name}: {found:?}");
        }
    }
}
