//! The window of the speaker: the notes of the step that another window presents, what comes next, the
//! time, and the way on and back. It opens no document and changes none.

mod clock;
mod step;

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::ev;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use self::clock::Clock;
use self::step::{Next, Said, Told};
use crate::app::browser::channel::Channel;
use crate::app::browser::{focus_if_lost, in_text, key_press, window};
use crate::app::components::icon::Icon;
use crate::app::components::tooltip::Tooltip;
use crate::app::services::{address, speaker, theme};
use crate::app::state::{App, KEY_OF_THEME, ThemeChoice, use_app};
use crate::editor::{Followed, Lead, SpeakerMessage, SpeakerStep};
use crate::model::isolated;

const ENDED: &str = "The presentation has ended";

/// The page: what it has heard of, and how it asks.
#[derive(Clone, Copy)]
struct Desk {
    followed: RwSignal<Followed>,
    /// The picture of what comes after a step: the presentation, the number of the step, an SVG.
    picture: RwSignal<Option<(String, usize, String)>>,
    channel: StoredValue<Option<Channel>, LocalStorage>,
    /// What was just said to who does not see the page.
    said: RwSignal<String>,
}

impl Desk {
    fn new() -> Self {
        let followed = RwSignal::new(Followed::Waiting);
        let picture = RwSignal::new(None);
        let hear = move |text: String| match speaker::read(&text) {
            Some(SpeakerMessage::Next {
                of,
                after,
                picture: svg,
            }) => {
                picture.set(Some((of, after, svg)));
            }
            Some(message) => followed.update(|now| *now = std::mem::take(now).after(message)),
            None => {}
        };
        let channel = Channel::open(speaker::CHANNEL, hear);
        let desk = Self {
            followed,
            picture,
            channel: StoredValue::new_local(channel),
            said: RwSignal::new(String::new()),
        };
        desk.say(&SpeakerMessage::Hello);
        desk
    }

    fn say(self, message: &SpeakerMessage) {
        if let Some(text) = speaker::written(message) {
            self.channel.with_value(|channel| {
                if let Some(channel) = channel {
                    channel.say(&text);
                }
            });
        }
    }

    /// Asks the presentation that is followed to go somewhere.
    fn lead(self, lead: Lead) {
        let step = self.followed.with_untracked(|followed| {
            let step = followed.step()?;
            Some((step.of.clone(), step.number, step.count))
        });
        let Some((of, number, count)) = step else {
            return;
        };
        match lead {
            Lead::Next if number == count => self.said.set("This is the last step".to_owned()),
            Lead::Back if number == 1 => self.said.set("This is the first step".to_owned()),
            _ => self.say(&SpeakerMessage::Asked(of, lead)),
        }
    }
}

/// The whole page.
#[component]
pub fn Notes() -> impl IntoView {
    let app = use_app();
    let desk = Desk::new();
    listen(app, desk);
    let step = Memo::new(move |_| desk.followed.with(|followed| followed.step().cloned()));
    let is_told = Memo::new(move |_| step.with(Option::is_some));
    // A presentation that has begun since does not know of this window yet.
    let of = Memo::new(move |_| step.with(|step| step.as_ref().map(|step| step.of.clone())));
    Effect::new(move |_| {
        if of.get().is_some() {
            desk.say(&SpeakerMessage::Hello);
        }
    });
    // Keys lead from anywhere; who reads by a screen reader begins here, also once the buttons are gone.
    Effect::new(move |_| {
        is_told.track();
        Timeout::new(0, || focus_if_lost("#notes")).forget();
    });
    Effect::new(move |_| {
        desk.said.set(desk.followed.with(|followed| match followed {
            Followed::At(step) => spoken(step),
            Followed::Over => ENDED.to_owned(),
            Followed::Waiting => String::new(),
        }));
    });
    Effect::new(move |_| {
        if let Some(page) = window().document() {
            let title = step.with(|step| step.as_ref().map(|step| step.document.clone()));
            page.set_title(&match title.filter(|title| !title.is_empty()) {
                Some(title) => format!("Notes: {} – Loopstream", isolated(&title)),
                None => "Speaker’s notes – Loopstream".to_owned(),
            });
        }
    });
    view! {
        <main class="notes" id="notes" tabindex="-1" aria-label="Speaker’s notes">
            <Head step/>
            <Show when=move || is_told.get() fallback=move || view! { <Waiting desk/> }>
                <Said step/>
                // It may be longer than its window, and is scrolled by keys then.
                <div class="notes-steps" role="group" aria-label="Now and next" tabindex="0">
                    <Told step/>
                    <Next step picture=desk.picture/>
                </div>
                <Controls desk step/>
            </Show>
        </main>
        <Tooltip/>
        <p class="visually-hidden" id="said" role="status" aria-live="polite">
            {desk.said}
        </p>
    }
}

/// The step, as a screen reader says it to the speaker.
fn spoken(step: &SpeakerStep) -> String {
    let mut words = format!("Step {} of {}.", step.number, step.count);
    let notes = match step.notes.as_str() {
        "" => step::NO_NOTES,
        notes => notes,
    };
    for part in [step.told.title.as_str(), notes] {
        if !part.is_empty() {
            words.push(' ');
            words.push_str(part);
            if !part.ends_with(['.', '!', '?', '…']) {
                words.push('.');
            }
        }
    }
    words
}

/// What is presented, which step it is, and the time.
#[component]
fn Head(step: Memo<Option<SpeakerStep>>) -> impl IntoView {
    let title = move || step.with(|step| step.as_ref().map(|step| step.document.clone()));
    let place = move || {
        step.with(|step| {
            let step = step.as_ref()?;
            Some(format!("{} of {}", step.number, step.count))
        })
    };
    view! {
        <header class="notes-head">
            <h1 class="notes-document" dir="auto">
                {move || title().filter(|title| !title.is_empty()).unwrap_or_else(|| "Speaker’s notes".to_owned())}
            </h1>
            <p class="notes-place">{place}</p>
            <Clock step/>
        </header>
    }
}

/// What is said while nothing is presented.
#[component]
fn Waiting(desk: Desk) -> impl IntoView {
    let words = move || {
        let has_channel = desk.channel.with_value(Option::is_some);
        desk.followed.with(|followed| match followed {
            _ if !has_channel => ("No notes here", "This browser cannot show the notes in a window of their own."),
            Followed::Over => (
                ENDED,
                "When the next one begins in this browser, its notes come here.",
            ),
            Followed::Waiting | Followed::At(_) => (
                "Waiting for a presentation",
                "Open a diagram in another window of this browser and press Ctrl+Enter there: its notes come here.",
            ),
        })
    };
    view! {
        <section class="notes-waiting">
            <h2>{move || words().0}</h2>
            <p>{move || words().1}</p>
        </section>
    }
}

/// Back and next.
#[component]
fn Controls(desk: Desk, step: Memo<Option<SpeakerStep>>) -> impl IntoView {
    let is_first = move || step.with(|step| step.as_ref().is_none_or(|step| step.number == 1));
    let is_last =
        move || step.with(|step| step.as_ref().is_none_or(|step| step.number == step.count));
    view! {
        <div class="notes-controls" role="group" aria-label="Lead the presentation">
            <button
                class="button"
                aria-disabled=move || is_first().to_string()
                data-tip="Step before (←)"
                on:click=move |_| desk.lead(Lead::Back)
            >
                <Icon picture=icondata_lu::LuChevronLeft/>
                "Back"
            </button>
            <button
                class="button button-primary"
                aria-disabled=move || is_last().to_string()
                data-tip="Next step (→)"
                on:click=move |_| desk.lead(Lead::Next)
            >
                "Next"
                <Icon picture=icondata_lu::LuChevronRight/>
            </button>
        </div>
    }
}

/// What the page hears: keys, another address, another theme.
fn listen(app: App, desk: Desk) {
    window_event_listener(ev::keydown, move |event| key_down(desk, &event));
    window_event_listener(ev::hashchange, move |_| address::changed(app));
    // Coming back from where the browser keeps pages: much may have happened.
    window_event_listener(ev::pageshow, move |_| desk.say(&SpeakerMessage::Hello));
    window_event_listener(ev::storage, move |event| {
        if event.key().as_deref() == Some(KEY_OF_THEME) {
            app.theme.set(ThemeChoice::kept());
            theme::apply(app);
        }
    });
    for query in ["(prefers-color-scheme: dark)", theme::FORCED_COLORS] {
        if let Ok(Some(query)) = window().match_media(query) {
            EventListener::new(&query, "change", move |_| theme::apply(app)).forget();
        }
    }
}

fn key_down(desk: Desk, event: &ev::KeyboardEvent) {
    let press = key_press(event);
    if event.default_prevented() || in_text(event) || is_for_control(event, &press.key) {
        return;
    }
    if let Some(lead) = Lead::of_key(&press) {
        event.prevent_default();
        desk.lead(lead);
    }
}

/// Whether a key is for what has the focus: a button is pressed by Enter and space, and long notes are
/// scrolled by up and down.
fn is_for_control(event: &ev::KeyboardEvent, key: &str) -> bool {
    let within = |selector: &str| {
        let target = event.target();
        let target = target.and_then(|one| one.dyn_into::<Element>().ok());
        let found = target.and_then(|target| target.closest(selector).ok());
        found.flatten().is_some()
    };
    match key {
        "enter" | " " => within("button, a"),
        "arrowup" | "arrowdown" => within(".notes-said[tabindex], .notes-steps"),
        _ => false,
    }
}
