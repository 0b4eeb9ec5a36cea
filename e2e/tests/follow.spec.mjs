// Following a change in words: what a rise reaches, all pairs, and a link that is tried before it is changed.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { A, C, canvas, choose, click, contextBar, document, drawRing, loopsPanel, open } from "../page.mjs";

const question = (page) => loopsPanel(page).getByLabel("Ask", { exact: true });
const findings = (page) => loopsPanel(page).locator(".finding");
const heading = (page, name) => loopsPanel(page).getByRole("heading", { name, exact: true });

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).include("aside.side").analyze();
  expect(violations.map((one) => `${one.id}: ${one.help}`)).toEqual([]);
}

test("what follows is told for the variable that is selected, from its menu and by keys", async ({ page }) => {
  await open(page);
  await drawRing(page, ["+", "-", "+"]);
  await click(page, A, { button: "right" });
  await page.getByRole("menuitem", { name: "Follow a change" }).click();
  await expect(heading(page, "What follows, round by round")).toBeVisible();
  await expect(findings(page).nth(0)).toContainText("risk rises");
  await expect(findings(page).nth(0)).toContainText("after 1 round");
  await expect(findings(page).nth(1)).toContainText("fear falls");
  await expect(findings(page).nth(1)).toContainText("batch size up → risk up → fear down");
  await expect(heading(page, "Loops that push back")).toBeVisible();
  await expect(findings(page).filter({ hasText: "Back at batch size" })).toContainText("loop B1 answers the push");
  await expect(heading(page, "Once everything has come to rest")).toBeVisible();
  await expect(findings(page).filter({ hasText: "fear stands lower" })).toHaveCount(1);
  await clean(page);
  // What is selected on the canvas is what is followed.
  await click(page, C);
  await expect(findings(page).nth(0)).toContainText("batch size rises");
  // By keys alone, from the palette.
  await canvas(page).focus();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("Table of all pairs");
  await page.keyboard.press("Enter");
  await expect(question(page)).toHaveValue("Table of all pairs");
  const row = loopsPanel(page).getByRole("row", { name: /^batch size/ });
  await expect(row.getByRole("cell")).toHaveText(["+", "−", "+"]);
  await clean(page);
});

test("a link is tried before it is changed, and undo takes it back", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await canvas(page).focus();
  await expect(async () => {
    await page.keyboard.press("]");
    await expect(contextBar(page).getByRole("button", { name: "Reverse" })).toBeVisible({ timeout: 300 });
  }).toPass();
  await page.keyboard.press("Control+k");
  await page.keyboard.type("If this link changed");
  await page.keyboard.press("Enter");
  await expect(heading(page, "If it is cut")).toBeVisible();
  const cut = findings(page).filter({ hasText: "Loops: none instead of 1 reinforcing." });
  await expect(cut).toHaveCount(1);
  const turned = findings(page).filter({ hasText: "Loops: 1 balancing instead of 1 reinforcing." });
  await loopsPanel(page).getByRole("button", { name: "Loops that change" }).first().click();
  await expect(findings(page).filter({ hasText: "R1 is cut" })).toBeVisible();
  await clean(page);
  expect((await document(page)).links.map((one) => one.polarity)).toEqual(["+", "+", "+"]);
  await turned.getByRole("button", { name: "Turn its sign" }).click();
  await expect(findings(page).filter({ hasText: "Loops: 1 reinforcing instead of 1 balancing." })).toHaveCount(1);
  expect((await document(page)).links.map((one) => one.polarity).sort()).toEqual(["+", "+", "-"]);
  await canvas(page).focus();
  await page.keyboard.press("Control+z");
  expect((await document(page)).links.map((one) => one.polarity)).toEqual(["+", "+", "+"]);
});

test("a play in a diagram with equations leads to its run", async ({ page }) => {
  await open(page);
  await choose(page, "File", "Open a template");
  await page.locator(".template").filter({ hasText: "Growth and its limit" }).click();
  await expect(page.locator("dialog")).toHaveCount(0);
  await canvas(page).focus();
  await page.keyboard.press("Tab");
  await page.keyboard.press("]");
  await page.keyboard.press("Alt+ArrowUp");
  const bar = page.getByRole("group", { name: "Play", exact: true });
  await bar.getByRole("button", { name: "Play its run" }).click();
  const run = page.getByRole("complementary", { name: "Run" });
  await expect(run.locator(".run-head img.chart")).toBeVisible();
  await expect(bar).toHaveCount(0);
  await expect(run.getByRole("slider", { name: "Time" })).not.toHaveValue("0");
});
