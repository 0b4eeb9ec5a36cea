//! Charts of a report.

use leptos::prelude::*;

use crate::app::browser::files::image_address;
use crate::app::services::pictures;
use crate::app::state::{App, use_app};
use crate::editor::PictureFormat;
use crate::scene::Theme;
use crate::worker::Picture;

/// The theme; who reads it here follows it.
fn theme_of(app: App) -> Theme {
    app.theme.track();
    app.with(|core| core.theme)
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
    let source = move || picture.with(|picture| image_address(picture.svg(theme_of(app))));
    view! {
        <img
            class=class
            src=source
            alt=move || picture.with(|picture| picture.summary.clone())
        />
    }
}

/// A chart as an image with buttons that export it.
#[component]
pub fn Chart(
    /// The chart.
    picture: Memo<Picture>,
) -> impl IntoView {
    view! {
        <figure class="chart-frame">
            <PictureView picture class="chart"/>
            <ChartExport picture/>
        </figure>
    }
}

/// The buttons that export a chart: lines as SVG, pixels as PNG of the size that is chosen for
/// pictures.
#[component]
pub fn ChartExport(
    /// The chart.
    #[prop(into)]
    picture: Signal<Picture>,
) -> impl IntoView {
    let app = use_app();
    let button = move |format: PictureFormat| {
        let label = move || {
            let name = picture.with(|picture| picture.name.clone());
            match format {
                PictureFormat::Svg => format!("Export the chart: {name}"),
                PictureFormat::Png => format!("Export the chart as PNG: {name}"),
            }
        };
        view! {
            <button
                class="chart-export"
                aria-label=label
                on:click=move |_| pictures::export_chart(app, picture.get_untracked(), format)
            >
                {format!("Export as {}", format.name())}
            </button>
        }
    };
    view! {
        <span class="chart-exports">
            {button(PictureFormat::Svg)} {button(PictureFormat::Png)}
        </span>
    }
}
