//! A vote with dots: whoever hears the same ballots counts the same, in whatever order they come, and
//! nothing that is told says whose they are.

use std::collections::{BTreeMap, BTreeSet};

use loopstream::model::{Id, Lever, LoopKey};
use loopstream::sync::{
    Ballots, DotTarget, LONGEST_POLL, LONGEST_QUESTION, MOST_BALLOTS, MOST_DOTS, Poll, PollError,
    PollNews, Stage,
};
use proptest::prelude::*;

const ANA: Id = Id::from_bits(1);
const BEN: Id = Id::from_bits(2);
const VOTE: Id = Id::from_bits(77);

type Ballot = (Id, Vec<DotTarget>);

fn target() -> impl Strategy<Value = DotTarget> {
    // Few of them, so that some have several dots.
    let id = prop_oneof![4 => 0_u64..6, 1 => any::<u64>()].prop_map(Id::from_bits);
    prop_oneof![
        id.clone().prop_map(DotTarget::Record),
        id.clone().prop_map(DotTarget::Loop),
        id.prop_map(DotTarget::Finding),
    ]
}

fn ballot() -> impl Strategy<Value = Ballot> {
    let id = prop_oneof![0_u64..8, any::<u64>()].prop_map(Id::from_bits);
    (id, prop::collection::vec(target(), 0..=MOST_DOTS))
}

fn set(ballots: &[Ballot]) -> Ballots {
    let mut set = Ballots::default();
    for (id, dots) in ballots {
        set.add(*id, dots.clone());
    }
    set
}

fn joined(one: &Ballots, other: &Ballots) -> Ballots {
    let mut all = one.clone();
    let is_changed = all.join(other);
    assert_eq!(is_changed, all != *one);
    all
}

/// A closed vote of this many dots, with ballots.
fn closed(dots: usize, ballots: &[Ballot]) -> Poll {
    let mut poll = Poll::default();
    poll.begin(VOTE, "What first?", dots, ANA);
    poll.close(ANA);
    for (id, dots) in ballots {
        poll.cast(VOTE, *id, dots.clone());
    }
    poll
}

#[derive(Clone, Debug)]
enum Step {
    Begin(usize, usize),
    Close(usize),
    End(usize),
    Cast(usize, Ballot),
    /// One hears what another told at some earlier time.
    Hear(usize, prop::sample::Index),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let page = 0_usize..4;
    let step = prop_oneof![
        2 => (page.clone(), 1_usize..4).prop_map(|(page, dots)| Step::Begin(page, dots)),
        3 => page.clone().prop_map(Step::Close),
        1 => page.clone().prop_map(Step::End),
        8 => (page.clone(), ballot()).prop_map(|(page, ballot)| Step::Cast(page, ballot)),
        8 => (page, any::<prop::sample::Index>()).prop_map(|(page, told)| Step::Hear(page, told)),
    ];
    prop::collection::vec(step, 0..80)
}

proptest! {
    #[test]
    fn joining_does_not_ask_for_order_or_how_often(
        one in prop::collection::vec(ballot(), 0..150),
        other in prop::collection::vec(ballot(), 0..150),
        third in prop::collection::vec(ballot(), 0..20),
    ) {
        let [one, other, third] = [set(&one), set(&other), set(&third)];
        prop_assert_eq!(joined(&one, &other), joined(&other, &one));
        prop_assert_eq!(joined(&one, &one), one.clone());
        prop_assert_eq!(
            joined(&joined(&one, &other), &third),
            joined(&one, &joined(&other, &third))
        );
        prop_assert!(joined(&one, &other).len() <= MOST_BALLOTS);
    }

    #[test]
    fn a_tally_is_a_plain_count(ballots in prop::collection::vec(ballot(), 0..60)) {
        // By the rules: of one id the greater ballot, then the lowest ids.
        let mut kept: BTreeMap<Id, Vec<DotTarget>> = BTreeMap::new();
        for (id, dots) in &ballots {
            let mut dots = dots.clone();
            dots.sort();
            if !dots.is_empty() && kept.get(id).is_none_or(|known| *known < dots) {
                kept.insert(*id, dots);
            }
        }
        let all: Vec<DotTarget> = kept.values().take(MOST_BALLOTS).flatten().copied().collect();
        let tally = set(&ballots).tally();
        prop_assert_eq!(tally.values().sum::<usize>(), all.len());
        for (target, dots) in tally {
            prop_assert_eq!(all.iter().filter(|one| **one == target).count(), dots);
        }
    }

    #[test]
    fn what_is_told_is_read_back_and_says_only_who_spoke(
        ballots in prop::collection::vec(ballot(), 0..40),
        dots in 1_usize..=MOST_DOTS,
    ) {
        let poll = closed(dots, &ballots);
        let text = poll.write().unwrap();
        prop_assert!(text.len() <= LONGEST_POLL);
        let read = Poll::read(&text).unwrap();
        prop_assert_eq!(&read, &poll);
        prop_assert_eq!(read.write().unwrap(), text);
        // Whoever knows the same tells the same, so the text leads to nobody.
        let mut other = closed(dots, &[]);
        for (id, dots) in ballots.iter().rev() {
            other.cast(VOTE, *id, dots.clone());
        }
        prop_assert_eq!(other.write(), poll.write());
    }

    #[test]
    fn pages_that_have_heard_all_hold_the_same(steps in steps()) {
        let mut pages = <[Poll; 4]>::default();
        let mut told: Vec<Poll> = vec![Poll::default()];
        for (number, step) in (0_u64..).zip(steps) {
            let by = |page: usize| Id::from_bits(page as u64 + 1);
            let page = match step {
                Step::Begin(page, dots) => {
                    pages[page].begin(Id::from_bits(1_000 + number), "Which?", dots, by(page));
                    page
                }
                Step::Close(page) => {
                    pages[page].close(by(page));
                    page
                }
                Step::End(page) => {
                    pages[page].end(by(page));
                    page
                }
                Step::Cast(page, (ballot, dots)) => {
                    let vote = pages[page].vote().map(|vote| (vote.id, vote.stage, vote.dots));
                    let is_cast = vote.is_some_and(|(vote, ..)| {
                        pages[page].cast(vote, ballot, dots.clone())
                    });
                    let may = vote.is_some_and(|(_, stage, most)| {
                        stage == Stage::Closed && dots.len() <= most
                    });
                    prop_assert!(may || !is_cast);
                    page
                }
                Step::Hear(page, at) => {
                    pages[page].hear(at.get(&told));
                    page
                }
            };
            told.push(pages[page].clone());
        }
        // Each tells what it knows again and again, as pages do.
        for _ in 0..2 {
            for (at, page) in pages.iter_mut().enumerate() {
                for poll in told.iter().cycle().skip(at * 7).take(told.len()) {
                    page.hear(&Poll::read(&poll.write().unwrap_or_default()).unwrap_or_default());
                }
            }
        }
        prop_assert!(pages.iter().all(|one| *one == pages[0]), "{pages:?}");
        // Of an open vote there is no ballot.
        let is_closed = pages[0].vote().is_some_and(|vote| vote.stage == Stage::Closed);
        prop_assert!(is_closed || pages[0].ballots().is_empty());
    }

    #[test]
    fn hostile_text_is_refused_or_bounded(
        ballots in prop::collection::vec(ballot(), 0..6),
        at in any::<prop::sample::Index>(),
        noise in "\\PC{0,20}",
        value in prop::sample::select(&[
            "null", "[]", "{}", "7", "{\"a\":7}", "{\"a\":[7]}", "{\"?\":[\"ra\"]}",
            "{\"a\":[\"xa\"]}", "{\"a\":[\"f\"]}", "{\"a\":[\"r\"]}", "{\"a\":[\"r?\"]}", "{\"a\":[\"ra\",\"é\"]}",
            "{\"a\":[\"ra\",\"ra\",\"ra\",\"ra\",\"ra\",\"ra\",\"ra\",\"ra\",\"ra\",\"ra\",\"ra\"]}",
        ][..]),
    ) {
        let text = closed(3, &ballots).write().unwrap();
        let at = (0..=at.index(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap();
        let (before, after) = text.split_at(at);
        // The last one of two keys counts.
        let other = format!("{},\"ballots\":{value}}}", &text[..text.len() - 1]);
        for text in [before, &format!("{before}{noise}{after}"), &noise, &other] {
            if let Ok(read) = Poll::read(text) {
                prop_assert!(read.ballots().len() <= MOST_BALLOTS);
                prop_assert!(read.write().is_none_or(|text| text.len() <= LONGEST_POLL));
                let vote = read.vote();
                prop_assert!(vote.is_none_or(|vote| (1..=MOST_DOTS).contains(&vote.dots)));
            }
        }
        let read = Poll::read(&other).unwrap();
        prop_assert!(read.ballots().is_empty(), "{read:?}");
    }

    #[test]
    fn a_target_has_one_text(target in target()) {
        let text = target.to_string();
        prop_assert!(text.len() <= 12);
        prop_assert_eq!(text.parse(), Ok(target));
    }
}

#[test]
fn a_vote_is_begun_closed_and_put_away_by_anybody() {
    let (mut ana, mut ben, mut late) = <(Poll, Poll, Poll)>::default();
    ana.begin(VOTE, "  What\nfirst? ", 3, ANA);
    assert_eq!(ben.hear(&ana), Some(PollNews::Began(ANA)));
    let vote = ben.vote().unwrap();
    assert_eq!(
        (&*vote.question, vote.dots, vote.stage),
        ("What first?", 3, Stage::Open)
    );
    let dot = |number| DotTarget::Record(Id::from_bits(number));
    // While it is open nothing is cast.
    assert!(!ben.cast(VOTE, Id::from_bits(500), vec![dot(1)]));
    ben.close(BEN);
    assert!(ben.cast(VOTE, Id::from_bits(500), vec![dot(1), dot(2)]));
    assert!(
        !ben.cast(VOTE, Id::from_bits(500), vec![dot(1), dot(2)]),
        "it is there"
    );
    assert!(
        !ben.cast(VOTE, Id::from_bits(501), vec![dot(1); 4]),
        "more dots than one has"
    );
    assert!(
        !ben.cast(ANA, Id::from_bits(502), vec![dot(1)]),
        "of another vote"
    );
    assert_eq!(ana.hear(&ben), Some(PollNews::Closed(BEN)));
    assert!(ana.cast(VOTE, Id::from_bits(600), vec![dot(2)]));
    assert_eq!(ben.hear(&ana), Some(PollNews::Counted));
    assert_eq!(ben.hear(&ana), None);
    // Who comes later hears all from anybody.
    assert_eq!(late.hear(&ben), Some(PollNews::Closed(BEN)));
    assert_eq!(late.ballots().tally(), [(dot(1), 1), (dot(2), 2)].into());
    late.end(ANA);
    assert_eq!(ben.hear(&late), Some(PollNews::Ended(ANA)));
    assert!(ben.vote().is_none() && ben.ballots().is_empty());
    // An old text brings nothing back.
    assert_eq!(ben.hear(&ana), None);
    ben.begin(Id::from_bits(78), "", 1, BEN);
    assert_eq!(late.hear(&ben), Some(PollNews::Began(BEN)));
    assert!(late.ballots().is_empty());
}

#[test]
fn two_who_close_at_once_count_the_same_ballots() {
    let dot = |number| vec![DotTarget::Record(Id::from_bits(number))];
    let mut ana = Poll::default();
    ana.begin(VOTE, "", 3, ANA);
    let mut ben = ana.clone();
    ana.close(ANA);
    ana.cast(VOTE, Id::from_bits(500), dot(1));
    ben.close(BEN);
    ben.cast(VOTE, Id::from_bits(600), dot(2));
    let told = ana.clone();
    ana.hear(&ben);
    ben.hear(&told);
    assert_eq!(ana, ben);
    assert_eq!(ana.ballots().len(), 2);
}

#[test]
fn the_longest_text_is_within_bounds() {
    let mut poll = Poll::default();
    let question = "\u{1f642}\"".repeat(LONGEST_QUESTION);
    poll.begin(
        Id::from_bits(u64::MAX),
        &question,
        99,
        Id::from_bits(u64::MAX),
    );
    poll.close(Id::from_bits(u64::MAX));
    let vote = Id::from_bits(u64::MAX);
    for number in 0..=300 {
        let target = |dot: u64| DotTarget::Loop(Id::from_bits(u64::MAX - dot));
        let dots = (0..MOST_DOTS as u64).map(target).collect();
        poll.cast(vote, Id::from_bits(u64::MAX - number), dots);
    }
    assert_eq!(poll.ballots().len(), MOST_BALLOTS);
    let text = poll.write().unwrap();
    assert!(text.len() <= LONGEST_POLL, "{}", text.len());
    // Sealed and as letters it fits into one message of a relay.
    const { assert!((LONGEST_POLL + 93) * 4 / 3 + 64 <= 64 * 1024) };
    assert_eq!(Poll::read(&text), Ok(poll));
    assert_eq!(
        Poll::read(&" ".repeat(LONGEST_POLL + 1)),
        Err(PollError::Long)
    );
    assert_eq!(Poll::read("[]"), Err(PollError::Form));
    assert_eq!(Poll::read("{}"), Ok(Poll::default()));
}

#[test]
fn loops_are_told_apart_whatever_the_order_of_their_links() {
    let of = |links: &[u64]| {
        let key = LoopKey::new(links.iter().copied().map(Id::from_bits));
        DotTarget::of(&Lever::Loop(key))
    };
    assert_eq!(of(&[1, 2, 3]), of(&[3, 1, 2]));
    assert_ne!(of(&[1, 2, 3]), of(&[1, 2]));
    assert_ne!(of(&[1, 2, 3]), of(&[1, 2, 4]));
}

proptest! {
    #[test]
    fn findings_are_told_apart_by_topic_and_records(
        one in ("[a-c/-]{0,3}", prop::collection::btree_set(0_u64..4, 0..4)),
        other in ("[a-c/-]{0,3}", prop::collection::btree_set(0_u64..4, 0..4)),
        repeated in any::<prop::sample::Index>(),
    ) {
        let about = |(_, about): &(String, BTreeSet<u64>)| {
            about.iter().copied().map(Id::from_bits).collect::<Vec<Id>>()
        };
        let of = |finding: &(String, BTreeSet<u64>)| DotTarget::of_finding(&finding.0, &about(finding));
        prop_assert_eq!(of(&one) == of(&other), one == other);
        // In whatever order, and however often a record is named.
        let mut turned = about(&one);
        turned.reverse();
        if !turned.is_empty() {
            turned.push(turned[repeated.index(turned.len())]);
        }
        prop_assert_eq!(DotTarget::of_finding(&one.0, &turned), of(&one));
    }
}

/// What pages tell each other of one thing has the same name on all of them, also on those of
/// another version.
#[test]
fn names_of_targets_stay() {
    let [a, b] = [0xa, 0xb].map(Id::from_bits);
    let finding = DotTarget::of_finding("check/orphan", &[b, a]);
    let key = LoopKey::new([a, b]);
    let of_loop = DotTarget::of(&Lever::Loop(key));
    let names = [DotTarget::Record(a), of_loop, finding].map(|target| target.to_string());
    assert_eq!(names, ["rA", "lLgfzrrzwrGU", "f4Sc4WdLMylJ"]);
}

#[test]
fn a_text_from_before_findings_is_read() {
    let text = r#"{"vote":[2,"b","closed","c",3,"First?"],"ballots":{"5":["rA","l7"],"6":["rA"]}}"#;
    let read = Poll::read(text).unwrap();
    let dots = [
        (DotTarget::Record(Id::from_bits(10)), 2),
        (DotTarget::Loop(Id::from_bits(7)), 1),
    ];
    assert_eq!(read.ballots().tally(), dots.into());
    assert_eq!(read.write().unwrap(), text);
}

#[test]
fn nobody_says_the_last_word_for_good() {
    let mut poll = closed(3, &[]);
    let text = format!(r#"{{"vote":[{},"b","open","c",3,""]}}"#, u64::MAX);
    let before = poll.clone();
    assert_eq!(poll.hear(&Poll::read(&text).unwrap()), None);
    assert_eq!(poll, before);
    for text in [
        r#"{"vote":[1,"b","open","c",3]}"#,
        r#"{"vote":[1,"?","open","c",3,""]}"#,
        r#"{"vote":[1,"b","ajar","c",3,""]}"#,
        r#"{"vote":[1,"b","open","c",-3,""]}"#,
        r#"{"vote":{},"ballots":{"a":["rb"]}}"#,
    ] {
        assert_eq!(Poll::read(text), Ok(Poll::default()), "{text}");
    }
}
