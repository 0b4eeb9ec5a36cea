//! The equations of a model, with the places of their parts.

use std::ops::Range;

use super::expression::end_of_quoted;
use super::names::{is_of_name, joins_without_blank};
use crate::format::foreign::number;

/// One block that ends with `|`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// From its first character to its `|`, that included.
    pub whole: Range<usize>,
    /// The name on its left, without subscripts.
    pub name: Range<usize>,
    /// What stands right of the sign of equality; empty where there is nothing.
    pub expression: Range<usize>,
    /// Its units and range, from `~` to `~` or `|`; none where there is no place for them.
    pub units: Option<Range<usize>>,
    /// Its comment, from `~` to `~` or `|`; none where there is no place for one.
    pub comment: Option<Range<usize>>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlockKind {
    /// The equation of a variable, of a constant, or a variable without one.
    Equation,
    /// A table that is called like a function.
    Lookup,
    /// A list of subscripts.
    Subscripts,
    /// The head of a group of equations.
    Group,
    /// A macro, with what is in it.
    Macro,
}

/// The blocks of a part of a text.
pub fn blocks(text: &str, range: Range<usize>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = range.start;
    let part = &text[..range.end];
    loop {
        at += blanks_and_marks(&part[at..]);
        if at >= part.len() {
            return blocks;
        }
        let block = if starts_with_word(&part[at..], ":MACRO:") {
            of_macro(part, at)
        } else {
            block(part, at)
        };
        at = block.whole.end;
        blocks.push(block);
    }
}

/// The length of blanks, and of remarks in braces before an equation.
fn blanks_and_marks(rest: &str) -> usize {
    let mut at = 0;
    loop {
        let blank = rest[at..].len()
            - rest[at..]
                .trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}')
                .len();
        at += blank;
        if !rest[at..].starts_with('{') {
            return at;
        }
        match rest[at..].find('}') {
            Some(end) => at += end + 1,
            None => return rest.len(),
        }
    }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(word))
}

fn of_macro(part: &str, at: usize) -> Block {
    const END: &str = ":END OF MACRO:";
    let end = part[at..]
        .find(END)
        .map_or(part.len(), |end| at + end + END.len());
    Block {
        kind: BlockKind::Macro,
        whole: at..end,
        name: at..at,
        expression: at..at,
        units: None,
        comment: None,
    }
}

fn block(part: &str, at: usize) -> Block {
    let left = end_of_equation(part, at);
    let mut end = left;
    let mut fields = Vec::new();
    while part[end..].starts_with('~') {
        let start = end + 1;
        end = part[start..]
            .find(['~', '|'])
            .map_or(part.len(), |found| start + found);
        fields.push(start..end);
    }
    let whole = at..(end + 1).min(part.len());
    let equation = &part[at..left];
    if equation.starts_with("**") {
        let name = equation.trim_matches(|c: char| c.is_whitespace() || c == '*');
        let start = at + equation.find(name).unwrap_or(0);
        return Block {
            kind: BlockKind::Group,
            whole,
            name: start..start + name.len(),
            expression: left..left,
            units: None,
            comment: None,
        };
    }
    let name = at..end_of_name(part, at, left);
    let (kind, expression) = right_side(part, name.end, left);
    Block {
        kind,
        whole,
        name,
        expression,
        units: fields.first().cloned(),
        comment: fields.get(1).cloned(),
    }
}

/// Where the first field of a block ends: at `~` or `|`, but not within quotes or braces.
fn end_of_equation(part: &str, start: usize) -> usize {
    let mut at = start;
    let bytes = part.as_bytes();
    while let Some(byte) = bytes.get(at) {
        at = match byte {
            b'~' | b'|' => return at,
            b'"' => end_of_quoted(part, at + 1),
            b'{' => part[at..].find('}').map_or(part.len(), |end| at + end + 1),
            _ => at + 1,
        };
    }
    part.len()
}

fn end_of_name(part: &str, at: usize, left: usize) -> usize {
    if part[at..].starts_with('"') {
        return end_of_quoted(part, at + 1).min(left);
    }
    let is_outside = |c: char| !is_of_name(c) && !c.is_whitespace() && c != '\\';
    let name = &part[at..left];
    let name = &name[..name.find(is_outside).unwrap_or(name.len())];
    at + name
        .trim_end_matches(|c: char| c.is_whitespace() || c == '\\')
        .len()
}

/// What the right side of a block is, and where.
fn right_side(part: &str, from: usize, left: usize) -> (BlockKind, Range<usize>) {
    let rest = &part[from..left];
    let trimmed = after_subscripts(rest);
    if trimmed.starts_with('(') {
        return (BlockKind::Lookup, left - trimmed.len()..left);
    }
    if let Some(after) = trimmed.strip_prefix(':') {
        let word = after
            .find(|c: char| !c.is_ascii_alphabetic() && c != ' ')
            .unwrap_or(after.len());
        let is_keyword = after[word..].starts_with(':') && word > 0;
        if !after.starts_with('=') && !is_keyword {
            return (BlockKind::Subscripts, left - after.len()..left);
        }
    }
    if trimmed.starts_with("<->") {
        return (BlockKind::Subscripts, left - trimmed.len()..left);
    }
    let expression = match rest.find('=') {
        Some(sign) => {
            let after = from + sign + 1;
            // `==` defines data.
            after + usize::from(part[after..left].starts_with('='))..left
        }
        None => left..left,
    };
    (BlockKind::Equation, expression)
}

/// What follows the subscripts of a name, and remarks.
fn after_subscripts(rest: &str) -> &str {
    let mut rest = rest.trim_start();
    loop {
        let closing = match rest.as_bytes().first() {
            Some(b'[') => ']',
            Some(b'{') => '}',
            // A line that goes on.
            Some(b'\\') => {
                rest = rest[1..].trim_start();
                continue;
            }
            _ => return rest,
        };
        match rest.find(closing) {
            Some(end) => rest = rest[end + 1..].trim_start(),
            None => return rest,
        }
    }
}

/// The least value of a range in a field of units, `[least, most, step]`; none where it says none.
pub fn least_of(units: &str) -> Option<f64> {
    let (_, range) = units.rsplit_once('[')?;
    let (range, _) = range.split_once(']')?;
    number(range.split(',').next()?)
}

/// A comment as people read it: lines that go on are joined, and indents taken away.
pub fn comment_text(raw: &str) -> String {
    let raw = raw.replace("\r\n", "\n").replace('\r', "\n");
    let mut text = String::with_capacity(raw.len());
    let mut goes_on = false;
    for line in raw.trim().lines() {
        let line = line.trim();
        if !text.is_empty() && !goes_on {
            text.push('\n');
        }
        let (line, continued) = match line.strip_suffix('\\') {
            Some(line) => (line, true),
            None => (line, false),
        };
        if goes_on && !text.ends_with(' ') && !joins_without_blank(&text, line) {
            text.push(' ');
        }
        text.push_str(line);
        goes_on = continued;
    }
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(BlockKind, &str, &str, Option<&str>)> {
        let blocks = blocks(text, 0..text.len());
        blocks
            .into_iter()
            .map(|block| {
                let comment = block.comment.map(|comment| text[comment].trim());
                let expression = text[block.expression].trim();
                (block.kind, &text[block.name], expression, comment)
            })
            .collect()
    }

    #[test]
    fn equations_groups_tables_and_macros_are_told_apart() {
        use BlockKind::*;
        let text = "{UTF-8}\n:MACRO: TWICE(x)\nTWICE = 2*x ~~|\n:END OF MACRO:\n\
            a b[region] = \"c|d\" + 1 {not ~ here}\n\t~\tm [0,?]\n\t~\tIt's | \n\
            \"c|d\" ~ ~ |table( [(0,0)-(1,1)],(0,0))~~|\nregion: north, south ~~|\n\
            data :INTERPOLATE: ~~ of a file |\nc := 3 ~ ~ x ~ :SUPPLEMENTARY |\n\
            ****\n\t.Control Group\n****~\n\t\tSettings\n\t|";
        assert_eq!(
            read(text),
            [
                (Macro, "", "", None),
                (Equation, "a b", "\"c|d\" + 1 {not ~ here}", Some("It's")),
                (Equation, "\"c|d\"", "", Some("")),
                (Lookup, "table", "( [(0,0)-(1,1)],(0,0))", Some("")),
                (Subscripts, "region", "north, south", Some("")),
                (Equation, "data", "", Some("of a file")),
                (Equation, "c", "3", Some("x")),
                (Group, ".Control Group", "", None),
            ]
        );
    }

    #[test]
    fn what_is_cut_off_is_a_block_all_the_same() {
        assert_eq!(read("a = b"), [(BlockKind::Equation, "a", "b", None)]);
        assert_eq!(
            read("a = \"b ~ |"),
            [(BlockKind::Equation, "a", "\"b ~ |", None)]
        );
        assert_eq!(read("{open"), []);
    }

    #[test]
    fn subscripted_tables_and_exceptions_are_what_they_are() {
        use BlockKind::*;
        assert_eq!(
            read("t[a,b] ([(0,0)-(1,1)],(0,0),(1,1))~~|x[a] :EXCEPT: [b] = c[b] ~~|v[a]: b, c~~|"),
            [
                (Lookup, "t", "([(0,0)-(1,1)],(0,0),(1,1))", Some("")),
                (Equation, "x", "c[b]", Some("")),
                (Subscripts, "v", "b, c", Some("")),
            ]
        );
    }

    #[test]
    fn ranges_say_how_little_something_can_be() {
        for (units, least) in [
            ("Litres/Minute [0,?,0.5]", Some(0.0)),
            ("[-1,1]", Some(-1.0)),
            ("kg [?,5]", None),
            ("kg", None),
            ("[2", None),
        ] {
            assert_eq!(least_of(units), least, "{units}");
        }
    }

    #[test]
    fn comments_are_joined_where_their_lines_go_on() {
        assert_eq!(
            comment_text("\tThe rate at which \\\n\t\tit cools.\n\t\tRoughly.\n\t"),
            "The rate at which it cools.\nRoughly."
        );
        // Where words have no blanks between them, a line breaks anywhere.
        assert_eq!(
            comment_text("\u{3068}\\\n\t\t\u{6d88}\u{8cbb}\\\n\t\tx"),
            "\u{3068}\u{6d88}\u{8cbb}x"
        );
    }
}
