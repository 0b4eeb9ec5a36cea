//! Tables of times in states.

use loopstream::import_data::{Class, TableKind, seems_measured};
use loopstream::model::MeasureKind;

use super::{NOW, map_of_items, means, said};
use crate::measured::{DAY, understood};

/// By hand: Todo (0.5 + 1.5 + 1 + 3) / 4 = 1.5, In Progress (2 + 3 + 1 + 2) / 4 = 2, Review
/// (1 + 1.5 + 0.5 + 2) / 4 = 1.25.
const TIME_IN_STATUS: &str = "Issue key,Created,Resolved,Time In Todo,Time In Progress,Time In Review\n\
    A-1,2026-09-07 09:00,2026-09-10 17:00,0.5,2.0,1.0\n\
    A-2,2026-09-08 09:00,2026-09-15 17:00,1.5,3.0,1.5\n\
    A-3,2026-09-09 09:00,2026-09-11 17:00,1.0,1.0,0.5\n\
    A-4,2026-09-14 09:00,2026-09-23 17:00,3.0,2.0,2.0\n";

#[test]
fn times_in_each_status_are_times() {
    let expected = [
        ("Todo".to_owned(), Class::Waiting, 1.5),
        ("In Progress".to_owned(), Class::Working, 2.0),
        ("Review".to_owned(), Class::Working, 1.25),
    ];
    let (mapping, items, figures) = understood(TIME_IN_STATUS, &[], NOW);
    assert_eq!(mapping.kind, TableKind::Items);
    assert_eq!(seems_measured(TIME_IN_STATUS), Some(TableKind::Items));
    assert_eq!(means(&figures), expected);
    assert_eq!(items.told, Vec::<String>::new());
    // The unit follows from the time from the beginning to the end, and is told.
    assert!(
        mapping
            .doubts
            .iter()
            .any(|doubt| doubt.contains("taken for days")),
        "{:?}",
        mapping.doubts
    );
    assert_eq!(figures.whole.finished, 4);
    // 3.333, 7.333, 2.333 and 9.333 days from created to resolved.
    let lead = figures.whole.lead_time.mean.unwrap().seconds() / DAY;
    assert!((lead - 67.0 / 12.0).abs() < 1.0e-6, "{lead}");
    // The same in hours, with its unit or without, and as people write spans.
    for (text, factor, suffix) in [
        (
            TIME_IN_STATUS
                .replace("In Todo", "In Todo (h)")
                .replace("In Progress", "In Progress (h)")
                .replace("In Review", "In Review (h)"),
            24.0,
            "",
        ),
        (TIME_IN_STATUS.to_owned(), 24.0, ""),
        (TIME_IN_STATUS.to_owned(), 1_440.0, ""),
        (TIME_IN_STATUS.to_owned(), 24.0, " h"),
        (TIME_IN_STATUS.to_owned(), 1.0, "d"),
    ] {
        let mut lines = text.lines();
        let mut changed = lines.next().unwrap().to_owned();
        for line in lines {
            let cells: Vec<String> = line
                .split(',')
                .enumerate()
                .map(|(index, cell)| match index {
                    0..3 => cell.to_owned(),
                    _ => format!("{}{suffix}", cell.parse::<f64>().unwrap() * factor),
                })
                .collect();
            changed.push('\n');
            changed.push_str(&cells.join(","));
        }
        let (_, _, figures) = understood(&changed, &[], NOW);
        assert_eq!(means(&figures), expected, "{changed}");
    }
    let map = map_of_items(TIME_IN_STATUS);
    assert_eq!(said(&map, "Todo", MeasureKind::WaitingTime), "1.5 d");
    assert_eq!(said(&map, "In Progress", MeasureKind::ProcessTime), "2 d");
    assert_eq!(said(&map, "Review", MeasureKind::ProcessTime), "1.25 d");
}

#[test]
fn what_is_under_way_is_still_in_the_state_it_is_in() {
    let text = "Key,Status,Time in To Do,Time in In Review,Time in Marmalade\n\
        A,Done,2d 3h,1d,4h\nB,In Review,1d,2d,0\nC,Cancelled,3d,,-\nD,Done,1d,1d,2h\n";
    let (mapping, items, figures) = understood(text, &[], NOW);
    assert_eq!(mapping.kind, TableKind::Items);
    let whole = &figures.whole;
    assert_eq!([whole.finished, whole.under_way, whole.dropped], [2, 1, 1]);
    let review = &figures.states[1].spread;
    assert_eq!(
        (review.ended, review.open, review.oldest),
        (2, 1, Some(2.0 * DAY))
    );
    // What nobody knows is asked, and is neither work nor waiting until then.
    assert_eq!(figures.states[2].state.class, Class::Unknown);
    assert!(
        mapping
            .doubts
            .iter()
            .any(|doubt| doubt.contains("Marmalade")),
        "{:?}",
        mapping.doubts
    );
    assert_eq!((whole.working, whole.unparted), (None, 2));
    assert!(
        items.told.iter().any(|told| told.contains("a time of 0")),
        "{:?}",
        items.told
    );
    let (_, _, figures) = understood(text, &[("item column 4", "spent waiting")], NOW);
    assert!((figures.whole.working.unwrap() - DAY).abs() < 1.0e-6);
}
