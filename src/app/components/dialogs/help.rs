//! Keys and a short introduction, from the one table of actions.

use leptos::prelude::*;

use crate::app::plain::{Tag, Words, tag, together};
use crate::editor::ActionGroup;

/// What the pointer does, and how: in words, or with a key held.
const POINTER: [(&str, Gesture); 7] = [
    ("New variable", Gesture::Words("double-click")),
    ("New link", Gesture::Words("drag from a rim")),
    ("Bend a link", Gesture::Words("drag it")),
    ("Copy while dragging", Gesture::Key("Alt")),
    ("Move without lining up", Gesture::Key("Ctrl")),
    ("Pan", Gesture::Words("wheel, or space and drag")),
    ("Zoom", Gesture::Words("Ctrl and wheel, or pinch")),
];

enum Gesture {
    Words(&'static str),
    Key(&'static str),
}

/// Keys and help.
pub fn help() -> AnyView {
    let strong = |sign: &'static str| tag("strong").text(sign);
    let kind = |class: &'static str, word: &'static str| tag("span").class(class).text(word);
    let intro = tag("div")
        .class("help-intro")
        .child(
            tag("p")
                .text(
                    "A variable is a quantity that can rise or fall. A link says what it does to \
                     another: ",
                )
                .child(strong("+"))
                .text(" pushes it the same way, ")
                .child(strong("−"))
                .text(" the opposite way, ")
                .child(strong("?"))
                .text(" is not known yet."),
        )
        .child(
            tag("p")
                .text("A loop with an even number of − ")
                .child(kind("kind kind-reinforcing", "reinforces"))
                .text(": change feeds itself. With an odd number it ")
                .child(kind("kind kind-balancing", "balances"))
                .text(": change meets resistance."),
        );
    let pointer = POINTER.into_iter().map(|(what, how)| match how {
        Gesture::Words(words) => entry(what, tag("dd").text(words)),
        Gesture::Key(name) => entry(what, tag("dd").child(key(name))),
    });
    let groups = tag("div")
        .class("help-groups")
        .children(ActionGroup::ALL.into_iter().map(group))
        .child(section("Pointer", tag("dl").children(pointer)));
    together(vec![intro.view(), groups.view()])
}

fn group(group: ActionGroup) -> Tag {
    let rows = group.rows().iter().filter(|row| !row.keys.is_empty());
    let entries = rows.map(|row| {
        let keys = row.keys.iter().take(2);
        entry(
            row.label,
            tag("dd").children(keys.map(|one| key(one.written()))),
        )
    });
    section(group.title(), tag("dl").children(entries))
}

fn section(title: &'static str, list: Tag) -> Tag {
    tag("section").child(tag("h3").text(title)).child(list)
}

fn entry(what: &'static str, how: Tag) -> Tag {
    tag("div").child(tag("dt").text(what)).child(how)
}

fn key(name: impl Into<Words>) -> Tag {
    tag("kbd").text(name)
}
