//! The quiet controls of a presentation.

use gloo::timers::callback::Timeout;
use leptos::prelude::*;

use super::pointer::PointerButton;
use crate::app::components::icon::IconButton;
use crate::app::dispatch::act;
use crate::app::services::present;
use crate::app::state::{Page, use_app};
use crate::editor::{Action, ToldStep};

/// How long nothing moves until the controls step back, in milliseconds.
const REST: u32 = 2_500;

/// Whether nothing has moved for a while.
#[derive(Clone, Copy)]
pub struct Quiet {
    rests: RwSignal<bool>,
    timer: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Quiet {
    /// Something has just moved.
    pub fn new() -> Self {
        let quiet = Self {
            rests: RwSignal::new(false),
            timer: StoredValue::new_local(None),
        };
        quiet.stir();
        on_cleanup(move || quiet.timer.set_value(None));
        quiet
    }

    /// Something moves.
    pub fn stir(self) {
        if self.rests.get_untracked() {
            self.rests.set(false);
        }
        let rest = Timeout::new(REST, move || self.rests.set(true));
        self.timer.set_value(Some(rest));
    }

    /// Whether nothing has moved for a while; who reads it here follows it.
    pub fn holds(self) -> bool {
        self.rests.get()
    }
}

/// Back, which step, next, what a speaker has in hand, the whole screen, end.
#[component]
pub fn Controls(told: Memo<Option<ToldStep>>) -> impl IntoView {
    let app = use_app();
    let place = move || {
        told.with(|told| {
            let told = told.as_ref()?;
            Some(format!("{} / {}", told.number, told.count))
        })
    };
    let spoken = move || {
        told.with(|told| {
            let told = told.as_ref()?;
            Some(format!("Step {} of {}", told.number, told.count))
        })
    };
    let end = match app.page {
        Page::Embed => "Look at the diagram",
        Page::Editor | Page::View | Page::Notes => "End presenting",
    };
    let is_first = move || told.with(|told| told.as_ref().is_none_or(|told| told.number == 1));
    let is_last =
        move || told.with(|told| told.as_ref().is_none_or(|told| told.number == told.count));
    view! {
        <div class="present-controls" role="group" aria-label="Controls of the presentation">
            <IconButton
                picture=icondata_lu::LuChevronLeft
                name="Step before"
                title="Step before (←)"
                attr:aria-disabled=move || is_first().to_string()
                on:click=move |_| act(app, Action::PresentBack)
            />
            <span class="present-place" role="img" aria-label=spoken>
                {place}
            </span>
            <IconButton
                picture=icondata_lu::LuChevronRight
                name="Next step"
                title="Next step (→)"
                attr:aria-disabled=move || is_last().to_string()
                on:click=move |_| act(app, Action::PresentNext)
            />
            {(app.page != Page::Embed).then(|| view! { <OfSpeaker/> })}
            {present::may_have_whole_screen()
                .then(|| {
                    view! {
                        <IconButton
                            picture=icondata_lu::LuMaximize
                            name="Whole screen"
                            title="Whole screen (F)"
                            on:click=move |_| act(app, Action::PresentWholeScreen)
                        />
                    }
                })}
            <IconButton
                picture=icondata_lu::LuX
                name=end
                title=format!("{end} (Esc)")
                on:click=move |_| act(app, Action::EndPresenting)
            />
        </div>
    }
}

/// What who presents to a room has in hand: in the frame of another page, everybody reads alone.
#[component]
fn OfSpeaker() -> impl IntoView {
    let app = use_app();
    view! {
        <PointerButton/>
        <IconButton
            picture=icondata_lu::LuStickyNote
            name="Speaker’s notes"
            title="Speaker’s notes in a second window (N)"
            on:click=move |_| act(app, Action::PresentNotes)
        />
        <IconButton
            picture=icondata_lu::LuSunMoon
            name="Dark or light"
            title="Dark or light (D)"
            on:click=move |_| act(app, Action::PresentTheme)
        />
    }
}
