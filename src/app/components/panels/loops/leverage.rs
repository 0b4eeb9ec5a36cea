//! The goal, what serves it and what works against it, and where to intervene.

use leptos::prelude::*;

use super::sheet;
use crate::app::components::field::TextArea;
use crate::app::components::panels::choice;
use crate::app::dispatch::dispatch;
use crate::app::plain::{Tag, tag, together, view_of};
use crate::app::state::App;
use crate::editor::{Command, Event, describe};
use crate::model::{Aim, Element, Id, LeverageLevel};
use crate::worker::ReportKind;

/// The tab.
pub fn leverage(app: App) -> AnyView {
    let purpose = Memo::new(move |_| {
        app.document.track();
        app.with(|core| core.editor.document().properties().purpose.clone())
    });
    let field = view! {
        <label class="labelled">
            <span class="muted small">"What this system is for"</span>
            <TextArea
                value=purpose
                keep=move |typed| dispatch(app, Event::Do(Command::SetPurpose(typed)))
                attr:class="field"
                attr:id="purpose"
                attr:rows="2"
                attr:placeholder="Such as: small changes reach users safely"
            />
        </label>
    };
    together(vec![
        field.into_any(),
        view_of(move || {
            app.selection.track();
            app.document.track();
            let only = app.with(|core| {
                let selection = core.editor.selection();
                let only = selection.iter().next().copied();
                let only = only.filter(|_| selection.len() == 1)?;
                Some((only, core.editor.document().element(only)?))
            });
            match only {
                Some((id, Element::Variable(variable))) => {
                    let name = app.with(|core| describe(core.editor.document(), id));
                    let aim = labelled("Goal", aim(app, id, variable.aim));
                    said(app, id, &name, variable.leverage, Some(aim)).view()
                }
                Some((id, Element::Link(link))) => {
                    let name = app.with(|core| describe(core.editor.document(), id));
                    said(app, id, &name, link.leverage, None).view()
                }
                _ => tag("p")
                    .class("muted small")
                    .text(
                        "Select a variable to say whether it should rise or fall, or what kind \
                         of leverage you see there.",
                    )
                    .view(),
            }
        }),
        sheet::sheet(app, ReportKind::Leverage),
    ])
}

/// What a person says of what is selected.
fn said(app: App, id: Id, name: &str, level: Option<LeverageLevel>, aim: Option<Tag>) -> Tag {
    let number = |level: LeverageLevel| level.number().to_string();
    let levels = LeverageLevel::all().map(|level| {
        let number = number(level);
        let words = format!("{number} · {}", level.name());
        (number, words)
    });
    let levels = [(String::new(), "no leverage tag".to_owned())]
        .into_iter()
        .chain(levels);
    let now = level.map(number).unwrap_or_default();
    let keep = move |chosen: String| {
        let level = chosen.parse().ok();
        let level = level.and_then(|number| LeverageLevel::new(number).ok());
        replace(app, id, move |element| match element {
            Element::Variable(variable) => variable.leverage = level,
            Element::Link(link) => link.leverage = level,
            _ => {}
        });
    };
    let levels = choice("Leverage, by Meadows' levels", levels, &now, keep);
    tag("div")
        .class("inspector")
        .child(tag("h3").text(name.to_owned()))
        .maybe(aim)
        .child(labelled("Leverage", levels.with("id", "leverage-level")))
}

/// A choice with its words beside it; who cannot see them hears the name of the choice.
fn labelled(words: &'static str, choice: Tag) -> Tag {
    let words = tag("span")
        .class("muted small")
        .with("aria-hidden", "true")
        .text(words);
    tag("div").class("labelled-row").child(words).child(choice)
}

/// Which way a variable should go.
fn aim(app: App, id: Id, now: Option<Aim>) -> Tag {
    const AIMS: [(&str, &str, Option<Aim>); 3] = [
        ("", "no goal for it", None),
        ("rise", "should rise", Some(Aim::Rise)),
        ("fall", "should fall", Some(Aim::Fall)),
    ];
    let found = AIMS.iter().find(|(_, _, aim)| *aim == now);
    let words = AIMS.map(|(value, words, _)| (value.to_owned(), words.to_owned()));
    choice(
        "What the goal asks of it",
        words,
        found.map_or("", |(value, ..)| *value),
        move |chosen| {
            let aim = AIMS.iter().find(|(value, ..)| *value == chosen);
            let aim = aim.and_then(|(_, _, aim)| *aim);
            replace(app, id, move |element| {
                if let Element::Variable(variable) = element {
                    variable.aim = aim;
                }
            });
        },
    )
    .with("id", "aim")
}

fn replace(app: App, id: Id, change: impl FnOnce(&mut Element)) {
    let element = app.with(|core| core.editor.document().element(id));
    if let Some(mut element) = element {
        change(&mut element);
        dispatch(app, Event::Do(Command::Replace(id, element)));
    }
}
