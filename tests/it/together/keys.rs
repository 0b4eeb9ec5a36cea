//! Keys of a room and what they seal: nobody reads, forges or changes it.

use loopstream::sync::{Invitation, RelayKind, Rights, Seal, Secret, Signer};
use loopstream::together::Keys;
use proptest::prelude::*;

use super::world::{entropy, invitation};

fn edit() -> Keys {
    Keys::new(Secret([7; 16]), Rights::Edit).unwrap()
}

/// What the link to view gives.
fn view() -> (Invitation, Keys) {
    let link = edit()
        .view_link(&invitation(RelayKind::YWebsocket))
        .unwrap();
    let link = Invitation::read(&link).unwrap();
    let keys = Keys::new(link.secret, link.rights).unwrap();
    (link, keys)
}

#[test]
fn both_links_lead_to_the_same_room_and_only_one_can_seal() {
    let (edit, (link, view)) = (edit(), view());
    assert_eq!(edit.room(), view.room());
    assert_eq!(edit.room().len(), 22);
    assert_ne!(link.secret, Secret([7; 16]));
    assert!(view.entry_seal(entropy(1)).is_none());
    assert_eq!(view.view_link(&link), None, "there is no way back");
    let mut seal = edit.entry_seal(entropy(1)).unwrap();
    let sealed = seal.seal(b"frame");
    assert_eq!(
        view.entry_opener().open(&sealed).as_deref(),
        Some(&b"frame"[..])
    );
    assert_eq!(format!("{edit:?}"), "Keys");
}

#[test]
fn who_may_edit_votes_and_a_poll_is_no_entry() {
    let (edit, (_, view)) = (edit(), view());
    assert!(view.poll_seal(entropy(1)).is_none());
    let poll = edit.poll_seal(entropy(1)).unwrap().seal(b"poll");
    let opened = view.poll_opener().open(&poll);
    assert_eq!(opened.as_deref(), Some(&b"poll"[..]));
    assert_eq!(view.entry_opener().open(&poll), None);
    let entry = edit.entry_seal(entropy(1)).unwrap().seal(b"entry");
    assert_eq!(view.poll_opener().open(&entry), None);
}

#[test]
fn who_takes_the_secret_of_a_link_to_view_for_that_of_a_link_to_edit_comes_nowhere() {
    let (link, view) = view();
    let forger = Keys::new(link.secret, Rights::Edit).unwrap();
    assert_ne!(forger.room(), view.room());
    // Nor does one who puts a key of their own into the link.
    let other = Keys::new(Secret([8; 16]), Rights::Edit).unwrap();
    let signer = Invitation::read(&other.view_link(&invitation(RelayKind::YWebsocket)).unwrap());
    let Rights::View(signer) = signer.unwrap().rights else {
        panic!("it is a link to view");
    };
    let mixed = Keys::new(link.secret, Rights::View(signer)).unwrap();
    assert_eq!(mixed.room(), view.room());
    let sealed = edit().entry_seal(entropy(1)).unwrap().seal(b"frame");
    assert_eq!(mixed.entry_opener().open(&sealed), None);
}

#[test]
fn a_key_that_fits_every_signature_is_refused() {
    // The neutral element, and a point that is none.
    let mut neutral = [0; 32];
    neutral[0] = 1;
    for key in [neutral, [2; 32]] {
        assert!(Keys::new(Secret([7; 16]), Rights::View(Signer(key))).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn what_is_sealed_opens_and_nothing_else(
        frame in proptest::collection::vec(any::<u8>(), 0..200),
        seed in any::<u64>(),
        place in any::<prop::sample::Index>(),
        change in 1_u8..,
    ) {
        let mut seal = edit().entry_seal(entropy(seed)).unwrap();
        let sealed = seal.seal(&frame);
        prop_assert_eq!(sealed.len(), frame.len() + seal.overhead());
        prop_assert_eq!(seal.open(&sealed), Some(frame.clone()));
        prop_assert_ne!(&seal.seal(&frame), &sealed, "twice the same looks different");
        let mut changed = sealed.clone();
        changed[place.index(sealed.len())] ^= change;
        prop_assert_eq!(seal.open(&changed), None);
        prop_assert_eq!(seal.open(&sealed[..place.index(sealed.len())]), None);
        let other = Keys::new(Secret([8; 16]), Rights::Edit).unwrap();
        prop_assert_eq!(other.entry_opener().open(&sealed), None);
    }

    #[test]
    fn what_a_page_tells_counts_for_it_and_its_number_alone(
        told in proptest::collection::vec(any::<u8>(), 0..200),
        page in 0_u64..1 << 53,
        number in 1_u32..1_000,
    ) {
        let seal = edit().presence_seal(entropy(page));
        let text = seal.seal(page, number, &told);
        prop_assert!(text.starts_with('"') && text.ends_with('"'));
        let (_, view) = view();
        let viewer = view.presence_seal(entropy(1));
        prop_assert_eq!(viewer.open(page, number, &text), Some(told));
        prop_assert_eq!(viewer.open(page ^ 1, number, &text), None);
        prop_assert_eq!(viewer.open(page, number + 1, &text), None);
        prop_assert_eq!(viewer.open(page, number, &text[1..]), None);
    }
}
