// Export as: every format in one dialog, copied or downloaded, with what it does not carry.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { choose, downloaded, drawRing, drop, open, toast } from "../page.mjs";

test.beforeEach(async ({ page }) => open(page));

const dialog = (page) => page.getByRole("dialog", { name: "Export as …" });

/** Opens the dialog and waits for its list. */
async function exports(page) {
  await choose(page, "File", "Export as …");
  await expect(dialog(page).getByRole("button", { name: "Copy as Mermaid" })).toBeVisible();
}

test("a format is downloaded under the name of the diagram, and what is lost is told", async ({ page }) => {
  await drawRing(page, ["+", "-", "+"]);
  await page.getByLabel("Title of the diagram").fill("Fear of deploying");
  await page.keyboard.press("Enter");
  await exports(page);
  const button = dialog(page).getByRole("button", { name: "Download as Graphviz DOT" });
  const file = await downloaded(page, () => button.click());
  expect(file.name).toBe("Fear-of-deploying.dot");
  expect(file.bytes.toString("utf8")).toContain("batch size");
  await expect(toast(page, "Exported Fear-of-deploying.dot")).toBeVisible();
});

test("formats are copied, and the dialog stays for the next", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await drawRing(page, ["+", "-", "+"]);
  await exports(page);
  for (const [format, expected] of [
    ["CSV list of links", "batch size,risk,+"],
    ["Graphviz DOT", "digraph"],
    ["Mermaid", "flowchart"],
    ["SVG picture", "<svg"],
  ]) {
    await dialog(page).getByRole("button", { name: `Copy as ${format}`, exact: true }).click();
    await expect(toast(page, `Copied as ${format}`).last()).toBeVisible();
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toContain(expected);
  }
});

for (const colorScheme of ["light", "dark"]) {
  test.describe(`the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test("the dialog keeps the rules of accessibility", async ({ page }) => {
      await drawRing(page);
      await exports(page);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map((one) => `${one.id}: ${one.help}`)).toEqual([]);
    });
  });
}

test("what was read, and what was not, is told in details", async ({ page }) => {
  const text = "from,to,polarity,weight\nrabbits,foxes,+,3\nfoxes,rabbits,-,4\n";
  await drop(page, { file: { name: "links.csv", text } });
  const told = toast(page, "Read as a CSV list of links: 2 variables and 2 links, with one note.");
  await expect(told).toBeVisible();
  await told.getByText("Details").click();
  await expect(told.getByRole("listitem")).toContainText([
    "Links: 1 positive, 1 negative.",
    "they are arranged",
    "1 column was left out: weight.",
  ]);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map((one) => `${one.id}: ${one.help}`)).toEqual([]);
});
