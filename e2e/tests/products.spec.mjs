// Several products over shared steps: drawn by hand, measured, and read.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { lay, open, reload, undoButton } from "../page.mjs";

const panel = (page) => page.getByRole("complementary", { name: "Value stream" });
const inspector = (page) => page.locator("#inspector");
const product = (page, name) => inspector(page).getByRole("group", { name, exact: true });

/** Selects a station in the outline, and shows its measures. */
async function inspect(page, name) {
  const outline = page.getByRole("button", { name: "Outline", exact: true });
  if ((await outline.getAttribute("aria-pressed")) !== "true") {
    await outline.click();
  }
  const words = new RegExp(`^(Customer: )?${name}$`);
  await page.locator(".outline-words", { hasText: words }).click();
  await showStream(page);
  await expect(inspector(page).getByRole("heading", { name: words })).toBeVisible();
}

/** Shows the panel of the stream, if another is shown. A map may have brought it up by itself. */
async function showStream(page) {
  const button = page.getByRole("button", { name: "Stream", exact: true });
  if ((await button.getAttribute("aria-pressed")) !== "true") {
    await button.click();
  }
  await expect(panel(page)).toBeVisible();
}

async function fill(within, label, value) {
  const input = within.getByLabel(label, { exact: true });
  await input.fill(value);
  await input.press("Tab");
  await expect(input).toHaveValue(value);
}

/** Adds a product to the customer that is shown, with its name. */
async function add(page, name) {
  const count = await inspector(page).getByRole("group").count();
  await inspector(page).getByRole("button", { name: "Add a product" }).click();
  await expect(inspector(page).getByRole("group")).toHaveCount(count + 1);
  await fill(inspector(page).getByRole("group").last(), "Name of the product", name);
  await expect(product(page, name)).toBeVisible();
}

test("P and Q are drawn by hand, and the mix that earns most is read", async ({ page }) => {
  await open(page);
  await lay(page, ["A", "B", "C", "D", "Market"]);
  await inspect(page, "Market");
  await inspector(page).getByLabel("Kind of station").selectOption({ label: "Customer" });

  for (const [name, demand, price, materials] of [
    ["P", "100 per wk", "90", "45"],
    ["Q", "50 per wk", "100", "40"],
  ]) {
    await add(page, name);
    await fill(product(page, name), "Demand", demand);
    await fill(product(page, name), "Price", price);
    await fill(product(page, name), "Materials", materials);
  }
  // A name stands for one product.
  await product(page, "Q").getByLabel("Name of the product").fill("P");
  await product(page, "Q").getByLabel("Name of the product").press("Tab");
  await expect(inspector(page).getByRole("alert")).toHaveText("Another product has this name.");
  await fill(product(page, "Q"), "Name of the product", "Q");
  await expect(inspector(page).getByRole("alert")).toHaveCount(0);

  // What nobody has said is asked for.
  const problems = panel(page).getByRole("list", { name: "Problems" });
  await expect(problems).toContainText("How long do P and Q take at B?");
  for (const [step, p, q] of [
    ["A", "15 min", "10 min"],
    ["B", "15 min", "30 min"],
    ["C", "15 min", "5 min"],
    ["D", "15 min", "5 min"],
  ]) {
    await inspect(page, step);
    await fill(inspector(page), "P", p);
    await fill(inspector(page), "Q", q);
  }
  await expect(problems).not.toContainText("How long do");
  await expect(panel(page)).toContainText(
    "Capacity, utilisation and constraint are for this mix: 100 per wk of P, 50 per wk of Q.",
  );
  const section = panel(page).getByRole("region", { name: "Products" }).last();
  await expect(section).toContainText("6300 a week");
  const [needs, money] = [section.getByRole("table").first(), section.getByRole("table").last()];
  await expect(needs.getByRole("row", { name: /^P / })).toContainText("62.5 %");
  await expect(money.getByRole("row", { name: /^P / }).getByRole("cell")).toHaveText(["45", "3", "100 per wk"]);
  await expect(money.getByRole("row", { name: /^Q / }).getByRole("cell")).toHaveText(["60", "2", "30 per wk"]);

  const found = await new AxeBuilder({ page }).include(".side").analyze();
  expect(found.violations).toEqual([]);

  // What is missing leads to the field of the product.
  await inspect(page, "C");
  await fill(inspector(page), "Q", "?");
  await panel(page).getByRole("button", { name: "What is missing" }).click();
  await panel(page).locator(".missing-row", { hasText: "process time of Q" }).click();
  await expect(inspector(page).getByLabel("Q", { exact: true })).toBeFocused();
  await undoButton(page).click();
  await expect(section).toContainText("6300 a week");

  // A product that is removed takes its times along; one undo brings all of it back.
  await inspect(page, "Market");
  await inspector(page).getByRole("button", { name: "Remove Q" }).click();
  await expect(product(page, "Q")).toHaveCount(0);
  await inspect(page, "C");
  await expect(inspector(page).getByLabel("Q", { exact: true })).toHaveCount(0);
  await undoButton(page).click();
  await expect(inspector(page).getByLabel("Q", { exact: true })).toHaveValue("5 min");
});

test("a path gets a name of its own, which is kept", async ({ page }) => {
  await open(page);
  await lay(page, ["Make", "Ship", "Users"]);
  await inspect(page, "Users");
  await inspector(page).getByLabel("Kind of station").selectOption({ label: "Customer" });
  await panel(page).getByRole("button", { name: "Paths", exact: true }).click();
  await panel(page).locator(".missing-row", { hasText: "The longest path" }).click();
  await panel(page).getByLabel("Name of this path").fill("Express");
  await panel(page).getByLabel("Name of this path").press("Enter");
  await expect(panel(page).locator(".missing-row").first()).toContainText("Express: the longest path");
  await reload(page);
  await expect(panel(page)).toBeVisible();
  await panel(page).getByRole("button", { name: "Paths", exact: true }).click();
  await expect(panel(page).locator(".missing-row").first()).toContainText("Express: the longest path");
});
