//! The checksummed envelope: a text with a header, and a checksum over both, so that damage is
//! always noticed.
//!
//! The layout stays for good, so that an older version tells a newer text from a damaged one:
//! the checksum, the version and the header in JSON, a line each, then the text.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::codec::Unreadable;

/// The newest version of the headers that this program reads.
const NEWEST: u32 = 2;

/// Which programs may read a text, and so write over it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Readers {
    /// All of them: version 1 of the headers.
    All,
    /// Those that know rooms: version 2. Others would take the document out of its room.
    KnowRooms,
}

impl Readers {
    const fn version(self) -> u32 {
        match self {
            Self::All => 1,
            Self::KnowRooms => 2,
        }
    }
}

/// A text with its header, taken out of the envelope.
pub struct Envelope<'a, H> {
    /// The checksum, which also tells two texts apart.
    pub checksum: &'a str,
    /// The header.
    pub header: H,
    /// The text.
    pub text: &'a str,
}

/// Joins a header and a text under a checksum.
///
/// The only error is a header that is no JSON, which a header of plain numbers always is.
pub fn write_envelope(
    readers: Readers,
    header: &impl Serialize,
    text: &str,
) -> Result<String, Unreadable> {
    let header = serde_json::to_string(header)
        .map_err(|error| Unreadable::Damaged(format!("the header is no JSON: {error}")))?;
    let version = readers.version();
    let rest = format!("{version}\n{header}\n{text}");
    Ok(format!("{}\n{rest}", checksum(&rest)))
}

/// Takes apart what `write_envelope` joined, if not a letter of it has changed. Unknown fields of
/// the header are ignored: a newer version wrote them.
pub fn read_envelope<H: DeserializeOwned>(envelope: &str) -> Result<Envelope<'_, H>, Unreadable> {
    let (checksum, header, text) = take_apart(envelope)?;
    let header = serde_json::from_str(header)
        .map_err(|error| Unreadable::Damaged(format!("the header cannot be read: {error}")))?;
    Ok(Envelope {
        checksum,
        header,
        text,
    })
}

/// The checksum, the header and the text, if they belong together.
fn take_apart(envelope: &str) -> Result<(&str, &str, &str), Unreadable> {
    let broken = || Unreadable::Damaged("the text is cut off or was changed".to_owned());
    let (sum, rest) = envelope.split_once('\n').ok_or_else(broken)?;
    if checksum(rest) != sum {
        return Err(broken());
    }
    let (version, rest) = rest.split_once('\n').ok_or_else(broken)?;
    if version.parse::<u32>().map_err(|_| broken())? > NEWEST {
        return Err(Unreadable::Newer(format!(
            "a newer version of Loopstream wrote it (version {version} of the store)"
        )));
    }
    let (header, text) = rest.split_once('\n').ok_or_else(broken)?;
    Ok((sum, header, text))
}

/// The checksum that an envelope starts with.
pub fn checksum_of(envelope: &str) -> &str {
    envelope.split_once('\n').map_or("", |(sum, _)| sum)
}

/// The 64-bit FNV-1a hash (Fowler, Noll & Vo 1991) as sixteen digits.
///
/// Every step is one-to-one, so a single changed byte always shows.
pub fn checksum(text: &str) -> String {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
    struct Count {
        count: u64,
    }

    #[test]
    fn the_checksum_is_the_published_one() {
        // From the test vectors of draft-eastlake-fnv.
        assert_eq!(checksum(""), "cbf29ce484222325");
        assert_eq!(checksum("foobar"), "85944171f73967e8");
    }

    #[test]
    fn a_sealed_text_reads_back_and_any_change_shows() {
        let count = Count { count: 12 };
        let envelope = write_envelope(Readers::All, &count, "a\nb\u{e9}").unwrap();
        let read = read_envelope::<Count>(&envelope).unwrap();
        assert_eq!((read.header.count, read.text), (12, "a\nb\u{e9}"));
        for cut in (0..envelope.len()).filter(|cut| envelope.is_char_boundary(*cut)) {
            assert!(read_envelope::<Count>(&envelope[..cut]).is_err());
            let mut flipped: Vec<char> = envelope.chars().collect();
            if let Some(letter) = flipped.get_mut(cut) {
                *letter = if *letter == '#' { '%' } else { '#' };
                let flipped: String = flipped.into_iter().collect();
                assert!(read_envelope::<Count>(&flipped).is_err());
            }
        }
    }

    #[test]
    fn a_newer_header_is_not_called_damaged() {
        let rest = "3\n{\"amount\":1}\nx";
        let envelope = format!("{}\n{rest}", checksum(rest));
        assert!(matches!(
            read_envelope::<Count>(&envelope),
            Err(Unreadable::Newer(_))
        ));
    }
}
