//! A small codec: the records by serde, without what files have around them.

use loopstream::model::{Change, Document, Edit, Element, Patch, Properties};
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
    serde_json::to_value(element).unwrap()
}

fn read(value: &Value) -> Result<Option<Element>, Unreadable> {
    serde_json::from_value(value.clone()).map_err(|_| bad())
}
