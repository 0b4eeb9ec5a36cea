//! The table of actions, which feeds keys, menus, palette and help, so that they agree.

use super::action::{Action, ActionGroup, ActionRow, When};
use super::keys::Chord;

const fn row(
    action: Action,
    label: &'static str,
    group: ActionGroup,
    when: When,
    keys: &'static [Chord],
) -> ActionRow {
    ActionRow {
        action,
        label,
        group,
        when,
        keys,
    }
}

const fn key(name: &'static str) -> Chord {
    Chord::plain(name)
}

const fn ctrl(name: &'static str) -> Chord {
    Chord::plain(name).with_ctrl()
}

const fn ctrl_shift(name: &'static str) -> Chord {
    Chord::plain(name).with_ctrl().with_shift()
}

const fn shift(name: &'static str) -> Chord {
    Chord::plain(name).with_shift()
}

/// The table of actions. Of two rows with the same key the first whose `when` holds counts.
pub const ACTIONS: &[ActionRow] = {
    use Action as A;
    use ActionGroup::{Diagram, Edit, File, Help, Tools, View};
    use When::{
        Always, GrowerSelected, LinkSelected, NoteSelected, NothingSelected, Selected,
        StreamSelected, VariableSelected,
    };
    &[
        row(A::ToolSelect, "Select", Tools, Always, &[key("v")]),
        row(
            A::ToolHand,
            "Hand: drag the canvas",
            Tools,
            Always,
            &[key("h")],
        ),
        row(
            A::ToolVariable,
            "Variable: click to add",
            Tools,
            Always,
            &[key("n")],
        ),
        row(
            A::ToolLink,
            "Link: drag between variables",
            Tools,
            Always,
            &[key("l")],
        ),
        row(
            A::ToolNote,
            "Text: click to write",
            Tools,
            Always,
            &[key("t")],
        ),
        row(
            A::ToolStep,
            "Step: click to add a process step",
            Tools,
            Always,
            &[key("p")],
        ),
        row(
            A::ToolQueue,
            "Queue: click to add one",
            Tools,
            Always,
            &[key("i")],
        ),
        row(
            A::ToolSupermarket,
            "Supermarket: click to add one",
            Tools,
            Always,
            &[],
        ),
        row(
            A::ToolSupplier,
            "Supplier: click to add one",
            Tools,
            Always,
            &[],
        ),
        row(
            A::ToolCustomer,
            "Customer: click to add one",
            Tools,
            Always,
            &[key("c")],
        ),
        row(
            A::ToolControl,
            "Control: click to add one",
            Tools,
            Always,
            &[],
        ),
        row(
            A::ToolLock,
            "Keep the tool after use",
            Tools,
            Always,
            &[key("q")],
        ),
        row(A::Undo, "Undo", Edit, Always, &[ctrl("z")]),
        row(A::Redo, "Redo", Edit, Always, &[ctrl_shift("z"), ctrl("y")]),
        row(A::Cut, "Cut", Edit, Selected, &[ctrl("x")]),
        row(A::Copy, "Copy", Edit, Selected, &[ctrl("c")]),
        row(A::Paste, "Paste", Edit, Always, &[ctrl("v")]),
        row(A::Duplicate, "Duplicate", Edit, Selected, &[ctrl("d")]),
        row(
            A::Delete,
            "Delete",
            Edit,
            Selected,
            &[key("delete"), key("backspace")],
        ),
        row(A::SelectAll, "Select all", Edit, Always, &[ctrl("a")]),
        row(
            A::SelectNext,
            "Select the next thing",
            Edit,
            Always,
            &[key("]")],
        ),
        row(
            A::SelectPrevious,
            "Select the previous thing",
            Edit,
            Always,
            &[key("[")],
        ),
        row(
            A::Cancel,
            "Cancel, or select nothing",
            Edit,
            Always,
            &[key("escape")],
        ),
        row(
            A::EditText,
            "Edit the words",
            Edit,
            Selected,
            &[key("enter"), key("f2")],
        ),
        row(A::Group, "Group", Edit, Selected, &[ctrl("g")]),
        row(A::Ungroup, "Ungroup", Edit, Selected, &[ctrl_shift("g")]),
        row(
            A::ToggleHold,
            "Lock or unlock",
            Edit,
            Selected,
            &[ctrl_shift("l")],
        ),
        row(
            A::ToFront,
            "Bring to front",
            Edit,
            Selected,
            &[ctrl_shift("]"), ctrl_shift("}")],
        ),
        row(
            A::ToBack,
            "Send to back",
            Edit,
            Selected,
            &[ctrl_shift("["), ctrl_shift("{")],
        ),
        row(A::Forward, "Bring forward", Edit, Selected, &[ctrl("]")]),
        row(A::Backward, "Send backward", Edit, Selected, &[ctrl("[")]),
        row(
            A::AddVariable,
            "Add a variable",
            Diagram,
            NothingSelected,
            &[key("enter")],
        ),
        row(A::AddStep, "Add a step", Diagram, Always, &[shift("p")]),
        row(
            A::GrowRight,
            "Add the next to the right",
            Diagram,
            GrowerSelected,
            &[ctrl("arrowright")],
        ),
        row(
            A::GrowLeft,
            "Add the next to the left",
            Diagram,
            GrowerSelected,
            &[ctrl("arrowleft")],
        ),
        row(
            A::GrowUp,
            "Add the next above",
            Diagram,
            GrowerSelected,
            &[ctrl("arrowup")],
        ),
        row(
            A::GrowDown,
            "Add the next below",
            Diagram,
            GrowerSelected,
            &[ctrl("arrowdown")],
        ),
        row(
            A::PolarityPositive,
            "Polarity +: same direction",
            Diagram,
            LinkSelected,
            &[key("+"), key("=")],
        ),
        row(
            A::PolarityNegative,
            "Polarity \u{2212}: opposite direction",
            Diagram,
            LinkSelected,
            &[key("-"), key("_")],
        ),
        row(
            A::PolarityUnknown,
            "Polarity unknown",
            Diagram,
            LinkSelected,
            &[key("?")],
        ),
        row(
            A::ToggleDelay,
            "Delay on or off",
            Diagram,
            LinkSelected,
            &[key("d")],
        ),
        row(
            A::ReverseLink,
            "Reverse the link",
            Diagram,
            LinkSelected,
            &[key("r")],
        ),
        row(
            A::BendLeft,
            "Bend the link to its left",
            Diagram,
            LinkSelected,
            &[key("b")],
        ),
        row(
            A::BendRight,
            "Bend the link to its right",
            Diagram,
            LinkSelected,
            &[shift("b")],
        ),
        row(
            A::ToggleBurst,
            "Kaizen burst",
            Diagram,
            NoteSelected,
            &[key("k")],
        ),
        row(
            A::ToggleStock,
            "Stock on or off",
            Diagram,
            VariableSelected,
            &[key("s")],
        ),
        row(
            A::NudgeLeft,
            "Move left",
            Diagram,
            Always,
            &[key("arrowleft")],
        ),
        row(
            A::NudgeRight,
            "Move right",
            Diagram,
            Always,
            &[key("arrowright")],
        ),
        row(A::NudgeUp, "Move up", Diagram, Always, &[key("arrowup")]),
        row(
            A::NudgeDown,
            "Move down",
            Diagram,
            Always,
            &[key("arrowdown")],
        ),
        row(
            A::MoveLeft,
            "Move left by 10",
            Diagram,
            Always,
            &[shift("arrowleft")],
        ),
        row(
            A::MoveRight,
            "Move right by 10",
            Diagram,
            Always,
            &[shift("arrowright")],
        ),
        row(
            A::MoveUp,
            "Move up by 10",
            Diagram,
            Always,
            &[shift("arrowup")],
        ),
        row(
            A::MoveDown,
            "Move down by 10",
            Diagram,
            Always,
            &[shift("arrowdown")],
        ),
        row(A::ZoomIn, "Zoom in", View, Always, &[ctrl("+"), ctrl("=")]),
        row(A::ZoomOut, "Zoom out", View, Always, &[ctrl("-")]),
        row(
            A::ZoomActual,
            "Zoom to 100 %",
            View,
            Always,
            &[ctrl("0"), ctrl("digit0")],
        ),
        row(
            A::ZoomFit,
            "Fit the diagram",
            View,
            Always,
            &[shift("digit1")],
        ),
        row(
            A::ZoomSelection,
            "Fit the selection",
            View,
            Always,
            &[shift("digit2")],
        ),
        row(A::ToggleGrid, "Grid on or off", View, Always, &[ctrl("'")]),
        row(
            A::ToggleTheme,
            "Dark or light",
            View,
            Always,
            &[Chord::plain("d").with_alt().with_shift()],
        ),
        row(A::ToggleLoops, "Show or hide the loops", View, Always, &[]),
        row(
            A::ToggleOutline,
            "Show or hide the outline",
            View,
            Always,
            &[],
        ),
        row(
            A::ToggleStream,
            "Show or hide the value stream",
            View,
            Always,
            &[],
        ),
        row(
            A::EditMeasures,
            "Measures of what is selected",
            Diagram,
            StreamSelected,
            &[key("m")],
        ),
        row(
            A::Arrange,
            "Arrange the diagram",
            Diagram,
            Always,
            &[key("a")],
        ),
        row(
            A::Tidy,
            "Tidy up, keeping places",
            Diagram,
            Always,
            &[shift("a")],
        ),
        row(A::ShowArchetypes, "Archetypes", View, Always, &[]),
        row(A::ShowChecks, "Checks of the diagram", View, Always, &[]),
        row(A::ShowLeverage, "Goal and leverage", View, Always, &[]),
        row(A::ShowTrace, "Causes, uses and ways", View, Always, &[]),
        row(A::ExportAs, "Export as …", File, Always, &[]),
        row(A::CopyCsv, "Copy as CSV", File, Always, &[]),
        row(A::CopyDot, "Copy as DOT (Graphviz)", File, Always, &[]),
        row(A::CopyMermaid, "Copy as Mermaid", File, Always, &[]),
        row(A::Compare, "Compare with another map", File, Always, &[]),
        row(A::MeasuredData, "Measured data", File, Always, &[]),
        row(A::History, "History of this diagram", File, Always, &[]),
        row(A::Storage, "Storage and backup", File, Always, &[]),
        row(A::NewDocument, "New diagram", File, Always, &[]),
        row(A::Documents, "My diagrams", File, Always, &[]),
        row(A::Templates, "Open a template", File, Always, &[]),
        row(A::OpenFile, "Open a file", File, Always, &[ctrl("o")]),
        row(A::SaveFile, "Save as a file", File, Always, &[ctrl("s")]),
        row(A::ExportSvg, "Export a picture (SVG)", File, Always, &[]),
        row(A::ExportPng, "Export a picture (PNG)", File, Always, &[]),
        row(A::CopyPicture, "Copy as a picture", File, Always, &[]),
        row(
            A::Print,
            "Print, or save as PDF",
            File,
            Always,
            &[ctrl("p")],
        ),
        row(A::Share, "Share a link", File, Always, &[]),
        row(A::PasteText, "Open from text or a link", File, Always, &[]),
        row(A::Find, "Find", Help, Always, &[ctrl("f")]),
        row(A::Palette, "Command palette", Help, Always, &[ctrl("k")]),
        row(
            A::Help,
            "Keys and help",
            Help,
            Always,
            &[key("?"), key("f1")],
        ),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_one_row() {
        // The enum and the table are in step: the last variant's number and the table's length.
        assert_eq!(Action::Help as usize + 1, ACTIONS.len());
        for row in ACTIONS {
            assert_eq!(
                ACTIONS
                    .iter()
                    .filter(|other| other.action == row.action)
                    .count(),
                1
            );
            assert!(!row.label.is_empty());
        }
    }

    #[test]
    fn no_key_of_a_row_that_always_holds_hides_a_later_one() {
        for (place, row) in ACTIONS.iter().enumerate() {
            for later in ACTIONS
                .iter()
                .skip(place + 1)
                .filter(|_| row.when == When::Always)
            {
                for chord in later.keys {
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
