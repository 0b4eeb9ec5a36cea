// What holds in a room for the moment: a timer for everybody, a call to come along, quiet writing, and a
// wish that nobody edits.

import { expect } from "@playwright/test";

import { A, B, C, canvas, open, reload, undoButton, variable } from "../page.mjs";
import { join, names, openRoom, peopleButton, roomState, same, shows, test } from "../rooms.mjs";

const timer = (page) => page.getByRole("group", { name: "Timer", exact: true });
const list = (page) => page.getByRole("group", { name: "People here" });
const quiet = (page) => page.getByRole("group", { name: "Quiet writing", exact: true });
const asked = (page) => page.getByRole("group", { name: "Asked not to edit" });
const chip = (page) => page.getByRole("group", { name: "Following" });

test("a timer runs for everybody, and goes on when who began it leaves", async ({ meet, person }) => {
  const { line } = await meet("@y/websocket-server");
  const [ann, ben, cem] = [await person(), await person(), await person()];
  await open(ann);
  await variable(ann, "Batch size", A);
  const links = await openRoom(ann, line, "Ann");
  await join(ben, links.edit, "Ben");
  await peopleButton(ann).click();
  await list(ann).getByRole("button", { name: "Timer of 5 min" }).click();
  for (const page of [ann, ben]) await expect(timer(page)).toContainText(/^(5:00|4:\d\d)/);
  await timer(ben).getByRole("button", { name: "Pause" }).click();
  await expect(timer(ann).getByRole("button", { name: "Go on" })).toBeVisible();
  await timer(ann).getByRole("button", { name: "+1 min" }).click();
  await expect(timer(ben)).toContainText(/^(6:00|5:\d\d)/);
  await timer(ben).getByRole("button", { name: "Go on" }).click();
  await expect(timer(ann).getByRole("button", { name: "Pause" })).toBeVisible();
  await ann.close();
  // Who comes later sees it, though who began it is gone.
  await join(cem, links.edit, "Cem");
  await expect(timer(cem)).toContainText(/^(6:00|5:\d\d|4:\d\d)/);
  await timer(cem).getByRole("button", { name: "End the timer" }).click();
  for (const page of [ben, cem]) await expect(timer(page)).toHaveCount(0);
});

test("who is asked to come along sees what the other sees, until they look elsewhere", async ({ meet, person }) => {
  const { line } = await meet("@y/websocket-server");
  const [ann, ben] = [await person(), await person()];
  await open(ann);
  await variable(ann, "Batch size", A);
  const links = await openRoom(ann, line, "Ann");
  await join(ben, links.edit, "Ben");
  await peopleButton(ann).click();
  await list(ann).getByRole("button", { name: "Ask all to follow me" }).click();
  await expect(chip(ben)).toContainText("Following Ann");
  await expect(chip(ann)).toHaveCount(0);
  await ben.getByRole("button", { name: "Stop following" }).click();
  await expect(chip(ben)).toHaveCount(0);
  // Ann tells it again with all she tells, and nobody is called twice.
  await peopleButton(ann).click();
  await list(ann).getByRole("button", { name: "Raise hand" }).click();
  await peopleButton(ben).click();
  await expect(list(ben).getByText("Ann, hand up")).toBeVisible();
  await expect(chip(ben)).toHaveCount(0);
});

/** Presses a button in the list of people, which it closes. */
async function inList(page, name) {
  await peopleButton(page).click();
  await list(page).getByRole("button", { name }).click();
}

test("what people draw quietly stays with them, also after a reload and in a second tab, until it is shown", async ({ meet, person }) => {
  const { line, comeStranger } = await meet("@y/websocket-server");
  const [ann, ben, cem] = [await person(), await person(), await person()];
  await open(ann);
  await variable(ann, "Batch size", A);
  const links = await openRoom(ann, line, "Ann");
  await join(ben, links.edit, "Ben");
  await same(ann, ben);
  const second = await ben.context().newPage();
  await open(second);
  await expect(roomState(second)).toContainText("Shared with 1");
  await inList(ann, "Begin quiet writing");
  for (const page of [ann, ben, second]) await expect(quiet(page)).toContainText("2 people, 0 drafts");
  const stranger = await comeStranger();
  const log = () => stranger.doc.getArray("log").length;
  const before = log();

  await variable(ann, "Trust", B);
  await variable(ben, "Queue", C);
  // The two tabs of Ben's browser have one document; Ann has another.
  await shows(second, 2);
  for (const page of [ann, ben, second]) await expect(quiet(page)).toContainText("2 people, 2 drafts");
  await expect(roomState(ben)).toHaveText("Kept here, held back.");
  await reload(ben);
  await shows(ben, 2);
  await expect(quiet(ben)).toContainText("2 people, 2 drafts");
  // Who comes later writes quietly too, and sees nothing of it.
  await join(cem, links.edit, "Cem");
  await shows(cem, 1);
  await expect(quiet(cem)).toContainText("3 people, 2 drafts");
  await variable(cem, "Rework", B);
  await undoButton(cem).click();
  await variable(cem, "Backlog", C);
  await expect(quiet(ann)).toContainText(/3 people, [45] drafts/);
  for (const page of [ann, ben]) await shows(page, 2);
  expect(log()).toBe(before);

  // One shows their own before the others do.
  await quiet(ann).getByRole("button", { name: "Show mine" }).click();
  await shows(ben, 3);
  await shows(cem, 3);
  await shows(ann, 2);
  await expect(quiet(ann)).toBeVisible();
  // Whoever began it may be gone.
  await ann.close();
  await quiet(cem).getByRole("button", { name: "Show everything" }).click();
  for (const page of [ben, second, cem]) await expect(quiet(page)).toHaveCount(0);
  for (const page of [ben, second, cem]) await shows(page, 4);
  expect(names(await same(ben, second, cem))).toEqual(["Backlog", "Batch size", "Queue", "Trust"]);
  // From now on all is shared again.
  await variable(ben, "Delay", { x: 200, y: 400 });
  await shows(cem, 5);
  await reload(ben);
  await expect(quiet(ben)).toHaveCount(0);
});

test("who draws quietly without a line, or alone, decides when it is shown", async ({ meet, person }) => {
  const { line } = await meet("@y/websocket-server");
  const [ann, ben] = [await person(), await person()];
  await open(ann);
  await variable(ann, "Batch size", A);
  const links = await openRoom(ann, line, "Ann");
  await join(ben, links.edit, "Ben");
  await inList(ben, "Begin quiet writing");
  await expect(quiet(ann)).toBeVisible();
  await variable(ben, "Queue", B);
  await ann.close();
  await reload(ben);
  // Nobody is here who could tell; the page knows it by itself.
  await expect(quiet(ben)).toContainText("1 person, 1 draft");
  const cem = await person();
  await join(cem, links.edit, "Cem");
  await shows(cem, 1);
  await expect(quiet(cem)).toBeVisible();
  // It is read out, and can be ended by keys alone.
  await expect(cem.locator("#said")).toContainText("Quiet writing");
  const button = quiet(ben).getByRole("button", { name: "Show everything" });
  await button.focus();
  await button.press("Enter");
  await expect(canvas(ben)).toBeFocused();
  await shows(cem, 2);
  await same(ben, cem);
});

test("who is asked not to edit can edit all the same, and anybody lets all edit", async ({ meet, person }) => {
  const { line } = await meet("@y/websocket-server");
  const [ann, ben, cem] = [await person(), await person(), await person()];
  await open(ann);
  await variable(ann, "Batch size", A);
  const links = await openRoom(ann, line, "Ann");
  await join(ben, links.edit, "Ben");
  await join(cem, links.view, "Cem");
  await inList(ann, "Ask the others not to edit");
  await expect(asked(ann)).toContainText("You ask the others not to edit");
  await expect(asked(ben)).toContainText("Ann asks not to edit for now.");
  await expect(asked(cem)).toContainText("Ann asks not to edit for now.");
  await expect(asked(cem).getByRole("button")).toHaveCount(0);
  const refused = ben.locator(".toast").filter({ hasText: "asks not to edit" });
  await canvas(ben).dblclick({ position: B });
  await expect(refused).toBeVisible();
  await variable(ann, "Trust", C);
  await shows(ben, 2);
  await refused.getByRole("button", { name: "Edit all the same" }).click();
  await expect(asked(ben)).toHaveCount(0);
  await variable(ben, "Queue", B);
  await shows(ann, 3);
  // Asked anew, Ben is to heed it once more, until somebody lets all edit.
  await asked(ann).getByRole("button", { name: "Let all edit" }).click();
  await expect(asked(ann)).toHaveCount(0);
  await inList(ann, "Ask the others not to edit");
  await expect(asked(ben)).toBeVisible();
  await asked(ben).getByRole("button", { name: "Let all edit" }).click();
  for (const page of [ann, ben, cem]) await expect(asked(page)).toHaveCount(0);
  // It holds while who asked is here.
  await inList(ann, "Ask the others not to edit");
  await expect(asked(ben)).toBeVisible();
  await ann.close();
  await expect(asked(ben)).toHaveCount(0);
  await variable(ben, "Delay", { x: 200, y: 400 });
  await shows(cem, 4);
});
