//! Elements as they stand on the page: made, changed in place, and taken away.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions, EventListenerPhase};
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::tachys::{html::attribute::any_attribute::AnyAttribute, no_attrs};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, HtmlElement, Node};

use super::tag::{Handler, Tag, Use};
use super::words::{Read, Words};
use crate::app::browser::value_of_field as value_of;

/// An element on the page.
pub struct TagState {
    name: &'static str,
    node: Node,
    words: Vec<Standing>,
    handlers: Vec<Heard>,
    children: Vec<<AnyView as Render>::State>,
}

/// A text as it stands on the page.
struct Standing {
    used: Use,
    name: &'static str,
    shown: Rc<RefCell<Option<String>>>,
    /// Ends with it.
    _follows: Option<RenderEffect<()>>,
}

/// A handler that listens. When it is dropped, it hears nothing more.
struct Heard {
    name: &'static str,
    run: Rc<RefCell<Option<Rc<Handler>>>>,
}

impl Drop for Heard {
    fn drop(&mut self) {
        self.run.replace(None);
    }
}

impl Render for Tag {
    type State = TagState;

    fn build(self) -> TagState {
        let parts = *self.0;
        let node = create(parts.name);
        let words = parts.words.into_iter();
        let words = words
            .map(|(used, name, words)| {
                let shown = Rc::new(RefCell::new(None));
                let _follows = stand(&node, used, name, words, &shown);
                Standing {
                    used,
                    name,
                    shown,
                    _follows,
                }
            })
            .collect();
        let handlers = parts.handlers.into_iter();
        let handlers = handlers
            .map(|(name, run)| listen(&node, name, run))
            .collect();
        let mut state = TagState {
            name: parts.name,
            node,
            words,
            handlers,
            children: Vec::with_capacity(parts.children.len()),
        };
        state.grow(parts.children);
        if let Some(place) = parts.place {
            place.taken_by(&state.node);
        }
        state
    }

    fn rebuild(self, state: &mut TagState) {
        if !self.is_like(state) {
            let mut new = self.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
            return;
        }
        let parts = *self.0;
        for (standing, (used, name, words)) in state.words.iter_mut().zip(parts.words) {
            standing._follows = stand(&state.node, used, name, words, &standing.shown);
        }
        for (heard, (_, run)) in state.handlers.iter().zip(parts.handlers) {
            heard.run.replace(Some(Rc::new(run)));
        }
        let mut views = parts.children.into_iter();
        for mut gone in state
            .children
            .split_off(state.children.len().min(views.len()))
        {
            gone.unmount();
        }
        for (child, view) in state.children.iter_mut().zip(views.by_ref()) {
            view.rebuild(child);
        }
        state.grow(views.collect());
        if let Some(place) = parts.place {
            place.taken_by(&state.node);
        }
    }
}

impl Tag {
    /// Whether the same element can serve, with other words.
    fn is_like(&self, state: &TagState) -> bool {
        let words = self.0.words.iter().map(|(used, name, _)| (*used, *name));
        let standing = state.words.iter().map(|one| (one.used, one.name));
        let handlers = self.0.handlers.iter().map(|(name, _)| *name);
        let heard = state.handlers.iter().map(|one| one.name);
        self.0.name == state.name && words.eq(standing) && handlers.eq(heard)
    }
}

impl TagState {
    fn grow(&mut self, views: Vec<AnyView>) {
        let element: &Element = self.node.unchecked_ref();
        for view in views {
            let mut child = view.build();
            child.mount(element, None);
            self.children.push(child);
        }
    }
}

/// An element or, without a name, a text.
fn create(name: &str) -> Node {
    let page = document();
    let made = match name {
        "" => return page.create_text_node("").into(),
        "svg" => page.create_element_ns(Some("http://www.w3.org/2000/svg"), name),
        _ => page.create_element(name),
    };
    // Fails only for a name that is none, and then a text stands in its place.
    made.map_or_else(|_| page.create_text_node("").into(), Into::into)
}

/// Puts words where they belong, and lets them follow their signals.
fn stand(
    node: &Node,
    used: Use,
    name: &'static str,
    words: Words,
    shown: &Rc<RefCell<Option<String>>>,
) -> Option<RenderEffect<()>> {
    match words {
        Words::Fixed(words) => put(node, used, name, Some(words), shown),
        Words::Made(words) => put(node, used, name, Some(&words), shown),
        Words::Live(read) => return Some(follow(node.clone(), used, name, read, shown.clone())),
    }
    None
}

fn follow(
    node: Node,
    used: Use,
    name: &'static str,
    read: Read,
    shown: Rc<RefCell<Option<String>>>,
) -> RenderEffect<()> {
    RenderEffect::new(move |_| put(&node, used, name, read().as_deref(), &shown))
}

/// Puts words where they belong, if others stand there.
fn put(node: &Node, used: Use, name: &str, words: Option<&str>, shown: &RefCell<Option<String>>) {
    let mut shown = shown.borrow_mut();
    if words.is_some() && shown.as_deref() == words {
        return;
    }
    *shown = words.map(str::to_owned);
    let element: &Element = node.unchecked_ref();
    // These fail only for names that are none.
    match (used, words) {
        (Use::Text, _) => node.set_node_value(Some(words.unwrap_or_default())),
        (Use::Attribute, Some(words)) => {
            let _ = element.set_attribute(name, words);
        }
        (Use::Attribute, None) => {
            let _ = element.remove_attribute(name);
        }
        (Use::Style, _) => {
            let style = element.unchecked_ref::<HtmlElement>().style();
            let _ = style.set_property(name, words.unwrap_or_default());
        }
        // What somebody types there is not written over: it waits until they are done.
        (Use::Value, Some(words)) if element.has_attribute(TYPED) && value_of(element) != words => {
            let _ = element.set_attribute(TYPED, &format!("={words}"));
        }
        (Use::Value, _) => {
            let _ = element.remove_attribute(TYPED);
            let _ = js_sys::Reflect::set(element, &name.into(), &words.unwrap_or_default().into());
        }
    }
}

/// While somebody types into a field and has not committed it: an attribute, which is empty, or has
/// an equals sign and the words that the field is to hold when nothing comes of the typing.
const TYPED: &str = "data-typed";

/// Follows what is typed into the fields of the page, for as long as that lives.
pub fn follow_typing() {
    let hear = |name, run: fn(&Element)| {
        let page = document();
        let options = EventListenerOptions {
            phase: EventListenerPhase::Capture,
            passive: true,
        };
        EventListener::new_with_options(&page, name, options, move |event| {
            if let Some(field) = event.target().and_then(|at| at.dyn_into::<Element>().ok()) {
                run(&field);
            }
        })
        .forget();
    };
    // These fail only for attributes whose names are none.
    hear("input", |field| {
        if !field.has_attribute(TYPED) {
            let _ = field.set_attribute(TYPED, "");
        }
    });
    hear("change", |field| {
        let _ = field.remove_attribute(TYPED);
    });
    hear("focusout", |field| {
        let waiting = field.get_attribute(TYPED);
        let _ = field.remove_attribute(TYPED);
        if let Some(words) = waiting.as_deref().and_then(|words| words.strip_prefix('=')) {
            let _ = js_sys::Reflect::set(field, &"value".into(), &words.into());
        }
    });
}

fn listen(node: &Node, name: &'static str, run: Handler) -> Heard {
    let run = Rc::new(RefCell::new(Some(Rc::new(run))));
    let heard = run.clone();
    let listener: Box<dyn Fn(Event)> = Box::new(move |event| {
        // Let go of before it runs: what runs may take the element away, and this with it.
        let run = heard.borrow().clone();
        if let Some(run) = run {
            run(event);
        }
    });
    // The browser keeps the listener for as long as it keeps the element.
    let listener = Closure::wrap(listener).into_js_value();
    // Fails only for what is no function.
    let _ = node.add_event_listener_with_callback(name, listener.unchecked_ref());
    Heard { name, run }
}

impl Mountable for TagState {
    fn unmount(&mut self) {
        if let Some(parent) = self.node.parent_node() {
            // Fails only where it is gone already.
            let _ = parent.remove_child(&self.node);
        }
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        // Fails only for a marker that is elsewhere.
        let _ = parent.insert_before(&self.node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = self.node.parent_node();
        parent.is_some_and(|parent| {
            child.mount(parent.unchecked_ref(), Some(&self.node));
            true
        })
    }

    fn elements(&self) -> Vec<Element> {
        self.node.dyn_ref().cloned().into_iter().collect()
    }
}

no_attrs!(Tag);

/// Leptos asks every view how it becomes a text on a server. This page has none.
impl RenderHtml for Tag {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        _buf: &mut String,
        _position: &mut Position,
        _escape: bool,
        _mark_branches: bool,
        _extra_attrs: Vec<AnyAttribute>,
    ) {
    }

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> TagState {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}
