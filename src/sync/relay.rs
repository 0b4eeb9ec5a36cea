//! A relay: a server that passes on what the pages of a room tell each other, and reads none of it.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// The longest address of a relay, in bytes.
const LONGEST_ADDRESS: usize = 200;
/// The longest name of a computer, and the longest part of one between its dots (RFC 1035).
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;
/// What a path or a question has beside letters and digits (RFC 3986).
const MARKS: &[u8] = b"-._~%!$&'()*+,;=:@/?";

/// Which protocol a relay speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelayKind {
    /// That of `y-websocket`: the name of the room is the end of the address.
    YWebsocket,
    /// That of Hocuspocus: all rooms have one address.
    Hocuspocus,
}

/// A relay.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relay {
    /// Which protocol it speaks.
    pub kind: RelayKind,
    /// Where it is.
    pub address: RelayAddress,
}

impl Relay {
    /// The address at which it has a room of this name.
    #[must_use]
    pub fn url(&self, room: &str) -> String {
        let address = self.address.as_str();
        match self.kind {
            RelayKind::Hocuspocus => address.to_owned(),
            RelayKind::YWebsocket => match address.split_once('?') {
                None => format!("{address}/{room}"),
                Some((path, question)) => format!("{path}/{room}?{question}"),
            },
        }
    }
}

/// Why a text is not the address of a relay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It does not begin as such an address does.
    #[error("the address of a relay begins with wss://, such as wss://relay.example.org")]
    Scheme,
    /// It is not sealed on its way, and leads to another computer.
    #[error("ws:// reaches a relay on this computer alone: for any other, use wss://")]
    Elsewhere,
    /// There is a name or a password in it.
    #[error("the address of a relay has no name and no password before an @")]
    Login,
    /// It names no computer.
    #[error("the address of a relay names a computer, such as relay.example.org")]
    Host,
    /// The number after the colon is no port.
    #[error("the port of a relay is a number from 1 to 65535")]
    Port,
    /// It has a letter that there cannot be.
    #[error("the address of a relay has no spaces, no # and no letters other than a to z")]
    Letter,
    /// It is too long.
    #[error("the address of a relay has at most {LONGEST_ADDRESS} letters")]
    Long,
}

/// The address of a relay, `wss://`, or `ws://` to this computer, without a slash at its end.
#[derive(Clone, PartialEq, Eq)]
pub struct RelayAddress(String);

impl RelayAddress {
    /// Reads what somebody wrote. The same address has one form: scheme and computer are in small
    /// letters.
    ///
    /// # Errors
    /// It is no address of a relay, or one to which nothing may be sent.
    pub fn read(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        if text.len() > LONGEST_ADDRESS {
            return Err(AddressError::Long);
        }
        let (scheme, rest) = text.split_once("://").ok_or(AddressError::Scheme)?;
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "wss" && scheme != "ws" {
            return Err(AddressError::Scheme);
        }
        let end = rest.find(['/', '?']).unwrap_or(rest.len());
        let (authority, path) = rest.split_at(end);
        if authority.contains('@') {
            return Err(AddressError::Login);
        }
        let is_allowed = |letter: u8| letter.is_ascii_alphanumeric() || MARKS.contains(&letter);
        if !rest
            .bytes()
            .all(|letter| is_allowed(letter) || b"[]".contains(&letter))
            || !path.bytes().all(is_allowed)
        {
            return Err(AddressError::Letter);
        }
        let (host, port) = computer(authority)?;
        let is_here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "[::1]");
        if scheme == "ws" && !is_here {
            return Err(AddressError::Elsewhere);
        }
        let port = port.map_or(String::new(), |port| format!(":{port}"));
        let path = match path.split_once('?') {
            None => path.trim_end_matches('/').to_owned(),
            Some((path, question)) => format!("{}?{question}", path.trim_end_matches('/')),
        };
        Ok(Self(format!("{scheme}://{host}{port}{path}")))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The computer in it, with the port: what people should read before they trust it.
    #[must_use]
    pub fn computer(&self) -> &str {
        let rest = self.0.split_once("://").map_or("", |(_, rest)| rest);
        &rest[..rest.find(['/', '?']).unwrap_or(rest.len())]
    }
}

impl fmt::Debug for RelayAddress {
    /// Some relays have a word of entry behind the computer.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "RelayAddress({})", self.computer())
    }
}

/// The computer and the port of an address.
fn computer(authority: &str) -> Result<(String, Option<u16>), AddressError> {
    if authority.starts_with('[') != authority.contains(']') {
        return Err(AddressError::Host);
    }
    let end = authority.find(']').map_or(0, |at| at + 1);
    let (host, port) = match authority[end..].find(':') {
        None => (authority, None),
        Some(at) => {
            let (host, port) = authority.split_at(end + at);
            (host, Some(self::port(&port[1..])?))
        }
    };
    Ok((self::host(host)?, port))
}

fn port(text: &str) -> Result<u16, AddressError> {
    if text.is_empty() || !text.bytes().all(|letter| letter.is_ascii_digit()) {
        return Err(AddressError::Port);
    }
    match text.parse() {
        Ok(0) | Err(_) => Err(AddressError::Port),
        Ok(port) => Ok(port),
    }
}

fn host(text: &str) -> Result<String, AddressError> {
    let text = text.to_ascii_lowercase();
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.strip_suffix(']').ok_or(AddressError::Host)?;
        let address: Ipv6Addr = inner.parse().map_err(|_| AddressError::Host)?;
        return Ok(format!("[{address}]"));
    }
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= LONGEST_LABEL
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label
                .bytes()
                .all(|letter| letter.is_ascii_alphanumeric() || b"-_".contains(&letter))
    };
    if text.len() > LONGEST_NAME || !text.split('.').all(is_label) {
        return Err(AddressError::Host);
    }
    // A browser takes a name whose last part is a number for an address, in forms that nobody
    // expects: 127.1, 0x7f.1.
    let last = text.rsplit('.').next().unwrap_or_default();
    let is_number = last.starts_with("0x") || last.bytes().all(|letter| letter.is_ascii_digit());
    if is_number && text.parse::<Ipv4Addr>().is_err() {
        return Err(AddressError::Host);
    }
    Ok(text)
}
