//! The fields of a frame in the outline: its title, its size, and its limit of work.

use leptos::prelude::*;

use crate::app::components::field::InputField;
use crate::app::components::panels::stream::SettingField;
use crate::app::dispatch::dispatch;
use crate::app::services::notify;
use crate::app::state::{App, use_app};
use crate::editor::{Command, Event, describe};
use crate::model::{
    Element, Frame, Id, Measure, MeasureKind, Point, Rect, measure_text, number_text, parse_measure,
};

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
    let limit = move || {
        frame.with(|frame| {
            let limit = frame.as_ref().and_then(|frame| frame.limit.as_ref());
            limit.map(measure_text).unwrap_or_default()
        })
    };
    let is_of_stream = Memo::new(move |_| {
        app.document.track();
        app.with(|core| !core.editor.document().stations().is_empty())
            || frame.with(|frame| frame.as_ref().is_some_and(|frame| frame.limit.is_some()))
    });
    let holds_for = Memo::new(move |_| {
        app.document.track();
        words_of_limit(app, id)
    });
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
        <Show when=move || is_of_stream.get()>
            <div class="frame-limit">
                <SettingField
                    label="Most items inside"
                    value=Signal::derive(limit)
                    keep=move |typed: String| keep_limit(app, id, &typed)
                />
                <p class="muted">{move || holds_for.get()}</p>
            </div>
        </Show>
    }
}

/// Where the limit of a frame holds, in words; nothing without a limit.
fn words_of_limit(app: App, id: Id) -> String {
    app.with(|core| {
        let document = core.editor.document();
        let frame = document.frames().get(&id);
        let Some(frame) = frame.filter(|frame| frame.limit.is_some()) else {
            return String::new();
        };
        let inside = core.editor.scene().inside(&frame.rect());
        let stations = inside
            .iter()
            .filter(|id| document.stations().contains_key(id));
        let names: Vec<String> = stations.map(|id| describe(document, *id)).collect();
        match names.is_empty() {
            true => "No station lies wholly inside.".to_owned(),
            false => format!("In runs of the stream, for: {}.", names.join("; ")),
        }
    })
}

/// Keeps what was typed as the limit of work of a frame.
fn keep_limit(app: App, id: Id, typed: &str) -> Result<(), String> {
    let parsed = parse_measure(typed, MeasureKind::Limit).map_err(|error| error.to_string())?;
    let frame = app.with(|core| core.editor.document().frames().get(&id).cloned());
    if let Some(mut frame) = frame {
        frame.limit = parsed.map(|(amount, unit)| Measure::new(amount, unit));
        dispatch(app, Event::Do(Command::Replace(id, Element::Frame(frame))));
    }
    Ok(())
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
