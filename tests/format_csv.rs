//! CSV edge lists: reading what people and spreadsheets write, and coming back from writing.

#![allow(clippy::unwrap_used, missing_docs)]

#[path = "common/document.rs"]
mod document;

use std::collections::BTreeMap;

use document::{assert_valid, document};
use loopstream::format::{Limits, OpenError, Opened, Positions, ReadError, csv, open_text};
use loopstream::model::{Delay, Document, Edit, Element, Id, IdSource, Link, Polarity, Variable};
use proptest::prelude::*;

fn read(text: &str) -> Result<Opened, ReadError> {
    csv::read(text, &mut IdSource::new(11))
}

fn opened(text: &str) -> Opened {
    let opened = read(text).unwrap_or_else(|error| panic!("{error}\n{text:?}"));
    assert_valid(&opened.document);
    assert_eq!(opened.positions, Positions::Missing);
    opened
}

fn warnings(opened: &Opened) -> Vec<String> {
    opened.warnings.iter().map(ToString::to_string).collect()
}

/// From, to, sign, `||` and remark, sorted.
fn links(document: &Document) -> Vec<(&str, &str, char, &str, &str)> {
    let name = |id| document.variables()[&id].name.as_str();
    let all = document.links().values();
    let mut links: Vec<_> = all
        .map(|link| {
            let sign = match link.polarity {
                Polarity::Positive => '+',
                Polarity::Negative => '-',
                Polarity::Unknown => '?',
            };
            let delay = match link.delay {
                Delay::Delayed => "||",
                Delay::None => "",
            };
            (
                name(link.from),
                name(link.to),
                sign,
                delay,
                link.remark.as_str(),
            )
        })
        .collect();
    links.sort_unstable();
    links
}

/// Name and remark, sorted.
fn variables(document: &Document) -> Vec<(&str, &str)> {
    let all = document.variables().values();
    let mut all: Vec<_> = all
        .map(|variable| (variable.name.as_str(), variable.remark.as_str()))
        .collect();
    all.sort_unstable();
    all
}

const LIST: &str = "from,to,polarity,delay,reason\r\nrisk,failures,+,,\r\nfailures,fear,s,yes,\"It hurts, \"\"often\"\"\"\r\nfear,deploy frequency,O,||,\r\ndeploy frequency,batch size,?,no,\r\ncalm,,,,A state\r\n";

#[test]
fn a_list_comes_over() {
    let opened = opened(LIST);
    assert_eq!(
        links(&opened.document),
        [
            ("deploy frequency", "batch size", '?', "", ""),
            ("failures", "fear", '+', "||", "It hurts, \"often\""),
            ("fear", "deploy frequency", '-', "||", ""),
            ("risk", "failures", '+', "", ""),
        ]
    );
    assert_eq!(
        variables(&opened.document),
        [
            ("batch size", ""),
            ("calm", "A state"),
            ("deploy frequency", ""),
            ("failures", ""),
            ("fear", ""),
            ("risk", ""),
        ]
    );
    assert!(opened.warnings.is_empty());
}

#[test]
fn every_dialect_gives_the_same_links() {
    let expected = opened("from,to,polarity,delay\na b,c,-,yes\nc,a b,,\n").document;
    for text in [
        "\u{FEFF}From;TO;Polarity;Delay\r\na b;c;o;TRUE\r\nc;a b;?;\r\n",
        "delay\tpolarity\tto\tfrom\nyes\t\u{2212}\tc\ta b\n\t\ta b\tc",
        "\n\nTarget , source,polarity,delay\r c ,\"a b\",negative,1\r\r\"a b\",c\r",
        "from;to;polarity;delay;;\na b;c;-;delayed;;\nc;A_b;unknown;0;;\n",
    ] {
        let again = open_text(text, &mut IdSource::new(11)).unwrap().document;
        assert_eq!(links(&again), links(&expected), "{text:?}");
    }
}

#[test]
fn columns_have_other_names_and_a_line_may_name_the_separator() {
    for text in [
        "cause,effect,polarity,delayed\na,b,-,yes\n",
        "\u{FEFF}sep=;\r\nVon;Nach;Vorzeichen;Verz\u{f6}gerung\r\na;b;-;1\r\n",
        "sep=,\nSource;Target;Sign;Delay\na;b;-;true",
    ] {
        let opened = opened(text);
        let expected = [("a", "b", '-', "||", "")];
        assert_eq!(links(&opened.document), expected, "{text:?}");
        assert!(warnings(&opened).is_empty(), "{text:?}");
    }
    // Places are those of the whole text.
    let error = read("sep=;\nvon;nach;sign\na;b;maybe").unwrap_err();
    assert!(error.to_string().ends_with("(line 3, column 5)"), "{error}");
}

#[test]
fn what_is_left_out_or_joined_is_told() {
    let list = opened("from,to,weight,colour\nRisk,fear,3,red\nrisk,Fear,,\n");
    assert_eq!(list.document.variables().len(), 2);
    assert_eq!(
        warnings(&list),
        [
            "2 columns were left out: weight, colour",
            "there is no column polarity, so that of every link is unknown",
            "2 names were taken for ones that differ only in case, blanks or underscores: \"risk\" for \"Risk\"",
        ]
    );
}

#[test]
fn faults_are_named_with_their_lines() {
    for (text, message) in [
        (
            "from,to,polarity\na,b,+\na,b,maybe\n",
            "polarity: \"maybe\" is not known; it can be +, -, s, o or ? (line 3, column 5)",
        ),
        (
            "from,to,delay\na,b,3 weeks\n,b,\na,,yes\n",
            "delay: \"3 weeks\" is not known; it can be yes or no (line 2, column 5); and 2 more faults",
        ),
        ("from,to\n,b\n", "from is empty (line 2, column 1)"),
        ("from,to,delay\na,,yes\n", "to is empty (line 2, column 3)"),
        ("to,from\na,\n", "from is empty (line 2, column 3)"),
        (
            "from,to\na,b\n\"c\nd\",\"e\n",
            "the quote that opens here does not close (line 4, column 4)",
        ),
        (
            "from,to\n\"a\"b,c\n",
            "a quote within quotes is written twice; here it closes too early (line 2, column 4)",
        ),
        (
            "from,to,polarity\na,b,+,because, so\n",
            "there are more cells than columns; a comma in a text needs quotes (line 2, column 7)",
        ),
        (
            "from,to,target\na,b\n",
            "there are two columns for the same, the second is \"target\" (line 1, column 9)",
        ),
        (
            "a,b\nc,d\n",
            "a list of links has the columns from and to, or cause and effect, in its first line (line 1, column 1)",
        ),
    ] {
        let error = read(text).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(error, Err(message.to_owned()), "{text:?}");
    }
    let small = Limits {
        records: 6,
        ..Limits::STANDARD
    };
    let within = |limits| csv::read_within(LIST, &limits, &mut IdSource::new(1));
    let error = within(small).unwrap_err().to_string();
    assert_eq!(error, "there are more than 6 records (line 4, column 1)");
    let small = Limits {
        values: 12,
        ..Limits::STANDARD
    };
    let error = within(small).unwrap_err().to_string();
    assert_eq!(error, "there are more than 12 values (line 3, column 1)");
    let small = Limits {
        bytes: 12,
        ..Limits::STANDARD
    };
    assert!(matches!(within(small), Err(ReadError::TooLarge { .. })));
    assert!(matches!(
        open_text("from,to\n,b", &mut IdSource::new(1)),
        Err(OpenError::Unreadable { .. })
    ));
}

fn with(variables: &[&str], links: &[(usize, usize, Polarity, Delay, &str)]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let id = |place: usize| Id::from_bits(place as u64);
    for (place, name) in variables.iter().enumerate() {
        let name = (*name).to_owned();
        let variable = Variable {
            name,
            ..Variable::default()
        };
        edit.set(id(place), Some(Element::Variable(variable)));
    }
    for (place, (from, to, polarity, delay, remark)) in links.iter().enumerate() {
        let link = Link {
            polarity: *polarity,
            delay: *delay,
            remark: (*remark).to_owned(),
            ..Link::new(id(*from), id(*to), 0.0)
        };
        edit.set(id(1000 + place), Some(Element::Link(link)));
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
        .map(|place| {
            let to = (place + 1) % names.len();
            (place, to, Polarity::Negative, Delay::None, "")
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
    fn names_that_differ_come_back_to_the_letter(
        names in prop::collection::vec("['=+@,;\"\t\r\n a-]{0,4}", 2..6),
        remark in "['=+@,;\"\t\r\n a-]{0,4}",
    ) {
        let names: Vec<String> = names.iter().enumerate().map(|(place, name)| format!("{name}{place}")).collect();
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
