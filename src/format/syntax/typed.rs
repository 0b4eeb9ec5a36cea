//! From a tree into a typed value by serde, with every fault in plain words and at its place.
//!
//! serde_json's own reading says "invalid type: string "10", expected f64", stops at the first
//! fault, and tells no unknown field of a record from one that another part of it knows.

use std::cell::RefCell;
use std::fmt;
use std::slice;

use serde::Deserialize;
use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, VariantAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::collector::Collector;
use super::node::{Entry, Node, Value};
use super::path::{Path, shortened};

/// Reads a value strictly: every field of an object is known to its type, or is among those that
/// stand `beside` the ones of the value and are read elsewhere.
///
/// What is wrong is noted; `None` where that leaves no value.
pub fn typed<'t, T: Deserialize<'t>>(
    node: &'t Node,
    path: Path<'_>,
    beside: &[&str],
    collector: &mut Collector,
) -> Option<T> {
    let unknown = RefCell::new(Vec::new());
    let reader = Reader {
        node,
        path,
        beside,
        unknown: &unknown,
    };
    let value = T::deserialize(reader);
    for (at, message) in unknown.take() {
        collector.add(at, message);
    }
    match value {
        Ok(value) => Some(value),
        Err(error) => {
            let Problem { words, at } = error.at(node, path);
            collector.add(at.unwrap_or(node.at), words.to_string());
            None
        }
    }
}

/// Reads one value of the tree.
#[derive(Clone, Copy)]
struct Reader<'a, 't> {
    node: &'t Node,
    path: Path<'a>,
    beside: &'a [&'a str],
    /// Unknown fields, with their places.
    unknown: &'a RefCell<Vec<(usize, String)>>,
}

/// What is wrong, and where, once that is known.
#[derive(Debug)]
struct Problem {
    words: Words,
    at: Option<usize>,
}

#[derive(Debug)]
enum Words {
    /// A field that is missing in the object that is being read.
    Missing(&'static str),
    /// Something else.
    Other(String),
}

impl fmt::Display for Words {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing(field) => write!(formatter, "{field} is missing"),
            Self::Other(words) => formatter.write_str(words),
        }
    }
}

impl Problem {
    /// The problem as one of a value, unless its place is known already.
    fn at(self, node: &Node, path: Path<'_>) -> Self {
        if self.at.is_some() {
            return self;
        }
        Self {
            words: Words::Other(match self.words {
                Words::Missing(field) => format!("{} is missing", path.field(field)),
                Words::Other(words) => format!("{path}: {words}"),
            }),
            at: Some(node.at),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.words.fmt(formatter)
    }
}

impl std::error::Error for Problem {}

impl de::Error for Problem {
    fn custom<T: fmt::Display>(words: T) -> Self {
        Self {
            words: Words::Other(words.to_string()),
            at: None,
        }
    }

    fn missing_field(field: &'static str) -> Self {
        Self {
            words: Words::Missing(field),
            at: None,
        }
    }

    fn unknown_variant(variant: &str, expected: &'static [&'static str]) -> Self {
        let variant = shortened(variant);
        Self::custom(format_args!(
            "\"{variant}\" is not known; it can be {}",
            quoted(expected)
        ))
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::custom(format_args!("{expected} is needed, not {unexpected}"))
    }
}

/// Words in quotes, one after the other.
fn quoted(words: &[&str]) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    words.join(", ")
}

impl<'a, 't> Reader<'a, 't> {
    fn mismatch(&self, needed: &dyn fmt::Display) -> Problem {
        let found = self.node.description();
        de::Error::custom(format_args!("{needed} is needed, not {found}"))
    }

    fn whole_number(&self, least: i64, most: i64) -> Result<i64, Problem> {
        let Value::Number(number) = self.node.value else {
            return Err(self.mismatch(&"a number"));
        };
        if number.fract() != 0.0 {
            let words = format_args!("a whole number is needed, not {number}");
            return Err(de::Error::custom(words));
        }
        #[expect(
            clippy::cast_precision_loss,
            reason = "the bounds are those of 32 bits"
        )]
        let range = least as f64..=most as f64;
        if !range.contains(&number) {
            let words = format_args!("{number} is out of range; it goes from {least} to {most}");
            return Err(de::Error::custom(words));
        }
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole and within the bounds"
        )]
        let whole = number as i64;
        Ok(whole)
    }

    /// The fields of an object; those that are not among `known`, if that is told, are noted.
    fn object(self, known: Option<&'static [&'static str]>) -> Result<Object<'a, 't>, Problem> {
        let Value::Object(entries) = &self.node.value else {
            return Err(self.mismatch(&"an object"));
        };
        if let Some(known) = known {
            let is_known = |name: &str| known.contains(&name) || self.beside.contains(&name);
            for entry in entries.iter().filter(|entry| !is_known(&entry.name)) {
                self.note_unknown(entry);
            }
        }
        Ok(Object {
            entries: entries.iter(),
            known,
            value: None,
            of: self,
        })
    }

    fn note_unknown(&self, entry: &Entry) {
        let path = self.path.field(&entry.name);
        let words = format!("{path} is not a field of this version");
        self.unknown.borrow_mut().push((entry.at, words));
    }
}

/// The fields of an object, one after the other.
struct Object<'a, 't> {
    entries: slice::Iter<'t, Entry>,
    known: Option<&'static [&'static str]>,
    value: Option<&'t Entry>,
    of: Reader<'a, 't>,
}

impl<'t> MapAccess<'t> for Object<'_, 't> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'t>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Problem> {
        let known = self.known;
        let is_known = |entry: &&Entry| known.is_none_or(|known| known.contains(&&*entry.name));
        let Some(entry) = self.entries.find(is_known) else {
            return Ok(None);
        };
        self.value = Some(entry);
        let name: StrDeserializer<'_, Problem> = entry.name.as_str().into_deserializer();
        let key = seed.deserialize(name).map_err(|_| Problem {
            words: Words::Other(format!(
                "{} is not a field of this version",
                self.of.path.field(&entry.name)
            )),
            at: Some(entry.at),
        })?;
        Ok(Some(key))
    }

    fn next_value_seed<V: DeserializeSeed<'t>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let Some(entry) = self.value.take() else {
            return Err(de::Error::custom("a value without a name"));
        };
        read_part(&self.of, &entry.node, self.of.path.field(&entry.name), seed)
    }
}

/// Reads a part of what is being read.
fn read_part<'t, S: DeserializeSeed<'t>>(
    of: &Reader<'_, 't>,
    node: &'t Node,
    path: Path<'_>,
    seed: S,
) -> Result<S::Value, Problem> {
    let reader = Reader {
        node,
        path,
        beside: &[],
        unknown: of.unknown,
    };
    seed.deserialize(reader)
        .map_err(|problem| problem.at(node, path))
}

/// The items of a list, one after the other.
struct List<'a, 't> {
    items: std::iter::Enumerate<slice::Iter<'t, Node>>,
    of: Reader<'a, 't>,
}

impl<'t> SeqAccess<'t> for List<'_, 't> {
    type Error = Problem;

    fn next_element_seed<S: DeserializeSeed<'t>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Problem> {
        let Some((index, node)) = self.items.next() else {
            return Ok(None);
        };
        read_part(&self.of, node, self.of.path.item(index), seed).map(Some)
    }
}

/// An object with one field: its name says which variant, its value is what the variant holds.
struct Variant<'a, 't> {
    entry: &'t Entry,
    of: Reader<'a, 't>,
}

impl<'a, 't> EnumAccess<'t> for Variant<'a, 't> {
    type Error = Problem;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<(S::Value, Self), Problem> {
        let name: StrDeserializer<'_, Problem> = self.entry.name.as_str().into_deserializer();
        Ok((seed.deserialize(name)?, self))
    }
}

impl<'t> VariantAccess<'t> for Variant<'_, 't> {
    type Error = Problem;

    fn unit_variant(self) -> Result<(), Problem> {
        Err(self.of.mismatch(&"a text"))
    }

    fn newtype_variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<S::Value, Problem> {
        let path = self.of.path.field(&self.entry.name);
        read_part(&self.of, &self.entry.node, path, seed)
    }

    fn tuple_variant<V: Visitor<'t>>(self, _: usize, visitor: V) -> Result<V::Value, Problem> {
        Err(self.of.mismatch(&(&visitor as &dyn Expected)))
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        Err(self.of.mismatch(&(&visitor as &dyn Expected)))
    }
}

impl<'de> Deserializer<'de> for Reader<'_, 'de> {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.node.value {
            Value::Null => visitor.visit_unit(),
            Value::Truth(truth) => visitor.visit_bool(*truth),
            Value::Number(number) => visitor.visit_f64(*number),
            Value::Text(text) => visitor.visit_borrowed_str(text),
            Value::List(_) => self.deserialize_seq(visitor),
            Value::Object(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.node.value {
            Value::Truth(truth) => visitor.visit_bool(truth),
            _ => Err(self.mismatch(&"true or false")),
        }
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match self.node.value {
            Value::Number(number) => visitor.visit_f64(number),
            _ => Err(self.mismatch(&"a number")),
        }
    }

    fn deserialize_i32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_i64(self.whole_number(i32::MIN.into(), i32::MAX.into())?)
    }

    fn deserialize_u8<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_i64(self.whole_number(u8::MIN.into(), u8::MAX.into())?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_i64(self.whole_number(u32::MIN.into(), u32::MAX.into())?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.node.value {
            Value::Text(text) => visitor.visit_borrowed_str(text),
            _ => Err(self.mismatch(&"a text")),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.node.value {
            Value::Text(text) => visitor.visit_borrowed_str(text),
            _ => Err(self.mismatch(&(&visitor as &dyn Expected))),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        let Value::List(items) = &self.node.value else {
            return Err(self.mismatch(&"a list"));
        };
        let mut list = List {
            items: items.iter().enumerate(),
            of: self,
        };
        let value = visitor.visit_seq(&mut list)?;
        if list.items.next().is_some() {
            return Err(de::Error::custom("the list has too many items"));
        }
        Ok(value)
    }

    fn deserialize_tuple<V: Visitor<'de>>(
        self,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Problem> {
        if let Value::List(items) = &self.node.value
            && items.len() != length
        {
            let count = items.len();
            let words = format_args!("a list of {length} is needed, not of {count}");
            return Err(de::Error::custom(words));
        }
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_map(self.object(None)?)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        visitor.visit_map(self.object(Some(fields))?)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        match &self.node.value {
            Value::Text(text) => {
                let name: StrDeserializer<'_, Problem> = text.as_str().into_deserializer();
                visitor.visit_enum(name)
            }
            Value::Object(entries) => {
                let Some((entry, others)) = entries.split_first() else {
                    let words = format_args!("one of {} is needed", quoted(variants));
                    return Err(de::Error::custom(words));
                };
                others.iter().for_each(|other| self.note_unknown(other));
                visitor.visit_enum(Variant { entry, of: self })
            }
            _ => Err(self.mismatch(&"a text")),
        }
    }

    forward_to_deserialize_any! {
        i8 i16 i64 i128 u16 u64 u128 f32 char bytes byte_buf unit unit_struct tuple_struct
        identifier ignored_any
    }
}
