//! What of a model a document does not have, counted, and told once each.

use std::collections::BTreeSet;

use crate::format::reader::Warning;
use crate::format::syntax::{Node, Value, shortened};
use crate::format::unplaced::Losing;

/// How often something could not be carried over, or only in part.
#[derive(Debug, Default)]
pub struct Lost {
    /// Variables that are neither stocks nor plain.
    pub types: usize,
    /// Variables that are listed again.
    pub repeated: usize,
    /// Variables that only relationships name, though there is a list of variables.
    pub unlisted: usize,
    /// Equations and units, which went into remarks.
    pub equations: usize,
    /// Relationships with a name that fits several variables.
    pub ambiguous: usize,
    /// Relationships whose sign is taken from the loops.
    pub signs_from_loops: usize,
    /// Relationships of which the loops say both signs.
    pub disputed_signs: usize,
    /// Links of loops that say another sign than their relationship.
    pub other_signs: usize,
    /// Loops with a link that no relationship says, or that name no loop.
    pub loops: usize,
    /// Loops whose links are those of another one.
    pub repeated_loops: usize,
    /// Loops whose sign is not that of their links.
    pub other_loop_signs: usize,
    fields: BTreeSet<String>,
}

impl Lost {
    /// Notes the fields of an object that are not among those that are read.
    pub fn note_fields(&mut self, node: &Node, known: &[&str]) {
        // A damaged or hostile text may have any number of them.
        const MOST: usize = 100;
        let Value::Object(entries) = &node.value else {
            return;
        };
        for entry in entries {
            let is_empty = entry.node.value == Value::Null;
            if !is_empty && !known.contains(&entry.name.as_str()) && self.fields.len() < MOST {
                self.fields.insert(entry.name.clone());
            }
        }
    }

    /// One warning for each kind of loss.
    pub fn warnings(&self) -> Vec<Warning> {
        let all = [
            (
                self.types,
                "variable is a flow or of another type, and became a plain variable",
                "variables are flows or of another type, and became plain variables",
            ),
            (
                self.equations,
                "equation or unit was put into the remark of its variable",
                "equations or units were put into the remarks of their variables",
            ),
            (
                self.repeated,
                "variable was listed again, and is there once",
                "variables were listed again, and are there once",
            ),
            (
                self.unlisted,
                "variable was not listed, but is named by a relationship, and was added",
                "variables were not listed, but are named by relationships, and were added",
            ),
            (
                self.ambiguous,
                "relationship has a name that fits several variables, and was left out",
                "relationships have names that fit several variables, and were left out",
            ),
            (
                self.signs_from_loops,
                "relationship has no polarity of its own, and has the one that the loops give it",
                "relationships have no polarity of their own, and have the one that the loops give them",
            ),
            (
                self.disputed_signs,
                "relationship has both polarities in the loops, and its own stays unknown",
                "relationships have both polarities in the loops, and their own stay unknown",
            ),
            (
                self.other_signs,
                "link of a loop has another polarity than its relationship, whose own was kept",
                "links of loops have other polarities than their relationships, whose own were kept",
            ),
            (
                self.loops,
                "loop has links that are no loop of relationships, and was left out",
                "loops have links that are no loops of relationships, and were left out",
            ),
            (
                self.repeated_loops,
                "loop has the links of another one, and was left out",
                "loops have the links of others, and were left out",
            ),
            (
                self.other_loop_signs,
                "loop is said to have another sign than its links give it",
                "loops are said to have other signs than their links give them",
            ),
        ];
        let mut warnings: Vec<Warning> = all
            .into_iter()
            .filter_map(|(count, one, many)| Losing(one, many).warning(count))
            .collect();
        warnings.extend(self.fields_warning());
        warnings
    }

    fn fields_warning(&self) -> Option<Warning> {
        const NAMED: usize = 5;
        let named: Vec<String> = self
            .fields
            .iter()
            .take(NAMED)
            .map(|name| shortened(name))
            .collect();
        let named = named.join(", ");
        let message = match self.fields.len() {
            0 => return None,
            count if count > NAMED => format!("further fields were left out: {named} and more"),
            _ => format!("further fields were left out: {named}"),
        };
        Some(Warning { message })
    }
}
