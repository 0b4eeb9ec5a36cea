//! The painter: the display list on a `<canvas>`.

mod draw;
mod far;
pub mod images;
mod layer;
mod lit;
mod measure;
mod near;
mod painter;
mod people_layer;
mod tiles;

pub use draw::{Pen, clear_canvas, new_canvas};
pub use measure::CanvasMeasure;
pub use painter::{Look, OthersMarks, Painter};
pub use people_layer::PeopleLayer;
pub use tiles::Sharpness;
