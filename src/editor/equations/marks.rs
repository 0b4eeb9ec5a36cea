//! The text of an equation in pieces: what is wrong in it, and where its units meet that do not agree.

use crate::equation::Span;

/// What a piece of an equation is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EquationMark {
    /// Nothing is to be said of it.
    Plain,
    /// It is wrong.
    Wrong,
    /// Units meet here that do not agree.
    Clash,
}

/// The text in pieces, in order. What is wrong comes first: without it nothing is known of units.
/// Where something is missing at a place, the piece there is empty.
#[must_use]
pub fn marked_pieces<'t>(
    text: &'t str,
    wrong: Option<Span>,
    clashes: &[(u32, u32)],
) -> Vec<(EquationMark, &'t str)> {
    let spans: Vec<(EquationMark, usize, usize)> = match wrong {
        Some(span) => vec![(EquationMark::Wrong, span.start, span.end)],
        None => {
            let spans = clashes.iter();
            // Within another one a place is seen better than around it.
            let mut spans: Vec<_> = spans
                .map(|(start, end)| (EquationMark::Clash, *start as usize, *end as usize))
                .collect();
            spans.sort_by_key(|(_, start, end)| end - start.min(end));
            spans
        }
    };
    let mut kept: Vec<(EquationMark, usize, usize)> = Vec::new();
    for (mark, start, end) in spans {
        let start = start.min(text.len());
        let end = end.clamp(start, text.len());
        let is_free = kept
            .iter()
            .all(|(_, from, to)| end <= *from || *to <= start);
        if is_free && text.is_char_boundary(start) && text.is_char_boundary(end) {
            kept.push((mark, start, end));
        }
    }
    kept.sort_by_key(|(_, start, _)| *start);
    let mut pieces = Vec::new();
    let mut at = 0;
    for (mark, start, end) in kept {
        if at < start {
            pieces.push((EquationMark::Plain, &text[at..start]));
        }
        pieces.push((mark, &text[start..end]));
        at = end;
    }
    if at < text.len() {
        pieces.push((EquationMark::Plain, &text[at..]));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::EquationMark::{Clash, Plain, Wrong};
    use super::*;

    #[test]
    fn pieces_make_the_text() {
        let text = "a + b × c";
        let at = |start, end| Some(Span { start, end });
        assert_eq!(
            marked_pieces(text, None, &[(0, 10), (4, 5), (4, 10)]),
            [(Plain, "a + "), (Clash, "b"), (Plain, " × c")]
        );
        assert_eq!(
            marked_pieces(text, at(10, 10), &[(0, 1)]),
            [(Plain, text), (Wrong, "")]
        );
        assert_eq!(
            marked_pieces(text, at(4, 99), &[]),
            [(Plain, "a + "), (Wrong, "b × c")]
        );
        // A place of another text.
        assert_eq!(marked_pieces(text, None, &[(7, 9)]), [(Plain, text)]);
        assert_eq!(marked_pieces("", None, &[]), []);
    }
}
