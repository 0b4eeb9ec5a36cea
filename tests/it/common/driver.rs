//! An editor with its surroundings: events go in by name, and what must always hold is asserted
//! after each of them.

use std::collections::BTreeSet;

use loopstream::causal::{LoopAnalysis, Progress};
use loopstream::editor::{
    Action, Button, Command, DotWay, Editor, Effect, Environment, Event, Gesture, KEPT_LOOPS,
    KeyPress, MenuSubject, Modifiers, Pointer, PointerKind, matters_to_streams,
};
use loopstream::format::json;
use loopstream::model::{Document, Id, IdSource, Lever, Patch, Point, Rect, Vector, rebase};
use loopstream::scene::{EstimatedText, Reach, Scene, View, node_at};
use loopstream::stream::{SimulatedFigures, StreamReport};
use loopstream::worker::marks_of;

/// An editor whose view begins with world units and CSS pixels alike.
pub struct Driver {
    pub editor: Editor,
    pub ids: IdSource,
    /// The start with every committed and every remote patch.
    replay: Document,
    /// What was announced.
    pub said: Vec<String>,
    /// The menus that were shown, and where.
    pub menus: Vec<(MenuSubject, Point)>,
    /// What was dropped onto what.
    pub dropped: Vec<(Id, Id)>,
    /// What is on the clipboard.
    pub clipboard: Option<Document>,
    /// What the app was asked for.
    pub asked: Vec<Action>,
    /// What dots were given to, or taken back from.
    pub dots: Vec<(Lever, DotWay)>,
    /// How many patches were committed.
    pub commits: usize,
    /// Which pointer, of which kind, with what held.
    pub pointer: Pointer,
}

impl Default for Driver {
    fn default() -> Self {
        Self::open(Document::default())
    }
}

impl Driver {
    pub fn open(document: Document) -> Self {
        let size = Vector::new(1_000.0, 800.0);
        let view = View {
            size,
            ..View::default()
        };
        let mut driver = Self {
            editor: Editor::open(document.clone(), view, &EstimatedText),
            ids: IdSource::new(7),
            replay: document,
            said: Vec::new(),
            menus: Vec::new(),
            dropped: Vec::new(),
            clipboard: None,
            asked: Vec::new(),
            dots: Vec::new(),
            commits: 0,
            pointer: Pointer::default(),
        };
        driver.tell_streams();
        driver.check();
        driver
    }

    /// An editor with variables at these places, drawn one by one, and links between them.
    pub fn with(variables: &[(&str, f64, f64)], links: &[(&str, &str)]) -> Self {
        let mut driver = Self::default();
        for (name, x, y) in variables {
            driver.draw_variable(name, *x, *y);
        }
        for (from, to) in links {
            driver.draw_link(from, to);
        }
        driver.key("escape");
        driver
    }

    pub fn send(&mut self, event: Event) {
        let mut told = false;
        if let Event::Remote(patch) = &event {
            let brought = rebase(patch, &self.replay);
            self.replay.apply(&brought).unwrap();
            told = true;
        }
        let mut env = Environment {
            ids: &mut self.ids,
            measure: &EstimatedText,
        };
        for effect in self.editor.handle(event, &mut env) {
            match effect {
                Effect::Committed(patch) => {
                    assert!(!patch.is_empty(), "nothing was committed as a change");
                    self.replay.apply(&patch).unwrap();
                    told |= matters_to_streams(&patch);
                    self.commits += 1;
                }
                Effect::Copied(part) => self.clipboard = Some(part),
                Effect::App(action) => self.asked.push(action),
                Effect::Announce(words) | Effect::Done(words) | Effect::TookAlong(words) => {
                    self.said.push(words);
                }
                Effect::ShowExperiment(_) => self.asked.push(Action::ToggleExperiments),
                Effect::ShowFinding(_) => self.asked.push(Action::ShowChecks),
                Effect::NameLoop(_) => self.asked.push(Action::NameLoop),
                Effect::Dot(lever, way) => self.dots.push((lever, way)),
                Effect::OpenMenu(subject, at) => self.menus.push((subject, at)),
                Effect::DroppedOnto { moved, onto } => self.dropped.push((moved, onto)),
            }
        }
        if told {
            self.tell_streams();
        }
        self.check();
    }

    /// What follows from the value streams of the document as it was last committed.
    pub fn streams(&self) -> StreamReport {
        StreamReport::of(&self.replay)
    }

    /// Works out the streams elsewhere, as the web worker does, and hands over what they add.
    fn tell_streams(&mut self) {
        let marks = marks_of(&self.replay, &self.streams(), &SimulatedFigures::none());
        self.editor.take_marks(marks, &EstimatedText);
    }

    /// Finds all loops elsewhere, as the web worker does, and hands them over.
    pub fn search(&mut self) {
        let document = self.editor.document();
        let mut analysis = LoopAnalysis::new(document, KEPT_LOOPS);
        while analysis.advance(u64::MAX) == Progress::Unfinished {}
        let (counts, completeness) = analysis.counts();
        let loops = analysis.report(document).loops.into_iter();
        let loops: Vec<Vec<Id>> = loops.map(|named| named.links).collect();
        self.editor
            .take_loops(counts, completeness, &loops, &EstimatedText);
        self.check();
    }

    /// Panics unless all that must always hold does.
    pub fn check(&self) {
        let editor = &self.editor;
        let document = editor.document();
        assert_eq!(
            editor.committed_document(),
            self.replay,
            "the patches lead here"
        );
        let read = json::read(&json::write(document)).unwrap();
        assert_eq!(&read.document, document, "what is shown is a document");
        assert_eq!(read.warnings, [], "and a sound one");

        // A step of a story hides things; tests/it/stories/picture.rs says which.
        if editor.shown_step().is_some() {
            return;
        }
        let scene = editor.scene();
        let mut fresh = Scene::new(document, &EstimatedText);
        fresh.colour_links(document, scene.link_colours(), &EstimatedText);
        fresh.set_loops(document, &editor.report().loops, &EstimatedText);
        let marks = marks_of(&self.replay, &self.streams(), &SimulatedFigures::none());
        fresh.set_marks(document, marks, &EstimatedText);
        assert_eq!(scene.marks(), fresh.marks());
        assert_eq!(scene.nodes(), fresh.nodes());
        assert_eq!(scene.links(), fresh.links());
        assert_eq!(scene.frames(), fresh.frames());
        assert_eq!(scene.badges(), fresh.badges());
        assert_eq!(scene.bounds(), fresh.bounds());
        let bounds = scene
            .bounds()
            .map_or(0.0, |rect| rect.width() + rect.height());
        assert!(bounds.is_finite(), "everything is somewhere");
        let [near, far] = [500.0, 1.0e8].map(|x| Point::new(x, x));
        for rect in [
            Rect::from_points(Point::default(), near),
            Rect::from_points(Point::new(-1.0e8, -1.0e8), far),
        ] {
            assert_eq!(scene.touching(&rect), fresh.touching(&rect));
        }

        if editor.search_progress() == Progress::Finished {
            let mut analysis = LoopAnalysis::new(document, KEPT_LOOPS);
            analysis.advance(u64::MAX);
            assert_eq!(editor.report(), &analysis.report(document));
        }
        let idle = *editor.gesture() == Gesture::Idle;
        if idle {
            assert!(
                editor.drag_layer().is_empty(),
                "nothing is lifted without a gesture"
            );
            assert_eq!(editor.overlay().ghost, None);
            assert_eq!(editor.overlay().marquee, None);
            assert_eq!(editor.overlay().guides, []);
            assert_eq!(editor.overlay().target, None);
        }
        if idle && editor.text_edit().is_none() {
            assert_eq!(document, &self.replay, "nothing is shown that is not kept");
        }
        if let Some(edit) = editor.text_edit() {
            assert!(
                document.placement(edit.id).is_some(),
                "what is typed into is there"
            );
        }
        for id in editor.selection() {
            assert!(scene.bounds_of(*id).is_some(), "what is selected is drawn");
        }
        let _ = (editor.cursor(), editor.hint(PointerKind::Fine));
    }

    // The pointer.

    fn at(&mut self, x: f64, y: f64) -> Pointer {
        self.pointer.at = Point::new(x, y);
        self.pointer
    }

    pub fn press(&mut self, x: f64, y: f64) {
        self.press_with(Button::Primary, x, y);
    }

    pub fn press_with(&mut self, button: Button, x: f64, y: f64) {
        let pointer = self.at(x, y);
        self.send(Event::Down(pointer, button));
    }

    pub fn move_to(&mut self, x: f64, y: f64) {
        let pointer = self.at(x, y);
        self.send(Event::Move(pointer));
    }

    pub fn release(&mut self) {
        let pointer = self.pointer;
        self.send(Event::Up(pointer));
    }

    pub fn click(&mut self, x: f64, y: f64) {
        self.press(x, y);
        self.release();
    }

    /// As browsers send it: two clicks, then the double click.
    pub fn double_click(&mut self, x: f64, y: f64) {
        self.click(x, y);
        self.click(x, y);
        let pointer = self.pointer;
        self.send(Event::DoubleClick(pointer));
    }

    pub fn drag(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.begin_drag(from, to);
        self.release();
    }

    /// A drag that is not done.
    pub fn begin_drag(&mut self, from: (f64, f64), to: (f64, f64)) {
        self.press(from.0, from.1);
        self.move_to(f64::midpoint(from.0, to.0), f64::midpoint(from.1, to.1));
        self.move_to(to.0, to.1);
    }

    pub fn wheel(&mut self, x: f64, y: f64) {
        let pointer = self.pointer;
        self.send(Event::Wheel(pointer, Vector::new(x, y)));
    }

    /// What is held from now on: `c`ontrol, `s`hift, `a`lt, the space `b`ar.
    pub fn hold(&mut self, held: &str) {
        self.pointer.modifiers = Modifiers {
            ctrl: held.contains('c'),
            shift: held.contains('s'),
            alt: held.contains('a'),
            space: held.contains('b'),
        };
    }

    /// A finger, or the mouse again.
    pub fn finger(&mut self, number: i32) {
        self.pointer.number = number;
        self.pointer.kind = PointerKind::Touch;
    }

    pub fn mouse(&mut self) {
        self.pointer.number = 0;
        self.pointer.kind = PointerKind::Fine;
    }

    // The keyboard.

    /// Presses a key written as in `ctrl+shift+z`; whether an action was asked for.
    pub fn key(&mut self, written: &str) -> Option<Action> {
        let mut press = KeyPress::default();
        let mut rest = written;
        loop {
            let (held, after) = match rest.split_once('+') {
                Some((held, after)) if !held.is_empty() && !after.is_empty() => (held, after),
                _ => break,
            };
            match held {
                "ctrl" => press.ctrl = true,
                "shift" => press.shift = true,
                "alt" => press.alt = true,
                other => panic!("there is no {other} to hold"),
            }
            rest = after;
        }
        press.key = rest.to_owned();
        press.code = rest.to_owned();
        let action = self.editor.action_for(&press)?;
        self.act(action);
        Some(action)
    }

    pub fn act(&mut self, action: Action) {
        self.send(Event::Act(action));
    }

    pub fn run(&mut self, command: Command) {
        self.send(Event::Do(command));
    }

    pub fn type_text(&mut self, text: &str) {
        assert!(
            self.editor.text_edit().is_some(),
            "nothing waits for {text:?}"
        );
        self.send(Event::TextDone(text.to_owned()));
    }

    pub fn escape_text(&mut self) {
        self.send(Event::TextCancelled);
    }

    // Drawing, and looking at what was drawn.

    pub fn draw_variable(&mut self, name: &str, x: f64, y: f64) {
        self.double_click(x, y);
        self.type_text(name);
    }

    /// From the lower rim of one variable into the other.
    pub fn draw_link(&mut self, from: &str, to: &str) -> Id {
        let rim = self.rim(from);
        let end = self.middle(to);
        let before = self.links();
        self.drag(rim, end);
        *self.links().difference(&before).next().unwrap()
    }

    pub fn id(&self, name: &str) -> Id {
        let mut all = self.editor.document().variables().iter();
        let found = all.find(|(_, variable)| variable.name == name);
        *found.unwrap_or_else(|| panic!("there is no {name}")).0
    }

    /// The variable or note at a place of the screen.
    pub fn id_at(&self, x: f64, y: f64) -> Id {
        let editor = &self.editor;
        let (at, zoom) = (editor.view().to_world(Point::new(x, y)), editor.view().zoom);
        let reach = Reach::at_zoom(PointerKind::Fine.radius(), zoom);
        let hit = node_at(editor.scene(), at, reach);
        hit.and_then(|hit| hit.record()).unwrap()
    }

    fn box_on_screen(&self, id: Id) -> (Point, Point) {
        let rect = self.editor.scene().bounds_of(id).unwrap();
        let view = self.editor.view();
        (
            view.to_screen(Point::new(rect.left, rect.top)),
            view.to_screen(Point::new(rect.right, rect.bottom)),
        )
    }

    /// Where a variable is, on the screen.
    pub fn middle(&self, name: &str) -> (f64, f64) {
        let (a, b) = self.box_on_screen(self.id(name));
        (f64::midpoint(a.x, b.x), f64::midpoint(a.y, b.y))
    }

    /// A place just below a variable, left of its middle where fewer links are.
    pub fn rim(&self, name: &str) -> (f64, f64) {
        let (a, b) = self.box_on_screen(self.id(name));
        (a.x + 0.3 * (b.x - a.x), b.y + 5.0)
    }

    /// Where the handle of a link is, on the screen.
    pub fn handle(&self, link: Id) -> (f64, f64) {
        let handle = self.editor.scene().links()[&link].handle;
        let at = self.editor.view().to_screen(handle);
        (at.x, at.y)
    }

    /// Where the badge of the first loop is, on the screen.
    pub fn badge(&self) -> (f64, f64) {
        let center = self.editor.scene().badges()[0].center;
        let at = self.editor.view().to_screen(center);
        (at.x, at.y)
    }

    /// Where a variable stands, in world units.
    pub fn position(&self, name: &str) -> (f64, f64) {
        let placement = self.editor.document().placement(self.id(name)).unwrap();
        (placement.position.x, placement.position.y)
    }

    pub fn names(&self) -> Vec<String> {
        let all = self.editor.document().variables().values();
        let mut names: Vec<String> = all.map(|variable| variable.name.clone()).collect();
        names.sort();
        names
    }

    pub fn links(&self) -> BTreeSet<Id> {
        self.editor.document().links().keys().copied().collect()
    }

    /// The links as people read them, sorted.
    pub fn sentences(&self) -> Vec<String> {
        let mut all: Vec<String> = self
            .links()
            .iter()
            .map(|id| self.editor.describe(*id))
            .collect();
        all.sort();
        all
    }

    /// The codes of the loops.
    pub fn loops(&self) -> Vec<String> {
        let all = self.editor.report().loops.iter();
        all.map(|named| named.code.clone()).collect()
    }

    /// The names of the selected variables, sorted, and how many other things are selected.
    pub fn selected(&self) -> (Vec<String>, usize) {
        let variables = self.editor.document().variables();
        let ids = self.editor.selection();
        let mut names: Vec<String> = ids
            .iter()
            .filter_map(|id| variables.get(id))
            .map(|variable| variable.name.clone())
            .collect();
        names.sort();
        let others = ids.len() - names.len();
        (names, others)
    }

    pub fn remote(&mut self, patch: Patch) {
        self.send(Event::Remote(patch));
    }
}
