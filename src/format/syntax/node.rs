//! A JSON text as a tree that remembers where everything stood.

/// A value and where it starts.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The byte of the text at which it starts.
    pub at: usize,
    /// What it is.
    pub value: Value,
}

/// What a JSON text can hold.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `null`.
    Null,
    /// `true` or `false`.
    Truth(bool),
    /// A number, finite.
    Number(f64),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Node>),
    /// An object; its names differ.
    Object(Vec<Entry>),
}

/// A field of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its name.
    pub name: String,
    /// The byte of the text at which the name starts.
    pub at: usize,
    /// Its value.
    pub node: Node,
}

impl Node {
    /// The field of that name, if this is an object that has it.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Self> {
        let Value::Object(entries) = &self.value else {
            return None;
        };
        entries
            .iter()
            .find(|entry| entry.name == name)
            .map(|entry| &entry.node)
    }

    /// The first field, if this is an object that has one.
    #[must_use]
    pub fn first_entry(&self) -> Option<&Entry> {
        match &self.value {
            Value::Object(entries) => entries.first(),
            _ => None,
        }
    }

    /// Whether the field of that name is there and has a list.
    #[must_use]
    pub fn has_list(&self, name: &str) -> bool {
        let field = self.field(name);
        field.is_some_and(|field| matches!(field.value, Value::List(_)))
    }

    /// The first value, of this one and all within it, that is what is looked for; those that stand
    /// less deep come first.
    pub fn find(&self, is_it: impl Fn(&Self) -> bool) -> Option<&Self> {
        let mut level = vec![self];
        while !level.is_empty() {
            if let Some(found) = level.iter().find(|node| is_it(node)) {
                return Some(found);
            }
            let mut next: Vec<&Self> = Vec::new();
            for node in level {
                match &node.value {
                    Value::List(items) => next.extend(items),
                    Value::Object(entries) => next.extend(entries.iter().map(|entry| &entry.node)),
                    _ => {}
                }
            }
            level = next;
        }
        None
    }

    /// What it is, with its article, for a message.
    #[must_use]
    pub const fn description(&self) -> &'static str {
        match self.value {
            Value::Null => "null",
            Value::Truth(_) => "true or false",
            Value::Number(_) => "a number",
            Value::Text(_) => "a text",
            Value::List(_) => "a list",
            Value::Object(_) => "an object",
        }
    }
}
