//! What is common to formats of other programs whose text is kept, so that nothing of it is lost.
//!
//! A reader finds what a text draws (a [`Drawing`]); the ids of its records follow from a seed, and
//! the text stays with the document. A writer reads that text again, so that it has the same records
//! with the same ids, compares them with those of the document, and splices into the text what has
//! changed.

mod arc;
mod computed;
mod drawing;
mod fit;
pub mod formula;
mod frame;
mod keyed;
mod labels;
mod left_out;
mod named;
mod naming;
mod reading;
mod rewording;
mod rewrite;
mod signs;
mod splice;
mod told;
mod unwritten;

pub use arc::{
    angle_of_bend, bend_of_angle, bend_through, direction_of_ring, handle_of_bend, handle_of_ring,
};
pub use computed::{has_equation, is_computed, is_model, number_text};
pub use drawing::{Base, Drawing, DrawnLink, DrawnNote, DrawnVariable, fitting, open, width_of};
pub use fit::{OWN_VIEW, Scaling, Stands, scales};
pub use frame::Frame;
pub use labels::Labels;
pub use left_out::{left_out, model_left_out};
pub use named::NamedLoss;
pub use naming::Naming;
pub use reading::Reading;
pub use rewording::Rewording;
pub use rewrite::Rewrite;
pub use signs::{Assumption, Definition, Sides, Slopes, Stated, System, number, sign};
pub use splice::Splices;
pub use told::{Told, table_function, told_of_drawn};
pub use unwritten::UnwrittenChanges;
