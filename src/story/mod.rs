//! Telling a diagram: what a step of a story shows, its words, and stories begun by themselves.

mod figures;
mod gone;
mod inline;
pub mod markdown;
mod shown;

pub use figures::{FigureValue, ShownFigure, figures};
pub use gone::{Gone, gone, travel_order};
pub use inline::{Inline, WebAddress};
pub use shown::{ShownStep, shown};
