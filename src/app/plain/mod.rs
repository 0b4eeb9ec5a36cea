//! Elements, texts, values and lists of one plain type each. Use these: they keep the page small.
//!
//! Leptos compiles its code anew for every element, attribute, closure and type of value that a
//! view has. Here each of them is boxed and has one type, so that one copy of that code serves
//! all, and a view is data rather than code:
//!
//! - [`tag`] is an element, in the place of `view!`: attributes, handlers and children are named
//!   one after the other. [`view_of`], [`show`] and [`lines`] are views that
//!   change.
//! - [`text_of`] and [`flag_of`] are a text and a yes or no that follow the signals they read.
//! - [`Place`] finds an element that is on the page; [`effect`] is an effect.
//!
//! All of them are views and signals of Leptos, and may stand in a `view!` or hold one.

mod page;
mod place;
mod tag;

mod words;

use leptos::prelude::*;

pub use page::follow_typing;
pub use place::{Place, written};
pub use tag::{Tag, tag};

pub use words::{Words, flag_of, text_of};

/// Several views in a row.
#[must_use]
pub fn together(views: Vec<AnyView>) -> AnyView {
    views.into_any()
}

/// Nothing, where a view is asked for.
#[must_use]
pub fn nothing() -> AnyView {
    ().into_any()
}

/// A view that is made anew when a signal it reads changes. What stays the same stays on the page.
pub fn view_of(make: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    boxed_view(Box::new(make))
}

fn boxed_view(make: Box<dyn FnMut() -> AnyView + Send>) -> AnyView {
    make.into_any()
}

/// A view that is there while a condition holds.
pub fn show(
    when: impl Fn() -> bool + Send + Sync + 'static,
    make: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    shown(Memo::new(move |_| when()), Box::new(make))
}

fn shown(when: Memo<bool>, make: Box<dyn Fn() -> AnyView + Send>) -> AnyView {
    boxed_view(Box::new(move || match when.get() {
        true => untrack(&make),
        false => nothing(),
    }))
}

/// Runs once the page stands, and again when a signal it reads changes.
pub fn effect(run: impl FnMut() + 'static) {
    let mut run: Box<dyn FnMut()> = Box::new(run);
    let run: Box<dyn FnMut(Option<()>)> = Box::new(move |_| run());
    Effect::new(run);
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
    boxed_lines(Box::new(read))
}

fn boxed_lines(read: Box<dyn Fn() -> Vec<Line> + Send + Sync>) -> AnyView {
    view! {
        <For each=read key=|line| line.key.clone() children=|line| untrack(line.view)/>
    }
    .into_any()
}
