//! Pictures of any size, put together byte by byte: files that a browser need not be able to show.

use loopstream::model::{ImageData, ImageKind};
use proptest::collection::vec;
use proptest::prelude::*;

/// The layouts of the bytes that say how large a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    Png,
    Jpeg,
    WebpLossy,
    WebpLossless,
    WebpExtended,
}

impl Layout {
    pub const ALL: [Self; 5] = [
        Self::Png,
        Self::Jpeg,
        Self::WebpLossy,
        Self::WebpLossless,
        Self::WebpExtended,
    ];

    pub fn kind(self) -> ImageKind {
        match self {
            Self::Png => ImageKind::Png,
            Self::Jpeg => ImageKind::Jpeg,
            Self::WebpLossy | Self::WebpLossless | Self::WebpExtended => ImageKind::Webp,
        }
    }
}

/// The file of a picture of this size, with this in place of its pixels.
pub fn file(layout: Layout, width: u32, height: u32, pixels: &[u8]) -> Vec<u8> {
    let riff = |chunks: Vec<Vec<u8>>| {
        let body = [b"WEBP".to_vec(), chunks.concat()].concat();
        let length = u32::try_from(body.len()).unwrap().to_le_bytes();
        [b"RIFF".to_vec(), length.to_vec(), body].concat()
    };
    let chunk = |name: &[u8], data: Vec<u8>| {
        let length = u32::try_from(data.len()).unwrap().to_le_bytes();
        let padding = vec![0; data.len() % 2];
        [name.to_vec(), length.to_vec(), data, padding].concat()
    };
    let short = |side: u32| u16::try_from(side).unwrap();
    let lossy = || {
        let sides = [width, height].map(|side| short(side).to_le_bytes());
        let head = [0x10, 0, 0, 0x9d, 0x01, 0x2a];
        [head.to_vec(), sides.concat(), pixels.to_vec()].concat()
    };
    match layout {
        Layout::Png => {
            let chunk = |name: &[u8], data: Vec<u8>| {
                let length = u32::try_from(data.len()).unwrap().to_be_bytes();
                let checked = [name.to_vec(), data].concat();
                let sum = crc32fast::hash(&checked).to_be_bytes();
                [length.to_vec(), checked, sum.to_vec()].concat()
            };
            let sides = [width, height].map(u32::to_be_bytes).concat();
            let header = [sides, vec![8, 6, 0, 0, 0]].concat();
            let parts = [
                b"\x89PNG\r\n\x1a\n".to_vec(),
                chunk(b"IHDR", header),
                chunk(b"IDAT", pixels.to_vec()),
                chunk(b"IEND", Vec::new()),
            ];
            parts.concat()
        }
        Layout::Jpeg => {
            let sides = [height, width].map(|side| short(side).to_be_bytes());
            let frame = [vec![8], sides.concat(), vec![1, 1, 0x11, 0]].concat();
            let segment = |marker: u8, data: &[u8]| {
                let length = u16::try_from(data.len() + 2).unwrap().to_be_bytes();
                [vec![0xff, marker], length.to_vec(), data.to_vec()].concat()
            };
            let parts = [
                vec![0xff, 0xd8],
                segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
                segment(0xc4, &[0; 17]),
                // Filled with one byte more than a marker needs.
                vec![0xff],
                segment(0xc2, &frame),
                segment(0xda, &[1, 1, 0, 0, 63, 0]),
                vec![0],
                pixels.to_vec(),
                vec![0xff, 0xd9],
            ];
            parts.concat()
        }
        Layout::WebpLossy => riff(vec![chunk(b"VP8 ", lossy())]),
        Layout::WebpLossless => {
            let sides = (width - 1) | ((height - 1) << 14);
            let data = [vec![0x2f], sides.to_le_bytes().to_vec(), pixels.to_vec()];
            riff(vec![chunk(b"VP8L", data.concat())])
        }
        Layout::WebpExtended => {
            let sides = [width, height].map(|side| (side - 1).to_le_bytes()[..3].to_vec());
            let head = [vec![0; 4], sides.concat()].concat();
            riff(vec![chunk(b"VP8X", head), chunk(b"VP8 ", lossy())])
        }
    }
}

pub fn layout() -> impl Strategy<Value = Layout> {
    proptest::sample::select(&Layout::ALL[..])
}

/// A picture that a document can have, of few bytes.
pub fn image() -> BoxedStrategy<ImageData> {
    let side = || prop_oneof![1..40_u32, 1..=ImageData::LONGEST_SIDE];
    (layout(), side(), side(), vec(any::<u8>(), 0..12))
        .prop_map(|(layout, width, height, pixels)| {
            ImageData::of_file(&file(layout, width, height, &pixels)).unwrap()
        })
        .boxed()
}
