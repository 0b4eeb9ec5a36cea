//! What is seen of the ready diagrams once they are arranged: signs, badges and notes apart.

use loopstream::causal::{LoopAnalysis, Progress};
use loopstream::layout::Arrange;
use loopstream::model::{Document, Rect};
use loopstream::scene::{BADGE_RADIUS, EstimatedText, Scene};

use super::common::{LOOPS, arranged, template};

/// The scene with the badges of all loops.
fn scene_of(document: &Document) -> Scene {
    let mut analysis = LoopAnalysis::new(document, 100);
    while analysis.advance(1_000_000) == Progress::Unfinished {}
    let report = analysis.report(document);
    let mut scene = Scene::new(document, &EstimatedText);
    scene.set_loops(document, &report.loops, &EstimatedText);
    scene
}

/// The least distance between the signs of two links, anywhere.
fn nearest_signs(scene: &Scene) -> f64 {
    let signs: Vec<_> = scene.links().values().map(|link| link.sign).collect();
    let mut least = f64::INFINITY;
    for (index, one) in signs.iter().enumerate() {
        for other in &signs[index + 1..] {
            least = least.min(one.distance(*other));
        }
    }
    least
}

/// How many badges lie on another badge or on a name, and how many on a link.
fn covered(scene: &Scene) -> (usize, usize) {
    let (mut boxes, mut lines) = (0, 0);
    for (index, badge) in scene.badges().iter().enumerate() {
        let later = scene.badges()[index + 1..].iter();
        boxes += later
            .filter(|other| other.rect.intersects(&badge.rect))
            .count();
        let on = |rect: &Rect| rect.intersects(&badge.rect);
        boxes += scene.nodes().values().filter(|node| on(&node.rect)).count();
        let near = |distance: f64| distance < BADGE_RADIUS + 4.0;
        let links = scene.links().values();
        lines += links
            .filter(|link| near(link.curve.distance(badge.center)))
            .count();
    }
    (boxes, lines)
}

#[test]
fn signs_stand_apart_and_badges_cover_nothing() {
    for name in LOOPS {
        let scene = scene_of(&arranged(&template(name), Arrange::Afresh));
        let nearest = nearest_signs(&scene);
        let covered = covered(&scene);
        println!("{name}: {nearest:.1} {covered:?}");
        assert!(nearest >= 14.0, "{name}: {nearest}");
        assert_eq!(covered, (0, 0), "{name}");
    }
}
