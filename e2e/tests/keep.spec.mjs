// Nothing drawn is lost: reload, several diagrams, deleting and bringing back, a page that dies.

import { expect, test } from "@playwright/test";

import { atRest, watchedPage } from "../fresh.mjs";
import {
  A, B, C, canvas, choose, document, drag, dragAndHold, drawRing, downloaded, fileText, link, loops, move, open, ready, reload,
  saved, saveState, stored, toast, variable, zoomValue,
} from "../page.mjs";

/** The dialog with the diagrams of this browser. */
const dialog = (page) => page.getByRole("dialog", { name: "My diagrams" });
const cards = (page) => dialog(page).locator(".document");

async function openDialog(page) {
  await choose(page, "File", "My diagrams");
  await expect(dialog(page)).toBeVisible();
}

async function closeDialog(page) {
  await page.keyboard.press("Escape");
  await expect(dialog(page)).toHaveCount(0);
}

/** A titled diagram of one variable, as a new one. */
async function titled(page, title, words) {
  await choose(page, "File", "New diagram");
  await variable(page, words, A);
  await page.getByLabel("Title of the diagram").fill(title);
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle(`${title} – Loopstream`);
}

const pixelsOf = (page) => canvas(page).evaluate((canvas) => canvas.toDataURL());

test("a reload brings the diagram back, and the view it was seen in", async ({ context }) => {
  const page = await watchedPage(context);
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  await loops(page).locator(".loop-row").click();
  await page.getByLabel("Name", { exact: true }).fill("The brake");
  await page.keyboard.press("Enter");
  await move(page, C);
  await page.mouse.wheel(40, 70);
  await page.getByRole("button", { name: "Zoom in" }).click();
  await expect(zoomValue(page)).toHaveText("125 %");
  await saved(page);
  const before = await fileText(page);
  await canvas(page).focus();
  await page.keyboard.press("Escape");
  await page.mouse.move(0, 0);
  await expect(loops(page)).not.toHaveClass(/loop-lit/);
  // What the worker finds is marked on the canvas.
  await atRest(page);
  const pixels = await pixelsOf(page);

  await reload(page);
  await expect(loops(page).locator(".loop-name")).toHaveText("The brake");
  await expect(zoomValue(page)).toHaveText("125 %");
  await saved(page);
  expect(await fileText(page)).toBe(before);
  // Nothing has moved by as much as a pixel.
  await expect.poll(async () => (await pixelsOf(page)) === pixels).toBe(true);
});

test("a view that was changed a moment before the page goes is kept", async ({ page }) => {
  await open(page);
  await variable(page, "here", A);
  await page.getByRole("button", { name: "Zoom in" }).click();
  await reload(page);
  await expect(zoomValue(page)).toHaveText("125 %");
});

test("several diagrams are listed with picture, title and time, the latest first", async ({ page }) => {
  await open(page);
  await titled(page, "First", "one");
  await titled(page, "Second", "two");
  await openDialog(page);
  await expect(cards(page)).toHaveCount(2);
  await expect(cards(page).getByLabel("Title")).toHaveCount(2);
  await expect(cards(page).nth(0).getByLabel("Title")).toHaveValue("Second");
  await expect(cards(page).nth(1).getByLabel("Title")).toHaveValue("First");
  await expect(cards(page).nth(0)).toContainText(/\d{4}, \d\d:\d\d\s1 variable, 0 links/);
  await expect(cards(page).locator("canvas")).toHaveCount(2);
  const blank = await cards(page).locator("canvas").evaluateAll((all) => all.filter((one) => {
    const { data } = one.getContext("2d").getImageData(0, 0, one.width, one.height);
    return new Set(new Uint32Array(data.buffer)).size < 3;
  }).length);
  expect(blank).toBe(0);

  await page.getByRole("button", { name: "Open First" }).click();
  await expect(dialog(page)).toHaveCount(0);
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("First");
  expect((await document(page)).variables.map((one) => one.name)).toEqual(["one"]);
  await reload(page);
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("First");
});

test("diagrams are renamed and copied in the list", async ({ page }) => {
  await open(page);
  await titled(page, "First", "one");
  await titled(page, "Second", "two");
  await openDialog(page);
  // The one that is not open, and the one that is.
  await cards(page).nth(1).getByLabel("Title").fill("The first");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Open The first" })).toBeVisible();
  await page.getByRole("button", { name: "Copy The first" }).click();
  await expect(page.getByRole("button", { name: "Open The first (copy)" })).toBeVisible();
  await expect(cards(page)).toHaveCount(3);
  await closeDialog(page);
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("The first (copy)");
  expect((await document(page)).variables.map((one) => one.name)).toEqual(["one"]);
});

test("a key right after Escape is heard, also where nothing in the dialog had the focus", async ({ page }) => {
  await open(page);
  await titled(page, "Precious", "one");
  await openDialog(page);
  await page.evaluate(() => document.activeElement.blur());
  const file = await downloaded(page, async () => {
    await page.keyboard.press("Escape");
    await page.keyboard.press("Control+s");
  });
  expect(file.name).toBe("Precious.loopstream.json");
});

test("a diagram deleted by mistake comes back with Undo, or later from the list", async ({ page }) => {
  await open(page);
  await titled(page, "Precious", "one");
  const before = await fileText(page);
  await openDialog(page);
  await page.getByRole("button", { name: "Delete Precious" }).click();
  await toast(page, "Deleted Precious.").getByRole("button", { name: "Undo" }).click();
  await expect(cards(page)).toHaveCount(1);
  await closeDialog(page);
  expect(await fileText(page)).toBe(before);

  await openDialog(page);
  await page.getByRole("button", { name: "Delete Precious" }).click();
  await expect(cards(page)).toHaveCount(0);
  await reload(page);
  await expect(page.getByRole("heading", { name: "What keeps happening, and why?" })).toBeVisible();
  await openDialog(page);
  await dialog(page).getByText("Deleted", { exact: true }).click();
  await dialog(page).getByRole("button", { name: "Bring back" }).click();
  await expect(page.getByRole("button", { name: "Open Precious" })).toBeVisible();
  await closeDialog(page);
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Precious");
  expect(await fileText(page)).toBe(before);
});

test("every diagram in the list has its own picture, also when another one goes", async ({ page }) => {
  await open(page);
  await titled(page, "First", "one");
  await titled(page, "Second", "a name of quite another length");
  await titled(page, "Third", "three");
  await openDialog(page);
  const picture = (title) => cards(page).filter({ has: page.getByRole("button", { name: `Open ${title}` }) }).locator("canvas");
  const pixels = (title) => picture(title).evaluate((canvas) => canvas.toDataURL());
  const before = [await pixels("First"), await pixels("Third")];
  await page.getByRole("button", { name: "Delete Second" }).click();
  await expect(cards(page)).toHaveCount(2);
  await expect(picture("First")).toHaveCount(1);
  expect([await pixels("First"), await pixels("Third")]).toEqual(before);
});

test("removing for good leaves nothing of a diagram behind", async ({ page }) => {
  await open(page);
  await titled(page, "Secret plan", "one");
  await openDialog(page);
  await page.getByRole("button", { name: "Delete Secret plan" }).click();
  await dialog(page).getByText("Deleted", { exact: true }).click();
  await dialog(page).getByRole("button", { name: "Remove for good" }).click();
  await expect(dialog(page).getByText("Deleted", { exact: true })).toHaveCount(0);
  expect(JSON.stringify(await stored(page))).not.toContain("Secret plan");
});

/** No unload, no blur, no pagehide: the process is gone. */
async function crash(page, context) {
  const session = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  session.send("Page.crash").catch(() => {});
  await crashed;
}

test("a page that dies in the middle of a drag loses at most that drag", async ({ page, context }) => {
  await open(page);
  await drawRing(page);
  await drag(page, B, { x: B.x + 50, y: B.y + 40 });
  await saved(page);
  const before = await fileText(page);
  await dragAndHold(page, A, { x: A.x + 80, y: A.y + 80 });
  await expect(saveState(page)).toHaveText("Saving…");
  await crash(page, context);

  const next = await context.newPage();
  await open(next);
  await expect(loops(next).locator(".loop-code")).toHaveText("R1");
  expect(await fileText(next)).toBe(before);
});

test("a page that dies while a name is typed loses that name alone", async ({ page, context }) => {
  await open(page);
  await variable(page, "one", A);
  await page.mouse.dblclick(900, 200);
  await page.keyboard.type("half a na");
  // Closing would end the typing first, and keep the words or not, as the browser likes.
  await crash(page, context);
  const next = await context.newPage();
  await open(next);
  expect((await document(next)).variables.map((one) => one.name)).toEqual(["one"]);
});

test("what was drawn in the same moment as the page went is there", async ({ page, context }) => {
  await open(page);
  await variable(page, "one", A);
  await variable(page, "two", B);
  await link(page, A, B);
  await page.close();
  const next = await context.newPage();
  await open(next);
  expect((await document(next)).links).toHaveLength(1);
});

test("on pagehide everything is written into a generation, and the journal is short", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await page.goto("about:blank");
  await page.goBack();
  await ready(page);
  const keys = Object.keys(await stored(page));
  expect(keys.filter((key) => key.startsWith("loopstream/document/")).length).toBeGreaterThan(0);
  await expect(loops(page).locator(".loop-code")).toHaveText("R1");
});
