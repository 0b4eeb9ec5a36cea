//! A small codec that writes the fields which these tests change.

use loopstream::model::{
    Change, Document, Edit, Element, Id, Link, LoopKey, LoopLabel, Note, NoteKind, Patch, Point,
    Polarity, Properties, Variable,
};
use loopstream::store::{DocumentCodec, Unreadable};
use serde_json::{Map, Value, json};

pub struct Toy;

impl DocumentCodec for Toy {
    fn write_document(&self, document: &Document) -> String {
        let elements: Map<String, Value> = document
            .ids()
            .map(|id| (id.to_string(), write(document.element(id))))
            .collect();
        json!({ "title": document.properties().title, "elements": elements }).to_string()
    }

    fn read_document(&self, text: &str) -> Result<Document, Unreadable> {
        let value = parse(text)?;
        let mut document = Document::default();
        let mut edit = Edit::new(&document);
        edit.set_properties(Properties {
            title: string(&value["title"])?,
            ..Properties::default()
        });
        for (id, element) in value["elements"].as_object().ok_or_else(bad)? {
            edit.set(id.parse().map_err(|_| bad())?, read(element)?);
        }
        let patch = edit.finish();
        document
            .apply(&patch)
            .map_err(|error| Unreadable::Damaged(error.to_string()))?;
        Ok(document)
    }

    fn write_patch(&self, patch: &Patch) -> String {
        let changes: Map<String, Value> = patch
            .changes
            .iter()
            .map(|(id, c)| {
                (
                    id.to_string(),
                    json!([write(c.before.clone()), write(c.after.clone())]),
                )
            })
            .collect();
        let title = patch
            .properties
            .as_ref()
            .map(|(before, after)| [&before.title, &after.title]);
        json!({ "title": title, "changes": changes }).to_string()
    }

    fn read_patch(&self, text: &str) -> Result<Patch, Unreadable> {
        let value = parse(text)?;
        let mut patch = Patch::default();
        if !value["title"].is_null() {
            let properties = |side: usize| {
                string(&value["title"][side]).map(|title| Properties {
                    title,
                    ..Properties::default()
                })
            };
            patch.properties = Some((properties(0)?, properties(1)?));
        }
        for (id, change) in value["changes"].as_object().ok_or_else(bad)? {
            let (before, after) = (read(&change[0])?, read(&change[1])?);
            patch
                .changes
                .insert(id.parse().map_err(|_| bad())?, Change { before, after });
        }
        Ok(patch)
    }
}

fn bad() -> Unreadable {
    Unreadable::Damaged("not what the toy codec writes".to_owned())
}

fn parse(text: &str) -> Result<Value, Unreadable> {
    let value: Value = serde_json::from_str(text).map_err(|_| bad())?;
    if value["newer"] == true {
        return Err(Unreadable::Newer("version 2".to_owned()));
    }
    Ok(value)
}

fn string(value: &Value) -> Result<String, Unreadable> {
    value.as_str().map(str::to_owned).ok_or_else(bad)
}

fn write(element: Option<Element>) -> Value {
    let at = |point: Point| json!([point.x, point.y]);
    match element {
        None => Value::Null,
        Some(Element::Station(_) | Element::Flow(_) | Element::Judgement(_)) => {
            unreachable!("no gesture here makes one")
        }
        Some(Element::Variable(v)) => {
            json!(["variable", v.name, v.remark, at(v.placement.position)])
        }
        Some(Element::Link(l)) => {
            json!([
                "link",
                l.from.to_string(),
                l.to.to_string(),
                format!("{:?}", l.polarity),
                l.bend
            ])
        }
        Some(Element::Note(n)) => json!(["note", n.text, n.width, at(n.placement.position)]),
        Some(Element::LoopLabel(l)) => {
            let links: Vec<String> = l.key.links().iter().map(Id::to_string).collect();
            json!(["label", links, l.name])
        }
    }
}

fn read(value: &Value) -> Result<Option<Element>, Unreadable> {
    let number = |value: &Value| value.as_f64().ok_or_else(bad);
    let point =
        |value: &Value| Ok::<_, Unreadable>(Point::new(number(&value[0])?, number(&value[1])?));
    let id = |value: &Value| string(value)?.parse::<Id>().map_err(|_| bad());
    Ok(Some(match value[0].as_str() {
        None => return Ok(None),
        Some("variable") => {
            let mut variable = Variable {
                name: string(&value[1])?,
                remark: string(&value[2])?,
                ..Variable::default()
            };
            variable.placement.position = point(&value[3])?;
            Element::Variable(variable)
        }
        Some("link") => {
            let mut link = Link::new(id(&value[1])?, id(&value[2])?, number(&value[4])?);
            link.polarity = match value[3].as_str() {
                Some("Positive") => Polarity::Positive,
                Some("Negative") => Polarity::Negative,
                _ => Polarity::Unknown,
            };
            Element::Link(link)
        }
        Some("note") => {
            let text = string(&value[1])?;
            let mut note = Note {
                kind: NoteKind::Plain,
                text,
                width: number(&value[2])?,
                placement: Default::default(),
            };
            note.placement.position = point(&value[3])?;
            Element::Note(note)
        }
        Some("label") => {
            let links = value[1].as_array().ok_or_else(bad)?;
            let links = links.iter().map(id).collect::<Result<Vec<_>, _>>()?;
            let mut label = LoopLabel::new(LoopKey::new(links));
            label.name = string(&value[2])?;
            Element::LoopLabel(label)
        }
        Some(_) => return Err(bad()),
    }))
}
