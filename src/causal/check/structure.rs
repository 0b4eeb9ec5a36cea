//! Variables that nothing leads to, that lead nowhere, and parts that nothing joins.

use super::balance::names_goal;
use super::finding::{Check, Findings, Fix, Severity, Told};
use super::name::{Name, Words, counted, quoted};
use super::subject::{Node, Subject};
use crate::model::{Edit, Id};

/// A variable without links.
pub(super) const ORPHAN: Check = Check {
    id: "orphan",
    title: "Variable without links",
    severity: Severity::Warning,
    why: "A variable that causes nothing and is caused by nothing is no part of the story yet.",
    source: "Vensim manual (variables that are not used)",
    find: orphans,
};

/// A variable that leads nowhere.
pub(super) const DEAD_END: Check = Check {
    id: "dead-end",
    title: "Dead end",
    severity: Severity::Hint,
    why: "An effect without effects of its own is on no loop: either it is what the diagram is \
          about, or what follows from it is missing.",
    source: "Vensim manual (variables that are not used)",
    find: dead_ends,
};

/// A variable that nothing drives, and that is not said to be fixed.
pub(super) const DRIVER: Check = Check {
    id: "unexplained-driver",
    title: "Driver that is neither a goal nor a constant",
    severity: Severity::Hint,
    why: "What drives the system from outside cannot be explained by it; often the loop that moves \
          the driver is the one that is missing.",
    source: "Vensim manual (constants and exogenous variables)",
    find: drivers,
};

/// Parts that no link joins.
pub(super) const PARTS: Check = Check {
    id: "disconnected-parts",
    title: "Parts that nothing joins",
    severity: Severity::Warning,
    why: "Parts without a link between them are two systems; if they are one, the link that joins \
          them is missing.",
    source: "Common practice",
    find: parts,
};

fn orphans(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.arcs.is_empty() {
        // Nobody has begun to link.
        return;
    }
    for node in &subject.nodes {
        if subject.document.edge_count(node.id) == 0 && node.variable.binding.is_none() {
            findings.add(vec![node.id], &|| Told {
                words: format!("{} has no links.", quoted(&node.variable.name)),
                fix: without(subject, node),
            });
        }
    }
}

/// Removes a variable that says no more than its name.
fn without(subject: &Subject<'_>, node: &Node<'_>) -> Option<Fix> {
    let variable = node.variable;
    if !variable.remark.is_empty() || variable.placement.locked {
        return None;
    }
    let mut edit = Edit::new(subject.document);
    edit.remove(node.id);
    let name = quoted(&variable.name);
    Some(Fix::of(format!("Remove {name}"), edit))
}

fn dead_ends(subject: &Subject<'_>, findings: &mut Findings) {
    for (index, node) in subject.nodes.iter().enumerate() {
        let caused = subject.arriving(index).next().is_some();
        let ends = caused && subject.leaving(index).next().is_none();
        if ends && !node.is_goal {
            findings.add(vec![node.id], &|| {
                format!("Nothing follows from {}.", subject.label_text(index)).into()
            });
        }
    }
}

/// Words of what is fixed, or set from outside on purpose.
const FIXED: Words = Words(
    "constant delay duration fraction initial law length lifetime normal policy price \
     probability regulation rule rules season seasonality share size time weather",
);

/// Whether a name says that this stays as it is: "hiring delay", "time to hire", but not "time
/// pressure".
fn names_constant(name: &Name) -> bool {
    let (first, second) = (name.word(0), name.word(1));
    let whose = matches!(second, "between" | "for" | "of" | "per" | "to");
    FIXED.has(name.last())
        || whose && FIXED.has(first)
        || matches!(first, "constant" | "fixed" | "initial" | "normal")
}

fn drivers(subject: &Subject<'_>, findings: &mut Findings) {
    for (index, node) in subject.nodes.iter().enumerate() {
        let drives = subject.leaving(index).next().is_some();
        let free = drives && subject.arriving(index).next().is_none();
        // What is bound is measured, and may well come from outside; what has an equation and no
        // cause is a constant.
        let explained = node.is_goal
            || !node.variable.equation.is_empty()
            || node.variable.binding.is_some()
            || names_goal(&node.name)
            || names_constant(&node.name);
        if free && !explained {
            findings.add(vec![node.id], &|| {
                format!(
                    "Nothing drives {}; is it a goal, a constant, or is a link missing?",
                    subject.label_text(index)
                )
                .into()
            });
        }
    }
}

fn parts(subject: &Subject<'_>, findings: &mut Findings) {
    if subject.parts < 2 {
        return;
    }
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); subject.nodes.len()];
    for (index, node) in subject.nodes.iter().enumerate() {
        members[node.part as usize].push(index);
    }
    // A variable alone is an orphan, or has a link to itself.
    members.retain(|part| part.len() > 1);
    let largest = members.iter().map(Vec::len).max().unwrap_or_default();
    let main = members.iter().position(|part| part.len() == largest);
    for (at, part) in members.iter().enumerate() {
        if Some(at) == main {
            continue;
        }
        let ids: Vec<Id> = part.iter().map(|index| subject.nodes[*index].id).collect();
        findings.add(ids, &|| {
            let count = counted(part.len(), "variable");
            let first = subject.label_text(part[0]);
            format!("No link joins the {count} around {first} to the rest.").into()
        });
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::{Sketch, node};
    use super::*;
    use crate::model::{Binding, Element, StreamResult, Variable};

    fn changed(sketch: &Sketch, index: usize, change: impl Fn(&mut Variable)) -> Sketch {
        sketch.changed(|edit| {
            edit.change(node(index), |element| {
                if let Element::Variable(variable) = element {
                    change(variable);
                }
            });
        })
    }

    #[test]
    fn orphans_may_go_if_they_say_nothing_more() {
        let sketch = Sketch::of(&["a + b", "b + a"], &["c"]);
        let (finding, fixed) = sketch.fixed("orphan");
        assert_eq!(finding.words, "\"c\" has no links.");
        assert_eq!(fixed.document.variables().len(), 2);
        let label_text = changed(&sketch, 2, |variable| variable.remark = "later".to_owned());
        assert_eq!(label_text.found("orphan")[0].fix, None);
        let held = changed(&sketch, 2, |variable| variable.placement.locked = true);
        assert_eq!(held.found("orphan")[0].fix, None);
        let bound = changed(&sketch, 2, |variable| {
            variable.binding = Some(Binding::Stream(StreamResult::LeadTime));
        });
        assert_eq!(bound.found("orphan"), []);
        assert_eq!(Sketch::named(&["a", "b"]).found("orphan"), []);
        let unnamed = Sketch::of(&["a + b"], &[""]).found("orphan");
        assert_eq!(unnamed[0].words, "An unnamed variable has no links.");
    }

    #[test]
    fn dead_ends_are_caused_and_cause_nothing() {
        let sketch = Sketch::of(&["a + b", "b + a", "b + outcome"], &["c"]);
        let found = sketch.found("dead-end");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].words, "Nothing follows from \"outcome\".");
        assert_eq!(
            Sketch::of(&["a + b", "b + a", "b + b"], &[]).found("dead-end"),
            []
        );
    }

    #[test]
    fn drivers_that_nothing_explains() {
        let fires = |driver: &str| {
            let line = format!("{driver} + a");
            let sketch = Sketch::of(&["a + b", "b + a", &line], &[]);
            sketch.found("unexplained-driver").len()
        };
        for driver in ["demand", "management attention", "time pressure"] {
            assert_eq!(fires(driver), 1, "{driver}");
        }
        for driver in ["desired quality", "WIP limit", "time to hire", "Price", "b"] {
            assert_eq!(fires(driver), 0, "{driver}");
        }
    }

    #[test]
    fn parts_without_a_link_between() {
        let joined = Sketch::of(&["a + b", "b + a", "c + b"], &["d"]);
        assert_eq!(joined.found("disconnected-parts"), []);
        let apart = Sketch::of(&["a + b", "b + c", "c + a", "d + e", "e + d"], &[]);
        let found = apart.found("disconnected-parts");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].about, [node(3), node(4)]);
        assert!(FIXED.is_sorted());
        let alone = Sketch::of(&["a + b", "b + a", "c + c"], &[]);
        assert_eq!(alone.found("disconnected-parts"), []);
    }
}
