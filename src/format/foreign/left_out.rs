//! What a document has that a model of another program has no place for.

use crate::format::graph_builder::LossWords;
use crate::format::reader::Warning;
use crate::model::{Document, ForeignFormat};

/// One warning for each kind of thing that is left out.
pub fn left_out(document: &Document, format: ForeignFormat) -> Vec<Warning> {
    let variables = || document.variables().values();
    let links = || document.links().values();
    let properties = document.properties();
    let all = [
        (
            usize::from(!properties.purpose.is_empty()),
            "purpose of the diagram is left out",
            "purposes of the diagram are left out",
        ),
        (
            document.loop_labels().len(),
            "name of a loop is left out",
            "names of loops are left out",
        ),
        (
            links().filter(|link| !link.remark.is_empty()).count(),
            "note on a link is left out",
            "notes on links are left out",
        ),
        (
            variables()
                .filter(|variable| variable.aim.is_some())
                .count(),
            "aim is left out",
            "aims are left out",
        ),
        (
            variables()
                .filter(|variable| variable.leverage.is_some())
                .count()
                + links().filter(|link| link.leverage.is_some()).count(),
            "leverage level is left out",
            "leverage levels are left out",
        ),
        (
            variables()
                .filter(|variable| variable.binding.is_some())
                .count()
                + links().filter(|link| link.delay_source.is_some()).count(),
            "tie to the value stream is left out",
            "ties to the value stream are left out",
        ),
        (
            document.stations().len() + document.flows().len(),
            "step or flow of the value stream is left out",
            "steps and flows of the value stream are left out",
        ),
        (
            document.frames().len(),
            "frame is left out",
            "frames are left out",
        ),
        (
            document.comments().len(),
            "comment is left out",
            "comments are left out",
        ),
        (
            document.images().len(),
            "image is left out",
            "images are left out",
        ),
        (
            document.improvements().len(),
            "improvement is left out",
            "improvements are left out",
        ),
        (
            document.reviews().len(),
            "answer to a finding is left out",
            "answers to findings are left out",
        ),
        (
            document.scenarios().len(),
            "scenario is left out",
            "scenarios are left out",
        ),
        (
            document.stories().len(),
            "story is left out",
            "stories are left out",
        ),
        (
            document.retrospectives().len(),
            "retrospective is left out",
            "retrospectives are left out",
        ),
        (
            document.experiments().len(),
            "experiment is left out",
            "experiments are left out",
        ),
        (
            usize::from(properties.run.seed != 0),
            "seed of random numbers is left out",
            "seeds of random numbers are left out",
        ),
    ];
    let counted = all.into_iter();
    let mut warnings: Vec<Warning> = counted
        .filter_map(|(count, one, many)| LossWords(one, many).warning(count))
        .collect();
    if let Some(source_text) = document.source_text()
        && source_text.format != format
    {
        warnings.push(model_left_out(source_text.format));
    }
    warnings
}

/// What to tell where the model that a document keeps is not written.
pub fn model_left_out(format: ForeignFormat) -> Warning {
    let from = match format {
        ForeignFormat::Xmile => "XMILE",
        ForeignFormat::Vensim => "Vensim",
    };
    Warning::note(format!(
        "the equations, units and settings of the {from} model are left out; they stay in the \
         Loopstream file"
    ))
}
