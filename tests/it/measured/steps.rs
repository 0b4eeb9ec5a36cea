//! Tables with one row a step.

use loopstream::format::table::DecimalSign;
use loopstream::import_data::{Mapping, Observed, TableKind, observed};
use loopstream::model::{Calendar, MeasureKind};

use crate::measured::{SCHRITTE, STEPS, chosen, table};

fn read(text: &str, choices: &[(&str, &str)]) -> (Mapping, Observed) {
    let table = table(text);
    let mapping = Mapping::of(&table, &chosen(choices), Calendar::default());
    let observed = observed(&table, &mapping);
    (mapping, observed)
}

#[test]
fn a_table_of_steps_is_read() {
    let (mapping, observed) = read(STEPS, &[]);
    assert_eq!(mapping.kind, TableKind::Steps);
    assert_eq!(observed.told, Vec::<String>::new());
    let names: Vec<&str> = observed
        .steps
        .iter()
        .map(|step| step.name.as_str())
        .collect();
    assert_eq!(names, ["Refine", "Backlog", "Develop", "Review", "Test"]);
    let test = &observed.steps[4];
    assert_eq!(test.remark, "the environment\r\nis \"often\" down");
    let mean = |kind| test.mean(kind);
    assert_eq!(mean(MeasureKind::ProcessTime), Some(18_000.0));
    // Of a lead time of 12 hours, 7 are waiting.
    assert_eq!(mean(MeasureKind::WaitingTime), Some(25_200.0));
    assert_eq!(mean(MeasureKind::CompleteAndAccurate), Some(90.0));
    assert_eq!(mean(MeasureKind::Servers), Some(1.0));
}

#[test]
fn a_table_of_a_spreadsheet_with_decimal_commas_is_read() {
    let (mapping, observed) = read(SCHRITTE, &[]);
    assert_eq!(mapping.sign, DecimalSign::Comma);
    let first = &observed.steps[0];
    assert_eq!(first.name, "Stanzen");
    assert_eq!(first.mean(MeasureKind::ProcessTime), Some(90.0));
    assert_eq!(first.mean(MeasureKind::WaitingTime), Some(7.6 * 28_800.0));
    assert_eq!(first.mean(MeasureKind::WorkInProgress), Some(7_000.0));
    assert_eq!(first.mean(MeasureKind::Uptime), Some(85.0));
    assert_eq!(
        observed.told,
        ["Shares that are at most 1 are taken for parts of 1: 0.8 is 80 %."]
    );
}

#[test]
fn rows_of_one_step_are_observations_of_it() {
    let (_, observed) = read(
        "Step,Process time (h)\nBuild,1\nbuild,2\nTest,4\nBUILD,6\n",
        &[],
    );
    let build = &observed.steps[0];
    assert_eq!((observed.steps.len(), build.rows), (2, 3));
    assert_eq!(build.mean(MeasureKind::ProcessTime), Some(10_800.0));
}

#[test]
fn units_are_said_in_heads_in_cells_or_by_choice() {
    let text = "Step,PT,Wait\nBuild,90,2 d\nTest,30,1h 30m\n";
    let (_, observed) = read(text, &[]);
    // Where nobody says it, hours.
    assert_eq!(
        observed.steps[0].mean(MeasureKind::ProcessTime),
        Some(90.0 * 3_600.0)
    );
    assert_eq!(
        observed.steps[0].mean(MeasureKind::WaitingTime),
        Some(2.0 * 28_800.0)
    );
    assert_eq!(
        observed.steps[1].mean(MeasureKind::WaitingTime),
        Some(5_400.0)
    );
    let (_, observed) = read(text, &[("unit1", "min")]);
    assert_eq!(
        observed.steps[0].mean(MeasureKind::ProcessTime),
        Some(5_400.0)
    );
    let (_, observed) = read(text, &[("unit1", "min"), ("step column 2", "out")]);
    assert_eq!(observed.steps[0].mean(MeasureKind::WaitingTime), None);
}

#[test]
fn what_cannot_be_used_is_told_with_its_place() {
    let (_, observed) = read(
        "Step,PT (h),LT (h),Uptime,People\nBuild,fast,3,120 %,0\nTest,5,2,90 %,2\n,1,1,1,1\nA,1,2,90 %,1,x\n",
        &[("step column 1", "pt")],
    );
    assert_eq!(observed.told.len(), 4, "{:?}", observed.told);
    assert!(
        observed.told[0].contains(
            "line 2, column PT (h): \u{201c}fast\u{201d} is no process time, and 2 like it"
        ),
        "{:?}",
        observed.told
    );
    assert!(observed.told[1].starts_with("1 row names no step"));
    assert!(observed.told[2].starts_with("Of 2 rows the lead time was left out"));
    assert!(observed.told[3].starts_with("1 row has more cells"));
}
