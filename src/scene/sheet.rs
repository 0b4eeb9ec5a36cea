//! What stands around a picture that leaves the program: its title above, a legend below.

use serde::{Deserialize, Serialize};

use super::build::Scene;
use super::legend::{Entry, SAMPLE, entries};
use super::link_look::LinkColours;
use super::overlay::{Overlay, push_comments};
use super::primitive::{Align, Primitive};
use super::text::{Font, MeasureText, Weight, break_lines};
use super::theme::{Ink, Theme};
use super::trial_marks::{push_trials, trial_marks};
use crate::model::{Direction, Document, Point, Rect, Vector};

/// What a picture stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Background {
    /// The paper of the canvas.
    #[default]
    Paper,
    /// White, as paper in a printer is.
    White,
    /// Whatever it is put on.
    Transparent,
}

/// How a picture that leaves the program looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureLook {
    /// Light or dark.
    pub theme: Theme,
    /// What it stands on.
    pub background: Background,
    /// What the colours of links say.
    pub links: LinkColours,
    /// Whether the title of the document stands above it.
    pub title: bool,
    /// Whether the signs that it uses are explained below it.
    pub legend: bool,
    /// Whether elements with open comments are marked.
    pub comments: bool,
    /// Whether what experiments change is marked.
    pub experiments: bool,
}

impl PictureLook {
    /// As the canvas shows it, with nothing around it.
    #[must_use]
    pub const fn plain(theme: Theme) -> Self {
        Self {
            theme,
            background: Background::Paper,
            links: LinkColours::Own,
            title: false,
            legend: false,
            comments: false,
            experiments: false,
        }
    }

    /// The theme of its inks: on white they are dark.
    #[must_use]
    pub const fn inks(self) -> Theme {
        match self.background {
            Background::White => Theme::Print,
            Background::Paper | Background::Transparent => self.theme,
        }
    }

    /// The colour of what it stands on, if it has one.
    #[must_use]
    pub const fn paper(self) -> Option<&'static str> {
        match self.background {
            Background::Transparent => None,
            Background::Paper | Background::White => Some(self.inks().color(Ink::Paper)),
        }
    }
}

/// The page of a picture, and what is drawn on it beside the scene.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The part of the canvas that is the page.
    pub page: Rect,
    /// Title and legend.
    pub primitives: Vec<Primitive>,
}

/// The paper around everything, in world units.
const MARGIN: f64 = 24.0;
/// The picture of an empty document, in world units.
const EMPTY: Rect = Rect {
    left: -136.0,
    top: -66.0,
    right: 136.0,
    bottom: 66.0,
};
/// The letters of the title.
const TITLE: Font = Font {
    size: 24.0,
    weight: Weight::Semibold,
};
/// Between the title or the legend and the diagram, in world units.
const GAP: f64 = 24.0;
/// The narrowest that the lines of title and legend are, in world units.
const NARROW: f64 = 320.0;
/// A diagram that is wider than this has a title and a legend that grow with it: whoever looks at a
/// wide picture sees it small.
const WIDE: f64 = 1_200.0;
/// How many times as large they get at the most.
const LARGEST: f64 = 4.0;
/// From one row of the legend to the next, in world units.
const ROW: f64 = 34.0;
/// Between a sample of the legend and its words, in world units.
const ASIDE: f64 = 10.0;
/// Between two columns of the legend, in world units.
const COLUMN_GAP: f64 = 28.0;

/// The sheet of a scene.
#[must_use]
pub fn sheet(
    document: &Document,
    scene: &Scene,
    look: PictureLook,
    measure: &dyn MeasureText,
) -> Sheet {
    let drawn = scene.bounds().unwrap_or(EMPTY);
    let factor = (drawn.width() / WIDE).clamp(1.0, LARGEST);
    // The lines are set as if they were not to grow.
    let width = (drawn.width() / factor).max(NARROW);
    let mut primitives = Vec::new();
    let mut page = drawn;
    let title = document.properties().title.trim();
    if look.title && !title.is_empty() {
        let (lines, size) = title_lines(title, width, measure);
        let top = drawn.top - (size.y + GAP) * factor;
        place(&mut primitives, lines, Point::new(drawn.left, top), factor);
        page = page.union(&placed(Point::new(drawn.left, top), size, factor));
    }
    if look.legend {
        let (rows, size) = legend_rows(&entries(document, scene, measure), width, measure);
        if size.y > 0.0 {
            let at = Point::new(drawn.left, drawn.bottom + GAP * factor);
            place(&mut primitives, rows, at, factor);
            page = page.union(&placed(at, size, factor));
        }
    }
    if look.comments {
        let overlay = Overlay {
            comments: document.open_comments(),
            ..Overlay::default()
        };
        push_comments(&mut primitives, scene, &overlay, 1.0);
    }
    if look.experiments {
        let overlay = Overlay {
            trials: trial_marks(document),
            ..Overlay::default()
        };
        push_trials(&mut primitives, scene, &overlay, 1.0);
    }
    let page = page.grown(MARGIN);
    // Pictures of whole pixels are crisp.
    Sheet {
        page: Rect {
            left: page.left.floor(),
            top: page.top.floor(),
            right: page.right.ceil(),
            bottom: page.bottom.ceil(),
        },
        primitives,
    }
}

/// Puts what was drawn from the origin on to where it belongs.
fn place(onto: &mut Vec<Primitive>, drawn: Vec<Primitive>, at: Point, factor: f64) {
    let offset = at - Point::default();
    let parts = drawn.iter();
    onto.extend(parts.map(|part| part.magnified(Point::default(), factor).moved(offset)));
}

fn placed(at: Point, size: Vector, factor: f64) -> Rect {
    Rect::from_points(at, at + size * factor)
}

/// The title from the origin on, and its size.
fn title_lines(title: &str, width: f64, measure: &dyn MeasureText) -> (Vec<Primitive>, Vector) {
    let lines = break_lines(title, TITLE, width, measure);
    let (x, align) = match Direction::of(title) {
        Direction::LeftToRight => (0.0, Align::Left),
        Direction::RightToLeft => (width, Align::Right),
    };
    let size = Vector::new(lines.width.max(x), lines.height);
    let mut y = TITLE.line_height() / 2.0;
    let line = |(text, width): (String, f64)| {
        let at = Point::new(x, y);
        y += TITLE.line_height();
        Primitive::Text {
            text,
            at,
            width,
            align,
            font: TITLE,
            ink: Ink::Text,
        }
    };
    (lines.lines.into_iter().map(line).collect(), size)
}

/// The legend from the origin on, in as many columns as there is room for, and its size.
fn legend_rows(
    entries: &[Entry],
    width: f64,
    measure: &dyn MeasureText,
) -> (Vec<Primitive>, Vector) {
    let widths = entries
        .iter()
        .map(|entry| measure.width(&entry.words, Font::NOTE));
    let column = SAMPLE.x + ASIDE + widths.fold(0.0, f64::max);
    let columns = ((width + COLUMN_GAP) / (column + COLUMN_GAP)).floor();
    let columns = (columns.max(1.0) as usize).min(entries.len().max(1));
    // As many in each column as that needs, so that none stands alone.
    let rows = entries.len().div_ceil(columns);
    let mut primitives = Vec::new();
    for (number, entry) in entries.iter().enumerate() {
        let across = (number / rows.max(1)) as f64;
        let down = (number % rows.max(1)) as f64;
        let corner = Point::new(across * (column + COLUMN_GAP), down * ROW);
        let middle = corner.y + ROW / 2.0;
        let shift = Point::new(corner.x + SAMPLE.x / 2.0, middle) - Point::default();
        primitives.extend(entry.sample.iter().map(|part| part.moved(shift)));
        primitives.push(Primitive::Text {
            text: entry.words.to_string(),
            at: Point::new(corner.x + SAMPLE.x + ASIDE, middle),
            width: measure.width(&entry.words, Font::NOTE),
            align: Align::Left,
            font: Font::NOTE,
            ink: Ink::Text,
        });
    }
    let used = entries.len().div_ceil(rows.max(1)) as f64;
    let across = used * (column + COLUMN_GAP) - COLUMN_GAP;
    (primitives, Vector::new(across, rows as f64 * ROW))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Comment, Edit, Element, Experiment, ExperimentState, Id, Lever, Placement, Properties,
        Variable,
    };
    use crate::scene::EstimatedText;

    fn titled(title: &str, across: f64) -> Document {
        let empty = Document::default();
        let mut edit = Edit::new(&empty);
        edit.set_properties(Properties {
            title: title.to_owned(),
            ..Properties::default()
        });
        for (number, x) in [(1, 0.0), (2, across)] {
            edit.set(
                Id::from_bits(number),
                Some(Element::Variable(Variable {
                    name: "work".to_owned(),
                    placement: Placement {
                        position: Point::new(x, 0.0),
                        ..Placement::default()
                    },
                    ..Variable::default()
                })),
            );
        }
        let mut document = Document::default();
        document.apply(&edit.finish()).unwrap();
        document
    }

    fn with_title(title: &str, across: f64) -> (Sheet, Rect) {
        let document = titled(title, across);
        let scene = Scene::new(&document, &EstimatedText);
        let look = PictureLook {
            title: true,
            ..PictureLook::default()
        };
        let sheet = sheet(&document, &scene, look, &EstimatedText);
        (sheet, scene.bounds().unwrap())
    }

    #[test]
    fn open_comments_are_marked_where_that_is_asked_for() {
        let mut document = titled("Delivery", 300.0);
        let mut edit = Edit::new(&document);
        for (bits, resolved) in [(10, false), (11, true)] {
            let comment = Comment {
                about: Id::from_bits(1),
                text: "of what?".to_owned(),
                place: 0,
                author: String::new(),
                date: None,
                resolved,
            };
            edit.set(Id::from_bits(bits), Some(Element::Comment(comment)));
        }
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        let scene = Scene::new(&document, &EstimatedText);
        let drawn = |comments: bool| {
            let look = PictureLook {
                comments,
                ..PictureLook::default()
            };
            sheet(&document, &scene, look, &EstimatedText).primitives
        };
        assert!(drawn(false).is_empty());
        let texts: Vec<String> = drawn(true)
            .into_iter()
            .filter_map(|part| match part {
                Primitive::Text { text, .. } => Some(text),
                _ => None,
            })
            .collect();
        assert_eq!(texts, ["1"], "what is dealt with is not marked");
    }

    #[test]
    fn what_experiments_change_is_marked_where_that_is_asked_for() {
        let mut document = titled("Delivery", 300.0);
        for (state, count) in ExperimentState::ALL.into_iter().zip([4, 5, 6]) {
            let before = document.clone();
            let mut edit = Edit::new(&before);
            let experiment = Experiment {
                state,
                changes: [Lever::Record(Id::from_bits(1))].into_iter().collect(),
                ..Default::default()
            };
            edit.set(Id::from_bits(20), Some(Element::Experiment(experiment)));
            let patch = edit.finish();
            document.apply(&patch).unwrap();
            let scene = Scene::new(&document, &EstimatedText);
            let drawn = |experiments: bool| {
                let look = PictureLook {
                    experiments,
                    ..PictureLook::default()
                };
                sheet(&document, &scene, look, &EstimatedText)
            };
            assert!(drawn(false).primitives.is_empty());
            let marked = drawn(true);
            // Shapes tell the states apart, not colours alone.
            assert_eq!(marked.primitives.len(), count, "{state:?}");
            for part in &marked.primitives {
                let within = part
                    .bounds()
                    .is_none_or(|rect| marked.page.union(&rect) == marked.page);
                assert!(within, "{part:?}");
            }
        }
    }

    #[test]
    fn a_plain_sheet_is_the_diagram_with_paper_around() {
        let document = titled("Delivery", 300.0);
        let scene = Scene::new(&document, &EstimatedText);
        let plain = sheet(
            &document,
            &scene,
            PictureLook::plain(Theme::Light),
            &EstimatedText,
        );
        assert!(plain.primitives.is_empty());
        assert!(
            plain
                .page
                .contains_rect(&scene.bounds().unwrap().grown(MARGIN))
        );
    }

    #[test]
    fn a_title_stands_above_whatever_its_length_and_direction() {
        for title in [
            "Delivery",
            &"long words ".repeat(30),
            "\u{627}\u{644}\u{639}\u{645}\u{644}",
        ] {
            let (sheet, drawn) = with_title(title, 300.0);
            assert!(!sheet.primitives.is_empty());
            for primitive in &sheet.primitives {
                let Primitive::Text {
                    at,
                    width,
                    align,
                    font,
                    ..
                } = primitive
                else {
                    panic!("a title is words")
                };
                let left = align.left_of(at.x, *width);
                let line = Rect {
                    left,
                    top: at.y - font.size / 2.0,
                    right: left + width,
                    bottom: at.y + font.size / 2.0,
                };
                assert!(sheet.page.contains_rect(&line), "{title}: {line:?}");
                assert!(line.bottom < drawn.top);
            }
        }
    }

    #[test]
    fn a_title_grows_with_a_wide_diagram() {
        let size = |across: f64| match &with_title("Delivery", across).0.primitives[..] {
            [Primitive::Text { font, .. }] => font.size,
            other => panic!("{other:?}"),
        };
        assert_eq!(size(300.0), TITLE.size);
        assert!(size(3_600.0) > 2.5 * TITLE.size);
        assert_eq!(size(36_000.0), LARGEST * TITLE.size);
    }

    #[test]
    fn white_has_dark_ink_and_what_is_transparent_has_no_paper() {
        let dark = PictureLook::plain(Theme::Dark);
        assert_eq!(dark.inks(), Theme::Dark);
        let white = PictureLook {
            background: Background::White,
            ..dark
        };
        assert_eq!(
            (white.inks(), white.paper()),
            (Theme::Print, Some("#ffffff"))
        );
        let clear = PictureLook {
            background: Background::Transparent,
            ..dark
        };
        assert_eq!((clear.inks(), clear.paper()), (Theme::Dark, None));
    }
}
