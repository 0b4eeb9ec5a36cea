//! The lines of a sheet against a plain list, two people at one sheet, and how it is written down.

use loopstream::editor::{
    ExperimentText, FactText, SheetText, StepMove, add_experiment, add_facts, add_variation,
    choose_lever, move_line, move_line_to, place_of, remove_line, rename_variation, say_behaviour,
    say_level, toggle_change, write_experiment, write_fact, write_sheet,
};
use loopstream::format::{json, read_patch, write_patch};
use loopstream::model::{
    Behaviour, Document, Edit, Element, Fact, Id, IdSource, Lever, LeverageLevel, Link, LoopKey,
    Patch, PatchError, Retrospective, Target, Variable, rebase,
};
use proptest::collection::vec;
use proptest::prelude::*;

use super::{friday, make};

/// An edit of the timeline; numbers choose among the facts that there are.
#[derive(Clone, Debug)]
enum Op {
    Add(usize),
    To(usize, usize),
    Earlier(usize),
    Later(usize),
    Remove(usize),
}

fn op() -> impl Strategy<Value = Op> {
    let at = || 0..8_usize;
    prop_oneof![
        (0..4_usize).prop_map(Op::Add),
        (at(), at()).prop_map(|(from, to)| Op::To(from, to)),
        at().prop_map(Op::Earlier),
        at().prop_map(Op::Later),
        at().prop_map(Op::Remove),
    ]
}

fn order(document: &Document, sheet: Id) -> Vec<Id> {
    let facts = document.facts_of(sheet);
    facts.into_iter().map(|(id, _)| id).collect()
}

fn seen(document: &Document, sheet: Id) -> Vec<String> {
    let facts = document.facts_of(sheet).into_iter();
    facts.map(|(_, fact)| fact.what.clone()).collect()
}

fn fact(what: &str) -> (String, String) {
    (String::new(), what.to_owned())
}

proptest! {
    #[test]
    fn facts_stand_as_in_a_plain_list(
        places in vec(prop_oneof![-2..3_i32, any::<i32>()], 0..6),
        ops in vec(op(), 0..30),
        seed in any::<u64>(),
    ) {
        let mut ids = IdSource::new(seed);
        let mut document = Document::default();
        let sheet = ids.fresh();
        let mut edit = Edit::new(&document);
        edit.set(sheet, Some(Element::Retrospective(Retrospective::default())));
        for place in places {
            let fact = Fact { place, ..Fact::new(sheet) };
            edit.set(ids.fresh(), Some(Element::Fact(fact)));
        }
        let patch = edit.finish();
        document.apply(&patch).unwrap();
        let mut list = order(&document, sheet);
        for op in ops {
            let count = list.len();
            let of = |at: usize| at % count.max(1);
            let patch = match op {
                Op::Add(many) => {
                    let facts = vec![fact("x"); many];
                    let (made, patch) = add_facts(&document, sheet, &facts, &mut ids);
                    list.extend(made);
                    patch
                }
                _ if count == 0 => continue,
                Op::To(from, to) => {
                    let id = list.remove(of(from));
                    list.insert(to.min(list.len()), id);
                    move_line_to(&document, id, to)
                }
                Op::Earlier(at) => {
                    let id = list[of(at)];
                    if of(at) > 0 {
                        list.swap(of(at), of(at) - 1);
                    }
                    move_line(&document, id, StepMove::Earlier)
                }
                Op::Later(at) => {
                    let id = list[of(at)];
                    if of(at) + 1 < count {
                        list.swap(of(at), of(at) + 1);
                    }
                    move_line(&document, id, StepMove::Later)
                }
                Op::Remove(at) => {
                    let id = list.remove(of(at));
                    remove_line(&document, id)
                }
            };
            make(&mut document, &patch);
            prop_assert_eq!(order(&document, sheet), list.clone());
            if let Some(id) = list.first() {
                prop_assert_eq!(place_of(&document, *id), Some((list.clone(), 0)));
            }
        }
        let patch = remove_line(&document, sheet);
        make(&mut document, &patch);
        prop_assert!(document.is_empty());
    }

    /// Whoever's change comes first, both have written down all that both saw, each in the order of
    /// who saw it; and so it is after both were sent as texts.
    #[test]
    fn two_people_add_facts_and_lose_none(
        mine in vec("[a-z]{1,4}", 0..6),
        theirs in vec("[A-Z]{1,4}", 0..6),
    ) {
        let (document, sheet, _) = friday();
        let before = seen(&document, sheet);
        let said = |all: &[String]| all.iter().map(|what| fact(what)).collect::<Vec<_>>();
        let add = |all: &[String], seed: u64| {
            let (_, patch) = add_facts(&document, sheet, &said(all), &mut IdSource::new(seed));
            read_patch(&write_patch(&patch)).unwrap()
        };
        let (one, other) = (add(&mine, 1), add(&theirs, 2));
        let merged = |first: &Patch, second: &Patch| {
            let mut document = document.clone();
            for patch in [first, second] {
                let brought = rebase(patch, &document);
                document.apply(&brought).unwrap();
            }
            document
        };
        let together = merged(&one, &other);
        prop_assert_eq!(&merged(&other, &one), &together);
        let all = seen(&together, sheet);
        prop_assert_eq!(all.len(), before.len() + mine.len() + theirs.len());
        prop_assert_eq!(&all[..before.len()], &before[..]);
        let of = |list: &[String]| {
            all.iter().filter(|what| list.contains(what)).cloned().collect::<Vec<_>>()
        };
        prop_assert_eq!(of(&mine), mine);
        prop_assert_eq!(of(&theirs), theirs);
    }
}

#[test]
fn a_sheet_is_written_and_read_as_it_is() {
    let (mut document, sheet, mut ids) = friday();
    let (variation, _) = document.variations_of(sheet)[0];
    let (id, patch) = add_experiment(&document, Some(sheet), &mut ids);
    make(&mut document, &patch);
    let loop_ = Lever::Loop(LoopKey::new([Id::from_bits(5)]));
    let facts = order(&document, sheet);
    for patch in [
        write_sheet(&document, sheet, SheetText::When, "Friday"),
        write_fact(&document, facts[0], FactText::When, " 14:03 "),
        say_behaviour(&document, variation, Some(Behaviour::Accelerated)),
        choose_lever(&document, sheet, Some(loop_.clone())),
        say_level(&document, sheet, LeverageLevel::new(9).ok()),
        write_experiment(&document, id, ExperimentText::Action, "ship daily"),
        toggle_change(&document, id, &loop_),
    ] {
        document.apply(&rebase(&patch, &document)).unwrap();
    }
    let text = json::write(&document);
    assert_eq!(json::read(&text).unwrap().document, document);
    let written: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        written["retrospectives"][0]["event"],
        "Payments were down for 40 minutes"
    );
    let key = Id::from_bits(5).to_string();
    assert_eq!(
        written["retrospectives"][0]["lever"]["loop"],
        serde_json::json!([key])
    );
    assert_eq!(written["retrospectives"][0]["level"], 9);
    let whens = document
        .facts_of(sheet)
        .into_iter()
        .map(|(_, fact)| fact.when.as_str());
    assert_eq!(whens.collect::<Vec<_>>(), ["14:03", "14:05"]);
    assert_eq!(
        document.variations()[&variation].how,
        Some(Behaviour::Accelerated)
    );
    assert_eq!(
        written["experiments"][0]["changes"][0]["loop"],
        serde_json::json!([key])
    );
    // A field that nobody knows is refused, since saving would lose it.
    let strange = text.replace("\"event\":", "\"blame\": \"x\", \"event\":");
    assert!(json::read(&strange).is_err());
}

#[test]
fn a_sheet_takes_its_lines_along_and_leaves_its_experiments() {
    let (mut document, sheet, mut ids) = friday();
    let (id, patch) = add_experiment(&document, Some(sheet), &mut ids);
    make(&mut document, &patch);
    let late = add_facts(&document, sheet, &[fact("late")], &mut ids).1;
    let removed = remove_line(&document, sheet);
    let mut without = document.clone();
    make(&mut without, &removed);
    assert!(without.facts().is_empty() && without.variations().is_empty());
    assert_eq!(without.experiments()[&id].retrospective, Some(sheet));
    assert!(
        without
            .experiments_of(sheet)
            .iter()
            .any(|(other, _)| *other == id)
    );
    // A fact that comes to a sheet that is gone goes with it, and a sheet that is removed takes
    // along what has come to it since.
    assert!(rebase(&late, &without).is_empty());
    let mut with = document.clone();
    with.apply(&late).unwrap();
    with.apply(&rebase(&removed, &with)).unwrap();
    assert!(with.facts().is_empty());
}

#[test]
fn a_loop_without_links_is_none_to_act_on() {
    let (document, sheet, mut ids) = friday();
    let none = Lever::Loop(LoopKey::new([]));
    let mut other = document.clone();
    let patch = choose_lever(&document, sheet, Some(none.clone()));
    assert_eq!(
        other.apply(&patch),
        Err(PatchError::BadRetrospective(sheet))
    );
    let (id, patch) = add_experiment(&document, Some(sheet), &mut ids);
    other.apply(&patch).unwrap();
    let patch = toggle_change(&other, id, &none);
    assert_eq!(other.apply(&patch), Err(PatchError::BadRetrospective(id)));
}

#[test]
fn what_varied_is_the_variable_of_its_name_and_is_renamed_with_it() {
    let (mut document, sheet, mut ids) = friday();
    let (size, trust) = {
        let all = document.variations_of(sheet);
        (all[0].0, all[1].0)
    };
    let variable = |name: &str| {
        Some(Element::Variable(Variable {
            name: name.to_owned(),
            ..Variable::default()
        }))
    };
    let [drawn, other] = [901, 902].map(Id::from_bits);
    let mut edit = Edit::new(&document);
    edit.set(drawn, variable(" size of a RELEASE"));
    edit.set(other, variable("Fear"));
    let patch = edit.finish();
    make(&mut document, &patch);
    let of = |document: &Document, id: Id| document.variable_of(&document.variations()[&id]);
    assert_eq!(of(&document, size), Some(drawn));
    assert_eq!(of(&document, trust), None);

    // Renamed in the sheet, the variable is renamed as well; it stays the same one.
    let patch = rename_variation(&document, size, "Batch size");
    make(&mut document, &patch);
    assert_eq!(document.variables()[&drawn].name, "Batch size");
    assert_eq!(of(&document, size), Some(drawn));
    // By the name of another one it is that, and nothing on the canvas changes.
    let patch = rename_variation(&document, size, "fear");
    make(&mut document, &patch);
    assert_eq!(of(&document, size), Some(other));
    assert_eq!(document.variables()[&drawn].name, "Batch size");
    assert_eq!(document.variables()[&other].name, "Fear");
    // What is not on the canvas is renamed in the sheet alone.
    let patch = rename_variation(&document, trust, "Trust");
    make(&mut document, &patch);
    assert_eq!(document.variations()[&trust].name, "Trust");
    assert_eq!(of(&document, trust), None);
    // Once its variable is gone, it says what it said.
    let mut edit = Edit::new(&document);
    edit.remove(other);
    let patch = edit.finish();
    make(&mut document, &patch);
    assert_eq!(of(&document, size), None);
    assert_eq!(document.variations()[&size].variable, Some(other));
    let (added, patch) = add_variation(&document, sheet, "batch SIZE", None, &mut ids).unwrap();
    make(&mut document, &patch);
    assert_eq!(document.variations()[&added].variable, Some(drawn));
}

#[test]
fn the_level_of_a_leverage_point_is_marked_on_the_diagram() {
    let (mut document, sheet, mut ids) = friday();
    let [one, other, link] = [901, 902, 903].map(Id::from_bits);
    let mut edit = Edit::new(&document);
    for id in [one, other] {
        edit.set(id, Some(Element::Variable(Variable::default())));
    }
    edit.set(link, Some(Element::Link(Link::new(one, other, 0.0))));
    let patch = edit.finish();
    make(&mut document, &patch);
    let level = |number| LeverageLevel::new(number).ok();
    let patch = choose_lever(&document, sheet, Some(Lever::Record(link)));
    make(&mut document, &patch);
    let patch = say_level(&document, sheet, level(6));
    make(&mut document, &patch);
    assert_eq!(document.links()[&link].leverage, level(6));
    // What the diagram says of another point counts for it; what it does not say is not known.
    let patch = choose_lever(&document, sheet, Some(Lever::Record(one)));
    make(&mut document, &patch);
    assert_eq!(document.retrospectives()[&sheet].level, None);
    let patch = choose_lever(&document, sheet, Some(Lever::Record(link)));
    make(&mut document, &patch);
    assert_eq!(document.retrospectives()[&sheet].level, level(6));

    // An experiment begins with it; and once it is gone, with nothing.
    let patch = choose_lever(&document, sheet, Some(Lever::Record(one)));
    make(&mut document, &patch);
    let (id, patch) = add_experiment(&document, Some(sheet), &mut ids);
    make(&mut document, &patch);
    let experiment = &document.experiments()[&id];
    assert!(experiment.changes.contains(&Lever::Record(one)));
    assert_eq!(experiment.target, Some(Target::Variable(one)));
    let mut edit = Edit::new(&document);
    edit.remove(one);
    let patch = edit.finish();
    make(&mut document, &patch);
    let (id, patch) = add_experiment(&document, Some(sheet), &mut ids);
    make(&mut document, &patch);
    assert!(document.experiments()[&id].changes.is_empty());
    assert_eq!(document.experiments()[&id].target, None);
}
