//! Charts: plain data in, the display list of the canvas out.
//!
//! A [`ChartPicture`] is painted as any other shape is, so canvas, SVG and PNG show the same chart,
//! in both themes. Words and values come ready-made; only the numbers of an axis are written here.
//! What is not a number, or beyond [`LARGEST`], is left out.

mod bar;
mod line;
mod place;
mod run;
mod scale;
mod sheet;
mod tag;
mod tornado;

#[cfg(test)]
mod tests;

use crate::model::Vector;

use super::primitive::Primitive;

pub use bar::{Bar, BarChart, BarRole, Limit, bar_chart};
pub use line::{Direction, Joint, LineChart, Mark, RuledLine, Series, line_chart};
pub use run::{RunArea, RunChart, RunLine, RunPlot, Scales, run_chart};
pub use scale::LARGEST;
pub use tornado::{Span, TornadoChart, TornadoRow, tornado_chart};

/// A chart as it is painted: its top left corner is the origin, its paper is the painter's.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartPicture {
    /// Width and height, in world units. It may be more than was asked for where words need it.
    pub size: Vector,
    /// What is drawn, in this order; all of it lies within the size.
    pub primitives: Vec<Primitive>,
    /// What the chart says, in sentences, for those who do not see it.
    pub summary: String,
}
