//! The workbench as the page uses it: look, choose, make.

use loopstream::format::{Positions, json, read_patch};
use loopstream::model::Document;
use loopstream::workbench::{Answer, Bench, Block, Field, News, ReadFor, Request, TableText};

use crate::{JIRA, MOVES, STEPS, at};

struct Desk(Bench);

impl Desk {
    fn new(document: &Document) -> Self {
        let mut bench = Bench::default();
        bench.hear_time(at("2026-11-17 09:00"));
        bench.take(Request::Document {
            revision: 1,
            seed: 7,
            text: json::write(document),
        });
        Self(bench)
    }

    fn ask(&mut self, request: Request) -> Vec<News> {
        let request = Request::read(request.write()).unwrap();
        let answers = self.0.take(request).into_iter();
        answers
            .map(|answer| Answer::read(answer.write()).unwrap().news)
            .collect()
    }

    fn look(&mut self, text: &str, memory: &str) -> (Vec<Block>, String) {
        let news = self.ask(Request::Look(TableText {
            name: "board.csv".to_owned(),
            text: text.to_owned(),
            memory: memory.to_owned(),
        }));
        form(news)
    }

    fn fill(&mut self, key: &str, value: &str) -> Vec<News> {
        self.ask(Request::Fill(key.to_owned(), value.to_owned()))
    }
}

fn form(news: Vec<News>) -> (Vec<Block>, String) {
    match news.into_iter().next() {
        Some(News::Form(blocks, memory)) => (blocks, memory),
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

fn words(blocks: &[Block]) -> String {
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
    assert_eq!(buttons(&blocks), ["Make a new map"]);
    let (blocks, memory) = form(desk.fill("state Test", "waiting"));
    assert_eq!(field(&blocks, "Test").chosen, "waiting");
    let tables = blocks
        .iter()
        .filter(|block| matches!(block, Block::Table(_)));
    assert_eq!(tables.count(), 2);
    let news = desk.fill("new map", "");
    let Some(News::Opened {
        name,
        text,
        positions,
        purpose,
        ..
    }) = news.first()
    else {
        panic!("{news:?}")
    };
    assert_eq!(
        (name.as_str(), *positions, *purpose),
        ("board.csv", Positions::Missing, ReadFor::Opening)
    );
    let map = json::read(text).unwrap().document;
    assert_eq!(map.stations().len(), 4);
    // Next time it is as it was chosen, in another workbench too.
    let (blocks, _) = Desk::new(&Document::default()).look(MOVES, &memory);
    assert_eq!(field(&blocks, "Test").chosen, "waiting");
}

#[test]
fn a_map_is_brought_up_to_date() {
    let mut desk = Desk::new(&Document::default());
    desk.look(JIRA, "");
    let news = desk.fill("new map", "");
    let Some(News::Opened { text, .. }) = news.first() else {
        panic!("{news:?}")
    };
    let map = json::read(text).unwrap().document;
    let mut desk = Desk::new(&map);
    let (blocks, _) = desk.look(JIRA, "");
    assert_eq!(buttons(&blocks), ["Update this map", "Make a new map"]);
    assert!(words(&blocks).contains("On the open map these get measures: Created, In Progress"));
    desk.fill("item column 6", "waiting");
    let news = desk.fill("update", "");
    let Some(News::TakenOver(patch)) = news.first() else {
        panic!("{news:?}")
    };
    let patch = read_patch(patch).unwrap();
    let mut after = map.clone();
    after.apply(&patch).unwrap();
    // Times count otherwise than on the map: it is not brought up to date.
    let (blocks, _) = form(desk.fill("basis", "clock"));
    assert_eq!(buttons(&blocks), ["Make a new map"]);
    assert!(words(&blocks).contains("The open map counts times in working time"));
}

#[test]
fn a_table_that_was_to_be_opened_is_told_from_other_texts() {
    let mut desk = Desk::new(&Document::default());
    let mut read = |text: &str, purpose| {
        let news = desk.ask(Request::Read {
            text: text.to_owned(),
            name: "x.csv".to_owned(),
            purpose,
        });
        news.into_iter().next().unwrap()
    };
    for text in [JIRA, MOVES, STEPS] {
        assert_eq!(
            read(text, ReadFor::Opening),
            News::IsTable("x.csv".to_owned(), text.to_owned())
        );
        assert!(matches!(
            read(text, ReadFor::Pasting),
            News::NotOpened { .. }
        ));
    }
    assert!(matches!(
        read("from,to\na,b\n", ReadFor::Opening),
        News::Opened { .. }
    ));
    for text in [
        "",
        "Dear all,\nplease come at 9, or later,\nyours, Ada\n",
        "1,2,3\n4,5,6\n",
        "a,b\nx,y\n",
        "{\"a\": 1,\n\"b\": 2}",
    ] {
        assert!(
            matches!(read(text, ReadFor::Opening), News::NotOpened { .. }),
            "{text}"
        );
    }
}

#[test]
fn what_is_no_table_says_so() {
    let mut desk = Desk::new(&Document::default());
    for (text, why) in [
        ("", "a table has a first row"),
        ("just words", "a table has a first row"),
        ("a,b\n\"x,y\n", "does not close (line 2"),
    ] {
        let (blocks, _) = desk.look(text, "");
        assert!(words(&blocks).contains(why), "{text}: {}", words(&blocks));
        assert_eq!(buttons(&blocks), Vec::<&str>::new());
        assert!(matches!(
            desk.fill("new map", "").first(),
            Some(News::Refused(_))
        ));
    }
    // A form without anything to make a map of has no button.
    let (blocks, _) = desk.look("a,b\nx,y\n", "");
    assert_eq!(buttons(&blocks), ["Make a new map"]);
    let (blocks, _) = form(desk.fill("rows", "items"));
    assert_eq!(buttons(&blocks), Vec::<&str>::new());
    assert!(words(&blocks).contains("No item has entered a state."));
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
    assert_eq!(buttons(&blocks), ["Make a new map"]);
    // A date is of one export alone, and is not remembered.
    assert_eq!(memory, "");
    let (blocks, _) = form(desk.fill("date", "2026-10-01"));
    assert!(!words(&blocks).contains("The date is no date"));
    let news = desk.fill("new map", "");
    let Some(News::Opened { text, .. }) = news.first() else {
        panic!("{news:?}")
    };
    assert!(text.contains("2026-10-01"));
}
