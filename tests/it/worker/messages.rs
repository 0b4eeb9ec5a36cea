//! What page and worker say to each other comes through as it was said.

use loopstream::causal::check::{Mark, Severity};
use loopstream::causal::{LoopOrder, LoopPolarity};
use loopstream::compare::Part;
use loopstream::format::{OpeningReport, Positions};
use loopstream::layout::Arrange;
use loopstream::model::{Delay, Document, Id, MeasureKind, Patch, Vector};
use loopstream::scene::Theme;
use loopstream::stream::Improvement;
use loopstream::worker::{
    Block, Button, Certainty, Comparison, CountWords, Differing, Disclosure, Drive, Field, List,
    Listing, ListingState, LoopFilter, LoopKind, LoopRow, LoopWindow, MetricRow, MissingRow,
    OtherText, PageCommand, PathRow, Picture, Press, Promise, ReadFor, ReportKind, Request,
    Response, ResponseBody, Row, RowAction, RowCommand, RowKind, Sentence, StorageCall,
    StorageRequest, Table, TableText, TextChange, WireError, WriteFor, WriterRow, Written, decode,
    encode,
};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::common::document::{changes, document, patch_of};

fn id() -> impl Strategy<Value = Id> {
    any::<u64>().prop_map(Id::from_bits)
}

fn real() -> impl Strategy<Value = f64> {
    prop_oneof![-1.0e7..1.0e7_f64, Just(0.1 + 0.2), Just(0.0)]
}

fn sheet_kind() -> impl Strategy<Value = ReportKind> {
    select(ReportKind::ALL.to_vec())
}

fn window() -> impl Strategy<Value = LoopWindow> {
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

fn write_for() -> impl Strategy<Value = WriteFor> {
    select(vec![
        WriteFor::Copying,
        WriteFor::Saving,
        WriteFor::Printing,
    ])
}

fn written() -> impl Strategy<Value = Written> {
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
        },
    )
}

fn purpose() -> impl Strategy<Value = ReadFor> {
    select(vec![ReadFor::Opening, ReadFor::Pasting, ReadFor::Measuring])
}

fn patch() -> impl Strategy<Value = Patch> {
    (document(), changes()).prop_map(|(document, changes)| patch_of(&document, &changes))
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    vec(any::<u8>(), 0..200)
}

fn storage_request() -> impl Strategy<Value = StorageRequest> {
    let promises = vec![Promise::Given, Promise::NotGiven, Promise::Unknown];
    prop_oneof![
        id().prop_map(StorageRequest::Record),
        id().prop_map(StorageRequest::History),
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

fn call() -> impl Strategy<Value = StorageCall> {
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

fn change() -> impl Strategy<Value = TextChange> {
    let side = || proptest::option::of(any::<String>());
    (any::<String>(), side(), side()).prop_map(|(key, before, after)| TextChange {
        key,
        before,
        after,
    })
}

fn request() -> impl Strategy<Value = Request> {
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
        (bytes(), any::<String>()).prop_map(|(picture, name)| Request::Carry { picture, name }),
        (
            any::<String>(),
            write_for(),
            select(vec![Theme::Light, Theme::Dark, Theme::Print])
        )
            .prop_map(|(key, purpose, theme)| Request::Write {
                key,
                purpose,
                theme,
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
        (id(), real()).prop_map(|(id, part)| Request::TryOut(id, Improvement::Time(part))),
        (id(), real()).prop_map(|(id, more)| Request::TryOut(id, Improvement::Servers(more))),
    ]
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        id().prop_map(Part::Record),
        Just(Part::Title),
        Just(Part::Purpose),
        Just(Part::Settings)
    ]
}

fn opening_report() -> impl Strategy<Value = OpeningReport> {
    (words(), any::<String>(), words()).prop_map(|(losses, summary, notes)| OpeningReport {
        losses,
        summary,
        notes,
    })
}

fn words() -> impl Strategy<Value = Vec<String>> {
    vec(any::<String>(), 0..4)
}

fn list() -> impl Strategy<Value = List> {
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

fn table() -> impl Strategy<Value = Table> {
    (words(), vec(words(), 0..3)).prop_map(|(heads, rows)| Table { heads, rows })
}

fn field() -> impl Strategy<Value = Field> {
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

fn press() -> impl Strategy<Value = Press> {
    select(vec![
        Press::NewMap,
        Press::UpdateMap,
        Press::OtherTable,
        Press::NamesAreVariables,
        Press::NamesAreSteps,
        Press::NamesAreNote,
    ])
}

fn picture() -> impl Strategy<Value = Picture> {
    let text = any::<String>;
    (text(), text(), text(), text()).prop_map(|(name, summary, light, dark)| Picture {
        name,
        summary,
        light,
        dark,
    })
}

fn comparison() -> impl Strategy<Value = Comparison> {
    let differing = (part(), any::<String>(), any::<String>())
        .prop_map(|(part, name, how)| Differing { part, name, how });
    (vec(picture(), 0..3), table(), vec(differing, 0..3)).prop_map(|(pictures, figures, parts)| {
        Comparison {
            pictures,
            figures,
            parts,
        }
    })
}

fn row() -> impl Strategy<Value = Row> {
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
        ],
    )
        .prop_map(|(label, command)| RowAction { label, command });
    let text = any::<String>;
    let words = (text(), text(), text(), text(), text(), text());
    (
        words,
        kind,
        any::<u64>(),
        vec(id(), 0..3),
        vec(action, 0..3),
    )
        .prop_map(
            |((topic, code, title, text, meta, detail), kind, depth, about, actions)| Row {
                topic,
                code,
                kind,
                title,
                text,
                meta,
                detail,
                depth,
                about,
                actions,
            },
        )
}

fn disclosure() -> impl Strategy<Value = Disclosure> {
    (any::<String>(), any::<String>(), vec(row(), 0..3))
        .prop_map(|(topic, words, rows)| Disclosure { topic, words, rows })
}

fn bodies() -> impl Strategy<Value = ResponseBody> {
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
        comparison().prop_map(ResponseBody::Compared),
        any::<String>().prop_map(ResponseBody::NotCompared),
        patch().prop_map(ResponseBody::TakenOver),
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

/// `e2e/bench/worker.mjs` writes these requests and reads these answers by hand.
#[test]
fn a_benchmark_can_speak_to_the_worker() {
    let request = |request: Request| encode(&request).unwrap();
    assert_eq!(request(Request::Search), [3]);
    let document = request(Request::Document {
        revision: 1,
        seed: 300,
        document: Document::default(),
    });
    assert_eq!(document[..4], [0, 1, 0xac, 2]);
    let write = request(Request::Write {
        key: "csv".to_owned(),
        purpose: WriteFor::Copying,
        theme: Theme::Light,
    });
    assert_eq!(write, *b"\x0d\x03csv\0\0");
    let mut arrange = b"\x07\0\0\x01\x011".to_vec();
    arrange.extend([90.0_f64, 24.0].map(f64::to_le_bytes).concat());
    let arranged = Request::Arrange {
        mode: Arrange::Afresh,
        only: Vec::new(),
        sizes: vec![(Id::from_bits(1), Vector::new(90.0, 24.0))],
    };
    assert_eq!(request(arranged), arrange);

    let answer = |bodies| {
        encode(&Response {
            revision: 1,
            body: bodies,
        })
        .unwrap()
    };
    let text = || "t".to_owned();
    let patch = answer(ResponseBody::Arranged(Patch::default()));
    for (bytes, starts) in [
        (answer(ResponseBody::Ready), &b"\x01\0"[..]),
        (answer(ResponseBody::Stale), b"\x01\x01"),
        (
            answer(ResponseBody::Counts(CountWords {
                total: text(),
                reinforcing: text(),
                balancing: text(),
                undetermined: text(),
                delayed: text(),
                certainty: Certainty::Exact,
            })),
            b"\x01\x02\x01t\x01t\x01t\x01t\x01t\0",
        ),
        (
            answer(ResponseBody::Listing(Listing {
                listed: 5,
                complete_to: 6,
                state: ListingState::Full,
            })),
            b"\x01\x03\x05\x06\x03",
        ),
        (
            answer(ResponseBody::Shortest(vec![Vec::new()])),
            b"\x01\x04\x01\0",
        ),
        (patch[..2].to_vec(), b"\x01\x09"),
        (answer(ResponseBody::NotCompared(text())), b"\x01\x11\x01t"),
        (answer(ResponseBody::Refused(text())), b"\x01\x17\x01t"),
        (
            answer(ResponseBody::NotOpened {
                name: text(),
                why: text(),
                note: None,
            }),
            b"\x01\x0b\x01t\x01t\0",
        ),
    ] {
        assert_eq!(bytes, starts);
    }
    let written = answer(ResponseBody::Written(Written {
        key: text(),
        name: text(),
        ending: text(),
        media_type: text(),
        text: text(),
        warnings: Vec::new(),
        purpose: WriteFor::Copying,
    }));
    assert_eq!(written[..10], *b"\x01\x0e\x01t\x01t\x01t\x01t");
}

proptest! {
    #[test]
    fn requests_come_through(request in request()) {
        let bytes = encode(&request).unwrap();
        prop_assert_eq!(decode::<Request>(&bytes), Ok(request));
    }

    #[test]
    fn answers_come_through(revision in any::<u64>(), body in bodies()) {
        let answer = Response { revision, body };
        let bytes = encode(&answer).unwrap();
        prop_assert_eq!(decode::<Response>(&bytes), Ok(answer));
    }

    #[test]
    fn a_part_of_a_message_is_refused(
        request in request(),
        body in bodies(),
        cut in any::<proptest::sample::Index>(),
    ) {
        let request = encode(&request).unwrap();
        prop_assert!(decode::<Request>(&request[..cut.index(request.len())]).is_err());
        let answer = encode(&Response { revision: 1, body }).unwrap();
        prop_assert!(decode::<Response>(&answer[..cut.index(answer.len())]).is_err());
    }

    #[test]
    fn more_than_a_message_is_refused(request in request(), more in vec(any::<u8>(), 1..9)) {
        let mut bytes = encode(&request).unwrap();
        bytes.extend(&more);
        prop_assert_eq!(decode::<Request>(&bytes), Err(WireError::Longer(more.len())));
    }

    #[test]
    fn anything_else_is_read_or_refused(
        bytes in vec(any::<u8>(), 0..300),
        body in bodies(),
        at in any::<proptest::sample::Index>(),
        byte: u8,
    ) {
        // Not a panic, whatever comes.
        let _ = (decode::<Request>(&bytes), decode::<Response>(&bytes));
        let mut answer = encode(&Response { revision: 1, body }).unwrap();
        let place = at.index(answer.len());
        answer[place] = byte;
        let _ = decode::<Response>(&answer);
    }
}
