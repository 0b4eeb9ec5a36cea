//! One room: the order, what is late, missing, doubled or newer, and what is forgotten.

use loopstream::model::Patch;
use loopstream::sync::{
    Body, Closed, Entry, FARTHEST_AHEAD, Gap, News, NoSnapshot, RULES, Refusal, Room,
    SNAPSHOT_AFTER, Standing,
};
use proptest::prelude::*;

use crate::store::gesture::{Gesture, gestures};
use crate::sync::oracle::{All, document_of};
use crate::sync::{DAY, copy, drawn, make, meet, moved, removed, small, tab, two, variable};

fn entries(room: &Room) -> Vec<Entry> {
    room.entries().cloned().collect()
}

#[derive(Clone, Debug)]
enum Act {
    Gesture(usize, Gesture),
    /// Gives one room all entries of another.
    Meet(usize, usize),
    Snapshot(usize),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let who = 0_usize..3;
    let act = prop_oneof![
        8 => (who.clone(), gestures()).prop_map(|(who, gesture)| Act::Gesture(who, gesture)),
        2 => (who.clone(), who.clone()).prop_map(|(one, other)| Act::Meet(one, other)),
        1 => who.prop_map(Act::Snapshot),
    ];
    prop::collection::vec(act, 0..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn the_document_follows_from_the_set_of_entries(
        acts in acts(),
        order in any::<prop::sample::Index>(),
        shuffle in prop::collection::vec(any::<prop::sample::Index>(), 200),
    ) {
        let first = Room::open(tab(0), small(), RULES, 0);
        let mut rooms = [first.clone(), Room::join(tab(1), RULES), Room::join(tab(2), RULES)];
        copy(&first, &mut rooms[1]);
        copy(&first, &mut rooms[2]);
        for (act, fresh) in acts.iter().zip(1_u64..) {
            match act {
                Act::Gesture(who, gesture) => {
                    make(&mut rooms[*who], |document| gesture.patch(document, fresh));
                }
                Act::Meet(one, other) => {
                    let from = rooms[*one].clone();
                    copy(&from, &mut rooms[*other]);
                }
                Act::Snapshot(who) => {
                    let _ = rooms[*who].snapshot(fresh);
                }
            }
        }
        let mut all = All::new();
        for entry in rooms.iter().flat_map(Room::entries) {
            all.insert((entry.order.tab, entry.order.number), entry.clone());
        }
        let expected = document_of(&all);
        // Any order, some of them twice, some one by one and some together.
        let mut mixed: Vec<Entry> = all.values().cloned().collect();
        for (at, swap) in shuffle.iter().enumerate().take(mixed.len()) {
            let other = swap.index(mixed.len());
            mixed.swap(at, other);
        }
        mixed.push(order.get(&mixed).clone());
        let mut late = Room::join(tab(9), RULES);
        let split = order.index(mixed.len());
        late.take(mixed[..split].to_vec());
        for entry in &mixed[split..] {
            late.take([entry.clone()]);
        }
        prop_assert_eq!(late.document(), expected.as_ref());
        prop_assert_eq!(late.gaps(), []);
        for room in &mut rooms {
            copy(&late, room);
            prop_assert_eq!(room.document(), expected.as_ref());
            prop_assert_eq!(room.held(), late.held());
        }
    }
}

#[test]
fn what_comes_after_a_gap_waits_and_is_told() {
    let (mut one, mut other) = two();
    for number in 1..5 {
        make(&mut one, |document| drawn(document, number));
    }
    let all = entries(&one);
    other.take([all[1].clone(), all[4].clone()]);
    assert!(variable(&other, 1).is_some() && variable(&other, 4).is_none());
    let gap = Gap {
        tab: tab(1),
        missing: 3..=4,
    };
    assert_eq!(other.gaps(), [gap]);
    other.take([all[3].clone()]);
    let gap = Gap {
        tab: tab(1),
        missing: 3..=3,
    };
    assert_eq!(other.gaps(), [gap]);
    other.take([all[2].clone()]);
    assert_eq!(other.gaps(), []);
    assert_eq!(one.document(), other.document());
}

#[test]
fn who_joins_has_no_document_until_a_snapshot_comes() {
    let (mut one, _) = two();
    make(&mut one, |document| drawn(document, 1));
    let mut late = Room::join(tab(3), RULES);
    assert_eq!(late.standing(), Standing::Joining);
    assert_eq!(late.commit(Patch::default(), 0), Err(Closed::Joining));
    assert_eq!(late.snapshot(0), Err(NoSnapshot::Closed(Closed::Joining)));
    let all = entries(&one);
    late.take([all[1].clone()]);
    assert_eq!(late.document(), None);
    late.take([all[0].clone()]);
    assert_eq!(late.standing(), Standing::Working);
    assert_eq!(late.document(), one.document());
}

#[test]
fn an_entry_by_newer_rules_is_told_and_kept_and_nothing_is_guessed() {
    let (mut one, mut other) = two();
    let mut newer = Room::join(tab(3), RULES + 1);
    copy(&one, &mut newer);
    // On an old ground the newer program plays by the old rules, and is understood.
    make(&mut newer, |document| drawn(document, 1));
    meet(&mut one, &mut newer);
    newer.snapshot(0).unwrap();
    make(&mut newer, |document| drawn(document, 2));
    let before = other.document().cloned();
    copy(&newer, &mut other);
    assert_eq!(other.standing(), Standing::Outdated { rules: RULES + 1 });
    assert_eq!(other.document(), before.as_ref(), "it stays as it was");
    assert_eq!(other.commit(Patch::default(), 0), Err(Closed::Outdated));
    assert_eq!(
        other.entries().count(),
        newer.entries().count(),
        "to be passed on"
    );
    // A page of the newer version that has the entry, but not the snapshot before it, waits.
    let mut third = Room::join(tab(4), RULES + 1);
    copy(&one, &mut third);
    third.take([newer.entry(tab(3), 3).unwrap().clone()]);
    assert_eq!(third.document(), one.document());
    copy(&other, &mut third);
    assert_eq!(third.document(), newer.document());
    // What an old page still made, and had not sent, is played on the new ground.
    make(&mut one, |document| drawn(document, 5));
    meet(&mut newer, &mut third);
    copy(&one, &mut third);
    assert!(variable(&third, 5).is_some());
    // Nobody goes back: a later snapshot by the old rules does not count.
    one.snapshot(0).unwrap();
    copy(&one, &mut third);
    assert!(variable(&third, 2).is_some());
    copy(&one, &mut newer);
    assert_eq!(third.document(), newer.document());
}

#[test]
fn a_time_that_is_too_far_ahead_does_nothing_and_the_order_goes_on() {
    let (mut one, mut other) = two();
    make(&mut one, |document| moved(document, 0, 5.0));
    let mut entry = one.entry(tab(1), 2).unwrap().clone();
    entry.order.lamport = FARTHEST_AHEAD + 2;
    let (effect, news) = other.take([entry]);
    assert_eq!(effect, None);
    let refused = News::Refused {
        tab: tab(1),
        number: 2,
        why: Refusal::TooFarAhead,
    };
    assert_eq!(news, [refused]);
    make(&mut other, |document| moved(document, 0, 6.0));
    assert!(other.entry(tab(2), 1).unwrap().order.lamport < 10);
    // As far as may be: then all have the same time, and the tabs decide.
    let mut far = one.entry(tab(1), 2).unwrap().clone();
    far.order.lamport = FARTHEST_AHEAD + 1;
    let mut third = Room::join(tab(3), RULES);
    third.take([one.entry(tab(1), 1).unwrap().clone(), far]);
    make(&mut third, |document| moved(document, 0, 7.0));
    make(&mut third, |document| moved(document, 0, 8.0));
    let x = variable(&third, 0).unwrap().placement.position.x;
    assert!((x - 8.0).abs() < 1e-9);
}

#[test]
fn two_entries_of_one_number_are_told_and_the_first_stays() {
    let (mut one, mut other) = two();
    make(&mut one, |document| drawn(document, 1));
    copy(&one, &mut other);
    let mut second = one.entry(tab(1), 2).unwrap().clone();
    second.body = Body::Patch(Box::new(removed(other.document().unwrap(), 1)));
    let refused = News::Refused {
        tab: tab(1),
        number: 2,
        why: Refusal::Twice,
    };
    assert_eq!(other.take([second.clone()]), (None, vec![refused]));
    assert_eq!(other.take([second]), (None, vec![]), "told once");
    assert!(variable(&other, 1).is_some());
}

#[test]
fn one_makes_a_snapshot_when_there_is_much() {
    let (mut one, mut other) = two();
    for number in 0..SNAPSHOT_AFTER {
        assert!(!one.wants_snapshot(&[tab(1), tab(2)]));
        make(&mut one, |document| drawn(document, 1 + number as u64));
    }
    copy(&one, &mut other);
    assert!(one.wants_snapshot(&[tab(2), tab(1)]));
    assert!(!one.wants_snapshot(&[]), "not when cut off");
    assert!(
        !other.wants_snapshot(&[tab(1), tab(2)]),
        "the lowest tab does it"
    );
    assert!(other.wants_snapshot(&[tab(2)]));
    one.snapshot(0).unwrap();
    assert!(!one.wants_snapshot(&[tab(1)]));
    meet(&mut one, &mut other);
}

#[test]
fn nothing_is_forgotten_before_a_snapshot_is_a_day_old() {
    let (mut one, mut other) = two();
    make(&mut one, |document| drawn(document, 1));
    one.snapshot(DAY / 2).unwrap();
    assert_eq!(one.forget(), []);
    make(&mut one, |document| drawn(document, 2));
    one.snapshot(DAY).unwrap();
    // The first is a day old; what it covers is itself.
    assert_eq!(one.forget(), [(tab(1), 1)]);
    one.snapshot(DAY + DAY / 2).unwrap();
    assert_eq!(one.forget(), [(tab(1), 2), (tab(1), 3)]);
    let mut late = Room::join(tab(5), RULES);
    copy(&one, &mut late);
    assert_eq!(late.document(), one.document());
    assert_eq!(late.held(), one.held());
    // Who had not heard of it forgets as well, and gets nothing twice.
    meet(&mut one, &mut other);
    other.forget();
    assert_eq!(other.entries().count(), one.entries().count());
}

#[test]
fn no_snapshot_is_made_while_what_another_covers_is_on_its_way() {
    let (mut one, mut other) = two();
    make(&mut one, |document| drawn(document, 1));
    one.snapshot(0).unwrap();
    let snapshot = one.entry(tab(1), 3).unwrap().clone();
    // The snapshot comes first, and counts; the entry below it is not needed.
    other.take([snapshot]);
    assert_eq!(other.document(), one.document());
    assert_eq!(other.snapshot(0), Ok(()));
    // Two at once: the later by the order counts for all, and the other is not in its past.
    let (mut one, mut other) = two();
    make(&mut one, |document| drawn(document, 1));
    make(&mut other, |document| drawn(document, 2));
    one.snapshot(0).unwrap();
    other.snapshot(0).unwrap();
    let lost = one.entry(tab(1), 3).unwrap().clone();
    other.take([lost]);
    assert_eq!(other.snapshot(0), Err(NoSnapshot::Waiting));
    meet(&mut one, &mut other);
    assert!(variable(&one, 1).is_some() && variable(&one, 2).is_some());
    assert_eq!(other.snapshot(0), Ok(()));
}

#[test]
fn two_halves_that_forgot_without_each_other_agree_and_tell_it() {
    let (mut one, mut other) = two();
    for (room, number) in [(&mut one, 1), (&mut other, 2)] {
        make(room, |document| drawn(document, number));
        room.snapshot(DAY).unwrap();
        make(room, |document| drawn(document, number + 10));
        room.snapshot(3 * DAY).unwrap();
        room.forget();
    }
    let kept = other.document().cloned();
    let news = copy(&other, &mut one);
    let aside = News::SetAside {
        tab: tab(1),
        number: 5,
    };
    assert_eq!(news, [aside]);
    assert_eq!(copy(&one, &mut other), [aside]);
    assert_eq!(one.document(), other.document());
    // One half whole, and of the other what nobody has forgotten.
    for id in kept.unwrap_or_default().variables().keys() {
        assert!(one.document().unwrap().variables().contains_key(id));
    }
    assert!(variable(&one, 1).is_none());
    // The other half is there to be offered.
    let Body::Snapshot(aside) = &one.entry(tab(1), 5).unwrap().body else {
        panic!("a snapshot");
    };
    assert!(aside.document.variables().contains_key(&crate::sync::id(1)));
    // The next snapshot ends it, and work goes on.
    one.snapshot(3 * DAY).unwrap();
    make(&mut one, |document| drawn(document, 20));
    make(&mut other, |document| drawn(document, 21));
    meet(&mut one, &mut other);
    assert!(variable(&one, 20).is_some() && variable(&one, 21).is_some());
}
