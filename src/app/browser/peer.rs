//! A direct connection to another page (WebRTC), with one channel. No server is asked for anything.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::{Function, Promise, Uint8Array};
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    Event, MessageEvent, RtcDataChannel, RtcDataChannelInit, RtcDataChannelState,
    RtcDataChannelType, RtcIceGatheringState, RtcPeerConnection, RtcPeerConnectionState,
    RtcSdpType, RtcSessionDescriptionInit,
};

use crate::together::Urgency;

/// Both sides open the channel of this name and number, so that none has to tell the other.
const NAME: &str = "loopstream";
const NUMBER: u16 = 0;
/// While so many bytes wait in the channel, what comes waits here, or is left out.
const MOST_BUFFERED: u32 = 256 * 1024;
/// After so many milliseconds a browser goes with the places that it has found.
const FINDS_WITHIN: u32 = 3_000;

/// What happens to a connection.
pub enum PeerEvent {
    /// The channel is open.
    Opened,
    /// The other page says something.
    Heard(Vec<u8>),
    /// It is closed, or did not come about. Nothing follows.
    Closed,
}

/// A connection. It closes when it is dropped.
pub struct Peer {
    connection: RtcPeerConnection,
    channel: RtcDataChannel,
    waiting: Rc<RefCell<VecDeque<Vec<u8>>>>,
    _happens: Closure<dyn FnMut(Event)>,
    _heard: Closure<dyn FnMut(MessageEvent)>,
    _changes: Closure<dyn FnMut(Event)>,
}

impl Peer {
    /// A connection that is not there yet; none where the browser has no such thing.
    pub fn new(tell: impl Fn(PeerEvent) + 'static) -> Option<Self> {
        let connection = RtcPeerConnection::new().ok()?;
        let how = RtcDataChannelInit::new();
        how.set_negotiated(true);
        how.set_id(NUMBER);
        let channel = connection.create_data_channel_with_data_channel_dict(NAME, &how);
        channel.set_binary_type(RtcDataChannelType::Arraybuffer);
        channel.set_buffered_amount_low_threshold(MOST_BUFFERED / 2);
        let waiting = Rc::new(RefCell::new(VecDeque::new()));
        let tell = Rc::new(tell);

        let (told, of, queue) = (tell.clone(), channel.clone(), waiting.clone());
        let happens =
            Closure::<dyn FnMut(Event)>::new(move |event: Event| match event.type_().as_str() {
                "open" => told(PeerEvent::Opened),
                "bufferedamountlow" => drain(&of, &queue),
                _ => told(PeerEvent::Closed),
            });
        let told = tell.clone();
        let heard = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // A text is none of ours; its bytes are none.
            told(PeerEvent::Heard(Uint8Array::new(&event.data()).to_vec()));
        });
        let of = connection.clone();
        let changes = Closure::<dyn FnMut(Event)>::new(move |_| {
            if of.connection_state() == RtcPeerConnectionState::Failed {
                tell(PeerEvent::Closed);
            }
        });
        let listener: &Function = happens.as_ref().unchecked_ref();
        channel.set_onopen(Some(listener));
        channel.set_onclose(Some(listener));
        channel.set_onbufferedamountlow(Some(listener));
        channel.set_onmessage(Some(heard.as_ref().unchecked_ref()));
        connection.set_onconnectionstatechange(Some(changes.as_ref().unchecked_ref()));
        Some(Self {
            connection,
            channel,
            waiting,
            _happens: happens,
            _heard: heard,
            _changes: changes,
        })
    }

    /// The connection itself, to describe it.
    pub fn connection(&self) -> RtcPeerConnection {
        self.connection.clone()
    }

    /// Sends a frame, when the channel has room for it.
    pub fn send(&self, frame: Vec<u8>, urgency: Urgency) {
        let is_free =
            self.waiting.borrow().is_empty() && self.channel.buffered_amount() < MOST_BUFFERED;
        match urgency {
            Urgency::Needed => {
                self.waiting.borrow_mut().push_back(frame);
                drain(&self.channel, &self.waiting);
            }
            Urgency::Passing if is_free => pass(&self.channel, &frame),
            Urgency::Passing => {}
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        self.channel.set_onopen(None);
        self.channel.set_onclose(None);
        self.channel.set_onbufferedamountlow(None);
        self.channel.set_onmessage(None);
        self.connection.set_onconnectionstatechange(None);
        self.connection.close();
    }
}

/// Sends what waits, as long as the channel has room.
fn drain(channel: &RtcDataChannel, waiting: &RefCell<VecDeque<Vec<u8>>>) {
    while channel.ready_state() == RtcDataChannelState::Open
        && channel.buffered_amount() < MOST_BUFFERED
    {
        // Taken out first: what hears of a failure may come back here.
        let Some(frame) = waiting.borrow_mut().pop_front() else {
            return;
        };
        pass(channel, &frame);
    }
}

fn pass(channel: &RtcDataChannel, frame: &[u8]) {
    // Fails once the channel is closed, of which it tells by itself.
    let _ = channel.send_with_u8_array(frame);
}

/// What the browser says of a connection that it offers, once it has found its places.
///
/// # Errors
/// The browser does not do it.
pub async fn offer(connection: RtcPeerConnection) -> Result<String, JsValue> {
    let made = JsFuture::from(connection.create_offer()).await?;
    described(&connection, &made.unchecked_into()).await
}

/// What the browser says to an offer that another page made: a description of it.
///
/// # Errors
/// The browser does not do it.
pub async fn answer(connection: RtcPeerConnection, offer: &str) -> Result<String, JsValue> {
    take(&connection, RtcSdpType::Offer, offer).await?;
    let made = JsFuture::from(connection.create_answer()).await?;
    described(&connection, &made.unchecked_into()).await
}

/// Takes the answer of the other page: a description of it.
///
/// # Errors
/// The browser does not do it.
pub async fn accept(connection: RtcPeerConnection, answer: &str) -> Result<(), JsValue> {
    take(&connection, RtcSdpType::Answer, answer).await
}

async fn take(connection: &RtcPeerConnection, kind: RtcSdpType, sdp: &str) -> Result<(), JsValue> {
    let description = RtcSessionDescriptionInit::new(kind);
    description.set_sdp(sdp);
    JsFuture::from(connection.set_remote_description(&description)).await?;
    Ok(())
}

/// Begins with the description that the browser made, and waits until it knows all its places.
async fn described(
    connection: &RtcPeerConnection,
    made: &RtcSessionDescriptionInit,
) -> Result<String, JsValue> {
    JsFuture::from(connection.set_local_description(made)).await?;
    let of = connection.clone();
    let is_complete = move || of.ice_gathering_state() == RtcIceGatheringState::Complete;
    let changes = RefCell::new(None);
    let complete = Promise::new(&mut |done, _| {
        // A promise can always be kept.
        let keep = move || drop(done.call0(&JsValue::UNDEFINED));
        if is_complete() {
            keep();
            return;
        }
        let (late, is_complete) = (keep.clone(), is_complete.clone());
        Timeout::new(FINDS_WITHIN, late).forget();
        let listener = Closure::<dyn FnMut()>::new(move || {
            if is_complete() {
                keep();
            }
        });
        let function = listener.as_ref().unchecked_ref();
        connection.set_onicegatheringstatechange(Some(function));
        changes.replace(Some(listener));
    });
    JsFuture::from(complete).await?;
    connection.set_onicegatheringstatechange(None);
    let description = connection.local_description();
    Ok(description.map_or_else(String::new, |one| one.sdp()))
}
