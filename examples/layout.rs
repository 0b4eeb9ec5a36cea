//! Arranges diagrams and measures arrangements, for `./dev bench layout` and for the eye.
//!
//! - `layout draw afresh|tidy|as-is FILE picture.svg` arranges one diagram and draws it.
//! - `layout arrange FILES` writes the graph of each as JSON, with sizes and our places and times.
//! - `layout score` reads graphs with places as JSON and writes how good each is.
//!
//! A file is a diagram of ours, an SD-JSON model (`variables` and `relationships`), or a list of
//! links: `variables links` on the first line, then `from to sign`.

use std::io::Read;
use std::process::ExitCode;
use std::time::Instant;

use loopstream::causal::{LoopAnalysis, Progress};
use loopstream::format::{Picture, open_text, svg};
use loopstream::layout::{Arrange, Arrangement, Quality, Scope, graph_of, independent_loops};
use loopstream::model::{
    Document, Edit, Element, Id, IdSource, Link, Point, Records, Rect, Variable, Vector,
};
use loopstream::scene::{EstimatedText, PictureLook, Scene, Theme};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["draw", how, input, output] => draw(how, input, output),
        ["arrange", files @ ..] => arrange(files),
        ["score"] => score(),
        _ => Err("usage: layout draw HOW FILE SVG | arrange FILES | score".to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn draw(how: &str, input: &str, output: &str) -> Result<(), String> {
    let mut document = read(input)?;
    let arrange = match how {
        "afresh" => Some(Arrange::Afresh),
        "tidy" => Some(Arrange::Tidy),
        _ => None,
    };
    if let Some(arrange) = arrange {
        let millis = arranged(&mut document, arrange);
        eprintln!("{input}: {millis:.1} ms");
    }
    let quality = Quality::of_document(&document, &sizes(&document));
    eprintln!("{input}: {quality:?}");
    let mut analysis = LoopAnalysis::new(&document, 100);
    for _ in 0..20 {
        if analysis.advance(100_000) == Progress::Finished {
            break;
        }
    }
    let report = analysis.report(&document);
    let mut scene = Scene::new(&document, &EstimatedText);
    scene.set_loops(&document, &report.loops, &EstimatedText);
    let picture = svg(&Picture {
        document: &document,
        scene: &scene,
        loops: &report.loops,
        look: PictureLook::plain(Theme::Light),
        sheet: None,
        frame: None,
        margin: Picture::MARGIN,
        carries_document: false,
    });
    std::fs::write(output, picture).map_err(|error| format!("{output}: {error}"))
}

/// Arranges a document; gives the time it took in milliseconds.
fn arranged(document: &mut Document, arrange: Arrange) -> f64 {
    let sizes = sizes(document);
    let start = Instant::now();
    let mut arrangement = Arrangement::new(document, &sizes, arrange, Scope::Everything);
    while arrangement.advance(10_000_000) == Progress::Unfinished {}
    let patch = arrangement.patch(document);
    let millis = start.elapsed().as_secs_f64() * 1.0e3;
    if let Err(error) = document.apply(&patch) {
        eprintln!("the patch does not fit: {error}");
    }
    millis
}

fn sizes(document: &Document) -> Records<Vector> {
    let scene = Scene::new(document, &EstimatedText);
    let nodes = scene.nodes().iter();
    nodes
        .map(|(id, node)| (*id, Vector::new(node.rect.width(), node.rect.height())))
        .collect()
}

fn arrange(files: &[&str]) -> Result<(), String> {
    let mut graphs = Vec::new();
    for file in files {
        let mut document = read(file)?;
        let (ids, links) = graph_of(&document);
        let sizes = sizes(&document);
        let nodes: Vec<Value> = ids
            .iter()
            .filter_map(|id| sizes.get(id))
            .map(|size| json!([size.x, size.y]))
            .collect();
        let before = places(&document, &ids);
        let millis = arranged(&mut document, Arrange::Afresh);
        let name = std::path::Path::new(file).file_stem().unwrap_or_default();
        graphs.push(json!({
            "name": name.to_string_lossy(),
            "kind": if document.stations().is_empty() { "loops" } else { "stream" },
            "nodes": nodes,
            "links": links,
            "before": before,
            "places": places(&document, &ids),
            "millis": millis,
        }));
    }
    println!("{}", Value::Array(graphs));
    Ok(())
}

fn places(document: &Document, ids: &[Id]) -> Vec<Value> {
    let at = |id: &Id| document.placement(*id).map(|placement| placement.position);
    ids.iter()
        .filter_map(at)
        .map(|at| json!([at.x, at.y]))
        .collect()
}

/// `[{ nodes: [[w, h]], links: [[from, to]], places: [[x, y]] }]` in, measures out.
fn score() -> Result<(), String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| error.to_string())?;
    let graphs: Vec<Value> = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let pairs = |value: &Value| -> Vec<(f64, f64)> {
        let pair = |pair: &Value| Some((pair.get(0)?.as_f64()?, pair.get(1)?.as_f64()?));
        let items = value.as_array().into_iter().flatten();
        items.filter_map(pair).collect()
    };
    let mut scores = Vec::new();
    for graph in &graphs {
        let places = pairs(&graph["places"]);
        let boxes: Vec<Rect> = places
            .iter()
            .zip(pairs(&graph["nodes"]))
            .map(|((x, y), (width, height))| Rect::centered(Point::new(*x, *y), width, height))
            .collect();
        let links = pairs(&graph["links"]).into_iter();
        let links: Vec<(u32, u32)> = links.map(|(from, to)| (from as u32, to as u32)).collect();
        let loops = independent_loops(boxes.len(), &links);
        let quality = Quality::of(&boxes, &links, &loops);
        scores.push(json!({
            "crossings": quality.crossings,
            "overlaps": quality.overlaps,
            "hidden": quality.hidden,
            "variation": quality.length_variation,
            "roundness": quality.roundness,
            "aspect": quality.aspect,
            "round": loops.iter().filter(|ring| ring.len() > 2).count(),
        }));
    }
    println!("{}", Value::Array(scores));
    Ok(())
}

fn read(file: &str) -> Result<Document, String> {
    let text = std::fs::read_to_string(file).map_err(|error| format!("{file}: {error}"))?;
    if file.ends_with(".txt") {
        return Ok(document_of(&names_of_list(&text), &links_of_list(&text)));
    }
    if let Ok(value) = serde_json::from_str::<Value>(&text)
        && value.get("relationships").is_some()
    {
        let (names, links) = model(&value);
        return Ok(document_of(&names, &links));
    }
    let opened = open_text(&text, &mut IdSource::new(0));
    opened
        .map(|opened| opened.document)
        .map_err(|error| format!("{file}: {error}"))
}

fn names_of_list(text: &str) -> Vec<String> {
    let first = text
        .split_whitespace()
        .next()
        .and_then(|count| count.parse().ok());
    (0..first.unwrap_or(0_usize))
        .map(|number| format!("Variable {number}"))
        .collect()
}

fn links_of_list(text: &str) -> Vec<(usize, usize)> {
    let pair = |line: &str| {
        let mut numbers = line
            .split_whitespace()
            .map_while(|number| number.parse().ok());
        Some((numbers.next()?, numbers.next()?))
    };
    text.lines().skip(1).filter_map(pair).collect()
}

fn model(value: &Value) -> (Vec<String>, Vec<(usize, usize)>) {
    let list = |key: &str| value[key].as_array().cloned().unwrap_or_default();
    let text = |item: &Value, key: &str| item[key].as_str().unwrap_or_default().to_owned();
    let names: Vec<String> = list("variables")
        .iter()
        .map(|item| text(item, "name"))
        .collect();
    let place = |name: String| names.iter().position(|other| *other == name);
    let ends = |item: &Value| Some((place(text(item, "from"))?, place(text(item, "to"))?));
    let links = list("relationships").iter().filter_map(ends).collect();
    (names, links)
}

fn document_of(names: &[String], links: &[(usize, usize)]) -> Document {
    let mut document = Document::default();
    let mut edit = Edit::new(&document);
    let id = |number: usize| Id::from_bits(number as u64 + 1);
    for (number, name) in names.iter().enumerate() {
        let variable = Variable {
            name: name.clone(),
            ..Variable::default()
        };
        edit.set(id(number), Some(Element::Variable(variable)));
    }
    for (number, (from, to)) in links.iter().enumerate() {
        let link = Link::new(id(*from), id(*to), 0.0);
        edit.set(id(names.len() + number), Some(Element::Link(link)));
    }
    let patch = edit.finish();
    if let Err(error) = document.apply(&patch) {
        eprintln!("not a diagram: {error}");
    }
    document
}
