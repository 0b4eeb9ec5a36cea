//! The words of a step as HTML.

use std::fmt::{self, Write};

use crate::format::svg::escaped;
use crate::story::Inline;
use crate::story::markdown::{Block, ListKind, read};

/// Writes the words of a step.
pub(super) fn write(out: &mut String, words: &str) -> fmt::Result {
    for block in read(words) {
        match block {
            Block::Paragraph(line) => {
                out.push_str("<p dir=\"auto\">");
                inlines(out, &line)?;
                out.push_str("</p>\n");
            }
            Block::List(kind, items) => {
                let tag = match kind {
                    ListKind::Bulleted => "ul",
                    ListKind::Numbered => "ol",
                };
                writeln!(out, "<{tag}>")?;
                for item in items {
                    out.push_str("<li dir=\"auto\">");
                    inlines(out, &item)?;
                    out.push_str("</li>\n");
                }
                writeln!(out, "</{tag}>")?;
            }
        }
    }
    Ok(())
}

fn inlines(out: &mut String, parts: &[Inline]) -> fmt::Result {
    for part in parts {
        match part {
            Inline::Text(text) => out.push_str(&escaped(text)),
            Inline::Break => out.push_str("<br>"),
            Inline::Bold(inner) => within(out, "strong", inner)?,
            Inline::Italic(inner) => within(out, "em", inner)?,
            Inline::Link(address, inner) => {
                let address = escaped(address.as_str());
                write!(out, "<a href=\"{address}\" rel=\"noopener noreferrer\">")?;
                inlines(out, inner)?;
                out.push_str("</a>");
            }
        }
    }
    Ok(())
}

fn within(out: &mut String, tag: &str, inner: &[Inline]) -> fmt::Result {
    write!(out, "<{tag}>")?;
    inlines(out, inner)?;
    write!(out, "</{tag}>")
}
