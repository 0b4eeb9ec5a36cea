// The rules of accessibility that a program can check, in every state of the page.

import { AxeBuilder } from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

import { A, choose, click, drawRing, drop, loops, open, outline, toast } from "../page.mjs";

async function clean(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map((one) => `${one.id}: ${one.help}\n${one.nodes.map((node) => `    ${node.html}\n    ${node.failureSummary}`).join("\n")}`);
  expect(told.join("\n\n")).toBe("");
}

for (const colorScheme of ["light", "dark"]) {
  test.describe(`the ${colorScheme} theme`, () => {
    test.use({ colorScheme });

    test.beforeEach(async ({ page }) => open(page));

    test("the empty page", ({ page }) => clean(page));

    test("a diagram, a chosen loop with its fields, a selected variable", async ({ page }) => {
      await drawRing(page, ["+", "-", "?"]);
      await loops(page).locator(".loop-row").click();
      await click(page, A);
      await clean(page);
    });

    test("the outline with a selected link", async ({ page }) => {
      await drawRing(page);
      await page.getByRole("button", { name: "Outline" }).click();
      await outline(page).getByRole("button", { name: "risk up → fear up", exact: true }).click();
      await expect(outline(page).getByRole("button", { name: "Delayed" })).toBeVisible();
      await clean(page);
    });

    test("a selected frame in the outline, and the comments on it", async ({ page }) => {
      await drawRing(page);
      await page.keyboard.press("Control+a");
      await page.keyboard.press("Shift+F");
      await page.keyboard.type("All of it");
      await page.keyboard.press("Enter");
      await page.getByRole("button", { name: "Outline" }).click();
      await expect(outline(page).getByLabel("Width")).toBeVisible();
      await clean(page);
      await outline(page).getByRole("button", { name: "Comment on Frame: All of it" }).click();
      await page.locator("#comment-new").fill("Too large?");
      await page.locator("#comment-new").press("Control+Enter");
      await expect(page.getByRole("region", { name: "Comments on Frame: All of it" })).toBeVisible();
      await clean(page);
    });

    test("a story, with a step that is open", async ({ page }) => {
      await page.keyboard.press("Shift+T");
      await clean(page);
      await drawRing(page);
      await page.getByRole("button", { name: /From the loops/ }).click();
      await page.locator(".story-row").nth(1).click();
      await clean(page);
    });

    test("a retrospective, step by step", async ({ page }) => {
      await drawRing(page, ["+", "-", "?"]);
      await page.keyboard.press("Shift+E");
      await clean(page);
      await page.getByRole("button", { name: "Start a retrospective" }).click();
      await page.locator("#retro-what-new").fill("14:02 Seen");
      await page.locator("#retro-step-2").click();
      await page.locator("#retro-varied-new").fill("risk");
      await page.keyboard.press("Enter");
      for (let step = 2; step <= 8; step += 1) {
        const head = page.locator(`#retro-step-${step}`);
        if ((await head.getAttribute("aria-expanded")) !== "true") await head.click();
        if (step === 7) await page.getByRole("button", { name: "Write down an experiment" }).click();
        await clean(page);
      }
    });

    test("each tab of the loops", async ({ page }) => {
      await drawRing(page, ["+", "-", "?"]);
      await click(page, A);
      for (const tab of ["Archetypes", "Checks", "Leverage", "Trace"]) {
        await page.getByRole("tab", { name: tab }).click();
        await expect(page.getByText("Working…")).toHaveCount(0);
        const row = page.locator(".finding-main").first();
        if (tab !== "Archetypes") await row.click();
        await clean(page);
      }
    });

    test("an open menu", async ({ page }) => {
      await page.getByRole("button", { name: "File", exact: true }).click();
      await clean(page);
    });

    test("a message of trouble", async ({ page }) => {
      await drop(page, { text: "nonsense" });
      await expect(toast(page, "was not opened")).toBeVisible();
      await clean(page);
    });

    test("each dialog", async ({ page }) => {
      // Five dialogs, one of them with every template.
      test.slow();
      await drawRing(page);
      for (const [menu, entry] of [
        ["File", "My diagrams"],
        ["File", "Open a template"],
        ["File", "Import from text or link…"],
        ["More", "Command palette"],
        ["More", "Keys and help"],
      ]) {
        await choose(page, menu, entry);
        await expect(page.getByRole("dialog")).toBeVisible();
        if (entry === "Open a template") await expect(page.locator(".template").first()).toBeVisible();
        await clean(page);
        await page.keyboard.press("Escape");
        await expect(page.getByRole("dialog")).toHaveCount(0);
      }
    });
  });
}

test.describe("a phone", () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test("the empty page, and the loops as a sheet", async ({ page }) => {
    await open(page);
    await clean(page);
    await page.getByRole("button", { name: "Loops" }).click();
    await clean(page);
  });
});
