// The relays and the bad line of the tests of rooms, with Yjs's own clients and without a page: so
// that what fails in a room is the room's fault.

import { expect, test as base } from "@playwright/test";

import { badProxy } from "../bad_proxy.mjs";
import { randomNumbers } from "../bench/diagram.mjs";
import { RELAY_NAMES, startRelay } from "../relays.mjs";
import { stranger } from "../stranger.mjs";

const ROOM = "a-room";

const test = base.extend({
  /** Starts a relay with a line before it; both are gone after the test. */
  meet: async ({}, use) => {
    const begun = [];
    const meet = async (name, options, seed) => {
      const relay = await startRelay(name, options);
      begun.push(() => relay.remove());
      const line = await badProxy(relay, seed);
      begun.push(() => line.close());
      const come = async () => {
        const guest = await stranger(relay, ROOM, line.address());
        begun.push(() => guest.leave());
        return guest;
      };
      return { relay, line, come };
    };
    await use(meet);
    for (const end of begun.toReversed()) await end();
  },
});

const log = (guest) => guest.doc.getArray("log").toArray();
/** Waits until a guest has so many entries, and gives them in one order for all. */
const heard = async (guest, count) => {
  await guest.until(() => log(guest).length === count);
  return log(guest);
};

for (const name of RELAY_NAMES) {
  test(`${name} passes on what comes over a line that delays, doubles and reorders`, async ({ meet }) => {
    const { line, come } = await meet(name, {}, 7);
    const [one, other] = [await come(), await come()];
    line.worsen({ delay: 20, doubles: 0.3, reorders: 0.5 });
    const random = randomNumbers(3);
    for (let n = 0; n < 60; n += 1) {
      const writer = random() < 0.5 ? one : other;
      writer.doc.getArray("log").push([n]);
      writer.presence.setLocalState({ n });
    }
    expect(await heard(one, 60)).toEqual(await heard(other, 60));
    expect(log(one).toSorted((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
    const said = (guest) => guest.presence.getStates().get(guest.doc.clientID);
    await one.until(() => one.presence.getStates().get(other.doc.clientID)?.n === said(other)?.n);
    const { doubled, overtaking } = line.carried();
    expect(doubled).toBeGreaterThan(10);
    expect(overtaking).toBeGreaterThan(10);
  });

  test(`${name} is empty after a restart, and with a folder it is not`, async ({ meet }) => {
    for (const memory of ["process", "folder"]) {
      const { relay, line, come } = await meet(name, { memory });
      const [first, second] = [await come(), await come()];
      first.doc.getArray("log").push(["remembered"]);
      await heard(second, 1);
      if (memory === "folder") await expect.poll(async () => (await relay.kept()).includes("remembered")).toBe(true);
      first.leave();
      second.leave();
      await relay.stop();
      await relay.start();
      const later = await come();
      // Some answer before they have read their folder, and send what was in it afterwards.
      if (memory === "folder") await heard(later, 1);
      expect(log(later)).toEqual(memory === "folder" ? ["remembered"] : []);
    }
  });
}

test("a line breaks, refuses, falls silent and heals, and nothing is lost", async ({ meet }) => {
  const { line, come } = await meet("@y/websocket-server");
  const [one, other] = [await come(), await come()];
  line.refuse();
  expect(line.lines()).toBe(0);
  one.doc.getArray("log").push(["refused"]);
  line.heal();
  await heard(other, 1);
  line.fallSilent();
  one.doc.getArray("log").push(["silent"]);
  other.doc.getArray("log").push(["silent too"]);
  line.cut();
  line.heal();
  expect(await heard(one, 3)).toEqual(await heard(other, 3));
});

test("a line with a limit closes on what is longer, and on nothing else", async ({ meet }) => {
  const { line, come } = await meet("y-websocket");
  const [one, other] = [await come(), await come()];
  line.limit(1_000);
  one.doc.getArray("log").push(["x".repeat(500)]);
  await heard(other, 1);
  expect(line.lines()).toBe(2);
  one.doc.getArray("log").push(["x".repeat(2_000)]);
  await expect.poll(() => line.lines()).toBe(1);
  line.heal();
  await heard(other, 2);
});
