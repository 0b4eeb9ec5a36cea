//! The end: the story that begins from the sheet, and the report.

use leptos::prelude::*;

use crate::app::components::icon::Icon;
use crate::app::services::{export, retrospectives};
use crate::app::state::use_app;
use crate::model::Id;
use crate::worker::WriteFor;

/// The ways to tell it.
#[component]
pub fn Tell(
    /// The sheet.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    view! {
        <div class="story-ways">
            <button class="story-way" on:click=move |_| retrospectives::tell(app, id)>
                <Icon picture=icondata_lu::LuBookOpen/>
                <strong>"Begin a story from it"</strong>
                <span>
                    "The event and its facts, what varied, loop by loop, the leverage point, the \
                     experiment. Change its words, then present it."
                </span>
            </button>
            <button
                class="story-way"
                on:click=move |_| export::write_as(app, "markdown", WriteFor::Saving)
            >
                <Icon picture=icondata_lu::LuFileText/>
                <strong>"Save the report"</strong>
                <span>"A text in Markdown with the timeline, the loops and the experiments."</span>
            </button>
        </div>
    }
}
