//! Tables of steps.

use loopstream::import_data::{Role, TableKind, seems_measured};
use loopstream::model::{Amount, Estimate, MeasureKind};
use loopstream::stream::FigureKind;

use super::WIKI;
use super::{NOW, map_of_steps, outcome, said, station, steps};
use crate::measured::understood;

#[test]
fn a_table_of_a_wiki_becomes_a_map() {
    assert_eq!(seems_measured(WIKI), Some(TableKind::Steps));
    let (_, observed) = steps(WIKI);
    assert_eq!(observed.told, Vec::<String>::new());
    let names: Vec<&str> = observed
        .steps
        .iter()
        .map(|step| step.name.as_str())
        .collect();
    assert_eq!(names, ["Write", "Review", "Build", "Approve"]);
    let map = map_of_steps(WIKI);
    assert_eq!((map.stations().len(), map.flows().len()), (4, 3));
    assert_eq!(station(&map, "Build").resource, "CI");
    // 3 h + 45 + 10 + 5 min = 4 h; 0 + 5 h + 20 min + 20 h = 25 h 20 min.
    let hours = |kind| outcome(&map, kind).map(|seconds| (seconds / 360.0).round() / 10.0);
    assert_eq!(hours(FigureKind::ProcessTime), Some(4.0));
    assert_eq!(hours(FigureKind::LeadTime), Some(29.3));
}

#[test]
fn cells_mean_what_they_mean_in_a_field() {
    let text = "Step,Process time,Waiting time,%C&A,People\n\
        Draft,~20 min,1 h,80-90 %,2\nCheck,<1 min,n/a,~95,\u{2014}\n\
        Build,2-4-9 min,?,?,x3\nReview,30,1:30,90,1\n";
    let (mapping, observed) = steps(text);
    assert_eq!(observed.told, Vec::<String>::new());
    assert!(!mapping.roles.contains(&Role::Out), "{:?}", mapping.roles);
    let map = map_of_steps(text);
    let process = |name| said(&map, name, MeasureKind::ProcessTime);
    assert_eq!(process("Draft"), "~20 min");
    assert_eq!(process("Check"), "0\u{2013}0.5\u{2013}1 min");
    assert_eq!(process("Build"), "2\u{2013}4\u{2013}9 min");
    // Where nobody says the unit, hours: 30 h are 3.75 days of work.
    assert_eq!(process("Review"), "3.75 d");
    let waits = |name| said(&map, name, MeasureKind::WaitingTime);
    assert_eq!(waits("Draft"), "1 h");
    assert_eq!(waits("Check"), "");
    assert_eq!(waits("Build"), "?");
    assert_eq!(waits("Review"), "90 min");
    let shares = |name| said(&map, name, MeasureKind::CompleteAndAccurate);
    assert_eq!(shares("Draft"), "80\u{2013}85\u{2013}90 %");
    assert_eq!(shares("Check"), "~95 %");
    assert_eq!(shares("Build"), "?");
    let people = |name| said(&map, name, MeasureKind::Servers);
    assert_eq!(people("Draft"), "2");
    // Nothing stated is not the same as nobody knows.
    assert_eq!(people("Check"), "");
    assert_eq!(people("Build"), "3");
}

#[test]
fn several_rows_are_as_sure_as_the_least_sure() {
    let amount = |rows: &str| {
        let text = format!("Step,Process time (min),People\n{rows}");
        let (_, observed) = steps(&text);
        observed.steps[0].amount(MeasureKind::ProcessTime)
    };
    assert_eq!(amount("A,10,1\nA,20,1\n"), Some(Amount::Measured(900.0)));
    assert_eq!(amount("A,10,1\nA,~20,1\n"), Some(Amount::Guessed(900.0)));
    assert_eq!(
        amount("A,10,1\nA,10-20-40,1\n"),
        Some(Amount::Estimated(Estimate {
            low: 600.0,
            likely: 900.0,
            high: 1_500.0
        }))
    );
    assert_eq!(amount("A,10,1\nA,?,1\n"), Some(Amount::Measured(600.0)));
    assert_eq!(amount("A,?,1\nA,?,1\n"), Some(Amount::Unknown));
    assert_eq!(amount("A,,1\nA,\u{2013},1\nB,1,1\n"), None);
}

#[test]
fn a_lead_time_is_parted_as_surely_as_it_is_known() {
    let wait = |process: &str, lead: &str| {
        let text = format!("Step,PT,LT,People\nA,{process},{lead},1\nB,1 h,2 h,1\n");
        let (_, observed) = steps(&text);
        observed.steps[0].amount(MeasureKind::WaitingTime)
    };
    assert_eq!(wait("1 h", "3 h"), Some(Amount::Measured(7_200.0)));
    assert_eq!(wait("~1 h", "3 h"), Some(Amount::Guessed(7_200.0)));
    assert_eq!(
        wait("1-2-3 h", "4 h"),
        Some(Amount::Estimated(Estimate {
            low: 3_600.0,
            likely: 7_200.0,
            high: 10_800.0
        }))
    );
    assert_eq!(wait("?", "3 h"), None);
}

#[test]
fn rows_that_sum_up_others_are_no_steps() {
    let (_, observed) = steps("Step,PT (h),Wait (h)\nA,1,2\nB,3,4\nTotal,4,6\n");
    assert_eq!(observed.steps.len(), 2);
    assert!(
        observed.told[0] == "1 row sums up the others and is left out: Total.",
        "{:?}",
        observed.told
    );
}

#[test]
fn rows_may_end_early_and_titles_stand_above() {
    // As Linear and spreadsheets write it: the last cells are left out where they are empty.
    let text = "\"ID\",\"Title\",\"Status\",\"Created\",\"Started\",\"Completed\",\"Canceled\",\"Parent\"\n\
        \"IN-1\",\"A\",\"Done\",\"2026-11-02 8:00\",\"2026-11-03 8:00\",\"2026-11-05 8:00\",\n\
        \"IN-2\",\"B\",\"Done\",\"2026-11-03 8:00\",\"2026-11-04 8:00\",\"2026-11-06 8:00\",\n\
        \"IN-3\",\"C\",\"In Progress\",\"2026-11-04 8:00\",\"2026-11-06 8:00\",,\n";
    for (above, told) in [
        ("", 0),
        ("Team report,Payments\nExported:,2026-11-07\n\n", 1),
        ("Issues of the team\n", 1),
    ] {
        let text = format!("{above}{text}");
        assert_eq!(seems_measured(&text), Some(TableKind::Items), "{above}");
        let (mapping, items, figures) = understood(&text, &[], NOW);
        let whole = &figures.whole;
        assert_eq!(
            (whole.items, whole.finished, whole.under_way),
            (3, 2, 1),
            "{above}"
        );
        assert_eq!(items.told, Vec::<String>::new());
        let above = mapping
            .doubts
            .iter()
            .filter(|doubt| doubt.contains("above the head"));
        assert_eq!(above.count(), told, "{:?}", mapping.doubts);
    }
}
