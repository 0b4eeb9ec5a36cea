// Storage that is blocked, full, damaged or newer: the app goes on, says so, and loses nothing.

import { expect, test } from "@playwright/test";

import {
  A, B, C, canvas, choose, document, downloaded, drawRing, loops, open, saved, saveState, stored, toast, variable,
} from "../page.mjs";

/** A page of the same site that is not the app: there the storage can be changed behind its back. */
const BESIDE = "./templates/index.json";

test("where the storage is blocked one can draw, is told so, and can save a file", async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("The operation is insecure.", "SecurityError");
        },
      });
    }
  });
  const errors = [];
  page.on("pageerror", (error) => errors.push(String(error)));
  await open(page);
  await drawRing(page);
  await expect(loops(page).locator(".loop-code")).toHaveText("R1");
  await expect(saveState(page)).toContainText("Not saved");
  await expect(saveState(page)).toContainText("This browser keeps nothing for this page.");
  const file = await downloaded(page, () => saveState(page).getByRole("button", { name: "Save as a file" }).click());
  expect(JSON.parse(file.bytes.toString("utf8")).variables).toHaveLength(3);
  // Every part of the page that asks the storage goes on.
  await choose(page, "File", "My diagrams");
  await expect(page.getByText("The browser's storage cannot be read")).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Dark theme" }).click();
  page.once("dialog", (dialog) => dialog.accept());
  await choose(page, "File", "New diagram");
  await variable(page, "one", A);
  expect(errors).toEqual([]);
});

test("full storage is told with a way out, and the next change after it is free again saves everything", async ({ page, context }) => {
  await open(page);
  await variable(page, "before", A);
  await saved(page);
  await page.evaluate(() => {
    // To the last letter.
    for (let size = 1 << 22; size >= 1; size >>= 1) {
      try {
        for (let number = 0; ; number += 1) localStorage.setItem(`filler/${size}/${number}`, "x".repeat(size));
      } catch {
        // This size has no room left.
      }
    }
  });
  await variable(page, "during", B);
  await expect(saveState(page)).toContainText("Not saved");
  await expect(saveState(page)).toContainText("The browser's storage is full.");
  const file = await downloaded(page, () => saveState(page).getByRole("button", { name: "Save as a file" }).click());
  expect(JSON.parse(file.bytes.toString("utf8")).variables.map((one) => one.name).sort()).toEqual(["before", "during"]);

  await page.evaluate(() => {
    for (const key of Object.keys(localStorage)) if (key.startsWith("filler/")) localStorage.removeItem(key);
  });
  await variable(page, "after", C);
  await saved(page);
  const next = await context.newPage();
  await open(next);
  expect((await document(next)).variables.map((one) => one.name).sort()).toEqual(["after", "before", "during"]);
});

test("what is not saved is asked about before it goes, and is in a backup", async ({ page }) => {
  const names = async () => (await document(page)).variables.map((one) => one.name).sort();
  await open(page);
  await variable(page, "before", A);
  await saved(page);
  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("full", "QuotaExceededError");
    };
  });
  await variable(page, "during", B);
  await expect(saveState(page)).toContainText("Not saved");
  const asked = [];
  page.once("dialog", (dialog) => {
    asked.push(dialog.message());
    return dialog.dismiss();
  });
  await choose(page, "File", "New diagram");
  expect(asked).toEqual([expect.stringContaining("could not be saved")]);
  expect(await names()).toEqual(["before", "during"]);
  // The backup takes what is on the page along.
  await choose(page, "File", "Storage and backup");
  const backup = await downloaded(page, () => page.getByRole("button", { name: "Back up everything" }).click());
  expect(backup.bytes.toString("utf8")).toContain("during");
  await expect(toast(page, "One of them is the diagram on the page, which is not saved here.")).toBeVisible();
  await page.keyboard.press("Escape");
  // The browser asks as well when the page is to go.
  const leaving = page.waitForEvent("dialog");
  await page.close({ runBeforeUnload: true });
  const dialog = await leaving;
  expect(dialog.type()).toBe("beforeunload");
  await dialog.dismiss();
  expect(await names()).toEqual(["before", "during"]);
  page.once("dialog", (last) => last.accept());
  await choose(page, "File", "New diagram");
  await expect(page.locator("#title")).toHaveValue("");
  expect((await document(page)).variables ?? []).toEqual([]);
});

test("a diagram that cannot be read is left as it is, and offered for download", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await saved(page);
  await page.goto(BESIDE);
  await change(page, (text) => `${text.slice(0, -20)}damaged`);
  const damaged = ofDocuments(await stored(page));

  await open(page);
  await expect(toast(page, "A diagram in this browser cannot be read. It is kept as it is")).toBeVisible();
  await expect(page.getByRole("heading", { name: "What keeps happening, and why?" })).toBeVisible();
  await variable(page, "a new one", A);
  await saved(page);
  expect(ofDocuments(await stored(page))).toMatchObject(damaged);

  await choose(page, "File", "My diagrams");
  await expect(page.locator(".document")).toHaveCount(2);
  const card = page.locator(".document").filter({ hasText: "Unreadable diagram" });
  const file = await downloaded(page, () => card.getByRole("button", { name: "Download" }).click());
  for (const text of Object.values(damaged)) expect(file.bytes.toString("utf8")).toContain(text);
});

test("a damaged part is set aside, and the diagram opens from what is sound", async ({ page }) => {
  await open(page);
  await drawRing(page);
  // A reload writes a generation; two of them are two generations.
  await page.goto(BESIDE);
  await open(page);
  await variable(page, "one more", { x: 100, y: 400 });
  await page.goto(BESIDE);
  const generations = Object.keys(await stored(page)).filter((key) => key.startsWith("loopstream/document/"));
  expect(generations).toHaveLength(2);
  const damaged = await change(page, (text) => `${text.slice(0, -20)}damaged`, generations.slice(0, 1));

  await open(page);
  await expect(toast(page, "A part of what was stored could not be read. It is kept aside")).toBeVisible();
  expect((await document(page)).variables).toHaveLength(4);
  await choose(page, "File", "My diagrams");
  await page.getByText("Set aside: could not be read").click();
  const file = await downloaded(page, () => page.getByRole("dialog").getByRole("button", { name: "Download" }).click());
  expect(file.bytes.toString("utf8")).toBe(damaged[0]);
  await page.getByRole("dialog").getByRole("button", { name: "Discard" }).click();
  await expect(page.getByText("Set aside: could not be read")).toHaveCount(0);
});

test("a diagram of a newer Loopstream is not touched", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await saved(page);
  await page.goto(BESIDE);
  await change(page, (text) => {
    // The checksum, the version of the store, the rest.
    const rest = text.split("\n").slice(2).join("\n");
    const newer = `99\n${rest}`;
    let hash = 0xcbf29ce484222325n;
    for (const byte of new TextEncoder().encode(newer)) hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
    return `${hash.toString(16).padStart(16, "0")}\n${newer}`;
  });
  const newer = ofDocuments(await stored(page));

  await open(page);
  await expect(page.getByRole("heading", { name: "What keeps happening, and why?" })).toBeVisible();
  await variable(page, "a new one", A);
  await saved(page);
  await page.goto(BESIDE);
  const after = ofDocuments(await stored(page));
  expect(after).toMatchObject(newer);
  expect(Object.keys(await stored(page)).filter((key) => key.includes("/aside/"))).toEqual([]);
  await open(page);
  await choose(page, "File", "My diagrams");
  const card = page.locator(".document").filter({ hasText: "Unreadable diagram" });
  const file = await downloaded(page, () => card.getByRole("button", { name: "Download" }).click());
  for (const text of Object.values(newer)) expect(file.bytes.toString("utf8")).toContain(text);
});

test("a program that fails shows a plain page with the diagram, and a reload has it all", async ({ page }) => {
  // A browser that calls the app while it is busy, as none should: the one way to make it fail from outside.
  await page.addInitScript(() => {
    const measure = CanvasRenderingContext2D.prototype.measureText;
    CanvasRenderingContext2D.prototype.measureText = function (text) {
      if (text.includes("fail now")) document.getElementById("canvas").dispatchEvent(new PointerEvent("pointermove"));
      return measure.call(this, text);
    };
  });
  await open(page);
  await drawRing(page);
  await saved(page);
  await page.mouse.dblclick(900, 200);
  await page.keyboard.type("fail now");
  await page.keyboard.press("Enter");
  const failure = page.getByRole("alertdialog", { name: "Loopstream has stopped" });
  await expect(failure).toBeVisible();
  // Nothing of the page under it can be reached any more.
  const buttons = ["Reload", "Download my diagram"].map((words) => failure.getByRole("button", { name: words }));
  await expect(buttons[0]).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(buttons[1]).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(failure).toBeVisible();
  // Safari, which knows no `closedby`, asks first.
  const closes = await failure.evaluate((dialog) => dialog.dispatchEvent(new Event("cancel", { cancelable: true })));
  expect(closes).toBe(false);
  const file = await downloaded(page, () => failure.getByRole("button", { name: "Download my diagram" }).click());
  expect(JSON.parse(file.bytes.toString("utf8")).variables.length).toBeGreaterThanOrEqual(3);
  await failure.getByRole("button", { name: "Reload" }).click();
  await expect(canvas(page)).toBeVisible();
  await expect(loops(page).locator(".loop-code")).toHaveText("R1");
});

/** The documents among what is stored: generations and journals. */
const ofDocuments = (all) =>
  Object.fromEntries(Object.entries(all).filter(([key]) => /^loopstream\/(document|journal)\//.test(key)));

/** Changes texts of documents in the storage, all or those named; gives what they are now. */
async function change(page, how, keys) {
  const now = Object.entries(ofDocuments(await stored(page)))
    .filter(([key]) => !keys || keys.includes(key))
    .map(([key, text]) => [key, how(text)]);
  await page.evaluate((now) => now.forEach(([key, text]) => localStorage.setItem(key, text)), now);
  return now.map(([, text]) => text);
}
