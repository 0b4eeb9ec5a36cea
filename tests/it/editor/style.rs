//! Colours, sizes, emphasis, labels and strengths; lining up and equal gaps.

use std::collections::BTreeSet;

use loopstream::editor::{Action, Command, Event, Line, Way, align, distribute};
use loopstream::model::{Colour, Document, Id, Look, Point, Rect, Size, Strength};
use loopstream::scene::{Dash, EstimatedText, Ink, LinkColours, Primitive, Scene};
use proptest::prelude::*;

use super::{pair, ring};
use crate::common::document::document;
use crate::common::driver::Driver;

fn last(driver: &Driver) -> &str {
    driver.said.last().map_or("", String::as_str)
}

#[test]
fn several_get_a_colour_and_a_size_in_one_step_each() {
    let mut driver = ring();
    let all: BTreeSet<Id> = driver.editor.document().ids().collect();
    driver.send(Event::Select(all));
    let commits = driver.commits;
    driver.act(Action::ColourBlue);
    assert_eq!(last(&driver), "3 variables and 3 links: blue");
    driver.act(Action::SizeLarge);
    assert_eq!(last(&driver), "3 variables: large");
    driver.act(Action::ToggleEmphasis);
    assert_eq!(last(&driver), "3 variables and 3 links: emphasized");
    driver.act(Action::StrengthStrong);
    assert_eq!(last(&driver), "3 links: strong");
    assert_eq!(driver.commits, commits + 4);
    let document = driver.editor.document();
    for variable in document.variables().values() {
        assert_eq!(variable.colour, Some(Colour::Blue));
        assert_eq!((variable.size, variable.emphasis), (Size::Large, true));
    }
    for link in document.links().values() {
        assert_eq!(
            (link.colour, link.strength),
            (Some(Colour::Blue), Strength::Strong)
        );
    }
    let common = driver.editor.common_look();
    assert_eq!(common.colour, Some(Some(Some(Colour::Blue))));
    for _ in 0..4 {
        driver.key("ctrl+z");
    }
    assert_eq!(driver.editor.common_look().colour, Some(Some(None)));
    driver.act(Action::ToggleEmphasis);
    driver.act(Action::ToggleEmphasis);
    assert_eq!(
        last(&driver),
        "3 variables and 3 links: no longer emphasized"
    );
}

#[test]
fn a_copy_looks_as_its_original() {
    let mut driver = pair();
    let risk = driver.id("risk");
    driver.send(Event::Select([risk].into()));
    driver.act(Action::ColourRed);
    assert_eq!(last(&driver), "risk: red");
    driver.act(Action::Duplicate);
    let copy = *driver.editor.selection().first().unwrap();
    assert_ne!(copy, risk);
    assert_eq!(
        driver.editor.document().variables()[&copy].colour,
        Some(Colour::Red)
    );
}

#[test]
fn what_a_link_says_is_told_and_drawn() {
    let mut driver = ring();
    let link = *driver.links().first().unwrap();
    driver.run(Command::SetLabel(link, " more\nwork ".to_owned()));
    assert!(
        last(&driver).ends_with("no sign yet, “more work”"),
        "{}",
        last(&driver)
    );
    let strong = Look {
        strength: Some(Strength::Strong),
        ..Look::default()
    };
    driver.run(Command::SetLook(link, strong));
    assert!(
        last(&driver).ends_with("strong, “more work”"),
        "{}",
        last(&driver)
    );
    let shape = &driver.editor.scene().links()[&link];
    let words = shape.primitives[shape.signed..]
        .iter()
        .filter_map(|part| match part {
            Primitive::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
    assert_eq!(words.collect::<Vec<_>>(), ["more work"]);
    let label = shape.label.unwrap();
    assert!(!label.intersects(&shape.sign_box()), "clear of the sign");
    assert!(shape.bounds.grown(1.0e-9).contains_rect(&label));
    driver.run(Command::SetLabel(link, String::new()));
    assert!(
        last(&driver).ends_with(": label removed"),
        "{}",
        last(&driver)
    );
}

#[test]
fn a_viewer_colours_links_by_sign_and_the_document_stays() {
    let mut driver = ring();
    let links: Vec<Id> = driver.editor.document().links().keys().copied().collect();
    driver.send(Event::Select([links[0]].into()));
    driver.key("+");
    driver.send(Event::Select([links[1]].into()));
    driver.key("-");
    driver.key("escape");
    let document = driver.editor.document().clone();
    let mut editor = driver.editor.clone().for_viewing();
    let mut env = loopstream::editor::Environment {
        ids: &mut driver.ids,
        measure: &EstimatedText,
    };
    editor.handle(Event::Act(Action::ToggleLinkColours), &mut env);
    assert_eq!(editor.link_colours(), LinkColours::BySign);
    assert_eq!(editor.document(), &document);
    let lines = |id: &Id| match &editor.scene().links()[id].primitives[0] {
        Primitive::Line { stroke, .. } => (stroke.ink, stroke.dash),
        other => panic!("{other:?}"),
    };
    assert_eq!(lines(&links[0]), (Ink::Positive, Dash::Solid));
    assert_eq!(lines(&links[1]), (Ink::Negative, Dash::Dashed));
    assert_eq!(lines(&links[2]), (Ink::Line, Dash::Solid));
    editor.remeasure(&EstimatedText);
    assert_eq!(
        editor.link_colours(),
        LinkColours::BySign,
        "another font keeps it"
    );
}

#[test]
fn lining_up_is_one_step_and_locked_things_stay() {
    let mut driver = ring();
    let variables: BTreeSet<Id> = driver
        .editor
        .document()
        .variables()
        .keys()
        .copied()
        .collect();
    driver.send(Event::Select([driver.id("risk")].into()));
    assert!(
        !driver.editor.holds(Action::AlignTop.row().when),
        "of one alone"
    );
    driver.key("ctrl+shift+l");
    driver.send(Event::Select(variables));
    let before = driver.editor.document().clone();
    let commits = driver.commits;
    driver.act(Action::AlignTop);
    assert_eq!(
        driver.commits, commits,
        "all that is not locked is up there already"
    );
    driver.act(Action::AlignLeft);
    assert_eq!(driver.commits, commits + 1);
    let risk = driver.id("risk");
    let place = |document: &Document| document.placement(risk).unwrap().position;
    assert_eq!(place(driver.editor.document()), place(&before));
    driver.key("ctrl+z");
    assert_eq!(*driver.editor.document(), before);
}

fn rects(scene: &Scene, ids: &BTreeSet<Id>) -> Vec<(Id, Rect)> {
    let nodes = ids
        .iter()
        .filter_map(|id| Some((*id, scene.nodes().get(id)?.lined_up())));
    nodes.collect()
}

/// A document whose things stand where the page is, each by itself.
fn apart() -> impl Strategy<Value = Document> {
    document().prop_map(|mut document| {
        let ids: Vec<Id> = document.ids().collect();
        let mut edit = loopstream::model::Edit::new(&document);
        for id in ids {
            edit.change(id, |element| {
                if let Some(placement) = element.placement_mut() {
                    placement.group = None;
                    let at = placement.position;
                    placement.position = Point::new(at.x.clamp(-3e3, 3e3), at.y.clamp(-3e3, 3e3));
                }
            });
        }
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        document
    })
}

proptest! {
    #[test]
    fn aligned_things_share_a_line(mut document in apart()) {
        let scene = Scene::new(&document, &EstimatedText);
        let ids: BTreeSet<Id> = document.ids().collect();
        let before = rects(&scene, &ids);
        let patch = align(&document, &scene, &ids, Line::Right);
        let locked = |document: &Document, id| document.placement(id).unwrap().locked;
        document.apply(&patch).unwrap();
        let after = rects(&Scene::new(&document, &EstimatedText), &ids);
        let right = before.iter().map(|(_, rect)| rect.right).fold(f64::MIN, f64::max);
        for ((id, was), (_, is)) in before.iter().zip(&after) {
            match locked(&document, *id) {
                true => prop_assert_eq!(was, is),
                false => prop_assert!((is.right - right).abs() < 1e-3),
            }
            prop_assert!((is.top - was.top).abs() < 1e-3, "along one way alone");
        }
        let scene = Scene::new(&document, &EstimatedText);
        let again = align(&document, &scene, &ids, Line::Right);
        prop_assert!(again.is_empty() || after.len() < 2, "it is aligned already");
    }

    #[test]
    fn distributed_things_keep_their_order_and_have_equal_gaps(mut document in apart()) {
        let scene = Scene::new(&document, &EstimatedText);
        let ids: BTreeSet<Id> = document.ids().collect();
        let mut before = rects(&scene, &ids);
        let patch = distribute(&document, &scene, &ids, Way::Across);
        let locked: BTreeSet<Id> = before
            .iter()
            .map(|(id, _)| *id)
            .filter(|id| document.placement(*id).unwrap().locked)
            .collect();
        document.apply(&patch).unwrap();
        let after = Scene::new(&document, &EstimatedText);
        before.sort_by(|one, other| {
            let middle = |rect: &Rect| rect.center().x;
            middle(&one.1).total_cmp(&middle(&other.1)).then(one.0.cmp(&other.0))
        });
        let now: Vec<Rect> = before.iter().map(|(id, _)| after.nodes()[id].lined_up()).collect();
        for ((id, was), is) in before.iter().zip(&now) {
            prop_assert!((is.top - was.top).abs() < 1e-3);
            if locked.contains(id) {
                prop_assert_eq!(was, is);
            }
        }
        for pair in now.windows(2) {
            prop_assert!(pair[0].center().x <= pair[1].center().x + 1e-3, "the order stays");
        }
        let held = |at: usize| at == 0 || at + 1 == now.len() || locked.contains(&before[at].0);
        for at in 1..now.len().saturating_sub(1) {
            if held(at) {
                continue;
            }
            let (one, two, three) = (&now[at - 1], &now[at], &now[at + 1]);
            let gaps = [two.left - one.right, three.left - two.right];
            let steps = [two.center().x - one.center().x, three.center().x - two.center().x];
            let are_equal = |pair: [f64; 2]| (pair[0] - pair[1]).abs() < 1e-3;
            prop_assert!(are_equal(gaps) || are_equal(steps), "{gaps:?} {steps:?}");
        }
    }
}
