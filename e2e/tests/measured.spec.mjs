// Measured data: a table of work items becomes a map, and brings it up to date.

import { readFile } from "node:fs/promises";

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { choose, document, drop, fixture, open, stored, toast } from "../page.mjs";

const board = () => readFile(fixture("board.csv"), "utf8");
const dialog = (page) => page.getByRole("dialog", { name: "Import measurements" });
const field = (page, label) => dialog(page).getByLabel(label, { exact: true });

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join("\n")}`)).toEqual([]);
}

/** Gives the dialog a table by its field. */
async function look(page, text) {
  await choose(page, "File", "Import measurements…");
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
  // A new map is arranged; before that it stands in a row of even steps.
  await expect(page.getByText("Arranged", { exact: true })).toBeAttached();
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
  await expect(toast(page, /steps were updated from Pasted table/)).toBeVisible();
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

test("what is no table is kept to be mended, and from a form there is a way back", async ({ page }) => {
  await open(page);
  await choose(page, "File", "Import measurements…");
  const give = async (text) => {
    await field(page, "Table").fill(text);
    await dialog(page).getByRole("button", { name: "Open" }).click();
  };
  await give("just words");
  await expect(toast(page, /cannot be read as a table/)).toBeVisible();
  await expect(field(page, "Table")).toHaveValue("just words");
  await give("Key,Colour\nA,red\n");
  await expect(dialog(page).getByText(/No column has a measure/)).toBeVisible();
  await dialog(page).getByRole("button", { name: "Another table" }).click();
  await expect(field(page, "Table")).toHaveValue("Key,Colour\nA,red\n");
  await expect(field(page, "Table")).toBeFocused();
  await give(await board());
  await expect(dialog(page).getByRole("button", { name: "Make a new map" })).toBeVisible();
});

test("on a phone the buttons and the way out are in sight wherever one reads", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await look(page, await board());
  for (const part of ["What it is", "What it says"]) {
    await dialog(page).getByRole("heading", { name: part }).scrollIntoViewIfNeeded();
    await expect(dialog(page).getByRole("button", { name: "Make a new map" })).toBeInViewport({ ratio: 1 });
    await expect(dialog(page).getByRole("button", { name: "Close" })).toBeInViewport({ ratio: 1 });
  }
  // Wide tables scroll by themselves.
  const over = await dialog(page).evaluate((all) => all.scrollWidth - all.clientWidth);
  expect(over).toBe(0);
});

test("another number typed over a measured one has no source", async ({ page }) => {
  await open(page);
  await drop(page, { file: { name: "board.csv", text: await board() } });
  await dialog(page).getByRole("button", { name: "Make a new map" }).click();
  await expect(page.locator("dialog")).toHaveCount(0);
  const measures = async () => {
    const { stations } = await document(page);
    return stations.find((station) => station.name === "Review").measures.processTime;
  };
  expect((await measures()).source).toContain("board.csv");
  await page.getByRole("button", { name: "Outline", exact: true }).click();
  await page.locator(".outline-words", { hasText: /^Review$/ }).click();
  await page.getByRole("button", { name: "Stream", exact: true }).click();
  const time = page.locator("#inspector").getByLabel("Process time", { exact: true });
  await time.fill("~3 h");
  await time.press("Tab");
  await expect.poll(measures).not.toHaveProperty("source");
  expect(await measures()).not.toHaveProperty("date");
});

for (const timezoneId of ["America/Los_Angeles", "Asia/Kolkata"]) {
  test.describe(`in the zone ${timezoneId}`, () => {
    test.use({ timezoneId });
    test("an age is the same as elsewhere", async ({ page }) => {
      await open(page);
      const ago = (hours) => new Date(Date.now() - hours * 3_600_000).toISOString();
      await look(page, `Key,Created,In Progress,Done\nA,${ago(30)},${ago(20)},${ago(15)}\nB,${ago(10)},,\n`);
      await field(page, "Times count").selectOption("clock");
      await expect(dialog(page).getByText(/zone of this browser, (America\/Los_Angeles|Asia\/(Kolkata|Calcutta));/)).toBeVisible();
      const created = dialog(page).getByRole("rowheader", { name: "Created", exact: true }).locator("..");
      await expect(created.getByRole("cell").nth(-2)).toHaveText("10 h");
    });
  });
}

test.describe("in California", () => {
  test.use({ timezoneId: "America/Los_Angeles" });
  test("working hours are those of the place, in summer and in winter", async ({ page }) => {
    await open(page);
    // From 9 to 17 by the clocks there.
    const rows = ["A,2026-02-25T17:00:00Z,2026-02-26T01:00:00Z", "B,2026-07-01T16:00:00Z,2026-07-02T00:00:00Z"];
    await look(page, `Key,Started,Done\n${rows.join("\n")}\n`);
    await expect(dialog(page).getByText(/worked on for 1 d and waited for 0 s/)).toBeVisible();
  });
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(`the ${colorScheme} theme`, () => {
    test.use({ colorScheme });
    test("the form is accessible", async ({ page }) => {
      await open(page);
      await choose(page, "File", "Import measurements…");
      await clean(page);
      await field(page, "Table").fill(await board());
      await dialog(page).getByRole("button", { name: "Open" }).click();
      await expect(dialog(page).getByRole("button", { name: "Make a new map" })).toBeVisible();
      await clean(page);
    });
  });
}
