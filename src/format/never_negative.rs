//! The signs that follow from the equations of a model if none of its quantities is ever negative.

use std::collections::{BTreeMap, BTreeSet};

use super::foreign::{Slopes, sign};
use super::{vensim, xmile};
use crate::model::{
    Document, Edit, Element, ForeignFormat, Id, Link, MAXIMUM_TEXT, Patch, Polarity, Records,
};

/// What is written beside a sign that rests on the assumption.
pub const REMARK: &str = "The sign follows from the equation if no quantity is ever negative.";

/// What the equations of a text prove under the assumption.
#[derive(Debug)]
pub(super) struct Assumed {
    /// Of the variables that were read, what they are called in the text.
    pub keys: Records<String>,
    /// By effect: with what it rises and falls.
    pub slopes: BTreeMap<String, Slopes>,
    /// Links of which the text says that they have no sign.
    pub unsigned: BTreeSet<Id>,
}

/// Signs that are offered.
#[derive(Clone, Debug, PartialEq)]
pub struct OfferedSigns {
    /// The links that would get one.
    pub links: Vec<Id>,
    /// What gives them their signs, and says in their remarks what they rest on. A sign that is
    /// stated is never changed.
    pub patch: Patch,
}

/// The signs that links without one would get if no quantity of the model were ever negative; none
/// where the document was not read from a model with equations, or nothing more follows.
#[must_use]
pub fn signs_if_never_negative(document: &Document) -> Option<OfferedSigns> {
    let is_unsigned = |link: &&Link| link.polarity == Polarity::Unknown;
    document.links().values().find(is_unsigned)?;
    let source_text = document.source_text().as_ref()?;
    let assumed = match source_text.format {
        ForeignFormat::Vensim => vensim::assumed(&source_text.text, source_text.seed)?,
        ForeignFormat::Xmile => xmile::assumed(&source_text.text, source_text.seed)?,
    };
    let mut edit = Edit::new(document);
    let mut links = Vec::new();
    for (id, link) in document.links() {
        if link.polarity != Polarity::Unknown || assumed.unsigned.contains(id) {
            continue;
        }
        let Some(sign) = assumed.sign(link) else {
            continue;
        };
        links.push(*id);
        edit.change(*id, |element| {
            if let Element::Link(link) = element {
                link.polarity = sign;
                add_remark(&mut link.remark);
            }
        });
    }
    (!links.is_empty()).then(|| OfferedSigns {
        links,
        patch: edit.finish(),
    })
}

impl Assumed {
    fn sign(&self, link: &Link) -> Option<Polarity> {
        let [cause, effect] = [link.from, link.to].map(|end| self.keys.get(&end));
        sign(&self.slopes, cause?, effect?)
    }
}

/// Adds what the sign rests on to what a person wrote, if there is room.
fn add_remark(remark: &mut String) {
    if remark.contains(REMARK) || remark.len() + REMARK.len() + 1 > MAXIMUM_TEXT {
        return;
    }
    if !remark.is_empty() {
        remark.push('\n');
    }
    remark.push_str(REMARK);
}
