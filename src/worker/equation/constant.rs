//! A part of an equation converted by a constant of the model, such as 7 days per week: a bare number
//! would have no unit, and the units would agree no better.

use super::units::Shown;
use crate::editor::dialect_of;
use crate::equation::{Name, Span, scaled};
use crate::model::{
    Document, Edit, Element, Id, IdSource, Link, MAXIMUM_TEXT, Patch, Placement, Point, Variable,
    VariableKind,
};
use crate::simulate::{Convert, TimeFactor, UnitBook, arrows_of};

/// How far a constant that is added stands from where it is used, in world units.
const APART: (f64, f64) = (170.0, 80.0);
/// How far a link bends that is added, as a share of its chord.
const BEND: f64 = 0.2;

/// What the button says that converts a part of an equation, and what it does. The constant is added
/// where there is none yet; none where its name is of something else.
pub(super) fn converted(
    document: &Document,
    id: Id,
    shown: Shown<'_>,
    part: Span,
    convert: &Convert,
    ids: &mut IdSource,
) -> Option<(String, Patch)> {
    let variable = document.variables().get(&id)?;
    let TimeFactor { name, number, .. } = &convert.factor;
    // Only an equation of its own can be changed, or one that the whole text is.
    let is_whole = variable.equation == shown.text || shown.stated == Some(shown.text);
    let equation = scaled(shown.text, part, dialect_of(document), name, convert.power)?;
    if !is_whole || equation.len() > MAXIMUM_TEXT {
        return None;
    }
    let known = constant(document, &convert.factor).ok()?;
    let mut edit = Edit::new(document);
    let constant = known.unwrap_or_else(|| ids.fresh());
    if known.is_none() {
        let record = Variable {
            name: name.clone(),
            kind: VariableKind::Plain,
            equation: number.to_string(),
            units: convert.factor.unit.to_string(),
            placement: Placement {
                position: free_position(document, variable.placement.position),
                ..Placement::default()
            },
            ..Variable::default()
        };
        edit.set(constant, Some(Element::Variable(record)));
    }
    edit.change(id, |element| {
        if let Element::Variable(record) = element {
            record.equation = equation;
        }
    });
    let changed = edit.finish();
    let is_linked = document
        .edges_of(id)
        .filter_map(|link| document.links().get(&link))
        .any(|link| (link.from, link.to) == (constant, id));
    let link = (!is_linked).then(|| linked(document, &changed, (constant, id)));
    let mut patch = changed;
    if let Some(link) = link {
        let change = crate::model::Change {
            before: None,
            after: Some(Element::Link(link)),
        };
        patch.changes.insert(ids.fresh(), change);
    }
    let sign = if convert.power < 0 { "/" } else { "×" };
    let power = match convert.power.unsigned_abs() {
        1 => String::new(),
        power => format!(" to the power {power}"),
    };
    Some((format!("Convert it: {sign} {name}{power}"), patch))
}

/// The name of a constant is of something else.
struct NameTaken;

/// The constant of a factor, if it is there already.
fn constant(document: &Document, factor: &TimeFactor) -> Result<Option<Id>, NameTaken> {
    let wanted = Name::new(&factor.name);
    let mut variables = document.variables().iter();
    let found = variables.find(|(_, variable)| Name::new(&variable.name) == wanted);
    let Some((id, variable)) = found else {
        return Ok(None);
    };
    let unit = UnitBook::default().read(&variable.units).ok().flatten();
    let is_it = variable.equation.trim().parse() == Ok(factor.number)
        && unit.as_ref() == Some(&factor.unit)
        && variable.table.is_none();
    if is_it { Ok(Some(*id)) } else { Err(NameTaken) }
}

/// The link from the constant, with its sign as far as the new equation proves it.
fn linked(document: &Document, patch: &Patch, (from, to): (Id, Id)) -> Link {
    let mut after = document.clone();
    let arrows = after.apply(patch).ok().and_then(|()| arrows_of(&after, to));
    let missing = arrows.map(|arrows| arrows.missing).unwrap_or_default();
    let mut link = Link::new(from, to, BEND);
    if let Some(missing) = missing.iter().find(|missing| missing.cause == from) {
        link.polarity = missing.sign;
    }
    link
}

/// A place near another one where nothing stands.
fn free_position(document: &Document, near: Point) -> Point {
    let around = [
        (-1.0, -1.0),
        (1.0, -1.0),
        (-1.0, 1.0),
        (1.0, 1.0),
        (0.0, -1.0),
        (0.0, 1.0),
        (-1.0, 0.0),
        (1.0, 0.0),
    ];
    let all = (1..6).flat_map(|ring| {
        around.into_iter().map(move |(across, down)| Point {
            x: near.x + f64::from(ring) * across * APART.0,
            y: near.y + f64::from(ring) * down * APART.1,
        })
    });
    let is_free = |point: &Point| {
        let mut placed = document
            .variables()
            .values()
            .map(|other| other.placement.position);
        !placed.any(|other| {
            (other.x - point.x).abs() < 0.8 * APART.0 && (other.y - point.y).abs() < 0.6 * APART.1
        })
    };
    let mut free = all.clone().filter(is_free);
    free.next().or_else(|| all.clone().next()).unwrap_or(near)
}
