//! Everything a person can ask for by key, menu or palette.

use super::actions::actions;
use super::event::Effect;
use super::keys::Shortcut;
use super::state::{Editor, Environment};

/// Something a person can ask for that needs no further words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the table says what each one is")]
pub enum Action {
    ToolSelect,
    ToolHand,
    ToolVariable,
    ToolLink,
    /// Takes the tool that draws flows between stocks.
    ToolFlow,
    ToolNote,
    /// Takes the tool that draws out frames.
    ToolFrame,
    /// Takes the tool that adds steps.
    ToolStep,
    /// Takes the tool that adds queues.
    ToolQueue,
    /// Takes the tool that adds supermarkets.
    ToolSupermarket,
    /// Takes the tool that adds suppliers.
    ToolSupplier,
    /// Takes the tool that adds customers.
    ToolCustomer,
    /// Takes the tool that adds controls.
    ToolControl,
    /// Takes the tool that gives dots of a vote.
    ToolDot,
    ToolLock,
    Undo,
    Redo,
    /// Shows what was changed, and goes to any point of it.
    UndoList,
    Cut,
    Copy,
    Paste,
    Duplicate,
    Delete,
    SelectAll,
    SelectNext,
    SelectPrevious,
    Cancel,
    AddVariable,
    /// Adds a step to the right of the last station, to be named in place.
    AddStep,
    /// Adds a frame of the usual size.
    AddFrame,
    /// Puts a frame around what is selected.
    FrameSelection,
    EditText,
    /// Gives tags to what is selected.
    EditTags,
    /// Shows the menu of what is selected.
    OpenMenu,
    /// Shows the comments on what is selected, and asks for another one.
    CommentOn,
    /// Links what is selected to another by its name.
    LinkTo,
    /// Names the chosen loop.
    NameLoop,
    /// Selects the chosen loop.
    SelectLoop,
    GrowLeft,
    GrowRight,
    GrowUp,
    GrowDown,
    PolarityPositive,
    PolarityNegative,
    PolarityUnknown,
    ToggleDelay,
    ReverseLink,
    BendLeft,
    BendRight,
    ToggleStock,
    /// Shows the equation of the selected variable, to be written.
    EditEquation,
    /// Makes variables rates, or plain again.
    ToggleRate,
    /// Makes stocks and rates plain variables.
    MakePlain,
    /// Adds a flow into the selected stock.
    AddInflow,
    /// Adds a flow out of the selected stock.
    AddOutflow,
    /// Makes variables of the lines of a note.
    LinesToVariables,
    /// Makes steps of the lines of a note, one after the other.
    LinesToSteps,
    /// Marks steps with what their time is worth to the customer: the next of the values, round.
    NextValue,
    MarkValueAdding,
    MarkNecessary,
    MarkWaste,
    /// Makes notes kaizen bursts, or plain again.
    ToggleBurst,
    /// Asks for a file with an image, for the selected note or a new one.
    AddImage,
    /// Asks what the image of the selected note shows.
    DescribeImage,
    /// Takes the image from the selected note.
    RemoveImage,
    /// Shows the colours, sizes and strengths of what is selected.
    ShowStyle,
    ColourNone,
    ColourRed,
    ColourOrange,
    ColourYellow,
    ColourGreen,
    ColourBlue,
    ColourViolet,
    SizeSmall,
    SizeMedium,
    SizeLarge,
    ToggleEmphasis,
    StrengthWeak,
    StrengthMedium,
    StrengthStrong,
    /// Writes on the line of the selected link.
    EditLabel,
    /// Shows how what is selected can be lined up.
    ShowAlignment,
    AlignLeft,
    AlignCenter,
    AlignRight,
    AlignTop,
    AlignMiddle,
    AlignBottom,
    DistributeAcross,
    DistributeDown,
    Group,
    Ungroup,
    ToggleLock,
    Forward,
    Backward,
    ToFront,
    ToBack,
    NudgeLeft,
    NudgeRight,
    NudgeUp,
    NudgeDown,
    MoveLeft,
    MoveRight,
    MoveUp,
    MoveDown,
    ZoomIn,
    ZoomOut,
    ZoomActual,
    ZoomFit,
    ZoomSelection,
    ToggleGrid,
    /// Shows the badges of loops, or hides them.
    ToggleBadges,
    /// Colours links by their signs, or no longer.
    ToggleLinkColours,
    /// Shows the overview of large diagrams, or hides it.
    ToggleMinimap,
    /// Lights what is near to what is selected.
    ShowNeighbours,
    /// Pushes the selected variable up, and plays what follows.
    PushUp,
    /// Pushes it down.
    PushDown,
    /// Stops the clock of the play, or lets it go on.
    PausePlay,
    /// Plays one round.
    StepPlay,
    /// Goes back to the push.
    RewindPlay,
    EndPlay,
    /// Runs the value-stream map, and shows it.
    WatchMap,
    ToggleTheme,
    ToggleLoops,
    ToggleOutline,
    /// Shows the value stream, or folds it away.
    ToggleStream,
    /// Shows the comments, or folds them away.
    ToggleComments,
    /// Runs the model and shows what it does over time, or folds that away.
    ToggleRun,
    /// Shows the stories of the diagram, or folds them away.
    ToggleStory,
    /// Shows the retrospective, or folds it away.
    ToggleRetrospective,
    /// Shows the retrospective, and begins one where there is none.
    StartRetrospective,
    /// Shows the experiments, or folds them away.
    ToggleExperiments,
    /// Shows the experiments, and begins one about what is selected.
    NewExperiment,
    /// Adds what is seen now as a step of the story.
    AddSeen,
    /// Marks elements with open comments on the canvas, or does not.
    ToggleCommentMarks,
    /// Marks what experiments change on the canvas, or does not.
    ToggleExperimentMarks,
    /// Compares the document with another one.
    Compare,
    /// Lays several maps over each other.
    LayOver,
    /// Reads a table of measured data.
    MeasuredData,
    /// Shows the versions of the document.
    History,
    /// Shows how the structure changed from version to version.
    ShowStructure,
    /// Shows what is kept in the browser, and makes backups of it.
    Storage,
    /// Shows the fields of what is selected of a value stream.
    EditMeasures,
    /// Arranges what is selected, or everything, afresh.
    Arrange,
    /// Moves only what must move.
    Tidy,
    /// Shows what the diagram can be written as.
    ExportAs,
    /// Copies the diagram as a list of links.
    CopyCsv,
    /// Copies the diagram for Graphviz.
    CopyDot,
    /// Copies the diagram for Mermaid.
    CopyMermaid,
    /// Shows the archetypes.
    ShowArchetypes,
    /// Shows what the checks find.
    ShowChecks,
    /// Shows the goal and where to intervene.
    ShowLeverage,
    /// Shows causes, uses and ways.
    ShowTrace,
    /// Shows what follows when the selected variable rises.
    FollowChange,
    /// Shows how each variable stands once another was pushed up.
    ShowPairs,
    /// Shows what would change with another link in the place of the selected one.
    TryLink,
    /// Takes people through the story of the diagram.
    Present,
    PresentNext,
    PresentBack,
    PresentFirst,
    PresentLast,
    PresentTheme,
    PresentPointer,
    /// Opens the window of the speaker, with the notes.
    PresentNotes,
    /// Takes the whole screen for the presentation, or gives it back.
    PresentWholeScreen,
    EndPresenting,
    /// Asks to speak in a room, or no longer.
    RaiseHand,
    /// Gives a dot of the vote to what is selected.
    GiveDot,
    /// Takes one back.
    TakeDot,
    /// Follows nobody in a room any more.
    StopFollowing,
    NewDocument,
    Documents,
    Templates,
    /// Keeps a copy of the document as a template of its owner.
    SaveAsTemplate,
    /// Opens a diagram to look at.
    ShowExample,
    OpenFile,
    SaveFile,
    ExportSvg,
    ExportPng,
    /// Copies the diagram as a picture.
    CopyPicture,
    /// Prints the diagram, or makes a PDF of it.
    Print,
    /// Prints the steps of the story, a page for each, or makes a PDF of them.
    PrintStory,
    /// Makes links to the diagram.
    Share,
    /// Opens, joins or leaves a room.
    WorkTogether,
    PasteText,
    Find,
    /// Looks for words to put others in their place.
    Replace,
    Palette,
    Help,
}

/// Where an action stands in menus and in the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionGroup {
    /// What the pointer does.
    Tools,
    /// What changes the document.
    Edit,
    /// What changes links and variables.
    Diagram,
    /// What changes how things look and line up.
    Style,
    /// What changes what is seen.
    View,
    /// What takes people through a story.
    Present,
    /// What concerns documents and files.
    File,
    /// What helps.
    Help,
}

impl ActionGroup {
    /// Every group, in the order of the help.
    pub const ALL: [Self; 8] = [
        Self::Tools,
        Self::Edit,
        Self::Diagram,
        Self::Style,
        Self::View,
        Self::Present,
        Self::File,
        Self::Help,
    ];

    /// Its heading.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Tools => "Tools",
            Self::Edit => "Edit",
            Self::Diagram => "Diagram",
            Self::Style => "Style and alignment",
            Self::View => "View",
            Self::Present => "Present",
            Self::File => "Documents and files",
            Self::Help => "Help",
        }
    }
}

/// When an action's keys count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// At any time.
    Always,
    /// While a link is selected.
    LinkSelected,
    /// While a link is selected, or the variable with which one was just made.
    LinkToSign,
    /// While a variable is selected.
    VariableSelected,
    /// A stock is selected.
    StockSelected,
    /// A stock or a rate is selected.
    NotPlainSelected,
    /// A note is selected.
    NoteSelected,
    /// A note that lists several things is selected alone.
    ListSelected,
    /// A note with an image is selected alone.
    ImageSelected,
    /// A station or a flow is selected.
    StreamSelected,
    /// A process step is selected.
    StepSelected,
    /// Something is selected that another can grow from: a variable or a station.
    GrowerSelected,
    /// While anything is selected.
    Selected,
    /// While nothing is selected.
    NothingSelected,
    /// While something is selected that can have a colour.
    Colourable,
    /// While something is selected that can have a size.
    Sizable,
    /// While several things or groups are selected that stand by themselves.
    SeveralStand,
    /// While three or more of them are.
    ThreeStand,
    /// While a loop is chosen.
    LoopChosen,
    /// While a variable is selected, or one is played.
    Pushable,
    /// While a play is shown.
    Plays,
    /// Work flows from a station to another.
    HasStream,
    /// While a vote is open in the room.
    Votes,
    /// While a story is presented: then these keys go before all others.
    Presents,
}

/// What carries an action out in the editor.
pub(super) type Run = fn(&mut Editor, &mut Environment<'_>) -> Vec<Effect>;

/// Who carries an action out.
#[derive(Clone, Copy, Debug)]
pub(super) enum Handler {
    /// The editor.
    Editor(Run),
    /// The app: it needs the browser.
    App,
}

/// A row of the table of actions.
#[derive(Clone, Copy, Debug)]
pub struct ActionRow {
    /// The action.
    pub action: Action,
    /// What menus, palette and help call it.
    pub label: &'static str,
    /// Its keys; the first is shown.
    pub keys: &'static [Shortcut],
    /// When its keys count.
    pub when: Condition,
    /// Who carries it out.
    pub(super) handler: Handler,
    /// It goes on with a row of nudges, which undo takes back as one.
    pub(super) nudges: bool,
    /// It leaves a gesture and what is being typed alone: it is about the view or the app.
    pub(super) in_passing: bool,
    /// It leaves the document as it is, so that a viewer may do it.
    pub(super) for_viewers: bool,
}

impl Action {
    /// Its row in the table.
    #[must_use]
    pub fn row(self) -> &'static ActionRow {
        // A test of the table proves that every action has a row; the first is never reached.
        let found = actions().find(|row| row.action == self);
        found.unwrap_or(&ActionGroup::Tools.rows()[0])
    }

    /// What menus call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.row().label
    }

    /// How its first key is written, such as "Ctrl+Z"; empty where it has none.
    #[must_use]
    pub fn shortcut(self) -> String {
        self.row()
            .keys
            .first()
            .map(Shortcut::written)
            .unwrap_or_default()
    }
}
