//! The outline: the diagram as lists and sentences, for the keyboard and for screen readers.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::{ev, html};

use super::FLOW_KINDS;
use super::frame::FrameControls;
use super::outline_improvement::OutlineImprovement;
use crate::app::browser::key_name;
use crate::app::components::field::{Choice, InputField};
use crate::app::components::icon::IconButton;
use crate::app::dispatch::{act, dispatch};
use crate::app::services::notify;
use crate::app::state::{App, Core, use_app};
use crate::app::text::grouped;
use crate::editor::{Action, Command, Event, Find, Pattern, Seek, Tagged, describe};
use crate::model::{
    Colour, Delay, Element, ElementKind, Id, Look, Polarity, Size, Strength, Tags, flow_between,
    isolated,
};

/// How many lines a list shows; the filter finds the others.
const PAGE: usize = 200;

/// A line of the outline.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Row {
    id: Id,
    words: String,
}

/// The lines of one kind that contain `filter`, by their words, and how many there are.
fn rows(app: App, kind: ElementKind, filter: &str) -> (Vec<Row>, usize) {
    let pattern = Pattern::new(filter);
    app.with(|core| {
        let document = core.editor.document();
        let found = core.editor.find().map(Find::records);
        // By its words here, such as those of both ends of a link, or by any of its texts.
        let is_sought = |row: &Row| match &pattern {
            Some(pattern) => {
                let is_found = found.is_some_and(|found| found.contains(&row.id));
                is_found || pattern.is_in(&row.words)
            }
            None => true,
        };
        let ids: Vec<Id> = match kind {
            ElementKind::Variable => document.variables().keys().copied().collect(),
            ElementKind::Link => document.links().keys().copied().collect(),
            ElementKind::Note => document.notes().keys().copied().collect(),
            ElementKind::Station => document.flow_order(),
            ElementKind::Flow => document.flows().keys().copied().collect(),
            ElementKind::Frame => document.frames().keys().copied().collect(),
            ElementKind::Improvement => {
                let improvements = document.improvements_in_order();
                improvements.into_iter().map(|(id, _)| id).collect()
            }
            ElementKind::LoopLabel
            | ElementKind::FindingReview
            | ElementKind::Comment
            | ElementKind::Image => Vec::new(),
        };
        let mut lines: Vec<Row> = ids
            .into_iter()
            .map(|id| Row {
                id,
                words: describe(document, id),
            })
            .filter(is_sought)
            .collect();
        // Stations stand in the order of flow, improvements as they were saved.
        if !matches!(kind, ElementKind::Station | ElementKind::Improvement) {
            lines.sort_by_key(|line| (line.words.to_ascii_lowercase(), line.id));
        }
        let count = lines.len();
        lines.truncate(PAGE);
        (lines, count)
    })
}

/// The outline.
#[component]
pub fn Outline() -> impl IntoView {
    let app = use_app();
    // What is looked for on the canvas, which the outline looks for as well.
    let filter = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| {
            let find = core.editor.find();
            find.map(|find| find.words().to_owned()).unwrap_or_default()
        })
    });
    let seek = move |seek: Seek| dispatch(app, Event::Find(seek));
    let on_filter = move |event: ev::Event| match event_target_value(&event) {
        words if words.is_empty() => seek(Seek::Close),
        words => seek(Seek::For(words)),
    };
    let on_filter_key = move |event: ev::KeyboardEvent| {
        match key_name(&event).as_str() {
            "Enter" if event.shift_key() => seek(Seek::Previous),
            "Enter" => seek(Seek::Next),
            "Escape" => seek(Seek::Close),
            _ => return,
        }
        event.prevent_default();
    };
    let any_notes = move || {
        app.document.track();
        app.with(|core| !core.editor.document().notes().is_empty())
    };
    let any_frames = move || {
        app.document.track();
        app.with(|core| !core.editor.document().frames().is_empty())
    };
    let any_stations = move || {
        app.document.track();
        app.with(|core| !core.editor.document().stations().is_empty())
    };
    let any_improvements = move || {
        app.document.track();
        app.with(|core| !core.editor.document().improvements().is_empty())
    };
    view! {
        <h2 class="panel-title">"Outline"</h2>
        <InputField
            value=filter
            attr:id="outline-filter"
            attr:class="field"
            attr:r#type="search"
            attr:placeholder="Find by name"
            attr:aria-label="Find in the outline"
            on:input=on_filter
            on:keydown=on_filter_key
        />
        <TagFilter/>
        <AddVariable/>
        <Section kind=ElementKind::Variable title="Variables" filter/>
        <AddLink/>
        <Section kind=ElementKind::Link title="Links" filter/>
        <Show when=any_notes>
            <Section kind=ElementKind::Note title="Notes" filter/>
        </Show>
        <Show when=any_frames>
            <Section kind=ElementKind::Frame title="Frames" filter/>
        </Show>
        <Show when=any_stations>
            <Section kind=ElementKind::Station title="Steps" filter/>
            <AddFlow/>
            <Section kind=ElementKind::Flow title="Flows" filter/>
        </Show>
        <Show when=any_improvements>
            <Section kind=ElementKind::Improvement title="Improvements" filter/>
        </Show>
    }
}

/// Which tag is shown, where there are any; all else steps back on the canvas.
#[component]
fn TagFilter() -> impl IntoView {
    let app = use_app();
    let tags = Memo::new(move |_| {
        app.document.track();
        app.with(|core| {
            let tags = core.editor.document().tags().into_iter();
            let counted = tags.map(|(tag, count)| (tag.to_owned(), format!("{tag} ({count})")));
            counted.collect::<Vec<_>>()
        })
    });
    let options = Signal::derive(move || {
        let none = [(String::new(), "All tags".to_owned())];
        none.into_iter().chain(tags.get()).collect()
    });
    let chosen = Memo::new(move |_| {
        app.selection.track();
        app.document.track();
        let tag = |tagged: &Tagged| tagged.tag.clone();
        app.with(|core| core.editor.tagged().map(tag).unwrap_or_default())
    });
    let keep = move |tag: String| {
        let tag = Some(tag).filter(|tag| !tag.is_empty());
        dispatch(app, Event::ShowTag(tag));
    };
    view! {
        <Show when=move || tags.with(|tags| !tags.is_empty())>
            <Choice options chosen keep attr:aria-label="Show only what is tagged"/>
        </Show>
    }
}

/// The tags of a record.
#[component]
fn TagField(id: Id) -> impl IntoView {
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

/// The records of a kind whose words have those of the filter.
#[component]
fn Section(kind: ElementKind, title: &'static str, filter: Memo<String>) -> impl IntoView {
    let app = use_app();
    let found = Memo::new(move |_| {
        app.document.track();
        rows(app, kind, &filter.get())
    });
    let count = Memo::new(move |_| found.with(|found| found.1));
    let selected = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| core.editor.selection().clone())
    });
    let is_longer = move || count.get() > PAGE;
    // By what they are: a line whose words change stays, and so does the focus in it.
    let ids = move || found.with(|found| found.0.iter().map(|row| row.id).collect::<Vec<_>>());
    view! {
        <section class="outline-section" aria-label=title>
            <h3>
                {title} " " <span class="count">{move || grouped(count.get() as u64)}</span>
            </h3>
            <ul class="outline">
                <For each=ids key=|id| *id let:id>
                    {match kind {
                        ElementKind::Improvement => view! { <OutlineImprovement id/> }.into_any(),
                        _ => view! { <OutlineRow id kind selected/> }.into_any(),
                    }}
                </For>
            </ul>
            <Show when=is_longer>
                <p class="muted">
                    {format!("The first {PAGE} are shown. Find narrows the list.")}
                </p>
            </Show>
        </section>
    }
}

#[component]
fn OutlineRow(id: Id, kind: ElementKind, selected: Memo<BTreeSet<Id>>) -> impl IntoView {
    let app = use_app();
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| describe(core.editor.document(), id))
    });
    let is_selected = Memo::new(move |_| selected.with(|ids| ids.contains(&id)));
    let has_look = matches!(
        kind,
        ElementKind::Variable | ElementKind::Note | ElementKind::Link | ElementKind::Station
    );
    let alone = move || selected.with(|ids| ids.len() == 1 && ids.contains(&id));
    view! {
        <li class="outline-row" class:outline-selected=move || is_selected.get()>
            <button
                class="outline-words"
                aria-pressed=move || is_selected.get().to_string()
                on:click=move |_| dispatch(app, Event::Select(BTreeSet::from([id])))
            >
                {move || words.get()}
            </button>
            <Show when=alone>
                {match kind {
                    ElementKind::Variable | ElementKind::Note | ElementKind::Station => {
                        view! { <TextControls id/> }.into_any()
                    }
                    ElementKind::Frame => view! { <FrameControls id/> }.into_any(),
                    ElementKind::Link => view! { <LinkControls id/> }.into_any(),
                    ElementKind::Flow
                    | ElementKind::LoopLabel
                    | ElementKind::FindingReview
                    | ElementKind::Comment
                    | ElementKind::Image
                    | ElementKind::Improvement => ().into_any(),
                }}
                <IconButton
                    picture=icondata_lu::LuTrash2
                    name=move || format!("Delete {}", words.get())
                    title="Delete"
                    on:click=move |_| dispatch(app, Event::Do(Command::Remove(id)))
                />
                <IconButton
                    picture=icondata_lu::LuMessageSquare
                    name=move || format!("Comment on {}", words.get())
                    title="Comment"
                    on:click=move |_| act(app, Action::CommentOn)
                />
                {has_look.then(|| view! { <LookControls id/> })}
            </Show>
        </li>
    }
}

/// The words of a variable or note.
#[component]
fn TextControls(id: Id) -> impl IntoView {
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

#[component]
fn LinkControls(id: Id) -> impl IntoView {
    let app = use_app();
    let now = Memo::new(move |_| {
        app.document.track();
        let link = app.with(|core| core.editor.document().links().get(&id).cloned());
        link.map(|link| (link.polarity, link.delay, link.remark, link.label))
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
        <InputField
            value=Signal::derive(move || now.get().2)
            keep=move |typed| dispatch(app, Event::Do(Command::SetRemark(id, typed)))
            attr:class="field"
            attr:aria-label="Why this cause has this effect"
            attr:autocomplete="off"
            attr:id="link-remark"
            attr:placeholder="Why?"
        />
        <InputField
            value=Signal::derive(move || now.get().3)
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
fn LookControls(id: Id) -> impl IntoView {
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

#[component]
fn AddVariable() -> impl IntoView {
    let app = use_app();
    let field = NodeRef::<html::Input>::new();
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let Some(field) = field.get_untracked() else {
            return;
        };
        if !field.value().trim().is_empty() {
            dispatch(app, Event::Do(Command::AddVariable(field.value())));
            notify::announce(app, format!("Added {}", isolated(&field.value())));
            field.set_value("");
        }
    };
    view! {
        <form class="add-form" on:submit=add>
            <input
                dir="auto"
                class="field"
                node_ref=field
                placeholder="New variable"
                autocomplete="off"
                aria-label="Name of a new variable"
                maxlength="200"
            />
            <button class="button" type="submit">
                "Add"
            </button>
        </form>
    }
}

#[component]
fn AddLink() -> impl IntoView {
    let app = use_app();
    let delay = NodeRef::<html::Input>::new();
    let sign = RwSignal::new("+".to_owned());
    let variables = Memo::new(move |_| {
        app.document.track();
        rows(app, ElementKind::Variable, "").0
    });
    let options = Signal::derive(move || {
        let rows = variables.get().into_iter();
        rows.map(|row| (row.id.to_string(), row.words)).collect()
    });
    // What a person chose, while it is there.
    let [cause, effect] = [(); 2].map(|()| RwSignal::new(String::new()));
    let [from, to] = [(cause, 0), (effect, 1)].map(|(chosen, place)| {
        Memo::new(move |_| {
            let chosen = chosen.get().parse::<Id>().ok();
            variables.with(|rows| {
                let chosen = chosen.filter(|id| rows.iter().any(|row| row.id == *id));
                chosen.or_else(|| rows.get(place).or(rows.first()).map(|row| row.id))
            })
        })
    });
    let words = |id: Memo<Option<Id>>| {
        Signal::derive(move || id.get().map(|id| id.to_string()).unwrap_or_default())
    };
    let add = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let (Some(from), Some(to)) = (from.get_untracked(), to.get_untracked()) else {
            return;
        };
        let polarity = match sign.get_untracked().as_str() {
            "+" => Polarity::Positive,
            "-" => Polarity::Negative,
            _ => Polarity::Unknown,
        };
        let tick = delay.get_untracked();
        let delay = match tick.as_ref().is_some_and(|tick| tick.checked()) {
            true => Delay::Delayed,
            false => Delay::None,
        };
        dispatch(
            app,
            Event::Do(Command::AddLink {
                from,
                to,
                polarity,
                delay,
            }),
        );
        // Few links are delayed: the next one is so only if that is said again.
        if let Some(tick) = tick {
            tick.set_checked(false);
        }
    };
    let signs = [
        ("+", "increases (+)"),
        ("-", "decreases (−)"),
        ("?", "affects (?)"),
    ];
    let signs = signs.map(|(sign, words)| (sign.to_owned(), words.to_owned()));
    view! {
        <Show when=move || !variables.with(Vec::is_empty)>
            <form class="add-link" on:submit=add aria-label="New link">
                // The effect is another variable than the cause, unless a person wants it so.
                <Choice
                    options
                    chosen=words(from)
                    keep=move |typed| cause.set(typed)
                    attr:aria-label="Cause"
                />
                <Choice
                    options=signs.to_vec()
                    chosen=sign
                    keep=move |typed| sign.set(typed)
                    attr:aria-label="Polarity"
                />
                <Choice
                    options
                    chosen=words(to)
                    keep=move |typed| effect.set(typed)
                    attr:aria-label="Effect"
                />
                <label class="check">
                    <input dir="auto" type="checkbox" node_ref=delay/>
                    "delayed"
                </label>
                <button class="button" type="submit">
                    "Add link"
                </button>
            </form>
        </Show>
    }
}

/// A flow between two stations, of a kind that fits them unless one is chosen.
#[component]
fn AddFlow() -> impl IntoView {
    let app = use_app();
    let [from, to, kind] = [const { "" }; 3].map(|none| RwSignal::new(none.to_owned()));
    let stations = Memo::new(move |_| {
        app.document.track();
        rows(app, ElementKind::Station, "").0
    });
    let options = move |first: &'static str| {
        Signal::derive(move || {
            let rows = stations.get().into_iter();
            let rows = rows.map(|row| (row.id.to_string(), row.words));
            let none = [(String::new(), first.to_owned())];
            none.into_iter().chain(rows).collect()
        })
    };
    let kinds = FLOW_KINDS.iter().enumerate();
    let kinds = kinds.map(|(place, (_, words))| (place.to_string(), (*words).to_owned()));
    let fitting = [(String::new(), "Kind that fits".to_owned())];
    let kinds: Vec<_> = fitting.into_iter().chain(kinds).collect();
    let add = move |_| {
        let id = |chosen: RwSignal<String>| chosen.get_untracked().parse::<Id>().ok();
        let (Some(from), Some(to)) = (id(from), id(to)) else {
            notify::announce(app, "Choose where the flow starts and ends");
            return;
        };
        let place: Option<usize> = kind.get_untracked().parse().ok();
        let chosen = place
            .and_then(|place| FLOW_KINDS.get(place))
            .map(|(kind, _)| *kind);
        let kind = chosen
            .unwrap_or_else(|| app.with(|core| flow_between(core.editor.document(), from, to)));
        dispatch(app, Event::Do(Command::AddFlow { from, to, kind }));
    };
    view! {
        <div class="add-link" role="group" aria-label="New flow">
            <Choice
                options=options("From")
                chosen=from
                keep=move |typed| from.set(typed)
                attr:aria-label="From"
            />
            <Choice
                options=kinds
                chosen=kind
                keep=move |typed| kind.set(typed)
                attr:aria-label="Kind of flow"
            />
            <Choice
                options=options("To")
                chosen=to
                keep=move |typed| to.set(typed)
                attr:aria-label="To"
            />
            <button class="button" on:click=add>
                "Add flow"
            </button>
        </div>
    }
}
