//! How a file looks, and what about it is free.

use loopstream::format::json::{read, write};

use crate::common::document::assert_valid;
use crate::format_json::WHOLE;

#[test]
fn a_file_looks_like_this() {
    let opened = read(WHOLE).unwrap();
    assert_valid(&opened.document);
    assert_eq!(write(&opened.document), WHOLE);
    assert_eq!(opened.document.len(), 7);
}

#[test]
fn the_order_of_fields_and_records_is_free() {
    let other = r#"{"loops":[{"badge":{"y":0,"x":5},"remark":"why","name":"Fear","links":["ba","ab"],"id":"l"}],
        "notes":[{"y":2,"x":1,"text":"\u00e9","layer":3,"width":3e2,"id":"o","emphasis":true,"size":"small","colour":"yellow"},{"id":"n","text":"","x":1,"y":2,"width":220,"locked":false}],
        "links":[{"to":"a","from":"b","polarity":"?","id":"ba","bend":0,"delayed":false,"remark":"","label":"","strength":"medium"},
            {"id":"ab","from":"a","to":"b","polarity":"+","delayed":true,"bend":0.25,"remark":"more changes","emphasis":true,"colour":"blue","strength":"strong","label":"each week"}],
        "variables":[{"id":"b","name":"risk","kind":"stock","x":0,"y":0,"layer":-1,"group":"g","locked":true,"remark":"per\nrelease","emphasis":true,"size":"large","colour":"red"},
            {"id":"a","kind":"variable","name":"batch size","x":10,"y":-20.5,"layer":0}],
        "title":"Deploy \"fear\"","version":6,"format":"loopstream"}"#;
    assert_eq!(write(&read(other).unwrap().document), WHOLE);
}

#[test]
fn the_width_of_notes_that_say_none_belongs_to_the_format() {
    let document = read(WHOLE).unwrap().document;
    let id = "n".parse().unwrap();
    assert_eq!(document.notes()[&id].width, 220.0);
}
