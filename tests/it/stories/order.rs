//! Places in a list that people order, against a plain list and against trying everything.

use loopstream::model::placed;
use proptest::collection::vec;
use proptest::prelude::*;

/// Puts an entry in and gives the places of all, in the order that is wanted.
fn with(places: &[i32], index: usize) -> (Vec<i32>, usize) {
    let put = placed(places, index);
    let mut all = places.to_vec();
    for (entry, place) in &put.others {
        assert_ne!(all[*entry], *place, "an entry is named that stays");
        all[*entry] = *place;
    }
    all.insert(index.min(places.len()), put.place);
    (all, put.others.len())
}

/// The fewest others that can change so that the new one stands between its neighbours, by trying
/// every stretch around it.
fn fewest(places: &[i32], index: usize) -> usize {
    let at = |entry: usize| i64::from(places[entry]);
    let mut best = places.len();
    for start in 0..=index {
        for end in index..=places.len() {
            let before = start.checked_sub(1).map_or(i64::from(i32::MIN) - 1, at);
            let after = if end < places.len() {
                at(end)
            } else {
                i64::from(i32::MAX) + 1
            };
            if after - before > (end - start + 1) as i64 {
                best = best.min(end - start);
            }
        }
    }
    best
}

fn sorted() -> impl Strategy<Value = Vec<i32>> {
    let place = prop_oneof![
        3 => 0..12_i32,
        1 => any::<i32>(),
        1 => Just(i32::MAX),
        1 => Just(i32::MIN),
    ];
    vec(place, 0..14).prop_map(|mut places| {
        places.sort_unstable();
        places
    })
}

proptest! {
    #[test]
    fn an_entry_stands_between_its_neighbours_and_few_give_way(
        places in sorted(), index in 0..15_usize
    ) {
        let index = index.min(places.len());
        let (all, changed) = with(&places, index);
        prop_assert!(all.windows(2).all(|pair| pair[0] <= pair[1]), "{all:?}");
        prop_assert!(index == 0 || all[index - 1] < all[index], "{all:?}");
        prop_assert!(index + 1 == all.len() || all[index] < all[index + 1], "{all:?}");
        prop_assert!(changed <= fewest(&places, index), "{places:?} {index} {changed}");
    }
}

#[test]
fn an_entry_at_the_end_leaves_room_and_one_between_two_moves_none() {
    assert_eq!(with(&[], 0), (vec![0], 0));
    assert_eq!(with(&[0], 1), (vec![0, 1_024], 0));
    assert_eq!(with(&[0, 1_024], 1), (vec![0, 512, 1_024], 0));
    assert_eq!(with(&[0, 1, 2, 9], 1).1, 1);
}
