//! The pipes of rates in views.

use super::Writer;
use super::variables::points_between;
use crate::format::xml::child;
use crate::model::{Corner, Document, Id, Point, Variable, VariableKind, Vector, pipe_of};

impl<'a, 'i: 'a> Writer<'_, 'a, 'i> {
    /// Whether the pipe of a rate leads from or to other stocks than in the text, or turns elsewhere.
    pub(super) fn has_other_pipe(&self, rate: Id) -> bool {
        let ends = |document: &Document| {
            let pipe = pipe_of(document, rate);
            let corner = |link| document.links().get(&link).and_then(|link| link.corner);
            [pipe.from, pipe.to].map(|end| end.map(|end| (end.stock, corner(end.link))))
        };
        ends(self.document) != ends(&self.base.document)
    }

    /// The pipe of a rate that stands at a point of a view.
    pub(super) fn pipe_of(&self, rate: Id, view: Option<usize>, at: Point) -> String {
        let pipe = pipe_of(self.document, rate);
        let [mut from, to] = [pipe.from, pipe.to].map(|end| {
            let stock = self.document.variables().get(&end?.stock)?;
            let stock = self.local(view, stock.placement.position);
            let corner = self.document.links().get(&end?.link)?.corner;
            let turned = corner.map(|corner| self.turned(rate, view, (at, stock), corner));
            Some(turned.unwrap_or_else(|| vec![edge(stock, at)]))
        });
        if let Some(points) = &mut from {
            points.reverse();
        }
        points_between(at, from, to)
    }

    /// The corners of a pipe between a valve and a stock, and its end, in units of a view.
    fn turned(
        &self,
        rate: Id,
        view: Option<usize>,
        (at, stock): (Point, Point),
        corner: Corner,
    ) -> Vec<Point> {
        let valve = self.document.placement(rate).map(|valve| valve.position);
        let valve = valve.unwrap_or_default();
        let offset = match corner {
            Corner::Level(right) => Vector::new(right, 0.0),
            Corner::Upright(down) => Vector::new(0.0, down),
        };
        let turn = at + (self.local(view, valve + offset) - self.local(view, valve));
        let (level, is_inside, half) = match corner {
            Corner::Level(_) => {
                let is_inside = (turn.x - stock.x).abs() <= HALF.x;
                (Point::new(turn.x, stock.y), is_inside, HALF.y)
            }
            Corner::Upright(_) => {
                let is_inside = (turn.y - stock.y).abs() <= HALF.y;
                (Point::new(stock.x, turn.y), is_inside, HALF.x)
            }
        };
        if is_inside {
            vec![turn, level + (turn - level).unit() * half]
        } else {
            vec![turn, level, edge(stock, level)]
        }
    }

    /// Draws the pipe of a variable anew, or takes it away from what is no rate any more.
    pub(super) fn lay_pipe(&mut self, index: usize, id: Id, variable: &Variable) {
        let Some((view, object)) = self.drawn.variables[index].objects.first().copied() else {
            return;
        };
        if let Some(points) = child(object, "pts") {
            self.edit.remove(points);
        }
        if variable.kind == VariableKind::Rate {
            let at = self.local(Some(view), variable.placement.position);
            let pipe = self.pipe_of(id, Some(view), at);
            self.edit.append(object, pipe);
        }
    }
}

/// Half the size of a stock, as Stella draws it, in units of a view.
const HALF: Vector = Vector::new(22.5, 17.5);

/// Where the way from a stock to a point leaves the stock's box, in units of a view.
fn edge(stock: Point, towards: Point) -> Point {
    let way = towards - stock;
    let share = (HALF.x / way.x.abs()).min(HALF.y / way.y.abs()).min(1.0);
    // On the same spot there is no way.
    if share.is_finite() {
        stock + way * share
    } else {
        stock
    }
}
