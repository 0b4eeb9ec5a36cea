//! How a step shows what is selected on the canvas, all else, what is in view, and when of a run.

use leptos::prelude::*;

use crate::app::components::field::Choice;
use crate::app::components::icon::IconButton;
use crate::app::services::stories;
use crate::app::state::{App, use_app};
use crate::editor::{MarkAs, look_in_step, mark_records, show_rest, without_moment};
use crate::model::{Area, ElementKind, Id, Rest, Showing, StoryStep, StoryView, number_text};

/// What can be done with the selection: its words, and how the records are shown then.
const MARKS: [(&str, MarkAs); 5] = [
    ("Light", MarkAs::Shown(Showing::Lit)),
    ("Dim", MarkAs::Shown(Showing::Dimmed)),
    ("Hide", MarkAs::Shown(Showing::Hidden)),
    ("Plain", MarkAs::Shown(Showing::Plain)),
    ("As the rest", MarkAs::Rest),
];

/// What is selected and how the step marks it, where it marks all of it alike.
fn selected(app: App, step: &StoryStep) -> (usize, Option<MarkAs>) {
    app.with(|core| {
        let document = core.editor.document();
        let selection = core.editor.selection().iter();
        let drawn: Vec<Id> = selection
            .filter(|id| {
                let kind = document.kind_of(**id);
                kind.is_some_and(ElementKind::can_be_shown)
            })
            .copied()
            .collect();
        let mark = |id: &Id| {
            let mark = step.marks.iter().find(|mark| mark.about == *id);
            mark.map_or(MarkAs::Rest, |mark| MarkAs::Shown(mark.how))
        };
        let first = drawn.first().map(mark);
        let is_common = drawn.iter().all(|id| Some(mark(id)) == first);
        (drawn.len(), first.filter(|_| is_common))
    })
}

/// The buttons that mark what is selected.
#[component]
pub fn Selected(
    /// The step.
    id: Id,
    /// What it is now.
    step: Memo<Option<StoryStep>>,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        step.with(|step| step.as_ref().map(|step| selected(app, step)))
            .unwrap_or_default()
    });
    let mark = move |how: MarkAs| {
        let ids = app.with(|core| core.editor.selection().clone());
        stories::change(app, |document| mark_records(document, id, &ids, how));
    };
    let button = move |(words, how): (&'static str, MarkAs)| {
        view! {
            <button
                class="button"
                aria-pressed=move || (now.get().1 == Some(how)).to_string()
                on:click=move |_| mark(how)
            >
                {words}
            </button>
        }
    };
    let words = move || match now.get().0 {
        1 => "1 thing is selected. In this step, show it:".to_owned(),
        count => format!("{count} things are selected. In this step, show them:"),
    };
    view! {
        <div class="story-part" role="group" aria-label="What is selected">
            <Show
                when=move || now.with(|now| now.0 != 0)
                fallback=|| {
                    view! {
                        <p class="story-hint">
                            "Select something on the canvas to light, dim or hide it in this step."
                        </p>
                    }
                }
            >
                <p class="story-hint">{words}</p>
                <div class="story-buttons">{MARKS.map(button).collect_view()}</div>
            </Show>
        </div>
    }
}

/// Options of a choice: values and words.
fn options<const N: usize>(all: [(&str, &str); N]) -> Vec<(String, String)> {
    all.map(|(value, words)| (value.to_owned(), words.to_owned()))
        .to_vec()
}

/// How all else is shown, what is in view, and the time of the run.
#[component]
pub fn Marks(
    /// The step.
    id: Id,
    /// What it is now.
    step: Memo<Option<StoryStep>>,
) -> impl IntoView {
    let app = use_app();
    let rest = move || {
        let rest = step.with(|step| step.as_ref().map(|step| step.rest));
        match rest.unwrap_or_default() {
            Rest::Plain => "plain",
            Rest::Dimmed => "dimmed",
            Rest::Hidden => "hidden",
        }
        .to_owned()
    };
    let keep_rest = move |value: String| {
        let rest = match value.as_str() {
            "dimmed" => Rest::Dimmed,
            "hidden" => Rest::Hidden,
            _ => Rest::Plain,
        };
        stories::change(app, |document| show_rest(document, id, rest));
    };
    let view = move || {
        let view = step.with(|step| step.as_ref().map(|step| step.view));
        match view.unwrap_or_default() {
            StoryView::Fit => "fit",
            StoryView::Lit => "lit",
            StoryView::Area(_) => "area",
        }
        .to_owned()
    };
    let keep_view = move |value: String| {
        let view = match value.as_str() {
            "lit" => StoryView::Lit,
            "area" => {
                let framed = app.with(|core| core.editor.view().framed());
                StoryView::Area(Area::of(&framed))
            }
            _ => StoryView::Fit,
        };
        stories::change(app, |document| look_in_step(document, id, view));
    };
    let moment = Memo::new(move |_| step.with(|step| step.as_ref().and_then(|step| step.moment)));
    view! {
        <div class="story-part">
            <label class="story-pair">
                <span>"All else"</span>
                <Choice
                    options=options([
                        ("plain", "As it is drawn"),
                        ("dimmed", "Dimmed"),
                        ("hidden", "Hidden"),
                    ])
                    chosen=Signal::derive(rest)
                    keep=keep_rest
                />
            </label>
            <label class="story-pair">
                <span>"In view"</span>
                <Choice
                    options=options([
                        ("fit", "All that is shown"),
                        ("lit", "What is lit"),
                        ("area", "The part in sight now"),
                    ])
                    chosen=Signal::derive(view)
                    keep=keep_view
                />
            </label>
            <Show when=move || moment.with(Option::is_some)>
                <div class="story-line">
                    <span>
                        "The run at " {move || moment.get().map(number_text).unwrap_or_default()}
                    </span>
                    <IconButton
                        picture=icondata_lu::LuX
                        name="Show no time of the run"
                        title="Show no time of the run"
                        on:click=move |_| {
                            stories::change(app, |document| without_moment(document, id));
                        }
                    />
                </div>
            </Show>
        </div>
    }
}
