// Rooms without a relay: pages connect directly, with an invitation and an answer for each guest.

import { expect } from "@playwright/test";

import { A, B, C, doubleClick, variable } from "../page.mjs";
import { answerLine, bringIn, dialog, follow, invite, names, openDialog, openDirectRoom, openTitled, roomState, same, shows, takeAnswer, test } from "../rooms.mjs";

/**
 * Who may use the microphone has an address in their offer in the place of a name that is found by
 * asking the whole network, which on a busy machine may take long. Firefox has names in its tests.
 */
const OPENLY = { permissions: ["microphone", "camera"] };

test("three people draw on one diagram without a relay, and two go on when who brought them together has gone", async ({ person }) => {
  const [ann, ben, cem] = [await person(OPENLY), await person(OPENLY), await person(OPENLY)];
  await openTitled(ann, "Why we are late");
  await variable(ann, "from the beginning", A);
  await openDirectRoom(ann, "Ann");
  await expect(roomState(ann)).toHaveText("Nobody is connected: invite somebody.");
  await bringIn(ann, ben, "Ben");
  await shows(ben, 1);
  await expect(roomState(ann)).toHaveText("Kept here. Shared with 1.");

  // Cem comes by Ben, and meets Ann by way of him.
  await bringIn(ben, cem, "Cem");
  for (const page of [ann, ben, cem]) await expect(roomState(page)).toHaveText("Kept here. Shared with 2.");
  await Promise.all([variable(ann, "of Ann", B), variable(ben, "of Ben", C), variable(cem, "of Cem", { x: 860, y: 300 })]);
  for (const page of [ann, ben, cem]) await shows(page, 4);
  await same(ann, ben, cem);

  await ben.goto("about:blank");
  for (const page of [ann, cem]) await expect(roomState(page)).toHaveText("Kept here. Shared with 1.");
  await variable(cem, "without Ben", { x: 640, y: 420 });
  await shows(ann, 5);
  await variable(ann, "without him", { x: 200, y: 420 });
  await shows(cem, 6);
  const document = await same(ann, cem);
  expect(document.title).toBe("Why we are late");
  expect(names(document)).toEqual(["from the beginning", "of Ann", "of Ben", "of Cem", "without Ben", "without him"]);
});

test("who was cut off comes back by a new invitation, with what both did meanwhile", async ({ person }) => {
  const [ann, ben] = [await person(OPENLY), await person(OPENLY)];
  await openTitled(ann, "Apart");
  await variable(ann, "of both", A);
  await openDirectRoom(ann, "Ann");
  await bringIn(ann, ben, "Ben");
  await shows(ben, 1);

  await ben.reload();
  await expect(roomState(ann)).toContainText("Nobody is connected");
  await expect(roomState(ben)).toContainText("Nobody is connected");
  await variable(ann, "of Ann", B);
  await variable(ben, "of Ben", C);
  // Whether Ben had said that he has the beginning, before he was gone, is chance.
  await expect(roomState(ann)).toHaveText(/^Nobody is connected: invite somebody\. [12] changes? for the others\.$/);

  // The room is here already: nobody is asked anything, and no second document comes of it.
  const link = await invite(ann);
  await ben.goto(link);
  await takeAnswer(ann, await answerLine(ben));
  for (const page of [ann, ben]) await shows(page, 3);
  for (const page of [ann, ben]) await expect(roomState(page)).toHaveText("Kept here. Shared with 1.");
  expect(names(await same(ann, ben))).toEqual(["of Ann", "of Ben", "of both"]);
});

test("who is invited to look sees what the others draw, and changes nothing", async ({ person }) => {
  const [ann, guest] = [await person(OPENLY), await person(OPENLY)];
  await openTitled(ann, "To be looked at");
  await variable(ann, "speed", A);
  await openDirectRoom(ann);
  await bringIn(ann, guest, "Guest", "Invite a guest to look");
  await shows(guest, 1);
  await variable(ann, "quality", B);
  await shows(guest, 2);
  await expect(roomState(guest)).toHaveText(/^View only\./);
  await doubleClick(guest, C);
  await variable(ann, "scope", C);
  await shows(guest, 3);
  expect(names(await same(ann, guest))).toEqual(["quality", "scope", "speed"]);
  await openDialog(guest);
  await expect(dialog(guest).getByRole("button", { name: /^Invite/ })).toHaveCount(0);
});

test("a line that is no answer says what is wrong with it, and the invitation waits on", async ({ person }) => {
  const [ann, ben] = [await person(OPENLY), await person(OPENLY)];
  await openTitled(ann, "Lines");
  await openDirectRoom(ann);
  const link = await invite(ann);
  const field = dialog(ann).getByLabel("Answer of the guest");
  const told = dialog(ann).locator(".room-introduction [role=status]");
  await field.fill("see you soon");
  await expect(told).toContainText("begins with answer=");
  await field.fill(link);
  await expect(told).toContainText("begins with answer=");
  await follow(ben, link, "Ben");
  const line = await answerLine(ben);
  await field.fill(line.slice(0, -20));
  await expect(told).toContainText("a part of the line is missing");
  await field.fill(`${line.slice(0, 40)}${line[40] === "A" ? "B" : "A"}${line.slice(41)}`);
  await expect(told).toContainText("was changed on its way");
  // Chats break lines.
  await takeAnswer(ann, `${line.slice(0, 60)}\n ${line.slice(60)}`);
  await expect(dialog(ben)).toHaveCount(0);
  await expect(roomState(ann)).toHaveText("Kept here. Shared with 1.");
});

test("pages that do not find each other say so", async ({ person }) => {
  test.setTimeout(90_000);
  const [ann, ben] = [await person(OPENLY), await person(OPENLY)];
  await openTitled(ann, "Out of reach");
  await openDirectRoom(ann);
  await follow(ben, await invite(ann), "Ben");
  const line = await answerLine(ben);
  await ben.close();
  await dialog(ann).getByLabel("Answer of the guest").fill(line);
  await expect(dialog(ann).locator(".room-introduction")).toContainText("cannot reach each other", { timeout: 30_000 });
  await expect(dialog(ann).getByRole("button", { name: "Invite a guest", exact: true })).toBeVisible();
});

test("a browser that cannot connect directly says so", async ({ person }) => {
  const ann = await person(OPENLY);
  await ann.addInitScript(() => {
    delete window.RTCPeerConnection;
  });
  await openTitled(ann, "Old browser");
  await openDirectRoom(ann);
  await dialog(ann).getByRole("button", { name: "Invite a guest", exact: true }).click();
  await expect(dialog(ann).locator(".room-introduction")).toContainText("This browser cannot connect to other pages directly.");
});
