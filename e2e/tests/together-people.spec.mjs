// Who is in a room and what they may do; what is open beside it; what a stranger sees.

import { expect } from "@playwright/test";

import { A, B, C, choose, click, document, doubleClick, drag, field, fileText, open, reload, saved, variable } from "../page.mjs";
import { roomKeys } from "../room_keys.mjs";
import { join, leave, middle, names, openRoom, openTitled, peopleButton, roomState, same, shows, test } from "../rooms.mjs";

test("who looks by a link cannot change anything, and sees everything", async ({ meet, person }) => {
  const { line } = await meet("@y/websocket-server");
  const [ann, vic] = [await person(), await person()];
  await open(ann);
  await variable(ann, "first", A);
  const { view } = await openRoom(ann, line);
  await join(vic, view, "Vic");
  await shows(vic, 1);
  const before = await document(ann);
  await doubleClick(vic, C);
  const place = await middle(vic);
  await drag(vic, place, { x: place.x + 120, y: place.y });
  await click(vic, place);
  await vic.keyboard.press("Delete");
  await expect(field(vic)).toHaveCount(0);
  await variable(ann, "second", B);
  await shows(vic, 2);
  await same(ann, vic);
  expect(names(await document(ann))).toEqual(["first", "second"]);
  expect((await document(ann)).variables.find((one) => one.name === "first")).toEqual(before.variables[0]);
});

test("joining leaves what was open as it is, and leaving keeps a copy or nothing", async ({ meet, person }) => {
  const { line } = await meet("@y/websocket-server");
  const [ann, ben, cem] = [await person(), await person(), await person()];
  await openTitled(ann, "Shared");
  await variable(ann, "first", A);
  const { edit } = await openRoom(ann, line);
  await openTitled(ben, "Of Ben alone");
  await variable(ben, "private", B);
  await saved(ben);
  const alone = await fileText(ben);
  for (const guest of [ben, cem]) {
    await join(guest, edit, "Guest");
    await shows(guest, 1);
  }
  await variable(ben, "second", C);
  await shows(ann, 2);
  await same(ann, ben, cem);

  await leave(ben, "Keep a copy");
  await expect(roomState(ben)).toHaveCount(0);
  await variable(ben, "after leaving", B);
  await variable(ann, "third", B);
  await shows(cem, 3);
  expect(names(await document(ben))).toEqual(["after leaving", "first", "second"]);
  expect(names(await document(ann))).toEqual(["first", "second", "third"]);

  await leave(cem, "Remove it from this browser");
  await expect(roomState(cem)).toHaveCount(0);

  // What he had before is as it was, and the line to the room is not taken up again.
  await choose(ben, "File", "My diagrams");
  await ben.getByRole("button", { name: "Open Of Ben alone" }).click();
  await expect(ben).toHaveTitle(/Of Ben alone/);
  expect(await fileText(ben)).toBe(alone);
  await reload(ben);
  expect(await fileText(ben)).toBe(alone);
  await expect.poll(() => line.lines()).toBe(1);
  expect(line.came()).toBe(3);

  // What was a room is two diagrams to who opened it: the one before, and that of the room.
  await choose(ann, "File", "My diagrams");
  await expect(ann.locator(".document")).toHaveCount(2);
});

test("two tabs of one browser are one person", async ({ meet, person }) => {
  const { line } = await meet("@hocuspocus/server");
  const ann = await person();
  await open(ann);
  await variable(ann, "first", A);
  const { edit } = await openRoom(ann, line);
  const tab = await ann.context().newPage();
  await open(tab);
  await shows(tab, 1);
  await variable(tab, "second", B);
  await shows(ann, 2);
  await ann.bringToFront();
  await variable(ann, "third", C);
  await shows(tab, 3);
  await same(ann, tab);
});

test("the relay has sealed bytes alone, which the link opens, and a stranger there disturbs nobody", async ({ meet, person }) => {
  const { relay, line, comeStranger } = await meet("y-websocket", { memory: "folder" });
  const [ann, ben] = [await person(), await person()];
  await openTitled(ann, "Confidential layoffs");
  await variable(ann, "fear of layoffs", A);
  const { edit, view } = await openRoom(ann, line, "Annette");
  await join(ben, edit, "Benedict");
  await shows(ben, 1);
  const mallory = await comeStranger();
  mallory.presence.setLocalState({ user: { name: "Mallory" } });
  const others = () => [...mallory.presence.getStates()].filter(([page]) => page !== mallory.doc.clientID);
  await mallory.until(() => others().length === 2);
  const log = mallory.doc.getArray("log");
  await mallory.until(() => log.length > 0);
  // The folder has all that the relay has ever merged.
  await expect.poll(async () => (await relay.kept()).length).toBeGreaterThan(0);
  const seen = [mallory.bytes(), await relay.kept(), Buffer.from(JSON.stringify(others()))];
  for (const words of ["Confidential", "layoffs", "Annette", "Benedict", "loopstream", "variables"]) {
    for (const bytes of seen) {
      expect(bytes.includes(words), words).toBe(false);
      expect(bytes.includes(Buffer.from(words, "utf16le")), words).toBe(false);
    }
  }
  for (const keys of [roomKeys(edit), roomKeys(view)]) {
    expect(keys.room).toBe(line.room());
    for (const sealed of log.toArray()) expect(keys.openEntry(sealed).length).toBeGreaterThan(0);
    const told = others().map(([page, sealed]) => keys.openPresence(page, mallory.presence.meta.get(page).clock, sealed));
    expect(told.map((text) => JSON.parse(text).name).sort()).toEqual(["Annette", "Benedict"]);
  }
  await expect(peopleButton(ann)).toHaveText(/2/);
  await variable(ben, "second", B);
  await shows(ann, 2);
  await same(ann, ben);
});

test("the list says who is there, forgets who is gone, and has who comes back once", async ({ meet, person }) => {
  const { line } = await meet("@y/websocket-server");
  const [ann, ben, cem] = [await person(), await person(), await person()];
  await open(ann);
  await variable(ann, "first", A);
  const { edit } = await openRoom(ann, line, "Ann");
  await expect(peopleButton(ann)).toHaveAccessibleName("Only you here");
  await join(ben, edit, "Ben");
  await join(cem, edit, "Cem");
  await expect(peopleButton(ann)).toHaveAccessibleName("3 people here");
  await expect(roomState(ann)).toHaveText("Kept here. Shared with 2.");
  await peopleButton(ann).click();
  const list = ann.getByRole("group", { name: "People here" }).getByRole("listitem");
  await expect(list).toHaveText([/^\W*A?\W*Ann \(you\)/, /Ben/, /Cem/]);

  // A page that is killed is gone as soon as the relay has seen its line end.
  await cem.close();
  await expect(list).toHaveText([/Ann/, /Ben/]);
  await expect(peopleButton(ann)).toHaveAccessibleName("2 people here");
  // Who comes back is there once.
  await reload(ben);
  await reload(ben);
  await expect(list).toHaveText([/Ann/, /Ben/]);
  await expect(peopleButton(ben)).toHaveAccessibleName("2 people here");
});
