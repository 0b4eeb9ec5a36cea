// Yjs's own clients in a room, as a program by somebody else would be there: what the relay has, it
// has too.

import { HocuspocusProvider, HocuspocusProviderWebsocket } from "@hocuspocus/provider";
import WebSocket from "ws";
import { WebsocketProvider } from "y-websocket";
import * as Y from "yjs";

/**
 * Comes into a room; all that the relay has is here when this returns.
 *
 * `relay` is a relay of `relays.mjs`, `address` where it is reached if not directly.
 *
 * @returns {Promise<{ doc: Y.Doc, presence: import("y-protocols/awareness").Awareness, bytes: () => Buffer,
 *   until: (is: () => boolean) => Promise<void>, leave: () => void }>}
 */
export async function stranger(relay, room, address = relay.address()) {
  const doc = new Y.Doc();
  const provider = relay.kind === "Hocuspocus" ? hocuspocus(address, room, doc) : yWebsocket(address, room, doc);
  await provider.synced;
  return {
    doc,
    presence: provider.presence,
    /** All of the room's log, as the relay has it. */
    bytes: () => Buffer.from(Y.encodeStateAsUpdate(doc)),
    /** Waits until something is so of the log or of who is there. */
    until: (is) =>
      new Promise((done) => {
        const look = () => {
          if (!is()) return;
          doc.off("update", look);
          provider.presence.off("change", look);
          done();
        };
        doc.on("update", look);
        provider.presence.on("change", look);
        look();
      }),
    leave() {
      provider.leave();
      doc.destroy();
    },
  };
}

function yWebsocket(address, room, doc) {
  const provider = new WebsocketProvider(address, room, doc, { WebSocketPolyfill: WebSocket, disableBc: true });
  return {
    presence: provider.awareness,
    synced: new Promise((done) => provider.once("sync", done)),
    leave: () => provider.destroy(),
  };
}

function hocuspocus(address, room, document) {
  const websocketProvider = new HocuspocusProviderWebsocket({ url: address, WebSocketPolyfill: WebSocket });
  let provider;
  const synced = new Promise((done) => {
    provider = new HocuspocusProvider({ websocketProvider, name: room, document, token: "", onSynced: done });
    // With a socket of its own making it would attach by itself.
    provider.attach();
  });
  return {
    presence: provider.awareness,
    synced,
    leave() {
      provider.destroy();
      websocketProvider.destroy();
    },
  };
}
