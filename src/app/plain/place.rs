//! Finding elements that are on the page, and what fields hold.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, Node};

use crate::app::browser::value_of_field as value_of;

/// Finds an element that is on the page.
#[derive(Clone, Copy)]
pub struct Place(RwSignal<Option<Element>, LocalStorage>);

impl Place {
    /// A place where nothing stands yet.
    #[must_use]
    pub fn new() -> Self {
        Self(RwSignal::new_local(None))
    }

    /// Something stands there now.
    pub(super) fn taken_by(self, node: &Node) {
        self.0.set(node.dyn_ref().cloned());
    }

    /// The element, once it is there; who asks here is told when it comes.
    pub fn get<T: JsCast>(self) -> Option<T> {
        self.0.try_get()??.dyn_into().ok()
    }

    /// The element, if it is there now.
    pub fn now<T: JsCast>(self) -> Option<T> {
        self.0.try_get_untracked()??.dyn_into().ok()
    }

    /// What the field that stands there holds.
    #[must_use]
    pub fn value(self) -> String {
        let field = self.now::<Element>();
        field.map_or_else(String::new, |field| value_of(&field))
    }
}

/// What the field holds whose event this is.
#[must_use]
pub fn written(event: &Event) -> String {
    let field = event.target().and_then(|target| target.dyn_into().ok());
    field.map_or_else(String::new, |field| value_of(&field))
}
