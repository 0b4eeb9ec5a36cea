//! The picture of a chart as SVG, written as that of a document is.

use std::fmt;

use crate::model::Rect;
use crate::scene::chart::ChartPicture;
use crate::scene::{Ink, Theme};

use super::svg::{FOOT, write_head, write_shape};

/// The picture of a chart as the text of an SVG file, one element a line. Its summary becomes the
/// description.
#[must_use]
pub fn chart_svg(picture: &ChartPicture, theme: Theme, title: &str) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = write_chart(&mut out, picture, theme, title);
    out
}

fn write_chart(out: &mut String, picture: &ChartPicture, theme: Theme, title: &str) -> fmt::Result {
    let page = Rect {
        left: 0.0,
        top: 0.0,
        right: picture.size.x,
        bottom: picture.size.y,
    };
    let paper = Some(theme.color(Ink::Paper));
    write_head(out, &page, paper, title.trim(), &picture.summary)?;
    write_shape(out, &picture.primitives, theme)?;
    out.push_str(FOOT);
    Ok(())
}
