//! A picture that a note shows.

use std::fmt;
use std::sync::Arc;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::document::Document;
use super::id::Id;
use super::image_bytes::measured;
use super::record::{merge_as_a_whole, record};

record! {
    /// A picture that a note shows over its words.
    ///
    /// It is a record of its own and never changes, so that the bytes of a picture are in the
    /// patches that add or remove it and in no other: not in the one that moves its note.
    pub struct Image {
        /// The note that shows it.
        pub note: Id,
        /// The picture itself.
        pub data: ImageData,
    }
}

/// A format of pictures that every browser shows, and in which nothing runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageKind {
    /// PNG (ISO/IEC 15948).
    Png,
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// WebP (RFC 9649).
    Webp,
}

impl ImageKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Png, Self::Jpeg, Self::Webp];

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Webp => "image/webp",
        }
    }
}

/// The bytes of a picture, known to be those of a whole file of a kind that can be shown.
///
/// Whether the pixels in it can be decoded is not known: a browser says so when it draws them. The
/// bytes are shared, because documents are copied often and a picture never changes.
#[derive(Clone)]
pub struct ImageData(Arc<Known>);

struct Known {
    kind: ImageKind,
    width: u32,
    height: u32,
    url: String,
}

/// Why bytes or a text are no picture that a document can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// Not a `data:` URL of one of the media types, in base64.
    #[error("an image is a text such as \"data:image/png;base64,…\", of a PNG, JPEG or WebP file")]
    NoDataUrl,
    /// The part in base64 is not that.
    #[error("the bytes of the image are not in base64")]
    NotBase64,
    /// Over [`ImageData::MOST_BYTES`].
    #[error("the image has {0} bytes; at most {most} are allowed", most = ImageData::MOST_BYTES)]
    TooManyBytes(usize),
    /// The bytes begin as no file of the three kinds.
    #[error("the image is neither a PNG nor a JPEG nor a WebP file")]
    UnknownKind,
    /// The bytes are of another kind than is said.
    #[error("the image is said to be {said}, but is {found}", said = .said.media_type(), found = .found.media_type())]
    OtherKind {
        /// What the URL says.
        said: ImageKind,
        /// What the bytes are.
        found: ImageKind,
    },
    /// A part of the file is missing or cannot be, or there are bytes after its end.
    #[error("the file of the image is damaged or cut off")]
    Damaged,
    /// Without pixels, or over [`ImageData::LONGEST_SIDE`].
    #[error(
        "the image has {width} × {height} pixels; each side may have 1 to {most}",
        most = ImageData::LONGEST_SIDE
    )]
    BadSize {
        /// Pixels from left to right.
        width: u32,
        /// Pixels from top to bottom.
        height: u32,
    },
}

impl ImageData {
    /// The most bytes of a picture's file: some twenty pictures fit into a browser's storage.
    pub const MOST_BYTES: usize = 150_000;
    /// The most pixels of a side: what is decoded takes no more than 16 MiB.
    pub const LONGEST_SIDE: u32 = 2_048;

    /// A picture of the bytes of its file.
    ///
    /// # Errors
    /// They are too many, or not those of a whole PNG, JPEG or WebP file of an allowed size.
    pub fn of_file(bytes: &[u8]) -> Result<Self, ImageError> {
        if bytes.len() > Self::MOST_BYTES {
            return Err(ImageError::TooManyBytes(bytes.len()));
        }
        let (kind, width, height) = measured(bytes)?;
        let sides = 1..=Self::LONGEST_SIDE;
        if !sides.contains(&width) || !sides.contains(&height) {
            return Err(ImageError::BadSize { width, height });
        }
        let mut url = prefix(kind);
        BASE64_STANDARD.encode_string(bytes, &mut url);
        Ok(Self(Arc::new(Known {
            kind,
            width,
            height,
            url,
        })))
    }

    /// A picture of a `data:` URL, as [`ImageData::url`] gives it.
    ///
    /// # Errors
    /// It is no such URL, or its bytes are not as [`ImageData::of_file`] needs them.
    pub fn of_url(url: &str) -> Result<Self, ImageError> {
        let mut kinds = ImageKind::ALL.into_iter();
        let (said, text) = kinds
            .find_map(|kind| Some((kind, url.strip_prefix(&prefix(kind))?)))
            .ok_or(ImageError::NoDataUrl)?;
        // Four letters for three bytes; so a long text is refused before it is decoded.
        let most = Self::MOST_BYTES.div_ceil(3) * 4;
        if text.len() > most {
            return Err(ImageError::TooManyBytes(text.len() / 4 * 3));
        }
        let bytes = BASE64_STANDARD
            .decode(text)
            .map_err(|_| ImageError::NotBase64)?;
        let data = Self::of_file(&bytes)?;
        let found = data.kind();
        match said == found {
            true => Ok(data),
            false => Err(ImageError::OtherKind { said, found }),
        }
    }

    /// What kind of file it is.
    #[must_use]
    pub fn kind(&self) -> ImageKind {
        self.0.kind
    }

    /// Pixels from left to right, 1 to [`ImageData::LONGEST_SIDE`].
    #[must_use]
    pub fn width(&self) -> u32 {
        self.0.width
    }

    /// Pixels from top to bottom, 1 to [`ImageData::LONGEST_SIDE`].
    #[must_use]
    pub fn height(&self) -> u32 {
        self.0.height
    }

    /// It as a `data:` URL in base64 (RFC 2397), of nothing but ASCII letters, digits and
    /// `+,/:;=`.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.0.url
    }
}

fn prefix(kind: ImageKind) -> String {
    format!("data:{};base64,", kind.media_type())
}

impl PartialEq for ImageData {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0.url == other.0.url
    }
}

impl Eq for ImageData {}

impl fmt::Debug for ImageData {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, width, height) = (self.kind(), self.width(), self.height());
        let length = self.url().len();
        write!(formatter, "{kind:?} {width}×{height}, {length} letters")
    }
}

impl Serialize for ImageData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.url())
    }
}

impl<'de> Deserialize<'de> for ImageData {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let url = String::deserialize(reader)?;
        Self::of_url(&url).map_err(serde::de::Error::custom)
    }
}

merge_as_a_whole!(ImageData);

impl Document {
    /// The pictures that a note shows, from the top, each with its id. The editor gives a note one;
    /// where two people gave it one each at the same time, it has both.
    pub fn images_of(&self, note: Id) -> impl Iterator<Item = (Id, &Image)> {
        self.mentions_of(note)
            .filter_map(|id| Some((id, self.images().get(&id)?)))
    }
}
