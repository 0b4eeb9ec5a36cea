//! The pipes of rates in views.

use super::Writer;
use super::variables::points_between;
use crate::format::xml::child;
use crate::model::{Id, Point, Variable, VariableKind, pipe_of};

impl<'a, 'i: 'a> Writer<'_, 'a, 'i> {
    /// Whether the pipe of a rate leads from or to other stocks than in the text.
    pub(super) fn has_other_pipe(&self, rate: Id) -> bool {
        let ends = |document| {
            let pipe = pipe_of(document, rate);
            [pipe.from, pipe.to].map(|end| end.map(|end| end.stock))
        };
        ends(self.document) != ends(&self.base.document)
    }

    /// The pipe of a rate that stands at a point of a view.
    pub(super) fn pipe_of(&self, rate: Id, view: Option<usize>, at: Point) -> String {
        let pipe = pipe_of(self.document, rate);
        let [from, to] = [pipe.from, pipe.to].map(|end| {
            let stock = self.document.variables().get(&end?.stock)?;
            Some(edge(self.local(view, stock.placement.position), at))
        });
        points_between(at, from, to)
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

/// Where the way from a stock to a point leaves the stock's box, in units of a view.
fn edge(stock: Point, towards: Point) -> Point {
    /// Half the size of a stock, as Stella draws it.
    const HALF: (f64, f64) = (22.5, 17.5);
    let way = towards - stock;
    let share = (HALF.0 / way.x.abs()).min(HALF.1 / way.y.abs()).min(1.0);
    // On the same spot there is no way.
    if share.is_finite() {
        stock + way * share
    } else {
        stock
    }
}
