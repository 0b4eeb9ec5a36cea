//! An XMILE text taken apart: its model, its variables and its views.

use roxmltree::{Document, Node};

use super::elements::is_display;
use crate::format::error::{Fault, ReadError};
use crate::format::xml::{child, children};

/// A text with its parts.
#[derive(Debug)]
pub struct Source<'a, 'i> {
    /// The text.
    pub text: &'i str,
    /// `xmile`.
    pub root: Node<'a, 'i>,
    /// The model that is drawn: the one without a name, or else the first.
    pub model: Option<Node<'a, 'i>>,
    /// The definitions of variables.
    pub variables: Vec<Node<'a, 'i>>,
    /// The views that show them.
    pub views: Vec<Node<'a, 'i>>,
    /// The view of variables that say themselves where they stand.
    pub own_view: Option<usize>,
}

impl<'a, 'i: 'a> Source<'a, 'i> {
    /// Takes a text apart.
    ///
    /// # Errors
    /// It is XML, but no XMILE.
    pub fn of(text: &'i str, document: &'a Document<'i>) -> Result<Self, ReadError> {
        let root = document.root_element();
        if root.tag_name().name() != "xmile" {
            let message = format!("the root is <{}>, not <xmile>", root.tag_name().name());
            let position = None;
            return Err(ReadError::OtherFormat(Fault { message, position }));
        }
        let unnamed = children(root, "model").find(|model| model.attribute("name").is_none());
        let model = unnamed.or_else(|| child(root, "model"));
        let lists = model
            .into_iter()
            .flat_map(|model| children(model, "variables"));
        let variables = lists.flat_map(|list| list.children().filter(Node::is_element));
        // Drafts of XMILE, and Stella 10, have the variables in the model itself.
        let own = model.into_iter().flat_map(|model| model.children());
        let own = own.filter(|node| is_definition(*node));
        let variables: Vec<Node<'a, 'i>> = variables.chain(own).collect();
        let lists = model.into_iter().flat_map(|model| children(model, "views"));
        let views = lists.flat_map(|list| children(list, "view"));
        let mut views: Vec<Node<'a, 'i>> = views.filter(|view| shows_structure(*view)).collect();
        let shows_itself = |node: &Node<'a, 'i>| child(*node, "display").is_some();
        let display = model.and_then(|model| child(model, "display"));
        let own_view = match display.or(model) {
            Some(view) if display.is_some() || variables.iter().any(shows_itself) => {
                views.push(view);
                Some(views.len() - 1)
            }
            _ => None,
        };
        Ok(Self {
            text,
            root,
            model,
            variables,
            views,
            own_view,
        })
    }

    /// What stands in a view.
    pub fn objects(&self, view: usize) -> impl Iterator<Item = Node<'a, 'i>> + '_ {
        let is_own = self.own_view == Some(view);
        let own = self.variables.iter().filter(move |_| is_own);
        let own = own.flat_map(|variable| children(*variable, "display"));
        let objects = self.views[view].children();
        objects.filter(|object| !is_display(*object)).chain(own)
    }

    /// The title: the name in the header.
    pub fn title(&self) -> Option<Node<'a, 'i>> {
        child(child(self.root, "header")?, "name")
    }
}

/// Whether a child of a model defines something, as those of its list of variables do.
fn is_definition(node: Node<'_, '_>) -> bool {
    const TAGS: [&str; 6] = ["stock", "flow", "aux", "module", "gf", "group"];
    TAGS.contains(&node.tag_name().name())
}

/// Whether a view shows stocks and flows, and not an interface.
fn shows_structure(view: Node<'_, '_>) -> bool {
    let is = |attribute: &str, word: &str| view.attribute(attribute) == Some(word);
    !is("type", "interface") && !is("name", "interface")
}

/// Whether a text is XMILE's: whether its root is called so.
pub fn recognises(text: &str) -> bool {
    let mut rest = text.trim_start_matches('\u{FEFF}').trim_start();
    loop {
        let skipped = if rest.starts_with("<?") {
            rest.find("?>").map(|end| end + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|end| end + 3)
        } else if rest.starts_with("<!") {
            // A document type, which the reader refuses with a reason.
            return rest.contains("<xmile");
        } else {
            break;
        };
        match skipped {
            Some(end) => rest = rest[end..].trim_start(),
            None => return false,
        }
    }
    let Some(tag) = rest.strip_prefix('<') else {
        return false;
    };
    let end = tag
        .find(|c: char| c.is_whitespace() || matches!(c, '>' | '/'))
        .unwrap_or(tag.len());
    let name = &tag[..end];
    name.rsplit(':').next() == Some("xmile")
}
