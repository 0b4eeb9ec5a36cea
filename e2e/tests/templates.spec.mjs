// The ready diagrams: all are offered under their headings, open as diagrams of one's own, and have
// their loops or steps.

import { readFileSync } from "node:fs";

import { expect, test } from "@playwright/test";

import { canvas, choose, downloaded, drawRing, loops, open, saved, toast } from "../page.mjs";
import { DIST } from "../server.mjs";

const templates = JSON.parse(readFileSync(`${DIST}templates/index.json`, "utf8"));

test("the list shows loops, value streams and models, each with what it is about", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Open a template" }).click();
  await expect(page.locator(".templates-heading")).toHaveText(["Loops", "Value streams", "Models that run"]);
  await expect(page.locator(".templates").first().locator(".template")).toHaveCount(23);
  await expect(page.locator(".templates").nth(1).locator(".template")).toHaveCount(6);
  await expect(page.locator(".templates").last().locator(".template")).toHaveCount(9);
  await expect(page.locator(".template strong")).toHaveText(templates.map((one) => one.title));
  await expect(page.locator(".template-words")).toHaveText(templates.map((one) => one.description));
  const size = ({ kind, loops, steps }) => (kind === "stream" ? `${steps} steps` : loops === 1 ? "1 loop" : `${loops} loops`);
  const told = ({ story }) => (story ? `, a story of ${story} steps` : "");
  await expect(page.locator(".template-size")).toHaveText(templates.map((one) => size(one) + told(one)));
});

test("a template is found by words and by its kind", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: "Open a template" }).click();
  const dialog = page.getByRole("dialog");
  const search = dialog.getByRole("searchbox", { name: "Search templates" });
  const titles = dialog.locator(".template strong");
  await search.fill("urgent word");
  await expect(titles).toHaveText(["Everything is urgent"]);
  await expect(dialog.locator("p[role=status]")).toHaveText("1 template.");
  await expect(dialog.locator(".templates-heading")).toHaveText(["Loops"]);
  await dialog.getByRole("button", { name: "Value streams" }).click();
  await expect(titles).toHaveCount(0);
  await expect(dialog.locator("p[role=status]")).toHaveText("No template has these words.");
  await search.fill("");
  await expect(titles).toHaveText(templates.filter((one) => one.kind === "stream").map((one) => one.title));
  await dialog.getByRole("button", { name: "All", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(titles).toHaveCount(templates.length);
});

test("the story of a template is offered when it opens, until something is changed", async ({ page }) => {
  await open(page);
  await choose(page, "File", "Open a template");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Two limits, one team" }).click();
  await expect(toast(page, "A story of 7 steps tells it.")).toBeVisible();
  await toast(page, "tells it").getByRole("button", { name: "Present" }).click();
  await expect(page.locator(".present-words")).toContainText("Its users tell others about it.");
  await page.keyboard.press("End");
  await expect(page.locator(".present-words")).toContainText("Decide which limit you lift");
  await page.keyboard.press("Escape");

  await choose(page, "File", "Open a template");
  await dialog.getByRole("button", { name: "The hero" }).click();
  await expect(toast(page, "A story of 6 steps tells it.")).toBeVisible();
  await canvas(page).dblclick({ position: { x: 30, y: 30 } });
  await page.keyboard.type("calm");
  await page.keyboard.press("Enter");
  await expect(toast(page, "tells it")).toHaveCount(0);
});

test("a diagram is kept as a template of one's own, and opens as a copy", async ({ page }) => {
  await open(page);
  await drawRing(page);
  await page.getByRole("textbox", { name: "Title of the diagram" }).fill("Our retrospective");
  await page.keyboard.press("Enter");
  await choose(page, "File", "Save as my template");
  await expect(toast(page, "Our retrospective is kept as a template")).toBeVisible();
  await choose(page, "File", "New diagram");
  await choose(page, "File", "Open a template");
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Yours" }).click();
  await expect(dialog.locator(".template strong")).toHaveText(["Our retrospective"]);
  await dialog.getByRole("button", { name: /Our retrospective/ }).first().click();
  await expect(page).toHaveTitle("Our retrospective – Loopstream");
  await expect(canvas(page)).toHaveAttribute("aria-label", /3 variables/);
  await saved(page);
  // The copy is another diagram: the template, the diagram it was made of, and the copy are there.
  await choose(page, "File", "My diagrams");
  await expect(page.locator(".document")).toHaveCount(3);
  await expect(page.locator(".document").filter({ hasText: "A template of yours" })).toHaveCount(1);
  await page.keyboard.press("Escape");
  await choose(page, "File", "Open a template");
  await dialog.getByRole("button", { name: "Delete Our retrospective" }).click();
  await expect(dialog.locator(".templates-heading").first()).toHaveText("Loops");
});

test("each opens with its loops, and every name is drawn", async ({ page }) => {
  // Every template, one after the other.
  test.slow();
  await open(page);
  for (const { file, kind, title, loops: count } of templates) {
    await choose(page, "File", "Open a template");
    await page.locator(".template").filter({ has: page.getByText(title, { exact: true }) }).click();
    await expect(page).toHaveTitle(`${title} – Loopstream`);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    if (kind === "loops") {
      await expect(page.locator("#loops-total"), title).toHaveText(count === 1 ? "1 loop" : `${count} loops`);
      await expect(loops(page), title).toHaveCount(count);
      await expect(loops(page).locator(".loop-name"), title).toHaveCount(count);
    }
    await saved(page);

    const { variables = [], stations = [] } = JSON.parse(readFileSync(`${DIST}templates/${file}`, "utf8"));
    const picture = await downloaded(page, () => choose(page, "File", "Export SVG"));
    const drawn = await page.evaluate((svg) => {
      const root = new DOMParser().parseFromString(svg, "image/svg+xml");
      return [...root.querySelectorAll("text")].map((text) => text.textContent).join(" ");
    }, picture.bytes.toString("utf8"));
    for (const { name } of [...variables, ...stations]) expect(drawn, title).toContain(name);
  }
  await choose(page, "File", "My diagrams");
  await expect(page.locator(".document")).toHaveCount(templates.length);
});

test("templates that cannot be fetched are told, and the page goes on", async ({ page }) => {
  await open(page);
  await page.route("**/templates/**", (route) => route.abort());
  await page.getByRole("button", { name: "Open a template" }).click();
  await expect(page.getByText("The templates cannot be fetched")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
});
