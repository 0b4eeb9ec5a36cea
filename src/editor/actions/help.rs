//! Rows of the table of actions: finding one's way.

use super::super::action::{Action as A, ActionRow};
use super::{app, ctrl, key};

pub(super) const ROWS: &[ActionRow] = &[
    app(A::Find, "Find", &[ctrl("f")])
        .in_passing()
        .for_viewers(),
    app(A::Replace, "Find and replace", &[ctrl("h")]).in_passing(),
    app(A::Palette, "Command palette", &[ctrl("k")])
        .in_passing()
        .for_viewers(),
    app(A::Help, "Keys and help", &[key("?"), key("f1")]).in_passing(),
];
