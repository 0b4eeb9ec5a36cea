// Two tabs on one diagram: both draw, neither overwrites the other.

import { expect, test } from "@playwright/test";

import { A, B, C, document, drag, dragAndHold, fileText, link, open, outline, reload, undoButton, variable } from "../page.mjs";

/** What the outline of a tab lists. */
const listed = (page, section) => outline(page).getByRole("region", { name: section }).locator(".outline-words");

async function twoTabs(page, context) {
  await open(page);
  await variable(page, "first", A);
  // The view is kept as the page goes; so both tabs see the same.
  await reload(page);
  const other = await context.newPage();
  await open(other);
  for (const tab of [page, other]) await tab.getByRole("button", { name: "Outline" }).click();
  await expect(listed(other, "Variables")).toHaveText(["first"]);
  return other;
}

/** A tab in the background takes one step a second. */
const inFront = (page) => page.bringToFront();

/** Until both tabs have the same diagram. */
const same = async (page, other) => expect.poll(() => fileText(page)).toBe(await fileText(other));

const SOON = { timeout: 1_000 };

test("what one tab draws the other shows within a second, both ways", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await variable(other, "second", B);
  await expect(listed(page, "Variables")).toHaveText(["first", "second"], SOON);
  await inFront(page);
  await variable(page, "third", C);
  await expect(listed(other, "Variables")).toHaveText(["first", "second", "third"], SOON);
  await link(page, A, B);
  await page.keyboard.press("-");
  await expect(listed(other, "Links")).toHaveText(["First decreases second"], SOON);
  await inFront(other);
  await drag(other, B, { x: B.x - 90, y: B.y + 120 });
  await same(page, other);
});

test("undo in one tab leaves what the other has done", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await variable(other, "yours", C);
  await inFront(page);
  await variable(page, "mine", B);
  await expect(listed(page, "Variables")).toHaveText(["first", "mine", "yours"], SOON);
  await undoButton(page).click();
  await expect(listed(page, "Variables")).toHaveText(["first", "yours"]);
  await expect(listed(other, "Variables")).toHaveText(["first", "yours"], SOON);
  await undoButton(other).click();
  await expect(listed(page, "Variables")).toHaveText(["first"], SOON);
});

test("after a reload both tabs have everything", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await variable(other, "second", B);
  await variable(page, "third", C);
  await expect(listed(other, "Variables")).toHaveText(["first", "second", "third"], SOON);
  await Promise.all([reload(page), reload(other)]);
  const [here, there] = [await document(page), await document(other)];
  expect(here.variables.map((one) => one.name).sort()).toEqual(["first", "second", "third"]);
  expect(here).toEqual(there);
});

test("another tab moves a variable in the middle of its drag: both end with the same, and nothing else is lost", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await inFront(page);
  await dragAndHold(page, A, { x: A.x + 90, y: A.y });
  await inFront(other);
  await drag(other, A, { x: A.x, y: A.y + 90 });
  await inFront(page);
  await page.mouse.up();
  await variable(page, "second", C);
  await expect(listed(other, "Variables")).toHaveText(["first", "second"], SOON);
  await same(page, other);
});
