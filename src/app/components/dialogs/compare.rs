//! Two maps side by side: what differs, metric by metric, and taking over what is chosen.

use std::collections::BTreeSet;

use leptos::prelude::*;

use crate::app::browser::files::pick_text;
use crate::app::browser::storage::STORE;
use crate::app::browser::{now, random_id};
use crate::app::components::panels::choice;
use crate::app::components::panels::exhibit::{image, table};
use crate::app::plain::{effect, nothing, tag, text_of, together, view_of};
use crate::app::services::{saving, worker};
use crate::app::state::{App, use_app};
use crate::compare::Part;
use crate::format::json;
use crate::model::Id;
use crate::store::OpenDocument;
use crate::store::library::{self, Contents};
use crate::workbench::{Comparison, Differing, OtherText, Picture, Request};

/// The dialog.
pub fn compare() -> AnyView {
    let app = use_app();
    saving::flush(app);
    app.comparison.set(None);
    // What has changed is compared once more.
    effect(move || {
        app.document.track();
        if let Some(Ok(_)) = app.comparison.get_untracked() {
            worker::request(app, Request::Compare(None));
        }
    });
    let waits = RwSignal::new(false);
    let take = move |name: String, text: String| {
        waits.set(true);
        worker::request(app, Request::Compare(Some(OtherText { name, text })));
    };
    let from_file = move || pick_text(Box::new(take));
    let file_button = tag("button")
        .class("button")
        .press(from_file)
        .text("Compare with a file");
    together(vec![
        tag("div")
            .class("dialog-actions dialog-actions-top")
            .child(chooser(app, take))
            .child(file_button)
            .view(),
        comparison(app),
        view_of(move || match app.comparison.get() {
            Some(_) => nothing(),
            None if waits.get() => tag("p")
                .class("muted")
                .with("role", "status")
                .text("Looking…")
                .view(),
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

/// What the open map was compared with, if with anything.
pub fn comparison(app: App) -> AnyView {
    view_of(move || match app.comparison.get() {
        Some(Ok(comparison)) => compared(app, comparison),
        Some(Err(words)) => tag("p")
            .class("trouble")
            .with("role", "alert")
            .text(words)
            .view(),
        None => nothing(),
    })
}

/// The other documents of this browser.
fn chooser(app: App, take: impl Fn(String, String) + Copy + Send + Sync + 'static) -> AnyView {
    let own = app.with(|core| core.id);
    let listed = library::list(STORE).unwrap_or_default().into_iter();
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
                Ok(open) => take(name.unwrap_or_default(), json::write(open.document())),
                Err(error) => {
                    let words = format!("It cannot be read: {error}.");
                    app.comparison.set(Some(Err(words)));
                }
            }
        },
    )
    .view()
}

/// A map with what differs marked.
fn picture(app: App, picture: &Picture) -> AnyView {
    tag("figure")
        .class("compared")
        .child(tag("figcaption").text(picture.name.clone()))
        .child(image(app, picture))
        .view()
}

/// Everything about two maps.
fn compared(app: App, comparison: Comparison) -> AnyView {
    let pictures = comparison.pictures.iter();
    let mut row = tag("div")
        .class("compared-row")
        .with("id", "compared")
        .with("tabindex", "-1");
    for one in pictures {
        row = row.child(picture(app, one));
    }
    let list = match comparison.parts.is_empty() {
        true => tag("p")
            .text("Nothing differs but where things stand.")
            .view(),
        false => chosen_parts(app, comparison.parts),
    };
    together(vec![row.view(), table(&comparison.figures), list])
}

/// The list of what differs, to choose from.
fn chosen_parts(app: App, parts: Vec<Differing>) -> AnyView {
    let chosen: RwSignal<BTreeSet<usize>> = RwSignal::new(BTreeSet::new());
    let list: Vec<Part> = parts.iter().map(|differing| differing.part).collect();
    let rows = parts
        .into_iter()
        .enumerate()
        .map(move |(place, differing)| {
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
                    .child(tag("span").text(differing.name))
                    .child(tag("span").class("figure-status").text(differing.how)),
            )
        });
    let merge_them = move || {
        let wanted = chosen.get_untracked();
        let parts: Vec<Part> = wanted
            .iter()
            .filter_map(|place| list.get(*place))
            .copied()
            .collect();
        worker::request(app, Request::TakeOver(parts));
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
