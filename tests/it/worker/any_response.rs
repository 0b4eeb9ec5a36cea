//! Any answer that the worker may give.

use loopstream::causal::LoopPolarity;
use loopstream::causal::check::{Mark, Severity};
use loopstream::format::{OpeningReport, Positions};
use loopstream::model::{Delay, LoopKey, MeasureKind, Vector};
use loopstream::scene::{Happening, Passage, Reel, ReelEnd, ReelEvent, Stand, Whole};
use loopstream::stream::before_after::Measured;
use loopstream::worker::{
    Block, BoundValue, Button, Certainty, Comparison, CountWords, Differing, Disclosure,
    EquationOffer, EquationView, Field, FitColumn, ImprovementCell, ImprovementRow,
    ImprovementTable, LaidMaps, List, Listing, ListingState, Longer, LoopRow, MapRunView,
    MetricRow, MissingRow, PageCommand, PathRow, Picture, ResponseBody, Row, RowAction, RowCommand,
    RowKind, Sentence, SimulatedWords, StreamView, Table, ToldFigure, UnitClash, WriterRow,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::any_request::{
    bytes, change, id, patch, purpose, sheet_kind, showing, storage_request, window, written,
};
use super::any_request::{part, press, real};
use crate::common::document::document;

pub(super) fn opening_report() -> impl Strategy<Value = OpeningReport> {
    (words(), any::<String>(), words()).prop_map(|(losses, summary, notes)| OpeningReport {
        losses,
        summary,
        notes,
    })
}

/// What variables show that are bound to value streams, of every kind.
fn bound_view() -> impl Strategy<Value = StreamView> {
    let words = || any::<String>();
    let facts = vec(words(), 0..3);
    let simulated = (words(), words(), facts);
    let value = prop_oneof![
        words().prop_map(BoundValue::Known),
        Just(BoundValue::Unknown),
        Just(BoundValue::Broken),
        simulated.prop_map(|(value, runs, facts)| {
            BoundValue::Simulated(SimulatedWords { value, runs, facts })
        }),
        Just(BoundValue::Running),
        (words(), words()).prop_map(|(tag, why)| BoundValue::NotSimulated(tag, why)),
    ];
    vec((id(), value), 0..4).prop_map(|bound| StreamView {
        bound,
        ..StreamView::default()
    })
}

/// Anything that is known of an equation.
fn equation_view() -> impl Strategy<Value = EquationView> {
    let offer = || (any::<String>(), any::<String>(), patch());
    let offer = || {
        offer().prop_map(|(words, button, patch)| EquationOffer {
            words,
            button,
            patch,
        })
    };
    let place = proptest::option::of(any::<(u32, u32)>());
    let clash = (place, any::<String>(), vec(offer(), 0..2));
    let clash = clash.prop_map(|(place, words, offers)| UnitClash {
        place,
        words,
        offers,
    });
    let stated = proptest::option::of(any::<String>());
    let texts = (id(), stated.clone(), stated.clone(), any::<String>());
    (texts, vec(clash, 0..3), vec(offer(), 0..3), stated).prop_map(
        |((about, stated, begin, shown), clashes, links, taken)| EquationView {
            about,
            stated,
            begin,
            shown,
            clashes,
            links,
            taken,
        },
    )
}

fn improvements() -> impl Strategy<Value = ImprovementTable> {
    let cell = (any::<String>(), any::<String>(), any::<String>());
    let cell = cell.prop_map(|(value, difference, status)| ImprovementCell {
        value,
        difference,
        status,
    });
    let row = (showing(), any::<String>(), words(), vec(cell, 0..3));
    let row = row.prop_map(|(which, name, changes, cells)| ImprovementRow {
        which,
        name,
        changes,
        cells,
    });
    (words(), vec(row, 0..3), any::<String>()).prop_map(|(columns, rows, note)| ImprovementTable {
        columns,
        rows,
        note,
    })
}

pub(super) fn words() -> impl Strategy<Value = Vec<String>> {
    vec(any::<String>(), 0..4)
}

pub(super) fn list() -> impl Strategy<Value = List> {
    let text = any::<String>;
    let about = || vec(id(), 0..3);
    let sentence = (text(), about()).prop_map(|(text, about)| Sentence { text, about });
    let measure = select(MeasureKind::ALL.to_vec());
    let of = (id(), proptest::option::of(text()), measure);
    let missing = (text(), text(), words(), of).prop_map(
        |(name, knowledge, effects, (record, product, measure))| MissingRow {
            name,
            knowledge,
            effects,
            record,
            product,
            measure,
        },
    );
    let path = (text(), text(), text(), text(), text(), about()).prop_map(
        |(title, lead_time, process_time, share, ends, about)| PathRow {
            title,
            lead_time,
            process_time,
            share,
            ends,
            about,
        },
    );
    let metric =
        (text(), text(), text(), text()).prop_map(|(name, value, level, formula)| MetricRow {
            name,
            value,
            level,
            formula,
        });
    let writer =
        (text(), text(), text(), text()).prop_map(|(key, name, purpose, carries)| WriterRow {
            key,
            name,
            purpose,
            carries,
        });
    prop_oneof![
        vec(sentence, 0..3).prop_map(List::Sentences),
        vec(missing, 0..3).prop_map(List::Missing),
        vec(path, 0..3).prop_map(List::Paths),
        vec(metric, 0..3).prop_map(List::Metrics),
        vec(writer, 0..3).prop_map(List::Writers),
    ]
}

pub(super) fn table() -> impl Strategy<Value = Table> {
    (words(), vec(words(), 0..3)).prop_map(|(heads, rows)| Table { heads, rows })
}

pub(super) fn field() -> impl Strategy<Value = Field> {
    let option = (any::<String>(), any::<String>());
    (
        any::<String>(),
        any::<String>(),
        any::<String>(),
        vec(option, 0..3),
        any::<String>(),
    )
        .prop_map(|(key, label, note, options, chosen)| Field {
            key,
            label,
            note,
            options,
            chosen,
        })
}

pub(super) fn picture() -> impl Strategy<Value = Picture> {
    let text = any::<String>;
    (text(), text(), text(), text()).prop_map(|(name, summary, light, dark)| Picture {
        name,
        summary,
        light,
        dark,
    })
}

pub(super) fn comparison() -> impl Strategy<Value = Comparison> {
    let differing = (part(), any::<String>(), any::<String>())
        .prop_map(|(part, name, how)| Differing { part, name, how });
    let tables = (table(), table());
    let page = (0.0..9.0e3, 0.0..9.0e3);
    (vec(picture(), 0..3), page, tables, vec(differing, 0..3)).prop_map(
        |(pictures, (x, y), (figures, equal), parts)| Comparison {
            pictures,
            page: Vector::new(x, y),
            figures,
            equal,
            parts,
        },
    )
}

pub(super) fn row() -> impl Strategy<Value = Row> {
    let kind = select(vec![
        RowKind::Plain,
        RowKind::Reinforcing,
        RowKind::Balancing,
        RowKind::Undetermined,
        RowKind::Problem,
        RowKind::Warning,
        RowKind::Hint,
        RowKind::Answered,
    ]);
    let action = (
        any::<String>(),
        prop_oneof![
            patch().prop_map(|patch| RowCommand::Patch(Box::new(patch))),
            storage_request().prop_map(RowCommand::Storage),
            select(vec![PageCommand::ChooseFile, PageCommand::AskForPromise])
                .prop_map(RowCommand::Page),
            vec(id(), 0..4).prop_map(|links| RowCommand::Name(LoopKey::new(links))),
            (id(), proptest::option::of(any::<(u32, u32)>()))
                .prop_map(|(id, place)| RowCommand::Equation(id, place)),
        ],
    )
        .prop_map(|(label, command)| RowAction { label, command });
    let text = any::<String>;
    let words = (text(), text(), text(), text(), text(), text());
    (
        words,
        kind,
        (proptest::option::of(any::<u64>()), any::<u64>()),
        vec(id(), 0..3),
        vec(action, 0..3),
    )
        .prop_map(
            |((topic, code, title, text, meta, detail), kind, (share, depth), about, actions)| {
                Row {
                    topic,
                    code,
                    kind,
                    title,
                    text,
                    meta,
                    detail,
                    share,
                    depth,
                    about,
                    actions,
                }
            },
        )
}

pub(super) fn disclosure() -> impl Strategy<Value = Disclosure> {
    (any::<String>(), any::<String>(), vec(row(), 0..3))
        .prop_map(|(topic, words, rows)| Disclosure { topic, words, rows })
}

pub(super) fn bodies() -> impl Strategy<Value = ResponseBody> {
    let block = prop_oneof![
        any::<String>().prop_map(Block::Heading),
        any::<String>().prop_map(Block::Words),
        row().prop_map(Block::Row),
        disclosure().prop_map(Block::Disclosure),
        list().prop_map(Block::List),
        table().prop_map(Block::Table),
        picture().prop_map(Block::Chart),
        field().prop_map(Block::Field),
        (press(), any::<String>())
            .prop_map(|(press, label)| Block::Button(Button { press, label })),
    ];
    let state = select(vec![
        ListingState::Running,
        ListingState::Paused,
        ListingState::Stopped,
        ListingState::Full,
        ListingState::Done,
    ]);
    let polarity = select(vec![
        LoopPolarity::Reinforcing,
        LoopPolarity::Balancing,
        LoopPolarity::Undetermined,
    ]);
    let delay = select(vec![Delay::None, Delay::Delayed]);
    let loop_row =
        (polarity, delay, vec(id(), 0..5)).prop_map(|(polarity, delay, links)| LoopRow {
            polarity,
            delay,
            links,
        });
    let number = "[0-9]{1,40}";
    let counts = (number, number, number, number, number, any::<bool>());
    let severity = select(Severity::ALL.to_vec());
    let mark = (severity, any::<String>()).prop_map(|(severity, words)| Mark { severity, words });
    let positions = select(vec![Positions::Given, Positions::Missing]);
    prop_oneof![
        Just(ResponseBody::Ready),
        Just(ResponseBody::Stale),
        counts.prop_map(
            |(total, reinforcing, balancing, undetermined, delayed, exact)| {
                ResponseBody::Counts(CountWords {
                    total,
                    reinforcing,
                    balancing,
                    undetermined,
                    delayed,
                    certainty: if exact {
                        Certainty::Exact
                    } else {
                        Certainty::AtLeast
                    },
                })
            }
        ),
        (any::<u64>(), any::<u64>(), state).prop_map(|(listed, complete_to, state)| {
            ResponseBody::Listing(Listing {
                listed,
                complete_to,
                state,
            })
        }),
        vec(vec(id(), 0..4), 0..4).prop_map(ResponseBody::Shortest),
        (window(), any::<u64>(), vec(loop_row, 0..4)).prop_map(|(window, total, rows)| {
            ResponseBody::Loops {
                window,
                total,
                rows,
            }
        }),
        (sheet_kind(), vec(id(), 0..3), vec(block.clone(), 0..5)).prop_map(
            |(kind, about, blocks)| {
                ResponseBody::Report {
                    kind,
                    about,
                    blocks,
                }
            }
        ),
        vec((id(), mark), 0..5).prop_map(ResponseBody::Marks),
        (0.0..=1.0_f64).prop_map(ResponseBody::Arranging),
        patch().prop_map(ResponseBody::Arranged),
        any::<String>().prop_map(ResponseBody::Link),
        any::<String>().prop_map(ResponseBody::QrCode),
        (any::<String>(), bytes()).prop_map(|(name, content)| ResponseBody::File { name, content }),
        (
            any::<u64>(),
            any::<String>(),
            document(),
            opening_report(),
            positions,
            purpose()
        )
            .prop_map(|(opening, name, document, report, positions, purpose)| {
                ResponseBody::Opened {
                    opening,
                    name,
                    document,
                    report,
                    positions,
                    purpose,
                }
            }),
        (
            any::<String>(),
            any::<String>(),
            proptest::option::of(any::<String>())
        )
            .prop_map(|(name, why, note)| ResponseBody::NotOpened { name, why, note }),
        written().prop_map(ResponseBody::Written),
        (any::<String>(), table())
            .prop_map(|(sentence, table)| ResponseBody::Tried(sentence, table)),
        improvements().prop_map(ResponseBody::Improvements),
        super::any_run::run_view().prop_map(ResponseBody::Run),
        (0..101_u64).prop_map(ResponseBody::Spreading),
        any::<String>().prop_map(ResponseBody::NoSpread),
        any::<String>().prop_map(ResponseBody::Fitting),
        equation_view().prop_map(ResponseBody::Equation),
        any::<String>().prop_map(ResponseBody::NoFit),
        vec(fit_column(), 0..3).prop_map(ResponseBody::FitColumns),
        vec((id(), vec(told_figure(), 0..3)), 0..3).prop_map(ResponseBody::StoryFigures),
        (id(), proptest::option::of(said_of_numbers()))
            .prop_map(|(id, said)| ResponseBody::Measured(id, said)),
        (id(), super::any_request::side(), any::<String>())
            .prop_map(|(id, side, why)| ResponseBody::SampleRead(id, side, why)),
        (id(), patch()).prop_map(|(id, patch)| ResponseBody::ExperimentBegun(id, patch)),
        (super::any_request::steps_for(), vec(any::<String>(), 0..3))
            .prop_map(|(purpose, pictures)| ResponseBody::StepPictures(purpose, pictures)),
        (any::<String>(), vec(any::<u8>(), 0..9))
            .prop_map(|(name, content)| ResponseBody::Archive { name, content }),
        (0..101_u64).prop_map(ResponseBody::MapRunning),
        Just(ResponseBody::MapRunEnded),
        any::<String>().prop_map(|why| ResponseBody::Laid(Err(why))),
        (any::<String>(), table(), document()).prop_map(|(sentence, table, document)| {
            ResponseBody::Laid(Ok(LaidMaps {
                sentence,
                table,
                document,
            }))
        }),
        (any::<String>(), reel()).prop_map(|(name, reel)| ResponseBody::FilmBegins(name, reel)),
        reel().prop_map(ResponseBody::Film),
        vec(block.clone(), 0..3).prop_map(ResponseBody::NoFilm),
        bound_view().prop_map(ResponseBody::StreamsAnew),
        (
            super::any_request::map_question(),
            vec(block.clone(), 0..3),
            any::<u32>(),
            select(vec![Longer::No, Longer::Helps])
        )
            .prop_map(|(question, blocks, length, longer)| {
                ResponseBody::MapRun(MapRunView {
                    question,
                    blocks,
                    length,
                    longer,
                })
            }),
        comparison().prop_map(ResponseBody::Compared),
        any::<String>().prop_map(ResponseBody::NotCompared),
        patch().prop_map(ResponseBody::TakenOver),
        (id(), patch()).prop_map(|(story, patch)| ResponseBody::StoryBegun(story, patch)),
        (vec(change(), 0..3), any::<String>(), any::<String>()).prop_map(
            |(changes, done, failed)| ResponseBody::Changes {
                changes,
                done,
                failed
            }
        ),
        any::<String>().prop_map(ResponseBody::Notice),
        (any::<String>(), any::<String>())
            .prop_map(|(name, text)| ResponseBody::Download { name, text }),
        storage_request().prop_map(ResponseBody::StorageNeeded),
        any::<String>().prop_map(ResponseBody::Refused),
        (any::<String>(), any::<String>())
            .prop_map(|(name, text)| ResponseBody::IsTable(name, text)),
        (vec(block.clone(), 0..3), any::<String>())
            .prop_map(|(blocks, memory)| ResponseBody::Form(blocks, memory)),
        vec(block, 0..3).prop_map(ResponseBody::Asked),
    ]
}

/// Any figure of a step of a story.
fn told_figure() -> impl Strategy<Value = ToldFigure> {
    let texts = (
        any::<String>(),
        proptest::option::of(any::<String>()),
        any::<String>(),
    );
    texts.prop_map(|(name, value, trust)| ToldFigure { name, value, trust })
}

/// Any column of a table of measurements.
fn fit_column() -> impl Strategy<Value = FitColumn> {
    let texts = (any::<String>(), proptest::option::of(any::<String>()));
    (any::<u32>(), any::<u32>(), texts, any::<u64>()).prop_map(
        |(table, column, (head, matched), numbers)| FitColumn {
            table,
            column,
            head,
            matched,
            numbers,
        },
    )
}

fn said_of_numbers() -> impl Strategy<Value = Measured> {
    any::<[String; 4]>().prop_map(|[before, after, difference, chance]| Measured {
        before,
        after,
        difference,
        chance,
    })
}

/// Any part of a run that is shown.
fn reel() -> impl Strategy<Value = Reel> {
    let at = || proptest::option::of(id());
    let stand = any::<[u32; 6]>().prop_map(|count| Stand {
        waiting: count[0],
        setting_up: count[1],
        working: count[2],
        down: count[3],
        blocked: count[4],
        staying: count[5],
    });
    let whole = (any::<[u64; 3]>(), proptest::option::of(real())).prop_map(|(count, lead)| Whole {
        inside: count[0],
        outside: count[1],
        left: count[2],
        lead,
    });
    let what = prop_oneof![
        (at(), at(), at()).prop_map(|(from, to, along)| Happening::Move(Passage {
            from,
            to,
            along
        })),
        (id(), stand).prop_map(|(id, stand)| Happening::Stands(id, stand)),
        whole.prop_map(Happening::Whole),
    ];
    let event = (real(), what).prop_map(|(time, what)| ReelEvent { time, what });
    let end = select(vec![ReelEnd::GoesOn, ReelEnd::Done, ReelEnd::Stuck]);
    (vec(event, 0..4), real(), end).prop_map(|(events, until, end)| Reel { events, until, end })
}
