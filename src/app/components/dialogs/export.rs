//! Export: the picture with its choices and a preview, and every other format.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::export_story::StoryPictures;
use crate::app::browser::files::image_address;
use crate::app::components::report::ReportPart;
use crate::app::services::export;
use crate::app::services::pictures::{self, Fit};
use crate::app::state::{App, use_app};
use crate::app::text::grouped;
use crate::editor::{PictureChoices, PictureColors, PictureFormat, PictureScale};
use crate::model::Id;
use crate::scene::Background;
use crate::worker::{ReportKind, WriteFor};

/// A picture with a longer text than this, in bytes, is exported but not shown: the browser would
/// stand still while it reads it.
const SHOWN: usize = 6_000_000;
/// How long the page has to say what it does before it does it, in milliseconds.
const TO_BE_SEEN: u32 = 40;

/// What of the diagram is in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Selection,
}

/// The dialog.
#[component]
pub fn Export() -> impl IntoView {
    view! {
        <Picture/>
        <StoryPictures/>
        <h3 class="export-others">"Other formats"</h3>
        <ReportPart kind=ReportKind::Writers/>
    }
}

/// The picture: how it looks, what is chosen, saving and copying.
#[component]
fn Picture() -> impl IntoView {
    let app = use_app();
    let part = RwSignal::new(Part::Whole);
    let selected = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.with(|core| core.editor.selection().iter().copied().collect::<Vec<Id>>())
    });
    let only = Memo::new(move |_| match part.get() {
        Part::Whole => Vec::new(),
        Part::Selection => selected.get(),
    });
    Effect::new(move |_| {
        app.document.track();
        app.loops.track();
        app.stream.track();
        app.theme.track();
        app.picture.track();
        export::preview(app, only.get());
    });
    on_cleanup(move || app.preview.set(None));
    view! {
        <div class="export">
            <Preview only/>
            <div class="export-choices">
                <Choices part selected/>
                <Buttons only/>
            </div>
        </div>
    }
}

/// The picture as it will be, and how large.
#[component]
fn Preview(only: Memo<Vec<Id>>) -> impl IntoView {
    let app = use_app();
    let is_clear =
        move || app.picture.with(|choices| choices.background) == Background::Transparent;
    let shown = move || {
        app.preview.with(|svg| match svg {
            None => view! { <p class="muted">"Drawing the picture…"</p> }.into_any(),
            Some(svg) if svg.len() > SHOWN => view! {
                <p class="muted">"Too large for a preview. It can be saved and copied."</p>
            }
            .into_any(),
            Some(svg) => {
                view! { <img src=image_address(svg) alt="The picture as it will be"/> }.into_any()
            }
        })
    };
    let size = Memo::new(move |_| {
        app.document.track();
        app.preview.track();
        words_of_size(app, app.picture.get(), &only.get())
    });
    view! {
        <figure class="export-preview" class:export-clear=is_clear>
            <div class="export-frame" role="status">
                {shown}
            </div>
            <figcaption class="muted small">{move || size.get()}</figcaption>
        </figure>
    }
}

fn words_of_size(app: App, choices: PictureChoices, only: &[Id]) -> String {
    if choices.format == PictureFormat::Svg {
        return "Sharp at any size; it opens here again.".to_owned();
    }
    let (width, height, fit) = pictures::size(app, only);
    let size = format!(
        "{} × {} pixels",
        grouped(width as u64),
        grouped(height as u64)
    );
    match fit {
        Fit::AsAsked => format!("{size}; it opens here again."),
        Fit::Reduced => format!("{size}, the most that every browser can make."),
    }
}

/// Everything that can be chosen.
#[component]
fn Choices(part: RwSignal<Part>, selected: Memo<Vec<Id>>) -> impl IntoView {
    let app = use_app();
    let choices = app.picture;
    let is_png = move || choices.with(|choices| choices.format) == PictureFormat::Png;
    let is_white = move || choices.with(|choices| choices.background) == Background::White;
    let nothing = move || selected.with(Vec::is_empty);
    let count = move || match selected.with(Vec::len) {
        0 => "Selection".to_owned(),
        count => format!("Selection ({count})"),
    };
    view! {
        <Options legend="Format">
            <Radio
                group="format"
                words="PNG"
                on=move || is_png()
                choose=move || pictures::choose(app, |it| it.format = PictureFormat::Png)
            />
            <Radio
                group="format"
                words="SVG"
                on=move || !is_png()
                choose=move || pictures::choose(app, |it| it.format = PictureFormat::Svg)
            />
        </Options>
        <Show when=is_png>
            <Options legend="Scale">
                {PictureScale::ALL
                    .map(|scale| {
                        let words = format!("{}×", scale.factor());
                        view! {
                            <Radio
                                group="scale"
                                words=words
                                on=move || choices.with(|choices| choices.scale) == scale
                                choose=move || pictures::choose(app, |it| it.scale = scale)
                            />
                        }
                    })}
            </Options>
        </Show>
        <Options legend="Background">
            {[
                (Background::Paper, "Paper"),
                (Background::White, "White"),
                (Background::Transparent, "Transparent"),
            ]
                .map(|(background, words)| {
                    view! {
                        <Radio
                            group="background"
                            words=words
                            on=move || choices.with(|choices| choices.background) == background
                            choose=move || pictures::choose(app, |it| it.background = background)
                        />
                    }
                })}
        </Options>
        <Options legend="Colours">
            {[
                (PictureColors::Shown, "As shown"),
                (PictureColors::Light, "Light"),
                (PictureColors::Dark, "Dark"),
            ]
                .map(|(colors, words)| {
                    view! {
                        <Radio
                            group="colours"
                            words=words
                            off=is_white
                            on=move || choices.with(|choices| choices.colors) == colors
                            choose=move || pictures::choose(app, |it| it.colors = colors)
                        />
                    }
                })}
        </Options>
        <Options legend="What">
            <Radio
                group="what"
                words="Whole diagram"
                on=move || part.get() == Part::Whole
                choose=move || part.set(Part::Whole)
            />
            <Radio
                group="what"
                words=Signal::derive(count)
                off=nothing
                on=move || part.get() == Part::Selection
                choose=move || part.set(Part::Selection)
            />
        </Options>
        <label class="check">
            <input
                type="checkbox"
                id="picture-title"
                prop:checked=move || choices.with(|choices| choices.title)
                on:change=move |event| {
                    let title = event_target_checked(&event);
                    pictures::choose(app, |it| it.title = title);
                }
            />
            <span>"Title"</span>
        </label>
        <label class="check">
            <input
                type="checkbox"
                id="picture-legend"
                prop:checked=move || choices.with(|choices| choices.legend)
                on:change=move |event| {
                    let legend = event_target_checked(&event);
                    pictures::choose(app, |it| it.legend = legend);
                }
            />
            <span>"Legend of the signs used"</span>
        </label>
        <label class="check">
            <input
                type="checkbox"
                id="picture-comments"
                prop:checked=move || choices.with(|choices| choices.comments)
                on:change=move |event| {
                    let comments = event_target_checked(&event);
                    pictures::choose(app, |it| it.comments = comments);
                }
            />
            <span>"Marks of open comments"</span>
        </label>
        <label class="check">
            <input
                type="checkbox"
                id="picture-experiments"
                prop:checked=move || choices.with(|choices| choices.experiments)
                on:change=move |event| {
                    let experiments = event_target_checked(&event);
                    pictures::choose(app, |it| it.experiments = experiments);
                }
            />
            <span>"Marks of experiments"</span>
        </label>
    }
}

/// A choice of one, under its name.
#[component]
pub fn Options(legend: &'static str, children: Children) -> impl IntoView {
    view! {
        <fieldset class="options">
            <legend>{legend}</legend>
            <div class="options-row">{children()}</div>
        </fieldset>
    }
}

/// One of what can be chosen.
#[component]
pub fn Radio(
    group: &'static str,
    #[prop(into)] words: Signal<String>,
    #[prop(into)] on: Signal<bool>,
    /// Whether it cannot be chosen now.
    #[prop(optional, into)]
    off: Signal<bool>,
    #[prop(into)] choose: Callback<()>,
) -> impl IntoView {
    view! {
        <label class="option">
            <input
                type="radio"
                name=group
                prop:checked=on
                prop:disabled=off
                on:change=move |_| choose.run(())
            />
            <span>{words}</span>
        </label>
    }
}

/// Saving and copying.
#[component]
fn Buttons(only: Memo<Vec<Id>>) -> impl IntoView {
    let app = use_app();
    let format = move || app.picture.with(|choices| choices.format);
    let is_busy = RwSignal::new(false);
    let save = move |_| match app.picture.with_untracked(|choices| choices.format) {
        PictureFormat::Svg => export::write(app, "svg", WriteFor::Saving, only.get_untracked()),
        PictureFormat::Png => {
            is_busy.set(true);
            // A large picture takes seconds, in which the page cannot say anything more.
            Timeout::new(TO_BE_SEEN, move || {
                pictures::export_png(app, only.get_untracked());
                is_busy.set(false);
            })
            .forget();
        }
    };
    let copy = move |_| match app.picture.with_untracked(|choices| choices.format) {
        PictureFormat::Svg => export::write(app, "svg", WriteFor::Copying, only.get_untracked()),
        PictureFormat::Png => only.with_untracked(|only| pictures::copy(app, only)),
    };
    view! {
        <div class="dialog-actions export-actions">
            <button class="button" id="copy-picture" on:click=copy>
                {move || format!("Copy {}", format().name())}
            </button>
            <button
                class="button button-primary"
                id="save-picture"
                prop:disabled=move || is_busy.get()
                on:click=save
            >
                {move || match is_busy.get() {
                    true => "Making the PNG…".to_owned(),
                    false => format!("Save {}", format().name()),
                }}
            </button>
        </div>
    }
}
