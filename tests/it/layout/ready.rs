//! How known diagrams come out: rings round, eights uncrossed, templates fit to be shown.

use loopstream::layout::{Arrange, Scope};
use loopstream::model::{Document, Edit, Element, Id, LoopKey, LoopLabel, Note, Vector};

use super::common::{
    LOOPS, arranged, arranged_by, at, causal, id, link_id, quality, rect, sizes, template,
};

fn ring(count: usize) -> Vec<(usize, usize)> {
    (0..count).map(|from| (from, (from + 1) % count)).collect()
}

#[test]
fn a_ring_comes_out_as_a_circle() {
    for count in 3..12_usize {
        let after = arranged(&causal(count, &ring(count)), Arrange::Afresh);
        let quality = quality(&after);
        let angle = std::f64::consts::PI / count as f64;
        let regular = angle / angle.tan();
        assert!(quality.roundness > 0.98 * regular, "{count}: {quality:?}");
        assert!(quality.length_variation < 0.1, "{count}: {quality:?}");
        // Every arc bends outward along the circle.
        let bends: Vec<f64> = after.links().values().map(|link| link.bend).collect();
        let wanted = (angle / 2.0).tan() / 2.0;
        for bend in &bends {
            assert!((bend.abs() - wanted).abs() < 0.05, "{count}: {bends:?}");
            assert!(bend * bends[0] > 0.0, "{count}: {bends:?}");
        }
    }
}

#[test]
fn an_eight_does_not_cross() {
    // Two rings of four that share a variable.
    let links = [
        (0, 1),
        (1, 2),
        (2, 3),
        (3, 0),
        (0, 4),
        (4, 5),
        (5, 6),
        (6, 0),
    ];
    let after = arranged(&causal(7, &links), Arrange::Afresh);
    let quality = quality(&after);
    assert_eq!(
        (quality.crossings, quality.overlaps, quality.hidden),
        (0, 0, 0)
    );
    assert!(quality.roundness > 0.74, "{quality:?}");
}

#[test]
fn planar_diagrams_come_out_without_crossings() {
    // A wheel, a prism and a ladder.
    let wheel: Vec<(usize, usize)> = ring(6)
        .into_iter()
        .chain((0..6).map(|to| (6, to)))
        .collect();
    let prism = [
        (0, 1),
        (1, 2),
        (2, 0),
        (3, 4),
        (4, 5),
        (5, 3),
        (0, 3),
        (1, 4),
        (2, 5),
    ];
    let ladder = [
        (0, 1),
        (1, 2),
        (2, 3),
        (4, 5),
        (5, 6),
        (6, 7),
        (0, 4),
        (5, 1),
        (2, 6),
        (7, 3),
    ];
    for (count, links) in [(7, wheel), (6, prism.to_vec()), (8, ladder.to_vec())] {
        let quality = quality(&arranged(&causal(count, &links), Arrange::Afresh));
        assert_eq!((quality.crossings, quality.overlaps), (0, 0), "{links:?}");
    }
}

#[test]
fn the_templates_come_out_fit_to_be_shown() {
    for name in LOOPS {
        let before = template(name);
        let after = arranged(&before, Arrange::Afresh);
        let quality = quality(&after);
        assert_eq!(
            (quality.crossings, quality.overlaps, quality.hidden),
            (0, 0, 0),
            "{name}"
        );
        assert!(quality.roundness > 0.6, "{name}: {quality:?}");
        assert!(quality.length_variation < 0.25, "{name}: {quality:?}");
    }
}

#[test]
fn tidying_what_is_tidy_moves_little() {
    for name in LOOPS {
        let before = arranged(&template(name), Arrange::Afresh);
        let after = arranged(&before, Arrange::Tidy);
        let ways: Vec<f64> = before
            .variables()
            .keys()
            .map(|id| at(&before, *id).distance(at(&after, *id)))
            .collect();
        let mean = ways.iter().sum::<f64>() / ways.len() as f64;
        assert!(mean < 25.0, "{name}: {ways:?}");
        assert_eq!(quality(&after).crossings, 0, "{name}");
        for (id, link) in before.links() {
            let bend = after.links()[id].bend;
            assert!(
                (link.bend - bend).abs() < 0.2,
                "{name}: {} to {bend}",
                link.bend
            );
        }
    }
}

#[test]
fn tidying_takes_a_variable_off_another_and_leaves_the_rest() {
    let mut document = arranged(&causal(6, &ring(6)), Arrange::Afresh);
    let (one, other) = (at(&document, id(0)), at(&document, id(1)));
    let mut edit = Edit::new(&document);
    edit.change(id(0), |element| {
        element.placement_mut().unwrap().position = other + Vector::new(20.0, 5.0);
    });
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let after = arranged(&document, Arrange::Tidy);
    assert_eq!(quality(&after).overlaps, 0);
    assert!(at(&after, id(0)).distance(one) < other.distance(one));
    for far in [3, 4] {
        assert!(at(&after, id(far)).distance(at(&document, id(far))) < 60.0);
    }
}

#[test]
fn parts_that_nothing_joins_stand_beside_each_other() {
    let mut links = ring(4);
    links.extend([(4, 5), (5, 6), (6, 4), (7, 8)]);
    let document = causal(11, &links);
    let after = arranged(&document, Arrange::Afresh);
    let sizes = sizes(&document);
    let bounds = |members: std::ops::Range<usize>| {
        let rects = members.map(|number| rect(&after, &sizes, id(number)));
        rects.reduce(|one, other| one.union(&other)).unwrap()
    };
    let parts = [
        bounds(0..4),
        bounds(4..7),
        bounds(7..9),
        bounds(9..10),
        bounds(10..11),
    ];
    for (index, one) in parts.iter().enumerate() {
        assert!(!parts[index + 1..].iter().any(|other| one.intersects(other)));
    }
}

/// A ring whose loop has a label with a dragged badge, and a note beside a variable.
fn remarked() -> (Document, Id, Id) {
    let mut document = causal(4, &ring(4));
    let (label, note) = (Id::from_bits(3_000), Id::from_bits(3_001));
    let mut edit = Edit::new(&document);
    edit.set(
        label,
        Some(Element::LoopLabel(LoopLabel {
            name: "Ring".to_owned(),
            badge_offset: Vector::new(30.0, 5.0),
            ..LoopLabel::new(LoopKey::new((0..4).map(link_id)))
        })),
    );
    edit.set(
        note,
        Some(Element::Note(Note {
            width: 80.0,
            ..Note::new("why".to_owned(), Default::default())
        })),
    );
    edit.change(note, |element| {
        let placement = element.placement_mut().unwrap();
        placement.position = at(&document, id(3)) + Vector::new(190.0, 0.0);
    });
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    (document, label, note)
}

#[test]
fn notes_go_along_and_dragged_badges_go_home() {
    let (document, label, note) = remarked();
    let after = arranged(&document, Arrange::Afresh);
    assert_eq!(after.loop_labels()[&label].badge_offset, Vector::ZERO);
    assert_eq!(after.loop_labels()[&label].name, "Ring");
    let offset = at(&after, note) - at(&after, id(3));
    assert!(
        (offset - Vector::new(190.0, 0.0)).length() < 150.0,
        "{offset:?}"
    );
    let tidied = arranged(&document, Arrange::Tidy);
    assert_eq!(
        tidied.loop_labels()[&label].badge_offset,
        Vector::new(30.0, 5.0)
    );
}

#[test]
fn a_selection_is_arranged_and_the_rest_stays() {
    let document = arranged(&causal(8, &ring(8)), Arrange::Afresh);
    let chosen = [id(1), id(2)].into();
    let sizes = sizes(&document);
    let after = arranged_by(
        &document,
        &sizes,
        Arrange::Afresh,
        Scope::Only(chosen),
        u64::MAX,
    );
    for number in [0, 3, 4, 5, 6, 7] {
        assert_eq!(at(&after, id(number)), at(&document, id(number)));
    }
    assert!(quality(&after).roundness > 0.8);
    // Nothing to arrange is no change.
    let nothing = Scope::Only([].into());
    assert_eq!(
        arranged_by(&document, &sizes, Arrange::Afresh, nothing, 1_000),
        document
    );
}

#[test]
fn a_self_link_points_away_from_its_ring() {
    let mut links = ring(5);
    links.push((0, 0));
    let after = arranged(&causal(5, &links), Arrange::Afresh);
    let turns = after.links()[&link_id(5)].bend;
    let middle = (0..5).fold(Vector::ZERO, |sum, number| {
        sum + (at(&after, id(number)) - loopstream::model::Point::default()) / 5.0
    });
    let out = at(&after, id(0)) - (loopstream::model::Point::default() + middle);
    let way = Vector::from_angle((turns - 0.25) * std::f64::consts::TAU);
    assert!(out.unit().dot(way) > 0.3, "{turns}");
}

#[test]
fn what_is_locked_is_arranged_around() {
    let mut document = causal(6, &ring(6));
    let mut edit = Edit::new(&document);
    edit.change(id(2), |element| {
        let placement = element.placement_mut().unwrap();
        placement.locked = true;
        placement.position = loopstream::model::Point::new(5_000.0, -3_000.0);
    });
    let patch = edit.finish();
    document.apply(&patch).unwrap();
    let after = arranged(&document, Arrange::Afresh);
    assert_eq!(at(&after, id(2)), at(&document, id(2)));
    assert!(quality(&after).roundness > 0.85, "{:?}", quality(&after));
}
