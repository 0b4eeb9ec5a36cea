//! Lists, tables and charts that the workbench has written.

use leptos::prelude::*;

use crate::app::browser::files::{download_text, image_address};
use crate::app::components::panels::choice;
use crate::app::dispatch::dispatch;
use crate::app::plain::{Tag, effect, nothing, tag, text_of, together, view_of, written};
use crate::app::services::{export, panels, reports, worker};
use crate::app::state::App;
use crate::editor::Event;
use crate::scene::Theme;
use crate::workbench::{
    Block, Button, Field, Item, Lead, List, ListKind, Picture, Request, SheetKind, Table, WriteFor,
};

/// The sheet of this kind as a part of the panel of the stream, while it is on the page.
pub fn part(app: App, kind: SheetKind) -> AnyView {
    reports::open_part(app, kind);
    // Another stream has another sheet.
    let stream = Memo::new(move |_| {
        app.selection.track();
        reports::stream_selected(app)
    });
    effect(move || {
        let _ = stream.get();
        reports::request_part(app, kind);
    });
    on_cleanup(move || reports::close_part(app, kind));
    together(vec![
        waiting(app, kind),
        view_of(move || {
            let blocks = reports::sheet(app, kind).unwrap_or_default();
            together(blocks.iter().map(|block| exhibit(app, block)).collect())
        }),
    ])
}

/// Says that the workbench is at it.
pub fn waiting(app: App, kind: SheetKind) -> AnyView {
    view_of(move || {
        let there = reports::sheet(app, kind).is_some();
        tag("p")
            .class(if there { "visually-hidden" } else { "muted" })
            .with("role", "status")
            .text(if there { "" } else { "Looking…" })
            .view()
    })
}

/// A block of a sheet; rows are [`super::loops`]' own.
pub fn exhibit(app: App, block: &Block) -> AnyView {
    match block {
        Block::Heading(words) => tag("h3").text(words.clone()).view(),
        Block::Words(words) => tag("p").class("muted").text(words.clone()).view(),
        Block::List(list) => list_view(app, list),
        Block::Table(rows) => table(rows),
        Block::Chart(picture) => chart(app, picture.clone()),
        Block::Field(field) => field_view(app, field.clone()),
        Block::Button(Button { press, label }) => {
            let press = *press;
            tag("button")
                .class("button form-button")
                .press(move || worker::request(app, Request::Press(press)))
                .text(label.clone())
                .view()
        }
        Block::Row(_) | Block::Fold(..) => nothing(),
    }
}

/// A field of a form: what is chosen goes to the workbench, which writes the form anew.
fn field_view(app: App, field: Field) -> AnyView {
    let Field {
        key,
        label,
        note,
        options,
        chosen,
    } = field;
    let keep = move |value| worker::request(app, Request::Fill(key.clone(), value));
    let control = match options.is_empty() {
        true => tag("input")
            .class("field")
            .label(label.clone())
            .value(chosen)
            .on("change", move |event| keep(written(&event))),
        false => choice(label.clone(), options, &chosen, keep),
    };
    tag("div")
        .class("form-field")
        .child(tag("span").text(label))
        .child(tag("span").class("muted small").text(note))
        .child(control)
        .view()
}

fn list_view(app: App, list: &List) -> AnyView {
    let kind = list.kind;
    let (name, class) = match kind {
        ListKind::Sentences => ("ul", "told"),
        ListKind::Missing | ListKind::Paths => ("ol", "missing"),
        ListKind::Metrics => ("ul", "figures"),
        ListKind::Writers => ("ul", "formats"),
    };
    let items = list.items.iter().cloned();
    tag(name)
        .class(class)
        .children(items.map(|item| item_view(app, kind, item)))
        .view()
}

fn item_view(app: App, kind: ListKind, item: Item) -> Tag {
    let Item { words, about, lead } = item;
    // What each part of the words is: its element, and its class, the last for all that follow.
    let looks: &[(&str, &str)] = match kind {
        ListKind::Sentences => &[("span", "")],
        ListKind::Missing | ListKind::Paths => &[
            ("strong", ""),
            ("span", "figure-status"),
            ("span", "missing-effect muted"),
        ],
        ListKind::Metrics => &[
            ("span", "figure-name"),
            ("span", "figure-value"),
            ("span", "figure-status"),
            ("span", "dora-formula muted"),
        ],
        ListKind::Writers => &[("strong", ""), ("span", ""), ("span", "muted")],
    };
    let what = words.first().cloned().unwrap_or_default();
    let words = words.into_iter().enumerate().filter_map(|(place, words)| {
        let (name, class) = looks.get(place).or(looks.last())?;
        Some(tag(name).class(*class).text(words))
    });
    let class = match kind {
        ListKind::Metrics => return tag("li").class("dora").children(words),
        ListKind::Writers => {
            let button = |verb: &'static str, purpose: WriteFor| {
                let key = match &lead {
                    Lead::Writer(key) => key.clone(),
                    Lead::None | Lead::Measure(_) => String::new(),
                };
                tag("button")
                    .class("button")
                    .label(format!("{verb} as {what}"))
                    .press(move || export::write_as(app, &key, purpose))
                    .text(verb)
            };
            let both = tag("span")
                .class("format-buttons")
                .child(button("Copy", WriteFor::Copying))
                .child(button("Download", WriteFor::Saving));
            return tag("li").child(tag("div").children(words)).child(both);
        }
        ListKind::Missing | ListKind::Paths => "missing-row",
        ListKind::Sentences => "problem",
    };
    let select = move || {
        dispatch(app, Event::Select(about.iter().copied().collect()));
        if let Lead::Measure(measure) = &lead {
            panels::focus_measure(app, measure.name());
        }
    };
    let button = tag("button").class(class).press(select).children(words);
    tag("li").child(button)
}

/// A table with a head; nothing where it has no rows.
pub fn table(table: &Table) -> AnyView {
    if table.rows.is_empty() {
        return nothing();
    }
    let head = table.heads.iter();
    let head = head.map(|head| tag("th").with("scope", "col").text(head.clone()));
    let body = table.rows.iter().map(|row| {
        let cells = row.iter().enumerate().map(|(place, cell)| {
            let tag = match place {
                0 => tag("th").with("scope", "row"),
                _ => tag("td"),
            };
            tag.text(cell.clone())
        });
        tag("tr").children(cells)
    });
    let rows = tag("table")
        .class("table")
        .child(tag("thead").child(tag("tr").children(head)))
        .child(tag("tbody").children(body));
    // Wide tables scroll by themselves, also by the keyboard.
    tag("div")
        .class("table-frame")
        .with("tabindex", "0")
        .with("role", "group")
        .label("Table")
        .child(rows)
        .view()
}

/// A picture on the paper of the theme.
pub fn image(app: App, picture: &Picture) -> Tag {
    let [light, dark] = [&picture.light, &picture.dark].map(|svg| image_address(svg));
    let source = move || match theme_of(app) {
        Theme::Dark => dark.clone(),
        Theme::Light | Theme::Print => light.clone(),
    };
    tag("img")
        .with("src", text_of(source))
        .with("alt", picture.summary.clone())
}

/// The theme; who reads it here follows it.
fn theme_of(app: App) -> Theme {
    app.theme.track();
    app.with(|core| core.theme)
}

/// A chart as an image with a button that exports it.
fn chart(app: App, picture: Picture) -> AnyView {
    let image = image(app, &picture).class("chart");
    let name = picture.name.clone();
    let export = move || {
        let svg = match theme_of(app) {
            Theme::Dark => &picture.dark,
            Theme::Light | Theme::Print => &picture.light,
        };
        let file = format!("{}.svg", picture.name.replace(' ', "-"));
        download_text(&file, svg, "image/svg+xml");
    };
    let button = tag("button")
        .class("chart-export")
        .label(format!("Export the chart: {name}"))
        .press(export)
        .text("Export as SVG");
    tag("figure")
        .class("chart-frame")
        .child(image)
        .child(button)
        .view()
}
