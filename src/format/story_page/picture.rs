//! The picture of a step: what is hidden left out, what is dimmed under paper, what is lit over it.

use std::fmt::{self, Write};

use crate::causal::LoopPolarity;
use crate::format::drawing::Drawing;
use crate::format::svg::{FOOT, Picture, Short, write_head, write_shape};
use crate::model::{Document, LoopKey, Rect, Showing};
use crate::scene::{BadgeShape, Ink, PAPER_OVER_DIMMED, dims, draw_shown};
use crate::story::ShownStep;

/// What is in view where nothing is drawn, in world units.
const NOTHING: Rect = Rect {
    left: -160.0,
    top: -90.0,
    right: 160.0,
    bottom: 90.0,
};

/// Writes the picture of a step as SVG.
pub(super) fn write(out: &mut String, drawing: &Drawing<'_>, step: &ShownStep) -> fmt::Result {
    let (document, look) = (drawing.document(), drawing.look());
    let theme = look.inks();
    let scene = drawing.scene().without_hidden(document, &step.records);
    let page = step.rect(&scene).unwrap_or(NOTHING).grown(Picture::MARGIN);
    write_head(
        out,
        &page,
        None,
        "The diagram of this step",
        &told(document, step),
    )?;
    if let Some(bounds) = scene.bounds() {
        for shape in scene.painted(&bounds) {
            write_shape(out, shape.primitives(), theme)?;
        }
    }
    let is_lit = |badge: &&BadgeShape| step.loops.contains(&badge.key);
    for badge in scene.badges().iter().filter(|badge| !is_lit(badge)) {
        write_shape(out, &badge.primitives, theme)?;
    }
    let is_under = |showing: Showing| showing == Showing::Dimmed;
    let marks = || scene.marks().iter();
    for mark in marks().filter(|mark| is_under(mark.showing(&step.records))) {
        write_shape(out, &mark.primitives, theme)?;
    }
    if dims(&step.records) {
        writeln!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{}\" \
             fill-opacity=\"{PAPER_OVER_DIMMED}\"/>",
            Short(page.left),
            Short(page.top),
            Short(page.width()),
            Short(page.height()),
            theme.color(Ink::Paper)
        )?;
    }
    let loops: Vec<(LoopKey, LoopPolarity)> = step
        .loops
        .iter()
        .map(|key| (key.clone(), polarity(document, key)))
        .collect();
    let over = draw_shown(&scene, document, &step.records, &loops, 1.0.into());
    write_shape(out, &over, theme)?;
    for mark in marks().filter(|mark| !is_under(mark.showing(&step.records))) {
        write_shape(out, &mark.primitives, theme)?;
    }
    for badge in scene.badges().iter().filter(is_lit) {
        write_shape(out, &badge.primitives, theme)?;
    }
    out.write_str(FOOT)
}

/// The sign of a loop.
fn polarity(document: &Document, key: &LoopKey) -> LoopPolarity {
    let links = key.links().iter();
    let links = links.filter_map(|id| document.links().get(id));
    LoopPolarity::of(links.map(|link| link.polarity))
}

/// What the step lights, for those who do not see it.
fn told(document: &Document, step: &ShownStep) -> String {
    let lit = step.showing(Showing::Lit);
    let names: Vec<String> = lit
        .filter_map(|id| document.variables().get(&id))
        .map(|variable| variable.in_sentence())
        .collect();
    match names.is_empty() {
        true => "Nothing is lit.".to_owned(),
        false => format!("Lit: {}.", names.join(", ")),
    }
}
