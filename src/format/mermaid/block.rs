//! Flowcharts in Markdown: blocks between fences.

use std::ops::Range;

use super::cursor::Cursor;
use super::header::take_header;

/// A flowchart that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands, without its fences.
    pub range: Range<usize>,
    /// How many flowcharts stand after it.
    pub further: usize,
}

/// The first flowchart among the blocks of a text; none where there is none.
pub fn block_of(text: &str) -> Option<Block> {
    let mut found: Option<Block> = None;
    let mut open: Option<(usize, &str)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let words = line.trim();
        match open {
            None => {
                // Some wikis write colons.
                let fence = ["```", "~~~", ":::"].into_iter().find(|fence| {
                    let info = words.trim_start_matches(&fence[..1]);
                    words.starts_with(fence) && info.trim() == "mermaid"
                });
                open = fence.map(|fence| (at, fence));
            }
            Some((begin, fence)) if words.starts_with(fence) => {
                open = None;
                add(&mut found, text, begin..start);
            }
            Some(_) => {}
        }
    }
    if let Some((begin, _)) = open {
        add(&mut found, text, begin..text.len());
    }
    found
}

fn add(found: &mut Option<Block>, text: &str, range: Range<usize>) {
    if take_header(&mut Cursor::new(&text[range.clone()])).is_none() {
        return;
    }
    match found {
        Some(block) => block.further += 1,
        None => *found = Some(Block { range, further: 0 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_flowchart_among_blocks_is_found() {
        let text = "# Loops\n```mermaid\nsequenceDiagram\n```\n\n~~~~ mermaid\ngraph LR\na-->b\n~~~~\n\
            ```mermaid\nflowchart TB\n```\nwords\n";
        let block = block_of(text).unwrap();
        assert_eq!(&text[block.range], "graph LR\na-->b\n");
        assert_eq!(block.further, 1);
        let wiki = "# Loops\n::: mermaid\ngraph LR\na-->b\n:::\n";
        assert_eq!(&wiki[block_of(wiki).unwrap().range], "graph LR\na-->b\n");
        let open = "x\n```mermaid\ngraph LR\na";
        assert_eq!(&open[block_of(open).unwrap().range], "graph LR\na");
        for other in [
            "",
            "# mermaid",
            "```\ngraph LR\n```",
            "```mermaid\npie\n```",
        ] {
            assert_eq!(block_of(other), None, "{other}");
        }
    }
}
