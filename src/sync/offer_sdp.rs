//! The description of a connection that a browser writes (SDP, RFC 8866 and 8829), read to a
//! [`Contact`] and written from one.

use super::offer::{Contact, ContactError, Role};
use super::offer_places::{self, Lost, Places, hex_byte};

/// The longest description, in bytes; browsers write about 1,000 for a data channel.
const LONGEST: usize = 64 * 1024;
/// The longest name of a part of a description.
const LONGEST_MID: usize = 32;
/// What stands behind the port in the line of a channel.
const CHANNEL: &str = "UDP/DTLS/SCTP webrtc-datachannel";
/// The port of SCTP that browsers use.
const SCTP_PORT: &str = "5000";
/// How long a message may be by the template, in bytes.
const MESSAGE_SIZE: u64 = 262_144;
/// How long it may be where nothing is said of it (RFC 8841).
const USUAL_MESSAGE_SIZE: u64 = 65_536;
/// What a page sends at most in one message, in bytes: less is worth a word.
const NEEDED_MESSAGE_SIZE: u64 = 65_536;

/// The name that a browser gave the only part of its description. An answer has that of its offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mid(String);

impl Default for Mid {
    /// The name that all browsers give.
    fn default() -> Self {
        Self("0".to_owned())
    }
}

/// What a description says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    /// What is passed on.
    pub contact: Contact,
    /// The name that the answer must use.
    pub mid: Mid,
    /// What is not passed on.
    pub lost: Vec<Lost>,
}

/// Why a description is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SdpError {
    /// It is too long.
    #[error("the browser's description of the connection is too long")]
    Long,
    /// It has no data channel, or it is refused.
    #[error("the browser describes no channel for data")]
    NoChannel,
    /// It describes other things beside it, or more than one.
    #[error("the browser describes more than a channel for data")]
    More,
    /// The channel has another port.
    #[error("the browser describes a channel for data in an unusual form")]
    Unusual,
    /// There is no fingerprint by SHA-256.
    #[error("the browser tells no certificate by which it can be known")]
    NoFingerprint,
    /// It says neither that it offers nor that it answers.
    #[error("the browser neither offers a connection nor answers an offer")]
    Setup,
    /// A part of it cannot be passed on.
    #[error("the browser's description of the connection cannot be passed on: {0}")]
    Contact(#[from] ContactError),
}

/// What is said of the channel, or of everything.
#[derive(Clone, Copy, Debug, Default)]
struct Said<'t> {
    ufrag: Option<&'t str>,
    password: Option<&'t str>,
    fingerprint: Option<[u8; 32]>,
    setup: Option<&'t str>,
}

/// Reads the description of a browser that has found all its candidates.
///
/// # Errors
/// It is not that of one data channel, or lacks what a connection needs.
pub fn read_sdp(sdp: &str) -> Result<Described, SdpError> {
    if sdp.len() > LONGEST {
        return Err(SdpError::Long);
    }
    let mut of_all = Said::default();
    let mut of_channel = Said::default();
    let mut is_in_channel = false;
    let mut mid = Mid::default();
    let mut message_size = USUAL_MESSAGE_SIZE;
    let mut places = Places::default();
    for line in sdp.lines() {
        let line = line.trim_end();
        if let Some(media) = line.strip_prefix("m=") {
            if is_in_channel {
                return Err(SdpError::More);
            }
            channel(media)?;
            is_in_channel = true;
            continue;
        }
        let Some(attribute) = line.strip_prefix("a=") else {
            continue;
        };
        let (name, value) = attribute.split_once(':').unwrap_or((attribute, ""));
        let value = value.trim();
        let said = if is_in_channel {
            &mut of_channel
        } else {
            &mut of_all
        };
        match name {
            "ice-ufrag" => said.ufrag = Some(value),
            "ice-pwd" => said.password = Some(value),
            "fingerprint" => said.fingerprint = fingerprint(value).or(said.fingerprint),
            "setup" => said.setup = Some(value),
            "candidate" if is_in_channel => places.read(value),
            "mid" if is_in_channel => mid = named(value),
            "max-message-size" => message_size = value.parse().unwrap_or(message_size),
            "sctp-port" if value != SCTP_PORT => return Err(SdpError::Unusual),
            _ => {}
        }
    }
    if !is_in_channel {
        return Err(SdpError::NoChannel);
    }
    let role = match of_channel.setup.or(of_all.setup) {
        Some("actpass") => Role::Offer,
        Some("active") => Role::Answer,
        _ => return Err(SdpError::Setup),
    };
    let fingerprint = of_channel.fingerprint.or(of_all.fingerprint);
    let fingerprint = fingerprint.ok_or(SdpError::NoFingerprint)?;
    let text = |of_channel: Option<&str>, of_all: Option<&str>| {
        of_channel.or(of_all).unwrap_or_default().to_owned()
    };
    let ufrag = text(of_channel.ufrag, of_all.ufrag);
    let password = text(of_channel.password, of_all.password);
    let (candidates, mut lost) = places.chosen();
    // 0 says that it takes every length.
    if message_size != 0 && message_size < NEEDED_MESSAGE_SIZE {
        lost.push(Lost::MessageSize(message_size));
    }
    let contact = Contact::new(role, ufrag, password, fingerprint, candidates)?;
    Ok(Described { contact, mid, lost })
}

/// Checks the line of a channel: `application 9 UDP/DTLS/SCTP webrtc-datachannel`.
fn channel(media: &str) -> Result<(), SdpError> {
    let rest = media.strip_prefix("application ").ok_or(SdpError::More)?;
    match rest.split_once(' ') {
        Some(("0", _)) | None => Err(SdpError::NoChannel),
        Some((_, CHANNEL)) => Ok(()),
        Some(_) => Err(SdpError::Unusual),
    }
}

/// `sha-256 AB:CD:…`; none of another hash.
fn fingerprint(value: &str) -> Option<[u8; 32]> {
    let (hash, text) = value.split_once(' ')?;
    if !hash.eq_ignore_ascii_case("sha-256") {
        return None;
    }
    let mut fingerprint = [0; 32];
    let mut parts = text.split(':');
    for byte in &mut fingerprint {
        *byte = hex_byte(parts.next()?)?;
    }
    parts.next().is_none().then_some(fingerprint)
}

fn named(mid: &str) -> Mid {
    // The letters of a token that no description takes for something else.
    let is_letter = |letter: u8| letter.is_ascii_alphanumeric() || b"-_.".contains(&letter);
    if mid.is_empty() || mid.len() > LONGEST_MID || !mid.bytes().all(is_letter) {
        return Mid::default();
    }
    Mid(mid.to_owned())
}

impl Contact {
    /// The description for the browser of the other side. For an answer, `mid` is that of the offer
    /// that it answers; for an offer, it is as good as any.
    #[must_use]
    pub fn sdp(&self, mid: &Mid) -> String {
        let Mid(mid) = mid;
        let setup = match self.role() {
            Role::Offer => "actpass",
            Role::Answer => "active",
        };
        let fingerprint: Vec<String> = self
            .fingerprint()
            .iter()
            .map(|byte| format!("{byte:02X}"))
            .collect();
        let mut lines = vec![
            "v=0".to_owned(),
            "o=- 1 1 IN IP4 127.0.0.1".to_owned(),
            "s=-".to_owned(),
            "t=0 0".to_owned(),
            format!("a=group:BUNDLE {mid}"),
            format!("m=application 9 {CHANNEL}"),
            "c=IN IP4 0.0.0.0".to_owned(),
        ];
        lines.extend(
            self.candidates()
                .iter()
                .zip(0_u32..)
                .map(|(one, at)| offer_places::line(one, at)),
        );
        lines.extend([
            format!("a=ice-ufrag:{}", self.ufrag()),
            format!("a=ice-pwd:{}", self.password()),
            format!("a=fingerprint:sha-256 {}", fingerprint.join(":")),
            format!("a=setup:{setup}"),
            format!("a=mid:{mid}"),
            format!("a=sctp-port:{SCTP_PORT}"),
            format!("a=max-message-size:{MESSAGE_SIZE}"),
        ]);
        lines.iter().map(|line| format!("{line}\r\n")).collect()
    }
}
