//! Comparing the map with another: what differs in words, metric by metric, and in pictures.

use std::cmp::Ordering;

use super::comparison::{Comparison, Differing};
use super::list::{Picture, Table};
use super::stream_view::marks_of;
use crate::compare::{Difference, DifferenceKind, Part, aligned, differences, merge};
use crate::editor::describe;
use crate::format::{self, json};
use crate::model::{Calendar, Document, Patch, Point, Rect, Vector, isolated};
use crate::scene::{MeasureText, PictureLook, Scene, Tag, TagKind, Theme};
use crate::stream::{FigureDimension, SimulatedFigures, StreamReport, StreamResults, amount_text};

/// Around what is drawn, in world units.
const MARGIN: f64 = 32.0;

/// What a diagram is compared with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Against {
    /// Another diagram.
    Other,
    /// What it was itself: older, and on the same canvas.
    Past,
}

impl Against {
    /// What ours and the other are called.
    const fn words(self) -> [&'static str; 2] {
        match self {
            Self::Other => ["here", "there"],
            Self::Past => ["now", "then"],
        }
    }

    /// What is said of what only one of them has.
    fn only(self, kind: &DifferenceKind) -> Option<String> {
        let [ours, theirs] = self.words();
        match kind {
            DifferenceKind::Added => Some(format!("only {theirs}")),
            DifferenceKind::Removed => Some(format!("only {ours}")),
            DifferenceKind::Changed(_) => None,
        }
    }
}

/// The other map, under the ids of ours.
#[derive(Debug)]
pub(super) struct Other {
    name: String,
    document: Document,
    against: Against,
}

impl Other {
    /// The other map from the text of its file, or why it cannot be read.
    pub(super) fn of(ours: &Document, name: String, text: &str) -> Result<Self, String> {
        match json::read(text) {
            Ok(opened) => Ok(Self {
                name: heading(ours, &opened.document, name),
                document: aligned(ours, &opened.document),
                against: Against::Other,
            }),
            Err(error) => Err(format!("{} was not opened: {error}.", isolated(&name))),
        }
    }

    /// A version of our own document; its ids are ours already.
    pub(super) const fn version(name: String, document: Document) -> Self {
        Self {
            name,
            document,
            against: Against::Past,
        }
    }

    /// The patch that takes over these parts.
    pub(super) fn taken_over(&self, ours: &Document, parts: &[Part]) -> Patch {
        merge(ours, &self.document, parts)
    }

    /// Everything about the two.
    pub(super) fn compared(&self, ours: &Document, measure: &dyn MeasureText) -> Comparison {
        let found = differences(ours, &self.document);
        let title = match (self.against, ours.properties().title.as_str()) {
            (Against::Past, _) => "Now",
            (Against::Other, "") => "This map",
            (Against::Other, title) => title,
        };
        let (mine, theirs) = (StreamReport::of(ours), StreamReport::of(&self.document));
        let sight = Sight {
            found: &found,
            against: self.against,
            measure,
        };
        let mut sides = [
            Side {
                name: title,
                document: ours,
                report: &mine,
                scene: sight.scene(ours, &mine),
            },
            Side {
                name: &self.name,
                document: &self.document,
                report: &theirs,
                scene: sight.scene(&self.document, &theirs),
            },
        ];
        if self.against == Against::Past {
            // As time goes.
            sides.reverse();
        }
        let (page, corners) = pages(self.against, &sides);
        let pictures = sides.iter().zip(corners);
        let pictures = pictures.map(|(side, corner)| side.picture(corner, page));
        let pictures = pictures.collect();
        let (figures, equal) = figures(&sides);
        let parts = found.iter().map(|difference| {
            let from = match difference.kind {
                DifferenceKind::Added => &self.document,
                _ => ours,
            };
            Differing {
                part: Part::Record(difference.id),
                name: describe(from, difference.id),
                how: self.word_of(&difference.kind),
            }
        });
        let mut parts: Vec<Differing> = parts.collect();
        let (now, then) = (ours.properties(), self.document.properties());
        let title = now.title != then.title && self.against == Against::Past;
        for (part, name, is_different) in [
            (Part::Title, "Title", title),
            (Part::Purpose, "Purpose", now.purpose != then.purpose),
            (
                Part::Settings,
                "Calendar, WIP limit and terms",
                (&now.stream, &now.run) != (&then.stream, &then.run),
            ),
        ] {
            if is_different {
                parts.push(Differing {
                    part,
                    name: name.to_owned(),
                    how: "differs".to_owned(),
                });
            }
        }
        Comparison {
            pictures,
            page,
            figures,
            equal,
            parts,
        }
    }

    /// How a difference is called.
    fn word_of(&self, kind: &DifferenceKind) -> String {
        match kind {
            DifferenceKind::Changed(fields) => format!("differs: {}", fields.join(", ")),
            only => self.against.only(only).unwrap_or_default(),
        }
    }
}

/// What the other map is called: by its title, and by its file where ours has the same title.
fn heading(ours: &Document, theirs: &Document, file: String) -> String {
    let title = theirs.properties().title.trim();
    match title {
        "" => file,
        title if title != ours.properties().title.trim() => title.to_owned(),
        title if title == file => format!("{title} (the other)"),
        title => format!("{title} ({file})"),
    }
}

/// One of the two maps.
struct Side<'a> {
    name: &'a str,
    document: &'a Document,
    report: &'a StreamReport,
    scene: Scene,
}

impl Side<'_> {
    fn results(&self) -> Option<&StreamResults> {
        self.report.main()
    }

    /// The map from this corner of the canvas on.
    fn picture(&self, corner: Point, page: Vector) -> Picture {
        let svg = |theme| {
            format::svg(&format::Picture {
                document: self.document,
                scene: &self.scene,
                loops: &[],
                look: PictureLook::plain(theme),
                sheet: None,
                frame: Some(Rect::from_points(corner, corner + page)),
                margin: 0.0,
                carries_document: false,
            })
        };
        Picture {
            name: self.name.to_owned(),
            summary: format!("{}, with what differs marked", self.name),
            light: svg(Theme::Light),
            dark: svg(Theme::Dark),
        }
    }
}

/// The size of both pictures, and where each begins, in whole world units: so a place of one is the
/// same place of the other, where the maps share a canvas, and else as far from its middle.
fn pages(against: Against, sides: &[Side<'_>; 2]) -> (Vector, [Point; 2]) {
    let bounds = sides.each_ref().map(|side| side.scene.bounds());
    let [before, after] = match (against, bounds) {
        (_, [None, None]) => [Rect::from_points(Point::default(), Point::default()); 2],
        (_, [Some(one), None] | [None, Some(one)]) => [one, one],
        (Against::Past, [Some(one), Some(other)]) => [one.union(&other); 2],
        (Against::Other, [Some(one), Some(other)]) => [one, other],
    };
    let side = |one: f64, other: f64| (one.max(other) + 2.0 * MARGIN).ceil();
    let page = Vector::new(
        side(before.width(), after.width()),
        side(before.height(), after.height()),
    );
    let corner = |rect: Rect| {
        let corner = rect.center() - page / 2.0;
        Point::new(corner.x.floor(), corner.y.floor())
    };
    (page, [corner(before), corner(after)])
}

/// How both maps are drawn.
struct Sight<'a> {
    found: &'a [Difference],
    against: Against,
    measure: &'a dyn MeasureText,
}

impl Sight<'_> {
    /// A map with what differs marked.
    fn scene(&self, document: &Document, report: &StreamReport) -> Scene {
        let mut marks = marks_of(document, report, &SimulatedFigures::none());
        marks
            .tags
            .retain(|tag| !matches!(tag.kind, TagKind::Constraint | TagKind::RunnerUp));
        marks.tags.extend(self.found.iter().map(|difference| {
            let kind = match &difference.kind {
                DifferenceKind::Added => TagKind::Added,
                DifferenceKind::Removed => TagKind::Removed,
                DifferenceKind::Changed(_) => TagKind::Changed,
            };
            let words = self.against.only(&difference.kind);
            Tag {
                id: difference.id,
                words: words.unwrap_or_else(|| "differs".to_owned()),
                kind,
            }
        }));
        let mut scene = Scene::new(document, self.measure);
        scene.set_marks(document, marks, self.measure);
        scene
    }
}

/// The figures of both, with what has changed from the first to the second: those that differ, and
/// those that do not. Those that neither has are left out.
fn figures(sides: &[Side<'_>; 2]) -> (Table, Table) {
    let [before, after] = sides.each_ref().map(Side::results);
    let unknown = || "unknown".to_owned();
    let calendar = &sides[1].document.calendar();
    let text = |side: &Side<'_>, index: usize| {
        let figure = side
            .results()
            .and_then(|results| results.figures.get(index));
        let own = &side.document.calendar();
        figure.map_or_else(unknown, |figure| figure.text(own))
    };
    let limit = |side: &Side<'_>| {
        let limit = side.results().and_then(|results| results.limit.as_ref());
        limit.map_or_else(unknown, |limit| {
            let names = limit.stations().map(|id| describe(side.document, id));
            names.collect::<Vec<_>>().join(", ")
        })
    };
    let [first, second] = sides;
    let mut rows = vec![[
        "The constraint".to_owned(),
        limit(first),
        limit(second),
        "another step".to_owned(),
    ]];
    let kinds = before.or(after).into_iter().flat_map(|any| &any.figures);
    rows.extend(kinds.enumerate().map(|(index, figure)| {
        let likely = |results: Option<&StreamResults>| {
            let figure = results.and_then(|results| results.figures.get(index));
            figure.and_then(|figure| figure.outcome.likely())
        };
        let words = figure.kind.words();
        [
            words.name.to_owned(),
            text(first, index),
            text(second, index),
            match (likely(before), likely(after)) {
                (Some(before), Some(after)) => {
                    change_words(words.dimension, before, after, calendar)
                }
                (None, Some(_)) => format!("known only in {}", isolated(second.name)),
                (Some(_), None) => format!("known only in {}", isolated(first.name)),
                (None, None) => String::new(),
            },
        ]
    }));
    rows.retain(|[_, before, after, _]| before != "unknown" || after != "unknown");
    let (equal, differing): (Vec<_>, Vec<_>) = rows
        .into_iter()
        .partition(|[_, before, after, _]| before == after);
    let [first, second] = [first.name, second.name];
    let equal = equal.into_iter().map(|[name, value, ..]| vec![name, value]);
    (
        Table::new(
            &["", first, second, "Change"],
            differing.into_iter().map(Vec::from).collect(),
        ),
        Table::new(&["", "In both"], equal.collect()),
    )
}

/// How much a figure has changed, and which way.
fn change_words(
    dimension: FigureDimension,
    before: f64,
    after: f64,
    calendar: &Calendar,
) -> String {
    let by = (after - before).abs();
    let amount = match dimension {
        FigureDimension::Share => format!("{:.1} points", 100.0 * by),
        _ => amount_text(by, dimension, calendar),
    };
    let is_time = matches!(
        dimension,
        FigureDimension::Time | FigureDimension::WorkingTime
    );
    match (after.total_cmp(&before), is_time) {
        (Ordering::Greater, true) => format!("\u{2191} {amount} longer"),
        (Ordering::Greater, false) => format!("\u{2191} {amount} higher"),
        (Ordering::Less, true) => format!("\u{2193} {amount} shorter"),
        (Ordering::Less, false) => format!("\u{2193} {amount} lower"),
        // What is most likely is the same; how sure it is differs.
        (Ordering::Equal, _) => "the same, less or more sure".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_says_how_much_and_which_way() {
        let calendar = &Document::default().calendar();
        let day = calendar.seconds_per_day;
        let words = |dimension, before, after| change_words(dimension, before, after, calendar);
        assert_eq!(
            words(FigureDimension::WorkingTime, 3.0 * day, day),
            "\u{2193} 2 d shorter"
        );
        assert_eq!(
            words(FigureDimension::WorkingTime, day, 3.0 * day),
            "\u{2191} 2 d longer"
        );
        assert_eq!(
            words(FigureDimension::Share, 0.5, 0.62),
            "\u{2191} 12.0 points higher"
        );
        assert_eq!(words(FigureDimension::Items, 5.0, 3.0), "\u{2193} 2 lower");
    }
}
