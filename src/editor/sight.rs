//! What is in sight: zooming, fitting, panning to what matters.

use std::collections::BTreeSet;

use crate::model::{Id, Point, Rect, Vector};
use crate::scene::View;

use super::event::Effect;
use super::state::Editor;

/// How large a small diagram becomes at most when it is fitted, in CSS pixels for a world unit.
pub(super) const NEAREST_FIT: f64 = 1.5;

impl Editor {
    pub(super) fn zoom(&mut self, zoom: f64) -> Vec<Effect> {
        let middle = Point::new(self.view.size.x / 2.0, self.view.size.y / 2.0);
        self.set_view(self.view.zoomed_to(zoom, middle));
        Vec::new()
    }

    /// Whether the whole diagram is in sight, as large as it can be.
    #[must_use]
    pub fn is_fitted(&self) -> bool {
        let bounds = self.scene.bounds();
        bounds.is_none_or(|bounds| self.view == self.view.fitted(&bounds, NEAREST_FIT))
    }

    /// Takes another size of the canvas. What was wholly in sight stays so: a panel that comes up
    /// hides nothing that is being drawn.
    pub(super) fn resize(&mut self, size: Vector) {
        let seen = self.scene.bounds();
        let seen = seen.filter(|bounds| self.view.visible().contains_rect(bounds));
        let view = View { size, ..self.view };
        self.set_view(match seen {
            Some(bounds) if !view.visible().contains_rect(&bounds) => {
                view.fitted(&bounds, self.view.zoom)
            }
            _ => view,
        });
    }

    pub(super) fn fit(&mut self, bounds: Option<Rect>) -> Vec<Effect> {
        match bounds {
            Some(bounds) => self.set_view(self.view.fitted(&bounds, NEAREST_FIT)),
            None => self.set_view(View {
                pan: Vector::ZERO,
                zoom: 1.0,
                ..self.view
            }),
        }
        Vec::new()
    }

    /// Selects exactly these, and pans to them if none of them is in sight.
    pub(super) fn select_in_sight(&mut self, ids: BTreeSet<Id>) {
        self.select(ids);
        if let Some(bounds) = self.bounds_of_selection()
            && !self.view.visible().intersects(&bounds)
        {
            let middle = self.view.to_screen(bounds.center());
            let screen = Point::new(self.view.size.x / 2.0, self.view.size.y / 2.0);
            self.set_view(self.view.panned(screen - middle));
        }
    }

    pub(super) fn bounds_of_selection(&self) -> Option<Rect> {
        let ids = self.overlay.selection.iter();
        ids.filter_map(|id| self.scene.bounds_of(*id))
            .reduce(|all, rect| all.union(&rect))
    }

    /// Pans just so far that a place is well within sight.
    pub(super) fn bring_into_sight(&mut self, at: Point) {
        let screen = self.view.to_screen(at);
        let margin = 90.0_f64
            .min(self.view.size.x / 4.0)
            .min(self.view.size.y / 4.0);
        let within = |value: f64, size: f64| value.clamp(margin, size - margin) - value;
        let offset = Vector::new(
            within(screen.x, self.view.size.x.max(2.0 * margin)),
            within(screen.y, self.view.size.y.max(2.0 * margin)),
        );
        self.set_view(self.view.panned(offset));
    }
}
