//! The words on the line of a link: beside it, on paper, clear of its sign and its delay.

use crate::model::{Link, Point, Rect, Vector};

use super::curve::Curve;
use super::primitive::{Align, Path, Primitive};
use super::text::{Font, Lines, MeasureText, break_lines};
use super::theme::Ink;

/// The width at which the words of a link break, in world units.
const WIDTH: f64 = 132.0;
/// The paper around the words, in world units.
const PAPER: f64 = 3.0;
/// The room between the line and the paper, in world units.
const ASIDE: f64 = 2.0;
/// The shares of the way beside which the words may stand, the best first: off the mark of a delay.
const PLACES: [f64; 9] = [0.5, 0.56, 0.62, 0.46, 0.68, 0.42, 0.74, 0.28, 0.22];

/// The words of a link as they are drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct LinkLabel {
    /// The lines, as they were measured.
    lines: Lines,
    /// Their letters.
    font: Font,
}

impl LinkLabel {
    /// The words of a link in lines, if it has any.
    pub(super) fn of(link: &Link, measure: &dyn MeasureText) -> Option<Self> {
        let (words, font) = (link.label.trim(), Font::LINK_LABEL);
        (!words.is_empty()).then(|| Self {
            lines: break_lines(words, font, WIDTH, measure),
            font,
        })
    }

    /// The same, so many times as large.
    pub(super) fn magnified(&self, factor: f64) -> Self {
        let lines = self.lines.lines.iter();
        Self {
            lines: Lines {
                lines: lines
                    .map(|(line, width)| (line.clone(), width * factor))
                    .collect(),
                width: self.lines.width * factor,
                height: self.lines.height * factor,
            },
            font: Font {
                size: self.font.size * factor,
                ..self.font
            },
        }
    }

    fn line_height(&self) -> f64 {
        self.lines.height / self.lines.lines.len().max(1) as f64
    }
}

/// Where the words stand: beside the line, where they keep clear of `taken` and cross the line
/// least.
pub(super) fn label_box(curve: &Curve, label: &LinkLabel, taken: &[Rect]) -> Rect {
    let lines = &label.lines;
    let (width, height) = (lines.width + 2.0 * PAPER, lines.height + 2.0);
    let beside = |t: f64, side: f64| {
        let normal = curve.tangent(t).left() * side;
        let reach = normal.x.abs() * width / 2.0 + normal.y.abs() * height / 2.0;
        Rect::centered(curve.point(t) + normal * (reach + ASIDE), width, height)
    };
    let outer = match curve {
        Curve::Arc { sweep, .. } if *sweep < 0.0 => -1.0,
        Curve::Arc { .. } => 1.0,
        // Above a straight way.
        Curve::Segment { .. } | Curve::Elbow { .. } if curve.tangent(0.5).x < 0.0 => -1.0,
        Curve::Segment { .. } | Curve::Elbow { .. } => 1.0,
    };
    let cost = |rect: &Rect| {
        let hidden = taken.iter().filter(|other| other.intersects(rect)).count();
        3 * hidden + curve.crossings(rect).len()
    };
    let mut places = PLACES.iter().flat_map(|t| [(*t, outer), (*t, -outer)]);
    let first = beside(PLACES[0], outer);
    let mut best = (cost(&first), first);
    for rect in places.by_ref().map(|(t, side)| beside(t, side)) {
        if best.0 == 0 {
            break;
        }
        let cost = cost(&rect);
        if cost < best.0 {
            best = (cost, rect);
        }
    }
    best.1
}

/// Draws the words in their box.
pub(super) fn draw_label(label: &LinkLabel, rect: &Rect, ink: Ink) -> Vec<Primitive> {
    let lines = &label.lines;
    let mut primitives = vec![Primitive::Fill {
        path: Path::rounded(rect, 4.0),
        ink: Ink::Paper,
    }];
    let line = label.line_height();
    let top = rect.center().y - lines.height / 2.0 + line / 2.0;
    for (row, (text, width)) in lines.lines.iter().enumerate() {
        primitives.push(Primitive::Text {
            text: text.clone(),
            at: Point::new(rect.center().x, top) + Vector::new(0.0, row as f64 * line),
            width: *width,
            align: Align::Center,
            font: label.font,
            ink,
        });
    }
    primitives
}
