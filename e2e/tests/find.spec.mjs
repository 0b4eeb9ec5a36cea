// Finding on the canvas, in the outline and in the palette; replacing what was found.

import { readFile } from "node:fs/promises";

import { expect, test } from "@playwright/test";

import { atRest, watchedPage } from "../fresh.mjs";
import { canvas, contextBar, document, drawRing, drop, fixture, open, outline, toast, undoButton } from "../page.mjs";

const bar = (page) => page.getByRole("search", { name: "Find" });
const words = (page) => page.getByRole("textbox", { name: "Find on the canvas" });
const count = (page) => bar(page).locator(".find-count");
const names = async (page) => (await document(page)).variables.map((variable) => variable.name).sort();

/** How much of the canvas is about as dark as ink. */
const ink = (page) =>
  page.evaluate(() => {
    const canvas = window.document.querySelector("#canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let dark = 0;
    for (let at = 0; at < data.length; at += 4) dark += data[at] + data[at + 1] + data[at + 2] < 240;
    return dark;
  });

test("what is looked for is lit while one types, shown by Enter, and stays selected after Esc", async ({ context }) => {
  const page = await watchedPage(context);
  await open(page);
  const text = await readFile(fixture("everything.loopstream.json"), "utf8");
  await drop(page, { file: { name: "everything.json", text } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("Testing");
  await canvas(page).focus();
  // What the worker finds is drawn as well.
  await atRest(page);
  const before = await ink(page);
  await page.keyboard.press("ControlOrMeta+f");
  await expect(words(page)).toBeFocused();
  await page.keyboard.type("a");
  await expect(count(page)).toHaveText(/^\d+ found$/);
  await page.keyboard.type("zzz");
  await expect(count(page)).toHaveText("No match");
  await words(page).fill("e");
  const total = Number((await count(page).textContent()).split(" ")[0]);
  await expect.poll(() => ink(page)).toBeLessThan(before);

  for (const [key, at] of [["Enter", 1], ["Enter", 2], ["Shift+Enter", 1], ["Shift+Enter", total]]) {
    await page.keyboard.press(key);
    await expect(count(page)).toHaveText(`${at} of ${total}`);
    await expect(page.locator("#said")).toContainText(`${at} of ${total}: `);
    const zoom = Number.parseInt(await page.locator(".zoom-value").textContent(), 10);
    expect(zoom).toBeGreaterThanOrEqual(80);
  }
  await page.keyboard.press("Escape");
  await expect(bar(page)).toBeHidden();
  await expect(canvas(page)).toBeFocused();

  // What was looked for last is there again, selected, to be written over.
  await page.keyboard.press("ControlOrMeta+f");
  await expect(words(page)).toHaveValue("e");
  await expect(words(page)).toBeFocused();
  await page.keyboard.type("z");
  await expect(words(page)).toHaveValue("z");
});

test("what is selected by finding stays when the bar is closed", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await page.keyboard.press("ControlOrMeta+f");
  await expect(words(page)).toBeFocused();
  await page.keyboard.type("BATCH");
  await page.keyboard.press("Enter");
  await expect(count(page)).toHaveText("1 of 1");
  await page.keyboard.press("Escape");
  await expect(contextBar(page)).toBeVisible();
  await page.keyboard.press("F2");
  await expect(page.locator(".text-field")).toHaveValue(/batch/i);
});

test("one is replaced after the other, or all at once, and undone at once", async ({ page }) => {
  await open(page);
  await drawRing(page);
  const before = await names(page);
  await page.keyboard.press("ControlOrMeta+h");
  await expect(words(page)).toBeFocused();
  await page.keyboard.type("e");
  const having = before.filter((name) => name.includes("e")).length;
  expect(having).toBeGreaterThan(1);
  await expect(count(page)).toHaveText(`${having} found`);
  await page.getByRole("textbox", { name: "Replace with" }).fill("EE");
  await page.getByRole("button", { name: "Replace all" }).click();
  await expect(toast(page, `Replaced in ${having} places.`)).toBeVisible();
  expect(await names(page)).toEqual(before.map((name) => name.replaceAll("e", "EE")).sort());
  await toast(page, "Replaced in").getByRole("button", { name: "Undo" }).click();
  await expect.poll(() => names(page)).toEqual(before);

  const field = page.getByRole("textbox", { name: "Replace with" });
  await field.fill("x");
  await field.press("Enter");
  await expect(count(page)).toHaveText(`1 of ${having}`);
  expect(await names(page)).toEqual(before);
  await field.press("Enter");
  await expect(count(page)).toHaveText(`1 of ${having - 1}`);
  await expect(page.locator("#said")).toContainText("Replaced in");
  await undoButton(page).click();
  await expect.poll(() => names(page)).toEqual(before);
});

test("the outline looks for the same words", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await page.getByRole("button", { name: "Outline" }).click();
  const filter = outline(page).getByRole("searchbox", { name: "Find in the outline" });
  await filter.focus();
  await page.keyboard.type("batch");
  // The field over the canvas comes with the first letter, and leaves the focus where it is.
  await expect(words(page)).toHaveValue("batch");
  await expect(filter).toBeFocused();
  await expect(outline(page).getByRole("region", { name: "Variables" }).getByRole("listitem")).toHaveCount(1);
  await filter.press("Enter");
  await expect(count(page)).toHaveText("1 of 1");
  await words(page).fill("");
  await expect(filter).toHaveValue("");
  await words(page).press("Escape");
  await expect(outline(page).getByRole("region", { name: "Variables" }).getByRole("listitem")).toHaveCount(3);
});
