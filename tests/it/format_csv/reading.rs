//! What people and spreadsheets write.

use loopstream::format::{Limits, OpenError, ReadError, csv, open_text};
use loopstream::model::IdSource;

use super::{links, opened, read, variables, warnings};

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
