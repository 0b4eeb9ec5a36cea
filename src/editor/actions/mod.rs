//! The table of actions, which feeds keys, menus, palette and help, so that they agree.
//!
//! An action is one row in the file of its group: its words, its keys, when these count, who
//! carries it out, and what it leaves alone.

mod diagram;
mod edit;
mod file;
mod help;
mod present;
mod style;
mod tools;
mod view;

use super::action::{Action, ActionGroup, ActionRow, Condition, Handler, Run};
use super::keys::Shortcut;

/// Every row, by groups. Of two rows with the same key the first whose `when` holds counts.
pub fn actions() -> impl Iterator<Item = &'static ActionRow> + Clone {
    ActionGroup::ALL.into_iter().flat_map(ActionGroup::rows)
}

impl ActionGroup {
    /// The actions of the group.
    #[must_use]
    pub const fn rows(self) -> &'static [ActionRow] {
        match self {
            Self::Tools => tools::ROWS,
            Self::Edit => edit::ROWS,
            Self::Diagram => diagram::ROWS,
            Self::Style => style::ROWS,
            Self::View => view::ROWS,
            Self::Present => present::ROWS,
            Self::File => file::ROWS,
            Self::Help => help::ROWS,
        }
    }
}

/// An action that the editor carries out.
const fn editor(
    action: Action,
    label: &'static str,
    keys: &'static [Shortcut],
    run: Run,
) -> ActionRow {
    ActionRow {
        action,
        label,
        keys,
        when: Condition::Always,
        handler: Handler::Editor(run),
        nudges: false,
        in_passing: false,
        for_viewers: false,
    }
}

/// An action that the app carries out, since it needs the browser.
const fn app(action: Action, label: &'static str, keys: &'static [Shortcut]) -> ActionRow {
    ActionRow {
        action,
        label,
        keys,
        when: Condition::Always,
        handler: Handler::App,
        nudges: false,
        in_passing: false,
        for_viewers: false,
    }
}

impl ActionRow {
    /// Its keys count while this holds.
    const fn when(self, when: Condition) -> Self {
        Self { when, ..self }
    }

    /// It goes on with a row of nudges.
    const fn nudging(self) -> Self {
        Self {
            nudges: true,
            ..self
        }
    }

    /// It leaves a gesture and what is being typed alone.
    const fn in_passing(self) -> Self {
        Self {
            in_passing: true,
            ..self
        }
    }

    /// It leaves the document as it is, so that a viewer may do it.
    const fn for_viewers(self) -> Self {
        Self {
            for_viewers: true,
            ..self
        }
    }
}

const fn key(name: &'static str) -> Shortcut {
    Shortcut::plain(name)
}

const fn ctrl(name: &'static str) -> Shortcut {
    Shortcut::plain(name).with_ctrl()
}

const fn ctrl_shift(name: &'static str) -> Shortcut {
    Shortcut::plain(name).with_ctrl().with_shift()
}

const fn alt(name: &'static str) -> Shortcut {
    Shortcut::plain(name).with_alt()
}

const fn alt_shift(name: &'static str) -> Shortcut {
    Shortcut::plain(name).with_alt().with_shift()
}

const fn shift(name: &'static str) -> Shortcut {
    Shortcut::plain(name).with_shift()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_one_row() {
        // The enum and the table are in step: the last variant's number and the table's length.
        assert_eq!(Action::Help as usize + 1, actions().count());
        for row in actions() {
            let same = actions().filter(|other| other.action == row.action);
            assert_eq!(same.count(), 1);
            assert!(!row.label.is_empty());
        }
    }

    #[test]
    fn no_key_of_a_row_that_always_holds_hides_a_later_one() {
        for (index, row) in actions().enumerate() {
            for later in actions()
                .skip(index + 1)
                .filter(|_| row.when == Condition::Always)
            {
                // While a story is presented, its own keys go before all others.
                for chord in later
                    .keys
                    .iter()
                    .filter(|_| later.when != Condition::Presents)
                {
                    assert!(
                        !row.keys.contains(chord),
                        "{:?} hides {:?}",
                        row.action,
                        later.action
                    );
                }
            }
        }
    }
}
