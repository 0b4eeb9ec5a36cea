//! Every fault of a file, in its exact words and with its place; limits; newer versions.

use loopstream::format::json::{self, read, read_within};
use loopstream::format::{Limits, OpenError, ReadError, open_text};
use loopstream::model::IdSource;

use crate::format_json::WHOLE;

/// Every way to be wrong: what is replaced in [`WHOLE`], by what, and what is said.
const FAULTS: &[(&str, &str, &str)] = &[
    (
        r#""name": "batch size""#,
        r#""name": "batch size", "shade": "red""#,
        "variables[0].shade is not a field of this version (line 6, column 39)",
    ),
    (
        r#""title""#,
        r#""theme": 1, "title""#,
        "theme is not a field of this version (line 4, column 3)",
    ),
    (
        r#", "y": 0}}"#,
        r#", "y": 0, "z": 1}}"#,
        "loops[0].badge.z is not a field of this version (line 18, column 99)",
    ),
    (
        r#""to": "a""#,
        r#""to": "x9""#,
        "links[1].to: no variable has the id \"x9\" (line 11, column 37)",
    ),
    (
        r#""from": "b""#,
        r#""from": "n""#,
        "links[1].from: no variable has the id \"n\" (line 11, column 26)",
    ),
    (
        r#"["ab", "ba"]"#,
        r#"["ab", "b"]"#,
        "loops[0].links: no link has the id \"b\" (line 18, column 26)",
    ),
    (
        r#"["ab", "ba"]"#,
        r#"["ab", "ba", "ab"]"#,
        "loops[0].links[2]: \"ab\" is in this list already (line 18, column 39)",
    ),
    (
        r#"["ab", "ba"]"#,
        "[]",
        "loops[0].links: a loop has one link at least (line 18, column 26)",
    ),
    (
        r#"["ab", "ba"]"#,
        r#"["ab", 7]"#,
        "loops[0].links[1]: an id in quotes is needed, not a number (line 18, column 33)",
    ),
    (
        r#"{"id": "l""#,
        r#"{"id": "k", "links": ["ba", "ab"]}, {"id": "l""#,
        "loops[1].links: loops[0] has the same links (line 18, column 62)",
    ),
    (
        r#""id": "n""#,
        r#""id": "ab""#,
        "notes[0].id: links[0] has the id \"ab\" already (line 14, column 12)",
    ),
    (
        r#""id": "ab", "#,
        "",
        "links[0].id is missing (line 10, column 5); and one more fault",
    ),
    (
        r#""id": "n""#,
        r#""id": "n n""#,
        "notes[0].id: \"n n\" is no id: an id has only letters a to z, A to Z and digits (line 14, column 12)",
    ),
    (
        r#", "polarity": "?""#,
        "",
        "links[1].polarity is missing (line 11, column 5)",
    ),
    (
        r#""polarity": "?""#,
        r#""polarity": "plus""#,
        "links[1].polarity: \"plus\" is not known; it can be \"+\", \"-\", \"?\" (line 11, column 54)",
    ),
    (
        r#""kind": "stock""#,
        r#""kind": "tank""#,
        "variables[1].kind: \"tank\" is not known; it can be \"variable\", \"stock\", \"rate\" (line 7, column 41)",
    ),
    (
        r#""x": 10"#,
        r#""x": "10""#,
        "variables[0].x: a number is needed, not a text (line 6, column 44)",
    ),
    (
        r#""x": 10"#,
        r#""x": 10000000.5"#,
        "variables[0].x: 10000000.5 is out of range; it goes from -10000000 to 10000000 (line 6, column 44)",
    ),
    (
        r#""bend": 0.25"#,
        r#""bend": -2.5"#,
        "links[0].bend: -2.5 is out of range; it goes from -2 to 2 (line 10, column 84)",
    ),
    (
        r#""bend": 0.25"#,
        r#""bend": null"#,
        "links[0].bend: a number is needed, not null (line 10, column 84)",
    ),
    (
        r#""width": 300"#,
        r#""width": 39"#,
        "notes[1].width: 39 is out of range; it goes from 40 to 2000 (line 15, column 39)",
    ),
    (
        r#""layer": 3"#,
        r#""layer": 3.5"#,
        "notes[1].layer: a whole number is needed, not 3.5 (line 15, column 69)",
    ),
    (
        r#""layer": 3"#,
        r#""layer": 3e9"#,
        "notes[1].layer: 3000000000 is out of range; it goes from -2147483648 to 2147483647 (line 15, column 69)",
    ),
    (
        r#""locked": true"#,
        r#""locked": "yes""#,
        "variables[1].locked: true or false is needed, not a text (line 7, column 103)",
    ),
    (
        r#""badge": {"x": 5, "y": 0}"#,
        r#""badge": [5, 0]"#,
        "loops[0].badge: an object is needed, not a list (line 18, column 82)",
    ),
    (
        r#", "y": 0}}"#,
        "}}",
        "loops[0].badge.y is missing (line 18, column 82)",
    ),
    (
        r#"  "title": "Deploy \"fear\"","#,
        "",
        "title is missing (line 1, column 1)",
    ),
    (
        r#""name": "risk""#,
        r#""name": "risk", "name": "fear""#,
        "the field \"name\" is given twice in one object (line 7, column 33)",
    ),
    (
        r#""version": 6"#,
        r#""version": "1""#,
        "version: a whole number is needed (line 3, column 14)",
    ),
    (
        r#""version": 6"#,
        r#""version": 0.5"#,
        "version: a whole number from 1 on is needed (line 3, column 14)",
    ),
    (
        r#"  "version": 6,"#,
        "",
        "version is missing (line 1, column 1)",
    ),
    (
        r#""version": 6"#,
        r#""version": 7"#,
        "this was saved by a newer version of Loopstream: it has format version 7, and up to version 6 can be read here",
    ),
    (
        r#""format": "loopstream""#,
        r#""format": "loopflow""#,
        "format: this is not \"loopstream\" (line 2, column 13)",
    ),
    (
        r#"  "format": "loopstream","#,
        "",
        "this is not of the format \"loopstream\": format is missing (line 1, column 1)",
    ),
    (
        "\n}\n",
        "\n",
        "this is not JSON: the text ends too soon (line 20, column 1)",
    ),
    (
        "{\"id\": \"a\"",
        "7, {\"id\": \"a\"",
        "variables[0]: an object is needed, not a number (line 6, column 5)",
    ),
];

#[test]
fn every_fault_is_named_with_its_place() {
    for (from, to, message) in FAULTS {
        assert!(WHOLE.contains(from), "{from}");
        let text = WHOLE.replacen(from, to, 1);
        let error = read(&text).map(|_| ()).map_err(|error| error.to_string());
        assert_eq!(error, Err((*message).to_owned()), "{from} -> {to}");
    }
}

#[test]
fn too_long_texts_are_told() {
    let text = WHOLE.replacen("batch size", &"é".repeat(251), 1);
    assert_eq!(
        read(&text).map_err(|error| error.to_string()).map(|_| ()),
        Err("variables[0].name: the text has 502 bytes; at most 500 are allowed (line 6, column 25)".to_owned())
    );
}

#[test]
fn all_faults_are_collected_in_the_order_of_the_text() {
    let text = WHOLE
        .replacen("\"ab\", \"ba\"", "\"ab\", \"zz\"", 1)
        .replacen("\"x\": 10", "\"x\": false", 1)
        .replacen("\"stock\"", "\"tank\"", 1);
    let Err(ReadError::Invalid(faults)) = read(&text) else {
        panic!("it was read");
    };
    assert_eq!(faults.count(), 3);
    let places: Vec<usize> = faults
        .iter()
        .filter_map(|fault| fault.position.map(|position| position.line))
        .collect();
    assert_eq!(places, [6, 7, 18]);
    assert_eq!(
        faults.to_string(),
        "variables[0].x: a number is needed, not true or false (line 6, column 44); and 2 more faults"
    );

    let many = format!(
        r#"{{"format":"loopstream","version":4,"title":"","notes":[{}{{}}]}}"#,
        "1,".repeat(500)
    );
    let Err(ReadError::Invalid(faults)) = read(&many) else {
        panic!("it was read");
    };
    assert_eq!(faults.iter().count(), 100);
    assert_eq!(faults.count(), 502);
}

#[test]
fn a_newer_file_can_be_told_from_a_broken_one() {
    let text = WHOLE.replacen("\"version\": 6", "\"version\": 9e99", 1);
    assert_eq!(
        read(&text).map(|_| ()),
        Err(ReadError::Newer {
            version: u32::MAX,
            supported: json::VERSION
        })
    );
    assert!(matches!(
        open_text(&text, &mut IdSource::new(1)),
        Err(OpenError::Unreadable {
            error: ReadError::Newer { .. },
            ..
        })
    ));
}

#[test]
fn limits_hold() {
    let limits = |bytes, depth, values, records| Limits {
        bytes,
        depth,
        values,
        records,
    };
    assert!(read_within(WHOLE, &limits(WHOLE.len(), 4, 68, 7)).is_ok());
    for (limits, message) in [
        (
            limits(100, 4, 68, 7),
            format!(
                "the text has {} bytes; at most 100 can be read",
                WHOLE.len()
            ),
        ),
        (
            limits(9_999, 3, 68, 7),
            "lists and objects stand in each other more than 3 deep (line 18, column 26)"
                .to_owned(),
        ),
        (
            limits(9_999, 4, 67, 7),
            "there are more than 67 values (line 18, column 96)".to_owned(),
        ),
        (
            limits(9_999, 4, 68, 6),
            "loops: there are more than 6 records (line 17, column 12)".to_owned(),
        ),
    ] {
        let error = read_within(WHOLE, &limits).map(|_| ());
        assert_eq!(error.map_err(|error| error.to_string()), Err(message));
    }
}

/// What is wrong with products, each with its place.
#[test]
fn faults_of_products_are_told() {
    let file = |kind: &str, products: &str| {
        format!(
            "{{\"format\": \"loopstream\", \"version\": 6, \"title\": \"\", \"stations\": [\n{{\"id\": \"a\", \"name\": \"\", \"kind\": \"{kind}\", \"x\": 0, \"y\": 0, \"products\": {products}}}\n]}}"
        )
    };
    for (kind, products, said) in [
        (
            "customer",
            r#"[{"name": "P"}, {"name": "P"}]"#,
            "stations[0].products.1.name: it stands in the list before",
        ),
        (
            "customer",
            r#"[{"name": ""}]"#,
            "stations[0].products.0.name: it cannot be empty",
        ),
        (
            "step",
            r#"[{"name": "P", "measures": {"demand": {"measured": 1, "unit": "per day"}}}]"#,
            "stations[0].products.0.measures.demand: a record of this kind has no such measure",
        ),
        (
            "queue",
            r#"[{"name": "P"}]"#,
            "stations[0].products.0.name: a record of this kind has no such measure",
        ),
        (
            "customer",
            r#"[{"name": "P", "price": 9}]"#,
            "stations[0].products[0].price is not a field of this version",
        ),
    ] {
        let error = read(&file(kind, products)).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
}
