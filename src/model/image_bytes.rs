//! What kind of picture a file is and how large, by its bytes.

use super::image::{ImageError, ImageKind};

/// The kind of a file, and its pixels from left to right and from top to bottom.
///
/// It goes from part to part through the whole file, so that one that was cut off, or that has
/// something else behind its end, is no picture; it decodes no pixels.
pub(super) fn measured(bytes: &[u8]) -> Result<(ImageKind, u32, u32), ImageError> {
    let (kind, size) = if bytes.starts_with(PNG) {
        (ImageKind::Png, png_size(bytes))
    } else if bytes.starts_with(&[0xff, 0xd8, 0xff]) {
        (ImageKind::Jpeg, jpeg_size(bytes))
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        (ImageKind::Webp, webp_size(bytes))
    } else {
        return Err(ImageError::UnknownKind);
    };
    let (width, height) = size.ok_or(ImageError::Damaged)?;
    Ok((kind, width, height))
}

/// The first bytes of a PNG file (ISO/IEC 15948, section 5.2).
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Takes so many bytes off the front.
fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, after) = rest.split_at_checked(count)?;
    *rest = after;
    Some(taken)
}

fn big_endian(bytes: &[u8]) -> u32 {
    let bytes = bytes.iter();
    bytes.fold(0, |number, byte| (number << 8) | u32::from(*byte))
}

fn little_endian(bytes: &[u8]) -> u32 {
    let bytes = bytes.iter().rev();
    bytes.fold(0, |number, byte| (number << 8) | u32::from(*byte))
}

/// Chunks of a length, a name, data and a checksum; `IHDR` first, `IEND` last, `IDAT` in between.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(PNG)?;
    let mut size = None;
    let mut has_pixels = false;
    loop {
        let length = usize::try_from(big_endian(take(&mut rest, 4)?)).ok()?;
        let name = take(&mut rest, 4)?;
        let data = take(&mut rest, length)?;
        take(&mut rest, 4)?;
        match name {
            b"IHDR" if size.is_none() && length == 13 => {
                size = Some((big_endian(&data[..4]), big_endian(&data[4..8])));
            }
            b"IDAT" => has_pixels = true,
            b"IEND" => {
                let is_whole = has_pixels && length == 0 && rest.is_empty();
                return size.filter(|_| is_whole);
            }
            _ => {}
        }
        size?;
    }
}

/// Segments of a marker, a length and data, up to the start of the scan; the end of the image at
/// the end of the file (ISO/IEC 10918-1, annex B).
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.get(2..)?;
    let mut size = None;
    loop {
        if take(&mut rest, 1)? != [0xff] {
            return None;
        }
        let mut marker = take(&mut rest, 1)?[0];
        // Any number of bytes may fill the space before a marker.
        while marker == 0xff {
            marker = take(&mut rest, 1)?[0];
        }
        // Markers without data: restarts, the start and the end; none belongs here.
        if matches!(marker, 0x00 | 0x01 | 0xd0..=0xd9) {
            return None;
        }
        let length = usize::try_from(big_endian(take(&mut rest, 2)?)).ok()?;
        let data = take(&mut rest, length.checked_sub(2)?)?;
        match marker {
            // The start of a frame, of whichever coding; three of the numbers are something else.
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let sides = data.get(1..5)?;
                size = Some((big_endian(&sides[2..]), big_endian(&sides[..2])));
            }
            0xda => return size.filter(|_| rest.len() > 2 && rest.ends_with(&[0xff, 0xd9])),
            _ => {}
        }
    }
}

/// A container of chunks, of which the first says the size (RFC 9649, sections 2.4 to 2.7).
fn webp_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.get(4..)?;
    let length = usize::try_from(little_endian(take(&mut rest, 4)?)).ok()?;
    if length != rest.len() {
        return None;
    }
    take(&mut rest, 4)?;
    let mut size = None;
    let mut has_pixels = false;
    while !rest.is_empty() {
        let name = take(&mut rest, 4)?;
        let length = usize::try_from(little_endian(take(&mut rest, 4)?)).ok()?;
        let data = take(&mut rest, length)?;
        take(&mut rest, length % 2)?;
        has_pixels |= matches!(name, b"VP8 " | b"VP8L" | b"ANMF");
        if size.is_none() {
            size = Some(match name {
                b"VP8 " => lossy_size(data)?,
                b"VP8L" => lossless_size(data)?,
                b"VP8X" => {
                    let sides = data.get(4..10)?;
                    (
                        1 + little_endian(&sides[..3]),
                        1 + little_endian(&sides[3..]),
                    )
                }
                _ => return None,
            });
        }
    }
    size.filter(|_| has_pixels)
}

/// Of a key frame of VP8 (RFC 6386, section 9.1): 14 bits each, below 2 bits of scaling.
fn lossy_size(data: &[u8]) -> Option<(u32, u32)> {
    let is_key = data.first()? & 1 == 0;
    let side = |at: usize| Some(little_endian(data.get(at..at + 2)?) & 0x3fff);
    let begins = data.get(3..6)? == [0x9d, 0x01, 0x2a];
    (is_key && begins).then_some((side(6)?, side(8)?))
}

/// Of a lossless picture (RFC 9649, section 3.4): 14 bits each, one less than the side.
fn lossless_size(data: &[u8]) -> Option<(u32, u32)> {
    let bits = little_endian(data.get(1..5)?);
    (data[0] == 0x2f).then_some((1 + (bits & 0x3fff), 1 + ((bits >> 14) & 0x3fff)))
}
