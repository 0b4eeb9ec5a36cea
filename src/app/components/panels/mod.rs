//! The panels at the side, one at a time.

mod comments;
mod experiment;
mod fold;
mod frame;
mod loops;
mod map_run;
mod ordered;
mod outline;
mod outline_controls;
mod outline_forms;
mod outline_improvement;
mod outline_rows;
mod outline_scenario;
mod progress;
mod retrospective;
mod run;
mod story;
mod stream;

use leptos::prelude::*;

pub use map_run::has_map;
pub use stream::{FLOW_KINDS, product_field};

use self::comments::Comments;
use self::experiment::ExperimentsPanel;
use self::loops::LoopsPanel;
use self::outline::Outline;
use self::retrospective::RetrospectivePanel;
use self::run::RunPanel;
use self::story::StoryPanel;
use self::stream::StreamPanel;
use crate::app::components::icon::IconButton;
use crate::app::services::panels;
use crate::app::state::{App, Side, use_app};
use crate::editor::Action;

/// A panel as the table has it.
pub struct Row {
    /// What a screen reader calls it.
    name: &'static str,
    /// The words on its button.
    pub button: &'static str,
    /// The picture on its button.
    pub picture: icondata_core::Icon,
    /// The action that shows it, or folds it away.
    pub action: Action,
    /// How much there is in it, beside the words on the button; empty where that says nothing.
    pub count: fn(App) -> String,
    /// Makes what is in it.
    content: fn() -> AnyView,
}

/// The table of panels. A new panel is a file beside this one, a variant of [`Side`] and a row.
pub fn row(side: Side) -> Row {
    match side {
        Side::Loops => Row {
            name: "Loops",
            button: "Loops",
            picture: icondata_lu::LuRefreshCw,
            action: Action::ToggleLoops,
            count: loops::count,
            content: || view! { <LoopsPanel/> }.into_any(),
        },
        Side::Stream => Row {
            name: "Value stream",
            button: "Stream",
            picture: icondata_lu::LuWorkflow,
            action: Action::ToggleStream,
            count: |_| String::new(),
            content: || view! { <StreamPanel/> }.into_any(),
        },
        Side::Outline => Row {
            name: "Outline",
            button: "Outline",
            picture: icondata_lu::LuListTree,
            action: Action::ToggleOutline,
            count: |_| String::new(),
            content: || view! { <Outline/> }.into_any(),
        },
        Side::Comments => Row {
            name: "Comments",
            button: "Comments",
            picture: icondata_lu::LuMessageSquare,
            action: Action::ToggleComments,
            count: comments::count,
            content: || view! { <Comments/> }.into_any(),
        },
        Side::Run => Row {
            name: "Run",
            button: "Run",
            picture: icondata_lu::LuChartSpline,
            action: Action::ToggleRun,
            count: |_| String::new(),
            content: || view! { <RunPanel/> }.into_any(),
        },
        Side::Story => Row {
            name: "Story",
            button: "Story",
            picture: icondata_lu::LuBookOpen,
            action: Action::ToggleStory,
            count: |_| String::new(),
            content: || view! { <StoryPanel/> }.into_any(),
        },
        Side::Retrospective => Row {
            name: "Retrospective",
            button: "Retrospective",
            picture: icondata_lu::LuHistory,
            action: Action::ToggleRetrospective,
            count: |_| String::new(),
            content: || view! { <RetrospectivePanel/> }.into_any(),
        },
        Side::Experiments => Row {
            name: "Experiments",
            button: "Experiments",
            picture: icondata_lu::LuFlaskConical,
            action: Action::ToggleExperiments,
            count: |_| String::new(),
            content: || view! { <ExperimentsPanel/> }.into_any(),
        },
    }
}

/// The panel at the side, if one is shown.
#[component]
pub fn SidePanel() -> impl IntoView {
    let app = use_app();
    move || {
        app.side.get().map(|side| {
            let Row { name, content, .. } = row(side);
            view! {
                <aside class="side" id="side" tabindex="-1" aria-label=name>
                    <IconButton
                        picture=icondata_lu::LuX
                        name="Close panel"
                        title="Close"
                        class:side-close=true
                        on:click=move |_| panels::toggle_side(app, side)
                    />
                    {untrack(content)}
                </aside>
            }
        })
    }
}
