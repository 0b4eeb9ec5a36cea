// Working together: joining a large room, another's change until it is seen, what a drag sends, and
// the pointers of thirty people. Relay, pages and pointers are on one computer.

import WebSocket from "ws";
import { Awareness, encodeAwarenessUpdate } from "y-protocols/awareness";
import { createEncoder, toUint8Array, writeVarUint, writeVarUint8Array } from "lib0/encoding";
import * as Y from "yjs";

import { badProxy } from "../bad_proxy.mjs";
import { drag, ready, rim, variable } from "../page.mjs";
import { startRelay } from "../relays.mjs";
import { roomKeys } from "../room_keys.mjs";
import { dialog, fillRelay, follow, openDialog, roomLinks } from "../rooms.mjs";
import { diagram, drop } from "./diagram.mjs";

export const title = "Together: joining, a change of another, a drag on the line, thirty pointers";

const RUNS = 9;
/** With twice as many links, 2,001 records in all. */
const VARIABLES = 667;
const ENTRIES = 500;
const CHANGES = 30;
const PEOPLE = 30;
/** How often a second each of them moves the pointer, as pages do above ten people and below. */
const RATES = [10, 20];
const WATCHED_MS = 5_000;
/** For changes, far apart: a link from the one to the other, and back. */
const HERE = { x: 200, y: 120 };
const THERE = { x: 640, y: 400 };

export async function run({ url, fresh, repeat }) {
  const relay = await startRelay("@y/websocket-server");
  const line = await badProxy(relay);
  const inRoom = (prepare, visit) =>
    fresh(async (ann) => {
      await ann.goto(url);
      await prepare(ann);
      return visit(ann, await roomOf(ann, line));
    });
  try {
    return [
      ...(await inRoom((page) => drop(page, diagram(VARIABLES)), (ann, link) => joining(ann, link, { fresh, repeat }))),
      ...(await inRoom(ready, (ann, link) => fresh((ben) => changes(ann, ben, link, line)))),
      ...(await inRoom((page) => drop(page, diagram(200)), (ann, link) => pointers(ann, link, relay, line))),
    ];
  } finally {
    await line.close();
    await relay.remove();
  }
}

/** Opens a room of what is open, and gives the link to edit. */
async function roomOf(page, line) {
  await openDialog(page);
  await fillRelay(page, line, "Ann");
  await dialog(page).getByRole("button", { name: "Open the room" }).click();
  // A large diagram may take longer than an expectation waits outside of tests.
  await dialog(page).getByRole("textbox", { name: "Link to look at" }).waitFor();
  const { edit } = await roomLinks(page);
  await page.keyboard.press("Escape");
  return edit;
}

/** Comes into a room, until its diagram is here. */
async function guestOf(page, link, label) {
  await follow(page, link, "Guest");
  await page.locator(`#canvas[aria-label*="${label}"]`).waitFor();
}

async function joining(ann, link, { fresh, repeat }) {
  await ann.locator("#canvas").focus();
  // The first thing is a link; each press is a change.
  await ann.keyboard.press("]");
  for (let n = 0; n < ENTRIES; n += 1) await ann.keyboard.press("d");
  await isSent(ann);
  const values = await repeat(RUNS, () =>
    fresh(async (guest) => {
      await guest.goto(link);
      await dialog(guest).getByLabel("Your name").fill("Guest");
      await guest.evaluate((words) => {
        window.shown = new Promise((done) => {
          const isShown = () => document.querySelector("#canvas").getAttribute("aria-label").includes(words);
          const look = () => isShown() && requestAnimationFrame(() => setTimeout(() => done(performance.now())));
          new MutationObserver(look).observe(document, { subtree: true, childList: true, attributeFilter: ["aria-label"] });
          document.addEventListener("click", () => { window.began = performance.now(); }, { capture: true, once: true });
        });
      }, `${VARIABLES} variables`);
      await dialog(guest).getByRole("button", { name: "Join", exact: true }).click();
      return guest.evaluate(() => window.shown.then((shown) => shown - window.began));
    }),
  );
  return [{ what: `joined: ${3 * VARIABLES} records, ${ENTRIES} entries, from the press to drawn`, unit: "ms", values }];
}

/** Until the relay has everything of a page. */
const isSent = (page) =>
  page.waitForFunction(() => /^(Kept here|Only you)/.test(document.querySelector(".room-state").innerText), null, { timeout: 120_000 });

async function changes(ann, ben, link, line) {
  // Drawn in the room, since a diagram that is opened is shown in the middle.
  await variable(ann, "here", HERE);
  await variable(ann, "there", THERE);
  await guestOf(ben, link, "2 variables");
  await ann.evaluate(() => document.addEventListener("pointerup", () => { window.letGo = Date.now(); }, true));
  const [seen, sent] = [[], []];
  for (let n = 0; n < CHANGES; n += 1) {
    const painted = ben.evaluate(() => new Promise((done) => {
      const observer = new MutationObserver(() => {
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => done(Date.now())));
      });
      observer.observe(document.querySelector("#canvas"), { attributeFilter: ["aria-label"] });
    }));
    await drag(ann, n % 2 ? rim(THERE) : rim(HERE), n % 2 ? HERE : THERE);
    seen.push((await painted) - (await ann.evaluate(() => window.letGo)));
  }
  for (let n = 0; n < CHANGES; n += 1) {
    const before = line.carried();
    const [from, to] = n % 2 ? [{ x: HERE.x + 60, y: HERE.y }, HERE] : [HERE, { x: HERE.x + 60, y: HERE.y }];
    await drag(ann, from, to);
    await isSent(ann);
    const after = line.carried();
    sent.push(after.toRelay - after.presenceToRelay - before.toRelay + before.presenceToRelay);
  }
  return [
    { what: "another's change: from letting go to painted there", unit: "ms", values: seen },
    { what: "one drag of one thing, on the line", unit: "bytes", digits: 0, values: sent },
  ];
}

/** All pointers over one line: the page hears the same as from thirty. */
async function pointers(ann, link, relay, line) {
  const keys = roomKeys(link);
  const socket = new WebSocket(`${relay.address()}/${keys.room}`);
  await new Promise((done, fail) => socket.once("open", done).once("error", fail));
  const people = Array.from({ length: PEOPLE }, (_, n) => ({ awareness: new Awareness(new Y.Doc()), n }));
  const tell = ({ awareness, n }, turn) => {
    const page = awareness.clientID;
    const angle = turn / 20 + n;
    const told = {
      person: (n + 1).toString(36), name: `Person ${n + 1}`,
      pointer: [Math.round(600 + 500 * Math.cos(angle)), Math.round(400 + 300 * Math.sin(angle * 1.3))],
    };
    awareness.setLocalState(keys.sealPresence(page, awareness.meta.get(page).clock + 1, JSON.stringify(told)));
    const encoder = createEncoder();
    writeVarUint(encoder, 1);
    writeVarUint8Array(encoder, encodeAwarenessUpdate(awareness, [page]));
    socket.send(toUint8Array(encoder));
  };
  const rows = [];
  let turn = 0;
  for (const rate of RATES) {
    let next = 0;
    const began = performance.now();
    // One person after another, evenly over the time.
    const timer = setInterval(() => {
      const due = ((performance.now() - began) / 1_000) * rate * PEOPLE;
      for (; next < due; next += 1) {
        tell(people[next % PEOPLE], turn);
        if (next % PEOPLE === 0) turn += 1;
      }
    }, 2);
    await ann.getByRole("button", { name: `${PEOPLE + 1} people here` }).waitFor();
    const before = line.carried().toPages;
    const frames = await ann.evaluate((time) => new Promise((done) => {
      const moments = [];
      const end = performance.now() + time;
      const frame = (now) => {
        moments.push(now);
        if (now < end) requestAnimationFrame(frame);
        else done(moments.slice(1).map((moment, n) => moment - moments[n]));
      };
      requestAnimationFrame(frame);
    }), WATCHED_MS);
    const heard = (line.carried().toPages - before) / WATCHED_MS;
    clearInterval(timer);
    rows.push({ what: `${PEOPLE} pointers at ${rate} Hz: from frame to frame`, unit: "ms", values: frames });
    rows.push({ what: `${PEOPLE} pointers at ${rate} Hz: heard`, unit: "kB/s", values: [heard] });
  }
  socket.terminate();
  return rows;
}
