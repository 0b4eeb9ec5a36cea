//! The words of a step of a story, as elements of the page: what is no sign of their little Markdown
//! is text, whatever it looks like.

use leptos::prelude::*;

use crate::story::markdown::{self, Block, ListKind};
use crate::story::{Inline, WebAddress};

/// The words of a text.
pub fn words(text: &str) -> impl IntoView + use<> {
    blocks(markdown::read(text))
}

/// Blocks of words.
pub fn blocks(blocks: Vec<Block>) -> impl IntoView {
    blocks.into_iter().map(block).collect_view()
}

fn block(block: Block) -> AnyView {
    match block {
        Block::Paragraph(parts) => view! { <p dir="auto">{inlines(parts)}</p> }.into_any(),
        Block::List(kind, items) => {
            let items = items.into_iter();
            let items = items
                .map(|parts| view! { <li dir="auto">{inlines(parts)}</li> })
                .collect_view();
            match kind {
                ListKind::Bulleted => view! { <ul>{items}</ul> }.into_any(),
                ListKind::Numbered => view! { <ol>{items}</ol> }.into_any(),
            }
        }
    }
}

fn inlines(parts: Vec<Inline>) -> AnyView {
    let parts = parts.into_iter();
    parts.map(inline).collect_view().into_any()
}

fn inline(part: Inline) -> AnyView {
    match part {
        Inline::Text(text) => text.into_any(),
        Inline::Break => view! { <br/> }.into_any(),
        Inline::Bold(inner) => view! { <strong>{inlines(inner)}</strong> }.into_any(),
        Inline::Italic(inner) => view! { <em>{inlines(inner)}</em> }.into_any(),
        Inline::Link(to, inner) => link(&to, inner),
    }
}

/// A link opens beside the diagram, and tells the page that it leads to nothing of it.
fn link(to: &WebAddress, inner: Vec<Inline>) -> AnyView {
    view! {
        <a href=to.as_str().to_owned() target="_blank" rel="noopener noreferrer">
            {inlines(inner)}
        </a>
    }
    .into_any()
}
