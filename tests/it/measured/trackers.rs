//! Exports as trackers write them: what is taken for what, and what follows.

use loopstream::import_data::{Class, Found, Role, TableKind, Whole, seems_measured};

use crate::measured::{
    AZURE, DAY, EXCEL, GITHUB, JIRA_EXPORT, LINEAR, MOVES, TRELLO, table, understood,
};

const NOW: &str = "2026-11-20 17:00";

/// The roles of the columns that are not left out, by their heads.
fn roles(text: &str) -> Vec<(String, Role)> {
    let (mapping, ..) = understood(text, &[], NOW);
    let heads = table(text).headers;
    let both = heads.into_iter().zip(mapping.roles);
    both.filter(|(_, role)| *role != Role::Out).collect()
}

fn named(roles: &[(&str, Role)]) -> Vec<(String, Role)> {
    let roles = roles.iter();
    roles
        .map(|(head, role)| ((*head).to_owned(), *role))
        .collect()
}

const WAITING: Role = Role::Entered(Class::Waiting);
const WORKING: Role = Role::Entered(Class::Working);
const DONE: Role = Role::Entered(Class::Done);

fn counts(whole: &Whole) -> [usize; 4] {
    [whole.items, whole.finished, whole.under_way, whole.dropped]
}

#[test]
fn every_tracker_has_items_and_not_moves() {
    for (name, text) in [
        ("Jira", JIRA_EXPORT),
        ("Azure", AZURE),
        ("GitHub", GITHUB),
        ("Linear", LINEAR),
        ("Trello", TRELLO),
        ("Excel", EXCEL),
    ] {
        assert_eq!(seems_measured(text), Some(TableKind::Items), "{name}");
    }
    assert_eq!(seems_measured(MOVES), Some(TableKind::Moves));
}

#[test]
fn jira_exports_are_read() {
    assert_eq!(
        roles(JIRA_EXPORT),
        named(&[
            ("Issue key", Role::Item),
            ("Created", WAITING),
            ("Resolved", DONE)
        ])
    );
    let (_, _, figures) = understood(JIRA_EXPORT, &[], NOW);
    assert_eq!(counts(&figures.whole), [6, 4, 2, 0]);
    // From created to resolved 2, 4, 10 and 8 days, and 11 and 4 days so far.
    let lead = &figures.whole.lead_time;
    assert_eq!(lead.p50, Some(Found::Exactly(8.0 * DAY)));
    // 1 - 5/6, then 4/6 at 4 days; one of 4 days goes on; then 1/3 of 4/6 at 8 and 10 days.
    let mean = 2.0 + 2.0 * 5.0 / 6.0 + 4.0 * 4.0 / 6.0 + 2.0 * 4.0 / 9.0 + 2.0 / 9.0 * (4.0 / 3.0);
    assert!((lead.mean.unwrap().seconds() / DAY - mean).abs() < 1.0e-9);
}

#[test]
fn azure_exports_are_read() {
    assert_eq!(
        roles(AZURE),
        named(&[
            ("ID", Role::Item),
            ("Created Date", WAITING),
            ("Activated Date", WORKING),
            ("Resolved Date", WAITING),
            ("Closed Date", DONE),
        ])
    );
    let (_, _, figures) = understood(AZURE, &[], NOW);
    assert_eq!(counts(&figures.whole), [6, 3, 3, 0]);
    // As Azure DevOps defines them: lead time from created to closed, here 4, 8 and 12 days, and
    // cycle time from activated to closed, 3, 6 and 11.8 days.
    let (_, _, finished) = understood(
        &AZURE.lines().take(4).collect::<Vec<_>>().join("\n"),
        &[],
        NOW,
    );
    let whole = &finished.whole;
    let mean = whole.lead_time.mean.unwrap().seconds() / DAY;
    assert!((mean - 8.0).abs() < 1.0e-9);
    assert_eq!(whole.lead_time.p50, Some(Found::Exactly(8.0 * DAY)));
    let cycle = (whole.working.unwrap() + whole.waiting.unwrap()) / DAY;
    assert!((cycle - 8.0).abs() < 1.0e-9);
}

#[test]
fn github_linear_and_trello_exports_are_read() {
    assert_eq!(
        roles(GITHUB),
        named(&[
            ("number", Role::Item),
            ("created_at", WAITING),
            ("closed_at", DONE)
        ])
    );
    let (_, _, figures) = understood(GITHUB, &[], NOW);
    assert_eq!(counts(&figures.whole), [4, 3, 1, 0]);
    assert_eq!(
        roles(LINEAR),
        named(&[
            ("ID", Role::Item),
            ("Created", WAITING),
            ("Started", WORKING),
            ("Completed", DONE),
            ("Canceled", Role::Entered(Class::Dropped)),
        ])
    );
    let (_, items, figures) = understood(LINEAR, &[], NOW);
    assert_eq!(items.told, Vec::<String>::new());
    assert_eq!(counts(&figures.whole), [5, 2, 2, 1]);
    // A board as it stands has no times of states, and says no share of what is complete.
    assert_eq!(roles(TRELLO), named(&[("Card ID", Role::Item)]));
    let (mapping, ..) = understood(TRELLO, &[("rows", "steps")], NOW);
    let is_measure = |role: &Role| matches!(role, Role::Measure(_));
    assert!(!mapping.roles.iter().any(is_measure), "{:?}", mapping.roles);
}

#[test]
fn a_history_that_numbers_its_rows_is_one_of_moves() {
    let history = "id,issue_key,from,to,changed\n1,A,,Open,2026-11-02\n2,A,Open,Done,2026-11-04\n\
                   3,B,,Open,2026-11-03\n4,B,Open,Done,2026-11-04\n";
    assert_eq!(
        roles(history),
        named(&[
            ("issue_key", Role::Item),
            ("to", Role::State),
            ("changed", Role::Moment),
        ])
    );
}

#[test]
fn moves_that_are_no_moves_are_told() {
    let (_, items, _) = understood(
        JIRA_EXPORT,
        &[
            ("rows", "moves"),
            ("move column 5", "state"),
            ("move column 10", "moment"),
        ],
        NOW,
    );
    let told = items.told.join(" ");
    assert!(told.contains("Every item has one move only"), "{told}");
    let (_, items, _) = understood(MOVES, &[], NOW);
    assert!(!items.told.join(" ").contains("one move only"));
}

#[test]
fn keys_that_are_there_twice_are_told() {
    let text = "Key,Created,Done\nA,2026-11-02 9:00,2026-11-04 9:00\nB,2026-11-02 9:00,\n\
                C,2026-11-02 9:00,\nA,2026-11-02 9:00,2026-11-04 9:00\n";
    let (mapping, items, _) = understood(text, &[], NOW);
    assert_eq!(mapping.kind, TableKind::Items);
    let told = items.told.join(" ");
    assert!(
        told.contains("1 row has the Key of a row before, first \u{201c}A\u{201d}"),
        "{told}"
    );
}

#[test]
fn days_of_spreadsheets_are_times_and_no_work_in_progress() {
    assert_eq!(
        roles(EXCEL),
        named(&[
            ("Issue key", Role::Item),
            ("Created", WAITING),
            ("In Progress", WORKING),
            ("QA", WORKING),
            ("Done", DONE),
        ])
    );
    let (mapping, items, figures) = understood(EXCEL, &[], "2026-11-10 09:00");
    // 46328.375 is 2026-11-02 09:00.
    assert!(
        mapping
            .doubts
            .iter()
            .any(|doubt| doubt.contains("46328,375 is 2026-11-02 09:00")),
        "{:?}",
        mapping.doubts
    );
    assert_eq!(mapping.columns[3].samples[0], "2026-11-02 09:00");
    assert_eq!(items.told, Vec::<String>::new());
    assert_eq!(counts(&figures.whole), [4, 2, 2, 0]);
    // 3 and 7 days, and 7 days and 1 day so far.
    let lead = &figures.whole.lead_time;
    assert_eq!(lead.p50, Some(Found::Exactly(7.0 * DAY)));
    // Numbers that only look alike stay numbers.
    for text in [
        "Step,PT (s),WIP\nBuild,30000,40000\nTest,45000,41000\n",
        "Step,Time,WIP\nBuild,300,40000\nTest,450,41000\n",
    ] {
        assert_eq!(seems_measured(text), Some(TableKind::Steps), "{text}");
        assert_eq!(
            roles(text).len(),
            3 - usize::from(text.contains("Time")),
            "{text}"
        );
    }
}

#[test]
fn what_has_only_an_end_says_nothing_of_how_long_it_took() {
    let text = "Key,Created,In Progress,Done\nA,2026-11-02 9:00,2026-11-03 9:00,2026-11-06 9:00\n\
                B,,,2026-11-06 9:00\nC,,,2026-11-06 9:00\n";
    let (_, _, figures) = understood(text, &[], NOW);
    let whole = &figures.whole;
    assert_eq!((whole.finished, whole.without_start), (3, 2));
    assert_eq!(whole.lead_time.ended, 1);
    assert_eq!(whole.lead_time.mean, Some(Found::Exactly(4.0 * DAY)));
    assert_eq!(whole.working, Some(3.0 * DAY));
}

#[test]
fn an_export_of_days_is_of_the_end_of_its_last_day() {
    let text = "Key,Created,Done\nA,2026-05-04,2026-05-06\nB,2026-05-06,\n";
    let (_, items, figures) = understood(text, &[], NOW);
    assert_eq!(items.as_of_text(), "2026-05-06 23:59");
    assert_eq!(figures.states[0].spread.oldest, Some(DAY - 60.0));
}

#[test]
fn states_that_were_skipped_are_counted() {
    // B went from Build to Done, C is still in Build, and D was given up there.
    let text = "Key,Build,Review,Test,Done,Cancelled\n\
                A,2026-11-02 9:00,2026-11-03 9:00,2026-11-04 9:00,2026-11-05 9:00,\n\
                B,2026-11-02 9:00,,,2026-11-05 9:00,\nC,2026-11-02 9:00,,,,\n\
                D,2026-11-02 9:00,,,,2026-11-04 9:00\nE,2026-11-02 9:00,,2026-11-04 9:00,,\n";
    let (_, _, figures) = understood(text, &[], NOW);
    let skipped: Vec<(&str, usize)> = figures
        .states
        .iter()
        .map(|of| (of.state.name.as_str(), of.skipped))
        .collect();
    assert_eq!(
        skipped,
        [
            ("Build", 0),
            ("Review", 2),
            ("Test", 1),
            ("Done", 0),
            ("Cancelled", 0)
        ]
    );
}
