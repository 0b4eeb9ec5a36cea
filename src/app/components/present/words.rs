//! The words of a step as elements.

use leptos::prelude::*;

use crate::story::Inline;
use crate::story::markdown::{Block, ListKind};

/// Blocks of words. What a person wrote is text of its elements, so nothing of it is HTML.
#[component]
pub fn Words(blocks: Vec<Block>) -> impl IntoView {
    blocks.into_iter().map(block).collect_view()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Paragraph(parts) => view! { <p dir="auto">{inlines(parts)}</p> }.into_any(),
        Block::List(kind, items) => {
            let items = items.into_iter();
            let items = items.map(|item| view! { <li dir="auto">{inlines(item)}</li> });
            let items = items.collect_view();
            match kind {
                ListKind::Bulleted => view! { <ul>{items}</ul> }.into_any(),
                ListKind::Numbered => view! { <ol>{items}</ol> }.into_any(),
            }
        }
    }
}

fn inlines(parts: Vec<Inline>) -> Vec<AnyView> {
    parts.into_iter().map(inline).collect()
}

fn inline(part: Inline) -> AnyView {
    match part {
        Inline::Text(words) => words.into_any(),
        Inline::Break => view! { <br/> }.into_any(),
        Inline::Bold(parts) => view! { <strong>{inlines(parts)}</strong> }.into_any(),
        Inline::Italic(parts) => view! { <em>{inlines(parts)}</em> }.into_any(),
        Inline::Link(to, parts) => {
            let address = to.as_str().to_owned();
            view! {
                <a href=address target="_blank" rel="noopener noreferrer">
                    {inlines(parts)}
                </a>
            }
            .into_any()
        }
    }
}
