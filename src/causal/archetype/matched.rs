//! A match as people and documents know it: variables in roles, and a sentence.

use super::missing::Missing;
use super::shape::{Archetype, Role};
use crate::model::{Document, Id};

/// A part of a diagram that is consistent with an archetype, or nearly so. Whether the archetype
/// is at work there is for a person to say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArchetypeMatch {
    /// The archetype.
    pub archetype: &'static Archetype,
    /// Who plays what, in the order of the archetype's roles. A role that a drawing may leave out
    /// may be missing.
    pub roles: Vec<Cast>,
    /// All links that take part, in the order of their ids.
    pub links: Vec<Id>,
    /// The one thing that a near match lacks; `None` for a full match.
    pub missing: Option<Missing>,
}

/// A variable in its role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cast {
    /// The role.
    pub role: &'static Role,
    /// The variable.
    pub variable: Id,
    /// Whether more or less of it plays the role.
    pub share: Share,
}

/// Whether more or less of a variable plays a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Share {
    /// More of it.
    More,
    /// Less of it: a lack.
    Less,
}

/// What stays the same while a match does, whatever else changes: its archetype and the variables
/// in its roles.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct MatchKey {
    /// The id of the archetype.
    pub archetype: &'static str,
    /// The variables, in the order of their ids.
    pub variables: Vec<Id>,
}

impl ArchetypeMatch {
    /// Which match it is.
    #[must_use]
    pub fn key(&self) -> MatchKey {
        let mut variables = self.about();
        variables.sort_unstable();
        MatchKey {
            archetype: self.archetype.id,
            variables,
        }
    }

    /// The topic under which a person's yes or no is kept, such as `archetype/fixes-that-fail`.
    #[must_use]
    pub fn topic(&self) -> String {
        format!("archetype/{}", self.archetype.id)
    }

    /// The variables that a person's yes or no is about, in the order of the roles, each once.
    #[must_use]
    pub fn about(&self) -> Vec<Id> {
        let mut about = Vec::with_capacity(self.roles.len());
        for cast in &self.roles {
            if !about.contains(&cast.variable) {
                about.push(cast.variable);
            }
        }
        about
    }

    /// The variable in a role, by the name of the role.
    #[must_use]
    pub fn variable(&self, role: &str) -> Option<Id> {
        self.cast(role).map(|cast| cast.variable)
    }

    fn cast(&self, role: &str) -> Option<&Cast> {
        self.roles.iter().find(|cast| cast.role.id == role)
    }

    /// Who plays what, as one sentence that begins with "Consistent with", or with "Nearly
    /// consistent with" for a near match.
    #[must_use]
    pub fn sentence(&self, document: &Document) -> String {
        let mut sentence = match self.missing {
            None => "Consistent with ".to_owned(),
            Some(_) => "Nearly consistent with ".to_owned(),
        };
        sentence.push_str(&crate::model::term_in_sentence(self.archetype.title));
        let told = self.archetype.telling.iter();
        let told = told.filter_map(|clause| self.fill(clause, document));
        for (position, clause) in told.enumerate() {
            sentence.push_str(if position == 0 { ": " } else { "; " });
            sentence.push_str(&clause);
        }
        sentence.push('.');
        sentence
    }

    /// What to ask the person; the archetype alone where a role of the question is not played.
    #[must_use]
    pub fn question(&self, document: &Document) -> String {
        let asked = self.fill(self.archetype.question, document);
        asked.unwrap_or_else(|| format!("Does this happen here? {}", self.archetype.behaviour))
    }

    /// A text with the names of variables in the places of roles, or nothing if a role of it is
    /// not played.
    fn fill(&self, text: &str, document: &Document) -> Option<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            let (role, after) = after.split_once('}')?;
            let bare = role.strip_prefix('~');
            let cast = self.cast(bare.unwrap_or(role))?;
            if bare.is_some() && cast.share == Share::Less {
                filled.push_str("low ");
            }
            filled.push('"');
            if let Some(variable) = document.variables().get(&cast.variable) {
                filled.push_str(&variable.in_sentence());
            }
            filled.push('"');
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }
}
