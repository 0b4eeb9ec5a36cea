//! A document as an SD-JSON model.

use serde::Serialize;

use crate::causal::LoopPolarity;
use crate::format::export::{Export, Labels, losses, lost_delays};
use crate::format::graph_builder::LossWords;
use crate::format::syntax::in_lines;
use crate::model::{Document, ElementKind, Id, Link, LoopLabel, Polarity, Records, VariableKind};

const OPEN: LossWords = LossWords(
    "name is of links that are no loop, and is left out",
    "names are of links that are no loops, and are left out",
);

/// Writes a document as a model: its variables, its links as relationships with their remarks as
/// the reasoning, and the loops that have a name.
///
/// Names that reading could not tell apart get a number, and a variable without a name is called
/// so; the warnings say how many.
#[must_use]
pub fn write(document: &Document) -> Export {
    let labels = Labels::distinct(document);
    let named = document.loop_labels().values();
    let named = named.filter(|label| !(label.name.is_empty() && label.remark.is_empty()));
    let rings: Vec<_> = named.map(|label| (label, ring(document, label))).collect();
    let variables = document.variables().iter();
    let loops = rings.iter();
    let loops: Vec<FeedbackLoop<'_>> = loops
        .filter_map(|(label, ring)| Some(FeedbackLoop::of(&labels, label, ring.as_ref()?)))
        .collect();
    let left_open = rings.len() - loops.len();
    let text = in_lines(&Model {
        title: &document.properties().title,
        variables: variables
            .map(|(id, variable)| ModelVariable {
                name: labels.of(*id),
                kind: match variable.kind {
                    VariableKind::Plain => "variable",
                    VariableKind::Stock => "stock",
                    VariableKind::Rate => "flow",
                },
                documentation: &variable.remark,
            })
            .collect(),
        relationships: document
            .links()
            .values()
            .map(|link| Relationship {
                reasoning: &link.remark,
                ..Relationship::of(&labels, link)
            })
            .collect(),
        feedback_loops: loops,
    });
    let mut warnings = labels.warnings();
    let kinds = [
        ElementKind::Note,
        ElementKind::Station,
        ElementKind::Flow,
        ElementKind::Frame,
        ElementKind::Comment,
        ElementKind::Image,
        ElementKind::Improvement,
        ElementKind::Scenario,
        ElementKind::Story,
        ElementKind::Retrospective,
        ElementKind::Experiment,
    ];
    warnings.extend(losses(document, 0, &kinds));
    warnings.extend(lost_delays(document));
    warnings.extend(OPEN.warning(left_open));
    Export { text, warnings }
}

/// A model, in the order in which it is written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Model<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    title: &'a str,
    variables: Vec<ModelVariable<'a>>,
    relationships: Vec<Relationship<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    feedback_loops: Vec<FeedbackLoop<'a>>,
}

#[derive(Serialize)]
struct ModelVariable<'a> {
    name: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    documentation: &'a str,
}

#[derive(Serialize)]
struct Relationship<'a> {
    from: &'a str,
    to: &'a str,
    /// What is not known is left out, as the format has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    polarity: Option<&'static str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    reasoning: &'a str,
}

impl<'a> Relationship<'a> {
    /// The link alone, without why it is there.
    fn of(labels: &'a Labels, link: &Link) -> Self {
        Self {
            from: labels.of(link.from),
            to: labels.of(link.to),
            polarity: match link.polarity {
                Polarity::Positive => Some("+"),
                Polarity::Negative => Some("-"),
                Polarity::Unknown => None,
            },
            reasoning: "",
        }
    }
}

#[derive(Serialize)]
struct FeedbackLoop<'a> {
    identifier: &'a str,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    polarity: Option<&'static str>,
    links: Vec<Relationship<'a>>,
}

impl<'a> FeedbackLoop<'a> {
    fn of(labels: &'a Labels, label: &'a LoopLabel, ring: &[&Link]) -> Self {
        let polarity = LoopPolarity::of(ring.iter().map(|link| link.polarity));
        Self {
            identifier: &label.name,
            name: &label.name,
            description: &label.remark,
            polarity: match polarity {
                LoopPolarity::Reinforcing => Some("+"),
                LoopPolarity::Balancing => Some("-"),
                LoopPolarity::Undetermined => None,
            },
            links: ring
                .iter()
                .map(|link| Relationship::of(labels, link))
                .collect(),
        }
    }
}

/// The links of a label in the order of travel; none if they are no loop.
fn ring<'d>(document: &'d Document, label: &LoopLabel) -> Option<Vec<&'d Link>> {
    let links = label.key.links().iter();
    let links: Vec<&Link> = links.filter_map(|id| document.links().get(id)).collect();
    let next: Records<&Link> = links.iter().map(|link| (link.from, *link)).collect();
    let first: Id = links.first()?.from;
    let mut path = vec![*next.get(&first)?];
    while let Some(last) = path.last().filter(|last| last.to != first) {
        if path.len() >= links.len() {
            return None;
        }
        path.push(next.get(&last.to)?);
    }
    (path.len() == links.len()).then_some(path)
}
