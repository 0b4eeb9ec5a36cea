//! What can happen in the world of a room.

use proptest::prelude::*;

use crate::store::gesture::{Gesture, gestures};

/// How many tabs there are, and how many others. The first of the others never loses anything.
pub const TABS: usize = 2;
pub const OTHERS: usize = 2;

#[derive(Clone, Debug)]
pub enum Act {
    /// A gesture in a tab.
    Gesture(usize, Gesture),
    /// A gesture of another.
    Elsewhere(usize, Gesture),
    /// Gives one room the entries of another: all of them, or the first so many of a hundred.
    Meet(usize, usize, u8),
    /// A snapshot by one of the others, or by a program that has just met the first of them.
    Snapshot(usize),
    /// What waits for the page of a tab, or for its program.
    ToPage(usize),
    ToProgram(usize),
    /// Gives a tab one of its waiting events, any of them, perhaps again.
    Event(usize, usize, bool),
    CatchUp(usize),
    Compact(usize),
    Save(usize),
    /// Closes a tab and opens a new one.
    Reload(usize),
    /// The page of a tab dies after so many operations of the storage in its next gesture,
    /// compaction or message, and is loaded again.
    Kill(usize, usize, u8),
    /// From now on the storage takes no more than it holds, or has room again.
    Room(bool),
    /// A person clears the data of the site.
    Clear,
    /// A tab holds back what it makes from now on.
    HoldBack(usize),
    /// A tab shows what is held back in its browser; whether it holds back what it makes next.
    Show(usize, bool),
    /// A snapshot in the storage is damaged.
    Damage(bool),
    Day,
}

pub fn acts() -> impl Strategy<Value = Vec<Act>> {
    let tab = 0..TABS;
    let room = 0..TABS + OTHERS;
    let act = prop_oneof![
        8 => (tab.clone(), gestures()).prop_map(|(tab, gesture)| Act::Gesture(tab, gesture)),
        4 => (0..OTHERS, gestures()).prop_map(|(who, gesture)| Act::Elsewhere(who, gesture)),
        8 => (room.clone(), room.clone(), prop_oneof![Just(100_u8), 0..100_u8])
            .prop_map(|(one, other, part)| Act::Meet(one, other, part)),
        3 => room.prop_map(Act::Snapshot),
        8 => tab.clone().prop_map(Act::ToPage),
        6 => tab.clone().prop_map(Act::ToProgram),
        6 => (tab.clone(), 0_usize..20, any::<bool>())
            .prop_map(|(tab, which, again)| Act::Event(tab, which, again)),
        1 => tab.clone().prop_map(Act::CatchUp),
        2 => tab.clone().prop_map(Act::Compact),
        1 => tab.clone().prop_map(Act::Save),
        1 => tab.clone().prop_map(Act::Reload),
        2 => (tab.clone(), 0_usize..12, 0..3_u8).prop_map(|(tab, after, what)| Act::Kill(tab, after, what)),
        3 => tab.clone().prop_map(Act::HoldBack),
        2 => (tab.clone(), any::<bool>()).prop_map(|(tab, next)| Act::Show(tab, next)),
        1 => any::<bool>().prop_map(Act::Room),
        1 => Just(Act::Clear),
        1 => any::<bool>().prop_map(Act::Damage),
        1 => Just(Act::Day),
    ];
    prop::collection::vec(act, 1..80)
}
