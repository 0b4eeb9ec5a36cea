// A line between pages and a relay that does what lines do: it breaks, falls silent, is slow, refuses,
// has a limit. It also doubles and reorders updates and presence, as relays of several machines do;
// what Yjs sends is made for that. Everything else keeps its order.

import { once } from "node:events";

import { createDecoder, readVarString } from "lib0/decoding";
import WebSocket, { WebSocketServer } from "ws";

import { randomNumbers } from "./bench/diagram.mjs";

/** What stands at the head of frames of the y-websocket protocol; Hocuspocus has the room before it. */
const SYNC = 0;
const PRESENCE = 1;
const UPDATE = 2;

/**
 * Starts a line; pages come to its address, which stays the same while the relay behind it is started
 * again elsewhere.
 *
 * `relay` is a relay of `relays.mjs`; `seed` decides what chance decides.
 */
export async function badProxy(relay, seed = 1) {
  const random = randomNumbers(seed);
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const lines = new Set();
  const how = { refuses: false, silent: false, limit: Infinity, delay: 0, doubles: 0, reorders: 0 };
  const carried = { toRelay: 0, toPages: 0, presenceToRelay: 0, doubled: 0, overtaking: 0 };
  let held = [];
  let came = 0;
  let room;

  server.on("connection", (page, request) => {
    came += 1;
    if (how.refuses) {
      page.terminate();
      return;
    }
    const line = { page, relay: null };
    lines.add(line);
    // What comes before the relay has answered waits for it.
    let early = [];
    let onward;
    const end = () => {
      lines.delete(line);
      page.terminate();
      line.relay?.terminate();
    };
    const close = (other) => (code, reason) => {
      lines.delete(line);
      // Codes that stand for "no code was sent" may not be sent.
      if (code === 1005 || code === 1006) other?.terminate();
      else other?.close(code, reason);
    };
    page.on("message", (data) => {
      if (data.length > how.limit) {
        page.close(1009, "too big");
        line.relay?.terminate();
        return;
      }
      const { kind, named } = read(data);
      room = named ?? request.url.slice(1).split("?")[0];
      carried.toRelay += data.length;
      if (kind === "presence") carried.presenceToRelay += data.length;
      if (onward) onward(data);
      else early.push(data);
    });
    page.on("error", end);
    page.on("close", (...why) => close(line.relay)(...why));

    try {
      line.relay = new WebSocket(relay.address() + request.url);
    } catch {
      // The relay does not run.
      end();
      return;
    }
    const toPage = passing((data) => page.readyState === WebSocket.OPEN && page.send(data));
    line.relay.on("message", (data) => {
      carried.toPages += data.length;
      toPage(data);
    });
    line.relay.on("open", () => {
      onward = passing((data) => line.relay.readyState === WebSocket.OPEN && line.relay.send(data));
      for (const data of early) onward(data);
      early = null;
    });
    line.relay.on("error", end);
    line.relay.on("close", close(page));
  });

  /** One direction of one line: messages in their order, as late as `how` says. */
  function passing(send) {
    let last = 0;
    return (data) => {
      if (how.silent) {
        held.push(() => send(data));
        return;
      }
      const later = how.delay * random();
      // What may come twice, or before another.
      const loose = read(data).kind !== "other";
      const copies = loose && random() < how.doubles ? 2 : 1;
      carried.doubled += copies - 1;
      for (let n = 0; n < copies; n += 1) {
        // A message that keeps its order is not sent before those that came before it.
        const overtakes = loose && random() < how.reorders;
        const now = performance.now();
        const at = overtakes ? now + how.delay * random() : Math.max(last, now + later);
        if (overtakes && at < last) carried.overtaking += 1;
        if (!overtakes) last = at;
        if (at <= now) send(data);
        else setTimeout(send, at - now, data);
      }
    };
  }

  /** What a message is, and which room it is for where it says that. */
  function read(data) {
    let [at, named] = [0, undefined];
    if (relay.kind === "Hocuspocus") {
      const decoder = createDecoder(data);
      named = readVarString(decoder);
      at = decoder.pos;
    }
    if (data[at] === PRESENCE) return { kind: "presence", named };
    return { kind: data[at] === SYNC && data[at + 1] === UPDATE ? "update" : "other", named };
  }

  const cut = () => {
    for (const { page, relay } of lines) {
      page.terminate();
      relay?.terminate();
    }
    lines.clear();
    held = [];
  };

  return {
    kind: relay.kind,
    address: () => `ws://127.0.0.1:${server.address().port}`,
    /** How many lines stand, and how many have come so far. */
    lines: () => lines.size,
    came: () => came,
    /** The room that was last spoken to. */
    room: () => room,
    /** Bytes so far, without the heads of WebSocket, and how many messages came twice or before another. */
    carried: () => ({ ...carried }),
    /** Breaks all lines, without a word; new ones may come. */
    cut,
    /** Breaks all lines, and lets nobody in. */
    refuse() {
      how.refuses = true;
      cut();
    },
    /** Lets lines stand, and carries nothing. */
    fallSilent() {
      how.silent = true;
    },
    /** Delays every message by up to `delay` ms; doubles and reorders such a share of those that may be. */
    worsen({ delay = 0, doubles = 0, reorders = 0 }) {
      Object.assign(how, { delay, doubles, reorders });
    },
    /** Closes with 1009 the line of a page that sends a longer message. */
    limit(bytes) {
      how.limit = bytes;
    },
    /** As a good line again: what it held back comes at once. */
    heal() {
      Object.assign(how, { refuses: false, silent: false, limit: Infinity, delay: 0, doubles: 0, reorders: 0 });
      for (const send of held) send();
      held = [];
    },
    async close() {
      cut();
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}
