// What holds in a room for the moment: a timer for everybody, and a call to come along.

import { expect } from "@playwright/test";

import { A, variable } from "../page.mjs";
import { join, openRoom, peopleButton, test } from "../rooms.mjs";
import { open } from "../page.mjs";

const timer = (page) => page.getByRole("group", { name: "Timer", exact: true });
const list = (page) => page.getByRole("group", { name: "People here" });
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
