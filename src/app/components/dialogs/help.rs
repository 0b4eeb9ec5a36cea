//! Keys and a short introduction, from the one table of actions.

use leptos::prelude::*;

use crate::editor::ActionGroup;

/// What the pointer does, and how: in words, or with a key held.
const POINTER: [(&str, Gesture); 7] = [
    ("New variable", Gesture::Words("double-click")),
    ("New link", Gesture::Words("drag from an edge")),
    ("Bend a link", Gesture::Words("drag it")),
    ("Copy while dragging", Gesture::Key("Alt")),
    ("Move without snapping", Gesture::Key("Ctrl")),
    ("Pan", Gesture::Words("wheel, or space and drag")),
    ("Zoom", Gesture::Words("Ctrl and wheel, or pinch")),
];

enum Gesture {
    Words(&'static str),
    Key(&'static str),
}

/// Keys and help.
#[component]
pub fn Help() -> impl IntoView {
    view! {
        <div class="help-intro">
            <p>
                "A variable is a quantity that can rise or fall. A link says what it does to \
                 another: "
                <strong>"+"</strong>
                " moves it in the same direction, "
                <strong>"−"</strong>
                " in the opposite direction, "
                <strong>"?"</strong>
                " says that nobody knows yet."
            </p>
            <p>
                "A loop with an even number of − "
                <span class="kind kind-reinforcing">"reinforces"</span>
                ": change feeds itself. With an odd number it "
                <span class="kind kind-balancing">"balances"</span>
                ": change meets resistance."
            </p>
        </div>
        <div class="help-groups">
            {ActionGroup::ALL.into_iter().map(group).collect_view()}
            <section>
                <h3>"Pointer"</h3>
                <dl>{POINTER.map(gesture).collect_view()}</dl>
            </section>
        </div>
    }
}

fn group(group: ActionGroup) -> impl IntoView {
    let rows = group.rows().iter().filter(|row| !row.keys.is_empty());
    let entries = rows.map(|row| {
        let keys = row.keys.iter().take(2);
        let keys = keys.map(|key| view! { <kbd>{key.written()}</kbd> });
        view! {
            <div>
                <dt>{row.label}</dt>
                <dd>{keys.collect_view()}</dd>
            </div>
        }
    });
    view! {
        <section>
            <h3>{group.title()}</h3>
            <dl>{entries.collect_view()}</dl>
        </section>
    }
}

fn gesture((what, how): (&'static str, Gesture)) -> impl IntoView {
    let how = match how {
        Gesture::Words(words) => words.into_any(),
        Gesture::Key(name) => view! { <kbd>{name}</kbd> }.into_any(),
    };
    view! {
        <div>
            <dt>{what}</dt>
            <dd>{how}</dd>
        </div>
    }
}
