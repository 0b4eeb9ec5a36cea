//! Offers and answers: from the description of a browser to a line and back.

use std::net::{Ipv4Addr, Ipv6Addr};

use loopstream::sync::{
    Candidate, CandidateAddress, CandidateKind, Contact, ContactError, Lost, MOST_CANDIDATES, Mid,
    PasteError, Role, SdpError, read_sdp,
};
use proptest::prelude::*;

/// An offer in the form of Chromium (156), whose writer WebKit has too.
pub(super) const CHROMIUM: &str = "v=0\r\no=- 3943404776080713613 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n\
    a=group:BUNDLE 0\r\na=extmap-allow-mixed\r\na=msid-semantic: WMS\r\n\
    m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n\
    a=candidate:3503347497 1 udp 2113937151 44a0addc-12c1-4a9b-ad96-92a4aad0a0d9.local 50215 typ host generation 0 network-cost 999\r\n\
    a=candidate:3617766297 1 udp 2113942271 17f5e7b3-f3eb-4ce0-a937-92d2c3ed3eb6.local 43217 typ host generation 0 network-cost 999\r\n\
    a=ice-ufrag:s/zE\r\na=ice-pwd:h3IWbramZuxUlkRddoGzdLs+\r\na=ice-options:trickle\r\n\
    a=fingerprint:sha-256 BF:E9:B4:1D:BB:4E:D8:59:1B:BB:0A:E4:D4:07:DE:98:DE:34:BB:21:7E:F2:90:F5:48:D0:B6:3B:71:B3:53:BA\r\n\
    a=setup:actpass\r\na=mid:0\r\na=sctp-port:5000\r\na=max-message-size:262144\r\n";

/// An answer in the form of Firefox (153): the fingerprint stands before the channel, and there are
/// candidates over TCP.
pub(super) const FIREFOX: &str = "v=0\r\no=mozilla...THIS_IS_SDPARTA-99.0 6480345503165175421 0 IN IP4 0.0.0.0\r\n\
    s=-\r\nt=0 0\r\na=sendrecv\r\n\
    a=fingerprint:sha-256 B8:8B:04:35:06:13:DE:BF:1C:D7:B3:95:4C:08:BE:DA:1E:51:B3:04:EA:D0:66:04:36:3B:D0:6E:33:D6:35:4F\r\n\
    a=group:BUNDLE 0\r\na=ice-options:trickle\r\na=msid-semantic:WMS *\r\n\
    m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 0.0.0.0\r\n\
    a=candidate:0 1 UDP 2122187007 8ac8aa70-d672-4406-81c0-ea2593f032ee.local 38985 typ host\r\n\
    a=candidate:1 1 UDP 2122252543 bb509859-ada5-4c47-bfd2-9522d197856d.local 51250 typ host\r\n\
    a=candidate:2 1 TCP 2105458943 8ac8aa70-d672-4406-81c0-ea2593f032ee.local 9 typ host tcptype active\r\n\
    a=candidate:3 1 TCP 2105524479 bb509859-ada5-4c47-bfd2-9522d197856d.local 9 typ host tcptype active\r\n\
    a=sendrecv\r\na=end-of-candidates\r\na=ice-pwd:3275b877eaadfd6662aa14ddad0f7082\r\n\
    a=ice-ufrag:7a6cd6f3\r\na=mid:0\r\na=setup:active\r\na=sctp-port:5000\r\n\
    a=max-message-size:1073741823\r\n";

/// The form of WebKit on a page that may use the camera, and of others that hide no address: numbers,
/// a router that a STUN server saw, and a TURN server.
const OPEN: &str = "v=0\r\no=- 77 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE data\r\n\
    m=application 61015 UDP/DTLS/SCTP webrtc-datachannel\r\nc=IN IP4 203.0.113.9\r\n\
    a=candidate:1 1 udp 2113937151 192.168.0.87 61015 typ host generation 0 network-cost 50\r\n\
    a=candidate:2 1 udp 2113939711 2001:db8:151:dc10:a8cb:5e93:9627:557c 61016 typ host generation 0\r\n\
    a=candidate:3 1 udp 1677729535 203.0.113.9 61015 typ srflx raddr 192.168.0.87 rport 61015 generation 0\r\n\
    a=candidate:4 1 udp 33562623 198.51.100.7 50001 typ relay raddr 203.0.113.9 rport 61015\r\n\
    a=candidate:5 1 tcp 1518214911 192.168.0.87 9 typ host tcptype active generation 0\r\n\
    a=candidate:6 1 udp 2113937150 computer.local 61017 typ host\r\n\
    a=candidate:7 2 udp 2113937150 192.168.0.87 61018 typ host\r\n\
    a=candidate:8 1 udp 2113937150 192.168.0.87 0 typ host\r\n\
    a=ice-ufrag:XSmV\r\na=ice-pwd:Ss5xY4RMFEJASRvK5TIPgLN9\r\n\
    a=fingerprint:sha-1 59:A0:B0:7E:EB:4B:C4:EC:D9:2C:5D:75:9C:30:08:BC:F0:27:46:D0\r\n\
    a=fingerprint:SHA-256 f2:68:a5:17:e7:85:d6:4e:23:f1:5d:02:39:9e:0f:b5:ea:c0:bd:fc:f5:27:3e:38:9b:ba:4e:af:8b:35:af:89\r\n\
    a=setup:actpass\r\na=mid:data\r\na=sctp-port:5000\r\n";

fn candidate(kind: CandidateKind, address: CandidateAddress, port: u16) -> Candidate {
    Candidate {
        kind,
        address,
        port,
    }
}

fn any_candidate() -> impl Strategy<Value = Candidate> {
    let kind = prop_oneof![
        Just(CandidateKind::Host),
        Just(CandidateKind::Reflexive),
        Just(CandidateKind::Relayed),
    ];
    let address = prop_oneof![
        any::<[u8; 16]>().prop_map(CandidateAddress::Name),
        any::<[u8; 4]>().prop_map(|bytes| CandidateAddress::V4(Ipv4Addr::from(bytes))),
        any::<[u8; 16]>().prop_map(|bytes| CandidateAddress::V6(Ipv6Addr::from(bytes))),
    ];
    (kind, address, 1_u16..).prop_map(|(kind, address, port)| candidate(kind, address, port))
}

/// A contact whose candidates come in the order of their kinds, as browsers rate them.
pub(super) fn contact(role: Role) -> impl Strategy<Value = Contact> {
    let candidates = prop::collection::btree_set(any_candidate(), 1..=MOST_CANDIDATES);
    let text = ("[A-Za-z0-9+/]{4,64}", "[A-Za-z0-9+/]{22,64}");
    (text, any::<[u8; 32]>(), candidates).prop_map(
        move |((ufrag, password), fingerprint, candidates)| {
            let candidates = candidates.into_iter().collect();
            Contact::new(role, ufrag, password, fingerprint, candidates).unwrap()
        },
    )
}

fn any_contact() -> impl Strategy<Value = Contact> {
    prop_oneof![contact(Role::Offer), contact(Role::Answer)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_contact_reads_back_from_bytes_line_and_description(contact in any_contact()) {
        let known = Ok(contact.clone());
        prop_assert_eq!(Contact::from_bytes(&contact.to_bytes()), known);
        let read = Contact::read_line(&contact.line(), contact.role()).unwrap();
        prop_assert_eq!(&read, &contact);
        let sdp = contact.sdp(&Mid::default());
        let described = read_sdp(&sdp).unwrap();
        prop_assert_eq!(described.contact, contact);
        prop_assert_eq!(described.lost, []);
        prop_assert_eq!(described.mid, Mid::default());
    }

    #[test]
    fn a_line_that_lost_doubled_or_changed_a_letter_is_told(
        contact in any_contact(),
        at in any::<prop::sample::Index>(),
        letter in "[A-Za-z0-9_-]",
    ) {
        let line = contact.line();
        let start = line.find('.').unwrap() + 1;
        let at = start + at.index(line.len() - start);
        let (before, after) = (&line[..at], &line[at + 1..]);
        let read = |text: &str| Contact::read_line(text, contact.role());
        let told = |text: &str| {
            matches!(read(text), Err(PasteError::Short | PasteError::Changed))
        };
        let lost = format!("{before}{after}");
        prop_assert!(told(&lost));
        let more = format!("{before}{letter}{}", &line[at..]);
        prop_assert!(told(&more));
        let other = format!("{before}{letter}{after}");
        prop_assert!(other == line || told(&other));
        prop_assert_eq!(read(before), Err(PasteError::Short));
        // A mail breaks lines and begins them with spaces.
        let broken = format!("  {before}\r\n  {}\n", &line[at..]);
        let read = read(&broken);
        prop_assert_eq!(read, Ok(contact));
    }

    #[test]
    fn hostile_bytes_are_refused_or_have_one_form(
        contact in any_contact(),
        noise in prop::collection::vec(any::<u8>(), 0..120),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = contact.to_bytes();
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] ^= byte;
        }
        let cut = &bytes[..cut.index(bytes.len())];
        for bytes in [bytes.as_slice(), cut, &noise] {
            if let Ok(read) = Contact::from_bytes(bytes) {
                prop_assert_eq!(read.to_bytes(), bytes);
                // Nothing in it can make a line of its own.
                let sdp = read.sdp(&Mid::default());
                prop_assert_eq!(sdp.lines().count(), 14 + read.candidates().len());
            }
        }
    }

    #[test]
    fn a_hostile_description_is_refused_or_read(
        cut in any::<prop::sample::Index>(),
        lines in prop::collection::vec(any::<prop::sample::Index>(), 0..30),
        noise in "\\PC{0,60}",
    ) {
        for sdp in [CHROMIUM, FIREFOX, OPEN] {
            let _ = read_sdp(&sdp[..cut.index(sdp.len())]);
            let all: Vec<&str> = sdp.lines().collect();
            let mixed: Vec<&str> = lines.iter().map(|at| all[at.index(all.len())]).collect();
            let _ = read_sdp(&mixed.join("\n"));
            let _ = read_sdp(&sdp.replace("1 udp", &noise));
            let _ = read_sdp(&sdp.replacen("a=candidate:", &format!("a=candidate:{noise}"), 1));
            let _ = read_sdp(&sdp.replace("ice-pwd:", &format!("ice-pwd:{noise}")));
        }
        let _ = read_sdp(&noise);
        let _ = Contact::read_line(&noise, Role::Offer);
        let _ = Contact::read_line(&format!("offer=1.{noise}"), Role::Offer);
    }
}

#[test]
fn what_chromium_writes_is_passed_on_whole() {
    let read = read_sdp(CHROMIUM).unwrap();
    assert_eq!(read.lost, []);
    let contact = read.contact;
    assert_eq!(contact.role(), Role::Offer);
    assert_eq!(
        (contact.ufrag(), contact.password()),
        ("s/zE", "h3IWbramZuxUlkRddoGzdLs+")
    );
    assert_eq!(contact.fingerprint()[..2], [0xBF, 0xE9]);
    // The one of the higher priority comes first.
    let ports: Vec<u16> = contact.candidates().iter().map(|one| one.port).collect();
    assert_eq!(ports, [43_217, 50_215]);
    assert_eq!(
        contact.candidates()[1].address.to_string(),
        "44a0addc-12c1-4a9b-ad96-92a4aad0a0d9.local"
    );
    assert_eq!(contact.to_bytes().len(), 94);
    assert!(contact.line().len() <= 142, "{}", contact.line().len());
}

#[test]
fn what_firefox_writes_loses_what_goes_over_tcp() {
    let read = read_sdp(FIREFOX).unwrap();
    assert_eq!(read.lost, [Lost::Tcp(2)]);
    assert_eq!(read.lost[0].to_string(), "left out, because over TCP: 2");
    assert_eq!(read.contact.role(), Role::Answer);
    assert_eq!(read.contact.fingerprint()[..2], [0xB8, 0x8B]);
    assert_eq!(read.contact.candidates().len(), 2);
    assert_eq!(read.contact.to_bytes().len(), 103);
}

#[test]
fn numbers_routers_and_servers_are_passed_on() {
    let read = read_sdp(OPEN).unwrap();
    assert_eq!(read.lost, [Lost::Tcp(1), Lost::Name(1), Lost::Other(2)]);
    let v4 = |a, b, c, d| CandidateAddress::V4(Ipv4Addr::new(a, b, c, d));
    let v6 = "2001:db8:151:dc10:a8cb:5e93:9627:557c".parse().unwrap();
    assert_eq!(
        read.contact.candidates(),
        [
            candidate(CandidateKind::Host, CandidateAddress::V6(v6), 61_016),
            candidate(CandidateKind::Host, v4(192, 168, 0, 87), 61_015),
            candidate(CandidateKind::Reflexive, v4(203, 0, 113, 9), 61_015),
            candidate(CandidateKind::Relayed, v4(198, 51, 100, 7), 50_001),
        ]
    );
    assert_eq!(read.contact.fingerprint()[..2], [0xF2, 0x68]);
    // The answer to it uses its name of the channel.
    assert_ne!(read.mid, Mid::default());
    let answer = read_sdp(FIREFOX).unwrap().contact.sdp(&read.mid);
    assert!(answer.contains("a=group:BUNDLE data\r\n"));
    assert!(answer.contains("a=mid:data\r\n"));
}

#[test]
fn of_many_places_the_best_are_passed_on_and_one_of_each_kind() {
    let (start, end) = OPEN.split_once("a=candidate:1").unwrap();
    let mut sdp = start.to_owned();
    for at in 0..20 {
        sdp.push_str(&format!(
            "a=candidate:9 1 udp 21139{at:02}000 10.0.0.{at} 5000 typ host\r\n"
        ));
    }
    sdp.push_str("a=candidate:1");
    sdp.push_str(end);
    let read = read_sdp(&sdp).unwrap();
    let candidates = read.contact.candidates();
    assert_eq!(candidates.len(), MOST_CANDIDATES);
    assert!(read.lost.contains(&Lost::Beyond(16)));
    assert_eq!(candidates[6].kind, CandidateKind::Reflexive);
    assert_eq!(candidates[7].kind, CandidateKind::Relayed);
}

#[test]
fn a_description_that_is_of_no_use_says_why() {
    let error = |sdp: &str| read_sdp(sdp).unwrap_err();
    let without = |what: &str| {
        let lines = CHROMIUM.lines().filter(|line| !line.contains(what));
        lines.collect::<Vec<_>>().join("\n")
    };
    assert_eq!(error(""), SdpError::NoChannel);
    assert_eq!(error(&without("m=application")), SdpError::NoChannel);
    assert_eq!(
        error(&CHROMIUM.replace("application 9", "application 0")),
        SdpError::NoChannel
    );
    assert_eq!(
        error(&CHROMIUM.replace("m=application", "m=audio")),
        SdpError::More
    );
    assert_eq!(
        error(&format!("{CHROMIUM}m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n")),
        SdpError::More
    );
    let old = CHROMIUM.replace("UDP/DTLS/SCTP webrtc-datachannel", "DTLS/SCTP 5000");
    assert_eq!(error(&old), SdpError::Unusual);
    assert_eq!(
        error(&CHROMIUM.replace("sctp-port:5000", "sctp-port:1")),
        SdpError::Unusual
    );
    assert_eq!(error(&without("fingerprint")), SdpError::NoFingerprint);
    assert_eq!(
        error(&CHROMIUM.replace("BF:E9", "BF:+9")),
        SdpError::NoFingerprint
    );
    assert_eq!(
        error(&CHROMIUM.replace("BF:E9", "E9")),
        SdpError::NoFingerprint
    );
    assert_eq!(error(&without("setup")), SdpError::Setup);
    assert_eq!(
        error(&CHROMIUM.replace("actpass", "holdconn")),
        SdpError::Setup
    );
    let contact = |error| SdpError::Contact(error);
    assert_eq!(
        error(&without("ice-pwd")),
        contact(ContactError::Credentials)
    );
    assert_eq!(
        error(&CHROMIUM.replace("s/zE", "s-zE")),
        contact(ContactError::Credentials)
    );
    assert_eq!(error(&without("candidate")), contact(ContactError::Places));
    assert_eq!(error(&"a".repeat(70_000)), SdpError::Long);
    // Short messages are told, and a description that says nothing of them is as the rules have it.
    let small = CHROMIUM.replace("size:262144", "size:16384");
    assert_eq!(read_sdp(&small).unwrap().lost, [Lost::MessageSize(16_384)]);
    assert_eq!(read_sdp(&without("max-message-size")).unwrap().lost, []);
    assert_eq!(
        read_sdp(&CHROMIUM.replace("size:262144", "size:0"))
            .unwrap()
            .lost,
        []
    );
}

#[test]
fn a_wrong_line_has_its_sentence() {
    let offer = read_sdp(CHROMIUM).unwrap().contact.line();
    let answer = read_sdp(FIREFOX).unwrap().contact.line();
    let error = |text: &str, role| Contact::read_line(text, role).unwrap_err();
    assert_eq!(error(&offer, Role::Answer), PasteError::Side(Role::Answer));
    assert_eq!(error(&answer, Role::Offer), PasteError::Side(Role::Offer));
    // The word was changed by hand.
    let changed = answer.replace("answer", "offer");
    assert_eq!(error(&changed, Role::Offer), PasteError::Side(Role::Offer));
    assert_eq!(
        error("hello", Role::Answer).to_string(),
        "this is not the line that is needed here: that begins with answer="
    );
    assert_eq!(error("", Role::Answer), PasteError::Other(Role::Answer));
    for short in ["ans", "answer=", "answer=1", "answer=1.", "answer=1.AA"] {
        assert_eq!(error(short, Role::Answer), PasteError::Short, "{short}");
    }
    assert_eq!(error("answer=2.AAAA", Role::Answer), PasteError::Newer);
    assert_eq!(error("answer=x.AAAA", Role::Answer), PasteError::Changed);
    assert_eq!(error(&"a".repeat(2_000), Role::Answer), PasteError::Long);
    let mut bytes = read_sdp(CHROMIUM).unwrap().contact.to_bytes();
    bytes[0] = 0x20;
    assert_eq!(Contact::from_bytes(&bytes), Err(ContactError::Newer));
    assert_eq!(Contact::from_bytes(&[]), Err(ContactError::Damaged));
}

#[test]
fn the_password_is_not_written_for_developers() {
    let text = format!("{:?}", read_sdp(CHROMIUM).unwrap());
    for secret in ["h3IWbramZuxUlkRddoGzdLs", "s/zE", "44a0"] {
        assert!(!text.contains(secret), "{text}");
    }
}
