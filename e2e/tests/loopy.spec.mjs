// Diagrams of LOOPY: pasted, opened from the dialog, dropped.

import { readFileSync } from "node:fs";

import { expect, test } from "@playwright/test";

import { canvas, choose, document, drop, fixture, loops, open, story } from "../page.mjs";

const ring = readFileSync(fixture("ring.loopy.txt"), "utf8").trim();

test.use({ permissions: ["clipboard-read", "clipboard-write"] });
test.beforeEach(async ({ page }) => open(page));

async function paste(page, text) {
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await canvas(page).focus();
  await page.keyboard.press("Control+v");
}

const codes = (page) => loops(page).locator(".loop-code");

test("LOOPY's text pasted into the canvas is a diagram", async ({ page }) => {
  await paste(page, ring);
  await expect(codes(page)).toHaveText(["B1", "R1"]);
  await expect(loops(page).nth(1).locator(".loop-sentence")).toHaveText(story("more work", "stress", "mistakes"));
  const { variables, links, notes } = await document(page);
  expect(variables.map((one) => one.name).sort()).toEqual(["mistakes", "more work", "stress"]);
  expect(links.map((one) => one.polarity).sort()).toEqual(["+", "+", "+", "-"]);
  expect(notes.map((one) => one.text)).toEqual(["A small ring"]);
  await page.keyboard.press("Control+z");
  await expect(codes(page)).toHaveCount(0);
});

test("a LOOPY link opens from the dialog as a diagram of its own", async ({ page }) => {
  await choose(page, "File", "Import from text or link…");
  await page.getByLabel("Text or link", { exact: true }).fill(`https://ncase.me/loopy/v1.1/?data=${ring}`);
  await page.getByRole("button", { name: "Open", exact: true }).click();
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(codes(page)).toHaveText(["B1", "R1"]);
});

test("a LOOPY link dropped on the page opens", async ({ page }) => {
  await drop(page, { text: `https://ncase.me/loopy/v1.1/?data=${ring}`, type: "text/uri-list" });
  await expect(codes(page)).toHaveText(["B1", "R1"]);
});

const frame = `<iframe width="500" height="440" frameborder="0" src="https://ncase.me/loopy/v1.1/?embed=1&data=${ring}"></iframe>`;
const sentence = `We drew [our loops](https://ncase.me/loopy/v1.1/?data=${ring}), please look.`;

for (const [what, text] of [["a frame", frame], ["a sentence in Markdown", sentence]]) {
  test(`a LOOPY link in ${what} opens as a file, dropped, pasted and as text`, async ({ page }) => {
    await drop(page, { file: { name: what === "a frame" ? "page.html" : "notes.md", text } });
    await expect(codes(page)).toHaveText(["B1", "R1"]);
    await choose(page, "File", "New diagram");
    await expect(codes(page)).toHaveCount(0);
    await drop(page, { text });
    await expect(codes(page)).toHaveText(["B1", "R1"]);
    await choose(page, "File", "New diagram");
    await expect(codes(page)).toHaveCount(0);
    await paste(page, text);
    await expect(codes(page)).toHaveText(["B1", "R1"]);
    await choose(page, "File", "New diagram");
    await choose(page, "File", "Import from text or link…");
    await page.getByLabel("Text or link", { exact: true }).fill(text);
    await page.getByRole("button", { name: "Open", exact: true }).click();
    await expect(codes(page)).toHaveText(["B1", "R1"]);
  });
}

for (const [file, expected] of [
  ["orders.loopy.txt", ["B1"]],
  ["worry.loopy.txt", ["R1", "R2"]],
]) {
  for (const way of ["pasted", "opened from the dialog"]) {
    test(`${file}, ${way}, has its loops`, async ({ page }) => {
      const text = readFileSync(fixture(file), "utf8").trim();
      if (way === "pasted") {
        await paste(page, text);
      } else {
        await choose(page, "File", "Import from text or link…");
        await page.getByLabel("Text or link", { exact: true }).fill(text);
        await page.getByRole("button", { name: "Open", exact: true }).click();
      }
      await expect(codes(page)).toHaveText(expected);
    });
  }
}
