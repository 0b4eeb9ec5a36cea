//! Telling a diagram: what a step of a story shows, its words, and stories begun by themselves.

mod draft;
mod figures;
mod from_loops;
mod from_stream;
mod gone;
mod inline;
pub mod markdown;
mod shown;
mod summary;

pub use draft::StoryDraft;
pub use figures::{FigureValue, ShownFigure, figure_name, figures};
pub use from_loops::{MOST_STEPS, from_loops};
pub use from_stream::{StreamsTold, from_streams};
pub use gone::{Gone, gone, travel_order};
pub use inline::{Inline, WebAddress};
pub use shown::{ShownStep, shown};
pub use summary::{shows_words, step_name};
