//! The story as pictures for slides, or on paper.

use leptos::prelude::*;

use super::export::{Options, Radio};
use crate::app::dispatch::act;
use crate::app::services::step_pictures;
use crate::app::state::use_app;
use crate::app::text::counted;
use crate::editor::{Action, PictureFormat};
use crate::format::StepFrame;

/// What is chosen for the pictures, and the buttons that make them. Format, colours and ground are
/// those of the picture above.
#[component]
pub fn StoryPictures() -> impl IntoView {
    let app = use_app();
    let frame = RwSignal::new(StepFrame::Slide);
    let count = Memo::new(move |_| {
        app.document.track();
        app.loops.track();
        app.with(|core| match core.editor.document().is_empty() {
            true => 0,
            false => core.editor.told_steps().len(),
        })
    });
    let format = move || app.picture.with(|choices| choices.format);
    let what = move || {
        let pictures = counted(count.get(), "picture");
        let size = match format() {
            PictureFormat::Png => "PNG, 1,920 × 1,080 pixels",
            PictureFormat::Svg => "SVG, 16 to 9",
        };
        format!("{pictures}, {size}, in the colours chosen above.")
    };
    view! {
        <Show when=move || count.get() != 0>
            <h3 class="export-others" id="export-story">"Story as pictures"</h3>
            <div class="export-story" role="group" aria-labelledby="export-story">
                <Options legend="On each">
                    <Radio
                        group="step-frame"
                        words="With title and words"
                        on=move || frame.get() == StepFrame::Slide
                        choose=move || frame.set(StepFrame::Slide)
                    />
                    <Radio
                        group="step-frame"
                        words="Picture alone"
                        on=move || frame.get() == StepFrame::Bare
                        choose=move || frame.set(StepFrame::Bare)
                    />
                </Options>
                <p class="muted small">{what}</p>
                <label class="check">
                    <input
                        type="checkbox"
                        id="story-notes"
                        prop:checked=app.story_notes
                        on:change=move |event| app.story_notes.set(event_target_checked(&event))
                    />
                    <span>"Speaker’s notes below each page that is printed"</span>
                </label>
                <div class="dialog-actions export-actions">
                    <button
                        class="button"
                        id="print-story"
                        on:click=move |_| act(app, Action::PrintStory)
                    >
                        "Print the story…"
                    </button>
                    <button
                        class="button"
                        id="save-story"
                        on:click=move |_| {
                            let format = app.picture.with_untracked(|choices| choices.format);
                            step_pictures::save_story(app, format, frame.get_untracked());
                        }
                    >
                        {move || match count.get() {
                            1 => "Save the picture",
                            _ => "Save all as ZIP",
                        }}
                    </button>
                </div>
            </div>
        </Show>
    }
}
