//! What a move of one variable costs: the patch with its scene, the scene afresh, a pointer move.

#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{BenchmarkGroup, BenchmarkId, Criterion, criterion_group, criterion_main};
use loopstream::causal::LoopAnalysis;
use loopstream::editor::{Button, Editor, Environment, Event, KEPT_LOOPS, Pointer};
use loopstream::model::{
    Document, Edit, Element, Id, IdSource, Link, Patch, Placement, Point, Variable, Vector,
};
use loopstream::scene::{EstimatedText, Scene, View};

type Group<'a> = BenchmarkGroup<'a, WallTime>;

/// The middle of the screen, in CSS pixels.
const MIDDLE: Point = Point::new(700.0, 450.0);

/// Variables on a grid, with these links between them, given by their places.
fn document(variables: usize, links: &[(usize, usize)]) -> Document {
    let mut source = IdSource::new(1);
    let columns = (variables as f64).sqrt().ceil() as usize;
    let ids: Vec<Id> = (0..variables).map(|_| source.fresh()).collect();
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for (index, id) in ids.iter().enumerate() {
        let (row, column) = (index / columns, index % columns);
        let placement = Placement {
            position: Point::new(column as f64 * 220.0, row as f64 * 130.0),
            ..Placement::default()
        };
        let variable = Variable {
            name: format!("variable number {index}"),
            placement,
            ..Variable::default()
        };
        edit.set(*id, Some(Element::Variable(variable)));
    }
    for (from, to) in links {
        let link = Link::new(ids[*from], ids[*to], 0.2);
        edit.set(source.fresh(), Some(Element::Link(link)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

/// Twice as many links as variables, at random.
fn random_links(variables: usize) -> Vec<(usize, usize)> {
    let mut source = IdSource::new(2);
    let mut pick = || (source.fresh().bits() % variables as u64) as usize;
    (0..2 * variables).map(|_| (pick(), pick())).collect()
}

/// From each variable to the next and back: as many loops as pairs, the first with badges.
fn paired_links(variables: usize) -> Vec<(usize, usize)> {
    let there = (1..variables).map(|index| (index - 1, index));
    there.flat_map(|(a, b)| [(a, b), (b, a)]).collect()
}

/// The patch that moves a variable.
fn step(document: &Document, id: Id, way: Vector) -> Patch {
    let mut edit = Edit::new(document);
    edit.change(id, |element| {
        if let Some(placement) = element.placement_mut() {
            placement.position = placement.position + way;
        }
    });
    edit.finish()
}

/// An editor at 100 % with this variable in the middle, and all loops found that soon can be.
fn editor(document: &Document, id: Id) -> Editor {
    let at = document.placement(id).unwrap().position;
    let view = View {
        pan: MIDDLE - at,
        size: Vector::new(2.0 * MIDDLE.x, 2.0 * MIDDLE.y),
        ..View::default()
    };
    let mut editor = Editor::open(document.clone(), view, &EstimatedText);
    let mut analysis = LoopAnalysis::new(document, KEPT_LOOPS);
    analysis.advance(1_000_000);
    let (counts, completeness) = analysis.counts();
    let loops = analysis.report(document).loops.into_iter();
    let loops: Vec<Vec<Id>> = loops.map(|named| named.links).collect();
    editor.take_loops(counts, completeness, &loops, &EstimatedText);
    editor
}

/// To and fro about the middle, step by step.
fn moves() -> impl Iterator<Item = Event> {
    let steps = (-14..14).cycle().map(|step| f64::from(step) * 7.0);
    steps.map(|step| Event::Move(pointer(MIDDLE + Vector::new(step, 0.0))))
}

fn pointer(at: Point) -> Pointer {
    Pointer {
        at,
        ..Pointer::default()
    }
}

/// Times pointer moves in an editor.
fn time_moves(group: &mut Group<'_>, name: BenchmarkId, mut editor: Editor) {
    let mut ids = IdSource::new(3);
    let mut env = Environment {
        ids: &mut ids,
        measure: &EstimatedText,
    };
    let mut moves = moves();
    group.bench_function(name, |bencher| {
        bencher.iter(|| moves.next().map(|event| editor.handle(event, &mut env)));
    });
}

/// The editor with its middle pressed: moves drag what is there.
fn pressed(mut editor: Editor) -> Editor {
    let mut ids = IdSource::new(4);
    let mut env = Environment {
        ids: &mut ids,
        measure: &EstimatedText,
    };
    editor.handle(Event::Down(pointer(MIDDLE), Button::Primary), &mut env);
    for event in moves().take(2) {
        editor.handle(event, &mut env);
    }
    assert!(!editor.drag_layer().is_empty(), "a drag has begun");
    editor
}

fn editing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("editing");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    for variables in [1_000, 5_000] {
        let named = |name| BenchmarkId::new(name, variables);
        let document_of = |links: &[(usize, usize)]| document(variables, links);
        let document = document_of(&random_links(variables));
        let columns = (variables as f64).sqrt().ceil() as usize;
        let middle = format!("variable number {}", columns * (columns / 2) + columns / 2);
        let id = find(&document, &middle);

        let patch = step(&document, id, Vector::new(5.0, 3.0));
        let back = patch.inverted();
        let mut scene = Scene::new(&document, &EstimatedText);
        let mut moving = document.clone();
        group.bench_function(named("move and back, with the scene"), |bencher| {
            bencher.iter(|| {
                for patch in [&patch, &back] {
                    moving.apply(patch).unwrap();
                    black_box(scene.update(&moving, patch.touched(), &EstimatedText));
                }
            });
        });
        group.bench_function(named("the scene afresh"), |bencher| {
            bencher.iter(|| Scene::new(black_box(&document), &EstimatedText));
        });
        let still = editor(&document, id);
        time_moves(&mut group, named("a pointer move"), still.clone());
        time_moves(
            &mut group,
            named("a pointer move of a drag"),
            pressed(still),
        );

        let document = document_of(&paired_links(variables));
        // One of the first by name: its loops have badges.
        let looped = editor(&document, find(&document, "variable number 1"));
        assert!(!looped.scene().badges().is_empty());
        let name = named("a pointer move of a drag in a loop with a badge");
        time_moves(&mut group, name, pressed(looped));
    }
    group.finish();
}

fn find(document: &Document, name: &str) -> Id {
    let mut all = document.variables().iter();
    *all.find(|(_, variable)| variable.name == name).unwrap().0
}

criterion_group!(benches, editing);
criterion_main!(benches);
