//! Work items: states, stays, ages, percentiles.

use loopstream::format::table::DateOrder;
use loopstream::import_data::{Class, Found, Role, TableKind};
use proptest::prelude::*;

use crate::measured::{DAY, JIRA, MOVES, understood};

fn days(found: Option<Found>) -> f64 {
    found.unwrap().seconds() / DAY
}

#[test]
fn a_tracker_export_is_read_with_what_is_under_way() {
    let (mapping, items, figures) = understood(JIRA, &[], "2026-11-17 09:00");
    assert_eq!(mapping.kind, TableKind::Items);
    assert_eq!(mapping.order, DateOrder::DayFirst);
    assert_eq!(
        mapping.roles,
        [
            Role::Out,
            Role::Item,
            Role::Out,
            Role::Entered(Class::Waiting),
            Role::Entered(Class::Working),
            Role::Entered(Class::Waiting),
            Role::Entered(Class::Working),
            Role::Entered(Class::Done),
            Role::Out,
        ]
    );
    assert_eq!(items.as_of_text(), "2026-11-17 09:00");
    assert_eq!(items.told, Vec::<String>::new());
    let whole = &figures.whole;
    assert_eq!(
        (
            whole.items,
            whole.finished,
            whole.under_way,
            whole.dropped,
            items.not_started
        ),
        (6, 3, 3, 0, 1)
    );
    let states: Vec<(&str, usize, usize)> = figures
        .states
        .iter()
        .map(|of| (of.state.name.as_str(), of.spread.ended, of.spread.open))
        .collect();
    assert_eq!(
        states,
        [
            ("Created", 5, 1),
            ("In Progress", 4, 1),
            ("Ready for Review", 3, 0),
            ("Review", 3, 1),
            ("Done", 0, 0)
        ]
    );
    // In Progress: 1, 2, 3 and 5 days, and 4 days that go on. The estimate after 3 days is
    // 4/5 * 3/4 * 2/3 = 2/5, so half are over by then; the longest has ended, so the mean is known:
    // 1 + 4/5 + 3/5 + 2 * 2/5 = 3.2 days.
    let spread = &figures.states[1].spread;
    assert_eq!(spread.p50, Some(Found::Exactly(3.0 * DAY)));
    assert_eq!(spread.p95, Some(Found::Exactly(5.0 * DAY)));
    assert!((days(spread.mean) - 3.2).abs() < 1.0e-9);
    assert_eq!(spread.oldest, Some(4.0 * DAY));
    // Lead times 3, 7 d 4 h, 8 days; ages 12, 7 and 1 days.
    assert!(matches!(whole.lead_time.p95, Some(Found::AtLeast(_))));
    assert!((days(whole.lead_time.p95) - 12.0).abs() < 1.0e-9);
    // 15 days from the first arrival: six arrive, three are done.
    assert!((whole.weeks - 15.0 / 7.0).abs() < 1.0e-9);
    assert!((whole.throughput().unwrap() - 1.4).abs() < 1.0e-9);
}

#[test]
fn leaving_out_what_is_under_way_would_make_it_look_quick() {
    let (_, _, all) = understood(JIRA, &[], "2026-11-17 09:00");
    let finished: String = JIRA
        .lines()
        .filter(|line| line.contains(",Done,") || line.contains("Summary"))
        .map(|line| format!("{line}\n"))
        .collect();
    let (_, _, only) = understood(&finished, &[], "2026-11-17 09:00");
    assert_eq!(only.whole.under_way, 0);
    let mean = |figures: &loopstream::import_data::Figures| days(figures.whole.lead_time.mean);
    assert!(mean(&only) < mean(&all));
}

#[test]
fn moves_tell_of_rework_and_of_what_was_given_up() {
    let (mapping, items, figures) = understood(MOVES, &[], "2026-11-08 07:00");
    assert_eq!(mapping.kind, TableKind::Moves);
    let names: Vec<&str> = items
        .states
        .iter()
        .map(|state| state.name.as_str())
        .collect();
    assert_eq!(names, ["Backlog", "Build", "Test", "Done", "Cancelled"]);
    let whole = &figures.whole;
    assert_eq!(
        (whole.items, whole.finished, whole.under_way, whole.dropped),
        (4, 2, 1, 1)
    );
    // Of two zones, told in the one of the person.
    assert_eq!(items.as_of_text(), "2026-11-08 07:00");
    let build = &figures.states[1];
    assert_eq!(
        (
            build.spread.ended,
            build.spread.open,
            build.items,
            build.again
        ),
        (3, 1, 3, 1)
    );
    // 1, 1 and 2 days, and 2 days that go on.
    assert_eq!(build.spread.p50, Some(Found::Exactly(DAY)));
    assert_eq!(build.spread.p85, Some(Found::AtLeast(2.0 * DAY)));
    let back = figures.backs[0];
    assert_eq!(
        (figures.backs.len(), back.from, back.to, back.times),
        (1, 2, 1, 1)
    );
    // A: 4 days of work, 1 of waiting; B: 3 and 2.
    assert!((whole.working.unwrap() - 3.5 * DAY).abs() < 1.0e-6);
    assert!((whole.waiting.unwrap() - 1.5 * DAY).abs() < 1.0e-6);
    assert!((whole.efficiency().unwrap() - 0.7).abs() < 1.0e-9);
}

#[test]
fn a_class_is_changed_by_choice() {
    let (_, _, figures) = understood(
        MOVES,
        &[("state Test", "waiting"), ("state Backlog", "out")],
        "2026-11-08",
    );
    let whole = &figures.whole;
    // Without the backlog D never began, and the others began with Build.
    assert_eq!((whole.items, whole.dropped), (4, 1));
    assert!((whole.working.unwrap() - 2.0 * DAY).abs() < 1.0e-6);
    assert!((whole.waiting.unwrap() - 1.5 * DAY).abs() < 1.0e-6);
}

#[test]
fn working_time_leaves_nights_and_weekends_out() {
    let text = "Key,Build,Done\nA,2026-11-27 16:00,2026-11-30 10:00\nB,2026-11-30 9:00,\n";
    let (_, _, figures) = understood(text, &[("basis", "working")], "2026-11-30 12:00");
    let spread = &figures.states[0].spread;
    // A: an hour on Friday and one on Monday; B: three hours, and it goes on.
    assert_eq!(spread.p50, Some(Found::Exactly(7_200.0)));
    assert_eq!(spread.oldest, Some(10_800.0));
    let (_, _, later) = understood(
        text,
        &[("basis", "working"), ("begins", "7")],
        "2026-11-30 12:00",
    );
    assert_eq!(
        later.states[0].spread.p50,
        Some(Found::Exactly(3.0 * 3_600.0))
    );
}

#[test]
fn what_is_odd_is_told() {
    let (mapping, ..) = understood("Key,Build,Done\nA,3/4/2026,5/4/2026\n", &[], "2026-12-01");
    assert!(
        mapping.doubts[0].contains("could have the day or the month first"),
        "{:?}",
        mapping.doubts
    );
    let (mapping, ..) = understood(
        "Key,Build,Done\nA,3/4/2026,5/4/2026\n",
        &[("order", "month")],
        "2026-12-01",
    );
    assert_eq!(
        (mapping.order, mapping.doubts.len()),
        (DateOrder::MonthFirst, 0)
    );
    let (mapping, ..) = understood(
        "Key,Build,Done\nA,25/4/2026,26/4/2026\nB,1/4/2026,26/4/2026\nC,2/4/2026,26/4/2026\nD,3/4/2026,26/4/2026\nE,4/26/2026,27/4/2026\n",
        &[],
        "2026-12-01",
    );
    assert!(mapping.doubts[0].contains("some cannot be read"));
    let backward = "Key,Build,Test,Done\nA,2026-11-03 8:00,2026-11-02 8:00,2026-11-05\nB,soon,2026-11-02 8:00,\n\
                    C,2026-11-01,2026-11-02,\nD,2026-11-01,2026-11-02,\nE,2026-11-01,2026-11-02,\n";
    let (_, items, figures) = understood(backward, &[], "2026-11-06");
    assert!(
        items.told[0].starts_with("1 item entered a later state before"),
        "{:?}",
        items.told
    );
    assert!(items.told[1].contains("line 3, column Build: \u{201c}soon\u{201d} is no time"));
    assert_eq!(figures.backs.len(), 1);
    let (_, items, _) = understood(
        "Key,Build,Done\nA,2026-11-03,2026-11-05\n",
        &[],
        "2026-11-06",
    );
    assert!(items.told[0].contains("days without their times"));
}

#[test]
fn the_date_of_the_export_is_now_the_newest_time_or_what_is_typed() {
    let text = "Key,Build,Done\nA,2026-11-03 8:00,2026-11-05 8:00\nB,2026-11-04 8:00,\n";
    for (choices, now, expected) in [
        (&[][..], "2026-11-06 8:00", "2026-11-06 08:00"),
        (&[], "2027-03-01", "2026-11-05 08:00"),
        (&[], "2026-11-01", "2026-11-05 08:00"),
        (
            &[("date", "2026-11-10 12:00")],
            "2027-03-01",
            "2026-11-10 12:00",
        ),
        (&[("date", "10.11.2026")], "2027-03-01", "2026-11-10 23:59"),
        (&[("date", "soon")], "2027-03-01", "2026-11-05 08:00"),
    ] {
        let (_, items, _) = understood(text, choices, now);
        assert_eq!(items.as_of_text(), expected, "{choices:?} {now}");
    }
}

fn rows() -> impl Strategy<Value = Vec<[Option<u32>; 4]>> {
    let cell = proptest::option::weighted(0.8, 0_u32..40_000);
    proptest::collection::vec([cell.clone(), cell.clone(), cell.clone(), cell], 1..30)
}

fn text_of(rows: &[[Option<u32>; 4]]) -> String {
    let mut text = "Key,Queue,Build,Test,Done\n".to_owned();
    for (number, row) in rows.iter().enumerate() {
        text.push_str(&format!("K{number}"));
        for minutes in row {
            text.push(',');
            if let Some(minutes) = minutes {
                let (text_of, _) =
                    loopstream::format::table::moment_text(1.7e9 + f64::from(*minutes) * 60.0)
                        .unwrap();
                text.push_str(&text_of);
            }
        }
        text.push('\n');
    }
    text
}

proptest! {
    #[test]
    fn the_order_of_rows_does_not_matter(rows in rows(), turn in 0_usize..30) {
        let roles = [
            ("rows", "items"), ("item column 0", "item"), ("item column 1", "waiting"),
            ("item column 2", "working"), ("item column 3", "working"), ("item column 4", "done"),
            ("date", "2023-12-15 08:00"),
        ];
        let (_, _, figures) = understood(&text_of(&rows), &roles, "2023-12-15");
        let mut turned = rows.clone();
        turned.rotate_left(turn % rows.len());
        turned.reverse();
        let (_, _, again) = understood(&text_of(&turned), &roles, "2023-12-15");
        prop_assert_eq!(&again, &figures);
        // Every item that began is somewhere.
        let whole = &figures.whole;
        prop_assert_eq!(whole.finished + whole.under_way + whole.dropped, whole.items);
        let open: usize = figures.states.iter().map(|state| state.spread.open).sum();
        prop_assert_eq!(open, whole.under_way);
        prop_assert_eq!(whole.lead_time.count() + whole.without_start, whole.items);
    }

    #[test]
    fn items_and_their_moves_say_the_same(rows in rows()) {
        // Without items that went back: their order in time is that of the columns.
        let sorted: Vec<[Option<u32>; 4]> = rows.iter().map(|row| {
            let mut times: Vec<u32> = row.iter().flatten().copied().collect();
            times.sort_unstable();
            let mut times = times.into_iter();
            row.map(|cell| cell.and_then(|_| times.next()))
        }).collect();
        let names = ["Queue", "Build", "Test", "Done"];
        let mut moves = "Key,State,Entered\n".to_owned();
        for (number, row) in sorted.iter().enumerate() {
            for (name, minutes) in names.iter().zip(row) {
                if let Some(minutes) = minutes {
                    let (text, _) = loopstream::format::table::moment_text(1.7e9 + f64::from(*minutes) * 60.0).unwrap();
                    moves.push_str(&format!("K{number},{name},{text}\n"));
                }
            }
        }
        prop_assume!(moves.lines().count() > 1);
        let wide = [
            ("rows", "items"), ("item column 0", "item"), ("item column 1", "waiting"),
            ("item column 2", "working"), ("item column 3", "working"), ("item column 4", "done"),
            ("date", "2023-12-15 08:00"),
        ];
        let long = [
            ("rows", "moves"), ("move column 0", "item"), ("move column 1", "state"),
            ("move column 2", "moment"), ("date", "2023-12-15 08:00"),
        ];
        let (_, _, one) = understood(&text_of(&sorted), &wide, "2023-12-15");
        let (_, _, other) = understood(&moves, &long, "2023-12-15");
        prop_assert_eq!(&one.whole, &other.whole);
        for state in &other.states {
            let same = one.states.iter().find(|same| same.state.name == state.state.name).unwrap();
            prop_assert_eq!(&same.spread, &state.spread);
        }
    }
}
