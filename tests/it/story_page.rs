//! The story as a web page: a section for each step, what is hidden left out, and no text that is more
//! than text.

use loopstream::editor::{SeenNow, StepPlace, StepText, add_step, new_story, write_step};
use loopstream::format::Export;
use loopstream::model::{Document, IdSource, Rest, Showing, StoryMark, StoryMarks};

use crate::common::driver::Driver;
use crate::common::foreign::written;

fn page_of(document: &Document) -> Export {
    written(document, "story")
}

fn told() -> (Driver, IdSource) {
    let driver = Driver::with(
        &[
            ("Risk", 100.0, 100.0),
            ("Fear", 400.0, 100.0),
            ("Releases", 250.0, 300.0),
        ],
        &[("Risk", "Fear"), ("Fear", "Releases"), ("Releases", "Risk")],
    );
    (driver, IdSource::new(77_001))
}

#[test]
fn a_step_shows_what_it_says_and_nothing_that_is_hidden() {
    let (driver, mut ids) = told();
    let mut document = driver.editor.document().clone();
    let (story, patch) = new_story(&document, "How we got <here>", &mut ids);
    document.apply(&patch).unwrap();
    let marks = [
        (driver.id("Risk"), Showing::Lit),
        (driver.id("Fear"), Showing::Plain),
    ];
    let marks = marks.map(|(about, how)| StoryMark { about, how });
    let seen = [
        SeenNow {
            marks: StoryMarks::new(marks),
            rest: Rest::Hidden,
            ..SeenNow::default()
        },
        SeenNow::default(),
    ];
    let mut first = None;
    for seen in seen {
        let (step, patch) = add_step(&document, story, StepPlace::Last, seen, &mut ids).unwrap();
        document.apply(&patch).unwrap();
        first.get_or_insert(step);
    }
    let step = first.unwrap();
    for (text, words) in [
        (StepText::Title, "</script><script>alert(1)</script>"),
        (
            StepText::Words,
            "**Bold** & <b>plain</b>\n\n- one\n- [two](https://example.org/?a=1&b=2)",
        ),
        (StepText::Notes, "Only for me"),
    ] {
        let patch = write_step(&document, step, text, words);
        document.apply(&patch).unwrap();
    }
    let page = page_of(&document).text;
    let sections: Vec<&str> = page.split("<section").skip(1).collect();
    assert_eq!(sections.len(), 2);
    assert!(sections[0].contains(">Risk<") && sections[0].contains(">Fear<"));
    assert!(!sections[0].contains("Releases"));
    assert!(sections[1].contains("Releases"));
    assert!(sections[0].contains("How we got &lt;here&gt;"));
    assert!(sections[0].contains("<strong>Bold</strong> &amp; &lt;b&gt;plain&lt;/b&gt;"));
    assert!(sections[0].contains("<a href=\"https://example.org/?a=1&amp;b=2\""));
    assert!(!page.contains("Only for me"));
    assert_eq!(page.matches("<script>").count(), 1);
    // Nothing is fetched from anywhere.
    assert!(!page.contains("src=\"http") && !page.contains("@import") && !page.contains("url("));
}

#[test]
fn a_diagram_without_a_story_is_told_from_its_loops() {
    let (driver, _) = told();
    let export = page_of(driver.editor.document());
    assert_eq!(export.warnings.len(), 1);
    assert!(export.text.matches("<section").count() > 1);
    let empty = page_of(&Document::default());
    assert_eq!(empty.text.matches("<section").count(), 1);
}
