//! What checks may read: the document, its loops, and what is worked out once for all of them.

use super::name::{Name, quoted};
use crate::causal::component::components;
use crate::causal::{LoopPolarity, LoopReport, NamedLoop};
use crate::model::{Document, Id, Link, Variable};

/// Whether the goal of the system is stated somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoalStated {
    /// Nothing says what the system is for.
    No,
    /// A purpose or a goal is written down.
    Yes,
}

/// A document as the checks see it.
pub struct Subject<'a> {
    /// The document.
    pub document: &'a Document,
    /// The loops found so far of this document. Where the search goes on, checks say nothing that
    /// another loop could prove wrong.
    pub report: &'a LoopReport,
    /// Whether its goal is stated.
    pub goal_stated: bool,
    /// The variables, in the order of their ids.
    pub(super) nodes: Vec<Node<'a>>,
    /// The links, in the order of their ids.
    pub(super) arcs: Vec<Arc<'a>>,
    /// How many parts there are: sets of variables that links join, whichever way they lead.
    pub(super) parts: u32,
    leaving: Groups,
    arriving: Groups,
}

/// A variable with what is known of it.
pub(super) struct Node<'a> {
    pub id: Id,
    pub variable: &'a Variable,
    pub name: Name,
    /// Which strongly connected component it is in.
    pub component: u32,
    /// Which part of the diagram it is in, by the index of the part's first variable.
    pub part: u32,
    /// Whether a person said that it is a goal.
    pub is_goal: bool,
}

/// A link with the indices of its ends among the variables.
pub(super) struct Arc<'a> {
    pub id: Id,
    pub link: &'a Link,
    pub from: usize,
    pub to: usize,
}

impl<'a> Subject<'a> {
    /// Works out what the checks share, in time linear in the size of the document, but for
    /// finding records by id.
    #[must_use]
    pub fn new(document: &'a Document, report: &'a LoopReport, goal: GoalStated) -> Self {
        let mut nodes: Vec<Node<'a>> = document
            .variables()
            .iter()
            .map(|(id, variable)| Node {
                id: *id,
                variable,
                name: Name::new(&variable.name),
                component: 0,
                part: 0,
                is_goal: false,
            })
            .collect();
        let index = |id: Id| nodes.binary_search_by(|node| node.id.cmp(&id)).ok();
        let arcs: Vec<Arc<'a>> = document
            .links()
            .iter()
            // A document has no link without its ends.
            .filter_map(|(id, link)| {
                let (from, to) = (index(link.from)?, index(link.to)?);
                let id = *id;
                Some(Arc { id, link, from, to })
            })
            .collect();
        let strong = components(nodes.len() as u32, || {
            arcs.iter().map(|arc| (arc.from as u32, arc.to as u32))
        });
        let parts = parts_of(nodes.len(), &arcs);
        let mut count = 0;
        for (index, node) in nodes.iter_mut().enumerate() {
            node.component = strong.of_variable()[index];
            node.part = parts[index];
            count += u32::from(parts[index] as usize == index);
        }
        Self {
            document,
            report,
            goal_stated: goal == GoalStated::Yes,
            parts: count,
            leaving: Groups::new(nodes.len(), &arcs, &|arc| arc.from),
            arriving: Groups::new(nodes.len(), &arcs, &|arc| arc.to),
            nodes,
            arcs,
        }
    }

    /// The same, with the variables that a person said are goals.
    #[must_use]
    pub fn with_goals(mut self, goals: impl IntoIterator<Item = Id>) -> Self {
        for id in goals {
            if let Some(index) = self.index(id) {
                self.nodes[index].is_goal = true;
            }
        }
        self
    }

    /// The index of a variable.
    pub(super) fn index(&self, id: Id) -> Option<usize> {
        self.nodes.binary_search_by(|node| node.id.cmp(&id)).ok()
    }

    /// The links that start at a variable.
    pub(super) fn leaving(&self, node: usize) -> impl Iterator<Item = &Arc<'a>> {
        self.leaving.of(node).iter().map(|arc| &self.arcs[*arc])
    }

    /// The links that end at a variable.
    pub(super) fn arriving(&self, node: usize) -> impl Iterator<Item = &Arc<'a>> {
        self.arriving.of(node).iter().map(|arc| &self.arcs[*arc])
    }

    /// The effect of a variable besides itself, if it has just one.
    pub(super) fn only_effect(&self, node: usize) -> Option<usize> {
        let effects = self.leaving(node).map(|arc| arc.to);
        let mut effects = effects.filter(|to| *to != node);
        let first = effects.next()?;
        effects.all(|to| to == first).then_some(first)
    }

    /// The causes of a variable but itself, each as often as it has a link.
    pub(super) fn causes(&self, node: usize) -> impl Iterator<Item = usize> {
        let causes = self.arriving(node).map(|arc| arc.from);
        causes.filter(move |from| *from != node)
    }

    /// Both ends of a link are on one loop, so that the link is.
    pub(super) fn is_on_loop(&self, arc: &Arc<'_>) -> bool {
        self.nodes[arc.from].component == self.nodes[arc.to].component
    }

    /// The name of a variable in quotes.
    pub(super) fn label_text(&self, node: usize) -> String {
        quoted(&self.nodes[node].variable.name)
    }

    /// "from "Risk" to "Failures"".
    pub(super) fn link_text(&self, arc: &Arc<'_>) -> String {
        format!(
            "from {} to {}",
            self.label_text(arc.from),
            self.label_text(arc.to)
        )
    }

    /// The loops that are listed with a polarity.
    pub(super) fn loops_of(&self, polarity: LoopPolarity) -> impl Iterator<Item = &'a NamedLoop> {
        let loops = self.report.loops.iter();
        loops.filter(move |found| found.polarity == polarity)
    }

    /// The indices of the variables of a loop, if the report is of this document.
    pub(super) fn indices(&self, found: &NamedLoop) -> Vec<usize> {
        let indices = found.variables.iter();
        indices.filter_map(|id| self.index(*id)).collect()
    }

    /// How a sentence calls a loop: by its number and its name, or by the way it goes.
    pub(super) fn called(&self, found: &NamedLoop) -> String {
        let name = self.document.label_of(&found.key);
        let name = name.map_or("", |(_, label)| label.name.trim());
        if !name.is_empty() {
            return format!("{} {}", found.code, quoted(name));
        }
        let indices = self.indices(found);
        let mut words = found.code.clone();
        for (at, index) in indices.iter().take(3).enumerate() {
            words.push_str(if at == 0 { " through " } else { ", " });
            words.push_str(&self.label_text(*index));
        }
        if indices.len() > 3 {
            words.push_str(" ...");
        }
        words
    }
}

/// Which part each variable is in, by the index of the part's first variable.
fn parts_of(count: usize, arcs: &[Arc<'_>]) -> Vec<u32> {
    let mut parent: Vec<u32> = (0..count as u32).collect();
    for arc in arcs {
        let (one, other) = (root(&mut parent, arc.from), root(&mut parent, arc.to));
        let (first, second) = (one.min(other), one.max(other));
        parent[second] = first as u32;
    }
    (0..count)
        .map(|node| root(&mut parent, node) as u32)
        .collect()
}

/// The first of the part that a variable is in. Halves the path for the next call.
fn root(parent: &mut [u32], mut node: usize) -> usize {
    while parent[node] as usize != node {
        parent[node] = parent[parent[node] as usize];
        node = parent[node] as usize;
    }
    node
}

/// The indices of the links at each variable.
struct Groups {
    starts: Vec<usize>,
    items: Vec<usize>,
}

impl Groups {
    fn new(count: usize, arcs: &[Arc<'_>], end: &dyn Fn(&Arc<'_>) -> usize) -> Self {
        let mut starts = vec![0; count + 1];
        for arc in arcs {
            starts[end(arc) + 1] += 1;
        }
        for node in 0..count {
            starts[node + 1] += starts[node];
        }
        let mut cursors = starts.clone();
        let mut items = vec![0; arcs.len()];
        for (index, arc) in arcs.iter().enumerate() {
            let cursor = &mut cursors[end(arc)];
            items[*cursor] = index;
            *cursor += 1;
        }
        Self { starts, items }
    }

    fn of(&self, node: usize) -> &[usize] {
        &self.items[self.starts[node]..self.starts[node + 1]]
    }
}

#[cfg(test)]
mod tests {
    use super::super::sketch::Sketch;

    #[test]
    fn parts_and_components_are_told_apart() {
        let sketch = Sketch::of(&["a + b", "b + a", "b + c", "d + e"], &["f"]);
        let subject = sketch.subject();
        assert_eq!(subject.parts, 3);
        let part = |name: &str| subject.nodes[subject.index(sketch.variable(name)).unwrap()].part;
        assert_eq!(part("a"), part("c"));
        assert_ne!(part("a"), part("e"));
        let on_loop: Vec<bool> = subject
            .arcs
            .iter()
            .map(|arc| subject.is_on_loop(arc))
            .collect();
        assert_eq!(on_loop, [true, true, false, false]);
    }

    #[test]
    fn a_loop_is_called_by_its_name_or_its_way() {
        let sketch = Sketch::of(&["a + b", "b + c", "c + d", "d + a"], &[]);
        let subject = sketch.subject();
        let called = subject.called(&subject.report.loops[0]);
        assert_eq!(called, "R1 through \"a\", \"b\", \"c\" ...");
        let sketch = sketch.labelled(&["a + b", "b + c", "c + d", "d + a"], "Growth");
        let subject = sketch.subject();
        let called = subject.called(&subject.report.loops[0]);
        assert_eq!(called, "R1 \"Growth\"");
    }
}
