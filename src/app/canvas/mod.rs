//! The painter: the display list on a `<canvas>`.

mod draw;
mod measure;
mod painter;
mod tiles;

pub use draw::{Pen, context_of};
pub use measure::CanvasMeasure;
pub use painter::{Grid, Painter};
pub use tiles::Sharpness;
