//! Tiles of one scale: where each is, what is painted on it.

use std::collections::HashMap;

use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

use super::draw::Pen;
use super::tiles::{Frame, Still};
use crate::model::{Point, Rect, Vector};
use crate::scene::{Ink, Theme};

/// The side of a tile in device pixels.
pub const SIDE: f64 = 384.0;
/// More boxes than this in one tile are painted as one.
const BOXES: usize = 40;

/// A square of the plane as a bitmap.
pub struct Tile {
    /// Its bitmap.
    pub canvas: HtmlCanvasElement,
    /// What draws on it.
    pub context: CanvasRenderingContext2d,
    /// What is painted of it.
    pub state: TileState,
    /// The number of the last frame in which it was in sight.
    pub last_used: u64,
}

/// What is painted of a tile.
pub enum TileState {
    /// Only its first rows of pixels.
    Blank {
        /// How many.
        rows: f64,
    },
    /// All but what lies in these boxes, in world units.
    Painted(Vec<Rect>),
}

/// Tiles of one scale.
pub struct Layer {
    /// Device pixels for a world unit.
    pub scale: f64,
    /// By column and row, from the world's origin.
    pub tiles: HashMap<(i32, i32), Tile>,
}

impl Layer {
    /// No tiles of a scale.
    #[must_use]
    pub fn new(scale: f64) -> Self {
        Self {
            scale,
            tiles: HashMap::new(),
        }
    }

    /// The place of a tile in world units.
    #[must_use]
    pub fn place(&self, index: (i32, i32)) -> Rect {
        tile_rect(index, self.scale)
    }

    /// The place of a tile on the screen, in whole device pixels, so that neighbours meet.
    #[must_use]
    pub fn on_screen(&self, index: (i32, i32), frame: &Frame<'_>) -> Rect {
        let side = SIDE * frame.scale / self.scale;
        let corner = |x: i32, y: i32| {
            Point::new(
                (f64::from(x) * side + frame.origin.x).round(),
                (f64::from(y) * side + frame.origin.y).round(),
            )
        };
        Rect::from_points(corner(index.0, index.1), corner(index.0 + 1, index.1 + 1))
    }

    /// The tiles in sight, whether they are there or not.
    #[must_use]
    pub fn visible(&self, frame: &Frame<'_>) -> Vec<(i32, i32)> {
        let side = SIDE * frame.scale / self.scale;
        let first = |origin: f64| (-origin / side).floor() as i32;
        let last = |origin: f64, size: f64| ((size - origin) / side).ceil() as i32;
        let (origin, size) = (frame.origin, frame.size);
        let rows = first(origin.y)..last(origin.y, size.y);
        rows.flat_map(|y| (first(origin.x)..last(origin.x, size.x)).map(move |x| (x, y)))
            .collect()
    }

    /// Whether a place of the world is on a tile that can be shown.
    #[must_use]
    pub fn shows(&self, at: Point) -> bool {
        let side = SIDE / self.scale;
        let index = ((at.x / side).floor() as i32, (at.y / side).floor() as i32);
        let tile = self.tiles.get(&index);
        tile.is_some_and(Tile::is_painted)
    }

    /// Lets the tiles go on which something has changed since they were in sight.
    pub fn drop_stale(&mut self) {
        self.tiles.retain(|_, tile| match &tile.state {
            TileState::Blank { .. } => true,
            TileState::Painted(boxes) => boxes.is_empty(),
        });
    }

    /// Whether any tile can be shown.
    #[must_use]
    pub fn shows_anything(&self) -> bool {
        self.tiles.values().any(Tile::is_painted)
    }

    /// Shows the tiles in sight, stretched to the frame's scale.
    pub fn show(&self, frame: &Frame<'_>) {
        let screen = Rect::from_points(Point::default(), Point::default() + frame.size);
        for (index, tile) in &self.tiles {
            let place = self.on_screen(*index, frame);
            if !tile.is_painted() || !place.intersects(&screen) {
                continue;
            }
            // Both fail only for a canvas without pixels.
            if self.scale == frame.scale {
                let _ = frame.target.draw_image_with_html_canvas_element(
                    &tile.canvas,
                    place.left,
                    place.top,
                );
            } else {
                let _ = frame
                    .target
                    .draw_image_with_html_canvas_element_and_dw_and_dh(
                        &tile.canvas,
                        place.left,
                        place.top,
                        place.width(),
                        place.height(),
                    );
            }
        }
    }

    /// What lies in these boxes must be painted again.
    pub fn mark(&mut self, parts: &[Rect]) {
        for (index, tile) in &mut self.tiles {
            let place = tile_rect(*index, self.scale);
            let mut touching = parts.iter().filter(|part| part.intersects(&place));
            match &mut tile.state {
                TileState::Blank { rows } => {
                    if touching.next().is_some() {
                        *rows = 0.0;
                    }
                }
                TileState::Painted(boxes) => {
                    boxes.extend(touching);
                    if boxes.len() > BOXES {
                        let all = boxes.drain(..).reduce(|all, part| all.union(&part));
                        boxes.extend(all);
                    }
                }
            }
        }
    }

    /// Lets the tiles go that these boxes touch: what only stands in must not show what is gone.
    pub fn drop_touched(&mut self, parts: &[Rect]) {
        let scale = self.scale;
        self.tiles.retain(|index, _| {
            let place = tile_rect(*index, scale);
            !parts.iter().any(|part| part.intersects(&place))
        });
    }

    /// Lets the tiles go that were out of sight for longest, where there are more than `most`.
    pub fn drop_spare(&mut self, most: usize, frame: u64) {
        if self.tiles.len() <= most {
            return;
        }
        let mut used: Vec<u64> = self.tiles.values().map(|tile| tile.last_used).collect();
        used.sort_by_key(|frame| *frame);
        let oldest = used[used.len() - most / 2];
        self.tiles
            .retain(|_, tile| tile.last_used >= oldest || tile.last_used == frame);
    }
}

impl Tile {
    /// Whether it can be shown.
    #[must_use]
    pub fn is_painted(&self) -> bool {
        matches!(self.state, TileState::Painted(_))
    }

    /// Paints what has changed on it, if it can be shown; gives how many shapes that were.
    pub fn repaint(
        &mut self,
        index: (i32, i32),
        scale: f64,
        theme: Theme,
        still: &dyn Still,
    ) -> f64 {
        let TileState::Painted(boxes) = &mut self.state else {
            return 0.0;
        };
        let boxes = std::mem::take(boxes);
        let corner = corner_of(index);
        let mut painted = 0.0;
        for part in boxes {
            // Whole device pixels, so that the clip has no soft edge.
            let pixels = Rect {
                left: (part.left * scale - corner.x).floor().max(0.0),
                top: (part.top * scale - corner.y).floor().max(0.0),
                right: (part.right * scale - corner.x).ceil().min(SIDE),
                bottom: (part.bottom * scale - corner.y).ceil().min(SIDE),
            };
            if pixels.left < pixels.right && pixels.top < pixels.bottom {
                painted += still.count(&world(&pixels, corner, scale)) as f64;
                self.paint(&pixels, corner, scale, theme, still);
            }
        }
        painted
    }

    /// Paints so many of the rows of pixels that are not painted yet that there are about `room`
    /// shapes in them, but at least `least` rows; gives how many shapes that were.
    pub fn paint_rows(
        &mut self,
        index: (i32, i32),
        scale: f64,
        theme: Theme,
        still: &dyn Still,
        room: f64,
        least: f64,
    ) -> f64 {
        let TileState::Blank { rows } = self.state else {
            return 0.0;
        };
        let corner = corner_of(index);
        let mut pixels = Rect {
            left: 0.0,
            top: rows,
            right: SIDE,
            bottom: SIDE,
        };
        let mut count = still.count(&world(&pixels, corner, scale)) as f64;
        if count > room {
            let rows = pixels.height() * room / count;
            pixels.bottom = (pixels.top + rows.floor().max(least)).min(SIDE);
            count = still.count(&world(&pixels, corner, scale)) as f64;
        }
        self.paint(&pixels, corner, scale, theme, still);
        self.state = if pixels.bottom < SIDE {
            TileState::Blank {
                rows: pixels.bottom,
            }
        } else {
            TileState::Painted(Vec::new())
        };
        count
    }

    /// Paints a box of its pixels.
    fn paint(&self, pixels: &Rect, corner: Vector, scale: f64, theme: Theme, still: &dyn Still) {
        let context = &self.context;
        context.save();
        // Fails only for numbers that are none.
        let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        context.begin_path();
        context.rect(pixels.left, pixels.top, pixels.width(), pixels.height());
        context.clip();
        context.set_fill_style_str(theme.color(Ink::Paper));
        context.fill_rect(pixels.left, pixels.top, pixels.width(), pixels.height());
        let mut pen = Pen::new(context, theme, scale, -corner);
        still.paint(&mut pen, &world(pixels, corner, scale));
        context.restore();
    }
}

/// The corner of a tile in device pixels from the world's origin.
fn corner_of(index: (i32, i32)) -> Vector {
    Vector::new(f64::from(index.0) * SIDE, f64::from(index.1) * SIDE)
}

/// The place of a tile in world units.
fn tile_rect(index: (i32, i32), scale: f64) -> Rect {
    let all = Rect::from_points(Point::default(), Point::new(SIDE, SIDE));
    world(&all, corner_of(index), scale)
}

/// A box of a tile's pixels in world units.
fn world(pixels: &Rect, corner: Vector, scale: f64) -> Rect {
    Rect {
        left: (pixels.left + corner.x) / scale,
        top: (pixels.top + corner.y) / scale,
        right: (pixels.right + corner.x) / scale,
        bottom: (pixels.bottom + corner.y) / scale,
    }
}
