//! Any request that the page may make.

use loopstream::causal::LoopOrder;
use loopstream::compare::Part;
use loopstream::format::StepFrame;
use loopstream::layout::Arrange;
use loopstream::model::{
    AddedStep, AddedSteps, Id, Improvement, LeftOut, LoopKey, MeasureChange, MeasureChanges,
    Measures, Patch, ScenarioValue, ScenarioValues, Vector, Without,
};
use loopstream::scene::{Background, LinkColours, PictureLook, Theme};
use loopstream::stream::Lever;
use loopstream::stream::before_after::SampleSide;
use loopstream::worker::{
    ChartWanted, Drive, FilmWanted, FitChoice, FitWanted, LoopFilter, LoopKind, LoopWindow,
    MapQuestion, MapRunWanted, OtherText, Press, Promise, ReadFor, ReportKind, Request, RunWanted,
    ScalesWanted, Showing, SpreadList, SpreadOver, SpreadPlan, SpreadRange, SpreadShape,
    SpreadWanted, StepsFor, StorageCall, StorageRequest, TableText, TextChange, WriteFor, Written,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::common::changes::patch_of;
use crate::common::document::{changes, document, measure_adjustment, story_step};

pub(super) fn id() -> impl Strategy<Value = Id> {
    any::<u64>().prop_map(Id::from_bits)
}

pub(super) fn real() -> impl Strategy<Value = f64> {
    prop_oneof![-1.0e7..1.0e7_f64, Just(0.1 + 0.2), Just(0.0)]
}

pub(super) fn sheet_kind() -> impl Strategy<Value = ReportKind> {
    select(ReportKind::ALL.to_vec())
}

pub(super) fn window() -> impl Strategy<Value = LoopWindow> {
    let kind = select(vec![
        LoopKind::All,
        LoopKind::Reinforcing,
        LoopKind::Balancing,
        LoopKind::Undetermined,
        LoopKind::Delayed,
    ]);
    let order = select(vec![LoopOrder::ShortestFirst, LoopOrder::LongestFirst]);
    let longest = proptest::option::of(1..u64::MAX);
    let filter = (
        kind,
        proptest::option::of(id()),
        any::<String>(),
        longest,
        order,
    );
    (filter, any::<u64>(), any::<u64>()).prop_map(
        |((kind, through, words, longest, order), first, count)| LoopWindow {
            filter: LoopFilter {
                kind,
                through,
                words,
                longest,
                order,
            },
            first,
            count,
        },
    )
}

pub(super) fn write_for() -> impl Strategy<Value = WriteFor> {
    select(vec![
        WriteFor::Copying,
        WriteFor::Saving,
        WriteFor::Printing,
        WriteFor::Previewing,
    ])
}

/// Anything that may become of pictures of steps.
pub(super) fn steps_for() -> impl Strategy<Value = StepsFor> {
    prop_oneof![
        any::<u64>().prop_map(StepsFor::Next),
        Just(StepsFor::Png),
        Just(StepsFor::Svg),
        Just(StepsFor::Print),
    ]
}

/// A side of an experiment.
pub(super) fn side() -> impl Strategy<Value = SampleSide> {
    select(vec![SampleSide::Before, SampleSide::After])
}

fn look() -> impl Strategy<Value = PictureLook> {
    let theme = select(vec![Theme::Light, Theme::Dark, Theme::Print]);
    let background = select(vec![
        Background::Paper,
        Background::White,
        Background::Transparent,
    ]);
    let links = select(vec![LinkColours::Own, LinkColours::BySign]);
    let shown = any::<[bool; 4]>();
    (theme, background, links, shown).prop_map(
        |(theme, background, links, [title, legend, comments, experiments])| PictureLook {
            theme,
            background,
            links,
            title,
            legend,
            comments,
            experiments,
        },
    )
}

pub(super) fn written() -> impl Strategy<Value = Written> {
    let words = any::<[String; 4]>();
    let rest = (any::<String>(), vec(any::<String>(), 0..3), write_for());
    (words, rest).prop_map(
        |([key, name, ending, media_type], (text, warnings, purpose))| Written {
            key,
            name,
            ending,
            media_type,
            text,
            warnings,
            purpose,
            streams: Vec::new(),
        },
    )
}

pub(super) fn purpose() -> impl Strategy<Value = ReadFor> {
    select(vec![ReadFor::Opening, ReadFor::Pasting, ReadFor::Measuring])
}

pub(super) fn patch() -> impl Strategy<Value = Patch> {
    (document(), changes()).prop_map(|(document, changes)| patch_of(&document, &changes))
}

pub(super) fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..200)
}

pub(super) fn storage_request() -> impl Strategy<Value = StorageRequest> {
    let promises = vec![Promise::Given, Promise::NotGiven, Promise::Unknown];
    prop_oneof![
        id().prop_map(StorageRequest::Record),
        id().prop_map(StorageRequest::History),
        id().prop_map(StorageRequest::Structure),
        (id(), any::<u64>()).prop_map(|(id, at)| StorageRequest::CompareWith(id, at)),
        (id(), any::<u64>()).prop_map(|(id, at)| StorageRequest::Restore(id, at)),
        (id(), any::<u64>()).prop_map(|(id, at)| StorageRequest::Keep(id, at)),
        (id(), any::<u64>()).prop_map(|(id, at)| StorageRequest::LetGo(id, at)),
        select(promises).prop_map(StorageRequest::Storage),
        select(vec![
            StorageRequest::ThinAll,
            StorageRequest::EmptyBin,
            StorageRequest::DownloadAside,
            StorageRequest::DiscardAside,
            StorageRequest::BackUp,
            StorageRequest::RestoreBackup,
        ]),
    ]
}

pub(super) fn call() -> impl Strategy<Value = StorageCall> {
    let texts = vec((any::<String>(), any::<String>()), 0..3);
    (storage_request(), any::<[u64; 3]>(), texts).prop_map(
        |(request, [now, seed, elsewhere], texts)| StorageCall {
            request,
            now,
            seed,
            elsewhere,
            texts,
        },
    )
}

pub(super) fn change() -> impl Strategy<Value = TextChange> {
    let side = || proptest::option::of(any::<String>());
    (any::<String>(), side(), side()).prop_map(|(key, before, after)| TextChange {
        key,
        before,
        after,
    })
}

pub(super) fn request() -> impl Strategy<Value = Request> {
    let drive = select(vec![Drive::Pause, Drive::Resume, Drive::Stop]);
    let mode = select(vec![Arrange::Afresh, Arrange::Tidy]);
    let size = (id(), real(), real()).prop_map(|(id, x, y)| (id, Vector::new(x, y)));
    prop_oneof![
        (any::<u64>(), any::<u64>(), document()).prop_map(|(revision, seed, document)| {
            Request::Document {
                revision,
                seed,
                document,
            }
        }),
        any::<[u64; 3]>().prop_map(|[opening, revision, seed]| Request::Keep {
            opening,
            revision,
            seed,
        }),
        (any::<u64>(), patch()).prop_map(|(revision, patch)| Request::Patch { revision, patch }),
        Just(Request::Search),
        Just(Request::StopArranging),
        drive.prop_map(Request::Drive),
        window().prop_map(Request::Loops),
        (sheet_kind(), vec(id(), 0..3)).prop_map(|(kind, about)| Request::Report(kind, about)),
        (mode, vec(id(), 0..4), vec(size, 0..4)).prop_map(|(mode, only, sizes)| Request::Arrange {
            mode,
            only,
            sizes
        }),
        (any::<String>(), any::<String>(), purpose()).prop_map(|(text, name, purpose)| {
            Request::Read {
                text,
                name,
                purpose,
            }
        }),
        (bytes(), any::<String>(), purpose()).prop_map(|(content, name, purpose)| {
            Request::ReadFile {
                content,
                name,
                purpose,
            }
        }),
        Just(Request::Link),
        any::<String>().prop_map(Request::QrCode),
        (bytes(), any::<String>(), vec(id(), 0..3)).prop_map(|(picture, name, only)| {
            Request::Carry {
                picture,
                name,
                only,
            }
        }),
        (
            any::<String>(),
            write_for(),
            look(),
            vec(id(), 0..3),
            showing()
        )
            .prop_map(|(key, purpose, look, only, showing)| Request::Write {
                key,
                purpose,
                look,
                only,
                showing,
            }),
        proptest::option::of((any::<String>(), any::<String>())).prop_map(|other| {
            Request::Compare(other.map(|(name, text)| OtherText { name, text }))
        }),
        vec(part(), 0..4).prop_map(Request::TakeOver),
        (any::<String>(), any::<String>(), any::<String>())
            .prop_map(|(name, text, memory)| Request::Look(TableText { name, text, memory })),
        (any::<String>(), any::<String>()).prop_map(|(key, value)| Request::Fill(key, value)),
        press().prop_map(Request::Press),
        call().prop_map(Request::Storage),
        showing().prop_map(Request::Streams),
        (vec(id(), 0..3), showing())
            .prop_map(|(about, tried)| Request::Improvements { about, tried }),
        run_wanted().prop_map(Request::Run),
        run_wanted().prop_map(Request::RunTable),
        spread_wanted().prop_map(Request::Spread),
        Just(Request::StopSpread),
        fit_wanted().prop_map(Request::Fit),
        Just(Request::StopFit),
        Just(Request::StoryOfStreams),
        id().prop_map(Request::Equation),
        vec(any::<String>(), 0..3).prop_map(Request::FitColumns),
        id().prop_map(Request::StoryFigures),
        id().prop_map(Request::Measured),
        (id(), side(), any::<String>()).prop_map(|(experiment, side, text)| {
            Request::ReadSample {
                experiment,
                side,
                text,
            }
        }),
        (vec(id(), 0..3), id()).prop_map(|(about, improvement)| {
            Request::ExperimentOfImprovement { about, improvement }
        }),
        (vec(story_step(), 0..3), look(), steps_for()).prop_map(|(steps, look, purpose)| {
            let frame = match purpose {
                StepsFor::Next(_) => StepFrame::Bare,
                StepsFor::Png => StepFrame::Own,
                StepsFor::Svg | StepsFor::Print => StepFrame::Slide,
            };
            Request::StepPictures {
                steps,
                look,
                frame,
                purpose,
            }
        }),
        (
            any::<String>(),
            vec((any::<String>(), vec(any::<u8>(), 0..9)), 0..3)
        )
            .prop_map(|(name, files)| {
                let files = files.into_iter();
                let files = files.map(|(name, bytes)| (name, bytes.into()));
                Request::Archive {
                    name,
                    files: files.collect(),
                }
            }),
        map_run_wanted().prop_map(Request::RunMap),
        (vec(id(), 0..3), showing())
            .prop_map(|(about, showing)| Request::Film(FilmWanted { about, showing })),
        select(vec![Request::StopMapRun, Request::FilmOn]),
        vec((any::<String>(), any::<String>()), 0..3).prop_map(|maps| {
            let maps = maps.into_iter();
            Request::LayOver(maps.map(|(name, text)| OtherText { name, text }).collect())
        }),
        (id(), real()).prop_map(|(id, part)| Request::TryOut(id, Lever::Time(part))),
        (id(), real()).prop_map(|(id, more)| Request::TryOut(id, Lever::Servers(more))),
    ]
}

/// Anything that may be wanted of runs.
fn run_wanted() -> impl Strategy<Value = RunWanted> {
    let value = (id(), real()).prop_map(|(about, value)| ScenarioValue { about, value });
    let scales = select(vec![ScalesWanted::Shared, ScalesWanted::Own]);
    let against = proptest::option::of(id());
    let chart = (vec(id(), 0..3), against, scales, real(), real());
    let chart = chart.prop_map(|(variables, against, scales, width, height)| ChartWanted {
        variables,
        against,
        scales,
        width,
        height,
    });
    let all = (
        vec(value, 0..3),
        vec(id(), 0..3),
        chart,
        any::<bool>(),
        any::<bool>(),
    );
    all.prop_map(|(tried, compared, chart, loops, frames)| RunWanted {
        loop_names: vec![(LoopKey::new(compared.clone()), "R1".to_owned())],
        tried: ScenarioValues::new(tried),
        compared,
        chart,
        loops,
        frames,
    })
    .boxed()
}

/// Anything that may be fitted.
fn fit_wanted() -> impl Strategy<Value = FitWanted> {
    let choice = (
        any::<u32>(),
        any::<u32>(),
        proptest::option::of(any::<String>()),
        proptest::option::of(real()),
    )
        .prop_map(|(table, column, output, error)| FitChoice {
            table,
            column,
            output,
            error,
        });
    let tables = (vec(any::<String>(), 0..3), vec(choice, 0..3));
    (tables, vec(range(), 0..3), real(), real()).prop_map(
        |((tables, choices), sought, width, height)| FitWanted {
            tables,
            choices,
            sought,
            width,
            height,
        },
    )
}

fn range() -> impl Strategy<Value = SpreadRange> {
    (id(), real(), real()).prop_map(|(about, low, high)| SpreadRange { about, low, high })
}

/// Anything that may be wanted of many runs.
fn spread_wanted() -> impl Strategy<Value = SpreadWanted> {
    let shape = select(vec![
        SpreadShape::Uniform,
        SpreadShape::Triangular,
        SpreadShape::Normal,
        SpreadShape::LogNormal,
    ]);
    let list = (id(), vec(real(), 0..3)).prop_map(|(about, numbers)| SpreadList { about, numbers });
    let over = prop_oneof![
        (shape, vec(range(), 0..3)).prop_map(|(shape, ranges)| SpreadOver::Ranges(shape, ranges)),
        vec(list, 0..3).prop_map(SpreadOver::Lists),
    ];
    let plan = prop_oneof![
        (any::<u32>(), any::<u32>())
            .prop_map(|(runs, seed)| SpreadPlan::LatinHypercube { runs, seed }),
        any::<u32>().prop_map(|levels| SpreadPlan::Grid { levels }),
    ];
    (over, plan, id(), real(), real()).prop_map(|(over, plan, output, width, height)| {
        SpreadWanted {
            over,
            plan,
            output,
            width,
            height,
        }
    })
}

/// Any improvement.
fn improvement() -> impl Strategy<Value = Improvement> {
    let change = (id(), measure_adjustment());
    let change = change.prop_map(|(about, (measure, change))| MeasureChange {
        about,
        measure,
        change,
    });
    let step = (id(), id(), any::<String>(), any::<i32>());
    let step = step.prop_map(|(id, flow, name, place)| AddedStep {
        id,
        flow,
        name,
        place,
        measures: Measures::new(),
    });
    let parts = (vec(change, 0..4), vec(id(), 0..3), vec(step, 0..3));
    parts.prop_map(|(changes, without, added)| Improvement {
        changes: MeasureChanges::new(changes),
        without: LeftOut::new(without.into_iter().map(Without)),
        added: AddedSteps::new(added),
        ..Improvement::default()
    })
}

/// Any choice of what the canvas shows.
pub(super) fn showing() -> impl Strategy<Value = Showing> {
    prop_oneof![
        Just(Showing::Today),
        id().prop_map(Showing::Saved),
        improvement().prop_map(|one| Showing::Tried(Box::new(one))),
    ]
}

pub(super) fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        id().prop_map(Part::Record),
        Just(Part::Title),
        Just(Part::Purpose),
        Just(Part::Settings)
    ]
}

pub(super) fn press() -> impl Strategy<Value = Press> {
    select(vec![
        Press::NewMap,
        Press::UpdateMap,
        Press::OtherTable,
        Press::NamesAreVariables,
        Press::NamesAreSteps,
        Press::NamesAreNote,
        Press::LeadTimes,
    ])
}

/// Any question about runs of a map.
pub(super) fn map_question() -> impl Strategy<Value = MapQuestion> {
    prop_oneof![
        showing().prop_map(MapQuestion::Results),
        (showing(), showing()).prop_map(|(first, second)| MapQuestion::Compare(first, second)),
        showing().prop_map(MapQuestion::Pays),
        (showing(), proptest::option::of(any::<u64>()))
            .prop_map(|(showing, items)| MapQuestion::WhenDone(showing, items)),
        (showing(), real()).prop_map(|(showing, days)| MapQuestion::HowMany(showing, days)),
    ]
}

/// Anything that may be wanted of runs of a map.
fn map_run_wanted() -> impl Strategy<Value = MapRunWanted> {
    (vec(id(), 0..3), map_question(), real(), any::<u32>()).prop_map(
        |(about, question, width, length)| MapRunWanted {
            about,
            question,
            width,
            length,
        },
    )
}
