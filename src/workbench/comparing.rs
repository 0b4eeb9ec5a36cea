//! Comparing the map with another: what differs in words, metric by metric, and in pictures.

use super::comparison::{Comparison, Differing};
use super::exhibit::{Picture, Table};
use crate::compare::{Difference, DifferenceKind, Part, aligned, differences, merge};
use crate::editor::{describe, marks_of};
use crate::format::{self, json};
use crate::model::{Document, Patch};
use crate::scene::{MeasureText, Scene, Tag, TagKind, Theme};
use crate::stream::{StreamReport, StreamResults};

/// Around what is drawn, in world units.
const MARGIN: f64 = 32.0;

/// The other map, under the ids of ours.
#[derive(Debug)]
pub(super) struct Other {
    name: String,
    document: Document,
}

impl Other {
    /// The other map from the text of its file, or why it cannot be read.
    pub(super) fn of(ours: &Document, name: String, text: &str) -> Result<Self, String> {
        match json::read(text) {
            Ok(opened) => Ok(Self::from_document(ours, name, &opened.document)),
            Err(error) => Err(format!("{name} was not opened: {error}.")),
        }
    }

    /// The other map as it is, under the ids of ours.
    pub(super) fn from_document(ours: &Document, name: String, other: &Document) -> Self {
        Self {
            name,
            document: aligned(ours, other),
        }
    }

    /// The patch that takes over these parts.
    pub(super) fn taken_over(&self, ours: &Document, parts: &[Part]) -> Patch {
        merge(ours, &self.document, parts)
    }

    /// Everything about the two.
    pub(super) fn compared(&self, ours: &Document, measure: &dyn MeasureText) -> Comparison {
        let found = differences(ours, &self.document);
        let title = match ours.properties().title.as_str() {
            "" => "This map",
            title => title,
        };
        let (mine, theirs) = (StreamReport::of(ours), StreamReport::of(&self.document));
        let pictures = vec![
            picture(ours, &mine, &found, title, measure),
            picture(&self.document, &theirs, &found, &self.name, measure),
        ];
        let figures = match (mine.main(), theirs.main()) {
            (None, None) => Table::default(),
            (mine, theirs) => figures(ours, mine, &self.document, theirs),
        };
        let parts = found.iter().map(|difference| {
            let from = match difference.kind {
                DifferenceKind::Added => &self.document,
                _ => ours,
            };
            Differing {
                part: Part::Record(difference.id),
                name: describe(from, difference.id),
                how: word_of(&difference.kind),
            }
        });
        let mut parts: Vec<Differing> = parts.collect();
        if ours.properties().stream != self.document.properties().stream {
            parts.push(Differing {
                part: Part::Settings,
                name: "Calendar, WIP limit and words".to_owned(),
                how: "differs".to_owned(),
            });
        }
        Comparison {
            pictures,
            figures,
            parts,
        }
    }
}

/// How a difference is called.
fn word_of(kind: &DifferenceKind) -> String {
    match kind {
        DifferenceKind::Added => "only there".to_owned(),
        DifferenceKind::Removed => "only here".to_owned(),
        DifferenceKind::Changed(fields) => format!("differs: {}", fields.join(", ")),
    }
}

/// A map with what differs marked.
fn picture(
    document: &Document,
    report: &StreamReport,
    found: &[Difference],
    name: &str,
    measure: &dyn MeasureText,
) -> Picture {
    let mut scene = Scene::new(document, measure);
    let mut marks = marks_of(document, report);
    marks
        .tags
        .retain(|tag| !matches!(tag.kind, TagKind::Constraint | TagKind::RunnerUp));
    marks.tags.extend(found.iter().map(|difference| {
        let (words, kind) = match &difference.kind {
            DifferenceKind::Added => ("only there", TagKind::Added),
            DifferenceKind::Removed => ("only here", TagKind::Removed),
            DifferenceKind::Changed(_) => ("differs", TagKind::Changed),
        };
        Tag {
            id: difference.id,
            words: words.to_owned(),
            kind,
        }
    }));
    scene.set_marks(document, marks, measure);
    let svg = |theme| {
        format::svg(&format::Picture {
            document,
            scene: &scene,
            loops: &[],
            theme,
            margin: MARGIN,
            carries: format::Carries::Nothing,
        })
    };
    Picture {
        name: name.to_owned(),
        summary: format!("{name}, with what differs marked"),
        light: svg(Theme::Light),
        dark: svg(Theme::Dark),
    }
}

/// The figures of both, side by side; without those that neither has.
fn figures(
    ours: &Document,
    mine: Option<&StreamResults>,
    other: &Document,
    theirs: Option<&StreamResults>,
) -> Table {
    let unknown = || "unknown".to_owned();
    let text = |document: &Document, results: Option<&StreamResults>, place: usize| {
        let figure = results.and_then(|results| results.figures.get(place));
        let calendar = &document.properties().stream.calendar;
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
    rows.extend(kinds.enumerate().map(|(place, figure)| {
        [
            figure.kind.words().name.to_owned(),
            text(ours, mine, place),
            text(other, theirs, place),
        ]
    }));
    rows.retain(|[_, mine, theirs]| mine != "unknown" || theirs != "unknown");
    let rows = rows.into_iter().map(Vec::from).collect();
    Table::new(&["", "Here", "There"], rows)
}
