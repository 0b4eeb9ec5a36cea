//! New names of variables in everything that refers to them.

use roxmltree::Node;

use super::Writer;
use crate::format::xmile::expression::renamed;
use crate::format::xmile::names::{key, mentioned, stated};
use crate::format::xml::text_of;

/// Elements whose text is one name.
const REFERENCES: [&str; 7] = ["from", "to", "of", "inflow", "outflow", "in", "var"];
/// Elements whose text is an equation.
const EQUATIONS: [&str; 3] = ["eqn", "init_eqn", "leak"];
/// Elements that name a variable they do not define.
const NAMED: [&str; 3] = ["entity", "var", "plot"];

impl<'a, 'i: 'a> Writer<'_, 'a, 'i> {
    /// Carries new names into equations, connectors, flows, aliases, groups and interfaces.
    pub(super) fn rename(&mut self) {
        let Some(model) = self
            .source
            .model
            .filter(|_| !self.naming.renamed.is_empty())
        else {
            return;
        };
        for element in model.descendants().filter(Node::is_element) {
            let tag = element.tag_name().name();
            if REFERENCES.contains(&tag) && !element.children().any(|child| child.is_element()) {
                if let Some(name) = self.naming.renamed.get(&key(&text_of(element))) {
                    self.edit.content(element, &mentioned(name));
                }
            } else if EQUATIONS.contains(&tag) {
                let new = |key: &str| self.naming.renamed.get(key).map(|name| mentioned(name));
                if let Some(equation) = renamed(&text_of(element), new) {
                    self.edit.content(element, &equation);
                }
            }
            if NAMED.contains(&tag)
                && let Some(name) = element.attribute("name")
                && let Some(name) = self.naming.renamed.get(&key(name))
            {
                self.edit.attribute(element, "name", Some(&stated(name)));
            }
            if tag == "connect" {
                for side in ["from", "to"] {
                    let name = element
                        .attribute(side)
                        .and_then(|name| self.naming.renamed.get(&key(name)));
                    if let Some(name) = name {
                        self.edit.attribute(element, side, Some(&mentioned(name)));
                    }
                }
            }
        }
    }
}
