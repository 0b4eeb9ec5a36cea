//! Tables of beginnings and ends.

use loopstream::import_data::{Class, Found, Role, TableKind};
use loopstream::model::MeasureKind;
use loopstream::stream::{FigureKind, StreamReport};

use super::{NOW, map_of_items, means, outcome, said};
use crate::measured::desk::Desk;
use crate::measured::{DAY, understood};

const BEGIN_AND_END: &str = "Issue key,Status,Created,Resolved\n\
    A-1,Done,2026-09-07 09:00,2026-09-10 09:00\nA-2,Done,2026-09-08 09:00,2026-09-14 09:00\n\
    A-3,Done,2026-09-09 09:00,2026-09-12 09:00\n";

#[test]
fn a_beginning_and_an_end_say_nothing_of_the_work() {
    let (_, _, figures) = understood(BEGIN_AND_END, &[], NOW);
    let whole = &figures.whole;
    let Some(Found::Exactly(mean)) = whole.lead_time.mean else {
        panic!("{whole:?}")
    };
    assert!((mean - 4.0 * DAY).abs() < 1.0e-6);
    assert_eq!(
        (whole.working, whole.waiting, whole.efficiency()),
        (None, None, None)
    );
    let map = map_of_items(BEGIN_AND_END);
    assert_eq!(outcome(&map, FigureKind::LeadTime), Some(4.0 * DAY));
    for kind in [
        FigureKind::ProcessTime,
        FigureKind::ActivityRatio,
        FigureKind::FlowEfficiency,
        FigureKind::RawProcessTime,
        FigureKind::CriticalWip,
    ] {
        assert_eq!(outcome(&map, kind), None, "{kind:?}");
    }
    let report = StreamReport::of(&map);
    let told: Vec<String> = report
        .problems
        .iter()
        .map(|problem| problem.sentence(&map))
        .collect();
    assert!(
        told.iter().any(|told| told
            .contains("process time, activity ratio and flow efficiency can't be calculated")),
        "{told:?}"
    );
}

#[test]
fn what_a_capacity_lacks_is_said() {
    let text = "Key,Created,In Progress,Review,Done\n\
        A-1,2026-09-07 09:00,2026-09-08 09:00,2026-09-09 09:00,2026-09-10 17:00\n\
        A-2,2026-09-08 09:00,2026-09-10 09:00,2026-09-11 09:00,2026-09-15 17:00\n";
    let map = map_of_items(text);
    assert_eq!(said(&map, "In Progress", MeasureKind::ProcessTime), "1 d");
    assert_eq!(said(&map, "Review", MeasureKind::Servers), "?");
    assert!(outcome(&map, FigureKind::ProcessTime).is_some());
    let report = StreamReport::of(&map);
    let main = report.main().unwrap();
    assert_eq!(outcome(&map, FigureKind::Capacity), None);
    let missing = main.missing_inputs(FigureKind::Capacity, None);
    assert!(!missing.is_empty());
    assert!(
        missing
            .iter()
            .all(|input| input.measure == MeasureKind::Servers),
        "{missing:?}"
    );
    // And the panel says it in words, with the steps.
    let mut desk = Desk::new(&map);
    let told = desk.report(loopstream::worker::ReportKind::Limit);
    assert!(
        told.to_lowercase()
            .contains("how many people or machines work at in progress and review"),
        "{told}"
    );
    assert!(!told.contains("process time"), "{told}");
}

#[test]
fn what_was_given_up_is_not_finished() {
    let text = "Key,Resolution,Created,In Progress,Resolved\n\
        A,Done,2026-11-02 9:00,2026-11-03 9:00,2026-11-05 9:00\n\
        B,Won't Do,2026-11-02 9:00,2026-11-03 9:00,2026-11-04 9:00\n\
        C,Duplicate,2026-11-02 9:00,,2026-11-03 9:00\n\
        D,Annul\u{e9},2026-11-02 9:00,,2026-11-03 9:00\n\
        E,\u{5374}\u{4e0b},2026-11-02 9:00,,2026-11-03 9:00\n\
        F,,2026-11-02 9:00,2026-11-04 9:00,\n\
        G,Cancelled,2026-11-02 9:00,2026-11-04 9:00,\n";
    let (mapping, _, figures) = understood(text, &[], NOW);
    assert_eq!(mapping.roles[1], Role::Outcome);
    let whole = &figures.whole;
    assert_eq!(
        [whole.items, whole.finished, whole.under_way, whole.dropped],
        [7, 1, 1, 5]
    );
    // G was given up, and nothing says when.
    assert_eq!(whole.without_end, 1);
    let working = figures
        .states
        .iter()
        .find(|of| of.state.name == "In Progress")
        .unwrap();
    assert_eq!((working.spread.ended, working.spread.open), (2, 1));
    // A word that is not known is asked about; until then the item is finished, as its time says.
    let asked = text.replace("Annul\u{e9}", "Versandet");
    let (mapping, _, figures) = understood(&asked, &[], NOW);
    assert!(
        mapping
            .doubts
            .iter()
            .any(|doubt| doubt.contains("Versandet")),
        "{:?}",
        mapping.doubts
    );
    assert_eq!(figures.whole.finished, 2);
    let (_, _, figures) = understood(&asked, &[("state Versandet", "dropped")], NOW);
    assert_eq!(figures.whole.finished, 1);
}

#[test]
fn of_two_columns_of_states_the_one_that_varies_within_an_item_is_meant() {
    // As reports of stays have it: the present state beside the one of the row, and the creation
    // beside the time of the row.
    let text = "Key,Status,Lane,Created,Entered,Left\n\
        A,Done,To Do,2026-11-01 9:00,2026-11-02 9:00,2026-11-03 9:00\n\
        A,Done,Doing,2026-11-01 9:00,2026-11-03 9:00,2026-11-05 9:00\n\
        A,Done,Done,2026-11-01 9:00,2026-11-05 9:00,\n\
        B,Doing,To Do,2026-11-01 9:00,2026-11-02 9:00,2026-11-04 9:00\n\
        B,Doing,Doing,2026-11-01 9:00,2026-11-04 9:00,\n";
    let (mapping, _, figures) = understood(text, &[], "2026-11-06 09:00");
    assert_eq!(mapping.kind, TableKind::Moves);
    assert_eq!(
        mapping.roles,
        [
            Role::Item,
            Role::Out,
            Role::State,
            Role::Out,
            Role::Moment,
            Role::Left
        ]
    );
    assert_eq!((figures.whole.finished, figures.whole.under_way), (1, 1));
    // To Do 1 and 2 days; Doing 2 days, and 2 so far.
    assert_eq!(
        means(&figures),
        [
            ("To Do".to_owned(), Class::Waiting, 1.5),
            ("Doing".to_owned(), Class::Working, 2.0)
        ]
    );
    // Whichever stands first.
    let turned: Vec<String> = text
        .lines()
        .map(|line| {
            let mut cells: Vec<&str> = line.split(',').collect();
            cells.swap(1, 2);
            cells.join(",")
        })
        .collect();
    let (mapping, ..) = understood(&turned.join("\n"), &[], NOW);
    assert_eq!(mapping.roles[1], Role::State);
}

#[test]
fn what_left_its_last_state_has_ended() {
    let text = "Key,Stage,Start date,End date\nA,Build,2026-11-02 9:00,2026-11-03 9:00\n\
        A,Review,2026-11-04 9:00,2026-11-06 9:00\nB,Build,2026-11-02 9:00,2026-11-05 9:00\n\
        B,Review,2026-11-05 9:00,\n";
    let (mapping, items, figures) = understood(text, &[], "2026-11-07 09:00");
    assert_eq!(mapping.kind, TableKind::Moves);
    assert_eq!((figures.whole.finished, figures.whole.under_way), (1, 1));
    assert!(
        items
            .told
            .iter()
            .any(|told| told.contains("1 item has left the last state")),
        "{:?}",
        items.told
    );
    // Between the stays a day passed that is of no state.
    assert_eq!(figures.whole.lead_time.p50, Some(Found::Exactly(4.0 * DAY)));
    assert_eq!(means(&figures)[0].2, 2.0);
}

#[test]
fn stays_may_say_how_long_and_not_when() {
    let text = "Issue key,Status,Duration\nA,To Do,1d\nA,In Progress,2d 12h\nA,Done,9d\n\
        B,To Do,3d\nB,In Progress,12h\n";
    let (mapping, _, figures) = understood(text, &[], NOW);
    assert_eq!(mapping.kind, TableKind::Moves);
    assert_eq!((figures.whole.finished, figures.whole.under_way), (1, 1));
    assert_eq!(figures.whole.lead_time.p50, Some(Found::Exactly(3.5 * DAY)));
    assert_eq!(means(&figures)[0].2, 2.0);
}

#[test]
fn keys_that_a_spreadsheet_has_rounded_are_told() {
    let text = "Issue key,Created,Done\n1.23E+10,2026-11-02 9:00,2026-11-04 9:00\n\
        1.23E+10,2026-11-02 9:00,2026-11-05 9:00\n7,2026-11-02 9:00,\n";
    let (_, items, _) = understood(text, &[], NOW);
    let told = items.told.join(" ");
    assert!(told.contains("2 rows have a key (Issue key) that a spreadsheet has rounded, first \u{201c}1.23E+10\u{201d}"), "{told}");
}
