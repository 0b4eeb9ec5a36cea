//! The states of work items: whether somebody works in them, or the work waits.

use super::state_words::{DONE, DROPPED, WAITING, WORKING, Words};
use super::words::words_of;

/// What happens to an item in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It waits.
    Waiting,
    /// Somebody works on it.
    Working,
    /// It is under way, and nobody has said whether it waits or is worked on.
    Unknown,
    /// It is finished.
    Done,
    /// It was dropped.
    Dropped,
    /// The state is left out: its time counts with the state before.
    Out,
    /// It has arrived; the time after that is told otherwise.
    Begun,
}

/// A state, and what happens in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// Its name, as the table has it.
    pub name: String,
    /// What happens in it.
    pub class: Class,
}

impl Class {
    /// Every class, in the order in which people choose.
    pub const ALL: [Self; 7] = [
        Self::Waiting,
        Self::Working,
        Self::Unknown,
        Self::Done,
        Self::Dropped,
        Self::Out,
        Self::Begun,
    ];

    /// What the name of a state suggests, in the languages of the usual trackers; unknown for a word
    /// that says nothing. A guess: it is always shown, to be changed.
    #[must_use]
    pub fn guess(name: &str) -> Self {
        // "Date closed" and "Closed at" are "Closed".
        const OF_TIME: [&str; 9] = [
            "date",
            "at",
            "on",
            "time",
            "entered",
            "timestamp",
            "datum",
            "am",
            "fecha",
        ];
        let plain = folded(name);
        let mut words = words_of(&plain);
        words.retain(|word| !OF_TIME.contains(&word.as_str()));
        let has = |list: &Words| list.are_in(&words, &plain);
        if has(&DROPPED) {
            Self::Dropped
        } else if has(&WAITING) {
            Self::Waiting
        } else if has(&DONE) {
            // What is "development done" waits for what comes next. A letter alone is an ending, as
            // that of "Terminé(e)".
            match words.iter().filter(|word| word.chars().count() > 1).count() {
                0 | 1 => Self::Done,
                _ if DONE.is_whole(&words) => Self::Done,
                _ => Self::Waiting,
            }
        } else if has(&WORKING) {
            Self::Working
        } else {
            Self::Unknown
        }
    }

    /// The word under which a choice is kept.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Working => "working",
            Self::Unknown => "unknown",
            Self::Done => "done",
            Self::Dropped => "dropped",
            Self::Out => "out",
            Self::Begun => "begun",
        }
    }

    /// What people choose.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Working => "working",
            Self::Unknown => "not known: waiting, work, or the end?",
            Self::Done => "the end: done",
            Self::Dropped => "the end: cancelled",
            Self::Out => "its time counts with the one before",
            Self::Begun => "the beginning: it has arrived",
        }
    }

    /// The class of a key.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.key() == key)
    }

    /// Whether an item is under way in such a state.
    #[must_use]
    pub const fn is_under_way(self) -> bool {
        matches!(self, Self::Waiting | Self::Working | Self::Unknown)
    }

    /// Whether it ends there.
    #[must_use]
    pub const fn is_end(self) -> bool {
        matches!(self, Self::Done | Self::Dropped)
    }
}

/// A name without the marks on Latin letters, large letters still large.
fn folded(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for character in name.chars() {
        let small = character.to_lowercase().next().unwrap_or(character);
        let letter = match small {
            '\u{e0}'..='\u{e5}' | '\u{101}' | '\u{103}' | '\u{105}' => 'a',
            '\u{e7}' | '\u{107}' | '\u{10d}' => 'c',
            '\u{e8}'..='\u{eb}' | '\u{119}' | '\u{11b}' => 'e',
            '\u{ec}'..='\u{ef}' | '\u{131}' => 'i',
            '\u{142}' => 'l',
            '\u{f1}' | '\u{144}' | '\u{148}' => 'n',
            '\u{f2}'..='\u{f6}' | '\u{f8}' => 'o',
            '\u{159}' => 'r',
            '\u{15b}' | '\u{161}' | '\u{15f}' => 's',
            '\u{f9}'..='\u{fc}' | '\u{16f}' => 'u',
            '\u{fd}' | '\u{ff}' => 'y',
            '\u{17a}' | '\u{17c}' | '\u{17e}' => 'z',
            '\u{df}' => {
                plain.push('s');
                's'
            }
            _ => {
                plain.push(character);
                continue;
            }
        };
        // `cycleTime` is two words, and so a letter must stay as large as it is.
        plain.push(match character.is_uppercase() {
            true => letter.to_ascii_uppercase(),
            false => letter,
        });
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suggest_what_happens() {
        for (name, class) in [
            ("Backlog", Class::Waiting),
            ("Ready for review", Class::Waiting),
            ("Review queue", Class::Waiting),
            ("Dev done", Class::Waiting),
            ("In Progress", Class::Working),
            ("Code review", Class::Working),
            ("Done", Class::Done),
            ("Resolved", Class::Done),
            ("Date closed", Class::Done),
            ("Cancelled", Class::Dropped),
            ("Won't do", Class::Dropped),
            ("Warten auf Test", Class::Waiting),
            // What nobody knows is asked for.
            ("", Class::Unknown),
            ("Marmalade", Class::Unknown),
            ("Phase 2", Class::Unknown),
        ] {
            assert_eq!(Class::guess(name), class, "{name}");
        }
        for class in Class::ALL {
            assert_eq!(Class::of_key(class.key()), Some(class));
        }
    }

    #[test]
    fn the_usual_states_of_trackers_are_known_in_their_languages() {
        use Class::{Done, Dropped, Waiting, Working};
        let table: [(Class, &[&str]); 4] = [
            (
                Waiting,
                &[
                    // Jira, Azure, Linear, GitHub, YouTrack.
                    "To Do",
                    "Todo",
                    "Backlog",
                    "Open",
                    "Reopened",
                    "New",
                    "Proposed",
                    "Approved",
                    "Triage",
                    "Selected for Development",
                    "Blocked",
                    "On hold",
                    "Unscheduled",
                    "Submitted",
                    "Unstarted",
                    // German, French, Spanish, Portuguese, Italian, Dutch.
                    "Zu erledigen",
                    "Offen",
                    "Wieder ge\u{f6}ffnet",
                    "Neu",
                    "Vorgeschlagen",
                    "Wartet",
                    "\u{c0} faire",
                    "Ouvert",
                    "Nouveau",
                    "En attente",
                    "R\u{e9}ouvert",
                    "Por hacer",
                    "Tareas por hacer",
                    "Abierto",
                    "Nuevo",
                    "Pendiente",
                    "En espera",
                    "A fazer",
                    "Tarefas pendentes",
                    "Aberto",
                    "Novo",
                    "Pendente",
                    "Da fare",
                    "Da completare",
                    "Aperto",
                    "Nuovo",
                    "In attesa",
                    "Te doen",
                    "Nog te doen",
                    "Nieuw",
                    // Polish, Swedish, Russian, Korean, Japanese, Chinese.
                    "Do zrobienia",
                    "Att g\u{f6}ra",
                    "\u{41a} \u{432}\u{44b}\u{43f}\u{43e}\u{43b}\u{43d}\u{435}\u{43d}\u{438}\u{44e}",
                    "\u{d574}\u{c57c} \u{d560} \u{c77c}",
                    "\u{672a}\u{7740}\u{624b}",
                    "\u{672a}\u{5bfe}\u{5fdc}",
                    "\u{30ec}\u{30d3}\u{30e5}\u{30fc}\u{5f85}\u{3061}",
                    "\u{5f85}\u{529e}",
                    "\u{5f85}\u{8655}\u{7406}",
                    "\u{672a}\u{5b8c}\u{6210}",
                ],
            ),
            (
                Working,
                &[
                    "In Progress",
                    "In Review",
                    "Active",
                    "Doing",
                    "Committed",
                    "Started",
                    "QA",
                    "Testing",
                    "Development",
                    "In Arbeit",
                    "In Bearbeitung",
                    "Aktiv",
                    "In Pr\u{fc}fung",
                    "En cours",
                    "En revue",
                    "Actif",
                    "En curso",
                    "En progreso",
                    "En revisi\u{f3}n",
                    "Em andamento",
                    "Em progresso",
                    "In corso",
                    "In lavorazione",
                    "Bezig",
                    "In uitvoering",
                    "W toku",
                    "P\u{e5}g\u{e5}ende",
                    "\u{412} \u{440}\u{430}\u{431}\u{43e}\u{442}\u{435}",
                    "\u{c9c4}\u{d589} \u{c911}",
                    "\u{9032}\u{884c}\u{4e2d}",
                    "\u{4f5c}\u{696d}\u{4e2d}",
                    "\u{30ec}\u{30d3}\u{30e5}\u{30fc}",
                    "\u{6b63}\u{5728}\u{8fdb}\u{884c}",
                    "\u{8fdb}\u{884c}\u{4e2d}",
                    "\u{5904}\u{7406}\u{4e2d}",
                ],
            ),
            (
                Done,
                &[
                    "Done",
                    "Closed",
                    "Resolved",
                    "Completed",
                    "Fixed",
                    "Verified",
                    "Released",
                    "Merged",
                    "Fertig",
                    "Erledigt",
                    "Geschlossen",
                    "Abgeschlossen",
                    "Termin\u{e9}(e)",
                    "Termin\u{e9}",
                    "R\u{e9}solu",
                    "Ferm\u{e9}",
                    "Hecho",
                    "Listo",
                    "Finalizada",
                    "Cerrado",
                    "Resuelto",
                    "Conclu\u{ed}do",
                    "Itens conclu\u{ed}dos",
                    "Fechado",
                    "Completato",
                    "Completata",
                    "Fatto",
                    "Chiuso",
                    "Gereed",
                    "Klaar",
                    "Gotowe",
                    "Klar",
                    "\u{413}\u{43e}\u{442}\u{43e}\u{432}\u{43e}",
                    "\u{c644}\u{b8cc}",
                    "\u{5b8c}\u{4e86}",
                    "\u{89e3}\u{6c7a}\u{6e08}\u{307f}",
                    "\u{5df2}\u{5b8c}\u{6210}",
                    "\u{5b8c}\u{6210}",
                    "\u{5df2}\u{5173}\u{95ed}",
                ],
            ),
            (
                Dropped,
                &[
                    "Canceled",
                    "Cancelled",
                    "Won't Do",
                    "Won\u{2019}t Fix",
                    "WONTFIX",
                    "Duplicate",
                    "Removed",
                    "Rejected",
                    "Declined",
                    "Abandoned",
                    "Cannot Reproduce",
                    "Can't Reproduce",
                    "Not planned",
                    "not_planned",
                    "Obsolete",
                    "Invalid",
                    "Works as designed",
                    "Closed as duplicate",
                    "Abgebrochen",
                    "Duplikat",
                    "Wird nicht erledigt",
                    "Verworfen",
                    "Abgelehnt",
                    "Annul\u{e9}",
                    "Abandonn\u{e9}",
                    "Doublon",
                    "Rejet\u{e9}",
                    "Ne sera pas fait",
                    "Cancelado",
                    "Duplicado",
                    "Rechazado",
                    "No se har\u{e1}",
                    "Descartado",
                    "Rejeitado",
                    "N\u{e3}o ser\u{e1} feito",
                    "Annullato",
                    "Duplicato",
                    "Rifiutato",
                    "Geannuleerd",
                    "Anulowane",
                    "Avbruten",
                    "\u{41e}\u{442}\u{43c}\u{435}\u{43d}\u{435}\u{43d}\u{43e}",
                    "\u{cde8}\u{c18c}",
                    "\u{5374}\u{4e0b}",
                    "\u{91cd}\u{8907}",
                    "\u{5bfe}\u{5fdc}\u{3057}\u{306a}\u{3044}",
                    "\u{30ad}\u{30e3}\u{30f3}\u{30bb}\u{30eb}",
                    "\u{5df2}\u{53d6}\u{6d88}",
                    "\u{91cd}\u{590d}",
                ],
            ),
        ];
        for (class, names) in table {
            for name in names {
                assert_eq!(Class::guess(name), class, "{name}");
                assert_eq!(Class::guess(&name.to_uppercase()), class, "{name}");
            }
        }
    }
}
