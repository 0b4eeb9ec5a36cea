//! Frames: drawing one out, framing what is selected, what lies in one, resizing.

use std::collections::BTreeSet;

use crate::model::{Element, Frame, Id, Patch, Placement, Point, Rect, Vector};
use crate::scene::{Grip, Guide, snap};

use super::edits;
use super::event::{Effect, Modifiers};
use super::gesture::Gesture;
use super::history::Continuity;
use super::moving::{SNAP_CROWD, SNAP_REACH};
use super::state::{Editor, Environment, TextOrigin};

/// The size of a frame that is not drawn out, in world units.
const USUAL: Vector = Vector::new(480.0, 320.0);
/// The room between a frame and what it is made around, in world units.
const ROOM: f64 = 28.0;

/// A new frame with this outline, without a title.
fn frame_in(rect: &Rect) -> Element {
    let mut frame = Frame {
        title: String::new(),
        placement: Placement::default(),
        width: Frame::MINIMUM_SIDE,
        height: Frame::MINIMUM_SIDE,
        limit: None,
    };
    frame.set_rect(rect);
    Element::Frame(frame)
}

impl Editor {
    /// These, and what lies wholly in the frames among them.
    pub(super) fn with_contents(&self, ids: &BTreeSet<Id>) -> BTreeSet<Id> {
        let frames = ids.iter().filter_map(|id| self.scene.frames().get(id));
        let mut all = ids.clone();
        for frame in frames {
            all.extend(self.scene.inside(&frame.rect));
        }
        all
    }

    /// What these take along when they are moved: what lies in frames that are not locked. What is
    /// locked itself stays.
    pub(super) fn movable(&self, ids: &BTreeSet<Id>) -> BTreeSet<Id> {
        let free =
            |id: &Id| self.document.placement(*id).is_some() && edits::is_free(&self.document, *id);
        let moved: BTreeSet<Id> = ids.iter().copied().filter(free).collect();
        let mut moved = self.with_contents(&moved);
        moved.retain(free);
        moved
    }

    /// A frame that is being drawn out from one corner to another.
    pub(super) fn framed(&self, id: Id, origin: Point, at: Point) -> Patch {
        Patch::of(id, None, Some(frame_in(&Rect::from_points(origin, at))))
    }

    /// A frame of the usual size around a place, whose title is typed in place.
    pub(super) fn make_frame(&mut self, at: Point, env: &mut Environment<'_>) -> Vec<Effect> {
        let seen = self.view.visible();
        let (width, height) = (
            USUAL.x.min(seen.width() * 0.8),
            USUAL.y.min(seen.height() * 0.8),
        );
        self.put_frame(&Rect::centered(at, width, height), env)
    }

    /// A frame where the menu was asked for, or else in the middle of what is seen.
    pub(super) fn add_frame(&mut self, env: &mut Environment<'_>) -> Vec<Effect> {
        let asked = self.menu_spot.take();
        let at = asked.unwrap_or_else(|| self.view.center());
        self.make_frame(at, env)
    }

    /// A frame around what is selected.
    pub(super) fn frame_selection(&mut self, env: &mut Environment<'_>) -> Vec<Effect> {
        match self.bounds_of_selection() {
            Some(bounds) => self.put_frame(&bounds.grown(ROOM), env),
            None => Vec::new(),
        }
    }

    fn put_frame(&mut self, rect: &Rect, env: &mut Environment<'_>) -> Vec<Effect> {
        let id = env.ids.fresh();
        let patch = Patch::of(id, None, Some(frame_in(rect)));
        let effects = self.commit(patch, Continuity::Own, env);
        self.title_frame(id);
        effects
    }

    /// Asks for the title of a frame that was just made.
    pub(super) fn title_frame(&mut self, id: Id) {
        self.begin_text(id, String::new(), TextOrigin::Drawn);
        self.tool_used();
    }

    /// Starts to resize a frame by a side or a corner; nothing where it is locked.
    pub(super) fn begin_resize(&mut self, id: Id, grip: Grip, origin: Point) -> Gesture {
        let frame = self.document.frames().get(&id).cloned();
        let Some(frame) = frame.filter(|frame| !frame.placement.locked) else {
            return Gesture::Idle;
        };
        let others = self.outlines_in_sight(&BTreeSet::from([id]));
        self.set_drag_layer(BTreeSet::from([id]));
        Gesture::Resizing {
            frame: id,
            grip,
            grab: grip.place(&frame.rect()) - origin,
            start: frame,
            others,
        }
    }

    /// The outlines in sight that something may line up with, but for these; none where there are
    /// too many to see it.
    pub(super) fn outlines_in_sight(&self, but: &BTreeSet<Id>) -> Vec<Rect> {
        let seen = self.view.visible();
        let mut ids = self.scene.nodes_touching(&seen);
        if ids.len() > SNAP_CROWD {
            return Vec::new();
        }
        let frames = self.scene.frames_touching(&seen).into_iter();
        ids.extend(frames.map(|frame| frame.id));
        let others = ids.into_iter().filter(|id| !but.contains(id));
        others.filter_map(|id| self.scene.outline_of(id)).collect()
    }

    /// The frame with a side or corner at a place, lined up unless control is held.
    pub(super) fn resized(
        &mut self,
        id: Id,
        start: &Frame,
        (grip, to): (Grip, Point),
        others: &[Rect],
        modifiers: Modifiers,
    ) -> Patch {
        let rect = start.rect();
        self.overlay.guides.clear();
        let mut to = to;
        if !modifiers.ctrl {
            let (across, down) = (grip.across != 0, grip.down != 0);
            let line = Rect {
                left: if across { to.x } else { rect.left },
                right: if across { to.x } else { rect.right },
                top: if down { to.y } else { rect.top },
                bottom: if down { to.y } else { rect.bottom },
            };
            let snapped = snap(&line, others, SNAP_REACH / self.view.zoom);
            to = to + snapped.shift;
            let kept = |guide: &Guide| match guide.from.x == guide.to.x {
                true => across,
                false => down,
            };
            self.overlay.guides = snapped.guides.into_iter().filter(kept).collect();
        }
        let mut after = start.clone();
        after.set_rect(&grip.drawn(&rect, to, Frame::MINIMUM_SIDE));
        let before = Some(Element::Frame(start.clone()));
        Patch::of(id, before, Some(Element::Frame(after)))
    }
}
