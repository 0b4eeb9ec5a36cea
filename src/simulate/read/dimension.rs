//! The definition of a dimension in Vensim: elements, numbered elements, mappings.

use crate::equation::parse::Parser;
use crate::equation::{Fault, Name, Problem, Span};
use crate::simulate::source::{Dimension, Element, Map};

/// The most elements that `(a1-a9)` may stand for.
const MOST: u32 = 100_000;

/// Reads what follows the name and the colon.
pub(super) fn dimension(
    parser: &mut Parser,
    name: Name,
    span: Span,
    text: &str,
) -> Result<Dimension, Fault> {
    let mut elements = Vec::new();
    if parser.take("<->") {
        let at = parser.span();
        let other = parser.name()?;
        elements.push(element(text, at, other));
        parser.end()?;
        return Ok(Dimension {
            name,
            elements,
            maps: Vec::new(),
            span,
        });
    }
    parser.expect(":")?;
    loop {
        let at = parser.span();
        if parser.take("(") {
            let from = parser.span();
            let first = parser.name()?;
            let first = element(text, from, first);
            parser.expect("-")?;
            let to = parser.span();
            let last = parser.name()?;
            let last = element(text, to, last);
            parser.expect(")")?;
            elements.extend(numbered(&first.written, &last.written, at)?);
        } else {
            let one = parser.name()?;
            elements.push(element(text, at, one));
        }
        if !parser.take(",") {
            break;
        }
    }
    let mut maps = Vec::new();
    if parser.take("->") {
        loop {
            maps.push(map(parser)?);
            if !parser.take(",") {
                break;
            }
        }
    }
    parser.end()?;
    Ok(Dimension {
        name,
        elements,
        maps,
        span,
    })
}

fn map(parser: &mut Parser) -> Result<Map, Fault> {
    if !parser.take("(") {
        let to = parser.name()?;
        return Ok(Map {
            to,
            entries: Vec::new(),
        });
    }
    let to = parser.name()?;
    parser.expect(":")?;
    let mut entries = vec![parser.name()?];
    while parser.take(",") {
        entries.push(parser.name()?);
    }
    parser.expect(")")?;
    Ok(Map { to, entries })
}

fn element(text: &str, span: Span, name: Name) -> Element {
    Element {
        written: written(text, span),
        name,
    }
}

/// A name as it stands in the text, in one line and without quotes.
pub(super) fn written(text: &str, span: Span) -> String {
    let text = text.get(span.start..span.end).unwrap_or_default();
    let quoted = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    if let Some(inside) = quoted {
        return inside.replace("\\\"", "\"");
    }
    let words = text.split(|c: char| c.is_whitespace() || c == '\\');
    words
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

/// `a1` to `a9`: the same name with every number between.
fn numbered(first: &str, last: &str, span: Span) -> Result<Vec<Element>, Fault> {
    let digits =
        |name: &str| name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (stem, low) = first.split_at(first.len() - digits(first));
    let (other, high) = last.split_at(last.len() - digits(last));
    let range = low.parse::<u32>().ok().zip(high.parse::<u32>().ok());
    match range {
        Some((low, high)) if Name::new(stem) == Name::new(other) && low <= high => {
            if high - low >= MOST {
                let message = format!("a dimension has more than {MOST} elements");
                return Err(Fault::at(Problem::TooLarge(message), span));
            }
            let numbers = low..=high;
            Ok(numbers
                .map(|number| Element::new(&format!("{stem}{number}")))
                .collect())
        }
        _ => {
            let message = format!("from {first} to {last} is no series of numbered elements");
            Err(Fault::at(Problem::Syntax(message), span))
        }
    }
}
