//! How large the words of a ready diagram are once it is fitted into a window.

use loopstream::editor::{Action, Editor, Environment, Event};
use loopstream::model::{IdSource, NoteKind, Vector};
use loopstream::scene::{
    EstimatedText, Legible, MarkShape, Place, Primitive, View, seen_marks, seen_node,
};

use super::{document_of, files};

/// Windows with the panel open, as canvases in CSS pixels, and the smallest letters in them.
const WINDOWS: [(&str, f64, f64, f64); 3] = [
    ("1280 x 800", 868.0, 744.0, 11.0),
    ("1024 x 768", 612.0, 712.0, 11.0),
    ("360 x 740", 360.0, 600.0, 10.0),
];

/// A template in a window, everything in sight.
fn fitted(file: &str, size: Vector) -> Editor {
    let view = View {
        size,
        ..View::default()
    };
    let mut editor = Editor::open(document_of(file), view, &EstimatedText);
    let mut ids = IdSource::new(7);
    let mut env = Environment {
        ids: &mut ids,
        measure: &EstimatedText,
    };
    editor.handle(Event::Act(Action::ZoomFit), &mut env);
    editor
}

/// The size of every text that is painted, in CSS pixels, with its words.
fn texts(editor: &Editor) -> Vec<(String, f64)> {
    let (scene, zoom) = (editor.scene(), editor.view().zoom);
    let legible = Legible::new(scene, editor.document(), zoom);
    let mut all: Vec<Primitive> = Vec::new();
    for link in scene.links().values() {
        all.extend(legible.drawn(link).iter().cloned());
    }
    for node in scene.nodes().values() {
        match legible.label(node.id) {
            Some(label) => all.extend(label.primitives.iter().cloned()),
            // A bar stands for what has no label.
            None if legible.has_bars() => {}
            None => all.extend(node.primitives.iter().cloned()),
        }
    }
    let marks: Vec<&MarkShape> = scene.marks().iter().collect();
    all.extend(seen_marks(&marks, zoom));
    for (number, badge) in scene.badges().iter().enumerate() {
        all.extend(legible.badge(number, badge, zoom).1);
    }
    let text = |primitive: Primitive| match primitive {
        Primitive::Text { text, font, .. } => Some((text, font.size * zoom)),
        Primitive::Fill { .. } | Primitive::Line { .. } | Primitive::Image { .. } => None,
    };
    all.into_iter().filter_map(text).collect()
}

#[test]
fn nothing_on_a_fitted_template_is_too_small_to_read() {
    let mut small = Vec::new();
    for (window, width, height, least) in WINDOWS {
        for file in files() {
            let editor = fitted(file, Vector::new(width, height));
            for (text, size) in texts(&editor) {
                if size < least {
                    small.push(format!("{window}, {file}: {text:?} has {size:.1} px"));
                }
            }
        }
    }
    assert_eq!(small, Vec::<String>::new());
}

#[test]
fn every_name_on_a_fitted_template_is_shown() {
    let mut hidden = Vec::new();
    for (window, width, height, least) in WINDOWS {
        if least < 11.0 {
            // On a phone not all of them have room: a press shows those that give way.
            continue;
        }
        for file in files() {
            let editor = fitted(file, Vector::new(width, height));
            let (scene, zoom) = (editor.scene(), editor.view().zoom);
            let legible = Legible::new(scene, editor.document(), zoom);
            for node in scene.nodes().values() {
                let words = seen_node(node, zoom);
                let words = words.iter().find_map(|primitive| match primitive {
                    Primitive::Text { text, .. } => Some(text.clone()),
                    _ => None,
                });
                let named = legible.label(node.id).is_none_or(|label| {
                    let text = |primitive: &Primitive| matches!(primitive, Primitive::Text { .. });
                    label.primitives.iter().any(text)
                });
                // Queues give way to the steps beside them.
                let place = node.words.as_ref().map(|words| words.place);
                let is_foremost = matches!(place, None | Some(Place::Inside));
                if is_foremost && !(legible.shows(node) && named) {
                    hidden.push(format!("{window} {zoom:.2}, {file}: {words:?}"));
                }
            }
        }
    }
    assert_eq!(hidden, Vec::<String>::new());
}

#[test]
fn the_words_of_a_burst_stay_within_its_spikes() {
    let mut editor = fitted("feature-to-production.json", Vector::new(868.0, 744.0));
    let mut seen = 0;
    for zoom in [1.0, 0.9, 0.77, 0.6, 0.45, 0.3] {
        editor.set_view(View {
            zoom,
            ..*editor.view()
        });
        let legible = Legible::new(editor.scene(), editor.document(), zoom);
        for (id, note) in editor.document().notes() {
            if note.kind != NoteKind::Burst {
                continue;
            }
            let rect = editor.scene().nodes()[id].rect;
            let Some(label) = legible.label(*id) else {
                continue;
            };
            for primitive in &label.primitives {
                let Primitive::Text {
                    at,
                    width,
                    font,
                    align,
                    text,
                    ..
                } = primitive
                else {
                    continue;
                };
                seen += 1;
                let left = align.left_of(at.x, *width);
                for x in [left, left + width] {
                    for y in [at.y - font.size / 2.0, at.y + font.size / 2.0] {
                        let across = (x - rect.center().x) / (rect.width() / 2.0);
                        let down = (y - rect.center().y) / (rect.height() / 2.0);
                        let out = across * across + down * down;
                        assert!(out <= 1.0, "{zoom}: {text} reaches {out:.2}");
                    }
                }
            }
        }
    }
    assert!(seen > 4);
}

#[test]
fn names_keep_their_size_on_the_screen_and_exports_have_none_of_it() {
    let file = "feature-to-production.json";
    let mut editor = fitted(file, Vector::new(868.0, 744.0));
    let drawn = editor.scene().nodes().clone();
    for zoom in [0.5, 0.3, 0.15] {
        editor.set_view(View {
            zoom,
            ..*editor.view()
        });
        for (text, size) in texts(&editor) {
            assert!(size >= 10.9, "{zoom} {text} {size}");
        }
    }
    // The scene, which exports draw, is what it was.
    assert_eq!(*editor.scene().nodes(), drawn);
}
