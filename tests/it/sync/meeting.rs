//! A meeting: pages that hear each other late, twice or in any order end with the same words, and a
//! timer goes on whoever leaves.

use loopstream::model::Id;
use loopstream::sync::{
    Agenda, Edits, Holds, LONGEST_TIMER, Meeting, MeetingNews, Presence, Timer, Writing,
};
use proptest::prelude::*;

const ANA: Id = Id::from_bits(1);
const BEN: Id = Id::from_bits(2);

#[derive(Clone, Debug)]
enum Step {
    Set(usize, u64),
    Pause(usize, u64),
    Stop(usize),
    Write(usize, bool),
    Ask(usize, bool),
    Call(usize),
    /// One hears what another told at some earlier time.
    Hear(usize, prop::sample::Index),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let page = 0_usize..4;
    let step = prop_oneof![
        (page.clone(), 0_u64..100_000).prop_map(|(page, left)| Step::Set(page, left)),
        (page.clone(), 0_u64..100_000).prop_map(|(page, left)| Step::Pause(page, left)),
        page.clone().prop_map(Step::Stop),
        (page.clone(), any::<bool>()).prop_map(|(page, quiet)| Step::Write(page, quiet)),
        (page.clone(), any::<bool>()).prop_map(|(page, asks)| Step::Ask(page, asks)),
        page.clone().prop_map(Step::Call),
        (page, any::<prop::sample::Index>()).prop_map(|(page, told)| Step::Hear(page, told)),
    ];
    prop::collection::vec(step, 0..60)
}

/// What stays the same on all pages: everything but how long is left by each clock.
fn words(meeting: &Meeting) -> Agenda {
    let agenda = meeting.agenda(u64::MAX);
    let call = agenda.call.map(|call| Holds { what: 0, ..call });
    Agenda { call, ..agenda }
}

proptest! {
    #[test]
    fn pages_that_have_heard_all_hold_the_same(steps in steps()) {
        let mut pages = [Meeting::default(); 4];
        let mut told: Vec<Agenda> = vec![Agenda::default()];
        for (now, step) in (0_u64..).map(|step| step * 100).zip(steps) {
            let by = |page: usize| Id::from_bits(page as u64 + 1);
            let page = match step {
                Step::Set(page, left) => {
                    pages[page].set_timer(Timer::Running { left }, by(page), now);
                    page
                }
                Step::Pause(page, left) => {
                    pages[page].set_timer(Timer::Paused { left }, by(page), now);
                    page
                }
                Step::Stop(page) => {
                    pages[page].set_timer(Timer::Off, by(page), now);
                    page
                }
                Step::Write(page, quiet) => {
                    let writing = if quiet { Writing::Quiet } else { Writing::Shared };
                    pages[page].set_writing(writing, by(page));
                    page
                }
                Step::Ask(page, asks) => {
                    let edits = if asks { Edits::Unwanted } else { Edits::Welcome };
                    pages[page].set_edits(edits, by(page));
                    page
                }
                Step::Call(page) => {
                    pages[page].call(by(page), now);
                    page
                }
                Step::Hear(page, at) => {
                    pages[page].hear(at.get(&told), now);
                    page
                }
            };
            told.push(pages[page].agenda(now));
        }
        // Everything that was ever told, to each in another order.
        for (at, page) in pages.iter_mut().enumerate() {
            for agenda in told.iter().cycle().skip(at * 7).take(told.len()) {
                page.hear(agenda, 10_000);
            }
        }
        let all = pages.each_ref().map(words);
        prop_assert!(all.iter().all(|one| *one == all[0]), "{all:?}");
    }

    #[test]
    fn what_is_told_is_read_back(steps in steps()) {
        let mut meeting = Meeting::default();
        for step in steps {
            match step {
                Step::Set(_, left) => meeting.set_timer(Timer::Running { left }, ANA, 5),
                Step::Pause(_, left) => meeting.set_timer(Timer::Paused { left }, BEN, 5),
                Step::Stop(_) => meeting.set_timer(Timer::Off, BEN, 5),
                Step::Write(..) => meeting.set_writing(Writing::Quiet, ANA),
                Step::Ask(..) => meeting.set_edits(Edits::Unwanted, BEN),
                Step::Call(_) | Step::Hear(..) => meeting.call(BEN, 5),
            }
        }
        let agenda = meeting.agenda(7);
        let presence = Presence { agenda, drafts: 3, ..Presence::of(ANA) };
        let read = Presence::read(&presence.write()).unwrap();
        prop_assert_eq!((read.agenda, read.drafts), (agenda, 3));
        prop_assert_eq!(Agenda::read(&agenda.write().unwrap_or_default()), agenda);
    }
}

#[test]
fn a_timer_goes_on_when_who_began_it_leaves() {
    let (mut ana, mut ben, mut late) = <(Meeting, Meeting, Meeting)>::default();
    ana.set_timer(Timer::Running { left: 300_000 }, ANA, 1_000);
    // Ben's clock says something else; what is left counts.
    let news = ben.hear(&ana.agenda(2_000), 900_000);
    assert_eq!(news, [MeetingNews::Timer(ANA)]);
    assert_eq!(ben.timer(900_000), Timer::Running { left: 299_000 });
    // Ana tells it again: nothing is new, and Ben's clock goes on by itself.
    assert_eq!(ben.hear(&ana.agenda(3_000), 905_000), []);
    assert_eq!(ben.timer(959_000), Timer::Running { left: 240_000 });
    // Who comes later hears it from Ben.
    late.hear(&ben.agenda(959_000), 5);
    assert_eq!(late.timer(100_005), Timer::Running { left: 140_000 });
    assert_eq!(late.timer(10_000_000), Timer::Running { left: 0 });
    late.set_timer(Timer::Paused { left: 60_000 }, BEN, 10_000_000);
    ben.hear(&late.agenda(10_000_001), 960_000);
    assert_eq!(ben.timer(99_000_000), Timer::Paused { left: 60_000 });
}

#[test]
fn nobody_says_the_last_word_for_good() {
    let told = |text: &str| Agenda::read(&serde_json::from_str(text).unwrap());
    let mut meeting = Meeting::default();
    let ever = u64::MAX;
    let hostile = told(&format!(
        r#"{{"timer":[{ever},"b","running",{ever}],"writing":[{ever},"b","quiet"]}}"#
    ));
    assert_eq!(meeting.hear(&hostile, 0), []);
    assert_eq!(meeting.writing(), Writing::Shared);
    let long = told(&format!(r#"{{"timer":[1,"b","running",{ever}]}}"#));
    meeting.hear(&long, 0);
    assert_eq!(
        meeting.timer(0),
        Timer::Running {
            left: LONGEST_TIMER
        }
    );
    for text in [
        "null",
        "[]",
        r#"{"timer":[1,"b"]}"#,
        r#"{"timer":[1,"?","off",0]}"#,
        r#"{"call":7}"#,
        r#"{"writing":[1,"b","loud"]}"#,
        r#"{"edits":[1,"b","perhaps"]}"#,
        r#"{"edits":["b","unwanted"]}"#,
    ] {
        assert_eq!(told(text), Agenda::default(), "{text}");
    }
}

#[test]
fn who_comes_late_is_not_called_any_more() {
    let (mut ana, mut ben, mut late) = <(Meeting, Meeting, Meeting)>::default();
    ana.call(ANA, 1_000);
    assert_eq!(ben.hear(&ana.agenda(1_100), 7), [MeetingNews::Call(ANA)]);
    assert_eq!(late.hear(&ben.agenda(60_000), 3), []);
    // The next call is for both.
    ben.call(BEN, 70_000);
    assert_eq!(late.hear(&ben.agenda(70_050), 4), [MeetingNews::Call(BEN)]);
    assert_eq!(ana.hear(&late.agenda(90), 80_000), [MeetingNews::Call(BEN)]);
}

/// A page that is loaded anew goes on from what it kept, and heeds whoever has said more since.
#[test]
fn quiet_writing_outlasts_a_reload_until_somebody_ends_it() {
    let (mut ana, mut ben) = <(Meeting, Meeting)>::default();
    ana.set_writing(Writing::Quiet, ANA);
    ana.set_timer(Timer::Running { left: 5_000 }, ANA, 1);
    let kept = ana.lasting();
    ben.hear(&ana.agenda(2), 3);
    let mut back = Meeting::default();
    back.hear(&Agenda::read(&kept.write().unwrap()), 4);
    assert_eq!(
        (back.writing(), back.timer(5)),
        (Writing::Quiet, Timer::Off)
    );
    // Anybody ends it; what the page has kept does not begin it anew.
    ben.set_writing(Writing::Shared, BEN);
    assert_eq!(ben.hear(&back.agenda(6), 7), []);
    let news = back.hear(&ben.agenda(8), 9);
    assert!(news.contains(&MeetingNews::Writing(BEN, Writing::Shared)));
    assert_eq!(back.writing(), Writing::Shared);
}

#[test]
fn whoever_asks_not_to_edit_anybody_lets_all_edit() {
    let (mut ana, mut ben) = <(Meeting, Meeting)>::default();
    ana.set_edits(Edits::Unwanted, ANA);
    let news = ben.hear(&ana.agenda(1), 1);
    assert_eq!(news, [MeetingNews::Edits(ANA, Edits::Unwanted)]);
    let said = ben.asks_not_to_edit().unwrap();
    assert_eq!(said.by, ANA);
    ben.set_edits(Edits::Welcome, BEN);
    assert_eq!(
        ana.hear(&ben.agenda(2), 2),
        [MeetingNews::Edits(BEN, Edits::Welcome)]
    );
    assert_eq!(
        (ana.asks_not_to_edit(), ben.asks_not_to_edit()),
        (None, None)
    );
    // The next wish is another: who did not heed the one before is asked again.
    ana.set_edits(Edits::Unwanted, ANA);
    assert!(ana.asks_not_to_edit() > Some(said));
    // It is for who is there, so no browser keeps it.
    assert_eq!(ana.lasting(), Agenda::default());
}
