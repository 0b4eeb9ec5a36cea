//! What an archetype is, as data: roles, ties between them, and words.

/// One system archetype: a structure that is met again and again, and what it tends to do.
#[derive(Debug, PartialEq, Eq)]
pub struct Archetype {
    /// Its name in topics and tests, such as `fixes-that-fail`.
    pub id: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// The behaviour it produces, as one sentence.
    pub behaviour: &'static str,
    /// The parts that variables play in it. Ties speak of them by their positions here.
    pub roles: &'static [Role],
    /// The ways in which it is drawn; a diagram may have any of them.
    pub forms: &'static [Form],
    /// Clauses that say who plays what. `{role}` stands for the variable of a role, and `{~role}`
    /// for the same with "too little" before it where the role is played by a lack of it. A clause
    /// with a role that nobody plays is left out.
    pub telling: &'static [&'static str],
    /// What the literature advises, in two or three short sentences.
    pub advice: &'static str,
    /// Where the structure and the advice come from.
    pub sources: &'static [&'static str],
    /// What to ask the person, with places for roles as in `telling`.
    pub question: &'static str,
}

/// A part that a variable plays.
#[derive(Debug, PartialEq, Eq)]
pub struct Role {
    /// Its name in the texts of the table.
    pub id: &'static str,
    /// The words of the literature for it.
    pub name: &'static str,
    /// Whether a lack of the variable may play it too, and not only more of it: "too little
    /// velocity" is as good a symptom as "too many outages". Every tie of a role that a lack plays
    /// has the opposite sign.
    pub lack_plays: bool,
}

/// One way in which an archetype is drawn.
#[derive(Debug, PartialEq, Eq)]
pub struct Form {
    /// What leads from role to role.
    pub ties: &'static [Tie],
    /// Of each of these groups of ties, by their positions, at least one must be delayed.
    pub delays: &'static [&'static [usize]],
    /// Two roles that could change places without a difference.
    pub twins: Option<(usize, usize)>,
}

/// A cause from role to role: one link, or a short path of links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The position of the role that causes.
    pub from: usize,
    /// The position of the role that is affected; the same as `from` for a loop.
    pub to: usize,
    /// The net effect.
    pub effect: Effect,
    /// How far apart the two may be.
    pub span: Span,
    /// A role that is played on the path.
    pub through: Option<Through>,
}

/// The net effect of a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// More of the cause, more of the effect.
    Raises,
    /// More of the cause, less of the effect.
    Lowers,
}

/// How far apart the ends of a tie may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// One link. For what only feeds the structure: the nearest feeder is the one that counts.
    Link,
    /// One link or a path.
    Path,
}

/// A role that one of the variables on the path of a tie plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Through {
    /// The position of the role.
    pub role: usize,
    /// Which of the variables on the path.
    pub position: Position,
    /// Whether the path must have such a variable; else it may be left out of the drawing.
    pub required: bool,
}

/// Which of the variables on a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// The one after the cause.
    First,
    /// The one before the effect.
    Last,
}

impl Tie {
    /// More of one role, more of the other.
    #[must_use]
    pub const fn raises(from: usize, to: usize) -> Self {
        Self {
            from,
            to,
            effect: Effect::Raises,
            span: Span::Path,
            through: None,
        }
    }

    /// More of one role, less of the other.
    #[must_use]
    pub const fn lowers(from: usize, to: usize) -> Self {
        Self {
            effect: Effect::Lowers,
            ..Self::raises(from, to)
        }
    }

    /// The same as a single link.
    #[must_use]
    pub const fn directly(self) -> Self {
        Self {
            span: Span::Link,
            ..self
        }
    }

    /// The same by way of a role.
    #[must_use]
    pub const fn through(self, role: usize, position: Position) -> Self {
        let required = true;
        Self {
            through: Some(Through {
                role,
                position,
                required,
            }),
            ..self
        }
    }

    /// The same by way of a role that a drawing may leave out.
    #[must_use]
    pub const fn perhaps_through(self, role: usize, position: Position) -> Self {
        let required = false;
        Self {
            through: Some(Through {
                role,
                position,
                required,
            }),
            ..self
        }
    }

    /// It leads back to its own role.
    #[must_use]
    pub const fn is_loop(&self) -> bool {
        self.from == self.to
    }

    /// The role on its path, if there must be one.
    #[must_use]
    pub fn needs_through(&self) -> bool {
        self.through.is_some_and(|through| through.required)
    }
}

impl Role {
    /// A role that more of a variable plays.
    #[must_use]
    pub const fn new(id: &'static str, name: &'static str) -> Self {
        let lack_plays = false;
        Self {
            id,
            name,
            lack_plays,
        }
    }

    /// A role that more or less of a variable plays.
    #[must_use]
    pub const fn either(id: &'static str, name: &'static str) -> Self {
        let lack_plays = true;
        Self {
            id,
            name,
            lack_plays,
        }
    }
}
