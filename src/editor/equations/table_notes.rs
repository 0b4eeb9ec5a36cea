//! What is to be known of the points of a table: where it jumps, what never counts, what was sorted.

use super::pasted_table::PastedTable;
use crate::model::{TableKind, TablePoint};

/// Where points stand above each other. At that x the last of them holds, and of more than two those
/// between the first and the last never count.
#[must_use]
pub fn table_notes(points: &[TablePoint], kind: TableKind) -> Vec<String> {
    let runs: Vec<&[TablePoint]> = points
        .chunk_by(|one, other| one.0 == other.0)
        .filter(|run| run.len() > 1)
        .collect();
    let listed = |runs: &[&[TablePoint]]| {
        let xs = runs.iter().take(3).map(|run| run[0].0.to_string());
        let more = if runs.len() > 3 { " and others" } else { "" };
        format!("{}{more}", xs.collect::<Vec<_>>().join(", "))
    };
    let mut notes = Vec::new();
    if !runs.is_empty() {
        notes.push(match kind {
            TableKind::Steps => format!("Two points at x {}: the later one holds", listed(&runs)),
            TableKind::Continuous | TableKind::Extrapolated => {
                format!("Two points at x {}: the table jumps there", listed(&runs))
            }
        });
    }
    let many: Vec<&[TablePoint]> = runs.into_iter().filter(|run| run.len() > 2).collect();
    if !many.is_empty() {
        let at = listed(&many);
        notes.push(format!(
            "More than two points at x {at}: those between never count"
        ));
    }
    notes
}

/// What is to be known of a table that was pasted.
#[must_use]
pub fn pasted_notes(table: &PastedTable) -> Vec<String> {
    let unread = table
        .unread
        .map(|row| format!("Row {row} is not two numbers, and was left out"));
    let is_sorted = table.points.is_sorted_by(|one, other| one.0 <= other.0);
    let sorted = (!is_sorted).then(|| "x was out of order, and is sorted now".to_owned());
    unread.into_iter().chain(sorted).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::editor::pasted_table;

    #[test]
    fn jumps_and_what_never_counts_are_told() {
        let jump = [(0.0, 1.0), (2.0, 1.0), (2.0, 5.0), (3.0, 5.0)];
        assert_eq!(
            table_notes(&jump, TableKind::Continuous),
            ["Two points at x 2: the table jumps there"]
        );
        let many = [(0.0, 1.0), (0.0, 2.0), (0.0, 5.0), (3.5, 5.0), (3.5, 4.0)];
        assert_eq!(
            table_notes(&many, TableKind::Steps),
            [
                "Two points at x 0, 3.5: the later one holds",
                "More than two points at x 0: those between never count"
            ]
        );
        assert_eq!(table_notes(&jump[..2], TableKind::Continuous), [""; 0]);
    }

    #[test]
    fn what_was_sorted_or_left_out_is_told() {
        let notes = |text: &str| pasted_notes(&pasted_table(text));
        assert_eq!(notes("x\ty\n1\t1\n2\t3"), [""; 0]);
        assert_eq!(
            notes("2\t1\n1\t3\nend\t\n3\t4"),
            [
                "Row 3 is not two numbers, and was left out",
                "x was out of order, and is sorted now"
            ]
        );
    }
}
