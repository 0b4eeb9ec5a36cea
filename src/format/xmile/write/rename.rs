//! New names of variables in everything that refers to them.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::Writer;
use crate::format::xmile::causes::within;
use crate::format::xmile::elements::is_module;
use crate::format::xmile::expression::{renamed, renamed_in_subscripts};
use crate::format::xmile::names::{key, mentioned, stated};
use crate::format::xml::{children, text_of};

/// Elements whose text is one name.
const REFERENCES: [&str; 7] = ["from", "to", "of", "inflow", "outflow", "in", "var"];
/// Elements whose text is an equation.
const EQUATIONS: [&str; 6] = ["eqn", "init_eqn", "leak", "multiplier", "len", "capacity"];
/// Elements that name a variable they do not define.
const NAMED: [&str; 4] = ["entity", "var", "plot", "gf"];

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
        self.rename_models();
        self.rename_from_within();
        let elements = self.elements();
        for element in model.descendants().filter(Node::is_element) {
            let tag = element.tag_name().name();
            if REFERENCES.contains(&tag) && !element.children().any(|child| child.is_element()) {
                if let Some(name) = self.new_name(&key(&text_of(element))) {
                    self.edit.content(element, &name);
                }
            } else if EQUATIONS.contains(&tag) {
                let new = |key: &str| self.new_name(key);
                // A subscript may be a variable, where it is neither a dimension nor an element.
                let index = |key: &str| self.new_name(key).filter(|_| !elements.contains(key));
                let text = text_of(element);
                let within = renamed_in_subscripts(&text, index);
                let outside = renamed(within.as_deref().unwrap_or(&text), new);
                if let Some(equation) = outside.or(within) {
                    self.edit.content(element, &equation);
                }
            }
            if NAMED.contains(&tag)
                && let Some(name) = element.attribute("name")
                && let Some(name) = self.naming.renamed.get(&key(name))
            {
                self.edit.attribute(element, "name", Some(&stated(name)));
            }
            if tag == "connect" || tag == "connect2" {
                for side in ["from", "to"] {
                    let name = element.attribute(side).map(key);
                    // What it leads to is in the module, and may have the name of something around.
                    let name = name.filter(|key| side == "from" || key.contains('.'));
                    if let Some(name) = name.and_then(|name| self.new_name(&name)) {
                        self.edit.attribute(element, side, Some(&name));
                    }
                }
            }
        }
    }

    /// What stands for a name in equations and references: its new name, or that of the module that
    /// it begins with, before the rest; none where it stays.
    pub(super) fn new_name(&self, key: &str) -> Option<String> {
        let renamed = &self.naming.renamed;
        if let Some(name) = renamed.get(key) {
            return Some(mentioned(name));
        }
        // What the model around is asked for by a point before the name.
        if let Some(name) = key.strip_prefix('.').and_then(|name| renamed.get(name)) {
            return Some(format!(".{}", mentioned(name)));
        }
        let (module, variable) = within(key).split_once('.')?;
        let name = renamed.get(module).filter(|_| self.is_module(module))?;
        let around = if key.starts_with('.') { "." } else { "" };
        Some(format!(
            "{around}{}.{}",
            mentioned(name),
            mentioned(variable)
        ))
    }

    fn is_module(&self, key: &str) -> bool {
        let index = self.drawn.by_key.get(key);
        let definitions = index.map(|index| &self.drawn.variables[*index].definitions);
        let mut definitions = definitions.into_iter().flatten();
        definitions.any(|definition| is_module(*definition))
    }

    /// Carries new names into the models of modules, which ask for what is around them by a point
    /// before its name.
    fn rename_from_within(&mut self) {
        let of_root = |key: &str| {
            let new = self.new_name(key);
            new.filter(|_| key.starts_with('.'))
        };
        let models = children(self.source.root, "model");
        let others = models.filter(|model| Some(*model) != self.source.model);
        let mut changes = Vec::new();
        for element in others.flat_map(|model| model.descendants()) {
            let tag = element.tag_name().name();
            if EQUATIONS.contains(&tag)
                && let Some(equation) = renamed(&text_of(element), of_root)
            {
                changes.push((element, None, equation));
            } else if tag == "connect"
                && let Some(name) = element
                    .attribute("from")
                    .and_then(|name| of_root(&key(name)))
            {
                changes.push((element, Some("from"), name));
            }
        }
        for (element, attribute, text) in changes {
            match attribute {
                Some(name) => self.edit.attribute(element, name, Some(&text)),
                None => self.edit.content(element, &text),
            }
        }
    }

    /// The dimensions and their elements, as names are compared.
    fn elements(&self) -> BTreeSet<String> {
        let dimensions = children(self.source.root, "dimensions");
        let names = dimensions.flat_map(|all| all.descendants());
        names
            .filter_map(|node| Some(key(node.attribute("name")?)))
            .collect()
    }

    /// Renames the models of modules, which are found by the names of the modules.
    fn rename_models(&mut self) {
        for model in children(self.source.root, "model") {
            let Some(name) = model.attribute("name") else {
                continue;
            };
            let renamed = self.naming.renamed.get(&key(name));
            if let Some(new) = renamed.filter(|_| self.is_module(&key(name))) {
                self.edit.attribute(model, "name", Some(&stated(new)));
            }
        }
    }
}
