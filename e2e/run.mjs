// The panel of runs, in words.

import { readFile } from "node:fs/promises";

import { expect } from "@playwright/test";

import { canvas, drop, fixture, open, saved } from "./page.mjs";

export const panel = (page) => page.getByRole("complementary", { name: "Run" });
export const chart = (page) => panel(page).locator(".run-head img.chart");
export const fold = (page, id) => panel(page).locator(`#fold-run-${id}`);
export const time = (page) => panel(page).getByRole("slider", { name: "Time" });
export const readout = (page) => panel(page).locator(".run-readout");

/** Opens a model, changed as `change` says, and its runs by the key. */
export async function running(page, file, change = (text) => text) {
  await open(page);
  const text = change(await readFile(fixture(file), "utf8"));
  await drop(page, { file: { name: file, text } });
  await saved(page);
  await canvas(page).focus();
  await page.keyboard.press("Shift+R");
  await expect(chart(page)).toBeVisible();
}

/** Opens the model of growth up to a limit, and its runs. */
export const limits = (page, change) => running(page, "limits.loopstream.json", change);

/** Keeps a number for a constant as a scenario. */
export async function scenario(page, constant, value, name) {
  await panel(page).getByLabel(`Value of ${constant}`).fill(value);
  await page.keyboard.press("Enter");
  await expect(chart(page)).toHaveAttribute("alt", /What you try/);
  await panel(page).getByLabel("Name of the scenario").fill(name);
  await panel(page).getByRole("button", { name: "Keep", exact: true }).click();
  await expect(chart(page)).toHaveAttribute("alt", new RegExp(name));
}
