//! How large the diagram is shown, with the ways to another size and to another arrangement.

use leptos::prelude::*;

use crate::app::components::icon::IconButton;
use crate::app::dispatch::act;
use crate::app::state::{Page, use_app};
use crate::editor::Action;

/// How large, and back to a size that helps.
#[component]
pub fn ZoomBar() -> impl IntoView {
    let app = use_app();
    let arranges = app.page != Page::View;
    view! {
        <div class="zoom-bar" role="group" aria-label="Zoom and arrange">
            <IconButton
                picture=icondata_lu::LuMinus
                name="Zoom out"
                title="Zoom out (Ctrl+−)"
                on:click=move |_| act(app, Action::ZoomOut)
            />
            <button
                class="zoom-value"
                aria-label="Zoom to 100 %"
                data-tip="100 % (Ctrl+0)"
                on:click=move |_| act(app, Action::ZoomActual)
            >
                {move || {
                    app.view.track();
                    app.with(|core| format!("{:.0} %", core.editor.view().zoom * 100.0))
                }}
            </button>
            <IconButton
                picture=icondata_lu::LuPlus
                name="Zoom in"
                title="Zoom in (Ctrl++)"
                on:click=move |_| act(app, Action::ZoomIn)
            />
            <FitButton/>
            {arranges.then(|| view! {
                <IconButton
                    picture=icondata_lu::LuWandSparkles
                    name="Arrange the diagram"
                    title="Arrange (A); tidy up with small moves (Shift+A)"
                    on:click=move |_| act(app, Action::Arrange)
                />
            })}
        </div>
    }
}

/// The button that brings the whole diagram in sight.
#[component]
pub fn FitButton() -> impl IntoView {
    let app = use_app();
    view! {
        <IconButton
            picture=icondata_lu::LuMaximize
            name="Fit the diagram"
            title="Fit (Shift+1)"
            on:click=move |_| act(app, Action::ZoomFit)
        />
    }
}
