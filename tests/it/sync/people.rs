//! Who is there: coming, leaving, silence, several pages of one person.

use std::collections::{BTreeMap, BTreeSet};

use loopstream::model::{Id, Point};
use loopstream::sync::{
    AWAY_AFTER, Activity, Editing, FADES_AFTER, FORGOTTEN_AFTER, GLIDE, Hand, MOST_PAGES, NameTag,
    People, PeopleNews, PointerMotion, Presence, Reception, Who, announcement, count_words,
    hands_words, naming_words, quiet_words, words,
};
use proptest::prelude::*;

const fn id(number: u64) -> Id {
    Id::from_bits(number)
}

fn told(person: u64, name: &str) -> Option<Presence> {
    Some(Presence {
        name: name.to_owned(),
        ..Presence::of(id(person))
    })
}

fn joined(name: &str) -> PeopleNews {
    PeopleNews::Joined(name.to_owned())
}

fn left(name: &str) -> PeopleNews {
    PeopleNews::Left(name.to_owned())
}

/// The room of a page 1 of the person 100, at the time 0.
fn room() -> People {
    People::new(id(1), told(100, "Me").unwrap(), 0)
}

fn lines(people: &People, now: u64) -> Vec<String> {
    people.list(now).iter().map(words).collect()
}

/// Time passes second by second.
fn pass(people: &mut People, from: u64, to: u64) {
    for now in (from..=to).step_by(1_000) {
        people.pass(now);
    }
}

#[test]
fn a_page_that_is_silent_is_forgotten_and_its_person_left_once() {
    let mut people = room();
    assert_eq!(people.hear(id(2), 1, told(200, "Ana"), 0), Reception::Taken);
    assert_eq!(people.take_news(), [joined("Ana")]);
    pass(&mut people, 1_000, FORGOTTEN_AFTER - 1_000);
    assert_eq!(people.pages().count(), 1);
    assert_eq!(people.take_news(), []);
    people.pass(FORGOTTEN_AFTER);
    assert_eq!(people.pages().count(), 0);
    assert_eq!(people.take_news(), [left("Ana")]);
    pass(&mut people, FORGOTTEN_AFTER, 100_000);
    assert_eq!(people.take_news(), []);
    // An old message of it, by a slower way, brings no ghost.
    assert_eq!(
        people.hear(id(2), 1, told(200, "Ana"), 100_000),
        Reception::Old
    );
    assert_eq!(people.pages().count(), 0);
    // But it was only frozen.
    assert_eq!(
        people.hear(id(2), 2, told(200, "Ana"), 100_000),
        Reception::Taken
    );
    assert_eq!(people.take_news(), [joined("Ana")]);
}

#[test]
fn numbers_only_grow_and_a_farewell_may_have_the_last() {
    let mut people = room();
    assert_eq!(people.hear(id(2), 0, told(200, "Ana"), 0), Reception::Old);
    assert_eq!(people.hear(id(2), 5, told(200, "Ana"), 0), Reception::Taken);
    for number in [0, 4, 5] {
        assert_eq!(
            people.hear(id(2), number, told(200, "Old"), 0),
            Reception::Old
        );
    }
    assert_eq!(people.hear(id(2), 4, None, 0), Reception::Old);
    assert_eq!(people.list(0)[1].name, "Ana");
    assert_eq!(people.hear(id(2), 5, None, 0), Reception::Taken);
    assert_eq!(people.hear(id(2), 5, None, 0), Reception::Old);
    assert_eq!(people.list(0).len(), 1);
    // A farewell that overtook what was told before it.
    assert_eq!(people.hear(id(3), 9, None, 0), Reception::Taken);
    assert_eq!(people.hear(id(3), 8, told(300, "Ben"), 0), Reception::Old);
    assert_eq!(people.list(0).len(), 1);
    // A relay sends back what this page told.
    assert_eq!(people.hear(id(1), 7, told(100, "Me"), 0), Reception::Old);
    assert_eq!(people.list(0).len(), 1);
}

#[test]
fn a_reload_is_not_read_out() {
    let mut people = room();
    people.hear(id(10), 1, told(200, "Ana"), 0);
    assert_eq!(people.take_news(), [joined("Ana")]);
    // Ten times, the page under a new id each time.
    for reload in 0..10 {
        let now = 1_000 + 1_000 * reload;
        people.hear(id(10 + reload), 2, None, now);
        people.hear(id(11 + reload), 1, told(200, "Ana"), now + 900);
    }
    assert_eq!(people.take_news(), []);
    assert_eq!(lines(&people, 11_000), ["Me (you)", "Ana"]);
    people.hear(id(20), 2, None, 12_000);
    people.pass(16_999);
    assert_eq!(lines(&people, 16_999), ["Me (you)"]);
    assert_eq!(people.take_news(), []);
    people.pass(17_000);
    assert_eq!(people.take_news(), [left("Ana")]);
}

#[test]
fn ten_killed_pages_are_gone_after_half_a_minute_and_two_tabs_are_one_person() {
    let mut people = room();
    for killed in 0..10 {
        people.hear(id(10 + killed), 1, told(200, "Ana"), 0);
    }
    for second in 1..35 {
        people.hear(id(50), second, told(200, "Ana"), second * 1_000);
        people.hear(id(51), second, told(200, "Ana"), second * 1_000);
    }
    assert_eq!(lines(&people, 35_000), ["Me (you)", "Ana, in 2 tabs"]);
    assert_eq!(people.list(35_000)[1].pages.len(), 2);
    assert_eq!(people.take_news(), [joined("Ana")]);
    people.hear(id(50), 99, None, 35_000);
    pass(&mut people, 35_000, 45_000);
    assert_eq!(people.take_news(), [], "one of the tabs is still there");
}

#[test]
fn a_page_that_slept_does_not_forget_the_others() {
    let mut people = room();
    people.hear(id(2), 1, told(200, "Ana"), 0);
    people.take_news();
    let morning = 8 * 60 * 60 * 1_000;
    people.pass(morning);
    assert_eq!(lines(&people, morning), ["Me (you), away", "Ana, away"]);
    assert_eq!(people.take_news(), []);
    people.hear(id(2), 900, told(200, "Ana"), morning + 500);
    pass(&mut people, morning + 1_000, morning + 29_000);
    assert_eq!(people.take_news(), []);
    pass(&mut people, morning + 29_000, morning + 31_000);
    assert_eq!(people.take_news(), [left("Ana")]);
    // A clock that was put back is one that stands.
    people.hear(id(3), 1, told(300, "Ben"), 5);
    assert_eq!(people.list(5).len(), 2);
}

#[test]
fn names_fade_after_three_seconds_and_people_are_away_after_sixty() {
    let mut people = room();
    let at = |x: f64, idle| {
        Some(Presence {
            pointer: Some(Point::new(x, 0.0)),
            idle,
            ..told(200, "Ana").unwrap()
        })
    };
    people.hear(id(2), 1, at(0.0, 0), 0);
    let tag = |people: &People, now| {
        people
            .pointers(now, PointerMotion::Gliding)
            .next()
            .map(|pointer| pointer.name)
    };
    assert_eq!(tag(&people, FADES_AFTER - 1), Some(NameTag::Clear));
    assert_eq!(tag(&people, FADES_AFTER), Some(NameTag::Faded));
    // A sign of life is no movement; the pointer stays where it rests.
    people.hear(id(2), 2, at(0.0, 15_000), 15_000);
    assert_eq!(tag(&people, 15_000), Some(NameTag::Faded));
    people.hear(id(2), 3, at(80.0, 0), 20_000);
    let shown = |now, motion| people.pointers(now, motion).next().unwrap().place;
    assert_eq!(shown(20_000, PointerMotion::Gliding).x, 0.0);
    assert_eq!(shown(20_000 + GLIDE / 2, PointerMotion::Gliding).x, 40.0);
    assert_eq!(shown(20_000 + GLIDE, PointerMotion::Gliding).x, 80.0);
    assert_eq!(shown(20_000, PointerMotion::Jumping).x, 80.0);
    assert_eq!(tag(&people, 20_000), Some(NameTag::Clear));
    let activity = |people: &People, now| people.list(now)[1].activity;
    assert_eq!(activity(&people, 20_000 + AWAY_AFTER - 1), Activity::Here);
    assert_eq!(activity(&people, 20_000 + AWAY_AFTER), Activity::Away);
    // Who was away long before this page came is away at once.
    people.hear(
        id(3),
        1,
        Some(Presence {
            idle: 70_000,
            ..told(300, "Ben").unwrap()
        }),
        20_000,
    );
    assert_eq!(people.list(20_000)[2].activity, Activity::Away);
    // The pointer left the canvas.
    people.hear(id(2), 4, told(200, "Ana"), 21_000);
    assert_eq!(people.pointers(21_000, PointerMotion::Gliding).count(), 0);
}

#[test]
fn the_list_begins_with_you_and_tells_people_of_one_name_apart() {
    let mut people = room();
    people.hear(id(5), 1, told(203, "zoe"), 0);
    people.hear(id(4), 1, told(202, "Ana"), 0);
    people.hear(id(3), 1, told(201, "ana"), 0);
    people.hear(id(6), 1, told(204, ""), 0);
    people.hear(id(7), 1, told(100, "Me"), 0);
    people.hear(id(8), 1, told(205, "\u{5d3}\u{5e0}\u{5d4}"), 0);
    assert_eq!(
        lines(&people, 0),
        [
            "Me (you), in 2 tabs",
            "ana",
            "Ana 2",
            "Guest",
            "zoe",
            "\u{2068}\u{5d3}\u{5e0}\u{5d4}\u{2069}"
        ]
    );
    assert_eq!(people.list(0)[0].who, Who::You);
    let news = people.take_news();
    assert_eq!(news.len(), 5, "one's own other tab is not read out");
    assert!(people.pointers(0, PointerMotion::Gliding).next().is_none());
}

#[test]
fn hands_are_up_since_they_were_raised() {
    let mut people = room();
    let up = |person| {
        Some(Presence {
            hand: Hand::Up,
            ..told(person, "Ana").unwrap()
        })
    };
    people.hear(id(2), 1, up(200), 5_000);
    people.hear(id(2), 2, up(200), 9_000);
    people.hear(id(3), 1, told(200, "Ana"), 9_500);
    assert_eq!(people.list(10_000)[1].hand, Some(5_000));
    assert_eq!(lines(&people, 10_000)[1], "Ana, hand up, in 2 tabs");
    people.hear(id(2), 3, told(200, "Ana"), 11_000);
    assert_eq!(people.list(11_000)[1].hand, None);
    people.set_own(up(100).unwrap(), 12_000);
    people.set_own(up(100).unwrap(), 13_000);
    assert_eq!(people.list(14_000)[0].hand, Some(12_000));
}

#[test]
fn what_is_read_out_is_a_sentence() {
    assert_eq!(announcement(&[]), None);
    let say = |news: &[PeopleNews]| announcement(news).unwrap();
    assert_eq!(say(&[joined("Ana")]), "Ana joined.");
    assert_eq!(
        say(&[joined("Ana"), left("Cem"), joined("Ben")]),
        "Ana and Ben joined. Cem left."
    );
    assert_eq!(say(&[left("a"), left("b"), left("c")]), "a, b and c left.");
    let many: Vec<_> = ["a", "b", "c", "d", "e"].map(joined).into();
    assert_eq!(say(&many), "a, b and 3 others joined.");
    assert_eq!(say(&[joined("")]), "Guest joined.");
}

#[test]
fn a_crowd_is_bounded() {
    let mut people = room();
    for page in 0..5_000 {
        people.hear(id(10 + page), 1, told(1_000 + page, "Bot"), 0);
    }
    assert_eq!(people.pages().count(), MOST_PAGES);
    assert_eq!(
        people.hear(id(9_999), 1, told(9_999, "Bot"), 0),
        Reception::Full
    );
    assert_eq!(
        people.hear(id(10), 2, told(1_000, "Bot"), 0),
        Reception::Taken
    );
    for page in 0..2_500 {
        people.hear(id(20_000 + page), 1, None, 0);
    }
    assert_eq!(people.pages().count(), MOST_PAGES);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    /// The slow way: the whole history of what was heard, looked through each time.
    #[test]
    fn who_is_there_follows_from_what_was_heard(
        steps in prop::collection::vec(
            (2_u64..7, 0_u64..12, prop::option::weighted(0.8, 0_u64..4), 0_u64..9_000), 1..80),
    ) {
        let mut people = People::new(id(1), Presence::of(id(0)), 0);
        let mut now = 0;
        let mut heard: Vec<(u64, u64, Option<u64>, u64)> = Vec::new();
        let mut there = BTreeSet::new();
        let mut signs: BTreeMap<u64, u64> = BTreeMap::new();
        for (page, number, person, wait) in steps {
            now += wait;
            let presence = person.and_then(|one| told(one, &one.to_string()));
            let taken = people.hear(id(page), number, presence, now);
            let of_page = || heard.iter().filter(|(of, ..)| *of == page);
            let greatest = of_page().map(|(_, number, ..)| *number).max().unwrap_or(0);
            let is_there = of_page().next_back().is_some_and(|(_, _, person, at)| {
                person.is_some() && now - at < FORGOTTEN_AFTER
            });
            let counts = number > greatest || (number == greatest && person.is_none() && is_there);
            prop_assert_eq!(taken == Reception::Taken, counts);
            if counts {
                // A farewell is a sign of the person whose page it was.
                let was = of_page().next_back().filter(|_| is_there).and_then(|(.., one, _)| *one);
                signs.extend(person.or(was).map(|one| (one, now)));
                heard.push((page, number, person, now));
            }
            let mut expected = BTreeMap::new();
            for (page, _, person, at) in &heard {
                match person {
                    Some(person) if now - at < FORGOTTEN_AFTER => expected.insert(*page, *person),
                    _ => expected.remove(page),
                };
            }
            let pages: Vec<_> = people.pages().map(|(page, one)| (page, one.person)).collect();
            let expected_pages: Vec<_> =
                expected.iter().map(|(page, person)| (id(*page), id(*person))).collect();
            prop_assert_eq!(pages, expected_pages);
            let mut persons: BTreeSet<u64> = expected.into_values().collect();
            persons.insert(0);
            prop_assert_eq!(people.list(now).len(), persons.len());
            // Each is told once, and left when nothing was heard for a while.
            persons.remove(&0);
            for one in people.take_news() {
                match one {
                    PeopleNews::Joined(name) => prop_assert!(there.insert(name.parse().unwrap())),
                    PeopleNews::Left(name) => prop_assert!(there.remove(&name.parse().unwrap())),
                }
            }
            let is_recent = |one: &u64| persons.contains(one) || now - signs[one] < 5_000;
            prop_assert!(persons.is_subset(&there));
            prop_assert!(there.iter().all(is_recent));
        }
        for _ in 0..4 {
            now += 10_000;
            people.pass(now);
        }
        prop_assert_eq!(people.pages().count(), 0);
        prop_assert_eq!(people.list(now).len(), 1);
    }
}

#[test]
fn frames_are_wanted_while_a_pointer_of_others_glides() {
    let mut people = room();
    let at = |person: u64, x: f64| {
        told(person, "Ana").map(|told| Presence {
            pointer: Some(Point::new(x, 0.0)),
            ..told
        })
    };
    people.hear(id(2), 1, at(200, 0.0), 0);
    assert!(people.glides(GLIDE - 1));
    assert!(!people.glides(GLIDE));
    people.hear(id(2), 2, at(200, 9.0), 1_000);
    assert!(people.glides(1_000 + GLIDE - 1) && !people.glides(1_000 + GLIDE));
    // The pointer of another page of one's own is not shown.
    people.hear(id(3), 1, at(100, 0.0), 2_000);
    assert!(!people.glides(2_000));
    assert_eq!(people.others().count(), 1);
}

#[test]
fn it_is_known_when_time_alone_changes_what_is_shown() {
    let mut people = room();
    assert_eq!(people.next_change(0), Some(FADES_AFTER));
    let idle = told(200, "Ana").map(|told| Presence {
        idle: 10_000,
        pointer: Some(Point::default()),
        ..told
    });
    people.hear(id(2), 1, idle, 20_000);
    let mut now = 20_000;
    let mut before = (people.list(now), faded(&people, now));
    // At no other time.
    while let Some(next) = people.next_change(now) {
        assert!(next > now);
        assert_eq!((people.list(next - 1), faded(&people, next - 1)), before);
        now = next;
        before = (people.list(now), faded(&people, now));
    }
    assert_eq!(now, 10_000 + AWAY_AFTER);
    assert!(before.0.iter().all(|one| one.activity == Activity::Away));
}

fn faded(people: &People, now: u64) -> Vec<(NameTag, Activity)> {
    let pointers = people.pointers(now, PointerMotion::Jumping);
    pointers.map(|one| (one.name, one.activity)).collect()
}

#[test]
fn of_several_pages_the_one_used_last_is_followed() {
    let mut people = room();
    let idle = |idle| told(200, "Ana").map(|told| Presence { idle, ..told });
    people.hear(id(2), 1, idle(100), 1_000);
    people.hear(id(3), 1, idle(5_000), 1_000);
    let page = |people: &People| people.page_of(id(200)).map(|(page, _)| page);
    assert_eq!(page(&people), Some(id(2)));
    people.hear(id(3), 2, idle(0), 1_100);
    assert_eq!(page(&people), Some(id(3)));
    people.hear(id(3), 2, None, 1_200);
    assert_eq!(page(&people), Some(id(2)));
    assert_eq!(people.page_of(id(300)), None);
}

/// Two pages of one browser hold back the same changes.
#[test]
fn drafts_are_counted_once_for_each_person() {
    let mut people = room();
    let drafts = |person, name, drafts| told(person, name).map(|told| Presence { drafts, ..told });
    people.set_own(drafts(100, "Me", 1).unwrap(), 0);
    people.hear(id(2), 1, drafts(200, "Ana", 1_000), 0);
    people.hear(id(3), 1, drafts(200, "Ana", 999), 0);
    people.hear(id(4), 1, told(300, "Ben"), 0);
    let list = people.list(0);
    assert_eq!(
        quiet_words(&list),
        "Quiet writing: what you draw stays with you until it is shown. 3 people, 1,001 drafts"
    );
    let lines: Vec<String> = list.iter().map(words).collect();
    assert!(lines[0].ends_with("(you), 1 draft"), "{lines:?}");
    assert!(lines[1].ends_with(", 1,000 drafts, in 2 tabs"), "{lines:?}");
    assert!(!lines[2].contains("draft"), "{lines:?}");
    assert!(quiet_words(&list[..1]).ends_with(". 1 person, 1 draft"));
}

#[test]
fn words_say_how_many_are_here_who_writes_and_who_asks_to_speak() {
    let mut people = room();
    assert_eq!(count_words(&people.list(0)), "Only you here");
    people.hear(id(2), 1, told(200, "Ana"), 0);
    let before = people.list(0);
    assert_eq!(count_words(&before), "2 people here");
    let up = |person, name| {
        told(person, name).map(|told| Presence {
            hand: Hand::Up,
            ..told
        })
    };
    people.hear(id(2), 2, up(200, "Ana"), 1);
    people.set_own(up(100, "Me").unwrap(), 1);
    let after = people.list(1);
    let words = hands_words(&before, &after);
    assert_eq!(words.as_deref(), Some("Ana asked to speak."));
    assert_eq!(hands_words(&after, &after), None);
    assert_eq!(hands_words(&after, &before), None);
    let editing = |field: &str, text: &str| Editing {
        record: id(1),
        field: field.to_owned(),
        text: text.to_owned(),
    };
    let words = |field, text| naming_words("Ana", &editing(field, text));
    assert_eq!(words("name", " "), "Ana is naming this");
    assert_eq!(words("name", "Trust"), "Ana is naming this: Trust");
    assert_eq!(
        words("text", "Two\nlines"),
        "Ana is writing this: Two lines"
    );
    assert!(words("text", &"long ".repeat(90)).chars().count() < 70);
}
