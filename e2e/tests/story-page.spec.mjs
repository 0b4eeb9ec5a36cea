// The story as a web page of one file: told by keys, by buttons and by swipes, and whole where no script runs.

import { writeFile } from "node:fs/promises";

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { choose, downloaded, drawRing, open } from "../page.mjs";

/** Exports the story of a ring of three, and gives the address of the file. */
async function exported(page, testInfo) {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  await choose(page, "File", "Export…");
  const dialog = page.getByRole("dialog");
  const button = dialog.getByRole("button", { name: "Download as Story as a web page" });
  const file = await downloaded(page, () => button.click());
  expect(file.name).toMatch(/\.html$/);
  const path = testInfo.outputPath("story.html");
  await writeFile(path, file.bytes);
  return `file://${path}`;
}

test("it is told by keys and buttons, and asks nobody for anything", async ({ page }, testInfo) => {
  const address = await exported(page, testInfo);
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(address);
  const steps = page.locator("section");
  const count = await steps.count();
  expect(count).toBeGreaterThan(2);
  await expect(page.locator("section:visible")).toHaveCount(1);
  await expect(page.locator("#place")).toHaveText(`1 / ${count}`);
  await page.keyboard.press("ArrowRight");
  await expect(page.locator("#place")).toHaveText(`2 / ${count}`);
  await page.keyboard.press("End");
  await expect(page.locator("#next")).toBeDisabled();
  await page.getByRole("button", { name: "Back" }).click();
  await expect(page.locator("#place")).toHaveText(`${count - 1} / ${count}`);
  await page.keyboard.press("1");
  await expect(page.locator("#place")).toHaveText(`1 / ${count}`);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.help}`)).toEqual([]);
  expect(asked).toEqual([address]);
});

test("on paper and without scripts every step is there", async ({ page, browser }, testInfo) => {
  const address = await exported(page, testInfo);
  const context = await browser.newContext({ javaScriptEnabled: false });
  const plain = await context.newPage();
  await plain.goto(address);
  const count = await plain.locator("section").count();
  await expect(plain.locator("section:visible")).toHaveCount(count);
  await context.close();
  await page.goto(address);
  await page.emulateMedia({ media: "print" });
  await expect(page.locator("section:visible")).toHaveCount(count);
});
