// Versions, backups and the page of the storage: what was there comes back, as one change.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import {
  A, B, C, choose, document, downloaded, drawRing, drop, fileChooser, fileText, open, outline, reload, saveState,
  saved, stored, toast, undoButton, variable,
} from "../page.mjs";

const dialog = (page, name) => page.getByRole("dialog", { name });
const rows = (page) => dialog(page, "History").locator(".finding");

async function history(page) {
  await choose(page, "File", "History of this diagram");
  await expect(rows(page).first()).toContainText("Now");
}

async function storage(page) {
  await choose(page, "File", "Storage and backup");
  await expect(dialog(page, "Storage and backup").getByRole("button", { name: "Back up everything" })).toBeVisible();
}

const names = async (page) => (await document(page)).variables.map((one) => one.name).sort();

/** Until the history of the open diagram has so many versions. */
const versions = (page, count) =>
  expect
    .poll(async () => {
      const texts = Object.entries(await stored(page)).filter(([key]) => key.includes("/history/"));
      return Math.max(0, ...texts.map(([, text]) => JSON.parse(text.split("\n")[2]).versions));
    })
    .toBe(count);

/** Stops the clock of the page. While it stands no version is due, however long drawing takes. */
const clock = (page, minutes) =>
  page.evaluate((time) => {
    Date.now = () => time;
  }, minutes * 60_000);

/** Takes a version, the `count`th: two minutes have gone by, and the page is about to be hidden. */
async function version(page, count) {
  await clock(page, 2 * count);
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide")));
  await versions(page, count);
}

/** A diagram of two versions: a ring, and a fourth variable. */
async function twoVersions(page) {
  await open(page);
  await clock(page, 0);
  await drawRing(page);
  await version(page, 1);
  await variable(page, "fourth", { x: 100, y: 400 });
  await version(page, 2);
}

test("versions are taken while one draws, compared with now, and restored as one change", async ({ page }) => {
  await twoVersions(page);
  await history(page);
  await expect(rows(page)).toHaveCount(2);
  await expect(rows(page).first()).toContainText("fourth added");
  await expect(rows(page).last()).toContainText("The oldest version");
  await rows(page).last().getByRole("button", { name: "Compare with now" }).click();
  await expect(dialog(page, "History").locator("#compared img")).toHaveCount(2);
  await expect(dialog(page, "History").locator("#compared")).toBeFocused();
  await expect(dialog(page, "History").locator(".differences")).toContainText("fourth");
  await rows(page).last().getByRole("button", { name: "Restore this version" }).click();
  await expect(toast(page, "is restored. Undo takes it back.").first()).toBeVisible();
  await page.keyboard.press("Escape");
  expect(await names(page)).toEqual(["batch size", "fear", "risk"]);
  await undoButton(page).click();
  expect(await names(page)).toEqual(["batch size", "fear", "fourth", "risk"]);
});

test("a version is taken by itself in the pause after drawing", async ({ page }) => {
  await open(page);
  await variable(page, "one", A);
  await versions(page, 1);
});

test("a version that is kept stays when the history is thinned", async ({ page }) => {
  await twoVersions(page);
  await history(page);
  await rows(page).last().getByRole("button", { name: "Pin", exact: true }).click();
  await expect(rows(page).last().getByRole("button", { name: "Unpin" })).toBeVisible();
  await page.keyboard.press("Escape");
  await variable(page, "fifth", { x: 640, y: 400 });
  await version(page, 3);
  await storage(page);
  await dialog(page, "Storage and backup").getByRole("button", { name: "Thin all histories" }).click();
  await versions(page, 2);
});

test("everything is backed up in one file, and comes back to a browser that was cleared", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await saved(page);
  const ring = await fileText(page);
  await choose(page, "File", "New diagram");
  await variable(page, "another", A);
  await saved(page);
  await storage(page);
  const file = await downloaded(page, () => page.getByRole("button", { name: "Back up everything" }).click());
  expect(file.name).toMatch(/^loopstream-backup-.*\.json$/);
  await page.keyboard.press("Escape");
  await page.goto("./templates/index.json");
  await page.evaluate(() => localStorage.clear());
  await open(page);
  await drop(page, { file: { name: file.name, text: file.bytes.toString("utf8") } });
  await expect(toast(page, "Restored:")).toBeVisible();
  await choose(page, "File", "My diagrams");
  await expect(page.locator(".document")).toHaveCount(2);
  await page.locator(".document").filter({ hasText: "3 variables" }).locator(".document-picture").click();
  expect(await fileText(page)).toBe(ring);
  // Once more: what is here is left as it is.
  await drop(page, { file: { name: file.name, text: file.bytes.toString("utf8") } });
  await expect(toast(page, "Here already: 2 diagrams.")).toBeVisible();
  // What differs comes as a copy.
  await variable(page, "later", { x: 100, y: 400 });
  await saved(page);
  await drop(page, { file: { name: file.name, text: file.bytes.toString("utf8") } });
  await expect(toast(page, "As copies, since what is here differs")).toBeVisible();
  await choose(page, "File", "My diagrams");
  await expect(page.locator(".document")).toHaveCount(3);
});

test("a backup can be chosen as a file, and one that is damaged gives what is sound", async ({ page }, info) => {
  await open(page);
  await variable(page, "one", A);
  await saved(page);
  await storage(page);
  const file = await downloaded(page, () => page.getByRole("button", { name: "Back up everything" }).click());
  const text = file.bytes.toString("utf8");
  expect(JSON.parse(text).entries.map((one) => one.kind)).toContain("document");
  const path = info.outputPath("backup.json");
  const { writeFile } = await import("node:fs/promises");
  await writeFile(path, text.slice(0, -2));
  await page.goto("./templates/index.json");
  await page.evaluate(() => localStorage.clear());
  await open(page);
  await storage(page);
  const chooser = await fileChooser(page, () => page.getByRole("button", { name: "Restore a backup" }).click());
  await chooser.setFiles(path);
  await expect(toast(page, "Restored: An untitled diagram.").first()).toBeVisible();
  await expect(toast(page, "The backup is damaged").first()).toBeVisible();
});

test("the page of the storage says what is used, and lets go of what can go", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await saved(page);
  await page.evaluate(() => localStorage.setItem("loopstream/aside/document/x/a/12", "rubbish"));
  await choose(page, "File", "My diagrams");
  await page.getByRole("button", { name: "Delete Untitled diagram" }).click();
  await page.keyboard.press("Escape");
  await storage(page);
  const sheet = dialog(page, "Storage and backup");
  await expect(sheet).toContainText(/About [\d.]+ kB of about 5\.2 MB are used/);
  await expect(sheet.getByRole("rowheader", { name: "Untitled diagram (deleted)" })).toBeVisible();
  const results = await new AxeBuilder({ page }).analyze();
  expect(results.violations).toEqual([]);
  const file = await downloaded(page, () => sheet.getByRole("button", { name: "Download" }).click());
  expect(file.bytes.toString("utf8")).toContain("rubbish");
  await sheet.getByRole("button", { name: "Discard" }).click();
  await expect(sheet.getByRole("button", { name: "Discard" })).toHaveCount(0);
  await sheet.getByRole("button", { name: "Empty the bin" }).click();
  await expect(sheet.getByRole("button", { name: "Empty the bin" })).toHaveCount(0);
  const left = Object.keys(await stored(page)).filter((key) => /\/(document|journal|history|deleted|aside)\//.test(key));
  expect(left).toEqual([]);
});

test("the dialog of the history has nothing that keeps people out", async ({ page }) => {
  await twoVersions(page);
  await history(page);
  await rows(page).last().getByRole("button", { name: "Compare with now" }).click();
  await expect(dialog(page, "History").locator("#compared img")).toHaveCount(2);
  const results = await new AxeBuilder({ page }).analyze();
  expect(results.violations).toEqual([]);
});

test("storage that is wiped under an open page is told, and the next change keeps everything", async ({ page, context }) => {
  await open(page);
  await variable(page, "before", A);
  await saved(page);
  // A person clears the data of the site in another tab.
  const other = await context.newPage();
  await other.goto("./templates/index.json");
  await other.evaluate(() => localStorage.clear());
  await page.bringToFront();
  await expect(saveState(page)).toContainText("Not saved");
  await variable(page, "after", B);
  await saved(page);
  await reload(page);
  expect(await names(page)).toEqual(["after", "before"]);
});

test("storage that is wiped without a word is whole again with the next change", async ({ page }) => {
  await open(page);
  await variable(page, "before", A);
  await saved(page);
  // The page itself hears nothing of this, as of the browser's own means.
  await page.evaluate(() => localStorage.clear());
  await variable(page, "after", B);
  await saved(page);
  // At once, before any pause: as a page that dies leaves it.
  const keys = Object.keys(await stored(page));
  expect(keys.filter((key) => key.startsWith("loopstream/document/"))).toHaveLength(2);
  expect(await names(page)).toEqual(["after", "before"]);
});
