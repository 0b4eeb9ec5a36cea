//! The link into a room: round trips, and every way in which a link can be wrong.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use loopstream::sync::{
    AddressError, Contact, Invitation, InvitationError, Relay, RelayAddress, RelayKind, Rights,
    Role, Secret, Signer, Way, is_invitation, read_sdp,
};
use proptest::prelude::*;

use super::offer::{CHROMIUM, FIREFOX, contact};

fn address(text: &str) -> RelayAddress {
    RelayAddress::read(text).unwrap()
}

fn relay(kind: RelayKind, text: &str) -> Way {
    Way::Relay(Relay {
        kind,
        address: address(text),
    })
}

fn usual() -> Invitation {
    Invitation {
        way: relay(RelayKind::YWebsocket, "wss://relay.example.org"),
        rights: Rights::Edit,
        secret: Secret(*b"0123456789abcdef"),
    }
}

/// Text of an address that is taken, in its one form.
fn any_address() -> impl Strategy<Value = String> {
    let host = prop_oneof![
        "[a-z][a-z0-9-]{0,20}[a-z0-9](\\.[a-z]{2,6}){0,2}",
        Just("192.168.1.20".to_owned()),
        Just("[2001:db8::1]".to_owned()),
    ];
    let here = prop_oneof![Just("localhost"), Just("127.0.0.1"), Just("[::1]")];
    let start = prop_oneof![
        host.prop_map(|host| format!("wss://{host}")),
        here.prop_map(|host| format!("ws://{host}")),
    ];
    let port = prop::option::of(1_u16..);
    let path = "(/[a-zA-Z0-9._~%!$&'()*+,;=:@-]{1,10}){0,3}(\\?[a-z=&/]{0,10})?";
    (start, port, path).prop_map(|(start, port, path)| {
        let port = port.map_or(String::new(), |port| format!(":{port}"));
        format!("{start}{port}{path}")
    })
}

pub(super) fn invitation() -> impl Strategy<Value = Invitation> {
    let kind = prop_oneof![Just(RelayKind::YWebsocket), Just(RelayKind::Hocuspocus)];
    let way = prop_oneof![
        (kind, any_address()).prop_map(|(kind, address)| relay(kind, &address)),
        prop::option::of(contact(Role::Offer)).prop_map(Way::Direct),
    ];
    let rights = prop_oneof![
        Just(Rights::Edit),
        any::<[u8; 32]>().prop_map(|key| Rights::View(Signer(key))),
    ];
    (way, rights, any::<[u8; 16]>()).prop_map(|(way, rights, secret)| Invitation {
        way,
        rights,
        secret: Secret(secret),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn an_invitation_reads_back(invitation in invitation()) {
        let fragment = invitation.fragment();
        prop_assert!(fragment.len() <= 600, "{} letters", fragment.len());
        let is_safe = |b: u8| b.is_ascii_alphanumeric() || b"#=.-_".contains(&b);
        prop_assert!(fragment.bytes().all(is_safe));
        let read = Invitation::read(&fragment);
        prop_assert_eq!(read.as_ref(), Ok(&invitation));
        let sentence = format!(" https://example.org/loopstream/{fragment}).\n");
        prop_assert!(is_invitation(&sentence));
        prop_assert_eq!(Invitation::read(&sentence), Ok(invitation));
    }

    #[test]
    fn a_link_that_lost_its_end_says_so(
        invitation in invitation(),
        at in any::<prop::sample::Index>(),
    ) {
        let fragment = invitation.fragment();
        let start = "#room=".len();
        let cut = &fragment[..start + at.index(fragment.len() - start)];
        prop_assert_eq!(Invitation::read(cut), Err(InvitationError::Short));
    }

    #[test]
    fn one_letter_lost_doubled_or_changed_is_told(
        invitation in invitation(),
        at in any::<prop::sample::Index>(),
        letter in "[A-Za-z0-9_-]",
    ) {
        let fragment = invitation.fragment();
        let start = "#room=1.".len();
        let at = start + at.index(fragment.len() - start);
        let (before, after) = (&fragment[..at], &fragment[at + 1..]);
        let told = |text: &str| matches!(
            Invitation::read(text),
            Err(InvitationError::Short | InvitationError::Changed)
        );
        let lost = format!("{before}{after}");
        prop_assert!(told(&lost));
        let more = format!("{before}{letter}{}", &fragment[at..]);
        prop_assert!(told(&more));
        let other = format!("{before}{letter}{after}");
        prop_assert!(other == fragment || told(&other));
    }

    #[test]
    fn whatever_else_comes_is_refused_or_has_one_form(
        noise in prop::collection::vec(any::<u8>(), 0..120),
        words in "\\PC{0,40}",
    ) {
        // Whole, as far as the letters go.
        for kind in 0..4 {
            for rights in 0..3 {
                let mut bytes = vec![kind, rights];
                bytes.extend(&noise);
                let text = whole(&bytes);
                if let Ok(invitation) = Invitation::read(&text) {
                    prop_assert_eq!(invitation.fragment(), text);
                }
            }
        }
        let coded = BASE64_URL_SAFE_NO_PAD.encode(&noise);
        for text in [format!("#room=1.{coded}"), format!("#room={words}"), words] {
            let _ = Invitation::read(&text);
        }
    }

    #[test]
    fn an_address_is_refused_or_has_one_form(
        start in "(wss?://)?",
        rest in "[a-zA-Z0-9.:/?@\\[\\] #\\\\é_-]{0,30}",
    ) {
        if let Ok(read) = RelayAddress::read(&format!("{start}{rest}")) {
            prop_assert_eq!(RelayAddress::read(read.as_str()), Ok(read.clone()));
            prop_assert!(read.as_str().starts_with("ws"));
            prop_assert!(read.as_str().contains('?') || !read.as_str().ends_with('/'));
            prop_assert!(!read.computer().contains(['@', '/', '\\', '#']));
            if read.as_str().starts_with("ws:") {
                let host = read.computer();
                let is_here = ["localhost", "127.0.0.1", "[::1]"];
                let is_here = is_here.iter().any(|name| {
                    host.strip_prefix(name).is_some_and(|port| port.is_empty() || port.starts_with(':'))
                });
                prop_assert!(is_here, "{}", host);
            }
        }
    }
}

/// A link of these bytes, with the length and the sum that they have.
fn whole(bytes: &[u8]) -> String {
    let mut all = u16::try_from(bytes.len()).unwrap().to_be_bytes().to_vec();
    all.extend(bytes);
    all.extend(&crc32fast::hash(bytes).to_be_bytes()[1..]);
    format!("#room=1.{}", BASE64_URL_SAFE_NO_PAD.encode(all))
}

#[test]
fn a_usual_link_is_short() {
    let fragment = usual().fragment();
    assert!(fragment.len() <= 80, "{}", fragment.len());
    assert_eq!(
        fragment,
        "#room=1.ACkBADAxMjM0NTY3ODlhYmNkZWZ3c3M6Ly9yZWxheS5leGFtcGxlLm9yZ1dIdQ"
    );
}

#[test]
fn every_wrong_link_has_its_sentence() {
    let read = |text: &str| Invitation::read(text).unwrap_err();
    for other in [
        "",
        "#",
        "room=1.AAAA",
        "#open=z1.abc",
        "#room=x.abc",
        "#room=abc",
        "#room=01.a",
    ] {
        assert_eq!(read(other), InvitationError::Other, "{other}");
    }
    for newer in [
        "#room=2.abc",
        "#room=17.a",
        "https://example.org/#room=123456789012345678901.x",
    ] {
        assert_eq!(read(newer), InvitationError::Newer, "{newer}");
    }
    for short in ["#room=", "#room=1", "#room=1.", "#room=1.A", "#room=1.ACkB"] {
        assert_eq!(read(short), InvitationError::Short, "{short}");
    }
    let long = format!("#room=1.{}", "A".repeat(1_000));
    assert_eq!(read(&long), InvitationError::Long);
    // A sentence that was copied with the link.
    let fragment = usual().fragment();
    assert_eq!(
        read(&format!("{fragment} see you there")),
        InvitationError::Changed
    );
    let with = |kind, rights, address: &str| {
        let mut bytes = vec![kind, rights];
        bytes.extend([7; 16]);
        bytes.extend(address.as_bytes());
        whole(&bytes)
    };
    assert!(Invitation::read(&with(1, 0, "wss://a.example")).is_ok());
    assert_eq!(read(&with(3, 0, "wss://a.example")), InvitationError::Newer);
    assert_eq!(read(&with(1, 2, "wss://a.example")), InvitationError::Newer);
    assert_eq!(read(&with(0, 0, "\0")), InvitationError::Damaged);
    assert_eq!(read(&with(0, 0, "x")), InvitationError::Newer);
    assert_eq!(
        read(&with(1, 0, "WSS://a.example/")),
        InvitationError::Damaged
    );
    let elsewhere = read(&with(1, 0, "ws://a.example"));
    assert_eq!(elsewhere, InvitationError::Address(AddressError::Elsewhere));
    assert_eq!(
        elsewhere.to_string(),
        "the invitation leads to a relay that is not used: \
         ws:// reaches a relay on this computer alone: for any other, use wss://"
    );
    assert_eq!(read(&whole(&[1, 0, 7])), InvitationError::Damaged);
    assert_eq!(read(&whole(&[])), InvitationError::Damaged);
}

#[test]
fn a_direct_invitation_carries_an_offer_and_no_answer() {
    let direct = |contact: Contact| Invitation {
        way: Way::Direct(Some(contact)),
        ..usual()
    };
    let offer = direct(read_sdp(CHROMIUM).unwrap().contact);
    // What a browser keeps of it has no offer any more.
    let kept = offer.kept();
    assert_eq!(kept.way, Way::Direct(None));
    assert_eq!(Invitation::read(&kept.fragment()), Ok(kept));
    assert_eq!(Invitation::read(&offer.fragment()), Ok(offer));
    let answer = direct(read_sdp(FIREFOX).unwrap().contact);
    assert_eq!(
        Invitation::read(&answer.fragment()),
        Err(InvitationError::Damaged)
    );
}

#[test]
fn nothing_secret_is_written_for_developers() {
    let mut invitation = usual();
    invitation.way = relay(
        RelayKind::YWebsocket,
        "wss://relay.example.org/entry?word=hush",
    );
    let text = format!("{invitation:?}");
    assert!(text.contains("relay.example.org"));
    for secret in ["hush", "entry", "48", "0123"] {
        assert!(!text.contains(secret), "{text}");
    }
    invitation.rights = Rights::View(Signer([99; 32]));
    assert!(!format!("{invitation:?}").contains("99"));
}

#[test]
fn addresses_that_lead_elsewhere_than_they_seem_are_refused() {
    let cases = [
        ("", AddressError::Scheme),
        ("relay.example.org", AddressError::Scheme),
        ("https://relay.example.org", AddressError::Scheme),
        ("javascript://relay", AddressError::Scheme),
        ("ws://relay.example.org", AddressError::Elsewhere),
        ("ws://localhost.example.org", AddressError::Elsewhere),
        ("ws://127.0.0.2", AddressError::Elsewhere),
        ("ws://localhost@evil.example", AddressError::Login),
        ("wss://anna:secret@relay.example.org", AddressError::Login),
        (
            "wss://relay.example.org\\@evil.example",
            AddressError::Login,
        ),
        (
            "wss://evil.example\\.relay.example.org",
            AddressError::Letter,
        ),
        ("wss://relay.example.org/#a", AddressError::Letter),
        ("wss://relay example.org", AddressError::Letter),
        ("wss://rélay.example.org", AddressError::Letter),
        ("wss://relay.example.org/[a]", AddressError::Letter),
        ("wss://", AddressError::Host),
        ("wss:///path", AddressError::Host),
        ("wss://.example.org", AddressError::Host),
        ("wss://relay..org", AddressError::Host),
        ("wss://-a.org", AddressError::Host),
        ("wss://127.1", AddressError::Host),
        ("wss://0x7f.0x1", AddressError::Host),
        ("wss://2130706433", AddressError::Host),
        ("wss://[::1", AddressError::Host),
        ("wss://[::1]a", AddressError::Host),
        ("wss://[relay]", AddressError::Host),
        ("wss://relay.example.org:", AddressError::Port),
        ("wss://relay.example.org:0", AddressError::Port),
        ("wss://relay.example.org:65536", AddressError::Port),
        ("wss://relay.example.org:+80", AddressError::Port),
        ("wss://relay.example.org:80:80", AddressError::Port),
    ];
    for (text, error) in cases {
        assert_eq!(RelayAddress::read(text), Err(error), "{text}");
    }
    let long = format!("wss://relay.example.org/{}", "a".repeat(200));
    assert_eq!(RelayAddress::read(&long), Err(AddressError::Long));
    for (text, one) in [
        (" WSS://Relay.Example.ORG/ ", "wss://relay.example.org"),
        (
            "wss://relay.example.org:443/Rooms//",
            "wss://relay.example.org:443/Rooms",
        ),
        ("ws://LOCALHOST:1234", "ws://localhost:1234"),
        (
            "wss://[2001:DB8:0::1]:80/?a=/",
            "wss://[2001:db8::1]:80?a=/",
        ),
    ] {
        assert_eq!(address(text).as_str(), one);
    }
}

#[test]
fn a_room_has_its_address_by_the_kind_of_relay() {
    let url = |kind, text| match relay(kind, text) {
        Way::Relay(relay) => relay.url("abc_-1"),
        Way::Direct(_) => unreachable!(),
    };
    let at = "wss://relay.example.org/y?token=1";
    assert_eq!(
        url(RelayKind::YWebsocket, at),
        "wss://relay.example.org/y/abc_-1?token=1"
    );
    assert_eq!(
        url(RelayKind::YWebsocket, "ws://[::1]:1234"),
        "ws://[::1]:1234/abc_-1"
    );
    assert_eq!(url(RelayKind::Hocuspocus, at), at);
}
