//! What every record has in common: how it is written down, and how three versions of it are merged.

/// Merging three versions of a value: what it was, what one person made of it, what it is now.
pub(super) trait Merge: Sized {
    /// What was changed becomes what it was changed to; what was not stays as it is now.
    #[must_use]
    fn merged(before: &Self, after: &Self, current: &Self) -> Self;

    /// Leaves out of both sides what is long and the same in both, so that it need not be written.
    /// What is merged from them stays the same.
    fn lighten(_before: &mut Self, _after: &mut Self) {}
}

/// Leaves out of both sides what is the same in both.
pub(super) fn leave_out_common<T: PartialEq + Default>(before: &mut T, after: &mut T) {
    if before == after {
        *before = T::default();
        *after = T::default();
    }
}

/// The whole value is one thing: it is changed, or it is not.
pub(super) fn picked<T: PartialEq + Clone>(before: &T, after: &T, current: &T) -> T {
    if before == after { current } else { after }.clone()
}

/// Values that are merged as a whole.
macro_rules! merge_as_a_whole {
    ($($type:ty),* $(,)?) => {
        $(impl $crate::model::record::Merge for $type {
            fn merged(before: &Self, after: &Self, current: &Self) -> Self {
                $crate::model::record::picked(before, after, current)
            }
        })*
    };
}

merge_as_a_whole!(String, bool, f64, i32, u32, Vec<f64>);

impl<T: PartialEq + Clone> Merge for Option<T> {
    fn merged(before: &Self, after: &Self, current: &Self) -> Self {
        picked(before, after, current)
    }
}

impl<T: PartialEq + Clone> Merge for Box<[T]> {
    fn merged(before: &Self, after: &Self, current: &Self) -> Self {
        picked(before, after, current)
    }
}

/// Merges one field of a record: as its type says, or a long text by its words.
macro_rules! merged_field {
    ([] $before:expr, $after:expr, $current:expr) => {
        $crate::model::record::Merge::merged($before, $after, $current)
    };
    ([words] $before:expr, $after:expr, $current:expr) => {
        $crate::model::text_merge::merge_texts($before, $after, $current)
    };
}

/// Lightens one field of a record: a long text is left out where it stays as it is.
macro_rules! lightened_field {
    ([] $before:expr, $after:expr) => {
        $crate::model::record::Merge::lighten($before, $after)
    };
    ([words] $before:expr, $after:expr) => {
        $crate::model::record::leave_out_common($before, $after)
    };
}

/// Declares a record. Its fields stand once, and from them follow the file (by serde: names in
/// camel case, in this order, unknown ones refused) and merging (field by field).
///
/// `#[merge(words)]` stands before a long text, whose words are merged one by one. Its limit is
/// [`MAXIMUM_TEXT`](crate::model::MAXIMUM_TEXT), and it may be empty.
///
/// `[placement]` stands for a field `placement`, whose own fields the file has among those of the
/// record. That is what `#[serde(flatten)]` is for, but with that serde neither refuses unknown
/// fields nor tells where a wrong one stands.
macro_rules! record {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[doc = $doc:literal])* $(#[serde($($serde:tt)*)])? $(#[merge($merge:ident)])? pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", deny_unknown_fields)]
        pub struct $name {
            $($(#[doc = $doc])* $(#[serde($($serde)*)])? pub $field: $type,)*
        }

        impl $crate::model::record::Merge for $name {
            fn merged(before: &Self, after: &Self, current: &Self) -> Self {
                Self {
                    $($field: $crate::model::record::merged_field!(
                        [$($merge)?] &before.$field, &after.$field, &current.$field
                    ),)*
                }
            }

            fn lighten(before: &mut Self, after: &mut Self) {
                $($crate::model::record::lightened_field!(
                    [$($merge)?] &mut before.$field, &mut after.$field
                );)*
            }
        }
    };
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[doc = $doc1:literal])* $(#[serde($($serde1:tt)*)])? $(#[merge($merge1:ident)])? pub $field1:ident: $type1:ty,)*
            [placement],
            $($(#[doc = $doc2:literal])* $(#[serde($($serde2:tt)*)])? $(#[merge($merge2:ident)])? pub $field2:ident: $type2:ty,)*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            $($(#[doc = $doc1])* pub $field1: $type1,)*
            /// Where it stands.
            pub placement: $crate::model::Placement,
            $($(#[doc = $doc2])* pub $field2: $type2,)*
        }

        impl $crate::model::record::Merge for $name {
            fn merged(before: &Self, after: &Self, current: &Self) -> Self {
                let merged = |before, after, current| {
                    $crate::model::record::Merge::merged(before, after, current)
                };
                Self {
                    $($field1: $crate::model::record::merged_field!(
                        [$($merge1)?] &before.$field1, &after.$field1, &current.$field1
                    ),)*
                    placement: merged(&before.placement, &after.placement, &current.placement),
                    $($field2: $crate::model::record::merged_field!(
                        [$($merge2)?] &before.$field2, &after.$field2, &current.$field2
                    ),)*
                }
            }

            fn lighten(before: &mut Self, after: &mut Self) {
                $($crate::model::record::lightened_field!(
                    [$($merge1)?] &mut before.$field1, &mut after.$field1
                );)*
                $($crate::model::record::lightened_field!(
                    [$($merge2)?] &mut before.$field2, &mut after.$field2
                );)*
            }
        }

        const _: () = {
            use $crate::model::record::is_default;
            use $crate::model::{Id, Placement, Point};

            /// The record as a file has it.
            #[derive(serde::Serialize, serde::Deserialize)]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            struct Written {
                $($(#[serde($($serde1)*)])? $field1: $type1,)*
                x: f64,
                y: f64,
                #[serde(default, skip_serializing_if = "is_default")]
                layer: i32,
                #[serde(default, skip_serializing_if = "is_default")]
                group: Option<Id>,
                #[serde(default, skip_serializing_if = "is_default")]
                locked: bool,
                $($(#[serde($($serde2)*)])? $field2: $type2,)*
            }

            impl serde::Serialize for $name {
                fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    let Self { $($field1,)* placement, $($field2,)* } = self.clone();
                    let Placement { position: Point { x, y }, layer, group, locked } = placement;
                    Written { $($field1,)* x, y, layer, group, locked, $($field2,)* }
                        .serialize(serializer)
                }
            }

            impl<'de> serde::Deserialize<'de> for $name {
                fn deserialize<D: serde::Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
                    let Written { $($field1,)* x, y, layer, group, locked, $($field2,)* } =
                        Written::deserialize(reader)?;
                    let position = Point::new(x, y);
                    let placement = Placement { position, layer, group, locked };
                    Ok(Self { $($field1,)* placement, $($field2,)* })
                }
            }
        };
    };
}

pub(super) use {lightened_field, merge_as_a_whole, merged_field, record};

/// Whether a value says nothing, so that it is left out of the file.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
