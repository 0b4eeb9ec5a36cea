//! The diagram as a step shows it: what is hidden left out, what is dimmed under paper, what is lit over it.

use std::fmt::{self, Write};

use crate::causal::LoopPolarity;
use crate::format::drawing::Drawing;
use crate::format::svg::{Short, write_shape};
use crate::model::{Document, LoopKey, Rect, Showing};
use crate::scene::{
    BadgeShape, Ink, Legible, MarkShape, PAPER_OVER_DIMMED, Scene, SeenAt, Theme, dims, draw_shown,
    seen_badge, seen_marks,
};
use crate::story::ShownStep;

/// Writes what is to be seen of the diagram in this part of the canvas; `scene` is without what the
/// step hides, and it is seen as where one world unit is so many pixels.
pub(super) fn write(
    out: &mut String,
    drawing: &Drawing<'_>,
    (step, scene): (&ShownStep, &Scene),
    (page, scale): (&Rect, f64),
) -> fmt::Result {
    let (document, look) = (drawing.document(), drawing.look());
    let theme = look.inks();
    // What is smaller than it is drawn is seen as on the canvas: names stay large enough to be read.
    let near = (scale < 1.0).then(|| Legible::new(scene, document, scale));
    let at = match &near {
        Some(near) => SeenAt::within(near, scale),
        None => SeenAt::from(1.0),
    };
    let whole = scene.bounds().unwrap_or(*page);
    match &near {
        Some(near) => write_shape(out, &near.primitives(scene, &whole), theme)?,
        None => {
            for shape in scene.painted(&whole) {
                write_shape(out, shape.primitives(), theme)?;
            }
        }
    }
    let is_lit = |badge: &BadgeShape| step.loops.contains(&badge.key);
    let badge_seen = |number: usize, badge: &BadgeShape| match &near {
        Some(near) => near.badge(number, badge, scale).1,
        None => badge.primitives.clone(),
    };
    for (number, badge) in scene.badges().iter().enumerate() {
        if !is_lit(badge) {
            write_shape(out, &badge_seen(number, badge), theme)?;
        }
    }
    let is_under = |showing: Showing| showing == Showing::Dimmed;
    let (under, above): (Vec<&MarkShape>, Vec<&MarkShape>) =
        (scene.marks().iter()).partition(|mark| is_under(mark.showing(&step.records)));
    write_marks(out, &under, scale, theme)?;
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
    let over = draw_shown(scene, document, &step.records, &loops, at);
    write_shape(out, &over, theme)?;
    write_marks(out, &above, scale, theme)?;
    for badge in scene.badges().iter().filter(|badge| is_lit(badge)) {
        write_shape(out, &seen_badge(badge, scale.min(1.0)).1, theme)?;
    }
    Ok(())
}

/// Writes tags and ladders, as they are seen where one world unit is so many pixels.
fn write_marks(out: &mut String, marks: &[&MarkShape], scale: f64, theme: Theme) -> fmt::Result {
    if scale < 1.0 {
        return write_shape(out, &seen_marks(marks, scale), theme);
    }
    for mark in marks {
        write_shape(out, &mark.primitives, theme)?;
    }
    Ok(())
}

/// The sign of a loop.
fn polarity(document: &Document, key: &LoopKey) -> LoopPolarity {
    let links = key.links().iter();
    let links = links.filter_map(|id| document.links().get(id));
    LoopPolarity::of(links.map(|link| link.polarity))
}

/// What the step lights, for those who do not see it.
pub(super) fn told(document: &Document, step: &ShownStep) -> String {
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
