//! Images: which files are taken for one, what a note with one looks like, and what it costs to
//! move it.

use loopstream::editor::{Action, Command, describe, describe_change};
use loopstream::format::json;
use loopstream::model::{
    Document, Edit, Element, Id, Image, ImageData, ImageError, ImageKind, Note, Patch, Placement,
    Size, rebase, take_back,
};
use loopstream::scene::{EstimatedText, Primitive, Scene, image_size};
use loopstream::store::DocumentCodec;
use loopstream::worker::NativeFormat;
use proptest::collection::vec;
use proptest::prelude::*;

use crate::common::document::document;
use crate::common::driver::Driver;
use crate::common::foreign::written;
use crate::common::images::{Layout, file, image, layout};

fn small() -> ImageData {
    ImageData::of_file(&file(Layout::Png, 640, 480, b"pixels")).unwrap()
}

/// As large as a picture may be.
fn large() -> ImageData {
    let around = file(Layout::WebpLossy, 1_024, 768, &[]).len();
    let pixels = vec![0xab; ImageData::MOST_BYTES - around];
    ImageData::of_file(&file(Layout::WebpLossy, 1_024, 768, &pixels)).unwrap()
}

fn only_note(driver: &Driver) -> Id {
    let mut notes = driver.editor.document().notes().keys();
    let note = *notes.next().unwrap();
    assert_eq!(notes.next(), None);
    note
}

fn pictures(scene: &Scene, note: Id) -> Vec<(loopstream::model::Rect, String)> {
    let shapes = scene.nodes()[&note].primitives.iter();
    let found = shapes.filter_map(|part| match part {
        Primitive::Image { rect, alt, .. } => Some((*rect, alt.clone())),
        _ => None,
    });
    found.collect()
}

proptest! {
    #[test]
    fn a_file_says_how_large_it_is(
        layout in layout(),
        width in 1..=ImageData::LONGEST_SIDE,
        height in 1..=ImageData::LONGEST_SIDE,
        pixels in vec(any::<u8>(), 0..30),
    ) {
        let bytes = file(layout, width, height, &pixels);
        let data = ImageData::of_file(&bytes).unwrap();
        prop_assert_eq!((data.kind(), data.width(), data.height()), (layout.kind(), width, height));
        let again = ImageData::of_url(data.url());
        prop_assert_eq!(again.as_ref(), Ok(&data));
    }

    #[test]
    fn a_file_that_is_cut_off_or_goes_on_is_no_image(
        layout in layout(),
        pixels in vec(any::<u8>(), 3..30),
        end in vec(any::<u8>(), 1..9),
    ) {
        let bytes = file(layout, 30, 20, &pixels);
        for length in 0..bytes.len() {
            let cut = &bytes[..length];
            // The pixels of a JPEG may happen to have its end in them.
            if layout != Layout::Jpeg || !cut.ends_with(&[0xff, 0xd9]) {
                prop_assert!(ImageData::of_file(cut).is_err(), "{} of {}", length, bytes.len());
            }
        }
        let longer = [bytes, end].concat();
        if !longer.ends_with(&[0xff, 0xd9]) {
            prop_assert!(ImageData::of_file(&longer).is_err());
        }
    }

    #[test]
    fn no_bytes_and_no_text_are_too_odd(
        layout in layout(),
        pixels in vec(any::<u8>(), 0..30),
        at in any::<proptest::sample::Index>(),
        by in any::<u8>(),
        text in any::<String>(),
    ) {
        let mut bytes = file(layout, 30, 20, &pixels);
        *at.get_mut(&mut bytes) = by;
        if let Ok(data) = ImageData::of_file(&bytes) {
            let sides = 1..=ImageData::LONGEST_SIDE;
            prop_assert!(sides.contains(&data.width()) && sides.contains(&data.height()));
        }
        let _ = ImageData::of_file(text.as_bytes());
        prop_assert_eq!(ImageData::of_url(&text), Err(ImageError::NoDataUrl));
        let begun = format!("data:image/png;base64,{text}");
        prop_assert!(ImageData::of_url(&begun).is_err());
    }

    #[test]
    fn a_picture_keeps_its_proportions_within_its_note(data in image(), width in 40.0..2_000.0) {
        for size in Size::ALL {
            let plain = Note::new(String::new(), Placement::default());
            let note = Note { width, size, ..plain };
            let drawn = image_size(&note, &data);
            let (across, down) = (f64::from(data.width()), f64::from(data.height()));
            prop_assert!((drawn.x * down - drawn.y * across).abs() < 1.0e-6 * across * down);
            let factor = match size { Size::Small => 0.5, Size::Medium => 1.0, Size::Large => 2.0 };
            let most = 1.0 + 1.0e-9;
            prop_assert!(drawn.x <= width * factor * most && drawn.y <= 1.5 * width * factor * most);
            prop_assert!(drawn.x <= across * factor * most);
        }
    }

    #[test]
    fn every_image_of_a_document_is_drawn_in_its_note_and_written(document in document()) {
        let scene = Scene::new(&document, &EstimatedText);
        let mut count = 0;
        for id in document.notes().keys() {
            let found = pictures(&scene, *id);
            prop_assert_eq!(found.len(), document.images_of(*id).count());
            count += found.len();
            for pair in found.windows(2) {
                prop_assert!(pair[0].0.bottom < pair[1].0.top + 1.0e-3);
            }
            let rect = scene.nodes()[id].rect.grown(1.0e-3);
            prop_assert!(found.iter().all(|(picture, _)| rect.contains_rect(picture)));
        }
        prop_assert_eq!(count, document.images().len());
        let svg = written(&document, "svg").text;
        prop_assert_eq!(svg.matches("<image ").count(), count);
        prop_assert_eq!(json::read(&json::write(&document)).unwrap().document, document);
    }
}

#[test]
fn what_is_no_image_is_refused_with_the_reason() {
    let png = file(Layout::Png, 30, 20, b"x");
    let refused = |bytes: &[u8]| ImageData::of_file(bytes).unwrap_err();
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    assert_eq!(refused(svg), ImageError::UnknownKind);
    assert_eq!(refused(b"GIF89a"), ImageError::UnknownKind);
    assert_eq!(refused(b""), ImageError::UnknownKind);
    assert_eq!(refused(&png[..png.len() - 4]), ImageError::Damaged);
    for (width, height) in [(0, 5), (5, 0), (2_049, 5), (u32::MAX, u32::MAX)] {
        let bytes = file(Layout::Png, width, height, b"x");
        assert_eq!(refused(&bytes), ImageError::BadSize { width, height });
    }
    let long = file(Layout::Png, 30, 20, &vec![0; ImageData::MOST_BYTES]);
    assert_eq!(refused(&long), ImageError::TooManyBytes(long.len()));
    let of_url = |url: &str| ImageData::of_url(url).unwrap_err();
    assert_eq!(
        of_url("data:image/svg+xml;base64,PHN2Zy8+"),
        ImageError::NoDataUrl
    );
    assert_eq!(of_url("https://example.org/a.png"), ImageError::NoDataUrl);
    assert_eq!(of_url("data:image/png;base64,a*b="), ImageError::NotBase64);
    let url = small().url().replace("image/png", "image/jpeg");
    let (said, found) = (ImageKind::Jpeg, ImageKind::Png);
    assert_eq!(of_url(&url), ImageError::OtherKind { said, found });
    assert_eq!(
        large().url().len(),
        "data:image/webp;base64,".len() + 200_000
    );
}

#[test]
fn a_file_with_a_hostile_image_is_not_opened_and_says_where() {
    let with = |data: &str, note: &str| {
        format!(
            r#"{{"format": "loopstream", "version": 6, "title": "",
              "notes": [{{"id": "n", "text": "", "x": 0, "y": 0}}],
              "images": [{{"id": "i", "note": "{note}", "data": "{data}"}}]}}"#
        )
    };
    let said = |text: &str| json::read(text).unwrap_err().to_string();
    assert!(json::read(&with(small().url(), "n")).is_ok());
    let words = said(&with("data:image/svg+xml;base64,PHN2Zy8+", "n"));
    assert!(
        words.contains("images") && words.contains("PNG, JPEG or WebP"),
        "{words}"
    );
    let words = said(&with("data:image/png;base64,iVBORw0KGgo=", "n"));
    assert!(words.contains("damaged or cut off"), "{words}");
    let words = said(&with(small().url(), "m"));
    assert!(words.contains("no note has the id \"m\""), "{words}");
}

#[test]
fn an_image_comes_onto_the_selected_note_or_onto_a_new_one() {
    let mut driver = Driver::default();
    driver.run(Command::AddImage(small(), None));
    let note = only_note(&driver);
    assert_eq!(
        driver.editor.selection().iter().collect::<Vec<_>>(),
        [&note]
    );
    assert_eq!(driver.editor.describe(note), "Image, not described");
    driver.run(Command::SetAlt(note, " A sketch\nof the loop ".to_owned()));
    assert_eq!(driver.editor.describe(note), "Image: A sketch of the loop");
    let picture = pictures(driver.editor.scene(), note).remove(0);
    assert_eq!((picture.0.width(), picture.0.height()), (320.0, 240.0));
    assert_eq!(picture.1, "A sketch of the loop");
    driver.run(Command::SetText(note, "Monday".to_owned()));
    assert_eq!(
        driver.editor.describe(note),
        "Image: A sketch of the loop, Monday"
    );
    // Another one takes its place, and what was said of the first is not said of it.
    driver.run(Command::AddImage(large(), None));
    assert_eq!(driver.said.last().unwrap(), "Image replaced");
    assert_eq!(driver.editor.document().images().len(), 1);
    assert_eq!(driver.editor.describe(note), "Image: Monday");
    driver.act(Action::RemoveImage);
    assert_eq!(driver.said.last().unwrap(), "Image removed");
    assert_eq!(driver.editor.describe(note), "Note: Monday");
    driver.key("ctrl+z");
    driver.key("ctrl+z");
    assert_eq!(
        driver.editor.describe(note),
        "Image: A sketch of the loop, Monday"
    );
    driver.run(Command::Remove(note));
    assert!(driver.editor.document().is_empty());
    driver.key("ctrl+z");
    assert_eq!(driver.editor.document().images().len(), 1);
    // Where it is dropped, whatever is selected.
    let at = loopstream::model::Point::new(700.0, 90.0);
    driver.run(Command::AddImage(small(), Some(at)));
    assert_eq!(driver.editor.document().notes().len(), 2);
    let dropped = *driver.editor.selection().iter().next().unwrap();
    let document = driver.editor.document();
    assert_eq!(document.placement(dropped).unwrap().position, at);
}

#[test]
fn a_copy_of_a_note_has_its_image_too() {
    let mut driver = Driver::default();
    driver.run(Command::AddImage(small(), None));
    driver.act(Action::Duplicate);
    let document = driver.editor.document();
    assert_eq!((document.notes().len(), document.images().len()), (2, 2));
    for note in document.notes().keys() {
        assert_eq!(document.images_of(*note).count(), 1);
    }
    driver.act(Action::Cut);
    assert_eq!(driver.editor.document().images().len(), 1);
    assert_eq!(driver.clipboard.as_ref().unwrap().images().len(), 1);
}

#[test]
fn the_lines_of_a_note_become_variables_and_its_image_stays() {
    let mut driver = Driver::default();
    driver.run(Command::AddImage(small(), None));
    let note = only_note(&driver);
    driver.run(Command::SetText(note, "one\ntwo".to_owned()));
    driver.act(Action::LinesToVariables);
    let document = driver.editor.document();
    assert_eq!(document.variables().len(), 2);
    assert_eq!(document.notes()[&note].text, "");
    assert_eq!(document.images_of(note).count(), 1);
}

/// The texts of the patches since, as the journal has them.
fn journalled(before: &Document, after: &Document) -> usize {
    NativeFormat
        .write_patch(&Patch::between(before, after))
        .len()
}

#[test]
fn only_adding_and_removing_an_image_writes_its_bytes() {
    let mut driver = Driver::default();
    let empty = driver.editor.document().clone();
    driver.run(Command::AddImage(large(), None));
    let note = only_note(&driver);
    let added = driver.editor.document().clone();
    let bytes = journalled(&empty, &added);
    assert!((200_000..201_000).contains(&bytes), "{bytes}");
    let mut before = added.clone();
    driver.key("arrowright");
    let mut after = driver.editor.document().clone();
    assert_ne!(before.placement(note), after.placement(note));
    let moved = journalled(&before, &after);
    assert!(moved < 300, "{moved}");
    for command in [
        Command::SetAlt(note, "A sketch".to_owned()),
        Command::SetText(note, "Monday".to_owned()),
    ] {
        before = after;
        driver.run(command);
        after = driver.editor.document().clone();
        let said = journalled(&before, &after);
        assert!(said < 400, "{said}");
    }
}

#[test]
fn two_people_add_an_image_to_one_note_and_neither_is_lost() {
    let mut start = Driver::default();
    start.run(Command::AddImage(small(), None));
    start.act(Action::RemoveImage);
    let base = start.editor.document().clone();
    let note = only_note(&start);
    let added = |id: u64, data: ImageData| {
        let mut edit = Edit::new(&base);
        let image = Element::Image(Image { note, data });
        edit.set(Id::from_bits(id), Some(image));
        edit.finish()
    };
    let (mine, other) = (added(700, small()), added(701, large()));
    let mut document = base.clone();
    document.apply(&mine).unwrap();
    assert_eq!(describe_change(&mine, &document), "Image added");
    document.apply(&rebase(&other, &document)).unwrap();
    assert_eq!(document.images_of(note).count(), 2);
    let scene = Scene::new(&document, &EstimatedText);
    assert_eq!(pictures(&scene, note).len(), 2);
    document.apply(&take_back(&mine, &document)).unwrap();
    assert_eq!(
        document.images_of(note).next().unwrap().0,
        Id::from_bits(701)
    );
    // Somebody removes the note while somebody else gives it an image.
    let mut gone = base.clone();
    let mut edit = Edit::new(&base);
    edit.remove(note);
    gone.apply(&edit.finish()).unwrap();
    gone.apply(&rebase(&mine, &gone)).unwrap();
    assert!(gone.is_empty());
    assert_eq!(
        describe(&document, Id::from_bits(701)),
        "Image, not described"
    );
}
