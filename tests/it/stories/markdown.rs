//! The little Markdown of a story: every text is read, and printing and reading agree.

use loopstream::story::markdown::{Block, ListKind, literal, plain, print, read};
use loopstream::story::{Inline, WebAddress};
use proptest::prelude::*;

fn text(words: &str) -> Inline {
    Inline::Text(words.to_owned())
}

fn paragraph(words: Vec<Inline>) -> Vec<Block> {
    vec![Block::Paragraph(words)]
}

#[test]
fn what_people_write_is_read() {
    let to = WebAddress::new("https://en.wikipedia.org/wiki/Loop_(a)").unwrap();
    let expected = vec![
        Block::Paragraph(vec![
            Inline::Bold(vec![text("Risk "), Inline::Italic(vec![text("up")])]),
            text(", see "),
            Inline::Link(to, vec![text("here")]),
            Inline::Break,
            text("2 * 3 * 4 <b>no</b>"),
        ]),
        Block::List(
            ListKind::Bulleted,
            vec![vec![text("one")], vec![text("two")]],
        ),
        Block::List(ListKind::Numbered, vec![vec![text("first")]]),
    ];
    let written = "**Risk *up***, see [here](https://en.wikipedia.org/wiki/Loop_(a))\n\
                   2 * 3 * 4 <b>no</b>\n- one\n* two\n7) first\n";
    assert_eq!(read(written), expected);
    assert_eq!(read(&print(&expected)), expected);
}

#[test]
fn words_are_told_without_their_signs() {
    let written = "**Risk *up***, see [here](https://example.org)\nand https://a.org\n\n\
                   - one\n- two\n\n3. first\n4. [https://b.org](https://b.org)";
    assert_eq!(
        plain(&read(written)),
        "Risk up, see here (https://example.org)\nand https://a.org\n\n\
         • one\n• two\n\n1. first\n2. https://b.org"
    );
}

#[test]
fn nothing_leads_anywhere_but_to_a_page() {
    for written in [
        "[a](javascript:alert(1))",
        "[a](data:text/html,x)",
        "[a](//example.org)",
        "[a](https://)",
        "[a](https://example.org/\"x)",
        "![a](file.png)",
        "<a href=\"https://example.org\">a</a>",
        "[](https://example.org)",
    ] {
        assert_eq!(read(written), paragraph(vec![text(written)]), "{written}");
    }
}

#[test]
fn what_is_not_closed_is_text() {
    for written in ["**a", "*a **b", "a*", "* ", "** a **", "[a](b", "1.a", "-a"] {
        let plain = paragraph(vec![text(written.trim())]);
        assert_eq!(read(written), plain, "{written}");
    }
}

/// Texts with many of the signs that mean something.
fn written() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => Just("*"),
        3 => Just("a"),
        2 => Just(" "),
        2 => Just("\n"),
        2 => Just("["),
        2 => Just("]("),
        2 => Just("https://x.y)"),
        1 => Just("https://x.y/*(1)"),
        1 => Just("]"),
        1 => Just(")"),
        2 => Just("\\"),
        2 => Just("- "),
        1 => Just("\n12. "),
        1 => Just("+"),
        1 => Just("\r"),
        1 => Just("\u{85}"),
        1 => Just("<b>"),
    ];
    prop_oneof![
        4 => prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat()),
        1 => any::<String>(),
    ]
}

/// How many letters are in the words of a text, and in its addresses.
fn letters(blocks: &[Block]) -> usize {
    fn of(parts: &[Inline]) -> usize {
        let parts = parts.iter().map(|part| match part {
            Inline::Text(words) => words.matches('a').count(),
            Inline::Break => 0,
            Inline::Bold(inner) | Inline::Italic(inner) => of(inner),
            Inline::Link(to, inner) => to.as_str().matches('a').count() + of(inner),
        });
        parts.sum()
    }
    let blocks = blocks.iter().map(|block| match block {
        Block::Paragraph(words) => of(words),
        Block::List(_, items) => items.iter().map(|item| of(item)).sum(),
    });
    blocks.sum()
}

/// Bold is in no bold or italics, italics in no italics, a link in no link, and nothing is empty.
fn is_normal(parts: &[Inline], bold: bool, italic: bool, link: bool) -> bool {
    let is_whole = !parts.is_empty();
    is_whole
        && parts.iter().all(|part| match part {
            Inline::Text(words) => !words.is_empty(),
            Inline::Break => true,
            Inline::Bold(inner) => !bold && !italic && is_normal(inner, true, italic, link),
            Inline::Italic(inner) => !italic && is_normal(inner, bold, true, link),
            Inline::Link(to, inner) => {
                let is_page = to.as_str().to_ascii_lowercase().starts_with("http");
                !link && is_page && is_normal(inner, bold, italic, true)
            }
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn printing_and_reading_agree(written in written()) {
        let blocks = read(&written);
        let printed = print(&blocks);
        prop_assert_eq!(&read(&printed), &blocks, "{:?}", printed);
        prop_assert_eq!(letters(&blocks), written.matches('a').count());
        for block in &blocks {
            let is_whole = match block {
                Block::Paragraph(words) => is_normal(words, false, false, false),
                Block::List(_, items) => items.iter().all(|item| is_normal(item, false, false, false)),
            };
            prop_assert!(is_whole, "{:?}", blocks);
        }
    }

    #[test]
    fn a_name_reads_as_itself(name in written()) {
        let name: Vec<&str> = name.split_whitespace().collect();
        let name = name.join(" ");
        let expected = match name.is_empty() {
            true => Vec::new(),
            false => paragraph(vec![text(&name)]),
        };
        prop_assert_eq!(read(&literal(&name)), expected);
    }
}

#[test]
fn a_text_of_signs_is_read_at_once() {
    for sign in ["*", "**a ", "[", "](", "[a](http://x", "***a* "] {
        let written = sign.repeat(20_000 / sign.len());
        let blocks = read(&written);
        assert_eq!(read(&print(&blocks)), blocks, "{sign}");
    }
}
