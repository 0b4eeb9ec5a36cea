// Small things of bars, dialogs and lists: what a viewer may do by buttons, words beside controls in dialogs, what is
// said of a loop from the palette, and in which order codes stand.

import { expect, test } from "@playwright/test";

import { choose, drawRing, loopsPanel, open } from "../page.mjs";

test("a viewer exports and compares by buttons", async ({ page: author, context }) => {
  await open(author);
  await drawRing(author);
  await choose(author, "File", "Share a link");
  const address = await author.locator("#link-view").inputValue();
  const page = await context.newPage();
  await open(page, address);
  for (const [name, heading] of [["Export", "Export"], ["Compare", "Compare"]]) {
    await page.locator(".top-bar").getByRole("button", { name, exact: true }).click();
    await expect(page.locator("dialog[open]")).toContainText(heading);
    await page.keyboard.press("Escape");
    await expect(page.locator("dialog[open]")).toHaveCount(0);
  }
});

test("words beside a control of a dialog can be pointed at", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await choose(page, "File", "My diagrams");
  const control = page.locator("dialog[open] [data-tip]").first();
  await control.hover();
  const tip = page.locator(".tooltip");
  await expect(tip).toBeVisible();
  const box = await tip.boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
  const over = await page.evaluate(
    ([x, y]) => document.elementFromPoint(x, y)?.classList.contains("tooltip"),
    [box.x + box.width / 2, box.y + box.height / 2],
  );
  expect(over).toBe(true);
  await expect(tip).toBeVisible();
  // Once the dialog is closed, the page has its words again.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(page.locator("dialog[open]")).toHaveCount(0);
  await page.getByRole("button", { name: "Zoom in" }).hover();
  await expect(tip).toBeVisible();
});

test("the pill of a version has room around its word", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await choose(page, "File", "History of this diagram");
  const pill = page.locator("dialog[open] .loop-code", { hasText: "Now" });
  await expect(pill).toHaveCSS("padding-left", "8px");
  await expect(pill).toHaveCSS("padding-right", "8px");
});

test("a loop from the palette is told, and codes say which order they follow", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await page.keyboard.type("R1");
  await page.getByRole("option", { name: /R1/ }).first().click();
  await expect(page.locator("#said")).toContainText("R1 lit:");
  if (!(await loopsPanel(page).isVisible())) await page.locator(".side-button", { hasText: "Loops" }).click();
  const order = page.locator("#loop-order");
  if (await order.count()) {
    await order.selectOption("longest");
    await expect(loopsPanel(page)).toContainText("Codes follow shortest first.");
  }
});
