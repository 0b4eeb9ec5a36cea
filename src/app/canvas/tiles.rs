//! The part of the picture that stands still, kept as bitmaps: painted once, shown many times.
//!
//! Without a graphics processor a frame costs its pixels. So the plane is cut into square tiles of
//! device pixels at the present scale; panning shows them elsewhere, a change paints only the
//! boxes it touched, and while the scale changes the old tiles are shown stretched until new ones
//! are painted, a few a frame.

use std::collections::HashMap;

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::draw::{Pen, new_canvas};
use crate::lean;
use crate::model::{Point, Rect, Vector};
use crate::scene::{Ink, Theme};

/// The side of a tile in device pixels.
const SIDE: f64 = 384.0;
/// Tiles that are not in sight are kept up to this number.
const SPARE: usize = 96;
/// More boxes than this in one tile are painted as one.
const BOXES: usize = 6;

/// What paints a part of the still picture: gets the pen and the box in world units.
pub type PaintPart<'a> = dyn FnMut(&mut Pen<'_>, &Rect) + 'a;

struct Tile {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    state: TileState,
    last_used: u64,
}

enum TileState {
    /// Everything on it must be painted.
    Blank,
    /// What lies in these boxes (world units) must be painted; nothing, if there are none.
    Painted(Vec<Rect>),
}

/// Tiles of one scale.
struct Layer {
    scale: f64,
    tiles: HashMap<(i32, i32), Tile>,
}

/// The still picture.
pub struct Tiles {
    current: Layer,
    /// The tiles of the scale before, shown stretched until those of the present one are there.
    before: Option<Layer>,
    free: Vec<(HtmlCanvasElement, CanvasRenderingContext2d)>,
    frame: u64,
}

/// Whether all that is in sight is as sharp as it can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharpness {
    /// It is.
    Sharp,
    /// More is to be painted in the next frame.
    Coming,
}

impl Tiles {
    /// No tiles yet.
    #[must_use]
    pub fn new() -> Self {
        let current = Layer {
            scale: 0.0,
            tiles: HashMap::new(),
        };
        Self {
            current,
            before: None,
            free: Vec::new(),
            frame: 0,
        }
    }

    /// Everything must be painted again.
    pub fn forget(&mut self) {
        self.before = None;
        let tiles = std::mem::take(&mut self.current.tiles);
        self.free
            .extend(tiles.into_values().map(|tile| (tile.canvas, tile.context)));
    }

    /// What lies in these boxes must be painted again.
    pub fn mark(&mut self, parts: &[Rect]) {
        let scale = self.current.scale;
        for (index, tile) in &mut self.current.tiles {
            let TileState::Painted(boxes) = &mut tile.state else {
                continue;
            };
            let place = tile_rect(*index, scale);
            boxes.extend(parts.iter().filter(|part| part.intersects(&place)));
            if boxes.len() > BOXES {
                let all = boxes.drain(..).reduce(|all, part| all.union(&part));
                boxes.extend(all);
            }
        }
        // The old scale's tiles are only stood in for; what changed on them would show stale.
        if let Some(before) = &mut self.before {
            let scale = before.scale;
            before.tiles.retain(|index, _| {
                let place = tile_rect(*index, scale);
                !parts.iter().any(|part| part.intersects(&place))
            });
        }
    }

    /// Shows the still picture on `target`.
    ///
    /// `scale` is device pixels for a world unit, `origin` where the world's origin is (whole
    /// device pixels), `size` the target's; `in_time` says whether there is time to paint one more
    /// blank tile.
    #[allow(
        clippy::too_many_arguments,
        reason = "each is one plain thing of the frame"
    )]
    pub fn show(
        &mut self,
        target: &CanvasRenderingContext2d,
        theme: Theme,
        scale: f64,
        origin: Vector,
        size: Vector,
        in_time: &mut dyn FnMut() -> bool,
        paint: &mut PaintPart<'_>,
    ) -> Sharpness {
        self.frame += 1;
        self.turn_to(scale);
        let visible = visible_tiles(origin, size);
        // Nearest to the middle first: that is where people look.
        let middle = Point::new(size.x / 2.0 - origin.x, size.y / 2.0 - origin.y);
        let mut order: Vec<(i32, i32)> = visible.clone();
        lean::sort_by(&mut order, |a, b| {
            center(*a)
                .distance(middle)
                .total_cmp(&center(*b).distance(middle))
        });
        let mut missing = false;
        let mut painted_any = false;
        for index in order {
            let blank = !matches!(
                self.current.tiles.get(&index).map(|tile| &tile.state),
                Some(TileState::Painted(_))
            );
            // At least one a frame, so that it comes to an end on the slowest machine.
            if blank && painted_any && !in_time() {
                missing = true;
                continue;
            }
            painted_any |= blank;
            if !self.paint_tile(index, theme, scale, paint) {
                missing = true;
            }
        }
        if missing {
            self.show_before(target, theme, scale, origin, size);
        } else if let Some(before) = self.before.take() {
            self.reuse(before);
        }
        for index in visible {
            let Some(tile) = self.current.tiles.get(&index) else {
                continue;
            };
            if matches!(tile.state, TileState::Painted(_)) {
                let (x, y) = (
                    f64::from(index.0) * SIDE + origin.x,
                    f64::from(index.1) * SIDE + origin.y,
                );
                // Fails only for a canvas without pixels.
                let _ = target.draw_image_with_html_canvas_element(&tile.canvas, x, y);
            }
        }
        self.drop_spare();
        if missing {
            Sharpness::Coming
        } else {
            Sharpness::Sharp
        }
    }

    fn turn_to(&mut self, scale: f64) {
        if (self.current.scale - scale).abs() < 1.0e-9 {
            return;
        }
        let fresh = Layer {
            scale,
            tiles: HashMap::new(),
        };
        let old = std::mem::replace(&mut self.current, fresh);
        let painted = |layer: &Layer| {
            layer
                .tiles
                .values()
                .filter(|t| matches!(t.state, TileState::Painted(_)))
                .count()
        };
        // While the scale keeps changing, the tiles of an unfinished scale stand in for less than
        // those of the last whole one.
        match self.before.take() {
            Some(before) if painted(&old) * 2 < painted(&before) => {
                self.before = Some(before);
                self.reuse(old);
            }
            Some(before) => {
                self.reuse(before);
                self.before = Some(old);
            }
            None => self.before = Some(old),
        }
    }

    fn reuse(&mut self, layer: Layer) {
        self.free.extend(
            layer
                .tiles
                .into_values()
                .map(|tile| (tile.canvas, tile.context)),
        );
        self.free.truncate(SPARE);
    }

    /// Paints what must be painted of a tile; false where no bitmap is to be had.
    fn paint_tile(
        &mut self,
        index: (i32, i32),
        theme: Theme,
        scale: f64,
        paint: &mut PaintPart<'_>,
    ) -> bool {
        if !self.current.tiles.contains_key(&index) {
            let side = SIDE as u32;
            let Some((canvas, context)) = self.free.pop().or_else(|| new_canvas(side, side)) else {
                return false;
            };
            let tile = Tile {
                canvas,
                context,
                state: TileState::Blank,
                last_used: self.frame,
            };
            self.current.tiles.insert(index, tile);
        }
        let Some(tile) = self.current.tiles.get_mut(&index) else {
            return false;
        };
        tile.last_used = self.frame;
        let place = tile_rect(index, scale);
        let boxes = match std::mem::replace(&mut tile.state, TileState::Painted(Vec::new())) {
            TileState::Blank => vec![place],
            TileState::Painted(boxes) => boxes,
        };
        let origin = Vector::new(-f64::from(index.0) * SIDE, -f64::from(index.1) * SIDE);
        for part in boxes {
            // Whole device pixels, so that the clip has no soft edge.
            let left = (part.left * scale + origin.x).floor().max(0.0);
            let top = (part.top * scale + origin.y).floor().max(0.0);
            let right = (part.right * scale + origin.x).ceil().min(SIDE);
            let bottom = (part.bottom * scale + origin.y).ceil().min(SIDE);
            if right <= left || bottom <= top {
                continue;
            }
            let context = &tile.context;
            context.save();
            // Fails only for numbers that are none.
            let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
            context.begin_path();
            context.rect(left, top, right - left, bottom - top);
            context.clip();
            context.set_fill_style_str(theme.color(Ink::Paper));
            context.fill_rect(left, top, right - left, bottom - top);
            let world = Rect {
                left: (left - origin.x) / scale,
                top: (top - origin.y) / scale,
                right: (right - origin.x) / scale,
                bottom: (bottom - origin.y) / scale,
            };
            paint(&mut Pen::new(context, theme, scale, origin), &world);
            context.restore();
        }
        true
    }

    /// Shows the tiles of the scale before, stretched.
    fn show_before(
        &self,
        target: &CanvasRenderingContext2d,
        theme: Theme,
        scale: f64,
        origin: Vector,
        size: Vector,
    ) {
        target.set_fill_style_str(theme.color(Ink::Paper));
        target.fill_rect(0.0, 0.0, size.x, size.y);
        let Some(before) = &self.before else { return };
        let factor = scale / before.scale;
        let side = SIDE * factor;
        for (index, tile) in &before.tiles {
            let x = f64::from(index.0) * side + origin.x;
            let y = f64::from(index.1) * side + origin.y;
            let seen = x < size.x && y < size.y && x + side > 0.0 && y + side > 0.0;
            if seen && matches!(tile.state, TileState::Painted(_)) {
                // Fails only for a canvas without pixels.
                let _ = target.draw_image_with_html_canvas_element_and_dw_and_dh(
                    &tile.canvas,
                    x,
                    y,
                    side,
                    side,
                );
            }
        }
    }

    /// Lets the tiles go that were out of sight for longest.
    fn drop_spare(&mut self) {
        if self.current.tiles.len() <= SPARE {
            return;
        }
        let mut used: Vec<u64> = self
            .current
            .tiles
            .values()
            .map(|tile| tile.last_used)
            .collect();
        lean::sort_by_key(&mut used, |frame| *frame);
        let oldest = used[used.len() - SPARE / 2];
        let frame = self.frame;
        self.current
            .tiles
            .retain(|_, tile| tile.last_used >= oldest || tile.last_used == frame);
    }
}

/// The place of a tile in world units.
fn tile_rect(index: (i32, i32), scale: f64) -> Rect {
    let side = SIDE / scale;
    let corner = Point::new(f64::from(index.0) * side, f64::from(index.1) * side);
    Rect::from_points(corner, corner + Vector::new(side, side))
}

/// The middle of a tile in device pixels from the world's origin.
fn center(index: (i32, i32)) -> Point {
    Point::new(
        (f64::from(index.0) + 0.5) * SIDE,
        (f64::from(index.1) + 0.5) * SIDE,
    )
}

fn visible_tiles(origin: Vector, size: Vector) -> Vec<(i32, i32)> {
    let first = |origin: f64| (-origin / SIDE).floor() as i32;
    let last = |origin: f64, size: f64| ((size - origin) / SIDE).ceil() as i32;
    let rows = first(origin.y)..last(origin.y, size.y);
    rows.flat_map(|y| (first(origin.x)..last(origin.x, size.x)).map(move |x| (x, y)))
        .collect()
}
