//! The fields of a frame in the outline: its title and its size.

use leptos::prelude::*;

use crate::app::components::field::InputField;
use crate::app::dispatch::dispatch;
use crate::app::services::notify;
use crate::app::state::{App, use_app};
use crate::editor::{Command, Event};
use crate::model::{Element, Frame, Id, Point, Rect, number_text};

/// Which side of a frame a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Width,
    Height,
}

/// The fields of a frame.
#[component]
pub fn FrameControls(id: Id) -> impl IntoView {
    let app = use_app();
    let frame = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().frames().get(&id).cloned())
    });
    let title = Signal::derive(move || frame.get().map(|frame| frame.title).unwrap_or_default());
    let side = |side: Side, label: &'static str| {
        let value = Signal::derive(move || {
            let frame = frame.get();
            let length = frame.map(|frame| match side {
                Side::Width => frame.width,
                Side::Height => frame.height,
            });
            length
                .map(|length| number_text(length.round()))
                .unwrap_or_default()
        });
        view! {
            <label class="frame-side">
                {label}
                <InputField
                    value
                    keep=move |typed: String| resize(app, id, side, &typed)
                    attr:class="field"
                    attr:inputmode="numeric"
                    attr:autocomplete="off"
                />
            </label>
        }
    };
    view! {
        <InputField
            value=title
            keep=move |typed| dispatch(app, Event::Do(Command::SetText(id, typed)))
            attr:class="field"
            attr:aria-label="Title"
            attr:placeholder="Title"
            attr:autocomplete="off"
        />
        <div class="frame-sides">
            {side(Side::Width, "Width")}
            {side(Side::Height, "Height")}
        </div>
    }
}

/// Gives a frame another width or height; its upper left corner stays.
fn resize(app: App, id: Id, side: Side, typed: &str) {
    let frame = app.with(|core| core.editor.document().frames().get(&id).cloned());
    let range = Frame::MINIMUM_SIDE..=Frame::MAXIMUM_SIDE;
    let length = typed.trim().replace(',', ".").parse::<f64>().ok();
    let Some(mut frame) = frame else {
        return;
    };
    if frame.placement.locked {
        notify::announce(app, "The frame is locked");
        return;
    }
    let Some(length) = length.filter(|length| range.contains(length)) else {
        notify::announce(app, "A side is 40 to 100,000 long");
        return;
    };
    let before = frame.rect();
    let corner = Point::new(before.left, before.top);
    let (width, height) = match side {
        Side::Width => (length, before.height()),
        Side::Height => (before.width(), length),
    };
    let opposite = Point::new(corner.x + width, corner.y + height);
    frame.set_rect(&Rect::from_points(corner, opposite));
    dispatch(app, Event::Do(Command::Replace(id, Element::Frame(frame))));
}
