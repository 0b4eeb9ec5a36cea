//! Telling a diagram: what a step of a story shows, its words, and stories begun by themselves.

mod draft;
mod figures;
mod from_loops;
mod from_retrospective;
mod from_stream;
mod gone;
mod inline;
mod lever;
pub mod markdown;
mod sheet;
mod shown;
mod summary;

pub use draft::StoryDraft;
pub use figures::{FigureValue, ShownFigure, figure_name, figures};
pub use from_loops::{MOST_STEPS, from_loops};
pub use from_retrospective::from_retrospective;
pub use from_stream::{StreamsTold, from_streams};
pub use gone::{Gone, gone, travel_order};
pub use inline::{Inline, WebAddress};
pub use lever::{
    gone_of_experiment, hypothesis, is_there, lever_words, target_name, target_words,
    variation_name, variation_words,
};
pub use sheet::{Prompt, SheetStep, around, varied};
pub use shown::{ShownStep, shown};
pub use summary::{shows_words, step_name};
