//! CSV edge lists: reading what people and spreadsheets write, and coming back from writing.

use std::collections::BTreeMap;

use crate::common::document::{assert_valid, document};
use loopstream::format::{ImportResult, Limits, OpenError, Positions, ReadError, csv, open_text};
use loopstream::model::{Delay, Document, Edit, Element, Id, IdSource, Link, Polarity, Variable};
use proptest::prelude::*;

fn read(text: &str) -> Result<ImportResult, ReadError> {
    csv::read(text, &mut IdSource::new(11))
}

fn opened(text: &str) -> ImportResult {
    let opened = read(text).unwrap_or_else(|error| panic!("{error}\n{text:?}"));
    assert_valid(&opened.document);
    assert_eq!(opened.positions, Positions::Missing);
    opened
}

fn warnings(opened: &ImportResult) -> Vec<String> {
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
    let error = read("sep=;\nvon;nach;sign\na;;-").unwrap_err();
    assert!(error.to_string().ends_with("(line 3, column 3)"), "{error}");
}

#[test]
fn what_is_kept_elsewhere_or_joined_is_told() {
    let list = opened("from,to,weight,colour\nRisk,fear,3,red\nrisk,Fear,,\n");
    assert_eq!(list.document.variables().len(), 2);
    assert_eq!(
        links(&list.document),
        [(
            "Risk",
            "fear",
            '?',
            "",
            "weight: 3\n\ncolour: red\n\nSaid in 2 rows."
        )]
    );
    assert_eq!(
        warnings(&list),
        [
            "2 columns are kept in the notes: weight, colour",
            "there is no column polarity, so that of every link is unknown",
            "2 rows say 1 link: 1 of them is said in several rows, and its note says in how many",
            "2 names were taken for ones that differ only in case, blanks or underscores: \"risk\" for \"Risk\"",
        ]
    );
}

#[test]
fn faults_are_named_with_their_lines() {
    for (text, message) in [
        (
            "from,to,delay\n,b,\na,,yes\n",
            "from is empty (line 2, column 1); and one more fault",
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

#[test]
fn a_bad_row_is_told_and_the_rest_opens() {
    let list = opened(
        "from,to,polarity,delay\n\
         staff,errors,-,\n\
         errors,rework,maybe,soon\n\
         ,rework,+,\n\
         rework,staff,\u{2014},3 weeks\n\
         rework,errors,+,no,because, so\n\
         rework,,+,\n",
    );
    assert_eq!(
        links(&list.document),
        [
            (
                "errors",
                "rework",
                '?',
                "",
                "polarity: maybe\n\ndelay: soon"
            ),
            ("rework", "staff", '?', "||", "delay: 3 weeks"),
            ("staff", "errors", '-', "", ""),
        ]
    );
    assert_eq!(
        warnings(&list),
        [
            "3 of 6 rows were not read: line 4 (from is empty), line 6 (there are more cells than \
             columns; a comma in a text needs quotes), line 7 (to is empty)",
            "2 of 6 rows have a word that is not known: line 3 (polarity \"maybe\"), line 3 (delay \
             \"soon\"); their links are there, and the words in their notes",
        ]
    );
    let lost: Vec<usize> = list.warnings.iter().map(|warning| warning.lost).collect();
    assert_eq!(lost, [3, 2]);
}

#[test]
fn of_many_bad_rows_the_first_are_named_and_the_others_counted() {
    let rows: String = (0..40).map(|row| format!(",b{row},+\n")).collect();
    let list = opened(&format!("from,to,polarity\na,b,+\n{rows}"));
    assert_eq!(list.document.links().len(), 1);
    let told = &warnings(&list)[0];
    assert!(
        told.starts_with("40 of 41 rows were not read: line 3 (from is empty), line 4"),
        "{told}"
    );
    assert!(
        told.ends_with("line 7 (from is empty) and 35 more"),
        "{told}"
    );
}

/// Names that several people gave, one row each, as in interviews.
const SAID: &str = "cause,effect,polarity,participant\n\
    workload,errors,positive,Ann\n\
    errors,workload,positive,Ann\n\
    workload,errors,Positive,Bo\n\
    workload,errors,,Cy\n\
    errors,workload,positive,Bo\n\
    workload,pay,positive,Ann\n\
    workload,pay,negative,Cy\n\
    workload,pay,negative,Di\n\
    workload,pay,,Ed\n";

#[test]
fn the_same_link_said_by_several_is_one_link_with_who_said_so() {
    let list = opened(SAID);
    assert_eq!(
        links(&list.document),
        [
            ("errors", "workload", '+', "", "Said by 2: Ann, Bo."),
            (
                "workload",
                "errors",
                '+',
                "",
                "Without a sign in 1 of 3 rows.\n\nSaid by 3: Ann, Bo, Cy.",
            ),
            (
                "workload",
                "pay",
                '+',
                "",
                "Said by 1: Ann. With the opposite sign by 3: Cy, Di, Ed.",
            ),
            (
                "workload",
                "pay",
                '-',
                "",
                "Without a sign in 1 of 3 rows.\n\nSaid by 3: Cy, Di, Ed. With the opposite sign by 1: Ann.",
            ),
        ]
    );
    assert_eq!(
        warnings(&list),
        [
            "9 rows say 4 links: 3 of them are said in several rows, and their notes say in how \
             many",
            "workload \u{2192} pay (+ in 1 row, - in 3 rows) is said with both signs: there is a link of each sign",
        ]
    );
    assert!(list.warnings.iter().all(|warning| warning.lost == 0));
}

#[test]
fn who_says_a_link_twice_is_one_person_and_delays_are_counted() {
    let list = opened(
        "from,to,sign,delay,who,reason\n\
         a,b,+,yes,Ann,It takes a while.\n\
         a,b,+,,Ann,It takes a while.\n\
         a,b,+,,,Seen in May.\n",
    );
    assert_eq!(
        links(&list.document),
        [(
            "a",
            "b",
            '+',
            "||",
            "It takes a while.\n\nSeen in May.\n\nDelayed: said in 1 of 3 rows.\n\nSaid by 2, in 3 rows: Ann."
        )]
    );
}

#[test]
fn signs_of_weights_are_polarities_where_there_are_no_others() {
    let list = opened("source,target,weight\na,b,0.7\nb,c,\u{2212}0.4\nc,a,0\na,c,-1\n");
    assert_eq!(
        links(&list.document),
        [
            ("a", "b", '+', "", "weight: 0.7"),
            ("a", "c", '-', "", "weight: -1"),
            ("b", "c", '-', "", "weight: \u{2212}0.4"),
            ("c", "a", '?', "", "weight: 0"),
        ]
    );
    assert_eq!(
        warnings(&list),
        [
            "1 column is kept in the notes: weight",
            "3 links have the polarities that the signs of their numbers say, in the column weight",
        ]
    );
    // What only counts something says no sign.
    let counts = opened("source,target,weight\na,b,3\nb,a,1\n");
    assert_eq!(links(&counts.document)[0].2, '?');
    // A polarity that is said stays, whatever the number.
    let both = opened("from,to,polarity,strength\na,b,+,-2\nb,a,,-3\n");
    assert_eq!(
        links(&both.document),
        [
            ("a", "b", '+', "", "strength: -2"),
            ("b", "a", '-', "", "strength: -3")
        ]
    );
    assert_eq!(
        warnings(&both)[1..],
        [
            "1 link has the polarity that the sign of its number says, in the column strength",
            "1 row says another polarity than the sign of its number, and the polarity was kept; column strength",
        ]
    );
}

#[test]
fn numbers_in_the_column_of_the_polarity_are_signs() {
    let list = opened("from,to,polarity\na,b,1\nb,c,-1\nc,a,\"-0,5\"\nc,b,0\n");
    assert_eq!(
        links(&list.document),
        [
            ("a", "b", '+', "", ""),
            ("b", "c", '-', "", ""),
            ("c", "a", '-', "", "polarity: -0,5"),
            ("c", "b", '?', "", "polarity: 0"),
        ]
    );
    assert_eq!(
        warnings(&list),
        [
            "1 of 4 rows has a word that is not known: line 5 (polarity \"0\"); its link is \
             there, and the word in its note",
        ]
    );
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
