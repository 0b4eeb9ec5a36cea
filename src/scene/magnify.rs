//! How large things are drawn at a zoom: letters so that they can be read, lines and heads so that
//! they can be seen.

use crate::model::{Point, Rect};

use super::link::LinkSizes;
use super::node::{NodeForm, NodeKind, NodeShape, Valve};
use super::text::Font;

/// How large letters stay on the screen, in CSS pixels.
pub const READABLE: f64 = 12.0;
/// Details are left out where their letters would be smaller than this, in CSS pixels.
pub(super) const LEAST: f64 = 11.0;
/// How long an arrow head is on the screen at least, as a part of what it is at 100 %.
const LEAST_HEAD: f64 = 0.66;
/// How wide the line of a link is on the screen at least, as a part of what it is at 100 %.
const LEAST_LINE: f64 = 0.6;

/// How many times as large letters of this size are drawn, so that they can be read.
#[must_use]
pub fn magnified(size: f64, zoom: f64) -> f64 {
    (READABLE / (size * zoom)).max(1.0)
}

/// How large the parts of links are drawn.
pub(super) fn sizes_at(zoom: f64) -> LinkSizes {
    LinkSizes {
        head: (LEAST_HEAD / zoom).max(1.0),
        sign: magnified(Font::SIGN.size, zoom),
        line: (LEAST_LINE / zoom).max(1.0),
    }
}

/// The outline of a node as it is seen: that of a variable grows with its name.
#[must_use]
pub fn seen_rect(node: &NodeShape, zoom: f64) -> Rect {
    match (node.kind, &node.form) {
        (_, NodeForm::Valve(valve)) => {
            let (square, name) = valve_parts(valve, magnified(node.letters, zoom), zoom);
            square.union(&name)
        }
        (NodeKind::Variable, _) => larger(&node.rect, magnified(node.letters, zoom)),
        (NodeKind::Note | NodeKind::Station, _) => node.rect,
    }
}

/// How far a place is from a node as it is seen: of a rate from its valve or its name, between which
/// pipes and links pass.
pub(super) fn seen_distance(node: &NodeShape, at: Point, zoom: f64) -> f64 {
    match &node.form {
        NodeForm::Valve(valve) => {
            let (square, name) = valve_parts(valve, magnified(node.letters, zoom), zoom);
            square.distance(at).min(name.distance(at))
        }
        NodeForm::Plain | NodeForm::Reservoir => seen_rect(node, zoom).distance(at),
    }
}

/// The square of a valve and the box of its name, so many times as large.
pub(super) fn valve_parts(valve: &Valve, factor: f64, zoom: f64) -> (Rect, Rect) {
    let head = sizes_at(zoom).head;
    (valve.square(head), valve.name_at(factor, head).1)
}

pub(super) fn larger(rect: &Rect, factor: f64) -> Rect {
    Rect::centered(rect.center(), rect.width() * factor, rect.height() * factor)
}

/// Whether a node is drawn as it is.
pub(super) fn is_natural(node: &NodeShape, zoom: f64) -> bool {
    let least = match node.kind {
        NodeKind::Variable => READABLE,
        NodeKind::Station | NodeKind::Note => LEAST,
    };
    node.letters * zoom >= least
}
