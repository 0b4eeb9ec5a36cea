// Two tabs on one diagram: both draw, neither overwrites the other.

import { expect, test } from "@playwright/test";

import {
  A, B, C, choose, document, doubleClick, drag, dragAndHold, fileText, link, name, open, outline, reload, toast, undoButton, variable,
} from "../page.mjs";

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

test("what one tab draws the other shows, both ways", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await variable(other, "second", B);
  await expect(listed(page, "Variables")).toHaveText(["first", "second"]);
  await inFront(page);
  await variable(page, "third", C);
  await expect(listed(other, "Variables")).toHaveText(["first", "second", "third"]);
  await link(page, A, B);
  await page.keyboard.press("-");
  await expect(listed(other, "Links")).toHaveText(["first up → second down"]);
  await inFront(other);
  await drag(other, B, { x: B.x - 90, y: B.y + 120 });
  await same(page, other);
});

test("undo in one tab leaves what the other has done", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await variable(other, "yours", C);
  await inFront(page);
  await variable(page, "mine", B);
  await expect(listed(page, "Variables")).toHaveText(["first", "mine", "yours"]);
  await undoButton(page).click();
  await expect(listed(page, "Variables")).toHaveText(["first", "yours"]);
  await expect(listed(other, "Variables")).toHaveText(["first", "yours"]);
  await undoButton(other).click();
  await expect(listed(page, "Variables")).toHaveText(["first"]);
});

test("undo leaves what the other tab has made of the same name since", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await inFront(page);
  await doubleClick(page, A);
  await name(page, "mine");
  await expect(listed(other, "Variables")).toHaveText(["mine"]);
  await inFront(other);
  await doubleClick(other, A);
  await name(other, "yours");
  await expect(listed(page, "Variables")).toHaveText(["yours"]);
  await inFront(page);
  await undoButton(page).click();
  await variable(page, "later", B);
  await expect(listed(page, "Variables")).toHaveText(["later", "yours"]);
  await expect(listed(other, "Variables")).toHaveText(["later", "yours"]);
});

test("what is being typed is not written over by the other tab", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  const title = (tab) => tab.getByLabel("Title of the diagram");
  await title(other).pressSequentially("typed in the oth");
  await inFront(page);
  await title(page).fill("by the first");
  await title(page).press("Enter");
  // It waits until the other is done with typing.
  await expect(other).toHaveTitle(/by the first/);
  await inFront(other);
  await expect(title(other)).toHaveValue("typed in the oth");
  await title(other).pressSequentially("er");
  await title(other).press("Enter");
  await expect(title(page)).toHaveValue("typed in the other");
  // Who thinks better of it gets what the other has made of it.
  await title(other).pressSequentially("?");
  await inFront(page);
  await title(page).fill("once more");
  await title(page).press("Enter");
  await expect(other).toHaveTitle(/once more/);
  await inFront(other);
  await title(other).press("Escape");
  await expect(title(other)).toHaveValue("once more");
  await expect(title(page)).toHaveValue("once more");
});

test("words typed for what the other tab deletes are handed back", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await inFront(page);
  await doubleClick(page, A);
  await page.keyboard.type("a long thought");
  await listed(other, "Variables").first().click();
  await other.keyboard.press("Delete");
  await expect(toast(page, "What you were naming was deleted in another tab: “a long thought”.")).toBeVisible();
});

test("a diagram that is deleted in another tab says so, and comes back", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await choose(other, "File", "My diagrams");
  await other.locator(".document").first().getByRole("button", { name: "Delete" }).click();
  const told = toast(page, "This diagram was deleted in another tab.");
  await expect(told).toBeVisible();
  await inFront(page);
  await told.getByRole("button", { name: "Undo" }).click();
  await variable(page, "second", B);
  await reload(page);
  expect((await document(page)).variables.map((one) => one.name).sort()).toEqual(["first", "second"]);
});

test("after a reload both tabs have everything", async ({ page, context }) => {
  const other = await twoTabs(page, context);
  await variable(other, "second", B);
  await variable(page, "third", C);
  await expect(listed(other, "Variables")).toHaveText(["first", "second", "third"]);
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
  await expect(listed(other, "Variables")).toHaveText(["first", "second"]);
  await same(page, other);
});
