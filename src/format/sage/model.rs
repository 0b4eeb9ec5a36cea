//! Finding the model in what saves it: by itself, in the document of SageModeler's page or of CODAP.

use std::borrow::Cow;

use crate::format::error::ReadError;
use crate::format::limits::Limits;
use crate::format::syntax::{Node, Value, parse};

/// A model, with the text in which its places are.
#[derive(Debug)]
pub struct Model<'t> {
    pub node: Node,
    pub text: Cow<'t, str>,
    /// What the document around it is called, if there is one.
    pub name: Option<String>,
}

/// The model in a text; none where nothing in it has lists of nodes and links.
///
/// # Errors
/// The text, or the one in it that seems to be the model, is not JSON.
pub fn model_of<'t>(text: &'t str, limits: &Limits) -> Result<Option<Model<'t>>, ReadError> {
    let root = parse(text, limits)?;
    let name = ["docName", "name", "title"].into_iter().find_map(|field| {
        match &root.field(field)?.value {
            Value::Text(name) if !name.trim().is_empty() => Some(name.clone()),
            _ => None,
        }
    });
    let found = root.find(is_sage).or_else(|| root.find(has_lists));
    if let Some(node) = found {
        let node = node.clone();
        let text = Cow::Borrowed(text);
        return Ok(Some(Model { node, text, name }));
    }
    let Some(Node {
        value: Value::Text(inner),
        ..
    }) = root.find(is_text_of_model)
    else {
        return Ok(None);
    };
    let inner = inner.clone();
    let Some(found) = model_of(&inner, limits)? else {
        return Ok(None);
    };
    Ok(Some(Model {
        node: found.node,
        text: Cow::Owned(found.text.into_owned()),
        name: name.or(found.name),
    }))
}

fn has_lists(node: &Node) -> bool {
    node.has_list("nodes") && node.has_list("links")
}

/// Whether it has the lists, with a node or a link of SageModeler in them.
fn is_sage(node: &Node) -> bool {
    let first = |list: &str, fields: [&str; 2]| match &node.field(list).map(|list| &list.value) {
        Some(Value::List(items)) => items
            .first()
            .is_some_and(|item| fields.iter().any(|field| item.field(field).is_some())),
        _ => false,
    };
    has_lists(node)
        && (first("nodes", ["key", "data"]) || first("links", ["sourceNode", "sourceNodeKey"]))
}

fn is_text_of_model(node: &Node) -> bool {
    match &node.value {
        Value::Text(text) => {
            text.trim_start().starts_with('{') && text.contains("nodes") && text.contains("links")
        }
        _ => false,
    }
}
