//! The worker as the page uses it: look, choose, make.

use loopstream::format::{Positions, json};
use loopstream::model::Document;
use loopstream::worker::{
    Block, Field, Press, ReadFor, ReportKind, Request, Response, ResponseBody, TableText,
    WorkerState, decode, encode,
};

use crate::measured::{JIRA, MOVES, STEPS, at};

pub struct Desk(WorkerState);

impl Desk {
    pub fn new(document: &Document) -> Self {
        let mut bench = WorkerState::default();
        bench.hear_time(at("2026-11-17 09:00"));
        bench.take(Request::Document {
            revision: 1,
            seed: 7,
            document: document.clone(),
        });
        Self(bench)
    }

    fn ask(&mut self, request: Request) -> Vec<ResponseBody> {
        let request = decode(&encode(&request).unwrap()).unwrap();
        let answers = self.0.take(request).into_iter();
        answers
            .map(|answer| decode::<Response>(&encode(&answer).unwrap()).unwrap().body)
            .collect()
    }

    pub fn look(&mut self, text: &str, memory: &str) -> (Vec<Block>, String) {
        let bodies = self.ask(Request::Look(TableText {
            name: "board.csv".to_owned(),
            text: text.to_owned(),
            memory: memory.to_owned(),
        }));
        form(bodies)
    }

    /// What becomes of a text that is opened or pasted.
    pub fn read(&mut self, text: &str, name: &str, purpose: ReadFor) -> ResponseBody {
        let bodies = self.ask(Request::Read {
            text: text.to_owned(),
            name: name.to_owned(),
            purpose,
        });
        bodies.into_iter().next().unwrap()
    }

    /// The words of a report.
    pub fn report(&mut self, kind: ReportKind) -> String {
        let bodies = self.ask(Request::Report(kind, Vec::new()));
        format!("{bodies:?}")
    }

    pub fn fill(&mut self, key: &str, value: &str) -> Vec<ResponseBody> {
        self.ask(Request::Fill(key.to_owned(), value.to_owned()))
    }

    pub fn press(&mut self, press: Press) -> Vec<ResponseBody> {
        self.ask(Request::Press(press))
    }
}

fn form(bodies: Vec<ResponseBody>) -> (Vec<Block>, String) {
    match bodies.into_iter().next() {
        Some(ResponseBody::Form(blocks, memory)) => (blocks, memory),
        other => panic!("{other:?}"),
    }
}

fn field<'b>(blocks: &'b [Block], label: &str) -> &'b Field {
    let mut fields = blocks.iter().filter_map(|block| match block {
        Block::Field(field) => Some(field),
        _ => None,
    });
    fields
        .find(|field| field.label == label)
        .unwrap_or_else(|| panic!("no field {label}"))
}

fn buttons(blocks: &[Block]) -> Vec<&str> {
    let buttons = blocks.iter().filter_map(|block| match block {
        Block::Button(button) => Some(button.label.as_str()),
        _ => None,
    });
    buttons.collect()
}

pub fn words(blocks: &[Block]) -> String {
    let words = blocks.iter().filter_map(|block| match block {
        Block::Words(words) => Some(words.as_str()),
        _ => None,
    });
    words.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_table_is_looked_at_mapped_and_made_a_map() {
    let mut desk = Desk::new(&Document::default());
    let (blocks, memory) = desk.look(MOVES, "");
    assert_eq!(memory, "");
    assert!(words(&blocks).contains("a list of moves of work items: 14 rows"));
    assert_eq!(field(&blocks, "When").chosen, "moment");
    assert_eq!(field(&blocks, "Test").chosen, "working");
    assert_eq!(buttons(&blocks), ["Another table", "Make a new map"]);
    let (blocks, memory) = form(desk.fill("state Test", "waiting"));
    assert_eq!(field(&blocks, "Test").chosen, "waiting");
    let tables = blocks
        .iter()
        .filter(|block| matches!(block, Block::Table(_)));
    assert_eq!(tables.count(), 2);
    let bodies = desk.press(Press::NewMap);
    let Some(ResponseBody::Opened {
        name,
        document: map,
        positions,
        purpose,
        ..
    }) = bodies.first()
    else {
        panic!("{bodies:?}")
    };
    assert_eq!(
        (name.as_str(), *positions, *purpose),
        ("board.csv", Positions::Missing, ReadFor::Opening)
    );
    assert_eq!(map.stations().len(), 4);
    // Next time it is as it was chosen, in another worker too.
    let (blocks, _) = Desk::new(&Document::default()).look(MOVES, &memory);
    assert_eq!(field(&blocks, "Test").chosen, "waiting");
}

#[test]
fn a_map_is_brought_up_to_date() {
    let mut desk = Desk::new(&Document::default());
    desk.look(JIRA, "");
    let bodies = desk.press(Press::NewMap);
    let Some(ResponseBody::Opened { document: map, .. }) = bodies.first() else {
        panic!("{bodies:?}")
    };
    let mut desk = Desk::new(map);
    let (blocks, _) = desk.look(JIRA, "");
    assert_eq!(
        buttons(&blocks),
        ["Another table", "Update this map", "Make a new map"]
    );
    assert!(words(&blocks).contains("On the open map these get measures: Created, In Progress"));
    desk.fill("item column 6", "waiting");
    let bodies = desk.press(Press::UpdateMap);
    let Some(ResponseBody::TakenOver(patch)) = bodies.first() else {
        panic!("{bodies:?}")
    };
    // What was done is said.
    assert_eq!(
        bodies.get(1),
        Some(&ResponseBody::Notice(
            "4 steps were updated from board.csv.".to_owned()
        ))
    );
    let mut after = map.clone();
    after.apply(patch).unwrap();
    // Times count otherwise than on the map: it is not brought up to date.
    let (blocks, _) = form(desk.fill("basis", "clock"));
    assert_eq!(buttons(&blocks), ["Another table", "Make a new map"]);
    assert!(words(&blocks).contains("The open map counts times in working time"));
}

#[test]
fn a_table_that_was_to_be_opened_is_told_from_other_texts() {
    let mut desk = Desk::new(&Document::default());
    let mut read = |text: &str, purpose| {
        let bodies = desk.ask(Request::Read {
            text: text.to_owned(),
            name: "x.csv".to_owned(),
            purpose,
        });
        bodies.into_iter().next().unwrap()
    };
    for text in [JIRA, MOVES, STEPS] {
        assert_eq!(
            read(text, ReadFor::Opening),
            ResponseBody::IsTable("x.csv".to_owned(), text.to_owned())
        );
    }
    // Pasted, items are asked about, and steps are a map.
    for text in [JIRA, MOVES] {
        assert!(matches!(
            read(text, ReadFor::Pasting),
            ResponseBody::IsTable(..)
        ));
    }
    assert!(matches!(
        read(STEPS, ReadFor::Pasting),
        ResponseBody::Opened {
            purpose: ReadFor::Pasting,
            ..
        }
    ));
    assert!(matches!(
        read("from,to\na,b\n", ReadFor::Opening),
        ResponseBody::Opened { .. }
    ));
    // What is called a table is shown as one, though it says nothing that is known.
    for text in ["1,2,3\n4,5,6\n", "a,b\nx,y\n"] {
        assert!(matches!(
            read(text, ReadFor::Opening),
            ResponseBody::IsTable(..)
        ));
    }
    for text in [
        "",
        "Dear all,\nplease come at 9, or later,\nand bring a pen\n",
        "{\"a\": 1,\n\"b\": 2}",
    ] {
        let ResponseBody::NotOpened { why, .. } = read(text, ReadFor::Opening) else {
            panic!("{text}")
        };
        assert!(why.contains("\"Import measurements\""), "{why}");
    }
    let bodies = desk.ask(Request::Read {
        text: "a,b\nx,y\n".to_owned(),
        name: "x.txt".to_owned(),
        purpose: ReadFor::Opening,
    });
    assert!(matches!(bodies[0], ResponseBody::NotOpened { .. }));
}

#[test]
fn what_is_no_table_says_so_and_loses_nothing() {
    let mut desk = Desk::new(&Document::default());
    let mut look = |text: &str| {
        let bodies = desk.ask(Request::Look(TableText {
            name: "board.csv".to_owned(),
            text: text.to_owned(),
            memory: String::new(),
        }));
        bodies.into_iter().next()
    };
    for (text, why) in [
        ("", "a table has a first row"),
        ("just words", "a table has a first row"),
        ("a,b\n\"x,y\n", "does not close (line 2"),
    ] {
        // Nothing is shown in the place of the text that the person has given.
        match look(text) {
            Some(ResponseBody::Refused(words)) => assert!(words.contains(why), "{text}: {words}"),
            other => panic!("{other:?}"),
        }
    }
    // The table before is there as it was.
    desk.look(JIRA, "");
    let bodies = desk.ask(Request::Look(TableText {
        name: "the text".to_owned(),
        text: "just words".to_owned(),
        memory: String::new(),
    }));
    assert!(matches!(bodies.first(), Some(ResponseBody::Refused(_))));
    let (blocks, _) = form(desk.fill("rows", "items"));
    assert!(words(&blocks).contains("7 rows"));
    // From any form there is a way back, to a form without blocks.
    let (blocks, _) = desk.look("a,b\nx,y\n", "");
    assert_eq!(buttons(&blocks), ["Another table"]);
    assert!(words(&blocks).contains("No column has a measure of the steps"));
    let (blocks, _) = form(desk.fill("rows", "items"));
    assert_eq!(buttons(&blocks), ["Another table"]);
    assert!(words(&blocks).contains("No item has entered a state"));
    let (blocks, _) = form(desk.press(Press::OtherTable));
    assert_eq!(blocks, []);
}

#[test]
fn dates_that_contradict_each_other_are_said_to() {
    let mut desk = Desk::new(&Document::default());
    let (blocks, _) = desk.look(
        "Key,Created,Done\nA,25/4/2026,4/26/2026\nB,4/27/2026,28/4/2026\nC,26/4/2026,4/29/2026\nD,4/27/2026,28/4/2026\n",
        "",
    );
    let words = words(&blocks);
    assert!(
        words.contains("4 dates can only have the day first, and 4 only the month"),
        "{words}"
    );
    assert_eq!(buttons(&blocks), ["Another table"]);
}

#[test]
fn the_form_says_in_which_zone_times_are_shown() {
    let mut desk = Desk::new(&Document::default());
    let (blocks, _) = desk.look(MOVES, "");
    let note = &field(&blocks, "Date of the export").note;
    assert!(
        note.starts_with("times are shown in the zone of this browser, UTC"),
        "{note}"
    );
    let (blocks, _) = desk.look(JIRA, "");
    let note = &field(&blocks, "Date of the export").note;
    assert!(note.contains("says no zone"), "{note}");
    // A line break in a cell is a blank in a sample.
    let (blocks, _) = desk.look(
        "Key,Created,Done\n\"A\n\n b\",2026-11-02 9:00,2026-11-03 9:00\n",
        "",
    );
    assert_eq!(field(&blocks, "Key").note, "A b");
}

#[test]
fn steps_are_dated_by_the_day_they_are_read_or_as_typed() {
    let mut desk = Desk::new(&Document::default());
    let (blocks, _) = desk.look(STEPS, "");
    assert_eq!(
        field(&blocks, "Date of the measurement").chosen,
        "2026-11-17"
    );
    let (blocks, memory) = form(desk.fill("date", "soon"));
    assert!(words(&blocks).contains("The date is no date"));
    assert_eq!(buttons(&blocks), ["Another table", "Make a new map"]);
    // A date is of one export alone, and is not remembered.
    assert_eq!(memory, "");
    let (blocks, _) = form(desk.fill("date", "2026-10-01"));
    assert!(!words(&blocks).contains("The date is no date"));
    let bodies = desk.press(Press::NewMap);
    let Some(ResponseBody::Opened { document, .. }) = bodies.first() else {
        panic!("{bodies:?}")
    };
    assert!(json::write(document).contains("2026-10-01"));
}

#[test]
fn a_state_is_the_station_that_a_person_chooses() {
    let mut desk = Desk::new(&Document::default());
    desk.look(MOVES, "");
    let bodies = desk.press(Press::NewMap);
    let Some(ResponseBody::Opened { document: map, .. }) = bodies.first() else {
        panic!("{bodies:?}")
    };
    let build = map
        .stations()
        .iter()
        .find(|(_, station)| station.name == "Build")
        .map(|(id, _)| *id)
        .unwrap();
    // Another tracker has another word for it.
    let table = MOVES.replace("Build", "Develop").replace("Test", "Verify");
    let mut desk = Desk::new(map);
    let (blocks, _) = desk.look(&table, "");
    assert!(words(&blocks).contains("Not found on it: Develop, Verify."));
    let develop = blocks.iter().rev().find_map(|block| match block {
        Block::Field(field) if field.label == "Develop" => Some(field),
        _ => None,
    });
    let options: Vec<&str> = develop
        .unwrap()
        .options
        .iter()
        .map(|(_, words)| words.as_str())
        .collect();
    assert_eq!(options[0], "none on the map");
    assert_eq!(options.len(), 3);
    let (blocks, memory) = form(desk.fill("station Develop", &build.to_string()));
    assert!(
        words(&blocks).contains("On the open map these get measures: Backlog, Build, Customer.")
    );
    assert!(words(&blocks).contains("Not found on it: Verify."));
    // A station is taken once, by what was chosen first in the order of the work.
    let (blocks, _) = form(desk.fill("station Verify", &build.to_string()));
    assert!(words(&blocks).contains("Not found on it: Verify."));
    desk.fill("date", "2026-12-01 12:00");
    let bodies = desk.press(Press::UpdateMap);
    let Some(ResponseBody::TakenOver(patch)) = bodies.first() else {
        panic!("{bodies:?}")
    };
    assert!(patch.changes.contains_key(&build));
    // On another map the choice that is remembered says nothing.
    let (blocks, _) = Desk::new(&Document::default()).look(&table, &memory);
    assert_eq!(buttons(&blocks), ["Another table", "Make a new map"]);
}

#[test]
fn the_lead_time_of_a_map_is_told_from_that_of_the_items() {
    let mut desk = Desk::new(&Document::default());
    let skips = "Key,Build,Review,Done\nA,2026-11-02 9:00,2026-11-03 9:00,2026-11-04 9:00\n\
                 B,2026-11-02 9:00,,2026-11-03 9:00\n";
    desk.look(skips, "");
    let (blocks, _) = form(desk.fill("basis", "clock"));
    // A takes two days and B one; a day in each state are two.
    let told = words(&blocks);
    assert!(
        told.contains("a lead time of 2 d. That of the items is 1.5 d"),
        "{told}"
    );
    assert!(
        told.contains("Of 2 items, some have skipped a state: Review by 1."),
        "{told}"
    );
    let whole = skips.replace(",,", ",2026-11-02 12:00,");
    desk.look(&whole, "");
    let (blocks, _) = form(desk.fill("basis", "clock"));
    assert!(!words(&blocks).contains("add up to a lead time"));
}
