//! The little Markdown of a story: paragraphs, lists, bold, italics and links, and nothing else.
//!
//! A part of CommonMark, read in one pass: what is not written as one of these is the text that it
//! looks like, HTML too. A line break stays one. A backslash before a sign takes its meaning away.
//! Bold may hold italics, and both may hold links; a link leads by `http` or `https`.

use super::inline::{Inline, inlines, plain_inlines, print_inlines};

/// A block of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Lines of text.
    Paragraph(Vec<Inline>),
    /// Items, each on one line.
    List(ListKind, Vec<Vec<Inline>>),
}

/// How the items of a list are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListKind {
    /// By bullets.
    Bulleted,
    /// By numbers from 1.
    Numbered,
}

/// The blocks of a text. Every text is read; nothing in it is lost but blanks at the ends of lines,
/// and which sign or number marks an item.
#[must_use]
pub fn read(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    // Whether the line before was an item of the list that is the last block.
    let mut is_in_list = false;
    let end_paragraph = |lines: &mut Vec<&str>, blocks: &mut Vec<Block>| {
        if !lines.is_empty() {
            blocks.push(Block::Paragraph(inlines(&lines.join("\n"))));
            lines.clear();
        }
    };
    for line in text.lines().map(str::trim) {
        let Some((kind, item)) = marked(line) else {
            is_in_list = false;
            if line.is_empty() {
                end_paragraph(&mut lines, &mut blocks);
            } else {
                lines.push(line);
            }
            continue;
        };
        end_paragraph(&mut lines, &mut blocks);
        let item = inlines(item);
        match blocks.last_mut() {
            Some(Block::List(last, items)) if is_in_list && *last == kind => items.push(item),
            _ => blocks.push(Block::List(kind, vec![item])),
        }
        is_in_list = true;
    }
    end_paragraph(&mut lines, &mut blocks);
    blocks
}

/// The text of blocks, which reads as the same blocks again where they were read from a text.
#[must_use]
pub fn print(blocks: &[Block]) -> String {
    let blocks = blocks.iter().map(|block| match block {
        Block::Paragraph(words) => {
            let printed = print_inlines(words);
            let lines: Vec<String> = printed.lines().map(unmarked).collect();
            lines.join("\n")
        }
        Block::List(kind, items) => {
            let items = items.iter().zip(1..).map(|(item, number)| match kind {
                ListKind::Bulleted => format!("- {}", print_inlines(item)),
                ListKind::Numbered => format!("{number}. {}", print_inlines(item)),
            });
            items.collect::<Vec<_>>().join("\n")
        }
    });
    blocks.collect::<Vec<_>>().join("\n\n")
}

/// The words of blocks without their signs, for who shows no Markdown: items begin with a bullet or
/// their number, and a link is followed by its address.
#[must_use]
pub fn plain(blocks: &[Block]) -> String {
    let blocks = blocks.iter().map(|block| match block {
        Block::Paragraph(words) => plain_inlines(words),
        Block::List(kind, items) => {
            let items = items.iter().zip(1..).map(|(item, number)| match kind {
                ListKind::Bulleted => format!("• {}", plain_inlines(item)),
                ListKind::Numbered => format!("{number}. {}", plain_inlines(item)),
            });
            items.collect::<Vec<_>>().join("\n")
        }
    });
    blocks.collect::<Vec<_>>().join("\n\n")
}

/// A text that reads as these words, whatever signs are in them: for names in what a program
/// writes. Line breaks become blanks.
#[must_use]
pub fn literal(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    unmarked(&print_inlines(&[Inline::Text(words.join(" "))]))
}

/// The longest number of an item.
const LONGEST_NUMBER: usize = 9;

/// The item of a list that a line is, without its mark.
fn marked(line: &str) -> Option<(ListKind, &str)> {
    let (kind, rest) = match line.strip_prefix(['-', '*', '+']) {
        Some(rest) => (ListKind::Bulleted, rest),
        None => {
            let digits = digits(line);
            let is_number = (1..=LONGEST_NUMBER).contains(&digits);
            let rest = line[digits..].strip_prefix(['.', ')']);
            (ListKind::Numbered, rest.filter(|_| is_number)?)
        }
    };
    let item = rest.trim_start();
    (item.len() < rest.len() && !item.is_empty()).then_some((kind, item))
}

/// How many digits a line begins with.
fn digits(line: &str) -> usize {
    let digits = line.bytes().take_while(u8::is_ascii_digit);
    digits.count()
}

/// A line that reads as the text it is, and as no item of a list.
fn unmarked(line: &str) -> String {
    match marked(line) {
        None => line.to_owned(),
        Some((ListKind::Bulleted, _)) => format!("\\{line}"),
        Some((ListKind::Numbered, _)) => {
            let (number, rest) = line.split_at(digits(line));
            format!("{number}\\{rest}")
        }
    }
}
