// The page's own policy: what is not its own is not run, whatever gets into it.

import { readFile } from "node:fs/promises";

import { expect, test } from "@playwright/test";

import { choose, drawRing, open, drop, toast } from "../page.mjs";
import { DIST } from "../server.mjs";

test("the policy is strict, and stands before everything it is for", async () => {
  const html = await readFile(`${DIST}index.html`, "utf8");
  const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/.exec(html);
  const rules = Object.fromEntries(policy[1].split("; ").map((rule) => [rule.split(" ")[0], rule.split(" ").slice(1)]));
  expect(rules["default-src"]).toEqual(["'none'"]);
  expect(rules["connect-src"]).toEqual(["'self'"]);
  for (const [name, sources] of Object.entries(rules)) {
    for (const source of sources) {
      expect(source, name).not.toMatch(/^.unsafe-(inline|eval|hashes)'|^https?:|^\*/);
    }
  }
  const scripts = [...html.matchAll(/<script/g)].map((match) => match.index);
  expect(policy.index).toBeLessThan(Math.min(...scripts, html.indexOf("<style"), html.indexOf("<link")));
});

test("nothing of the program breaks the policy", async ({ page }) => {
  const broken = [];
  await page.exposeFunction("policyBroken", (what) => broken.push(what));
  await page.addInitScript(() => {
    window.addEventListener("securitypolicyviolation", (event) => window.policyBroken(`${event.violatedDirective} ${event.blockedURI}`));
  });
  await open(page);
  await drawRing(page, ["+", "-", "?"]);
  for (const tab of ["Archetypes", "Checks", "Leverage", "Trace"]) await page.getByRole("tab", { name: tab }).click();
  await choose(page, "File", "Open a template");
  await page.locator(".template").filter({ has: page.getByText("Feature: idea to production", { exact: true }) }).click();
  for (const fold of ["what-if", "sequence", "physics", "limit"]) await page.locator(`#fold-${fold}`).click();
  await expect(page.locator(".side img").first()).toBeVisible();
  await choose(page, "File", "My diagrams");
  await expect(page.locator(".document canvas").first()).toBeVisible();
  expect(broken).toEqual([]);
});

test("names that are code stay names", async ({ page }) => {
  let ran = false;
  await page.exposeFunction("codeRan", () => { ran = true; });
  await open(page);
  const evil = '"><img src=x onerror=codeRan()><script>codeRan()</script>';
  const file = {
    format: "loopstream", version: 1, title: evil,
    variables: [{ id: "a", name: evil, remark: evil, x: 0, y: 0 }, { id: "b", name: evil, x: 300, y: 0 }],
    links: [{ id: "c", from: "a", to: "b", polarity: "+" }, { id: "d", from: "b", to: "a", polarity: "-" }],
    notes: [{ id: "n", text: evil, x: 0, y: 200 }],
  };
  await drop(page, { file: { name: "evil.json", text: JSON.stringify(file) } });
  await expect(page.getByLabel("Title of the diagram")).toHaveValue(evil);
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  for (const tab of ["Archetypes", "Checks", "Leverage", "Trace", "Loops"]) await page.getByRole("tab", { name: tab }).click();
  await page.getByRole("button", { name: "Outline" }).click();
  await choose(page, "File", "My diagrams");
  await page.keyboard.press("Escape");
  await expect(page.locator("img[src=x], #app script, #print-sheet script")).toHaveCount(0);
  await drop(page, { file: { name: `${evil}.json`, text: "nonsense" } });
  await expect(toast(page, "was not opened")).toBeVisible();
  expect(ran).toBe(false);
});
