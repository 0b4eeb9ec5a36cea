//! The same table in every layout, the same quantity in a cell and in a field, the same stays as times
//! and as lengths of time.

use loopstream::format::table::{DecimalSign, Table, TableLimits, moment_text, read_amount};
use loopstream::import_data::{Figures, Found};
use loopstream::model::{Calendar, MeasureKind, parse_measure};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::measured::{DAY, at, understood};

const NOW: &str = "2027-12-31 17:00";

/// A table as its heads and cells.
type Grid = (Vec<String>, Vec<Vec<String>>);

fn cell() -> impl Strategy<Value = String> {
    let said = [
        "",
        "?",
        "\u{2014}",
        "n/a",
        "~15 min",
        "<1 min",
        "1-2-5 min",
        "4 hours",
        "90 %",
        "0",
        "12.5",
        "2026-11-25 14:03",
        "Ada and Bob",
        "\u{9700}\u{8981}",
        "\u{dc}bergabe",
        "1:30",
        "2d 3h",
    ];
    prop_oneof![
        3 => select(said.to_vec()).prop_map(str::to_owned),
        1 => "[A-Za-z][a-z0-9]{0,8}( [a-z]{1,6}){0,2}",
    ]
}

fn grid() -> impl Strategy<Value = Grid> {
    (2_usize..6).prop_flat_map(|width| {
        let heads = vec("[A-Z][a-z]{1,9}( [a-z]{1,5})?", width);
        let names = "[A-Z][a-z]{0,11}( [a-z]{1,6})?";
        let row = (names, vec(cell(), width - 1)).prop_map(|(name, rest)| {
            let mut row = vec![name];
            row.extend(rest);
            row
        });
        (heads, vec(row, 1..8))
    })
}

fn rows((heads, rows): &Grid) -> Vec<Vec<String>> {
    let mut all = vec![heads.clone()];
    all.extend(rows.iter().cloned());
    all
}

fn joined(grid: &Grid, separator: &str) -> String {
    let rows = rows(grid).into_iter();
    rows.map(|row| row.join(separator) + "\n").collect()
}

fn markdown(grid: &Grid, bars: bool) -> String {
    let line = |row: &Vec<String>| match bars {
        true => format!("| {} |\n", row.join(" | ")),
        false => row.join(" | ") + "\n",
    };
    let rows = rows(grid);
    let rule: Vec<String> = grid.0.iter().map(|_| "---".to_owned()).collect();
    let mut text = line(&rows[0]) + &line(&rule);
    text.extend(rows[1..].iter().map(line));
    text
}

/// How many columns of a screen a text takes; the wide letters here are all beyond this one.
fn width(text: &str) -> usize {
    text.chars()
        .map(|c| if c > '\u{2e80}' { 2 } else { 1 })
        .sum()
}

fn aligned(grid: &Grid) -> String {
    let rows = rows(grid);
    let widths: Vec<usize> = (0..grid.0.len())
        .map(|column| rows.iter().map(|row| width(&row[column])).max().unwrap() + 2)
        .collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths);
        let cells = cells.map(|(cell, wide)| cell.clone() + &" ".repeat(wide - width(cell)));
        cells.collect::<String>().trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

fn html(grid: &Grid) -> String {
    let escaped = |cell: &String| cell.replace('&', "&amp;").replace('<', "&lt;");
    let line = |row: &Vec<String>| {
        let cells = row.iter().map(|cell| format!("<td>{}</td>", escaped(cell)));
        format!("<tr>{}</tr>\n", cells.collect::<String>())
    };
    format!(
        "<table>{}</table>",
        rows(grid).iter().map(line).collect::<String>()
    )
}

/// What is read of a text.
fn read(text: &str) -> Grid {
    let table =
        Table::read(text, &TableLimits::STANDARD).unwrap_or_else(|why| panic!("{why}\n{text}"));
    let width = table.headers.len();
    let row = |line: &loopstream::format::table::Line<'_>| {
        (0..width)
            .map(|index| line.cell(index).to_owned())
            .collect()
    };
    let rows = table.lines.iter().map(row).collect();
    (table.headers, rows)
}

/// Lengths of three stays of each item, in hours.
fn stays() -> impl Strategy<Value = Vec<[u32; 3]>> {
    vec([1_u32..300, 1_u32..300, 1_u32..300], 1..9)
}

fn moment(hours: u32) -> String {
    moment_text(at("2026-01-05 00:00") + f64::from(hours) * 3_600.0)
        .unwrap()
        .0
}

/// The means of the three states, and that of the lead time, in days.
fn means(text: &str) -> Vec<f64> {
    let (_, _, figures): (_, _, Figures) = understood(text, &[], NOW);
    let spreads = figures
        .states
        .iter()
        .filter(|of| of.state.class.is_under_way());
    let mut found: Vec<Option<Found>> = spreads.map(|of| of.spread.mean).collect();
    found.push(figures.whole.lead_time.mean);
    found
        .into_iter()
        .map(|mean| match mean {
            Some(Found::Exactly(seconds)) => seconds / DAY,
            other => panic!("{other:?}\n{text}"),
        })
        .collect()
}

proptest! {
    #[test]
    fn a_table_reads_the_same_in_every_layout(grid in grid()) {
        prop_assert_eq!(&read(&joined(&grid, "\t")), &grid);
        prop_assert_eq!(&read(&joined(&grid, ",")), &grid);
        prop_assert_eq!(&read(&joined(&grid, ";")), &grid);
        prop_assert_eq!(&read(&markdown(&grid, true)), &grid);
        prop_assert_eq!(&read(&markdown(&grid, false)), &grid);
        prop_assert_eq!(&read(&format!("Some words, and more.\n\n{}\nBye.\n", markdown(&grid, true))), &grid);
        prop_assert_eq!(&read(&html(&grid)), &grid);
        // Where most rows say one thing only, blanks align nothing.
        let all = rows(&grid);
        let several = all.iter().filter(|row| row.iter().filter(|cell| !cell.is_empty()).count() > 1);
        if several.count() * 3 >= all.len() * 2 {
            prop_assert_eq!(&read(&aligned(&grid)), &grid);
        }
    }

    #[test]
    fn a_cell_reads_as_the_field_reads_it(
        kind in select(vec![MeasureKind::ProcessTime, MeasureKind::WaitingTime, MeasureKind::CompleteAndAccurate, MeasureKind::Servers, MeasureKind::WorkInProgress]),
        mark in select(vec!["", "~", "<", "\u{2264} ", "ca. ", "\u{2248}", "up to "]),
        numbers in vec((0_u32..2_000, select(vec!["", ".5", ".25", ".125"])), 1..4),
        between in select(vec!["-", " - ", "\u{2013}", " to ", ".."]),
        unit in select(vec!["", " s", "min", " h", " days", " wk", "mo", " %", "%"]),
        asked in select(vec!["", "?"]),
    ) {
        let numbers: Vec<String> = numbers.iter().map(|(whole, part)| format!("{whole}{part}")).collect();
        let text = format!("{mark}{}{unit}{asked}", numbers.join(between));
        let calendar = Calendar::default();
        let cell = read_amount(&text, kind, DecimalSign::Point, None, &calendar);
        prop_assert_eq!(cell, parse_measure(&text, kind), "{}", text);
    }

    #[test]
    fn what_says_nothing_or_not_known_is_that_everywhere(
        text in select(vec!["", "-", "\u{2013}", "\u{2014}", "--", "n/a", "N/A", "NA", "null", "?", "??", "tbd", "unknown", "1 h 30 min", "2 days, 3 hours", "1:30", "0", "0 min"]),
        kind in select(vec![MeasureKind::ProcessTime, MeasureKind::WaitingTime]),
    ) {
        let calendar = Calendar::default();
        let cell = read_amount(text, kind, DecimalSign::Point, None, &calendar);
        prop_assert_eq!(cell, parse_measure(text, kind), "{}", text);
    }

    #[test]
    fn stays_give_the_same_means_as_times_and_as_lengths(items in stays()) {
        let mut times = "Key,To Do,In Progress,Review,Done\n".to_owned();
        let mut hours = "Key,Created,Resolved,Time in To Do (h),Time in Progress (h),Time in Review (h)\n".to_owned();
        let mut bare = hours.replace(" (h)", "");
        let mut words = bare.clone();
        let mut entered = "Key,State,Entered\n".to_owned();
        let mut left = "Key,Status,Stage,Entered,Left\n".to_owned();
        let mut long = "Key,Status,Duration\n".to_owned();
        for (number, lengths) in items.iter().enumerate() {
            let start = number as u32 * 5;
            let [one, two, three] = *lengths;
            let at = [start, start + one, start + one + two, start + one + two + three].map(moment);
            let [a, b, c, d] = &at;
            times.push_str(&format!("K{number},{a},{b},{c},{d}\n"));
            hours.push_str(&format!("K{number},{a},{d},{one},{two},{three}\n"));
            let days = lengths.map(|length| f64::from(length) / 24.0);
            bare.push_str(&format!("K{number},{a},{d},{},{},{}\n", days[0], days[1], days[2]));
            let [x, y, z] = lengths.map(|length| format!("{}d {}h", length / 24, length % 24));
            words.push_str(&format!("K{number},{a},{d},{x},{y},{z}\n"));
            let states = ["To Do", "In Progress", "Review", "Done"];
            for (state, when) in states.iter().zip(&at) {
                entered.push_str(&format!("K{number},{state},{when}\n"));
            }
            for index in 0..3 {
                let (state, from, to) = (states[index], &at[index], &at[index + 1]);
                left.push_str(&format!("K{number},Done,{state},{from},{to}\n"));
                long.push_str(&format!("K{number},{state},{} h\n", lengths[index]));
            }
            left.push_str(&format!("K{number},Done,Done,{d},\n"));
            long.push_str(&format!("K{number},Done,\n"));
        }
        let expected = means(&times);
        for text in [hours, bare, words, entered, left, long] {
            for (mean, wanted) in means(&text).into_iter().zip(&expected) {
                prop_assert!((mean - wanted).abs() < 1.0e-6, "{mean} {wanted}\n{text}\n{times}");
            }
        }
    }
}
