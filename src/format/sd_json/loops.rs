//! The loops of a model: they give signs to links and names to loops.

use std::collections::BTreeMap;

use super::read::ModelReader;
use crate::causal::LoopPolarity;
use crate::format::graph_builder::{Labelled, add_paragraph};
use crate::format::loop_name::without_code;
use crate::format::names::Named;
use crate::format::syntax::{Node, Path, Value};
use crate::format::words;
use crate::model::{Id, LoopKey, LoopLabel, Polarity, Records};

const OF_LOOP: &[&str] = &[
    "identifier",
    "name",
    "description",
    "documentation",
    "links",
    "polarity",
];
const OF_LINK: &[&str] = &["from", "to", "polarity"];

/// Reads the loops after the relationships.
pub struct LoopReader<'r, 'a> {
    reader: &'r mut ModelReader<'a>,
    // By the cause, then by the effect: the indices of the links.
    indices: Records<Records<Vec<usize>>>,
    // What the loops say of links whose relationship says nothing.
    signs: BTreeMap<usize, Signs>,
}

/// A loop as the text has it.
struct Draft<'t> {
    name: &'t str,
    remark: String,
    polarity: Polarity,
    // The links as (from, to, sign); none where they are no loop of relationships.
    links: Option<Vec<(Id, Id, Polarity)>>,
}

/// Which signs the loops give a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Signs {
    One(Polarity),
    Both,
}

impl<'r, 'a> LoopReader<'r, 'a> {
    /// Knows the links so far.
    pub fn new(reader: &'r mut ModelReader<'a>) -> Self {
        let mut indices: Records<Records<Vec<usize>>> = Records::new();
        for (index, (_, link)) in reader.graph.links().iter().enumerate() {
            let from = indices.entry(link.from).or_default();
            from.entry(link.to).or_default().push(index);
        }
        Self {
            reader,
            indices,
            signs: BTreeMap::new(),
        }
    }

    /// Gives signs to the links that have none, then labels to the loops.
    pub fn read(mut self, loops: &[Node], path: Path<'_>) {
        let mut drafts = Vec::new();
        for (index, node) in loops.iter().enumerate() {
            drafts.extend(self.draft(node, path.item(index)));
        }
        for draft in &drafts {
            for (from, to, sign) in draft.links.iter().flatten() {
                self.hear(*from, *to, *sign);
            }
        }
        self.sign_links();
        for draft in drafts {
            self.label(draft);
        }
    }

    fn draft<'t>(&mut self, node: &'t Node, path: Path<'_>) -> Option<Draft<'t>> {
        let reader = &mut *self.reader;
        if !matches!(node.value, Value::Object(_)) {
            reader
                .lenient
                .collector
                .add_mismatch(node, path, "an object");
            return None;
        }
        reader.lenient.note_fields(node, OF_LOOP);
        let name = reader
            .lenient
            .text_if_any(node, path, "name")
            .unwrap_or_default();
        let mut remark = String::new();
        for field in ["description", "documentation"] {
            let text = reader
                .lenient
                .text_if_any(node, path, field)
                .unwrap_or_default();
            add_paragraph(&mut remark, text.trim());
        }
        // Only compared: a word that is not known says nothing.
        let polarity = reader.lenient.text_if_any(node, path, "polarity");
        let polarity = polarity.and_then(words::polarity).unwrap_or_default();
        let path = path.field("links");
        let items = match node.field("links") {
            Some(list) => reader.lenient.collector.items(list, path),
            None => &[],
        };
        let mut links = Some(Vec::with_capacity(items.len()));
        for (index, item) in items.iter().enumerate() {
            let path = path.item(index);
            let from = self.reader.lenient.name(item, path, "from");
            let to = self.reader.lenient.name(item, path, "to");
            let sign = self.reader.lenient.polarity(item, path, "polarity");
            self.reader.lenient.note_fields(item, OF_LINK);
            let link = self.ends(from, to).map(|(from, to)| (from, to, sign));
            match (&mut links, link) {
                (Some(links), Some(link)) => links.push(link),
                _ => links = None,
            }
        }
        Some(Draft {
            name: without_code(name.trim()),
            remark,
            polarity,
            links: links.filter(|links| is_ring(links)),
        })
    }

    /// The ends of a link of a loop, if there is such a link.
    fn ends(&mut self, from: Option<&str>, to: Option<&str>) -> Option<(Id, Id)> {
        let mut known = |name: &str| match self.reader.graph.find(name) {
            Named::Exactly(id) | Named::Nearly(id) => Some(id),
            Named::Several | Named::Nothing => None,
        };
        let (from, to) = (known(from?)?, known(to?)?);
        self.indices.get(&from)?.get(&to).map(|_| (from, to))
    }

    /// The links between two variables, by their indices.
    fn between(&self, from: Id, to: Id) -> &[usize] {
        let indices = self.indices.get(&from).and_then(|from| from.get(&to));
        indices.map_or(&[], Vec::as_slice)
    }

    fn sign_of(&self, index: usize) -> Polarity {
        let link = self.reader.graph.links().get(index);
        link.map_or(Polarity::Unknown, |(_, link)| link.polarity)
    }

    /// The first link of a sign between two variables, by its index.
    fn signed(&self, from: Id, to: Id, sign: Polarity) -> Option<usize> {
        let mut indices = self.between(from, to).iter().copied();
        indices.find(|index| self.sign_of(*index) == sign)
    }

    /// Hears what a loop says of the sign of one of its links.
    fn hear(&mut self, from: Id, to: Id, sign: Polarity) {
        if sign == Polarity::Unknown || self.signed(from, to, sign).is_some() {
            return;
        }
        match self.signed(from, to, Polarity::Unknown) {
            Some(index) => {
                let signs = self.signs.entry(index).or_insert(Signs::One(sign));
                if *signs != Signs::One(sign) {
                    *signs = Signs::Both;
                }
            }
            None => self.reader.losses.other_signs += 1,
        }
    }

    fn sign_links(&mut self) {
        for (index, signs) in std::mem::take(&mut self.signs) {
            match (signs, self.reader.graph.link_mut(index)) {
                (Signs::One(sign), Some(link)) => {
                    link.polarity = sign;
                    self.reader.losses.signs_from_loops += 1;
                }
                _ => self.reader.losses.disputed_signs += 1,
            }
        }
    }

    fn label(&mut self, draft: Draft<'_>) {
        let Some(ends) = draft.links else {
            self.reader.losses.loops += 1;
            return;
        };
        let length = ends.len();
        let mut links = Vec::with_capacity(length);
        let mut signs = Vec::with_capacity(length);
        for (from, to, sign) in ends {
            // Of several links with other signs it is not guessed which one is meant.
            let only = match self.between(from, to) {
                [index] => Some(*index),
                _ => None,
            };
            if let Some(index) = self.signed(from, to, sign).or(only) {
                signs.push(self.sign_of(index));
                links.extend(self.reader.graph.links().get(index).map(|(id, _)| *id));
            }
        }
        if links.len() < length {
            self.reader.losses.loops += 1;
            return;
        }
        let contradicts = matches!(
            (draft.polarity, LoopPolarity::of(signs)),
            (Polarity::Positive, LoopPolarity::Balancing)
                | (Polarity::Negative, LoopPolarity::Reinforcing)
        );
        self.reader.losses.other_loop_signs += usize::from(contradicts);
        let label = LoopLabel {
            name: draft.name.to_owned(),
            remark: draft.remark,
            ..LoopLabel::new(LoopKey::new(links))
        };
        if !label.is_blank() && self.reader.graph.add_label(label) == Labelled::Twice {
            self.reader.losses.repeated_loops += 1;
        }
    }
}

/// Whether links go once round: each starts where another ends, and no variable is passed twice.
fn is_ring(links: &[(Id, Id, Polarity)]) -> bool {
    let next: Records<Id> = links.iter().map(|(from, to, _)| (*from, *to)).collect();
    let Some((first, ..)) = links.first() else {
        return false;
    };
    let mut at = *first;
    for passed in 1..=links.len() {
        match next.get(&at) {
            Some(to) => at = *to,
            None => return false,
        }
        if at == *first {
            return passed == links.len();
        }
    }
    false
}
