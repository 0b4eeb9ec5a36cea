//! Points of a table from a spreadsheet: two columns of numbers, however they are separated.

use crate::model::TablePoint;

/// What was read of a pasted text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PastedTable {
    /// The points, in the order of the rows.
    pub points: Vec<TablePoint>,
    /// The first row that is neither empty nor a pair of numbers, from 1; a head does not count.
    pub unread: Option<usize>,
}

/// Reads two columns: between tabs, semicolons, commas or blanks, with decimal points or commas, and
/// perhaps with a row of words above. Further columns are left out.
#[must_use]
pub fn pasted_table(text: &str) -> PastedTable {
    let rows: Vec<&str> = text.lines().map(str::trim).collect();
    let mut table = PastedTable::default();
    // All rows are separated in the same way: the first that gives most rows counts.
    let ways = [Way::Tab, Way::Semicolon, Way::Comma, Way::Blank];
    let count = |way: Way| rows.iter().filter(|row| point(row, way).is_some()).count();
    let Some(best) = ways.into_iter().rev().max_by_key(|way| count(*way)) else {
        return table;
    };
    let mut is_first = true;
    for (index, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
        match point(row, best) {
            Some(point) => table.points.push(point),
            None if is_first => {}
            None => {
                table.unread.get_or_insert(index + 1);
            }
        }
        is_first = false;
    }
    table
}

#[derive(Clone, Copy)]
enum Way {
    Tab,
    Semicolon,
    Comma,
    Blank,
}

/// The first two numbers of a row.
fn point(row: &str, way: Way) -> Option<TablePoint> {
    let cells: Vec<&str> = match way {
        Way::Tab => row.split('\t').collect(),
        Way::Semicolon => row.split(';').collect(),
        Way::Comma => row.split(',').collect(),
        Way::Blank => row.split_whitespace().collect(),
    };
    let [x, y, ..] = cells.as_slice() else {
        return None;
    };
    Some((typed_number(x)?, typed_number(y)?))
}

/// A number as people type it: with a decimal point or comma, and with digits in groups where both
/// are there.
#[must_use]
pub fn typed_number(cell: &str) -> Option<f64> {
    let cell = cell.trim().trim_matches('"');
    let cell: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let cell = cell.replace('\u{2212}', "-");
    let plain = match (cell.rfind(','), cell.rfind('.')) {
        (Some(comma), Some(point)) if comma > point => cell.replace('.', "").replace(',', "."),
        (Some(_), Some(_)) => cell.replace(',', ""),
        (Some(_), None) if cell.matches(',').count() == 1 => cell.replace(',', "."),
        _ => cell,
    };
    let is_number =
        plain.starts_with(|first: char| first.is_ascii_digit() || "+-.".contains(first));
    let number = plain.parse::<f64>().ok()?;
    (is_number && number.is_finite()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_read_however_they_are_separated() {
        let points = [(0.0, 1.5), (10.0, -2.0), (1234.5, 3.0)];
        for text in [
            "x\ty\n0\t1.5\n10\t-2\n1234.5\t3\n",
            "0;1,5\r\n10;-2\r\n1.234,5;3\r\n",
            "x,y\n0,1.5\n10,-2\n1234.5,3",
            "0 1.5\n10 \u{2212}2\n1234.5 3",
            "Zeit;Wert;Rest\n\n0;1,5;a\n10;-2;b\n1234,5;3;c",
            "\"0\"\t\"1,5\"\n10\t-2\n1,234.5\t3",
        ] {
            let read = pasted_table(text);
            assert_eq!(
                (read.points.as_slice(), read.unread),
                (&points[..], None),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_table_is_told() {
        assert_eq!(pasted_table("").points, []);
        assert_eq!(pasted_table("a b c").points, []);
        let read = pasted_table("x\ty\n1\t2\nthree\t4\n5\t6");
        assert_eq!(read.points, [(1.0, 2.0), (5.0, 6.0)]);
        assert_eq!(read.unread, Some(3));
        assert_eq!(pasted_table("inf 1\nnan 2\n").points, []);
    }
}
