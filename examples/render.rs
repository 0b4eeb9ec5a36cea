//! Draws a diagram: `cargo run --example render -- diagram.json picture.svg [dark]`.

use std::process::ExitCode;

use loopstream::causal::{LoopAnalysis, Progress};
use loopstream::format::{Picture, open_text, svg};
use loopstream::model::IdSource;
use loopstream::scene::{EstimatedText, PictureLook, Scene, Theme};

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (input, output, theme) = match arguments.as_slice() {
        [input, output] => (input, output, Theme::Light),
        [input, output, theme] if theme == "dark" => (input, output, Theme::Dark),
        _ => {
            eprintln!("usage: render diagram.json picture.svg [dark]");
            return ExitCode::FAILURE;
        }
    };
    match render(input, theme)
        .and_then(|text| std::fs::write(output, text).map_err(|error| format!("{output}: {error}")))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

fn render(input: &str, theme: Theme) -> Result<String, String> {
    let text = std::fs::read_to_string(input).map_err(|error| format!("{input}: {error}"))?;
    let opened = open_text(&text, &mut IdSource::new(0)).map_err(|error| error.to_string())?;
    for warning in &opened.warnings {
        eprintln!("{input}: {warning}");
    }
    let document = &opened.document;
    let mut analysis = LoopAnalysis::new(document, 100);
    while analysis.advance(1_000_000) == Progress::Unfinished {}
    let report = analysis.report(document);
    let mut scene = Scene::new(document, &EstimatedText);
    scene.set_loops(document, &report.loops, &EstimatedText);
    Ok(svg(&Picture {
        document,
        scene: &scene,
        loops: &report.loops,
        look: PictureLook::plain(theme),
        sheet: None,
        frame: None,
        margin: Picture::MARGIN,
        carries_document: false,
    }))
}
