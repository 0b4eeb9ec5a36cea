// Improvements of a stream: tried, kept, compared, shown on the canvas, made so.

import { expect, test } from "@playwright/test";

import { document, drop, open, outline } from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Value stream" });
const compared = (page) => panel(page).getByRole("group", { name: "Improvements beside today" });
const chip = (page) => page.getByRole("group", { name: "Shown on the canvas" });

const step = (id, name, x, hours, wait) => ({
  id,
  name,
  x,
  y: 0,
  measures: {
    processTime: { measured: hours, unit: "h" },
    waitingTime: { measured: wait, unit: "day" },
    completeAndAccurate: { measured: 90 },
  },
});

const MAP = {
  format: "loopstream",
  version: 6,
  title: "A line",
  stations: [
    step("build", "Build", 0, 2, 1),
    step("test", "Test", 260, 4, 2),
    { id: "out", name: "Customer", kind: "customer", x: 520, y: 0, measures: { demand: { measured: 4, unit: "per day" } } },
  ],
  flows: [
    { id: "f1", from: "build", to: "test", kind: "push" },
    { id: "f2", from: "test", to: "out", kind: "push" },
  ],
};

async function openMap(page) {
  await open(page);
  await drop(page, { file: { name: "line.loopstream.json", text: JSON.stringify(MAP) } });
  await expect(page).toHaveTitle("A line – Loopstream");
  // Where there is room the panel is open already.
  const side = page.getByRole("complementary", { name: "Value stream" });
  if (!(await side.isVisible())) await page.locator(".side-button", { hasText: "Stream" }).click();
  await page.locator("#fold-what-if").click();
  await expect(compared(page)).toContainText("Today");
}

async function keep(page, name) {
  await panel(page).getByLabel("Name of the improvement").fill(name);
  await panel(page).getByRole("button", { name: "Keep", exact: true }).click();
  await expect(compared(page).getByRole("button", { name })).toBeVisible();
}

test("an improvement is kept, compared, shown on the canvas, and made so", async ({ page }) => {
  await openMap(page);
  await panel(page).getByLabel("How", { exact: true }).selectOption("More people or machines");
  await expect(compared(page).getByRole("row", { name: /What you try/ })).toContainText("↑ 2 per d more");
  await keep(page, "Two testers");
  const row = compared(page).getByRole("row", { name: /Two testers/ });
  await expect(row).toContainText("↓ 2 per d slower");
  await expect(row).toContainText("→ today Test");
  // On the canvas the badge moves, and a chip says so until it is closed.
  await compared(page).getByRole("button", { name: "Two testers" }).click();
  await expect(chip(page)).toContainText("Showing: Two testers");
  await expect(page.locator("#said")).toHaveText("The canvas shows Two testers");
  await chip(page).getByRole("button", { name: "Show today" }).click();
  await expect(chip(page)).toHaveCount(0);
  // Another one, edited and copied.
  await panel(page).getByRole("button", { name: "Try another" }).click();
  await keep(page, "Test sooner");
  await panel(page).getByRole("button", { name: "Edit Test sooner" }).click();
  await panel(page).getByLabel("Name of the improvement").fill("Robots");
  await panel(page).getByRole("button", { name: "Save" }).click();
  await expect(compared(page)).toContainText("Robots");
  await panel(page).getByRole("button", { name: "Duplicate Robots" }).click();
  await expect(compared(page)).toContainText("Robots copy");
  await panel(page).getByRole("button", { name: "Remove Robots copy" }).click();
  await expect(compared(page)).not.toContainText("Robots copy");
  expect((await document(page)).improvements.map((one) => one.name).sort()).toEqual(["Robots", "Two testers"]);
  await panel(page).getByRole("button", { name: "Make it so: Two testers" }).click();
  await expect(compared(page)).not.toContainText("Two testers");
  const made = await document(page);
  expect(made.stations.find((one) => one.id === "test").measures.servers).toEqual({ measured: 2 });
  await page.getByRole("button", { name: "Undo", exact: true }).first().click();
  await expect(compared(page)).toContainText("Two testers");
});

test("the outline lists improvements and shows one", async ({ page }) => {
  await openMap(page);
  await keep(page, "Faster tests");
  await page.locator(".side-button", { hasText: "Outline" }).click();
  await outline(page).getByRole("button", { name: "Improvement: Faster tests" }).click();
  await expect(chip(page)).toContainText("Showing: Faster tests");
});
