// A model that runs: chart, sliders, scenarios, the time on the canvas, which loop drives.

import { readFile } from "node:fs/promises";

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import {
  choose, contextBar, document, downloaded, drop, field, fixture, open, saved,
} from "../page.mjs";
import { chart, fold, limits, panel, readout, scenario, time } from "../run.mjs";

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map((one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => node.html).join("\n")}`);
  expect(told.join("\n\n")).toBe("");
}

test("the chart shows the stock, and the value at a time", async ({ page }) => {
  await limits(page);
  await expect(chart(page)).toHaveAttribute("alt", /Users: 10 at 0, to 9\d\d at 60/);
  await time(page).fill("1000");
  await expect(readout(page)).toContainText("60 weeks");
  await expect(readout(page)).toContainText("Users9");
  // The pointer over the chart chooses a time too.
  const box = await chart(page).boundingBox();
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await expect(readout(page)).not.toContainText("60 weeks");
});

test("two scenarios are kept, compared in one chart, and read beside each other", async ({ page }) => {
  await limits(page);
  await scenario(page, "Market", "500", "Half the market");
  await scenario(page, "Market", "2000", "Twice the market");
  await expect(chart(page)).toHaveAttribute("alt", /Half the market: 10 at 0, to 4\d\d at 60/);
  await expect(chart(page)).toHaveAttribute("alt", /Twice the market: 10 at 0, to 1,?[89]\d\d at 60/);
  await time(page).fill("1000");
  const row = (name) => readout(page).locator("div").filter({ hasText: name }).locator("dd");
  await expect(row("Half the market")).toHaveText(/^4\d\d/);
  await expect(row("Twice the market")).toHaveText(/^1,?[89]\d\d/);
  await expect(readout(page).locator("dt").filter({ hasText: /^Users$/ })).toHaveCount(1);
  // They are in the outline, which shows one of them in the chart.
  await panel(page).getByRole("checkbox", { name: "Half the market" }).uncheck();
  await expect(chart(page)).not.toHaveAttribute("alt", /Half the market/);
  await page.getByRole("button", { name: "Outline" }).click();
  const scenarios = page.getByRole("region", { name: "Scenarios" });
  const line = scenarios.getByRole("button", { name: /^Scenario: Half the market, Market 500/ });
  await line.click();
  await expect(line).toHaveAttribute("aria-expanded", "true");
  await scenarios.getByRole("button", { name: /^Compare / }).click();
  await expect(chart(page)).toHaveAttribute("alt", /Half the market/);
});

test("a scenario that is edited can be left as it was", async ({ page }) => {
  await limits(page);
  await panel(page).getByRole("button", { name: "Edit Twice the growth" }).click();
  await panel(page).getByLabel("Value of Market").fill("300");
  await page.keyboard.press("Enter");
  await expect(chart(page)).toHaveAttribute("alt", /What you try/);
  await panel(page).getByRole("button", { name: "Cancel" }).click();
  await expect(chart(page)).toHaveAttribute("alt", /Users · Twice the growth/);
  await expect(chart(page)).not.toHaveAttribute("alt", /What you try/);
  const [kept] = (await document(page)).scenarios;
  expect(kept.values.length).toBe(1);
});

test("a chart leaves as SVG, and as PNG of the size that is chosen", async ({ page }) => {
  await limits(page);
  const button = (name) => panel(page).locator(".run-facts ~ *").getByRole("button", { name, exact: true }).first();
  const svg = await downloaded(page, () => button("Export the chart: Behaviour over time").click());
  expect(svg.name).toBe("Behaviour-over-time.svg");
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg.bytes.toString("utf8")).map(Number);
  for (const factor of [1, 3]) {
    await panel(page).getByLabel("Size of PNG").selectOption(`PNG ${factor}×`);
    const png = await downloaded(page, () => button("Export the chart as PNG: Behaviour over time").click());
    expect(png.name).toBe("Behaviour-over-time.png");
    expect(png.bytes.subarray(1, 4).toString("latin1")).toBe("PNG");
    const size = [png.bytes.readUInt32BE(16), png.bytes.readUInt32BE(20)];
    expect(Math.abs(size[0] - width * factor)).toBeLessThanOrEqual(factor + 1);
    expect(Math.abs(size[1] - height * factor)).toBeLessThanOrEqual(factor + 1);
    // There is more on it than paper.
    expect(png.bytes.length).toBeGreaterThan(3_000);
  }
  // The size is that of pictures of the diagram.
  await choose(page, "File", "Export…");
  await expect(page.getByRole("radio", { name: "3×" })).toBeChecked();
});

test("a slider runs again, is kept as a scenario, and both are compared", async ({ page }) => {
  await limits(page);
  await panel(page).getByRole("slider", { name: "Market" }).fill("100");
  await panel(page).getByLabel("Value of Market").fill("500");
  await page.keyboard.press("Enter");
  await expect(chart(page)).toHaveAttribute("alt", /Users · What you try: 10 at 0, to 4\d\d at 60/);
  await panel(page).getByLabel("Name of the scenario").fill("Half the market");
  await panel(page).getByRole("button", { name: "Keep", exact: true }).click();
  await expect(chart(page)).toHaveAttribute("alt", /Users · Half the market: 10 at 0, to 4\d\d at 60/);
  await panel(page).getByRole("checkbox", { name: "Twice the growth" }).check();
  await expect(chart(page)).toHaveAttribute("alt", /Users · Twice the growth/);
  const kept = (await document(page)).scenarios;
  expect(kept.map((one) => one.name).sort()).toEqual(["Half the market", "Twice the growth"]);
  await page.keyboard.press("Control+z");
  await expect(panel(page).getByRole("checkbox", { name: "Half the market" })).toHaveCount(0);
});

test("what is tried can be written into the model", async ({ page }) => {
  await limits(page);
  await panel(page).getByLabel("Value of Stay").fill("20");
  await page.keyboard.press("Enter");
  await panel(page).getByRole("button", { name: "Write into the model" }).click();
  await expect(chart(page)).not.toHaveAttribute("alt", /What you try/);
  const stay = (await document(page)).variables.find((one) => one.name === "Stay");
  expect(stay.equation).toBe("20");
});

test("loops that drive are told, and shown on the canvas", async ({ page }) => {
  await limits(page);
  await fold(page, "loops").click();
  await expect(panel(page).locator(".run-story li").first()).toContainText("R1");
  await expect(panel(page).locator(".run-loop")).toHaveCount(2);
  await expect(panel(page)).toContainText("Exact: all 2 loops");
  await panel(page).locator(".run-loop button").first().click();
  await expect(page.locator(".lit-chip")).toBeVisible();
});

test("settings change the run, and all rows leave as a table", async ({ page }) => {
  await limits(page);
  await fold(page, "settings").click();
  await panel(page).getByLabel("Stop").fill("20");
  await page.keyboard.press("Enter");
  await expect(panel(page).locator(".run-facts")).toContainText("from 0 to 20 weeks, in 80 steps");
  await panel(page).getByLabel("Step", { exact: true }).fill("none");
  await page.keyboard.press("Enter");
  await expect(panel(page).getByRole("alert")).toContainText("a number is needed");
  const button = panel(page).getByRole("button", { name: "Export values" });
  const { name, bytes } = await downloaded(page, () => button.click());
  expect(name).toBe("Limits-to-growth-run.csv");
  expect(bytes.toString("utf8").split("\n").length).toBe(83);
});

test("what keeps a model from running is told, and leads to its variable", async ({ page }) => {
  await open(page);
  const text = await readFile(fixture("limits.loopstream.json"), "utf8");
  const file = { name: "wrong.json", text: text.replace("Users/Stay", "Users/Staying") };
  await drop(page, { file });
  await saved(page);
  await page.locator("#canvas").focus();
  await page.keyboard.press("Shift+R");
  const row = panel(page).locator(".run-problems button");
  await expect(row).toContainText("there is no");
  await row.click();
  await expect(contextBar(page)).toBeVisible();
  // The place in the equation is selected.
  const equation = page.locator("#equation");
  await expect(equation).toBeFocused();
  await expect(equation).toHaveValue("Users/Staying");
  const chosen = () => equation.evaluate((field) => field.value.slice(field.selectionStart, field.selectionEnd));
  await expect.poll(chosen).toBe("Staying");
});

test("the time plays on the canvas, and stops at the end", async ({ page }) => {
  await limits(page);
  const time = panel(page).getByRole("slider", { name: "Time" });
  await time.fill("950");
  await panel(page).getByRole("button", { name: "Play" }).click();
  await expect(time).toHaveValue("1000");
  await expect(panel(page).getByRole("button", { name: "Play" })).toBeVisible();
});

for (const colorScheme of ["light", "dark"]) {
  test(`the panel breaks no rule of accessibility, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await limits(page);
    for (const id of ["choose", "loops", "values", "settings"]) await fold(page, id).click();
    await panel(page).getByRole("slider", { name: "Time" }).fill("500");
    await panel(page).getByLabel("Value of Market").fill("500");
    await page.keyboard.press("Enter");
    await expect(panel(page).locator(".run-loop").first()).toBeVisible();
    await clean(page);
  });
}

test("who only looks at a shared model can run it, and try other numbers", async ({ page }) => {
  await limits(page);
  await choose(page, "File", "Share a link");
  const link = page.locator("#link-view");
  await expect(link).toBeVisible();
  const address = await link.inputValue();
  await page.goto("about:blank");
  await page.goto(address);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(chart(page)).toHaveAttribute("alt", /Users: 10 at 0/);
  await panel(page).getByRole("slider", { name: "Market" }).fill("100");
  await panel(page).getByLabel("Value of Market").fill("500");
  await page.keyboard.press("Enter");
  await expect(chart(page)).toHaveAttribute("alt", /What you try/);
  await expect(panel(page).getByRole("button", { name: "Write into the model" })).toHaveCount(0);
});

test("on a phone the panel is a sheet with everything in it", async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page);
  const text = await readFile(fixture("limits.loopstream.json"), "utf8");
  await drop(page, { file: { name: "limits.json", text } });
  await saved(page);
  await page.getByRole("button", { name: "Run", exact: true }).click();
  await expect(chart(page)).toBeVisible();
  await panel(page).getByRole("slider", { name: "Growth rate" }).fill("150");
  await expect(chart(page)).toHaveAttribute("alt", /What you try/);
  const overflow = await page.evaluate(() => globalThis.document.documentElement.scrollWidth > innerWidth);
  expect(overflow).toBe(false);
});
