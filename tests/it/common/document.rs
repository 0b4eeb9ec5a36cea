//! Arbitrary documents and arbitrary changes of them, for property tests.

use std::sync::Arc;

use loopstream::model::{
    AddedStep, Adjustment, Aim, Area, Behaviour, Colour, Comment, Corner, Date, Decision, Delay,
    Document, Edit, Element, Experiment, ExperimentState, Fact, FindingReview, Flow, ForeignFormat,
    Frame, Id, ImageData, Lever, LeverageLevel, Link, Look, LoopKey, MAXIMUM_COORDINATE, Measure,
    MeasureKind, Measures, Note, NoteKind, Patch, Placement, Point, Polarity, Rest, Retrospective,
    RunMethod, RunSettings, Sample, Share, SharedSource, Showing, Size, SourceText, Stated,
    Station, StationKind, StoryFigure, StoryMark, StoryMarks, StoryStep, StoryView, StreamResult,
    StreamSettings, Strength, TableFunction, TableKind, Tags, Target, ValueRange, Variable,
    VariableKind, Variation, Vector, Verdict,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use super::changes::patch_of;
use super::images::image;
use super::stream;

/// Mostly from a small pool, so that two documents share ids, also between kinds.
pub fn id() -> impl Strategy<Value = Id> {
    prop_oneof![6 => 0..60_u64, 1 => any::<u64>()].prop_map(Id::from_bits)
}

/// Words, quotes, control characters, any script.
pub fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-z ]{1,12}",
        any::<String>(),
        vec(any::<char>(), 0..8).prop_map(String::from_iter),
    ]
}

pub fn coordinate() -> impl Strategy<Value = f64> {
    prop_oneof![
        (-2_000..2_000_i32).prop_map(f64::from),
        -MAXIMUM_COORDINATE..=MAXIMUM_COORDINATE,
        -1.0e-9..1.0e-9,
        Just(MAXIMUM_COORDINATE),
        Just(0.1 + 0.2),
    ]
}

pub fn point() -> impl Strategy<Value = Point> {
    (coordinate(), coordinate()).prop_map(|(x, y)| Point::new(x, y))
}

pub fn placement() -> impl Strategy<Value = Placement> {
    let locked = proptest::bool::weighted(0.25);
    let layer = prop_oneof![3 => Just(0), 1 => any::<i32>()];
    (
        point(),
        layer,
        proptest::option::weighted(0.3, id()),
        locked,
    )
        .prop_map(|(position, layer, group, locked)| Placement {
            position,
            layer,
            group,
            locked,
        })
}

pub fn variable() -> impl Strategy<Value = Variable> {
    let kinds = [VariableKind::Plain, VariableKind::Stock, VariableKind::Rate];
    let kind = proptest::sample::select(kinds.to_vec());
    let said = (aim(), leverage(), tags());
    let look = (colour(), size(), any::<bool>());
    (
        text(),
        kind,
        text(),
        stream::binding(),
        said,
        placement(),
        look,
        computation(),
    )
        .prop_map(
            |(name, kind, remark, binding, (aim, leverage, tags), placement, look, computed)| {
                let (colour, size, emphasis) = look;
                Variable {
                    tags,
                    name,
                    kind,
                    remark,
                    binding,
                    aim,
                    leverage,
                    placement,
                    colour,
                    size,
                    emphasis,
                    equation: computed.0,
                    units: computed.1,
                    range: computed.2,
                    table: computed.3,
                    non_negative: computed.4,
                }
            },
        )
}

type Computation = (
    String,
    String,
    Option<ValueRange>,
    Option<TableFunction>,
    bool,
);

/// What makes a variable computable; mostly nothing.
fn computation() -> impl Strategy<Value = Computation> {
    let number = || -1.0e6..1.0e6_f64;
    let range = (number(), number()).prop_map(|(a, b)| ValueRange {
        least: a.min(b),
        most: a.max(b),
    });
    let kinds = [
        TableKind::Continuous,
        TableKind::Extrapolated,
        TableKind::Steps,
    ];
    let points = vec((number(), number()), 2..5);
    let table = (proptest::sample::select(kinds.to_vec()), points);
    let table = table.prop_map(|(kind, mut points)| {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
        TableFunction {
            kind,
            points: points.into(),
        }
    });
    let all = (
        prop_oneof![text(), "[a-c]( [+*-] [a-c0-9]){0,2}"],
        prop_oneof![3 => Just(String::new()), 1 => text()],
        proptest::option::weighted(0.2, range),
        proptest::option::weighted(0.1, table),
        proptest::bool::weighted(0.2),
    );
    let nothing = Just((String::new(), String::new(), None, None, false));
    prop_oneof![2 => nothing, 1 => all].boxed()
}

/// Settings of runs; mostly those of a new document.
pub fn run_settings() -> impl Strategy<Value = RunSettings> {
    let number = || proptest::option::weighted(0.5, -1.0e3..1.0e3_f64);
    let step = || proptest::option::weighted(0.5, RunSettings::LEAST_STEP..10.0);
    let method = proptest::sample::select(&RunMethod::ALL[..]);
    let all = (
        (number(), number(), step(), step()),
        proptest::option::of(method),
        text(),
        any::<i32>(),
    );
    all.prop_map(|(numbers, method, time_unit, seed)| RunSettings {
        start: numbers.0,
        stop: numbers.1,
        step: numbers.2,
        save_every: numbers.3,
        method,
        time_unit,
        seed,
    })
}

pub fn colour() -> impl Strategy<Value = Option<Colour>> {
    proptest::option::weighted(0.3, proptest::sample::select(&Colour::ALL[..]))
}

pub fn size() -> impl Strategy<Value = Size> {
    proptest::sample::select(&Size::ALL[..])
}

/// Mostly none.
pub fn tags() -> impl Strategy<Value = Tags> {
    let tag = prop_oneof![Just("people".to_owned()), "[a-zäß安]{1,4}", text()];
    let tags = prop::collection::vec(tag, 0..3);
    prop_oneof![3 => Just(Tags::NONE), 1 => tags.prop_map(|tags| tags.into_iter().collect())]
}

fn aim() -> impl Strategy<Value = Option<Aim>> {
    proptest::option::weighted(0.2, prop_oneof![Just(Aim::Rise), Just(Aim::Fall)])
}

fn leverage() -> impl Strategy<Value = Option<LeverageLevel>> {
    let level = (1..=12_u8).prop_map(|number| LeverageLevel::new(number).unwrap());
    proptest::option::weighted(0.2, level)
}

/// Mostly nothing, else any text of another program.
pub fn carrying() -> impl Strategy<Value = SharedSource> {
    let format = prop_oneof![Just(ForeignFormat::Xmile), Just(ForeignFormat::Vensim)];
    let source_text =
        (format, id(), text()).prop_map(|(format, seed, text)| SourceText { format, seed, text });
    proptest::option::of(source_text.prop_map(Arc::new))
}

fn decision() -> impl Strategy<Value = Decision> {
    prop_oneof![Just(Decision::Agreed), Just(Decision::Dismissed)]
}

pub fn note() -> impl Strategy<Value = Note> {
    let width = prop_oneof![
        Just(Note::DEFAULT_WIDTH),
        Note::MINIMUM_WIDTH..=Note::MAXIMUM_WIDTH
    ];
    let kind = prop_oneof![3 => Just(NoteKind::Plain), 1 => Just(NoteKind::Burst)];
    let look = (colour(), size(), any::<bool>());
    (kind, text(), width, placement(), (look, tags(), text())).prop_map(
        |(kind, text, width, placement, ((colour, size, emphasis), tags, alt))| Note {
            alt,
            tags,
            kind,
            text,
            width,
            placement,
            colour,
            size,
            emphasis,
        },
    )
}

pub fn frame() -> impl Strategy<Value = Frame> {
    let side = || {
        prop_oneof![
            (40..900_i32).prop_map(f64::from),
            Frame::MINIMUM_SIDE..=Frame::MAXIMUM_SIDE
        ]
    };
    let limit = proptest::option::weighted(0.3, stream::measure(MeasureKind::Limit));
    (text(), side(), side(), placement(), limit).prop_map(
        |(title, width, height, placement, limit)| Frame {
            title,
            placement,
            width,
            height,
            limit,
        },
    )
}

fn comment() -> impl Strategy<Value = Comment> {
    let date = (1..=9999_u16, 1..=12_u8, 1..=28_u8);
    let date = date.prop_map(|(year, month, day)| Date::new(year, month, day).unwrap());
    let said = text().prop_filter("it says something", |text| !text.trim().is_empty());
    (
        said,
        -3..4_i32,
        text(),
        proptest::option::of(date),
        any::<bool>(),
    )
        .prop_map(|(text, place, author, date, resolved)| Comment {
            about: Id::from_bits(0),
            text,
            place,
            author,
            date,
            resolved,
        })
}

pub fn polarity() -> impl Strategy<Value = Polarity> {
    prop_oneof![
        Just(Polarity::Positive),
        Just(Polarity::Negative),
        Just(Polarity::Unknown)
    ]
}

pub fn bend() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), -Link::MAXIMUM_BEND..=Link::MAXIMUM_BEND]
}

pub fn corner() -> impl Strategy<Value = Option<Corner>> {
    let distance = -400.0..=400.0_f64;
    prop_oneof![
        2 => Just(None),
        1 => distance.clone().prop_map(|far| Some(Corner::Level(far))),
        1 => distance.prop_map(|far| Some(Corner::Upright(far))),
    ]
}

/// One change; the indices choose among what is there when it is made.
#[derive(Clone, Debug)]
pub enum Change {
    Title(String),
    Purpose(String),
    Settings(StreamSettings),
    RunSettings(RunSettings),
    Carry(SharedSource),
    AddReview(Id, Vec<Index>, &'static str, Decision),
    Judge(Index, Decision),
    AddStation(Id, Station),
    AddFlow(Id, Index, Index, Flow),
    Measure(Index, MeasureKind, Option<Measure>),
    AddVariable(Id, Variable),
    AddNote(Id, Note),
    AddFrame(Id, Frame),
    AddComment(Id, Index, Comment),
    AddImage(Id, Index, ImageData),
    AddImprovement(
        Id,
        String,
        i32,
        Vec<(Index, MeasureKind, Adjustment)>,
        Shape,
    ),
    Improve(Index, Index, MeasureKind, Adjustment),
    AddScenario(Id, String, i32, Vec<(Index, f64)>),
    AddStory(Id, String, i32),
    AddStoryStep(Id, Index, Box<StoryStep>),
    Retell(Index, Box<StoryStep>),
    AddRetrospective(Id, Box<Retrospective>),
    AddFact(Id, Index, Fact),
    AddVariation(Id, Index, Variation),
    AddExperiment(Id, Option<Index>, Box<Experiment>),
    Try(Index, Box<Experiment>),
    Resolve(Index, bool),
    Resize(Index, f64, f64),
    AddLink(Id, Index, Index, Link),
    AddLabel(Id, Vec<Index>, String),
    Remove(Index),
    Place(Index, Placement),
    Move(Index, Point),
    Write(Index, String),
    Remark(Index, String),
    Bend(Index, f64),
    Turn(Index, Option<Corner>),
    Sign(Index, Polarity),
    Delay(Index, Delay),
    Lead(Index, Index),
    Badge(Index, Vector),
    Look(Index, Look),
}

fn strength() -> impl Strategy<Value = Strength> {
    proptest::sample::select(&Strength::ALL[..])
}

fn link() -> impl Strategy<Value = Link> {
    let delay = prop_oneof![Just(Delay::None), Just(Delay::Delayed)];
    (
        polarity(),
        delay,
        (bend(), corner()),
        text(),
        stream::segment(),
        (leverage(), tags()),
        (text(), strength(), colour(), any::<bool>()),
    )
        .prop_map(
            |(polarity, delay, (bend, corner), remark, delay_source, (leverage, tags), look)| {
                let (label, strength, colour, emphasis) = look;
                Link {
                    tags,
                    from: Id::from_bits(0),
                    to: Id::from_bits(0),
                    polarity,
                    delay,
                    bend,
                    corner,
                    remark,
                    delay_source,
                    leverage,
                    label,
                    strength,
                    colour,
                    emphasis,
                }
            },
        )
}

/// Behind one type, so that a test without optimisation has room for it on its stack.
fn addition() -> BoxedStrategy<Change> {
    let any_of = prop_oneof![
        4 => (id(), variable()).prop_map(|(id, variable)| Change::AddVariable(id, variable)),
        1 => (id(), note()).prop_map(|(id, note)| Change::AddNote(id, note)),
        1 => (id(), frame()).prop_map(|(id, frame)| Change::AddFrame(id, frame)),
        2 => (id(), any::<Index>(), image())
            .prop_map(|(id, note, data)| Change::AddImage(id, note, data)),
        2 => (id(), any::<Index>(), comment())
            .prop_map(|(id, about, comment)| Change::AddComment(id, about, comment)),
        2 => improvement(),
        1 => scenario(),
        1 => (id(), text(), -3..4_i32).prop_map(|(id, name, at)| Change::AddStory(id, name, at)),
        2 => (id(), any::<Index>(), story_step())
            .prop_map(|(id, story, step)| Change::AddStoryStep(id, story, step.into())),
        3 => learned(),
        2 => (id(), stream::station()).prop_map(|(id, station)| Change::AddStation(id, station)),
        2 => (id(), any::<Index>(), any::<Index>(), stream::flow())
            .prop_map(|(id, from, to, flow)| Change::AddFlow(id, from, to, flow)),
        5 => (id(), any::<Index>(), any::<Index>(), link())
            .prop_map(|(id, from, to, link)| Change::AddLink(id, from, to, link)),
        2 => (id(), vec(any::<Index>(), 1..5), text())
            .prop_map(|(id, links, name)| Change::AddLabel(id, links, name)),
        2 => (id(), vec(any::<Index>(), 0..4), prop_oneof![Just("check/a"), Just("b")], decision())
            .prop_map(|(id, about, topic, decision)| {
                Change::AddReview(id, about, topic, decision)
            }),
    ];
    any_of.boxed()
}

/// Half, so many more, or a share: as people change a measure of any kind.
pub fn adjustment() -> impl Strategy<Value = Adjustment> {
    prop_oneof![
        (0.0..=3.0_f64).prop_map(Adjustment::Part),
        (-5..6_i32).prop_map(|more| Adjustment::More(f64::from(more))),
        (0.0..=100.0_f64).prop_map(Adjustment::To),
    ]
}

fn improvement() -> impl Strategy<Value = Change> {
    let change = (any::<Index>(), measure_adjustment());
    let change = change.prop_map(|(at, (kind, change))| (at, kind, change));
    (id(), text(), -3..4_i32, vec(change, 0..4), shape())
        .prop_map(|(id, name, place, changes, shape)| {
            Change::AddImprovement(id, name, place, changes, shape)
        })
        .boxed()
}

/// What an improvement leaves out, and the steps that it puts in, each on one of the flows.
#[derive(Clone, Debug)]
pub struct Shape {
    pub without: Vec<Index>,
    pub added: Vec<(Index, AddedStep)>,
}

fn shape() -> impl Strategy<Value = Shape> {
    let kind = proptest::sample::select(MeasureKind::of_station(StationKind::Step));
    let measure = kind.prop_flat_map(|kind| (Just(kind), stream::measure(kind)));
    let step = (id(), text(), -2..3_i32, proptest::option::of(measure));
    let step = step.prop_map(|(id, name, place, measure)| {
        let mut measures = Measures::new();
        if let Some((kind, measure)) = measure {
            measures.set(kind, Some(measure));
        }
        AddedStep {
            id,
            flow: id,
            name,
            place,
            measures,
        }
    });
    let added = vec((any::<Index>(), step), 0..3);
    (vec(any::<Index>(), 0..3), added).prop_map(|(without, added)| Shape { without, added })
}

/// A kind of measure, and how it changes: by a part, by so many, to a share, or to what somebody typed.
pub fn measure_adjustment() -> impl Strategy<Value = (MeasureKind, Adjustment)> {
    let kind = proptest::sample::select(&MeasureKind::ALL[..]);
    kind.prop_flat_map(|kind| {
        let is = stream::measure(kind).prop_map(|measure| Adjustment::Is(Stated::of(&measure)));
        (
            Just(kind),
            prop_oneof![2 => adjustment().boxed(), 1 => is.boxed()],
        )
    })
}

fn scenario() -> impl Strategy<Value = Change> {
    let values = vec((any::<Index>(), -1.0e6..1.0e6_f64), 0..4);
    (id(), text(), -3..4_i32, values)
        .prop_map(|(id, name, place, values)| Change::AddScenario(id, name, place, values))
        .boxed()
}

/// How a record is shown.
pub fn showing() -> impl Strategy<Value = Showing> {
    prop_oneof![
        Just(Showing::Plain),
        Just(Showing::Lit),
        Just(Showing::Dimmed),
        Just(Showing::Hidden)
    ]
}

/// A step of a story that mentions what may be there or not.
pub fn story_step() -> BoxedStrategy<StoryStep> {
    let mark = (id(), showing()).prop_map(|(about, how)| StoryMark { about, how });
    let rest = prop_oneof![Just(Rest::Plain), Just(Rest::Dimmed), Just(Rest::Hidden)];
    let loops = vec(vec(id(), 1..4).prop_map(LoopKey::new), 0..3);
    let result = proptest::sample::select(&StreamResult::ALL[..]);
    let figure = prop_oneof![
        3 => stream::binding().prop_map(|binding| binding.map(StoryFigure::Bound)),
        1 => (id(), result).prop_map(|(with, result)| Some(StoryFigure::OfStream { with, result })),
    ];
    let figures = vec(figure, 0..3);
    let side = || Area::MINIMUM_SIDE..=Area::MAXIMUM_SIDE;
    let area = (point(), side(), side()).prop_map(|(middle, width, height)| Area {
        x: middle.x,
        y: middle.y,
        width,
        height,
    });
    let view = prop_oneof![
        Just(StoryView::Fit),
        Just(StoryView::Lit),
        area.prop_map(StoryView::Area)
    ];
    let shown = (vec(mark, 0..5), rest, loops, figures);
    let moment = proptest::option::weighted(0.3, -1.0e3..1.0e3_f64);
    ((text(), text(), text()), -3..4_i32, shown, moment, view)
        .prop_map(
            |(texts, place, (marks, rest, mut loops, figures), moment, view)| {
                loops.sort();
                loops.dedup();
                let mut figures: Vec<_> = figures.into_iter().flatten().collect();
                figures.sort();
                figures.dedup();
                StoryStep {
                    story: Id::from_bits(0),
                    place,
                    title: texts.0,
                    words: texts.1,
                    notes: texts.2,
                    marks: StoryMarks::new(marks),
                    rest,
                    loops: loops.into(),
                    figures: figures.into(),
                    moment,
                    view,
                }
            },
        )
        .boxed()
}

/// What somebody would act on, which may be there or not.
fn lever() -> impl Strategy<Value = Lever> {
    prop_oneof![
        id().prop_map(Lever::Record),
        vec(id(), 1..4).prop_map(|links| Lever::Loop(LoopKey::new(links))),
    ]
}

fn retrospective() -> impl Strategy<Value = Retrospective> {
    let lever = proptest::option::of(lever());
    let texts = (text(), text(), text(), text());
    (texts, -3..4_i32, lever, leverage()).prop_map(|(texts, place, lever, level)| Retrospective {
        event: texts.0,
        place,
        when: texts.1,
        people: texts.2,
        lever,
        level,
        why: texts.3,
    })
}

fn fact() -> impl Strategy<Value = Fact> {
    (text(), text(), -3..4_i32).prop_map(|(when, what, place)| Fact {
        retrospective: Id::from_bits(0),
        place,
        when,
        what,
    })
}

fn variation() -> impl Strategy<Value = Variation> {
    use proptest::option::of;
    let how = of(proptest::sample::select(&Behaviour::ALL[..]));
    (text(), how, of(id()), -3..4_i32).prop_map(|(name, how, variable, place)| Variation {
        retrospective: Id::from_bits(0),
        place,
        name,
        how,
        variable,
    })
}

/// What was measured on one side of an experiment.
fn sample() -> BoxedStrategy<Sample> {
    let share = (0..50_u32, 1..50_u32);
    prop_oneof![
        vec(-1.0e6..1.0e6, 1..9).prop_map(|numbers| Sample::Numbers(numbers.into())),
        share.prop_map(|(with, more)| Sample::Share(Share {
            with,
            of: with + more
        })),
    ]
    .boxed()
}

/// An experiment that mentions what may be there or not.
fn experiment() -> BoxedStrategy<Experiment> {
    use proptest::option::of;
    let figure = stream::binding().prop_map(|binding| binding.map(StoryFigure::Bound));
    let target = prop_oneof![
        id().prop_map(|id| Some(Target::Variable(id))),
        figure.prop_map(|figure| figure.map(Target::Figure)),
    ];
    let way = of(prop_oneof![Just(Aim::Rise), Just(Aim::Fall)]);
    let day = || of((2000..2100_u16, 1..13_u8, 1..29_u8));
    let state = proptest::sample::select(&ExperimentState::ALL[..]);
    let verdict = of(proptest::sample::select(&Verdict::ALL[..]));
    let said = (text(), text(), text());
    let aimed = (vec(lever(), 0..3), target, way, text());
    let when = (text(), day(), day(), state);
    let learned = (text(), verdict, text());
    let level = of((1..13_u8).prop_map(|number| LeverageLevel::new(number).unwrap()));
    let numbers = (level, text(), of(sample()), of(sample()));
    (said, -3..4_i32, aimed, when, learned, numbers)
        .prop_map(|(said, place, aimed, when, learned, numbers)| {
            let date = |day: Option<(u16, u8, u8)>| day.and_then(|(y, m, d)| Date::new(y, m, d));
            Experiment {
                action: said.0,
                place,
                retrospective: None,
                outcome: said.1,
                because: said.2,
                changes: aimed.0.into_iter().collect(),
                target: aimed.1,
                way: aimed.2,
                amount: aimed.3,
                owner: when.0,
                begins: date(when.1),
                ends: date(when.2),
                state: when.3,
                measured: learned.0,
                level: numbers.0,
                unit: numbers.1,
                before: numbers.2,
                after: numbers.3,
                verdict: learned.1,
                learned: learned.2,
            }
        })
        .boxed()
}

/// A part of a retrospective, or the whole sheet.
fn learned() -> BoxedStrategy<Change> {
    let at = any::<Index>;
    prop_oneof![
        (id(), retrospective()).prop_map(|(id, one)| Change::AddRetrospective(id, one.into())),
        (id(), at(), fact()).prop_map(|(id, sheet, fact)| Change::AddFact(id, sheet, fact)),
        (id(), at(), variation()).prop_map(|(id, sheet, one)| Change::AddVariation(id, sheet, one)),
        (id(), proptest::option::of(at()), experiment())
            .prop_map(|(id, sheet, one)| Change::AddExperiment(id, sheet, one.into())),
    ]
    .boxed()
}

/// A measure that an improvement changes.
fn improving() -> impl Strategy<Value = Change> {
    let parts = (any::<Index>(), any::<Index>(), measure_adjustment());
    parts
        .prop_map(|(at, about, (kind, to))| Change::Improve(at, about, kind, to))
        .boxed()
}

/// A measure said or taken back.
fn measure_change() -> impl Strategy<Value = Change> {
    let kind = proptest::sample::select(&MeasureKind::ALL[..]);
    kind.prop_flat_map(|kind| {
        let measure = proptest::option::of(stream::measure(kind));
        (any::<Index>(), Just(kind), measure)
    })
    .prop_map(|(at, kind, measure)| Change::Measure(at, kind, measure))
}

/// Any change.
pub fn change() -> BoxedStrategy<Change> {
    let delay = prop_oneof![Just(Delay::None), Just(Delay::Delayed)];
    let offset = (coordinate(), coordinate()).prop_map(|(x, y)| Vector::new(x, y));
    let any_of = prop_oneof![
        1 => text().prop_map(Change::Title),
        1 => text().prop_map(Change::Purpose),
        1 => (any::<Index>(), decision()).prop_map(|(at, decision)| Change::Judge(at, decision)),
        1 => stream::settings().prop_map(Change::Settings),
        1 => run_settings().prop_map(Change::RunSettings),
        1 => carrying().prop_map(Change::Carry),
        2 => measure_change(),
        2 => improving(),
        8 => addition(),
        4 => any::<Index>().prop_map(Change::Remove),
        1 => (any::<Index>(), placement()).prop_map(|(at, to)| Change::Place(at, to)),
        2 => (any::<Index>(), point()).prop_map(|(at, to)| Change::Move(at, to)),
        2 => (any::<Index>(), text()).prop_map(|(at, to)| Change::Write(at, to)),
        1 => (any::<Index>(), text()).prop_map(|(at, to)| Change::Remark(at, to)),
        1 => (any::<Index>(), bend()).prop_map(|(at, to)| Change::Bend(at, to)),
        1 => (any::<Index>(), corner()).prop_map(|(at, to)| Change::Turn(at, to)),
        1 => (any::<Index>(), any::<bool>()).prop_map(|(at, to)| Change::Resolve(at, to)),
        1 => (any::<Index>(), story_step()).prop_map(|(at, to)| Change::Retell(at, to.into())),
        1 => (any::<Index>(), experiment()).prop_map(|(at, to)| Change::Try(at, to.into())),
        1 => (any::<Index>(), 40.0..900.0_f64, 40.0..900.0_f64)
            .prop_map(|(at, width, height)| Change::Resize(at, width, height)),
        1 => (any::<Index>(), polarity()).prop_map(|(at, to)| Change::Sign(at, to)),
        1 => (any::<Index>(), delay).prop_map(|(at, to)| Change::Delay(at, to)),
        2 => (any::<Index>(), any::<Index>()).prop_map(|(at, to)| Change::Lead(at, to)),
        1 => (any::<Index>(), offset).prop_map(|(at, to)| Change::Badge(at, to)),
        2 => (any::<Index>(), look()).prop_map(|(at, to)| Change::Look(at, to)),
    ];
    any_of.boxed()
}

fn look() -> impl Strategy<Value = Look> {
    use proptest::option::of;
    let parts = (of(colour()), of(size()), of(any::<bool>()), of(strength()));
    parts.prop_map(|(colour, size, emphasis, strength)| Look {
        colour,
        size,
        emphasis,
        strength,
    })
}

/// Some changes, to be made on a document with [`patch_of`].
pub fn changes() -> impl Strategy<Value = Vec<Change>> {
    vec(change(), 0..10)
}

/// A valid document: empty, small, or with some dozens of records.
pub fn document() -> impl Strategy<Value = Document> {
    let first = vec((id(), variable()), 0..12);
    let rest = vec(addition(), 0..30);
    let said = (text(), text(), carrying());
    (said, first, rest).prop_map(|((title, purpose, source_text), variables, additions)| {
        let mut changes = vec![
            Change::Title(title),
            Change::Purpose(purpose),
            Change::Carry(source_text),
        ];
        changes.extend(
            variables
                .into_iter()
                .map(|(id, v)| Change::AddVariable(id, v)),
        );
        changes.extend(additions);
        let mut document = Document::default();
        let patch = patch_of(&document, &changes);
        document.apply(&patch).unwrap();
        document
    })
}

/// Panics unless the document is what its records alone make, and they fit together.
pub fn assert_valid(document: &Document) {
    let mut again = Document::default();
    again
        .apply(&Patch::between(&again, document))
        .unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(&again, document);
    for (id, link) in document.links() {
        assert!(document.variables().contains_key(&link.from));
        assert!(document.variables().contains_key(&link.to));
        assert!(document.edges_of(link.from).any(|other| other == *id));
    }
    for (id, flow) in document.flows() {
        assert!(document.stations().contains_key(&flow.from));
        assert!(document.stations().contains_key(&flow.to));
        assert!(document.edges_of(flow.to).any(|other| other == *id));
    }
    for (id, label) in document.loop_labels() {
        assert_eq!(document.label_of(&label.key).map(|(id, _)| id), Some(*id));
        assert!(
            label
                .key
                .links()
                .iter()
                .all(|link| document.links().contains_key(link))
        );
    }
    for (id, comment) in document.comments() {
        assert!(document.kind_of(comment.about).unwrap().can_be_commented());
        let thread = document.thread_on(comment.about);
        assert!(thread.iter().any(|(other, _)| other == id));
    }
    for (id, image) in document.images() {
        assert!(document.notes().contains_key(&image.note));
        assert!(
            document
                .images_of(image.note)
                .any(|(other, _)| other == *id)
        );
    }
    for (id, improvement) in document.improvements() {
        assert_eq!(improvement.changes.out_of_order(), None);
        assert_eq!(improvement.without.out_of_order(), None);
        assert_eq!(improvement.added.out_of_order(), None);
        for about in improvement.about() {
            assert!(document.kind_of(about).unwrap().can_be_improved());
            assert!(document.mentions_of(about).any(|other| other == *id));
        }
        let mut added = improvement.added.iter();
        assert!(added.all(|step| document.flows().contains_key(&step.flow)));
    }
    for (id, scenario) in document.scenarios() {
        assert_eq!(scenario.values.out_of_order(), None);
        for value in scenario.values.iter() {
            assert!(document.variables().contains_key(&value.about));
            assert!(document.mentions_of(value.about).any(|other| other == *id));
        }
    }
    for (id, step) in document.story_steps() {
        assert_eq!(step.marks.out_of_order(), None);
        let steps = document.steps_of(step.story);
        assert!(document.stories().contains_key(&step.story));
        assert!(steps.iter().any(|(other, _)| other == id));
    }
    for (id, fact) in document.facts() {
        let facts = document.facts_of(fact.retrospective);
        assert!(document.retrospectives().contains_key(&fact.retrospective));
        assert!(facts.iter().any(|(other, _)| other == id));
    }
    for (id, one) in document.variations() {
        let all = document.variations_of(one.retrospective);
        assert!(document.retrospectives().contains_key(&one.retrospective));
        assert!(all.iter().any(|(other, _)| other == id));
    }
    for (id, review) in document.reviews() {
        let found = document.review_of(&review.topic, &review.about);
        assert_eq!(found.map(|(id, _)| id), Some(*id));
        for record in &review.about {
            assert!(document.kind_of(*record).unwrap().can_be_judged());
            assert!(document.mentions_of(*record).any(|other| other == *id));
        }
    }
}

/// The same document under ids of its own, as if somebody else had drawn it.
pub fn any_id_apart(document: &Document) -> Document {
    let apart = |id: Id| Id::from_bits(id.bits() ^ 0x5555_0000_0000_0000);
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    for id in document.ids() {
        let mut element = document.element(id).unwrap();
        if let Some(mut edge) = element.edge() {
            (edge.from, edge.to) = (apart(edge.from), apart(edge.to));
            element.set_edge(edge);
        }
        if let Element::LoopLabel(label) = &mut element {
            label.key = LoopKey::new(label.key.links().iter().map(|link| apart(*link)));
        }
        if let Element::Comment(comment) = &mut element {
            comment.about = apart(comment.about);
        }
        if let Element::Image(image) = &mut element {
            image.note = apart(image.note);
        }
        if let Element::Improvement(improvement) = &mut element {
            *improvement = improvement.clone().renamed(apart);
        }
        if let Element::Scenario(scenario) = &mut element {
            scenario.values = scenario.values.renamed(apart);
        }
        if let Element::StoryStep(step) = &mut element {
            *step = step.renamed(apart);
        }
        match &mut element {
            Element::Retrospective(one) => *one = one.clone().renamed(apart),
            Element::Fact(fact) => fact.retrospective = apart(fact.retrospective),
            Element::Variation(one) => *one = one.clone().renamed(apart),
            Element::Experiment(one) => *one = one.clone().renamed(apart),
            _ => {}
        }
        if let Element::FindingReview(review) = &mut element {
            let about: Vec<Id> = review.about.iter().map(|id| apart(*id)).collect();
            *review = FindingReview {
                remark: review.remark.clone(),
                ..FindingReview::new(&review.topic, about, review.decision)
            };
        }
        edit.set(apart(id), Some(element));
    }
    edit.set_properties(document.properties().clone());
    edit.set_source_text(document.source_text().clone());
    let mut copy = Document::default();
    copy.apply(&edit.finish()).unwrap();
    copy
}
