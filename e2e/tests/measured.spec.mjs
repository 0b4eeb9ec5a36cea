// Measured data: a table of work items becomes a map, and brings it up to date.

import { readFile } from "node:fs/promises";

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { choose, document, drop, fixture, open, stored } from "../page.mjs";

const board = () => readFile(fixture("board.csv"), "utf8");
const dialog = (page) => page.getByRole("dialog", { name: "Measured data" });
const field = (page, label) => dialog(page).getByLabel(label, { exact: true });

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join("\n")}`)).toEqual([]);
}

/** Gives the dialog a table by its field. */
async function look(page, text) {
  await choose(page, "File", "Measured data");
  await field(page, "Table").fill(text);
  await dialog(page).getByRole("button", { name: "Open" }).click();
  await expect(dialog(page).getByRole("heading", { name: "What it says" })).toBeVisible();
}

test("a dropped export becomes a map, and the next one brings it up to date", async ({ page }) => {
  await open(page);
  await drop(page, { file: { name: "board.csv", text: await board() } });
  await expect(dialog(page).getByText(/seems to be a table of work items: 40 rows/)).toBeVisible();
  await expect(field(page, "Ready for Review")).toHaveValue("waiting");
  await expect(dialog(page).getByRole("button", { name: "Update this map" })).toHaveCount(0);
  await dialog(page).getByRole("button", { name: "Make a new map" }).click();
  await expect(page.locator("dialog")).toHaveCount(0);
  const stations = async () => (await document(page)).stations;
  const made = await stations();
  expect(made.map((station) => station.name).sort()).toEqual([
    "Created", "Customer", "In Progress", "Ready for Review", "Review",
  ]);
  const review = (list) => JSON.stringify(list.find((station) => station.name === "Review"));
  expect(review(made)).toContain("board.csv: ");
  // On the clock the map does not count: it is not brought up to date.
  await look(page, await board());
  await field(page, "Times count").selectOption("clock");
  await expect(dialog(page).getByText(/The open map counts times in working time/)).toBeVisible();
  await field(page, "Times count").selectOption("working");
  await field(page, "Date of the export").fill("2026-12-24 12:00");
  await field(page, "Date of the export").press("Tab");
  await dialog(page).getByRole("button", { name: "Update this map" }).click();
  await expect(page.locator("dialog")).toHaveCount(0);
  expect(review(await stations())).toContain("2026-12-24");
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  expect(review(await stations())).toBe(review(made));
});

test("what was chosen for a table is remembered for the next one with the same head", async ({ page }) => {
  await open(page);
  await look(page, await board());
  const select = field(page, "Review");
  await select.focus();
  await select.selectOption("waiting");
  await expect(dialog(page).getByRole("rowheader", { name: "Review", exact: true }).locator("..")).toContainText("waiting");
  // The choice that was made keeps the focus while the form is written anew.
  await expect(select).toBeFocused();
  expect((await stored(page))["loopstream/mapping"]).toContain("item column 5=waiting");
  await page.keyboard.press("Escape");
  await look(page, (await board()).replaceAll("BK-", "XY-"));
  await expect(field(page, "Review")).toHaveValue("waiting");
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(`the ${colorScheme} theme`, () => {
    test.use({ colorScheme });
    test("the form is accessible", async ({ page }) => {
      await open(page);
      await choose(page, "File", "Measured data");
      await clean(page);
      await field(page, "Table").fill(await board());
      await dialog(page).getByRole("button", { name: "Open" }).click();
      await expect(dialog(page).getByRole("button", { name: "Make a new map" })).toBeVisible();
      await clean(page);
    });
  });
}
