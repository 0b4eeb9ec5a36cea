//! The places at which a browser can be reached, in the lines of its description (`a=candidate`, RFC
//! 8839).

use std::cmp::Reverse;
use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use super::offer::{Candidate, CandidateAddress, CandidateKind, MOST_CANDIDATES};

/// The most candidates that are looked at.
const MOST_READ: usize = 256;

/// A part of a description that is not passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// So many candidates over TCP.
    Tcp(usize),
    /// So many candidates whose address is neither a number nor a random name.
    Name(usize),
    /// So many candidates of an unknown form.
    Other(usize),
    /// So many candidates beyond the most.
    Beyond(usize),
    /// The browser takes messages of so many bytes at most, which are fewer than the other side
    /// sends.
    MessageSize(u64),
}

impl fmt::Display for Lost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(count) => write!(formatter, "left out, because over TCP: {count}"),
            Self::Name(count) => write!(formatter, "left out, because of their names: {count}"),
            Self::Other(count) => write!(formatter, "left out, because they are unknown: {count}"),
            Self::Beyond(count) => write!(
                formatter,
                "left out, because there are more than {MOST_CANDIDATES}: {count}"
            ),
            Self::MessageSize(size) => {
                write!(
                    formatter,
                    "the browser takes messages of {size} bytes at most"
                )
            }
        }
    }
}

/// The candidates that were read.
#[derive(Default)]
pub(super) struct Places {
    found: Vec<(u32, Candidate)>,
    tcp: usize,
    name: usize,
    other: usize,
    beyond: usize,
}

impl Places {
    /// Reads `foundation component transport priority address port typ type …`.
    pub(super) fn read(&mut self, value: &str) {
        let mut words = value.split_ascii_whitespace().skip(1);
        let mut word = || words.next().unwrap_or_default();
        let (component, transport, priority) = (word(), word(), word());
        let (address, port, typ, kind) = (word(), word(), word(), word());
        if transport.eq_ignore_ascii_case("tcp") {
            self.tcp += 1;
            return;
        }
        let kind = match kind {
            "host" => Some(CandidateKind::Host),
            "srflx" => Some(CandidateKind::Reflexive),
            "relay" => Some(CandidateKind::Relayed),
            _ => None,
        };
        let port = port.parse().ok().filter(|port| *port != 0);
        let is_udp = transport.eq_ignore_ascii_case("udp") && component == "1" && typ == "typ";
        let (true, Some(kind), Some(port), Ok(priority)) = (is_udp, kind, port, priority.parse())
        else {
            self.other += 1;
            return;
        };
        let Some(address) = address_in(address) else {
            self.name += 1;
            return;
        };
        let candidate = Candidate {
            kind,
            address,
            port,
        };
        if self.found.iter().any(|(_, known)| *known == candidate) {
            return;
        }
        if self.found.len() == MOST_READ {
            self.beyond += 1;
            return;
        }
        self.found.push((priority, candidate));
    }

    /// The best, in their order, and what is left out. The best of each kind is among them: that of
    /// a server comes after many of the computer itself, and may be the only one that works.
    pub(super) fn chosen(mut self) -> (Vec<Candidate>, Vec<Lost>) {
        self.found.sort_by_key(|(priority, _)| Reverse(*priority));
        let all: Vec<Candidate> = self
            .found
            .into_iter()
            .map(|(_, candidate)| candidate)
            .collect();
        let is_first = |at: usize| all[..at].iter().all(|before| before.kind != all[at].kind);
        let (mut chosen, rest): (Vec<usize>, Vec<usize>) =
            (0..all.len()).partition(|at| is_first(*at));
        chosen.extend(rest.into_iter().take(MOST_CANDIDATES - chosen.len()));
        chosen.sort_unstable();
        let beyond = self.beyond + all.len() - chosen.len();
        let lost = [
            (self.tcp, Lost::Tcp as fn(usize) -> Lost),
            (self.name, Lost::Name),
            (self.other, Lost::Other),
            (beyond, Lost::Beyond),
        ];
        let lost = lost.into_iter().filter(|(count, _)| *count > 0);
        let lost = lost.map(|(count, what)| what(count)).collect();
        (chosen.into_iter().map(|at| all[at]).collect(), lost)
    }
}

fn address_in(text: &str) -> Option<CandidateAddress> {
    if let Ok(address) = text.parse::<Ipv4Addr>() {
        return Some(CandidateAddress::V4(address));
    }
    if let Ok(address) = text.parse::<Ipv6Addr>() {
        return Some(CandidateAddress::V6(address));
    }
    let name = text.to_ascii_lowercase();
    let mut parts = name.strip_suffix(".local")?.split('-');
    let mut uuid = [0; 16];
    let mut bytes = uuid.iter_mut();
    for length in [4, 2, 2, 2, 6] {
        let part = parts.next().filter(|part| part.len() == 2 * length)?;
        for at in 0..length {
            *bytes.next()? = hex_byte(part.get(2 * at..2 * at + 2)?)?;
        }
    }
    parts
        .next()
        .is_none()
        .then_some(CandidateAddress::Name(uuid))
}

/// The byte of two letters.
pub(super) fn hex_byte(text: &str) -> Option<u8> {
    let is_hex = text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_hexdigit());
    is_hex.then(|| u8::from_str_radix(text, 16).ok()).flatten()
}

impl fmt::Display for CandidateAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::V4(address) => write!(formatter, "{address}"),
            Self::V6(address) => write!(formatter, "{address}"),
            Self::Name(uuid) => {
                for (byte, at) in uuid.iter().zip(0..) {
                    let dash = if matches!(at, 4 | 6 | 8 | 10) {
                        "-"
                    } else {
                        ""
                    };
                    write!(formatter, "{dash}{byte:02x}")?;
                }
                formatter.write_str(".local")
            }
        }
    }
}

/// The line of a candidate. Its priority is by the formula of RFC 8445, section 5.1.2, so that the
/// order is kept within a kind.
pub(super) fn line(candidate: &Candidate, at: u32) -> String {
    let (kind, preference, related) = match candidate.kind {
        CandidateKind::Host => ("host", 126, ""),
        CandidateKind::Reflexive => ("srflx", 100, " raddr 0.0.0.0 rport 9"),
        CandidateKind::Relayed => ("relay", 0, " raddr 0.0.0.0 rport 9"),
    };
    let priority = (preference << 24) + ((65_535 - at) << 8) + 255;
    let Candidate { address, port, .. } = candidate;
    format!(
        "a=candidate:{} 1 udp {priority} {address} {port} typ {kind}{related}",
        at + 1
    )
}
