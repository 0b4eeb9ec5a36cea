//! What a move of one variable costs: the patch with its scene, the scene afresh, a pointer move.

#![allow(clippy::unwrap_used, missing_docs)]

use std::hint::black_box;
use std::time::Duration;

use criterion::{BenchmarkId, Criterion, criterion_group, criterion_main};
use loopstream::editor::{Button, Editor, Environment, Event, Pointer};
use loopstream::model::{
    Document, Edit, Element, Id, IdSource, Link, Patch, Placement, Point, Variable, Vector,
};
use loopstream::scene::{EstimatedText, Scene, View};

/// Variables on a grid, named and linked at random: twice as many links as variables.
fn document(variables: usize) -> Document {
    let mut source = IdSource::new(1);
    let columns = (variables as f64).sqrt().ceil() as usize;
    let ids: Vec<Id> = (0..variables).map(|_| source.fresh()).collect();
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for (place, id) in ids.iter().enumerate() {
        let (row, column) = (place / columns, place % columns);
        let position = Point::new(column as f64 * 220.0, row as f64 * 130.0);
        let placement = Placement {
            position,
            ..Placement::default()
        };
        let variable = Variable {
            name: format!("variable number {place}"),
            placement,
            ..Variable::default()
        };
        edit.set(*id, Some(Element::Variable(variable)));
    }
    let mut pick = || ids[(source.fresh().bits() % variables as u64) as usize];
    let links: Vec<Link> = (0..2 * variables)
        .map(|_| Link::new(pick(), pick(), 0.2))
        .collect();
    for link in links {
        edit.set(source.fresh(), Some(Element::Link(link)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
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

fn editing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("editing");
    group
        .sample_size(20)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2));
    for variables in [1_000, 5_000] {
        let document = document(variables);
        // One in the middle of the grid.
        let id = document
            .variables()
            .iter()
            .min_by_key(|(_, variable)| {
                let middle = (variables as f64).sqrt() * Vector::new(110.0, 65.0).x;
                (variable.placement.position.x - middle).abs() as u64
                    + (variable.placement.position.y - middle * 65.0 / 110.0).abs() as u64
            })
            .map(|(id, _)| *id)
            .unwrap();

        let patch = step(&document, id, Vector::new(5.0, 3.0));
        let back = patch.inverted();
        let mut scene = Scene::new(&document, &EstimatedText);
        let mut moving = document.clone();
        group.bench_function(
            BenchmarkId::new("move and back, with the scene", variables),
            |b| {
                b.iter(|| {
                    for patch in [&patch, &back] {
                        moving.apply(patch).unwrap();
                        black_box(scene.update(&moving, patch.touched(), &EstimatedText));
                    }
                });
            },
        );

        group.bench_function(BenchmarkId::new("the scene afresh", variables), |b| {
            b.iter(|| Scene::new(black_box(&document), &EstimatedText));
        });

        let mut ids = IdSource::new(2);
        let mut env = Environment {
            ids: &mut ids,
            measure: &EstimatedText,
        };
        let at = document.placement(id).unwrap().position;
        let size = Vector::new(1_400.0, 900.0);
        let view = View {
            pan: Point::new(700.0, 450.0) - at,
            size,
            ..View::default()
        };
        let mut editor = Editor::open(document.clone(), view, &EstimatedText);
        while editor.search_on(100_000, &EstimatedText) == loopstream::causal::Progress::Unfinished
            && editor.report().loops.is_empty()
        {
            editor.refresh_report(&EstimatedText);
        }
        let pointer = |x: f64| Pointer {
            at: Point::new(x, 450.0),
            ..Pointer::default()
        };
        editor.handle(Event::Down(pointer(700.0), Button::Primary), &mut env);
        let mut x = 700.0;
        group.bench_function(
            BenchmarkId::new("a pointer move of a drag", variables),
            |b| {
                b.iter(|| {
                    x = if x > 900.0 { 600.0 } else { x + 7.0 };
                    editor.handle(Event::Move(pointer(x)), &mut env)
                });
            },
        );
        assert!(!editor.lifted().is_empty(), "the drag was one");

        let mut idle = Editor::open(document.clone(), view, &EstimatedText);
        group.bench_function(
            BenchmarkId::new("a pointer move over the canvas", variables),
            |b| {
                b.iter(|| {
                    x = if x > 900.0 { 600.0 } else { x + 7.0 };
                    idle.handle(Event::Move(pointer(x)), &mut env)
                });
            },
        );
    }
    group.finish();
}

criterion_group!(benches, editing);
criterion_main!(benches);
