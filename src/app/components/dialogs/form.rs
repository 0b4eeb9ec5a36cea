//! A form that the worker writes, and writes anew with each answer.

use std::collections::BTreeMap;

use leptos::prelude::*;

use crate::app::components::field::{Choice, InputField};
use crate::app::components::panels::exhibit::exhibit;
use crate::app::services::worker;
use crate::app::state::use_app;
use crate::worker::{Block, Field, Request};

/// What the worker has written as a form, the buttons at its foot, where they stay in sight.
#[component]
pub fn Form() -> impl IntoView {
    view! {
        <div class="form">
            <Blocks among=|block| !is_button(block)/>
        </div>
        <div class="form-foot">
            <Blocks among=is_button/>
        </div>
    }
}

fn is_button(block: &Block) -> bool {
    matches!(block, Block::Button(_))
}

/// What tells a block of a form from the others, whatever it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Line {
    /// A field: its key, and how many of this key come before it.
    Field(String, usize),
    /// Its place.
    Other(usize),
}

/// The blocks, each with what tells it from the others.
fn lines_of<'b>(blocks: impl Iterator<Item = &'b Block>) -> Vec<(Line, Block)> {
    let mut keys = BTreeMap::<&str, usize>::new();
    let line = |(place, block): (usize, &'b Block)| match block {
        Block::Field(field) => {
            let count = keys.entry(&field.key).or_default();
            *count += 1;
            (Line::Field(field.key.clone(), *count - 1), block.clone())
        }
        _ => (Line::Other(place), block.clone()),
    };
    blocks.enumerate().map(line).collect()
}

/// Some of the blocks of the form. When it is written anew, each follows what it says, and stays
/// where it is: so do the focus, and what is being typed.
#[component]
fn Blocks(among: fn(&Block) -> bool) -> impl IntoView {
    let app = use_app();
    let lines = Memo::new(move |_| {
        app.form
            .with(|form| lines_of(form.iter().flatten().filter(|block| among(block))))
    });
    let line_view = move |(line, first): (Line, Block)| {
        let block = Memo::new(move |_| {
            let now = lines.with(|lines| {
                let now = lines.iter().find(|(other, _)| *other == line);
                now.map(|(_, block)| block.clone())
            });
            now.unwrap_or_else(|| first.clone())
        });
        let is_field = block.with_untracked(|block| matches!(block, Block::Field(_)));
        match is_field {
            true => view! { <FieldView block/> }.into_any(),
            false => view! { {move || exhibit(app, &block.get())} }.into_any(),
        }
    };
    view! { <For each=move || lines.get() key=|(line, _)| line.clone() children=line_view/> }
}

/// A field of the form: what is chosen goes to the worker, which writes the form anew.
#[component]
fn FieldView(block: Memo<Block>) -> impl IntoView {
    let app = use_app();
    let field = Memo::new(move |_| {
        block.with(|block| match block {
            Block::Field(field) => field.clone(),
            _ => Field::default(),
        })
    });
    let options = Memo::new(move |_| field.with(|field| field.options.clone()));
    let chosen = Memo::new(move |_| field.with(|field| field.chosen.clone()));
    let label = Memo::new(move |_| field.with(|field| field.label.clone()));
    let keep = move |value: String| {
        let key = field.with_untracked(|field| field.key.clone());
        worker::request(app, Request::Fill(key, value));
    };
    view! {
        <div class="form-field">
            <span>{move || label.get()}</span>
            <span class="muted small">{move || field.with(|field| field.note.clone())}</span>
            <Show
                when=move || options.with(|options| !options.is_empty())
                fallback=move || {
                    view! {
                        <InputField
                            value=chosen
                            keep=keep
                            attr:class="field"
                            attr:aria-label=move || label.get()
                        />
                    }
                }
            >
                <Choice options chosen keep=keep attr:aria-label=move || label.get()/>
            </Show>
        </div>
    }
}
