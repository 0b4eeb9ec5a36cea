//! The part of the picture that stands still, kept as bitmaps: painted once, shown many times.
//!
//! Without a graphics processor a frame costs its pixels. So the plane is cut into square tiles of
//! device pixels at one scale; panning shows them elsewhere, and a change paints only the boxes it
//! touched. While the scale changes, the tiles there are stand in, stretched, and only what would
//! be blank is painted; once the scale rests, all is painted anew at that scale, a little a frame.

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::draw::{Pen, new_canvas};
use super::layer::{Layer, SIDE, Tile, TileState};
use crate::app::browser::milliseconds;
use crate::model::{Point, Rect, Vector};
use crate::scene::{Ink, Theme};

/// Tiles that are not in sight are kept up to this number.
const SPARE: usize = 96;
/// How long the scale must stand still before it counts as resting, in milliseconds.
const REST: f64 = 80.0;
/// While the scale changes, tiles are stretched or shrunk up to this factor before those of
/// another scale are begun.
const STRETCH: f64 = 1.6;
/// How many scales stand in for the present one.
const SCALES: usize = 4;
/// How long a frame may paint blank tiles, in milliseconds.
const TIME: f64 = 6.0;
/// The same while the scale changes: stretching takes its time too.
const TIME_ZOOMING: f64 = 3.0;
/// The fewest rows of pixels that are painted at once.
const ROWS: f64 = 24.0;
/// What preparing a tile costs, in shapes.
const TILE_COST: f64 = 8.0;

/// What is painted on tiles; boxes are in world units.
pub trait Still {
    /// How many shapes there are in a box.
    fn count(&self, part: &Rect) -> usize;
    /// Draws them.
    fn paint(&self, pen: &mut Pen<'_>, part: &Rect);
}

/// Where and how a frame is shown.
pub struct Frame<'a> {
    /// What it is shown on.
    pub target: &'a CanvasRenderingContext2d,
    /// Light or dark.
    pub theme: Theme,
    /// Device pixels for a world unit.
    pub scale: f64,
    /// Where the world's origin is, in whole device pixels.
    pub origin: Vector,
    /// The target in device pixels.
    pub size: Vector,
}

/// Whether all that is in sight is as sharp as it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharpness {
    /// It is.
    Sharp,
    /// More is to be painted in the next frame.
    Coming,
}

/// Whether the scale is changing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Zoom {
    Changing,
    Resting,
}

/// The still picture.
pub struct Tiles {
    current: Layer,
    /// Tiles of scales before, the latest last, for where those of the present one are not there.
    before: Vec<Layer>,
    free: Vec<(HtmlCanvasElement, CanvasRenderingContext2d)>,
    frame: u64,
    /// The scale of the last frame.
    scale: f64,
    /// When it changed, in milliseconds.
    turned: f64,
    /// What it took of late to paint a shape, in milliseconds.
    cost: f64,
}

impl Tiles {
    /// No tiles yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            current: Layer::new(0.0),
            before: Vec::new(),
            free: Vec::new(),
            frame: 0,
            scale: 0.0,
            turned: f64::NEG_INFINITY,
            cost: 0.02,
        }
    }

    /// Everything must be painted again.
    pub fn forget(&mut self) {
        for layer in std::mem::take(&mut self.before) {
            self.reuse(layer);
        }
        let scale = self.current.scale;
        let current = std::mem::replace(&mut self.current, Layer::new(scale));
        self.reuse(current);
    }

    /// What lies in these boxes must be painted again.
    pub fn mark(&mut self, parts: &[Rect]) {
        self.current.mark(parts);
        for layer in &mut self.before {
            layer.drop_touched(parts);
        }
    }

    /// Shows the still picture.
    pub fn show(&mut self, frame: &Frame<'_>, still: &dyn Still) -> Sharpness {
        let began = milliseconds();
        self.frame += 1;
        let zoom = self.turn_to(frame.scale, began);
        let visible = self.current.visible(frame);
        let painted = self.repaint(&visible, frame.theme, still);
        let time = match zoom {
            Zoom::Changing => TIME_ZOOMING,
            Zoom::Resting => TIME,
        };
        let blank = self.paint_blank(&visible, frame, still, zoom, time / self.cost);
        if blank.left {
            // Paper under what nothing stands in for.
            let target = frame.target;
            target.set_fill_style_str(frame.theme.color(Ink::Paper));
            target.fill_rect(0.0, 0.0, frame.size.x, frame.size.y);
            for layer in &self.before {
                layer.show(frame);
            }
        } else if zoom == Zoom::Resting {
            for layer in std::mem::take(&mut self.before) {
                self.reuse(layer);
            }
        }
        self.current.show(frame);
        self.current.drop_spare(SPARE, self.frame);
        // Showing a tile makes the browser paint what it was only told to: so this is what it took.
        let painted = painted + blank.painted;
        if painted > 40.0 {
            let cost = (milliseconds() - began) / painted;
            self.cost = (self.cost * 0.6 + cost * 0.4).clamp(0.005, 0.1);
        }
        if blank.left || self.current.scale != frame.scale {
            Sharpness::Coming
        } else {
            Sharpness::Sharp
        }
    }

    /// Chooses the scale of the tiles for a scale of the view.
    fn turn_to(&mut self, scale: f64, now: f64) -> Zoom {
        if scale != self.scale {
            if self.scale > 0.0 {
                self.turned = now;
            }
            self.scale = scale;
        }
        let zoom = if now - self.turned < REST {
            Zoom::Changing
        } else {
            Zoom::Resting
        };
        let factor = scale / self.current.scale;
        let near = factor < STRETCH && factor > 1.0 / STRETCH;
        if factor != 1.0 && !(zoom == Zoom::Changing && near) {
            let mut old = std::mem::replace(&mut self.current, Layer::new(scale));
            old.drop_stale();
            if old.shows_anything() {
                self.before.push(old);
            } else {
                self.reuse(old);
            }
            if self.before.len() > SCALES {
                let oldest = self.before.remove(0);
                self.reuse(oldest);
            }
        }
        zoom
    }

    /// Keeps the bitmaps of a layer for other tiles.
    fn reuse(&mut self, layer: Layer) {
        let tiles = layer.tiles.into_values();
        self.free
            .extend(tiles.map(|tile| (tile.canvas, tile.context)));
        self.free.truncate(SPARE);
    }

    /// Paints what has changed on tiles in sight; gives how many shapes that were.
    fn repaint(&mut self, visible: &[(i32, i32)], theme: Theme, still: &dyn Still) -> f64 {
        let mut painted = 0.0;
        for index in visible {
            if let Some(tile) = self.current.tiles.get_mut(index) {
                tile.last_used = self.frame;
                painted += tile.repaint(*index, self.current.scale, theme, still);
            }
        }
        painted
    }

    /// Paints blank tiles in sight, as many shapes as may be.
    fn paint_blank(
        &mut self,
        visible: &[(i32, i32)],
        frame: &Frame<'_>,
        still: &dyn Still,
        zoom: Zoom,
        budget: f64,
    ) -> Blank {
        let done = |tile: Option<&Tile>| tile.is_some_and(Tile::is_painted);
        let blank = visible.iter().copied();
        let blank = blank.filter(|index| !done(self.current.tiles.get(index)));
        // What would be paper first, then nearest to the middle: that is where people look.
        let middle = Point::new(frame.size.x / 2.0, frame.size.y / 2.0);
        let mut order: Vec<_> = blank
            .map(|index| {
                let stands_in = self.has_stand_in(&self.current.place(index));
                let distance = self
                    .current
                    .on_screen(index, frame)
                    .center()
                    .distance(middle);
                (stands_in, distance, index)
            })
            .collect();
        order.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let mut result = Blank {
            left: false,
            painted: 0.0,
        };
        for (stands_in, _, index) in order {
            let room = budget - result.painted;
            let waits = stands_in && zoom == Zoom::Changing;
            if waits || room <= 0.0 || !self.make_tile(index) {
                result.left = true;
                continue;
            }
            let scale = self.current.scale;
            if let Some(tile) = self.current.tiles.get_mut(&index) {
                tile.last_used = self.frame;
                result.painted += TILE_COST;
                result.painted += tile.paint_rows(index, scale, frame.theme, still, room, ROWS);
                result.left |= !done(Some(tile));
            }
        }
        result
    }

    /// Whether tiles of other scales cover a box.
    fn has_stand_in(&self, place: &Rect) -> bool {
        let steps = [0.01, 0.25, 0.5, 0.75, 0.99];
        let point = |x: f64, y: f64| {
            Point::new(
                place.left + place.width() * x,
                place.top + place.height() * y,
            )
        };
        let mut points = steps.iter().flat_map(|x| steps.map(|y| point(*x, y)));
        points.all(|point| self.before.iter().any(|layer| layer.shows(point)))
    }

    /// Sees to it that there is a bitmap for a tile; false where none is to be had.
    fn make_tile(&mut self, index: (i32, i32)) -> bool {
        if self.current.tiles.contains_key(&index) {
            return true;
        }
        let side = SIDE as u32;
        let Some((canvas, context)) = self.free.pop().or_else(|| new_canvas(side, side)) else {
            return false;
        };
        let tile = Tile {
            canvas,
            context,
            state: TileState::Blank { rows: 0.0 },
            last_used: self.frame,
        };
        self.current.tiles.insert(index, tile);
        true
    }
}

/// How far the blank tiles have come.
struct Blank {
    /// Whether some are not done.
    left: bool,
    /// How many shapes were painted.
    painted: f64,
}
