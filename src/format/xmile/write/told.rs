//! What a text says of variables, for people to read.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::Writer;
use crate::equation::{Reading, Table};
use crate::format::foreign::{Told, number, table_function};
use crate::format::stated::{ElementEquation, StatedEquation};
use crate::format::xmile::elements::{is_module, number as attribute, remark_of};
use crate::format::xmile::expression::renamed;
use crate::format::xmile::names::{in_sentence, key};
use crate::format::xml::{child, children, text_of};
use crate::model::{Id, TableFunction, ValueRange};

impl<'a, 'i: 'a> Writer<'_, 'a, 'i> {
    /// What the text says, with the names that the variables of the document have.
    pub(super) fn told(&mut self) -> Told {
        self.name_all();
        let mut told = Told::default();
        for (id, name) in &self.naming.names {
            told.names.push((name.clone(), *id));
            let Some(index) = self.indices.get(id) else {
                continue;
            };
            let definitions = &self.drawn.variables[*index].definitions;
            let Some(definition) = definitions.first() else {
                continue;
            };
            if is_module(*definition) {
                let module = definition.attribute("name").unwrap_or_default();
                let model = definition.attribute("model").unwrap_or(module);
                let mut seen = BTreeSet::new();
                self.names_within(model, name, *id, &mut seen, &mut told.names);
                continue;
            }
            let stated = self.stated(*definition);
            told.equations.insert(*id, stated);
        }
        told
    }

    /// The names of what is in a module, and in the modules in it.
    fn names_within(
        &self,
        model: &str,
        before: &str,
        id: Id,
        seen: &mut BTreeSet<String>,
        names: &mut Vec<(String, Id)>,
    ) {
        // A model that is in itself has no end.
        if !seen.insert(key(model)) {
            return;
        }
        let mut models = children(self.source.root, "model");
        let wanted = key(model);
        let found = models.find(|other| other.attribute("name").map(key).as_ref() == Some(&wanted));
        let lists = found
            .into_iter()
            .flat_map(|model| children(model, "variables"));
        for definition in lists.flat_map(|list| list.children().filter(Node::is_element)) {
            let Some(raw) = definition.attribute("name") else {
                continue;
            };
            let name = format!("{before}.{}", in_sentence(raw));
            if is_module(definition) {
                let inner = definition.attribute("model").unwrap_or(raw);
                self.names_within(inner, &name, id, seen, names);
            } else {
                names.push((name, id));
            }
        }
        seen.remove(&wanted);
    }

    fn stated(&self, definition: Node<'a, 'i>) -> StatedEquation {
        let equation = |of: Node<'a, 'i>| {
            let text = child(of, "eqn").map(text_of).unwrap_or_default();
            let new = |key: &str| self.new_name(key);
            let text = renamed(&text, new).unwrap_or(text);
            text.trim().to_owned()
        };
        let elements: Vec<Node<'a, 'i>> = children(definition, "element").collect();
        let equations = if elements.is_empty() {
            let dimensions = child(definition, "dimensions");
            let dimensions = dimensions.into_iter().flat_map(|all| children(all, "dim"));
            let dimensions = dimensions.filter_map(|one| one.attribute("name"));
            vec![ElementEquation {
                elements: dimensions.collect::<Vec<_>>().join(", "),
                equation: equation(definition),
            }]
        } else {
            let elements = elements.iter().map(|element| ElementEquation {
                elements: element
                    .attribute("subscript")
                    .unwrap_or_default()
                    .to_owned(),
                equation: equation(*element),
            });
            elements.collect()
        };
        let own = |of: &Node<'a, 'i>| child(*of, "gf").and_then(table_of);
        let range = child(definition, "range").and_then(|range| {
            let (least, most) = (attribute(range, "min")?, attribute(range, "max")?);
            (least <= most).then_some(ValueRange { least, most })
        });
        let is_table = definition.tag_name().name() == "gf";
        StatedEquation {
            equations,
            rate: String::new(),
            units: child(definition, "units")
                .map(text_of)
                .unwrap_or_default()
                .trim()
                .to_owned(),
            range,
            table: if is_table {
                table_of(definition)
            } else {
                own(&definition).or_else(|| elements.iter().find_map(own))
            },
            documentation: remark_of(definition),
        }
    }
}

/// A graphical function; none where it cannot be read.
fn table_of(graph: Node<'_, '_>) -> Option<TableFunction> {
    let list = |name: &str| {
        let node = child(graph, name)?;
        let separator = node.attribute("sep").filter(|sep| !sep.is_empty());
        let text = text_of(node);
        let words = text.split(separator.unwrap_or(",")).map(str::trim);
        let numbers = words.filter(|word| !word.is_empty()).map(number);
        numbers.collect::<Option<Vec<f64>>>()
    };
    let y = list("ypts")?;
    let x = match (list("xpts"), child(graph, "xscale")) {
        (Some(x), _) => x,
        (None, Some(scale)) => {
            let (low, high) = (attribute(scale, "min")?, attribute(scale, "max")?);
            let last = y.len().saturating_sub(1).max(1) as f64;
            let places = (0..y.len()).map(|place| low + (high - low) * place as f64 / last);
            places.collect()
        }
        (None, None) => return None,
    };
    let is_discrete = matches!(graph.attribute("discrete"), Some("true" | "1"));
    let reading = match graph.attribute("type").map(str::trim) {
        Some("extrapolate") => Reading::Beyond,
        Some("discrete") => Reading::Lower,
        _ if is_discrete => Reading::Lower,
        _ => Reading::Between,
    };
    (x.len() == y.len())
        .then(|| Table::new(x.into_iter().zip(y).collect(), reading))
        .and_then(|table| table_function(&table))
}
