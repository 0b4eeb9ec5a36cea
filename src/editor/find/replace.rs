//! Replacing what was found.

use crate::model::{Document, Edit, Element, Id, Patch};

use super::super::describe::describe;
use super::super::edits::is_free;
use super::super::equations::mended;
use super::super::event::Effect;
use super::super::history::Continuity;
use super::super::state::{Editor, Environment};
use super::Pattern;
use super::texts::each_text;

/// How much of what was found is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// What is shown; what comes next is shown then.
    Shown,
    /// Everything.
    All,
}

/// What replacing does, and what it leaves alone.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Replacement {
    /// The change.
    pub patch: Patch,
    /// How many records it changes.
    pub changed: usize,
    /// How many records are locked.
    pub locked: usize,
    /// How many records would have a text over its limit.
    pub too_long: usize,
}

/// Replaces the words in all texts of these records. A record that is locked stays as it is, and so
/// does one of which a text would become too long.
#[must_use]
pub fn replacement(
    document: &Document,
    records: impl IntoIterator<Item = Id>,
    pattern: &Pattern,
    with: &str,
) -> Replacement {
    let mut edit = Edit::new(document);
    let mut done = Replacement::default();
    for id in records {
        let Some(mut element) = document.element(id) else {
            continue;
        };
        let (mut is_found, mut fits) = (false, true);
        each_text(&mut element, |kind, text| {
            let Some(replaced) = pattern.replaced(text, with) else {
                return;
            };
            is_found = true;
            match kind.kept(&replaced) {
                Some(kept) => *text = kept,
                None => fits = false,
            }
        });
        if !is_found {
            continue;
        }
        if !is_free(document, id) {
            done.locked += 1;
        } else if !fits {
            done.too_long += 1;
        } else {
            done.changed += 1;
            match &element {
                Element::LoopLabel(label) if label.is_blank() => edit.remove(id),
                _ => edit.set(id, Some(element)),
            }
        }
    }
    done.patch = edit.finish();
    done
}

impl Replacement {
    /// What became of it, in words.
    fn words(&self, name: Option<&str>) -> String {
        let of = |count: usize, one: &str, many: &str| match (name, count) {
            (_, 0) => None,
            (Some(name), _) => Some(format!("{name} {one}")),
            (None, 1) => Some(format!("1 {one}")),
            (None, count) => Some(format!("{count} {many}")),
        };
        let changed = match (name, self.changed) {
            (_, 0) => None,
            (Some(name), _) => Some(format!("Replaced in {name}")),
            (None, 1) => Some("Replaced in 1 place".to_owned()),
            (None, count) => Some(format!("Replaced in {count} places")),
        };
        let left = [
            of(self.locked, "is locked", "are locked"),
            of(self.too_long, "would be too long", "would be too long"),
        ];
        let words: Vec<String> = changed
            .into_iter()
            .chain(left.into_iter().flatten())
            .collect();
        match words.is_empty() {
            true => "Nothing to replace".to_owned(),
            false => format!("{}.", words.join(", ")),
        }
    }
}

impl Editor {
    /// Replaces what was found, as one step. Without anything shown yet, the first is shown.
    pub(in crate::editor) fn replace_found(
        &mut self,
        which: Which,
        with: &str,
        env: &Environment<'_>,
    ) -> Vec<Effect> {
        let Some(find) = &self.find else {
            return Vec::new();
        };
        let Some(pattern) = Pattern::new(find.words()) else {
            return Vec::new();
        };
        let found = find.found();
        let (records, next) = match (which, find.at()) {
            (Which::All, _) => (found.iter().map(|found| found.record).collect(), None),
            (Which::Shown, None) => return self.find_step(1),
            (Which::Shown, Some(at)) => {
                let next = found.get((at + 1) % found.len()).map(|found| found.record);
                (vec![found[at].record], next)
            }
        };
        let name = match which {
            Which::Shown => records.first().map(|id| describe(&self.document, *id)),
            Which::All => None,
        };
        let done = replacement(&self.document, records, &pattern, with);
        let words = done.words(name.as_deref());
        // Its own words say more than those of the change.
        let patch = mended(&self.document, done.patch);
        let mut effects = self.commit(patch, Continuity::Own, env);
        effects.retain(|effect| !matches!(effect, Effect::Announce(_)));
        let shown = next.and_then(|next| {
            let mut found = self.find.as_ref()?.found().iter();
            found.position(|found| found.record == next)
        });
        let next = shown.and_then(|shown| self.find_show(shown));
        let told = match (which, next) {
            (Which::All, _) if done.changed > 0 => Effect::Done(words),
            (_, Some(next)) => Effect::Announce(format!("{words} {next}")),
            (_, None) => Effect::Announce(words),
        };
        effects.push(told);
        effects
    }
}
