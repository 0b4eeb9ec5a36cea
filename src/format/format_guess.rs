//! What a text seems to be that cannot be opened, so that the message can say more than "unknown".

/// A mark of a format: where it is looked for, and what it shows.
struct Mark {
    found: fn(&str) -> bool,
    guess: &'static str,
}

/// The first mark that is found decides.
const MARKS: &[Mark] = &[
    Mark {
        found: |start| start.is_empty(),
        guess: "an empty text",
    },
    Mark {
        found: |start| start.starts_with("%PDF-"),
        guess: "a PDF",
    },
    Mark {
        found: |start| start.starts_with("PK\u{3}\u{4}"),
        guess: "an archive or an office document",
    },
    Mark {
        found: |start| start.contains('\0') || start.contains('\u{FFFD}'),
        guess: "a picture or another file that is not text",
    },
    Mark {
        found: |start| start.contains("<svg"),
        guess: "an SVG picture without a diagram in it",
    },
    Mark {
        found: |start| {
            let start = start.to_ascii_lowercase();
            start.starts_with("<!doctype html") || start.contains("<html")
        },
        guess: "a web page",
    },
    Mark {
        found: |start| start.starts_with('<'),
        guess: "XML of another program",
    },
    Mark {
        found: |start| start.starts_with('{') || start.starts_with('['),
        guess: "JSON of another program",
    },
    Mark {
        found: |start| {
            (start.starts_with("http://") || start.starts_with("https://"))
                && !start.contains(char::is_whitespace)
        },
        guess: "a link without a diagram in it",
    },
];

/// What the text seems to be, with its article.
pub fn guess_format(text: &str) -> &'static str {
    // The start says enough, and a long text costs no more than a short one.
    const LOOKED_AT: usize = 4096;
    let text = text.trim_start_matches('\u{FEFF}').trim();
    let end = text
        .char_indices()
        .nth(LOOKED_AT)
        .map_or(text.len(), |(end, _)| end);
    MARKS
        .iter()
        .find(|mark| (mark.found)(&text[..end]))
        .map_or("plain text", |mark| mark.guess)
}
