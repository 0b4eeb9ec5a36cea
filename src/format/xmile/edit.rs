//! Changes of an XML text, element by element, that leave the rest to the letter.

use std::collections::BTreeMap;
use std::ops::Range;

use roxmltree::{Attribute, Node};

use crate::format::foreign::Splices;
use crate::format::xml;

/// Changes that are being gathered.
#[derive(Debug)]
pub struct XmlEdit<'t> {
    text: &'t str,
    splices: Splices,
    // By the start of the element: where to put them in, and what.
    appended: BTreeMap<usize, (InsertPoint, Vec<String>)>,
    // By the start of the element: what it is called now.
    renamed: BTreeMap<usize, String>,
}

/// Where children are put into an element.
#[derive(Debug)]
struct InsertPoint {
    /// What is replaced.
    range: Range<usize>,
    before: String,
    /// What stands before each child.
    indent: String,
    after: String,
}

impl<'t> XmlEdit<'t> {
    /// No changes yet.
    pub fn new(text: &'t str) -> Self {
        Self {
            text,
            splices: Splices::default(),
            appended: BTreeMap::new(),
            renamed: BTreeMap::new(),
        }
    }

    /// Takes an element out, with the line that it leaves empty.
    pub fn remove(&mut self, element: Node<'_, '_>) {
        let range = element.range();
        let before = &self.text[..range.start];
        let line = before.trim_end_matches([' ', '\t']);
        let start = match line.strip_suffix('\n') {
            Some(rest) => rest.strip_suffix('\r').unwrap_or(rest).len(),
            None => range.start,
        };
        self.splices.remove(start..range.end);
    }

    /// Sets an attribute, or takes it out.
    pub fn attribute(&mut self, element: Node<'_, '_>, name: &str, value: Option<&str>) {
        let mut attributes = element.attributes();
        let standing = attributes.find(|other| other.name() == name && other.namespace().is_none());
        match (standing, value) {
            (Some(standing), Some(value)) => self.value(&standing, value),
            (Some(standing), None) => {
                let range = standing.range();
                let start = self.text[..range.start].trim_end().len();
                self.splices.remove(start..range.end);
            }
            (None, Some(value)) => {
                let at = self.end_of_name(element);
                self.splices
                    .insert(at, format!(" {name}=\"{}\"", xml::value(value)));
            }
            (None, None) => {}
        }
    }

    /// Sets the value of an attribute that is there.
    pub fn value(&mut self, attribute: &Attribute<'_, '_>, value: &str) {
        let range = attribute.range();
        let whole = &self.text[range.clone()];
        // The name has no quotes, so the first one opens the value.
        if let Some(quote) = whole.find(['"', '\'']) {
            let inside = range.start + quote + 1..range.end - 1;
            self.splices.replace(inside, xml::value(value));
        }
    }

    /// Sets the text of an element, in place of all that is in it.
    pub fn content(&mut self, element: Node<'_, '_>, text: &str) {
        match xml::inner(self.text, element) {
            Some(inner) => self.splices.replace(inner, xml::content(text)),
            None => {
                let end = element.range().end;
                let name = self.name_now(element);
                let content = xml::content(text);
                self.splices
                    .replace(end - 2..end, format!(">{content}</{name}>"));
            }
        }
    }

    /// Calls an element otherwise.
    pub fn rename(&mut self, element: Node<'_, '_>, name: &str) {
        let range = element.range();
        self.renamed.insert(range.start, name.to_owned());
        let old = self.name(element);
        let local = old.rsplit(':').next().unwrap_or(old).len();
        let start_of = |end: usize| end - local..end;
        self.splices
            .replace(start_of(self.end_of_name(element)), name);
        if let Some(inner) = xml::inner(self.text, element) {
            let close = inner.end + "</".len() + old.len();
            self.splices.replace(start_of(close.min(range.end)), name);
        }
    }

    /// Adds a child, written as XML, after those that an element has.
    pub fn append(&mut self, parent: Node<'_, '_>, child: String) {
        let start = parent.range().start;
        if !self.appended.contains_key(&start) {
            let point = self.insert_point_in(parent);
            self.appended.insert(start, (point, Vec::new()));
        }
        if let Some((_, children)) = self.appended.get_mut(&start) {
            children.push(child);
        }
    }

    fn insert_point_in(&self, parent: Node<'_, '_>) -> InsertPoint {
        let newline = if self.text.contains("\r\n") {
            "\r\n"
        } else {
            "\n"
        };
        let outer = self.indent(parent);
        let step = if self.text.contains("\n    ") {
            "    "
        } else {
            "\t"
        };
        let last = parent.children().rfind(Node::is_element);
        match (xml::inner(self.text, parent), last) {
            (Some(_), Some(last)) => {
                let end = last.range().end;
                InsertPoint {
                    range: end..end,
                    before: String::new(),
                    indent: format!("{newline}{}", self.indent(last)),
                    after: String::new(),
                }
            }
            (Some(inner), None) => {
                let is_blank = self.text[inner.clone()].trim().is_empty();
                let range = if is_blank {
                    inner
                } else {
                    // After what is there, and not after the blanks before the end.
                    let length = self.text[inner.clone()].trim_end().len();
                    inner.start + length..inner.end
                };
                InsertPoint {
                    range,
                    before: String::new(),
                    indent: format!("{newline}{outer}{step}"),
                    after: format!("{newline}{outer}"),
                }
            }
            (None, _) => {
                let end = parent.range().end;
                InsertPoint {
                    range: end - "/>".len()..end,
                    before: ">".to_owned(),
                    indent: format!("{newline}{outer}{step}"),
                    after: format!("{newline}{outer}</{}>", self.name_now(parent)),
                }
            }
        }
    }

    /// The blanks before an element in its line.
    fn indent(&self, element: Node<'_, '_>) -> &'t str {
        let before = &self.text[..element.range().start];
        let line = &before[before.rfind('\n').map_or(0, |at| at + 1)..];
        &line[..line.len() - line.trim_start().len()]
    }

    /// The name of an element, as the text has it.
    fn name(&self, element: Node<'_, '_>) -> &'t str {
        &self.text[element.range().start + 1..self.end_of_name(element)]
    }

    /// The name of an element, as it will be.
    fn name_now(&self, element: Node<'_, '_>) -> String {
        let name = self.name(element);
        let Some(now) = self.renamed.get(&element.range().start) else {
            return name.to_owned();
        };
        match name.rsplit_once(':') {
            Some((prefix, _)) => format!("{prefix}:{now}"),
            None => now.clone(),
        }
    }

    fn end_of_name(&self, element: Node<'_, '_>) -> usize {
        let start = element.range().start;
        let tag = &self.text[start..element.range().end];
        let is_end = |c: char| c.is_whitespace() || matches!(c, '>' | '/');
        start + tag.find(is_end).unwrap_or(tag.len())
    }

    /// The text with the changes.
    pub fn applied(mut self) -> String {
        for (point, children) in self.appended.into_values() {
            let mut with = point.before;
            for child in children {
                with.push_str(&point.indent);
                with.push_str(&child);
            }
            with.push_str(&point.after);
            self.splices.replace(point.range, with);
        }
        self.splices.applied(self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::limits::Limits;
    use crate::format::xml::{child, parse};

    fn edited(text: &str, change: impl Fn(&mut XmlEdit<'_>, Node<'_, '_>)) -> String {
        let document = parse(text, &Limits::STANDARD).unwrap();
        let mut edit = XmlEdit::new(text);
        change(&mut edit, document.root_element());
        edit.applied()
    }

    #[test]
    fn elements_change_and_the_rest_stays() {
        let text = "<a>\n\t<b x = '1'  y=\"2\"/>\n\t<c>old</c>\n</a>";
        let result = edited(text, |edit, root| {
            let (b, c) = (child(root, "b").unwrap(), child(root, "c").unwrap());
            edit.attribute(b, "x", Some("'<'"));
            edit.attribute(b, "y", None);
            edit.attribute(b, "z", Some("3"));
            edit.rename(b, "bb");
            edit.content(c, "a < b");
            edit.rename(c, "d");
            edit.append(root, "<e/>".to_owned());
            edit.append(root, "<f/>".to_owned());
        });
        assert_eq!(
            result,
            "<a>\n\t<bb z=\"3\" x = '&#39;&lt;&#39;'/>\n\t<d>a &lt; b</d>\n\t<e/>\n\t<f/>\n</a>"
        );
        let removed = edited(text, |edit, root| edit.remove(child(root, "b").unwrap()));
        assert_eq!(removed, "<a>\n\t<c>old</c>\n</a>");
    }

    #[test]
    fn an_empty_element_gets_children() {
        let text = "<a>\n\t<n:b xmlns:n='n'/>\n\t<c></c>\n</a>";
        let result = edited(text, |edit, root| {
            edit.append(child(root, "b").unwrap(), "<d/>".to_owned());
            edit.append(child(root, "c").unwrap(), "<d/>".to_owned());
        });
        assert_eq!(
            result,
            "<a>\n\t<n:b xmlns:n='n'>\n\t\t<d/>\n\t</n:b>\n\t<c>\n\t\t<d/>\n\t</c>\n</a>"
        );
        let filled = edited("<a/>", |edit, root| edit.content(root, "x"));
        assert_eq!(filled, "<a>x</a>");
    }
}
