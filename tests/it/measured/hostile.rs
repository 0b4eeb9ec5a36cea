//! Tables that mean harm, or make no sense: no panic, no hang, one clear message.

use loopstream::format::ReadError;
use loopstream::format::table::{Table, TableLimits};
use loopstream::import_data::{
    Choices, Clock, Mapping, Utc, figures, items, names, observed, plan_of_items, plan_of_steps,
    seems_measured,
};
use loopstream::model::{Calendar, IdSource, StreamSettings};
use proptest::prelude::*;

use crate::common::document::assert_valid;

/// Everything that can be done with a text.
fn run(text: &str, choices: &Choices) {
    let _ = seems_measured(text);
    let _ = names(text);
    let Ok(table) = Table::read(text, &TableLimits::STANDARD) else {
        return;
    };
    let mapping = Mapping::of(&table, choices, Calendar::default());
    let found = items(&table, &mapping, 1.8e9, &Utc);
    let found = figures(&found, &Clock::new(mapping.clock.calendar));
    let plans = [
        plan_of_items(&found, &mapping.clock, "x", None),
        plan_of_steps(&observed(&table, &mapping), &mapping, "x", None),
    ];
    for plan in plans {
        let map = plan.new_map(&StreamSettings::default(), &mut IdSource::new(1));
        assert_valid(&map);
        assert_eq!(map.stations().len(), plan.drafts.len());
        let mut again = map.clone();
        again
            .apply(&plan.update(&map, &Choices::new()).patch)
            .unwrap();
    }
}

#[test]
fn limits_hold() {
    let limits = TableLimits {
        bytes: 1_000,
        rows: 3,
        columns: 4,
        cells: 12,
    };
    let message = |text: &str| {
        Table::read(text, &limits)
            .map(|table| table.lines.len())
            .map_err(|error| error.to_string())
    };
    assert_eq!(message("a,b\n1,2\n3,4\n5,6\n"), Ok(3));
    assert!(
        message("a,b\n1,2\n3,4\n5,6\n7,8\n")
            .unwrap_err()
            .contains("more than 3 rows (line 5")
    );
    assert!(
        message("a,b,c,d,e\n1,2,3,4,5\n")
            .unwrap_err()
            .contains("more than 4 columns")
    );
    assert!(
        message("a,b,c,d\n1,2,3,4\n1,2,3,4\n1,2,3,4\n")
            .unwrap_err()
            .contains("more than 12 cells")
    );
    let long = "x".repeat(1_001);
    assert_eq!(
        Table::read(&long, &limits),
        Err(ReadError::TooLarge {
            bytes: 1_001,
            limit: 1_000
        })
    );
}

#[test]
fn a_large_export_is_read_in_time() {
    let mut text = "Key,Queue,Build,Test,Done\n".to_owned();
    for number in 0..50_000_u32 {
        let day = number % 27 + 1;
        text.push_str(&format!("K{number},2026-01-{day:02} 10:00,2026-02-{day:02} 11:00,2026-03-{day:02} 12:00,2026-04-{day:02}\n"));
    }
    run(&text, &Choices::new());
    // Nothing but quotes, separators or line ends.
    for text in [
        "\"".repeat(100_000),
        ",".repeat(100_000),
        "\n".repeat(100_000),
        "a,b\n".repeat(50_000),
        "\t;|,".repeat(9_000),
    ] {
        run(&text, &Choices::new());
    }
}

#[test]
fn numbers_and_names_beyond_all_bounds_do_no_harm() {
    let long = "\u{e9}".repeat(2_000);
    for text in [
        format!(
            "Step,PT (h),People\n{long},1e3,99999999999999999999999\nB,{},1\n",
            "9".repeat(400)
        ),
        format!("Key,{long},Done\n{long},0001-01-01,9999-12-31\nB,2026-01-01,\n"),
        "Step,PT (h)\n=cmd|'/c calc'!A0,-5\n<script>,1\n".to_owned(),
        "Key,State,When\nA,Build,2026-01-01\nA,Done,2025-01-01\nA,Build,2024-01-01\n".to_owned(),
    ] {
        run(&text, &Choices::new());
    }
}

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("2026-11-25 14:03".to_owned()),
        Just("3/4/26 2:03 PM".to_owned()),
        Just("1,5 h".to_owned()),
        Just("1.250".to_owned()),
        Just("80 %".to_owned()),
        Just("Build".to_owned()),
        Just("~15 min".to_owned()),
        Just("1-2-5".to_owned()),
        Just("?".to_owned()),
        Just("Won't do".to_owned()),
        Just("1.23E+10".to_owned()),
        "[-0-9/.:, %hdT+]{0,12}",
        ".{0,8}",
    ]
}

fn quoted(cell: &str) -> String {
    format!("\"{}\"", cell.replace('"', "\"\""))
}

proptest! {
    #[test]
    fn any_table_gives_a_sound_map(
        heads in proptest::collection::vec(prop_oneof![Just("Step".to_owned()), Just("PT (min)".to_owned()), Just("Key".to_owned()), Just("State".to_owned()), Just("When".to_owned()), Just("Done".to_owned()), cell()], 2..6),
        rows in proptest::collection::vec(proptest::collection::vec(cell(), 0..7), 1..12),
        kind in proptest::sample::select(vec!["", "steps", "items", "moves"]),
        roles in proptest::collection::vec(proptest::sample::select(vec!["pt", "lt", "name", "wip", "uptime", "item", "waiting", "done", "dropped", "merged", "state", "moment", "left", "stayed", "spent working", "spent unknown", "outcome", "begun", "unknown"]), 6),
    ) {
        let mut text = heads.iter().map(|head| quoted(head)).collect::<Vec<_>>().join(",");
        for row in &rows {
            text.push('\n');
            text.push_str(&row.iter().map(|cell| quoted(cell)).collect::<Vec<_>>().join(","));
        }
        let mut choices = Choices::from([("rows".to_owned(), kind.to_owned())]);
        for (index, role) in roles.iter().enumerate() {
            for of in ["step", "item", "move"] {
                choices.insert(format!("{of} column {index}"), (*role).to_owned());
            }
        }
        run(&text, &choices);
        run(&text, &Choices::new());
    }

    #[test]
    fn any_text_is_a_table_or_none(text in "[a,;\t|\"\n\r0-9/:. \u{e4}-]{0,200}") {
        run(&text, &Choices::new());
    }

    #[test]
    fn any_layout_is_a_table_or_none(
        text in "([a-c|+=^\\\\ \\[\\]-]|  |\n|\\|--|\u{2502}|\u{2500}|\u{9700}|<table>|<tr>|<td>|</td|&lt;|&#x2b;){0,80}",
    ) {
        run(&text, &Choices::new());
    }

    #[test]
    fn cells_come_back_as_they_were_written(
        rows in proptest::collection::vec(proptest::collection::vec("[^\u{0}]{0,8}", 3), 1..8),
        separator in proptest::sample::select(vec![',', ';', '\t', '|']),
        end in proptest::sample::select(vec!["\n", "\r\n", "\r"]),
    ) {
        let write = |row: &Vec<String>| {
            let cells: Vec<String> = row.iter().map(|cell| quoted(cell)).collect();
            cells.join(&separator.to_string()) + end
        };
        let head = vec!["one".to_owned(), "two".to_owned(), "three".to_owned()];
        let text = format!("sep={separator}{end}{}{}", write(&head), rows.iter().map(write).collect::<String>());
        let kept: Vec<&Vec<String>> = rows.iter().filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
        match Table::read(&text, &TableLimits::STANDARD) {
            Ok(table) => {
                prop_assert_eq!(table.lines.len(), kept.len());
                for (line, row) in table.lines.iter().zip(kept) {
                    for (index, cell) in row.iter().enumerate() {
                        prop_assert_eq!(line.cell(index), cell.trim());
                    }
                }
            }
            Err(_) => prop_assert!(kept.is_empty()),
        }
    }
}
