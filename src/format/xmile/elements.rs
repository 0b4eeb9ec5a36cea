//! What the elements of a model say: kinds, equations, references and places.

use roxmltree::Node;

use super::names::key;
use crate::format::xml::{child, text_of};
use crate::model::{Point, VariableKind, Vector};

/// What a definition or an object of a view is: a stock, a rate or another variable.
pub fn kind_of(element: Node<'_, '_>) -> Option<VariableKind> {
    match element.tag_name().name() {
        "stock" => Some(VariableKind::Stock),
        "flow" => Some(VariableKind::Rate),
        // A module is one variable with all that is in it.
        "aux" | "module" => Some(VariableKind::Plain),
        _ => None,
    }
}

/// Whether an element is a module.
pub fn is_module(element: Node<'_, '_>) -> bool {
    element.tag_name().name() == "module"
}

/// Whether an element is what shows the variable around it, as drafts of XMILE and Stella 10 have it.
pub fn is_display(element: Node<'_, '_>) -> bool {
    element.tag_name().name() == "display"
}

/// The elements of a definition that hold equations: its own, and those of its array elements.
pub fn equations_of<'a, 'i: 'a>(definition: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    let equations = definition.descendants().filter(Node::is_element);
    equations.filter(|node| {
        matches!(
            node.tag_name().name(),
            "eqn" | "init_eqn" | "mathml" | "leak"
        )
    })
}

/// What is said about a variable.
pub fn remark_of(definition: Node<'_, '_>) -> String {
    let text = child(definition, "doc").map(text_of).unwrap_or_default();
    text.trim().replace("\r\n", "\n")
}

/// What a connector leads from or to, as a word: a name or an alias.
pub fn reference_of(end: Node<'_, '_>) -> String {
    match child(end, "alias").and_then(|alias| alias.attribute("uid")) {
        Some(uid) => format!("alias {uid}"),
        None => format!("name {}", key(&text_of(end))),
    }
}

/// The middle of an object of a view: its `x` and `y`, which are its upper left corner where it has a
/// size.
pub fn position_of(object: Node<'_, '_>) -> Option<Point> {
    let corner = Point::new(number(object, "x")?, number(object, "y")?);
    let size = (number(object, "width"), number(object, "height"));
    let is_sized = object.tag_name().name() != "connector";
    Some(match size {
        (Some(width), Some(height)) if is_sized => corner + Vector::new(width, height) / 2.0,
        _ => corner,
    })
}

/// An attribute that is a number.
pub fn number(element: Node<'_, '_>, name: &str) -> Option<f64> {
    const MOST: f64 = 1.0e9;
    let number = element.attribute(name)?.trim().parse::<f64>().ok()?;
    (number.abs() <= MOST).then_some(number)
}

/// An attribute that is a number; zero where it is none.
pub fn number_or_zero(element: Node<'_, '_>, name: &str) -> f64 {
    number(element, name).unwrap_or_default()
}
