// Which loop drives: growth first, then its limit; told, and lit on the canvas.

import { readFile } from "node:fs/promises";

import { expect, test } from "@playwright/test";

import { canvas, choose, open } from "../page.mjs";
import { chart, fold, panel, running, time } from "../run.mjs";

/** The ink of a kind of loop, as the canvas has it: red, green and blue. */
async function ink(page, name) {
  return page.evaluate((name) => {
    const probe = document.createElement("span");
    probe.style.color = `var(${name})`;
    document.body.append(probe);
    const found = getComputedStyle(probe).color.match(/\d+/g).slice(0, 3).map(Number);
    probe.remove();
    return found;
  }, name);
}

/** How many pixels of the canvas have an ink. */
async function pixels(page, rgb) {
  const count = () =>
    canvas(page).evaluate((element, rgb) => {
      const { data } = element.getContext("2d").getImageData(0, 0, element.width, element.height);
      let found = 0;
      for (let at = 0; at < data.length; at += 4) {
        found += data[at] === rgb[0] && data[at + 1] === rgb[1] && data[at + 2] === rgb[2];
      }
      return found;
    }, rgb);
  // Two frames, so that what was asked for is painted.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  return count();
}

test("growth drives first and then its limit, in words and on the canvas", async ({ page }) => {
  await open(page);
  await choose(page, "File", "Open a template");
  await page.locator(".template").filter({ has: page.getByText("Growth and its limit", { exact: true }) }).click();
  await canvas(page).focus();
  await page.keyboard.press("Shift+R");
  await expect(chart(page)).toBeVisible();
  await fold(page, "loops").click();
  const story = panel(page).locator(".run-story li");
  await expect(story.first()).toHaveText(/^From 0\.25 to \d+.* \(R\) .*drives?/);
  const told = await story.allTextContents();
  // One sentence ends where the next begins, and another loop drives then.
  const change = Number(/to ([\d.]+) /.exec(told[0])[1]);
  expect(change).toBeGreaterThan(5);
  expect(change).toBeLessThan(40);
  expect(told.slice(1).join(" ")).toMatch(/\(B\)/);
  const next = Number(/^From ([\d.]+) /.exec(told[1])[1]);
  expect(next - change).toBeGreaterThan(0);
  expect(next - change).toBeLessThan(0.5);
  await expect(panel(page)).toContainText("Exact: all 3 loops");
  const [growth, limit] = [await ink(page, "--reinforcing"), await ink(page, "--balancing")];
  const at = async (week) => {
    await time(page).fill(String(Math.round((1_000 * week) / 80)));
    return { growth: await pixels(page, growth), limit: await pixels(page, limit) };
  };
  const before = await at(change / 2);
  const after = await at(change + 12);
  expect(before.growth).toBeGreaterThan(after.growth);
  expect(after.limit).toBeGreaterThan(before.limit);
});

test("parts of a model that do not work on each other have stories of their own", async ({ page }) => {
  const two = (text) => {
    const file = JSON.parse(text);
    const more = {
      variables: [
        { id: "w", name: "Water", kind: "stock", x: 600, y: 300, equation: "50" },
        { id: "x", name: "Draining", kind: "rate", x: 820, y: 300, equation: "Water / 10" },
      ],
      links: [
        { id: "wd", from: "w", to: "x", polarity: "+" },
        { id: "dw", from: "x", to: "w", polarity: "-" },
      ],
    };
    for (const list of ["variables", "links"]) file[list].push(...more[list]);
    return JSON.stringify(file);
  };
  await running(page, "limits.loopstream.json", two);
  await fold(page, "loops").click();
  await expect(panel(page).getByRole("heading", { name: "Users", exact: true })).toBeVisible();
  await expect(panel(page).getByRole("heading", { name: "Water", exact: true })).toBeVisible();
  await expect(panel(page).locator(".run-loop")).toHaveCount(3);
  await panel(page).getByLabel("Part of the model").selectOption("Water");
  await expect(panel(page).getByRole("heading", { name: "Users", exact: true })).toHaveCount(0);
  await expect(panel(page).locator(".run-loop")).toHaveCount(1);
  // Only the loop of that part is lit.
  const growth = await ink(page, "--reinforcing");
  await time(page).fill("100");
  const alone = await pixels(page, growth);
  await panel(page).getByLabel("Part of the model").selectOption("All parts");
  expect(await pixels(page, growth)).toBeGreaterThan(alone);
});
