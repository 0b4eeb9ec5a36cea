//! Tables of web pages, as the clipboard has them, and trackers that call a page a spreadsheet.

use std::ops::Range;

use super::inline::without_tags;
use super::{Found, Header, Row};
use crate::format::entities::with_entities;

/// The parts of a text that begin with a tag, as bytes, each without the tag itself and up to the next
/// one. The text is in small letters.
fn parts(lower: &str, tags: &[&str]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = Vec::new();
    for tag in tags {
        for (at, _) in lower.match_indices(tag) {
            let after = lower[at + tag.len()..].chars().next();
            if after.is_none_or(|c| !c.is_ascii_alphanumeric()) {
                starts.push(at);
            }
        }
    }
    starts.sort_unstable();
    let ends = starts.iter().copied().skip(1).chain([lower.len()]);
    let both = starts.iter().copied().zip(ends);
    let part = |(start, end): (usize, usize)| {
        let close = lower[start..end].find('>');
        close.map_or(end, |close| start + close + 1)..end
    };
    both.map(part).collect()
}

/// The first table of a page.
pub(super) fn table(text: &str) -> Option<Found> {
    /// How much of a text is looked at.
    const LOOKED_AT: usize = 64 * 1024;
    let start = text.trim_start_matches('\u{FEFF}').trim_start();
    if !start.starts_with('<') {
        return None;
    }
    // The same length in bytes, so that places are those of the text.
    let lower = text.to_ascii_lowercase();
    let first = lower.find("<table").filter(|at| *at < LOOKED_AT)?;
    let end = lower[first..]
        .find("</table")
        .map_or(text.len(), |end| first + end);
    let others = lower[end..].matches("<table").count();
    let (text, lower) = (&text[first..end], &lower[first..end]);
    let mut rows: Vec<Row> = Vec::new();
    for row in parts(lower, &["<tr"]) {
        let words = |cell: Range<usize>| {
            let cell = &text[row.start + cell.start..row.start + cell.end];
            let words = with_entities(&without_tags(cell));
            words.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let cells = parts(&lower[row.clone()], &["<td", "<th"]);
        if cells.is_empty() {
            continue;
        }
        // What is between the tags has no lines that anybody sees: they are counted as rows.
        rows.push((rows.len(), cells.into_iter().map(words).collect()));
    }
    let header = Header::Sought;
    (rows.len() > 1).then_some(Found {
        rows,
        header,
        others,
    })
}
