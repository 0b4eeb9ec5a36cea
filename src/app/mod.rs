//! The browser: canvas painter, panels, storage. The only room that knows it.

use leptos::prelude::*;

/// Mounts the app on the page.
pub fn start() {
    console_error_panic_hook::set_once();
    mount_to_body(|| view! { <p>"Loopstream"</p> });
}
