//! A titled area of the canvas.

use super::geometry::Rect;
use super::measure::Measure;
use super::record::record;

record! {
    /// A titled area of the canvas. What lies wholly in it is moved and copied with it, and is what
    /// its limit of work holds for; nothing else follows from where it stands.
    pub struct Frame {
        /// Its title; may be empty.
        pub title: String,
        [placement],
        /// How wide it is, in world units: 40 to 100,000.
        pub width: f64,
        /// How high it is, in world units: 40 to 100,000.
        pub height: f64,
        /// How many items may be at the stations inside at once, as of a
        /// [limit](super::MeasureKind::Limit): it holds for runs of the stream.
        #[serde(default, skip_serializing_if = "is_default")]
        pub limit: Option<Measure>,
    }
}

impl Frame {
    /// The shortest that a side may be, in world units.
    pub const MINIMUM_SIDE: f64 = 40.0;
    /// The longest that a side may be, in world units.
    pub const MAXIMUM_SIDE: f64 = 100_000.0;

    /// Its outline, in world units.
    #[must_use]
    pub fn rect(&self) -> Rect {
        Rect::centered(self.placement.position, self.width, self.height)
    }

    /// Gives it another outline, as near as its limits let it come.
    pub fn set_rect(&mut self, rect: &Rect) {
        let side = |side: f64| side.clamp(Self::MINIMUM_SIDE, Self::MAXIMUM_SIDE);
        self.placement.position = rect.center().on_canvas();
        (self.width, self.height) = (side(rect.width()), side(rect.height()));
    }
}
