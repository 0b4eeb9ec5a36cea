//! What people wrote to be computed: equations, units, ranges, tables, and what is never negative.

use roxmltree::Node;

use super::Writer;
use crate::equation::Dialect;
use crate::format::foreign::{has_equation, number_text};
use crate::format::xmile::elements::is_module;
use crate::format::xml::{self, child, children, content, value};
use crate::model::{
    FlowSide, ForeignFormat, Id, TableFunction, TableKind, ValueRange, Variable, VariableKind,
    flows_of,
};

impl<'a, 'i: 'a> Writer<'_, 'a, 'i> {
    /// The equation of a variable, with the names that the text has.
    fn equation(&self, variable: &Variable) -> Option<String> {
        // One in another language is left out with the rest of that model.
        let source_text = self.document.source_text().as_ref();
        let is_known = source_text.is_none_or(|source| source.format == ForeignFormat::Xmile);
        (has_equation(variable) && is_known)
            .then(|| self.rewording.equation(&variable.equation, Dialect::Xmile))
    }

    /// Whether the equation that somebody wrote for an effect mentions a cause; none where nobody
    /// wrote one.
    pub(super) fn says(&self, cause: Id, effect: Id) -> Option<bool> {
        let variable = self.document.variables().get(&effect)?;
        has_equation(variable).then(|| {
            let mentioned = self.rewording.mentioned(&variable.equation, Dialect::Xmile);
            mentioned.contains(&cause)
        })
    }

    /// What is in the definition of a new variable, beside its note and its place.
    pub(super) fn computed(&self, id: Id, variable: &Variable) -> String {
        let mut parts = String::new();
        if let Some(equation) = self.equation(variable) {
            parts.push_str(&format!("<eqn>{}</eqn>", content(&equation)));
        }
        if variable.kind == VariableKind::Stock {
            for (side, rate) in flows_of(self.document, id) {
                parts.push_str(&self.flow_element(side, rate));
            }
        }
        if variable.non_negative && variable.kind != VariableKind::Plain {
            parts.push_str("<non_negative/>");
        }
        if !variable.units.trim().is_empty() {
            parts.push_str(&format!(
                "<units>{}</units>",
                content(variable.units.trim())
            ));
        }
        parts.extend(variable.range.map(range_element));
        parts.extend(variable.table.as_ref().map(table_element));
        parts
    }

    /// What fills or drains a stock, as it stands in the stock's definition.
    pub(super) fn flow_element(&self, side: FlowSide, rate: Id) -> String {
        let tag = tag_of_side(side);
        format!("<{tag}>{}</{tag}>", content(&self.reference(rate)))
    }

    /// Sets what people wrote over what a definition says.
    pub(super) fn compute(&mut self, index: usize, variable: &Variable) {
        let Some(definition) = self.drawn.variables[index].definitions.first().copied() else {
            return;
        };
        if is_module(definition) {
            if crate::format::foreign::is_computed(variable) {
                self.of_modules.add(variable.name.clone());
            }
            return;
        }
        if let Some(equation) = self.equation(variable) {
            // One equation is for all elements.
            for element in children(definition, "element") {
                self.edit.remove(element);
            }
            self.set_child(definition, "eqn", &equation);
        }
        let units = variable.units.trim();
        if !units.is_empty() {
            self.set_child(definition, "units", units);
        }
        if let Some(range) = variable.range {
            match child(definition, "range") {
                Some(standing) => {
                    for (name, number) in [("min", range.least), ("max", range.most)] {
                        let number = number_text(number);
                        self.edit.attribute(standing, name, Some(&number));
                    }
                }
                None => self.edit.append(definition, range_element(range)),
            }
        }
        if let Some(table) = &variable.table {
            if let Some(standing) = child(definition, "gf") {
                self.edit.remove(standing);
            }
            self.edit.append(definition, table_element(table));
        }
        if variable.non_negative && variable.kind != VariableKind::Plain {
            match child(definition, "non_negative") {
                Some(standing) if !xml::text_of(standing).trim().is_empty() => {
                    self.edit.content(standing, "true");
                }
                Some(_) => {}
                None => self.edit.append(definition, "<non_negative/>".to_owned()),
            }
        }
    }

    fn set_child(&mut self, parent: Node<'a, 'i>, tag: &str, text: &str) {
        match child(parent, tag) {
            Some(standing) if xml::text_of(standing) == text => {}
            Some(standing) => self.edit.content(standing, text),
            None => {
                let element = format!("<{tag}>{}</{tag}>", content(text));
                self.edit.append(parent, element);
            }
        }
    }
}

/// What a stock calls what flows on a side.
pub(super) const fn tag_of_side(side: FlowSide) -> &'static str {
    match side {
        FlowSide::In => "inflow",
        FlowSide::Out => "outflow",
    }
}

fn range_element(range: ValueRange) -> String {
    let [least, most] = [range.least, range.most].map(number_text);
    format!(
        "<range min=\"{}\" max=\"{}\"/>",
        value(&least),
        value(&most)
    )
}

fn table_element(table: &TableFunction) -> String {
    let kind = match table.kind {
        TableKind::Continuous => "continuous",
        TableKind::Extrapolated => "extrapolate",
        TableKind::Steps => "discrete",
    };
    let list = |number: fn(&(f64, f64)) -> f64| {
        let numbers = table.points.iter().map(|point| number_text(number(point)));
        numbers.collect::<Vec<_>>().join(",")
    };
    let (x, y) = (list(|point| point.0), list(|point| point.1));
    format!("<gf type=\"{kind}\"><xpts>{x}</xpts><ypts>{y}</ypts></gf>")
}
