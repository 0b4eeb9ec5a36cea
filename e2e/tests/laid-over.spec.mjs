// Maps laid over each other: who sees what, and one diagram of all of them.

import { expect, test } from "@playwright/test";

import { document, drop, open } from "../page.mjs";

const dialog = (page) => page.getByRole("dialog", { name: "Lay maps over each other" });

const step = (id, name, x, hours) => ({ id, name, x, y: 0, measures: { processTime: { measured: hours, unit: "h" } } });
const variable = (id, name, x) => ({ id, name, x, y: 200 });

const map = (title, hours, polarity, prefix) => ({
  format: "loopstream",
  version: 6,
  title,
  stations: [step(`${prefix}r`, "Review", 0, hours)],
  variables: [variable(`${prefix}h`, "Haste", 0), variable(`${prefix}d`, "Defects", 240)],
  links: polarity ? [{ id: `${prefix}l`, from: `${prefix}h`, to: `${prefix}d`, polarity }] : [],
});

const MAPS = [map("Ana", 4, "+", "a"), map("Ben", 1, "-", "b"), map("Über die Geschwindigkeit der Bestellbestätigungen", 4, "", "c")];

async function openAll(page) {
  await open(page);
  for (const one of MAPS) {
    await drop(page, { file: { name: `${one.title}.json`, text: JSON.stringify(one) } });
    await expect.poll(async () => (await document(page)).title).toBe(one.title);
  }
}

test("three maps are laid over each other, and opened as one", async ({ page }) => {
  await openAll(page);
  await page.locator("#menu-more").click();
  await page.getByRole("menuitem", { name: "Compare with another map" }).click();
  await page.getByRole("button", { name: "More than two maps" }).click();
  const boxes = dialog(page).getByRole("checkbox");
  await expect(boxes).toHaveCount(3);
  // The open one is chosen already.
  await expect(dialog(page).getByRole("checkbox", { checked: true })).toHaveCount(1);
  await expect(dialog(page).getByRole("button", { name: "Choose at least two maps" })).toBeDisabled();
  for (const box of await boxes.all()) await box.check();
  await dialog(page).getByRole("button", { name: "Lay 3 maps over each other" }).click();
  await expect(dialog(page).locator("#laid-over")).toHaveText("3 maps: 2 things are the same in all of them, and 2 are not.");
  const review = dialog(page).getByRole("row", { name: /Review/ });
  await expect(review).toContainText("process time 1 h");
  await expect(review.getByText("process time 4 h")).toHaveCount(2);
  const link = dialog(page).getByRole("row", { name: /Haste → Defects/ });
  await expect(link).toContainText("not there");
  await dialog(page).getByRole("button", { name: "Open as one diagram" }).click();
  await expect(dialog(page)).toBeHidden();
  await expect.poll(async () => (await document(page)).comments?.length).toBe(2);
  const { links, variables, comments } = await document(page);
  expect([links.length, variables.length]).toEqual([1, 2]);
  expect(comments.map((comment) => comment.about)).toContain(links[0].id);
  // Nothing of the maps themselves has changed.
  await page.locator("#menu-file").click();
  await page.getByRole("menuitem", { name: "My diagrams" }).click();
  const all = page.getByRole("dialog", { name: "My diagrams" });
  for (const { title } of MAPS) await expect(all.getByRole("button", { name: `Open ${title}`, exact: true })).toBeVisible();
});

test("a file is laid over a diagram, and one that is none says so", async ({ page }) => {
  await open(page);
  await drop(page, { file: { name: "ana.json", text: JSON.stringify(MAPS[0]) } });
  await expect.poll(async () => (await document(page)).title).toBe("Ana");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox").fill("Lay maps");
  await page.keyboard.press("Enter");
  const add = async (name, text) => {
    const chooser = page.waitForEvent("filechooser");
    await dialog(page).getByRole("button", { name: "Add a file" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/json", buffer: Buffer.from(text) });
    await expect(dialog(page).getByRole("checkbox", { name, checked: true })).toBeVisible();
  };
  await add("ben.json", JSON.stringify(MAPS[1]));
  await dialog(page).getByRole("button", { name: "Lay 2 maps over each other" }).click();
  await expect(dialog(page).locator("#laid-over")).toContainText("2 maps");
  await add("words.json", "no diagram");
  await dialog(page).getByRole("button", { name: "Lay 3 maps over each other" }).click();
  await expect(dialog(page).getByRole("alert")).toContainText("words.json was not opened");
});
