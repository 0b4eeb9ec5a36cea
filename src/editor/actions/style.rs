//! Rows of the table of actions: how things look, and how they stand to each other.

use super::super::action::{
    Action as A, ActionRow,
    Condition::{Colourable, LinkSelected, SeveralStand, Sizable, ThreeStand},
};
use super::super::align::{Line, Way};
use super::super::event::Effect;
use super::super::state::{Editor, Environment};
use super::{app, editor};
use crate::model::{Colour, Look, Size, Strength};

pub(super) const ROWS: &[ActionRow] = &[
    app(A::ShowStyle, "Colour and style \u{2026}", &[]).when(Colourable),
    colour(A::ColourNone, "No colour", |e, env| paint(e, None, env)),
    colour(A::ColourRed, "Colour: red", |e, env| {
        paint(e, Some(Colour::Red), env)
    }),
    colour(A::ColourOrange, "Colour: orange", |e, env| {
        paint(e, Some(Colour::Orange), env)
    }),
    colour(A::ColourYellow, "Colour: yellow", |e, env| {
        paint(e, Some(Colour::Yellow), env)
    }),
    colour(A::ColourGreen, "Colour: green", |e, env| {
        paint(e, Some(Colour::Green), env)
    }),
    colour(A::ColourBlue, "Colour: blue", |e, env| {
        paint(e, Some(Colour::Blue), env)
    }),
    colour(A::ColourViolet, "Colour: violet", |e, env| {
        paint(e, Some(Colour::Violet), env)
    }),
    size(A::SizeSmall, "Size: small", |e, env| {
        resize(e, Size::Small, env)
    }),
    size(A::SizeMedium, "Size: medium", |e, env| {
        resize(e, Size::Medium, env)
    }),
    size(A::SizeLarge, "Size: large", |e, env| {
        resize(e, Size::Large, env)
    }),
    editor(
        A::ToggleEmphasis,
        "Emphasis on or off",
        &[],
        Editor::toggle_emphasis,
    )
    .when(Colourable),
    strength(A::StrengthWeak, "Strength: weak", |e, env| {
        strengthen(e, Strength::Weak, env)
    }),
    strength(A::StrengthMedium, "Strength: medium", |e, env| {
        strengthen(e, Strength::Medium, env)
    }),
    strength(A::StrengthStrong, "Strength: strong", |e, env| {
        strengthen(e, Strength::Strong, env)
    }),
    app(A::EditLabel, "Label of the link \u{2026}", &[]).when(LinkSelected),
    app(A::ShowAlignment, "Align and distribute \u{2026}", &[]).when(SeveralStand),
    align(A::AlignLeft, "Align left", |e, env| {
        e.align(Line::Left, env)
    }),
    align(A::AlignCenter, "Align centre", |e, env| {
        e.align(Line::Center, env)
    }),
    align(A::AlignRight, "Align right", |e, env| {
        e.align(Line::Right, env)
    }),
    align(A::AlignTop, "Align top", |e, env| e.align(Line::Top, env)),
    align(A::AlignMiddle, "Align middle", |e, env| {
        e.align(Line::Middle, env)
    }),
    align(A::AlignBottom, "Align bottom", |e, env| {
        e.align(Line::Bottom, env)
    }),
    editor(A::DistributeAcross, "Distribute across", &[], |e, env| {
        e.distribute(Way::Across, env)
    })
    .when(ThreeStand),
    editor(A::DistributeDown, "Distribute down", &[], |e, env| {
        e.distribute(Way::Down, env)
    })
    .when(ThreeStand),
];

type Run = fn(&mut Editor, &mut Environment<'_>) -> Vec<Effect>;

const fn colour(action: A, label: &'static str, run: Run) -> ActionRow {
    editor(action, label, &[], run).when(Colourable)
}

const fn size(action: A, label: &'static str, run: Run) -> ActionRow {
    editor(action, label, &[], run).when(Sizable)
}

const fn strength(action: A, label: &'static str, run: Run) -> ActionRow {
    editor(action, label, &[], run).when(LinkSelected)
}

const fn align(action: A, label: &'static str, run: Run) -> ActionRow {
    editor(action, label, &[], run).when(SeveralStand)
}

fn paint(editor: &mut Editor, colour: Option<Colour>, env: &mut Environment<'_>) -> Vec<Effect> {
    let colour = Some(colour);
    editor.give_look(
        Look {
            colour,
            ..Look::default()
        },
        env,
    )
}

fn resize(editor: &mut Editor, size: Size, env: &mut Environment<'_>) -> Vec<Effect> {
    let size = Some(size);
    editor.give_look(
        Look {
            size,
            ..Look::default()
        },
        env,
    )
}

fn strengthen(editor: &mut Editor, strength: Strength, env: &mut Environment<'_>) -> Vec<Effect> {
    let strength = Some(strength);
    editor.give_look(
        Look {
            strength,
            ..Look::default()
        },
        env,
    )
}
