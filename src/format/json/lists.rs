//! The lists of a file: one for each kind of record.

use serde::{Deserialize, Serialize, Serializer};

use crate::format::syntax::{Collector, Node, Path, Value, typed};
use crate::model::{Element, ElementKind, FieldFlaw, Id, Records};

/// The kinds of records, in the order of a file: what others refer to comes first.
pub const KINDS: [ElementKind; 18] = [
    ElementKind::Variable,
    ElementKind::Link,
    ElementKind::Note,
    ElementKind::LoopLabel,
    ElementKind::Station,
    ElementKind::Flow,
    ElementKind::FindingReview,
    ElementKind::Frame,
    ElementKind::Comment,
    ElementKind::Image,
    ElementKind::Improvement,
    ElementKind::Scenario,
    ElementKind::Story,
    ElementKind::StoryStep,
    ElementKind::Retrospective,
    ElementKind::Fact,
    ElementKind::Variation,
    ElementKind::Experiment,
];

/// The list of a file that has the records of a kind.
pub const fn list_name(kind: ElementKind) -> &'static str {
    match kind {
        ElementKind::Variable => "variables",
        ElementKind::Link => "links",
        ElementKind::Note => "notes",
        ElementKind::LoopLabel => "loops",
        ElementKind::Station => "stations",
        ElementKind::Flow => "flows",
        ElementKind::FindingReview => "judgements",
        ElementKind::Frame => "frames",
        ElementKind::Comment => "comments",
        ElementKind::Image => "images",
        ElementKind::Improvement => "improvements",
        ElementKind::Scenario => "scenarios",
        ElementKind::Story => "stories",
        ElementKind::StoryStep => "storySteps",
        ElementKind::Retrospective => "retrospectives",
        ElementKind::Fact => "facts",
        ElementKind::Variation => "variations",
        ElementKind::Experiment => "experiments",
    }
}

/// Records as the list of a file, each with its id among its fields.
pub struct List<'a, T>(pub &'a Records<T>);

impl<T> List<'_, T> {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize> Serialize for List<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Entry<'a, T> {
            id: Id,
            #[serde(flatten)]
            record: &'a T,
        }

        let entries = self.0.iter().map(|(id, record)| Entry { id: *id, record });
        serializer.collect_seq(entries)
    }
}

/// The field of a record in a list that is not one of the record itself.
const ID: &str = "id";

/// Reads a record as it was written: `Written` is the type of the record, or the type that it had
/// in an older version, which `into` brings up to the present one.
fn read_record<'t, Written: Deserialize<'t>>(
    node: &'t Node,
    path: Path<'_>,
    collector: &mut Collector,
    into: impl FnOnce(Written) -> Element,
) -> Option<Element> {
    typed(node, path, &[ID], collector).map(into)
}

/// Reads one record of a list; either part is `None` where it is at fault.
pub fn read_entry(
    kind: ElementKind,
    node: &Node,
    path: Path<'_>,
    collector: &mut Collector,
) -> (Option<Id>, Option<Element>) {
    let element = match kind {
        ElementKind::Variable => read_record(node, path, collector, Element::Variable),
        ElementKind::Link => read_record(node, path, collector, Element::Link),
        ElementKind::Note => read_record(node, path, collector, Element::Note),
        ElementKind::LoopLabel => read_record(node, path, collector, Element::LoopLabel),
        ElementKind::Station => read_record(node, path, collector, Element::Station),
        ElementKind::Flow => read_record(node, path, collector, Element::Flow),
        ElementKind::FindingReview => read_record(node, path, collector, Element::FindingReview),
        ElementKind::Frame => read_record(node, path, collector, Element::Frame),
        ElementKind::Comment => read_record(node, path, collector, Element::Comment),
        ElementKind::Image => read_record(node, path, collector, Element::Image),
        ElementKind::Improvement => read_record(node, path, collector, Element::Improvement),
        ElementKind::Scenario => read_record(node, path, collector, Element::Scenario),
        ElementKind::Story => read_record(node, path, collector, Element::Story),
        ElementKind::StoryStep => read_record(node, path, collector, Element::StoryStep),
        ElementKind::Retrospective => read_record(node, path, collector, Element::Retrospective),
        ElementKind::Fact => read_record(node, path, collector, Element::Fact),
        ElementKind::Variation => read_record(node, path, collector, Element::Variation),
        ElementKind::Experiment => read_record(node, path, collector, Element::Experiment),
    };
    let id = match node.field(ID) {
        Some(id) => typed(id, path.field(ID), &[], collector),
        None => {
            if matches!(node.value, Value::Object(_)) {
                collector.add(node.at, format!("{} is missing", path.field(ID)));
            }
            None
        }
    };
    (id, element)
}

/// Notes the flaws of a record at the places of its fields, or what comes nearest to them.
pub fn position_of_flaw(node: &Node, path: Path<'_>, flaw: &FieldFlaw, collector: &mut Collector) {
    let mut at = node;
    for name in flaw.field.split('.') {
        let Some(inner) = at.field(name) else { break };
        at = inner;
    }
    let FieldFlaw { field, flaw } = flaw;
    let message = match path {
        Path::Root => format!("{field}: {flaw}"),
        _ => format!("{path}.{field}: {flaw}"),
    };
    collector.add(at.at, message);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::limits::Limits;
    use crate::format::syntax::parse;
    use crate::model::Variable;

    /// A variable as an older version might have had it.
    #[derive(Deserialize)]
    struct Labelled {
        label: String,
    }

    impl From<Labelled> for Variable {
        fn from(Labelled { label }: Labelled) -> Self {
            Self {
                name: label,
                ..Self::default()
            }
        }
    }

    #[test]
    fn a_record_of_an_older_type_is_brought_up() {
        let read = |text: &str| {
            let node = parse(text, &Limits::STANDARD).unwrap();
            let mut collector = Collector::default();
            let into = |old: Labelled| Element::Variable(old.into());
            let element = read_record(&node, Path::Root, &mut collector, into);
            collector
                .finish(text)
                .map_err(|faults| faults.to_string())?;
            Ok::<_, String>(element)
        };
        let variable = Variable {
            name: "N".to_owned(),
            ..Variable::default()
        };
        assert_eq!(
            read(r#"{"id":"a","label":"N"}"#),
            Ok(Some(Element::Variable(variable)))
        );
        assert_eq!(
            read(r#"{"id":"a","name":"N"}"#),
            Err("label is missing (line 1, column 1); and one more fault".to_owned())
        );
    }
}
