//! A form that the worker writes, and writes anew with each answer.

use leptos::prelude::*;

use crate::app::components::report::{Blocks, Setting};
use crate::app::state::use_app;
use crate::worker::Block;

/// What the worker has written as a form, the buttons at its foot, where they stay in sight.
#[component]
pub fn Form() -> impl IntoView {
    let app = use_app();
    let blocks = move |is_among: fn(&Block) -> bool| {
        Memo::new(move |_| {
            app.form.with(|form| {
                let blocks = form.iter().flatten().filter(|block| is_among(block));
                blocks.cloned().collect::<Vec<Block>>()
            })
        })
    };
    view! {
        <div class="form">
            <Blocks blocks=blocks(|block| !is_button(block)) setting=Setting::Part/>
        </div>
        <div class="form-foot">
            <Blocks blocks=blocks(is_button) setting=Setting::Part/>
        </div>
    }
}

fn is_button(block: &Block) -> bool {
    matches!(block, Block::Button(_))
}
