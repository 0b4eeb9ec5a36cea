//! Comparing the map with another: what differs in words, metric by metric, and in pictures.

use super::comparison::{Comparison, Differing};
use super::list::{Picture, Table};
use super::stream_view::marks_of;
use crate::compare::{Difference, DifferenceKind, Part, aligned, differences, merge};
use crate::editor::describe;
use crate::format::{self, json};
use crate::model::{Document, Patch, Rect, isolated};
use crate::scene::{MeasureText, Scene, Tag, TagKind, Theme};
use crate::stream::{StreamReport, StreamResults};

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
                document: aligned(ours, &opened.document),
                against: Against::Other,
                name,
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
        let scenes = [ours, &self.document].map(|document| Scene::new(document, measure));
        let frame = match (self.against, scenes[0].bounds(), scenes[1].bounds()) {
            (Against::Past, Some(mine), Some(theirs)) => Some(mine.union(&theirs)),
            _ => None,
        };
        let [mine_shown, theirs_shown] = scenes;
        let sight = Sight {
            found: &found,
            against: self.against,
            frame,
            measure,
        };
        let mut pictures = vec![
            sight.picture(ours, mine_shown, &mine, title),
            sight.picture(&self.document, theirs_shown, &theirs, &self.name),
        ];
        if self.against == Against::Past {
            // As time goes.
            pictures.reverse();
        }
        let figures = match (mine.main(), theirs.main()) {
            (None, None) => Table::default(),
            (mine, theirs) => figures(ours, mine, &self.document, theirs, self.against),
        };
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
                "Calendar, WIP limit and words",
                now.stream != then.stream,
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
            figures,
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

/// How both pictures are drawn.
struct Sight<'a> {
    found: &'a [Difference],
    against: Against,
    /// The part of the canvas that both show.
    frame: Option<Rect>,
    measure: &'a dyn MeasureText,
}

impl Sight<'_> {
    /// A map with what differs marked.
    fn picture(
        &self,
        document: &Document,
        mut scene: Scene,
        report: &StreamReport,
        name: &str,
    ) -> Picture {
        let mut marks = marks_of(document, report);
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
        scene.set_marks(document, marks, self.measure);
        let svg = |theme| {
            format::svg(&format::Picture {
                document,
                scene: &scene,
                loops: &[],
                theme,
                frame: self.frame,
                margin: MARGIN,
                carries_document: false,
            })
        };
        Picture {
            name: name.to_owned(),
            summary: format!("{name}, with what differs marked"),
            light: svg(Theme::Light),
            dark: svg(Theme::Dark),
        }
    }
}

/// The figures of both, side by side; without those that neither has.
fn figures(
    ours: &Document,
    mine: Option<&StreamResults>,
    other: &Document,
    theirs: Option<&StreamResults>,
    against: Against,
) -> Table {
    let unknown = || "unknown".to_owned();
    let text = |document: &Document, results: Option<&StreamResults>, index: usize| {
        let figure = results.and_then(|results| results.figures.get(index));
        let calendar = &document.calendar();
        figure.map_or_else(unknown, |figure| figure.text(calendar))
    };
    let limit = |document: &Document, results: Option<&StreamResults>| {
        let limit = results.and_then(|results| results.limit.as_ref());
        limit.map_or_else(unknown, |limit| {
            let names = limit.stations().map(|id| describe(document, id));
            names.collect::<Vec<_>>().join(", ")
        })
    };
    let mut rows = vec![[
        "The limit".to_owned(),
        limit(ours, mine),
        limit(other, theirs),
    ]];
    let kinds = mine.or(theirs).into_iter().flat_map(|any| &any.figures);
    rows.extend(kinds.enumerate().map(|(index, figure)| {
        [
            figure.kind.words().name.to_owned(),
            text(ours, mine, index),
            text(other, theirs, index),
        ]
    }));
    rows.retain(|[_, mine, theirs]| mine != "unknown" || theirs != "unknown");
    let rows = rows.into_iter().map(Vec::from).collect();
    let [here, there] = match against {
        Against::Other => ["Here", "There"],
        Against::Past => ["Now", "Then"],
    };
    Table::new(&["", here, there], rows)
}
