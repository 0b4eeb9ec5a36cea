// Models of Stella and Vensim: opened, run, changed, exported and opened again.

import { readFile } from "node:fs/promises";

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { choose, contextBar, downloaded, drop, field, fileChooser, fixture, open, saved } from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Run" });
const chart = (page) => panel(page).locator(".run-head img.chart");

/** The value of a table that is straight between its points. */
function looked(points, x) {
  const last = points.length - 1;
  if (x <= points[0][0]) return points[0][1];
  if (x >= points[last][0]) return points[last][1];
  const at = points.findIndex(([right]) => right > x);
  const [[x0, y0], [x1, y1]] = [points[at - 1], points[at]];
  return y0 + ((x - x0) * (y1 - y0)) / (x1 - x0);
}

/** What the shop comes to, step by step. */
function shop(demand) {
  const [capacity, dt] = [15, 0.25];
  const pressure = [[0, 0], [1, 0.5], [2, 0.8], [3, 1]];
  const now = { "Backlog": 40, "Seen shipping": 0, "Delivered[North]": 0, "Delivered[South]": 0 };
  const rows = [];
  for (let step = 0; step <= 48; step += 1) {
    const shipping = Math.min(capacity * looked(pressure, now.Backlog / 40), now.Backlog / dt);
    if (step === 0) now["Seen shipping"] = shipping;
    rows.push({ ...now, Shipping: shipping, "All delivered": now["Delivered[North]"] + now["Delivered[South]"] });
    now.Backlog += dt * (demand + (step >= 16 ? 5 : 0) - shipping);
    now["Seen shipping"] += (dt * (shipping - now["Seen shipping"])) / 3;
    now["Delivered[North]"] += dt * shipping * 0.25;
    now["Delivered[South]"] += dt * shipping * 0.75;
  }
  return rows;
}

/** What the clinic comes to, step by step. */
function clinic(arrivals) {
  const [staff, dt] = [5, 0.25];
  const pace = [[0, 0], [1, 2], [2, 3], [4, 3.5]];
  const under = Array(6).fill(10);
  let [waiting, day, night, stages] = [20, 1, 1, null];
  const rows = [];
  for (let step = 0; step <= 40; step += 1) {
    const treating = staff * looked(pace, waiting / 20);
    stages ??= [treating, treating, treating];
    const leaving = under.shift();
    under.push(treating);
    const row = { "Waiting": waiting, "Treating": treating, "Leaving": leaving };
    rows.push({ ...row, "Known treating": stages[2], "Cared for[day]": day, "All cared for": day + night });
    waiting += dt * (arrivals + (step >= 12 ? 4 : 0) - treating);
    day += dt * leaving * 0.6;
    night += dt * leaving * 0.4;
    stages = stages.map((own, at) => own + dt * ((at ? stages[at - 1] : treating) - own));
  }
  return rows;
}

const MODELS = [
  {
    what: "Stella", file: "shop.stmx", format: "XMILE", constant: "Demand", values: [10, 14], of: shop,
    refused: "MOODOF", hangs: "Word of mouth", where: "Praise",
  },
  {
    what: "Vensim", file: "clinic.mdl", format: "Vensim", constant: "Arrivals a day", values: [9, 12], of: clinic,
    refused: "another file", hangs: "Late arrivals", where: "Weather",
  },
];

/** The cells of a CSV without quoted line breaks. */
function cells(line) {
  return [...line.matchAll(/("([^"]|"")*"|[^,]*)(,|$)/g)]
    .slice(0, -1)
    .map(([, cell]) => cell.replace(/^"|"$/g, "").replaceAll('""', '"'));
}

/** All rows that the panel exports: an object for each, by the names of columns. */
async function exported(page) {
  const button = panel(page).getByRole("button", { name: "Export values" });
  const { bytes } = await downloaded(page, () => button.click());
  const [head, ...lines] = bytes.toString("utf8").trim().split("\n");
  const names = cells(`${head},`);
  return lines.map((line) => {
    const values = cells(`${line},`);
    return Object.fromEntries(names.map((name, at) => [name, values[at]]));
  });
}

async function choosesFile(page, path) {
  const chooser = await fileChooser(page, () => choose(page, "File", "Open a file"));
  await chooser.setFiles(path);
  await saved(page);
}

async function runs(page) {
  await page.locator("#canvas").focus();
  await page.keyboard.press("Shift+R");
  await expect(chart(page)).toBeVisible();
}

const near = (value, expected) => Math.abs(Number(value) - expected) <= 1e-9 * Math.max(1, Math.abs(expected));

/** The rows are what the plain calculation gives. */
function agree(rows, expected, suffix = "") {
  expect(rows.length).toBe(expected.length);
  for (const [at, row] of expected.entries()) {
    for (const [name, value] of Object.entries(row)) {
      const found = rows[at][`${name}${suffix}`];
      expect(near(found, value), `${name} in row ${at}: ${found} is not ${value}`).toBe(true);
    }
  }
}

for (const { what, file, format, constant, values, of, refused, hangs, where } of MODELS) {
  test(`a model of ${what} opens, runs, is changed, and comes back the same`, async ({ page }) => {
    await open(page);
    await choosesFile(page, fixture(file));
    await runs(page);
    const [before, after] = values;
    const first = await exported(page);
    agree(first, of(before));
    // What cannot be computed is named, and what hangs on it has no values.
    expect(first.at(-1)[where]).toBe("");
    expect(first.at(-1)[hangs]).toBe("");
    await panel(page).getByLabel(`Value of ${constant}`).fill(String(after));
    await page.keyboard.press("Enter");
    await expect(chart(page)).toHaveAttribute("alt", /What you try/);
    agree(await exported(page), of(after), " · What you try");
    await panel(page).getByRole("button", { name: "Write into the model" }).click();
    await expect(chart(page)).not.toHaveAttribute("alt", /What you try/);
    const written = await exported(page);
    agree(written, of(after));
    await choose(page, "File", "Export…");
    const button = page.getByRole("button", { name: `Download as ${format} model`, exact: true });
    const out = await downloaded(page, () => button.click());
    await page.keyboard.press("Escape");
    await drop(page, { file: { name: out.name, text: out.bytes.toString("utf8") } });
    await saved(page);
    await expect(chart(page)).toBeVisible();
    expect(await exported(page)).toEqual(written);
  });

  test(`what of a model of ${what} cannot be computed is said first, and leads there`, async ({ page }) => {
    await open(page);
    await drop(page, { file: { name: file, text: await readFile(fixture(file), "utf8") } });
    await saved(page);
    await runs(page);
    const said = panel(page).locator("p.trouble");
    await expect(said).toHaveText("1 variable cannot be computed, and 1 that hangs on it. The rest runs.");
    await expect(panel(page).locator(".run-problems button").first()).toContainText(refused);
    await panel(page).locator(".run-hanging button").click();
    await expect(contextBar(page)).toBeVisible();
    await page.keyboard.press("F2");
    await expect(field(page)).toHaveValue(hangs);
    await page.keyboard.press("Escape");
    await panel(page).locator("#fold-run-choose").click();
    await panel(page).getByRole("checkbox", { name: `${hangs} (unknown)` }).check();
    await panel(page).getByRole("slider", { name: "Time" }).fill("1000");
    await expect(panel(page).locator(".run-readout")).toContainText(`${hangs}unknown`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map((one) => `${one.id}: ${one.help}`)).toEqual([]);
  });
}
