//! What can be done with the selection, by click, beside it.

use leptos::html;
use leptos::prelude::*;

use crate::app::browser::{box_of, boxes_of};
use crate::app::components::icon::IconButton;
use crate::app::components::size::follow_size;
use crate::app::dispatch::act;
use crate::app::state::{App, use_app};
use crate::editor::{Action, BarRoom, Condition, Gesture};
use crate::model::{Delay, Link, NoteKind, Polarity, Rect, VariableKind, Vector};

/// What else stands over the canvas, which the bar keeps clear of.
const TAKEN: &str = ".zoom-bar, .play-bar, .find-bar, .lit-chip, .minimap, .progress, .hint, \
                     .room-bar, .top-bar .button-group, .side";
/// About how large the bar is, until it is there to be measured, in CSS pixels.
const SIZE: Vector = Vector::new(260.0, 44.0);

/// The signs of links, with what gives them.
const SIGNS: [(Polarity, Action); 3] = [
    (Polarity::Positive, Action::PolarityPositive),
    (Polarity::Negative, Action::PolarityNegative),
    (Polarity::Unknown, Action::PolarityUnknown),
];

/// What a button is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// It does something.
    RowCommand,
    /// It turns something on and off; whether that is on.
    Switch(bool),
}

/// A button after the signs: what it does, its picture, its name, and what it is for a selection,
/// if it is there.
type Row = (
    Action,
    icondata_core::Icon,
    &'static str,
    fn(&Shown) -> Option<Kind>,
);

const BUTTONS: [Row; 25] = [
    (
        Action::ToggleDelay,
        icondata_lu::LuTimer,
        "Delay",
        |shown| shown.links.map(Kind::Switch),
    ),
    (
        Action::ReverseLink,
        icondata_lu::LuArrowLeftRight,
        "Reverse",
        |shown| shown.links.map(|_| Kind::RowCommand),
    ),
    (
        Action::EditText,
        icondata_lu::LuPencil,
        "Edit text",
        |shown| shown.words.then_some(Kind::RowCommand),
    ),
    (
        Action::ToggleStock,
        icondata_lu::LuSquare,
        "Stock",
        |shown| shown.variables.map(|kinds| Kind::Switch(kinds.0)),
    ),
    (
        Action::ToggleRate,
        icondata_lu::LuDroplet,
        "Flow (rate)",
        |shown| shown.variables.map(|kinds| Kind::Switch(kinds.1)),
    ),
    (
        Action::AddInflow,
        icondata_lu::LuArrowRightToLine,
        "Add an inflow",
        |shown| (shown.is_stock && shown.is_one).then_some(Kind::RowCommand),
    ),
    (
        Action::AddOutflow,
        icondata_lu::LuArrowRightFromLine,
        "Add an outflow",
        |shown| (shown.is_stock && shown.is_one).then_some(Kind::RowCommand),
    ),
    (
        Action::GrowRight,
        icondata_lu::LuMoveUpRight,
        "Add next",
        |shown| (shown.grows && shown.words).then_some(Kind::RowCommand),
    ),
    (
        Action::PushUp,
        icondata_lu::LuArrowBigUp,
        "Push up",
        |shown| (shown.variables.is_some() && shown.is_one).then_some(Kind::RowCommand),
    ),
    (
        Action::PushDown,
        icondata_lu::LuArrowBigDown,
        "Push down",
        |shown| (shown.variables.is_some() && shown.is_one).then_some(Kind::RowCommand),
    ),
    (
        Action::ToggleBurst,
        icondata_lu::LuZap,
        "Kaizen burst",
        |shown| shown.burst.map(Kind::Switch),
    ),
    (Action::AddImage, icondata_lu::LuImage, "Image", |shown| {
        (shown.burst.is_some() && shown.is_one).then_some(Kind::RowCommand)
    }),
    (
        Action::DescribeImage,
        icondata_lu::LuCaptions,
        "Describe the image",
        |shown| shown.image.then_some(Kind::RowCommand),
    ),
    (
        Action::EditMeasures,
        icondata_lu::LuGauge,
        "Measures",
        |shown| shown.stream.then_some(Kind::RowCommand),
    ),
    (
        Action::NextValue,
        icondata_lu::LuGem,
        "Value to the customer",
        |shown| shown.steps.then_some(Kind::RowCommand),
    ),
    (Action::EditLabel, icondata_lu::LuType, "Label", |shown| {
        (shown.links.is_some() && shown.is_one).then_some(Kind::RowCommand)
    }),
    (
        Action::ShowStyle,
        icondata_lu::LuPalette,
        "Style",
        |shown| shown.style.0.then_some(Kind::RowCommand),
    ),
    (
        Action::ShowAlignment,
        icondata_lu::LuAlignStartVertical,
        "Align",
        |shown| shown.style.1.then_some(Kind::RowCommand),
    ),
    (Action::Group, icondata_lu::LuGroup, "Group", |shown| {
        (shown.nodes.0 > 1).then_some(Kind::RowCommand)
    }),
    (
        Action::Ungroup,
        icondata_lu::LuUngroup,
        "Ungroup",
        |shown| (shown.nodes.0 > 1).then_some(Kind::RowCommand),
    ),
    (
        Action::FrameSelection,
        icondata_lu::LuFrame,
        "Frame",
        |shown| (shown.nodes.0 > 1).then_some(Kind::RowCommand),
    ),
    (Action::ToggleLock, icondata_lu::LuLock, "Lock", |shown| {
        let (count, locked) = shown.nodes;
        (count > 0).then_some(Kind::Switch(locked))
    }),
    (
        Action::Duplicate,
        icondata_lu::LuCopy,
        "Duplicate",
        |shown| (shown.nodes.0 > 0).then_some(Kind::RowCommand),
    ),
    (
        Action::CommentOn,
        icondata_lu::LuMessageSquare,
        "Comment",
        |shown| shown.single.then_some(Kind::RowCommand),
    ),
    (Action::Delete, icondata_lu::LuTrash2, "Delete", |_| {
        Some(Kind::RowCommand)
    }),
];

/// What the bar shows of the selection.
#[derive(Clone, Debug, PartialEq)]
struct Shown {
    /// The common sign of the links that a sign is for.
    sign: Option<Option<Polarity>>,
    /// Whether all selected links are delayed.
    links: Option<bool>,
    /// Whether all selected variables are stocks, and whether all are rates.
    variables: Option<(bool, bool)>,
    /// Whether a stock is selected.
    is_stock: bool,
    /// How many things stand by themselves, and whether all are locked.
    nodes: (usize, bool),
    /// Whether words can be edited.
    words: bool,
    /// Whether one thing alone is selected.
    single: bool,
    /// Whether another can follow.
    grows: bool,
    /// Whether a station or a flow is among them.
    stream: bool,
    /// Whether a step is among them.
    steps: bool,
    /// Whether all selected notes are kaizen bursts.
    burst: Option<bool>,
    /// Whether a note with an image alone is selected.
    image: bool,
    /// Whether one thing alone is selected.
    is_one: bool,
    /// Whether it can have a colour, and whether it can be aligned.
    style: (bool, bool),
}

/// What the bar is to show, if it is to be there.
fn shown_of(app: App) -> Option<Shown> {
    app.with(|core| {
        let editor = &core.editor;
        let quiet = matches!(editor.gesture(), Gesture::Idle | Gesture::Pressed { .. });
        if !quiet
            || editor.text_edit().is_some()
            || !editor.holds(Condition::Selected)
            || editor.plays_selection()
        {
            return None;
        }
        let (document, selection) = (editor.document(), editor.selection());
        let links: Vec<&Link> = selection
            .iter()
            .filter_map(|id| document.links().get(id))
            .collect();
        let variables: Vec<_> = selection
            .iter()
            .filter_map(|id| document.variables().get(id))
            .collect();
        let nodes: Vec<_> = selection
            .iter()
            .filter_map(|id| document.placement(*id))
            .collect();
        let to_sign = editor.links_to_sign();
        let mut signs = to_sign.iter().filter_map(|id| document.links().get(id));
        let first = signs.next().map(|link| link.polarity);
        Some(Shown {
            sign: first.map(|sign| signs.all(|link| link.polarity == sign).then_some(sign)),
            links: (!links.is_empty())
                .then(|| links.iter().all(|link| link.delay == Delay::Delayed)),
            variables: (!variables.is_empty()).then(|| {
                let all = |kind: VariableKind| variables.iter().all(|v| v.kind == kind);
                (all(VariableKind::Stock), all(VariableKind::Rate))
            }),
            is_stock: editor.holds(Condition::StockSelected),
            nodes: (nodes.len(), nodes.iter().all(|place| place.locked)),
            words: selection.len() == 1 && nodes.len() == 1,
            single: selection.len() == 1,
            grows: editor.holds(Condition::GrowerSelected),
            stream: editor.holds(Condition::StreamSelected),
            image: editor.holds(Condition::ImageSelected),
            steps: editor.holds(Condition::StepSelected),
            is_one: selection.len() == 1,
            style: (
                editor.holds(Condition::Colourable),
                editor.holds(Condition::SeveralStand),
            ),
            burst: editor.holds(Condition::NoteSelected).then(|| {
                let mut notes = selection.iter().filter_map(|id| document.notes().get(id));
                notes.all(|note| note.kind == NoteKind::Burst)
            }),
        })
    })
}

/// What stands over the canvas beside the bar, in CSS pixels from its corner.
fn taken() -> Vec<Rect> {
    let Some(corner) = box_of("#canvas").map(|canvas| Vector::new(canvas.left, canvas.top)) else {
        return Vec::new();
    };
    let boxes = boxes_of(TAKEN).into_iter();
    boxes.map(|rect| rect.moved(-corner)).collect()
}

/// The bar, over the selection.
#[component]
pub fn ContextBar() -> impl IntoView {
    let app = use_app();
    let shown = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.mode.track();
        app.play.track();
        shown_of(app)
    });
    let bar = NodeRef::<html::Div>::new();
    let moved = place_of(app, bar);
    let signs =
        move || shown.with(|shown| shown.as_ref().is_some_and(|shown| shown.sign.is_some()));
    view! {
        <Show when=move || shown.with(Option::is_some)>
            <div
                class="context-bar"
                node_ref=bar
                style:transform=moved
                role="toolbar"
                aria-label="Selection"
            >
                <Show when=signs>
                    {SIGNS
                        .map(|(polarity, action)| view! { <SignButton shown polarity action/> })
                        .collect_view()}
                    <span class="context-rule"></span>
                </Show>
                {BUTTONS.map(|row| view! { <BarButton shown row/> }).collect_view()}
            </div>
        </Show>
    }
}

/// Where the bar beside the selection stands, as a transform of it.
pub(super) fn place_of(
    app: App,
    bar: NodeRef<html::Div>,
) -> impl Fn() -> Option<String> + Copy + Send + Sync + 'static {
    let size = RwSignal::new(SIZE);
    Effect::new(move |_| {
        if let Some(bar) = bar.get() {
            follow_size(&bar, size);
        }
    });
    // They come and go with what is selected, found or done; a view that moves leaves them.
    let around = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        app.mode.track();
        app.play.track();
        app.side.track();
        size.track();
        taken()
    });
    let place = Memo::new(move |_| {
        app.view.track();
        let taken = around.get();
        let bar = size.get();
        app.with(|core| core.editor.bar_place(&BarRoom { bar, taken }))
    });
    move || {
        let place = place.get()?;
        Some(format!(
            "translate({}px, {}px)",
            place.x.round(),
            place.y.round()
        ))
    }
}

/// A button that gives the selected links a sign.
#[component]
fn SignButton(shown: Memo<Option<Shown>>, polarity: Polarity, action: Action) -> impl IntoView {
    let app = use_app();
    let is_on = Memo::new(move |_| {
        shown.with(|shown| {
            let sign = shown.as_ref().and_then(|shown| shown.sign);
            sign == Some(Some(polarity))
        })
    });
    // A link that was just drawn asks for its sign.
    let is_asked = Memo::new(move |_| {
        polarity != Polarity::Unknown
            && shown.with(|shown| {
                let sign = shown.as_ref().and_then(|shown| shown.sign);
                sign == Some(Some(Polarity::Unknown))
            })
    });
    view! {
        <button
            class="sign-button"
            class:sign-asked=move || is_asked.get()
            data-tip=titled(action)
            aria-label=action.label()
            aria-pressed=move || is_on.get().to_string()
            on:click=move |_| act(app, action)
        >
            {polarity.symbol().to_string()}
        </button>
    }
}

/// A button with a picture. It stays while it is there for the selection, and so does the focus in
/// it, when others come and go.
#[component]
fn BarButton(shown: Memo<Option<Shown>>, row: Row) -> impl IntoView {
    let app = use_app();
    let (action, picture, name, kind) = row;
    let kind = Memo::new(move |_| shown.with(|shown| shown.as_ref().and_then(kind)));
    view! {
        <Show when=move || kind.get().is_some()>
            <IconButton
                picture
                name
                title=titled(action)
                attr:aria-pressed=move || match kind.get() {
                    Some(Kind::Switch(is_on)) => Some(is_on.to_string()),
                    Some(Kind::RowCommand) | None => None,
                }
                on:click=move |_| act(app, action)
            />
        </Show>
    }
}

fn titled(action: Action) -> String {
    match action.shortcut().as_str() {
        "" => action.label().to_owned(),
        keys => format!("{} ({keys})", action.label()),
    }
}
