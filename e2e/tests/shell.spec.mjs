// The page as such: it loads under a sub-path, quietly, and talks to nobody else.

import { expect, test } from "@playwright/test";

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
