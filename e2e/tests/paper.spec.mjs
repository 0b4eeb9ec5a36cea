// What is printed: heading and picture on one page, white, and what there is nothing of.

import { expect, test } from "@playwright/test";

import { canvas, choose, drawRing, drop, open, ready, toast } from "../page.mjs";

/** The browser's own dialog would wait for a person. */
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => { window.print = () => {}; });
});

const PURPOSE = "What people want to reach together, at some length. ".repeat(15);

/** Two variables and two links between them, as far apart as is said. */
const diagram = (width, height) => ({
  format: "loopstream", version: 1, title: "On paper", purpose: PURPOSE,
  variables: [{ id: "a", name: "one", x: 0, y: 0 }, { id: "b", name: "other", x: width, y: height }],
  links: [{ id: "l", from: "a", to: "b", polarity: "+", bend: 0.3 }, { id: "m", from: "b", to: "a", polarity: "-", bend: 0.3 }],
});

const WAYS = [
  ["by Loopstream", "svg", (page) => choose(page, "File", "Print, or save as PDF")],
  ["by the browser itself", "canvas", (page) => page.evaluate(() => window.dispatchEvent(new Event("beforeprint")))],
];

/** The room of a page within its margins, in CSS pixels: the paper less 12 mm on every side. */
const PAPERS = [
  ["A4, landscape", { width: 1031, height: 703 }],
  ["A4, portrait", { width: 703, height: 1031 }],
  ["Letter, landscape", { width: 965, height: 725 }],
  ["Letter, portrait", { width: 725, height: 965 }],
];

for (const [way, drawn, print] of WAYS) {
  test(`printed ${way}, heading and picture are one page of any paper, and white`, async ({ page }) => {
    await open(page);
    for (const [width, height] of [[900, 300], [900, 880], [300, 1500]]) {
      await drop(page, { file: { name: "paper.json", text: JSON.stringify(diagram(width, height)) } });
      await expect(canvas(page)).toHaveAttribute("aria-label", /^Diagram with 2 variables/);
      await print(page);
      const picture = page.locator(`#print-sheet ${drawn}`);
      await expect(picture).toHaveCount(1);
      await page.emulateMedia({ media: "print" });
      for (const [paper, size] of PAPERS) {
        await page.setViewportSize(size);
        const box = await picture.boundingBox();
        const what = `${width} x ${height} on ${paper}`;
        expect(box.y + box.height, what).toBeLessThanOrEqual(size.height);
        expect(box.x + box.width, what).toBeLessThanOrEqual(size.width + 1);
        expect(box.height, what).toBeGreaterThan(200);
        // The loops follow.
        expect((await page.locator("#print-sheet li").boundingBox()).y, what).toBeGreaterThanOrEqual(box.y + box.height);
      }
      const cream = await page.locator("#print-sheet *").evaluateAll((all) =>
        all.filter((one) => [getComputedStyle(one).fill, getComputedStyle(one).stroke].includes("rgb(252, 251, 248)")).length);
      expect(cream).toBe(0);
      const ground = await picture.evaluate((one) =>
        one.getContext
          ? `rgb(${[...one.getContext("2d").getImageData(3, 3, 1, 1).data].slice(0, 3).join(", ")})`
          : getComputedStyle(one.querySelector("[fill]")).fill);
      expect(ground).toBe("rgb(255, 255, 255)");
      await page.emulateMedia({ media: "screen" });
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
      await expect(picture).toHaveCount(0);
    }
  });
}

test("a dark page is printed as a light one", async ({ page }) => {
  await page.emulateMedia({ colorScheme: "dark" });
  await open(page);
  await drop(page, { file: { name: "paper.json", text: JSON.stringify(diagram(900, 300)) } });
  await expect(canvas(page)).toHaveAttribute("aria-label", /^Diagram with 2 variables/);
  for (const choice of ["system", "dark"]) {
    // From what the system has to light, and on to a dark that is chosen.
    if (choice === "dark") for (let press = 0; press < 2; press++) await page.keyboard.press("Alt+Shift+D");
    await WAYS[1][2](page);
    await page.emulateMedia({ media: "print" });
    await expect(page.locator("#print-sheet h1"), choice).toHaveCSS("color", "rgb(29, 33, 41)");
    await expect(page.locator("html"), choice).toHaveCSS("background-color", "rgb(255, 255, 255)");
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await page.emulateMedia({ media: "screen" });
    await expect(page.locator("body"), choice).toHaveCSS("background-color", "rgb(23, 25, 30)");
  }
});

test("a small diagram is one page, and one with many words two", async ({ page }) => {
  await open(page);
  const pages = async () => {
    // The browser tells the page that it prints, and so the sheet is made.
    const pdf = await page.pdf({ preferCSSPageSize: true, format: "A4" });
    return pdf.toString("latin1").match(/\/Type \/Page\b/g).length;
  };
  await drop(page, { file: { name: "small.json", text: JSON.stringify({ ...diagram(500, 60), purpose: "Short." }) } });
  await expect(canvas(page)).toHaveAttribute("aria-label", /^Diagram with 2 variables/);
  expect(await pages()).toBe(1);
  await drop(page, { file: { name: "long.json", text: JSON.stringify({ ...diagram(900, 600), purpose: PURPOSE.repeat(3) }) } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue("On paper");
  await expect.poll(pages).toBe(2);
});

test("a stream is printed with its headline, its figures and its measures", async ({ page }) => {
  await open(page);
  await choose(page, "File", "Open a template");
  await page.getByRole("button", { name: /idea to production/ }).click();
  await expect(canvas(page)).toHaveAttribute("aria-label", /^Value-stream map with \d+ steps.*; constraint: Test/);
  await WAYS[0][2](page);
  const sheet = page.locator("#print-sheet");
  await expect(sheet.locator("svg")).toHaveCount(1);
  await page.emulateMedia({ media: "print" });
  await expect(sheet.getByText(/is the constraint/)).toBeVisible();
  await expect(sheet.getByRole("row", { name: /^Lead time .* d/ }).first()).toBeVisible();
  await expect(sheet.getByRole("columnheader", { name: "Status" })).toBeVisible();
  await expect(sheet.getByRole("columnheader", { name: "process time" })).toBeVisible();
  // The picture is no higher than its width asks for, and what follows begins below it.
  const [svg, table] = [await sheet.locator("svg").boundingBox(), await sheet.locator("table").first().boundingBox()];
  const [, , width, height] = (await sheet.locator("svg").getAttribute("viewBox")).split(" ").map(Number);
  expect(svg.height / svg.width).toBeLessThan(height / width + 0.02);
  expect(table.y - (svg.y + svg.height)).toBeLessThan(80);
});

test("an empty diagram is not printed, and says so", async ({ page }) => {
  await open(page);
  await choose(page, "File", "Print, or save as PDF");
  await expect(toast(page, "There is nothing to print yet.")).toBeVisible();
  await expect(page.locator("#print-sheet")).toHaveCount(0);
  await WAYS[1][2](page);
  await expect(page.locator("#print-sheet")).toHaveText("This diagram is empty.");
});

test("a page that is printed with a frame shows the diagram in it", async ({ page, context, baseURL }) => {
  await open(page);
  await drawRing(page);
  await choose(page, "File", "Share a link");
  const embed = await page.locator("#link-embed").inputValue();
  const host = await context.newPage();
  await host.goto(new URL("templates/index.json", baseURL).href);
  await host.setContent(`<!doctype html><title>A page</title><h1>A page</h1>${embed}`);
  const inside = host.frames()[1];
  await ready(inside);
  await inside.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await host.emulateMedia({ media: "print" });
  await expect(inside.locator("#print-sheet")).toHaveCount(0);
  await expect(inside.locator("#canvas")).toBeVisible();
  // The frame may be narrower on paper, and then nothing paints the canvas anew.
  await expect(inside.locator("#canvas")).toHaveCSS("object-fit", "contain");
});
