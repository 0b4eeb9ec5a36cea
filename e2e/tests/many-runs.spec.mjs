// Many runs: sensitivity by a sample and by a grid, and fitting to tables of measurements.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { chart, fold, limits, panel } from "../run.mjs";

const group = (page, id) => panel(page).locator(".fold", { has: page.locator(`#fold-run-${id}`) });

/** Users week by week, by the equations of the model. */
function weeks(rate, market, count) {
  const values = [];
  let users = 10;
  for (let step = 0; step <= 4 * count; step += 1) {
    if (step % 4 === 0) values.push(users);
    users += 0.25 * (users * rate * (1 - users / market) - users / 50);
  }
  return values;
}

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
}

test("a sample says its seed, and the same seed gives the same runs", async ({ page }) => {
  await limits(page);
  await fold(page, "spread").click();
  const part = group(page, "spread");
  await part.getByRole("checkbox", { name: "Growth rate" }).check();
  await part.getByLabel("How many").selectOption("100 runs");
  await expect(part.getByLabel("Seed")).toHaveValue("0");
  const first = async (seed) => {
    await part.getByLabel("Seed").fill(seed);
    await page.keyboard.press("Enter");
    await part.getByRole("button", { name: "Run 100 times" }).click();
    await expect(part).toContainText(`with the seed ${seed}`);
    return part.locator("img.chart").getAttribute("src");
  };
  const one = await first("1");
  const two = await first("2");
  expect(two).not.toBe(one);
  expect(await first("1")).toBe(one);
  await part.getByLabel("Seed").fill("-1");
  await page.keyboard.press("Enter");
  await expect(part.getByRole("alert")).toContainText("a whole number from 0");
});

test("a grid says how many runs it has before it runs, and has a bound", async ({ page }) => {
  await limits(page);
  await fold(page, "spread").click();
  const part = group(page, "spread");
  await part.getByLabel("Which runs").selectOption("All with all (grid)");
  await part.getByRole("checkbox", { name: "Growth rate" }).check();
  await part.getByRole("checkbox", { name: "Market" }).check();
  await part.getByRole("checkbox", { name: "Stay" }).check();
  await expect(part.getByRole("button", { name: "Run 125 times" })).toBeEnabled();
  await part.getByRole("combobox", { name: "Numbers", exact: true }).selectOption("Skewed, 95 % between the ends");
  await part.getByRole("button", { name: "Run 125 times" }).click();
  await expect(part).toContainText("125 runs, all numbers of each constant with all of the others");
  await part.getByRole("combobox", { name: "Numbers", exact: true }).selectOption("Only some numbers");
  await expect(part.getByRole("button", { name: /^Run / })).toBeDisabled();
  await part.getByRole("checkbox", { name: "Market" }).check();
  await part.getByLabel("Numbers of Market").fill("500 1000 2000,5");
  await page.keyboard.press("Enter");
  await part.getByRole("button", { name: "Run 3 times" }).click();
  await expect(part).toContainText("3 runs, all numbers");
  await clean(page);
  // More than are possible cannot be begun.
  const many = Array.from({ length: 400 }, (_, at) => at + 1).join(" ");
  for (const name of ["Growth rate", "Stay"]) {
    await part.getByRole("checkbox", { name }).check();
    await part.getByLabel(`Numbers of ${name}`).fill(many);
    await page.keyboard.press("Enter");
  }
  await expect(part).toContainText("480,000 runs; at most 100,000 are possible");
  await expect(part.getByRole("button", { name: "Run 480,000 times" })).toBeDisabled();
});

test("two tables are fitted at once, each column matched to a variable", async ({ page }) => {
  await limits(page);
  await fold(page, "fit").click();
  const part = group(page, "fit");
  const users = weeks(0.31, 800, 40);
  const table = (head, rows) => [`week\t${head}`, ...rows.map((row) => row.join("\t"))].join("\n");
  const first = table("People", users.map((value, week) => [week, value]).filter((_, week) => week % 5 === 0));
  const second = table("Leaving", users.map((value, week) => [week, value / 50]).filter((_, week) => week % 4 === 0));
  await part.getByLabel("Table of measurements", { exact: true }).fill(first);
  await page.keyboard.press("Tab");
  // A head that is no variable is matched by hand.
  await expect(part.getByLabel("Variable of People")).toHaveValue("");
  await part.getByLabel("Variable of People").selectOption("Users");
  await part.getByRole("button", { name: "Add a table" }).click();
  await part.getByLabel("Table of measurements 2").fill(second);
  await page.keyboard.press("Tab");
  await expect(part.getByLabel("Variable of Leaving")).toHaveValue("Leaving");
  await part.getByLabel("Error of measuring of Leaving").fill("0.5");
  await page.keyboard.press("Enter");
  for (const name of ["Growth rate", "Market"]) await part.getByRole("checkbox", { name, exact: true }).check();
  await part.getByRole("button", { name: "Find the numbers" }).click();
  const numbers = part.locator("table").first();
  await expect(numbers.getByRole("row", { name: /Growth rate/ })).toContainText("0.31");
  await expect(numbers.getByRole("row", { name: /Market/ })).toContainText("800");
  const series = part.locator("table").nth(1);
  await expect(series.getByRole("row", { name: /Users/ })).toContainText("9");
  await expect(series.getByRole("row", { name: /Leaving/ })).toContainText("0.5");
  await expect(part.locator("img.chart")).toHaveCount(2);
  await clean(page);
  await part.getByRole("button", { name: "Try these numbers" }).click();
  await expect(chart(page)).toHaveAttribute("alt", /What you try/);
});
