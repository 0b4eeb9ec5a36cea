//! The text of an equation with what is wrong and where its units do not agree.

use leptos::prelude::*;

use crate::editor::{EquationMark, marked_pieces};
use crate::equation::Span;

/// The text with its marks.
pub fn marked(text: &str, wrong: Option<Span>, clashes: &[(u32, u32)]) -> AnyView {
    let pieces = marked_pieces(text, wrong, clashes).into_iter();
    let pieces = pieces.map(|(mark, piece)| {
        let class = match mark {
            EquationMark::Plain => return piece.to_owned().into_any(),
            EquationMark::Wrong => "equation-wrong",
            EquationMark::Clash => "equation-clash",
        };
        // What is missing is marked where it would stand.
        let piece = if piece.is_empty() { "\u{a0}" } else { piece };
        view! { <span class=class>{piece.to_owned()}</span> }.into_any()
    });
    pieces.collect_view().into_any()
}
