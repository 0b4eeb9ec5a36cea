//! Handlers, texts and views of one plain type each.
//!
//! Leptos compiles the code around every closure anew, because each has a type of its own; boxed,
//! they share one copy, and the page is a third smaller to load.

use leptos::prelude::*;

/// A handler of events.
pub fn on<E: 'static>(run: impl FnMut(E) + 'static) -> Box<dyn FnMut(E)> {
    Box::new(run)
}

/// A text that follows the signals it reads.
pub fn text_of<T: Into<String>>(read: impl Fn() -> T + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(move || read().into())
}

/// A yes or no that follows the signals it reads.
pub fn flag_of(read: impl Fn() -> bool + Send + Sync + 'static) -> Signal<bool> {
    Signal::derive(read)
}

/// A view that is made anew when a signal it reads changes.
pub fn view_of(make: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    let make: Box<dyn FnMut() -> AnyView + Send> = Box::new(make);
    make.into_any()
}

/// A view that is there while a condition holds.
pub fn show(
    when: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let when = Memo::new(move |_| when());
    view_of(move || if when.get() { make() } else { ().into_any() })
}

/// A line of a list: what it shows, to tell it from others, and how.
pub struct Line {
    /// Two lines with the same key show the same.
    pub key: String,
    /// Makes the view.
    pub view: Box<dyn Fn() -> AnyView + Send + Sync>,
}

/// The lines of a list; those whose key stays are left alone.
pub fn lines(read: impl Fn() -> Vec<Line> + Send + Sync + 'static) -> AnyView {
    let read: Box<dyn Fn() -> Vec<Line> + Send + Sync> = Box::new(read);
    view! {
        <For each=read key=|line| line.key.clone() children=|line| (line.view)()/>
    }
    .into_any()
}
