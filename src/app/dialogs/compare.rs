//! Two maps side by side: what differs, metric by metric, and taking over what is chosen.

use std::collections::BTreeSet;

use leptos::prelude::AnyView;

use crate::app::browser::{now, random_id};
use crate::app::files::{pick_file, read_file, scene_image};
use crate::app::local::STORE;
use crate::app::panels::{choice, table};
use crate::app::plain::{Known, Value, nothing, tag, text_of, together, view_of};
use crate::app::state::{App, use_app};
use crate::compare::{Difference, DifferenceKind, Part, aligned, differences, merge};
use crate::editor::{Command, Event, describe, marks_of};
use crate::model::{Document, Id};
use crate::scene::{Scene, Tag as Word, TagKind};
use crate::store::OpenDocument;
use crate::store::shelf::{self, Contents};
use crate::stream::{StreamReport, StreamResults};

/// The other map, under the ids of the open document.
#[derive(Clone, PartialEq)]
struct Other {
    name: String,
    document: Document,
}

/// The dialog.
pub fn compare() -> AnyView {
    let app = use_app();
    app.settle();
    let other: Value<Option<Other>> = Value::new(None);
    let trouble = Value::new(String::new());
    let ours = Known::new(move || {
        app.document.track();
        app.with(|core| core.editor.committed_document())
    });
    let take = move |name: String, document: Document| {
        trouble.set(String::new());
        let document = ours.with(|ours| aligned(ours, &document));
        other.set(Some(Other { name, document }));
    };
    let from_file = move || {
        pick_file(move |file| {
            let name = file.name();
            read_file(file, move |text| match crate::format::json::read(&text) {
                Ok(opened) => take(name, opened.document),
                Err(error) => trouble.set(format!("{name} was not opened: {error}.")),
            });
        });
    };
    let file_button = tag("button")
        .class("button")
        .press(from_file)
        .text("Compare with a file");
    together(vec![
        tag("div")
            .class("dialog-actions dialog-actions-top")
            .child(chooser(app, take, trouble))
            .child(file_button)
            .view(),
        view_of(move || match trouble.get() {
            words if words.is_empty() => nothing(),
            words => tag("p")
                .class("trouble")
                .with("role", "alert")
                .text(words)
                .view(),
        }),
        view_of(move || match other.get() {
            Some(other) => ours.with(|ours| compared(app, ours, other)),
            None => tag("p")
                .class("muted")
                .text(
                    "Choose the other map: a future state, or somebody else's view of the same \
                     stream. What has the same name is taken to be the same.",
                )
                .view(),
        }),
    ])
}

/// The other documents of this browser.
fn chooser(
    app: App,
    take: impl Fn(String, Document) + Copy + Send + Sync + 'static,
    trouble: Value<String>,
) -> AnyView {
    let own = app.with(|core| core.id);
    let listed = shelf::list(STORE).unwrap_or_default().into_iter();
    let sound = listed.filter_map(|listed| match listed.contents {
        Contents::Sound { title, .. } if listed.id != own && listed.deleted_at.is_none() => {
            let title = if title.is_empty() {
                "Untitled diagram".to_owned()
            } else {
                title
            };
            Some((listed.id.to_string(), title))
        }
        _ => None,
    });
    let sound: Vec<(String, String)> = sound.collect();
    let none = [(
        String::new(),
        "Compare with a diagram of this browser".to_owned(),
    )];
    let names = sound.clone();
    choice(
        "The other map",
        none.into_iter().chain(sound),
        "",
        move |typed| {
            let Ok(id) = typed.parse::<Id>() else {
                return;
            };
            let name = names
                .iter()
                .find(|(id, _)| *id == typed)
                .map(|(_, name)| name.clone());
            match OpenDocument::open(STORE, id, random_id(), now()) {
                Ok(open) => take(name.unwrap_or_default(), open.document().clone()),
                Err(error) => trouble.set(format!("It cannot be read: {error}.")),
            }
        },
    )
    .view()
}

/// How a difference is called.
fn word_of(kind: &DifferenceKind) -> String {
    match kind {
        DifferenceKind::Added => "only there".to_owned(),
        DifferenceKind::Removed => "only here".to_owned(),
        DifferenceKind::Changed(fields) => format!("differs: {}", fields.join(", ")),
    }
}

/// The document with what differs lit, as a picture.
fn lit_picture(app: App, document: &Document, found: &[Difference], name: &str) -> AnyView {
    let image = app.with(|core| {
        let mut scene = Scene::new(document, &*core.measure);
        let mut marks = marks_of(document, &StreamReport::of(document));
        marks
            .tags
            .retain(|tag| !matches!(tag.kind, TagKind::Constraint | TagKind::RunnerUp));
        marks.tags.extend(found.iter().map(|difference| {
            let (words, kind) = match &difference.kind {
                DifferenceKind::Added => ("only there", TagKind::Added),
                DifferenceKind::Removed => ("only here", TagKind::Removed),
                DifferenceKind::Changed(_) => ("differs", TagKind::Changed),
            };
            Word {
                id: difference.id,
                words: words.to_owned(),
                kind,
            }
        }));
        scene.set_marks(document, marks, &*core.measure);
        scene_image(document, &scene, core.theme)
    });
    tag("figure")
        .class("compared")
        .child(tag("figcaption").text(name.to_owned()))
        .child(
            tag("img")
                .with("src", image)
                .with("alt", format!("{name}, with what differs marked")),
        )
        .view()
}

/// Everything about two maps.
fn compared(app: App, ours: &Document, other: Other) -> AnyView {
    let found = differences(ours, &other.document);
    let settings = ours.properties().stream != other.document.properties().stream;
    let title = ours.properties().title.clone();
    let title = if title.is_empty() {
        "This map".to_owned()
    } else {
        title
    };
    let pictures = tag("div")
        .class("compared-row")
        .child(lit_picture(app, ours, &found, &title))
        .child(lit_picture(app, &other.document, &found, &other.name));
    let (mine, theirs) = (StreamReport::of(ours), StreamReport::of(&other.document));
    let metrics = match (mine.main(), theirs.main()) {
        (None, None) => nothing(),
        (mine, theirs) => metrics(ours, mine, &other.document, theirs),
    };
    let mut parts: Vec<(Part, String, String)> = found
        .iter()
        .map(|difference| {
            let from = match difference.kind {
                DifferenceKind::Added => &other.document,
                _ => ours,
            };
            let words = describe(from, difference.id);
            (
                Part::Record(difference.id),
                words,
                word_of(&difference.kind),
            )
        })
        .collect();
    if settings {
        let words = "Calendar, WIP limit and words".to_owned();
        parts.push((Part::Settings, words, "differs".to_owned()));
    }
    if parts.is_empty() {
        let same = tag("p").text("Nothing differs but where things stand.");
        return together(vec![pictures.view(), metrics, same.view()]);
    }
    together(vec![
        pictures.view(),
        metrics,
        chosen_parts(app, parts, other),
    ])
}

/// The list of what differs, to choose from.
fn chosen_parts(app: App, parts: Vec<(Part, String, String)>, other: Other) -> AnyView {
    let chosen: Value<BTreeSet<usize>> = Value::new(BTreeSet::new());
    let list: Vec<Part> = parts.iter().map(|(part, ..)| *part).collect();
    let rows = parts
        .into_iter()
        .enumerate()
        .map(move |(place, (_, words, how))| {
            let check = tag("input")
                .with("type", "checkbox")
                .with("id", format!("difference-{place}"))
                .on("change", move |_| {
                    chosen.update(|chosen| {
                        if !chosen.remove(&place) {
                            chosen.insert(place);
                        }
                    });
                });
            tag("li").child(
                tag("label")
                    .class("difference")
                    .child(check)
                    .child(tag("span").text(words))
                    .child(tag("span").class("figure-status").text(how)),
            )
        });
    let merge_them = move || {
        let wanted = chosen.get_untracked();
        let parts: Vec<Part> = wanted
            .iter()
            .filter_map(|place| list.get(*place))
            .copied()
            .collect();
        let patch = app.with(|core| merge(core.editor.document(), &other.document, &parts));
        app.dispatch(Event::Do(Command::Apply(patch)));
    };
    let label = move || match chosen.get().len() {
        0 => "Choose what to take over".to_owned(),
        1 => "Take over 1 difference".to_owned(),
        count => format!("Take over {count} differences"),
    };
    let button = tag("button")
        .class("button button-primary")
        .with("id", "merge-chosen")
        .press(merge_them)
        .text(text_of(label));
    together(vec![
        tag("h3").text("What differs").view(),
        tag("ul").class("differences").children(rows).view(),
        tag("div").class("dialog-actions").child(button).view(),
    ])
}

/// The figures of both, side by side.
fn metrics(
    ours: &Document,
    mine: Option<&StreamResults>,
    other: &Document,
    theirs: Option<&StreamResults>,
) -> AnyView {
    let text = |document: &Document, results: Option<&StreamResults>, place: usize| {
        let figure = results.and_then(|results| results.figures.get(place));
        figure.map_or_else(
            || "unknown".to_owned(),
            |figure| figure.text(&document.properties().stream.calendar),
        )
    };
    let any = mine.or(theirs);
    let kinds = any
        .map(|results| results.figures.iter().map(|figure| figure.kind))
        .into_iter()
        .flatten();
    let limit = |document: &Document, results: Option<&StreamResults>| {
        let limit = results.and_then(|results| results.limit.as_ref());
        limit.map_or_else(
            || "unknown".to_owned(),
            |limit| {
                let names: Vec<String> =
                    limit.stations().map(|id| describe(document, id)).collect();
                names.join(", ")
            },
        )
    };
    let mut rows = vec![vec![
        "The limit".to_owned(),
        limit(ours, mine),
        limit(other, theirs),
    ]];
    rows.extend(kinds.enumerate().map(|(place, kind)| {
        vec![
            kind.words().name.to_owned(),
            text(ours, mine, place),
            text(other, theirs, place),
        ]
    }));
    rows.retain(|row| row[1] != "unknown" || row[2] != "unknown");
    table(&["", "Here", "There"], rows)
}
