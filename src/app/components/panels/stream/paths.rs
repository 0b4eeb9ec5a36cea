//! The paths through a stream, and the name of the one that is selected.

use leptos::prelude::*;

use crate::app::components::field::InputField;
use crate::app::components::report::ReportPart;
use crate::app::dispatch::dispatch;
use crate::app::state::use_app;
use crate::editor::{Command, Event, selected_path};
use crate::model::Id;
use crate::worker::ReportKind;

/// The list of paths, and below it the name of the selected one.
#[component]
pub fn Paths() -> impl IntoView {
    let app = use_app();
    let path = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.with(|core| selected_path(core.editor.document(), core.editor.selection()))
    });
    let name = Memo::new(move |_| {
        app.document.track();
        let path = path.get().unwrap_or_default();
        app.with(|core| {
            let names = &core.editor.document().properties().stream.paths;
            names.of(&path).unwrap_or_default().to_owned()
        })
    });
    let keep = move |typed: String| {
        let path: Vec<Id> = path.get_untracked().unwrap_or_default();
        let mut settings = app.with(|core| core.editor.document().properties().stream.clone());
        settings.paths.set(&path, typed.trim());
        dispatch(app, Event::Do(Command::SetStream(settings)));
    };
    view! {
        <ReportPart kind=ReportKind::Paths/>
        <Show when=move || path.with(Option::is_some)>
            <div class="measure">
                <label class="measure-name" for="path-name">
                    "Name of this path"
                </label>
                <InputField
                    value=name
                    keep=keep
                    attr:class="field"
                    attr:id="path-name"
                    attr:maxlength="200"
                    attr:autocomplete="off"
                />
            </div>
        </Show>
    }
}
