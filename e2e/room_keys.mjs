// The keys of a room and its seals, written a second time, by Node's cryptography and from
// docs/dev/together.md: what one program seals the other must open.

import { createCipheriv, createDecipheriv, createPrivateKey, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";

import { createDecoder, readUint8, readVarString } from "lib0/decoding";
import { createEncoder, toUint8Array, writeUint8, writeVarString } from "lib0/encoding";

const LAYOUT = 1;
const NONCE = 12;
const TAG = 16;
const SIGNATURE = 64;
const ENTRY = 0;
const PRESENCE = 1;
const VIEW = 1;
/** What stands before a seed, and before a public key, of Ed25519 in DER (RFC 8410). */
const SEED_DER = Buffer.from("302e020100300506032b657004220420", "hex");
const PUBLIC_DER = Buffer.from("302a300506032b6570032100", "hex");

/** What a link, to edit or to look at, opens. */
export function roomKeys(link) {
  const whole = Buffer.from(link.split("#room=1.")[1], "base64url");
  const bytes = whole.subarray(2, 2 + whole.readUInt16BE(0));
  const looks = bytes[1] === VIEW;
  const signer = looks ? bytes.subarray(2, 34) : null;
  const secret = bytes.subarray(looks ? 34 : 2).subarray(0, 16);
  const view = looks ? secret : madeOf(secret, "view", 16);
  const publicKey = looks
    ? createPublicKey({ key: Buffer.concat([PUBLIC_DER, signer]), format: "der", type: "spki" })
    : createPublicKey(createPrivateKey({ key: Buffer.concat([SEED_DER, madeOf(secret, "sign", 32)]), format: "der", type: "pkcs8" }));
  const room = madeOf(view, "name", 16).toString("base64url");
  const keys = { [ENTRY]: madeOf(view, "entries", 32), [PRESENCE]: madeOf(view, "presence", 32) };
  const context = (kind) => Buffer.concat([Buffer.from([LAYOUT, kind]), Buffer.from(room)]);
  const ofPage = (page, number) => {
    const bytes = Buffer.alloc(12);
    bytes.writeBigUInt64BE(BigInt(page));
    bytes.writeUInt32BE(number, 8);
    return Buffer.concat([context(PRESENCE), bytes]);
  };
  return {
    /** The name of the room at the relay. */
    room,
    /** The frame of a sealed entry; throws where it was changed, or was not signed by who may edit. */
    openEntry(sealed) {
      const opened = open(keys[ENTRY], context(ENTRY), Buffer.from(sealed));
      const [signature, frame] = [opened.subarray(0, SIGNATURE), opened.subarray(SIGNATURE)];
      if (!verify(null, Buffer.concat([context(ENTRY), frame]), publicKey, signature)) throw new Error("not signed by who may edit");
      return frame;
    },
    /** What a page tells of its person with this number; nothing where it tells of none. */
    openPresence: (page, number, sealed) => told(open(keys[PRESENCE], ofPage(page, number), Buffer.from(sealed, "base64"))),
    /** The same the other way. */
    sealPresence: (page, number, words) =>
      seal(keys[PRESENCE], ofPage(page, number), telling(words)).toString("base64").replace(/=+$/, ""),
  };
}

/** What is sealed: perhaps a tab that makes snapshots, perhaps a text, as postcard writes both. */
function told(bytes) {
  const decoder = createDecoder(bytes);
  // The tab has 64 bits, seven in each byte but the last of which more follow.
  if (readUint8(decoder)) while (readUint8(decoder) > 127);
  return readUint8(decoder) ? readVarString(decoder) : undefined;
}

function telling(words) {
  const encoder = createEncoder();
  writeUint8(encoder, 0);
  writeUint8(encoder, 1);
  writeVarString(encoder, words);
  return toUint8Array(encoder);
}

function madeOf(secret, use, length) {
  return Buffer.from(hkdfSync("sha256", secret, Buffer.alloc(0), `loopstream room 1 ${use}`, length));
}

function open(key, context, sealed) {
  if (sealed[0] !== LAYOUT) throw new Error(`layout ${sealed[0]}`);
  const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 1 + NONCE));
  decipher.setAAD(context);
  decipher.setAuthTag(sealed.subarray(-TAG));
  return Buffer.concat([decipher.update(sealed.subarray(1 + NONCE, -TAG)), decipher.final()]);
}

function seal(key, context, message) {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(context);
  const encrypted = Buffer.concat([cipher.update(message), cipher.final()]);
  return Buffer.concat([Buffer.from([LAYOUT]), nonce, encrypted, cipher.getAuthTag()]);
}
