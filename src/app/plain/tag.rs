//! Elements of one type, whatever their name, attributes and children.

use leptos::prelude::*;
use web_sys::Event;

use super::place::Place;
use super::words::Words;

/// A handler of events.
pub(super) type Handler = Box<dyn Fn(Event) + Send>;

/// What a text of an element is for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Use {
    /// The attribute of this name.
    Attribute,
    /// The property of the style sheet of this name.
    Style,
    /// What a field holds.
    Value,
    /// The text itself, where there is no element.
    Text,
}

/// An element of the page, put together name by name; or a text.
pub struct Tag(pub(super) Box<Parts>);

pub(super) struct Parts {
    /// Empty for a text.
    pub(super) name: &'static str,
    pub(super) words: Vec<(Use, &'static str, Words)>,
    pub(super) handlers: Vec<(&'static str, Handler)>,
    pub(super) children: Vec<AnyView>,
    pub(super) place: Option<Place>,
}

/// An element of this name. A field is read in the direction of what is written in it.
#[must_use]
pub fn tag(name: &'static str) -> Tag {
    let words = match name {
        "input" | "textarea" | "option" => vec![(Use::Attribute, "dir", Words::Fixed("auto"))],
        _ => Vec::new(),
    };
    Tag(Box::new(Parts {
        name,
        words,
        handlers: Vec::new(),
        children: Vec::new(),
        place: None,
    }))
}

/// A text.
fn text(words: impl Into<Words>) -> AnyView {
    tag("").put(Use::Text, "", words.into()).view()
}

impl Tag {
    #[inline(never)]
    fn put(mut self, used: Use, name: &'static str, words: Words) -> Self {
        self.0.words.push((used, name, words));
        self
    }

    /// With an attribute; one that follows a [`flag_of`](super::flag_of) is there or is not.
    #[must_use]
    pub fn with(self, name: &'static str, words: impl Into<Words>) -> Self {
        self.put(Use::Attribute, name, words.into())
    }

    /// With these classes.
    #[must_use]
    pub fn class(self, words: impl Into<Words>) -> Self {
        self.put(Use::Attribute, "class", words.into())
    }

    /// With the name that a screen reader says.
    #[must_use]
    pub fn label(self, words: impl Into<Words>) -> Self {
        self.put(Use::Attribute, "aria-label", words.into())
    }

    /// With words that show when the pointer rests on it.
    #[must_use]
    pub fn title(self, words: impl Into<Words>) -> Self {
        self.put(Use::Attribute, "title", words.into())
    }

    /// With a property of its style.
    #[must_use]
    pub fn style(self, name: &'static str, words: impl Into<Words>) -> Self {
        self.put(Use::Style, name, words.into())
    }

    /// A field that holds these words.
    #[must_use]
    pub fn value(self, words: impl Into<Words>) -> Self {
        self.put(Use::Value, "value", words.into())
    }

    /// Hears an event of this name.
    #[must_use]
    pub fn on(self, name: &'static str, run: impl Fn(Event) + Send + 'static) -> Self {
        self.hear(name, Box::new(run))
    }

    /// Runs when it is pressed, by pointer or key.
    #[must_use]
    pub fn press(self, run: impl Fn() + Send + 'static) -> Self {
        self.hear("click", Box::new(move |_| run()))
    }

    #[inline(never)]
    fn hear(mut self, name: &'static str, run: Handler) -> Self {
        self.0.handlers.push((name, run));
        self
    }

    /// Can be found by `place` while it is on the page.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.0.place = Some(place);
        self
    }

    /// With a text in it.
    #[must_use]
    pub fn text(self, words: impl Into<Words>) -> Self {
        self.holding(text(words))
    }

    /// With a view in it.
    #[must_use]
    pub fn child(self, view: impl IntoAny) -> Self {
        self.holding(view.into_any())
    }

    /// With a view in it, or nothing in its place.
    #[must_use]
    pub fn maybe(self, view: Option<Self>) -> Self {
        self.holding(view.map_or_else(super::nothing, Self::view))
    }

    /// With these in it.
    #[must_use]
    pub fn children(mut self, views: impl IntoIterator<Item = Self>) -> Self {
        for view in views {
            self = self.holding(view.view());
        }
        self
    }

    #[inline(never)]
    fn holding(mut self, view: AnyView) -> Self {
        self.0.children.push(view);
        self
    }

    /// As a view of any kind.
    #[must_use]
    #[inline(never)]
    pub fn view(self) -> AnyView {
        self.into_any()
    }
}
