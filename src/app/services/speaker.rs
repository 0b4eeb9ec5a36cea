//! The speaker's notes in a window of their own: what the presentation tells that window, and where
//! that leads it.

use wasm_bindgen::JsCast;
use web_sys::Window;

use crate::app::browser::channel::Channel;
use crate::app::browser::{home, milliseconds, now, random_id, window};
use crate::app::services::{notify, present, worker};
use crate::app::state::{App, NOTES, Page, Speaker, Tone};
use crate::editor::{Event, Lead, PresentInput, SpeakerMessage};
use crate::format::StepFrame;
use crate::scene::PictureLook;
use crate::worker::{Request, StepsFor};

/// The name of the channel on which the windows speak.
pub const CHANNEL: &str = "loopstream/notes";
/// The name of the window, so that one of them is opened and no more.
const WINDOW: &str = "loopstream-notes";

const BLOCKED: &str = "The browser blocked the window with the notes. Allow pop-ups for this page, \
                       then press N again.";
const NO_CHANNEL: &str = "This browser cannot show the notes in a window of their own.";
const OPENED: &str = "The notes are in a window of their own: move it to your own screen. F takes \
                      the whole screen here.";

/// A message as it travels; none where it cannot be written, which none of these is.
#[must_use]
pub fn written(message: &SpeakerMessage) -> Option<String> {
    serde_json::to_string(message).ok()
}

/// A message that has come; none for what another version says.
#[must_use]
pub fn read(text: &str) -> Option<SpeakerMessage> {
    serde_json::from_str(text).ok()
}

/// A presentation has begun: whoever shows its notes is to hear of it.
pub fn begin(app: App) {
    let channel = Channel::open(CHANNEL, move |text| {
        if let Some(message) = read(&text) {
            hear(app, message);
        }
    });
    app.change(|core| {
        let window = core.speaker.take().and_then(|before| before.window);
        core.speaker = Some(Speaker {
            // In the frame of another page nobody speaks.
            channel: channel.filter(|_| app.page != Page::Embed),
            of: random_id().to_string(),
            began: now(),
            window,
            is_heard: false,
        });
    });
}

/// Tells the step that is shown.
pub fn tell(app: App) {
    let told = app.with(|core| {
        let speaker = core.speaker.as_ref()?;
        core.editor.speaker_step(&speaker.of, speaker.began)
    });
    if let Some(told) = told {
        say(app, &SpeakerMessage::Told(Box::new(told)));
        ask_picture(app);
    }
}

/// The presentation is over, or its page goes.
pub fn end(app: App) {
    let of = app.with(|core| core.speaker.as_ref().map(|speaker| speaker.of.clone()));
    if let Some(of) = of {
        say(app, &SpeakerMessage::Ended(of));
    }
}

/// It is over for good.
pub fn close(app: App) {
    end(app);
    app.change(|core| {
        // The window is known for the next time.
        if let Some(speaker) = &mut core.speaker {
            speaker.channel = None;
        }
    });
}

/// Opens the window with the notes, or brings it forward where it is open.
pub fn open_window(app: App) {
    if app.page == Page::Embed {
        return;
    }
    let (has_channel, open) = app.with(|core| {
        let speaker = core.speaker.as_ref();
        let has_channel = speaker.is_some_and(|speaker| speaker.channel.is_some());
        let open = speaker.and_then(|speaker| speaker.window.clone());
        (has_channel, open.filter(|window| !is_closed(window)))
    });
    if !has_channel {
        notify::show(app, NO_CHANNEL, Tone::Trouble, None);
        return;
    }
    if let Some(open) = open {
        // Fails only where the window has just gone.
        let _ = open.focus();
        return;
    }
    // A window that opens takes the whole screen away, in some browsers; the presentation goes on.
    present::give_whole_screen_back(app);
    let mut address = home();
    address.push_str(NOTES);
    let opened = window().open_with_url_and_target_and_features(
        &address,
        WINDOW,
        "popup,width=960,height=720",
    );
    match opened.ok().flatten() {
        Some(opened) => {
            app.change(|core| {
                if let Some(speaker) = &mut core.speaker {
                    speaker.window = Some(opened);
                }
            });
            notify::show(app, OPENED, Tone::Info, None);
        }
        None => notify::show(app, BLOCKED, Tone::Trouble, None),
    }
}

/// Takes the picture of what comes after the step of this number, from 1.
pub fn take_picture(app: App, after: u64, picture: String) {
    let of = app.with(|core| {
        let place = core.editor.presenting()?.place() as u64;
        let speaker = core.speaker.as_ref()?;
        (place + 1 == after).then(|| speaker.of.clone())
    });
    if let Some(of) = of {
        let after = after as usize;
        say(app, &SpeakerMessage::Next { of, after, picture });
    }
}

/// Has the worker draw the next step, where somebody sees it.
fn ask_picture(app: App) {
    let wanted = app.with(|core| {
        let presenting = core.editor.presenting()?;
        let next = presenting.next_step()?.clone();
        let is_heard = core.speaker.as_ref().is_some_and(|one| one.is_heard);
        let after = presenting.place() as u64 + 1;
        let look = PictureLook {
            links: core.editor.link_colours(),
            ..PictureLook::plain(core.theme)
        };
        is_heard.then_some((next, after, look))
    });
    if let Some((next, after, look)) = wanted {
        worker::request(
            app,
            Request::StepPictures {
                steps: vec![next],
                look,
                frame: StepFrame::Bare,
                purpose: StepsFor::Next(after),
            },
        );
    }
}

fn hear(app: App, message: SpeakerMessage) {
    match message {
        SpeakerMessage::Hello => {
            app.change(|core| {
                if let Some(speaker) = &mut core.speaker {
                    speaker.is_heard = true;
                }
            });
            tell(app);
        }
        SpeakerMessage::Asked(of, lead) => {
            let is_ours = app.with(|core| {
                let speaker = core.speaker.as_ref();
                speaker.is_some_and(|speaker| speaker.of == of)
            });
            if is_ours {
                follow(app, lead);
            }
        }
        // Said by other presentations.
        SpeakerMessage::Told(_) | SpeakerMessage::Next { .. } | SpeakerMessage::Ended(_) => {}
    }
}

/// Goes where the window with the notes leads.
fn follow(app: App, lead: Lead) {
    app.send(match (lead, lead.action()) {
        (Lead::Digit(digit), _) => Event::Present(PresentInput::Digit(digit, milliseconds())),
        (_, Some(action)) => Event::Act(action),
        (_, None) => return,
    });
}

fn say(app: App, message: &SpeakerMessage) {
    let Some(text) = written(message) else {
        return;
    };
    app.with(|core| {
        let speaker = core.speaker.as_ref();
        if let Some(channel) = speaker.and_then(|speaker| speaker.channel.as_ref()) {
            channel.say(&text);
        }
    });
}

/// Whether a person has closed a window.
fn is_closed(window: &Window) -> bool {
    let closed = js_sys::Reflect::get(window.unchecked_ref(), &"closed".into());
    closed.is_ok_and(|closed| closed.is_truthy())
}
