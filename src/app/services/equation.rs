//! What is known of the equation of the selected variable: asked of the worker when it is selected and
//! whenever the document changes, one request at a time, the newest last.

use std::collections::BTreeSet;

use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::app::browser::{drawn, focus, in_time, window};
use crate::app::services::worker;
use crate::app::state::{App, Asking, KnownEquation, PortState, Side};
use crate::editor::Event;
use crate::equation::units_before;
use crate::model::Id;
use crate::worker::{EquationView, Request};

/// The equation of a variable, in its field or as it is shown.
pub const EQUATION: &str = "#equation, .equation-stated";

/// The one variable that is selected.
pub fn selected(app: App) -> Memo<Option<Id>> {
    Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        selected_now(app)
    })
}

fn selected_now(app: App) -> Option<Id> {
    app.with(|core| {
        let mut ids = core.editor.selection().iter();
        let (Some(id), None) = (ids.next(), ids.next()) else {
            return None;
        };
        let variables = core.editor.document().variables();
        variables.contains_key(id).then_some(*id)
    })
}

/// What is known of the equation of a variable, as the worker told last.
pub fn known(app: App, id: Id) -> Memo<Option<EquationView>> {
    Memo::new(move |_| {
        app.equation.with(|known| {
            let view = known.as_ref().map(|known| &known.view);
            view.filter(|view| view.about == id).cloned()
        })
    })
}

/// Whether the worker is about to tell what the text says that the document keeps.
pub fn will_be_told(app: App) -> bool {
    app.with(|core| {
        let keeps_text = core.editor.document().source_text().is_some();
        keeps_text && !matches!(core.port.state, PortState::Failed)
    })
}

/// Whether the document has changed since the worker told that.
pub fn is_old(app: App) -> Memo<bool> {
    Memo::new(move |_| {
        app.document.track();
        let told = app.equation.with(|known| Some(known.as_ref()?.revision));
        told.is_some_and(|told| app.with(|core| core.port.revision != told))
    })
}

/// Asks anew, once what is being done is done, if an equation is looked at.
pub fn refresh(app: App) {
    if app.side.get_untracked() != Some(Side::Run) {
        return;
    }
    let timer = Timeout::new(0, move || ask(app));
    app.change(|core| core.port.equation.soon(timer));
}

fn ask(app: App) {
    let selected = selected_now(app);
    let wanted = app.change(|core| {
        let wanted = selected.filter(|_| !matches!(core.port.state, PortState::Failed));
        core.port.equation = match wanted {
            Some(_) => Asking::Sent,
            None => Asking::Nothing,
        };
        wanted
    });
    if let Some(id) = wanted {
        worker::request(app, Request::Equation(id));
    }
}

/// Takes what the worker says of the document of this number.
pub fn take(app: App, revision: u64, view: EquationView) {
    let (is_of_this, is_newest) = app.change(|core| {
        let is_of_this = revision >= core.port.opened;
        (is_of_this, core.port.equation.answered())
    });
    if is_of_this {
        app.equation.set(Some(KnownEquation { revision, view }));
    }
    if !is_newest {
        refresh(app);
    }
}

/// Asks once more what the worker has lost.
pub fn ask_again(app: App) {
    if app.change(|core| core.port.equation.lost()) {
        refresh(app);
    }
}

/// Selects a variable, and goes to a place in its equation, in bytes.
pub fn show_place(app: App, id: Id, place: Option<(u32, u32)>) {
    app.side.set(Some(Side::Run));
    app.send(Event::Select(BTreeSet::from([id])));
    in_time(async move {
        drawn().await;
        focus(EQUATION);
        let document = window().document();
        let found = document.and_then(|document| document.query_selector(EQUATION).ok()?);
        let Some(element) = found else {
            return;
        };
        if let Ok(element) = element.clone().dyn_into::<HtmlElement>() {
            element.scroll_into_view_with_bool(true);
        }
        if let (Ok(field), Some((start, end))) = (element.dyn_into::<HtmlTextAreaElement>(), place)
        {
            let text = field.value();
            let units = |byte: u32| {
                let units = units_before(&text, byte as usize);
                u32::try_from(units).unwrap_or(u32::MAX)
            };
            // Fails only for a field that has no selection.
            let _ = field.set_selection_range(units(start), units(end));
        }
    });
}
