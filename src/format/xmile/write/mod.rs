//! Document to XMILE: the text it was read from with the changes since, or an empty model with all of
//! it.

mod computed;
mod links;
mod pipes;
mod rename;
mod settings;
mod told;
mod variables;
mod views;

use std::collections::BTreeSet;

use super::draw::{Drawn, drawing};
use super::edit::XmlEdit;
use super::names::key;
use super::source::Source;
use crate::format::export::Export;
use crate::format::foreign::{
    Base, Labels, NamedLoss, Naming, Reading, Rewording, Rewrite, Scaling, Told, UnwrittenChanges,
    fitting, is_model, left_out,
};
use crate::format::limits::Limits;
use crate::format::reader::Warning;
use crate::format::xml;
use crate::model::{Document, FlowSide, ForeignFormat, Id, Records};

/// The model of a document that was not read from XMILE, before anything is in it.
const EMPTY: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>
<xmile version=\"1.0\" xmlns=\"http://docs.oasis-open.org/xmile/ns/XMILE/v1.0\">
\t<header>
\t\t<smile version=\"1.0\"/>
\t\t<vendor>Loopstream</vendor>
\t\t<product version=\"1.0\" lang=\"en\">Loopstream</product>
\t</header>
\t<sim_specs>
\t\t<start>0</start>
\t\t<stop>100</stop>
\t\t<dt>0.25</dt>
\t</sim_specs>
\t<model>
\t\t<variables/>
\t\t<views>
\t\t\t<view type=\"stock_flow\">
\t\t\t\t<!-- Loopstream -->
\t\t\t</view>
\t\t</views>
\t</model>
</xmile>
";

/// Writes a document as an XMILE model.
///
/// A document that was read from one gives the same text, but for what has changed since. Variables
/// are stocks, flows and auxiliaries with their remarks, equations, units and tables; links are
/// inflows and outflows where something flows, and else connectors with polarity, mark of delay and
/// angle; notes are text boxes.
#[must_use]
pub fn write(document: &Document) -> Export {
    let rewrite = Rewrite {
        format: ForeignFormat::Xmile,
        name: "XMILE",
        empty: EMPTY,
        onto: write_onto,
    };
    rewrite.write(document)
}

/// What a text says of the variables of a document; none where it cannot be read.
pub fn told(text: &str, seed: Id, document: &Document) -> Option<Told> {
    let mended = xml::mended(text).map(|(mended, _)| mended);
    let parsed = xml::parse(mended.as_deref().unwrap_or(text), &Limits::STANDARD).ok()?;
    let source = Source::of(text, &parsed).ok()?;
    let drawn = drawing(&source, Scaling::Least, Reading::of(seed));
    let base = drawn.drawing.base(seed).ok()?;
    Some(Writer::new(&source, drawn, base, document).told())
}

/// The text with what differs from it; none where it cannot be read.
fn write_onto(text: &str, seed: Id, document: &Document) -> Option<Export> {
    let mended = xml::mended(text).map(|(mended, _)| mended);
    let parsed = xml::parse(mended.as_deref().unwrap_or(text), &Limits::STANDARD).ok()?;
    let source = Source::of(text, &parsed).ok()?;
    source.model?;
    let (drawn, base) = fitting(document, |scaling| {
        let drawn = drawing(&source, scaling, Reading::of(seed));
        let base = drawn.drawing.base(seed).ok()?;
        Some((drawn, base))
    })?;
    let mut warnings = left_out(document, ForeignFormat::Xmile);
    if base.is_same(document) {
        let text = in_utf_8(text.to_owned(), &mut warnings);
        return Some(Export { text, warnings });
    }
    let mut writer = Writer::new(&source, drawn, base, document);
    writer.write();
    warnings.extend(writer.labels.warnings());
    warnings.extend(writer.unwritten.warnings());
    warnings.extend(writer.without.warning(
        "variable has no equation yet, and the model does not run there before it has one",
        "variables have no equations yet, and the model does not run there before they have",
    ));
    warnings.extend(writer.of_modules.loss(
        "module was given an equation or units here, which a module cannot have",
        "modules were given equations or units here, which modules cannot have",
    ));
    let text = in_utf_8(writer.edit.applied(), &mut warnings);
    Some(Export { text, warnings })
}

/// A text whose declaration says that it is in UTF-8, which everything is written in; one that says
/// nothing is.
fn in_utf_8(text: String, warnings: &mut Vec<Warning>) -> String {
    let declaration = text
        .strip_prefix("<?xml")
        .and_then(|rest| rest.split_once("?>"));
    let Some((declaration, _)) = declaration else {
        return text;
    };
    let stated = declaration.split_once("encoding").and_then(|(_, rest)| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest
            .chars()
            .next()
            .filter(|quote| matches!(quote, '"' | '\''))?;
        rest[1..].split_once(quote).map(|(name, _)| name)
    });
    match stated {
        Some(name) if !name.eq_ignore_ascii_case("utf-8") => {
            let message = format!("the text is in UTF-8 now, and no longer in {name}");
            warnings.push(Warning::note(message));
            let after = text.split_once("encoding").map_or("", |(_, after)| after);
            let before = &text[..text.len() - after.len()];
            format!("{before}{}", after.replacen(name, "UTF-8", 1))
        }
        _ => text,
    }
}

/// A text that is being changed.
struct Writer<'w, 'a, 'i> {
    source: &'w Source<'a, 'i>,
    drawn: Drawn<'a, 'i>,
    base: Base,
    document: &'w Document,
    edit: XmlEdit<'i>,
    labels: Labels,
    /// What the variables of the document are called.
    naming: Naming,
    /// What they are called in equations that people wrote.
    rewording: Rewording,
    /// Of each variable that was read: its index among those of the drawing.
    indices: Records<usize>,
    next_uid: u64,
    /// The objects of a view that has to be made.
    new_view: Vec<String>,
    /// The definitions of a list that has to be made.
    new_definitions: Vec<String>,
    unwritten: UnwrittenChanges,
    /// What fills and drains stocks in the text: the stock, the side and the rate.
    flowing: BTreeSet<(Id, FlowSide, Id)>,
    /// Modules for which people wrote equations or units.
    of_modules: NamedLoss,
    /// Whether the document was drawn here and has something to be computed.
    is_model: bool,
    /// Variables of a model that nobody wrote an equation for.
    without: NamedLoss,
}

impl<'w, 'a, 'i: 'a> Writer<'w, 'a, 'i> {
    fn new(
        source: &'w Source<'a, 'i>,
        drawn: Drawn<'a, 'i>,
        base: Base,
        document: &'w Document,
    ) -> Self {
        let uids = source.root.descendants();
        let uids = uids.filter_map(|node| node.attribute("uid")?.trim().parse::<u64>().ok());
        let next_uid = uids.max().map_or(1, |most| most.saturating_add(1));
        let indices = base.variables.iter().copied().zip(0..).collect();
        Self {
            source,
            drawn,
            base,
            document,
            edit: XmlEdit::new(source.text),
            labels: Labels::new(key),
            naming: Naming::default(),
            rewording: Rewording::default(),
            flowing: BTreeSet::new(),
            of_modules: NamedLoss::default(),
            is_model: document.source_text().is_none() && is_model(document),
            without: NamedLoss::default(),
            indices,
            next_uid,
            new_view: Vec::new(),
            new_definitions: Vec::new(),
            unwritten: UnwrittenChanges::default(),
        }
    }

    fn write(&mut self) {
        self.title();
        self.name_all();
        self.variables();
        self.rename();
        self.links();
        self.notes();
        self.settings();
        self.finish_views();
    }

    fn title(&mut self) {
        let title = &self.document.properties().title;
        if *title == self.base.document.properties().title {
            return;
        }
        let header = xml::child(self.source.root, "header");
        match (self.source.title(), header) {
            (Some(name), _) => self.edit.content(name, title),
            (None, Some(header)) => {
                let name = format!("<name>{}</name>", xml::content(title));
                self.edit.append(header, name);
            }
            (None, None) => self.unwritten.title = true,
        }
    }

    fn uid(&mut self) -> u64 {
        let uid = self.next_uid;
        self.next_uid = self.next_uid.saturating_add(1);
        uid
    }
}
