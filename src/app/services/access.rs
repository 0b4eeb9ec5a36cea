//! Whether the diagram of a room can be changed on this page: by its link, by its version, and by
//! what somebody in the room asks for.

use leptos::prelude::*;

use crate::app::browser::focus;
use crate::app::services::vote;
use crate::app::state::{App, Asked, AskedView, Core, name_of};
use crate::editor::{Access, Action, Event};
use crate::sync::Rights;

/// Brings the page to how things stand: the editor, and what is shown of who asks not to edit.
pub fn refresh(app: App) {
    let asked = app.with(asked_of);
    let heeds = asked.as_ref().is_some_and(|one| one.asked == Asked::Heeds);
    if app.asked.with_untracked(|before| *before != asked) {
        app.asked.set(asked);
    }
    let is_closed = app.room.with_untracked(|room| {
        let room = room.as_ref()?;
        Some(matches!(room.rights, Rights::View(_)) || room.state.is_outdated)
    });
    let Some(is_closed) = is_closed else {
        return;
    };
    let access = match is_closed || heeds {
        true => Access::Watch,
        false => Access::Edit,
    };
    if app.with(|core| core.editor.access() != access) {
        if access == Access::Watch {
            // What is being typed is kept; a gesture under way is not made.
            focus("#canvas");
            app.send(Event::Act(Action::Cancel));
        }
        app.change(|core| core.editor.set_access(access));
        vote::show(app);
        app.mode.update(|version| *version += 1);
    }
}

/// Who asks the others not to edit; it counts while they are in the room.
fn asked_of(core: &Core) -> Option<AskedView> {
    let people = core.people.as_ref()?;
    let said = people.meeting.asks_not_to_edit()?;
    let is_own = said.by == people.own.id;
    let is_here = people.list.iter().any(|one| one.person == said.by);
    (is_own || is_here).then(|| AskedView {
        name: name_of(&people.list, said.by),
        asked: match is_own {
            true => Asked::Asks,
            false if people.edits_anyway == Some(said) => Asked::EditsAnyway,
            false => Asked::Heeds,
        },
    })
}

/// The person before this page edits all the same, until somebody asks anew.
pub fn edit_all_the_same(app: App) {
    app.change(|core| {
        if let Some(people) = &mut core.people {
            people.edits_anyway = people.meeting.asks_not_to_edit();
        }
    });
    refresh(app);
}
