//! What is in sight: zooming, fitting, panning to what matters.

use std::collections::BTreeSet;

use crate::model::{Id, Point, Rect, Vector};
use crate::scene::{Badges, View, whole_view};

use super::event::Effect;
use super::gesture::Gesture;
use super::state::Editor;

/// How large a small diagram becomes at most when it is fitted, in CSS pixels for a world unit.
const NEAREST_FIT: f64 = 1.5;
/// The same when a document is opened.
const NEAREST_OPENING: f64 = 1.0;
/// How far apart two views are at most that a person takes for the same, in CSS pixels.
const SAME_VIEW: f64 = 0.5;

/// The view in which the whole diagram was shown last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Fit {
    /// The view that came of it: in any other, a person looks at something else.
    view: View,
    /// How large the diagram may become, in CSS pixels for a world unit.
    most: f64,
    /// The box around the diagram as it was then.
    bounds: Rect,
}

/// The view that was kept since the document was open last.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct KeptView {
    /// As it is shown now: in any other, a person looks at something else.
    view: View,
    /// The place in its middle.
    center: Point,
}

impl Editor {
    pub(super) fn zoom(&mut self, zoom: f64) -> Vec<Effect> {
        let middle = Point::new(self.view.size.x / 2.0, self.view.size.y / 2.0);
        self.set_view(self.view.zoomed_to(zoom, middle));
        Vec::new()
    }

    /// Whether the whole diagram is in sight, as large as it can be.
    #[must_use]
    pub fn is_fitted(&self) -> bool {
        let Some(bounds) = self.scene().bounds() else {
            return true;
        };
        self.present_fit().is_some_and(|fit| {
            // Where it has all the room, it makes no difference how large it might have become.
            fit.bounds == bounds && (fit.most >= NEAREST_FIT || fit.view.zoom < fit.most)
        })
    }

    /// Whether nothing of the diagram is out of sight.
    pub(super) fn sees_all(&self) -> bool {
        let bounds = self.scene().bounds();
        bounds.is_none_or(|bounds| self.view.visible().contains_rect(&bounds))
    }

    /// Shows the whole diagram, no larger than it is, where a part of it is out of sight.
    pub(super) fn bring_all_into_sight(&mut self) {
        if !self.sees_all()
            && let Some(view) = self.whole(self.view.zoom)
        {
            self.set_view(view);
        }
    }

    /// Shows the whole diagram, as when it is opened.
    pub fn show_whole(&mut self) {
        self.fit_whole_to(NEAREST_OPENING);
    }

    /// Takes the present view for that of the whole diagram, where it is: the view was kept since
    /// the document was open last.
    pub fn recognise_fit(&mut self) {
        self.kept_view = Some(KeptView {
            view: self.view,
            center: self.view.center(),
        });
        let Some(bounds) = self.scene().bounds() else {
            return;
        };
        let corner = Point::new(self.view.size.x, self.view.size.y);
        self.fitted = [NEAREST_FIT, NEAREST_OPENING].into_iter().find_map(|most| {
            let whole = self.whole(most)?;
            let same =
                |at: Point| whole.to_screen(self.view.to_world(at)).distance(at) <= SAME_VIEW;
            let view = self.view;
            (same(Point::default()) && same(corner)).then_some(Fit { view, most, bounds })
        });
    }

    /// Fits the whole diagram into the window, which then stays so while the window changes.
    pub(super) fn fit_whole(&mut self) -> Vec<Effect> {
        self.fit_whole_to(NEAREST_FIT);
        Vec::new()
    }

    fn fit_whole_to(&mut self, most: f64) {
        let (Some(bounds), Some(view)) = (self.scene().bounds(), self.whole(most)) else {
            self.fit(None);
            return;
        };
        self.set_view(view);
        self.fitted = Some(Fit { view, most, bounds });
    }

    /// The view in which nothing of the diagram is cut, with names as large as they are seen.
    fn whole(&self, most: f64) -> Option<View> {
        whole_view(&self.view, self.scene(), &self.document, most)
    }

    /// The canvas has another size: what was fitted into it is fitted again, unless a person has
    /// looked elsewhere since or has something in the hand.
    pub(super) fn resize(&mut self, size: Vector) {
        if self.presenting.is_some() {
            self.set_view(View { size, ..self.view });
            self.aim();
            return;
        }
        let fit = self.present_fit();
        let kept = self.kept_view.filter(|kept| kept.view == self.view);
        let bounds = self.scene().bounds();
        // A panel that comes up hides nothing that is being drawn; a view that was kept stays.
        let is_drawn = self.history_depth().0 > 0;
        let seen = bounds.filter(|bounds| self.view.visible().contains_rect(bounds) && is_drawn);
        // What is selected is what the panel is about.
        let chosen = self.bounds_of_selection();
        let chosen = chosen.filter(|bounds| self.view.visible().contains_rect(bounds));
        self.set_view(View { size, ..self.view });
        match (fit, kept, seen) {
            (Some(_), _, _) => self.fit_again(fit),
            (None, Some(KeptView { center, .. }), _) => {
                let middle = Rect::from_points(center, center);
                self.set_view(self.view.fitted(&middle, self.view.zoom));
                let view = self.view;
                self.kept_view = Some(KeptView { view, center });
            }
            (None, None, Some(bounds)) if !self.view.visible().contains_rect(&bounds) => {
                if let Some(view) = self.whole(self.view.zoom) {
                    self.set_view(view);
                }
            }
            (None, None, _) => {
                let is_cut = |bounds: &Rect| !self.view.visible().contains_rect(bounds);
                if let Some(bounds) = chosen.filter(is_cut) {
                    self.bring_into_sight(bounds.center());
                }
            }
        }
    }

    /// How the diagram was fitted, if nobody has looked elsewhere since.
    pub(super) fn present_fit(&self) -> Option<Fit> {
        self.fitted.filter(|fit| fit.view == self.view)
    }

    /// Fits the whole diagram as before, unless a person has something in the hand.
    pub(super) fn fit_again(&mut self, fit: Option<Fit>) {
        let is_free = self.gesture == Gesture::Idle && self.text_edit.is_none();
        if let Some(Fit { most, .. }) = fit.filter(|_| is_free) {
            self.fit_whole_to(most);
        }
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

    /// Shows the badges of loops, or hides them.
    pub(super) fn toggle_badges(&mut self) -> Vec<Effect> {
        let (badges, words) = match self.badges {
            Badges::Shown => (Badges::Hidden, "Badges off"),
            Badges::Hidden => (Badges::Shown, "Badges on"),
        };
        self.set_badges(badges);
        vec![Effect::Announce(words.to_owned())]
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

    /// Pans so that a place is in the middle.
    pub(super) fn look_at(&mut self, at: Point) {
        let middle = Point::new(self.view.size.x / 2.0, self.view.size.y / 2.0);
        let offset = middle - self.view.to_screen(at);
        self.set_view(self.view.panned(offset));
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
