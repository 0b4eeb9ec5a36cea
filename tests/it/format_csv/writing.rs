//! What is written comes back.

use std::collections::BTreeMap;

use loopstream::format::{csv, open_text};
use loopstream::model::{Delay, Document, Edit, Element, Id, IdSource, Link, Polarity, Variable};
use proptest::prelude::*;

use super::{links, opened, read, variables, warnings};
use crate::common::document::{assert_valid, document};

fn with(variables: &[&str], links: &[(usize, usize, Polarity, Delay, &str)]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let id = |index: usize| Id::from_bits(index as u64);
    for (index, name) in variables.iter().enumerate() {
        let name = (*name).to_owned();
        let variable = Variable {
            name,
            ..Variable::default()
        };
        edit.set(id(index), Some(Element::Variable(variable)));
    }
    for (index, (from, to, polarity, delay, remark)) in links.iter().enumerate() {
        let link = Link {
            polarity: *polarity,
            delay: *delay,
            remark: (*remark).to_owned(),
            ..Link::new(id(*from), id(*to), 0.0)
        };
        edit.set(id(1000 + index), Some(Element::Link(link)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

#[test]
fn hostile_names_are_written_safely() {
    let names = [
        "=cmd()", "+1", "-x", "@a", "\tt", "a,b", "q\"q", "l\r\nl", " s ", "'=y", "plain",
    ];
    let links: Vec<_> = (0..names.len())
        .map(|index| {
            let to = (index + 1) % names.len();
            (index, to, Polarity::Negative, Delay::None, "")
        })
        .collect();
    let document = with(&names, &links);
    let export = csv::write(&document);
    assert!(export.warnings.is_empty());
    assert_eq!(
        export.text,
        "from,to,polarity,delay,remark\r\n\
         \"'\tt\",\"a,b\",-,,\r\n\
         \" s \",''=y,-,,\r\n\
         ''=y,plain,-,,\r\n\
         '+1,'-x,-,,\r\n\
         '-x,'@a,-,,\r\n\
         '=cmd(),'+1,-,,\r\n\
         '@a,\"'\tt\",-,,\r\n\
         \"a,b\",\"q\"\"q\",-,,\r\n\
         \"l\r\nl\",\" s \",-,,\r\n\
         plain,'=cmd(),-,,\r\n\
         \"q\"\"q\",\"l\r\nl\",-,,\r\n"
    );
    assert_eq!(
        self::links(&opened(&export.text).document),
        self::links(&document)
    );
}

#[test]
fn what_is_not_written_is_told() {
    use Delay::{Delayed, None};
    let links = [
        (0, 1, Polarity::Positive, Delayed, "-so"),
        (1, 2, Polarity::Unknown, None, ""),
    ];
    let document = with(&["Fear", "fear", "", "alone"], &links);
    let export = csv::write(&document);
    assert_eq!(
        export.text,
        "from,to,polarity,delay,remark\r\n\
         alone,,,,\r\n\
         Fear,fear (2),+,yes,'-so\r\n\
         fear (2),unnamed,?,,\r\n"
    );
    let warnings: Vec<String> = export.warnings.iter().map(ToString::to_string).collect();
    assert_eq!(
        warnings,
        [
            "1 variable has no name and is called \"unnamed\"",
            "1 name was given a number, for there are others like it",
        ]
    );
}

/// How many links there are of each sign, delay and remark.
fn kinds(document: &Document) -> BTreeMap<(Polarity, Delay, String), usize> {
    let mut kinds = BTreeMap::new();
    for link in document.links().values() {
        let key = (link.polarity, link.delay, link.remark.clone());
        *kinds.entry(key).or_default() += 1;
    }
    kinds
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_document_comes_back(document in document()) {
        let export = csv::write(&document);
        let first = opened(&export.text).document;
        prop_assert_eq!(first.variables().len(), document.variables().len());
        prop_assert_eq!(kinds(&first), kinds(&document));
        // Once names differ, they come back to the letter.
        let second = opened(&csv::write(&first).text).document;
        prop_assert_eq!(variables(&second), variables(&first));
        prop_assert_eq!(links(&second), links(&first));
        let renamed = export.warnings.iter().any(|warning| warning.message.contains("name"));
        if !renamed {
            prop_assert_eq!(variables(&first), variables(&document));
            prop_assert_eq!(links(&first), links(&document));
        }
    }

    #[test]
    fn rows_are_gathered_as_a_plain_count_says(
        rows in prop::collection::vec((0..3_usize, 0..3_usize, "[-+]?", "[ABC]?"), 1..30),
    ) {
        let mut text = "from,to,sign,who\n".to_owned();
        // By the ends: how many rows say each sign.
        let mut said: BTreeMap<(usize, usize), BTreeMap<String, usize>> = BTreeMap::new();
        for (from, to, sign, who) in &rows {
            text.push_str(&format!("v{from},v{to},{sign},{who}\n"));
            *said.entry((*from, *to)).or_default().entry(sign.clone()).or_default() += 1;
        }
        let list = opened(&text);
        // Each sign that is said of a pair is a link; rows without one are a link only by themselves.
        let expected: usize = said
            .values()
            .map(|signs| signs.len() - usize::from(signs.len() > 1 && signs.contains_key("")))
            .sum();
        prop_assert_eq!(list.document.links().len(), expected);
        let both = said.values().filter(|signs| signs.contains_key("+") && signs.contains_key("-"));
        let is_told = warnings(&list).iter().any(|told| told.contains("both signs"));
        prop_assert_eq!(is_told, both.count() > 0);
        // Every row is counted in the remark of one link.
        let mut counted = 0;
        for link in list.document.links().values() {
            let said = link.remark.split("Said by ").nth(1).unwrap();
            let own = said.split(" With the opposite").next().unwrap();
            let rows = match own.split_once(", in ") {
                Some((_, rows)) => rows.split(' ').next().unwrap(),
                None => own.split([':', '.']).next().unwrap(),
            };
            counted += rows.parse::<usize>().unwrap();
        }
        prop_assert_eq!(counted, rows.len());
        // The order of the rows is no matter.
        let mut lines: Vec<&str> = text.lines().skip(1).collect();
        lines.reverse();
        let again = opened(&format!("from,to,sign,who\n{}\n", lines.join("\n")));
        let ends = |document: &Document| {
            links(document).into_iter().map(|link| format!("{} {} {}", link.0, link.1, link.2)).collect::<Vec<_>>()
        };
        prop_assert_eq!(ends(&again.document), ends(&list.document));
    }

    #[test]
    fn names_that_differ_come_back_to_the_letter(
        names in prop::collection::vec("['=+@,;\"\t\r\n a-]{0,4}", 2..6),
        remark in "['=+@,;\"\t\r\n a-]{0,4}",
    ) {
        let names: Vec<String> = names.iter().enumerate().map(|(index, name)| format!("{name}{index}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let links = [(0, 1, Polarity::Positive, Delay::Delayed, remark.as_str())];
        let document = with(&names, &links);
        let again = opened(&csv::write(&document).text).document;
        prop_assert_eq!(self::links(&again), self::links(&document));
        prop_assert_eq!(variables(&again), variables(&document));
    }

    #[test]
    fn any_text_is_read_or_refused(
        text in "[ab,;\"\t\r\n '=+-]{0,40}",
        head in prop_oneof![Just("from,to\n"), Just("to;from;delay;x\n"), Just("")],
        tail in any::<String>(),
    ) {
        let text = format!("{head}{text}{tail}");
        if let Ok(opened) = read(&text) {
            assert_valid(&opened.document);
        }
        let _ = open_text(&text, &mut IdSource::new(1));
    }
}

/// Rows with a rule under the first, as Markdown has them.
fn markdown(rows: &[[String; 5]]) -> String {
    let line = |row: &[String; 5]| format!("| {} |\n", row.join(" | "));
    let mut text = line(&rows[0]) + "|---|---|:-:|---|---|\n";
    text.extend(rows[1..].iter().map(line));
    text
}

/// Rows in columns that blanks align.
fn aligned(rows: &[[String; 5]]) -> String {
    let wide = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0) + 2;
    let line = |row: &[String; 5]| {
        let cells = row.iter().enumerate();
        let cells: String = cells
            .map(|(column, cell)| format!("{cell:<width$}", width = wide(column)))
            .collect();
        cells.trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}

proptest! {
    #[test]
    fn links_read_the_same_in_every_layout(
        rows in proptest::collection::vec((
            "[A-Z][a-z]{1,8}( [a-z]{1,5})?",
            "[A-Z][a-z]{1,8}( [a-z]{1,5})?",
            proptest::sample::select(vec!["+", "-", "?"]),
            proptest::sample::select(vec!["yes", ""]),
            "[a-z]{0,6}",
        ), 1..8),
    ) {
        let head = ["from", "to", "polarity", "delay", "remark"].map(str::to_owned);
        let mut all = vec![head];
        all.extend(rows.into_iter().map(|(from, to, sign, delay, remark)| {
            [from, to, sign.to_owned(), delay.to_owned(), remark]
        }));
        let joined = |separator: &str| all.iter().map(|row| row.join(separator) + "\n").collect::<String>();
        let plain = opened(&joined(","));
        let expected = links(&plain.document);
        prop_assert_eq!(expected.len(), all.len() - 1);
        for text in [joined("\t"), markdown(&all), format!("Ours:\n\n{}\nAll.\n", markdown(&all)), aligned(&all)] {
            prop_assert!(csv::recognises(&text), "{}", text);
            let read = opened(&text);
            prop_assert_eq!(links(&read.document), expected.clone(), "{}", text);
        }
    }
}

#[test]
fn links_side_by_side_are_numbered_and_come_back() {
    let links = [
        (0, 1, Polarity::Positive, Delay::None, "by price"),
        (0, 1, Polarity::Positive, Delay::None, "by quality"),
        (1, 0, Polarity::Negative, Delay::None, ""),
    ];
    let document = with(&["a", "b"], &links);
    let export = csv::write(&document);
    assert_eq!(
        export.text,
        "from,to,polarity,delay,remark,parallel\r\n\
         a,b,+,,by price,1\r\n\
         a,b,+,,by quality,2\r\n\
         b,a,-,,\r\n"
    );
    assert_eq!(
        self::links(&opened(&export.text).document),
        self::links(&document)
    );
}
