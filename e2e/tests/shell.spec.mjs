// The page as such: it loads under a sub-path, quietly, and talks to nobody else.

import { readFile } from "node:fs/promises";

import { expect, test } from "@playwright/test";

import { open } from "../page.mjs";
import { DIST } from "../server.mjs";

test("the page loads without an error and asks nobody else for anything", async ({ page, baseURL }) => {
  const errors = [];
  const failures = [];
  const strangers = [];
  const home = new URL(baseURL);

  page.on("console", (message) => {
    if (message.type() === "error") errors.push(`${message.text()} (${message.location().url})`);
  });
  page.on("pageerror", (error) => errors.push(String(error)));
  page.on("requestfailed", (request) => failures.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (response) => {
    if (response.status() >= 400) failures.push(`${response.url()}: ${response.status()}`);
  });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol === "data:" || url.protocol === "blob:") return;
    if (url.origin !== home.origin || !url.pathname.startsWith(home.pathname)) strangers.push(request.url());
  });
  page.on("websocket", (socket) => strangers.push(socket.url()));

  await page.goto("./");
  await expect(page.locator("body")).toContainText("Loopstream");
  await page.waitForLoadState("networkidle");

  expect(await page.title()).toContain("Loopstream");
  expect(errors, "errors in the console").toEqual([]);
  expect(failures, "failed requests").toEqual([]);
  expect(strangers, "requests to anything but this site").toEqual([]);
});

test("the sub-path without its slash leads to the page", async ({ page, baseURL }) => {
  await page.goto(baseURL.replace(/\/$/, ""));
  expect(page.url()).toBe(baseURL);
});

test("a first visit asks for each file once", async ({ page }) => {
  const asked = [];
  const warnings = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("/").at(-1)));
  page.on("console", (message) => warnings.push(message.text()));
  await open(page);
  const html = await readFile(`${DIST}index.html`, "utf8");
  const [program] = /loopstream-[0-9a-f]{16}_bg\.wasm/.exec(html);
  expect(asked.filter((name) => name === program)).toHaveLength(1);
  expect(asked.filter((name, place) => asked.indexOf(name) !== place), "asked for again").toEqual([]);
  // A preload that nobody takes, or a hash that nobody checks.
  expect(warnings).toEqual([]);
});

test("code that is not what the page says it is does not run", async ({ page, baseURL }) => {
  const html = await readFile(`${DIST}index.html`, "utf8");
  for (const name of [/loopstream-[0-9a-f]{16}_bg\.wasm/, /loopstream-[0-9a-f]{16}\.js/]) {
    const [file] = name.exec(html);
    const content = await readFile(DIST + file);
    // As good as before to whoever does not compare: an empty section, an empty line.
    const addition = file.endsWith(".wasm") ? Buffer.from([0, 1, 0]) : Buffer.from("\n");
    await page.route(`${baseURL}${file}`, (route) =>
      route.fulfill({ body: Buffer.concat([content, addition]), contentType: file.endsWith(".wasm") ? "application/wasm" : "text/javascript" }));
    const refused = page.waitForEvent("console", (message) => /integrity/.test(message.text()));
    await page.goto("./");
    await refused;
    await page.waitForLoadState("load");
    expect(await page.evaluate(() => performance.getEntriesByName("drawable").length)).toBe(0);
    await page.unroute(`${baseURL}${file}`);
  }
});
