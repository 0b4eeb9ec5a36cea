//! What a key stands for by its position, on a keyboard that gives no Latin letter there.
//!
//! Shortcuts are Latin letters and signs. A Russian, Greek, Hebrew, Arabic, Korean or Japanese
//! keyboard gives a letter of its own script instead; people there press the key on which the
//! Latin letter stands on the keyboard of the United States, as in every other program. Where a
//! key gives a Latin letter, as on French or Dvorak keyboards, that letter counts.

use std::borrow::Cow;

use super::keys::KeyPress;

/// The keys of the United States that have a sign of a shortcut, by the browser's `code` in lower
/// case: alone, and with shift.
const POSITIONS: [(&str, &str, &str); 6] = [
    ("minus", "-", "_"),
    ("equal", "=", "+"),
    ("bracketleft", "[", "{"),
    ("bracketright", "]", "}"),
    ("quote", "'", "\""),
    ("slash", "/", "?"),
];

/// The key that counts for shortcuts: the browser's `key`, or the letter of its position.
pub(super) fn shortcut_key(press: &KeyPress) -> Cow<'_, str> {
    if let Some(narrow) = narrowed(&press.key) {
        return Cow::Owned(narrow.to_string());
    }
    let by_position = is_of_another_script(&press.key)
        || is_sign_of_option(press)
        || matches!(&*press.key, "process" | "unidentified");
    match by_position.then(|| latin_key(press)).flatten() {
        Some(key) => Cow::Borrowed(key),
        None => Cow::Borrowed(&press.key),
    }
}

/// What the key at a position stands for: letters and digits without shift, signs as shift makes
/// them.
fn latin_key(press: &KeyPress) -> Option<&str> {
    let code = press.code.as_str();
    if let Some(letter) = code.strip_prefix("key").or(code.strip_prefix("digit")) {
        return (letter.len() == 1).then_some(letter);
    }
    let (_, alone, shifted) = POSITIONS.iter().find(|(name, ..)| *name == code)?;
    Some(if press.shift { shifted } else { alone })
}

/// Whether a key gives letters, signs or digits of a script that is not Latin. Some keys give
/// several at once, such as the Arabic lam with alef.
fn is_of_another_script(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|character| !is_latin_or_sign(character))
}

/// Whether a character is Latin, or a sign that belongs to no script.
fn is_latin_or_sign(character: char) -> bool {
    matches!(
        character,
        // Latin with all its accents, phonetic letters, accents alone.
        '\0'..='\u{36f}'
            // Phonetic extensions, Latin for Vietnamese and others.
            | '\u{1d00}'..='\u{1eff}'
            // Punctuation, arrows, mathematics, boxes, dingbats.
            | '\u{2000}'..='\u{2bff}'
            | '\u{2c60}'..='\u{2c7f}'
            | '\u{a700}'..='\u{a7ff}'
            | '\u{ab30}'..='\u{ab6f}'
            | '\u{fb00}'..='\u{fb06}'
    )
}

/// Whether Alt has made a sign of a key, as Option does on a Mac, where ⌥⇧D is Î; AltGr of other
/// systems comes without Alt, or with control.
fn is_sign_of_option(press: &KeyPress) -> bool {
    let mut characters = press.key.chars();
    let sign = characters.next().filter(|_| characters.next().is_none());
    press.alt && !press.ctrl && (press.key == "dead" || sign.is_some_and(|sign| !sign.is_ascii()))
}

/// The narrow form of a wide letter or sign, as Japanese and Chinese input gives them: ｚ is z.
fn narrowed(key: &str) -> Option<char> {
    const WIDER: u32 = '！' as u32 - '!' as u32;
    let mut characters = key.chars();
    let wide = characters.next()?;
    if characters.next().is_some() || !('！'..='～').contains(&wide) {
        return None;
    }
    let narrow = char::from_u32(wide as u32 - WIDER)?;
    Some(narrow.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pressed(key: &str, code: &str, held: &str) -> String {
        let press = KeyPress {
            key: key.to_owned(),
            code: code.to_owned(),
            ctrl: held.contains('c'),
            shift: held.contains('s'),
            alt: held.contains('a'),
            ..KeyPress::default()
        };
        shortcut_key(&press).into_owned()
    }

    #[test]
    fn another_script_counts_by_place_and_latin_by_letter() {
        for (key, code, held, shortcut_key) in [
            ("я", "keyz", "c", "z"),
            ("ς", "keyw", "", "w"),
            ("ש", "keya", "c", "a"),
            ("لا", "keyb", "", "b"),
            ("ㅋ", "keyz", "c", "z"),
            ("ち", "keya", "", "a"),
            ("क्ष", "key7", "", "7"),
            ("ि", "keyf", "c", "f"),
            ("х", "bracketleft", "c", "["),
            ("Ъ", "bracketright", "cs", "}"),
            ("э", "quote", "c", "'"),
            ("؟", "slash", "s", "?"),
            ("۰", "digit0", "c", "0"),
            ("ほ", "minus", "", "-"),
            // Latin letters, also with accents, and signs count as they are.
            ("z", "keyw", "c", "z"),
            ("w", "keyz", "c", "w"),
            (";", "keyz", "c", ";"),
            ("é", "digit2", "", "é"),
            ("ı", "keyi", "c", "ı"),
            ("ł", "keyl", "c", "ł"),
            ("−", "digit8", "", "−"),
            ("÷", "keyx", "", "÷"),
            // Names of keys are no letters.
            ("enter", "enter", "", "enter"),
            ("dead", "quote", "", "dead"),
            ("", "keyz", "", ""),
            // An input method that is on, where no words can be written.
            ("process", "keyd", "", "d"),
            ("unidentified", "keyz", "c", "z"),
            ("unidentified", "", "", "unidentified"),
            // A position that has no letter gives none.
            ("я", "intlbackslash", "", "я"),
            ("я", "", "c", "я"),
            // Wide letters are letters.
            ("ｚ", "keyz", "c", "z"),
            ("Ｚ", "keyz", "cs", "z"),
            ("＋", "semicolon", "s", "+"),
            // What Option makes of a key of a Mac.
            ("Î", "keyd", "as", "d"),
            ("dead", "keye", "a", "e"),
            // AltGr writes.
            ("ł", "keyl", "ca", "ł"),
        ] {
            assert_eq!(
                pressed(key, code, held),
                shortcut_key,
                "{key} at {code} {held}"
            );
        }
    }
}
