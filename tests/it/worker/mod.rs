//! The worker as the page uses it: requests in, answers out, without a browser.

mod analyses;
mod any_request;
mod any_response;
mod any_run;
mod archive;
mod bound_models;
mod bound_runs;
mod equations;
mod laying_over;
mod loops;
mod many_runs;
mod map_film;
mod map_runs;
mod messages;
mod opened;
mod runs;
mod streams;
mod structure;
mod texts;

use loopstream::model::{Delay, Document, Edit, Element, Id, Link, Polarity, Variable};
use loopstream::worker::{Request, Response, ResponseBody, Work, WorkerState, decode, encode};

/// A worker with a document, and the number of that document.
pub struct Desk {
    pub bench: WorkerState,
    pub document: Document,
    pub revision: u64,
}

impl Desk {
    pub fn new(document: Document) -> Self {
        Self::with_seed(document, 7)
    }

    /// A worker whose fresh ids come from this seed.
    pub fn with_seed(document: Document, seed: u64) -> Self {
        let mut bench = WorkerState::default();
        let answers = bench.take(Request::Document {
            revision: 1,
            seed,
            document: document.clone(),
        });
        assert_eq!(answers, []);
        Self {
            bench,
            document,
            revision: 1,
        }
    }

    /// Asks, works until there is no more to do, and gives all that was answered.
    pub fn ask(&mut self, request: Request) -> Vec<ResponseBody> {
        // As it would come through the browser.
        let request = decode(&encode(&request).unwrap()).unwrap();
        let mut answers = self.bench.take(request);
        while self.bench.work() == Work::Waits {
            answers.extend(self.bench.advance(50_000));
        }
        let revision = self.revision;
        answers
            .into_iter()
            .map(|answer| {
                let read: Response = decode(&encode(&answer).unwrap()).unwrap();
                assert_eq!(read, answer);
                assert_eq!(answer.revision, revision);
                answer.body
            })
            .collect()
    }
}

/// A document with these variables, and links by their places: `(from, to, polarity, delay)`.
pub fn diagram(names: &[&str], links: &[(usize, usize, Polarity, Delay)]) -> Document {
    let empty = Document::default();
    let mut edit = Edit::new(&empty);
    let id = |place: usize| Id::from_bits(place as u64 + 1);
    for (place, name) in names.iter().enumerate() {
        let variable = Variable {
            name: (*name).to_owned(),
            ..Variable::default()
        };
        edit.set(id(place), Some(Element::Variable(variable)));
    }
    for (place, (from, to, polarity, delay)) in links.iter().enumerate() {
        let link = Link {
            polarity: *polarity,
            delay: *delay,
            ..Link::new(id(*from), id(*to), 0.2)
        };
        edit.set(id(1_000 + place), Some(Element::Link(link)));
    }
    let mut document = Document::default();
    document.apply(&edit.finish()).unwrap();
    document
}

/// Every variable linked to every other; every third link is negative.
pub fn complete(variables: usize) -> Document {
    let names: Vec<String> = (0..variables).map(|number| format!("v{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut links = Vec::new();
    for from in 0..variables {
        for to in (0..variables).filter(|to| *to != from) {
            let polarity = match links.len() % 3 {
                2 => Polarity::Negative,
                _ => Polarity::Positive,
            };
            links.push((from, to, polarity, Delay::None));
        }
    }
    diagram(&names, &links)
}
