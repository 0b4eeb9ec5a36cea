//! Charts of a report.

use leptos::prelude::*;

use crate::app::browser::files::{download_text, image_address};
use crate::app::state::{App, use_app};
use crate::scene::Theme;
use crate::worker::Picture;

/// The theme; who reads it here follows it.
fn theme_of(app: App) -> Theme {
    app.theme.track();
    app.with(|core| core.theme)
}

/// The picture for a theme, as SVG.
fn svg_of(picture: &Picture, theme: Theme) -> &str {
    match theme {
        Theme::Dark => &picture.dark,
        Theme::Light | Theme::Print | Theme::Forced => &picture.light,
    }
}

/// A picture on the paper of the theme.
#[component]
pub fn PictureView(
    /// The picture.
    #[prop(into)]
    picture: Signal<Picture>,
    /// The class of the image.
    #[prop(optional)]
    class: &'static str,
) -> impl IntoView {
    let app = use_app();
    let source = move || picture.with(|picture| image_address(svg_of(picture, theme_of(app))));
    view! {
        <img
            class=class
            src=source
            alt=move || picture.with(|picture| picture.summary.clone())
        />
    }
}

/// A chart as an image with a button that exports it.
#[component]
pub fn Chart(
    /// The chart.
    picture: Memo<Picture>,
) -> impl IntoView {
    let app = use_app();
    let export = move |_| {
        picture.with_untracked(|picture| {
            let theme = app.with(|core| core.theme);
            let file = format!("{}.svg", picture.name.replace(' ', "-"));
            download_text(&file, svg_of(picture, theme), "image/svg+xml");
        });
    };
    view! {
        <figure class="chart-frame">
            <PictureView picture class="chart"/>
            <button
                class="chart-export"
                aria-label=move || format!("Export the chart: {}", picture.get().name)
                on:click=export
            >
                "Export as SVG"
            </button>
        </figure>
    }
}
