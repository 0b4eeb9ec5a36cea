//! Tables whose columns blanks align, as terminals and mails have them.

use super::{Found, Header, Row};

/// A part of a line: where it begins and ends, in columns of the screen, and what it says.
struct Run<'t> {
    from: usize,
    to: usize,
    words: &'t str,
}

/// How many columns of the screen a character takes.
const fn width(character: char) -> usize {
    match character as u32 {
        0x1100..=0x115f
        | 0x2e80..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1faff => 2,
        _ => 1,
    }
}

/// The parts of a line that two blanks or more keep apart.
fn runs(line: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut column = 0;
    // The part under way: where it begins on the screen and in the text, and where its words end.
    let mut open: Option<(usize, usize, usize, usize)> = None;
    let mut blanks = 0;
    for (at, character) in line.char_indices() {
        let end = at + character.len_utf8();
        let is_blank = character.is_whitespace();
        blanks = if is_blank { blanks + 1 } else { 0 };
        match &mut open {
            Some((from, start, to, stop)) if is_blank && blanks > 1 => {
                runs.push(Run {
                    from: *from,
                    to: *to,
                    words: &line[*start..*stop],
                });
                open = None;
            }
            Some((.., to, stop)) if !is_blank => {
                *to = column + width(character);
                *stop = end;
            }
            None if !is_blank => open = Some((column, at, column + width(character), end)),
            _ => {}
        }
        column += width(character);
    }
    if let Some((from, start, to, stop)) = open {
        runs.push(Run {
            from,
            to,
            words: &line[start..stop],
        });
    }
    runs
}

fn is_rule(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty()
        && line
            .chars()
            .all(|c| matches!(c, '-' | '=' | ' ' | '\u{2500}'))
}

/// Columns of the screen in which all lines of a block have words, each with its end: what lies
/// between is blank in every line, for two columns at least.
fn columns(lines: &[Vec<Run<'_>>]) -> Vec<(usize, usize)> {
    let mut all: Vec<(usize, usize)> = lines
        .iter()
        .flatten()
        .map(|run| (run.from, run.to))
        .collect();
    all.sort_unstable();
    let mut columns: Vec<(usize, usize)> = Vec::new();
    for (from, to) in all {
        match columns.last_mut() {
            Some((_, end)) if from < *end + 2 => *end = (*end).max(to),
            _ => columns.push((from, to)),
        }
    }
    columns
}

/// The rows of lines that stand together, if blanks align them.
fn rows_of(block: &[(usize, &str)]) -> Option<Vec<Row>> {
    let lines: Vec<Vec<Run<'_>>> = block.iter().map(|(_, line)| runs(line)).collect();
    let is_said = |index: &usize| !is_rule(block[*index].1);
    let said: Vec<usize> = (0..block.len()).filter(is_said).collect();
    let header = lines.get(*said.first()?)?;
    if said.len() < 2 || header.len() < 2 {
        return None;
    }
    let row = |index: &usize, cells: Vec<String>| (block[*index].0, cells);
    if said.iter().all(|index| lines[*index].len() == header.len()) {
        let words = |run: &Run<'_>| run.words.to_owned();
        let rows = said.iter();
        let rows = rows.map(|index| row(index, lines[*index].iter().map(words).collect()));
        return Some(rows.collect());
    }
    // Where cells are empty, the place of the words says of which column they are.
    let columns = columns(&lines);
    let several = said.iter().filter(|index| lines[**index].len() > 1).count();
    if columns.len() != header.len() || several * 3 < said.len() * 2 {
        return None;
    }
    let cells = |index: &usize| {
        let mut cells = vec![String::new(); columns.len()];
        for run in &lines[*index] {
            let column = columns.iter().position(|(_, end)| run.from < *end);
            let cell = &mut cells[column.unwrap_or(columns.len() - 1)];
            if !cell.is_empty() {
                cell.push_str("  ");
            }
            cell.push_str(run.words);
        }
        cells
    };
    let rows = said.iter().map(|index| row(index, cells(index)));
    Some(rows.collect())
}

/// The first table of a text.
pub(super) fn table(text: &str) -> Option<Found> {
    /// A table that is longer was written by a program, which separates.
    const LONGEST: usize = 4 * 1024 * 1024;
    if text.len() > LONGEST || !text.contains("  ") || text.contains('\t') {
        return None;
    }
    let mut blocks: Vec<Vec<(usize, &str)>> = vec![Vec::new()];
    for (number, line) in text.lines().enumerate() {
        match (line.trim().is_empty(), blocks.last_mut()) {
            (false, Some(block)) => block.push((number, line.trim_start_matches('\u{FEFF}'))),
            _ => blocks.push(Vec::new()),
        }
    }
    // Titles may stand directly above.
    const TITLES: usize = 3;
    let found = blocks.iter().find_map(|block| {
        let starts = 0..block.len().min(TITLES);
        starts
            .into_iter()
            .find_map(|start| rows_of(&block[start..]))
    });
    found.map(|rows| Found {
        rows,
        header: Header::First,
        others: 0,
    })
}
