//! All documents: listing, copying, deleting, bringing back; and where a person was.

use loopstream::model::{
    Counts, Document, Edit, Element, Flow, FlowKind, Id, Point, Station, StationKind,
};
use loopstream::store::library::{Contents, PurgeError, delete, duplicate, list, purge, restore};
use loopstream::store::session::{View, keep_last, keep_view, last, view};
use loopstream::store::{OpenDocument, OpenError, SaveState, read, text_checksum};

use crate::common::memory::Memory;
use crate::store::gesture::Gesture;
use crate::store::{DOCUMENT, create, make, reopen, store, tab};

#[test]
fn the_list_tells_what_the_documents_hold_before_and_after_compaction() {
    let storage = Memory::default();
    let mut open = create(&storage);
    let other = Id::from_bits(8);
    drop(OpenDocument::create(
        store(&storage),
        other,
        Document::default(),
        tab(0),
        5,
    ));
    for (fresh, gesture) in [
        Gesture::AddVariable,
        Gesture::AddLink(0, 0),
        Gesture::Retitle,
    ]
    .into_iter()
    .enumerate()
    {
        make(&mut open, &storage, gesture, fresh as u64 + 1);
    }
    let contents = |changed_at| Contents::Sound {
        title: "3".to_owned(),
        changed_at,
        counts: Counts {
            variables: 1,
            links: 1,
            ..Counts::default()
        },
    };
    let listed = list(store(&storage)).unwrap();
    assert_eq!(
        (listed[0].id, &listed[0].contents),
        (DOCUMENT, &contents(3_000))
    );
    assert_eq!(listed[1].id, other);
    let _ = open.compact(store(&storage), 9_000);
    assert_eq!(list(store(&storage)).unwrap()[0].contents, contents(9_000));

    for slot in ["a", "b"] {
        let key = format!("loopstream/document/{DOCUMENT}/{slot}");
        storage.texts.borrow_mut().insert(key, "rubbish".to_owned());
    }
    assert_eq!(
        list(store(&storage)).unwrap()[1].contents,
        Contents::Unreadable
    );
}

#[test]
fn the_list_counts_steps_and_flows_and_of_older_snapshots_too() {
    let mut map = Document::default();
    let mut edit = Edit::new(&map);
    let [step, other, queue, flow] = [1, 2, 3, 4].map(Id::from_bits);
    for (id, kind) in [
        (step, StationKind::Step),
        (other, StationKind::Step),
        (queue, StationKind::Queue),
    ] {
        let station = Station {
            kind,
            ..Station::default()
        };
        edit.set(id, Some(Element::Station(station)));
    }
    let between = Flow::new(step, other, FlowKind::Push);
    edit.set(flow, Some(Element::Flow(between)));
    let patch = edit.finish();
    map.apply(&patch).unwrap();
    let counts = Counts {
        steps: 2,
        flows: 1,
        ..Counts::default()
    };
    assert_eq!(Counts::of(&map), counts);

    let storage = Memory::default();
    let mut open = OpenDocument::create(store(&storage), DOCUMENT, map, tab(0), 5);
    let _ = open.compact(store(&storage), 9_000);
    let listed = || match list(store(&storage)).unwrap().remove(0).contents {
        Contents::Sound { counts, .. } => counts,
        Contents::Unreadable => panic!("it is sound"),
    };
    assert_eq!(listed(), counts);
    // What an older version of the program has written says nothing of them.
    let mut older = 0;
    for (key, text) in storage.texts.borrow_mut().iter_mut() {
        if let Some((_, rest)) = text.split_once('\n').filter(|_| key.contains("/document/")) {
            let rest = rest.replacen(r#""steps":2,"flows":1,"#, "", 1);
            older += usize::from(!rest.contains(r#""flows":1"#));
            *text = format!("{}\n{rest}", text_checksum(&rest));
        }
    }
    assert!(older > 0);
    assert_eq!(listed(), counts);
}

#[test]
fn deleting_takes_nothing_away_until_it_is_for_good() {
    let storage = Memory::default();
    let mut open = create(&storage);
    make(&mut open, &storage, Gesture::AddVariable, 1);
    assert_eq!(purge(&storage, DOCUMENT), Err(PurgeError::NotDeleted));
    delete(&storage, DOCUMENT, 77).unwrap();
    assert_eq!(list(store(&storage)).unwrap()[0].deleted_at, Some(77));
    assert_eq!(
        read(store(&storage), DOCUMENT).as_ref(),
        Ok(open.document())
    );
    restore(&storage, DOCUMENT).unwrap();
    assert_eq!(list(store(&storage)).unwrap()[0].deleted_at, None);
    delete(&storage, DOCUMENT, 78).unwrap();
    purge(&storage, DOCUMENT).unwrap();
    assert!(storage.texts.borrow().is_empty());
    assert_eq!(reopen(&storage).unwrap_err(), OpenError::NotFound);

    // A tab that still has it open says so, and keeps it again with the next change.
    assert_eq!(open.catch_up(store(&storage)), None);
    assert!(matches!(open.state(), SaveState::NotSaved { .. }));
    make(&mut open, &storage, Gesture::AddVariable, 2);
    assert!(matches!(open.state(), SaveState::Saved { .. }));
    assert_eq!(reopen(&storage).unwrap().document(), open.document());
}

#[test]
fn a_copy_goes_its_own_way() {
    let storage = Memory::default();
    let mut open = create(&storage);
    make(&mut open, &storage, Gesture::AddVariable, 1);
    let to = Id::from_bits(9);
    let title = "Copy".to_owned();
    let mut copy = duplicate(store(&storage), DOCUMENT, to, title, tab(0), 2).unwrap();
    assert_eq!(copy.document().properties().title, "Copy");
    make(&mut copy, &storage, Gesture::AddVariable, 3);
    assert_eq!(read(store(&storage), to).as_ref(), Ok(copy.document()));
    assert_eq!(
        read(store(&storage), DOCUMENT).as_ref(),
        Ok(open.document())
    );
}

#[test]
fn the_view_and_the_last_document_are_kept_if_they_can_be() {
    let storage = Memory::default();
    let here = View {
        center: Point::new(-1.5, 2.0),
        zoom: 0.25,
    };
    assert_eq!((view(&storage, DOCUMENT), last(&storage)), (None, None));
    keep_view(&storage, DOCUMENT, here);
    keep_last(&storage, DOCUMENT);
    assert_eq!(
        (view(&storage, DOCUMENT), last(&storage)),
        (Some(here), Some(DOCUMENT))
    );
    for bad in ["", "1 2", "1 2 0", "1 2 NaN", "inf 2 1", "1 2 3 4"] {
        let key = format!("loopstream/view/{DOCUMENT}");
        storage.texts.borrow_mut().insert(key, bad.to_owned());
        assert_eq!(view(&storage, DOCUMENT), None);
    }
    storage.blocked.set(true);
    keep_view(&storage, DOCUMENT, here);
    assert_eq!((view(&storage, DOCUMENT), last(&storage)), (None, None));
}
