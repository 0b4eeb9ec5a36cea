//! Keys: how they are written, and which action one asks for.

use super::action::{Action, Condition};
use super::actions::actions;
use super::position::shortcut_key;

/// A key with what is held along with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shortcut {
    /// The character in lower case, or the browser's name of the key in lower case; `digit1`
    /// stands for the physical key, whatever shift makes of it.
    pub key: &'static str,
    /// Whether control is held, or command on a Mac.
    pub ctrl: bool,
    /// Whether shift is held; not asked for with keys that are characters of their own, such as
    /// `+`.
    pub shift: bool,
    /// Whether alt is held, or option on a Mac.
    pub alt: bool,
}

impl Shortcut {
    /// The key alone.
    #[must_use]
    pub const fn plain(key: &'static str) -> Self {
        Self {
            key,
            ctrl: false,
            shift: false,
            alt: false,
        }
    }

    /// With control or command.
    #[must_use]
    pub const fn with_ctrl(self) -> Self {
        Self { ctrl: true, ..self }
    }

    /// With shift.
    #[must_use]
    pub const fn with_shift(self) -> Self {
        Self {
            shift: true,
            ..self
        }
    }

    /// With alt or option.
    #[must_use]
    pub const fn with_alt(self) -> Self {
        Self { alt: true, ..self }
    }

    /// As people write it: "Ctrl+Shift+Z".
    #[must_use]
    pub fn written(&self) -> String {
        let mut text = String::new();
        for (held, name) in [
            (self.ctrl, "Ctrl+"),
            (self.alt, "Alt+"),
            (self.shift, "Shift+"),
        ] {
            if held {
                text.push_str(name);
            }
        }
        text.push_str(match self.key {
            "arrowleft" => "←",
            "arrowright" => "→",
            "arrowup" => "↑",
            "arrowdown" => "↓",
            "delete" => "Del",
            "backspace" => "Backspace",
            "escape" => "Esc",
            "enter" => "Enter",
            "f1" => "F1",
            "f2" => "F2",
            "f10" => "F10",
            "contextmenu" => "Menu",
            "digit0" => "0",
            "digit1" => "1",
            "digit2" => "2",
            "-" => "−",
            other => return text + &other.to_ascii_uppercase(),
        });
        text
    }

    /// Whether a press of a key is this shortcut: by its letter, or by its position where a
    /// keyboard has no Latin letters.
    #[must_use]
    pub fn is(&self, press: &KeyPress) -> bool {
        let named = shortcut_key(press) == self.key || press.code == self.key;
        // A character such as + or ? needs shift on one keyboard and not on another.
        let is_character = self.key.len() == 1 && !self.key.as_bytes()[0].is_ascii_alphanumeric();
        let shift = self.shift == press.shift || is_character && !self.shift;
        named && shift && self.ctrl == press.ctrl && self.alt == press.alt
    }
}

/// A key that went down.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeyPress {
    /// The browser's `key`, in lower case.
    pub key: String,
    /// The browser's `code`, in lower case.
    pub code: String,
    /// Whether control is held, or command on a Mac.
    pub ctrl: bool,
    /// Whether shift is held.
    pub shift: bool,
    /// Whether alt is held, or option on a Mac.
    pub alt: bool,
    /// What reads the key.
    pub reader: KeyReader,
}

/// What reads a key that is pressed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeyReader {
    /// The page.
    #[default]
    Page,
    /// An input method: the key chooses or confirms what is being written, such as the Enter that
    /// takes a Japanese word, and means nothing else.
    InputMethod,
}

impl KeyReader {
    /// The number that browsers give to every key which an input method has taken.
    const TAKEN: u32 = 229;

    /// What reads a key that is pressed in a field, by the browser's `isComposing` and `keyCode`.
    ///
    /// Elsewhere there is nothing to compose, and every key is the page's. Safari ends the
    /// composition before it tells of the Enter that ended it, so that `isComposing` says no; the
    /// number still tells (WebKit bug 165004).
    #[must_use]
    pub const fn of(is_composing: bool, key_code: u32) -> Self {
        if is_composing || key_code == Self::TAKEN {
            Self::InputMethod
        } else {
            Self::Page
        }
    }
}

impl KeyPress {
    /// Whether the press writes a letter or a digit into a field, or begins one: a dead key, or a
    /// key that an input method has taken.
    #[must_use]
    pub fn writes_letter(&self) -> bool {
        if self.ctrl || self.alt {
            return false;
        }
        let is_name = self.key.len() > 1 && self.key.is_ascii();
        let first = self.key.chars().next().filter(|_| !is_name);
        // A digit that needs shift is the key beside it on another keyboard: Shift+1 fits.
        matches!(&*self.key, "dead" | "process")
            || first.is_some_and(|first| first.is_alphabetic() || first.is_numeric() && !self.shift)
    }

    /// Whether the press writes a sign of its own into a field, as Option and a letter do on a Mac.
    #[must_use]
    pub fn writes_sign(&self) -> bool {
        let mut characters = self.key.chars();
        let sign = characters.next().filter(|_| characters.next().is_none());
        !self.ctrl && sign.is_some_and(|sign| !sign.is_ascii())
    }
}

/// The action a key asks for, where the condition of the action holds.
#[must_use]
pub fn action_for(press: &KeyPress, holds: impl Fn(Condition) -> bool) -> Option<Action> {
    if press.reader == KeyReader::InputMethod {
        return None;
    }
    let asked = |chord: &&Shortcut| chord.is(press);
    let row = actions().find(|row| row.keys.iter().any(|c| asked(&c)) && holds(row.when))?;
    Some(row.action)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn press(key: &str, code: &str, held: &str) -> KeyPress {
        KeyPress {
            key: key.to_owned(),
            code: code.to_owned(),
            ctrl: held.contains('c'),
            shift: held.contains('s'),
            alt: held.contains('a'),
            reader: KeyReader::Page,
        }
    }

    #[test]
    fn keys_ask_for_actions() {
        let anything = |when: Condition| when != Condition::NothingSelected;
        let nothing =
            |when: Condition| matches!(when, Condition::Always | Condition::NothingSelected);
        for (key, code, held, selected, unselected) in [
            ("z", "keyz", "c", Some(Action::Undo), Some(Action::Undo)),
            ("z", "keyz", "cs", Some(Action::Redo), Some(Action::Redo)),
            ("y", "keyy", "c", Some(Action::Redo), Some(Action::Redo)),
            (
                "!",
                "digit1",
                "s",
                Some(Action::ZoomFit),
                Some(Action::ZoomFit),
            ),
            ("1", "digit1", "", None, None),
            (
                "+",
                "bracketright",
                "",
                Some(Action::PolarityPositive),
                None,
            ),
            ("+", "equal", "s", Some(Action::PolarityPositive), None),
            (
                "?",
                "slash",
                "s",
                Some(Action::PolarityUnknown),
                Some(Action::Help),
            ),
            (
                "enter",
                "enter",
                "",
                Some(Action::EditText),
                Some(Action::AddVariable),
            ),
            ("d", "keyd", "c", Some(Action::Duplicate), None),
            ("d", "keyd", "", Some(Action::ToggleDelay), None),
            (
                "d",
                "keyd",
                "as",
                Some(Action::ToggleTheme),
                Some(Action::ToggleTheme),
            ),
            (
                "arrowleft",
                "arrowleft",
                "s",
                Some(Action::MoveLeft),
                Some(Action::MoveLeft),
            ),
            ("arrowleft", "arrowleft", "c", Some(Action::GrowLeft), None),
            ("]", "bracketright", "c", Some(Action::Forward), None),
            ("}", "bracketright", "cs", Some(Action::ToFront), None),
            ("]", "bracketright", "cs", Some(Action::ToFront), None),
            (
                "v",
                "keyv",
                "",
                Some(Action::ToolSelect),
                Some(Action::ToolSelect),
            ),
            ("v", "keyv", "c", Some(Action::Paste), Some(Action::Paste)),
            ("t", "keyt", "c", None, None),
            // The row of digits of a French keyboard needs shift for its digits.
            (
                "à",
                "digit0",
                "c",
                Some(Action::ZoomActual),
                Some(Action::ZoomActual),
            ),
            (
                "Î",
                "keyd",
                "as",
                Some(Action::ToggleTheme),
                Some(Action::ToggleTheme),
            ),
        ] {
            let press = press(key, code, held);
            assert_eq!(
                action_for(&press, anything),
                selected,
                "{key} {held} with a selection"
            );
            assert_eq!(
                action_for(&press, nothing),
                unselected,
                "{key} {held} without"
            );
        }
    }

    #[test]
    fn letters_digits_and_what_begins_them_are_written() {
        for (key, code, held, is_written) in [
            ("s", "keys", "", true),
            ("s", "keys", "s", true),
            ("ä", "quote", "", true),
            ("я", "keyz", "", true),
            ("لا", "keyb", "", true),
            ("か", "keyt", "", true),
            ("5", "digit5", "", true),
            ("dead", "bracketleft", "", true),
            ("process", "keyk", "", true),
            // A French keyboard needs shift for its digits.
            ("1", "digit1", "s", false),
            ("!", "digit1", "s", false),
            ("s", "keys", "c", false),
            ("s", "keys", "a", false),
            // Option on a Mac.
            ("ß", "keys", "a", false),
            ("?", "slash", "s", false),
            ("+", "equal", "s", false),
            (" ", "space", "", false),
            ("enter", "enter", "", false),
            ("f2", "f2", "", false),
            ("tab", "tab", "", false),
            ("delete", "delete", "", false),
            ("arrowleft", "arrowleft", "", false),
            ("unidentified", "", "", false),
            ("", "", "", false),
        ] {
            assert_eq!(
                press(key, code, held).writes_letter(),
                is_written,
                "{key} {held}"
            );
        }
    }

    #[test]
    fn a_key_of_an_input_method_asks_for_nothing() {
        for (is_composing, key_code, reader) in [
            (false, 13, KeyReader::Page),
            (true, 13, KeyReader::InputMethod),
            // Safari.
            (false, 229, KeyReader::InputMethod),
            (true, 229, KeyReader::InputMethod),
        ] {
            assert_eq!(KeyReader::of(is_composing, key_code), reader);
        }
        let enter = press("enter", "enter", "");
        assert_eq!(action_for(&enter, |_| true), Some(Action::EditText));
        let taken = KeyPress {
            reader: KeyReader::InputMethod,
            ..enter
        };
        assert_eq!(action_for(&taken, |_| true), None);
    }

    #[test]
    fn chords_are_written_as_people_write_them() {
        assert_eq!(Action::Redo.shortcut(), "Ctrl+Shift+Z");
        assert_eq!(Action::GrowRight.shortcut(), "Ctrl+→");
        assert_eq!(Action::ZoomFit.shortcut(), "Shift+1");
        assert_eq!(Action::Documents.shortcut(), "");
    }
}
