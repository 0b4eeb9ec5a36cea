//! What a line of the outline has for the record that is selected: its words, its signs, its look,
//! its tags.

use leptos::prelude::*;

use crate::app::components::field::{Choice, InputField};
use crate::app::dispatch::{act, dispatch};
use crate::app::state::{Core, use_app};
use crate::editor::{Action, Command, Event};
use crate::model::{
    Colour, Delay, Element, Id, Look, Polarity, Size, Strength, Tags, VariableKind,
};

/// The tags of a record.
#[component]
pub fn TagField(
    /// The record.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let tags = Memo::new(move |_| {
        app.document.track();
        let tags = |core: &Core| core.editor.document().tags_of(id).map(Tags::written);
        app.with(tags).unwrap_or_default()
    });
    view! {
        <InputField
            value=tags
            keep=move |typed| dispatch(app, Event::Do(Command::SetTags(id, typed)))
            attr:class="field"
            attr:aria-label="Tags"
            attr:autocomplete="off"
            attr:placeholder="Tags, with commas between"
        />
    }
}

/// The words of a variable or note.
#[component]
pub fn TextControls(
    /// The variable or note.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| match core.editor.document().element(id) {
            Some(Element::Variable(variable)) => (variable.name, Some(variable.remark)),
            Some(Element::Note(note)) => (note.text, None),
            Some(Element::Station(station)) => (station.name, Some(station.remark)),
            _ => (String::new(), None),
        })
    });
    let has_remark = now.get_untracked().1.is_some();
    let has_image = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().images_of(id).next().is_some())
    });
    let alt = Memo::new(move |_| {
        app.document.track();
        let note = app.with(|core| core.editor.document().notes().get(&id).cloned());
        note.map(|note| note.alt).unwrap_or_default()
    });
    view! {
        <InputField
            value=Signal::derive(move || now.get().0)
            keep=move |typed| dispatch(app, Event::Do(Command::SetText(id, typed)))
            attr:class="field"
            attr:aria-label="Words"
            attr:autocomplete="off"
        />
        <Show when=move || has_image.get()>
            <InputField
                value=alt
                keep=move |typed| dispatch(app, Event::Do(Command::SetAlt(id, typed)))
                attr:class="field"
                attr:aria-label="What the image shows"
                attr:autocomplete="off"
                attr:id="image-alt"
                attr:placeholder="What the image shows"
            />
        </Show>
        {has_remark.then(|| {
            view! {
                <InputField
                    value=Signal::derive(move || now.get().1.unwrap_or_default())
                    keep=move |typed| dispatch(app, Event::Do(Command::SetRemark(id, typed)))
                    attr:class="field"
                    attr:aria-label="Note on it"
                    attr:autocomplete="off"
                    attr:placeholder="What it is, how it is measured"
                />
            }
        })}
        <TagField id/>
    }
}

/// What a variable is: plain, a stock or a flow; a stock gets inflows and outflows here.
#[component]
pub fn KindControls(
    /// The variable, which alone is selected.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        let kind = |core: &Core| {
            core.editor
                .document()
                .variables()
                .get(&id)
                .map(|one| one.kind)
        };
        app.with(kind).unwrap_or_default()
    });
    let kinds = [
        (VariableKind::Plain, "plain", "Plain variable"),
        (VariableKind::Stock, "stock", "Stock"),
        (VariableKind::Rate, "flow", "Flow (rate)"),
    ];
    let options = kinds.map(|(_, key, words)| (key.to_owned(), words.to_owned()));
    let options = Signal::stored(options.to_vec());
    let chosen = Memo::new(move |_| {
        let found = kinds.iter().find(|(kind, ..)| *kind == now.get());
        found
            .map(|(_, key, _)| (*key).to_owned())
            .unwrap_or_default()
    });
    let keep = move |key: String| {
        if let Some((kind, ..)) = kinds.iter().find(|(_, other, _)| *other == key) {
            dispatch(app, Event::Do(Command::SetKind(id, *kind)));
        }
    };
    let add = move |action: Action| {
        view! {
            <button class="button" on:click=move |_| act(app, action)>
                {action.label()}
            </button>
        }
    };
    view! {
        <Choice options chosen keep attr:aria-label="What it is"/>
        <Show when=move || now.get() == VariableKind::Stock>
            <div class="link-controls" role="group" aria-label="Flows">
                {add(Action::AddInflow)}
                {add(Action::AddOutflow)}
            </div>
        </Show>
    }
}

/// The sign of a link, and whether it is delayed.
#[component]
pub fn SignButtons(
    /// The link.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        let link = app.with(|core| core.editor.document().links().get(&id).cloned());
        link.map(|link| (link.polarity, link.delay))
            .unwrap_or_default()
    });
    let sign = |sign: Polarity| {
        view! {
            <button
                class="sign-button"
                aria-label=format!("Polarity {}", sign_word(sign))
                aria-pressed=move || (now.get().0 == sign).to_string()
                on:click=move |_| dispatch(app, Event::Do(Command::SetPolarity(id, sign)))
            >
                {sign.symbol()}
            </button>
        }
    };
    let turn_delay = move |_| {
        let delay = match now.get_untracked().1 {
            Delay::Delayed => Delay::None,
            Delay::None => Delay::Delayed,
        };
        dispatch(app, Event::Do(Command::SetDelay(id, delay)));
    };
    let signs = [Polarity::Positive, Polarity::Negative, Polarity::Unknown];
    view! {
        <div class="link-controls" role="group" aria-label="Polarity and delay">
            {signs.map(sign).collect_view()}
            <button
                class="button"
                aria-pressed=move || (now.get().1 == Delay::Delayed).to_string()
                on:click=turn_delay
            >
                "Delayed"
            </button>
        </div>
    }
}

/// The sign, the delay, the words and the tags of a link.
#[component]
pub fn LinkControls(
    /// The link.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        let link = app.with(|core| core.editor.document().links().get(&id).cloned());
        link.map(|link| (link.remark, link.label))
            .unwrap_or_default()
    });
    view! {
        <SignButtons id/>
        <InputField
            value=Signal::derive(move || now.get().0)
            keep=move |typed| dispatch(app, Event::Do(Command::SetRemark(id, typed)))
            attr:class="field"
            attr:aria-label="Why this cause has this effect"
            attr:autocomplete="off"
            attr:id="link-remark"
            attr:placeholder="Why?"
        />
        <InputField
            value=Signal::derive(move || now.get().1)
            keep=move |typed| dispatch(app, Event::Do(Command::SetLabel(id, typed)))
            attr:class="field"
            attr:aria-label="Label on the line"
            attr:autocomplete="off"
            attr:id="link-label"
            attr:placeholder="Label on the line"
        />
        <TagField id/>
    }
}

/// How a record looks: the choices that its kind has.
#[component]
pub fn LookControls(
    /// The record.
    id: Id,
) -> impl IntoView {
    let app = use_app();
    let look = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().look(id).unwrap_or_default())
    });
    let give = move |look: Look| dispatch(app, Event::Do(Command::SetLook(id, look)));
    let options = |names: Vec<&'static str>| {
        let option = |name: &'static str| (name.to_owned(), name.to_owned());
        names.into_iter().map(option).collect::<Vec<_>>()
    };
    let (has_size, has_strength, has_emphasis) = {
        let look = look.get_untracked();
        let has_strength = look.strength.is_some();
        (look.size.is_some(), has_strength, look.emphasis.is_some())
    };
    let colours = std::iter::once(NO_COLOUR).chain(Colour::ALL.map(Colour::name));
    let colour = Signal::derive(move || {
        let colour = look.get().colour.flatten();
        colour.map_or(NO_COLOUR, Colour::name).to_owned()
    });
    let size = move || {
        let chosen = Signal::derive(move || look.get().size.unwrap_or_default().name().to_owned());
        let keep = move |typed: String| {
            let size = Size::ALL.into_iter().find(|size| size.name() == typed);
            let look = Look::default();
            give(Look { size, ..look });
        };
        let options = options(Size::ALL.map(Size::name).to_vec());
        view! { <Choice options chosen keep attr:aria-label="Size"/> }
    };
    let strength = move || {
        let chosen =
            Signal::derive(move || look.get().strength.unwrap_or_default().name().to_owned());
        let keep = move |typed: String| {
            let all = Strength::ALL.into_iter();
            let strength = { all }.find(|strength| strength.name() == typed);
            let look = Look::default();
            give(Look { strength, ..look });
        };
        let options = options(Strength::ALL.map(Strength::name).to_vec());
        view! { <Choice options chosen keep attr:aria-label="Strength"/> }
    };
    let emphasis = move || {
        let turn = move |_| {
            let is_on = look.get_untracked().emphasis == Some(true);
            let look = Look::default();
            give(Look {
                emphasis: Some(!is_on),
                ..look
            });
        };
        view! {
            <button
                class="button"
                aria-pressed=move || (look.get().emphasis == Some(true)).to_string()
                on:click=turn
            >
                "Emphasis"
            </button>
        }
    };
    view! {
        <div class="link-controls look-controls" role="group" aria-label="Style">
            <Choice
                options=options(colours.collect())
                chosen=colour
                keep=move |typed: String| {
                    let look = Look::default();
                    give(Look { colour: Some(Colour::named(&typed)), ..look });
                }
                attr:aria-label="Colour"
            />
            {has_size.then(size)}
            {has_strength.then(strength)}
            {has_emphasis.then(emphasis)}
        </div>
    }
}

/// What the choice of colours calls none.
const NO_COLOUR: &str = "no colour";

const fn sign_word(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "plus",
        Polarity::Negative => "minus",
        Polarity::Unknown => "unknown",
    }
}
