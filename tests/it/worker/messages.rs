//! What page and worker say to each other comes through as it was said.

use loopstream::layout::Arrange;
use loopstream::model::{Document, Id, Patch, Vector};
use loopstream::scene::{PictureLook, Theme};
use loopstream::worker::{
    Certainty, CountWords, Listing, ListingState, Request, Response, ResponseBody, Showing,
    WireError, WriteFor, Written, decode, encode,
};
use proptest::collection::vec;
use proptest::prelude::*;

use super::any_request::request;
use super::any_response::bodies;

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
        look: PictureLook::plain(Theme::Light),
        only: Vec::new(),
        showing: Showing::Today,
    });
    assert_eq!(write, *b"\x0d\x03csv\0\0\0\0\0\0\0\0\0\0");
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
        streams: Vec::new(),
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
