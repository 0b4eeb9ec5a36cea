//! All actions, and by their names variables, loops, diagrams and templates, found by typing.

use leptos::prelude::*;

use crate::app::browser::storage::STORE;
use crate::app::browser::{focus, in_time};
use crate::app::components::chooser::{Aside, Choice, Chooser, Found, has_words};
use crate::app::dispatch::{act, dispatch};
use crate::app::services::templates::{self, Template};
use crate::app::services::{documents, notify, people, saving};
use crate::app::state::{App, Page, use_app};
use crate::editor::{Action, Event, Seek, actions};
use crate::model::{Id, LoopKey, isolated};
use crate::store::library::{self, Contents, Listed};

/// How many things of a kind are shown at the most.
const MOST: usize = 20;

/// The actions whose label has every typed word and that can be done now; without a word the
/// recent ones come first.
fn found_actions(app: App, typed: &str) -> Vec<Found> {
    let recent = app.recent.get_untracked();
    let mut rows: Vec<Action> = app.with(|core| {
        let rows = actions().filter(|row| row.action != Action::Palette);
        let can = rows.filter(|row| {
            let can = core.editor.allows(row.action) && core.editor.holds(row.when);
            can && people::allows(core, row.action) && has_words(row.label, typed)
        });
        can.map(|row| row.action).collect()
    });
    if typed.trim().is_empty() {
        // In their order otherwise.
        rows.sort_by_key(|action| recent.iter().position(|one| one == action).unwrap_or(MOST));
    }
    let keys = rows
        .iter()
        .map(|action| app.with(|core| core.editor.shortcut_of(*action)));
    let keys: Vec<String> = keys.collect();
    let entry = |(action, key): (&Action, String)| Found {
        choice: Choice::Action(*action),
        words: action.label().to_owned(),
        aside: Aside::Key(key),
    };
    rows.iter().zip(keys).map(entry).collect()
}

/// Variables, steps and notes of this name, then loops.
fn found_things(app: App, typed: &str) -> Vec<Found> {
    app.with(|core| {
        let (editor, document) = (&core.editor, core.editor.document());
        let kinds: [(&'static str, Vec<Id>); 3] = [
            ("Variable", document.variables().keys().copied().collect()),
            ("Step", document.flow_order()),
            ("Note", document.notes().keys().copied().collect()),
        ];
        let mut found = Vec::new();
        for (kind, ids) in kinds {
            let things = ids.into_iter().map(|id| Found {
                choice: Choice::Record(id),
                words: editor.describe(id),
                aside: Aside::Kind(kind),
            });
            found.extend(
                things
                    .filter(|thing| has_words(&thing.words, typed))
                    .take(MOST),
            );
        }
        let loops = editor.report().loops.iter().map(|named| {
            let label = document.label_of(&named.key);
            let name = label.map(|(_, label)| isolated(label.name.trim()).into_owned());
            Found {
                choice: Choice::Loop(named.key.clone()),
                words: format!("{} {}", named.code, name.unwrap_or_default()),
                aside: Aside::Kind("Loop"),
            }
        });
        let tags = document.tags().into_iter().map(|(tag, _)| Found {
            choice: Choice::Tag(tag.to_owned()),
            words: format!("Show only {}", isolated(tag)),
            aside: Aside::Kind("Tag"),
        });
        found.extend(tags.filter(|one| has_words(&one.words, typed)).take(MOST));
        found.extend(loops.filter(|one| has_words(&one.words, typed)).take(MOST));
        found
    })
}

/// The diagrams of this browser with these words in their titles.
fn found_documents(listed: &[Listed], typed: &str) -> Vec<Found> {
    let here = listed.iter().filter(|one| one.deleted_at.is_none());
    let found = here.filter_map(|one| match &one.contents {
        Contents::Sound { title, .. } => Some(Found {
            choice: Choice::Document(one.id),
            words: isolated(title).into_owned(),
            aside: Aside::Kind("Diagram"),
        }),
        Contents::Unreadable => None,
    });
    found
        .filter(|one| has_words(&one.words, typed))
        .take(MOST)
        .collect()
}

fn found_templates(templates: &[Template], typed: &str) -> Vec<Found> {
    let found = templates.iter().map(|one| Found {
        choice: Choice::Template(one.file.clone(), one.title.clone()),
        words: one.title.clone(),
        aside: Aside::Kind("Template"),
    });
    found
        .filter(|one| has_words(&one.words, typed))
        .take(MOST)
        .collect()
}

/// Shows a loop: it stays lit, and its badge comes into the middle.
fn show_loop(app: App, key: LoopKey) {
    let place = app.with(|core| {
        let mut badges = core.editor.scene().badges().iter();
        badges
            .find(|badge| badge.key == key)
            .map(|badge| badge.center)
    });
    let words = app.with(|core| {
        let document = core.editor.document();
        let mut loops = core.editor.report().loops.iter();
        let named = loops.find(|named| named.key == key)?;
        let name = document.label_of(&key).map(|(_, label)| label.name.trim());
        let name = name.filter(|name| !name.is_empty());
        let name = name.map_or_else(String::new, |name| format!(" {}", isolated(name)));
        Some(format!(
            "{}{name} lit: {}",
            named.code,
            named.sentence(document)
        ))
    });
    dispatch(app, Event::ChooseLoop(Some(key)));
    if let Some(words) = words {
        notify::announce(app, words);
    }
    focus("#canvas");
    if let Some(place) = place {
        dispatch(app, Event::LookAt(place));
    }
}

/// The command palette.
#[component]
pub fn Palette() -> impl IntoView {
    let app = use_app();
    let may_open = app.page == Page::Editor;
    let listed = StoredValue::new(Vec::new());
    let templates = RwSignal::new(Vec::new());
    if may_open {
        // What is on the screen must be in the storage before it is listed.
        saving::flush(app);
        listed.set_value(library::list(STORE).unwrap_or_default());
        in_time(async move {
            // Without a connection there are none to be found.
            if let Ok(list) = templates::list().await {
                // The palette may be closed by then.
                let _ = templates.try_set(list);
            }
        });
    }
    let find = move |typed: String| {
        let mut found = found_actions(app, &typed);
        if !typed.trim().is_empty() {
            found.extend(found_things(app, &typed));
            found.extend(listed.with_value(|listed| found_documents(listed, &typed)));
            found.extend(templates.with(|templates| found_templates(templates, &typed)));
        }
        found
    };
    let choose = move |choice| {
        app.dialog.set(None);
        match choice {
            Choice::Action(action) => {
                app.recent.update(|recent| {
                    recent.retain(|one| *one != action);
                    recent.insert(0, action);
                    recent.truncate(MOST);
                });
                act(app, action);
            }
            Choice::Record(id) => {
                dispatch(app, Event::Find(Seek::Show(id)));
                focus("#canvas");
            }
            Choice::Loop(key) => show_loop(app, key),
            Choice::Tag(tag) => dispatch(app, Event::ShowTag(Some(tag))),
            Choice::Document(id) => documents::open(app, id),
            Choice::Template(file, title) => templates::open(app, file, title),
        }
    };
    view! {
        <Chooser
            label="Command"
            list_label="Commands"
            placeholder="Find a command, a variable, a loop, a diagram"
            nothing="No command"
            find
            choose
        />
    }
}
