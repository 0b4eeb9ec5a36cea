//! When a page tells of its person: never too often, never too late, and again before it is
//! forgotten.

use loopstream::model::{Id, Point, Rect};
use loopstream::sync::{
    AWAY_AFTER, CROWD, FORGOTTEN_AFTER, Presence, TELLING_GAP, TELLING_GAP_IN_CROWD,
    TELLS_AGAIN_AFTER, Teller, VIEW_GAP,
};
use proptest::prelude::*;

/// What changes on a page.
#[derive(Clone, Debug)]
enum Step {
    Pointer(f64),
    View(f64),
    Select(u64),
    Rest,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0.0..50.0).prop_map(Step::Pointer),
        2 => (0.0..50.0).prop_map(Step::View),
        1 => (1_u64..4).prop_map(Step::Select),
        1 => Just(Step::Rest),
    ]
}

fn view(left: f64) -> Option<Rect> {
    Some(Rect::from_points(
        Point::new(left, 0.0),
        Point::new(left + 100.0, 80.0),
    ))
}

/// A page whose person does something now and then. It asks after every change, and when it was
/// told to.
struct Page {
    teller: Teller,
    own: Presence,
    used: u64,
    people: usize,
    next: u64,
    told: Vec<(u64, Presence)>,
}

impl Page {
    fn new(people: usize) -> Self {
        Self {
            teller: Teller::new(),
            own: Presence {
                view: view(0.0),
                ..Presence::of(Id::from_bits(7))
            },
            used: 0,
            people,
            next: 0,
            told: Vec::new(),
        }
    }

    fn ask(&mut self, now: u64) {
        self.own.idle = now - self.used;
        let telling = self.teller.ask(&self.own, self.people, now);
        assert!(telling.next > now, "{} at {now}", telling.next);
        self.next = telling.next;
        self.told.extend(telling.now.map(|told| (now, told)));
    }

    fn pass(&mut self, until: u64) {
        while self.next <= until {
            self.ask(self.next);
        }
    }

    fn gap(&self) -> u64 {
        match self.people > CROWD {
            true => TELLING_GAP_IN_CROWD,
            false => TELLING_GAP,
        }
    }
}

/// The same but for the time without a hand.
fn shown(told: &Presence) -> Presence {
    Presence {
        idle: 0,
        ..told.clone()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn all_is_told_soon_and_nothing_too_often(
        steps in prop::collection::vec((0_u64..400, step()), 1..60),
        people in 1_usize..30,
    ) {
        let mut page = Page::new(people);
        let mut now = 1_000;
        page.ask(now);
        let mut states = vec![(now, shown(&page.own))];
        for (wait, step) in steps {
            page.pass(now + wait);
            now += wait;
            page.used = now;
            match step {
                Step::Pointer(x) => page.own.pointer = Some(Point::new(x.round(), 1.0)),
                Step::View(left) => page.own.view = view(left.round()),
                Step::Select(number) => page.own.selection = vec![Id::from_bits(number)],
                Step::Rest => {}
            }
            states.push((now, shown(&page.own)));
            page.ask(now);
        }
        page.pass(now + 1_000);
        let gap = page.gap();
        for pair in page.told.windows(2) {
            prop_assert!(pair[1].0 - pair[0].0 >= gap);
            let is_news = shown(&pair[0].1) != shown(&pair[1].1);
            prop_assert!(is_news || pair[1].0 - pair[0].0 >= TELLS_AGAIN_AFTER);
        }
        let views: Vec<u64> = page
            .told
            .windows(2)
            .filter(|pair| pair[0].1.view != pair[1].1.view)
            .map(|pair| pair[1].0)
            .collect();
        prop_assert!(views.windows(2).all(|pair| pair[1] - pair[0] >= VIEW_GAP));
        // A state that lasts is what was told last, the view a little later than the rest.
        let ends = states.iter().skip(1).map(|(at, _)| *at).chain([now + 1_000]);
        for ((begun, state), ended) in states.iter().zip(ends) {
            for (soon, is_whole) in [(gap, false), (gap + VIEW_GAP, true)] {
                if begun + soon >= ended {
                    continue;
                }
                let told = page.told.iter().rev().find(|(at, _)| *at <= begun + soon);
                let told = shown(&told.unwrap().1);
                let view = if is_whole { told.view } else { state.view };
                prop_assert_eq!(Presence { view, ..told }, state.clone());
            }
        }
    }
}

#[test]
fn a_page_on_which_nothing_happens_tells_again_and_once_more_when_nobody_is_there() {
    let mut page = Page::new(2);
    page.ask(0);
    page.pass(195_000);
    let times: Vec<u64> = page.told.iter().map(|(at, _)| *at).collect();
    let pace = times.windows(2).map(|pair| pair[1] - pair[0]);
    assert!(pace.clone().all(|pace| pace <= TELLS_AGAIN_AFTER));
    const { assert!(TELLS_AGAIN_AFTER * 2 <= FORGOTTEN_AFTER) };
    assert!(times.len() <= 195_000 / TELLS_AGAIN_AFTER as usize + 3);
    let away = page.told.iter().find(|(_, told)| told.idle >= AWAY_AFTER);
    assert_eq!(away.unwrap().0, AWAY_AFTER);
    // Who comes back is told at once, though nothing else is another.
    page.used = 195_000;
    page.ask(195_001);
    assert_eq!(page.told.last().unwrap().0, 195_001);
    assert_eq!(page.told.last().unwrap().1.idle, 1);
}

#[test]
fn a_view_that_moves_with_the_pointer_is_told_at_its_own_pace() {
    let mut page = Page::new(2);
    for now in (0..2_000).step_by(10) {
        page.used = now;
        page.own.pointer = Some(Point::new(now as f64, 0.0));
        page.own.view = view(now as f64);
        page.ask(now);
    }
    assert_eq!(page.told.len(), 40);
    let mut views: Vec<_> = page.told.iter().map(|(_, told)| told.view).collect();
    views.dedup();
    assert_eq!(views.len(), 8);
}
