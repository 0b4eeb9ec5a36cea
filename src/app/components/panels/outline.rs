//! The outline: the diagram as lists and sentences, for the keyboard and for screen readers.

use std::collections::BTreeSet;

use leptos::prelude::*;
use web_sys::HtmlInputElement;

use super::{FLOW_KINDS, choice};
use crate::app::browser::lower_case;
use crate::app::components::icon::icon_button;
use crate::app::dispatch::dispatch;
use crate::app::plain::{
    Line, Place, Tag, lines, nothing, show, tag, text_of, together, view_of, written,
};
use crate::app::services::notify;
use crate::app::state::{App, use_app};
use crate::app::text::grouped;
use crate::editor::{Command, Event, describe};
use crate::model::{Delay, Element, ElementKind, Id, Polarity, flow_between, isolated};

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
    let filter = lower_case(filter.trim());
    app.with(|core| {
        let document = core.editor.document();
        let ids: Vec<Id> = match kind {
            ElementKind::Variable => document.variables().keys().copied().collect(),
            ElementKind::Link => document.links().keys().copied().collect(),
            ElementKind::Note => document.notes().keys().copied().collect(),
            ElementKind::Station => document.stations().keys().copied().collect(),
            ElementKind::Flow => document.flows().keys().copied().collect(),
            ElementKind::LoopLabel | ElementKind::FindingReview => Vec::new(),
        };
        let mut lines: Vec<Row> = ids
            .into_iter()
            .map(|id| Row {
                id,
                words: describe(document, id),
            })
            .filter(|line| filter.is_empty() || lower_case(&line.words).contains(&filter))
            .collect();
        lines.sort_by_key(|line| (line.words.to_ascii_lowercase(), line.id));
        let count = lines.len();
        lines.truncate(PAGE);
        (lines, count)
    })
}

/// The outline.
pub fn outline_panel() -> AnyView {
    let app = use_app();
    let filter = RwSignal::new(String::new());
    let find = tag("input")
        .with("id", "outline-filter")
        .class("field")
        .with("type", "search")
        .with("placeholder", "Find by name")
        .label("Find in the outline")
        .value(text_of(move || filter.get()))
        .on("input", move |event| filter.set(written(&event)));
    let any_notes = move || {
        app.document.track();
        app.with(|core| !core.editor.document().notes().is_empty())
    };
    let any_stations = move || {
        app.document.track();
        app.with(|core| !core.editor.document().stations().is_empty())
    };
    together(vec![
        tag("h2").class("panel-title").text("Outline").view(),
        find.view(),
        add_variable(app),
        section(app, ElementKind::Variable, "Variables", filter),
        add_link(app),
        section(app, ElementKind::Link, "Links", filter),
        show(any_notes, move || {
            section(app, ElementKind::Note, "Notes", filter)
        }),
        show(any_stations, move || {
            together(vec![
                section(app, ElementKind::Station, "Stations", filter),
                add_flow(app),
                section(app, ElementKind::Flow, "Flows", filter),
            ])
        }),
    ])
}

/// The records of a kind whose words have those of the filter.
fn section(app: App, kind: ElementKind, title: &'static str, filter: RwSignal<String>) -> AnyView {
    let found = Memo::new(move |_| {
        app.document.track();
        rows(app, kind, &filter.get())
    });
    let count = Memo::new(move |_| found.with(|found| found.1));
    let selected = Memo::new(move |_| {
        app.selection.track();
        app.with(|core| core.editor.selection().clone())
    });
    // By what they are: a line whose words change stays, and so does the focus in it.
    let rows = lines(move || {
        let ids = found.with(|found| found.0.iter().map(|row| row.id).collect::<Vec<_>>());
        ids.into_iter()
            .map(|id| Line {
                key: id.to_string(),
                view: Box::new(move || outline_row(app, id, kind, selected)),
            })
            .collect()
    });
    let heading = tag("h3").text(title).text(" ").child(
        tag("span")
            .class("count")
            .text(text_of(move || grouped(count.get() as u64))),
    );
    let rest = show(
        move || count.get() > PAGE,
        || {
            tag("p")
                .class("muted")
                .text(format!(
                    "The first {PAGE} are shown. Find narrows the list."
                ))
                .view()
        },
    );
    tag("section")
        .class("outline-section")
        .label(title)
        .child(heading)
        .child(tag("ul").class("outline").child(rows))
        .child(rest)
        .view()
}

fn outline_row(app: App, id: Id, kind: ElementKind, selected: Memo<BTreeSet<Id>>) -> AnyView {
    let words = Memo::new(move |_| {
        app.document.track();
        app.with(|core| describe(core.editor.document(), id))
    });
    let is_selected = Memo::new(move |_| selected.with(|ids| ids.contains(&id)));
    let alone = move || selected.with(|ids| ids.len() == 1 && ids.contains(&id));
    let class = move || match is_selected.get() {
        true => "outline-row outline-selected",
        false => "outline-row",
    };
    let button = tag("button")
        .class("outline-words")
        .with(
            "aria-pressed",
            text_of(move || is_selected.get().to_string()),
        )
        .press(move || dispatch(app, Event::Select(BTreeSet::from([id]))))
        .text(text_of(move || words.get()));
    let controls = show(alone, move || {
        let controls = match kind {
            ElementKind::Variable | ElementKind::Note | ElementKind::Station => {
                text_controls(app, id)
            }
            ElementKind::Link => link_controls(app, id),
            ElementKind::Flow | ElementKind::LoopLabel | ElementKind::FindingReview => nothing(),
        };
        let delete = icon_button(
            icondata_lu::LuTrash2,
            text_of(move || format!("Delete {}", words.get())),
            "Delete",
            move || dispatch(app, Event::Do(Command::Remove(id))),
        );
        together(vec![controls, delete.view()])
    });
    tag("li")
        .class(text_of(class))
        .child(button)
        .child(controls)
        .view()
}

/// A field of a record: what it says now, and what changing it does.
fn field(
    label: &'static str,
    words: impl Fn() -> String + Send + 'static,
    keep: impl Fn(String) + Send + 'static,
) -> Tag {
    tag("input")
        .class("field")
        .label(label)
        .value(text_of(words))
        .with("autocomplete", "off")
        .on("change", move |event| keep(written(&event)))
}

/// The words of a variable or note.
fn text_controls(app: App, id: Id) -> AnyView {
    let now = Memo::new(move |_| {
        app.document.track();
        app.with(|core| match core.editor.document().element(id) {
            Some(Element::Variable(variable)) => (variable.name, Some(variable.remark)),
            Some(Element::Note(note)) => (note.text, None),
            Some(Element::Station(station)) => (station.name, Some(station.remark)),
            _ => (String::new(), None),
        })
    });
    let words = field(
        "Words",
        move || now.get().0,
        move |typed| dispatch(app, Event::Do(Command::SetText(id, typed))),
    );
    let remark = now.get_untracked().1.map(|_| {
        field(
            "About it",
            move || now.get().1.unwrap_or_default(),
            move |typed| dispatch(app, Event::Do(Command::SetRemark(id, typed))),
        )
        .with("placeholder", "What it is, how it is measured")
    });
    together(vec![words.view(), remark.map_or_else(nothing, Tag::view)])
}

fn link_controls(app: App, id: Id) -> AnyView {
    let now = Memo::new(move |_| {
        app.document.track();
        let link = app.with(|core| core.editor.document().links().get(&id).cloned());
        link.map(|link| (link.polarity, link.delay, link.remark))
            .unwrap_or_default()
    });
    let delayed = move || now.get().1 == Delay::Delayed;
    let sign = |sign: Polarity| {
        tag("button")
            .class("sign-button")
            .label(format!("Polarity {}", sign_word(sign)))
            .with(
                "aria-pressed",
                text_of(move || (now.get().0 == sign).to_string()),
            )
            .press(move || dispatch(app, Event::Do(Command::SetPolarity(id, sign))))
            .text(sign.symbol().to_string())
    };
    let delay = tag("button")
        .class("button")
        .with("aria-pressed", text_of(move || delayed().to_string()))
        .press(move || {
            let delay = match now.get_untracked().1 {
                Delay::Delayed => Delay::None,
                Delay::None => Delay::Delayed,
            };
            dispatch(app, Event::Do(Command::SetDelay(id, delay)));
        })
        .text("Delayed");
    let signs = [Polarity::Positive, Polarity::Negative, Polarity::Unknown];
    let controls = tag("div")
        .class("link-controls")
        .with("role", "group")
        .label("Polarity and delay")
        .children(signs.map(sign))
        .child(delay);
    let remark = field(
        "Why this cause has this effect",
        move || now.get().2,
        move |typed| dispatch(app, Event::Do(Command::SetRemark(id, typed))),
    );
    let remark = remark.with("id", "link-remark").with("placeholder", "Why?");
    together(vec![controls.view(), remark.view()])
}

const fn sign_word(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => "plus",
        Polarity::Negative => "minus",
        Polarity::Unknown => "unknown",
    }
}

fn add_variable(app: App) -> AnyView {
    let field = Place::new();
    let add = move |event: web_sys::Event| {
        event.prevent_default();
        let Some(field) = field.now::<HtmlInputElement>() else {
            return;
        };
        if !field.value().trim().is_empty() {
            dispatch(app, Event::Do(Command::AddVariable(field.value())));
            notify::announce(app, format!("Added {}", isolated(&field.value())));
            field.set_value("");
        }
    };
    let name = tag("input")
        .class("field")
        .at(field)
        .with("placeholder", "New variable")
        .with("autocomplete", "off")
        .label("Name of a new variable")
        .with("maxlength", "200");
    tag("form")
        .class("add-form")
        .on("submit", add)
        .child(name)
        .child(submit("Add"))
        .view()
}

fn submit(words: &'static str) -> Tag {
    tag("button")
        .class("button")
        .with("type", "submit")
        .text(words)
}

fn add_link(app: App) -> AnyView {
    let (from, to, sign) = (Place::new(), Place::new(), Place::new());
    let delay = Place::new();
    let variables = Memo::new(move |_| {
        app.document.track();
        rows(app, ElementKind::Variable, "").0
    });
    let add = move |event: web_sys::Event| {
        event.prevent_default();
        let id = |select: Place| select.value().parse::<Id>().ok();
        let (Some(from), Some(to)) = (id(from), id(to)) else {
            return;
        };
        let polarity = match sign.value().as_str() {
            "+" => Polarity::Positive,
            "-" => Polarity::Negative,
            _ => Polarity::Unknown,
        };
        let tick = delay.now::<HtmlInputElement>();
        let delay = match tick.as_ref().is_some_and(HtmlInputElement::checked) {
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
    let choice =
        |label: &'static str, place: Place| tag("select").class("field").label(label).at(place);
    let option = |value: String, words: String| tag("option").with("value", value).text(words);
    // The effect is another variable than the cause, unless a person wants it so.
    let variable = move |label: &'static str, place: Place, first: usize| {
        let options = view_of(move || {
            let rows = variables.get().into_iter().enumerate();
            let options = rows.map(|(at, row)| {
                let option = option(row.id.to_string(), row.words);
                match at == first {
                    true => option.with("selected", ""),
                    false => option,
                }
                .view()
            });
            together(options.collect())
        });
        choice(label, place).child(options)
    };
    let signs = [
        ("+", "increases (+)"),
        ("-", "decreases (−)"),
        ("?", "affects (?)"),
    ];
    let sign_words = move || {
        let options = signs.into_iter();
        choice("Polarity", sign)
            .children(options.map(|(sign, words)| option(sign.to_owned(), words.to_owned())))
    };
    let check = move || {
        tag("label")
            .class("check")
            .child(tag("input").with("type", "checkbox").at(delay))
            .text("delayed")
    };
    show(
        move || !variables.with(Vec::is_empty),
        move || {
            tag("form")
                .class("add-link")
                .on("submit", add)
                .label("New link")
                .child(variable("Cause", from, 0))
                .child(sign_words())
                .child(variable("Effect", to, 1))
                .child(check())
                .child(submit("Add link"))
                .view()
        },
    )
}

/// A flow between two stations, of a kind that fits them unless one is chosen.
fn add_flow(app: App) -> AnyView {
    let [from, to, kind] = [const { "" }; 3].map(|none| RwSignal::new(none.to_owned()));
    let stations = Memo::new(move |_| {
        app.document.track();
        rows(app, ElementKind::Station, "").0
    });
    let station = move |label: &'static str, chosen: RwSignal<String>| {
        view_of(move || {
            let none = [(String::new(), label.to_owned())];
            let rows = stations.get().into_iter();
            let words = rows.map(|row| (row.id.to_string(), row.words));
            let now = chosen.get_untracked();
            choice(label, none.into_iter().chain(words), &now, move |typed| {
                chosen.set(typed)
            })
            .view()
        })
    };
    let kinds = FLOW_KINDS.iter().enumerate();
    let kinds = kinds.map(|(place, (_, words))| (place.to_string(), (*words).to_owned()));
    let fitting = [(String::new(), "The kind that fits".to_owned())];
    let kinds = choice(
        "Kind of flow",
        fitting.into_iter().chain(kinds),
        "",
        move |typed| kind.set(typed),
    );
    let add = move || {
        let id = |chosen: RwSignal<String>| chosen.get_untracked().parse::<Id>().ok();
        let (Some(from), Some(to)) = (id(from), id(to)) else {
            notify::announce(app, "Choose where the flow leads from and to");
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
    let button = tag("button").class("button").press(add).text("Add flow");
    tag("div")
        .class("add-link")
        .with("role", "group")
        .label("New flow")
        .child(station("From", from))
        .child(kinds)
        .child(station("To", to))
        .child(button)
        .view()
}
