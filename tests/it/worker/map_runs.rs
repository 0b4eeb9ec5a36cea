//! Questions about runs of a map, as the page asks them.

use loopstream::format::json;
use loopstream::model::{Document, Id};
use loopstream::worker::{
    Block, List, Longer, MapQuestion, MapRunView, MapRunWanted, Request, ResponseBody, Showing,
    Table, Work,
};

use super::Desk;

/// Two steps in a row, of which the second is the constraint: together an M/M/1 after the other. Times
/// are exponential, 20 items come a day of 8 h, and they could do 40 and 25.
const LINE: &str = r#"{"format":"loopstream","version":6,"title":"Line",
"stations":[
{"id":"in","name":"Ideas","kind":"supplier","x":0,"y":0},
{"id":"a","name":"Write","x":200,"y":0,"measures":{"processTime":{"measured":12,"unit":"min"},"variation":{"measured":1}}},
{"id":"b","name":"Review","x":400,"y":0,"measures":{"processTime":{"measured":19.2,"unit":"min"},"variation":{"measured":1}}},
{"id":"out","name":"Users","kind":"customer","x":600,"y":0,"measures":{"demand":{"measured":20,"unit":"per day"}}}],
"flows":[
{"id":"f","from":"in","to":"a","kind":"push"},
{"id":"g","from":"a","to":"b","kind":"push"},
{"id":"h","from":"b","to":"out","kind":"push"}],
"improvements":[
{"id":"quick","name":"Review in half the time","changes":[{"about":"b","measure":"processTime","change":{"part":0.5}}]},
{"id":"nothing","name":"Nothing","changes":[]}]}"#;

fn read(text: &str) -> Document {
    json::read(text).unwrap().document
}

fn saved(id: &str) -> Showing {
    Showing::Saved(id.parse::<Id>().unwrap())
}

fn wanted(question: MapQuestion) -> Request {
    Request::RunMap(MapRunWanted {
        about: Vec::new(),
        question,
        width: 300.0,
        length: 1,
    })
}

fn ask(desk: &mut Desk, question: MapQuestion) -> MapRunView {
    match desk.ask(wanted(question)).pop() {
        Some(ResponseBody::MapRun(view)) => view,
        other => panic!("{other:?}"),
    }
}

fn tables(view: &MapRunView) -> Vec<&Table> {
    let blocks = view.blocks.iter();
    let tables = blocks.filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.collect()
}

fn words(view: &MapRunView) -> Vec<&str> {
    let blocks = view.blocks.iter();
    let words = blocks.filter_map(|block| match block {
        Block::Words(words) => Some(words.as_str()),
        _ => None,
    });
    words.collect()
}

pub(super) fn cell<'t>(table: &'t Table, row: &str, column: &str) -> &'t str {
    let at = table.heads.iter().position(|head| head == column).unwrap();
    let mut rows = table.rows.iter();
    let row = rows.find(|cells| cells[0] == row);
    row.map_or_else(|| panic!("{row:?} in {table:?}"), |cells| &cells[at])
}

/// A span such as `2.25 h` or `38 min`, in hours.
pub(super) fn hours(text: &str) -> f64 {
    let (number, unit) = text.split_once(' ').unwrap();
    let number: f64 = number.parse().unwrap();
    match unit {
        "min" => number / 60.0,
        "h" => number,
        "d" => number * 8.0,
        _ => panic!("{text}"),
    }
}

#[test]
fn a_run_tells_what_two_queues_in_a_row_make_of_lead_times() {
    let mut desk = Desk::new(read(LINE));
    let view = ask(&mut desk, MapQuestion::Results(Showing::Today));
    assert_eq!(view.longer, Longer::No, "{view:?}");
    let found = tables(&view);
    // Jackson: 1 / (5 - 2.5) h + 1 / (3.125 - 2.5) h.
    let lead = hours(cell(found[0], "Lead time, mean", "Simulated"));
    assert!((lead - 2.0).abs() < 0.06, "{lead}");
    let interval = cell(found[0], "Lead time, mean", "95 % interval");
    assert!(interval.contains(" to "), "{interval}");
    // A sum of exponentials with rates 2.5 and 0.625 an hour: P50 and P95 from its distribution.
    let of = |at: f64| 1.0 - (2.5 * (-0.625 * at).exp() - 0.625 * (-2.5 * at).exp()) / 1.875;
    for (name, share) in [
        ("Lead time, P50", 0.5),
        ("Lead time, P85", 0.85),
        ("Lead time, P95", 0.95),
    ] {
        let at = hours(cell(found[0], name, "Simulated"));
        assert!((of(at) - share).abs() < 0.02, "{name} {at}");
    }
    assert_eq!(cell(found[0], "Throughput", "By formula"), "20 per d");
    // 85 of 100 wait no longer than ln(0.8 / 0.15) / (3.125 - 2.5) h before the second.
    let wait = hours(cell(found[2], "Review", "Wait, P85"));
    assert!((wait - 2.678).abs() < 0.3, "{wait}");
    let utilisation = cell(found[3], "Review", "Working");
    let percent: f64 = utilisation.trim_end_matches('%').trim().parse().unwrap();
    assert!((percent - 80.0).abs() < 2.0, "{utilisation}");
    assert!(cell(found[3], "Review", "By formula").starts_with("80"));
    let basis = words(&view).into_iter().last().unwrap();
    assert!(basis.starts_with("Simulated: 20 runs of "), "{basis}");
    assert!(basis.contains("with the seed 1"), "{basis}");
    let charts = view
        .blocks
        .iter()
        .filter(|block| matches!(block, Block::Chart(_)));
    assert_eq!(charts.count(), 4);
}

#[test]
fn equal_maps_differ_by_nothing_and_a_better_one_by_more_than_noise() {
    let mut desk = Desk::new(read(LINE));
    let view = ask(
        &mut desk,
        MapQuestion::Compare(Showing::Today, saved("nothing")),
    );
    assert_eq!(
        words(&view)[0],
        "Nothing does exactly as Today in every run."
    );
    let same = tables(&view)[0];
    assert!(
        same.rows.iter().all(|row| row[3] == "no difference"),
        "{same:?}"
    );

    let view = ask(
        &mut desk,
        MapQuestion::Compare(Showing::Today, saved("quick")),
    );
    let better = tables(&view)[0];
    assert_eq!(better.heads[2], "Review in half the time");
    assert!(
        words(&view)[0].contains("shorter on the mean"),
        "{:?}",
        words(&view)
    );
    let lead = cell(better, "Lead time, mean", "Difference");
    assert!(lead.starts_with('−') && lead.contains(" to "), "{lead}");
    // What comes is done in both.
    let throughput = cell(better, "Throughput", "Difference");
    assert!(
        throughput.starts_with("within noise") || throughput == "no difference",
        "{throughput}"
    );
}

#[test]
fn the_step_that_limits_pays_most() {
    let mut desk = Desk::new(read(LINE));
    let view = ask(&mut desk, MapQuestion::Pays(Showing::Today));
    assert_eq!(
        words(&view)[0],
        "A tenth off Review shortens the lead time most, on the mean."
    );
    let ranked: Vec<&str> = tables(&view)[0]
        .rows
        .iter()
        .map(|row| row[0].as_str())
        .collect();
    assert_eq!(ranked, ["Review", "Write"]);
}

#[test]
fn a_forecast_says_when_and_how_many() {
    let mut desk = Desk::new(read(LINE));
    // Monday, 5 January 2026, 9:00 UTC.
    desk.bench.hear_time(1_767_603_600.0);
    let view = ask(&mut desk, MapQuestion::WhenDone(Showing::Today, Some(20)));
    let when = tables(&view)[0];
    // About a day of arrivals and two hours on the way.
    let days: Vec<f64> = when
        .rows
        .iter()
        .map(|row| row[1].parse().unwrap())
        .collect();
    assert!(
        days[0] > 1.0 && days[0] < 1.5 && days[0] < days[1] && days[1] < days[2],
        "{days:?}"
    );
    assert!(when.rows[0][3].starts_with("2026-01-06"), "{when:?}");
    let view = ask(&mut desk, MapQuestion::HowMany(Showing::Today, 10.0));
    let many = tables(&view)[0];
    let items: Vec<f64> = many
        .rows
        .iter()
        .map(|row| row[1].parse().unwrap())
        .collect();
    assert!(items[0] > items[1] && items[1] > items[2], "{items:?}");
    assert!((items[0] - 195.0).abs() < 8.0, "{items:?}");
    assert_eq!(view.blocks[0], Block::Heading("Today".to_owned()));
    let Block::Heading(head) = &view.blocks[1] else {
        panic!("{view:?}")
    };
    assert_eq!(head, "Done in 10 working days, until 2026-01-16 17:00 UTC");
}

#[test]
fn what_is_missing_is_asked_for_by_name() {
    let mut document = LINE.replace(r#""processTime":{"measured":19.2,"unit":"min"},"#, "");
    document = document.replace(r#""demand":{"measured":20,"unit":"per day"}"#, "");
    let mut desk = Desk::new(read(&document));
    let view = ask(&mut desk, MapQuestion::Results(Showing::Today));
    let rows: Vec<String> = view
        .blocks
        .iter()
        .filter_map(|block| match block {
            Block::Row(row) => Some(row.title.clone()),
            _ => None,
        })
        .collect();
    assert!(rows.iter().any(|row| row.contains("Review")), "{rows:?}");
    let answers = desk.ask(Request::Film(loopstream::worker::FilmWanted {
        about: Vec::new(),
        showing: Showing::Today,
    }));
    assert!(
        matches!(answers[..], [ResponseBody::NoFilm(_)]),
        "{answers:?}"
    );
}

#[test]
fn what_is_taken_for_granted_is_told_with_its_records() {
    let document = LINE.replace(r#","variation":{"measured":1}"#, "");
    let mut desk = Desk::new(read(&document));
    let view = ask(&mut desk, MapQuestion::Results(Showing::Today));
    let sentences = view.blocks.iter().find_map(|block| match block {
        Block::List(List::Sentences(sentences)) => Some(sentences),
        _ => None,
    });
    assert!(!sentences.unwrap().is_empty());
}

#[test]
fn runs_are_given_up_by_who_asked_and_by_a_change() {
    let mut desk = Desk::new(read(LINE));
    let begun = desk
        .bench
        .take(wanted(MapQuestion::Results(Showing::Today)));
    assert!(matches!(begun[0].body, ResponseBody::MapRunning(0)));
    assert_eq!(desk.bench.work(), Work::Waits);
    desk.bench.take(Request::StopMapRun);
    assert_eq!(desk.bench.work(), Work::None);
    desk.bench
        .take(wanted(MapQuestion::Results(Showing::Today)));
    let ended = desk.bench.take(Request::Document {
        revision: 2,
        seed: 1,
        document: read(LINE),
    });
    assert!(
        matches!(ended[0].body, ResponseBody::MapRunEnded),
        "{ended:?}"
    );
    assert_eq!(desk.bench.work(), Work::None);
}

#[test]
fn more_than_can_be_done_is_said_to_grow() {
    let document = LINE.replace(
        r#""measured":20,"unit":"per day""#,
        r#""measured":30,"unit":"per day""#,
    );
    let mut desk = Desk::new(read(&document));
    let view = ask(&mut desk, MapQuestion::Results(Showing::Today));
    let Block::Row(row) = &view.blocks[1] else {
        panic!("{view:?}")
    };
    assert_eq!(row.title, "More comes than leaves");
    // 30 come and 25 are done.
    let growth = row.text.split("grows by ").nth(1).unwrap();
    let growth: f64 = growth.split(' ').next().unwrap().parse().unwrap();
    assert!((growth - 5.0).abs() < 0.4, "{}", row.text);
}

#[test]
fn what_is_gone_or_not_counted_is_said_and_not_run() {
    let mut desk = Desk::new(read(LINE));
    let view = ask(&mut desk, MapQuestion::Results(saved("gone")));
    assert!(
        words(&view)[0].starts_with("This improvement is no longer"),
        "{view:?}"
    );
    let view = ask(&mut desk, MapQuestion::WhenDone(Showing::Today, None));
    assert!(
        words(&view)[0].starts_with("No step or queue says"),
        "{view:?}"
    );
    let counted = LINE.replace(
        r#""name":"Review","x":400,"y":0,"measures":{"#,
        r#""name":"Review","x":400,"y":0,"measures":{"workInProgress":{"measured":7},"#,
    );
    let mut desk = Desk::new(read(&counted));
    let view = ask(&mut desk, MapQuestion::WhenDone(Showing::Today, None));
    let basis = words(&view).into_iter().last().unwrap();
    assert!(
        basis.contains("with the 7 items that the map counts"),
        "{basis}"
    );
}

#[test]
fn a_move_on_the_canvas_leaves_the_runs_alone() {
    let mut desk = Desk::new(read(LINE));
    let document = read(LINE);
    desk.bench
        .take(wanted(MapQuestion::Results(Showing::Today)));
    let mut edit = loopstream::model::Edit::new(&document);
    let id: Id = "a".parse().unwrap();
    edit.change(id, |element| {
        if let Some(placement) = element.placement_mut() {
            placement.position.x += 40.0;
        }
    });
    let moved = desk.bench.take(Request::Patch {
        revision: 2,
        patch: edit.finish(),
    });
    assert_eq!(moved, []);
    assert_eq!(desk.bench.work(), Work::Waits);
}

fn sentences(view: &MapRunView) -> Vec<&str> {
    let blocks = view.blocks.iter();
    let lists = blocks.filter_map(|block| match block {
        Block::List(List::Sentences(sentences)) => Some(sentences),
        _ => None,
    });
    lists.flatten().map(|one| one.text.as_str()).collect()
}

/// One who writes and one who reviews, with room for one item at both: as one step of 31.2 min, to which
/// 20 a day are too many.
#[test]
fn a_frame_limits_the_steps_that_lie_in_it() {
    let frame = r#""frames":[{"id":"team","title":"Team","x":300,"y":0,"width":500,"height":400,"limit":{"measured":1}}],
"stations":["#;
    let mut desk = Desk::new(read(&LINE.replacen("\"stations\":[", frame, 1)));
    let view = ask(&mut desk, MapQuestion::Results(Showing::Today));
    let said = sentences(&view);
    let limit = said
        .iter()
        .find(|said| said.starts_with("Frame: Team, at most 1 inside: "));
    let limit = limit.unwrap_or_else(|| panic!("{said:?}"));
    assert!(limit.contains("waits before it"), "{limit}");
    assert!(limit.contains("no more than 15.4 per d"), "{limit}");
    let throughput = cell(tables(&view)[0], "Throughput", "Simulated");
    let daily: f64 = throughput.split(' ').next().unwrap().parse().unwrap();
    assert!((daily - 480.0 / 31.2).abs() < 0.4, "{throughput}");
}
