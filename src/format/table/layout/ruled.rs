//! Tables that lines and bars draw: of Markdown, wikis, Org, and of terminals.

use super::inline::words;
use super::{Found, Header, Row};

/// What a line of a table is.
#[derive(Clone, Copy, PartialEq)]
enum Kind {
    /// A drawn line.
    Rule,
    /// Cells, from bar to bar.
    Barred,
    /// Cells with bars between them.
    Cells,
}

/// The signs with which programs draw lines beside `-`.
const DRAWN: &str = "\u{2500}\u{2501}\u{2550}\u{253c}\u{251c}\u{2524}\u{252c}\u{2534}\u{250c}\u{2510}\u{2514}\u{2518}\u{256a}\u{256c}\u{2560}\u{2563}\u{2566}\u{2569}\u{2554}\u{2557}\u{255a}\u{255d}\u{255e}\u{2561}\u{2564}\u{2567}";

fn is_bar(character: char) -> bool {
    matches!(character, '|' | '\u{2502}' | '\u{2503}' | '\u{2551}')
}

fn kind_of(line: &str) -> Option<Kind> {
    let line = line.trim();
    let is_drawn = |c: char| DRAWN.contains(c);
    let of_rule = |c: char| is_bar(c) || is_drawn(c) || "+-=: \t".contains(c);
    let joins = |c: char| is_bar(c) || is_drawn(c) || c == '+';
    if line.contains(|c: char| is_drawn(c) || matches!(c, '-' | '='))
        && line.chars().all(of_rule)
        && line.contains(joins)
    {
        return Some(Kind::Rule);
    }
    let ends = |bar: &dyn Fn(char) -> bool| {
        line.chars().count() > 1 && line.starts_with(bar) && line.ends_with(bar)
    };
    if ends(&is_bar) || ends(&|c| c == '^') {
        return Some(Kind::Barred);
    }
    line.contains(is_bar).then_some(Kind::Cells)
}

/// The cells of a line.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    // The headers of some wikis have other signs.
    let is_head = line.starts_with('^') && line.ends_with('^');
    let is_double = line.starts_with("||");
    let mut cells = vec![String::new()];
    let mut characters = line.chars().peekable();
    let mut depth = 0_usize;
    while let Some(character) = characters.next() {
        let last = cells.len() - 1;
        match character {
            // Signs after it are left to the words of the cell, but a bar is none of the table.
            '\\' => {
                let next = characters.next_if(|next| *next == '|');
                cells[last].push(next.unwrap_or('\\'));
            }
            '[' if characters.peek() == Some(&'[') => {
                depth += 1;
                cells[last].push('[');
            }
            ']' if characters.peek() == Some(&']') => {
                depth = depth.saturating_sub(1);
                cells[last].push(']');
            }
            bar if depth == 0 && (is_bar(bar) || (is_head && bar == '^')) => {
                if is_double {
                    let _ = characters.next_if(|next| *next == '|');
                }
                cells.push(String::new());
            }
            other => cells[last].push(other),
        }
    }
    // Bars at the ends stand beside no cell.
    if line.starts_with(|c| is_bar(c) || c == '^') {
        cells.remove(0);
    }
    if line.ends_with(|c| is_bar(c) || c == '^') && cells.last().is_some_and(String::is_empty) {
        cells.pop();
    }
    cells.iter().map(|cell| words(cell)).collect()
}

/// The first table of a text, of several columns if there is one.
pub(super) fn table(text: &str, is_separated: impl FnOnce() -> bool) -> Option<Found> {
    if !text.contains(is_bar) {
        return None;
    }
    let mut tables: Vec<Vec<Row>> = Vec::new();
    let mut block: Vec<(usize, Kind, &str)> = Vec::new();
    for (number, line) in text.lines().chain([""]).enumerate() {
        match kind_of(line.trim_start_matches('\u{FEFF}')) {
            Some(kind) => block.push((number, kind, line)),
            None => tables.extend(rows_of(&std::mem::take(&mut block))),
        }
    }
    let several = |rows: &Vec<Row>| rows.iter().all(|(_, cells)| cells.len() > 1);
    let chosen = tables.iter().position(several).unwrap_or(0);
    let others = tables.len().saturating_sub(1);
    let rows = (chosen < tables.len()).then(|| tables.swap_remove(chosen))?;
    // A table in a cell of another table is none of its own.
    let above = rows.first().map_or(0, |(number, _)| *number);
    let of_table = |line: &str| line.trim().is_empty() || kind_of(line) == Some(Kind::Rule);
    let is_first = text.lines().take(above).all(of_table);
    if !is_first && is_separated() {
        return None;
    }
    let header = Header::First;
    Some(Found {
        rows,
        header,
        others,
    })
}

/// The rows of some lines, if they are a table.
fn rows_of(block: &[(usize, Kind, &str)]) -> Option<Vec<Row>> {
    let has_rule = block.iter().any(|(_, kind, _)| *kind == Kind::Rule);
    let all_barred = block.iter().all(|(_, kind, _)| *kind != Kind::Cells);
    let said = block.iter().filter(|(_, kind, _)| *kind != Kind::Rule);
    if said.clone().count() < 2 || !(has_rule || all_barred) {
        return None;
    }
    let rows = said.map(|(number, _, line)| (*number, cells(line)));
    Some(rows.collect())
}
