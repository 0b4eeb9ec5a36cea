// What a person does on the page, in words; places are CSS pixels from the corner of the canvas.

import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import { expect } from "@playwright/test";

/** Half the height of a name on one line, and a little more: there is the rim, from which links are drawn. */
const RIM = 20;

/** The three places at which most tests draw: far from the middle, where an empty canvas has its words. */
export const A = { x: 200, y: 120 };
export const B = { x: 640, y: 120 };
export const C = { x: 420, y: 560 };

/** Goes to the page and waits until it can be drawn on. */
export async function open(page, path = "./") {
  await page.goto(path);
  await ready(page);
}

export async function reload(page) {
  await page.reload();
  await ready(page);
}

/** The chooser of files that an action opens. */
export async function fileChooser(page, act) {
  const chooser = page.waitForEvent("filechooser");
  // Keys and clicks do not wait for the page to hear that the chooser is ours: a busy page would open its own.
  await page.evaluate(() => undefined);
  await act();
  return chooser;
}

/** Until the canvas takes its first stroke. */
export async function ready(page) {
  await page.waitForFunction(() => performance.getEntriesByName("drawable").length > 0);
}

export const canvas = (page) => page.locator("#canvas");
export const field = (page) => page.locator(".text-field");
export const loopsPanel = (page) => page.getByRole("complementary", { name: "Loops" });
export const outline = (page) => page.getByRole("complementary", { name: "Outline" });
export const loops = (page) => loopsPanel(page).locator(".loop");
export const contextBar = (page) => page.getByRole("toolbar", { name: "Selection" });
export const saveState = (page) => page.locator("#save-state");
export const toast = (page, words) => page.locator(".toast").filter({ hasText: words });
export const zoomValue = (page) => page.locator(".zoom-value");
export const undoButton = (page) => page.getByRole("button", { name: "Undo", exact: true });
export const redoButton = (page) => page.getByRole("button", { name: "Redo", exact: true });

/** A place of the canvas as a place of the page. */
export async function onPage(page, { x, y }) {
  const box = await canvas(page).boundingBox();
  return { x: box.x + x, y: box.y + y };
}

export async function move(page, place) {
  const { x, y } = await onPage(page, place);
  await page.mouse.move(x, y);
}

export async function click(page, place, options) {
  const { x, y } = await onPage(page, place);
  await page.mouse.click(x, y, options);
}

export async function doubleClick(page, place) {
  const { x, y } = await onPage(page, place);
  await page.mouse.dblclick(x, y);
}

/** Drags, and lets go. */
export async function drag(page, from, to) {
  await dragAndHold(page, from, to);
  await page.mouse.up();
}

export async function dragAndHold(page, from, to) {
  const [start, end] = [await onPage(page, from), await onPage(page, to)];
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move((start.x + end.x) / 2, (start.y + end.y) / 2, { steps: 4 });
  await page.mouse.move(end.x, end.y, { steps: 4 });
}

/** One finger from place to place, as slow as a hand: after a throw the browser takes the next tap for its end. */
export async function swipe(page, from, to) {
  const session = await page.context().newCDPSession(page);
  const [start, end] = [await onPage(page, from), await onPage(page, to)];
  const began = Date.now() / 1000 - 1;
  const touch = (type, touchPoints, after) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints, timestamp: began + after });
  await touch("touchStart", [start], 0);
  for (const part of [0.1, 0.4, 0.7, 0.98]) {
    await touch("touchMove", [{ x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part }], part / 2);
  }
  await touch("touchMove", [end], 0.75);
  await touch("touchEnd", [], 0.95);
}

/** Types into the field on the canvas and keeps the words. */
export async function name(page, words) {
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Enter");
  await expect(field(page)).toHaveCount(0);
}

/** Draws a variable by double-click. */
export async function variable(page, words, place) {
  await doubleClick(page, place);
  await name(page, words);
}

/** Where the rim of a variable with a short name is, under it. */
export const rim = ({ x, y }) => ({ x, y: y + RIM });

/** Draws a link from a variable's rim to another variable; it is selected then. */
export async function link(page, from, to) {
  await drag(page, rim(from), to);
  await expect(contextBar(page).getByRole("button", { name: "Reverse" })).toBeVisible();
}

/** Three variables in a ring: batch size, risk, fear; every link is signed "+" with the key. */
export async function drawRing(page, signs = ["+", "+", "+"]) {
  await variable(page, "batch size", A);
  await variable(page, "risk", B);
  await variable(page, "fear", C);
  const ends = [[A, B], [B, C], [C, A]];
  for (const [index, [from, to]] of ends.entries()) {
    await link(page, from, to);
    await page.keyboard.press(signs[index]);
  }
  await page.keyboard.press("Escape");
}

/** Every way in which the panel may tell a loop: it may begin with any of its variables. */
export function story(...names) {
  const turns = names.map((_, start) => {
    const way = names.map((_, step) => names[(start + step) % names.length]);
    return [...way, way[0]].map((name) => `${name} up`).join(" → ");
  });
  return new RegExp(turns.map((turn) => turn.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"));
}

/** What the browser downloads when `act` is done: its name and its bytes. */
export async function downloaded(page, act) {
  const [download] = await Promise.all([page.waitForEvent("download"), act()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** The text of the open document, as its file has it. */
export async function fileText(page) {
  const file = await downloaded(page, () => page.keyboard.press("Control+s"));
  return file.bytes.toString("utf8");
}

/** The open document, as its file has it. */
export const document = async (page) => JSON.parse(await fileText(page));

/** Opens one of the menus of the top bar and chooses. */
export async function choose(page, menu, entry) {
  await page.getByRole("button", { name: menu, exact: true }).click();
  await page.getByRole("menuitem", { name: entry }).click();
}

/** What the app has in the storage of the browser: keys and texts. */
export const stored = (page) =>
  page.evaluate(() => Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith("loopstream/"))));

/** Waits until the mark says that everything is kept. */
export async function saved(page) {
  await expect(saveState(page)).toHaveText("Saved");
}

/** Drops a file, or text, on the canvas. */
export async function drop(page, { file, text, type = "text/plain" }) {
  const data = await page.evaluateHandle(
    ({ file, text, type }) => {
      const data = new DataTransfer();
      if (file) data.items.add(new File([file.text], file.name, { type: "application/json" }));
      else data.setData(type, text);
      return data;
    },
    { file, text, type },
  );
  await canvas(page).dispatchEvent("drop", { dataTransfer: data });
}

/** The path of a fixture. */
export const fixture = (file) => fileURLToPath(new URL(`fixtures/${file}`, import.meta.url));

/** Lays steps from left to right by the keyboard alone. */
export async function lay(page, names) {
  await canvas(page).focus();
  await page.keyboard.press("p");
  await click(page, A);
  for (const name of names) {
    await expect(field(page)).toBeFocused();
    await expect(field(page)).toHaveValue("");
    await page.keyboard.type(name);
    await page.keyboard.press("Enter");
  }
  await expect(field(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(field(page)).toHaveCount(0);
}
