//! Any view of runs that the worker may answer with.

use loopstream::model::{RunMethod, VariableKind};
use loopstream::worker::{
    DrivingLoop, DrivingPart, DrivingPeriod, Frames, LoopsView, Picture, ReadLine, RunBecause,
    RunFacts, RunPicture, RunProblem, RunSet, RunState, RunUnknown, RunVariable, RunView, Slider,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::any_request::{id, real};

fn set() -> impl Strategy<Value = RunSet> {
    prop_oneof![
        Just(RunSet::Document),
        id().prop_map(RunSet::Scenario),
        Just(RunSet::Tried)
    ]
}

fn problem() -> impl Strategy<Value = RunProblem> {
    let span = proptest::option::of((any::<u32>(), any::<u32>()));
    (proptest::option::of(id()), any::<String>(), span)
        .prop_map(|(about, words, span)| RunProblem { about, words, span })
}

fn picture() -> impl Strategy<Value = RunPicture> {
    let texts = (
        any::<String>(),
        any::<String>(),
        any::<String>(),
        any::<String>(),
    );
    let frame = (real(), real(), real(), real());
    (texts, (real(), real()), frame, (real(), real())).prop_map(|(texts, size, frame, span)| {
        RunPicture {
            picture: Picture {
                name: texts.0,
                summary: texts.1,
                light: texts.2,
                dark: texts.3,
            },
            size,
            frame,
            span,
        }
    })
}

fn facts() -> impl Strategy<Value = RunFacts> {
    let numbers = (real(), real(), real(), real());
    let method = select(RunMethod::ALL.to_vec());
    (numbers, method, any::<String>(), any::<u64>()).prop_map(
        |((start, stop, step, save_every), method, time_unit, steps)| RunFacts {
            start,
            stop,
            step,
            save_every,
            method,
            time_unit,
            steps,
        },
    )
}

fn variable() -> impl Strategy<Value = RunVariable> {
    let kinds = vec![VariableKind::Plain, VariableKind::Stock, VariableKind::Rate];
    (
        id(),
        any::<String>(),
        select(kinds),
        any::<String>(),
        any::<bool>(),
        any::<bool>(),
    )
        .prop_map(|(id, name, kind, units, changes, is_known)| RunVariable {
            id,
            name,
            kind,
            units,
            changes,
            is_known,
        })
}

fn unknown() -> impl Strategy<Value = RunUnknown> {
    let because = select(vec![RunBecause::Refused, RunBecause::Hangs]);
    let about = proptest::option::of(id());
    (about, any::<String>(), because).prop_map(|(about, name, because)| RunUnknown {
        about,
        name,
        because,
    })
}

fn slider() -> impl Strategy<Value = Slider> {
    (
        id(),
        any::<String>(),
        any::<String>(),
        real(),
        real(),
        real(),
    )
        .prop_map(|(id, name, units, value, least, most)| Slider {
            id,
            name,
            units,
            value,
            least,
            most,
        })
}

fn line() -> impl Strategy<Value = ReadLine> {
    (id(), set(), any::<String>(), vec(real(), 0..4)).prop_map(|(about, set, name, values)| {
        ReadLine {
            about,
            set,
            name,
            values,
        }
    })
}

fn frames() -> impl Strategy<Value = Frames> {
    let values = vec((id(), vec(-9.0..9.0_f32, 0..3)), 0..3);
    (vec(real(), 0..3), values, vec(id(), 0..3)).prop_map(|(times, values, unknown)| Frames {
        times,
        values,
        unknown,
    })
}

fn driving_loop() -> impl Strategy<Value = DrivingLoop> {
    let texts = (any::<String>(), any::<String>(), any::<String>());
    let numbers = (
        proptest::option::of(real()),
        any::<u32>(),
        vec(-1.0..1.0_f32, 0..3),
    );
    (texts, vec(id(), 0..3), numbers).prop_map(
        |((name, letters, remark), links, (share, partition, shares))| DrivingLoop {
            ring: name.clone(),
            name,
            letters,
            remark,
            links,
            share,
            partition,
            shares,
        },
    )
}

fn part() -> impl Strategy<Value = DrivingPart> {
    let story = vec(any::<String>(), 0..2);
    (any::<u32>(), any::<String>(), story, picture()).prop_map(|(partition, name, story, chart)| {
        DrivingPart {
            partition,
            name,
            story,
            chart,
        }
    })
}

fn loops() -> impl Strategy<Value = LoopsView> {
    let period = (real(), real(), any::<u32>(), vec(any::<u32>(), 0..3)).prop_map(
        |(from, to, partition, loops)| DrivingPeriod {
            from,
            to,
            partition,
            loops,
        },
    );
    let lists = (
        vec(driving_loop(), 0..2),
        vec(period, 0..2),
        vec(part(), 0..2),
    );
    (vec(real(), 0..3), lists, vec(any::<String>(), 0..2)).prop_map(
        |(times, (loops, periods, parts), notes)| LoopsView {
            times,
            loops,
            periods,
            parts,
            notes,
        },
    )
}

/// Any view.
pub(super) fn run_view() -> impl Strategy<Value = RunView> {
    let state = select(vec![RunState::Nothing, RunState::Faulty, RunState::Done]);
    let told = (vec(problem(), 0..2), vec(problem(), 0..2), facts());
    let model = (vec(variable(), 0..2), vec(id(), 0..2), vec(slider(), 0..2));
    let drawn = (
        proptest::option::of(picture()),
        vec(real(), 0..3),
        vec(line(), 0..2),
    );
    let more = (
        proptest::option::of(frames()),
        proptest::option::of(loops()),
        any::<String>(),
        vec(unknown(), 0..3),
    );
    (state, told, model, drawn, more)
        .prop_map(|(state, told, model, drawn, more)| RunView {
            state,
            from_stream: told.1.clone(),
            problems: told.0,
            unknown: more.3,
            notes: told.1,
            facts: told.2,
            variables: model.0,
            shown: model.1,
            sliders: model.2,
            chart: drawn.0,
            times: drawn.1,
            lines: drawn.2,
            frames: more.0,
            loops: more.1,
            no_loops: more.2,
        })
        .boxed()
}
